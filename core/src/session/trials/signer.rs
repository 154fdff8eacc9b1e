//! Id tokens of the model operator.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::device::START_S;
use super::operator::ISSUER;

pub fn id_token(sub: &str, nonce: &str) -> String {
    let far = START_S + 10 * 365 * 86_400;
    let claims = json!({"iss": ISSUER, "aud": "app", "sub": sub, "nonce": nonce, "iat": START_S, "exp": far});
    format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string()))
}
