//! Who of the people that a document names is the one who uses the line.

use super::{Node, Words};

/// Whether a role is that of who uses a line. A role in other words may be that of somebody who manages a fleet.
pub(crate) fn is_users_role(role: &str) -> bool {
    const USERS: &[&str] = &[
        "user",
        "authorized user",
        "authorised user",
        "authorizeduser",
        "end user",
        "enduser",
        "line user",
        "product user",
        "service user",
        "owner",
        "line owner",
        "holder",
        "line holder",
        "customer",
        "subscriber",
        "employee",
        "gebruiker",
        "utilisateur",
        "nutzer",
        "benutzer",
    ];
    Words::of(role).is_any(USERS)
}

/// Whether a document is about somebody else: it names people (`relatedParty`, TMF v4 and v5), and who uses the line, or, where
/// nobody is said to, everybody, is another. Where it names nobody, it is whose the operator answered.
pub(crate) fn is_of_another(node: Node<'_>, sub: &str) -> bool {
    let parties = node.list(&["relatedParty"]).take(100);
    let named: Vec<(&str, bool)> = parties
        .filter_map(|party| {
            // v5 puts the person into `partyOrPartyRole`.
            let id = party.text(&["id"]).or_else(|| party.one(&["partyOrPartyRole"])?.text(&["id"]))?;
            Some((id, party.text(&["role"]).is_some_and(is_users_role)))
        })
        .collect();
    let has_user = named.iter().any(|(_, is_user)| *is_user);
    let mut meant = named.iter().filter(|(_, is_user)| *is_user || !has_user);
    !named.is_empty() && !meant.any(|(id, _)| *id == sub)
}
