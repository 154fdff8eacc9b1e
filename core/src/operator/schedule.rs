//! When a phone asks by itself: each installation at moments of its own, so that a fleet of a million does not arrive
//! together, neither on the hour, nor after a push to all, nor when the operator comes back. Pure: the same installation
//! and moment give the same answer, in whichever process.

use sha2::{Digest, Sha256};

/// The background asks once in each of these.
pub const SLOT_MS: i64 = 4 * 60 * 60 * 1000;
/// Figures younger than this are not asked for in the background.
pub const YOUNG_MS: i64 = 60 * 60 * 1000;
/// After a failure it is tried again not before, and within as long again after, this and its fourfold.
const RETRY_MS: (u64, u64) = (15 * 60 * 1000, 60 * 60 * 1000);

/// The place of an installation in the fleet, from its random name.
pub fn place(install: &str) -> u64 {
    let hash = Sha256::digest(install);
    hash.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// When to ask in the background next, in milliseconds since 1970 UTC: later than `now_ms`, once in each slot of four
/// hours, at a moment that differs from slot to slot and from phone to phone.
pub fn next_ms(place: u64, now_ms: i64) -> i64 {
    let slot = now_ms.div_euclid(SLOT_MS);
    let in_slot = |slot: i64| {
        let within = spread(place, slot, u64::try_from(SLOT_MS).unwrap_or(1));
        slot.saturating_mul(SLOT_MS).saturating_add(within)
    };
    let this = in_slot(slot);
    if this > now_ms { this } else { in_slot(slot.saturating_add(1)) }
}

/// When to try again after a failure: a quarter of an hour later at least, spread over the hour after that, and never later
/// than would have been asked anyway. `wait_s` is what the operator asked for.
pub fn after_failure_ms(place: u64, now_ms: i64, wait_s: Option<u32>) -> i64 {
    let (least, over) = RETRY_MS;
    let least = least.max(u64::from(wait_s.unwrap_or(0)).saturating_mul(1000));
    let again = i64::try_from(least).unwrap_or(SLOT_MS).saturating_add(spread(place, now_ms, over));
    now_ms
        .saturating_add(again)
        .min(next_ms(place, now_ms).max(now_ms.saturating_add(i64::try_from(least).unwrap_or(0))))
}

/// A number below `below` that differs from turn to turn and from phone to phone.
fn spread(place: u64, turn: i64, below: u64) -> i64 {
    let mut hash = Sha256::new();
    hash.update(place.to_le_bytes());
    hash.update(turn.to_le_bytes());
    let number = hash.finalize().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    i64::try_from(number.checked_rem(below).unwrap_or(0)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(crate::trials::config(1000))]

        #[test]
        fn i18_the_background_asks_once_in_each_slot_and_never_at_once(place in any::<u64>(), now_ms in 0i64..4_000_000_000_000) {
            let next = next_ms(place, now_ms);
            prop_assert!(next > now_ms && next - now_ms <= 2 * SLOT_MS);
            let after = next_ms(place, next);
            prop_assert_eq!(after.div_euclid(SLOT_MS), next.div_euclid(SLOT_MS) + 1);
        }

        #[test]
        fn i18_after_a_failure_the_operators_wish_is_the_least(
            place in any::<u64>(), now_ms in 0i64..4_000_000_000_000, wait_s in prop::option::of(0u32..=900),
        ) {
            let again = after_failure_ms(place, now_ms, wait_s);
            let least = i64::from(wait_s.unwrap_or(0).max(900)) * 1000;
            prop_assert!(again >= now_ms + least && again <= now_ms + 2 * SLOT_MS);
        }
    }

    #[test]
    fn a_thousand_phones_come_evenly_over_the_slot() {
        let mut quarters = [0u32; 16];
        for phone in 0..1000 {
            let next = next_ms(place(&format!("install {phone}")), 7 * SLOT_MS - 1);
            let at = usize::try_from((next - 7 * SLOT_MS) * 16 / SLOT_MS).unwrap();
            quarters[at] += 1;
        }
        assert!(quarters.iter().all(|phones| (30..=100).contains(phones)), "{quarters:?}");
    }
}
