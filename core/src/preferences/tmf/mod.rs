//! The operator's formats of notification preferences: the resource of its own (`communication`), and two places of TM
//! Forum's where operators keep them instead (`named`).

pub mod communication;
pub mod named;
mod vocabulary;

pub use self::vocabulary::OwnNames;

use crate::operator::tolerant::{Findings, Node, Warning, WarningKind};
use crate::preferences::model::{AllowedBy, Preference};

/// What a document says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The preferences understood, in the document's order.
    pub preferences: Vec<Preference>,
    /// What was odd.
    pub warnings: Vec<Warning>,
}

/// The line a document was asked for.
#[derive(Debug, Clone, Copy)]
pub struct HowToRead<'a> {
    /// The operator's id of the line.
    pub line_id: &'a str,
    /// Its number in E.164, where known.
    pub msisdn: Option<&'a str>,
}

impl HowToRead<'_> {
    fn names(&self, text: &str) -> bool {
        text == self.line_id || self.msisdn.is_some_and(|number| crate::operator::tolerant::same_number(text, number))
    }
}

/// Who decides on a preference: the person, unless it says something else.
fn allowed_by(entry: Node<'_>, findings: &mut Findings) -> AllowedBy {
    let Some(node) = entry.one(&["allowedBy"]) else { return AllowedBy::User };
    node.as_text().and_then(vocabulary::allowed_by).unwrap_or_else(|| {
        findings.note(node.place(), WarningKind::UnknownDecider);
        AllowedBy::Employer
    })
}
