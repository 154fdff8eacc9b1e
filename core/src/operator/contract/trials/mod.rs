//! The contract has every member that the core's readers ask for, and none that they do not.

mod document;
mod readers;

use std::collections::BTreeSet;

use serde_json::json;

use super::{By, Contract, Read, Request};
use crate::operator::tolerant::folded;
use crate::operator::tolerant::recorder::{Asked, asked_while};

/// A way without indices: a list of one and one thing alone are read alike.
fn plain(path: &str) -> String {
    path.replace("[]", "")
}

fn split(path: &str) -> (String, String) {
    let path = plain(path);
    path.rsplit_once('.').map_or((String::new(), path.clone()), |(holder, name)| (holder.to_owned(), name.to_owned()))
}

fn names(read: &Read) -> impl Iterator<Item = String> {
    std::iter::once(split(&read.path).1).chain(read.also.iter().cloned())
}

/// What is read of a holder, wherever that is listed, with the holder's way there.
fn reads_of<'c>(contract: &'c Contract, request: &'c Request, holder: &str) -> (Vec<&'c Read>, String) {
    match holder.strip_prefix('#') {
        Some(of_type) => {
            let (name, inner) = of_type.split_once('.').unwrap_or((of_type, ""));
            (contract.common.types[name].iter().collect(), inner.to_owned())
        }
        None => (request.reads.iter().collect(), holder.to_owned()),
    }
}

/// The way of the contract for a way in a document: aliases by their first name, envelopes left out, what is read as something
/// else as that.
fn known_way(contract: &Contract, request: &Request, way: &str) -> String {
    let mut known = String::new();
    for step in way.split('.').filter(|step| !step.is_empty()) {
        if known.is_empty() && request.envelopes.iter().any(|envelope| envelope == step) {
            continue;
        }
        let (reads, inner) = reads_of(contract, request, &known);
        let found = reads.into_iter().find(|read| split(&read.path).0 == inner && names(read).any(|name| name == step));
        let below = |step: &str| match known.as_str() {
            "" => step.to_owned(),
            known => format!("{known}.{step}"),
        };
        known = match found {
            Some(Read { read_as: Some(other), .. }) if other == "." => String::new(),
            Some(Read { read_as: Some(other), .. }) => plain(other),
            Some(read) => below(&split(&read.path).1),
            None => below(step),
        };
    }
    known
}

/// Everything the contract lists for an answer: member by member, as they would be asked for.
fn listed(contract: &Contract, request: &Request) -> BTreeSet<Asked> {
    let member = |holder: &str, name: &str| Asked::Member { holder: holder.to_owned(), name: name.to_owned() };
    let mut listed = BTreeSet::new();
    for read in &request.reads {
        let holder = split(&read.path).0;
        listed.extend(names(read).map(|name| member(&holder, &name)));
    }
    listed.extend(request.envelopes.iter().chain(&request.known_by).map(|name| member("", name)));
    for characteristic in &request.characteristics {
        let all = std::iter::once(&characteristic.name).chain(&characteristic.also);
        listed.extend(all.map(|name| Asked::Characteristic { holder: plain(&characteristic.of), name: folded(name) }));
    }
    for (name, reads) in &contract.common.types {
        for read in reads {
            let (inner, _) = split(&read.path);
            let holder = if inner.is_empty() { format!("#{name}") } else { format!("#{name}.{inner}") };
            listed.extend(names(read).map(|name| member(&holder, &name)));
        }
    }
    listed
}

/// Members that belong to no one request: the common types, and an error in place of an answer.
fn is_common(asked: &Asked) -> bool {
    matches!(asked, Asked::Member { holder, .. } if holder.starts_with('#'))
}

fn errors(contract: &Contract) -> BTreeSet<Asked> {
    let member = |name: String| {
        let name = name.as_str();
        ["", "error"].map(|holder| Asked::Member { holder: holder.to_owned(), name: name.to_owned() })
    };
    contract.common.error_reads.iter().flat_map(names).flat_map(member).collect()
}

/// What is asked of all documents that there are of an answer, in the contract's words.
fn asked(contract: &Contract, request: &Request) -> BTreeSet<Asked> {
    let read_alike = |other: &&Request| other.id == request.id || other.reads_as.as_ref() == Some(&request.id);
    let asked = asked_while(|| {
        for alike in contract.requests.iter().filter(read_alike) {
            if let Some(example) = &alike.example {
                readers::read(&alike.id, example, true);
                if !request.envelopes.is_empty() {
                    readers::read(&alike.id, &json!({ "data": example }), false);
                }
                readers::documents(&alike.id).iter().for_each(|document| readers::read(&alike.id, document, false));
            }
        }
    });
    let in_its_words = |asked| match asked {
        Asked::Member { holder, name } => Asked::Member { holder: known_way(contract, request, &holder), name },
        Asked::Characteristic { holder, name } => {
            Asked::Characteristic { holder: known_way(contract, request, &holder), name }
        }
    };
    asked.into_iter().map(in_its_words).collect()
}

#[test]
fn every_member_that_is_read_is_in_the_contract_and_every_line_of_it_is_read() {
    let contract = Contract::shipped().unwrap();
    let errors = errors(&contract);
    let (mut wrong, mut all_asked, mut all_listed) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    // The browser's answers come back in an address; a journey looks at those.
    for request in contract.requests.iter().filter(|request| !request.reads.is_empty() && request.by != By::Browser) {
        let (asked, listed) = (asked(&contract, request), listed(&contract, request));
        for unlisted in asked.difference(&listed).filter(|asked| !errors.contains(asked)) {
            wrong.push(format!("{}: reads {unlisted:?}, which is not in the contract", request.id));
        }
        for unread in listed.difference(&asked).filter(|listed| !is_common(listed)) {
            wrong.push(format!("{}: nothing reads {unread:?}", request.id));
        }
        all_listed.extend(listed.into_iter().filter(is_common));
        all_asked.extend(asked);
    }
    for unread in all_listed.iter().chain(&errors).filter(|listed| !all_asked.contains(listed)) {
        wrong.push(format!("nothing reads {unread:?} in any answer"));
    }
    let without = contract.requests.iter().filter(|request| !request.reads.is_empty() && request.by != By::Browser);
    wrong.extend(without.filter(|it| it.example.is_none()).map(|it| format!("{} has no example", it.id)));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_read_as_another_names_one_that_there_is() {
    let contract = Contract::shipped().unwrap();
    for request in &contract.requests {
        if let Some(other) = &request.reads_as {
            assert!(request.reads.is_empty() && !contract.request(other).unwrap().reads.is_empty(), "{}", request.id);
        }
        assert_eq!(contract.requests.iter().filter(|other| other.id == request.id).count(), 1, "{}", request.id);
    }
}
