//! Reading on behind a fault. The reader stops at the first one; here something that can be read is put in its place, as often as
//! it takes, and what is wrong of the rest is found too. What comes out is nobody's profile: only its faults count.

use serde_json::{Value, json};

use super::Profile;
use super::place::Place;
use crate::operator::nearest::nearest;
use crate::operator::strict::{self, Comments, Stopped};

/// Nobody reads of more.
const MOST: usize = 100;
/// More of a text helps nobody to find it.
const LONGEST: usize = 40;
/// What the reader expects where one of several words stands.
const WORD: &str = "string or map";

/// A document on its way to something that can be read.
pub(super) struct Mend {
    document: Value,
    /// Where something was put in, or taken away.
    touched: Vec<Place>,
    /// Names that were taken for the ones that were meant: those, and how they are written.
    renamed: Vec<(Place, Place)>,
}

/// What the reader stops at.
struct Stop {
    place: Place,
    why: Why,
}

enum Why {
    /// Something that must be there is not.
    Missing,
    /// A name or a word that nobody knows, and those that are known.
    Unknown { wrong: String, names: Vec<String>, is_name: bool },
    /// Something of another kind, or not as it must be: what it is, and what must stand there.
    Kind { found: String, expected: String },
    /// In the reader's own words.
    Other(String),
}

impl Mend {
    pub(super) fn of(document: Value) -> Mend {
        Mend { document, touched: Vec::new(), renamed: Vec::new() }
    }

    /// Reads it to the end, and tells what was in the way. None: that was too much.
    pub(super) fn read(&mut self, found: &mut Vec<(Place, String)>) -> Option<Profile> {
        for _ in 0..MOST {
            let stop = match read(&self.document) {
                Ok(profile) => return Some(profile),
                Err(stop) => stop,
            };
            if !self.touched(&stop.place) {
                found.push((stop.place.clone(), self.reason(&stop)));
            }
            if !self.mend(stop) {
                return None;
            }
        }
        None
    }

    /// Whether what is at a place, or a part of it, is none of the operator's.
    pub(super) fn touched(&self, place: &Place) -> bool {
        self.touched.iter().any(|touched| place.is_within(touched) || touched.is_within(place))
    }

    /// A place as the operator wrote it.
    pub(super) fn as_written(&self, place: &Place) -> Place {
        let written = |place: Place, (meant, written): &(Place, Place)| place.moved(meant, written).unwrap_or(place);
        self.renamed.iter().rev().fold(place.clone(), written)
    }

    /// What is said of it.
    fn reason(&mut self, stop: &Stop) -> String {
        match &stop.why {
            Why::Missing => "is missing".to_owned(),
            Why::Unknown { wrong, names, is_name } => {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let listed = names.join(", ");
                let may = match nearest(wrong, &names) {
                    Some(name) => format!("perhaps {name} is meant, of {listed}"),
                    None => format!("here may stand {listed}"),
                };
                if *is_name { format!("is unknown; {may}") } else { format!("cannot be `{wrong}`; {may}") }
            }
            Why::Kind { found, expected } => match expected.as_str() {
                // One of several words: which, the reader says of one that it does not know.
                WORD => format!("is {found}; here may stand {}", self.words(&stop.place).join(", ")),
                expected => format!("is {found}, where {} must stand", allowed(expected)),
            },
            Why::Other(told) => told.clone(),
        }
    }

    /// The words that may stand at a place.
    fn words(&mut self, place: &Place) -> Vec<String> {
        let Some(here) = place.find(&mut self.document) else { return Vec::new() };
        let before = std::mem::replace(here, json!(""));
        let names = match read(&self.document) {
            Err(Stop { why: Why::Unknown { names, .. }, .. }) => names,
            _ => Vec::new(),
        };
        if let Some(here) = place.find(&mut self.document) {
            *here = before;
        }
        names
    }

    /// Gets what stopped the reader out of its way. Whether it did.
    fn mend(&mut self, stop: Stop) -> bool {
        let Stop { place, why } = stop;
        match why {
            Why::Unknown { wrong, names, is_name: true } => {
                let Some((holder, name)) = place.holder() else { return false };
                let Some(Value::Object(members)) = holder.find(&mut self.document) else { return false };
                let Some(value) = members.remove(name) else { return false };
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let meant = nearest(&wrong, &names).filter(|meant| !members.contains_key(*meant));
                if let Some(meant) = meant {
                    members.insert(meant.to_owned(), value);
                    self.renamed.push((holder.member(meant), place));
                    return true;
                }
                if members.is_empty() {
                    self.touched.push(holder);
                }
                self.touched.push(place);
                true
            }
            Why::Missing => {
                let Some((holder, name)) = place.holder() else { return false };
                let Some(Value::Object(members)) = holder.find(&mut self.document) else { return false };
                members.insert(name.to_owned(), Value::Null);
                self.put_in(place)
            }
            Why::Unknown { .. } | Why::Kind { .. } | Why::Other(_) => self.put_in(place),
        }
    }

    /// Puts something in that can be read. Whether there is such a thing.
    fn put_in(&mut self, place: Place) -> bool {
        let mut tries = vec![json!(""), json!(1), json!(false), json!([]), json!({}), json!("#000000")];
        let mut at = 0;
        while let Some(next) = tries.get(at).cloned() {
            let Some(here) = place.find(&mut self.document) else { return false };
            *here = next;
            match read(&self.document) {
                Err(Stop { place: same, why }) if same == place => {
                    if let Why::Unknown { names, is_name: false, .. } = why {
                        let words = names.iter().flat_map(|name| [json!(name), json!({ name.as_str(): 1 })]);
                        tries.extend(words.filter(|word| !tries.contains(word)).collect::<Vec<_>>());
                    }
                }
                _ => {
                    self.touched.push(place);
                    return true;
                }
            }
            at = at.saturating_add(1);
        }
        false
    }
}

/// Reads a document, or says where and why that stops.
fn read(document: &Value) -> Result<Profile, Stop> {
    // As text: read from values, numbers are told in other words.
    let text = document.to_string();
    let mut reader = serde_json::Deserializer::from_str(&text);
    strict::read(&mut reader, Comments::LeftOut).map_err(|Stopped { at, is_name, error }| {
        let told = error.to_string();
        let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(told, _)| told);
        stop(document, Place::of(at), is_name, told)
    })
}

/// What the reader's words say.
fn stop(document: &Value, place: Place, is_name: bool, told: &str) -> Stop {
    if let Some(name) = told.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        return Stop { place: place.member(name), why: Why::Missing };
    }
    let unknown = || {
        let named = told.strip_prefix("unknown field `").or_else(|| told.strip_prefix("unknown variant `"))?;
        let (wrong, listed) = named.split_once("`, ")?;
        Some((wrong.to_owned(), listed.split('`').skip(1).step_by(2).map(str::to_owned).collect()))
    };
    if let Some((wrong, names)) = unknown() {
        // Of one choice among several, written as an object.
        let is_choice = !is_name && place.get(document).is_some_and(|here| here.get(&wrong).is_some());
        let place = if is_choice { place.member(&wrong) } else { place };
        return Stop { place, why: Why::Unknown { wrong, names, is_name: is_name || is_choice } };
    }
    let found = || place.get(document).map_or_else(|| "missing".to_owned(), in_json);
    let kind = told.strip_prefix("invalid type: ").or_else(|| told.strip_prefix("invalid value: "));
    let why = match kind.and_then(|kind| kind.rsplit_once(", expected ")) {
        Some((_, expected)) => Why::Kind { found: found(), expected: expected.to_owned() },
        // The document is JSON: only where a word is wanted is a value none.
        None if told == "expected value" => Why::Kind { found: found(), expected: WORD.to_owned() },
        None if told.starts_with("is ") => Why::Other(told.to_owned()),
        None => Why::Other(format!("is refused: {told}")),
    };
    Stop { place, why }
}

/// What stands there, in words of JSON.
fn in_json(found: &Value) -> String {
    match found {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("the text {:?}", text.chars().take(LONGEST).collect::<String>()),
        other => other.to_string(),
    }
}

/// What the reader expected, in words of JSON.
fn allowed(expected: &str) -> String {
    let whole = |most: u32| format!("a whole number of 0 to {most}");
    match expected {
        "u8" => whole(u8::MAX.into()),
        "u32" => whole(u32::MAX),
        "a string" => "a text in quotation marks".to_owned(),
        "a boolean" => "true or false, without quotation marks,".to_owned(),
        "a sequence" => "a list, [ … ],".to_owned(),
        other if other == "a map" || other.starts_with("struct ") => "an object, { … },".to_owned(),
        other => other.to_owned(),
    }
}
