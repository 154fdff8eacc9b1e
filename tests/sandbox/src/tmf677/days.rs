//! Day by day: asked from a date on, a report also lists for each bucket what was used on every whole day, one `used`
//! counter each, in the words of its generation.

use jiff::civil::Date;
use serde_json::Value;

use crate::clock::wire_day;
use crate::quantity::Quantity;
use crate::usage_data::{Bucket, LineUsage};

/// The filter that asks for days: TMF630's `gte` on the counters' period.
const FILTER: &str = "bucket.bucketCounter.consumptionPeriod.startDateTime.gte";

/// The first day asked for.
pub(super) fn asked_from(query: &[(String, String)]) -> Option<Date> {
    let (_, from) = query.iter().find(|(name, _)| name == FILTER)?;
    from.get(..10)?.parse().ok()
}

/// Adds the days to reports, or to those of a task.
pub(super) fn add_to_all(bodies: &mut [Value], usages: &[LineUsage]) {
    let is_task = bodies.first().is_some_and(|body| body["usageConsumption"].is_array());
    let reports = match bodies.first_mut() {
        Some(task) if is_task => task["usageConsumption"].as_array_mut().map_or(&mut [][..], Vec::as_mut_slice),
        _ => bodies,
    };
    reports.iter_mut().zip(usages).for_each(|(report, usage)| add(report, usage));
}

/// Adds the days to a report's buckets.
fn add(report: &mut Value, usage: &LineUsage) {
    for member in ["bucket", "bucketRefOrValue"] {
        let Some(buckets) = report.get_mut(member).and_then(Value::as_array_mut) else { continue };
        for (json, bucket) in buckets.iter_mut().zip(&usage.buckets) {
            add_to(json, bucket, usage);
        }
    }
}

fn add_to(json: &mut Value, bucket: &Bucket, usage: &LineUsage) {
    let Some(counters) = json.get_mut("bucketCounter").and_then(Value::as_array_mut) else { return };
    // Of a shared bucket, one's own.
    let own = counters.iter().find(|counter| names(counter, &usage.person.sub)).or(counters.first());
    let Some(template) = own.cloned() else { return };
    counters.extend(bucket.days.iter().map(|day| {
        let mut counter = template.clone();
        if let Some(id) = counter["id"].as_str().map(|id| format!("{id}-{}", day.day)) {
            counter["id"] = id.into();
        }
        for period in ["consumptionPeriod", "validFor"] {
            if counter.get(period).is_some() {
                counter[period]["startDateTime"] = wire_day(day.day).into();
                counter[period]["endDateTime"] = wire_day(day.day.tomorrow().unwrap_or(day.day)).into();
            }
        }
        write(&mut counter, day.used);
        counter
    }));
}

fn names(counter: &Value, sub: &str) -> bool {
    let user = &counter["user"];
    user["id"] == sub || user["partyOrPartyRole"]["id"] == sub
}

fn write(counter: &mut Value, used: Quantity) {
    let unit = counter.get("unit").and_then(Value::as_str);
    let used = match (unit, used.units) {
        (Some("MB"), "GB") => Quantity::new(used.thousandths * 1_000, "MB"),
        _ => used,
    };
    counter["value"] = if counter["value"].is_object() { used.json() } else { used.number() };
    for label in ["valueName", "valueLabel"] {
        if counter.get(label).is_some() {
            counter[label] = used.label().into();
        }
    }
}
