//! TMF677 v3.0: `bucketBalance` with a `Quantity`, `effectiveDate`, the number as `publicIdentifier` of the
//! product, out-of-bundle costs as the product's `outOfBucketCounter`.

use serde_json::{Value, json};

use super::wire::{Wire, early_counters, id_on_line, remaining_name};
use crate::clock::wire_time;
use crate::quantity::Quantity;
use crate::usage_data::{Bucket, LineUsage, OutOfBundle};

pub(crate) fn report(usage: &LineUsage, wire: &Wire) -> Value {
    let id = id_on_line(usage, "usage");
    let mut buckets: Vec<Value> = usage.buckets.iter().map(|one| bucket(one, usage, wire)).collect();
    // This generation counts costs on the product of a bucket: here, of the first.
    let product = buckets.first_mut().and_then(|bucket| bucket["product"][0].as_object_mut());
    if let (Some(product), Some(costs)) = (product, &usage.out_of_bundle) {
        product.insert("outOfBucketCounter".into(), out_of_bundle(costs, usage, wire).into());
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
            balance.insert("remainingValue".into(), remaining.json());
        }
        if let Some(name) = remaining_name(bucket) {
            balance.insert("remainingValueName".into(), name.into());
        }
    }
    json!({
        "id": id_on_line(usage, bucket.key),
        "name": bucket.name,
        "usageType": bucket.usage_type,
        "isShared": bucket.is_shared(),
        "product": [product(usage)],
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
        "product": [product(usage)],
        "bucketBalance": [{ "remainingValueName": "Unlimited", "validFor": wire.valid_for(usage) }],
    })
}

fn counter(kind: &str, level: &str, value: Quantity, usage: &LineUsage, wire: &Wire) -> Value {
    json!({
        "counterType": kind,
        "level": level,
        "value": value.json(),
        "valueName": value.label(),
        "consumptionPeriod": wire.consumption_period(usage),
    })
}

fn out_of_bundle(costs: &OutOfBundle, usage: &LineUsage, wire: &Wire) -> Vec<Value> {
    let cost = |level: &str, name: &str, value: Quantity| {
        json!({
            "level": level,
            "name": name,
            "value": value.json(),
            "valueName": value.label(),
            "consumptionPeriod": wire.consumption_period(usage),
        })
    };
    let mut all = vec![cost("global", "out of bundle", costs.total)];
    all.extend(costs.charges.iter().map(|charge| {
        let value = Quantity::new(charge.euro_thousandths, "EUR");
        cost("detailed by kind", charge.name, value)
    }));
    all
}
