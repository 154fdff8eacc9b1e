//! A member of a JSON document, of which one can ask where it stands when there is something to warn of.
//! Names are matched exactly, then by a closed list of aliases given by the caller; letter case is never ignored.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::recorder;

/// The largest JSON document that is read at all: 2 MiB.
pub const MAX_JSON_BYTES: usize = 2 * 1024 * 1024;

/// Why bytes are no JSON document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// More than [`MAX_JSON_BYTES`], or than was asked for.
    TooLarge,
    /// Nothing, or white space alone.
    Empty,
    /// A web page.
    Html,
    /// Not JSON (RFC 8259), or nested deeper than 128 levels.
    NotJson {
        /// Line of the first fault, from 1.
        line: usize,
        /// Column of the first fault, in bytes.
        column: usize,
    },
}

impl Unreadable {
    /// A stable code for support and for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Unreadable::TooLarge => "too_large",
            Unreadable::Empty => "empty",
            Unreadable::Html => "html",
            Unreadable::NotJson { .. } => "not_json",
        }
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unreadable::TooLarge => f.write_str("The document is too large."),
            Unreadable::Empty => f.write_str("The document is empty."),
            Unreadable::Html => f.write_str("The document is a web page."),
            Unreadable::NotJson { line, column } => {
                write!(f, "The document is not JSON, or nested deeper than 128 levels: line {line}, column {column}.")
            }
        }
    }
}

/// Parses a document once. Numbers keep their digits.
pub fn parse(body: &[u8]) -> Result<Value, Unreadable> {
    parse_within(body, MAX_JSON_BYTES)
}

/// Parses a document of at most so many bytes: one that holds a printed document is larger than others.
pub fn parse_within(body: &[u8], most: usize) -> Result<Value, Unreadable> {
    if body.len() > most {
        return Err(Unreadable::TooLarge);
    }
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => return Err(Unreadable::Empty),
        Some(b'<') => return Err(Unreadable::Html),
        Some(_) => {}
    }
    let document = serde_json::from_slice(body)
        .map_err(|error| Unreadable::NotJson { line: error.line(), column: error.column() })?;
    recorder::parsed(&document);
    Ok(document)
}

/// Reads a document of one known shape. `holder` is the member of the whole that it stands in, empty for the whole itself.
pub fn typed<T: DeserializeOwned>(holder: &str, body: &[u8]) -> serde_json::Result<T> {
    recorder::typed::<T>(holder);
    serde_json::from_slice(body)
}

/// A present member of a document.
#[derive(Debug, Clone, Copy)]
pub struct Node<'v> {
    value: &'v Value,
}

impl<'v> Node<'v> {
    /// The document itself.
    pub fn root(value: &'v Value) -> Self {
        Node { value }
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        Place(std::ptr::from_ref(self.value).addr())
    }

    /// The JSON value.
    pub fn value(&self) -> &'v Value {
        self.value
    }

    /// The first of the named members that is present: not null, not `""`, not `{}`, not `[]`, not `[{}]`.
    pub fn get(&self, names: &[&'static str]) -> Option<Node<'v>> {
        recorder::members_asked(self.value, names.iter().copied());
        let members = self.value.as_object()?;
        names.iter().find_map(|name| {
            let value = members.get(*name).filter(|value| !is_absent(value))?;
            Some(Node { value })
        })
    }

    /// Like [`Node::get`], with the one element of a one-element array in its place.
    pub fn one(&self, names: &[&'static str]) -> Option<Node<'v>> {
        self.get(names).map(Node::sole)
    }

    /// Itself, or its one element when it is an array of one.
    pub fn sole(self) -> Node<'v> {
        match self.value.as_array().map(Vec::as_slice) {
            Some([only]) => Node { value: only },
            _ => self,
        }
    }

    /// The present elements of a named list; a lone object stands for a list of one.
    pub fn list(&self, names: &[&'static str]) -> Elements<'v> {
        self.get(names).map_or(Elements { values: &[] }, |node| node.elements())
    }

    /// Its present elements; itself when it is no array.
    pub fn elements(&self) -> Elements<'v> {
        match self.value {
            Value::Array(values) => Elements { values },
            _ => Elements { values: std::slice::from_ref(self.value) },
        }
    }

    /// Whether the member is there at all, even if null or empty.
    pub fn has(&self, name: &str) -> bool {
        recorder::members_asked(self.value, [name]);
        self.value.as_object().is_some_and(|members| members.contains_key(name))
    }

    /// Text without surrounding white space; a number stands for its digits, as in ids.
    pub fn text(&self, names: &[&'static str]) -> Option<&'v str> {
        self.one(names)?.as_text()
    }

    /// Its own text, as in [`Node::text`].
    pub fn as_text(&self) -> Option<&'v str> {
        let text = match self.value {
            Value::String(text) => text.trim(),
            Value::Number(number) => number.as_str(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// A truth value, also written as text or as 0 and 1.
    pub fn flag(&self, names: &[&'static str]) -> Option<bool> {
        let node = self.one(names)?;
        if let Value::Bool(flag) = node.value {
            return Some(*flag);
        }
        let text = node.as_text()?;
        let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        if is(&["true", "yes", "1", "y"]) {
            Some(true)
        } else if is(&["false", "no", "0", "n"]) {
            Some(false)
        } else {
            None
        }
    }
}

fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.iter().all(is_absent),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The present elements of a list.
#[derive(Debug, Clone)]
pub struct Elements<'v> {
    values: &'v [Value],
}

impl<'v> Iterator for Elements<'v> {
    type Item = Node<'v>;

    fn next(&mut self) -> Option<Node<'v>> {
        loop {
            let (value, rest) = self.values.split_first()?;
            self.values = rest;
            if !is_absent(value) {
                return Some(Node { value });
            }
        }
    }
}

/// Where a member stands in its document. Only the document itself can tell the way to it ([`ways_to`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(usize);

impl Place {
    /// The document as a whole.
    pub const DOCUMENT: Place = Place(0);
}

/// The ways from a document to some of its members, as `bucket[2].validFor`, each with its place. Members on the way were
/// asked for by name, so a way holds names of the format and never text of the document.
pub fn ways_to(document: &Value, places: &BTreeSet<Place>) -> BTreeMap<Place, String> {
    let mut ways = BTreeMap::new();
    walk(document, places, &mut Vec::new(), &mut ways);
    ways
}

/// A step on the way to a member.
enum Step<'v> {
    Member(&'v str),
    Element(usize),
}

/// The parser's own limit of depth bounds the recursion. A way is written only when it leads somewhere.
fn walk<'v>(value: &'v Value, places: &BTreeSet<Place>, steps: &mut Vec<Step<'v>>, ways: &mut BTreeMap<Place, String>) {
    if ways.len() == places.len() {
        return;
    }
    let place = Node { value }.place();
    if places.contains(&place) {
        ways.insert(place, written(steps));
    }
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                steps.push(Step::Member(name));
                walk(member, places, steps, ways);
                steps.pop();
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                steps.push(Step::Element(index));
                walk(element, places, steps, ways);
                steps.pop();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn written(steps: &[Step<'_>]) -> String {
    let mut way = String::new();
    for step in steps {
        // Writing to a string does not fail.
        let _ = match step {
            Step::Member(name) if way.is_empty() => write!(way, "{name}"),
            Step::Member(name) => write!(way, ".{name}"),
            Step::Element(index) => write!(way, "[{index}]"),
        };
    }
    way
}
