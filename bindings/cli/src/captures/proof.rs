//! The second pass: everything that came is looked for in everything that is about to be written, however it may be spelled
//! there. It knows nothing of how the first pass works, but which words are the format's and the operator's own.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::Value;

use super::dates::without_dates;
use super::file;
use super::kinds::Kind;
use super::members::{Here, Members};
use super::redact::MAX_AMOUNT;
use super::shape::{Shape, is_national_register, is_separator};
use super::words::{folded, split};

/// Shorter words are anybody's.
const MIN_WORD: usize = 3;
/// Shorter numbers are anybody's, zeros before them aside.
pub const MIN_DIGITS: usize = 6;
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
    /// Words of the format and the operator's own. What they happen to say in another alphabet is nobody's.
    own: BTreeSet<String>,
    /// Digits of those whose very form says that they are somebody's. They are searched for within amounts too.
    numbers: BTreeSet<String>,
}

impl Proof {
    /// Beside words that are the format's or the operator's own.
    pub fn beside(own: BTreeSet<String>) -> Proof {
        Proof { own, ..Proof::default() }
    }

    /// Notes a text that came. `is_own` says which words are the format's or the operator's.
    pub fn came(&mut self, text: &str, is_own: &dyn Fn(&str) -> bool) {
        // What is the operator's own stays, and so does what it happens to say in another alphabet.
        let is_own_run = |run: &str| split(run).all(|word| is_own(&word));
        for text in openings(text, &is_own_run) {
            self.note(&text, is_own);
        }
    }

    /// Notes a document that came: its texts, its names, and its numbers but those that the contract calls amounts and dates.
    pub fn came_in(&mut self, document: &Value, members: &Members, is_own: &dyn Fn(&str) -> bool) {
        self.came_at(document, &Here::root(members), is_own);
    }

    fn came_at(&mut self, value: &Value, here: &Here<'_>, is_own: &dyn Fn(&str) -> bool) {
        match value {
            Value::String(text) if here.kind() == Some(Kind::Document) => self.came_printed(text, is_own),
            Value::String(text) => {
                let is_number = text.parse::<i64>().is_ok() && text.len() <= MAX_AMOUNT && Shape::of(text).is_none();
                if !(counts(here) && is_number) {
                    self.came(text, is_own);
                }
            }
            Value::Number(number) => {
                let digits = number.to_string();
                if digits.len() > MAX_AMOUNT || (!counts(here) && digits.len() >= MIN_DIGITS) {
                    self.came(&digits, is_own);
                }
            }
            Value::Array(elements) => elements.iter().for_each(|element| self.came_at(element, here, is_own)),
            Value::Object(inside) => {
                for (name, member) in inside {
                    self.came(name, is_own);
                    self.came_at(member, &here.inside(inside, name), is_own);
                }
            }
            Value::Bool(_) | Value::Null => {}
        }
    }

    /// Notes the bytes of a printed document in Base64. What they are made of is no text; of the numbers in it count those that are
    /// somebody's by their form, for the others are sizes and places within the file.
    fn came_printed(&mut self, text: &str, is_own: &dyn Fn(&str) -> bool) {
        let tight: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let Ok(bytes) = STANDARD.decode(&tight).or_else(|_| URL_SAFE_NO_PAD.decode(tight.trim_end_matches('='))) else {
            return self.came(text, is_own);
        };
        self.note_whole(text);
        let printed = String::from_utf8_lossy(&bytes);
        if is_text(&printed) {
            let words = split(&printed).filter(|word| word.chars().any(char::is_alphabetic) && !is_own(word));
            self.words.extend(words.filter(|word| word.chars().count() >= MIN_WORD));
            printed.split(['(', ')', '<', '>', '\n', '\r']).for_each(|part| self.note_number(part));
        }
    }

    fn note(&mut self, text: &str, is_own: &dyn Fn(&str) -> bool) {
        self.note_number(text);
        let rest = without_dates(text);
        let (mut all_own, mut none_own) = (true, true);
        for word in split(&rest) {
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            none_own &= !is_own(&word);
            if is_number {
                let is_day = word.len() == 8 && (word.starts_with("19") || word.starts_with("20"));
                if is_long(&word) && !is_day && !is_own(&word) {
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
        let tight = tight(&rest);
        let digits = tight.bytes().filter(u8::is_ascii_digit).count();
        // Digits alone, in groups, such as the number of a card.
        if digits == tight.len() && digits > MAX_SHORT {
            if is_long(&tight) {
                self.digits.insert(tight);
            }
        } else if !all_own && none_own && digits < tight.len() && (digits > 0 || split(&rest).count() > 1) {
            // One word without a digit is searched for as a word, and so is each of an address that is the operator's otherwise:
            // within others they are anybody's.
            self.note_whole(text);
        }
    }

    /// Notes letters and digits of a long text.
    fn note_whole(&mut self, text: &str) {
        let tight = tight(text);
        if tight.len() >= 8 {
            self.parts.insert(tight);
        }
    }

    /// Notes the digits of a number that is somebody's by its form.
    fn note_number(&mut self, text: &str) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let number = match Shape::of(text) {
            // What all ways to write it share.
            Some(Shape::Phone { digits, .. }) => digits.strip_prefix("32").unwrap_or(&digits).to_owned(),
            Some(Shape::Email) => return,
            Some(_) => digits,
            None if is_national_register(&digits) && text.chars().all(|c| c.is_ascii_digit() || is_separator(c)) => {
                digits
            }
            None => return,
        };
        if is_long(&number) {
            self.digits.insert(number.clone());
            if number.len() >= MAX_SHORT {
                self.numbers.insert(number);
            }
        }
    }

    /// Digits of numbers that are somebody's by their form.
    pub fn numbers(&self) -> &BTreeSet<String> {
        &self.numbers
    }

    /// Whether digits are, or hold, a number that is somebody's by its form, whatever they are said to count.
    fn is_somebodys(&self, digits: &str) -> bool {
        self.numbers.iter().any(|number| digits.contains(number.as_str()))
    }

    /// Where in a text something that came is found.
    fn is_in(&self, text: &str) -> bool {
        // The same for every document there is.
        if [file::PRINTED, file::BYTES].contains(&text) || file::is_stand_in_of_digest(text) {
            return false;
        }
        let is_own_run = |run: &str| split(run).all(|word| self.own.contains(&word));
        openings(text, &is_own_run).iter().any(|text| {
            let rest = without_dates(text);
            let tight_text = tight(text);
            let digits: String = rest.chars().filter(|c| !is_separator(*c)).collect();
            split(&rest).any(|word| self.words.contains(&word))
                || self.parts.iter().any(|part| tight_text.contains(part.as_str()))
                || (digits.bytes().any(|byte| byte.is_ascii_digit())
                    && self.digits.iter().any(|number| holds(&digits, number)))
        })
    }

    /// The way to the first place of a capture where something that came is found. `members` says what its answer's are.
    pub fn found_in(&self, capture: &Value, members: Option<&Members>) -> Option<String> {
        self.search(capture, "", None, members)
    }

    fn search(&self, value: &Value, way: &str, here: Option<&Here<'_>>, members: Option<&Members>) -> Option<String> {
        let counts = here.is_some_and(counts);
        match value {
            // What the contract calls an amount may be the same as an id by chance, and says nothing of it.
            Value::String(text) if counts && is_count(text) => {
                let unit = text.replace(|c: char| c.is_ascii_digit(), " ");
                (self.is_somebodys(&tight(text)) || self.is_in(&unit)).then(|| way.to_owned())
            }
            Value::String(text) => self.is_in(text).then(|| way.to_owned()),
            Value::Number(number) => {
                let digits = number.to_string();
                // A short number that somebody has may be an amount too.
                let found = self.digits.iter().any(|known| known.len() > MAX_SHORT && digits.contains(known.as_str()));
                (self.is_somebodys(&digits) || (!counts && found)).then(|| way.to_owned())
            }
            Value::Array(elements) => {
                let mut all = elements.iter().enumerate();
                all.find_map(|(place, it)| self.search(it, &format!("{way}[{place}]"), here, members))
            }
            Value::Object(inside) => inside.iter().find_map(|(name, member)| {
                if self.is_in(name) {
                    return Some(format!("{way}, the name of a member"));
                }
                let way = if way.is_empty() { name.clone() } else { format!("{way}.{name}") };
                let here = match here {
                    Some(here) => Some(here.inside(inside, name)),
                    None => members.filter(|_| way == file::BODY).map(Here::root),
                };
                self.search(member, &way, here.as_ref(), members)
            }),
            Value::Bool(_) | Value::Null => None,
        }
    }
}

/// Whether the contract calls what stands here an amount or a date.
fn counts(here: &Here<'_>) -> bool {
    matches!(here.kind(), Some(Kind::Amount | Kind::Date | Kind::Edition))
}

/// One number, with at most one point or comma, alone or with its unit.
fn is_count(text: &str) -> bool {
    let parts = text.split(|c: char| c.is_whitespace() || c.is_alphabetic());
    let mut numbers = parts.map(|part| part.trim_start_matches(['-', '+'])).filter(|part| !part.is_empty());
    let is_number = |part: &str| {
        let signs = part.bytes().filter(|byte| matches!(byte, b'.' | b',')).count();
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        signs <= 1 && digits <= MAX_AMOUNT && digits.saturating_add(signs) == part.len()
    };
    numbers.next().is_some_and(is_number) && numbers.next().is_none()
}

/// Digits enough to be somebody's. Zeros before a number only fill a field, or the table of places in a file.
fn is_long(digits: &str) -> bool {
    digits.trim_start_matches('0').len() >= MIN_DIGITS
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
    fn an_amount_may_be_the_same_as_an_id_but_not_as_a_number_of_somebodys() {
        let contract = companion::operator::contract::Contract::shipped().unwrap();
        let members = Members::of(&contract, contract.request("usage-report").unwrap());
        let mut proof = Proof::default();
        ["6200000000", "+32470654321", "1764075600000", "85.07.30-033.28"]
            .iter()
            .for_each(|text| proof.came(text, &|_| false));
        let at_an_amount = "response.body.bucket[0].remainingValue.amount";
        for (amount, id, expected) in [
            (json!(6_200_000_000_u64), "bucket-1", None),
            (json!("6200000000"), "bucket-1", None),
            (json!("6200000000 GB"), "bucket-1", None),
            (json!(1), "6200000000", Some("response.body.bucket[0].id")),
            (json!(32_470_654_321_u64), "bucket-1", Some(at_an_amount)),
            (json!("470654321"), "bucket-1", Some(at_an_amount)),
            (json!(85_073_003_328_u64), "bucket-1", Some(at_an_amount)),
        ] {
            let bucket = json!({ "id": id, "remainingValue": { "amount": amount } });
            let capture = json!({ "response": { "body": { "bucket": [bucket] } } });
            assert_eq!(proof.found_in(&capture, Some(&members)).as_deref(), expected, "{capture}");
            assert!(
                expected.is_some() || proof.found_in(&json!({ "note": amount }), Some(&members)).is_some(),
                "{amount}"
            );
        }
        let moment = |at| json!({ "response": { "body": { "lastUpdate": at } } });
        assert_eq!(proof.found_in(&moment(json!(1_764_075_600_000_u64)), Some(&members)), None);
    }

    #[test]
    fn a_date_within_an_id_is_no_secret_and_what_stands_beside_it_is() {
        for (came, is_found, is_not) in [
            ("\"2026-11-25T13:05:00Z\"", None, "2026-11-25T13:05:00Z"),
            ("25112026", Some("25112026"), "25/11/2026"),
            ("INV-2026-11-25T13:05", Some("INV-2026-11-25T13:05"), "2026-11-25T13:05:00Z"),
            ("202611251305", Some("id 202611251305"), "2026-11-25 13:05:00"),
            ("bill-2026-11-25-quorvik", Some("quorvik"), "2026-11-25"),
            ("a7-2026-11-25", Some("A7/2026-11-25"), "2026-11-25T13:05"),
        ] {
            let mut proof = Proof::default();
            proof.came(came, &|word| word == "bill");
            assert!(is_found.is_none_or(|text| proof.is_in(text)), "{came}");
            assert!(!proof.is_in(is_not), "{came}: {is_not}");
        }
    }

    #[test]
    fn what_an_address_of_the_operators_happens_to_say_in_base64_is_nobodys() {
        // "abcdef" in Base64.
        let address = "https://localhost:35419/YWJjZGVm";
        for (own, is_found) in [(BTreeSet::new(), true), (split(address).collect(), false)] {
            let mut proof = Proof::beside(own);
            proof.words.insert("abcdef".to_owned());
            assert_eq!(proof.is_in(address), is_found);
        }
    }

    #[test]
    fn zeros_that_fill_a_field_are_found_in_no_number() {
        let mut proof = Proof::default();
        ["0000000001", "000000000000", "0000 0000 0012", "0001234567"]
            .iter()
            .for_each(|text| proof.came(text, &|_| false));
        for (text, expected) in
            [("8932990000000000013", false), ("89001000000000000000000000000112", false), ("8932000123456701", true)]
        {
            assert_eq!(proof.is_in(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_in_a_printed_document_count_where_they_are_somebodys_by_their_form() {
        let contract = companion::operator::contract::Contract::shipped().unwrap();
        let members = Members::of(&contract, contract.request("bill-document").unwrap());
        let printed = "%PDF-1.7\n(Zyxwena Quorvik) Tj (+32 470 65 43 21) Tj\n0000123456 65535 f\n%%EOF\n";
        let document = json!({ "billDocument": [{ "content": STANDARD.encode(printed) }] });
        let mut proof = Proof::default();
        proof.came_in(&document, &members, &|_| false);
        for (text, expected) in [
            ("Quorvik", true),
            ("0470654321", true),
            (STANDARD.encode(printed).as_str(), true),
            (file::PRINTED, false),
            (file::BYTES, false),
            ("0000123456", false),
            (&"0".repeat(64), false),
        ] {
            assert_eq!(proof.is_in(text), expected, "{text}");
        }
    }

    #[test]
    fn the_place_is_named_and_never_what_stands_there() {
        let proof = proof();
        let document = json!({ "response": { "body": { "bucket": [{ "id": "bucket-1" }, { "name": "Quorvik's" }] } } });
        assert_eq!(proof.found_in(&document, None).as_deref(), Some("response.body.bucket[1].name"));
        let document = json!({ "response": { "+32470654321": 1 } });
        assert_eq!(proof.found_in(&document, None).as_deref(), Some("response, the name of a member"));
        assert_eq!(proof.found_in(&json!({ "value": 654321 }), None), None);
        assert_eq!(proof.found_in(&json!({ "value": 32470654321_u64 }), None).as_deref(), Some("value"));
    }
}
