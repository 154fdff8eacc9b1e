//! Whose a bill or a line is. What is of others' accounts is dropped before anything of it is read.

use super::HowToRead;
use super::text::reference;
use crate::operator::tolerant::{Findings, Node, WarningKind};

/// Whether it may be read. `is_known`: it is of a bill that is already known to be the person's own.
pub(super) fn is_own(node: Node<'_>, is_known: bool, how: &HowToRead<'_>, findings: &mut Findings) -> bool {
    let account = reference(node, &["billingAccount"]);
    let own = match (how.accounts, how.me, &account) {
        (None, None, _) => return true,
        (Some(own), _, Some(account)) => Some(own.contains(account)),
        (_, Some(me), _) => names(node, me),
        (Some(_), None, None) => None,
    };
    match own {
        Some(true) => true,
        Some(false) => {
            findings.note(node.place(), WarningKind::NotOwnAccount);
            false
        }
        None if is_known => true,
        None => {
            findings.note(node.place(), WarningKind::OwnerUnclear);
            false
        }
    }
}

/// Whether its parties are or are not the person; none: it has none.
pub(super) fn names(node: Node<'_>, me: &str) -> Option<bool> {
    let mut any = false;
    for party in node.list(&["relatedParty"]).take(100) {
        // Version 5 puts the party one level deeper.
        let party = party.one(&["partyOrPartyRole"]).unwrap_or(party);
        let Some(id) = party.text(&["id", "partyId"]) else { continue };
        if id == me {
            return Some(true);
        }
        any = true;
    }
    any.then_some(false)
}
