//! How long the operator asked to be left alone (RFC 9110 §10.2.3), origin by origin: a floor for everybody, also after the
//! app was started anew, and a little more, so that those it asked at one moment do not come back at one moment.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use url::{Origin, Url};

use super::retry::LONGEST_WAIT_S;
use crate::host::Entropy;

/// Up to a tenth is added to what is asked for.
const SPREAD: u64 = 10;
/// No wait that was kept is longer than any could be.
const LONGEST_MS: i64 = LONGEST_WAIT_S as i64 * 1100;

/// Until when each origin is not asked.
#[derive(Debug, Default)]
pub struct Gate {
    /// Boot-clock milliseconds.
    not_before: Mutex<HashMap<Origin, i64>>,
}

/// A wait that outlives the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The origin.
    pub origin: String,
    /// Until when, in milliseconds since 1970 UTC, by the operator's clock.
    pub until_ms: i64,
}

impl Gate {
    /// The origin asks to be left alone for so many seconds.
    pub fn close(&self, origin: Origin, seconds: u32, elapsed_ms: i64, entropy: &dyn Entropy) {
        let asked_ms = u64::from(seconds).saturating_mul(1000);
        let mut bytes = [0; 8];
        // Without chance it is what was asked for, and no more.
        let _ = entropy.fill(&mut bytes);
        let spread = asked_ms.checked_div(SPREAD).unwrap_or_default().saturating_add(1);
        let more = u64::from_le_bytes(bytes).checked_rem(spread).unwrap_or_default();
        let wait_ms = i64::try_from(asked_ms.saturating_add(more)).unwrap_or(LONGEST_MS);
        self.lock().insert(origin, elapsed_ms.saturating_add(wait_ms));
    }

    /// Seconds still to wait, when there are any.
    pub fn left(&self, origin: &Origin, elapsed_ms: i64) -> Option<u32> {
        let left_ms = self.lock().get(origin)?.saturating_sub(elapsed_ms);
        (left_ms > 0).then(|| u32::try_from(left_ms.saturating_add(999) / 1000).unwrap_or(u32::MAX))
    }

    /// What outlives the process. `now_ms` is the operator's time at that reading of the boot clock.
    pub fn waits(&self, elapsed_ms: i64, now_ms: i64) -> Vec<Wait> {
        let lock = self.lock();
        let open = lock.iter().filter(|(_, until)| **until > elapsed_ms);
        open.map(|(origin, until)| Wait {
            origin: origin.ascii_serialization(),
            until_ms: now_ms.saturating_add(until.saturating_sub(elapsed_ms)),
        })
        .collect()
    }

    /// Takes up what an earlier process was asked for.
    pub fn restore(&self, waits: &[Wait], elapsed_ms: i64, now_ms: i64) {
        let mut lock = self.lock();
        for wait in waits {
            let Ok(origin) = Url::parse(&wait.origin) else { continue };
            let left_ms = wait.until_ms.saturating_sub(now_ms).clamp(0, LONGEST_MS);
            lock.insert(origin.origin(), elapsed_ms.saturating_add(left_ms));
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Origin, i64>> {
        self.not_before.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::host::SystemEntropy;

    fn origin() -> Origin {
        Url::parse("https://api.example").unwrap().origin()
    }

    proptest! {
        #![proptest_config(crate::trials::config(1000))]

        #[test]
        fn i18_what_was_asked_for_is_the_least_and_a_tenth_more_the_most_also_over_a_restart(
            seconds in 0..=LONGEST_WAIT_S, died_after_ms in 0i64..1_000_000, rebooted in any::<bool>(),
        ) {
            let gate = Gate::default();
            gate.close(origin(), seconds, 5_000, &SystemEntropy);
            let asked_ms = i64::from(seconds) * 1000;
            prop_assert_eq!(gate.left(&origin(), 5_000).is_some(), seconds > 0);
            if seconds > 0 {
                prop_assert!(gate.left(&origin(), 5_000 + asked_ms - 1).is_some());
            }
            prop_assert_eq!(gate.left(&origin(), 5_000 + asked_ms + asked_ms / 10 + 1), None);

            let kept = gate.waits(5_000, 1_000_000_000);
            let (elapsed, now) = (if rebooted { 70 } else { 5_000 + died_after_ms }, 1_000_000_000 + died_after_ms);
            let next = Gate::default();
            next.restore(&kept, elapsed, now);
            let left_ms = asked_ms - died_after_ms;
            if left_ms > 0 {
                prop_assert!(next.left(&origin(), elapsed + left_ms - 1).is_some(), "asked too early after a restart");
            }
            prop_assert_eq!(next.left(&origin(), elapsed + (left_ms + asked_ms / 10).max(0) + 1), None);
        }
    }

    #[test]
    fn a_kept_wait_of_a_clock_that_went_astray_is_no_longer_than_any_could_be() {
        let gate = Gate::default();
        let wait = |until_ms| Wait { origin: "https://api.example".to_owned(), until_ms };
        gate.restore(&[wait(i64::MAX), Wait { origin: "no address".to_owned(), until_ms: 9 }], 0, 0);
        assert_eq!(gate.left(&origin(), LONGEST_MS), None);
        gate.restore(&[wait(i64::MIN)], 0, 0);
        assert_eq!(gate.left(&origin(), 0), None);
    }
}
