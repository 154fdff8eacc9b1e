//! What the browser itself remembers, and how that ends.

mod support;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use companion_sandbox::agent::Browser;
use companion_sandbox::{PersonCard, Sandbox, SandboxOptions};
use reqwest::Response;
use serde_json::Value;
use support::{App, Tokens, VERIFIER, parameter};
use url::Url;

const SIGNED_OUT: &str = "be.companion.sandbox:/signed-out";

struct Scene {
    sandbox: Sandbox,
    app: App,
    emma: PersonCard,
}

impl Scene {
    async fn start() -> Self {
        let options = SandboxOptions::default();
        let sandbox = Sandbox::start(options).await.unwrap();
        Self { app: App::of(&sandbox), emma: sandbox.person("emma").unwrap(), sandbox }
    }

    fn end_url(&self, parameters: &[(&str, &str)]) -> Url {
        let mut url = Url::parse(&format!("{}/end-session", self.app.origin)).unwrap();
        url.query_pairs_mut().extend_pairs(parameters);
        url
    }

    /// The browser's next sign-in with these parameters, with a password that would be wrong.
    async fn without_password(&self, browser: &mut Browser, changes: &[(&str, &str)]) -> Result<String, String> {
        let url = self.app.authorize_url_with(changes);
        let callback =
            browser.sign_in(url.as_str(), &self.emma.number, "wrong").await.map_err(|error| error.to_string())?;
        parameter(&callback, "code").ok_or_else(|| parameter(&callback, "error").unwrap())
    }

    async fn answer(&self, page: Response, action: &str) -> Response {
        assert_eq!(page.status(), 200);
        let page = page.text().await.unwrap();
        let request = page.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        self.app.post_form("/end-session", &[("request", request), ("action", action)]).await.unwrap()
    }
}

#[tokio::test]
async fn a_browser_that_signed_in_is_not_asked_again_unless_the_app_wants_it() {
    let scene = Scene::start().await;
    let mut browser = Browser::new(&scene.sandbox.ca_pem()).unwrap();
    assert_eq!(scene.without_password(&mut browser, &[("prompt", "none")]).await.unwrap_err(), "login_required");
    assert!(scene.without_password(&mut browser, &[]).await.unwrap_err().contains("do not belong together"));
    let url = scene.app.authorize_url();
    browser.sign_in(url.as_str(), &scene.emma.number, &scene.emma.password).await.unwrap();

    scene.without_password(&mut browser, &[]).await.unwrap();
    scene.without_password(&mut browser, &[("prompt", "none")]).await.unwrap();
    scene.without_password(&mut browser, &[("login_hint", &scene.emma.number)]).await.unwrap();
    for asks in [("prompt", "login"), ("prompt", "login consent"), ("login_hint", "+32470234567")] {
        assert!(scene.without_password(&mut browser, &[asks]).await.is_err(), "{asks:?}");
    }
    // Another browser knows nothing of it.
    let mut other = Browser::new(&scene.sandbox.ca_pem()).unwrap();
    assert!(scene.without_password(&mut other, &[]).await.is_err());
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_password_that_was_typed_too_long_ago_is_asked_for_again_and_then_counts_from_now() {
    let scene = Scene::start().await;
    let mut browser = Browser::new(&scene.sandbox.ca_pem()).unwrap();
    let url = scene.app.authorize_url();
    browser.sign_in(url.as_str(), &scene.emma.number, &scene.emma.password).await.unwrap();
    let signed_in = scene.sandbox.now().as_second();
    scene.sandbox.advance(300);

    // Within the age, the browser's sign-in counts, and from when it was.
    let code = scene.without_password(&mut browser, &[("max_age", "300")]).await.unwrap();
    let tokens = scene.app.exchange(&code, VERIFIER).await.unwrap();
    assert_eq!(auth_time(&tokens), signed_in);
    // A renewal is no sign-in.
    scene.sandbox.advance(1);
    assert_eq!(auth_time(&scene.app.refresh(&tokens.refresh).await.unwrap()), signed_in);
    for (max_age, prompt) in [("300", ""), ("0", ""), ("300", "none")] {
        let asks = [("max_age", max_age), ("prompt", prompt)];
        let refused = scene.without_password(&mut browser, &asks).await.unwrap_err();
        assert!(refused.contains("do not belong together") || refused == "login_required", "{refused}");
    }
    let pushed = scene.app.push(&[("max_age", "300")]).await.unwrap();
    let callback = browser.sign_in(pushed.as_str(), &scene.emma.number, &scene.emma.password).await.unwrap();
    let tokens = scene.app.exchange(&parameter(&callback, "code").unwrap(), VERIFIER).await.unwrap();
    assert_eq!(auth_time(&tokens), signed_in + 301);
    assert_eq!(scene.without_password(&mut browser, &[("max_age", "soon")]).await.unwrap_err(), "invalid_request");
    scene.sandbox.stop().await;
}

/// The claim of the id token; its signature is another test's.
fn auth_time(tokens: &Tokens) -> i64 {
    let claims = tokens.answer["id_token"].as_str().unwrap().split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    claims["auth_time"].as_i64().unwrap()
}

#[tokio::test]
async fn signing_out_asks_first_then_forgets_the_browser_and_leads_back() {
    let scene = Scene::start().await;
    assert_eq!(scene.app.profile["identity"]["postLogoutRedirectUri"], SIGNED_OUT);
    let discovery = scene.app.discovery().await;
    assert_eq!(discovery["end_session_endpoint"], format!("{}/end-session", scene.app.origin));
    let tokens = scene.app.signed_in(&scene.sandbox, "emma").await;
    let hint = tokens.answer["id_token"].as_str().unwrap();
    // The id token is long expired by then.
    scene.sandbox.advance(86_400);

    let mut browser = Browser::new(&scene.sandbox.ca_pem()).unwrap();
    let url = scene.app.authorize_url();
    browser.sign_in(url.as_str(), &scene.emma.number, &scene.emma.password).await.unwrap();
    let whole = scene.end_url(&[
        ("id_token_hint", hint),
        ("client_id", "companion-app"),
        ("post_logout_redirect_uri", SIGNED_OUT),
        ("state", "leaving & gone"),
    ]);
    let callback = browser.open(whole.as_str(), Some(SIGNED_OUT), "", "").await.unwrap();
    assert_eq!(callback, "be.companion.sandbox:/signed-out?state=leaving+%26+gone");
    assert!(scene.without_password(&mut browser, &[]).await.is_err());

    let stayed = scene.answer(scene.app.client.get(whole).send().await.unwrap(), "stay").await;
    assert_eq!(stayed.status(), 200);
    assert!(stayed.headers().get("set-cookie").is_none());
    // The hint is the app's word; without it, nobody is sent anywhere.
    let alone = scene.end_url(&[("post_logout_redirect_uri", SIGNED_OUT)]);
    let done = scene.answer(scene.app.client.get(alone).send().await.unwrap(), "sign-out").await;
    assert_eq!(done.status(), 200);
    assert!(done.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    // Tokens are the app's to revoke.
    assert_eq!(scene.sandbox.open_sessions("emma"), 1);
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn signing_out_to_an_unknown_address_or_with_a_foreign_hint_gets_a_page() {
    let scene = Scene::start().await;
    let tokens = scene.app.signed_in(&scene.sandbox, "emma").await;
    let hint = tokens.answer["id_token"].as_str().unwrap();
    for bad in [
        ("post_logout_redirect_uri", "https://example.org/"),
        ("post_logout_redirect_uri", "be.companion.sandbox:/signed-in"),
        ("client_id", "someone-else"),
        ("id_token_hint", "not.an.id-token"),
    ] {
        let mut parameters = vec![("id_token_hint", hint), ("post_logout_redirect_uri", SIGNED_OUT)];
        parameters.retain(|(name, _)| *name != bad.0);
        parameters.push(bad);
        let answer = scene.app.client.get(scene.end_url(&parameters)).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{bad:?}");
        assert!(answer.headers().get("location").is_none());
    }
    scene.sandbox.stop().await;
}
