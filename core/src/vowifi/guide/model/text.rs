//! Words of a guide file, each with its limits: names by which things refer to one another, texts that are shown, and keys
//! of the app's own texts.

use serde::{Deserialize, Deserializer};

const MAX_ID: usize = 60;
const MAX_TEXT: usize = 200;

/// A name within the file: lower case letters, digits, points and hyphens, or capitals and digits for a source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Id(String);

impl Id {
    /// Its letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Id {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let fits = (1..=MAX_ID).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        if fits { Ok(Id(text)) } else { Err("is no id of up to 60 letters, digits, points and hyphens") }
    }
}

/// A text on one line that a person may be shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Text(String);

impl Text {
    /// Its letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Text {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.trim().is_empty() || text.trim() != text {
            return Err("is empty, or begins or ends with a blank");
        }
        if text.len() > MAX_TEXT {
            return Err("is longer than 200 bytes");
        }
        // Marks of writing direction could make a label read as another one.
        let is_hidden = |c: char| {
            c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        };
        if text.chars().any(is_hidden) { Err("holds characters that are not seen") } else { Ok(Text(text)) }
    }
}

/// A key of the app's own texts, in the language of the app.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct TextKey(String);

impl TextKey {
    /// Its letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TextKey {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let fits = (1..=MAX_ID).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(TextKey(text)) } else { Err("is no key of a text") }
    }
}

/// A list that ends: of more than `MOST` items nothing is kept.
pub(super) fn at_most<'de, const MOST: usize, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let list = list(deserializer)?;
    if list.len() > MOST {
        return Err(serde::de::Error::custom(format_args!("has more than {MOST} items")));
    }
    Ok(list)
}

/// Apart from its length, so that it is compiled once for each kind of item.
#[inline(never)]
fn list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Vec::deserialize(deserializer)
}
