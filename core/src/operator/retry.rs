//! When to ask again: full jitter between tries, and `Retry-After` as a floor for everybody (RFC 9110 §10.2.3).

use std::time::Duration;

use jiff::Timestamp;

use super::time::http_date;
use crate::host::{Entropy, HostError};

/// Tries of one call in the foreground, the first included.
pub const TRIES: u32 = 3;
/// Changes of the path that one call goes along with, while nothing comes of it.
const FLIPS: u32 = 8;
const BASE_MS: u64 = 500;
const CAP_MS: u64 = 30_000;
/// A server that asks for more is asked again after this all the same.
pub const LONGEST_WAIT_S: u32 = 15 * 60;

/// How long to pause after the `tried`th try (1 = the first): evenly anywhere up to a doubling bound.
pub fn jittered(tried: u32, entropy: &dyn Entropy) -> Result<Duration, HostError> {
    let bound = 2u64.saturating_pow(tried.saturating_sub(1)).saturating_mul(BASE_MS).min(CAP_MS);
    let mut bytes = [0; 8];
    entropy.fill(&mut bytes)?;
    let random = u64::from_le_bytes(bytes).checked_rem(bound.saturating_add(1)).unwrap_or(0);
    Ok(Duration::from_millis(random))
}

/// How long to pause when the path to the network has changed, after so many changes before it. At once after the first,
/// nobody's failure: the new path may be good already. One that goes on changing is no path yet, and after some time of
/// that nothing more is sent: none.
pub fn after_flip(before: u32, entropy: &dyn Entropy) -> Result<Option<Duration>, HostError> {
    match before {
        0 => Ok(Some(Duration::ZERO)),
        1..FLIPS => jittered(1, entropy).map(Some),
        _ => Ok(None),
    }
}

/// The longest wait that is told of one thing with a limit of its own, which holds nothing else up.
pub const LONGEST_OWN_WAIT_S: u32 = 24 * 60 * 60;

/// Seconds a server asks to wait, in either form of the header, at most `longest_s`.
pub fn retry_after(header: &str, now: Timestamp, longest_s: u32) -> Option<u32> {
    let header = header.trim();
    let seconds = if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        // More than fits is as long as it gets.
        header.parse().unwrap_or(u32::MAX)
    } else {
        let ms = http_date(header)?.as_millisecond().saturating_sub(now.as_millisecond());
        u32::try_from(ms.max(0).saturating_add(999) / 1000).unwrap_or(u32::MAX)
    };
    Some(seconds.min(longest_s))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::SystemEntropy;

    #[test]
    fn both_forms_of_retry_after_are_read() {
        let now: Timestamp = "2026-11-25T13:05:00Z".parse().unwrap();
        let cases = [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("999999", Some(900)),
            ("99999999999999999999", Some(900)),
            ("Sun, 25 Nov 2525 13:06:30 GMT", Some(900)),
            ("Wed, 25 Nov 2026 13:06:30 GMT", Some(90)),
            ("Wed, 25 Nov 2026 13:00:00 GMT", Some(0)),
            ("soon", None),
            ("-5", None),
            ("", None),
        ];
        for (header, expected) in cases {
            assert_eq!(retry_after(header, now, LONGEST_WAIT_S), expected, "{header:?}");
        }
    }

    #[test]
    fn a_path_that_changes_is_followed_at_once_then_with_a_pause_and_not_for_ever() {
        let waits: Vec<_> = (0..12).map(|before| after_flip(before, &SystemEntropy).unwrap()).collect();
        assert_eq!(waits[0], Some(Duration::ZERO));
        assert!(
            waits[1..8].iter().all(|wait| wait.is_some_and(|wait| wait <= Duration::from_millis(500))),
            "{waits:?}"
        );
        assert!(waits[1..8].iter().any(|wait| *wait > Some(Duration::ZERO)), "{waits:?}");
        assert_eq!(waits[8..], [None; 4]);
    }

    #[test]
    fn pauses_stay_under_their_doubling_bound() {
        for (tried, bound) in [(1, 500), (2, 1000), (3, 2000), (40, CAP_MS)] {
            for _ in 0..200 {
                assert!(jittered(tried, &SystemEntropy).unwrap() <= Duration::from_millis(bound));
            }
        }
    }
}
