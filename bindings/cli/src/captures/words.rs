//! The closed vocabulary: a text stays in a capture only when each of its words is one of these.

use std::collections::BTreeSet;

use companion::operator::contract::{Contract, Read};

use super::proof::MIN_DIGITS;

const LISTED: &str = include_str!("words.txt");
/// The longest number that may stand before a unit in a name: `10 GB`, `1000 SMS`.
const MAX_DIGITS: usize = 4;

/// Words that say what kind of thing something is, never whose.
#[derive(Debug)]
pub struct Words(BTreeSet<String>);

impl Words {
    /// Those of the list, and those that the contract quotes for what it reads.
    pub fn of(contract: &Contract) -> Words {
        let listed = LISTED.lines().filter(|line| !line.starts_with('#')).flat_map(split);
        let mut words: BTreeSet<String> = listed.collect();
        let types = contract.common.types.values().flatten();
        for Read { kind, meaning, .. } in contract.requests.iter().flat_map(|it| &it.reads).chain(types) {
            words.extend(quoted(kind).chain(quoted(meaning)).flat_map(split));
        }
        for told in contract.requests.iter().flat_map(|it| &it.characteristics) {
            words.extend(quoted(&told.kind).flat_map(split));
            words.extend([&told.name].into_iter().chain(&told.also).flat_map(|name| split(name)));
        }
        words.retain(|word| !word.chars().all(|c| c.is_ascii_digit()));
        Words(words)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether a word, folded, is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// Whether a text says only what it is: known words, and numbers too short to be anybody's.
    pub fn knows(&self, text: &str) -> bool {
        let is_number = |word: &String| word.bytes().all(|it| it.is_ascii_digit());
        let mut words = split(text).peekable();
        text.len() <= 64
            && words.peek().is_some()
            && words.all(|word| self.has(&word) || (word.len() <= 3 && is_number(&word)))
            // A telephone number is written in short groups.
            && split(text).filter(is_number).map(|number| number.len()).sum::<usize>() < MIN_DIGITS
    }

    /// What a name says of its kind: its known words, and numbers with a unit behind them.
    pub fn said_in(&self, text: &str) -> Vec<String> {
        let words: Vec<String> = split(text).take(16).collect();
        let mut said = Vec::new();
        for (place, word) in words.iter().enumerate() {
            let next = words.get(place.saturating_add(1));
            let is_number = word.len() <= MAX_DIGITS && word.bytes().all(|it| it.is_ascii_digit());
            if (word.len() > 1 && self.has(word)) || (is_number && next.is_some_and(|next| is_unit(next))) {
                said.push(word.clone());
            }
        }
        said
    }
}

fn is_unit(word: &str) -> bool {
    matches!(word, "gb" | "mb" | "go" | "mo" | "tb" | "min" | "minutes" | "minuten" | "sms" | "mms" | "gib" | "mib")
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The words of a text, without case and accents: `inProgress` is two, `IN_PROGRESS` the same two.
pub fn split(text: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in text.chars() {
        let turns = c.is_uppercase() && before.is_lowercase();
        if (!c.is_alphanumeric() || turns)
            && let Some(last) = words.last()
            && !last.is_empty()
        {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.push_str(&folded(c));
        }
        before = c;
    }
    words.into_iter().filter(|word| !word.is_empty())
}

/// A letter or digit in lower case and without its accent.
pub fn folded(c: char) -> String {
    let plain = match c {
        'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' | 'À' | 'Â' | 'Ä' | 'Á' => "a",
        'ç' | 'Ç' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => "e",
        'î' | 'ï' | 'í' | 'ì' | 'Î' | 'Ï' => "i",
        'ñ' | 'Ñ' => "n",
        'ô' | 'ö' | 'ó' | 'ò' | 'Ô' | 'Ö' | 'Ó' => "o",
        'ù' | 'û' | 'ü' | 'ú' | 'Ù' | 'Û' | 'Ü' | 'Ú' => "u",
        'ß' => "ss",
        other => return other.to_lowercase().collect(),
    };
    plain.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_only_when_each_of_its_words_is_known() {
        let words = Words::of(&Contract::shipped().unwrap());
        for (text, stays) in [
            ("inProgress", true),
            ("PENDING_ACTIVE", true),
            ("detailed by user", true),
            ("GB", true),
            ("usageAlert.75.sms", true),
            ("illimité", true),
            ("EUR", true),
            ("active since Emma", false),
            ("Dubois", false),
            ("0470", false),
            ("1234", false),
            ("75 90", true),
            ("+32 470 12 34 56", false),
            ("85.07.30-033.28", false),
            ("sms 470 12 34", false),
            ("", false),
            ("•", false),
        ] {
            assert_eq!(words.knows(text), stays, "{text}");
        }
    }

    #[test]
    fn a_name_keeps_what_it_says_of_its_kind() {
        let words = Words::of(&Contract::shipped().unwrap());
        for (name, said) in [
            ("Emma's Data EU 10 GB", "data eu 10 gb"),
            ("Rue Haute 12, 1000 Bruxelles", ""),
            ("PIN 1234", ""),
            ("+32 470 12 34 56 roaming", "roaming"),
            ("Appels illimités", "appels illimites"),
        ] {
            let told: Vec<String> = words.said_in(name).into_iter().filter(|word| word != "pin").collect();
            assert_eq!(told.join(" "), said, "{name}");
        }
    }

    #[test]
    fn no_first_name_is_a_word() {
        let words = Words::of(&Contract::shipped().unwrap());
        for name in ["Emma", "Luc", "Nadia", "Tom", "Ines", "Sara", "Pieter", "Claes", "Dubois", "Haddad", "Schmitz"] {
            assert!(!words.knows(name), "{name}");
        }
    }
}
