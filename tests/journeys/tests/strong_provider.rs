//! A provider that offers more: requests pushed before the browser opens (RFC 9126), tokens bound to a key of the app
//! (RFC 9449), pages that make accounts. What is offered is used, and nothing goes on with less.

use companion::problem::{SecurityCheck, SessionEnd, SignInFailure};
use companion::session::{SessionPhase, SignInPurpose, SignInWish};
use companion::usage::view::UsagePhase;
use companion::{Problem, SecureStore};
use companion_journeys::{Phone, START, name_of};
use companion_sandbox::{Faults, Sandbox, SandboxOptions};
use serde_json::{Value, json};
use url::Url;

/// Longer than an access token of the sandbox lives.
const TOKEN_LIFE_S: i64 = 301;

async fn start(options: SandboxOptions) -> Sandbox {
    Sandbox::start(options).await.unwrap()
}

/// Pushes nothing: all that is asked of the page is in its address.
async fn plain() -> Sandbox {
    start(SandboxOptions { par: false, ..SandboxOptions::default() }).await
}

fn asked(sandbox: &Sandbox, path: &str) -> usize {
    sandbox.requests().iter().filter(|request| request.path == path).count()
}

fn pass_time(sandbox: &Sandbox, phone: &Phone, seconds: i64) {
    sandbox.advance(seconds);
    phone.clock.advance(seconds);
}

fn phase(phone: &Phone) -> SessionPhase {
    phone.core.session().state().phase
}

fn names(page: &str) -> Vec<String> {
    Url::parse(page).unwrap().query_pairs().map(|(name, _)| name.into_owned()).collect()
}

fn given(page: &str, name: &str) -> Option<String> {
    Url::parse(page).unwrap().query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

async fn page(phone: &Phone, wish: SignInWish) -> Result<String, Problem> {
    Ok(phone.core.session().start(wish, None).await?.url)
}

/// A phone whose profile says more about the sandbox.
fn phone_with(sandbox: &Sandbox, changes: Value) -> Phone {
    let mut profile: Value = serde_json::from_str(&sandbox.profile_json()).unwrap();
    for (name, value) in changes.as_object().unwrap() {
        profile["identity"][name] = value.clone();
    }
    Phone::with(&profile.to_string(), "fr", START).at(sandbox)
}

#[tokio::test]
async fn where_requests_are_pushed_the_address_of_the_page_says_nothing() {
    let sandbox = start(SandboxOptions { par: true, require_par: true, ..SandboxOptions::default() }).await;
    let phone = Phone::new(&sandbox);
    let wish = SignInWish { number: Some("+32470000000".to_owned()), ..SignInWish::default() };
    let url = page(&phone, wish).await.unwrap();
    assert_eq!(names(&url), ["client_id", "request_uri"]);
    assert_eq!(asked(&sandbox, "/par"), 1);
    phone.sign_in(&sandbox, "emma").await.unwrap();
    phone.refresh().await.unwrap();
    assert_eq!(phone.core.usage().state().phase, UsagePhase::Loaded);
}

#[tokio::test]
async fn a_push_that_fails_opens_no_page_with_less() {
    let sandbox = start(SandboxOptions { par: true, ..SandboxOptions::default() }).await;
    for (faults, expected) in [
        (Faults { status: Some(500), ..Faults::default() }, "service_unavailable"),
        (Faults { html_portal: true, ..Faults::default() }, "blocked_network"),
        (Faults { garbage: true, ..Faults::default() }, "not_understood"),
        (Faults { drop: true, ..Faults::default() }, "offline"),
        (
            Faults { status: Some(400), body: Some(r#"{"error":"invalid_client"}"#.to_owned()), ..Faults::default() },
            "configuration",
        ),
        (
            Faults { status: Some(400), body: Some(r#"{"error":"invalid_request"}"#.to_owned()), ..Faults::default() },
            "configuration",
        ),
    ] {
        let phone = Phone::new(&sandbox);
        sandbox.set_faults(Faults { only: Some(vec!["/par".to_owned()]), ..faults });
        let problem = page(&phone, SignInWish::default()).await.unwrap_err();
        assert_eq!(name_of(&problem), expected, "{problem:?}");
        assert_eq!(phase(&phone), SessionPhase::SignedOut);
        assert_eq!(phone.secure_store.list("attempt/".to_owned()).unwrap().len(), 0, "nothing waits for a browser");
        sandbox.set_faults(Faults::default());
    }
}

#[tokio::test]
async fn a_number_is_filled_in_only_where_it_stays_out_of_the_browsers_history() {
    let sandbox = plain().await;
    let wish = SignInWish { number: Some("+32470000000".to_owned()), ..SignInWish::default() };
    let url = page(&Phone::new(&sandbox), wish).await.unwrap();
    assert!(!url.contains("32470000000"), "{url}");
}

#[tokio::test]
async fn bound_tokens_are_used_renewed_and_revoked_with_their_key_and_with_the_servers_nonces() {
    for dpop_nonce in [false, true] {
        let options = SandboxOptions { dpop: true, dpop_nonce, par: true, ..SandboxOptions::default() };
        let sandbox = start(options).await;
        let mut phone = Phone::loaded(&sandbox, "emma").await;
        for _ in 0..3 {
            pass_time(&sandbox, &phone, TOKEN_LIFE_S);
            phone.refresh().await.unwrap();
        }
        phone.reopen();
        pass_time(&sandbox, &phone, TOKEN_LIFE_S);
        phone.refresh().await.unwrap();
        assert_eq!(phase(&phone), SessionPhase::SignedIn, "nonce: {dpop_nonce}");
        let session: Value = serde_json::from_slice(&phone.item("session")).unwrap();
        assert!(session["proof_key"].is_string(), "the key is kept with the tokens it is for");
        let revoked = asked(&sandbox, "/revoke");
        phone.core.session().sign_out().await.unwrap();
        assert_eq!(phone.left_in_keychain().await, [""; 0]);
        assert_eq!(asked(&sandbox, "/revoke"), revoked + 1);
    }
}

#[tokio::test]
async fn a_profile_that_wants_bound_tokens_takes_no_provider_that_cannot() {
    let sandbox = plain().await;
    let phone = phone_with(&sandbox, json!({"dpop": true}));
    let expected = Problem::SignIn { reason: SignInFailure::Rejected { check: SecurityCheck::Provider } };
    assert_eq!(page(&phone, SignInWish::default()).await, Err(expected));
}

#[tokio::test]
async fn who_signed_out_is_asked_who_they_are_and_nobody_else_is() {
    let sandbox = plain().await;
    let mut phone = Phone::new(&sandbox);
    let url = page(&phone, SignInWish::default()).await.unwrap();
    assert_eq!((given(&url, "prompt"), given(&url, "ui_locales")), (None, Some("en".to_owned())));
    phone.sign_in(&sandbox, "emma").await.unwrap();
    phone.core.session().sign_out().await.unwrap();
    phone.reopen();
    let url = page(&phone, SignInWish::default()).await.unwrap();
    assert_eq!(given(&url, "prompt").as_deref(), Some("login"), "also after a restart");
    phone.sign_in(&sandbox, "luc").await.unwrap();
    let url = page(&phone, SignInWish::default()).await.unwrap();
    assert_eq!(given(&url, "prompt"), None);
}

#[tokio::test]
async fn a_profile_that_asks_for_consent_gets_the_question() {
    let sandbox = plain().await;
    let phone = phone_with(&sandbox, json!({"askConsent": true}));
    let url = page(&phone, SignInWish::default()).await.unwrap();
    assert_eq!(given(&url, "prompt").as_deref(), Some("consent"));
    phone.sign_in(&sandbox, "emma").await.unwrap();
}

#[tokio::test]
async fn an_account_is_made_on_the_operators_own_page_or_only_by_invitation() {
    let sandbox = plain().await;
    let create = || SignInWish { purpose: SignInPurpose::CreateAccount, ..SignInWish::default() };
    let refused = page(&phone_with(&sandbox, json!({"createsAccounts": false})), create()).await;
    assert_eq!(refused, Err(Problem::SignIn { reason: SignInFailure::InvitationRequired }));
    assert_eq!(sandbox.requests().len(), 0, "which takes no network to tell");

    let without_prompt = json!({"createsAccounts": true, "registrationUrl": "https://register.example/new?from=app"});
    let mut discovery = described(&sandbox).await;
    discovery["prompt_values_supported"] = json!(["login"]);
    sandbox.set_faults(describing(&discovery));
    let phone = phone_with(&sandbox, without_prompt);
    let page_that_stays = phone.core.session().start(create(), None).await.unwrap();
    assert_eq!(
        (page_that_stays.url.as_str(), page_that_stays.comes_back),
        ("https://register.example/new?from=app", false)
    );
    assert_eq!(phase(&phone), SessionPhase::SignedOut, "no sign-in waits for it");
    assert!(phone.core.session().state().sign_in_on_return, "whoever is back from it signs in");
    page(&phone, SignInWish::default()).await.unwrap();
    assert!(!phone.core.session().state().sign_in_on_return, "which is done once");

    discovery["prompt_values_supported"] = json!(["login", "create"]);
    sandbox.set_faults(describing(&discovery));
    let phone = phone_with(&sandbox, json!({"createsAccounts": true}));
    let url = page(&phone, create()).await.unwrap();
    assert_eq!(given(&url, "prompt").as_deref(), Some("create"));
}

#[tokio::test]
async fn an_invitation_is_pushed_or_opened_as_it_came_and_never_put_into_an_address_of_ours() {
    let invitation = json!({"invitation": {
        "link": "https://id.example/invitation", "tokenParameter": "token", "requestParameter": "invitation",
    }});
    let link = "https://id.example/invitation?token=abcd-1234&utm_source=mail";
    let wish = |text: &str| SignInWish {
        purpose: SignInPurpose::Invitation { invitation: text.to_owned() },
        ..SignInWish::default()
    };
    let pushes = start(SandboxOptions { par: true, ..SandboxOptions::default() }).await;
    let phone = phone_with(&pushes, invitation.clone());
    for text in [link, "abcd-1234"] {
        let url = page(&phone, wish(text)).await.unwrap();
        assert!(!url.contains("abcd"), "{url}");
        assert_eq!(phase(&phone), SessionPhase::SigningIn);
    }
    // There is an account to be made and an e-mail to be found: the browser may stay away for a day.
    pass_time(&pushes, &phone, 23 * 3600);
    assert_eq!(phase(&phone), SessionPhase::SigningIn);
    pass_time(&pushes, &phone, 3601);
    assert_eq!(phase(&phone), SessionPhase::SignedOut);

    let plain = plain().await;
    let phone = phone_with(&plain, invitation);
    let page_that_stays = phone.core.session().start(wish(link), None).await.unwrap();
    assert_eq!(
        page_that_stays.url, "https://id.example/invitation?token=abcd-1234",
        "nothing else of the link survives"
    );
    assert!(!page_that_stays.comes_back);
    let unknown = Err(Problem::SignIn { reason: SignInFailure::InvitationUnknown });
    assert_eq!(page(&phone, wish("https://evil.example/invitation?token=abcd")).await, unknown);
    assert_eq!(page(&Phone::new(&plain), wish(link)).await, unknown, "an operator that invites nobody");
}

#[tokio::test]
async fn an_error_of_the_operators_own_is_told_by_its_meaning() {
    let sandbox = plain().await;
    for (code, meaning, expected) in [
        ("e1", "profileIncomplete", SignInFailure::ProfileIncomplete),
        ("e2", "invitationRequired", SignInFailure::InvitationRequired),
        ("e3", "notEligible", SignInFailure::NotEligible),
        ("e4", "invitationUsed", SignInFailure::InvitationUsed),
        ("e5", "invitationExpired", SignInFailure::InvitationExpired),
        ("e6", "invitationUnknown", SignInFailure::InvitationUnknown),
        ("e7", "invitationOtherAccount", SignInFailure::InvitationOtherAccount),
        ("access_denied", "notEligible", SignInFailure::NotEligible),
    ] {
        let phone = phone_with(&sandbox, json!({"errors": {code: meaning}}));
        let url = page(&phone, SignInWish::default()).await.unwrap();
        let (state, issuer) = (given(&url, "state").unwrap(), sandbox.origin());
        let callback = format!("be.companion.sandbox:/signed-in?error={code}&state={state}&iss={issuer}");
        let problem = Problem::SignIn { reason: expected };
        assert_eq!(phone.core.session().finish(callback).await, Err(problem.clone()), "{code}");
        assert_eq!(phase(&phone), SessionPhase::SignedOut);
        assert!(!phone.core.explain(problem).sentence.contains(code), "no word of the server's");
    }
}

#[tokio::test]
async fn two_processes_of_the_app_renew_once_between_them_and_take_over_what_the_other_did() {
    let sandbox = plain().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    let widget = phone.try_open_as("widget").unwrap();
    let before = asked(&sandbox, "/token");
    pass_time(&sandbox, &phone, TOKEN_LIFE_S);
    let (ours, theirs) = tokio::join!(phone.refresh(), widget.usage().refresh(None));
    assert_eq!((ours, theirs), (Ok(()), Ok(())));
    assert_eq!(asked(&sandbox, "/token"), before + 1, "one renewal for both");

    sandbox.end_sessions("emma");
    pass_time(&sandbox, &phone, TOKEN_LIFE_S);
    let ended = Err(Problem::SessionEnded { reason: SessionEnd::Revoked });
    assert_eq!(widget.usage().refresh(None).await, ended);
    let told = asked(&sandbox, "/token");
    assert_eq!(phone.refresh().await, ended, "taken over");
    assert_eq!(asked(&sandbox, "/token"), told, "without sending the dead token again");
}

#[tokio::test]
async fn a_sign_out_in_one_process_is_one_in_the_other() {
    let sandbox = plain().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    let widget = phone.try_open_as("widget").unwrap();
    phone.core.session().sign_out().await.unwrap();
    pass_time(&sandbox, &phone, TOKEN_LIFE_S);
    let out = Err(Problem::SessionEnded { reason: SessionEnd::SignedOut });
    assert_eq!(widget.usage().refresh(None).await, out);
    assert_eq!(widget.session().state().phase, SessionPhase::SignedOut);
}

async fn described(sandbox: &Sandbox) -> Value {
    let anchors = reqwest::Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap();
    let client = reqwest::Client::builder().tls_certs_only([anchors]).build().unwrap();
    let url = format!("{}/.well-known/openid-configuration", sandbox.origin());
    let body = client.get(url).send().await.unwrap().bytes().await.unwrap();
    serde_json::from_slice(&body).unwrap()
}

fn describing(discovery: &Value) -> Faults {
    Faults {
        only: Some(vec!["/.well-known/openid-configuration".to_owned()]),
        status: Some(200),
        content_type: Some("application/json".to_owned()),
        body: Some(discovery.to_string()),
        ..Faults::default()
    }
}
