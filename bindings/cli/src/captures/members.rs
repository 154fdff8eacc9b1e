//! The contract's members as a tree: from a document's root down to what kind of value each member is.

use std::collections::{BTreeMap, BTreeSet};

use companion::operator::contract::{Characteristic, Contract, Read, Request};
use serde_json::{Map, Value};

use super::kinds::{Kind, kind};
use super::words::split;

/// References from one member to another end here.
const MOST_REFERENCES: usize = 8;

/// A place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(usize);

#[derive(Debug, Default)]
struct Member {
    kind: Option<Kind>,
    inside: BTreeMap<String, Place>,
    /// Its members are those of this one.
    read_as: Option<Place>,
}

/// What is read of the answers to one request.
#[derive(Debug)]
pub struct Members {
    all: Vec<Member>,
    /// Members that only tell what a document is.
    known_by: BTreeSet<String>,
    /// What is read of lists of named values: name, and kind of value.
    named: Vec<(String, Kind)>,
}

const ROOT: Place = Place(0);

impl Members {
    /// What is read of the answers of a request, and of an error in their place.
    pub fn of(contract: &Contract, request: &Request) -> Members {
        let read = request.reads_as.as_deref().and_then(|id| contract.request(id)).unwrap_or(request);
        let mut members = Members { all: vec![Member::default()], known_by: BTreeSet::new(), named: Vec::new() };
        let types: BTreeMap<&str, Place> =
            contract.common.types.keys().map(|name| (name.as_str(), members.fresh())).collect();
        for (name, reads) in &contract.common.types {
            if let Some(at) = types.get(name.as_str()) {
                members.add(*at, &format!("#{name}"), reads, &types);
            }
        }
        members.add(ROOT, &read.id, &read.reads, &types);
        members.add(ROOT, "error", &contract.common.error_reads, &types);
        for envelope in request.envelopes.iter().chain(&read.envelopes) {
            members.all.first_mut().map(|root| root.inside.entry(envelope.clone()).or_insert(ROOT));
        }
        members.known_by = request.known_by.iter().chain(&read.known_by).cloned().collect();
        let told = request.characteristics.iter().chain(&read.characteristics);
        members.named = told.flat_map(named).collect();
        members
    }

    fn fresh(&mut self) -> Place {
        self.all.push(Member::default());
        Place(self.all.len().saturating_sub(1))
    }

    fn add(&mut self, root: Place, name: &str, reads: &[Read], types: &BTreeMap<&str, Place>) {
        for read in reads {
            let at = self.at(root, &read.path);
            let told = kind(&format!("{name}.{}", read.path.replace("[]", "")), &read.kind);
            if let Some(member) = self.all.get_mut(at.0) {
                member.kind.get_or_insert(told);
            }
        }
        // Other names only where nothing has that name itself.
        for read in reads {
            let at = self.at(root, &read.path);
            let above = read.path.rsplit_once('.').map_or(root, |(above, _)| self.at(root, above));
            for other in &read.also {
                if let Some(above) = self.all.get_mut(above.0) {
                    above.inside.entry(other.clone()).or_insert(at);
                }
            }
            let read_as = match read.read_as.as_deref() {
                Some(".") => Some(root),
                Some(way) => match way.strip_prefix('#') {
                    Some(name) => types.get(name).copied(),
                    None => Some(self.at(root, way)),
                },
                None => None,
            };
            if let Some(member) = self.all.get_mut(at.0) {
                member.read_as = member.read_as.or(read_as);
            }
        }
    }

    /// The place of a way, made where there is none yet. Lists are looked through.
    fn at(&mut self, root: Place, way: &str) -> Place {
        way.replace("[]", "").split('.').fold(root, |at, name| {
            let known = self.all.get(at.0).and_then(|member| member.inside.get(name)).copied();
            known.unwrap_or_else(|| {
                let made = self.fresh();
                if let Some(member) = self.all.get_mut(at.0) {
                    member.inside.insert(name.to_owned(), made);
                }
                made
            })
        })
    }

    /// Where the document begins.
    pub fn root(&self) -> Place {
        ROOT
    }

    /// A member of a member, where one of that name is read.
    pub fn inside(&self, at: Place, name: &str) -> Option<Place> {
        let mut looked_at = Some(at);
        for _ in 0..MOST_REFERENCES {
            let member = self.all.get(looked_at?.0)?;
            if let Some(found) = member.inside.get(name) {
                return Some(*found);
            }
            looked_at = member.read_as;
        }
        None
    }

    /// What kind of value a member is.
    pub fn kind(&self, at: Place) -> Kind {
        self.all.get(at.0).and_then(|member| member.kind).unwrap_or(Kind::Inside)
    }

    /// Whether a name alone tells what a document is.
    pub fn is_known_by(&self, name: &str) -> bool {
        self.known_by.contains(name)
    }

    /// What kind of value a named value is, by its name.
    pub fn named(&self, name: &str) -> Option<Kind> {
        let name = tight(name);
        self.named.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }
}

/// A place of a document that is walked through: what the contract says of it, and what a name beside it does.
#[derive(Debug, Clone)]
pub struct Here<'a> {
    members: &'a Members,
    at: Option<Place>,
    /// What it is by the name of a value.
    told: Option<Kind>,
    /// The name of the value that it is a part of.
    name: String,
}

impl<'a> Here<'a> {
    /// Where the document begins.
    pub fn root(members: &'a Members) -> Here<'a> {
        Here { members, at: Some(ROOT), told: None, name: String::new() }
    }

    /// A member of the object that stands here. One that is not read has members that are not.
    pub fn inside(&self, object: &Map<String, Value>, member: &str) -> Here<'a> {
        let at = self.at.and_then(|at| self.members.inside(at, member));
        let is_of_value = self.of_contract() == Some(Kind::Named);
        let told = is_of_value
            .then(|| self.members.named(&format!("{}.{member}", self.name)).or_else(|| self.members.named(member)));
        let name = match is_of_value {
            true => self.name.clone(),
            false => ["name", "id"].iter().find_map(|it| object.get(*it)?.as_str()).unwrap_or_default().to_owned(),
        };
        Here { members: self.members, at, told: told.flatten(), name }
    }

    /// What kind of value stands here: none where nothing reads it, and `Named` where no name tells more.
    pub fn kind(&self) -> Option<Kind> {
        self.told.or_else(|| match self.of_contract()? {
            Kind::Named => Some(self.members.named(&self.name).unwrap_or(Kind::Named)),
            kind => Some(kind),
        })
    }

    fn of_contract(&self) -> Option<Kind> {
        self.at.map(|at| self.members.kind(at))
    }
}

fn named(told: &Characteristic) -> impl Iterator<Item = (String, Kind)> {
    let kind = kind(&told.name, &told.kind);
    [&told.name].into_iter().chain(&told.also).map(move |name| (tight(name), kind))
}

/// A name as names of characteristics are compared: case, dots and dashes do not matter.
fn tight(name: &str) -> String {
    split(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_along_references_envelopes_and_other_names() {
        let contract = Contract::shipped().unwrap();
        for (request, way, expected) in [
            ("usage-report", "bucket.bucketCounter.value.amount", Some(Kind::Amount)),
            ("usage-query", "usageConsumption.bucket.bucketCounter.value.units", Some(Kind::Word)),
            ("usage-task-result", "usageConsumption.logicalResource.value", Some(Kind::Phone)),
            ("usage-report", "data.bucketRefOrValue.validfor.endDate", Some(Kind::Date)),
            ("usage-report", "relatedParty.name", None),
            ("bills", "data.relatedParty.partyOrPartyRole.name", Some(Kind::Id("person"))),
            ("running-costs", "name", Some(Kind::Name)),
            ("running-costs", "description", Some(Kind::Name)),
            ("bills", "state", Some(Kind::Word)),
            ("esims", "characteristic.value", Some(Kind::Named)),
            ("usage-report", "error.message", None),
            ("usage-report", "message", Some(Kind::Free)),
            ("userinfo", "name", None),
            ("userinfo", "userAssets.name", Some(Kind::Phone)),
        ] {
            let members = Members::of(&contract, contract.request(request).unwrap());
            let at = way.split('.').try_fold(members.root(), |at, name| members.inside(at, name));
            assert_eq!(at.map(|at| members.kind(at)), expected, "{request} {way}");
        }
    }

    #[test]
    fn a_value_is_what_the_name_beside_it_says() {
        let contract = Contract::shipped().unwrap();
        let bills = Members::of(&contract, contract.request("bills").unwrap());
        for (name, value, expected) in [
            ("outOfBundleTotal", serde_json::json!({ "value": 1 }), Kind::Amount),
            ("payment.creditorIban", serde_json::json!("BE"), Kind::Id("iban")),
            ("contractNumber", serde_json::json!(620_000_000), Kind::Named),
            ("contractNumber", serde_json::json!({ "value": 620_000_000 }), Kind::Named),
        ] {
            let told = serde_json::json!({ "characteristic": [{ "name": name, "value": value }] });
            let root = told.as_object().unwrap();
            let list = Here::root(&bills).inside(root, "characteristic");
            let value = list.inside(root["characteristic"][0].as_object().unwrap(), "value");
            let value = match root["characteristic"][0]["value"].as_object() {
                Some(inside) => value.inside(inside, "value"),
                None => value,
            };
            assert_eq!(value.kind(), Some(expected), "{name}");
        }
    }

    #[test]
    fn named_values_are_known_by_name() {
        let contract = Contract::shipped().unwrap();
        let bills = Members::of(&contract, contract.request("bills").unwrap());
        assert_eq!(bills.named("payment.creditorIban"), Some(Kind::Id("iban")));
        assert_eq!(bills.named("PAYMENT-LINK"), Some(Kind::Address));
        assert_eq!(bills.named("customerName"), None);
    }
}
