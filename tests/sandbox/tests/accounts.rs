//! Accounts that are made: with a number alone, or with the employer's invitation where the bill is split.

mod support;

use companion_sandbox::agent::{self, AgentError, Browser};
use companion_sandbox::{PersonCard, Sandbox, SandboxOptions};
use serde_json::json;
use support::{App, VERIFIER, parameter};

const DAY: i64 = 86_400;

struct Scene {
    sandbox: Sandbox,
    app: App,
    sara: PersonCard,
    pieter: PersonCard,
}

impl Scene {
    async fn start() -> Self {
        let options = SandboxOptions::default();
        let sandbox = Sandbox::start(options).await.unwrap();
        let person = |key| sandbox.person(key).unwrap();
        Self { app: App::of(&sandbox), sara: person("sara"), pieter: person("pieter"), sandbox }
    }

    async fn sign_in(&self, url: &str, person: &PersonCard) -> Result<String, AgentError> {
        agent::sign_in(&self.sandbox.ca_pem(), url, &person.number, &person.password).await
    }

    /// The sign-in that brings an invitation, and what comes back.
    async fn with_invitation(&self, token: &str, hint: &str) -> String {
        let url = self.app.push(&[("invitation", token), ("login_hint", hint)]).await.unwrap();
        assert!(!url.as_str().contains(token), "{url}");
        let callback = self.sign_in(url.as_str(), &self.pieter).await.unwrap();
        assert_eq!(parameter(&callback, "state").as_deref(), Some("the-state"));
        assert_eq!(parameter(&callback, "iss").as_deref(), Some(self.app.origin.as_str()));
        callback
    }

    async fn create(&self, number: &str, password: &str, repeat: &str) -> reqwest::Response {
        let page = self.app.client.get(self.app.authorize_url_with(&[("prompt", "create")])).send().await.unwrap();
        let page = page.text().await.unwrap();
        let request = page.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let form = [("request", request), ("number", number), ("password", password), ("repeat", repeat)];
        self.app.post_form("/register", &form).await.unwrap()
    }
}

fn error(callback: &str) -> String {
    assert_eq!(parameter(callback, "code"), None);
    parameter(callback, "error").unwrap()
}

#[tokio::test]
async fn somebody_without_a_split_bill_makes_an_account_with_a_number_and_is_signed_in() {
    let scene = Scene::start().await;
    assert!(scene.app.discovery().await["prompt_values_supported"].as_array().unwrap().contains(&json!("create")));
    let plain = scene.app.authorize_url();
    assert!(scene.sign_in(plain.as_str(), &scene.sara).await.is_err(), "there is no account yet");
    assert_eq!(scene.sandbox.people().len(), 5);

    let create = scene.app.authorize_url_with(&[("prompt", "create consent")]);
    let callback = scene.sign_in(create.as_str(), &scene.sara).await.unwrap();
    let tokens = scene.app.exchange(&parameter(&callback, "code").unwrap(), VERIFIER).await.unwrap();
    assert_eq!(scene.app.usage(&scene.sara.number, &tokens).send().await.unwrap().status(), 200);
    assert_eq!(scene.sandbox.people().len(), 6);
    // From now on the password is enough.
    assert!(parameter(&scene.sign_in(plain.as_str(), &scene.sara).await.unwrap(), "code").is_some());
    // And the number is taken.
    match scene.sign_in(create.as_str(), &scene.sara).await.unwrap_err() {
        AgentError::Refused { status: 200, sentence } => {
            assert!(sentence.contains("already has an account"), "{sentence}")
        }
        other => panic!("{other}"),
    }
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn somebody_with_a_split_bill_is_told_that_it_takes_an_invitation() {
    let scene = Scene::start().await;
    let create = scene.app.authorize_url_with(&[("prompt", "create")]);
    let callback = scene.sign_in(create.as_str(), &scene.pieter).await.unwrap();
    assert_eq!(error(&callback), "invitation_required");
    assert_eq!(scene.app.profile["identity"]["errors"]["invitation_required"], "invitationRequired");
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn the_registration_page_names_what_is_wrong_and_keeps_the_number_only() {
    let scene = Scene::start().await;
    let number = scene.sara.number.as_str();
    for (number, password, repeat, words) in [
        ("0499 99 99 99", "long-enough", "long-enough", "not a mobile number of"),
        ("Sara", "long-enough", "long-enough", "not a mobile number of"),
        ("0470123456", "long-enough", "long-enough", "already has an account"),
        (number, "short", "short", "too short"),
        (number, "", "", "too short"),
        (number, "long-enough", "long-enouhg", "not the same"),
    ] {
        let page = scene.create(number, password, repeat).await;
        assert_eq!(page.status(), 200);
        let page = page.text().await.unwrap();
        assert!(page.contains(words), "{number} {password}: {page}");
        assert!(page.contains(&format!("value=\"{number}\"")) && page.contains("aria-invalid"), "{page}");
        assert!(!page.contains("long-enough"));
    }
    assert_eq!(scene.create(number, "long-enough", "long-enough").await.status(), 303);
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn opening_an_invitation_a_hundred_times_spends_nothing() {
    let scene = Scene::start().await;
    let invitation = scene.sandbox.invite("pieter").unwrap();
    let link =
        format!("{}?token={}", scene.app.profile["identity"]["invitation"]["link"].as_str().unwrap(), invitation.token);
    assert_eq!(invitation.link, link);
    for _ in 0..100 {
        let page = scene.app.client.get(&link).send().await.unwrap();
        assert_eq!(page.status(), 200);
        assert!(page.headers().get("set-cookie").is_none());
    }
    assert_eq!(scene.app.client.head(&link).send().await.unwrap().status(), 200);
    assert_eq!(scene.sandbox.people().len(), 5);
    assert!(parameter(&scene.with_invitation(&invitation.token, "").await, "code").is_some());
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn an_invitation_is_redeemed_on_its_page_alone_and_an_ordinary_sign_in_follows() {
    let scene = Scene::start().await;
    let invitation = scene.sandbox.invite("pieter").unwrap();
    let form = |password| [("token", invitation.token.as_str()), ("password", password), ("repeat", password)];
    let short = scene.app.post_form("/invitation", &form("short")).await.unwrap();
    assert!(short.text().await.unwrap().contains("too short"));
    let ready = scene.app.post_form("/invitation", &form(&scene.pieter.password)).await.unwrap();
    assert_eq!(ready.status(), 200);
    assert!(ready.headers().get("set-cookie").is_none(), "a link never signs anybody in");
    assert!(ready.text().await.unwrap().contains("Your account is ready"));
    let callback = scene.sign_in(scene.app.authorize_url().as_str(), &scene.pieter).await.unwrap();
    assert!(parameter(&callback, "code").is_some());
    // Used, wherever it is tried again.
    assert_eq!(scene.app.client.get(&invitation.link).send().await.unwrap().status(), 410);
    assert_eq!(error(&scene.with_invitation(&invitation.token, "").await), "invitation_used");
    assert_eq!(scene.app.post_form("/invitation", &form("another-password")).await.unwrap().status(), 410);
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn an_invitation_in_a_pushed_request_ends_with_a_code_or_with_why_not() {
    let scene = Scene::start().await;
    let token = || scene.sandbox.invite("pieter").unwrap().token;
    let old = token();
    scene.sandbox.advance(7 * DAY);
    let page = scene.app.client.get(format!("{}/invitation?token={old}", scene.app.origin)).send().await.unwrap();
    assert_eq!(page.status(), 410);
    assert_eq!(error(&scene.with_invitation(&old, "").await), "invitation_expired");
    assert_eq!(error(&scene.with_invitation("invented", "").await), "invitation_unknown");
    let good = token();
    assert_eq!(error(&scene.with_invitation(&good, "+32470123456").await), "invitation_other_account");
    scene.sandbox.advance(7 * DAY - 1);
    let callback = scene.with_invitation(&good, &scene.pieter.number).await;
    let tokens = scene.app.exchange(&parameter(&callback, "code").unwrap(), VERIFIER).await.unwrap();
    assert_eq!(scene.app.usage(&scene.pieter.number, &tokens).send().await.unwrap().status(), 200);
    assert_eq!(error(&scene.with_invitation(&good, "").await), "invitation_used");
    for code in ["invitation_expired", "invitation_unknown", "invitation_other_account", "invitation_used"] {
        assert!(scene.app.profile["identity"]["errors"][code].is_string(), "{code}");
    }
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn an_invitation_in_a_browser_of_somebody_else_is_theirs_not() {
    let scene = Scene::start().await;
    let mut browser = Browser::new(&scene.sandbox.ca_pem()).unwrap();
    let emma = scene.sandbox.person("emma").unwrap();
    browser.sign_in(scene.app.authorize_url().as_str(), &emma.number, &emma.password).await.unwrap();
    let token = scene.sandbox.invite("pieter").unwrap().token;
    let url = scene.app.push(&[("invitation", &token)]).await.unwrap();
    let callback = browser.sign_in(url.as_str(), "", "a-new-password").await.unwrap();
    assert_eq!(error(&callback), "invitation_other_account");
    assert!(parameter(&scene.with_invitation(&token, "").await, "code").is_some());
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn an_invitation_outside_a_pushed_request_does_not_count() {
    let scene = Scene::start().await;
    let token = scene.sandbox.invite("pieter").unwrap().token;
    let page = scene.app.client.get(scene.app.authorize_url_with(&[("invitation", &token)])).send().await.unwrap();
    assert!(page.text().await.unwrap().contains("Sign in to Sandbox Mobile"));
    scene.sandbox.stop().await;
}
