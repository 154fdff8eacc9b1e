//! The sandbox's own time. Every date it writes comes from here, so a test can stand on any day and move on
//! by seconds or months. It stands still unless told to run along with the wall clock.

use std::time::Instant;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// The operator counts usage every fifteen minutes, three minutes past the quarter.
const COUNT_EVERY_SECONDS: i64 = 15 * 60;
const COUNT_OFFSET_SECONDS: i64 = 3 * 60;

/// The years 2000 to 2099: far from where sums of times end.
const EARLIEST: Timestamp = Timestamp::constant(946_684_800, 0);
const LATEST: Timestamp = Timestamp::constant(4_102_444_800, 0);

/// The only time zone the sandbox operator works in.
pub(crate) fn brussels() -> TimeZone {
    jiff::tz::get!("Europe/Brussels")
}

#[derive(Debug)]
pub(crate) struct Clock {
    base: Timestamp,
    running_since: Option<Instant>,
}

impl Clock {
    pub(crate) fn new(now: Timestamp, running: bool) -> Self {
        Self::begun(now, running, Instant::now())
    }

    /// One that showed this time then.
    pub(crate) fn begun(now: Timestamp, running: bool, then: Instant) -> Self {
        Self { base: now, running_since: running.then_some(then) }
    }

    /// Whether it moves by itself.
    pub(crate) fn runs(&self) -> bool {
        self.running_since.is_some()
    }

    pub(crate) fn now(&self) -> Timestamp {
        let ran = self.running_since.map(|since| since.elapsed());
        let ran = SignedDuration::try_from(ran.unwrap_or_default()).unwrap_or_default();
        self.base.checked_add(ran).unwrap_or(self.base)
    }

    /// Moves on, or back; not beyond what its dates are written for, and then not at all. False: it did not.
    pub(crate) fn advance(&mut self, seconds: i64) -> bool {
        let moved = self.base.checked_add(SignedDuration::from_secs(seconds)).ok();
        let moved = moved.filter(|moved| (EARLIEST..LATEST).contains(moved));
        self.base = moved.unwrap_or(self.base);
        moved.is_some()
    }
}

/// When the usage known at `now` was counted: the last :03, :18, :33 or :48.
pub(crate) fn counted_at(now: Timestamp) -> Timestamp {
    let second = now.as_second();
    let since = (second - COUNT_OFFSET_SECONDS).rem_euclid(COUNT_EVERY_SECONDS);
    Timestamp::from_second(second - since).unwrap_or(now)
}

/// A billing cycle: one calendar month in Brussels, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cycle {
    pub(crate) first_day: Date,
    pub(crate) next_first_day: Date,
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
}

impl Cycle {
    pub(crate) fn containing(at: Timestamp) -> Self {
        let first_day = at.to_zoned_datetime(brussels()).date().first_of_month();
        let next_first_day = first_day.saturating_add(1.month());
        Self {
            first_day,
            next_first_day,
            start: midnight(first_day).unwrap_or(at),
            end: midnight(next_first_day).unwrap_or(at),
        }
    }

    /// The cycle a day is in.
    pub(crate) fn of_day(day: Date) -> Self {
        Self::containing(midnight(day).unwrap_or_default())
    }

    pub(crate) fn seconds(&self) -> i64 {
        self.end.as_second() - self.start.as_second()
    }

    /// Whole months since November 2026, the month of the documented scene.
    pub(crate) fn months_since_scene(&self) -> i64 {
        i64::from(self.first_day.year()) * 12 + i64::from(self.first_day.month()) - (2026 * 12 + 11)
    }
}

fn midnight(day: Date) -> Option<Timestamp> {
    day.to_zoned_datetime(brussels()).ok().map(|zoned| zoned.timestamp())
}

/// RFC 3339 with the Brussels offset of that moment, as the operator writes every time.
pub(crate) fn wire_time(at: Timestamp) -> String {
    at.to_zoned_datetime(brussels()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// RFC 3339 midnight at the start of a Brussels day.
pub(crate) fn wire_day(day: Date) -> String {
    midnight(day).map(wire_time).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usage_is_counted_three_minutes_past_every_quarter() {
        for (now, counted) in [
            ("2026-11-25T14:05:00+01:00", "2026-11-25T14:03:00+01:00"),
            ("2026-11-25T14:03:00+01:00", "2026-11-25T14:03:00+01:00"),
            ("2026-11-25T14:02:59+01:00", "2026-11-25T13:48:00+01:00"),
            ("2026-12-01T00:01:00+01:00", "2026-11-30T23:48:00+01:00"),
        ] {
            let now: Timestamp = now.parse().unwrap();
            assert_eq!(wire_time(counted_at(now)), counted);
        }
    }

    #[test]
    fn a_cycle_is_a_brussels_month_also_over_the_change_to_summer_time() {
        let cycle = Cycle::containing("2026-03-31T22:30:00Z".parse().unwrap());
        assert_eq!(wire_time(cycle.start), "2026-04-01T00:00:00+02:00");
        assert_eq!(wire_time(cycle.end), "2026-05-01T00:00:00+02:00");
        let march = Cycle::containing("2026-03-15T12:00:00Z".parse().unwrap());
        assert_eq!(march.seconds(), 31 * 86_400 - 3_600);
    }
}
