//! The core against identity servers that know nothing of this project, each fetched and started by `tests/run servers`:
//! the same journeys for all, and what differs from one server to the next stated where it does.

use companion::problem::{SecurityCheck, SessionEnd, SignInFailure};
use companion::session::{SessionPhase, SignInPurpose, SignInWish};
use companion::{Problem, SecureStore};
use companion_cli::operator::check::report::Level;
use companion_cli::operator::check::walk::{Ended, Wish, check};
use companion_cli::operator::check::way_in::{Page, WayIn};
use companion_journeys::Phone;
use companion_journeys::servers::{APP, IdentityServer, Kind, SIGNED_OUT_URI};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::{Mutex, OnceCell, mpsc};

/// Longer than an access token of any of the servers lives, shorter than a refresh token.
const TOKEN_LIFE_S: i64 = 301;

fn new_phone(server: &IdentityServer) -> Phone {
    phone_with(server, json!({}))
}

/// A phone whose profile says something else of the server than is usual.
fn phone_with(server: &IdentityServer, identity: Value) -> Phone {
    Phone::with(&server.profile(identity), "en", &Timestamp::now().to_string())
}

async fn sign_in(server: &IdentityServer, phone: &Phone) {
    let page = phone.core.session().start(SignInWish::default(), None).await.unwrap();
    let callback = server.walk(&page.url).await;
    phone.core.session().finish(callback).await.unwrap();
    assert_eq!(phase(phone), SessionPhase::SignedIn);
}

async fn signed_in(server: &IdentityServer) -> Phone {
    let phone = new_phone(server);
    sign_in(server, &phone).await;
    phone
}

/// The core needs a token after the last one ran out. What the servers say of usage, which they know nothing about, is no
/// matter: a renewal that brought tokens went well.
async fn renew(server: &IdentityServer, phone: &mut Phone) -> Result<(), Problem> {
    server.rest().await;
    if server.tells_the_time() {
        phone.clock.advance(TOKEN_LIFE_S);
    } else {
        lose_access_token(phone);
    }
    let before = session(phone)["generation"].as_u64();
    let outcome = phone.core.usage().refresh(None).await;
    if session(phone)["generation"].as_u64() > before { Ok(()) } else { Err(outcome.expect_err("a renewal was due")) }
}

/// A clock that is moved would stay wrong where the server does not tell the time, and what it signs be refused.
fn lose_access_token(phone: &mut Phone) {
    let mut kept = session(phone);
    kept["access"] = Value::Null;
    phone.secure_store.put("session".to_owned(), kept.to_string().into_bytes()).unwrap();
    phone.reopen();
}

fn phase(phone: &Phone) -> SessionPhase {
    phone.core.session().state().phase
}

fn refresh_token(phone: &Phone) -> String {
    session(phone)["refresh"].as_str().expect("a refresh token").to_owned()
}

/// What the phone keeps of the session.
fn session(phone: &Phone) -> Value {
    serde_json::from_slice(&phone.item("session")).unwrap()
}

/// Somebody other than the core asks for tokens.
async fn redeem(server: &IdentityServer, refresh_token: &str) -> (u16, String) {
    redeem_as(server, APP, refresh_token).await
}

async fn redeem_as(server: &IdentityServer, client_id: &str, refresh_token: &str) -> (u16, String) {
    server.rest().await;
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh_token), ("client_id", client_id)];
    server.post("token_endpoint", &form).await
}

fn parameter(url: &str, name: &str) -> Option<String> {
    let url: url::Url = url.parse().unwrap();
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

async fn each_renewal_brings_a_new_refresh_token(server: &IdentityServer) {
    let mut phone = signed_in(server).await;
    let mut seen = vec![refresh_token(&phone)];
    for _ in 0..3 {
        renew(server, &mut phone).await.unwrap();
        let next = refresh_token(&phone);
        assert!(!seen.contains(&next), "rotated");
        seen.push(next);
    }
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
}

async fn the_app_may_die_behind_the_browser_and_after_it(server: &IdentityServer) {
    let mut phone = new_phone(server);
    let page = phone.core.session().start(SignInWish::default(), None).await.unwrap();
    let callback = server.walk(&page.url).await;
    phone.reopen();
    phone.core.session().finish(callback).await.unwrap();
    phone.reopen();
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
    renew(server, &mut phone).await.unwrap();
    phone.reopen();
    renew(server, &mut phone).await.unwrap();
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
}

/// The core had no part in the reuse, so it hears of it at its next renewal.
async fn a_refresh_token_used_twice_ends_the_session_and_keeps_the_data(server: &IdentityServer) {
    let mut phone = signed_in(server).await;
    let stolen = refresh_token(&phone);
    renew(server, &mut phone).await.unwrap();
    let (status, body) = redeem(server, &stolen).await;
    assert!(!(200..300).contains(&status), "{status} {body}");
    let outcome = renew(server, &mut phone).await;
    assert_eq!(outcome, Err(Problem::SessionEnded { reason: SessionEnd::Revoked }), "{status} {body}");
    assert_eq!(phase(&phone), SessionPhase::SignInAgain);
    assert_eq!(phone.item("data-key/").len(), 32, "what is kept can still be read");
    sign_in(server, &phone).await;
    renew(server, &mut phone).await.unwrap();
}

/// Glewlwyd refuses without a word. What that means cannot be known, so the person stays signed in, with all that is kept,
/// and may sign in again.
async fn a_refusal_without_a_word_ends_no_session(server: &IdentityServer) {
    let mut phone = signed_in(server).await;
    let stolen = refresh_token(&phone);
    renew(server, &mut phone).await.unwrap();
    let silence = (400, String::new());
    assert_eq!(redeem(server, &stolen).await, silence, "used twice");
    assert_eq!(redeem(server, &refresh_token(&phone)).await, silence, "and so the whole family is dead");
    let problem = renew(server, &mut phone).await.unwrap_err();
    assert!(!matches!(problem, Problem::SessionEnded { .. }), "{problem:?}");
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
    sign_in(server, &phone).await;
    renew(server, &mut phone).await.unwrap();
}

async fn what_the_server_revoked_ends_at_the_next_renewal(server: &IdentityServer) {
    let mut phone = signed_in(server).await;
    let (status, body) = server.post("revocation_endpoint", &revocation(&refresh_token(&phone))).await;
    assert_eq!(status, 200, "{body}");
    let outcome = renew(server, &mut phone).await;
    assert_eq!(outcome, Err(Problem::SessionEnded { reason: SessionEnd::Revoked }));
    assert_eq!(phase(&phone), SessionPhase::SignInAgain);
}

fn revocation(token: &str) -> [(&str, &str); 3] {
    [("token", token), ("token_type_hint", "refresh_token"), ("client_id", APP)]
}

async fn signing_out_revokes_at_the_server(server: &IdentityServer) {
    let phone = signed_in(server).await;
    let token = refresh_token(&phone);
    phone.core.session().sign_out().await.unwrap();
    assert_eq!(phase(&phone), SessionPhase::SignedOut);
    assert_eq!(phone.left_in_keychain().await, [""; 0], "the server was told");
    let (status, body) = redeem(server, &token).await;
    assert_eq!(status, 400, "{body}");
    assert!(body.contains("invalid_grant"), "{body}");
}

/// Glewlwyd takes no revocation from a public client: signing out is done all the same, and the token is no longer kept
/// once the server has refused three times.
async fn signing_out_needs_no_leave_of_the_server(server: &IdentityServer) {
    let phone = signed_in(server).await;
    let token = refresh_token(&phone);
    assert_eq!(server.post("revocation_endpoint", &revocation(&token)).await.0, 401);
    for _ in 0..3 {
        phone.core.session().sign_out().await.unwrap();
        assert_eq!(phase(&phone), SessionPhase::SignedOut);
    }
    assert_eq!(phone.left_in_keychain().await, [""; 0]);
    let (status, body) = redeem(server, &token).await;
    assert_eq!(status, 200, "lives on until it is too old: {body}");
}

async fn declining_at_the_page_leaves_everything_as_it_was(server: &IdentityServer) {
    let mut phone = signed_in(server).await;
    let page = phone.core.session().start(SignInWish::default(), None).await.unwrap();
    let callback = server.decline(&page.url).await;
    assert_eq!(parameter(&callback, "error").as_deref(), Some("access_denied"));
    let outcome = phone.core.session().finish(callback).await;
    assert_eq!(outcome, Err(Problem::SignIn { reason: SignInFailure::Declined }));
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
    renew(server, &mut phone).await.unwrap();
}

async fn an_error_of_the_servers_own_is_told_as_such(server: &IdentityServer) {
    let phone = new_phone(server);
    let page = phone.core.session().start(SignInWish::default(), None).await.unwrap();
    let weakened = page.url.replace("code_challenge_method=S256", "code_challenge_method=plain");
    let callback = server.bounce(&weakened).await;
    assert_eq!(parameter(&callback, "error").as_deref(), Some("invalid_request"), "PKCE with S256 or nothing");
    let outcome = phone.core.session().finish(callback).await;
    assert_eq!(outcome, Err(Problem::SignIn { reason: SignInFailure::OperatorError }));
    assert_eq!(phase(&phone), SessionPhase::SignedOut);
}

async fn a_request_goes_to_the_server_before_the_browser_opens(server: &IdentityServer) {
    let phone = phone_with(server, json!({}));
    let page = phone.core.session().start(SignInWish::default(), None).await.unwrap();
    let url: url::Url = page.url.parse().unwrap();
    let told: Vec<_> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(told, ["client_id", "request_uri"], "and the browser's history holds nothing of it");
    let callback = server.walk(&page.url).await;
    phone.core.session().finish(callback).await.unwrap();
}

async fn a_request_that_the_server_refuses_opens_no_browser(server: &IdentityServer) {
    let phone = phone_with(server, json!({ "redirectUri": "be.companion.test:/not-registered" }));
    let refused = phone.core.session().start(SignInWish::default(), None).await;
    assert!(refused.is_err(), "{refused:?}");
    assert_eq!(phase(&phone), SessionPhase::SignedOut);
    assert!(phone.secure_store.contents().is_empty(), "nothing waits for a browser");
}

/// The person shows once more who is there.
async fn step_up_page(phone: &Phone) -> String {
    let wish = SignInWish { purpose: SignInPurpose::StepUp, number: None };
    phone.core.session().start(wish, None).await.unwrap().url
}

/// What an operator wants of the sign-in that is under way, as if it had said so before.
fn want_also(phone: &Phone, acr_values: &str) {
    let (name, item) =
        phone.secure_store.contents().into_iter().find(|(name, _)| name.starts_with("attempt/")).unwrap();
    let mut kept: Value = serde_json::from_slice(&item).unwrap();
    kept["Waiting"]["step_up"]["acr_values"] = json!(acr_values);
    phone.secure_store.put(name, kept.to_string().into_bytes()).unwrap();
}

/// In one browser, both sign-ins are of one grant at oidc-provider: to revoke a token of either ends the other. So nothing of
/// the former is revoked while the person lives by what the step-up brought.
async fn a_step_up_ends_nothing_of_the_grant_it_shares_with_the_sign_in_before(server: &IdentityServer) {
    let (mut phone, mut browser) = (new_phone(server), server.browser());
    let page = phone.core.session().start(SignInWish::default(), None).await.unwrap();
    let callback = server.walk_in(&mut browser, &page.url).await;
    phone.core.session().finish(callback).await.unwrap();
    let before = refresh_token(&phone);

    let callback = server.walk_in(&mut browser, &step_up_page(&phone).await).await;
    phone.core.session().finish(callback).await.unwrap();
    let after = refresh_token(&phone);
    assert_ne!(before, after, "newer tokens");
    // Whatever is told in the background is told when the app wakes up.
    phone.reopen();
    let (status, body) = redeem(server, &before).await;
    assert_eq!(status, 200, "the sign-in before is as good as it was: {body}");
    let rotated: Value = serde_json::from_str(&body).unwrap();
    renew(server, &mut phone).await.unwrap();
    renew(server, &mut phone).await.unwrap();
    assert_eq!(phase(&phone), SessionPhase::SignedIn);

    // That is why: what was given up would have taken the newer one along.
    let (status, _) = server.post("revocation_endpoint", &revocation(rotated["refresh_token"].as_str().unwrap())).await;
    assert_eq!(status, 200);
    assert_eq!(renew(server, &mut phone).await, Err(Problem::SessionEnded { reason: SessionEnd::Revoked }));
}

/// A step-up that was not enough brought tokens of the same grant: they must not be given up beside it.
async fn a_step_up_that_is_not_enough_ends_no_grant(server: &IdentityServer) {
    let (mut phone, mut browser) = (new_phone(server), server.browser());
    let page = phone.core.session().start(SignInWish::default(), None).await.unwrap();
    let callback = server.walk_in(&mut browser, &page.url).await;
    phone.core.session().finish(callback).await.unwrap();
    let before = refresh_token(&phone);
    for _ in 0..2 {
        let page = step_up_page(&phone).await;
        want_also(&phone, "urn:example:hardware-key");
        let callback = server.walk_in(&mut browser, &page).await;
        let outcome = phone.core.session().finish(callback).await;
        assert_eq!(
            outcome,
            Err(Problem::SignIn { reason: SignInFailure::StepUpTooWeak }),
            "the server knows no such way"
        );
        assert_eq!((refresh_token(&phone), phase(&phone)), (before.clone(), SessionPhase::SignedIn));
    }
    phone.reopen();
    renew(server, &mut phone).await.unwrap();
    renew(server, &mut phone).await.unwrap();
    // Told when she signs out, all of them.
    let last = refresh_token(&phone);
    phone.core.session().sign_out().await.unwrap();
    assert_eq!(phone.left_in_keychain().await, [""; 0], "the server was told");
    assert_eq!(redeem(server, &last).await.0, 400);
}

/// In a browser that knows nobody, both sign-ins are each of a grant of its own; what was not enough costs nothing there either.
async fn a_step_up_in_another_browser_renews_like_any_sign_in(server: &IdentityServer) {
    let mut phone = signed_in(server).await;
    let first = refresh_token(&phone);
    let page = step_up_page(&phone).await;
    want_also(&phone, "urn:example:hardware-key");
    let outcome = phone.core.session().finish(server.walk(&page).await).await;
    assert_eq!(outcome, Err(Problem::SignIn { reason: SignInFailure::StepUpTooWeak }));
    assert_eq!(refresh_token(&phone), first);
    phone.reopen();
    renew(server, &mut phone).await.unwrap();

    let before = refresh_token(&phone);
    phone.core.session().finish(server.walk(&step_up_page(&phone).await).await).await.unwrap();
    assert_ne!(refresh_token(&phone), before);
    phone.reopen();
    renew(server, &mut phone).await.unwrap();
    renew(server, &mut phone).await.unwrap();
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
}

/// At oidc-provider with a nonce of its own in every proof.
async fn tokens_are_good_only_with_the_key_they_are_bound_to(server: &IdentityServer) {
    let client = server.client_with_key();
    let mut phone = phone_with(server, json!({ "clientId": client, "dpop": true }));
    sign_in(server, &phone).await;
    let first = refresh_token(&phone);
    renew(server, &mut phone).await.unwrap();
    let second = refresh_token(&phone);
    assert_ne!(first, second, "rotated");
    let (status, body) = redeem_as(server, client, &second).await;
    assert!((400..500).contains(&status), "without a proof: {status} {body}");
    phone.reopen();
    renew(server, &mut phone).await.unwrap();
    assert_ne!(refresh_token(&phone), second, "the thief's try has cost nothing");
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
}

async fn userinfo_is_read_with_the_token(server: &IdentityServer) {
    let bound = json!({ "clientId": server.client_with_key(), "dpop": true });
    for identity in [json!({}), bound] {
        let phone = phone_with(server, identity.clone());
        sign_in(server, &phone).await;
        // It names a line; its usage is nowhere.
        let _ = phone.core.usage().refresh(None).await;
        let lines: Vec<_> = phone.core.usage().state().lines.into_iter().map(|line| line.line_id).collect();
        assert_eq!(lines, ["+32470123456"], "{identity}");
    }
}

async fn tokens_of_a_server_that_binds_none_are_not_taken_where_they_must_be_bound(server: &IdentityServer) {
    let phone = phone_with(server, json!({ "dpop": true }));
    let refused = phone.core.session().start(SignInWish::default(), None).await;
    let check = SecurityCheck::Provider;
    assert_eq!(refused, Err(Problem::SignIn { reason: SignInFailure::Rejected { check } }));
}

async fn signing_out_in_the_browser_leads_back_to_the_app(server: &IdentityServer) {
    let phone = signed_in(server).await;
    let signed_out = phone.core.session().sign_out().await.unwrap();
    let back = server.end_session(&signed_out.end_session_url.expect("a page")).await;
    assert!(back.starts_with(SIGNED_OUT_URI), "{back}");
}

async fn id_tokens_may_be_signed_with_rsa_unless_the_profile_says_otherwise(server: &IdentityServer) {
    sign_in(server, &phone_with(server, json!({ "clientId": "app-rs256" }))).await;
    let phone = phone_with(server, json!({ "clientId": "app-rs256", "idTokenAlgorithms": ["ES256"] }));
    let page = phone.core.session().start(SignInWish::default(), None).await.unwrap();
    let refused = phone.core.session().finish(server.walk(&page.url).await).await;
    let check = SecurityCheck::Signature;
    assert_eq!(refused, Err(Problem::SignIn { reason: SignInFailure::Rejected { check } }));
    assert_eq!(phase(&phone), SessionPhase::SignedOut);
}

async fn a_forged_answer_is_refused_and_the_real_one_still_counts(server: &IdentityServer) {
    let phone = new_phone(server);
    let page = phone.core.session().start(SignInWish::default(), None).await.unwrap();
    let callback = server.walk(&page.url).await;
    let forge = |name: &str, value: &str| {
        let mut url: url::Url = callback.parse().unwrap();
        let pairs: Vec<_> = url.query_pairs().into_owned().filter(|(key, _)| key != name).collect();
        url.query_pairs_mut().clear().extend_pairs(pairs).append_pair(name, value);
        url.to_string()
    };
    let cases = [
        (forge("state", "another"), SignInFailure::AttemptUnknown),
        (forge("iss", "https://evil.example"), SignInFailure::Rejected { check: SecurityCheck::Issuer }),
    ];
    for (forged, reason) in cases {
        assert_eq!(phone.core.session().finish(forged).await, Err(Problem::SignIn { reason }));
    }
    assert_eq!(parameter(&callback, "iss").as_deref(), Some(server.issuer.as_str()));
    phone.core.session().finish(callback).await.unwrap();
    assert_eq!(phase(&phone), SessionPhase::SignedIn);
}

/// One module a server, which is started once for all journeys in it. They take turns: Glewlwyd on SQLite fails requests
/// that come at the same time, and a log of one journey after the other can be read.
/// An operator's API team tries the server: its sign-in part works, and what is worth knowing of it is a remark. The APIs, of
/// which there are none, are not.
async fn the_check_of_an_operator_goes_through_its_sign_in(server: &IdentityServer) {
    server.rest().await;
    let (walker, mut pages) = mpsc::channel::<Page>(1);
    let way_in = match server.form() {
        Some((name, password)) => WayIn::Form { name: name.to_owned(), password: password.into() },
        None => WayIn::Walker(walker),
    };
    let walking = async {
        while let Some(page) = pages.recv().await {
            let _ = page.back.send(server.walk(&page.url).await);
        }
    };
    let (profile, wish) = (server.profile(json!({})), Wish { way_in, write: false });
    let checking = check(&profile, &wish, |_| (), std::future::pending());
    let ended = tokio::select! {
        ended = checking => ended.unwrap(),
        () = walking => panic!("the check asks for no page any more"),
    };
    let Ended::Done(report) = ended else { panic!("{ended:?}") };
    // None of these servers knows which lines a person has.
    let faults = report.findings.iter().filter(|it| it.level == Level::Fault && it.request != "userinfo");
    let faulty: Vec<_> = faults.map(|it| it.capability.as_str()).filter(|it| *it != "usage").collect();
    assert_eq!(faulty, [""; 0], "{:#?}", report.findings);
    let asked = report.capabilities[0].requests;
    assert!(asked >= 4, "description, tokens, keys, renewal: {asked}");
    assert!(!report.works(), "it has no usage");
}

macro_rules! journeys {
    ($server:ident, $kind:ident: $($journey:ident)*) => {
        mod $server {
            use super::*;

            static SERVER: Mutex<OnceCell<IdentityServer>> = Mutex::const_new(OnceCell::const_new());

            $(#[tokio::test]
            #[ignore = "tests/run servers fetches the server"]
            async fn $journey() {
                let turn = SERVER.lock().await;
                let start = || IdentityServer::start(Kind::$kind, env!("CARGO_TARGET_TMPDIR"));
                super::$journey(turn.get_or_init(start).await).await;
            })*
        }
    };
}

journeys! { oidc_provider, OidcProvider:
    the_check_of_an_operator_goes_through_its_sign_in
    each_renewal_brings_a_new_refresh_token
    the_app_may_die_behind_the_browser_and_after_it
    a_refresh_token_used_twice_ends_the_session_and_keeps_the_data
    what_the_server_revoked_ends_at_the_next_renewal
    signing_out_revokes_at_the_server
    signing_out_in_the_browser_leads_back_to_the_app
    declining_at_the_page_leaves_everything_as_it_was
    a_forged_answer_is_refused_and_the_real_one_still_counts
    a_request_goes_to_the_server_before_the_browser_opens
    a_request_that_the_server_refuses_opens_no_browser
    tokens_are_good_only_with_the_key_they_are_bound_to
    userinfo_is_read_with_the_token
    a_step_up_ends_nothing_of_the_grant_it_shares_with_the_sign_in_before
    a_step_up_that_is_not_enough_ends_no_grant
    a_step_up_in_another_browser_renews_like_any_sign_in
    id_tokens_may_be_signed_with_rsa_unless_the_profile_says_otherwise
}

journeys! { nanoidp, Nanoidp:
    the_check_of_an_operator_goes_through_its_sign_in
    each_renewal_brings_a_new_refresh_token
    the_app_may_die_behind_the_browser_and_after_it
    a_refresh_token_used_twice_ends_the_session_and_keeps_the_data
    what_the_server_revoked_ends_at_the_next_renewal
    signing_out_revokes_at_the_server
    signing_out_in_the_browser_leads_back_to_the_app
    an_error_of_the_servers_own_is_told_as_such
    a_forged_answer_is_refused_and_the_real_one_still_counts
    tokens_of_a_server_that_binds_none_are_not_taken_where_they_must_be_bound
    a_step_up_in_another_browser_renews_like_any_sign_in
}

journeys! { glewlwyd, Glewlwyd:
    the_check_of_an_operator_goes_through_its_sign_in
    each_renewal_brings_a_new_refresh_token
    the_app_may_die_behind_the_browser_and_after_it
    a_refusal_without_a_word_ends_no_session
    signing_out_needs_no_leave_of_the_server
    a_forged_answer_is_refused_and_the_real_one_still_counts
    a_request_goes_to_the_server_before_the_browser_opens
    a_request_that_the_server_refuses_opens_no_browser
    tokens_are_good_only_with_the_key_they_are_bound_to
}

// Only in the long run.
journeys! { keycloak, Keycloak:
    the_check_of_an_operator_goes_through_its_sign_in
    each_renewal_brings_a_new_refresh_token
    the_app_may_die_behind_the_browser_and_after_it
    a_refresh_token_used_twice_ends_the_session_and_keeps_the_data
    what_the_server_revoked_ends_at_the_next_renewal
    signing_out_revokes_at_the_server
    signing_out_in_the_browser_leads_back_to_the_app
    declining_at_the_page_leaves_everything_as_it_was
    a_forged_answer_is_refused_and_the_real_one_still_counts
    a_request_goes_to_the_server_before_the_browser_opens
    a_request_that_the_server_refuses_opens_no_browser
    tokens_are_good_only_with_the_key_they_are_bound_to
}
