//! Words of a profile for what another room has a list of: the list stays that room's own, the words stand in one table beside it.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What has a word in a profile.
pub trait Worded: Clone + PartialEq + 'static {
    /// The words, each once, with what they mean.
    const WORDS: &'static [(&'static str, Self)];
}

/// What a word of a profile means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<T>(pub T);

impl<'de, T: Worded> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let meant = T::WORDS.iter().find(|(known, _)| *known == word).map(|(_, meant)| Word(meant.clone()));
        meant.ok_or_else(|| {
            // As serde says it of an enumeration.
            let known: Vec<String> = T::WORDS.iter().map(|(known, _)| format!("`{known}`")).collect();
            D::Error::custom(format_args!("unknown variant `{word}`, expected one of {}", known.join(", ")))
        })
    }
}

impl<T: Worded> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = T::WORDS.iter().find(|(_, meant)| *meant == self.0).map(|(word, _)| *word);
        word.map_or_else(
            || Err(serde::ser::Error::custom("there is no word for it")),
            |word| serializer.serialize_str(word),
        )
    }
}
