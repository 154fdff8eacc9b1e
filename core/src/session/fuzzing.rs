//! The session's readers of foreign bytes, one by one, for the fuzz targets in `tests/fuzz`. Compiled for them alone.
//! What each promises of its result is checked here, where it can be seen.

use std::sync::LazyLock;

use secrecy::ExposeSecret;
use serde_json::json;
use url::Url;

use super::attempt::{Attempt, Callback, code_of, until_ms};
use super::id_token::{Expected, verify_refresh, verify_sign_in, wanted_key};
use super::keys::KeySet;
use super::provider::{self, Endpoints};
use super::token::TokenAnswer;
use crate::operator::profile::{Identity, SigningAlgorithm};
use crate::operator::proof::ProofKey;

const ISSUER: &str = "https://id.example";
const ALGORITHMS: [SigningAlgorithm; 3] = [SigningAlgorithm::ES256, SigningAlgorithm::RS256, SigningAlgorithm::PS256];

static IDENTITY: LazyLock<Option<Identity>> = LazyLock::new(|| {
    let identity = json!({
        "issuer": ISSUER, "clientId": "app", "redirectUri": "be.app:/cb", "scopes": ["openid"],
        "origins": ["https://keys.example"], "errors": {"gone": "invitationUsed"}
    });
    serde_json::from_value(identity).ok()
});

static ENDPOINTS: LazyLock<Option<Endpoints>> = LazyLock::new(|| {
    let metadata = json!({
        "issuer": ISSUER, "authorization_endpoint": ISSUER, "token_endpoint": ISSUER, "userinfo_endpoint": ISSUER,
        "jwks_uri": ISSUER, "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true
    });
    provider::read(metadata.to_string().as_bytes(), IDENTITY.as_ref()?).ok()
});

static PROOF_KEY: LazyLock<Option<ProofKey>> = LazyLock::new(|| ProofKey::generate().ok());

/// A callback: only one at our address, with one `state` and our issuer, completes an attempt.
pub fn callback(address: &str) {
    let (Some(identity), Some(endpoints)) = (&*IDENTITY, &*ENDPOINTS) else { return };
    let Ok(callback) = Callback::read(address) else { return };
    let attempt = Attempt {
        verifier: String::new(),
        nonce: String::new(),
        redirect_uri: Url::parse(&identity.redirect_uri).unwrap_or_else(|_| endpoints.token.clone()),
        proof_key: None,
        endpoints: endpoints.clone(),
        until_ms: until_ms(false, 0),
        step_up: None,
    };
    assert!(callback.attempt_key().len() < 64);
    let code = code_of(&callback, &identity.errors);
    if attempt.accepts(&callback, ISSUER, 0).is_ok() {
        let url = Url::parse(address);
        let url = url.as_ref().ok();
        assert!(url.is_some_and(|url| url.scheme() == "be.app" && url.path() == "/cb" && url.fragment().is_none()));
        let values = |name: &str| {
            let pairs = url.into_iter().flat_map(Url::query_pairs).filter(|(key, _)| key == name);
            pairs.map(|(_, value)| value.into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(values("state").len(), 1);
        assert_eq!(values("iss"), [ISSUER]);
        assert_eq!(values("code").len(), usize::from(code.is_ok()));
        assert_eq!(values("error").len(), usize::from(code.is_err()));
    }
}

/// A token endpoint's success: tokens that a header can carry, of the type that was asked for, of a life within reason.
pub fn token_answer(body: &[u8]) {
    let (bearer, bound) = (granted(body, None), granted(body, PROOF_KEY.as_ref()));
    assert!(!(bearer && bound), "one answer is of two types");
}

fn granted(body: &[u8], proof_key: Option<&ProofKey>) -> bool {
    let Ok(answer) = serde_json::from_slice::<TokenAnswer>(body) else { return false };
    let Ok(granted) = answer.granted(proof_key) else { return false };
    assert!((30..=86_400).contains(&granted.life.as_secs()));
    for token in [Some(&granted.access), granted.refresh.as_ref()].into_iter().flatten() {
        let token = token.expose_secret();
        assert!((1..=8192).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic()));
    }
    true
}

/// A provider's description: whatever it says, its endpoints are at its own places.
pub fn provider(body: &[u8]) {
    let Some(identity) = &*IDENTITY else { return };
    let Ok(endpoints) = provider::read(body, identity) else { return };
    let told = serde_json::to_value(&endpoints).unwrap_or_default();
    for place in told.as_object().into_iter().flatten().filter_map(|(_, value)| value.as_str()) {
        assert!(["https://id.example/", "https://keys.example/"].iter().any(|home| place.starts_with(home)), "{place}");
    }
}

/// A set of keys: none of them, however strange, makes a signature of nothing.
pub fn keys(body: &[u8]) {
    let Some(keys) = KeySet::parse(body) else { return };
    for alg in ALGORITHMS {
        for kid in [None, Some("k")] {
            for signature in [&[][..], &[0; 64], &[0; 256], &[1; 256]] {
                assert!(!keys.verifies(kid, alg, b"signed", signature));
            }
        }
    }
}

/// An id token: without a signature nobody signs in, and without keys a renewal is about anna and for us.
pub fn id_token(token: &str) {
    let expected = Expected {
        issuer: ISSUER,
        client_id: "app",
        algorithms: &ALGORITHMS,
        nonce: "n",
        now_s: 1_795_608_000,
        wanted: None,
    };
    let _ = wanted_key(token);
    assert!(verify_sign_in(token, "access", &expected, &KeySet::default()).is_err());
    if verify_refresh(token, "access", "anna", &expected, None).is_ok() {
        let claims = token.split('.').nth(1).and_then(decoded).unwrap_or_default();
        assert_eq!((&claims["iss"], &claims["sub"]), (&json!(ISSUER), &json!("anna")));
        assert!(claims["aud"] == "app" || claims["aud"][0] == "app");
        // Until when, a renewal does not ask; it is a time all the same.
        assert!(claims["exp"].is_number());
    }
}

fn decoded(part: &str) -> Option<serde_json::Value> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).ok()?;
    serde_json::from_slice(&bytes).ok()
}
