//! An operator on a bad day: it is down now and then, says so in every way there is, and cannot serve everybody at once.

use std::collections::VecDeque;

use super::{HOUR_MS, MINUTE_MS, timestamp};
use crate::operator::retry::LONGEST_WAIT_S;

/// How it says that it cannot serve now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// 503, `Retry-After` in seconds.
    Seconds(u32),
    /// 503, `Retry-After` as the date of the end.
    Date,
    /// 503, `Retry-After` as a date that is past: of a clock that is slow.
    PastDate,
    /// 500, and nothing.
    Silent,
    /// No way to it.
    OutOfReach,
}

/// A trouble with its time.
#[derive(Debug, Clone, Copy)]
struct Outage {
    trouble: Trouble,
    from_ms: i64,
    to_ms: i64,
    met: u32,
}

/// Why there is no answer.
pub enum Refused {
    OutOfReach,
    /// A status, and what `Retry-After` says.
    Status(u16, Option<String>),
}

/// So many in ten seconds are served.
const AT_ONCE: usize = 60;
const TEN_SECONDS_MS: i64 = 10_000;
/// The rest is told to come back after so long.
const BUSY_S: u32 = 300;

#[derive(Debug)]
pub struct Operator {
    /// Requests that arrived, whatever came of them.
    pub asked: usize,
    pub answered: usize,
    pub told_to_wait: usize,
    /// Requests before the time that was named.
    pub too_early: Vec<String>,
    /// Until when each phone was asked to wait.
    wait_until_ms: Vec<i64>,
    outages: Vec<Outage>,
    served_ms: VecDeque<i64>,
}

impl Operator {
    /// `chance` gives a number below another.
    pub fn new(phones: usize, morning_ms: i64, chance: &mut dyn FnMut(i64) -> i64) -> Operator {
        let troubles = [
            Trouble::Seconds(120),
            Trouble::Date,
            Trouble::PastDate,
            Trouble::Silent,
            Trouble::OutOfReach,
            Trouble::Seconds(3_600),
        ];
        let outages = (0..).zip(troubles).map(|(at, trouble)| {
            // One in each of six slots, none at noon.
            let from_ms = morning_ms + at * 4 * HOUR_MS + HOUR_MS + chance(2 * HOUR_MS);
            let length_ms = 5 * MINUTE_MS + chance(5 * MINUTE_MS);
            Outage { trouble, from_ms, to_ms: from_ms + length_ms, met: 0 }
        });
        Operator {
            asked: 0,
            answered: 0,
            told_to_wait: 0,
            too_early: Vec::new(),
            wait_until_ms: vec![i64::MIN; phones],
            outages: outages.collect(),
            served_ms: VecDeque::new(),
        }
    }

    pub fn each_trouble_was_met(&self) -> bool {
        self.outages.iter().all(|outage| outage.met > 0)
    }

    pub fn arrives(&mut self, phone: usize, now_ms: i64) -> Result<(), Refused> {
        let outage = self.outages.iter_mut().find(|outage| (outage.from_ms..outage.to_ms).contains(&now_ms));
        if let Some(outage) = outage {
            outage.met += 1;
            let Outage { trouble, to_ms, .. } = *outage;
            // What does not arrive is no load.
            if trouble == Trouble::OutOfReach {
                return Err(Refused::OutOfReach);
            }
            self.counts(phone, now_ms);
            return Err(match trouble {
                Trouble::Seconds(seconds) => {
                    self.waits(phone, now_ms, 503, seconds.to_string(), now_ms + i64::from(seconds) * 1000)
                }
                Trouble::Date => self.waits(phone, now_ms, 503, date(to_ms), to_ms / 1000 * 1000),
                Trouble::PastDate => Refused::Status(503, Some(date(now_ms - HOUR_MS))),
                Trouble::Silent | Trouble::OutOfReach => Refused::Status(500, None),
            });
        }
        self.counts(phone, now_ms);
        self.served_ms.retain(|served_ms| *served_ms > now_ms - TEN_SECONDS_MS);
        if self.served_ms.len() >= AT_ONCE {
            return Err(self.waits(phone, now_ms, 429, BUSY_S.to_string(), now_ms + i64::from(BUSY_S) * 1000));
        }
        self.served_ms.push_back(now_ms);
        self.answered += 1;
        Ok(())
    }

    fn counts(&mut self, phone: usize, now_ms: i64) {
        self.asked += 1;
        let until_ms = self.wait_until_ms[phone];
        if now_ms < until_ms && self.too_early.len() < 5 {
            self.too_early.push(format!(
                "phone {phone} {} s too early, at {}",
                (until_ms - now_ms) / 1000,
                date(now_ms)
            ));
        }
    }

    /// Longer than a quarter of an hour nobody waits.
    fn waits(&mut self, phone: usize, now_ms: i64, status: u16, header: String, until_ms: i64) -> Refused {
        self.told_to_wait += 1;
        self.wait_until_ms[phone] = until_ms.min(now_ms + i64::from(LONGEST_WAIT_S) * 1000);
        Refused::Status(status, Some(header))
    }
}

/// An HTTP date (RFC 9110 §5.6.7).
pub fn date(at_ms: i64) -> String {
    timestamp(at_ms).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
