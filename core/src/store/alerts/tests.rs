//! Who may tell an alert that somebody has claimed.

use super::*;
use crate::store::tests::store;

const NOW_MS: i64 = 1_000_000;

fn teller(process: &str, life: &str, at_ms: i64, boot: &str) -> Teller {
    Teller {
        subject: "emma".to_owned(),
        holder: Holder { process: process.to_owned(), life: life.to_owned() },
        reading: ClockReading { wall_ms: at_ms, elapsed_ms: at_ms, boot_id: boot.to_owned() },
        now_ms: at_ms,
    }
}

#[tokio::test]
async fn an_alert_that_is_being_told_is_told_by_nobody_else_until_its_teller_died_or_let_a_minute_pass() {
    let cases = [
        (teller("widget", "widget-1", NOW_MS, "boot"), false),
        (teller("widget", "widget-1", NOW_MS + CLAIM_MS - 1, "boot"), false),
        (teller("widget", "widget-1", NOW_MS + CLAIM_MS, "boot"), true),
        // It looked at the clock first and had its turn second.
        (teller("widget", "widget-1", NOW_MS - 5, "boot"), false),
        // No claim lasts so long: a clock went astray.
        (teller("widget", "widget-1", NOW_MS - CLAIM_MS - 1, "boot"), true),
        (teller("widget", "widget-1", NOW_MS, "another boot"), true),
        // The first teller's successor.
        (teller("app", "app-2", NOW_MS, "boot"), true),
    ];
    for (second, expected) in cases {
        let (store, _dir) = store();
        let first = teller("app", "app-1", NOW_MS, "boot");
        assert_eq!(store.claim_pushed(first, "90 %".to_owned(), || true).await, Ok(true));
        let told = store.claim_pushed(second.clone(), "90 %".to_owned(), || true).await;
        assert_eq!(told, Ok(expected), "{second:?}");
    }
}
