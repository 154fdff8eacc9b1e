//! How an operator tells of lines that are on their way: orders (TMF622 Product Ordering) and SIMs (TMF639 Resource Inventory),
//! v4 and v5. Neither API knows a SIM, a number that moves or a secret: operators add these as characteristics and resources
//! under names of their own, so each is known by several.

mod characteristic;
mod order;
mod sim;
#[cfg(test)]
mod tests;

pub use order::read_orders;
pub use sim::read_sims;

use super::model::SimKind;
use super::number::MobileNumber;
use crate::operator::tolerant::{Node, Warning, folded};

/// No person has more orders, items or SIMs; what follows is not looked at.
const MOST: usize = 100;
/// Opaque, but no operator's id is longer.
const LONGEST_ID: usize = 256;

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

/// It names people, and none of them is this person. Where it names nobody, whom the operator answered is whose it is.
fn is_of_another(node: Node<'_>, sub: &str) -> bool {
    let parties = || node.list(&["relatedParty"]).take(MOST);
    // v5 puts the person into `partyOrPartyRole`.
    let ids = || {
        parties().filter_map(|party| party.text(&["id"]).or_else(|| party.one(&["partyOrPartyRole"])?.text(&["id"])))
    };
    ids().next().is_some() && ids().all(|id| id != sub)
}

/// A number in E.164. Of a foreign one its digits as they are written.
fn number(written: &str) -> Option<String> {
    let digits = || written.chars().filter(char::is_ascii_digit).take(16).collect::<String>();
    match MobileNumber::read(written) {
        Ok(read) => Some(read.number.e164()),
        Err(_) => Some(digits()).filter(|digits| (6..=15).contains(&digits.len())),
    }
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
