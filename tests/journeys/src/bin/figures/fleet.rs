//! A day of a million phones by the core's own schedule: every phone asks in the background, people open the app three
//! times, an alert is pushed to all at noon, and in the afternoon the operator is down for twenty minutes: it asks whoever
//! comes to leave it alone for fifteen, or it is simply not there, and the core tries on its own.

use std::hash::{DefaultHasher, Hash, Hasher};

use companion::host::{Entropy, HostError};
use companion::operator::gate::Gate;
use companion::operator::retry::TRIES;
use companion::operator::schedule::{after_failure_ms, next_ms, place};
use url::{Origin, Url};

const PHONES: u32 = 1_000_000;
const MINUTE_MS: i64 = 60_000;
/// 26 November 2026, midnight in Brussels, and the minutes of that day.
const MIDNIGHT_MS: i64 = 1_795_647_600_000;
const MINUTES: usize = 24 * 60;
const NOON: usize = 12 * 60;
/// Down from 15:00 for twenty minutes.
const DOWN: std::ops::Range<usize> = 15 * 60..15 * 60 + 20;
const WAIT_S: u32 = 900;
/// How often a person opens the app, at any hour: when people are awake is no matter of the core's.
const OPENS: u64 = 3;
/// Of a hundred phones, so many whose person opens the app within a minute of the alert.
const OPEN_AT_NOON: u32 = 5;

/// The busiest minute against the day's mean: outside the first minute after the push, and in the hours after the outage.
/// `asks_to_wait`: the operator says `Retry-After` while it is down.
pub fn day(asks_to_wait: bool) -> [f64; 2] {
    let origin = Url::parse("https://api.example").expect("an address").origin();
    let mut minutes = vec![0u32; MINUTES];
    for number in 0..PHONES {
        let place = place(&format!("phone {number}"));
        let phone = Phone { number, place, gate: Gate::default(), origin: &origin, asks_to_wait };
        phone.lives(&mut minutes);
    }
    let mean = f64::from(minutes.iter().sum::<u32>()) / f64::from(u32::try_from(MINUTES).unwrap_or(1));
    let busiest = |minutes: &[u32]| f64::from(minutes.iter().copied().max().unwrap_or_default()) / mean;
    let usual = [&minutes[..NOON], &minutes[NOON + 1..DOWN.start]].concat();
    [busiest(&usual), busiest(&minutes[DOWN.end..])]
}

struct Phone<'a> {
    number: u32,
    place: u64,
    gate: Gate,
    origin: &'a Origin,
    asks_to_wait: bool,
}

impl Phone<'_> {
    fn lives(&self, minutes: &mut [u32]) {
        let mut opens: Vec<i64> = (0..OPENS).map(|turn| MIDNIGHT_MS + self.any_time(turn)).collect();
        if self.number % 100 < OPEN_AT_NOON {
            opens.push(MIDNIGHT_MS + 12 * 60 * MINUTE_MS);
        }
        let mut background_ms = next_ms(self.place, MIDNIGHT_MS - 1);
        while let Some(at_ms) = opens.iter().copied().chain([background_ms]).min().filter(|at| minute(*at).is_some()) {
            let answered = self.asks(at_ms, minutes);
            if at_ms == background_ms {
                background_ms = match answered {
                    true => next_ms(self.place, at_ms),
                    false => after_failure_ms(self.place, at_ms, self.asks_to_wait.then_some(WAIT_S)),
                };
                continue;
            }
            opens.retain(|open_ms| *open_ms != at_ms);
            // Told when to try again, the person does so the moment the wait is over; told nothing, in five minutes.
            let wait_s = self.gate.left(self.origin, at_ms).or((!self.asks_to_wait).then_some(300));
            opens.extend(wait_s.filter(|_| !answered).map(|wait_s| at_ms + i64::from(wait_s) * 1000));
        }
    }

    /// One request, unless the operator asked to be left alone. Tells whether it was answered.
    fn asks(&self, at_ms: i64, minutes: &mut [u32]) -> bool {
        if self.gate.left(self.origin, at_ms).is_some() {
            return false;
        }
        let Some(minute) = minute(at_ms) else { return true };
        let down = DOWN.contains(&minute);
        minutes[minute] += if down && !self.asks_to_wait { TRIES } else { 1 };
        if down && self.asks_to_wait {
            self.gate.close(self.origin.clone(), WAIT_S, at_ms, &Chance(self.any_time(at_ms.unsigned_abs())));
        }
        !down
    }

    /// A moment of the day, in milliseconds.
    fn any_time(&self, turn: u64) -> i64 {
        let mut hash = DefaultHasher::new();
        (self.place, turn).hash(&mut hash);
        i64::try_from(hash.finish() % (24 * 60 * 60_000)).unwrap_or_default()
    }
}

/// The phone's randomness, the same in every run.
struct Chance(i64);

impl Entropy for Chance {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), HostError> {
        let mut hash = DefaultHasher::new();
        self.0.hash(&mut hash);
        bytes.iter_mut().zip(hash.finish().to_le_bytes()).for_each(|(byte, random)| *byte = random);
        Ok(())
    }
}

fn minute(at_ms: i64) -> Option<usize> {
    usize::try_from((at_ms - MIDNIGHT_MS).div_euclid(MINUTE_MS)).ok().filter(|minute| *minute < MINUTES)
}
