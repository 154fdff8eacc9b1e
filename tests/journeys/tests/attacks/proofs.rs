//! Tokens bound to a key of the app (RFC 9449): taken back to bearer tokens, or asked for yet another nonce for ever.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use companion::Problem;
use companion::problem::SecurityCheck;
use companion::session::SessionPhase;
use companion_journeys::name_of;
use companion_sandbox::{Faults, IdentityFaults, SandboxOptions};
use serde_json::{Value, json};

use crate::story::{Story, TOKEN_LIFE_S, rejected};

async fn bound(dpop_nonce: bool) -> Story {
    let options = SandboxOptions { dpop: true, dpop_nonce, ..SandboxOptions::default() };
    Story::with(options, |profile| assert_eq!(profile["identity"]["dpop"], true)).await
}

fn attack(story: &Story, identity: IdentityFaults) {
    story.sandbox.set_faults(Faults { identity, ..Faults::default() });
}

/// The claims of every proof that was sent.
fn proofs(story: &Story) -> Vec<Value> {
    let headers = story.sandbox.requests().into_iter().flat_map(|request| request.carried.headers);
    let proofs = headers.filter(|(name, _)| name == "dpop").map(|(_, proof)| proof);
    let claims = |proof: String| URL_SAFE_NO_PAD.decode(proof.split('.').nth(1).unwrap()).unwrap();
    proofs.map(|proof| serde_json::from_slice(&claims(proof)).unwrap()).collect()
}

/// No token went out as a bearer token, and no proof went out twice.
fn nothing_unbound(story: &Story) {
    for request in story.sandbox.requests() {
        for (name, value) in request.carried.headers {
            assert!(name != "authorization" || value.starts_with("DPoP "), "{} {name}", request.path);
        }
    }
    let mut ids: Vec<String> = proofs(story).iter().map(|claims| claims["jti"].as_str().unwrap().to_owned()).collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all, "each proof once");
}

#[tokio::test]
async fn a26_a_bound_token_taken_back_to_a_bearer_token_is_refused_at_sign_in_and_renewal() {
    let downgrade = || IdentityFaults { bearer_downgrade: true, ..IdentityFaults::default() };
    let mut story = bound(false).await;
    attack(&story, downgrade());
    assert_eq!(story.sign_in("emma").await, Err(rejected(SecurityCheck::TokenType)));
    assert_eq!(story.phase(), SessionPhase::SignedOut);
    story.sandbox.set_faults(Faults::default());
    story.load("emma").await;
    assert!(proofs(&story).len() >= 3, "the token request and the APIs");
    let kept = story.phone.item("session");
    story.pass(TOKEN_LIFE_S);
    attack(&story, downgrade());
    let problem = story.refresh().await.unwrap_err();
    assert_ne!(name_of(&problem), "session_ended");
    assert_eq!(story.phone.item("session"), kept, "the tokens are not taken");
    assert_eq!(story.phase(), SessionPhase::SignedIn);
    nothing_unbound(&story);
    story.end();
}

#[tokio::test]
async fn a26_a_provider_that_binds_no_tokens_is_not_signed_in_at_with_less() {
    let mut story = bound(false).await;
    for listed in [json!(null), json!([]), json!(["none"]), json!(["HS256", "RS256"])] {
        let discovery = Some(json!({ "dpop_signing_alg_values_supported": listed }));
        attack(&story, IdentityFaults { discovery, ..IdentityFaults::default() });
        assert_eq!(story.start().await.map(|_| ()), Err(rejected(SecurityCheck::Provider)), "{listed}");
    }
    assert_eq!(story.asked("/token"), 0);
    story.end();
}

#[tokio::test]
async fn a26_who_always_asks_for_another_nonce_is_answered_twice_and_no_more() {
    let mut story = bound(true).await;
    let looping = || IdentityFaults { dpop_nonce_loop: true, ..IdentityFaults::default() };
    // One nonce is asked for, and given.
    story.load("emma").await;
    let callback = story.walk("emma").await;
    attack(&story, looping());
    let before = story.asked("/token");
    let problem = story.finish(&callback).await.unwrap_err();
    assert!(matches!(problem, Problem::ServiceUnavailable { .. } | Problem::NotPermitted), "{problem:?}");
    assert!(story.asked("/token") - before <= 3, "{} tries", story.asked("/token") - before);

    for _ in 0..2 {
        story.pass(TOKEN_LIFE_S);
        let before = story.asked("/token");
        let problem = story.refresh().await.unwrap_err();
        assert_ne!(name_of(&problem), "session_ended", "it is no refused grant");
        assert!(story.asked("/token") - before <= 3, "{} tries", story.asked("/token") - before);
        assert_eq!(story.phase(), SessionPhase::SignedIn);
    }
    story.sandbox.set_faults(Faults::default());
    story.pass(600);
    story.refresh().await.unwrap();

    // The same at the APIs alone.
    let only = Some(vec!["/tmf-api/usageConsumption".to_owned()]);
    story.sandbox.set_faults(Faults { identity: looping(), only, ..Faults::default() });
    let usage = |story: &Story| {
        let requests = story.sandbox.requests();
        requests.iter().filter(|request| request.path.starts_with("/tmf-api/usageConsumption")).count()
    };
    let before = (usage(&story), story.asked("/token"));
    let problem = story.refresh().await.unwrap_err();
    assert_ne!(name_of(&problem), "session_ended");
    // Three with the token at hand, and three with one that was renewed because of a refusal.
    assert!(usage(&story) - before.0 <= 6, "{} tries", usage(&story) - before.0);
    assert!(story.asked("/token") - before.1 <= 2);
    assert_eq!(story.phase(), SessionPhase::SignedIn);
    story.sandbox.set_faults(Faults::default());
    story.refresh().await.unwrap();
    nothing_unbound(&story);
    story.end();
}

#[tokio::test]
async fn a26_a_stolen_bound_token_is_worth_nothing_without_its_key() {
    let mut story = bound(false).await;
    story.load("emma").await;
    let session: Value = serde_json::from_slice(&story.phone.item("session")).unwrap();
    let token = session["access"].as_str().unwrap();
    let ca = reqwest::Certificate::from_pem(story.sandbox.ca_pem().as_bytes()).unwrap();
    let client = reqwest::Client::builder().tls_certs_only([ca]).no_proxy().build().unwrap();
    let proof = story.sandbox.requests().into_iter().rev().find_map(|request| {
        let proof = request.carried.headers.into_iter().find(|(name, _)| name == "dpop");
        proof.filter(|_| request.path == "/userinfo").map(|(_, proof)| proof)
    });
    let proof = proof.unwrap();
    for (scheme, proof) in [("Bearer", None), ("DPoP", None), ("DPoP", Some(proof))] {
        let mut get = client.get(format!("{}/userinfo", story.sandbox.origin()));
        get = get.header("authorization", format!("{scheme} {token}"));
        if let Some(proof) = &proof {
            get = get.header("dpop", proof);
        }
        assert_eq!(get.send().await.unwrap().status(), 401, "{scheme}, proof sent again: {}", proof.is_some());
    }
    story.refresh().await.unwrap();
    story.end();
}
