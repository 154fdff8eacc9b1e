//! SIMs of a person (TMF639 Resource Inventory). v4 has `/physicalResource` for cards and `/logicalResource` for eSIMs, v5 one
//! `/resource`. A SIM's number (ICCID) is a secret and is not read; an
//! operator may use it as the id, which is kept under seal and goes no further.

use super::{MOST, Told, Unread, characteristic, id, kind_of, number};
use crate::activation::model::{ProfileState, SimCard, SimKind};
use crate::operator::tolerant::{self, Findings, Node, WarningKind, folded};

const ENVELOPES: &[&str] = &["data", "result", "results", "resource", "physicalResource", "logicalResource"];

/// Reads the SIMs of the person with this `sub`. Another person's, and those that are no longer in use, are dropped.
pub fn read_sims(body: &[u8], sub: &str) -> Result<Told<SimCard>, Unread> {
    let document = tolerant::parse(body)?;
    let mut findings = Findings::default();
    let root = Node::root(&document);
    let is_resource = root.value().is_array() || root.has("id") || root.has("resourceStatus");
    if !is_resource && !ENVELOPES.iter().any(|name| root.has(name)) {
        // An error in place of an answer is not an answer that there are none.
        return Err(Unread::NoList);
    }
    let elements = if is_resource { root.elements() } else { root.list(ENVELOPES) };
    let mut sims = Vec::new();
    for (place, resource) in elements.enumerate() {
        if place >= MOST {
            findings.note(root.place(), WarningKind::TooMany);
            break;
        }
        if !resource.value().is_object() {
            findings.note(resource.place(), WarningKind::NotAnObject);
        } else if tolerant::is_of_another(resource, sub) {
            findings.note(resource.place(), WarningKind::AnotherPersons);
        } else {
            sims.extend(sim(resource, &mut findings));
        }
    }
    Ok(Told { found: sims, warnings: findings.into_warnings(&document) })
}

fn sim(resource: Node<'_>, findings: &mut Findings) -> Option<SimCard> {
    let status = folded(resource.text(&["resourceStatus", "status", "lifecycleState"]).unwrap_or_default());
    if matches!(status.as_str(), "terminated" | "retired" | "z" | "deactivated") {
        return None;
    }
    // By what it is, then by what kind, then by what it is called: a number is a logical resource as well.
    let named = [&["@type"], &["category"], &["name"]].into_iter().filter_map(|name| resource.text(name));
    let kind = named.map(kind_of).find(|kind| *kind != SimKind::Unknown)?;
    let Some(id) = id(resource) else {
        findings.note(resource.place(), WarningKind::NoId);
        return None;
    };
    let profile = characteristic::text(resource, &["profilestate", "esimstate", "profilestatus"]).and_then(profile);
    Some(SimCard {
        id,
        kind,
        profile: profile.filter(|_| kind == SimKind::Esim),
        number: characteristic::text(resource, &["msisdn", "phonenumber", "mobilenumber"]).and_then(number),
    })
}

fn profile(text: &str) -> Option<ProfileState> {
    match folded(text).as_str() {
        "released" | "available" | "allocated" | "linked" | "confirmed" => Some(ProfileState::Released),
        "downloaded" => Some(ProfileState::Downloaded),
        "installed" | "disabled" => Some(ProfileState::Installed),
        "enabled" | "active" => Some(ProfileState::Enabled),
        _ => None,
    }
}
