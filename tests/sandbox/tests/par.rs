//! Pushed authorization requests: named once, for a minute, for the app that pushed them.

mod support;

use companion_sandbox::{Sandbox, SandboxOptions, agent};
use serde_json::json;
use support::{App, REDIRECT, VERIFIER, parameter};

async fn start(require_par: bool) -> (Sandbox, App) {
    let sandbox = Sandbox::start(SandboxOptions { par: true, require_par, ..SandboxOptions::default() }).await.unwrap();
    let app = App::of(&sandbox);
    (sandbox, app)
}

#[tokio::test]
async fn a_pushed_request_signs_in_without_a_word_of_it_in_the_browser() {
    let (sandbox, app) = start(true).await;
    let discovery = app.discovery().await;
    assert_eq!(discovery["pushed_authorization_request_endpoint"], format!("{}/par", app.origin));
    assert_eq!(discovery["require_pushed_authorization_requests"], true);
    let url = app.push(&[("login_hint", "+32470123456")]).await.unwrap();
    assert_eq!(url.query_pairs().count(), 2, "{url}");
    let page = app.client.get(app.push(&[("login_hint", "+32470123456")]).await.unwrap()).send().await.unwrap();
    assert!(page.text().await.unwrap().contains("value=\"+32470123456\""));
    let emma = sandbox.person("emma").unwrap();
    let callback = agent::sign_in(&sandbox.ca_pem(), url.as_str(), &emma.number, &emma.password).await.unwrap();
    assert!(callback.starts_with(REDIRECT), "{callback}");
    assert_eq!(parameter(&callback, "state").as_deref(), Some("the-state"));
    app.exchange(&parameter(&callback, "code").unwrap(), VERIFIER).await.unwrap();
    sandbox.stop().await;
}

#[tokio::test]
async fn a_pushed_request_is_good_for_one_use_within_a_minute() {
    let (sandbox, app) = start(false).await;
    let used = app.push(&[]).await.unwrap();
    assert_eq!(app.client.get(used.clone()).send().await.unwrap().status(), 200);
    let late = app.push(&[]).await.unwrap();
    sandbox.advance(60);
    for url in [used, late] {
        let answer = app.client.get(url).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        let location = answer.headers()["location"].to_str().unwrap();
        assert_eq!(parameter(location, "error").as_deref(), Some("invalid_request_uri"));
        assert_eq!(parameter(location, "state").as_deref(), Some("the-state"));
        assert_eq!(parameter(location, "iss").as_deref(), Some(app.origin.as_str()));
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn another_apps_request_or_an_invented_one_gets_a_page() {
    let (sandbox, app) = start(false).await;
    let foreign = app.push(&[("client_id", "companion-lookalike")]).await.unwrap();
    let mut invented = foreign.clone();
    invented.set_query(Some("client_id=companion-app&request_uri=urn:ietf:params:oauth:request_uri:x"));
    for url in [foreign, invented] {
        let answer = app.client.get(url.clone()).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{url}");
        assert!(answer.headers().get("location").is_none());
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn where_pushing_is_required_a_direct_request_comes_back_with_an_error() {
    let (sandbox, app) = start(true).await;
    let answer = app.client.get(app.authorize_url()).send().await.unwrap();
    let location = answer.headers()["location"].to_str().unwrap();
    assert_eq!(parameter(location, "error").as_deref(), Some("invalid_request"));
    assert_eq!(parameter(location, "state").as_deref(), Some("the-state"));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_request_that_would_be_refused_is_refused_when_it_is_pushed() {
    let (sandbox, app) = start(false).await;
    for (change, error) in [
        (("client_id", "someone-else"), "invalid_client"),
        (("redirect_uri", "https://example.org/"), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("nonce", ""), "invalid_request"),
        (("scope", "profile"), "invalid_scope"),
        (("request_uri", "urn:x"), "invalid_request"),
    ] {
        assert_eq!(app.push(&[change]).await.unwrap_err()["error"], error, "{change:?}");
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn without_the_option_nothing_can_be_pushed() {
    let sandbox = Sandbox::start(SandboxOptions { par: false, ..SandboxOptions::default() }).await.unwrap();
    let app = App::of(&sandbox);
    assert_eq!(app.discovery().await["pushed_authorization_request_endpoint"], json!(null));
    assert_eq!(app.post_form("/par", &[]).await.unwrap().status(), 404);
    sandbox.stop().await;
}
