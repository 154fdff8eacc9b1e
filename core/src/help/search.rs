//! Finding articles by what a person types: without a network, the same for the same words, whatever is typed.

use std::cmp::Reverse;

use icu_normalizer::DecomposingNormalizerBorrowed;

use super::vocabulary::Vocabulary;

/// Of what was typed, so many characters and words count. Nobody types more, and a pasted book takes no longer.
const MOST_CHARACTERS: usize = 200;
const MOST_WORDS: usize = 8;

/// Words are one another's forms where they begin with as many same letters, ...
const SHORTEST_STEM: usize = 4;
/// ... and no more of both together follow: "behouden" and "behoudt", "kündigen" and "Kündigung".
const LONGEST_ENDINGS: usize = 5;
/// A part of a compound at its end: "nummer" of "Rufnummer". Shorter ones end too many words.
const SHORTEST_PART: usize = 5;
/// What is added to a short word to make a form of it: "SIMs".
const SHORT_ENDING: usize = 2;

/// What a word is worth where it stands; another form of it is worth one less.
const IN_TITLE: u32 = 6;
const IN_WORDS: u32 = 4;
const IN_BODY: u32 = 2;

/// How well an article fits what was typed; the greater, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// How many of the words it has.
    pub words: u32,
    /// Where: in the title, among other names of its subject, in the text; another form of a word counts a little less.
    pub places: u32,
    /// How few words stand in a title that has one of them: "Reading your invoice" is more about invoices than a longer one.
    pub brevity: Reverse<usize>,
}

/// A word a person wants, with what else it is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    word: String,
    /// As one with what a hyphen joins it to, and what the articles say for it.
    others: Vec<String>,
    /// Only by these.
    is_replaced: bool,
}

impl Term {
    /// Each way to say it.
    fn said(&self) -> impl Iterator<Item = &str> {
        let word = (!self.is_replaced).then_some(&self.word);
        word.into_iter().chain(&self.others).map(String::as_str)
    }
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

    /// How well it fits. None: it has none of the words.
    pub fn fit(&self, wanted: &[Term]) -> Option<Fit> {
        let found = wanted.iter().filter_map(|term| self.place_of(term));
        let none = Fit { words: 0, places: 0, brevity: Reverse(usize::MAX) };
        let fit = found.fold(none, |fit, place| Fit {
            words: fit.words.saturating_add(1),
            places: fit.places.saturating_add(place),
            brevity: if place > IN_WORDS { Reverse(self.title.len()) } else { fit.brevity },
        });
        (fit.words > 0).then_some(fit)
    }

    /// The best of the places where a word stands.
    fn place_of(&self, term: &Term) -> Option<u32> {
        let places = [(IN_TITLE, &self.title), (IN_WORDS, &self.words), (IN_BODY, &self.body)];
        places.into_iter().find_map(|(worth, words)| {
            let any = |fits: fn(&str, &str) -> bool| words.iter().any(|word| term.said().any(|said| fits(word, said)));
            match (any(|word, said| word.starts_with(said)), any(is_form)) {
                (true, _) => Some(worth),
                (false, true) => Some(worth.saturating_sub(1)),
                (false, false) => None,
            }
        })
    }
}

/// Whether a word of an article is a form of a wanted one, or one of both is a compound that ends with the other.
fn is_form(word: &str, wanted: &str) -> bool {
    let length = |text: &str| text.chars().count();
    let same = word.chars().zip(wanted.chars()).take_while(|(one, other)| one == other).count();
    let (rest, more) = (length(word).saturating_sub(same), length(wanted).saturating_sub(same));
    let is_part = |whole: &str, part: &str| length(part) >= SHORTEST_PART && whole.ends_with(part);
    (rest == 0 && same >= 3 && more <= SHORT_ENDING)
        || (same >= SHORTEST_STEM && rest.saturating_add(more) <= LONGEST_ENDINGS)
        || is_part(word, wanted)
        || is_part(wanted, word)
}

/// The words a person wants. Empty: nothing was typed that is a word. What says nothing of a subject is left out, unless there
/// is nothing else: it may be the beginning of a word.
pub fn wanted(typed: &str, vocabulary: &Vocabulary) -> Vec<Term> {
    let start: String = typed.chars().take(MOST_CHARACTERS).collect();
    let all = start.split_whitespace().flat_map(|typed| terms(typed, vocabulary)).collect();
    let all = with_phrases(all, vocabulary);
    let of_subjects: Vec<Term> = all.iter().filter(|term| !vocabulary.ignores(&term.word)).cloned().collect();
    let mut wanted = if of_subjects.is_empty() { all } else { of_subjects };
    wanted.truncate(MOST_WORDS);
    wanted
}

/// In place of the words of a phrase, what the articles say for it.
fn with_phrases(mut all: Vec<Term>, vocabulary: &Vocabulary) -> Vec<Term> {
    for phrase in vocabulary.phrases() {
        let Some(places) = phrase.places(all.iter().map(|term| term.word.as_str())) else { continue };
        let mut place = 0..;
        all.retain(|_| place.next().is_none_or(|place| !places.contains(&place)));
        let meant = phrase.meant.iter().map(|word| term(word.clone(), None, vocabulary));
        let first = places.first().copied().unwrap_or_default();
        all.splice(first..first, meant);
    }
    all
}

/// What stands between two spaces: one word, or several that a hyphen or an apostrophe joins.
fn terms(typed: &str, vocabulary: &Vocabulary) -> Vec<Term> {
    let parts: Vec<String> = words(typed).collect();
    let joined = typed.contains(HYPHENS).then(|| words(&typed.replace(HYPHENS, "")).next()).flatten();
    parts.into_iter().map(|word| term(word, joined.as_ref(), vocabulary)).collect()
}

fn term(word: String, joined: Option<&String>, vocabulary: &Vocabulary) -> Term {
    let synonyms = vocabulary.synonyms(&word).iter();
    let others = joined.into_iter().chain(synonyms).filter(|other| **other != word).cloned().collect();
    Term { is_replaced: vocabulary.replaces(&word), word, others }
}

/// The words of a text, in search form. What a hyphen joins is found by its parts and as one word: "Wi-Fi" is also "wifi".
fn to_find(text: &str) -> Vec<String> {
    let joined = text.split_whitespace().filter(|word| word.contains(HYPHENS));
    let joined = joined.flat_map(|word| words(&word.replace(HYPHENS, "")).collect::<Vec<_>>());
    words(text).chain(joined).collect()
}

/// Hyphen-minus, hyphen, non-breaking hyphen.
const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

/// The words of a text, in search form.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
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
    use crate::text::Language;

    fn typed(text: &str) -> Vec<Term> {
        wanted(text, Vocabulary::of(Language::English))
    }

    #[test]
    fn words_are_compared_without_case_accents_and_ligatures() {
        for (text, expected) in [
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
            let found: Vec<String> = typed(text).into_iter().map(|term| term.word).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn words_that_say_nothing_are_left_out_unless_there_is_nothing_else() {
        let found = |text: &str| typed(text).into_iter().map(|term| term.word).collect::<Vec<_>>();
        assert_eq!(found("How do I keep my number?"), ["keep", "number"]);
        assert_eq!(found("how to"), ["how", "to"]);
        // A sentence is more than eight words, of which few are of a subject.
        assert_eq!(
            found("what is it that I have to do so that my number is not the one of the bill"),
            ["number", "one", "bill"]
        );
    }

    #[test]
    fn words_that_say_something_together_are_read_as_that_in_their_order_alone() {
        let found = |text: &str| typed(text).into_iter().map(|term| term.word).collect::<Vec<_>>();
        for (text, expected) in [
            ("nobody can call me", &["network"][..]),
            ("since Monday nobody at work can call my phone", &["since", "monday", "network", "work", "phone"]),
            ("call nobody", &["call", "nobody"]),
            ("nobody", &["nobody"]),
            ("my number does not work any more", &["network"]),
            ("I can't call", &["network"]),
        ] {
            assert_eq!(found(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_pasted_book_is_a_few_words() {
        let book = "wort ".repeat(2000);
        assert_eq!(typed(&book).len(), MOST_WORDS);
        assert_eq!(typed(&"x".repeat(10_000))[0].word, "x".repeat(MOST_CHARACTERS));
    }

    #[test]
    fn forms_of_a_word_and_parts_of_compounds_are_it_and_other_words_are_not() {
        for (word, wanted, expected) in [
            ("behouden", "behoud", true),
            ("behoud", "behouden", true),
            ("changez", "changer", true),
            ("kundigung", "kundigen", true),
            ("sim", "sims", true),
            ("rufnummer", "nummer", true),
            ("nummer", "gsmnummer", true),
            ("telephone", "phone", true),
            ("date", "data", false),
            ("verlopen", "verloren", false),
            ("pin", "pink", true),
            ("pin", "pinguin", false),
            ("sim", "s", false),
            ("nummer", "immer", false),
        ] {
            assert_eq!(is_form(word, wanted), expected, "{wanted} of {word}");
        }
    }

    #[test]
    fn more_words_fit_better_and_then_the_better_place() {
        let index = Index::of("Appels Wi-Fi", "VoWiFi, couverture", "Le téléphone appelle par le Wi-Fi.");
        for (text, fit) in [
            ("appels", Some((1, 6))),
            ("APP", Some((1, 6))),
            ("wifi", Some((1, 6))),
            ("wi-fi", Some((2, 12))),
            ("couv", Some((1, 4))),
            ("couvertures", Some((1, 3))),
            ("appels couverture", Some((2, 10))),
            ("telephone zebra", Some((1, 2))),
            ("zebra", None),
            ("", None),
        ] {
            let found = index.fit(&typed(text)).map(|fit| (fit.words, fit.places));
            assert_eq!(found, fit, "{text:?}");
        }
    }
}
