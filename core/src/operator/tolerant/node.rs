//! A member of a JSON document together with where it stands, so that a warning can say where.
//! Names are matched exactly, then by a closed list of aliases given by the caller; letter case is never ignored.

use std::fmt;

use serde_json::Value;

/// The largest JSON document that is read at all: 2 MiB.
pub const MAX_JSON_BYTES: usize = 2 * 1024 * 1024;

/// Why bytes are no JSON document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// More than [`MAX_JSON_BYTES`].
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

/// Parses a document once. Numbers keep their digits.
pub fn parse(body: &[u8]) -> Result<Value, Unreadable> {
    if body.len() > MAX_JSON_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => return Err(Unreadable::Empty),
        Some(b'<') => return Err(Unreadable::Html),
        Some(_) => {}
    }
    serde_json::from_slice(body).map_err(|error| Unreadable::NotJson { line: error.line(), column: error.column() })
}

/// A present member of a document.
#[derive(Debug, Clone, Copy)]
pub struct Node<'v> {
    value: &'v Value,
    path: Path,
}

impl<'v> Node<'v> {
    /// The document itself.
    pub fn root(value: &'v Value) -> Self {
        Node { value, path: Path::default() }
    }

    /// Where it stands.
    pub fn path(&self) -> Path {
        self.path
    }

    /// The JSON value.
    pub fn value(&self) -> &'v Value {
        self.value
    }

    /// The first of the named members that is present: not null, not `""`, not `{}`, not `[]`, not `[{}]`.
    pub fn get(&self, names: &[&'static str]) -> Option<Node<'v>> {
        let members = self.value.as_object()?;
        names.iter().find_map(|name| {
            let value = members.get(*name).filter(|value| !is_absent(value))?;
            Some(Node { value, path: self.path.member(name) })
        })
    }

    /// Like [`Node::get`], with the one element of a one-element array in its place.
    pub fn one(&self, names: &[&'static str]) -> Option<Node<'v>> {
        self.get(names).map(Node::sole)
    }

    /// Itself, or its one element when it is an array of one.
    pub fn sole(self) -> Node<'v> {
        match self.value.as_array().map(Vec::as_slice) {
            Some([only]) => Node { value: only, path: self.path.element(0) },
            _ => self,
        }
    }

    /// The present elements of a named list; a lone object stands for a list of one.
    pub fn list(&self, names: &[&'static str]) -> Elements<'v> {
        self.get(names).map_or(Elements::NONE, |node| node.elements())
    }

    /// Its present elements; itself when it is no array.
    pub fn elements(&self) -> Elements<'v> {
        match self.value {
            Value::Array(values) => Elements { values, path: self.path, next: 0, is_array: true },
            _ => Elements { values: std::slice::from_ref(self.value), path: self.path, next: 0, is_array: false },
        }
    }

    /// Whether the member is there at all, even if null or empty.
    pub fn has(&self, name: &str) -> bool {
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
    path: Path,
    next: usize,
    is_array: bool,
}

impl Elements<'_> {
    const NONE: Self =
        Elements { values: &[], path: Path { steps: [Step::NONE; MAX_STEPS], length: 0 }, next: 0, is_array: true };
}

impl<'v> Iterator for Elements<'v> {
    type Item = Node<'v>;

    fn next(&mut self) -> Option<Node<'v>> {
        loop {
            let index = self.next;
            let value = self.values.get(index)?;
            self.next = index.saturating_add(1);
            if !is_absent(value) {
                let path = if self.is_array { self.path.element(index) } else { self.path };
                return Some(Node { value, path });
            }
        }
    }
}

const MAX_STEPS: usize = 12;

/// Where a member stands, as `bucket[2].validFor`. Built of names the reader asked for, never of text from the document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Path {
    steps: [Step; MAX_STEPS],
    length: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Member(&'static str),
    Element(usize),
}

impl Step {
    const NONE: Self = Step::Element(0);
}

impl Default for Path {
    fn default() -> Self {
        Path { steps: [Step::NONE; MAX_STEPS], length: 0 }
    }
}

impl Path {
    /// The member of that name in this place.
    pub fn member(self, name: &'static str) -> Path {
        self.with(Step::Member(name))
    }

    /// The element of that position, from 0, in this place.
    pub fn element(self, index: usize) -> Path {
        self.with(Step::Element(index))
    }

    /// Past the twelfth step a path stays where it is: no format read here is deeper.
    fn with(mut self, step: Step) -> Path {
        if let Some(place) = self.steps.get_mut(self.length) {
            *place = step;
            self.length = self.length.saturating_add(1);
        }
        self
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for step in self.steps.iter().take(self.length) {
            match step {
                Step::Member(name) if first => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Element(index) => write!(f, "[{index}]")?,
            }
            first = false;
        }
        Ok(())
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
