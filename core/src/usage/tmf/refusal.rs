//! Why a document is refused whole. Nothing of the document is repeated but a machine code that looks like one.

use std::fmt;

use super::TaskState;
use crate::operator::tolerant::{ErrorBody, Unreadable};

/// A document that holds no usage to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing that can be read, such as a web page, or more than 2 MiB.
    Unreadable(Unreadable),
    /// JSON, but nothing of TMF677 in it.
    NotUsage,
    /// A query as sent to an operator, without an id to ask its result by.
    RequestOnly,
    /// An error in the operator's own words.
    ErrorBody(ErrorBody),
    /// The operator did not carry out the query.
    TaskFailed {
        /// As the operator says.
        state: TaskState,
    },
}

impl Refusal {
    /// A stable code for support and for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::Unreadable(unreadable) => unreadable.code(),
            Refusal::NotUsage => "not_usage",
            Refusal::RequestOnly => "request_only",
            Refusal::ErrorBody(_) => ErrorBody::CODE,
            Refusal::TaskFailed { .. } => "task_failed",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Unreadable(unreadable) => unreadable.fmt(f),
            Refusal::NotUsage => {
                f.write_str("The document is JSON but nothing of TMF677: no report, no bucket, no consumption summary.")
            }
            Refusal::RequestOnly => f.write_str(
                "The document is a query as sent to an operator: it has neither results nor an id to ask them by.",
            ),
            Refusal::ErrorBody(error) => error.fmt(f),
            Refusal::TaskFailed { state } => write!(f, "The operator did not carry out the query: {state}."),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<Unreadable> for Refusal {
    fn from(unreadable: Unreadable) -> Self {
        Refusal::Unreadable(unreadable)
    }
}
