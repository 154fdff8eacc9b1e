//! Where in a document a fault stands. The reader says line and column; the path to there is found by walking the document once
//! more. To carry the path while reading would take code for every type that is read.

/// The path to where reading stopped: `guides[3].matches[0].osMin`, `.` for the whole.
pub fn path(document: &[u8], error: &serde_json::Error) -> String {
    let mut path = String::new();
    for step in steps(document, error) {
        match step {
            Step::At(index) => path.push_str(&format!("[{index}]")),
            Step::Name(name) if path.is_empty() => path = name,
            Step::Name(name) => path = format!("{path}.{name}"),
        }
    }
    if path.is_empty() { ".".to_owned() } else { path }
}

/// A step on the way to a place.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// A member of an object.
    Name(String),
    /// A thing of a list, from 0.
    At(usize),
}

/// The way to where reading stopped. What was read last is what is named: a member whose name or value is wrong, a list or an
/// object that is wrong as a whole.
fn steps(document: &[u8], error: &serde_json::Error) -> Vec<Step> {
    let told = error.to_string();
    let of_object = error.is_eof() || told.starts_with("missing field");
    let of_list = error.is_eof() || ["invalid length", "has more than"].iter().any(|fault| told.starts_with(fault));
    let mut stack: Vec<Open> = Vec::new();
    let mut rest = document.get(..offset(document, error)).unwrap_or(document);
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'{' => stack.push(Open::Object { name: None, is_next: true }),
            b'[' => stack.push(Open::List(0)),
            // The reader goes on to the next item, or closes what it is in, before it says what was wrong with the last.
            b',' if rest.is_empty() => {}
            b'}' if rest.is_empty() && !of_object => {}
            b']' if rest.is_empty() && !of_list => {}
            b'}' | b']' => drop(stack.pop()),
            b',' => match stack.last_mut() {
                Some(Open::Object { is_next, .. }) => *is_next = true,
                Some(Open::List(index)) => *index = index.saturating_add(1),
                None => {}
            },
            b'"' => {
                let (text, after) = rest.split_at(end_of_text(rest));
                rest = after.get(1..).unwrap_or_default();
                if let Some(Open::Object { name, is_next: is_next @ true }) = stack.last_mut() {
                    *name = Some(text);
                    *is_next = false;
                }
            }
            _ => {}
        }
    }
    let steps = stack.into_iter().filter_map(|open| match open {
        Open::List(index) => Some(Step::At(index)),
        Open::Object { name, .. } => name.map(|name| Step::Name(as_meant(name))),
    });
    steps.collect()
}

/// What the walk is in.
enum Open<'d> {
    /// An object: the member whose name was read last, as it is written; or its name comes next.
    Object { name: Option<&'d [u8]>, is_next: bool },
    /// A list, at this thing of it.
    List(usize),
}

/// A name without the signs by which JSON writes some letters.
fn as_meant(written: &[u8]) -> String {
    let written = String::from_utf8_lossy(written);
    serde_json::from_str(&format!("\"{written}\"")).unwrap_or_else(|_| written.into_owned())
}

/// How much of the document had been read. The reader counts lines from 1, and bytes.
fn offset(document: &[u8], error: &serde_json::Error) -> usize {
    let lines = document.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.take(error.line().saturating_sub(1)).map(<[u8]>::len).sum();
    before.saturating_add(error.column()).min(document.len())
}

/// Where the quotation mark is that ends a text.
fn end_of_text(text: &[u8]) -> usize {
    let mut escaped = false;
    let ends = |byte: &u8| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    };
    text.iter().position(ends).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::path;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Thing {
        #[allow(dead_code)]
        size: u8,
        #[serde(default)]
        #[allow(dead_code)]
        parts: Vec<Thing>,
        #[serde(default)]
        #[allow(dead_code)]
        words: BTreeMap<String, bool>,
    }

    /// No more than two words, each of lower case letters.
    #[derive(Debug)]
    struct Words;

    #[derive(Debug, Deserialize)]
    #[serde(try_from = "String")]
    struct Word;

    impl TryFrom<String> for Word {
        type Error = &'static str;

        fn try_from(word: String) -> Result<Word, &'static str> {
            if word.bytes().all(|byte| byte.is_ascii_lowercase()) { Ok(Word) } else { Err("is no word") }
        }
    }

    impl<'de> Deserialize<'de> for Words {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Words, D::Error> {
            let words = Vec::<Word>::deserialize(deserializer)?;
            if words.len() > 2 { Err(serde::de::Error::custom("has more than 2 items")) } else { Ok(Words) }
        }
    }

    #[test]
    fn a_rule_is_broken_where_it_stands() {
        for (document, expected) in [
            (r#"{"a":["x","y","z"],"b":[]}"#, "a"),
            (r#"{"a":["x"],"b":["x","y","z"]}"#, "b"),
            (r#"{"a":["x","Y"],"b":[]}"#, "a[1]"),
            (r#"{"a":["X","y"]}"#, "a[0]"),
        ] {
            let error = serde_json::from_str::<BTreeMap<String, Words>>(document).unwrap_err();
            assert_eq!(path(document.as_bytes(), &error), expected, "{document}: {error}");
        }
        for (document, expected) in [(r#"{"a":"x","b":"Y"}"#, "b"), (r#"[{"a":"X","b":"y"}]"#, "[0].a")] {
            let error = match document.starts_with('[') {
                true => serde_json::from_str::<Vec<BTreeMap<String, Word>>>(document).unwrap_err(),
                false => serde_json::from_str::<BTreeMap<String, Word>>(document).unwrap_err(),
            };
            assert_eq!(path(document.as_bytes(), &error), expected, "{document}: {error}");
        }
    }

    #[test]
    fn a_fault_is_found_where_it_stands() {
        for (document, expected) in [
            ("", "."),
            ("7", "."),
            ("[]", "."),
            ("[[]]", "[0]"),
            ("{}", "."),
            (r#"{"size":300}"#, "size"),
            (r#"{"size":-1,"parts":[]}"#, "size"),
            (r#"{"size":"1"}"#, "size"),
            (r#"{"size":[]}"#, "size"),
            (r#"{"size":{"a":1}}"#, "size"),
            ("{ \"size\": 1,\n  \"parts\": [ { \"size\": 2 },\n { \"size\": 3, \"é\": 1 } ] }", "parts[1].é"),
            (r#"{"size":1,"parts":[{"size":2},{"parts":[]}]}"#, "parts[1]"),
            (r#"{"size":1,"parts":[{"size":2,"parts":[{"size":"}]"}]}]}"#, "parts[0].parts[0].size"),
            (r#"{"size":1,"parts":{}}"#, "parts"),
            (r#"{"size":1,"size":2}"#, "size"),
            (r#"{"size":1,"words":{"\"a\\":true,"b":"\"}"}}"#, "words.b"),
            (r#"{"size":1,"words":{"\u0061":7}}"#, "words.a"),
            (r#"{"size":1,"words":{"a":true}"#, "words"),
            (r#"{"size":1,"words":{"a":tr"#, "words.a"),
        ] {
            let error = serde_json::from_str::<Thing>(document).unwrap_err();
            assert_eq!(path(document.as_bytes(), &error), expected, "{document}: {error}");
        }
    }
}
