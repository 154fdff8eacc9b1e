//! Whose a bill or a line is. What is of others' accounts is dropped before anything of it is read.

use super::HowToRead;
use super::text::reference;
use crate::operator::tolerant::{Findings, Node, WarningKind, Words};

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
        let outer = party;
        let party = party.one(&["partyOrPartyRole"]).unwrap_or(party);
        let Some(id) = party.text(&["id", "partyId"]) else { continue };
        // An employer's account may list who uses its lines; that makes it nobody's private account.
        let pays = outer.text(&["role"]).or_else(|| party.text(&["role"])).is_none_or(may_pay);
        if id == me && pays {
            return Some(true);
        }
        any = true;
    }
    any.then_some(false)
}

/// Whether whoever has this role is billed. Roles are free text; those of people who only use are known by their words.
fn may_pay(role: &str) -> bool {
    let words = Words::of(role);
    !["user", "member", "employee", "beneficiary", "contact", "manager", "admin"].iter().any(|word| words.has(word))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_account_is_the_persons_only_where_they_are_billed_and_not_where_they_are_listed_as_users() {
        let cases = [
            (json!([{"id": "me"}]), Some(true)),
            (json!([{"id": "me", "role": "payer"}]), Some(true)),
            (json!([{"role": "owner", "partyOrPartyRole": {"id": "me"}}]), Some(true)),
            (json!([{"id": "me", "role": "Customer"}]), Some(true)),
            (json!([{"id": "acme", "role": "owner"}, {"id": "me", "role": "user"}]), Some(false)),
            (json!([{"id": "me", "role": "lineUser"}, {"id": "you", "role": "line user"}]), Some(false)),
            (json!([{"role": "employee", "partyOrPartyRole": {"id": "me"}}]), Some(false)),
            (json!([{"id": "you"}]), Some(false)),
            (json!([]), None),
        ];
        for (parties, expected) in cases {
            let account = json!({"relatedParty": parties});
            assert_eq!(names(Node::root(&account), "me"), expected, "{account}");
        }
    }
}
