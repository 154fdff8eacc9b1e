//! What the four generations write alike: addresses, periods and the texts an operator puts beside a number.

use serde_json::{Value, json};

use crate::clock::{wire_day, wire_time};
use crate::options::CycleEnd;
use crate::quantity::Quantity;
use crate::usage_data::{Bucket, LineUsage};

/// How a total is counted beside "Unlimited": the volume up to which speed is not reduced. The standard has no
/// member for it; an operator's word for a bucket's total is `global`.
pub(crate) const FAIR_USE_COUNTER: &str = "global";

/// Base addresses and habits of this operator.
#[derive(Debug, Clone)]
pub(crate) struct Wire {
    /// "https://localhost:1234"
    pub(crate) origin: String,
    pub(crate) cycle_end: CycleEnd,
}

impl Wire {
    pub(crate) fn usage_href(&self, path: &str) -> String {
        format!("{}/tmf-api/usageConsumption/v5/{path}", self.origin)
    }

    pub(crate) fn product_href(&self, id: &str) -> String {
        format!("{}/tmf-api/productInventory/v5/product/{id}", self.origin)
    }

    pub(crate) fn party_href(&self, sub: &str) -> String {
        format!("{}/tmf-api/partyManagement/v5/individual/{sub}", self.origin)
    }

    /// From the start of the cycle until the count.
    pub(crate) fn consumption_period(&self, usage: &LineUsage) -> Value {
        json!({
            "startDateTime": wire_time(usage.cycle.start),
            "endDateTime": wire_time(usage.counted_at),
        })
    }

    /// How long the balance holds: from the count until the end of the cycle. Not the cycle itself.
    pub(crate) fn valid_for(&self, usage: &LineUsage) -> Value {
        let end = match self.cycle_end {
            CycleEnd::Exclusive => wire_day(usage.cycle.next_first_day),
            CycleEnd::Inclusive => {
                wire_day(usage.cycle.next_first_day.yesterday().unwrap_or(usage.cycle.next_first_day))
            }
        };
        json!({ "startDateTime": wire_time(usage.counted_at), "endDateTime": end })
    }
}

/// The id of a thing on a line; every report gives the same thing the same id.
pub(crate) fn id_on_line(usage: &LineUsage, what: &str) -> String {
    let line: String = usage.line.id.chars().take(8).collect();
    format!("{what}-{line}")
}

/// What the operator writes for people beside a balance.
pub(crate) fn remaining_name(bucket: &Bucket) -> Option<String> {
    if bucket.fair_use.is_some() {
        return Some("Unlimited".to_owned());
    }
    let remaining = bucket.remaining?;
    Some(if remaining.thousandths == 0 { format!("{} bucket exhausted", bucket.usage_type) } else { remaining.label() })
}

/// The counters of a bucket as the first two generations list them: used, the fair-use threshold, then each member's.
pub(crate) fn early_counters(bucket: &Bucket, counter: impl Fn(&str, &str, Quantity) -> Value) -> Vec<Value> {
    let mut counters = vec![counter("used", "global", bucket.used)];
    counters.extend(bucket.fair_use.map(|fair_use| counter(FAIR_USE_COUNTER, "global", fair_use)));
    counters.extend(bucket.members.iter().map(|member| {
        let mut counter = counter("used", "detailed by user", member.used);
        counter["user"] = json!({ "id": member.sub, "name": member.name, "role": "user" });
        counter
    }));
    counters
}
