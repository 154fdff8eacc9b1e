//! The identity provider: the whole code flow through the page, and every way it must refuse.

mod support;

use companion_sandbox::{Sandbox, SandboxOptions, agent};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};
use support::{App, REDIRECT, VERIFIER, json, parameter};

async fn start(options: SandboxOptions) -> (Sandbox, App) {
    let sandbox = Sandbox::start(options).await.unwrap();
    let app = App::of(&sandbox);
    (sandbox, app)
}

#[tokio::test]
async fn a_person_signs_in_through_the_page_and_the_answers_fit_together() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    let discovery =
        json(app.client.get(format!("{}/.well-known/openid-configuration", app.origin)).send().await.unwrap()).await;
    assert_eq!(discovery["issuer"], app.origin);
    assert_eq!(discovery["code_challenge_methods_supported"], json!(["S256"]));
    assert_eq!(discovery["authorization_response_iss_parameter_supported"], true);

    let emma = sandbox.person("emma").unwrap();
    // Typed as people type it.
    let callback =
        agent::sign_in(&sandbox.ca_pem(), app.authorize_url().as_str(), "0470 12 34 56", &emma.password).await.unwrap();
    assert!(callback.starts_with("be.companion.sandbox:/signed-in?"), "{callback}");
    assert_eq!(parameter(&callback, "state").as_deref(), Some("the-state"));
    assert_eq!(parameter(&callback, "iss").as_deref(), Some(app.origin.as_str()));
    let tokens = app.exchange(&parameter(&callback, "code").unwrap(), VERIFIER).await.unwrap();
    assert_eq!(tokens.answer["token_type"], "Bearer");
    assert_eq!(tokens.answer["expires_in"], 300);

    let keys = json(app.client.get(discovery["jwks_uri"].as_str().unwrap()).send().await.unwrap()).await;
    let keys: JwkSet = serde_json::from_value(keys).unwrap();
    let key = DecodingKey::from_jwk(&keys.keys[0]).unwrap();
    let mut checks = Validation::new(Algorithm::ES256);
    checks.set_audience(&["companion-app"]);
    checks.set_issuer(&[&app.origin]);
    // The scene's time is not this machine's.
    checks.validate_exp = false;
    let id_token = tokens.answer["id_token"].as_str().unwrap();
    let claims = jsonwebtoken::decode::<Value>(id_token, &key, &checks).unwrap().claims;
    assert_eq!(claims["sub"], emma.sub);
    assert_eq!(claims["nonce"], "the-nonce");
    assert_eq!(claims["iat"], sandbox.now().as_second());

    let answer = app.get("/userinfo", &tokens).send().await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let info = json(answer).await;
    assert_eq!(info["sub"], emma.sub);
    assert_eq!(info["phone_number"], emma.number);
    assert_eq!(info["userAssets"][0]["id"], emma.line_id);
    assert_eq!(info["userAssets"][0]["name"], emma.number);
    assert_eq!(info["userAssets"][0]["@type"], "UserAsset");
    sandbox.stop().await;
}

#[tokio::test]
async fn a_wrong_password_shows_the_page_again_with_a_plain_sentence() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    let german = app.authorize_url_with(&[("ui_locales", "de-BE fr")]);
    for (url, number, password, words) in [
        (app.authorize_url(), "0470123456", "wrong", "do not belong together"),
        (app.authorize_url(), "0499999999", "emma-sandbox", "do not belong together"),
        (app.authorize_url(), "<b>\"", "emma-sandbox", "do not belong together"),
        (german, "0470123456", "", "gehören nicht zusammen"),
    ] {
        let error = agent::sign_in(&sandbox.ca_pem(), url.as_str(), number, password).await.unwrap_err();
        match error {
            agent::AgentError::Refused { status, sentence } => {
                assert_eq!(status, 200);
                assert!(sentence.contains(words), "{sentence}");
            }
            other => panic!("{other}"),
        }
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn the_page_says_which_keyboard_and_which_kept_password_to_offer() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    let page = app.client.get(app.authorize_url()).send().await.unwrap().text().await.unwrap();
    for (field, wanted) in [
        ("number", ["type=\"tel\"", "inputmode=\"tel\"", "autocomplete=\"username\"", "enterkeyhint=\"next\""]),
        ("password", ["type=\"password\"", "required", "autocomplete=\"current-password\"", "enterkeyhint=\"go\""]),
    ] {
        let input = page.split("<input ").find(|input| input.starts_with(&format!("id=\"{field}\""))).unwrap();
        let input = input.split('>').next().unwrap();
        for attribute in wanted {
            assert!(input.contains(attribute), "{attribute}: {input}");
        }
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn an_unknown_app_or_redirect_gets_a_page_and_never_a_redirect() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    for change in [
        ("client_id", "someone-else"),
        ("client_id", ""),
        ("redirect_uri", ""),
        ("redirect_uri", "be.companion.sandbox:/signed-in/"),
        ("redirect_uri", "https://example.org/signed-in"),
        ("redirect_uri", "http://127.0.0.1.example.org/cb"),
        ("redirect_uri", "http://user@127.0.0.1/cb"),
        ("redirect_uri", "http://localhost:1234/cb"),
    ] {
        let answer = app.client.get(app.authorize_url_with(&[change])).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{change:?}");
        assert!(answer.headers().get("location").is_none());
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    }
    // RFC 8252 §7.3: loopback, any port.
    let loopback = app.authorize_url_with(&[("redirect_uri", "http://127.0.0.1:49152/cb")]);
    assert_eq!(app.client.get(loopback).send().await.unwrap().status(), 200);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_request_without_what_it_needs_comes_back_with_error_state_and_iss() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    for (change, error) in [
        (("code_challenge_method", "plain"), "invalid_request"),
        (("code_challenge_method", ""), "invalid_request"),
        (("code_challenge", ""), "invalid_request"),
        (("code_challenge", "short"), "invalid_request"),
        (("nonce", ""), "invalid_request"),
        (("response_type", "token"), "unsupported_response_type"),
        (("scope", "profile"), "invalid_scope"),
        (("prompt", "none"), "login_required"),
    ] {
        let answer = app.client.get(app.authorize_url_with(&[change])).send().await.unwrap();
        assert_eq!(answer.status(), 303, "{change:?}");
        let location = answer.headers()["location"].to_str().unwrap();
        assert!(location.starts_with(REDIRECT), "{location}");
        assert_eq!(parameter(location, "error").as_deref(), Some(error), "{change:?}");
        assert_eq!(parameter(location, "state").as_deref(), Some("the-state"));
        assert_eq!(parameter(location, "iss").as_deref(), Some(app.origin.as_str()));
        assert_eq!(parameter(location, "code"), None);
    }
    let stateless = app.client.get(app.authorize_url_with(&[("state", "")])).send().await.unwrap();
    let location = stateless.headers()["location"].to_str().unwrap();
    assert_eq!(parameter(location, "error").as_deref(), Some("invalid_request"));
    assert_eq!(parameter(location, "state"), None);
    sandbox.stop().await;
}

#[tokio::test]
async fn cancelling_on_the_page_comes_back_as_access_denied() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    let page = app.client.get(app.authorize_url()).send().await.unwrap().text().await.unwrap();
    let request = page.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = [("request", request), ("action", "cancel")];
    let answer = app.post_form("/sign-in", &form).await.unwrap();
    let location = answer.headers()["location"].to_str().unwrap();
    assert_eq!(parameter(location, "error").as_deref(), Some("access_denied"));
    assert_eq!(parameter(location, "state").as_deref(), Some("the-state"));
    // And the page is spent.
    assert_eq!(app.post_form("/sign-in", &form).await.unwrap().status(), 400);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_code_is_taken_once_and_only_with_its_verifier() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    let emma = sandbox.person("emma").unwrap();
    let code = app.code(&sandbox, &emma).await;
    let wrong = app.exchange(&code, "another-verifier-of-more-than-forty-three-characters").await;
    assert_eq!(wrong.unwrap_err()["error"], "invalid_grant");
    // A wrong verifier does not spend the code.
    let tokens = app.exchange(&code, VERIFIER).await.unwrap();
    assert_eq!(app.get("/userinfo", &tokens).send().await.unwrap().status(), 200);
    // A second use ends what the first one gave.
    assert_eq!(app.exchange(&code, VERIFIER).await.unwrap_err()["error"], "invalid_grant");
    assert_eq!(app.get("/userinfo", &tokens).send().await.unwrap().status(), 401);
    assert_eq!(app.refresh(&tokens.refresh).await.unwrap_err()["error"], "invalid_grant");
    // A code that took too long.
    let late = app.code(&sandbox, &emma).await;
    sandbox.advance(61);
    assert_eq!(app.exchange(&late, VERIFIER).await.unwrap_err()["error"], "invalid_grant");
    sandbox.stop().await;
}

#[tokio::test]
async fn refresh_tokens_rotate_and_reuse_ends_the_family() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    let first = app.signed_in(&sandbox, "emma").await;
    let other = app.signed_in(&sandbox, "emma").await;
    let second = app.refresh(&first.refresh).await.unwrap();
    assert_ne!(first.refresh, second.refresh);
    assert_ne!(first.access, second.access);
    assert_eq!(app.refresh(&first.refresh).await.unwrap_err()["error"], "invalid_grant");
    // The winner's tokens are dead too; another sign-in of the same person is not.
    assert_eq!(app.refresh(&second.refresh).await.unwrap_err()["error"], "invalid_grant");
    assert_eq!(app.get("/userinfo", &second).send().await.unwrap().status(), 401);
    app.refresh(&other.refresh).await.unwrap();
    sandbox.stop().await;
}

#[tokio::test]
async fn within_the_grace_a_rotated_refresh_token_is_still_taken() {
    let options = SandboxOptions { grace_seconds: 60, ..SandboxOptions::default() };
    let (sandbox, app) = start(options).await;
    let first = app.signed_in(&sandbox, "emma").await;
    app.refresh(&first.refresh).await.unwrap();
    sandbox.advance(59);
    let again = app.refresh(&first.refresh).await.unwrap();
    sandbox.advance(1);
    assert_eq!(app.refresh(&first.refresh).await.unwrap_err()["error"], "invalid_grant");
    assert_eq!(app.refresh(&again.refresh).await.unwrap_err()["error"], "invalid_grant");
    sandbox.stop().await;
}

#[tokio::test]
async fn access_ends_with_its_time_with_revocation_and_with_the_operator() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    let tokens = app.signed_in(&sandbox, "emma").await;
    sandbox.advance(299);
    assert_eq!(app.get("/userinfo", &tokens).send().await.unwrap().status(), 200);
    sandbox.advance(1);
    let expired = app.get("/userinfo", &tokens).send().await.unwrap();
    assert_eq!(expired.status(), 401);
    assert!(expired.headers()["www-authenticate"].to_str().unwrap().contains("invalid_token"));
    let tokens = app.refresh(&tokens.refresh).await.unwrap();
    let form = [("client_id", "companion-app"), ("token", tokens.refresh.as_str())];
    assert_eq!(app.post_form("/revoke", &form).await.unwrap().status(), 200);
    assert_eq!(app.get("/userinfo", &tokens).send().await.unwrap().status(), 401);
    assert_eq!(app.refresh(&tokens.refresh).await.unwrap_err()["error"], "invalid_grant");
    // RFC 7009: an unknown token is no error.
    assert_eq!(app.post_form("/revoke", &form).await.unwrap().status(), 200);

    let tokens = app.signed_in(&sandbox, "emma").await;
    sandbox.end_sessions("emma");
    assert_eq!(app.refresh(&tokens.refresh).await.unwrap_err()["error"], "invalid_grant");
    sandbox.stop().await;
}

#[tokio::test]
async fn the_token_endpoint_refuses_as_rfc_6749_says() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    for (form, error) in [
        (vec![("client_id", "companion-app")], "invalid_request"),
        (vec![("grant_type", "refresh_token")], "invalid_client"),
        (vec![("client_id", "companion-app"), ("grant_type", "password")], "unsupported_grant_type"),
        (vec![("client_id", "companion-app"), ("grant_type", "refresh_token")], "invalid_request"),
        (
            vec![("client_id", "companion-app"), ("grant_type", "refresh_token"), ("refresh_token", "x")],
            "invalid_grant",
        ),
    ] {
        let answer = app.post_form("/token", &form).await.unwrap();
        assert_eq!(answer.status(), 400, "{form:?}");
        assert_eq!(answer.headers()["cache-control"], "no-store");
        assert_eq!(json(answer).await["error"], error, "{form:?}");
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn where_refresh_tokens_are_kept_the_first_one_serves_until_it_is_revoked() {
    let options = SandboxOptions { rotation: companion_sandbox::Rotation::Keep, ..SandboxOptions::default() };
    let (sandbox, app) = start(options).await;
    let first = app.signed_in(&sandbox, "emma").await;
    for _ in 0..3 {
        let refreshed = app.refresh(&first.refresh).await.unwrap();
        assert_eq!(refreshed.answer.get("refresh_token"), None);
        assert_eq!(app.get("/userinfo", &refreshed).send().await.unwrap().status(), 200);
    }
    let form = [("client_id", "companion-app"), ("token", first.refresh.as_str())];
    app.post_form("/revoke", &form).await.unwrap();
    assert_eq!(app.refresh(&first.refresh).await.unwrap_err()["error"], "invalid_grant");
    sandbox.stop().await;
}
