//! Reading a guide file: the bundled one, which is kept in parts, and one from elsewhere, which is hostile. A fault names the
//! place it stands at.

use std::fmt;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::model::{CoreVersion, GuideFile, SCHEMA};
use crate::operator::strict::{self, Comments, Step, Stopped};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 512 * 1024;
const MAX_PLACE: usize = 120;

/// The bundled file, one subject each.
const PARTS: &[&str] = &[
    include_str!("../../../guides/wifi-calling.json"),
    include_str!("../../../guides/wifi-calling-labels-ios.json"),
    include_str!("../../../guides/wifi-calling-labels-android.json"),
    include_str!("../../../guides/wifi-calling-ios.json"),
    include_str!("../../../guides/wifi-calling-android.json"),
    include_str!("../../../guides/wifi-calling-makers.json"),
    include_str!("../../../guides/wifi-calling-support.json"),
];

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It has more than [`MAX_BYTES`].
    #[error("the file is larger than 512 KiB")]
    TooLarge,
    /// It is of a format that this core does not know.
    #[error("the file is of schema {schema}")]
    Schema {
        /// The format it says it is of.
        schema: u32,
    },
    /// It asks for a newer core.
    #[error("the file needs a newer core")]
    MinCore,
    /// It is no JSON, or not of the format.
    #[error("{place} is not as it should be: {what}")]
    Malformed {
        /// Where.
        place: Place,
        /// What is wrong there.
        what: Wrong,
    },
}

/// Where in a file: `guides[3].matches[0].osMin`. Of foreign names only letters, digits and marks of a path are kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    pub(super) fn new(path: &str) -> Self {
        let is_kept = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '[' | ']' | '-' | '?');
        Place(path.chars().filter(is_kept).take(MAX_PLACE).collect())
    }

    /// `.` for the whole.
    fn of(steps: &[Step]) -> Self {
        let path = steps.iter().map(|step| match step {
            Step::Name(name) => format!(".{name}"),
            Step::At(at) => format!("[{at}]"),
        });
        let path: String = path.collect();
        Place::new(if path.is_empty() { "." } else { path.strip_prefix('.').unwrap_or(&path) })
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is wrong at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It is no JSON.
    #[error("no JSON")]
    Syntax,
    /// The JSON ends before its end, or something follows it.
    #[error("cut off, or followed by something else")]
    End,
    /// It is of another type, too long, too many, unknown or absent.
    #[error("not of the format")]
    Data,
    /// Two parts of the bundled file say the same.
    #[error("said twice")]
    Twice,
}

/// What is read before all else, since a newer format may differ in the rest.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    schema: u32,
    min_core: CoreVersion,
}

/// The file that comes with the core, read by whoever wants it first.
pub fn bundled() -> Result<Arc<GuideFile>, FileError> {
    static BUNDLED: LazyLock<Result<Arc<GuideFile>, FileError>> = LazyLock::new(|| {
        // As one text again: reading from two kinds of source would take the code of every type twice.
        Ok(Arc::new(read(bundled_document()?.to_string().as_bytes())?))
    });
    BUNDLED.clone()
}

/// The file that comes with the core as one document, as it would be issued.
pub fn bundled_document() -> Result<Value, FileError> {
    join(PARTS)
}

/// Reads a file of any origin.
pub fn read(bytes: &[u8]) -> Result<GuideFile, FileError> {
    if bytes.len() > MAX_BYTES {
        return Err(FileError::TooLarge);
    }
    check_head(serde_json::from_slice(bytes))?;
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let file =
        strict::read(&mut reader, Comments::Unknown).map_err(|Stopped { at, error, .. }| malformed(&at, &error))?;
    reader.end().map_err(|_| FileError::Malformed { place: Place::new(""), what: Wrong::End })?;
    Ok(file)
}

/// A head that cannot be read is named by the reading of the whole.
fn check_head(head: Result<Head, serde_json::Error>) -> Result<(), FileError> {
    let Ok(head) = head else { return Ok(()) };
    if head.schema != SCHEMA {
        return Err(FileError::Schema { schema: head.schema });
    }
    if CoreVersion::own().is_none_or(|own| own < head.min_core) {
        return Err(FileError::MinCore);
    }
    Ok(())
}

fn malformed(at: &[Step], error: &serde_json::Error) -> FileError {
    FileError::Malformed { place: Place::of(at), what: wrong(error) }
}

fn wrong(error: &serde_json::Error) -> Wrong {
    match error.classify() {
        Category::Data => Wrong::Data,
        Category::Eof => Wrong::End,
        Category::Syntax | Category::Io => Wrong::Syntax,
    }
}

/// Parts as one document: lists of the same name follow one another, all else stands in one part alone.
fn join(parts: &[&str]) -> Result<Value, FileError> {
    let mut whole = Map::new();
    for part in parts {
        let part: Map<String, Value> = serde_json::from_str(part).map_err(|error| malformed(&[], &error))?;
        for (name, value) in part {
            match (whole.get_mut(&name), value) {
                (None, value) => drop(whole.insert(name, value)),
                (Some(Value::Array(list)), Value::Array(more)) => list.extend(more),
                (Some(_), _) => return Err(FileError::Malformed { place: Place::new(&name), what: Wrong::Twice }),
            }
        }
    }
    Ok(Value::Object(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_file_is_read_alike_in_parts_and_as_one() {
        let file = bundled().unwrap();
        let issued = serde_json::to_vec(&bundled_document().unwrap()).unwrap();
        assert_eq!(read(&issued).as_ref(), Ok(&*file));
        assert!(issued.len() < MAX_BYTES / 4, "there is room to grow");
        assert!(file.guides.len() >= 20 && file.labels.len() >= 50 && file.operators.len() == 2);
    }

    #[test]
    fn a_fault_names_its_place_and_repeats_nothing() {
        let text = serde_json::to_string(&bundled_document().unwrap()).unwrap();
        let with = |old: &str, new: &str| {
            assert!(text.contains(old), "{old}");
            text.replacen(old, new, 1)
        };
        let long = format!("\"what\":\"{}\"", "x".repeat(300));
        let vectors = [
            (String::new(), ". is not as it should be: cut off, or followed by something else"),
            ("[]".to_owned(), ". is not as it should be: not of the format"),
            (text[..text.len() - 1].to_owned(), ". is not as it should be: cut off, or followed by something else"),
            (format!("{text} {{}}"), " is not as it should be: cut off, or followed by something else"),
            (
                with("\"osMin\":15", "\"osMin\":-15"),
                "guides[0].matches[0].osMin is not as it should be: not of the format",
            ),
            (
                with("\"osMin\":15", "\"osMin\":1.5"),
                "guides[0].matches[0].osMin is not as it should be: not of the format",
            ),
            (with("\"checkedOn\":\"2026-09-27\"", "\"checkedOn\":\"2026-13-27\""), "guides[0].checkedOn is"),
            (
                with("\"kind\":\"settings\"", "\"kind\":\"<script>\""),
                "routes[0].kind is not as it should be: not of the format",
            ),
            (
                with("\"kind\":\"settings\"", "\"<b>\":1,\"kind\":\"settings\""),
                "routes[0].b is not as it should be: not of",
            ),
            (with("\"what\":\"Android 10", "\"what\":\"\\u202eAndroid 10"), "sources[0].what is"),
            (with("\"what\":\"Android 10 Settings, a public tree in English\"", &long), "sources[0].what is"),
            (with("\"schema\":1", "\"schema\":2"), "the file is of schema 2"),
            (with("\"minCore\":\"0.1.0\"", "\"minCore\":\"99.0.0\""), "the file needs a newer core"),
            (with("\"minCore\":\"0.1.0\"", "\"minCore\":\"new\""), "minCore is not as it should be: not of the format"),
            (" ".repeat(MAX_BYTES + 1), "the file is larger than 512 KiB"),
            ("[".repeat(10_000), ". is not as it should be: not of the format"),
        ];
        let mut wrong = Vec::new();
        for (text, expected) in vectors {
            let said = read(text.as_bytes()).unwrap_err().to_string();
            if !said.starts_with(expected) || said.len() >= 250 || !said.is_ascii() {
                wrong.push((said, expected));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(matches!(read(b"\xff"), Err(FileError::Malformed { what: Wrong::Syntax, .. })));
    }

    #[test]
    fn a_version_of_the_core_is_three_numbers() {
        let vectors = [
            ("0.1.0", true),
            ("10.20.30", true),
            ("0.1", false),
            ("0.1.0.0", false),
            ("0.1.0-beta", false),
            ("+0.1.0", false),
            ("0..1", false),
            ("0.1.70000", false),
            ("", false),
        ];
        for (text, expected) in vectors {
            assert_eq!(CoreVersion::parse(text).is_some(), expected, "{text}");
        }
        assert!(CoreVersion::parse("0.9.10") < CoreVersion::parse("0.10.9"));
        assert!(CoreVersion::own().is_some());
    }

    #[test]
    fn parts_that_say_the_same_are_not_joined() {
        let said = join(&["{\"a\":1,\"b\":[1]}", "{\"b\":[2],\"a\":2}"]).unwrap_err().to_string();
        assert_eq!(said, "a is not as it should be: said twice");
        assert_eq!(join(&["{\"a\":1,\"b\":[1]}", "{\"b\":[2]}"]).unwrap().to_string(), "{\"a\":1,\"b\":[1,2]}");
    }
}
