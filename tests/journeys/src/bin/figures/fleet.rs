//! A day of a million phones by the core's own schedule: every phone asks in the background, people open the app, an alert
//! is pushed to all at noon, and in the afternoon the operator is down for twenty minutes.

use companion::operator::schedule::{after_failure_ms, next_ms, place};

const PHONES: u32 = 1_000_000;
const MINUTE_MS: i64 = 60_000;
/// 26 November 2026, midnight in Brussels, and the minutes of that day.
const MIDNIGHT_MS: i64 = 1_795_647_600_000;
const MINUTES: usize = 24 * 60;
const NOON: usize = 12 * 60;
/// Down from 15:00 for twenty minutes, asking to be left alone for two.
const DOWN: std::ops::Range<usize> = 15 * 60..15 * 60 + 20;
const WAIT_S: u32 = 120;
/// Of a hundred phones, so many whose person opens the app within a minute of the alert.
const OPEN_AT_NOON: u32 = 5;

/// The busiest minute against the day's mean: outside the first minute after the push, and in the hours after the outage.
pub fn day() -> [f64; 2] {
    let mut minutes = vec![0u32; MINUTES];
    for phone in 0..PHONES {
        one(place(&format!("phone {phone}")), phone, &mut minutes);
    }
    let mean = f64::from(minutes.iter().sum::<u32>()) / f64::from(u32::try_from(MINUTES).unwrap_or(1));
    let busiest = |minutes: &[u32]| f64::from(minutes.iter().copied().max().unwrap_or_default()) / mean;
    let usual = [&minutes[..NOON], &minutes[NOON + 1..DOWN.start]].concat();
    [busiest(&usual), busiest(&minutes[DOWN.end..])]
}

fn one(place: u64, phone: u32, minutes: &mut [u32]) {
    let mut at_ms = next_ms(place, MIDNIGHT_MS - 1);
    while let Some(minute) = minute(at_ms) {
        minutes[minute] += 1;
        at_ms =
            if DOWN.contains(&minute) { after_failure_ms(place, at_ms, Some(WAIT_S)) } else { next_ms(place, at_ms) };
    }
    if phone % 100 < OPEN_AT_NOON {
        minutes[NOON] += 1;
    }
}

fn minute(at_ms: i64) -> Option<usize> {
    usize::try_from((at_ms - MIDNIGHT_MS).div_euclid(MINUTE_MS)).ok().filter(|minute| *minute < MINUTES)
}
