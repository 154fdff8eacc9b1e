//! Why a document is refused whole. Nothing of the document is repeated but a machine code that looks like one.

use std::fmt;

use crate::operator::tolerant::Unreadable;

/// A document that holds nothing of what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Larger than 2 MiB; one that holds a printed document, larger than 36 MiB.
    TooLarge,
    /// No bytes, or white space alone.
    Empty,
    /// Not JSON, or nested deeper than 128 levels.
    NotJson {
        /// Line of the first fault, from 1.
        line: usize,
        /// Column of the first fault, in bytes.
        column: usize,
    },
    /// A web page: a sign-in page, a captive portal, a gateway's error.
    Html,
    /// JSON, but nothing of what was asked for in it.
    NothingOfIt,
    /// An error in the operator's own words.
    ErrorBody {
        /// Its code, when it looks like one (letters, digits, `-`, `_`, `.`).
        code: Option<String>,
    },
}

impl Refusal {
    /// A stable code for support and for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::TooLarge => "too_large",
            Refusal::Empty => "empty",
            Refusal::NotJson { .. } => "not_json",
            Refusal::Html => "html",
            Refusal::NothingOfIt => "nothing_of_it",
            Refusal::ErrorBody { .. } => "error_body",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::TooLarge => f.write_str("The document is too large."),
            Refusal::Empty => f.write_str("The document is empty."),
            Refusal::NotJson { line, column } => {
                write!(f, "The document is not JSON, or nested deeper than 128 levels: line {line}, column {column}.")
            }
            Refusal::Html => f.write_str("The document is a web page."),
            Refusal::NothingOfIt => f.write_str("The document is JSON but nothing of what was asked for."),
            Refusal::ErrorBody { code: Some(code) } => write!(f, "The document is an error with the code {code}."),
            Refusal::ErrorBody { code: None } => f.write_str("The document is an error."),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<Unreadable> for Refusal {
    fn from(unreadable: Unreadable) -> Self {
        match unreadable {
            Unreadable::TooLarge => Refusal::TooLarge,
            Unreadable::Empty => Refusal::Empty,
            Unreadable::Html => Refusal::Html,
            Unreadable::NotJson { line, column } => Refusal::NotJson { line, column },
        }
    }
}
