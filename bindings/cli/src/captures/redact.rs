//! Taking out what identifies somebody. A value stays only where the contract says that it is an amount, a date, a known word;
//! whatever else came is replaced, or left out where nothing reads it.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use companion::operator::contract::Contract;
use serde_json::{Map, Number, Value, json};
use url::Url;

use super::dates::is_date;
use super::file::{BYTES, PRINTED, stand_in_of_digest};
use super::kinds::Kind;
use super::members::{Members, Place};
use super::proof::MIN_DIGITS;
use super::shape::Shape;
use super::stand_ins::{PLACE, StandIns};
use super::words::Words;

/// In the place of what nothing may stay of.
pub const DROPPED: &str = "dropped";
/// In the place of free text.
const TEXT: &str = "text";
/// Longer numbers are no amounts.
pub const MAX_AMOUNT: usize = 15;
/// Deeper documents are refused by the core anyway.
const MAX_DEPTH: usize = 128;

/// What goes over all exchanges of a folder.
#[derive(Debug)]
pub struct Redaction {
    pub words: Words,
    pub stand_ins: StandIns,
    /// Origins that are the operator's own, by its profile.
    pub origins: BTreeSet<String>,
    /// Parts of paths that are the operator's own, by its profile and the contract.
    pub parts: BTreeSet<String>,
    /// Names of members that are asked for or read.
    pub read: BTreeSet<String>,
    /// Texts that are the profile's, such as the client id.
    pub own: BTreeSet<String>,
    /// Digits that came and are somebody's by their form: no amount stays that holds one.
    pub numbers: BTreeSet<String>,
}

/// Members of one document: those that were left out are counted.
struct Walk<'a> {
    over: &'a mut Redaction,
    members: &'a Members,
    left_out: usize,
}

impl Redaction {
    /// Nothing seen yet, at the operator of this profile.
    pub fn new(contract: &Contract, profile: &Value, came: &str) -> Redaction {
        let mut redaction = Redaction {
            words: Words::of(contract),
            stand_ins: StandIns::beside(came),
            origins: BTreeSet::new(),
            parts: BTreeSet::new(),
            read: BTreeSet::new(),
            own: BTreeSet::new(),
            numbers: BTreeSet::new(),
        };
        let reads = contract.requests.iter().flat_map(|request| &request.reads);
        redaction.read.extend(reads.map(|read| read.path.replace("[]", "")));
        let lists = contract.requests.iter().flat_map(|request| &request.query).filter(|part| part.name == "fields");
        let names = lists.flat_map(|part| part.value.split(|c: char| !c.is_ascii_alphanumeric()));
        redaction.read.extend(names.map(str::to_owned));
        let templates = contract.requests.iter().flat_map(|request| request.path.split('/'));
        redaction.parts.extend(templates.filter(|part| !part.starts_with('{')).map(str::to_owned));
        redaction.learn(profile);
        redaction
    }

    /// Whether digits hold a number that is somebody's by its form.
    fn is_somebodys(&self, text: &str) -> bool {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        self.numbers.iter().any(|number| digits.contains(number.as_str()))
    }

    fn learn(&mut self, profile: &Value) {
        match profile {
            Value::String(text) => {
                self.own.insert(text.clone());
                let url = Url::parse(text).ok();
                if let Some(url) = url.filter(|url| url.scheme() == "https" && url.host_str().is_some()) {
                    self.origins.insert(url.origin().ascii_serialization());
                    self.parts.extend(url.path().split('/').map(str::to_owned));
                } else if text.contains('.') && !text.contains(char::is_whitespace) {
                    // Hosts are listed without a scheme.
                    self.origins.insert(format!("https://{text}"));
                }
            }
            Value::Array(elements) => elements.iter().for_each(|element| self.learn(element)),
            Value::Object(members) => members.values().for_each(|member| self.learn(member)),
            _ => {}
        }
    }

    /// A document, and how many members of it were left out.
    pub fn document(&mut self, value: &Value, members: &Members) -> (Value, usize) {
        let mut walk = Walk { over: self, members, left_out: 0 };
        let document = walk.value(value, members.root(), 0);
        (document, walk.left_out)
    }

    /// What was sent: names that are known stay, and values that are known words; numbers and ids have stand-ins.
    pub fn sent(&mut self, value: &Value, names: &BTreeSet<String>) -> Value {
        match value {
            Value::Object(members) => {
                let known = members.iter().filter(|(name, _)| names.contains(*name) || self.words.knows(name));
                let known: Vec<_> = known.map(|(name, value)| (name.clone(), value.clone())).collect();
                Value::Object(known.into_iter().map(|(name, value)| (name, self.sent(&value, names))).collect())
            }
            Value::Array(elements) => elements.iter().map(|element| self.sent(element, names)).collect(),
            Value::String(text) => Value::String(self.text_sent(text)),
            Value::Number(number) if number.to_string().len() > 6 => json!(0),
            other => other.clone(),
        }
    }

    /// One text of a request.
    pub fn text_sent(&mut self, text: &str) -> String {
        if self.own.contains(text) || self.words.knows(text) || is_date(text) || is_small(text) {
            return text.to_owned();
        }
        self.stand_ins.of(text, "value")
    }

    /// An address: the operator's own host stays, and of path and query what is no id.
    pub fn address(&mut self, text: &str) -> String {
        if self.own.contains(text) {
            return text.to_owned();
        }
        let Ok(url) = Url::parse(text) else { return self.stand_ins.of(text, "address") };
        if url.cannot_be_a_base() || url.host_str().is_none() {
            return self.stand_ins.of(text, "address");
        }
        let mut said = self.origin(&url);
        said.push_str(&self.path(url.path()));
        let query = self.query(&url, &BTreeSet::new());
        if !query.is_empty() {
            let pairs = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&query).finish();
            said.push('?');
            said.push_str(&pairs);
        }
        said
    }

    /// Scheme, host and port of an address, where they are the operator's.
    pub fn origin(&mut self, url: &Url) -> String {
        let origin = url.origin().ascii_serialization();
        match self.origins.contains(&origin) {
            true => origin,
            false => format!("https://{}", self.stand_ins.of(&origin, "host")),
        }
    }

    /// A path: its parts that are the operator's or known words stay.
    pub fn path(&mut self, path: &str) -> String {
        let parts = path.split('/').map(|part| {
            if part.is_empty() || self.parts.contains(part) || self.words.knows(part) {
                return part.to_owned();
            }
            let plain = format!("a={part}").replace('+', "%2B");
            let plain = url::form_urlencoded::parse(plain.as_bytes()).next().map(|(_, value)| value.into_owned());
            let stand_in = self.stand_ins.of(&plain.unwrap_or_default(), "part");
            url::form_urlencoded::byte_serialize(stand_in.as_bytes()).collect::<String>().replace('+', "%20")
        });
        parts.collect::<Vec<_>>().join("/")
    }

    /// A query. `names` are those of the contract for this request.
    pub fn query(&mut self, url: &Url, names: &BTreeSet<String>) -> Vec<(String, String)> {
        let pairs: Vec<_> = url.query_pairs().into_owned().collect();
        pairs
            .into_iter()
            .map(|(name, value)| {
                let is_known = names.contains(&name) || self.words.knows(&name);
                let name = if is_known { name } else { self.stand_ins.of(&name, "parameter") };
                // A list of members that are read is the core's own.
                let is_list = name == "fields" && value.split(',').all(|it| self.read.contains(it.trim()));
                let value = if is_list { value } else { self.text_sent(&value) };
                (name, value)
            })
            .collect()
    }
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, at: Place, depth: usize) -> Value {
        if depth > MAX_DEPTH {
            return Value::Null;
        }
        let deeper = depth.saturating_add(1);
        match value {
            Value::Object(members) => self.object(members, at, deeper),
            Value::Array(elements) => elements.iter().map(|element| self.value(element, at, deeper)).collect(),
            _ => self.scalar(value, self.members.kind(at)),
        }
    }

    fn object(&mut self, members: &Map<String, Value>, at: Place, depth: usize) -> Value {
        let name = ["name", "id"].iter().find_map(|it| members.get(*it)?.as_str());
        let mut kept = Map::new();
        for (key, value) in members {
            match self.members.inside(at, key) {
                Some(inside) if self.members.kind(inside) == Kind::Named => {
                    let value = self.named(value, name.unwrap_or_default(), inside, depth);
                    kept.insert(key.clone(), value);
                }
                Some(inside) => {
                    let value = self.value(value, inside, depth);
                    kept.insert(key.clone(), value);
                }
                // Only that it is there tells something.
                None if self.members.is_known_by(key) => {
                    kept.insert(key.clone(), present(value));
                }
                None => self.left_out = self.left_out.saturating_add(1),
            }
        }
        // An object where none is expected is odd, and stays one.
        if kept.is_empty() && !members.is_empty() {
            kept.insert("other".to_owned(), Value::Bool(true));
        }
        Value::Object(kept)
    }

    /// A value whose name tells what it is. Members of an object may be named beneath it.
    fn named(&mut self, value: &Value, name: &str, at: Place, depth: usize) -> Value {
        match value {
            Value::Object(members) => {
                let mut kept = Map::new();
                for (key, member) in members {
                    let known = self.members.named(&format!("{name}.{key}")).or_else(|| self.members.named(key));
                    match (known, self.members.inside(at, key)) {
                        (Some(kind), _) => drop(kept.insert(key.clone(), self.all(member, kind, depth))),
                        (None, Some(inside)) if self.members.kind(inside) == Kind::Named => {
                            let member = self.named(member, name, inside, depth.saturating_add(1));
                            kept.insert(key.clone(), member);
                        }
                        (None, Some(inside)) => {
                            let member = self.value(member, inside, depth.saturating_add(1));
                            kept.insert(key.clone(), member);
                        }
                        (None, None) => self.left_out = self.left_out.saturating_add(1),
                    }
                }
                Value::Object(kept)
            }
            Value::Array(elements) if depth < MAX_DEPTH => {
                let deeper = depth.saturating_add(1);
                elements.iter().map(|element| self.named(element, name, at, deeper)).collect()
            }
            _ => {
                let kind = self.members.named(name).unwrap_or(Kind::Named);
                self.scalar(value, kind)
            }
        }
    }

    /// A value, or each of a list.
    fn all(&mut self, value: &Value, kind: Kind, depth: usize) -> Value {
        match value {
            Value::Array(elements) if depth < MAX_DEPTH => {
                elements.iter().map(|element| self.all(element, kind, depth.saturating_add(1))).collect()
            }
            Value::Object(_) => json!({ "other": true }),
            other => self.scalar(other, kind),
        }
    }

    fn scalar(&mut self, value: &Value, kind: Kind) -> Value {
        match value {
            Value::String(text) if text.trim().is_empty() => value.clone(),
            Value::String(text) => Value::String(self.text(text, kind)),
            Value::Number(number) => self.number(number, kind),
            other => other.clone(),
        }
    }

    fn number(&mut self, number: &Number, kind: Kind) -> Value {
        let digits = number.to_string();
        let stays = match kind {
            Kind::Amount => digits.len() <= MAX_AMOUNT,
            // Nobody says what it is: a longer one may be a customer's.
            Kind::Named => digits.len() < MIN_DIGITS,
            // Seconds or milliseconds since 1970.
            Kind::Date | Kind::Edition => matches!(digits.len(), 10 | 13) && digits.starts_with(['1', '2']),
            _ => digits.len() <= 3,
        };
        if stays && !self.over.is_somebodys(&digits) {
            return Value::Number(number.clone());
        }
        let place: u64 =
            self.over.stand_ins.of(&digits, PLACE).rsplit('-').next().and_then(|it| it.parse().ok()).unwrap_or(1);
        json!(place)
    }

    fn text(&mut self, text: &str, kind: Kind) -> String {
        let over = &mut *self.over;
        let replaced = |over: &mut Redaction, kind| over.stand_ins.of(text, kind);
        match kind {
            Kind::Amount if is_amount(text, &over.words) && !over.is_somebodys(text) => text.to_owned(),
            Kind::Date if is_date(text) => text.to_owned(),
            Kind::Edition if is_date(text) => text.to_owned(),
            Kind::Edition => replaced(over, "edition"),
            Kind::Word if over.words.knows(text) => text.to_owned(),
            Kind::Named if over.words.knows(text) || is_date(text) => text.to_owned(),
            Kind::Named if is_amount(text, &over.words) && is_short(text) => text.to_owned(),
            Kind::Name if over.words.knows(text) => text.to_owned(),
            Kind::Name => {
                let said = over.words.said_in(text).join(" ");
                let name = replaced(over, "name");
                if said.is_empty() { name } else { format!("{name} {said}") }
            }
            Kind::Phone => replaced(over, "line"),
            Kind::Id(kind) => replaced(over, kind),
            Kind::Bic => over.stand_ins.of(text, "bic"),
            Kind::Address => over.address(text),
            Kind::Document => document(text),
            Kind::Digest => stand_in_of_digest(text).unwrap_or_else(|| replaced(over, "other")),
            Kind::Secret => DROPPED.to_owned(),
            Kind::Free => TEXT.to_owned(),
            Kind::Amount | Kind::Date | Kind::Word | Kind::Named | Kind::Inside => replaced(over, "other"),
        }
    }
}

/// Something of the same type, where only that it is there counts.
fn present(value: &Value) -> Value {
    match value {
        Value::String(text) if !text.is_empty() => json!(TEXT),
        Value::Number(_) => json!(1),
        Value::Array(elements) if !elements.is_empty() => json!([{ "other": true }]),
        Value::Object(members) if !members.is_empty() => json!({ "other": true }),
        other => other.clone(),
    }
}

/// Of a document nothing but how it begins and ends.
fn document(text: &str) -> String {
    let start = text.trim_start().get(..8).unwrap_or_default();
    let is_pdf = STANDARD.decode(start).is_ok_and(|bytes| bytes.starts_with(b"%PDF-"));
    if is_pdf { PRINTED.to_owned() } else { BYTES.to_owned() }
}

/// Digits with at most one point or comma, alone or beside known words.
fn is_amount(text: &str, words: &Words) -> bool {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let number = |part: &&str| {
        let plain = part.trim_start_matches(['-', '+']);
        let digits = plain.bytes().filter(u8::is_ascii_digit).count();
        digits > 0
            && digits <= MAX_AMOUNT
            && plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
            && (plain == "0" || !plain.starts_with('0') || plain.starts_with("0.") || plain.starts_with("0,"))
    };
    let numbers = parts.iter().filter(|part| number(part)).count();
    let rest: Vec<&str> = parts.into_iter().filter(|part| !number(part)).collect();
    // `10GB` is written too.
    let rest = rest.join(" ");
    numbers <= 1
        && Shape::of(text).is_none()
        && (numbers == 1 || !rest.is_empty())
        && (rest.is_empty() || words.knows(&rest) || is_joined(&rest, words))
}

/// Too few digits to be anybody's.
fn is_short(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() < MIN_DIGITS
}

/// A short number with its unit behind it.
fn is_joined(text: &str, words: &Words) -> bool {
    let end = text.find(|c: char| c.is_alphabetic()).unwrap_or(0);
    let (digits, unit) = text.split_at_checked(end).unwrap_or_default();
    !digits.is_empty()
        && digits.len() <= 6
        && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        && words.knows(unit)
}

/// At most three digits.
fn is_small(text: &str) -> bool {
    !text.is_empty() && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_stay_as_they_are_written_and_nothing_else_passes_for_one() {
        let words = Words::of(&Contract::shipped().unwrap());
        for (text, expected) in [
            ("6.2", true),
            ("-3,27", true),
            ("0", true),
            ("0.61", true),
            ("10 GB", true),
            ("10GB", true),
            ("unlimited", true),
            ("120 min", true),
            ("+32470123456", false),
            ("32470123456", false),
            ("0470123456", false),
            ("0470 12 34 56", false),
            ("10 Emma", false),
            ("8932050000000000013", false),
            ("", false),
        ] {
            assert_eq!(is_amount(text, &words), expected, "{text}");
        }
    }
}
