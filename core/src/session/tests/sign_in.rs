//! Signing in where another sign-in, a sign-out or a sleeping database is in the way.

use std::sync::Arc;

use futures_util::FutureExt;
use tokio::sync::Semaphore;

use super::phone::{Phone, tidy_up, until};
use crate::changes::Topic;
use crate::problem::{Problem, SignInFailure, StorageFailure};
use crate::session::SessionPhase;
use crate::session::trials::operator::Policy;

const UNKNOWN: Problem = Problem::SignIn { reason: SignInFailure::AttemptUnknown };
const SUSPENDED: Problem = Problem::StorageUnavailable { reason: StorageFailure::Suspended };

/// Codes are exchanged only when the gate opens.
fn shut_gate(phone: &Phone) -> Arc<Semaphore> {
    let gate = Arc::new(Semaphore::new(0));
    let shut = gate.clone();
    phone.set_way(move |asked, process| {
        let shut = shut.clone();
        async move {
            if asked.path() == "/token" {
                drop(shut.acquire().await);
            }
            process.to_operator(asked).await
        }
        .boxed()
    });
    gate
}

/// A sign-in whose code is on its way, on this test's own thread, where nothing moves while the test does not wait.
async fn exchanging(phone: &Phone, who: &str) -> tokio::task::JoinHandle<Result<(), Problem>> {
    let callback = phone.walk(who).await;
    let (session, asked) = (phone.session(), phone.asked("/token"));
    let task = tokio::spawn(async move { session.complete(&callback).await });
    until(|| phone.asked("/token") > asked).await;
    task
}

/// Lets so many sign-ins through to the session's turn, which somebody else has.
async fn let_through(phone: &Phone, gate: &Semaphore, sign_ins: usize) {
    let changes = phone.core.engine.changes.clone();
    let before = changes.revision(Topic::Session);
    gate.add_permits(sign_ins);
    until(|| changes.revision(Topic::Session) >= before + u64::try_from(sign_ins).unwrap()).await;
}

#[tokio::test]
async fn of_two_sign_ins_at_a_time_the_later_one_deletes_nothing_and_leaves_no_tokens_behind() {
    let phone = Phone::new(Policy::Strict);
    let gate = shut_gate(&phone);
    let emma = exchanging(&phone, "emma").await;
    let luc = exchanging(&phone, "luc").await;
    let session = phone.session();
    let turn = session.writing.lock().await;
    let_through(&phone, &gate, 2).await;
    drop(turn);
    let outcomes = [("emma", emma.await.unwrap()), ("luc", luc.await.unwrap())];
    let [(winner, _)] = outcomes.iter().filter(|(_, outcome)| outcome.is_ok()).collect::<Vec<_>>()[..] else {
        panic!("one of them signs in: {outcomes:?}")
    };
    assert!(outcomes.iter().any(|(_, outcome)| *outcome == Err(UNKNOWN)), "{outcomes:?}");
    assert_eq!((phone.phase(), phone.who().as_deref()), (SessionPhase::SignedIn, Some(*winner)));
    until(|| phone.device.operator().living() == [*winner]).await;
    // As it was written down, too.
    let mut phone = phone;
    phone.reopen();
    assert_eq!((phone.phase(), phone.who().as_deref()), (SessionPhase::SignedIn, Some(*winner)));
    assert!(phone.session().subject().is_some(), "the key to what is kept is there");
    assert_eq!(phone.need().await, Ok(()));
}

#[tokio::test]
async fn a_sign_in_that_gets_its_turn_after_a_sign_out_leaves_nothing_behind() {
    let phone = Phone::new(Policy::Strict);
    let gate = shut_gate(&phone);
    let emma = exchanging(&phone, "emma").await;
    let session = phone.session();
    let turn = session.writing.lock().await;
    let_through(&phone, &gate, 1).await;
    let leaving = tokio::spawn({
        let session = session.clone();
        async move { session.leave(None).await }
    });
    until(|| phone.session().standing().is_leaving()).await;
    drop(turn);
    leaving.await.unwrap().unwrap();
    assert_eq!(emma.await.unwrap(), Err(UNKNOWN));
    assert_eq!(phone.phase(), SessionPhase::SignedOut);
    until(|| phone.device.operator().living().is_empty() && !phone.has_to_revoke()).await;
    let ledger = phone.core.engine.store.ledger().await.unwrap();
    assert_eq!((ledger.subject, ledger.leaving, ledger.ask_who, ledger.generation), (None, false, true, 0));
    assert_eq!(phone.device.parts().items.keys().collect::<Vec<_>>(), [""; 0]);
}

#[tokio::test]
async fn a_callback_that_comes_while_the_database_sleeps_counts_when_it_is_awake() {
    let phone = Phone::new(Policy::Strict);
    let callback = phone.walk("emma").await;
    phone.core.suspend(5000).unwrap();
    assert_eq!(phone.session().finish(callback.clone()).await, Err(SUSPENDED));
    assert_eq!(phone.asked("/token"), 0, "no code is exchanged for tokens that nobody could keep");
    phone.core.resume().unwrap();
    assert_eq!(phone.session().finish(callback).await, Ok(()));
    assert_eq!(phone.who().as_deref(), Some("emma"));
}

const OTHER: Problem = Problem::SignIn { reason: SignInFailure::OtherAccount };

/// Luc signs in, and takes the place of whoever was here.
async fn luc_takes_the_place(phone: &Phone) {
    match phone.sign_in("luc").await {
        Err(OTHER) => phone.session().replace_account().await.unwrap(),
        outcome => outcome.unwrap(),
    }
    assert_eq!((phone.phase(), phone.who().as_deref()), (SessionPhase::SignedIn, Some("luc")));
    until(|| !phone.device.operator().living().contains(&"emma".to_owned())).await;
}

#[tokio::test]
async fn the_tokens_of_an_account_that_is_replaced_are_revoked() {
    let phone = Phone::of_emma(Policy::Strict).await;
    luc_takes_the_place(&phone).await;
    assert_eq!(phone.device.operator().living(), ["luc"]);
}

#[tokio::test]
async fn the_tokens_of_an_account_that_is_replaced_are_revoked_wherever_the_app_dies_in_between() {
    let mut survived = 0;
    for steps in 0..20 {
        let mut phone = Phone::of_emma(Policy::Strict).await;
        assert_eq!(phone.sign_in("luc").await, Err(OTHER));
        phone.device.parts().steps_left = Some(steps);
        if phone.session().replace_account().await.is_ok() {
            survived += 1;
        }
        phone.device.parts().steps_left = None;
        phone.reopen();
        luc_takes_the_place(&phone).await;
    }
    assert!((1..20).contains(&survived), "it died at some steps, and at the last ones it was through: {survived}");
}

#[tokio::test]
async fn tokens_of_an_earlier_sign_in_wait_for_revoking_until_the_person_signs_out() {
    let phone = Phone::of_emma(Policy::Strict).await;
    phone.sign_in("emma").await.unwrap();
    // Both may share one grant, and she lives by the newer one.
    tidy_up(&phone.core).await;
    assert_eq!((phone.need().await, phone.asked("/revoke"), phone.has_to_revoke()), (Ok(()), 0, true));
    phone.session().sign_out().await.unwrap();
    until(|| !phone.has_to_revoke()).await;
    assert_eq!((phone.asked("/revoke"), phone.device.operator().living()), (2, Vec::new()));
}

#[tokio::test]
async fn the_sign_in_screen_is_asked_for_only_while_nobodys_figures_are_here() {
    let phone = Phone::new(Policy::Strict);
    let asks = || phone.session().state().asks_to_sign_in;
    assert!(asks());
    let callback = phone.walk("emma").await;
    assert_eq!((phone.phase(), asks()), (SessionPhase::SigningIn, true), "while the browser is open");
    phone.session().finish(callback).await.unwrap();
    assert!(!asks());
    phone.walk("emma").await;
    assert_eq!((phone.phase(), asks()), (SessionPhase::SigningIn, false), "what was here before still is");
    phone.session().sign_out().await.unwrap();
    assert!(asks());
}
