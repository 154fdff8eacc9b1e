//! One exchange as a file: what was asked, what was answered, in a form that people read and version control compares.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::guides::GUIDES;
use super::redact::DROPPED;

/// The operator's addresses and habits.
pub const PROFILE: &str = "profile.json";
/// Words of the format itself, and of stand-ins.
pub const WORDS: [&str; 9] = [
    "request response line origin method path query headers body status instead kind length failure left out other dropped",
    "party account bill order product bucket line report preference service payment document item number name key rate sim",
    "person example com host part parameter value reference edition tag acr text address EXAMBEBB EXAMPLE RF BE",
    "accept content type if match none age cache control date etag retry after www authenticate no store must revalidate",
    "proxy immutable transform s maxage private public application x www form urlencoded charset utf merge patch octet",
    "Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec GMT EOF",
    "GET POST PUT PATCH DELETE HEAD Bearer DPoP nothing pdf html bytes json",
    "resolved no connection TLS failed timed out answer cut short path to the network changed too large answered by",
    "something in between status wants a newer sign in waiting foreign origin proof of possession trust anchors unusable",
];
/// The way to the document of an answer.
pub const BODY: &str = "response.body";
/// In the place of the bytes of a printed document, in Base64: how one begins and ends.
pub const PRINTED: &str = "JVBERi0xLjcKJSVFT0YK";
/// In the place of other bytes, in Base64: `dropped`.
pub const BYTES: &str = "ZHJvcHBlZA==";
/// How digests are named (RFC 9530 and older ways).
const DIGESTS: [&str; 4] = ["sha-256=", "sha256=", "sha-256:", "sha256:"];
/// A folder has no more exchanges than this.
const MOST_FILES: usize = 2000;
/// A file is no longer than this.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// One exchange.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Capture {
    /// Its request in the contract; `other` where none.
    pub line: String,
    /// What was asked.
    #[serde(rename = "request")]
    pub asked: Asked,
    /// What was answered; absent where nothing came.
    #[serde(rename = "response", default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// Why the core took nothing of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// How many members of the answer nothing reads, and were left out.
    #[serde(default)]
    pub left_out: usize,
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asked {
    /// `GET` and such.
    pub method: String,
    /// Scheme, host and port.
    pub origin: String,
    /// The path, encoded.
    pub path: String,
    /// The query, decoded, in its order: each a text `name=value`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "pairs")]
    pub query: Vec<(String, String)>,
    /// Headers by which the answer is another.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// What was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers that are heeded.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// The document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// What came where no document is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<Instead>,
}

/// A body that is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Instead {
    /// `pdf`, `html`, `bytes`, `nothing`, or `json` that no line of the contract speaks of.
    pub kind: String,
    /// Its bytes.
    pub length: u64,
}

impl Capture {
    /// As it is written.
    pub fn to_json(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Whether the answer ended before its end.
    pub fn was_cut(&self) -> bool {
        self.failure.as_deref() == Some("answer cut short")
    }
}

/// What stands for a digest (SHA-256), written as that one is; nothing for what is none.
pub fn stand_in_of_digest(told: &str) -> Option<String> {
    let (name, told) = name_of_digest(told.trim());
    let plain = told.trim_matches(':');
    let stand_in = match plain.len() {
        64 if plain.bytes().all(|byte| byte.is_ascii_hexdigit()) => "0".repeat(64),
        43 | 44 if is_base64(plain) => format!("{}{}", "A".repeat(43), if plain.len() == 44 { "=" } else { "" }),
        _ => return None,
    };
    let colon = if plain.len() < told.len() { ":" } else { "" };
    Some(format!("{name}{colon}{stand_in}{colon}"))
}

/// Whether a text is what stands for a digest.
pub fn is_stand_in_of_digest(text: &str) -> bool {
    stand_in_of_digest(text).as_deref() == Some(text)
}

fn name_of_digest(told: &str) -> (&'static str, &str) {
    let named = DIGESTS.iter().find_map(|name| {
        let (head, rest) = told.split_at_checked(name.len())?;
        head.eq_ignore_ascii_case(name).then_some((*name, rest))
    });
    named.unwrap_or(("", told))
}

/// Either alphabet, of 32 bytes.
fn is_base64(text: &str) -> bool {
    let (digits, end) = text.split_at_checked(43).unwrap_or_default();
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_');
    digits.bytes().all(is_digit) && matches!(end, "" | "=")
}

/// `name=value`, of names without `=`.
mod pairs {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(pairs: &[(String, String)], to: S) -> Result<S::Ok, S::Error> {
        let texts: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        texts.serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(String, String)>, D::Error> {
        let texts = Vec::<String>::deserialize(from)?;
        let pair = |text: String| {
            let (name, value) = text.split_once('=').unwrap_or((&text, ""));
            (name.to_owned(), value.to_owned())
        };
        Ok(texts.into_iter().map(pair).collect())
    }
}

/// A folder of captures.
#[derive(Debug, Clone, PartialEq)]
pub struct Folder {
    /// The operator's profile.
    pub profile: Value,
    /// The exchanges in their order, each with the name of its file.
    pub captures: Vec<(String, Capture)>,
}

/// Why a folder is no folder of captures.
#[derive(Debug)]
pub struct Unreadable {
    /// Which file.
    pub file: PathBuf,
    /// Why.
    pub why: String,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.file.display(), self.why)
    }
}

impl std::error::Error for Unreadable {}

impl Folder {
    /// Whether newer guides can be played: they were kept, or there were none.
    pub fn has_guides(&self) -> bool {
        let mut answers = self.captures.iter().filter(|(_, capture)| capture.line == GUIDES);
        answers.any(|(_, capture)| {
            let body = capture.answer.as_ref().and_then(|answer| answer.body.as_ref());
            body.and_then(|body| body.get("payload")).is_none_or(|payload| payload != DROPPED)
        })
    }

    /// Reads a folder.
    pub fn read(folder: &Path) -> Result<Folder, Unreadable> {
        let profile = document(&folder.join(PROFILE))?;
        let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".json") && name != PROFILE).collect();
        names.sort();
        if names.is_empty() || names.len() > MOST_FILES {
            return Err(unreadable(
                folder,
                format!("a folder of captures has 1 to {MOST_FILES} of them, not {}", names.len()),
            ));
        }
        let captures = names.into_iter().map(|name| {
            let file = folder.join(&name);
            let capture = serde_json::from_value(document(&file)?).map_err(|error| unreadable(&file, error))?;
            Ok((name, capture))
        });
        Ok(Folder { profile, captures: captures.collect::<Result<_, _>>()? })
    }
}

fn document(file: &Path) -> Result<Value, Unreadable> {
    let about = fs::metadata(file).map_err(|error| unreadable(file, error))?;
    // Whoever opens a pipe waits for somebody who writes, and a device may have no end.
    if !about.is_file() {
        return Err(unreadable(file, "not a regular file"));
    }
    if about.len() > MAX_BYTES {
        return Err(unreadable(file, "too long for a capture"));
    }
    let text = fs::read(file).map_err(|error| unreadable(file, error))?;
    serde_json::from_slice(&text).map_err(|error| unreadable(file, error))
}

fn unreadable(file: &Path, why: impl std::fmt::Display) -> Unreadable {
    Unreadable { file: file.to_owned(), why: why.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_a_digest_is_written_as_the_digest_is_and_holds_nothing_of_it() {
        let (zeros, base64) = ("0".repeat(64), format!("{}=", "A".repeat(43)));
        for (told, expected) in [
            ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(), Some(zeros.clone())),
            ("n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=".to_owned(), Some(base64.clone())),
            ("n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg".to_owned(), Some("A".repeat(43))),
            ("SHA-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:".to_owned(), Some(format!("sha-256=:{base64}:"))),
            ("Zyxwena".to_owned(), None),
            ("M\u{fc}\u{df}igg\u{e4}ng ".repeat(6), None),
            (String::new(), None),
        ] {
            assert_eq!(stand_in_of_digest(&told), expected, "{told}");
            assert!(!is_stand_in_of_digest(&told), "{told}");
            assert!(expected.is_none_or(|stand_in| is_stand_in_of_digest(&stand_in)), "{told}");
        }
    }
}
