//! Id tokens of the model operator.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::device::START_S;
use super::operator::ISSUER;
use crate::session::keys::tests::Signer;

static SIGNER: LazyLock<Signer> = LazyLock::new(|| Signer::new("model"));

pub fn id_token(sub: &str, nonce: &str, auth_time_s: Option<i64>, acr: Option<&str>) -> String {
    let mut claims = claims(sub, nonce, auth_time_s);
    if let Some(acr) = acr {
        claims["acr"] = json!(acr);
    }
    SIGNER.token(&claims.to_string())
}

pub fn id_token_of(signer: &Signer, sub: &str, nonce: &str) -> String {
    signer.token(&claims(sub, nonce, None).to_string())
}

fn claims(sub: &str, nonce: &str, auth_time_s: Option<i64>) -> Value {
    let far = START_S + 10 * 365 * 86_400;
    let mut claims = json!({"iss": ISSUER, "aud": "app", "sub": sub, "nonce": nonce, "iat": START_S, "exp": far});
    if let Some(at) = auth_time_s {
        claims["auth_time"] = json!(at);
    }
    claims
}

pub fn keys() -> Value {
    keys_of(&SIGNER)
}

pub fn keys_of(signer: &Signer) -> Value {
    json!({"keys": [signer.jwk()]})
}

/// Another key of the same name.
pub fn namesake() -> Signer {
    Signer::new("model")
}
