//! Which billing accounts are the person's own (TMF666 `GET /billingAccount`). None is an answer: the employer pays.

use super::text::id;
use super::{HowToRead, Refusal, envelope, owner};
use crate::operator::tolerant::{self, Findings, Node, Warning, WarningKind};

/// A person has one, perhaps two.
const MAX: usize = 50;

/// The person's own accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accounts {
    /// Their ids, each once, in the answer's order.
    pub ids: Vec<String>,
    /// What was odd.
    pub warnings: Vec<Warning>,
}

/// Reads the accounts that name the person (`me`); with no `me`, all. An account that names only others is left out, and so is
/// one that names nobody: it may be the employer's.
pub fn read_accounts(body: &[u8], how: &HowToRead<'_>) -> Result<Accounts, Refusal> {
    let value = tolerant::parse(body)?;
    let mut findings = Findings::default();
    let envelope::Opened { nodes, .. } = envelope::open(Node::root(&value), envelope::is_account, &mut findings)?;
    let mut ids: Vec<String> = Vec::new();
    for node in nodes {
        if how.me.is_some_and(|me| owner::names(node, me) != Some(true)) || ids.len() >= MAX {
            continue;
        }
        match id(node, &["id"]) {
            Some(id) if !ids.contains(&id) => ids.push(id),
            Some(_) => {}
            None => findings.note(node.place(), WarningKind::NoId),
        }
    }
    Ok(Accounts { ids, warnings: findings.into_warnings(&value) })
}
