//! One operator with something wrong, and what is to be named of it.

use std::collections::BTreeMap;

use companion_sandbox::{Bend, Faults, IdTokenAlg, IdTokenFaults, IdentityFaults, Instead, SandboxOptions};
use serde_json::{Value, json};

use crate::sight::{Sight, in_full, told};

/// One operator.
pub struct Case {
    pub name: &'static str,
    pub options: SandboxOptions,
    pub faults: Faults,
    pub profile: fn(&mut Value),
    pub days: i64,
    pub named: &'static [&'static str],
}

pub fn case(name: &'static str, faults: Faults, named: &'static [&'static str]) -> Case {
    Case { name, options: SandboxOptions::default(), faults, profile: |_| (), days: 0, named }
}

pub fn only(path: &str) -> Faults {
    Faults { only: Some(vec![path.to_owned()]), ..Faults::default() }
}

pub fn bent(path: &str, members: &[(&str, Value)]) -> Faults {
    let members = members.iter().map(|(pointer, value)| ((*pointer).to_owned(), value.clone())).collect();
    Faults { bend: [(path.to_owned(), Bend { members, ..Bend::default() })].into(), ..Faults::default() }
}

pub fn without_header(path: &str, name: &str) -> Faults {
    let bend = Bend { without_headers: vec![name.to_owned()], ..Bend::default() };
    Faults { bend: [(path.to_owned(), bend)].into(), ..Faults::default() }
}

pub fn identity(identity: IdentityFaults) -> Faults {
    Faults { identity, ..Faults::default() }
}

pub fn id_token(id_token: IdTokenFaults) -> Faults {
    identity(IdentityFaults { id_token: Some(id_token), ..IdentityFaults::default() })
}

pub fn claim(name: &str, value: Value) -> Faults {
    id_token(IdTokenFaults { claims: Some(json!({ name: value })), ..IdTokenFaults::default() })
}

pub fn signed(alg: IdTokenAlg) -> Faults {
    id_token(IdTokenFaults { alg: Some(alg), ..IdTokenFaults::default() })
}

pub fn instead(path: &str, answer: Instead) -> Faults {
    Faults { instead: BTreeMap::from([(path.to_owned(), answer)]), ..Faults::default() }
}

/// Whether of each exactly that is named, and nothing else.
pub async fn each_is_named(cases: Vec<Case>) {
    let mut wrong = String::new();
    for Case { name, options, faults, profile, days, named } in cases {
        let mut sight = Sight::of("emma", options).await;
        profile(&mut sight.profile);
        sight.sandbox.advance(days.saturating_mul(86_400));
        sight.sandbox.set_faults(faults);
        let report = sight.report().await;
        let came: Vec<String> = report.findings.iter().map(told).collect();
        let is_bad = named.iter().any(|it| it.starts_with("fault"));
        let has_lines = report.findings.iter().all(|finding| finding.contract_line.is_some());
        if came != named || !has_lines || report.works() == is_bad {
            wrong += &format!("== {name}: expected {named:?}, came {came:?}\n{}\n", in_full(&report));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
