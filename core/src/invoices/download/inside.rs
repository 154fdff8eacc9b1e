//! A document inside a JSON answer (TMF678 and TMF667 `attachment.content`), found as the answer comes by, so that it is held
//! neither as text nor as JSON.

use super::verify::Flaw;

const KEY: &[u8] = b"content";

const ID: &[u8] = b"id";
/// No answer has so many objects in one another.
const DEEPEST: usize = 128;

/// Finds the text of the first member named `content` whose value is a string; where an id is known, of the object that has
/// this id, or none at all.
#[derive(Debug, Default)]
pub struct Finder {
    /// The id of the attachment that is meant.
    id: Option<Vec<u8>>,
    at: At,
    /// The last string that was read, as far as it can be a key or the id.
    name: Vec<u8>,
    escape: Escape,
    /// The objects around, the innermost last.
    around: Vec<Whose>,
    /// A text was taken of an object so deep, which has not told its id yet.
    taken_at: Option<usize>,
}

/// What an object's id says so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Untold,
    Meant,
    Another,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum At {
    /// Between strings.
    #[default]
    Outside,
    /// In a string that may be a key.
    Name,
    /// Behind one.
    BehindName,
    /// Behind the key's colon.
    BeforeValue,
    /// In the value.
    Value,
    /// Behind the colon of an id.
    BeforeId,
    /// In an id that is a string.
    Id,
    /// In one that is a number.
    Number,
    /// Behind it.
    Done,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Escape {
    #[default]
    No,
    /// Behind a backslash.
    Any,
    /// In `\u`, with so many digits to come.
    Unicode { digits: u8, value: u32 },
}

impl Finder {
    /// Looks for the attachment with this id, where one is known.
    pub fn of(id: Option<String>) -> Finder {
        Finder { id: id.map(|id| id.trim().as_bytes().to_vec()), ..Finder::default() }
    }

    /// Takes the next bytes of the answer; the value's are added to `out`, as text.
    pub fn push(&mut self, json: &[u8], out: &mut Vec<u8>) -> Result<(), Flaw> {
        for &byte in json {
            match self.at {
                At::Done => return Ok(()),
                At::Outside => self.outside(byte)?,
                At::Name => match self.character(byte)? {
                    None if byte == b'"' && self.escape == Escape::No => self.at = At::BehindName,
                    // One more than the key has tells that it is another.
                    Some(character) if self.name.len() <= KEY.len() => self.name.push(character),
                    _ => {}
                },
                At::BehindName => match byte {
                    b' ' | b'\t' | b'\r' | b'\n' => {}
                    b':' if self.name == KEY && self.taken_at.is_none() => self.at = At::BeforeValue,
                    b':' if self.name == ID && self.id.is_some() => self.at = At::BeforeId,
                    _ => self.outside(byte)?,
                },
                At::BeforeValue => match byte {
                    b' ' | b'\t' | b'\r' | b'\n' => {}
                    b'"' if self.around.last() != Some(&Whose::Another) => self.at = At::Value,
                    _ => self.outside(byte)?,
                },
                At::Value => match self.character(byte)? {
                    None if byte == b'"' && self.escape == Escape::No => {
                        if self.id.is_none() || self.around.last() == Some(&Whose::Meant) {
                            self.at = At::Done;
                        } else {
                            self.taken_at = Some(self.around.len());
                            self.at = At::Outside;
                        }
                    }
                    Some(character) => out.push(character),
                    None => {}
                },
                At::BeforeId => match byte {
                    b' ' | b'\t' | b'\r' | b'\n' => {}
                    b'"' => {
                        self.name.clear();
                        self.at = At::Id;
                    }
                    b'-' | b'0'..=b'9' => {
                        self.name = vec![byte];
                        self.at = At::Number;
                    }
                    _ => self.outside(byte)?,
                },
                At::Id => match self.character(byte)? {
                    None if byte == b'"' && self.escape == Escape::No => {
                        self.told();
                        self.at = At::Outside;
                    }
                    Some(character) => self.keep(character),
                    None => {}
                },
                At::Number => match byte {
                    b'+' | b'-' | b'.' | b'0'..=b'9' | b'E' | b'e' => self.keep(byte),
                    _ => {
                        self.told();
                        self.outside(byte)?;
                    }
                },
            }
        }
        Ok(())
    }

    fn outside(&mut self, byte: u8) -> Result<(), Flaw> {
        self.at = At::Outside;
        match byte {
            b'"' => {
                self.name.clear();
                self.at = At::Name;
            }
            b'{' if self.around.len() >= DEEPEST => return Err(Flaw::NotBase64),
            b'{' => self.around.push(Whose::Untold),
            b'}' => {
                let is_its_own = self.taken_at == Some(self.around.len());
                let whose = self.around.pop();
                if is_its_own && whose == Some(Whose::Another) {
                    return Err(Flaw::Another);
                }
                if is_its_own {
                    self.at = At::Done;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Keeps a character of an id; one more than the id has tells that it is another.
    fn keep(&mut self, character: u8) {
        if self.name.len() <= self.id.as_ref().map_or(0, Vec::len) {
            self.name.push(character);
        }
    }

    /// An object told its id. One that tells two is another.
    fn told(&mut self) {
        let is_meant = self.id.as_deref() == Some(self.name.trim_ascii());
        if let Some(whose) = self.around.last_mut() {
            *whose = if is_meant && *whose != Whose::Another { Whose::Meant } else { Whose::Another };
        }
    }

    /// The character that a byte of a string stands for; none at its end and within an escape.
    fn character(&mut self, byte: u8) -> Result<Option<u8>, Flaw> {
        match self.escape {
            Escape::No if byte == b'\\' => {
                self.escape = Escape::Any;
                Ok(None)
            }
            Escape::No => Ok((byte != b'"').then_some(byte)),
            Escape::Any if byte == b'u' => {
                self.escape = Escape::Unicode { digits: 4, value: 0 };
                Ok(None)
            }
            Escape::Any => {
                self.escape = Escape::No;
                Ok(Some(match byte {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'b' | b'f' => b' ',
                    other => other,
                }))
            }
            Escape::Unicode { digits, value } => {
                let digit = char::from(byte).to_digit(16).ok_or(Flaw::NotBase64)?;
                let value = (value << 4) | digit;
                let digits = digits.saturating_sub(1);
                self.escape = if digits == 0 { Escape::No } else { Escape::Unicode { digits, value } };
                // Beyond ASCII it is neither the key nor base64.
                Ok((digits == 0).then(|| u8::try_from(value).ok().filter(u8::is_ascii).unwrap_or(b'?')))
            }
        }
    }

    /// Whether all of it came by.
    pub fn is_done(&self) -> bool {
        self.at == At::Done
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn found(json: &[u8], step: usize) -> Option<Vec<u8>> {
        found_of(None, json, step)
    }

    fn found_of(id: Option<&str>, json: &[u8], step: usize) -> Option<Vec<u8>> {
        let (mut finder, mut out) = (Finder::of(id.map(str::to_owned)), Vec::new());
        json.chunks(step).try_for_each(|piece| finder.push(piece, &mut out)).ok()?;
        finder.is_done().then_some(out)
    }

    #[test]
    fn the_content_of_an_attachment_is_found_and_nothing_that_only_looks_like_it() {
        let vectors = [
            (r#"{"content":"QUJD"}"#, Some("QUJD")),
            (r#"[{"id":"content","attachment":[{"size":{"amount":1}, "content" : "QU\/JD\n" }]}]"#, Some("QU/JD\n")),
            (r#"{"name":"a \"content\":\"no\" b","content":"yes"}"#, Some("yes")),
            (r#"{"content":null,"x":{"content":"yes"}}"#, Some("yes")),
            (r#"{"content":{"content":"yes"}}"#, Some("yes")),
            (r#"{"contents":"no","conten":"no","\u0063ontent":"\u0041\u002b"}"#, Some("A+")),
            (r#"{"content":""}"#, Some("")),
            (r#"["content","no"]"#, None),
            (r#"{"content":"QUJD"#, None),
            (r#"{"content":"QUJD\"#, None),
            (r#"{"content":"\uZZZZ"}"#, None),
            (r#"{"content":["no"]}"#, None),
            ("<html>", None),
            ("", None),
        ];
        for (json, expected) in vectors {
            for step in [1, 2, 5, 100] {
                assert_eq!(found(json.as_bytes(), step).as_deref(), expected.map(str::as_bytes), "{json} by {step}");
            }
        }
    }

    #[test]
    fn where_an_id_is_known_no_other_attachment_is_taken_for_it() {
        let vectors = [
            (r#"[{"id":"1","content":"no"},{"id":"2","content":"yes"}]"#, Some("yes")),
            (r#"[{"id":"1","content":"no"},{"id":2,"content":"yes"}]"#, Some("yes")),
            (r#"[{"content":"yes","id":"\u0032"},{"id":"3","content":"no"}]"#, Some("yes")),
            (
                r#"{"id":"B","document":[{"id":"1","content":"n{\"o"},{"id":" 2 ","x":{"id":"7"},"content":"yes"}]}"#,
                Some("yes"),
            ),
            (r#"[{"id":"2","url":"x"},{"id":"1","content":"no"}]"#, None),
            (r#"[{"content":"no","id":"1"},{"id":"2","content":"too late"}]"#, None),
            (r#"[{"id":"22","content":"no"},{"id":"","content":"no"},{"id":20,"content":"no"}]"#, None),
            (r#"[{"id":"2","id":"1","content":"no"}]"#, None),
            (r#"{"id":"2","attachment":[{"id":"1","content":"no"}]}"#, None),
            (r#"{"content":"yes","type":"nothing but the document"}"#, Some("yes")),
            (r#"{"content":"ye"#, None),
            (r#"{"content":"cut off behind it""#, None),
        ];
        for (json, expected) in vectors {
            for step in [1, 2, 5, 100] {
                let found = found_of(Some("2"), json.as_bytes(), step);
                assert_eq!(found.as_deref(), expected.map(str::as_bytes), "{json} by {step}");
            }
        }
        assert_eq!(found("{".repeat(1_000_000).as_bytes(), 1000), None);
    }

    proptest! {
        #![proptest_config(crate::trials::config(500))]

        #[test]
        fn it_reads_what_a_parser_reads(name in "\\PC{0,8}", other in "\\PC{0,12}", text in "[A-Za-z0-9+/=\\n\"\\\\]{0,60}", step in 1..20usize) {
            let document: Value = json!({ "a": [{ name: other }, 7], "b": { "content": text } });
            prop_assert_eq!(found(document.to_string().as_bytes(), step), Some(text.into_bytes()));
        }
    }
}
