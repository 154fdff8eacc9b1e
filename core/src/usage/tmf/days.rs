//! Daily counters: an operator that tells day by day writes one `used` counter for each day of a bucket (TMF677
//! `bucketCounter.consumptionPeriod`). They are no totals, and are taken out before the bucket's own counter is chosen.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::counter::Counter;
use super::vocabulary::{Level, Role};
use crate::usage::model::DayUse;

/// More days than are ever kept; what follows is not looked at.
const MAX_DAYS: usize = 800;

/// Takes the days out. A single day is none: at the beginning of a cycle its total covers one day as well.
pub(super) fn take_out(counters: &mut Vec<Counter<'_>>) -> Vec<DayUse> {
    let all: Vec<Date> = counters.iter().filter_map(day_of).collect();
    let mut distinct = all.clone();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 2 {
        return Vec::new();
    }
    let mut days = BTreeMap::new();
    counters.retain(|counter| {
        let Some(day) = day_of(counter) else { return true };
        let amount = counter.amount().and_then(|quantity| quantity.to_amount());
        // Of several for one day the one for all of the bucket.
        if let Some(amount) = amount
            && days.len() < MAX_DAYS
            && (counter.level == Level::Global || !days.contains_key(&day))
        {
            days.insert(day, amount);
        }
        false
    });
    days.into_iter().map(|(day, used)| DayUse { day, used }).collect()
}

/// The day a counter covers, where it covers just one.
fn day_of(counter: &Counter<'_>) -> Option<Date> {
    let period = counter.period.filter(|_| counter.role == Role::Used)?;
    let first = period.first_day?;
    let next = first.tomorrow().ok()?;
    (period.end_day == Some(first) || period.day_after == Some(next)).then_some(first)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::{Value, json};

    use crate::operator::units::{CycleEnd, DataBase};
    use crate::usage::model::{Amount, DayUse};
    use crate::usage::tmf::{Decoded, HowToRead, decode};

    fn read(counters: &Value) -> Decoded {
        let report = json!([{
            "lastUpdate": "2026-11-25T14:03:00+01:00",
            "logicalResource": [{"value": "+32470123456"}],
            "bucket": [{"id": "d", "usageType": "data", "remainingValue": {"amount": 4, "units": "GB"},
                        "bucketCounter": counters}],
        }]);
        let lines = ["+32470123456".to_owned()];
        let how = HowToRead {
            lines: Some(&lines),
            line_id: None,
            me: Some("emma"),
            time_zone: &jiff::tz::get!("Europe/Brussels"),
            data_base: DataBase::Decimal,
            cycle_end: CycleEnd::Exclusive,
        };
        decode(report.to_string().as_bytes(), &how).unwrap()
    }

    fn counter(from: &str, to: &str, gb: i64) -> Value {
        json!({"counterType": "used", "level": "global", "value": {"amount": gb, "units": "GB"},
               "consumptionPeriod": {"startDateTime": from, "endDateTime": to}})
    }

    fn days(decoded: &Decoded) -> Vec<(i8, u64)> {
        let of = |day: &DayUse| (day.day.day(), day.used.units().unwrap() / 1_000_000_000);
        decoded.lines[0].buckets[0].days.iter().map(of).collect()
    }

    #[test]
    fn days_are_read_beside_the_total_and_never_taken_for_it() {
        let decoded = read(&json!([
            counter("2026-11-24T00:00:00+01:00", "2026-11-25T00:00:00+01:00", 2),
            counter("2026-11-01T00:00:00+01:00", "2026-11-25T14:03:00+01:00", 6),
            // An operator whose days end a second early, and one whose day is a date.
            counter("2026-11-23T00:00:00+01:00", "2026-11-23T23:59:59+01:00", 1),
            counter("2026-11-22", "2026-11-22", 3),
        ]));
        assert_eq!(days(&decoded), [(22, 3), (23, 1), (24, 2)]);
        let used = decoded.lines[0].buckets[0].used.as_ref().map(|used| used.amount.clone());
        assert_eq!(used, Some(Amount::Bytes(6_000_000_000)));
    }

    #[test]
    fn a_total_of_the_first_day_of_a_cycle_is_no_history() {
        let total = counter("2026-11-01T00:00:00+01:00", "2026-11-01T14:03:00+01:00", 2);
        let decoded = read(&json!([total]));
        assert_eq!(days(&decoded), []);
        assert!(decoded.lines[0].buckets[0].used.is_some());
    }

    #[test]
    fn days_over_the_change_of_the_clocks_are_days() {
        let decoded = read(&json!([
            counter("2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 1),
            counter("2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", 2),
        ]));
        let told: Vec<_> = decoded.lines[0].buckets[0].days.iter().map(|day| day.day).collect();
        assert_eq!(told, [date(2026, 3, 29), date(2026, 10, 25)]);
    }

    #[test]
    fn a_colleagues_days_are_dropped_with_all_that_is_theirs() {
        let of = |who: &str, day: u8, gb: i64| {
            let (from, to) =
                (format!("2026-11-{day:02}T00:00:00+01:00"), format!("2026-11-{:02}T00:00:00+01:00", day + 1));
            let mut counter = counter(&from, &to, gb);
            counter["user"] = json!({"id": who});
            counter["level"] = json!("detailed by user");
            counter
        };
        let decoded = read(&json!([of("emma", 3, 1), of("luc", 3, 7), of("emma", 4, 2), of("luc", 4, 8)]));
        assert_eq!(days(&decoded), [(3, 1), (4, 2)]);
    }

    #[test]
    fn what_cannot_be_read_of_a_day_is_a_gap() {
        let mut unreadable = counter("2026-11-02T00:00:00+01:00", "2026-11-03T00:00:00+01:00", 1);
        unreadable["value"] = json!({"amount": "lots", "units": "GB"});
        let fine = |day: u8| {
            counter(&format!("2026-11-{day:02}T00:00:00+01:00"), &format!("2026-11-{:02}T00:00:00+01:00", day + 1), 1)
        };
        assert_eq!(days(&read(&json!([fine(1), unreadable, fine(3)]))), [(1, 1), (3, 1)]);
    }
}
