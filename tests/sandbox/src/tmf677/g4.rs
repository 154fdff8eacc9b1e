//! TMF677 v5.1: `bucket[].remainingValue` and `partyOrPartyRole`; out-of-bundle costs and unlimited usage are
//! summaries of the product; the number of the line is `logicalResource[].value`.

use serde_json::{Map, Value, json};

use super::TaskState;
use super::wire::{FAIR_USE_COUNTER, Wire, id_on_line, remaining_name};
use crate::clock::wire_time;
use crate::plans::Charge;
use crate::quantity::Quantity;
use crate::usage_data::{Bucket, LineUsage, OutOfBundle};

pub(crate) fn report(usage: &LineUsage, wire: &Wire) -> Value {
    let id = id_on_line(usage, "usage");
    let mut product = json!({
        "id": usage.line.product_id,
        "href": wire.product_href(&usage.line.product_id),
        "name": usage.line.plan.name,
        "@type": "UsageConsumptionProductRef",
    });
    let summaries = consumption_summaries(usage, wire);
    if let (Some(product), false) = (product.as_object_mut(), summaries.is_empty()) {
        product.insert("consumptionSummary".into(), summaries.into());
    }
    json!({
        "id": id,
        "href": wire.usage_href(&format!("usageConsumptionReport/{id}")),
        "creationDate": wire_time(usage.counted_at),
        "lastUpdate": wire_time(usage.counted_at),
        "logicalResource": [logical_resource(usage)],
        "relatedParty": [party("user", &usage.person.sub, usage.person.name, wire)],
        "product": [product],
        "bucket": usage.buckets.iter().map(|one| bucket(one, usage, wire)).collect::<Vec<_>>(),
        "@type": "UsageConsumptionReport",
    })
}

/// A task that holds reports, as `queryUsageConsumption` answers.
pub(crate) fn task(id: &str, state: TaskState, usages: &[LineUsage], wire: &Wire) -> Value {
    let mut task = json!({
        "id": id,
        "href": wire.usage_href(&format!("queryUsageConsumption/{id}")),
        "state": state.name(),
        "searchCriteria": {
            "logicalResource": usages.iter().map(logical_resource).collect::<Vec<_>>(),
            "@type": "UsageConsumptionReport",
        },
        "@type": "QueryUsageConsumption",
    });
    if let (Some(task), TaskState::Done) = (task.as_object_mut(), state) {
        let reports: Vec<_> = usages.iter().map(|usage| report(usage, wire)).collect();
        task.insert("usageConsumption".into(), reports.into());
    }
    task
}

fn logical_resource(usage: &LineUsage) -> Value {
    json!({
        "id": usage.line.id,
        "name": "mobile number",
        "value": usage.line.number,
        "@referredType": "MSISDN",
        "@type": "LogicalResourceRef",
    })
}

fn party(role: &str, sub: &str, name: &str, wire: &Wire) -> Value {
    json!({
        "role": role,
        "@type": "RelatedPartyRefOrPartyRoleRef",
        "partyOrPartyRole": {
            "id": sub,
            "href": wire.party_href(sub),
            "name": name,
            "@type": "PartyRef",
            "@referredType": "Individual",
        },
    })
}

fn bucket(bucket: &Bucket, usage: &LineUsage, wire: &Wire) -> Value {
    let id = id_on_line(usage, bucket.key);
    let mut members = Map::new();
    members.insert("id".into(), id.clone().into());
    members.insert("href".into(), wire.usage_href(&format!("bucket/{id}")).into());
    members.insert("name".into(), bucket.name.into());
    members.insert("usageType".into(), bucket.usage_type.into());
    members.insert("isShared".into(), bucket.is_shared().into());
    // As in the published example, a shared bucket has no balance of its own, only counters.
    if !bucket.is_shared() {
        if let Some(remaining) = bucket.remaining {
            members.insert("remainingValue".into(), remaining.json());
        }
        if let Some(name) = remaining_name(bucket) {
            members.insert("remainingValueName".into(), name.into());
        }
    }
    members.insert("validFor".into(), wire.valid_for(usage));
    members.insert("bucketCounter".into(), counters(bucket, usage, wire).into());
    members.insert(
        "product".into(),
        json!([{
            "id": usage.line.product_id,
            "href": wire.product_href(&usage.line.product_id),
            "name": usage.line.plan.name,
            "@type": "ProductRef",
        }]),
    );
    members.insert("@type".into(), "Bucket".into());
    Value::Object(members)
}

fn counters(bucket: &Bucket, usage: &LineUsage, wire: &Wire) -> Vec<Value> {
    let counter = |what: &str, kind: &str, value: Quantity| {
        json!({
            "id": id_on_line(usage, &format!("{}-{what}", bucket.key)),
            "counterType": kind,
            "level": "global",
            "value": value.json(),
            "valueName": value.label(),
            "consumptionPeriod": wire.consumption_period(usage),
            "@type": "BucketCounter",
        })
    };
    let mut all = vec![counter("used", "used", bucket.used)];
    if let Some(fair_use) = bucket.fair_use {
        all.push(counter("fair-use", FAIR_USE_COUNTER, fair_use));
    }
    if let (true, Some(remaining)) = (bucket.is_shared(), bucket.remaining) {
        all.push(counter("remaining", "remaining", remaining));
    }
    for (place, member) in bucket.members.iter().enumerate() {
        let mut counter = counter(&format!("used-{place}"), "used", member.used);
        if let Some(counter) = counter.as_object_mut() {
            counter.insert("level".into(), "detailed by user".into());
            counter.insert("user".into(), party("user", &member.sub, &member.name, wire));
        }
        all.push(counter);
    }
    all
}

fn consumption_summaries(usage: &LineUsage, wire: &Wire) -> Vec<Value> {
    let mut all: Vec<Value> = usage
        .unlimited
        .iter()
        .map(|kind| {
            json!({
                "id": id_on_line(usage, &format!("unlimited-{kind}")),
                "counterType": kind,
                "level": "global",
                "valueName": "Unlimited",
                "consumptionPeriod": wire.consumption_period(usage),
                "@type": "ConsumptionSummary",
            })
        })
        .collect();
    if let Some(costs) = &usage.out_of_bundle {
        all.push(out_of_bundle_total(costs, usage, wire));
        all.extend(costs.charges.iter().map(|one| charge(one, usage, wire)));
    }
    all
}

fn out_of_bundle_total(costs: &OutOfBundle, usage: &LineUsage, wire: &Wire) -> Value {
    json!({
        "id": id_on_line(usage, "out-of-bundle"),
        "counterType": "outOfBucket",
        "level": "global",
        "value": costs.total.json(),
        "valueName": format!("{} incl. VAT", costs.total.label()),
        "consumptionPeriod": wire.consumption_period(usage),
        "@type": "ConsumptionSummary",
    })
}

/// One kind of cost; already within the total. The standard has no member for the kind or for the third
/// party, so they are characteristics under the project's prefix.
fn charge(charge: &Charge, usage: &LineUsage, wire: &Wire) -> Value {
    let cost = Quantity::new(charge.euro_thousandths, "EUR");
    json!({
        "id": id_on_line(usage, charge.kind),
        "counterType": "outOfBucket",
        "level": "detailed by kind",
        "value": cost.json(),
        "name": charge.name,
        "valueName": cost.label(),
        "consumptionPeriod": wire.consumption_period(usage),
        "characteristic": [
            { "name": "mcc.outOfBundle.kind", "value": charge.kind, "@type": "StringCharacteristic" },
            { "name": "mcc.outOfBundle.thirdParty", "value": charge.third_party, "@type": "BooleanCharacteristic" },
        ],
        "@type": "ConsumptionSummary",
    })
}
