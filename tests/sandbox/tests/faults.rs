//! Every fault does what its name says, and no more.

mod support;

use std::time::{Duration, Instant};

use companion_sandbox::{Faults, PersonCard, Sandbox, SandboxOptions, TokenError};
use reqwest::Response;
use serde_json::{Value, json};
use support::{App, Tokens, bucket, json};

struct Scene {
    sandbox: Sandbox,
    app: App,
    emma: PersonCard,
    tokens: Tokens,
}

impl Scene {
    async fn signed_in() -> Self {
        let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
        let app = App::of(&sandbox);
        let emma = sandbox.person("emma").unwrap();
        let tokens = app.signed_in(&sandbox, "emma").await;
        Self { sandbox, app, emma, tokens }
    }

    /// Faults as a scenario file writes them.
    fn break_it(&self, faults: Value) {
        self.sandbox.set_faults(serde_json::from_value(faults).unwrap());
    }

    async fn usage(&self) -> reqwest::Result<Response> {
        let request = self.app.usage(&self.emma.number, &self.tokens);
        request.timeout(Duration::from_secs(5)).send().await
    }

    async fn usage_text(&self) -> reqwest::Result<String> {
        self.usage().await?.text().await
    }
}

#[tokio::test]
async fn a_cut_off_operator_closes_open_and_new_connections_and_comes_back() {
    let scene = Scene::signed_in().await;
    assert_eq!(scene.usage().await.unwrap().status(), 200);
    let before = scene.sandbox.requests().len();
    scene.break_it(json!({ "cutOff": true }));
    for _ in 0..3 {
        let error = scene.usage().await.unwrap_err();
        assert!(!error.is_timeout(), "{error:?}");
    }
    assert_eq!(scene.sandbox.requests().len(), before);
    scene.break_it(json!({}));
    assert_eq!(scene.usage().await.unwrap().status(), 200);
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn cutting_off_ends_a_request_that_is_under_way() {
    let scene = Scene::signed_in().await;
    scene.break_it(json!({ "latencyMs": 60_000 }));
    let began = Instant::now();
    let cut = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        scene.break_it(json!({ "cutOff": true }));
    };
    let (answer, ()) = tokio::join!(scene.usage(), cut);
    assert!(answer.is_err());
    assert!(began.elapsed() < Duration::from_secs(3));
    assert_eq!(scene.sandbox.requests().last().unwrap().status, 0);
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_dropped_request_arrives_once_and_gets_no_answer() {
    let scene = Scene::signed_in().await;
    scene.break_it(json!({ "drop": true, "times": 1 }));
    let before = scene.sandbox.requests().len();
    assert!(!scene.usage().await.unwrap_err().is_timeout());
    assert_eq!(scene.usage().await.unwrap().status(), 200);
    let statuses: Vec<_> = scene.sandbox.requests()[before..].iter().map(|request| request.status).collect();
    assert_eq!(statuses, [0, 200]);
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_body_cut_after_n_bytes_gives_exactly_those_and_then_an_error() {
    let scene = Scene::signed_in().await;
    let whole = scene.usage_text().await.unwrap();
    scene.break_it(json!({ "cutAfterBytes": 100 }));
    let mut answer = scene.usage().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.content_length(), Some(whole.len() as u64));
    let mut read = Vec::new();
    let error = loop {
        match answer.chunk().await {
            Ok(Some(chunk)) => read.extend_from_slice(&chunk),
            Ok(None) => panic!("the body ended well"),
            Err(error) => break error,
        }
    };
    assert_eq!(read, whole.as_bytes()[..100]);
    assert!(error.is_body() || error.is_decode(), "{error:?}");
    // More bytes than there are cut nothing.
    scene.break_it(json!({ "cutAfterBytes": 10_000_000 }));
    assert_eq!(scene.usage_text().await.unwrap(), whole);
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn latency_makes_only_the_named_part_slow() {
    let scene = Scene::signed_in().await;
    scene.break_it(json!({ "latencyMs": 300, "only": ["/tmf-api/usageConsumption"] }));
    let began = Instant::now();
    assert_eq!(scene.usage().await.unwrap().status(), 200);
    assert!(began.elapsed() >= Duration::from_millis(300));
    let began = Instant::now();
    assert_eq!(scene.app.get("/userinfo", &scene.tokens).send().await.unwrap().status(), 200);
    assert!(began.elapsed() < Duration::from_millis(290));
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn answers_that_are_no_usage_carry_status_type_and_body_as_told() {
    let scene = Scene::signed_in().await;
    let json_type = "application/json";
    let html = "text/html; charset=utf-8";
    for (faults, status, kind, holds) in [
        (json!({ "status": 503 }), 503, json_type, "ERR503"),
        (json!({ "status": 429, "body": "<h1>Bot?</h1>", "contentType": "text/html" }), 429, "text/html", "Bot?"),
        (json!({ "htmlPortal": true }), 200, html, "Hotel Wi-Fi"),
        (json!({ "garbage": true }), 200, json_type, "<<<"),
        (json!({ "emptyBody": true }), 200, json_type, ""),
        (json!({ "contentType": "text/plain" }), 200, "text/plain", "data-national"),
    ] {
        scene.break_it(faults.clone());
        let answer = scene.usage().await.unwrap();
        assert_eq!(answer.status(), status, "{faults}");
        assert_eq!(answer.headers()["content-type"], kind, "{faults}");
        assert_eq!(answer.headers()["date"], "Wed, 25 Nov 2026 13:05:00 GMT");
        let text = answer.text().await.unwrap();
        assert!(text.contains(holds), "{faults}: {text}");
        assert_eq!(text.is_empty(), holds.is_empty());
    }
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_status_may_say_when_to_come_back_or_where_to_go() {
    let scene = Scene::signed_in().await;
    scene.break_it(json!({ "status": 429, "retryAfter": "120" }));
    assert_eq!(scene.usage().await.unwrap().headers()["retry-after"], "120");
    scene.break_it(json!({ "status": 302, "location": "https://example.org/" }));
    assert_eq!(scene.usage().await.unwrap().headers()["location"], "https://example.org/");
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_huge_body_is_as_long_as_told_and_well_formed() {
    let scene = Scene::signed_in().await;
    scene.break_it(json!({ "hugeBodyBytes": 3_000_000 }));
    let text = scene.usage_text().await.unwrap();
    assert!(text.len() > 3_000_000 && text.len() < 3_200_000);
    assert!(serde_json::from_str::<Value>(&text).unwrap().is_array());
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_truncated_body_is_whole_for_http_and_half_for_json() {
    let scene = Scene::signed_in().await;
    let whole = scene.usage_text().await.unwrap();
    scene.break_it(json!({ "truncated": true }));
    let half = scene.usage_text().await.unwrap();
    assert_eq!(half, whole[..whole.len() / 2]);
    assert!(serde_json::from_str::<Value>(&half).is_err());
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn bent_bodies_are_bent_in_one_way_only() {
    let scene = Scene::signed_in().await;
    let read = async || -> Value { scene.app.usage_json(&scene.emma.number, &scene.tokens).await[0].clone() };
    let good = read().await;

    scene.break_it(json!({ "wrongNumber": true }));
    let bent = read().await;
    let amounts = |report: &Value, key| {
        let bucket = bucket(report, key);
        (bucket["remainingValue"]["amount"].clone(), bucket["bucketCounter"][0]["value"]["amount"].clone())
    };
    assert_eq!(amounts(&bent, "data-national"), (json!("a lot"), json!("a lot")));
    assert_eq!(amounts(&bent, "voice-national"), amounts(&good, "voice-national"));

    scene.break_it(json!({ "unknownUnit": true }));
    let bent = read().await;
    assert_eq!(bucket(&bent, "data-national")["remainingValue"], json!({ "amount": 3.8, "units": "parsec" }));
    assert_eq!(bucket(&bent, "data-eu")["remainingValue"]["units"], "MB");

    scene.break_it(json!({ "invertedPeriod": true }));
    let bent = read().await;
    let period = |report: &Value, name: &str| bucket(report, "data-national")["validFor"][name].clone();
    assert_eq!(period(&bent, "startDateTime"), period(&good, "endDateTime"));
    assert_eq!(period(&bent, "endDateTime"), period(&good, "startDateTime"));
    assert_eq!(amounts(&bent, "data-national"), amounts(&good, "data-national"));
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_stale_cycle_is_served_after_it_ended_until_the_fault_is_gone() {
    let scene = Scene::signed_in().await;
    scene.break_it(json!({ "staleCycle": true }));
    scene.sandbox.advance(8 * 86_400);
    let tokens = scene.app.refresh(&scene.tokens.refresh).await.unwrap();
    let stale = scene.app.usage_json(&scene.emma.number, &tokens).await;
    assert_eq!(stale[0]["lastUpdate"], "2026-11-30T23:48:00+01:00");
    assert_eq!(bucket(&stale[0], "data-national")["validFor"]["endDateTime"], "2026-12-01T00:00:00+01:00");
    scene.break_it(json!({}));
    let fresh = scene.app.usage_json(&scene.emma.number, &tokens).await;
    assert_eq!(fresh[0]["lastUpdate"], "2026-12-03T14:03:00+01:00");
    assert_eq!(bucket(&fresh[0], "data-national")["validFor"]["endDateTime"], "2027-01-01T00:00:00+01:00");
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_lost_refresh_rotated_all_the_same() {
    let scene = Scene::signed_in().await;
    scene.break_it(json!({ "refreshLost": true, "only": ["/token"], "times": 1 }));
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "companion-app"),
        ("refresh_token", scene.tokens.refresh.as_str()),
    ];
    assert!(scene.app.post_form("/token", &form).await.is_err());
    // Strict: the phone still holds the old token, and its next try ends the session.
    assert_eq!(scene.app.refresh(&scene.tokens.refresh).await.unwrap_err()["error"], "invalid_grant");
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn the_token_endpoint_refuses_in_the_words_it_is_given_and_spends_nothing() {
    let scene = Scene::signed_in().await;
    scene.sandbox.set_faults(Faults {
        token_error: Some(TokenError {
            status: 500,
            content_type: Some("text/html".into()),
            body: "{\"error\":\"invalid_grant\"}".into(),
        }),
        ..Faults::default()
    });
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "companion-app"),
        ("refresh_token", scene.tokens.refresh.as_str()),
    ];
    let answer = scene.app.post_form("/token", &form).await.unwrap();
    assert_eq!(answer.status(), 500);
    assert_eq!(answer.headers()["content-type"], "text/html");
    assert_eq!(json(answer).await["error"], "invalid_grant");
    assert_eq!(scene.usage().await.unwrap().status(), 200);
    scene.sandbox.set_faults(Faults::default());
    scene.app.refresh(&scene.tokens.refresh).await.unwrap();
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn whole_answers_replace_the_operators_at_several_paths_and_nowhere_else() {
    let scene = Scene::signed_in().await;
    scene.break_it(json!({ "instead": {
        "/jwks": { "body": "{\"keys\":[]}" },
        "/tmf-api": { "status": 418, "contentType": "text/plain", "headers": { "x-tea": "green" }, "body": "tea" },
        "/tmf-api/usageConsumption": { "body": "12345" },
    } }));
    let get = |path: &str| scene.app.client.get(format!("{}{path}", scene.sandbox.origin())).send();
    assert_eq!(json(get("/jwks").await.unwrap()).await, json!({ "keys": [] }));
    let tea = get("/tmf-api/productInventory").await.unwrap();
    assert_eq!((tea.status().as_u16(), &tea.headers()["x-tea"]), (418, &"green".parse().unwrap()));
    assert_eq!(tea.headers()["content-type"], "text/plain");
    assert_eq!(tea.text().await.unwrap(), "tea");
    assert_eq!(scene.usage_text().await.unwrap(), "12345");
    assert_eq!(get("/.well-known/openid-configuration").await.unwrap().status(), 200);
}

#[tokio::test]
async fn what_a_request_carried_is_noted_as_it_came() {
    let scene = Scene::signed_in().await;
    let token = scene.sandbox.requests().into_iter().find(|request| request.path == "/token").unwrap();
    assert!(token.carried.body.contains("code_verifier="), "{:?}", token.carried);
    scene.usage_text().await.unwrap();
    let asked = scene.sandbox.requests().pop().unwrap();
    let bearer = asked.carried.headers.iter().find(|(name, _)| name == "authorization").unwrap();
    assert!(bearer.1.starts_with("Bearer "));
}
