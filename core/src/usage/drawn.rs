//! What the usage screen is drawn from, with what the time comes to in it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::freshness::{Freshness, freshness, freshness_of};
use super::state::{Kept, Now, UsageState};
use super::view::retry_at;

/// Screens drawn from the same are the same.
#[derive(PartialEq)]
pub(super) struct DrawnFrom {
    pub state: UsageState,
    today: Date,
    clock_off_minutes: Option<i64>,
    /// How old each line's values are, then those of each bucket that is older than its line.
    ages: Vec<Freshness>,
    /// Until when the operator asked to wait, if that is still to come.
    retry_at: Option<Timestamp>,
}

impl DrawnFrom {
    pub fn new(state: UsageState, now: &Now, zone: &TimeZone) -> DrawnFrom {
        let of_line = |kept: &Kept| {
            let carried = kept.usage.buckets.iter().filter(|bucket| bucket.carried.is_some());
            let carried = carried.map(|bucket| freshness_of(bucket, kept, now, zone));
            [freshness(kept, now, zone)].into_iter().chain(carried).collect::<Vec<_>>()
        };
        DrawnFrom {
            today: now.today,
            clock_off_minutes: now.clock_off_minutes,
            ages: state.lines.iter().filter_map(|line| line.kept.as_ref()).flat_map(of_line).collect(),
            retry_at: state.failure.as_ref().and_then(|failure| retry_at(failure, now)),
            state,
        }
    }
}
