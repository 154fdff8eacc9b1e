//! How people of a language search: words that say nothing of a subject, and what they say for what the articles say. The
//! tables are data, in `core/locales/*/search.txt`.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::search::words;
use crate::text::Language;

/// The words of one language, in search form.
#[derive(Debug, Default)]
pub struct Vocabulary {
    ignored: HashSet<String>,
    synonyms: HashMap<String, Vec<String>>,
    /// Of these the synonyms alone count: a "bill" is an invoice, not each "split bill".
    replaced: HashSet<String>,
    phrases: Vec<Phrase>,
}

/// What several words say together and none of them alone, as "not … call": no network, and neither calls nor Wi-Fi calling.
#[derive(Debug)]
pub struct Phrase {
    /// What each of them may be, in order.
    said: Vec<Vec<String>>,
    /// What the articles say for it.
    pub meant: Vec<String>,
}

impl Phrase {
    /// Where its words stand in what was typed, with others between them or not. None: one is missing.
    pub fn places<'t>(&self, typed: impl Iterator<Item = &'t str>) -> Option<Vec<usize>> {
        let mut said = self.said.iter().peekable();
        let found = typed
            .enumerate()
            .filter_map(|(place, word)| said.next_if(|words| words.iter().any(|one| one == word)).map(|_| place));
        let places: Vec<usize> = found.collect();
        (places.len() == self.said.len()).then_some(places)
    }
}

impl Vocabulary {
    /// Of a language; read when first wanted.
    pub fn of(language: Language) -> &'static Vocabulary {
        static READ: [OnceLock<Vocabulary>; 4] = [const { OnceLock::new() }; 4];
        let [dutch, french, english, german] = &READ;
        let (read, table) = match language {
            Language::Dutch => (dutch, include_str!("../../locales/nl/search.txt")),
            Language::French => (french, include_str!("../../locales/fr/search.txt")),
            Language::English => (english, include_str!("../../locales/en/search.txt")),
            Language::German => (german, include_str!("../../locales/de/search.txt")),
        };
        read.get_or_init(|| Vocabulary::read(table))
    }

    fn read(table: &str) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            if let Some(ignored) = line.strip_prefix("ignored ") {
                vocabulary.ignored.extend(words(ignored));
            } else if let Some((said, meant)) = line.strip_prefix("phrase ").and_then(|line| line.split_once('=')) {
                let said = said.split_whitespace().map(|one| words(one).collect()).collect();
                vocabulary.phrases.push(Phrase { said, meant: words(meant).collect() });
            } else if let Some((said, meant)) = line.split_once("->").or_else(|| line.split_once('=')) {
                if line.contains("->") {
                    vocabulary.replaced.extend(words(said));
                }
                for said in words(said) {
                    vocabulary.synonyms.entry(said).or_default().extend(words(meant));
                }
            }
        }
        vocabulary
    }

    /// Whether a word says nothing of a subject.
    pub fn ignores(&self, word: &str) -> bool {
        self.ignored.contains(word)
    }

    /// Whether the articles never mean by a word what people do.
    pub fn replaces(&self, word: &str) -> bool {
        self.replaced.contains(word)
    }

    /// What several words say together, in the order in which they are tried.
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// What the articles say for it.
    pub fn synonyms(&self, word: &str) -> &[String] {
        self.synonyms.get(word).map(Vec::as_slice).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_both_parts_and_no_line_that_is_neither() {
        for (language, folder) in
            [(Language::Dutch, "nl"), (Language::French, "fr"), (Language::English, "en"), (Language::German, "de")]
        {
            let vocabulary = Vocabulary::of(language);
            assert!(vocabulary.ignored.len() > 60 && vocabulary.synonyms.len() > 30, "{language:?}");
            let path = format!("{}/locales/{folder}/search.txt", env!("CARGO_MANIFEST_DIR"));
            for line in std::fs::read_to_string(path).unwrap().lines() {
                let is_known = line.is_empty() || line.starts_with('#') || line.starts_with("ignored ");
                assert!(is_known || line.matches(['=', '>']).count() == 1, "{language:?}: {line:?}");
            }
            assert!(!vocabulary.phrases.is_empty(), "{language:?}");
            for phrase in &vocabulary.phrases {
                let is_whole = phrase.said.len() > 1 && phrase.said.iter().all(|one| !one.is_empty());
                assert!(is_whole && !phrase.meant.is_empty(), "{language:?}: {phrase:?}");
            }
            for said in vocabulary.synonyms.keys() {
                assert!(!vocabulary.ignores(said), "{language:?}: {said} is ignored and has a synonym");
            }
        }
    }

    #[test]
    fn words_are_known_without_case_and_accents() {
        let german = Vocabulary::of(Language::German);
        assert!(german.ignores("fur") && german.ignores("mochte") && !german.ignores("nummer"));
        assert_eq!(german.synonyms("handy"), ["telefon"]);
        assert!(Vocabulary::of(Language::English).synonyms("zebra").is_empty());
    }
}
