//! A bill made now (TMF678 `customerBillOnDemand`): a task, and the bill it leads to.

use serde::Serialize;

use super::text::{id, reference};
use super::{HowToRead, Refusal, envelope, owner};
use crate::operator::tolerant::{self, Findings, Node, Warning, WarningKind, folded};

/// A task to make a bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OnDemand {
    /// The id to ask after it by.
    pub id: String,
    /// How far it is.
    pub state: OnDemandState,
    /// The bill's id, once there is one.
    pub bill: Option<String>,
}

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum OnDemandState {
    /// Being made, or without a word: ask again.
    InProgress,
    /// Refused.
    Rejected,
    /// Made.
    Done,
    /// Broken off.
    TerminatedWithError,
}

/// Reads an answer of `POST /customerBillOnDemand` or `GET /customerBillOnDemand/{id}`. None: it is of somebody else's account,
/// or has no id.
pub fn read_on_demand(body: &[u8], how: &HowToRead<'_>) -> Result<(Option<OnDemand>, Vec<Warning>), Refusal> {
    let value = tolerant::parse(body)?;
    let mut findings = Findings::default();
    let envelope::Opened { nodes, .. } = envelope::open(Node::root(&value), envelope::is_on_demand, &mut findings)?;
    let task = nodes.first().and_then(|node| read(*node, how, &mut findings));
    Ok((task, findings.into_warnings(&value)))
}

fn read(node: Node<'_>, how: &HowToRead<'_>, findings: &mut Findings) -> Option<OnDemand> {
    // The task was asked for by its id, or made just now, by this person.
    if !owner::is_own(node, true, how, findings) {
        return None;
    }
    let Some(id) = id(node, &["id"]) else {
        findings.note(node.place(), WarningKind::NoId);
        return None;
    };
    let bill = reference(node, &["customerBill"]);
    let said = node.one(&["state", "status"]);
    let state = said.and_then(|said| said.as_text()).and_then(|text| state(&folded(text)));
    if let (Some(said), None) = (said, state) {
        findings.note(said.place(), WarningKind::UnknownTaskState);
    }
    let by_result = if bill.is_some() { OnDemandState::Done } else { OnDemandState::InProgress };
    Some(OnDemand { id, state: state.unwrap_or(by_result), bill })
}

fn state(word: &str) -> Option<OnDemandState> {
    Some(match word {
        "inprogress" | "acknowledged" | "accepted" | "pending" => OnDemandState::InProgress,
        "rejected" => OnDemandState::Rejected,
        "done" | "completed" => OnDemandState::Done,
        "terminatedwitherror" | "failed" | "cancelled" => OnDemandState::TerminatedWithError,
        _ => return None,
    })
}
