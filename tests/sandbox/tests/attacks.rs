//! What a hostile identity provider would answer: each switch bends one thing and leaves the rest in order.

mod support;

use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use companion_sandbox::{Sandbox, SandboxOptions, agent};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};
use support::{App, json, parameter};

struct Scene {
    sandbox: Sandbox,
    app: App,
}

impl Scene {
    async fn start() -> Self {
        let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
        let app = App::of(&sandbox);
        Self { sandbox, app }
    }

    fn attack(&self, identity: Value) {
        self.sandbox.set_faults(serde_json::from_value(json!({ "identity": identity })).unwrap());
    }

    async fn callback(&self) -> String {
        let emma = self.sandbox.person("emma").unwrap();
        let url = self.app.authorize_url();
        agent::sign_in(&self.sandbox.ca_pem(), url.as_str(), &emma.number, &emma.password).await.unwrap()
    }

    async fn id_token(&self, id_token: Value) -> String {
        self.attack(json!({ "idToken": id_token }));
        let answer = self.app.signed_in(&self.sandbox, "emma").await.answer;
        answer["id_token"].as_str().unwrap_or_default().to_owned()
    }

    async fn jwks(&self) -> Vec<Value> {
        let answer = json(self.app.client.get(format!("{}/jwks", self.app.origin)).send().await.unwrap()).await;
        answer["keys"].as_array().unwrap().clone()
    }
}

fn part(token: &str, place: usize) -> Value {
    let part = token.split('.').nth(place).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// Whether the signature is the one of this key.
fn signed_by(token: &str, jwk: &Value) -> bool {
    let key = DecodingKey::from_jwk(&serde_json::from_value::<Jwk>(jwk.clone()).unwrap()).unwrap();
    let (message, signature) = token.rsplit_once('.').unwrap();
    jsonwebtoken::crypto::verify(signature, message.as_bytes(), &key, Algorithm::ES256).unwrap()
}

#[tokio::test]
async fn the_callback_lies_about_iss_and_state_as_told() {
    let scene = Scene::start().await;
    for (identity, state, iss) in [
        (json!({}), Some("the-state"), Some(scene.app.origin.as_str())),
        (json!({ "callbackIss": "" }), Some("the-state"), None),
        (json!({ "callbackIss": "https://evil.example" }), Some("the-state"), Some("https://evil.example")),
        (json!({ "callbackState": "" }), None, Some(scene.app.origin.as_str())),
        (json!({ "callbackState": "foreign" }), Some("foreign"), Some(scene.app.origin.as_str())),
    ] {
        scene.attack(identity.clone());
        let callback = scene.callback().await;
        assert_eq!(parameter(&callback, "state").as_deref(), state, "{identity}");
        assert_eq!(parameter(&callback, "iss").as_deref(), iss, "{identity}");
        assert!(parameter(&callback, "code").is_some());
    }
    scene.attack(json!({ "authorizeError": "account_incomplete" }));
    let callback = scene.callback().await;
    assert_eq!(parameter(&callback, "error").as_deref(), Some("account_incomplete"));
    assert_eq!(parameter(&callback, "state").as_deref(), Some("the-state"));
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn discovery_and_token_answers_take_what_is_laid_over_them() {
    let scene = Scene::start().await;
    let good = scene.app.discovery().await;
    scene.attack(json!({
        "discovery": { "token_endpoint": "http://evil.example/token", "code_challenge_methods_supported": null },
        "tokenAnswer": { "expires_in": -1, "refresh_token": null },
    }));
    let mut bent = scene.app.discovery().await;
    assert_eq!(bent["token_endpoint"], "http://evil.example/token");
    assert_eq!(bent.get("code_challenge_methods_supported"), None);
    for name in ["token_endpoint", "code_challenge_methods_supported"] {
        bent[name] = good[name].clone();
    }
    assert_eq!(bent, good);
    let answer = scene.app.signed_in(&scene.sandbox, "emma").await.answer;
    assert_eq!(answer["expires_in"], -1);
    assert_eq!(answer.get("refresh_token"), None);
    assert_eq!(answer["token_type"], "Bearer");
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn an_id_token_is_wrong_in_just_the_way_that_was_asked_for() {
    let scene = Scene::start().await;
    let key = scene.jwks().await[0].clone();
    let good = scene.id_token(json!({})).await;
    assert!(signed_by(&good, &key));
    assert_eq!(part(&good, 0), json!({ "alg": "ES256", "kid": "sandbox-1", "typ": "JWT" }));

    let claims = scene.id_token(json!({ "claims": { "aud": ["companion-app", "evil"], "nonce": null } })).await;
    assert!(signed_by(&claims, &key));
    assert_eq!(part(&claims, 1)["aud"], json!(["companion-app", "evil"]));
    assert_eq!(part(&claims, 1).get("nonce"), None);

    let header = scene.id_token(json!({ "header": { "crit": ["x"], "kid": null } })).await;
    assert_eq!(part(&header, 0), json!({ "alg": "ES256", "typ": "JWT", "crit": ["x"] }));

    let none = scene.id_token(json!({ "alg": "none" })).await;
    assert_eq!(part(&none, 0)["alg"], "none");
    assert!(none.ends_with('.'));

    let hmac = scene.id_token(json!({ "alg": "HS256" })).await;
    let coordinate = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
    let point = [vec![4], coordinate("x"), coordinate("y")].concat();
    let mut checks = Validation::new(Algorithm::HS256);
    checks.validate_exp = false;
    checks.validate_aud = false;
    jsonwebtoken::decode::<Value>(&hmac, &DecodingKey::from_secret(&point), &checks).unwrap();

    let unknown = scene.id_token(json!({ "alg": "unknownKid" })).await;
    assert_eq!(part(&unknown, 0)["kid"], "sandbox-unknown");
    assert!(signed_by(&unknown, &key));

    let bad = scene.id_token(json!({ "alg": "badSignature" })).await;
    assert_eq!(part(&bad, 0), part(&good, 0));
    assert!(!signed_by(&bad, &key));

    let twice = scene.id_token(json!({ "duplicateKeys": true })).await;
    assert!(signed_by(&twice, &key));
    let raw = URL_SAFE_NO_PAD.decode(twice.split('.').nth(1).unwrap()).unwrap();
    assert_eq!(String::from_utf8(raw).unwrap().matches("\"sub\":").count(), 2);

    assert_eq!(scene.id_token(json!({ "missing": true })).await, "");
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_rotated_key_signs_and_the_one_before_stays_in_the_set() {
    let scene = Scene::start().await;
    let before = scene.id_token(json!({})).await;
    scene.sandbox.rotate_key().unwrap();
    let after = scene.id_token(json!({})).await;
    assert_eq!(part(&after, 0)["kid"], "sandbox-2");
    let keys = scene.jwks().await;
    assert_eq!(keys.iter().map(|key| &key["kid"]).collect::<Vec<_>>(), ["sandbox-2", "sandbox-1"]);
    assert!(signed_by(&after, &keys[0]) && signed_by(&before, &keys[1]) && !signed_by(&after, &keys[1]));
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn the_key_set_is_wrong_in_just_the_way_that_was_asked_for() {
    let scene = Scene::start().await;
    let token = scene.id_token(json!({})).await;
    scene.attack(json!({ "jwks": "empty" }));
    assert!(scene.jwks().await.is_empty());
    scene.attack(json!({ "jwks": "duplicateKid" }));
    let keys = scene.jwks().await;
    assert_eq!((&keys[0]["kid"], keys.len()), (&keys[1]["kid"], 2));
    assert!(!signed_by(&token, &keys[0]) && signed_by(&token, &keys[1]));
    scene.attack(json!({ "jwks": "wrongKeyType" }));
    let keys = scene.jwks().await;
    assert_eq!((&keys[0]["kty"], &keys[0]["kid"]), (&json!("RSA"), &json!("sandbox-1")));
    scene.attack(json!({ "jwks": "huge" }));
    let answer = scene.app.client.get(format!("{}/jwks", scene.app.origin)).send().await.unwrap();
    assert!(answer.text().await.unwrap().len() > 5_000_000);
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_gzip_bomb_is_small_on_the_wire_and_large_unpacked() {
    let scene = Scene::start().await;
    scene.sandbox.set_faults(serde_json::from_value(json!({ "gzipBombMib": 8, "only": ["/jwks"] })).unwrap());
    let url = format!("{}/jwks", scene.app.origin);
    let raw = reqwest::Client::builder()
        .tls_certs_only([reqwest::Certificate::from_pem(scene.sandbox.ca_pem().as_bytes()).unwrap()])
        .no_gzip()
        .build()
        .unwrap();
    let answer = raw.get(&url).send().await.unwrap();
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    assert!(answer.bytes().await.unwrap().len() < 20_000);
    let unpacked = scene.app.client.get(&url).send().await.unwrap().text().await.unwrap();
    assert_eq!(unpacked.len(), 8 * 1024 * 1024 + 2);
    assert!(serde_json::from_str::<Value>(&unpacked).unwrap().is_string());
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_dripping_answer_comes_byte_by_byte() {
    let scene = Scene::start().await;
    scene.sandbox.set_faults(serde_json::from_value(json!({ "slowDrip": true })).unwrap());
    let began = Instant::now();
    let mut answer = scene.app.client.get(format!("{}/jwks", scene.app.origin)).send().await.unwrap();
    let mut read = Vec::new();
    while read.len() < 5 {
        read.extend_from_slice(&answer.chunk().await.unwrap().unwrap());
    }
    assert_eq!(read.len(), 5);
    assert!(began.elapsed() >= Duration::from_millis(350));
    scene.sandbox.stop().await;
}
