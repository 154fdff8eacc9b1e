//! Finding articles by what a person types: without a network, the same for the same words, whatever is typed.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Of what was typed, so many characters and words count. Nobody types more, and a pasted book takes no longer.
const MOST_CHARACTERS: usize = 200;
const MOST_WORDS: usize = 8;

/// Where a word was found, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Title,
    /// Among the other names of the subject.
    Words,
    Body,
}

/// The words of an article, by place.
#[derive(Debug)]
pub struct Index {
    title: Vec<String>,
    words: Vec<String>,
    body: Vec<String>,
}

impl Index {
    /// Of an article's texts as drawn.
    pub fn of(title: &str, words: &str, body: &str) -> Index {
        Index { title: to_find(title), words: to_find(words), body: to_find(body) }
    }

    /// The worst of the places where the words are found. None: one of them is nowhere.
    pub fn place(&self, wanted: &[String]) -> Option<Place> {
        wanted.iter().map(|word| self.place_of(word)).try_fold(Place::Title, |worst, place| Some(worst.max(place?)))
    }

    fn place_of(&self, wanted: &str) -> Option<Place> {
        let places = [(Place::Title, &self.title), (Place::Words, &self.words), (Place::Body, &self.body)];
        let found = places.into_iter().find(|(_, words)| words.iter().any(|word| word.starts_with(wanted)));
        found.map(|(place, _)| place)
    }
}

/// The words a person wants, in search form. Empty: nothing was typed that is a word.
pub fn wanted(typed: &str) -> Vec<String> {
    let start: String = typed.chars().take(MOST_CHARACTERS).collect();
    words(&start).take(MOST_WORDS).collect()
}

/// The words of a text, in search form. What a hyphen joins is found by its parts and as one word: "Wi-Fi" is also "wifi".
fn to_find(text: &str) -> Vec<String> {
    let joined = text.split_whitespace().filter(|word| word.contains(HYPHENS));
    let joined = joined.flat_map(|word| words(&word.replace(HYPHENS, "")).collect::<Vec<_>>());
    words(text).chain(joined).collect()
}

/// Hyphen-minus, hyphen, non-breaking hyphen.
const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text);
    let words: Vec<String> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.into_iter()
}

/// Without case, accents and ligatures: "É" is "e", "ß" is "ss", "œ" is "oe".
fn fold(text: &str) -> String {
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let mut folded = String::with_capacity(decomposed.len());
    for c in decomposed.chars().flat_map(char::to_lowercase) {
        match c {
            // Combining diacritical marks.
            '\u{300}'..='\u{36F}' => {}
            'ß' => folded.push_str("ss"),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            other => folded.push(other),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_accents_and_ligatures() {
        for (typed, expected) in [
            ("Portabilité", &["portabilite"][..]),
            ("PORTABILITE\u{301}", &["portabilite"]),
            ("Straße GRÖSSE", &["strasse", "grosse"]),
            ("œuvre ﬁn", &["oeuvre", "fin"]),
            ("d’itinérance", &["d", "itinerance"]),
            ("Wi-Fi, 112!", &["wi", "fi", "112"]),
            ("\u{202E}PIN\0\u{1B}[2J", &["pin", "2j"]),
            (" \t\n— … !?", &[]),
            ("", &[]),
        ] {
            assert_eq!(wanted(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn a_pasted_book_is_a_few_words() {
        let book = "wort ".repeat(2000);
        assert_eq!(wanted(&book).len(), MOST_WORDS);
        assert_eq!(wanted(&"x".repeat(10_000)), ["x".repeat(MOST_CHARACTERS)]);
    }

    #[test]
    fn a_hit_has_every_word_and_is_as_good_as_the_worst_of_them() {
        let index = Index::of("Appels Wi-Fi", "VoWiFi, couverture", "Le téléphone appelle par le Wi-Fi.");
        for (typed, place) in [
            ("appels", Some(Place::Title)),
            ("APP", Some(Place::Title)),
            ("wifi", Some(Place::Title)),
            ("wi-fi", Some(Place::Title)),
            ("couv", Some(Place::Words)),
            ("appels couverture", Some(Place::Words)),
            ("telephone wifi", Some(Place::Body)),
            ("phone", None),
            ("appels sim", None),
            ("", Some(Place::Title)),
        ] {
            assert_eq!(index.place(&wanted(typed)), place, "{typed:?}");
        }
    }
}
