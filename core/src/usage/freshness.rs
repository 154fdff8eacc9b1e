//! How old values are and whether they may be shown as "now". An operator counts late, a phone sleeps, a cycle ends:
//! values of an ended cycle are never current, and the age is that of the count, never that of our call.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::model::{CountedAt, Cycle, LineUsage};
use super::state::Now;
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

/// The freshness of a line's values.
pub fn freshness(counted_at: Option<CountedAt>, received_at: Timestamp, cycle: Option<Cycle>, now: &Now) -> Freshness {
    let counted_at = counted_at.filter(|counted| counted.at.duration_since(now.at) <= BELIEVABLE_AHEAD);
    let kind = match (standing(cycle, now.today), counted_at) {
        (Standing::Ended, _) => BadgeKind::PreviousCycle,
        (_, Some(counted)) => by_age(counted.at, now.at),
        (_, None) => BadgeKind::Unknown,
    };
    let received = if counted_at.is_some() { kind } else { by_age(received_at, now.at) };
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

/// Whether an answer may replace the kept one. The count never runs backwards within a cycle: an older answer that
/// arrives late (a retry, a lagging replica) is dropped. An answer for a later cycle always counts.
pub fn supersedes(new: &LineUsage, kept: &LineUsage) -> bool {
    let begins_later = match (starts(new), starts(kept)) {
        (Some(new), Some(kept)) => new > kept,
        _ => false,
    };
    match (new.counted_at, kept.counted_at) {
        (Some(new), Some(kept)) => begins_later || new.at >= kept.at,
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
