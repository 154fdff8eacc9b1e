//! What is wrong with a profile, for whoever writes it: which fields, where in the text, and what was perhaps meant.

use std::fmt;

use serde_json::Value;
use url::{Origin, Url};

use super::mend::Mend;
use super::place::{Place, lines_and_columns, twice};
use crate::problem::Problem;

/// What is wrong with a field of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its path, such as `identity.issuer` or `alerts.sent[0].at`; `profile` for the whole.
    pub field: String,
    /// What is wrong, as a sentence that goes on after the field's name.
    pub reason: String,
    /// Where it stands in the text, or what it is missing from: line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault { field, reason, line, column } = self;
        write!(formatter, "{field} {reason} (line {line}, column {column})")
    }
}

impl From<Fault> for Problem {
    fn from(Fault { field, reason, line, column }: Fault) -> Problem {
        Problem::Configuration { field, reason: format!("{reason} (line {line}, column {column})") }
    }
}

/// Of a profile that is refused although nothing was found.
pub(super) fn unknown() -> Problem {
    Problem::Configuration { field: "profile".to_owned(), reason: "cannot be read".to_owned() }
}

/// Faults by field.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<(String, String)>);

impl Faults {
    pub(super) fn add(&mut self, field: impl Into<String>, reason: impl Into<String>) {
        self.0.push((field.into(), reason.into()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The field of the first.
    #[cfg(test)]
    pub(super) fn first(&self) -> Option<&str> {
        self.0.first().map(|(field, _)| field.as_str())
    }

    /// A text that the operator fills in. Whether it did.
    pub(super) fn filled(&mut self, field: &str, value: &str) -> bool {
        let is_empty = value.trim().is_empty();
        if is_empty {
            self.add(field, "is empty: the operator fills it in");
        }
        !is_empty
    }

    pub(super) fn address(&mut self, field: &str, value: &str) -> Option<Url> {
        let read = Url::parse(value);
        read.map_err(|error| self.add(field, format!("is no address: {error}"))).ok()
    }

    /// A page for the browser, which may have a query.
    pub(super) fn https_page(&mut self, field: &str, value: &str) -> Option<Url> {
        let url = self.address(field, value)?;
        // Written as everybody reads it, too: an address without slashes is mended by browsers, and by nobody else.
        let is_https = url.scheme() == "https" && value.starts_with("https://");
        if !is_https {
            self.add(field, "is not https: the address begins with https://");
        }
        is_https.then_some(url)
    }

    /// An address that something is put behind. Its origin.
    pub(super) fn https(&mut self, field: &str, value: &str) -> Option<Origin> {
        if !self.filled(field, value) {
            return None;
        }
        let url = self.https_page(field, value)?;
        let is_bare =
            url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
        if !is_bare {
            self.add(field, "has a query, a fragment or a user name: the address goes without");
        }
        is_bare.then(|| url.origin())
    }
}

/// Everything that is wrong with a text that should be a profile, in its order.
pub(super) fn all(json: &str) -> Vec<Fault> {
    let whole = |reason: String, line, column| Fault { field: "profile".to_owned(), reason, line, column };
    let text = json.strip_prefix('\u{feff}').unwrap_or(json);
    let mark = (text.len() < json.len())
        .then(|| whole("begins with a byte order mark (BOM): save the file as UTF-8 without one".to_owned(), 1, 1));
    if text.trim().is_empty() {
        return mark.into_iter().chain([whole("is empty".to_owned(), 1, 1)]).collect();
    }
    let document = match serde_json::from_str::<Value>(text) {
        Ok(document) => document,
        Err(error) => {
            let told = error.to_string();
            let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(told, _)| told);
            let syntax = whole(format!("is no JSON: {told}"), error.line().max(1), error.column().max(1));
            return mark.into_iter().chain([syntax]).collect();
        }
    };
    if !document.is_object() {
        let is = match document {
            Value::Array(_) => "a list",
            Value::String(_) => "a text",
            Value::Number(_) => "a number",
            _ => "one word",
        };
        let no_object = whole(format!("is {is}, where an object must stand, {{ \"schema\": 1, … }}"), 1, 1);
        return mark.into_iter().chain([no_object]).collect();
    }
    let mut mend = Mend::of(document);
    let mut found: Vec<(Place, String)> =
        twice(text).into_iter().map(|place| (place, "stands there twice: delete one".to_owned())).collect();
    let profile = mend.read(&mut found);
    if let Some(profile) = profile {
        let mut faults = Faults::default();
        profile.check(&mut faults);
        let said = faults.0.into_iter().map(|(field, reason)| (Place::of_field(&field), reason));
        found.extend(said.filter(|(place, _)| !mend.touched(place)));
    }
    let mut faults: Vec<Fault> = found
        .into_iter()
        .map(|(place, reason)| {
            let place = mend.as_written(&place);
            let (line, column) = lines_and_columns(text, &place);
            Fault { field: place.to_string(), reason, line, column }
        })
        .collect();
    faults.sort_by_key(|fault| (fault.line, fault.column));
    faults.dedup();
    mark.into_iter().chain(faults).collect()
}

#[cfg(test)]
#[path = "fault_tests.rs"]
mod tests;
