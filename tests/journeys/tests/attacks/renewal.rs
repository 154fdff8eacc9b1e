//! Renewing tokens among many callers, several processes, kills at every step, lost answers and a sign-out in between.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use companion::problem::{SessionEnd, SignInFailure, StorageFailure};
use companion::session::SessionPhase;
use companion::usage::view::UsagePhase;
use companion::{CompanionCore, Problem};
use companion_journeys::{Gate, Mood, MoodyStore, Operation};
use companion_sandbox::{Faults, SandboxOptions};
use serde_json::Value;

use crate::story::{Story, TOKEN_LIFE_S, ended, sign_in};

const STRICT: i64 = 0;
const GRACE: i64 = 3600;

async fn of_emma(grace_seconds: i64) -> Story {
    let options = SandboxOptions { grace_seconds, ..SandboxOptions::default() };
    let mut story = Story::with(options, |_| {}).await;
    story.load("emma").await;
    story
}

/// A process of the app with its own view of the keychain.
fn process(story: &Story, name: Option<&str>) -> (Arc<CompanionCore>, Arc<MoodyStore>) {
    let store = MoodyStore::before(&story.phone.secure_store);
    let core = story.phone.open_as(name, story.phone.data.path(), store.clone()).unwrap();
    (core, store)
}

/// So many callers at a time, spread over the processes.
async fn call(cores: &[Arc<CompanionCore>], callers: usize) -> Vec<Result<(), Problem>> {
    let calls = cores.iter().cycle().take(callers).map(|core| core.usage().refresh(None));
    futures_util::future::join_all(calls).await
}

/// How often each refresh token was presented.
fn times_presented(story: &Story) -> Vec<usize> {
    let presented = story.presented();
    let mut each = presented.clone();
    each.sort();
    each.dedup();
    each.iter().map(|token| presented.iter().filter(|other| *other == token).count()).collect()
}

/// The generation and the refresh token that the keychain keeps.
fn kept(story: &Story) -> Value {
    let session: Value = serde_json::from_slice(&story.phone.item("session")).unwrap();
    session["generation"].clone()
}

async fn is_reached(gate: &Gate) -> bool {
    for _ in 0..400 {
        if gate.is_reached() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    false
}

#[tokio::test]
async fn a17_a_crowd_of_callers_in_four_processes_presents_each_token_once() {
    for callers in [4, 32, 256] {
        let mut story = of_emma(STRICT).await;
        let others = ["widget", "watch", "notifications"].map(|name| process(&story, Some(name)).0);
        let cores = [&[story.phone.core.clone()], &others[..]].concat();
        let before = story.asked("/token");
        for round in 1..=2 {
            story.pass(TOKEN_LIFE_S);
            for outcome in call(&cores, callers).await {
                story.heard(outcome).unwrap();
            }
            assert_eq!(story.asked("/token"), before + round, "{callers} callers, round {round}");
        }
        assert_eq!(times_presented(&story), [1, 1], "{callers}");
        drop((cores, others));
        story.end();
    }
}

/// Where the process dies: before or after an operation of the keychain.
#[derive(Debug, Clone, Copy)]
enum Death {
    Before(usize),
    After(usize),
    /// While the request is on its way.
    Sending,
}

/// What the keychain is asked during one renewal, to know where a process can die.
async fn steps() -> Vec<Operation> {
    let story = of_emma(STRICT).await;
    let (core, store) = process(&story, None);
    story.pass(TOKEN_LIFE_S);
    store.heal();
    core.usage().refresh(None).await.unwrap();
    let asked = store.asked();
    let writes = asked.iter().filter(|operation| **operation == Operation::Put("session".to_owned())).count();
    assert_eq!(writes, 1, "the new tokens are written once: {asked:?}");
    story.end();
    asked
}

/// A process dies at a step of a renewal while many callers wait for it; the next one opens on what it left.
async fn dies(grace_seconds: i64, callers: usize, death: Death) {
    let case = format!("grace {grace_seconds}, {callers} callers, death {death:?}");
    let mut story = of_emma(grace_seconds).await;
    story.pass(TOKEN_LIFE_S);
    let (core, store) = process(&story, None);
    let (gate, before) = (Gate::default(), kept(&story));
    let at = gate.clone();
    store.set(move |nth, _| match death {
        Death::Before(step) if nth >= step => Mood::Freezes(at.clone()),
        Death::After(step) if nth == step => Mood::FreezesAfter(at.clone()),
        Death::After(step) if nth > step => Mood::Freezes(at.clone()),
        _ => Mood::Well,
    });
    if let Death::Sending = death {
        let only = Some(vec!["/token".to_owned()]);
        story.sandbox.set_faults(Faults { latency_ms: 100_000, only, times: Some(1), ..Faults::default() });
    }
    let asked_before = story.asked("/token");
    let waiting: Vec<_> = (0..callers).map(|_| tokio::spawn(core.usage().refresh(None))).collect();
    if let Death::Sending = death {
        story.until_asked("/token", asked_before).await;
    } else {
        assert!(is_reached(&gate).await, "{case}");
    }
    waiting.iter().for_each(|caller| caller.abort());
    drop(core);
    if store.asked().contains(&Operation::Put("session".to_owned())) {
        // A death in the middle of keeping tokens lets go of the database as well.
        gate.bury();
    }

    let (sent, stored) = (story.asked("/token") > asked_before, kept(&story) != before);
    story.phone.reopen();
    let outcome = story.refresh().await;
    let lost = sent && !stored && !matches!(death, Death::Sending);
    if lost && grace_seconds == STRICT {
        assert_eq!(outcome, Err(ended(SessionEnd::Unknown)), "{case}");
        assert_eq!(story.phase(), SessionPhase::SignInAgain, "{case}");
    } else {
        assert_eq!(outcome, Ok(()), "{case}");
        assert_eq!(story.phase(), SessionPhase::SignedIn, "{case}");
    }
    assert_eq!(story.phone.core.usage().state().phase, UsagePhase::Loaded, "{case}: what was kept stays readable");
    // Never a silent loop: what it came to, it stays.
    let asked = story.asked("/token");
    assert_eq!(story.refresh().await, outcome, "{case}");
    assert_eq!(story.asked("/token"), asked, "{case}");
    let often = if sent && !stored { 2 } else { 1 };
    assert!(times_presented(&story).into_iter().all(|times| times <= often), "{case}: {:?}", story.presented());
    // Whatever the dead one still tries changes nothing.
    let phase = story.phase();
    gate.bury();
    tokio::time::sleep(Duration::from_millis(20)).await;
    story.phone.reopen();
    assert_eq!(story.phase(), phase, "{case}");
    story.end();
}

async fn dies_everywhere(callers: usize) {
    let steps = steps().await.len();
    for grace_seconds in [STRICT, GRACE] {
        for step in 0..steps {
            dies(grace_seconds, callers, Death::Before(step)).await;
            dies(grace_seconds, callers, Death::After(step)).await;
        }
        dies(grace_seconds, callers, Death::Sending).await;
    }
}

#[tokio::test]
async fn a17_a_process_that_dies_at_any_step_leaves_old_tokens_new_ones_or_a_sign_in_to_4_callers() {
    dies_everywhere(4).await;
}

#[tokio::test]
async fn a17_a_process_that_dies_at_any_step_leaves_old_tokens_new_ones_or_a_sign_in_to_32_callers() {
    dies_everywhere(32).await;
}

#[tokio::test]
async fn a17_a_process_that_dies_at_any_step_leaves_old_tokens_new_ones_or_a_sign_in_to_256_callers() {
    dies_everywhere(256).await;
}

#[tokio::test]
async fn a18_a_process_that_stood_still_for_longer_than_its_lease_sends_nothing_when_it_goes_on() {
    let steps = steps().await;
    let sent_after = steps.iter().position(|operation| *operation == Operation::Put("session".to_owned())).unwrap();
    // After an operation: what it read then is as old as its sleep.
    for (step, after) in (0..sent_after).flat_map(|step| [(step, false), (step, true)]) {
        let mut story = of_emma(STRICT).await;
        let (widget, store) = process(&story, Some("widget"));
        story.pass(TOKEN_LIFE_S);
        let gate = Gate::default();
        let at = gate.clone();
        store.set(move |nth, _| match after {
            _ if nth != step => Mood::Well,
            false => Mood::Freezes(at.clone()),
            true => Mood::FreezesAfter(at.clone()),
        });
        let frozen = tokio::spawn(widget.usage().refresh(None));
        assert!(is_reached(&gate).await, "step {step}");
        assert_eq!(story.presented(), [""; 0], "step {step}: nothing is sent yet");
        story.pass(46);
        story.refresh().await.unwrap();
        gate.open();
        let outcome = frozen.await.unwrap();
        assert!(!matches!(outcome, Err(Problem::SessionEnded { .. })), "step {step}: {outcome:?}");
        assert_eq!(times_presented(&story), [1], "step {step}: one token request of this generation");
        // Both go on with what the other renewed.
        for _ in 0..2 {
            story.pass(TOKEN_LIFE_S);
            widget.usage().refresh(None).await.unwrap();
            story.pass(TOKEN_LIFE_S);
            story.refresh().await.unwrap();
        }
        assert!(times_presented(&story).into_iter().all(|times| times == 1), "step {step}: {:?}", story.presented());
        drop(widget);
        story.end();
    }
}

#[tokio::test]
async fn a18_a_process_that_stood_still_with_new_tokens_in_its_hands_ends_nothing_by_mistake() {
    for grace_seconds in [STRICT, GRACE] {
        let mut story = of_emma(grace_seconds).await;
        let (widget, store) = process(&story, Some("widget"));
        story.pass(TOKEN_LIFE_S);
        let gate = Gate::default();
        let at = gate.clone();
        store.set(move |_, operation| match operation {
            Operation::Put(key) if key == "session" => Mood::Freezes(at.clone()),
            _ => Mood::Well,
        });
        let frozen = tokio::spawn(widget.usage().refresh(None));
        assert!(is_reached(&gate).await);
        story.pass(46);
        let outcome = story.refresh().await;
        // It keeps them while nobody else can keep anything: the old token is shown to nobody a second time.
        let failing = Problem::StorageUnavailable { reason: StorageFailure::Failing };
        assert_eq!((outcome, story.phase()), (Err(failing), SessionPhase::SignedIn), "grace {grace_seconds}");
        gate.open();
        let _ = frozen.await.unwrap();
        story.refresh().await.unwrap();
        assert_eq!(times_presented(&story), [1], "grace {grace_seconds}: by the one that stood still");
        assert_eq!(story.phone.core.usage().state().phase, UsagePhase::Loaded);
        // Wherever the two end, the next start and one call say the same, and keep saying it.
        story.phone.reopen();
        let last = story.refresh().await;
        assert_eq!(last, Ok(()));
        let asked = story.asked("/token");
        assert_eq!(story.refresh().await, last);
        assert_eq!(story.asked("/token"), asked);
        drop(widget);
        story.end();
    }
}

/// Whether the operator would still take a refresh token.
async fn is_alive(story: &Story, token: &str) -> bool {
    let ca = reqwest::Certificate::from_pem(story.sandbox.ca_pem().as_bytes()).unwrap();
    let client = reqwest::Client::builder().tls_certs_only([ca]).no_proxy().build().unwrap();
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "refresh_token").append_pair("client_id", "companion-app");
    form.append_pair("refresh_token", token);
    let post = client.post(format!("{}/token", story.sandbox.origin()));
    let post = post.header("content-type", "application/x-www-form-urlencoded").body(form.finish());
    post.send().await.unwrap().status() == 200
}

fn refresh_token(story: &Story) -> String {
    let session: Value = serde_json::from_slice(&story.phone.item("session")).unwrap();
    session["refresh"].as_str().unwrap().to_owned()
}

/// The tokens that the operator was told are not wanted any more.
fn revoked(story: &Story) -> Vec<String> {
    let asked = story.sandbox.requests().into_iter().filter(|request| request.path == "/revoke");
    let form = |body: String| url::form_urlencoded::parse(body.as_bytes()).into_owned().collect::<Vec<_>>();
    let pairs = asked.flat_map(|request| form(request.carried.body));
    let mut tokens: Vec<String> = pairs.filter(|(name, _)| name == "token").map(|(_, token)| token).collect();
    tokens.sort();
    tokens.dedup();
    tokens
}

/// Both endpoints answer so late, in the order they are asked in.
fn slow(story: &Story, latency_ms: u64) {
    let only = Some(vec!["/token".to_owned(), "/revoke".to_owned()]);
    story.sandbox.set_faults(Faults { latency_ms, only, ..Faults::default() });
}

#[tokio::test]
async fn a21_whatever_comes_late_after_a_sign_out_signs_nobody_in_and_its_tokens_are_revoked() {
    // The sign-out comes while the renewal is sent, while its answer is on the way, and while it is written down.
    for (latency_ms, slow_put_ms, wait_ms) in [(300, 0, 0), (300, 0, 150), (0, 300, 100), (0, 300, 400), (0, 0, 0)] {
        let case = format!("{latency_ms} {slow_put_ms} {wait_ms}");
        let mut story = of_emma(GRACE).await;
        let callback = story.walk("emma").await;
        story.phone.core.session().cancel_sign_in().await.unwrap();
        let first = refresh_token(&story);
        assert!(is_alive(&story, &first).await, "within its grace it stays so: the check can fail");
        story.pass(TOKEN_LIFE_S);
        story.phone.secure_store.slow_put_ms.store(slow_put_ms, Ordering::SeqCst);
        slow(&story, latency_ms);
        let before = story.asked("/token");
        let refresh = tokio::spawn(story.phone.core.usage().refresh(None));
        if latency_ms > 0 {
            story.until_asked("/token", before).await;
        }
        tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        story.phone.core.session().sign_out().await.unwrap();
        assert_eq!(story.phase(), SessionPhase::SignedOut, "{case}");
        let late = refresh.await.unwrap();
        // It may have been quicker than the sign-out.
        assert!(late == Err(ended(SessionEnd::SignedOut)) || late == Ok(()), "{case}: {late:?}");
        story.phone.secure_store.slow_put_ms.store(0, Ordering::SeqCst);
        assert_eq!(story.phone.left_in_keychain().await, [""; 0], "{case}");
        for _ in 0..2 {
            assert_eq!(story.refresh().await, Err(ended(SessionEnd::SignedOut)), "{case}");
            assert_eq!(story.finish(&callback).await, Err(sign_in(SignInFailure::AttemptUnknown)), "{case}");
            assert_eq!(story.phase(), SessionPhase::SignedOut, "{case}");
            story.phone.reopen();
        }
        story.sandbox.set_faults(Faults::default());
        assert!(!is_alive(&story, &first).await, "{case}: the old tokens are revoked, and with them the family");
        if latency_ms > 0 {
            assert_eq!(revoked(&story).len(), 2, "{case}: what came late is revoked by itself");
        }
        story.end();
    }
}

#[tokio::test]
async fn a21_a_code_that_comes_late_after_a_sign_out_signs_nobody_in_and_its_tokens_are_revoked() {
    for signed_in in [false, true] {
        let mut story = Story::new().await;
        if signed_in {
            story.load("emma").await;
        }
        let callback = story.walk("emma").await;
        slow(&story, 300);
        let before = story.asked("/token");
        let finish = tokio::spawn(story.phone.core.session().finish(callback.clone()));
        story.until_asked("/token", before).await;
        story.phone.core.session().sign_out().await.unwrap();
        assert!(!finish.is_finished(), "signing out waits for nobody");
        assert_eq!(finish.await.unwrap(), Err(sign_in(SignInFailure::AttemptUnknown)), "{signed_in}");
        assert_eq!(story.phase(), SessionPhase::SignedOut, "{signed_in}");
        assert_eq!(story.phone.left_in_keychain().await, [""; 0], "{signed_in}");
        assert_eq!(revoked(&story).len(), 1 + usize::from(signed_in), "{signed_in}");
        story.phone.reopen();
        assert_eq!(story.phase(), SessionPhase::SignedOut, "{signed_in}");
        story.end();
    }
}

#[tokio::test]
async fn a30_a_strict_operator_takes_a_retry_for_theft_and_what_was_kept_stays_readable() {
    // The answer is lost once or each time; the app lives or dies in between.
    for (times, dies) in [(1, false), (2, false), (2, true)] {
        let mut story = of_emma(STRICT).await;
        story.pass(TOKEN_LIFE_S);
        let only = Some(vec!["/token".to_owned()]);
        story.sandbox.set_faults(Faults { refresh_lost: true, times: Some(times), only, ..Faults::default() });
        let mut outcome = story.refresh().await;
        if times == 2 {
            assert_eq!(outcome, Err(Problem::Offline), "nobody knows yet");
            assert_eq!(story.phase(), SessionPhase::SignedIn);
            if dies {
                story.phone.reopen();
            }
            outcome = story.refresh().await;
        }
        assert_eq!(outcome, Err(ended(SessionEnd::Unknown)), "{times} {dies}");
        assert_eq!(story.phase(), SessionPhase::SignInAgain);
        story.phone.reopen();
        let view = story.phone.core.usage().state();
        assert_eq!((view.phase, view.lines.len()), (UsagePhase::Loaded, 1), "{times} {dies}");
        let asked = story.asked("/token");
        assert_eq!(story.refresh().await, Err(ended(SessionEnd::Unknown)), "and nothing is tried again");
        assert_eq!(story.asked("/token"), asked);
        story.load("emma").await;
        story.end();
    }
}

#[tokio::test]
async fn a30_an_operator_with_a_grace_period_gives_the_session_back() {
    for (times, dies) in [(1, false), (2, false), (2, true)] {
        let mut story = of_emma(GRACE).await;
        story.pass(TOKEN_LIFE_S);
        let only = Some(vec!["/token".to_owned()]);
        story.sandbox.set_faults(Faults { refresh_lost: true, times: Some(times), only, ..Faults::default() });
        let mut outcome = story.refresh().await;
        if times == 2 {
            assert_eq!(outcome, Err(Problem::Offline));
            if dies {
                story.phone.reopen();
            }
            outcome = story.refresh().await;
        }
        assert_eq!(outcome, Ok(()), "{times} {dies}");
        for _ in 0..2 {
            story.pass(TOKEN_LIFE_S);
            story.refresh().await.unwrap();
        }
        assert_eq!(story.phase(), SessionPhase::SignedIn);
        story.end();
    }
}
