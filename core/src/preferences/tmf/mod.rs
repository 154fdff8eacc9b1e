//! The operator's formats of notification preferences: the resource of its own (`communication`), and two places of TM
//! Forum's where operators keep them instead (`named`).

pub mod communication;
pub mod named;
mod vocabulary;

use crate::operator::tolerant::Warning;
use crate::preferences::model::Preference;

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
