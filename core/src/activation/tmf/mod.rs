//! How an operator tells of lines that are on their way: orders (TMF622 Product Ordering), what they gave (TMF637 Product
//! Inventory) and SIMs (TMF639 Resource Inventory), v4 and v5. None of these knows a SIM, a number that moves or a secret:
//! operators add them as characteristics and resources under names of their own, so each is known by several.

mod characteristic;
mod order;
mod product;
mod sim;
#[cfg(test)]
mod tests;

pub use order::read_orders;
pub use product::read_lines;
pub use sim::read_sims;

use super::model::SimKind;
use super::number::MobileNumber;
use crate::operator::tolerant::{Node, Unreadable, Warning, folded};

/// No person has more orders, items or SIMs; what follows is not looked at.
const MOST: usize = 100;
/// Opaque, but no operator's id is longer.
const LONGEST_ID: usize = 256;

/// Why a document says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It cannot be read.
    Document(Unreadable),
    /// It is no list of what was asked for: an error in place of an answer does not say that there is nothing.
    NoList,
}

impl From<Unreadable> for Unread {
    fn from(unreadable: Unreadable) -> Self {
        Unread::Document(unreadable)
    }
}

impl Unread {
    /// A stable code for support.
    pub fn code(self) -> &'static str {
        match self {
            Unread::Document(unreadable) => unreadable.code(),
            Unread::NoList => "no_list",
        }
    }
}

/// What a document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<T> {
    /// What is the person's.
    pub found: Vec<T>,
    /// What was odd.
    pub warnings: Vec<Warning>,
}

fn id(node: Node<'_>) -> Option<String> {
    node.text(&["id"]).filter(|id| id.len() <= LONGEST_ID && !id.trim().is_empty()).map(str::to_owned)
}

/// A Belgian mobile number in E.164. Another is not shown, and may not be a line's.
fn number(written: &str) -> Option<String> {
    MobileNumber::read(written).ok().map(|read| read.number.e164())
}

/// What kind of SIM a word means.
fn kind_of(text: &str) -> SimKind {
    let word = folded(text);
    let has = |words: &[&str]| words.iter().any(|known| word.contains(known));
    if has(&["esim", "euicc", "embedded"]) {
        SimKind::Esim
    } else if has(&["simcard", "physicalsim", "uicc", "nanosim"])
        || matches!(word.as_str(), "sim" | "physical" | "card")
    {
        SimKind::Card
    } else {
        SimKind::Unknown
    }
}
