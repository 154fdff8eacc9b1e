//! Tokens bound to a key: proofs that count, and every way in which one does not.

mod support;

use companion_sandbox::{Sandbox, SandboxOptions, agent};
use reqwest::Response;
use serde_json::{Value, json};
use support::dpop::{Key, claims};
use support::{App, REDIRECT, VERIFIER, json, parameter};

struct Bound {
    sandbox: Sandbox,
    app: App,
    key: Key,
}

impl Bound {
    async fn start(dpop_nonce: bool) -> Self {
        let options = SandboxOptions { dpop: true, dpop_nonce, par: true, ..SandboxOptions::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let app = App::of(&sandbox);
        Self { sandbox, app, key: Key::new() }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.app.origin)
    }

    fn now(&self) -> i64 {
        self.sandbox.now().as_second()
    }

    fn proof(&self, method: &str, path: &str, token: Option<&str>, nonce: Option<&str>) -> String {
        self.key.sign(&self.key.header(), &claims(method, &self.url(path), self.now(), token, nonce))
    }

    async fn code(&self, changes: &[(&str, &str)]) -> String {
        let emma = self.sandbox.person("emma").unwrap();
        let url = self.app.authorize_url_with(changes);
        let callback =
            agent::sign_in(&self.sandbox.ca_pem(), url.as_str(), &emma.number, &emma.password).await.unwrap();
        parameter(&callback, "code").unwrap()
    }

    async fn post(&self, path: &str, form: &[(&str, &str)], proof: &str) -> Response {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.app.client.post(self.url(path)).body(body);
        let request = request.header("content-type", "application/x-www-form-urlencoded").header("dpop", proof);
        request.send().await.unwrap()
    }

    async fn exchange(&self, code: &str, proof: &str) -> Response {
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", "companion-app"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        self.post("/token", &form, proof).await
    }

    async fn refresh(&self, token: &str, proof: &str) -> Response {
        let form = [("grant_type", "refresh_token"), ("client_id", "companion-app"), ("refresh_token", token)];
        self.post("/token", &form, proof).await
    }

    async fn signed_in(&self) -> Value {
        let code = self.code(&[]).await;
        json(self.exchange(&code, &self.proof("POST", "/token", None, None)).await).await
    }

    async fn userinfo(&self, token: &str, proof: &str) -> Response {
        let request = self.app.client.get(self.url("/userinfo")).header("authorization", format!("DPoP {token}"));
        request.header("dpop", proof).send().await.unwrap()
    }
}

fn challenge(answer: &Response) -> String {
    assert_eq!(answer.status(), 401);
    answer.headers()["www-authenticate"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn bound_tokens_work_with_a_proof_of_their_key_and_refresh_with_it() {
    let bound = Bound::start(false).await;
    assert_eq!(bound.app.profile["identity"]["dpop"], true);
    assert_eq!(bound.app.discovery().await["dpop_signing_alg_values_supported"], json!(["ES256"]));
    let code = bound.code(&[("dpop_jkt", &bound.key.thumbprint())]).await;
    let tokens = json(bound.exchange(&code, &bound.proof("POST", "/token", None, None)).await).await;
    assert_eq!(tokens["token_type"], "DPoP");
    let token = tokens["access_token"].as_str().unwrap();
    let answer = bound.userinfo(token, &bound.proof("GET", "/userinfo", Some(token), None)).await;
    assert_eq!(answer.status(), 200);
    let emma = bound.sandbox.person("emma").unwrap();
    let path = "/tmf-api/usageConsumption/v5/usageConsumptionReport";
    let usage = bound.app.client.get(bound.url(&format!("{path}?logicalResource.value=%2B{}", &emma.number[1..])));
    let usage = usage.header("authorization", format!("DPoP {token}"));
    let usage = usage.header("dpop", bound.proof("GET", path, Some(token), None)).send().await.unwrap();
    assert_eq!(usage.status(), 200);
    let proof = bound.proof("POST", "/token", None, None);
    let refreshed = bound.refresh(tokens["refresh_token"].as_str().unwrap(), &proof).await;
    assert_eq!(json(refreshed).await["token_type"], "DPoP");
    bound.sandbox.stop().await;
}

#[tokio::test]
async fn a_sign_in_that_is_too_old_for_a_secret_is_challenged_in_the_scheme_of_the_token() {
    let bound = Bound::start(false).await;
    let tokens = bound.signed_in().await;
    let sim = bound.sandbox.sim_card("emma").unwrap().resource_id;
    let path = format!("/tmf-api/resourceInventoryManagement/v4/resource/{sim}/simSecret");
    bound.sandbox.advance(301);
    let proof = bound.proof("POST", "/token", None, None);
    let renewed = json(bound.refresh(tokens["refresh_token"].as_str().unwrap(), &proof).await).await;
    let token = renewed["access_token"].as_str().unwrap();
    let request = bound.app.client.post(bound.url(&path)).body(r#"{"kind":"puk"}"#);
    let request = request.header("authorization", format!("DPoP {token}"));
    let answer = request.header("dpop", bound.proof("POST", &path, Some(token), None)).send().await.unwrap();
    assert!(challenge(&answer).starts_with("DPoP error=\"insufficient_user_authentication\""));
    bound.sandbox.stop().await;
}

#[tokio::test]
async fn a_bound_token_is_worth_nothing_as_a_bearer_or_with_another_key() {
    let mut bound = Bound::start(false).await;
    let tokens = bound.signed_in().await;
    let token = tokens["access_token"].as_str().unwrap().to_owned();
    let bearer = bound.app.client.get(bound.url("/userinfo")).bearer_auth(&token).send().await.unwrap();
    assert!(challenge(&bearer).contains("DPoP error=\"invalid_token\""));
    let none = bound.app.client.get(bound.url("/userinfo")).header("authorization", format!("DPoP {token}"));
    assert!(challenge(&none.send().await.unwrap()).contains("invalid_dpop_proof"));

    let refresh = tokens["refresh_token"].as_str().unwrap();
    assert_eq!(bound.app.refresh(refresh).await.unwrap_err()["error"], "invalid_grant");
    let own = std::mem::replace(&mut bound.key, Key::new());
    let foreign = bound.userinfo(&token, &bound.proof("GET", "/userinfo", Some(&token), None)).await;
    assert!(challenge(&foreign).contains("invalid_token"));
    let stolen = bound.refresh(refresh, &bound.proof("POST", "/token", None, None)).await;
    assert_eq!(json(stolen).await["error"], "invalid_grant");
    // None of it cost the person the session.
    bound.key = own;
    assert_eq!(bound.refresh(refresh, &bound.proof("POST", "/token", None, None)).await.status(), 200);
    bound.sandbox.stop().await;
}

#[tokio::test]
async fn a_code_bound_at_authorization_is_for_that_key_alone() {
    let bound = Bound::start(false).await;
    let other = Key::new();
    let code = bound.code(&[("dpop_jkt", &other.thumbprint())]).await;
    let refused = bound.exchange(&code, &bound.proof("POST", "/token", None, None)).await;
    assert_eq!(json(refused).await["error"], "invalid_grant");
    // The refusal did not spend it.
    let proof = other.sign(&other.header(), &claims("POST", &bound.url("/token"), bound.now(), None, None));
    assert_eq!(bound.exchange(&code, &proof).await.status(), 200);
    let code = bound.code(&[]).await;
    assert_eq!(bound.app.exchange(&code, VERIFIER).await.unwrap_err()["error"], "invalid_dpop_proof");
    bound.sandbox.stop().await;
}

#[tokio::test]
async fn a_pushed_request_with_a_proof_binds_its_code() {
    let bound = Bound::start(false).await;
    let whole = bound.app.authorize_url_with(&[("dpop_jkt", &Key::new().thumbprint())]);
    let form: Vec<(String, String)> = whole.query_pairs().into_owned().collect();
    let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let proof = bound.proof("POST", "/par", None, None);
    assert_eq!(json(bound.post("/par", &form, &proof).await).await["error"], "invalid_dpop_proof");
    let form: Vec<_> = form.into_iter().filter(|(name, _)| *name != "dpop_jkt").collect();
    assert_eq!(bound.post("/par", &form, &bound.proof("POST", "/par", None, None)).await.status(), 201);
    bound.sandbox.stop().await;
}

#[tokio::test]
async fn a_proof_with_anything_wrong_in_it_is_refused() {
    let bound = Bound::start(false).await;
    let tokens = bound.signed_in().await;
    let token = tokens["access_token"].as_str().unwrap();
    let url = bound.url("/userinfo");
    let good = || claims("GET", &url, bound.now(), Some(token), None);
    for (name, value) in [
        ("htm", json!("POST")),
        ("htu", json!(bound.url("/token"))),
        ("htu", json!(format!("{url}?a=b"))),
        ("iat", json!(bound.now() - 301)),
        ("iat", json!(bound.now() + 301)),
        ("iat", json!(i64::MIN)),
        ("iat", json!("now")),
        ("ath", json!("another token's")),
        ("jti", json!("")),
        ("jti", Value::Null),
    ] {
        let mut bent = good();
        bent[name] = value.clone();
        let answer = bound.userinfo(token, &bound.key.sign(&bound.key.header(), &bent)).await;
        assert!(challenge(&answer).contains("invalid_dpop_proof"), "{name} {value}");
    }
    for (name, value) in [("typ", json!("JWT")), ("alg", json!("none")), ("jwk", Key::new().jwk)] {
        let mut header = bound.key.header();
        header[name] = value.clone();
        let answer = bound.userinfo(token, &bound.key.sign(&header, &good())).await;
        assert!(challenge(&answer).contains("invalid_dpop_proof"), "{name} {value}");
    }
    let mut header = bound.key.header();
    header["jwk"]["d"] = json!("c2VjcmV0");
    assert_eq!(bound.userinfo(token, &bound.key.sign(&header, &good())).await.status(), 401);
    assert_eq!(bound.userinfo(token, "not.a.proof").await.status(), 401);
    // Just inside the window is fine.
    for iat in [bound.now() - 300, bound.now() + 300] {
        let mut claims = good();
        claims["iat"] = json!(iat);
        assert_eq!(bound.userinfo(token, &bound.key.sign(&bound.key.header(), &claims)).await.status(), 200);
    }
    bound.sandbox.stop().await;
}

#[tokio::test]
async fn a_replayed_proof_is_refused_at_the_api_and_at_the_token_endpoint() {
    let bound = Bound::start(false).await;
    let code = bound.code(&[]).await;
    let proof = bound.proof("POST", "/token", None, None);
    let tokens = json(bound.exchange(&code, &proof).await).await;
    let again = bound.refresh(tokens["refresh_token"].as_str().unwrap(), &proof).await;
    assert_eq!(again.status(), 400);
    assert_eq!(json(again).await["error"], "invalid_dpop_proof");
    let token = tokens["access_token"].as_str().unwrap();
    let proof = bound.proof("GET", "/userinfo", Some(token), None);
    assert_eq!(bound.userinfo(token, &proof).await.status(), 200);
    assert_eq!(bound.userinfo(token, &proof).await.status(), 401);
    bound.sandbox.stop().await;
}

#[tokio::test]
async fn nonces_are_asked_for_everywhere_spend_nothing_and_rotate() {
    let bound = Bound::start(true).await;
    let code = bound.code(&[]).await;
    let asked = bound.exchange(&code, &bound.proof("POST", "/token", None, None)).await;
    assert_eq!(asked.status(), 400);
    let mut nonce = asked.headers()["dpop-nonce"].to_str().unwrap().to_owned();
    assert_eq!(json(asked).await["error"], "use_dpop_nonce");
    let tokens = bound.exchange(&code, &bound.proof("POST", "/token", None, Some(&nonce))).await;
    assert_eq!(tokens.status(), 200);
    let tokens = json(tokens).await;
    let token = tokens["access_token"].as_str().unwrap();

    let asked = bound.userinfo(token, &bound.proof("GET", "/userinfo", Some(token), None)).await;
    assert!(asked.headers().contains_key("dpop-nonce"));
    assert!(challenge(&asked).contains("use_dpop_nonce"));
    let whole = bound.app.authorize_url();
    let form: Vec<(String, String)> = whole.query_pairs().into_owned().collect();
    let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let pushed = bound.post("/par", &form, &bound.proof("POST", "/par", None, None)).await;
    assert!(pushed.headers().contains_key("dpop-nonce"));
    assert_eq!(json(pushed).await["error"], "use_dpop_nonce");

    // Who follows the nonces of the answers is never asked again, and they do change.
    let first = nonce.clone();
    for _ in 0..10 {
        let answer = bound.userinfo(token, &bound.proof("GET", "/userinfo", Some(token), Some(&nonce))).await;
        assert_eq!(answer.status(), 200);
        nonce = answer.headers()["dpop-nonce"].to_str().unwrap().to_owned();
    }
    assert_ne!(nonce, first);
    let stale = bound.userinfo(token, &bound.proof("GET", "/userinfo", Some(token), Some(&first))).await;
    assert!(challenge(&stale).contains("use_dpop_nonce"));
    bound.sandbox.stop().await;
}

#[tokio::test]
async fn a_nonce_may_never_be_right_and_a_bound_token_may_be_called_a_bearer() {
    let bound = Bound::start(true).await;
    let code = bound.code(&[]).await;
    let attack = |identity| bound.sandbox.set_faults(serde_json::from_value(json!({ "identity": identity })).unwrap());
    attack(json!({ "dpopNonceLoop": true }));
    let mut nonce = None;
    for _ in 0..4 {
        let answer = bound.exchange(&code, &bound.proof("POST", "/token", None, nonce.as_deref())).await;
        assert_eq!(answer.status(), 400);
        let next = answer.headers()["dpop-nonce"].to_str().unwrap().to_owned();
        assert_eq!(json(answer).await["error"], "use_dpop_nonce");
        assert_ne!(nonce.replace(next.clone()), Some(next));
    }
    attack(json!({ "bearerDowngrade": true }));
    let asked = bound.exchange(&code, &bound.proof("POST", "/token", None, nonce.as_deref())).await;
    let nonce = asked.headers()["dpop-nonce"].to_str().unwrap().to_owned();
    let tokens = bound.exchange(&code, &bound.proof("POST", "/token", None, Some(&nonce))).await;
    assert_eq!(json(tokens).await["token_type"], "Bearer");
    bound.sandbox.stop().await;
}
