//! How old values are and whether they may be shown as "now". An operator counts late, a phone sleeps, a cycle ends:
//! values of an ended cycle are never current, and the age is that of the count, never that of our call.

use std::cmp::Ordering;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::model::{Bucket, CountedAt, Cycle, LineUsage};
use super::state::{Kept, Now};
use super::view::BadgeKind;

/// Up to here a count is as good as now.
const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// Beyond this a count is old.
const OLD: SignedDuration = SignedDuration::from_hours(24);
/// A count this far in the future is a wrong clock or a wrong field, not a count.
const BELIEVABLE_AHEAD: SignedDuration = SignedDuration::from_hours(1);

/// Seconds an answer is good for before a screen asks again, when the operator does not say.
const FRESH_FOR_SECONDS: u64 = 60;
/// The least and the most an operator's `max-age` may make of it.
const FRESH_FOR_BOUNDS: (u64, u64) = (30, 15 * 60);

/// What may be said of the age of a line's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freshness {
    /// The badge.
    pub kind: BadgeKind,
    /// Until when the operator counted, where it said so believably.
    pub counted_at: Option<CountedAt>,
    /// How the received values stand when the operator gives no time; the same as `kind` otherwise.
    pub received: BadgeKind,
}

/// Where today is, seen from a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The cycle has not begun.
    Upcoming,
    /// Today is in the cycle, or nothing is known that says otherwise.
    Current,
    /// The cycle is over: its values are shown under its own dates only.
    Ended,
}

/// The freshness of a line's values. `zone` is the operator's.
pub fn freshness(kept: &Kept, now: &Now, zone: &TimeZone) -> Freshness {
    counted_so(kept, kept.usage.counted_at, now, zone)
}

/// The freshness of a bucket's values, which may be those of an earlier answer than the line's.
pub fn freshness_of(bucket: &Bucket, kept: &Kept, now: &Now, zone: &TimeZone) -> Freshness {
    counted_so(kept, bucket.carried.map_or(kept.usage.counted_at, |carried| carried.counted_at), now, zone)
}

fn counted_so(kept: &Kept, counted_at: Option<CountedAt>, now: &Now, zone: &TimeZone) -> Freshness {
    let counted_at = believable(counted_at, now.at);
    let checked_on = kept.checked_at.to_zoned_datetime(zone.clone()).date();
    let stands_on = |day| standing(kept.usage.cycle_on(day), day);
    let kind = match (stands_on(now.today), counted_at) {
        // What the operator last spoke of had ended by then.
        (Standing::Ended, _) if stands_on(checked_on) == Standing::Ended => BadgeKind::RolloverPending,
        (Standing::Ended, _) => BadgeKind::PreviousCycle,
        (_, Some(counted)) => by_age(counted.at, now.at),
        (_, None) => BadgeKind::Unknown,
    };
    let received = if counted_at.is_some() { kind } else { by_age(kept.received_at, now.at) };
    Freshness { kind, counted_at, received }
}

/// Where `today` is, seen from a cycle. Without a cycle nothing says that values are not current.
pub fn standing(cycle: Option<Cycle>, today: Date) -> Standing {
    match cycle {
        Some(cycle) if cycle.ended_by(today) => Standing::Ended,
        Some(cycle) if !cycle.contains(today) => Standing::Upcoming,
        Some(_) | None => Standing::Current,
    }
}

/// The cycle of a bucket or a cost within its line's: a bound that the operator left open is the line's. Without this an
/// allowance without an end, kept over the turn of the cycle, would be shown as of now.
pub fn bounded(own: Option<Cycle>, line: Option<Cycle>) -> Option<Cycle> {
    let (Some(own), Some(line)) = (own, line) else { return own.or(line) };
    let begins_after_it = own.start.zip(line.next_start).is_some_and(|(start, next)| start >= next);
    let ended_before_it = own.next_start.zip(line.start).is_some_and(|(next, start)| next <= start);
    Some(Cycle {
        start: own.start.or(line.start.filter(|_| !ended_before_it)),
        next_start: own.next_start.or(line.next_start.filter(|_| !begins_after_it)),
    })
}

/// A count of the future is a wrong clock somewhere, and counts as none.
pub fn believable(counted_at: Option<CountedAt>, now: Timestamp) -> Option<CountedAt> {
    counted_at.filter(|counted| counted.at.duration_since(now) <= BELIEVABLE_AHEAD)
}

/// Whether an answer may replace the kept one. The count never runs backwards within a cycle: an older answer that
/// arrives late (a retry, a lagging replica) is dropped, and so is one of an ended cycle while the next is kept and runs. An
/// answer for a later cycle always counts, and a kept count that lies in the future holds nothing up.
pub fn supersedes(new: &LineUsage, kept: &LineUsage, now: &Now) -> bool {
    let order = match (starts(new), starts(kept)) {
        (Some(new), Some(kept)) => new.cmp(&kept),
        _ => Ordering::Equal,
    };
    let stands = |usage: &LineUsage| standing(usage.cycle(), now.today);
    if order == Ordering::Less && (stands(new), stands(kept)) == (Standing::Ended, Standing::Current) {
        return false;
    }
    match (new.counted_at, believable(kept.counted_at, now.at)) {
        (Some(new), Some(kept)) => order == Ordering::Greater || new.at >= kept.at,
        // Without both times the order of arrival is all there is.
        _ => true,
    }
}

/// How long an answer is good for: 60 seconds, or what the operator's `max-age` says within 30 seconds to 15 minutes.
pub fn fresh_for(max_age_seconds: Option<u64>) -> SignedDuration {
    let (least, most) = FRESH_FOR_BOUNDS;
    let seconds = max_age_seconds.map_or(FRESH_FOR_SECONDS, |seconds| seconds.clamp(least, most));
    SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX))
}

/// Whether a screen that comes to the front should ask the operator again. A check in the future means that the clock
/// was moved: ask.
pub fn refresh_due(checked_at: Option<Timestamp>, max_age_seconds: Option<u64>, now: Timestamp) -> bool {
    checked_at.is_none_or(|checked_at| {
        let age = now.duration_since(checked_at);
        age < SignedDuration::ZERO || age >= fresh_for(max_age_seconds)
    })
}

fn by_age(at: Timestamp, now: Timestamp) -> BadgeKind {
    let age = now.duration_since(at);
    if age > OLD {
        BadgeKind::Old
    } else if age > FRESH {
        BadgeKind::Aging
    } else {
        BadgeKind::Fresh
    }
}

fn starts(usage: &LineUsage) -> Option<Date> {
    usage.cycle()?.start
}

#[cfg(test)]
pub(crate) mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;
    use crate::usage::model::Bucket;

    fn brussels() -> TimeZone {
        jiff::tz::get!("Europe/Brussels")
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn now_at(at: Timestamp) -> Now {
        Now { at, today: at.to_zoned_datetime(brussels()).date(), clock_off_minutes: None }
    }

    fn counted(at: Timestamp) -> Option<CountedAt> {
        Some(CountedAt { at, zone_assumed: false })
    }

    fn kept(
        counted_at: Option<CountedAt>,
        received_at: Timestamp,
        checked_at: Timestamp,
        cycle: Option<Cycle>,
    ) -> Kept {
        let bucket = Bucket { cycle, ..Bucket::unknown("data") };
        let usage = LineUsage { line: None, counted_at, buckets: vec![bucket], out_of_bundle: vec![] };
        Kept { usage, checked_at, received_at }
    }

    fn usage(counted_at: Option<Timestamp>, start: Option<Date>) -> LineUsage {
        let cycle = Cycle { start, next_start: start.map(|start| start.saturating_add(1.month())) };
        let bucket = Bucket { cycle: Some(cycle), ..Bucket::unknown("data") };
        LineUsage { line: None, counted_at: counted_at.and_then(counted), buckets: vec![bucket], out_of_bundle: vec![] }
    }

    #[test]
    fn the_badge_follows_the_age_of_the_count() {
        let now = now_at(at("2026-11-25T14:00:00+01:00"));
        let november = Some(Cycle { start: Some(date(2026, 11, 1)), next_start: Some(date(2026, 12, 1)) });
        let october = Some(Cycle { start: Some(date(2026, 10, 1)), next_start: Some(date(2026, 11, 1)) });
        let cases = [
            // counted, cycle, badge
            (Some("2026-11-25T14:00:00+01:00"), november, BadgeKind::Fresh),
            (Some("2026-11-25T13:00:00+01:00"), november, BadgeKind::Fresh),
            (Some("2026-11-25T12:59:59+01:00"), november, BadgeKind::Aging),
            (Some("2026-11-24T14:00:00+01:00"), november, BadgeKind::Aging),
            (Some("2026-11-24T13:59:59+01:00"), november, BadgeKind::Old),
            (Some("2026-11-25T13:59:00+01:00"), None, BadgeKind::Fresh),
            // A cycle that has ended wins over every age.
            (Some("2026-11-25T13:59:00+01:00"), october, BadgeKind::PreviousCycle),
            (Some("2026-10-31T23:50:00+01:00"), october, BadgeKind::PreviousCycle),
            (None, october, BadgeKind::PreviousCycle),
            // A little ahead is a clock's unrest; an hour ahead is not a count.
            (Some("2026-11-25T14:20:00+01:00"), november, BadgeKind::Fresh),
            (Some("2026-11-25T15:00:01+01:00"), november, BadgeKind::Unknown),
            (Some("2026-11-30T23:59:59+01:00"), november, BadgeKind::Unknown),
            (None, november, BadgeKind::Unknown),
        ];
        let checked = at("2026-10-31T23:59:00+01:00");
        for (counted_at, cycle, expected) in cases {
            let counted_at = counted_at.map(at);
            let found = freshness(&kept(counted_at.and_then(counted), checked, checked, cycle), &now, &brussels());
            assert_eq!(found.kind, expected, "{counted_at:?} {cycle:?}");
            assert_eq!(found.counted_at.is_some(), counted_at.is_some_and(|at| at < now.at + 1.hour()));
        }
    }

    #[test]
    fn an_operator_that_still_speaks_of_the_old_cycle_is_told_apart_from_one_that_was_not_asked_yet() {
        let october = Cycle { start: Some(date(2026, 10, 1)), next_start: Some(date(2026, 11, 1)) };
        let count = counted(at("2026-10-31T23:10:00+01:00"));
        let cases = [
            // asked, now, badge
            ("2026-10-31T23:59:59+01:00", "2026-10-31T23:59:59+01:00", BadgeKind::Fresh),
            ("2026-10-31T23:59:59+01:00", "2026-11-01T08:00:00+01:00", BadgeKind::PreviousCycle),
            ("2026-11-01T00:00:00+01:00", "2026-11-01T08:00:00+01:00", BadgeKind::RolloverPending),
            ("2026-11-03T12:00:00+01:00", "2026-11-20T08:00:00+01:00", BadgeKind::RolloverPending),
        ];
        for (asked, now, expected) in cases {
            let kept = kept(count, at("2026-10-31T23:20:00+01:00"), at(asked), Some(october));
            assert_eq!(freshness(&kept, &now_at(at(now)), &brussels()).kind, expected, "{asked} {now}");
        }
    }

    #[test]
    fn an_open_bound_is_the_line_s() {
        let day = |day: i8| Some(date(2026, 11, day));
        let cycle = |start, next_start| Some(Cycle { start, next_start });
        let line = cycle(day(1), day(20));
        let cases = [
            (None, line, line),
            (line, None, line),
            (None, None, None),
            (cycle(day(5), day(12)), line, cycle(day(5), day(12))),
            (cycle(day(5), None), line, cycle(day(5), day(20))),
            (cycle(None, None), line, line),
            (cycle(None, day(12)), line, cycle(day(1), day(12))),
            // What begins after the line's cycle does not end with it, nor the other way about.
            (cycle(day(20), None), line, cycle(day(20), None)),
            (cycle(None, day(1)), line, cycle(None, day(1))),
        ];
        for (own, line, expected) in cases {
            assert_eq!(bounded(own, line), expected, "{own:?}");
        }
    }

    #[test]
    fn without_a_count_the_age_of_receipt_is_told_apart() {
        let now = now_at(at("2026-11-25T14:00:00+01:00"));
        let cases = [
            ("2026-11-25T13:30:00+01:00", BadgeKind::Fresh),
            ("2026-11-25T09:30:00+01:00", BadgeKind::Aging),
            ("2026-11-20T09:30:00+01:00", BadgeKind::Old),
        ];
        for (received, expected) in cases {
            let found = freshness(&kept(None, at(received), now.at, None), &now, &brussels());
            assert_eq!((found.kind, found.received), (BadgeKind::Unknown, expected));
        }
    }

    #[test]
    fn a_kept_count_of_the_future_holds_nothing_up() {
        let now = now_at(at("2026-11-25T14:00:00Z"));
        let new = usage(Some(at("2026-11-25T13:55:00Z")), None);
        let cases = [("2099-01-01T00:00:00Z", true), ("2026-11-25T15:01:00Z", true), ("2026-11-25T14:30:00Z", false)];
        for (kept, replaced) in cases {
            assert_eq!(supersedes(&new, &usage(Some(at(kept)), None), &now), replaced, "{kept}");
        }
    }

    #[test]
    fn an_older_count_never_replaces_a_newer_one_within_a_cycle() {
        let (early, late) = (Some(at("2026-11-25T13:00:00Z")), Some(at("2026-11-25T14:00:00Z")));
        let (october, november) = (Some(date(2026, 10, 1)), Some(date(2026, 11, 1)));
        let cases = [
            // new, kept, replaces
            ((late, november), (early, november), true),
            ((late, november), (late, november), true),
            ((early, november), (late, november), false),
            // The next cycle counts from its first answer; the last one does not come back by an older count.
            ((early, november), (late, october), true),
            ((early, october), (late, november), false),
            // An operator that corrects its dates is followed, as long as the count goes on.
            ((late, october), (early, november), true),
            // Without times the order of arrival is all there is.
            ((None, november), (late, november), true),
            ((early, november), (None, november), true),
            ((early, None), (late, november), false),
        ];
        let now = now_at(at("2026-12-01T12:00:00Z"));
        for ((new_at, new_start), (kept_at, kept_start), expected) in cases {
            let (new, kept) = (usage(new_at, new_start), usage(kept_at, kept_start));
            assert_eq!(
                supersedes(&new, &kept, &now),
                expected,
                "{new_at:?} {new_start:?} over {kept_at:?} {kept_start:?}"
            );
        }
    }

    /// At the turn of a cycle an operator's servers do not change over at one moment.
    #[test]
    fn an_ended_cycle_does_not_come_back_over_the_one_that_runs() {
        let (early, late) = (Some(at("2026-12-01T00:01:00Z")), Some(at("2026-12-01T00:05:00Z")));
        let [october, november, december] = [10, 11, 12].map(|month| Some(date(2026, month, 1)));
        let cases = [
            (november, december, false),
            (december, november, true),
            // Neither runs, or both do: the count decides.
            (october, november, true),
            (november, november, true),
            (Some(date(2026, 11, 15)), december, true),
        ];
        let now = now_at(at("2026-12-01T00:06:00Z"));
        for (new, kept, expected) in cases {
            assert_eq!(supersedes(&usage(late, new), &usage(early, kept), &now), expected, "{new:?} over {kept:?}");
        }
    }

    #[test]
    fn a_refresh_is_due_after_a_minute_or_what_the_operator_says_within_bounds() {
        let now = at("2026-11-25T14:00:00Z");
        let cases = [
            // age in seconds, max-age, due
            (None, None, true),
            (Some(59), None, false),
            (Some(60), None, true),
            (Some(29), Some(0), false),
            (Some(30), Some(0), true),
            (Some(119), Some(120), false),
            (Some(120), Some(120), true),
            (Some(899), Some(u64::MAX), false),
            (Some(900), Some(u64::MAX), true),
            (Some(-1), None, true),
        ];
        for (age, max_age, expected) in cases {
            let checked = age.map(|age| now - SignedDuration::from_secs(age));
            assert_eq!(refresh_due(checked, max_age, now), expected, "{age:?} {max_age:?}");
        }
    }

    /// Any cycle of 1 to 62 days over five years, leap February and both clock changes included, and an instant near
    /// its bounds or far away.
    pub(crate) fn cycle_and_instant() -> impl Strategy<Value = (Cycle, Timestamp)> {
        let near = prop_oneof![-7_200i64..7_200, -200_000i64..200_000, -9_000_000i64..9_000_000];
        (0i64..2_000, 1i64..=62, any::<bool>(), near).prop_map(|(day, length, from_end, offset)| {
            let start = date(2024, 1, 1).saturating_add(day.days());
            let next_start = start.saturating_add(length.days());
            let bound = if from_end { next_start } else { start };
            let instant = bound.to_zoned_datetime(brussels()).unwrap().timestamp();
            let cycle = Cycle { start: Some(start), next_start: Some(next_start) };
            (cycle, instant + SignedDuration::from_secs(offset))
        })
    }

    proptest! {
        #![proptest_config(crate::trials::config(20_000))]

        #[test]
        fn values_are_current_exactly_from_the_first_local_midnight_to_the_last((cycle, instant) in cycle_and_instant()) {
            let midnight = |day: Option<Date>| day.unwrap().to_zoned_datetime(brussels()).unwrap().timestamp();
            let now = now_at(instant);
            let expected = if instant >= midnight(cycle.next_start) {
                Standing::Ended
            } else if instant < midnight(cycle.start) {
                Standing::Upcoming
            } else {
                Standing::Current
            };
            prop_assert_eq!(standing(Some(cycle), now.today), expected);
            let kind = freshness(&kept(counted(instant), instant, instant, Some(cycle)), &now, &brussels()).kind;
            prop_assert_eq!(kind == BadgeKind::RolloverPending, expected == Standing::Ended);
        }

        #[test]
        fn the_count_never_runs_backwards_however_answers_arrive(
            answers in proptest::collection::vec((0i64..100, 0u8..3), 1..12)
        ) {
            let base = at("2026-11-25T00:00:00Z");
            let mut kept: Option<LineUsage> = None;
            for (minutes, month) in answers {
                let start = date(2026, 10, 1).saturating_add(i64::from(month).months());
                let new = usage(Some(base + SignedDuration::from_mins(minutes)), Some(start));
                let replaces = kept.as_ref().is_none_or(|kept| supersedes(&new, kept, &now_at(base + SignedDuration::from_hours(3))));
                if let Some(kept) = kept.as_ref().filter(|_| replaces)
                    && starts(kept) == starts(&new)
                {
                    prop_assert!(new.counted_at.unwrap().at >= kept.counted_at.unwrap().at);
                }
                if replaces {
                    kept = Some(new);
                }
            }
        }
    }
}
