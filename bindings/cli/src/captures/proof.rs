//! The second pass: everything that came is looked for in everything that is about to be written, however it may be spelled
//! there. It knows nothing of how the first pass works, but which words are the format's and the operator's own.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::Value;

use super::kinds::Kind;
use super::members::{Members, Place};
use super::redact::{MAX_AMOUNT, is_date};
use super::shape::{Shape, is_separator};
use super::words::{folded, split};

/// Shorter words are anybody's.
const MIN_WORD: usize = 3;
/// Shorter numbers are anybody's.
const MIN_DIGITS: usize = 6;
/// Longer numbers are searched for within others.
const MAX_SHORT: usize = 8;
/// Texts within texts are opened so often: an address within an address, a token within JSON.
const MAX_WITHIN: usize = 3;
/// Shorter runs are no Base64 worth opening.
const MIN_ENCODED: usize = 8;

/// What must not be found.
#[derive(Debug, Default)]
pub struct Proof {
    /// Words that stand for themselves.
    words: BTreeSet<String>,
    /// Letters and digits of long texts, searched for within others.
    parts: BTreeSet<String>,
    /// Digits of numbers, searched for within others.
    digits: BTreeSet<String>,
}

impl Proof {
    /// Notes a text that came. `is_own` says which words are the format's or the operator's.
    pub fn came(&mut self, text: &str, is_own: &dyn Fn(&str) -> bool) {
        // What is the operator's own stays, and so does what it happens to say in another alphabet.
        let is_own_run = |run: &str| split(run).all(|word| is_own(&word));
        for text in openings(text, &is_own_run) {
            self.note(&text, is_own);
        }
    }

    /// Notes a document that came: its texts, its names, and its numbers but those that the contract calls amounts.
    pub fn came_in(&mut self, document: &Value, members: &Members, is_own: &dyn Fn(&str) -> bool) {
        self.came_at(document, members, Some(members.root()), is_own);
    }

    fn came_at(&mut self, value: &Value, members: &Members, at: Option<Place>, is_own: &dyn Fn(&str) -> bool) {
        let counts =
            at.is_some_and(|at| matches!(members.kind(at), Kind::Amount | Kind::Date | Kind::Edition | Kind::Named));
        match value {
            Value::String(text) => {
                let is_number = text.parse::<i64>().is_ok() && text.len() <= MAX_AMOUNT && Shape::of(text).is_none();
                if !(counts && is_number) {
                    self.came(text, is_own);
                }
            }
            Value::Number(number) => {
                let digits = number.to_string();
                if digits.len() > MAX_AMOUNT || (!counts && digits.len() >= MIN_DIGITS) {
                    self.came(&digits, is_own);
                }
            }
            Value::Array(elements) => elements.iter().for_each(|element| self.came_at(element, members, at, is_own)),
            Value::Object(inside) => {
                for (name, member) in inside {
                    self.came(name, is_own);
                    self.came_at(member, members, at.and_then(|at| members.inside(at, name)), is_own);
                }
            }
            Value::Bool(_) | Value::Null => {}
        }
    }

    fn note(&mut self, text: &str, is_own: &dyn Fn(&str) -> bool) {
        if is_date(text) {
            return;
        }
        if let Some(Shape::Phone { digits, .. }) = Shape::of(text) {
            // What all ways to write it share.
            self.digits.insert(digits.strip_prefix("32").unwrap_or(&digits).to_owned());
        }
        let (mut all_own, mut none_own) = (true, true);
        for word in split(text) {
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            none_own &= !is_own(&word);
            if is_number {
                let is_day = word.len() == 8 && (word.starts_with("19") || word.starts_with("20"));
                if word.len() >= MIN_DIGITS && !is_day && !is_own(&word) {
                    self.digits.insert(word);
                    all_own = false;
                }
            } else if !is_own(&word) {
                all_own = false;
                if word.chars().count() >= MIN_WORD {
                    self.words.insert(word);
                }
            }
        }
        let tight = tight(text);
        let digits = tight.bytes().filter(u8::is_ascii_digit).count();
        // Digits alone, in groups, such as the number of a card.
        if digits == tight.len() && digits > MAX_SHORT {
            self.digits.insert(tight);
        } else if !all_own
            && none_own
            && tight.len() >= 8
            && digits < tight.len()
            && (digits > 0 || split(text).count() > 1)
        {
            // One word without a digit is searched for as a word, and so is each of an address that is the operator's otherwise:
            // within others they are anybody's.
            self.parts.insert(tight);
        }
    }

    /// Where in a text something that came is found.
    fn is_in(&self, text: &str) -> bool {
        openings(text, &|_| false).iter().any(|text| {
            let tight_text = tight(text);
            let digits: String = text.chars().filter(|c| !is_separator(*c)).collect();
            split(text).any(|word| self.words.contains(&word))
                || self.parts.iter().any(|part| tight_text.contains(part.as_str()))
                || (digits.bytes().any(|byte| byte.is_ascii_digit())
                    && self.digits.iter().any(|number| holds(&digits, number)))
        })
    }

    /// The way to the first place of a document where something that came is found.
    pub fn found_in(&self, document: &Value) -> Option<String> {
        self.search(document, "")
    }

    fn search(&self, value: &Value, way: &str) -> Option<String> {
        match value {
            Value::String(text) => self.is_in(text).then(|| way.to_owned()),
            // A short number that somebody has may be an amount too.
            Value::Number(number) => {
                let digits = number.to_string();
                let found = self.digits.iter().any(|known| known.len() > MAX_SHORT && digits.contains(known.as_str()));
                found.then(|| way.to_owned())
            }
            Value::Array(elements) => {
                elements.iter().enumerate().find_map(|(place, it)| self.search(it, &format!("{way}[{place}]")))
            }
            Value::Object(members) => members.iter().find_map(|(name, member)| {
                if self.is_in(name) {
                    return Some(format!("{way}, the name of a member"));
                }
                let way = if way.is_empty() { name.clone() } else { format!("{way}.{name}") };
                self.search(member, &way)
            }),
            Value::Bool(_) | Value::Null => None,
        }
    }
}

/// A long number may stand within others, a short one only by itself.
fn holds(digits: &str, number: &str) -> bool {
    if number.len() > MAX_SHORT {
        return digits.contains(number);
    }
    digits.split(|c: char| !c.is_ascii_digit()).any(|run| run == number)
}

/// Letters and digits alone.
fn tight(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).map(folded).collect()
}

/// A text, and what it says when it is taken for percent-encoded, for JSON, Base64 or hexadecimal, also within one another.
fn openings(text: &str, is_passed_over: &dyn Fn(&str) -> bool) -> BTreeSet<String> {
    let mut all = BTreeSet::from([text.to_owned()]);
    let mut fresh = vec![text.to_owned()];
    for _ in 0..MAX_WITHIN {
        let within: Vec<String> = fresh.iter().flat_map(|text| within(text, is_passed_over)).collect();
        fresh = within.into_iter().filter(|text| all.insert(text.clone())).collect();
    }
    all
}

fn within(text: &str, is_passed_over: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    if text.contains('%') {
        let encoded = format!("a={}", text.replace('+', "%2B").replace(['&', '='], " "));
        found.extend(url::form_urlencoded::parse(encoded.as_bytes()).map(|(_, value)| value.into_owned()));
    }
    if text.trim_start().starts_with(['{', '[', '"'])
        && let Ok(inside) = serde_json::from_str::<Value>(text)
    {
        texts(&inside, &mut |text| found.push(text.to_owned()));
    }
    let is_of_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_');
    for run in text.split(|c| !is_of_base64(c)).filter(|run| run.len() >= MIN_ENCODED && !is_passed_over(run)) {
        found.extend(decoded(run).into_iter().filter(|text| is_text(text)));
    }
    found
}

/// A run as Base64 that may begin before it, and as hexadecimal.
fn decoded(run: &str) -> Vec<String> {
    let usual = run.replace('-', "+").replace('_', "/");
    let mut found = Vec::new();
    for from in 0..4 {
        let part = usual.get(from..).unwrap_or_default();
        let whole = part.len().saturating_sub(part.len().checked_rem(4).filter(|rest| *rest == 1).unwrap_or(0));
        let part = part.get(..whole).unwrap_or_default();
        found.extend(STANDARD_NO_PAD.decode(part).or_else(|_| URL_SAFE_NO_PAD.decode(part)).ok());
    }
    if run.len().checked_rem(2) == Some(0) && run.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let pairs = run.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        found.extend(pairs.collect::<Option<Vec<u8>>>());
    }
    found.into_iter().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

/// Mostly letters and digits that somebody may have written.
fn is_text(text: &str) -> bool {
    let all = text.chars().count();
    let written =
        text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ' || (c.is_alphabetic() && *c < '\u{250}')).count();
    all >= 4 && written.saturating_mul(4) >= all.saturating_mul(3)
}

/// Every text and name of a document.
pub fn texts(value: &Value, take: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => take(text),
        Value::Number(number) => take(&number.to_string()),
        Value::Array(elements) => elements.iter().for_each(|element| texts(element, take)),
        Value::Object(members) => members.iter().for_each(|(name, member)| {
            take(name);
            texts(member, take);
        }),
        Value::Bool(_) | Value::Null => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn proof() -> Proof {
        let mut proof = Proof::default();
        let own = |word: &str| ["data", "active", "invoice", "of"].contains(&word);
        for text in [
            "Zyxwena Quorvik",
            "+32 470 65 43 21",
            "8932050000000004444",
            "zyxwena@quorvik.example",
            "c0ffee00-1234-5678-9abc-def012345678",
            "active data",
            "invoice of 2026-11-25",
            "2026-11-25",
            "Müßiggäng",
        ] {
            proof.came(text, &own);
        }
        proof
    }

    #[test]
    fn what_came_is_found_in_every_spelling() {
        let proof = proof();
        let encoded = |text: &str| URL_SAFE_NO_PAD.encode(text);
        for text in [
            "Zyxwena".to_owned(),
            "ZYXWENA_quorvik".to_owned(),
            "billFor-Quorvik".to_owned(),
            "+32470654321".to_owned(),
            "0470654321".to_owned(),
            "0470/65.43.21".to_owned(),
            "0032470654321".to_owned(),
            "%2B32470654321".to_owned(),
            "https://a.example/line/%252B32470654321?x".to_owned(),
            "x32470654321y".to_owned(),
            "8932 0500 0000 0004 444".to_owned(),
            "c0ffee00123456789abcdef012345678".to_owned(),
            "C0FFEE00-1234-5678-9ABC-DEF012345678".to_owned(),
            format!("a.{}.b", encoded("{\"sub\":\"Zyxwena\"}")),
            format!("x{}", encoded("+32470654321")),
            encoded(&encoded("Quorvik wrote")),
            "7a797877656e61207175".to_owned(),
            "{\"name\":\"Quorvik\"}".to_owned(),
            "mussiggang".to_owned(),
            "M\u{fc}\u{df}iggang".to_owned(),
        ] {
            assert!(proof.is_in(&text), "{text}");
        }
    }

    #[test]
    fn what_is_no_bodys_is_not_found() {
        let proof = proof();
        for text in ["active", "data", "invoice", "2026-11-25", "2026-11-25T13:05:00Z", "6200000000", "GB", "party-1"] {
            assert!(!proof.is_in(text), "{text}");
        }
    }

    #[test]
    fn the_place_is_named_and_never_what_stands_there() {
        let proof = proof();
        let document = json!({ "response": { "body": { "bucket": [{ "id": "bucket-1" }, { "name": "Quorvik's" }] } } });
        assert_eq!(proof.found_in(&document).as_deref(), Some("response.body.bucket[1].name"));
        let document = json!({ "response": { "+32470654321": 1 } });
        assert_eq!(proof.found_in(&document).as_deref(), Some("response, the name of a member"));
        assert_eq!(proof.found_in(&json!({ "value": 654321 })), None);
        assert_eq!(proof.found_in(&json!({ "value": 32470654321_u64 })).as_deref(), Some("value"));
    }
}
