//! Which kind of reference an operator's text is. Banks treat them differently, and a free text that looks structured gets
//! booked wrongly.

use super::creditor_reference::{CreditorReference, CreditorReferenceError};
use super::structured_communication::{StructuredCommunication, StructuredCommunicationError};

/// The reference to give with a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// The Belgian structured communication.
    StructuredCommunication(StructuredCommunication),
    /// The international RF reference.
    CreditorReference(CreditorReference),
    /// Free text, as given.
    Text(String),
    /// Written like a structured one, with check digits that are wrong. It is shown as given and put into no payment.
    Doubtful(String),
}

impl Reference {
    /// Which kind this text is; none: it is empty.
    pub fn of(text: &str) -> Option<Reference> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let structured = match StructuredCommunication::parse(text) {
            Ok(communication) => return Some(Reference::StructuredCommunication(communication)),
            // Twelve bare digits may as well be any number.
            Err(StructuredCommunicationError::CheckDigits) => text.contains('/') || is_delimited(text),
            Err(_) => is_delimited(text),
        };
        let rf = match CreditorReference::parse(text) {
            Ok(reference) => return Some(Reference::CreditorReference(reference)),
            Err(error) => error == CreditorReferenceError::CheckDigits,
        };
        let text = text.to_owned();
        Some(if structured || rf { Reference::Doubtful(text) } else { Reference::Text(text) })
    }
}

fn is_delimited(text: &str) -> bool {
    ["+++", "***"].iter().any(|mark| text.starts_with(mark) || text.ends_with(mark))
}
