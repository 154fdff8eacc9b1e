//! What a phone and a network can do to a session at the worst moment: nobody is signed out by mistake, and nobody who
//! signed out is signed in again.

use std::sync::atomic::Ordering;
use std::time::Duration;

use companion::problem::{SessionEnd, SignInFailure};
use companion::session::SessionPhase;
use companion::usage::view::UsagePhase;
use companion::{CancelToken, HostError, Problem, SecureStore};
use companion_journeys::{Phone, name_of};
use companion_sandbox::{Faults, Sandbox, SandboxOptions};

const UNKNOWN: Problem = Problem::SignIn { reason: SignInFailure::AttemptUnknown };
const SIGNED_OUT: Problem = Problem::SessionEnded { reason: SessionEnd::SignedOut };
/// Longer than an access token of the sandbox lives.
const TOKEN_LIFE_S: i64 = 301;

async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.unwrap()
}

fn asked(sandbox: &Sandbox, path: &str) -> usize {
    sandbox.requests().iter().filter(|request| request.path == path).count()
}

/// Returns when `path` was asked for more than `before` times.
async fn until_asked(sandbox: &Sandbox, path: &str, before: usize) {
    for _ in 0..500 {
        if asked(sandbox, path) > before {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{path} was never asked for");
}

fn pass_time(sandbox: &Sandbox, phone: &Phone, seconds: i64) {
    sandbox.advance(seconds);
    phone.clock.advance(seconds);
}

fn phase(phone: &Phone) -> SessionPhase {
    phone.core.session().state().phase
}

/// The next token request takes this long.
fn slow_token(sandbox: &Sandbox, latency_ms: u64) {
    let only = Some(vec!["/token".to_owned()]);
    sandbox.set_faults(Faults { latency_ms, only, times: Some(1), ..Faults::default() });
}

type Refresh = tokio::task::JoinHandle<Result<(), Problem>>;

/// A refresh with an expired token, caught while its renewal is on its way.
async fn renewal_on_its_way(sandbox: &Sandbox, phone: &Phone) -> Refresh {
    pass_time(sandbox, phone, TOKEN_LIFE_S);
    slow_token(sandbox, 600);
    let before = asked(sandbox, "/token");
    let refresh = tokio::spawn(phone.core.usage().refresh(None));
    until_asked(sandbox, "/token", before).await;
    refresh
}

#[tokio::test]
async fn what_the_phone_lost_for_good_locks_nobody_out() {
    for error in [HostError::KeyInvalidated, HostError::Corrupt] {
        for (prefix, expected) in [("session", SessionPhase::SignedOut), ("data-key/", SessionPhase::SignInAgain)] {
            let sandbox = sandbox().await;
            let mut phone = Phone::loaded(&sandbox, "emma").await;
            let keys = phone.secure_store.list(prefix.to_owned()).unwrap();
            phone.secure_store.lose(&keys[0], error);
            phone.reopen();
            assert_eq!(phase(&phone), expected, "{prefix} {error:?}");
            phone.sign_in(&sandbox, "emma").await.unwrap();
            phone.refresh().await.unwrap();
            phone.reopen();
            assert_eq!(phase(&phone), SessionPhase::SignedIn, "{prefix} {error:?}");
            assert_eq!(phone.core.usage().state().phase, UsagePhase::Loaded, "{prefix} {error:?}");
        }
    }
}

#[tokio::test]
async fn a_clock_that_fails_ends_no_session_and_loses_no_token() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    let refresh = renewal_on_its_way(&sandbox, &phone).await;
    phone.clock.failing.store(true, Ordering::SeqCst);
    let _ = refresh.await.unwrap();
    assert_eq!(name_of(&phone.refresh().await.unwrap_err()), "storage_unavailable");
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
    phone.clock.failing.store(false, Ordering::SeqCst);
    for _ in 0..2 {
        phone.refresh().await.unwrap();
        pass_time(&sandbox, &phone, TOKEN_LIFE_S);
    }
}

#[tokio::test]
async fn a_write_under_way_does_not_bring_a_signed_out_session_back() {
    let sandbox = sandbox().await;
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    pass_time(&sandbox, &phone, TOKEN_LIFE_S);
    phone.secure_store.slow_put_ms.store(400, Ordering::SeqCst);
    let refresh = tokio::spawn(phone.core.usage().refresh(None));
    tokio::time::sleep(Duration::from_millis(100)).await;
    phone.core.session().sign_out().await.unwrap();
    assert_eq!(refresh.await.unwrap(), Err(SIGNED_OUT));
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(phone.left_in_keychain().await, [""; 0]);
    phone.reopen();
    assert_eq!(phase(&phone), SessionPhase::SignedOut);
}

#[tokio::test]
async fn a_renewal_that_comes_late_after_a_sign_out_revives_nothing_and_is_revoked() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    let refresh = renewal_on_its_way(&sandbox, &phone).await;
    // The old token is revoked only after it was renewed.
    let only = Some(vec!["/revoke".to_owned()]);
    sandbox.set_faults(Faults { latency_ms: 1500, only, times: Some(1), ..Faults::default() });
    phone.core.session().sign_out().await.unwrap();
    assert!(!refresh.is_finished(), "signing out waits for no network");
    assert_eq!(refresh.await.unwrap(), Err(SIGNED_OUT));
    assert_eq!(phone.left_in_keychain().await, [""; 0]);
    assert_eq!(phase(&phone), SessionPhase::SignedOut);
    until_asked(&sandbox, "/revoke", 1).await;
    assert_eq!(phone.rows(), 0);
}

#[tokio::test]
async fn a_renewal_that_comes_late_after_a_new_sign_in_leaves_the_new_session_alone() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    pass_time(&sandbox, &phone, TOKEN_LIFE_S);
    let callback = phone.walk(&sandbox, "emma").await.unwrap();
    slow_token(&sandbox, 600);
    let before = asked(&sandbox, "/token");
    let refresh = tokio::spawn(phone.core.usage().refresh(None));
    until_asked(&sandbox, "/token", before).await;
    phone.core.session().finish(callback).await.unwrap();
    assert!(!refresh.is_finished());
    let _ = refresh.await.unwrap();
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
    phone.refresh().await.unwrap();
    assert_eq!(asked(&sandbox, "/revoke"), 0, "the late tokens may share the new session's grant");
    pass_time(&sandbox, &phone, TOKEN_LIFE_S);
    phone.refresh().await.unwrap();
}

#[tokio::test]
async fn a_sign_out_that_fails_says_so_and_can_be_repeated_until_nothing_is_left() {
    for locked in [true, false] {
        let sandbox = sandbox().await;
        let phone = Phone::loaded(&sandbox, "emma").await;
        let refusal = if locked { &phone.secure_store.locked } else { &phone.secure_store.read_only };
        refusal.store(true, Ordering::SeqCst);
        for _ in 0..2 {
            let problem = phone.core.session().sign_out().await.unwrap_err();
            assert_eq!(name_of(&problem), "storage_unavailable", "locked: {locked}");
        }
        refusal.store(false, Ordering::SeqCst);
        assert!(!phone.secure_store.contents().is_empty());
        phone.core.session().sign_out().await.unwrap();
        assert_eq!(phone.left_in_keychain().await, [""; 0], "locked: {locked}");
        assert_eq!(phone.rows(), 0, "locked: {locked}");
    }
}

#[tokio::test]
async fn a_sign_out_cut_short_is_finished_by_the_next_run_of_the_app() {
    let sandbox = sandbox().await;
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    phone.secure_store.read_only.store(true, Ordering::SeqCst);
    assert!(phone.core.session().sign_out().await.is_err());
    phone.reopen();
    assert_eq!(phase(&phone), SessionPhase::SignedOut, "whatever could not be deleted");
    phone.secure_store.read_only.store(false, Ordering::SeqCst);
    phone.core.resume().unwrap();
    assert_eq!(phone.left_in_keychain().await, [""; 0]);
    assert_eq!(asked(&sandbox, "/revoke"), 1, "and the operator is told");
    assert_eq!(phone.rows(), 0);
}

#[tokio::test]
async fn a_person_whom_memory_has_forgotten_is_purged_all_the_same() {
    let sandbox = sandbox().await;
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    phone.secure_store.delete("session".to_owned()).unwrap();
    phone.reopen();
    assert_eq!(phase(&phone), SessionPhase::SignedOut);
    let of_emma = phone.item("data-key/");
    phone.sign_in(&sandbox, "luc").await.unwrap();
    assert_eq!(phone.secure_store.list("data-key/".to_owned()).unwrap().len(), 1);
    assert_ne!(phone.item("data-key/"), of_emma);
    assert_eq!(phone.rows(), 0);
}

#[tokio::test]
async fn signing_out_waits_neither_for_a_page_nor_for_a_code_and_the_code_signs_nobody_in() {
    let sandbox = sandbox().await;
    let phone = Phone::new(&sandbox);
    let callback = phone.walk(&sandbox, "emma").await.unwrap();
    slow_token(&sandbox, 600);
    let finish = tokio::spawn(phone.core.session().finish(callback));
    until_asked(&sandbox, "/token", 0).await;
    phone.core.session().sign_out().await.unwrap();
    assert!(!finish.is_finished());
    assert_eq!(finish.await.unwrap(), Err(UNKNOWN));
    assert_eq!(phase(&phone), SessionPhase::SignedOut);
    assert_eq!(phone.left_in_keychain().await, [""; 0]);
    until_asked(&sandbox, "/revoke", 0).await;

    sandbox.set_faults(Faults { latency_ms: 600, ..Faults::default() });
    let token = CancelToken::new();
    let start = tokio::spawn(phone.core.session().start(Default::default(), Some(token.clone())));
    tokio::time::sleep(Duration::from_millis(50)).await;
    phone.core.session().sign_out().await.unwrap();
    assert!(!start.is_finished());
    token.cancel();
    assert_eq!(start.await.unwrap(), Err(Problem::Unexpected { code: "cancelled".to_owned() }));
    assert_eq!(phone.left_in_keychain().await, [""; 0]);
}

#[tokio::test]
async fn tokens_that_could_not_be_written_are_used_and_written_before_the_next_renewal() {
    let sandbox = sandbox().await;
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    let refresh = renewal_on_its_way(&sandbox, &phone).await;
    phone.secure_store.read_only.store(true, Ordering::SeqCst);
    refresh.await.unwrap().unwrap();
    phone.refresh().await.unwrap();
    let before = asked(&sandbox, "/token");
    pass_time(&sandbox, &phone, TOKEN_LIFE_S);
    assert_eq!(name_of(&phone.refresh().await.unwrap_err()), "storage_unavailable");
    assert_eq!(asked(&sandbox, "/token"), before, "a renewal that could not be kept is not sent");
    phone.secure_store.read_only.store(false, Ordering::SeqCst);
    phone.refresh().await.unwrap();
    phone.reopen();
    pass_time(&sandbox, &phone, TOKEN_LIFE_S);
    phone.refresh().await.unwrap();
}

#[tokio::test]
async fn an_answer_to_a_renewal_that_is_lost_ends_the_session_only_by_invalid_grant() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    pass_time(&sandbox, &phone, TOKEN_LIFE_S);
    sandbox.set_faults(Faults { refresh_lost: true, ..Faults::default() });
    assert_eq!(phone.refresh().await, Err(Problem::Offline));
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
    sandbox.set_faults(Faults::default());
    // The operator may take the old token once more, or say that it was used; whatever it says, data stay readable.
    let outcome = phone.refresh().await;
    let ended = Err(Problem::SessionEnded { reason: SessionEnd::Unknown });
    assert!(outcome == Ok(()) || outcome == ended, "{outcome:?}");
    let expected = if outcome.is_ok() { SessionPhase::SignedIn } else { SessionPhase::SignInAgain };
    assert_eq!(phase(&phone), expected);
    assert_eq!(phone.core.usage().state().phase, UsagePhase::Loaded);
}

#[tokio::test]
async fn tokens_that_live_a_minute_are_not_renewed_before_every_call() {
    let sandbox = Sandbox::start(SandboxOptions { access_seconds: 60, ..SandboxOptions::default() }).await.unwrap();
    let phone = Phone::loaded(&sandbox, "emma").await;
    for (passed, requests) in [(0, 1), (40, 1), (10, 2)] {
        pass_time(&sandbox, &phone, passed);
        phone.refresh().await.unwrap();
        assert_eq!(asked(&sandbox, "/token"), requests, "{passed} s later");
    }
}

#[tokio::test]
async fn a_browser_that_is_abandoned_ends_the_sign_in_by_itself() {
    let sandbox = sandbox().await;
    let phone = Phone::new(&sandbox);
    phone.core.session().start(Default::default(), None).await.unwrap();
    pass_time(&sandbox, &phone, 15 * 60);
    assert_eq!(phase(&phone), SessionPhase::SigningIn);
    pass_time(&sandbox, &phone, 1);
    assert_eq!(phase(&phone), SessionPhase::SignedOut);
}

#[tokio::test]
async fn a_wrong_phone_clock_and_a_death_behind_the_browser_lose_no_sign_in() {
    for wrong_by in [-2 * 86_400, 2 * 86_400] {
        let sandbox = sandbox().await;
        let mut phone = Phone::new(&sandbox);
        phone.clock.set_wall_by(wrong_by);
        let callback = phone.walk(&sandbox, "emma").await.unwrap();
        // Set right, or more wrong, while the app is dead.
        phone.clock.set_wall_by(wrong_by / 2);
        phone.reopen();
        assert_eq!(phone.core.session().finish(callback).await, Ok(()), "{wrong_by}");
        assert_eq!(phase(&phone), SessionPhase::SignedIn);
    }
}

#[tokio::test]
async fn after_a_reboot_the_wall_clock_counts_but_never_before_the_operators_last_date() {
    let sandbox = sandbox().await;
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    pass_time(&sandbox, &phone, TOKEN_LIFE_S);
    // Says what time it is at the operator's, where the token has run out.
    let callback = phone.walk(&sandbox, "emma").await.unwrap();
    phone.clock.set_wall_by(-2 * 86_400);
    phone.clock.reboot();
    phone.reopen();
    phone.refresh().await.unwrap();
    let refused = sandbox.requests().into_iter().filter(|request| request.status == 401).count();
    assert_eq!(refused, 0, "a token that has run out by the operator's date is not tried again");
    phone.clock.set_wall_by(2 * 86_400 + 16 * 60);
    phone.clock.reboot();
    phone.reopen();
    let expired = Err(Problem::SignIn { reason: SignInFailure::AttemptExpired });
    assert_eq!(phone.core.session().finish(callback).await, expired, "the wall clock says so");
}

#[tokio::test]
async fn a_broken_or_newer_file_found_while_signed_out_is_set_aside() {
    for (breaks, aside) in [(true, "companion.db.broken"), (false, "companion.db.newer")] {
        let sandbox = sandbox().await;
        let mut phone = Phone::new(&sandbox);
        phone.core.suspend(5000).unwrap();
        let file = phone.data.path().join("companion.db");
        if breaks {
            std::fs::write(&file, [0x55; 8192]).unwrap();
        } else {
            let database = rusqlite::Connection::open(&file).unwrap();
            database.execute_batch("PRAGMA user_version = 99; CREATE TABLE newer (x)").unwrap();
        }
        phone.reopen();
        assert!(!breaks || phone.data.path().join(aside).exists(), "{aside}");
        phone.sign_in(&sandbox, "emma").await.unwrap();
        assert!(!phone.data.path().join(aside).exists(), "whoever signs in leaves nothing of others there");
        phone.refresh().await.unwrap();
        phone.core.suspend(5000).unwrap();
        phone.reopen();
        assert_eq!(phone.core.usage().state().phase, UsagePhase::Loaded, "{aside}");
    }
}

#[tokio::test]
async fn a_refusal_before_anybody_signed_in_is_the_operators_trouble() {
    for status in [401, 403, 404, 503] {
        let sandbox = sandbox().await;
        let phone = Phone::new(&sandbox);
        sandbox.set_faults(Faults { status: Some(status), ..Faults::default() });
        let problem = phone.core.session().start(Default::default(), None).await.unwrap_err();
        assert_eq!(name_of(&problem), "service_unavailable", "{status}");
    }
}
