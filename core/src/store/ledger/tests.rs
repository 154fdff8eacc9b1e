//! Who may keep, send and renew in which state of the row, as tables.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::store::tests::store;

const NOW_MS: i64 = 1_000_000;

fn now() -> ClockReading {
    ClockReading { wall_ms: 0, elapsed_ms: NOW_MS, boot_id: "boot".to_owned() }
}

fn holder(process: &str, life: &str) -> Holder {
    Holder { process: process.to_owned(), life: life.to_owned() }
}

fn app() -> Holder {
    holder("app", "app-1")
}

fn claim(subject: &str, generation: u64, ends: bool) -> Claim {
    Claim { subject: subject.to_owned(), generation, ends }
}

async fn may_send(store: &Store, holder: Holder, subject: &str, generation: u64) -> Result<bool, Problem> {
    store.about_to_send(holder, subject.to_owned(), generation, now()).await
}

/// Signs somebody in; tells the generation.
async fn signs_in(store: &Store, subject: &str, known: u64) -> u64 {
    store.signed_in(subject.to_owned(), known, Ok).await.unwrap().unwrap()
}

async fn leaves(store: &Store) {
    assert_eq!(store.leaving(None).await, Ok(true));
    assert_eq!(store.leave(|| Ok(())).await, Ok(Some(Ok(()))));
}

async fn is_held(store: &Store, holder: Holder) -> bool {
    let ask = move |tx: &rusqlite::Transaction<'_>| {
        tx.query_row("SELECT coalesce(lease_life = ?1, 0) FROM session", [holder.life], |row| row.get(0))
    };
    store.write(ask).await.unwrap()
}

/// The row as another process may have left it.
#[derive(Debug, Clone, Copy)]
struct RowState {
    account: Option<&'static str>,
    generation: u64,
    ask_who: bool,
}

const EMMAS: RowState = RowState { account: Some("emma"), generation: 3, ask_who: false };

impl RowState {
    async fn write(self, store: &Store) {
        let RowState { account, generation, ask_who } = self;
        let write = move |tx: &rusqlite::Transaction<'_>| {
            let columns = "account = ?1, generation = ?2, ask_who = ?3";
            tx.execute(&format!("UPDATE session SET {columns}"), params![account, generation, ask_who])
        };
        assert_eq!(store.write(write).await, Ok(1));
    }
}

/// The lease as it stands in the row.
#[derive(Debug, Clone, Copy)]
struct LeaseState {
    process: &'static str,
    life: &'static str,
    boot: &'static str,
    left_ms: i64,
}

impl LeaseState {
    async fn write(self, store: &Store) {
        let LeaseState { process, life, boot, left_ms } = self;
        let write = move |tx: &rusqlite::Transaction<'_>| {
            let columns = "lease_process = ?1, lease_life = ?2, lease_boot = ?3, lease_until_ms = ?4";
            tx.execute(&format!("UPDATE session SET {columns}"), params![process, life, boot, NOW_MS + left_ms])
        };
        assert_eq!(store.write(write).await, Ok(1));
    }
}

#[tokio::test]
async fn a_session_is_kept_only_while_nobody_has_moved_it_on() {
    let signed_out = RowState { account: None, ask_who: true, ..EMMAS };
    let fresh = RowState { account: None, generation: 0, ask_who: false };
    let cases = [
        // What a renewal brought.
        (EMMAS, claim("emma", 4, false), true),
        (EMMAS, claim("emma", 5, false), true),
        (EMMAS, claim("emma", 3, false), false),
        (EMMAS, claim("emma", 2, false), false),
        // The first of a sign-in, or one that only ends.
        (EMMAS, claim("emma", 3, true), true),
        (EMMAS, claim("emma", 4, true), true),
        (EMMAS, claim("emma", 2, true), false),
        // Somebody else is signed in.
        (EMMAS, claim("luc", 4, false), false),
        (EMMAS, claim("luc", 3, true), false),
        // The person signed out, as far as that has got.
        (signed_out, claim("emma", 4, false), false),
        (signed_out, claim("emma", 3, true), false),
        (RowState { ask_who: true, ..EMMAS }, claim("emma", 4, false), false),
        // The database was lost, and knows of nobody.
        (fresh, claim("emma", 1, true), true),
        (fresh, claim("emma", 4, false), true),
        (fresh, claim("emma", 4, true), true),
    ];
    for (row, claim, expected) in cases {
        let case = format!("{row:?}, {claim:?}");
        let (store, _dir) = store();
        row.write(&store).await;
        let before = store.ledger().await.unwrap();
        let writes = Arc::new(AtomicU32::new(0));
        let write = |outcome: Result<(), HostError>| {
            let writes = writes.clone();
            move || {
                writes.fetch_add(1, Ordering::SeqCst);
                outcome
            }
        };
        // A write that fails has kept nothing.
        let failed = store.keep(claim.clone(), write(Err(HostError::Failed))).await;
        assert_eq!(store.ledger().await.unwrap(), before, "{case}");
        let kept = store.keep(claim.clone(), write(Ok(()))).await;
        let generation = store.ledger().await.unwrap().generation;
        if expected {
            assert_eq!((failed, kept), (Ok(Some(Err(HostError::Failed))), Ok(Some(Ok(())))), "{case}");
            assert_eq!((writes.load(Ordering::SeqCst), generation), (2, claim.generation), "{case}");
        } else {
            assert_eq!((failed, kept), (Ok(None), Ok(None)), "{case}");
            assert_eq!((writes.load(Ordering::SeqCst), generation), (0, before.generation), "{case}");
        }
    }
}

#[tokio::test]
async fn a_token_is_sent_only_by_who_holds_the_lease_and_for_who_is_signed_in() {
    let ours = LeaseState { process: "app", life: "app-1", boot: "boot", left_ms: 1 };
    let cases = [
        (EMMAS, ours, "emma", true),
        (RowState { account: None, ..EMMAS }, ours, "emma", true),
        (EMMAS, LeaseState { life: "app-2", ..ours }, "emma", false),
        (EMMAS, LeaseState { process: "widget", life: "widget-1", ..ours }, "emma", false),
        (EMMAS, LeaseState { boot: "another", ..ours }, "emma", false),
        (EMMAS, LeaseState { left_ms: 0, ..ours }, "emma", false),
        (EMMAS, LeaseState { left_ms: -1, ..ours }, "emma", false),
        (EMMAS, ours, "luc", false),
        (RowState { ask_who: true, ..EMMAS }, ours, "emma", false),
        (RowState { account: None, ask_who: true, ..EMMAS }, ours, "emma", false),
    ];
    for (row, lease, subject, expected) in cases {
        let case = format!("{row:?}, {lease:?}, {subject}");
        let (store, _dir) = store();
        row.write(&store).await;
        lease.write(&store).await;
        let may_send = may_send(&store, app(), subject, 3).await;
        assert_eq!(may_send, Ok(expected), "{case}");
        let unanswered = store.ledger().await.unwrap().unanswered;
        assert_eq!(unanswered, expected.then_some(3), "{case}: what is sent is written down, and nothing else");
    }
}

#[tokio::test]
async fn a_lease_that_is_taken_after_a_sign_out_sends_nothing() {
    let (store, _dir) = store();
    signs_in(&store, "emma", 0).await;
    store.leaving(None).await.unwrap();
    // A process that slept over it, and believes emma to be signed in.
    let widget = holder("widget", "widget-1");
    assert!(matches!(store.take_lease(widget.clone(), now()).await, Ok(Turn::Ours(_))));
    assert_eq!(may_send(&store, widget.clone(), "emma", 1).await, Ok(false));
    assert_eq!(store.leave(|| Ok(())).await, Ok(Some(Ok(()))));
    assert_eq!(may_send(&store, widget.clone(), "emma", 1).await, Ok(false));
    signs_in(&store, "luc", 0).await;
    assert!(matches!(store.take_lease(widget.clone(), now()).await, Ok(Turn::Ours(_))));
    assert_eq!(may_send(&store, widget.clone(), "emma", 1).await, Ok(false));
    assert_eq!(may_send(&store, widget, "luc", 2).await, Ok(true));
}

#[tokio::test]
async fn a_sign_in_or_sign_out_takes_the_lease_from_whoever_has_it() {
    for left in [false, true] {
        let (store, _dir) = store();
        signs_in(&store, "emma", 0).await;
        assert!(matches!(store.take_lease(app(), now()).await, Ok(Turn::Ours(_))));
        assert!(is_held(&store, app()).await);
        if left {
            store.leaving(None).await.unwrap();
        } else {
            signs_in(&store, "emma", 0).await;
        }
        assert!(!is_held(&store, app()).await, "left: {left}");
        assert_eq!(may_send(&store, app(), "emma", 1).await, Ok(false), "left: {left}");
    }
}

#[tokio::test]
async fn tokens_of_a_sign_in_are_newer_than_all_that_were_ever_kept() {
    for (kept, known, generation) in [(0, 0, 1), (3, 0, 4), (3, 3, 4), (3, 7, 8), (7, 3, 8)] {
        let (store, _dir) = store();
        RowState { account: None, generation: kept, ask_who: true }.write(&store).await;
        let spoiled = "UPDATE session SET leaving = 1, unanswered = 3, refused = 3, failures = 9, failing_since_ms = 1";
        store.write(|tx| tx.execute(spoiled, [])).await.unwrap();
        assert_eq!(signs_in(&store, "luc", known).await, generation, "{kept}, {known}");
        let afresh = Ledger { subject: Some("luc".to_owned()), generation, ..Ledger::default() };
        assert_eq!(store.ledger().await, Ok(afresh), "{kept}, {known}");
        // Also after a sign-out, which forgets everything else.
        leaves(&store).await;
        assert_eq!(signs_in(&store, "luc", 0).await, generation + 1, "{kept}, {known}");
    }
}

#[tokio::test]
async fn a_lease_is_anothers_while_that_one_may_be_sending_and_no_longer() {
    let widgets = LeaseState { process: "widget", life: "widget-1", boot: "boot", left_ms: LEASE_MS };
    let cases = [
        (None, true),
        (Some(widgets), false),
        (Some(LeaseState { left_ms: 1, ..widgets }), false),
        (Some(LeaseState { left_ms: 0, ..widgets }), true),
        (Some(LeaseState { left_ms: -1, ..widgets }), true),
        // Its holder looked at the clock after us, and had its turn before us.
        (Some(LeaseState { left_ms: LEASE_MS + 5, ..widgets }), false),
        // No lease lasts so long: a clock went astray.
        (Some(LeaseState { left_ms: 2 * LEASE_MS + 1, ..widgets }), true),
        // The phone has started anew.
        (Some(LeaseState { boot: "another", ..widgets }), true),
        // An earlier life of this process, which is dead.
        (Some(LeaseState { process: "app", life: "app-0", ..widgets }), true),
        (Some(LeaseState { process: "app", life: "app-1", ..widgets }), true),
    ];
    for (lease, expected) in cases {
        let (store, _dir) = store();
        EMMAS.write(&store).await;
        if let Some(lease) = lease {
            lease.write(&store).await;
        }
        let turn = store.take_lease(app(), now()).await.unwrap();
        let ledger = Ledger { subject: Some("emma".to_owned()), generation: 3, ..Ledger::default() };
        assert_eq!(turn, if expected { Turn::Ours(ledger) } else { Turn::Others }, "{lease:?}");
        assert_eq!(is_held(&store, app()).await, expected, "{lease:?}");
        assert_eq!(may_send(&store, app(), "emma", 3).await, Ok(expected), "{lease:?}");
    }
}

#[tokio::test]
async fn a_lease_that_is_over_is_over_only_for_who_held_it() {
    let (store, _dir) = store();
    signs_in(&store, "emma", 0).await;
    assert!(matches!(store.take_lease(app(), now()).await, Ok(Turn::Ours(_))));
    assert_eq!(may_send(&store, app(), "emma", 1).await, Ok(true));
    let before = store.ledger().await.unwrap();
    let late = holder("widget", "widget-1");
    store.not_sent(late.clone(), None).await.unwrap();
    store.renewed(late.clone()).await.unwrap();
    store.refused(late.clone(), 1).await.unwrap();
    store.not_renewed(late, None, 5).await.unwrap();
    assert_eq!((store.ledger().await, is_held(&store, app()).await), (Ok(before), true));
}

#[tokio::test]
async fn a_keychain_that_throws_has_kept_nothing_and_the_next_one_is_asked() {
    let (store, _dir) = store();
    EMMAS.write(&store).await;
    let thrown = store.keep(claim("emma", 4, false), || panic!("the keychain threw")).await;
    assert_eq!((thrown, store.ledger().await.unwrap().generation), (Ok(Some(Err(HostError::Failed))), 3));
    assert_eq!(store.keep(claim("emma", 4, false), || Ok(())).await, Ok(Some(Ok(()))));
}

#[tokio::test]
async fn a_sign_in_that_cannot_be_written_down_has_changed_nothing() {
    let (store, _dir) = store();
    signs_in(&store, "emma", 0).await;
    store.leaving(None).await.unwrap();
    let before = store.ledger().await.unwrap();
    let failing: [fn(u64) -> Result<(), HostError>; 2] = [|_| Err(HostError::Failed), |_| panic!("the keychain threw")];
    for keep in failing {
        assert_eq!(store.signed_in("luc".to_owned(), 0, keep).await, Ok(Err(HostError::Failed)));
        assert_eq!(store.ledger().await.unwrap(), before, "the next sign-in still asks who is there");
    }
}

#[tokio::test]
async fn a_sign_out_that_is_taken_up_again_ends_nobody_who_signed_in_since() {
    let (store, _dir) = store();
    let left_at = signs_in(&store, "emma", 0).await;
    store.leaving(None).await.unwrap();
    assert_eq!(store.leaving(Some(left_at)).await, Ok(true), "it is still under way");
    // The other process finishes it, and somebody signs in.
    assert_eq!(store.leave(|| Ok(())).await, Ok(Some(Ok(()))));
    signs_in(&store, "luc", 0).await;
    let before = store.ledger().await.unwrap();
    assert_eq!(store.leaving(Some(left_at)).await, Ok(false));
    assert_eq!(store.leave(|| panic!("deleted what is luc's")).await, Ok(None));
    assert_eq!(store.ledger().await.unwrap(), before);
}

#[tokio::test]
async fn a_sign_out_that_cannot_delete_is_still_to_be_finished() {
    let (store, _dir) = store();
    signs_in(&store, "emma", 0).await;
    store.leaving(None).await.unwrap();
    assert_eq!(store.leave(|| Err(HostError::Locked)).await, Ok(Some(Err(HostError::Locked))));
    assert!(store.ledger().await.unwrap().leaving);
}

#[tokio::test]
async fn a_lease_runs_anew_from_when_its_token_is_sent() {
    let (store, _dir) = store();
    signs_in(&store, "emma", 0).await;
    assert!(matches!(store.take_lease(app(), now()).await, Ok(Turn::Ours(_))));
    let later = |after_ms| ClockReading { elapsed_ms: NOW_MS + after_ms, ..now() };
    let sent = store.about_to_send(app(), "emma".to_owned(), 1, later(LEASE_MS - 1)).await;
    assert_eq!(sent, Ok(true));
    let others = store.take_lease(holder("widget", "widget-1"), later(2 * LEASE_MS - 2)).await;
    assert_eq!(others, Ok(Turn::Others), "it may still be waiting for its answer");
}
