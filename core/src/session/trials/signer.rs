//! Id tokens of the model operator.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::device::START_S;
use super::operator::ISSUER;
use crate::session::keys::tests::Signer;

static SIGNER: LazyLock<Signer> = LazyLock::new(|| Signer::new("model"));

pub fn id_token(sub: &str, nonce: &str) -> String {
    let far = START_S + 10 * 365 * 86_400;
    let claims = json!({"iss": ISSUER, "aud": "app", "sub": sub, "nonce": nonce, "iat": START_S, "exp": far});
    SIGNER.token(&claims.to_string())
}

pub fn keys() -> Value {
    json!({"keys": [SIGNER.jwk()]})
}
