//! Which billing accounts are the person's own (TMF666 `GET /billingAccount`). None is an answer: the employer pays.

use super::text::id;
use super::{HowToRead, Refusal, envelope, owner};
use crate::operator::tolerant::{self, Findings, Node};

/// A person has one, perhaps two.
const MAX: usize = 50;

/// Reads the ids of the accounts that name the person (`me`), each once, in the answer's order; with no `me`, all. An account
/// that names only others is left out, and so is one that names nobody: it may be the employer's.
pub fn read_accounts(body: &[u8], how: &HowToRead<'_>) -> Result<Vec<String>, Refusal> {
    let value = tolerant::parse(body)?;
    let envelope::Opened { nodes, .. } =
        envelope::open(Node::root(&value), envelope::is_account, &mut Findings::default())?;
    let mut accounts: Vec<String> = Vec::new();
    for node in nodes {
        let is_own = how.me.is_none_or(|me| owner::names(node, me) == Some(true));
        let Some(id) = id(node, &["id"]).filter(|_| is_own && accounts.len() < MAX) else { continue };
        if !accounts.contains(&id) {
            accounts.push(id);
        }
    }
    Ok(accounts)
}
