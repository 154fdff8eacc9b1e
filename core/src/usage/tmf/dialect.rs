//! Which generation of TMF677 a document is of, told by its keys. For people: the reader does not depend on it.

use std::fmt;

use serde::Serialize;

use super::envelope::{Answer, Entry};
use crate::operator::tolerant::Node;

/// A generation of the wire format. Version labels overlap between them and are never looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Dialect {
    /// "v1", R17.5: `bucketBalance` with a bare number.
    G1,
    /// v3.0 and the first v4.0.0: `bucketBalance` with a Quantity.
    G2,
    /// v4.0.0 as approved: tasks, `bucketRefOrValue`.
    G3,
    /// v5: `bucket` with its own `remainingValue`, `partyOrPartyRole`.
    G4,
    /// The document has none of the keys that tell.
    Unclear,
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Dialect::G1 => "G1 (TMF677 R17.5, \"v1\": bucketBalance with a bare number)",
            Dialect::G2 => "G2 (TMF677 v3 and the first v4.0.0: bucketBalance with a Quantity)",
            Dialect::G3 => "G3 (TMF677 v4.0: query tasks with bucketRefOrValue)",
            Dialect::G4 => "G4 (TMF677 v5: bucket with its own remainingValue)",
            Dialect::Unclear => "none of the keys that tell a generation",
        })
    }
}

/// Tells the generation.
pub(super) fn detect(answer: &Answer<'_>) -> Dialect {
    answer.entries.iter().chain(&answer.unread).find_map(of_entry).unwrap_or(Dialect::Unclear)
}

fn of_entry(entry: &Entry<'_>) -> Option<Dialect> {
    let report = entry.node;
    if report.has("bucketRefOrValue") {
        return Some(Dialect::G3);
    }
    let mut hint = None;
    for bucket in report.list(&["bucket"]) {
        match of_bucket(bucket) {
            Some(certain) => return Some(certain),
            None if bucket.list(&["bucketCounter"]).any(|counter| holds_number(counter, "value")) => {
                hint = hint.or(Some(Dialect::G1));
            }
            None if bucket.list(&["product"]).any(|product| product.has("outOfBucketCounter")) => {
                hint = hint.or(Some(Dialect::G2));
            }
            None => {}
        }
    }
    hint.or_else(|| of_report(report))
}

fn of_bucket(bucket: Node<'_>) -> Option<Dialect> {
    if let Some(balance) = bucket.list(&["bucketBalance"]).next() {
        return Some(if holds_number(balance, "remainingValue") { Dialect::G1 } else { Dialect::G2 });
    }
    let people = bucket.list(&["relatedParty"]).chain(bucket.list(&["bucketCounter"]).filter_map(|c| c.one(&["user"])));
    let is_fourth = bucket.one(&["remainingValue"]).is_some_and(|value| value.value().is_object())
        || people.into_iter().any(|person| person.has("partyOrPartyRole"));
    is_fourth.then_some(Dialect::G4)
}

fn holds_number(node: Node<'_>, name: &'static str) -> bool {
    node.one(&[name]).is_some_and(|value| value.as_text().is_some())
}

/// Without telling buckets: what else only one generation has.
fn of_report(report: Node<'_>) -> Option<Dialect> {
    if report.list(&["logicalResource"]).any(|resource| resource.has("consumptionSummary")) {
        return Some(Dialect::G3);
    }
    let is_fourth = report.list(&["logicalResource"]).any(|resource| resource.has("value"))
        || report.list(&["product"]).any(|product| product.has("consumptionSummary"))
        || report.list(&["relatedParty"]).any(|party| party.has("partyOrPartyRole"))
        || (report.has("bucket") && report.has("@type") && report.has("lastUpdate"));
    is_fourth.then_some(Dialect::G4)
}
