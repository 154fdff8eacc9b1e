//! TMF677 "v1" (R17.5): `bucketBalance` with a bare number and a `unit`, counters in whole numbers, so that
//! gigabytes are counted in megabytes beside a balance in gigabytes.

use serde_json::{Value, json};

use super::wire::{Wire, early_counters, id_on_line, remaining_name};
use crate::clock::wire_time;
use crate::quantity::Quantity;
use crate::usage_data::{Bucket, LineUsage, OutOfBundle};

pub(crate) fn report(usage: &LineUsage, wire: &Wire) -> Value {
    let id = id_on_line(usage, "usage");
    let mut buckets: Vec<Value> = usage.buckets.iter().map(|one| bucket(one, usage, wire)).collect();
    // This generation counts costs among the counters of a bucket: here, of the first.
    let counters = buckets.first_mut().and_then(|bucket| bucket["bucketCounter"].as_array_mut());
    if let (Some(counters), Some(costs)) = (counters, &usage.out_of_bundle) {
        counters.extend(out_of_bundle(costs, usage, wire));
    }
    let unlimited = usage.unlimited.iter().map(|kind| unlimited(kind, usage, wire));
    buckets.extend(unlimited);
    json!({
        "id": id,
        "href": wire.usage_href(&format!("usageConsumptionReport/{id}")),
        "effectiveDate": wire_time(usage.counted_at),
        "bucket": buckets,
    })
}

fn out_of_bundle(costs: &OutOfBundle, usage: &LineUsage, wire: &Wire) -> Vec<Value> {
    let mut all = vec![counter("outOfBucket", "global", costs.total, usage, wire)];
    all.extend(costs.charges.iter().map(|charge| {
        let value = Quantity::new(charge.euro_thousandths, "EUR");
        let mut cost = counter("outOfBucket", "detailed by kind", value, usage, wire);
        if let Some(cost) = cost.as_object_mut() {
            cost.insert("name".into(), charge.name.into());
        }
        cost
    }));
    all
}

fn product(usage: &LineUsage) -> Value {
    json!({
        "id": usage.line.product_id,
        "name": usage.line.plan.name,
        "publicIdentifier": usage.line.number,
    })
}

fn bucket(bucket: &Bucket, usage: &LineUsage, wire: &Wire) -> Value {
    let mut balance = json!({ "validFor": wire.valid_for(usage) });
    if let Some(balance) = balance.as_object_mut() {
        if let Some(remaining) = bucket.remaining {
            balance.insert("remainingValue".into(), remaining.number());
            balance.insert("unit".into(), remaining.units.into());
        }
        if let Some(name) = remaining_name(bucket) {
            balance.insert("remainingValueLabel".into(), name.into());
        }
    }
    json!({
        "id": id_on_line(usage, bucket.key),
        "name": bucket.name,
        "usageType": bucket.usage_type,
        "isShared": bucket.is_shared(),
        "product": product(usage),
        "bucketBalance": [balance],
        "bucketCounter": early_counters(bucket, |kind, level, value| counter(kind, level, value, usage, wire)),
    })
}

fn unlimited(kind: &str, usage: &LineUsage, wire: &Wire) -> Value {
    json!({
        "id": id_on_line(usage, &format!("unlimited-{kind}")),
        "name": format!("Unlimited {kind}"),
        "usageType": kind,
        "isShared": false,
        "product": product(usage),
        "bucketBalance": [{ "remainingValueLabel": "Unlimited", "validFor": wire.valid_for(usage) }],
    })
}

fn counter(kind: &str, level: &str, value: Quantity, usage: &LineUsage, wire: &Wire) -> Value {
    // Counters of this generation are whole numbers: thousandths of a GB are MB. Money keeps its cents.
    let value = match value.units {
        "GB" => Quantity::new(value.thousandths * 1_000, "MB"),
        _ => value,
    };
    json!({
        "counterType": kind,
        "level": level,
        "value": value.number(),
        "unit": value.units,
        "valueLabel": value.label(),
        "validFor": wire.consumption_period(usage),
    })
}
