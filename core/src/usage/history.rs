//! Day by day: what the operator says was used on each day, for up to thirteen months. A day it says nothing of stays a
//! gap; nothing is filled in, and nothing is counted by us.

mod days;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::days::Days;
use super::model::{Bucket, LineUsage, Service, Zone};
use crate::store::Snapshot;

/// How long days are kept.
const MONTHS_KEPT: i64 = 13;
/// Buckets whose days are kept: more than any line has.
const MOST_BUCKETS: usize = 60;
/// The last days may be counted anew: calls from abroad come in late.
const DAYS_ASKED_AGAIN: i64 = 5;

/// The days of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// One per bucket, in the order in which the operator first named them.
    pub buckets: Vec<BucketDays>,
}

/// The days of a bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BucketDays {
    /// The operator's id of the bucket.
    pub id: String,
    /// What is counted.
    pub service: Service,
    /// Where it counts.
    pub zone: Zone,
    /// What was used on each day.
    pub days: Days,
}

impl Snapshot for History {
    const KIND: &'static str = "history";
    const REVISION: u8 = 2;
}

impl History {
    /// Takes the days of an answer in, and forgets those before the last thirteen months. What is counted anew replaces what
    /// was said before. Tells whether anything changed.
    pub fn take(&mut self, usage: &LineUsage, today: Date) -> bool {
        let before = self.clone();
        for bucket in usage.buckets.iter().filter(|bucket| !bucket.days.is_empty()) {
            if self.of(bucket).is_none() {
                self.buckets.push(BucketDays {
                    id: bucket.id.clone(),
                    service: bucket.service.clone(),
                    zone: bucket.zone,
                    days: Days::default(),
                });
            }
        }
        for kept in &mut self.buckets {
            let told = usage.buckets.iter().filter(|bucket| bucket.id == kept.id).flat_map(|bucket| &bucket.days);
            kept.days.take(told.map(|day| (day.day, &day.used)), first_kept(today), today);
        }
        self.buckets.retain(|bucket| !bucket.days.is_empty());
        // An operator that names its buckets anew in every answer fills no phone: those told of last stay.
        while self.buckets.len() > MOST_BUCKETS {
            let oldest = self.buckets.iter().enumerate().min_by_key(|(_, bucket)| bucket.days.last());
            let Some((at, _)) = oldest else { break };
            self.buckets.remove(at);
        }
        *self != before
    }

    /// From which day on the operator is asked: what may have been counted anew, or everything.
    pub fn ask_from(&self, today: Date) -> Date {
        let newest = self.buckets.iter().filter_map(|bucket| bucket.days.last()).max();
        let again = newest.and_then(|newest| newest.checked_sub(DAYS_ASKED_AGAIN.days()).ok());
        again.unwrap_or_else(|| first_kept(today)).max(first_kept(today))
    }

    /// The days of one bucket.
    pub fn of(&self, bucket: &Bucket) -> Option<&BucketDays> {
        self.buckets.iter().find(|days| days.id == bucket.id)
    }
}

/// The first day that is kept.
fn first_kept(today: Date) -> Date {
    today.checked_sub(MONTHS_KEPT.months()).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::usage::model::{Amount, DayUse};

    fn usage(days: &[(Date, u64)]) -> LineUsage {
        let bucket = Bucket {
            days: days.iter().map(|(day, used)| DayUse { day: *day, used: Amount::Bytes(*used) }).collect(),
            ..Bucket::unknown("data")
        };
        LineUsage { line: None, counted_at: None, buckets: vec![bucket], out_of_bundle: Vec::new() }
    }

    const TODAY: Date = date(2026, 11, 25);

    #[test]
    fn a_day_counted_anew_replaces_the_old_figure_and_a_day_unsaid_stays_a_gap() {
        let mut history = History::default();
        assert!(history.take(&usage(&[(date(2026, 11, 20), 5), (date(2026, 11, 22), 7)]), TODAY));
        assert!(history.take(&usage(&[(date(2026, 11, 22), 9)]), TODAY));
        assert!(!history.take(&usage(&[(date(2026, 11, 22), 9)]), TODAY), "nothing new");
        let days: Vec<_> = history.buckets[0].days.iter().map(|(day, used)| (day.day(), used)).collect();
        assert_eq!(days, [(20, 5), (22, 9)]);
    }

    #[test]
    fn the_operator_is_asked_for_everything_first_and_later_for_what_may_have_changed() {
        let mut history = History::default();
        assert_eq!(history.ask_from(TODAY), date(2025, 10, 25));
        history.take(&usage(&[(date(2026, 11, 24), 1)]), TODAY);
        assert_eq!(history.ask_from(TODAY), date(2026, 11, 19));
        history.take(&usage(&[(date(2025, 10, 26), 1)]), TODAY);
        assert_eq!(history.ask_from(date(2028, 1, 31)), date(2026, 12, 31), "never further back than is kept");
    }

    #[test]
    fn an_operator_that_names_its_buckets_anew_each_day_keeps_the_newest_only() {
        let mut history = History::default();
        for ago in (0..200).rev() {
            let day = TODAY.checked_sub(ago.days()).unwrap();
            let mut told = usage(&[(day, 1)]);
            told.buckets[0].id = format!("data of {day}");
            history.take(&told, TODAY);
        }
        let ids: Vec<&str> = history.buckets.iter().map(|bucket| bucket.id.as_str()).collect();
        assert_eq!(
            (ids.len(), ids.first(), ids.last()),
            (60, Some(&"data of 2026-09-27"), Some(&"data of 2026-11-25"))
        );
    }

    proptest! {
        #[test]
        fn no_day_is_kept_beyond_thirteen_months_or_from_the_future(
            days in prop::collection::vec((0i64..900, 0u64..1000), 0..60), later in 0i64..900,
        ) {
            let days: Vec<_> = days
                .iter()
                .map(|(ago, used)| (TODAY.checked_add((450 - ago).days()).unwrap(), *used))
                .collect();
            let today = TODAY.checked_add(later.days()).unwrap();
            let mut history = History::default();
            history.take(&usage(&days), today);
            let kept = history.buckets.iter().flat_map(|bucket| bucket.days.iter());
            let wanted: std::collections::BTreeSet<_> =
                days.iter().map(|(day, _)| *day).filter(|day| *day >= first_kept(today) && *day <= today).collect();
            prop_assert_eq!(kept.map(|(day, _)| day).collect::<std::collections::BTreeSet<_>>(), wanted);
        }
    }
}
