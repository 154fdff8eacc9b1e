//! Why a document is refused whole. Nothing of the document is repeated but a machine code that looks like one.

use std::fmt;

use crate::operator::tolerant::{ErrorBody, Unreadable};

/// A document that holds nothing of what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing that can be read, such as a web page, or more than 2 MiB; one that holds a printed document, more than 36 MiB.
    Unreadable(Unreadable),
    /// JSON, but nothing of what was asked for in it.
    NothingOfIt,
    /// An error in the operator's own words.
    ErrorBody(ErrorBody),
}

impl Refusal {
    /// A stable code for support and for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::Unreadable(unreadable) => unreadable.code(),
            Refusal::NothingOfIt => "nothing_of_it",
            Refusal::ErrorBody(_) => ErrorBody::CODE,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Unreadable(unreadable) => unreadable.fmt(f),
            Refusal::NothingOfIt => f.write_str("The document is JSON but nothing of what was asked for."),
            Refusal::ErrorBody(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<Unreadable> for Refusal {
    fn from(unreadable: Unreadable) -> Self {
        Refusal::Unreadable(unreadable)
    }
}
