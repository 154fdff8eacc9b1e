//! Where the cycle is heading, said only where the operator's own days carry it: at least three whole days, and a range
//! instead of a figure. And the pace: whether more is used than time has passed.

use jiff::ToSpan;
use jiff::civil::Date;

use super::history::Days;
use super::model::{Amount, Bucket, Cycle};

/// Fewer whole days than this say nothing.
const DAYS_NEEDED: usize = 3;
/// What counts as "lately".
const LATELY: usize = 7;
/// Used this far ahead of elapsed time is fast, in permille of the allowance.
const AHEAD_PERMILLE: u64 = 200;

/// What may be used by the end of the cycle, if the days to come are like those that were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// At the slower of the two paces, today counted as over.
    pub low: Amount,
    /// At the faster, today counted as still to come.
    pub high: Amount,
    /// Whole days it is made of.
    pub days: u32,
    /// The last day of the cycle.
    pub last_day: Date,
}

/// The forecast for a bucket whose figures were counted on `counted_on`. None with fewer than three whole days in this
/// cycle, and outside the cycle.
///
/// Two paces are taken: that of all whole days of the cycle and that of the last seven of them. A person whose week was
/// unlike the weeks before gets a wide range, and that is what is known.
pub fn forecast(bucket: &Bucket, days: &Days, cycle: Cycle, counted_on: Date) -> Option<Forecast> {
    let (start, next_start) = (cycle.start?, cycle.next_start?);
    if !(start..next_start).contains(&counted_on) {
        return None;
    }
    let used = &bucket.used.as_ref()?.amount;
    let whole: Vec<u64> = days.range(start, counted_on).collect();
    if !days.count_what(used) || whole.len() < DAYS_NEEDED {
        return None;
    }
    let lately = whole.get(whole.len().saturating_sub(LATELY)..).unwrap_or_default();
    let after_today = u64::try_from(next_start.since(counted_on).ok()?.get_days()).ok()?.checked_sub(1)?;
    let paces = [pace(&whole, after_today)?, pace(lately, after_today)?];
    let longest = [pace(&whole, after_today.checked_add(1)?)?, pace(lately, after_today.checked_add(1)?)?];
    let used_units = used.units()?;
    Some(Forecast {
        low: used.with_units(used_units.checked_add(*paces.iter().min()?)?)?,
        high: used.with_units(used_units.checked_add(*longest.iter().max()?)?)?,
        days: u32::try_from(whole.len()).ok()?,
        last_day: cycle.last_day()?,
    })
}

/// What so many days use when they are like these on average.
fn pace(days: &[u64], coming: u64) -> Option<u64> {
    let sum: u128 = days.iter().map(|day| u128::from(*day)).sum();
    let coming = sum.checked_mul(u128::from(coming))?.checked_div(u128::try_from(days.len()).ok()?)?;
    u64::try_from(coming).ok()
}

/// Whether much more of a finite allowance is used than time has passed. None in the first three days, when one film is
/// half a month's pace.
pub fn is_fast(bucket: &Bucket, cycle: Cycle, today: Date) -> Option<bool> {
    let settled = cycle.start?.checked_add(i64::try_from(DAYS_NEEDED).ok()?.days()).ok()?;
    if today < settled || !cycle.contains(today) {
        return None;
    }
    let (used, elapsed) = (bucket.used_permille()?, u64::from(cycle.elapsed_permille(today)?));
    Some(used > elapsed.saturating_add(AHEAD_PERMILLE))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::usage::model::{Allowance, Origin, Reading};

    const NOVEMBER: Cycle = Cycle { start: Some(date(2026, 11, 1)), next_start: Some(date(2026, 12, 1)) };

    fn bucket(used: u64, total: u64) -> Bucket {
        let reading = |bytes| Reading { amount: Amount::Bytes(bytes), origin: Origin::Counter };
        Bucket {
            used: Some(reading(used)),
            allowance: Allowance::Finite(reading(total)),
            cycle: Some(NOVEMBER),
            ..Bucket::unknown("data")
        }
    }

    fn days(of: &[(i8, u64)]) -> Days {
        of.iter().map(|(day, used)| (date(2026, 11, *day), Amount::Bytes(*used))).collect()
    }

    fn range(of: &[(i8, u64)], used: u64, on: i8) -> Option<(u64, u64, u32)> {
        let forecast = forecast(&bucket(used, 1000), &days(of), NOVEMBER, date(2026, 11, on))?;
        Some((forecast.low.units()?, forecast.high.units()?, forecast.days))
    }

    #[test]
    fn two_days_say_nothing_and_today_is_no_whole_day() {
        assert_eq!(range(&[(1, 10), (2, 10), (3, 10)], 30, 3), None);
        assert_eq!(range(&[(1, 10), (2, 10), (3, 10)], 30, 4), Some((30 + 260, 30 + 270, 3)));
    }

    #[test]
    fn a_gap_counts_as_no_day_at_all() {
        assert_eq!(range(&[(1, 10), (5, 10), (9, 10)], 40, 11), Some((40 + 190, 40 + 200, 3)));
    }

    #[test]
    fn a_week_unlike_those_before_makes_the_range_wide() {
        let quiet_then_busy: Vec<_> = (1..=14).map(|day| (day, if day <= 7 { 10 } else { 30 })).collect();
        // Twenty a day over all, thirty lately; fifteen days to come after the fifteenth.
        assert_eq!(range(&quiet_then_busy, 285, 15), Some((285 + 20 * 15, 285 + 30 * 16, 14)));
    }

    #[test]
    fn outside_its_cycle_and_without_its_bounds_nothing_is_foretold() {
        let (bucket, days) = (bucket(30, 1000), days(&[(1, 10), (2, 10), (3, 10)]));
        for on in [date(2026, 10, 31), date(2026, 12, 1)] {
            assert_eq!(forecast(&bucket, &days, NOVEMBER, on), None);
        }
        for cycle in [Cycle { start: None, ..NOVEMBER }, Cycle { next_start: None, ..NOVEMBER }] {
            assert_eq!(forecast(&bucket, &days, cycle, date(2026, 11, 10)), None);
        }
    }

    #[test]
    fn fast_is_well_ahead_of_time_and_never_in_the_first_three_days() {
        let cases = [
            (900, 3, None),
            (340, 4, Some(true)),
            (300, 4, Some(false)),
            (700, 16, Some(false)),
            (701, 16, Some(true)),
            (999, 30, Some(false)),
        ];
        for (used, today, expected) in cases {
            assert_eq!(
                is_fast(&bucket(used, 1000), NOVEMBER, date(2026, 11, today)),
                expected,
                "{used} on the {today}th"
            );
        }
        assert_eq!(is_fast(&bucket(900, 1000), NOVEMBER, date(2026, 12, 5)), None, "an ended cycle has no pace");
    }

    proptest! {
        #[test]
        fn a_forecast_is_a_range_above_what_is_used_and_needs_three_whole_days(
            of in prop::collection::btree_map(1i8..31, 0u64..u64::MAX / 64, 0..30), used in 0u64..u64::MAX / 4, on in 1i8..31,
        ) {
            let of: Vec<_> = of.into_iter().collect();
            let whole = of.iter().filter(|(day, _)| *day < on).count();
            let told = range(&of, used, on);
            if whole < 3 {
                prop_assert_eq!(told, None);
            }
            if let Some((low, high, days)) = told {
                prop_assert!(used <= low && low <= high && days as usize == whole);
            }
        }
    }
}
