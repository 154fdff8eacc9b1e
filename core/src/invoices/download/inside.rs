//! A document inside a JSON answer (TMF678 and TMF667 `attachment.content`), found as the answer comes by, so that it is held
//! neither as text nor as JSON.

use super::verify::Flaw;

const KEY: &[u8] = b"content";

/// Finds the text of the first member named `content` whose value is a string.
#[derive(Debug, Default)]
pub struct Finder {
    at: At,
    /// The last string that was read, as far as it can be the key.
    name: Vec<u8>,
    escape: Escape,
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
    /// Takes the next bytes of the answer; the value's are added to `out`, as text.
    pub fn push(&mut self, json: &[u8], out: &mut Vec<u8>) -> Result<(), Flaw> {
        for &byte in json {
            match self.at {
                At::Done => return Ok(()),
                At::Outside => {
                    if byte == b'"' {
                        self.name.clear();
                        self.at = At::Name;
                    }
                }
                At::Name => match self.character(byte)? {
                    None if byte == b'"' && self.escape == Escape::No => self.at = At::BehindName,
                    // One more than the key has tells that it is another.
                    Some(character) if self.name.len() <= KEY.len() => self.name.push(character),
                    _ => {}
                },
                At::BehindName => match byte {
                    b' ' | b'\t' | b'\r' | b'\n' => {}
                    b':' if self.name == KEY => self.at = At::BeforeValue,
                    _ => self.at = At::Outside,
                },
                At::BeforeValue => match byte {
                    b' ' | b'\t' | b'\r' | b'\n' => {}
                    b'"' => self.at = At::Value,
                    _ => self.at = At::Outside,
                },
                At::Value => match self.character(byte)? {
                    None if byte == b'"' && self.escape == Escape::No => self.at = At::Done,
                    Some(character) => out.push(character),
                    None => {}
                },
            }
        }
        Ok(())
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
        let (mut finder, mut out) = (Finder::default(), Vec::new());
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

    proptest! {
        #![proptest_config(crate::trials::config(500))]

        #[test]
        fn it_reads_what_a_parser_reads(name in "\\PC{0,8}", other in "\\PC{0,12}", text in "[A-Za-z0-9+/=\\n\"\\\\]{0,60}", step in 1..20usize) {
            let document: Value = json!({ "a": [{ name: other }, 7], "b": { "content": text } });
            prop_assert_eq!(found(document.to_string().as_bytes(), step), Some(text.into_bytes()));
        }
    }
}
