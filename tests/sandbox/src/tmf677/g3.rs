//! TMF677 v4.0 as approved: tasks only, `bucketRefOrValue`, flat `relatedParty`; the state stands on
//! `usageConsumption[]`, and `logicalResource[].id` is the number itself.

use serde_json::{Value, json};

use super::wire::Wire;
use super::{TaskState, g4};
use crate::usage_data::LineUsage;

/// A `queryUsageConsumption` task; without results while it is in progress.
pub(crate) fn task(id: &str, state: TaskState, usages: &[LineUsage], wire: &Wire) -> Value {
    let reports: Vec<Value> = usages
        .iter()
        .map(|usage| match state {
            TaskState::Done => report(usage, wire),
            _ => json!({ "id": "UC1", "state": "inProgress" }),
        })
        .collect();
    json!({
        "id": id,
        "href": wire.usage_href(&format!("queryUsageConsumption/{id}")),
        "searchCriteria": {
            "logicalResource": usages.iter().map(logical_resource).collect::<Vec<_>>(),
        },
        "usageConsumption": reports,
    })
}

fn logical_resource(usage: &LineUsage) -> Value {
    json!({ "id": usage.line.number, "name": "mobile number", "@referredType": "MSISDN" })
}

pub(crate) fn report(usage: &LineUsage, wire: &Wire) -> Value {
    let mut report = g4::report(usage, wire);
    flatten_parties(&mut report);
    if let Some(report) = report.as_object_mut() {
        report.insert("state".into(), "done".into());
        report.insert("logicalResource".into(), json!([logical_resource(usage)]));
        if let Some(buckets) = report.remove("bucket") {
            report.insert("bucketRefOrValue".into(), buckets);
        }
    }
    report
}

/// `{role, partyOrPartyRole: {id, name}}` becomes `{role, id, name, @referredType}`, and the version 5 types go.
fn flatten_parties(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(flatten_parties),
        Value::Object(members) => {
            if let Some(Value::Object(mut party)) = members.remove("partyOrPartyRole") {
                party.remove("@type");
                members.extend(party);
            }
            members.remove("@type");
            members.values_mut().for_each(flatten_parties);
        }
        _ => {}
    }
}
