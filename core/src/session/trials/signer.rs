//! Id tokens of the model operator.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::device::START_S;
use super::operator::ISSUER;
use crate::session::keys::tests::Signer;

static SIGNER: LazyLock<Signer> = LazyLock::new(|| Signer::new("model"));

pub fn id_token(sub: &str, nonce: &str) -> String {
    id_token_of(&SIGNER, sub, nonce)
}

pub fn id_token_of(signer: &Signer, sub: &str, nonce: &str) -> String {
    let far = START_S + 10 * 365 * 86_400;
    let claims = json!({"iss": ISSUER, "aud": "app", "sub": sub, "nonce": nonce, "iat": START_S, "exp": far});
    signer.token(&claims.to_string())
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
