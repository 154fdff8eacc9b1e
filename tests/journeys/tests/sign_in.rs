//! Signing in, staying signed in, signing out: against the sandbox's identity provider, over TLS.

use std::sync::atomic::Ordering;

use companion::problem::{SessionEnd, SignInFailure};
use companion::session::SessionPhase;
use companion::usage::view::UsagePhase;
use companion::{Problem, SecureStore};
use companion_journeys::{Phone, name_of};
use companion_sandbox::{Faults, Sandbox, SandboxOptions, TokenError};

const UNKNOWN: Problem = Problem::SignIn { reason: SignInFailure::AttemptUnknown };
/// Longer than an access token of the sandbox lives.
const TOKEN_LIFE_S: i64 = 301;

async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.unwrap()
}

/// Takes no pushed requests: all that is asked of the page is in its address.
async fn without_pushing() -> Sandbox {
    Sandbox::start(SandboxOptions { par: false, ..SandboxOptions::default() }).await.unwrap()
}

fn token_requests(sandbox: &Sandbox) -> usize {
    sandbox.requests().iter().filter(|request| request.path == "/token").count()
}

fn pass_time(sandbox: &Sandbox, phone: &Phone, seconds: i64) {
    sandbox.advance(seconds);
    phone.clock.advance(seconds);
}

fn phase(phone: &Phone) -> SessionPhase {
    phone.core.session().state().phase
}

#[tokio::test]
async fn the_page_is_asked_for_with_pkce_state_and_nonce() {
    let sandbox = without_pushing().await;
    let phone = Phone::new(&sandbox);
    let page = phone.core.session().start(Default::default(), None).await.unwrap();
    let url: url::Url = page.url.parse().unwrap();
    let value = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    assert_eq!(value("code_challenge_method").as_deref(), Some("S256"));
    assert_eq!(value("response_type").as_deref(), Some("code"));
    assert_eq!(value("redirect_uri").as_ref(), Some(&page.redirect_uri));
    for random in ["state", "nonce", "code_challenge"] {
        assert_eq!(value(random).unwrap().len(), 43, "{random}: 256 bits");
    }
    assert_eq!(value("client_secret"), None);
    assert_eq!(phase(&phone), SessionPhase::SigningIn);
}

#[tokio::test]
async fn the_app_may_die_behind_the_browser() {
    let sandbox = sandbox().await;
    let mut phone = Phone::new(&sandbox);
    let callback = phone.walk(&sandbox, "emma").await.unwrap();
    phone.reopen();
    phone.core.session().finish(callback).await.unwrap();
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
    phone.reopen();
    assert_eq!(phase(&phone), SessionPhase::SignedIn, "and again after the sign-in");
}

#[tokio::test]
async fn a_callback_counts_once_even_when_it_arrives_twice_at_a_time() {
    let sandbox = sandbox().await;
    let phone = Phone::new(&sandbox);
    let callback = phone.walk(&sandbox, "emma").await.unwrap();
    let (session, twin) = (phone.core.session(), phone.core.session());
    let (first, second) = tokio::join!(session.finish(callback.clone()), twin.finish(callback.clone()));
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    let handled = Err(Problem::SignIn { reason: SignInFailure::AlreadyHandled });
    assert_eq!(phone.core.session().finish(callback).await, handled);
    assert_eq!(token_requests(&sandbox), 1);
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
}

#[tokio::test]
async fn what_belongs_to_no_attempt_changes_nothing_and_the_real_callback_still_completes() {
    let sandbox = sandbox().await;
    let phone = Phone::new(&sandbox);
    let base = "be.companion.sandbox:/signed-in";
    let stray = |query: &str| phone.core.session().finish(format!("{base}?{query}"));
    assert_eq!(stray("code=c&state=s").await, Err(UNKNOWN), "cold start, nothing pending");
    let callback = phone.walk(&sandbox, "emma").await.unwrap();
    for query in ["code=c&state=foreign", "error=access_denied", "error=access_denied&state=foreign", "code=c", ""] {
        assert_eq!(stray(query).await, Err(UNKNOWN), "{query}");
    }
    let elsewhere = callback.replace("be.companion.sandbox:", "be.evil:");
    assert_eq!(phone.core.session().finish(elsewhere).await, Err(UNKNOWN));
    assert_eq!(token_requests(&sandbox), 0);
    phone.core.session().finish(callback).await.unwrap();
}

#[tokio::test]
async fn declining_at_the_page_leaves_everything_as_it_was() {
    let sandbox = without_pushing().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    let page = phone.core.session().start(Default::default(), None).await.unwrap();
    let url: url::Url = page.url.parse().unwrap();
    let state = url.query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned();
    let declined = format!("{}?error=access_denied&state={state}&iss={}", page.redirect_uri, sandbox.origin());
    let outcome = phone.core.session().finish(declined).await;
    assert_eq!(outcome, Err(Problem::SignIn { reason: SignInFailure::Declined }));
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
    phone.refresh().await.unwrap();
}

#[tokio::test]
async fn only_invalid_grant_under_400_as_json_ends_the_session() {
    const GRANT: &str = r#"{"error":"invalid_grant"}"#;
    let cases: [(u16, Option<&str>, &str, bool); 12] = [
        (500, None, GRANT, false),
        (401, None, GRANT, false),
        (403, None, GRANT, false),
        (404, None, GRANT, false),
        (408, None, GRANT, false),
        (429, None, GRANT, false),
        (200, None, GRANT, false),
        (400, Some("text/html"), "<html>invalid_grant</html>", false),
        (400, Some("text/plain"), GRANT, false),
        (400, None, "", false),
        (400, None, r#"{"error":"temporarily_unavailable"}"#, false),
        (400, Some("application/json;charset=UTF-8"), GRANT, true),
    ];
    for (status, content_type, body, ends) in cases {
        let sandbox = sandbox().await;
        let phone = Phone::loaded(&sandbox, "emma").await;
        pass_time(&sandbox, &phone, TOKEN_LIFE_S);
        let error = TokenError { status, content_type: content_type.map(str::to_owned), body: body.to_owned() };
        sandbox.set_faults(Faults { token_error: Some(error), ..Faults::default() });
        let problem = phone.refresh().await.unwrap_err();
        let ended = Problem::SessionEnded { reason: SessionEnd::Revoked };
        assert_eq!(problem == ended, ends, "{status} {content_type:?} {body}: {problem:?}");
        let expected = if ends { SessionPhase::SignInAgain } else { SessionPhase::SignedIn };
        assert_eq!(phase(&phone), expected, "{status} {content_type:?} {body}");
        assert_eq!(phone.core.usage().state().phase, UsagePhase::Loaded, "figures stay readable");
        sandbox.set_faults(Faults::default());
        assert_eq!(phone.refresh().await.is_ok(), !ends, "{status} {content_type:?} {body}: afterwards");
    }
}

#[tokio::test]
async fn fifty_calls_with_an_expired_token_make_one_renewal() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    let before = token_requests(&sandbox);
    for round in 1..=3 {
        pass_time(&sandbox, &phone, TOKEN_LIFE_S);
        let calls = (0..50).map(|_| phone.refresh());
        for outcome in futures_util::future::join_all(calls).await {
            outcome.unwrap();
        }
        assert_eq!(token_requests(&sandbox), before + round, "rotation {round}");
    }
}

#[tokio::test]
async fn a_token_refused_before_its_time_is_renewed_once_and_a_second_refusal_is_no_sign_out() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    let usage_only = Some(vec!["/tmf-api".to_owned()]);
    sandbox.set_faults(Faults { status: Some(401), times: Some(1), only: usage_only.clone(), ..Faults::default() });
    let before = token_requests(&sandbox);
    phone.refresh().await.unwrap();
    assert_eq!(token_requests(&sandbox), before + 1);
    sandbox.set_faults(Faults { status: Some(401), only: usage_only, ..Faults::default() });
    assert_eq!(phone.refresh().await, Err(Problem::NotPermitted));
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
}

#[tokio::test]
async fn a_renewal_that_could_not_be_written_is_not_sent() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    pass_time(&sandbox, &phone, TOKEN_LIFE_S);
    let before = token_requests(&sandbox);
    phone.secure_store.read_only.store(true, Ordering::SeqCst);
    assert_eq!(name_of(&phone.refresh().await.unwrap_err()), "storage_unavailable");
    assert_eq!(token_requests(&sandbox), before);
    phone.secure_store.read_only.store(false, Ordering::SeqCst);
    phone.refresh().await.unwrap();
}

#[tokio::test]
async fn a_locked_phone_is_told_apart_from_a_signed_out_one() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    phone.secure_store.locked.store(true, Ordering::SeqCst);
    assert_eq!(name_of(&phone.try_open().unwrap_err()), "storage_unavailable");
    phone.secure_store.locked.store(false, Ordering::SeqCst);
    assert_eq!(phone.try_open().unwrap().session().state().phase, SessionPhase::SignedIn);
}

#[tokio::test]
async fn a_lost_data_key_asks_for_a_new_sign_in_and_then_all_is_well() {
    let sandbox = sandbox().await;
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    let (key, _) = phone.secure_store.contents().into_iter().find(|(key, _)| key.starts_with("data-key/")).unwrap();
    phone.secure_store.delete(key).unwrap();
    phone.reopen();
    assert_eq!(phase(&phone), SessionPhase::SignInAgain);
    assert_eq!(phone.refresh().await, Err(Problem::SessionEnded { reason: SessionEnd::KeyLost }));
    phone.sign_in(&sandbox, "emma").await.unwrap();
    phone.refresh().await.unwrap();
    phone.reopen();
    assert_eq!(phone.core.usage().state().phase, UsagePhase::Loaded);
}

#[tokio::test]
async fn signing_out_works_offline_and_leaves_nothing() {
    let sandbox = sandbox().await;
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    phone.core.session().sign_out().await.unwrap();
    assert_eq!(phase(&phone), SessionPhase::SignedOut);
    assert_eq!(phone.core.usage().state().phase, UsagePhase::SignedOut);
    let left: Vec<String> = phone.secure_store.contents().into_iter().map(|(key, _)| key).collect();
    assert!(matches!(left.as_slice(), [only] if only.starts_with("revoke/")), "what is to be revoked alone: {left:?}");
    assert_eq!(phone.refresh().await, Err(Problem::SessionEnded { reason: SessionEnd::SignedOut }));
    phone.reopen();
    assert_eq!(phase(&phone), SessionPhase::SignedOut);
    sandbox.set_faults(Faults::default());
    phone.core.resume().unwrap();
    assert_eq!(phone.left_in_keychain().await, [""; 0], "told, now that the operator can be reached");
    assert!(sandbox.requests().iter().any(|request| request.path == "/revoke"));
}

#[tokio::test]
async fn the_next_person_on_the_phone_sees_nothing_of_the_last() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    let keys = |phone: &Phone| {
        let contents = phone.secure_store.contents();
        contents.into_iter().filter(|(key, _)| key.starts_with("data-key/")).collect::<Vec<_>>()
    };
    let of_emma = keys(&phone);
    let other = Err(Problem::SignIn { reason: SignInFailure::OtherAccount });
    assert_eq!(phone.sign_in(&sandbox, "luc").await, other);
    assert_eq!(keys(&phone), of_emma, "nothing has changed before the person decided");
    phone.core.session().replace_account().await.unwrap();
    let view = phone.core.usage().state();
    assert_eq!((view.phase, view.lines.len()), (UsagePhase::NeverLoaded, 0));
    let of_luc = keys(&phone);
    assert_eq!((of_emma.len(), of_luc.len()), (1, 1));
    assert_ne!(of_emma, of_luc, "emma's key is gone, and with it all she had here");
    phone.refresh().await.unwrap();
    let emma = sandbox.person("emma").unwrap();
    assert!(!phone.core.usage().state().lines.iter().any(|line| line.line_id == emma.line_id));
}

#[tokio::test]
async fn no_secret_and_no_figure_lies_readable_in_the_files_or_in_debug_text() {
    let sandbox = sandbox().await;
    let phone = Phone::new(&sandbox);
    let callback = phone.walk(&sandbox, "emma").await.unwrap();
    let attempt = phone.item("attempt/");
    let attempt: serde_json::Value = serde_json::from_slice(&attempt).unwrap();
    let parameters: url::Url = callback.parse().unwrap();
    let parameter = |name: &str| parameters.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    phone.core.session().finish(callback.clone()).await.unwrap();
    phone.refresh().await.unwrap();
    pass_time(&sandbox, &phone, TOKEN_LIFE_S);
    phone.refresh().await.unwrap();

    let session: serde_json::Value = serde_json::from_slice(&phone.item("session")).unwrap();
    let emma = sandbox.person("emma").unwrap();
    let view = phone.core.usage().state();
    let line = &view.lines[0];
    let texts = line.hero.iter().chain(&line.buckets).flat_map(|bucket| [&bucket.headline.text]);
    let mut canaries: Vec<Vec<u8>> =
        texts.chain(line.plan.iter().map(|plan| &plan.text)).map(|text| text.clone().into_bytes()).collect();
    let figures = canaries.len();
    canaries.extend(
        [
            session["access"].as_str().unwrap(),
            session["refresh"].as_str().unwrap(),
            attempt["Waiting"]["verifier"].as_str().unwrap(),
            attempt["Waiting"]["nonce"].as_str().unwrap(),
            &parameter("code"),
            &parameter("state"),
            &emma.number,
            &emma.line_id,
            &emma.sub,
        ]
        .map(|text| text.as_bytes().to_vec()),
    );
    canaries.push(phone.item("data-key/"));
    phone.core.suspend(5000).unwrap();
    let files = phone.file_contents();
    // Made for the home screen: a few figures, and nothing else.
    let widget = std::fs::read(phone.data.path().join("widget.json")).unwrap();
    let files: Vec<u8> = {
        let at = files.windows(widget.len()).position(|window| window == widget).unwrap();
        [&files[..at], &files[at + widget.len()..]].concat()
    };
    let objects = (&phone.core, phone.core.session(), phone.core.usage());
    let problem = phone.core.session().finish(callback).await.unwrap_err();
    let debug = format!("{objects:?} {problem:?} {problem}").into_bytes();
    assert!(canaries.len() > 11, "figures are among them");
    for (at, canary) in canaries.into_iter().enumerate() {
        let shown = String::from_utf8_lossy(&canary).into_owned();
        assert!(canary.len() > 4, "{shown} is worth looking for");
        // As it is, and as a list of numbers, which is how bytes are written by derived `Debug`.
        let numbers = canary.iter().map(u8::to_string).collect::<Vec<_>>().join(", ").into_bytes();
        let nowhere: Vec<u8> = Vec::new();
        let widget = if at < figures { &nowhere } else { &widget };
        for (place, haystack) in [("the files", &files), ("debug text", &debug), ("the widget", widget)] {
            for needle in [&canary, &numbers] {
                assert!(!haystack.windows(needle.len()).any(|window| window == needle), "{shown} in {place}");
            }
        }
    }
}

#[tokio::test]
async fn a_wrong_phone_clock_does_not_keep_anybody_out_and_figures_stay_rightly_dated() {
    for wrong_by in [-2 * 86_400, 2 * 86_400] {
        let sandbox = sandbox().await;
        let phone = Phone::new(&sandbox);
        phone.clock.set_wall_by(wrong_by);
        phone.sign_in(&sandbox, "emma").await.unwrap();
        phone.refresh().await.unwrap();
        let view = phone.core.usage().state();
        assert_eq!(view.lines[0].dated.text, "Counted until 14:03");
        assert_eq!(view.notice.map(|notice| notice.kind), Some(companion::usage::view::NoticeKind::Clock));
    }
}
