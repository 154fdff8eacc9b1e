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
        assert_eq!(store.claim_pushed(first, "90 %".to_owned(), false, || true).await, Ok(true));
        let told = store.claim_pushed(second.clone(), "90 %".to_owned(), false, || true).await;
        assert_eq!(told, Ok(expected), "{second:?}");
    }
}

#[tokio::test]
async fn a_push_in_quiet_hours_waits_for_the_morning_and_rings_once() {
    let (store, _dir) = store();
    let push =
        |at_ms, quiet| store.claim_pushed(teller("app", "app-1", at_ms, "boot"), "90 %".to_owned(), quiet, || true);
    assert_eq!(push(NOW_MS, true).await, Ok(false));
    assert_eq!(push(NOW_MS + 1, true).await, Ok(false), "nor when it is sent again");

    // In the morning the phone's own figures say so too.
    let found = AlertRow { name: "90 %".to_owned(), state: AlertState::Claimed, sealed: Some(vec![1]), at_ms: NOW_MS };
    let decide = |at_ms| {
        let orders = AlertOrders { record: vec![found.clone()], ..AlertOrders::default() };
        store.decide_alerts(teller("app", "app-1", at_ms, "boot"), || true, |_| Ok(orders))
    };
    let outcome = decide(NOW_MS + 2).await.unwrap();
    assert_eq!(outcome.ours.into_iter().collect::<Vec<_>>(), ["90 %"]);
    assert_eq!(outcome.book.rows[0].sealed, Some(vec![1]), "it is known what it is of");
    assert!(decide(NOW_MS + 3).await.unwrap().ours.is_empty(), "it is being told");
    assert_eq!(push(NOW_MS + 4, false).await, Ok(false));
}
