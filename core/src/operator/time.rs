//! What time it is at the operator's. A phone's wall clock may be wrong or changed on the way; the `Date` of the
//! operator's last answer plus the phone's boot clock is not (RFC 9110 §6.6.1).

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde::{Deserialize, Serialize};

use crate::host::ClockReading;

/// Further off than this, the phone's clock is worth a word.
const WORTH_A_WORD_MS: u64 = 5 * 60 * 1000;

/// The operator's time at one moment of the phone's boot clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The `Date` of an answer, in milliseconds since 1970 UTC.
    pub server_ms: i64,
    /// The phone's boot clock when it came in.
    pub elapsed_ms: i64,
    /// Which boot that was.
    pub boot_id: String,
}

/// The best known time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BestTime {
    /// The instant.
    pub at: Timestamp,
    /// By how many minutes the phone's wall clock is ahead, when it is off by more than five.
    pub wall_off_minutes: Option<i64>,
}

/// Keeps the last anchor.
#[derive(Debug, Default)]
pub struct OperatorTime {
    anchor: Mutex<Option<Anchor>>,
}

impl OperatorTime {
    /// Starts from a kept anchor.
    pub fn new(anchor: Option<Anchor>) -> Self {
        OperatorTime { anchor: Mutex::new(anchor) }
    }

    /// The last anchor, to be kept.
    pub fn anchor(&self) -> Option<Anchor> {
        self.anchor.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes the `Date` of an answer that just came in.
    pub fn learn(&self, date: Timestamp, reading: &ClockReading) {
        let anchor = Anchor {
            server_ms: date.as_millisecond(),
            elapsed_ms: reading.elapsed_ms,
            boot_id: reading.boot_id.clone(),
        };
        *self.anchor.lock().unwrap_or_else(PoisonError::into_inner) = Some(anchor);
    }

    /// The best known time: the operator's plus what passed since; after a reboot the phone's wall clock, but never
    /// before the operator's last date.
    pub fn best(&self, reading: &ClockReading) -> BestTime {
        let anchor = self.anchor();
        let best_ms = match &anchor {
            None => reading.wall_ms,
            Some(anchor) if anchor.boot_id == reading.boot_id && reading.elapsed_ms >= anchor.elapsed_ms => {
                anchor.server_ms.saturating_add(reading.elapsed_ms.saturating_sub(anchor.elapsed_ms))
            }
            Some(anchor) => reading.wall_ms.max(anchor.server_ms),
        };
        let off = reading.wall_ms.saturating_sub(best_ms);
        BestTime {
            at: timestamp(best_ms),
            wall_off_minutes: (off.unsigned_abs() > WORTH_A_WORD_MS).then_some(off / 60_000),
        }
    }
}

/// The instant of a millisecond count; one far outside the calendar becomes its edge.
pub fn timestamp(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(if ms < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// Reads an HTTP date (RFC 9110 §5.6.7, the IMF-fixdate form).
pub fn http_date(text: &str) -> Option<Timestamp> {
    rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

/// Whether something is older than `age_ms`; what lies in the future counts as old, since the clock was moved.
pub fn is_older(at_ms: i64, age_ms: i64, now_ms: i64) -> bool {
    !(0..age_ms).contains(&now_ms.saturating_sub(at_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;
    const NOON: i64 = 1_795_608_000_000;

    fn reading(wall_ms: i64, elapsed_ms: i64, boot_id: &str) -> ClockReading {
        ClockReading { wall_ms, elapsed_ms, boot_id: boot_id.to_owned() }
    }

    #[test]
    fn the_operators_date_and_the_boot_clock_win_over_a_changed_wall_clock() {
        let time = OperatorTime::default();
        time.learn(timestamp(NOON), &reading(NOON, 1000, "boot"));
        let best = time.best(&reading(NOON - 30 * HOUR, 1000 + HOUR, "boot"));
        assert_eq!(best.at, timestamp(NOON + HOUR));
        assert_eq!(best.wall_off_minutes, Some(-31 * 60));
    }

    #[test]
    fn after_a_reboot_the_wall_clock_counts_but_never_before_the_last_date() {
        let time = OperatorTime::default();
        time.learn(timestamp(NOON), &reading(NOON, 1000, "boot"));
        assert_eq!(time.best(&reading(NOON + HOUR, 5, "next")).at, timestamp(NOON + HOUR));
        assert_eq!(time.best(&reading(NOON - HOUR, 5, "next")).at, timestamp(NOON));
    }

    #[test]
    fn five_minutes_off_is_not_worth_a_word() {
        let time = OperatorTime::default();
        time.learn(timestamp(NOON), &reading(NOON, 0, "boot"));
        assert_eq!(time.best(&reading(NOON + 300_000, 0, "boot")).wall_off_minutes, None);
        assert_eq!(time.best(&reading(NOON + 300_001, 0, "boot")).wall_off_minutes, Some(5));
    }

    #[test]
    fn http_dates_are_read_and_nonsense_is_not() {
        assert_eq!(http_date("Wed, 25 Nov 2026 13:05:00 GMT"), "2026-11-25T13:05:00Z".parse().ok());
        assert_eq!(http_date("yesterday"), None);
    }
}
