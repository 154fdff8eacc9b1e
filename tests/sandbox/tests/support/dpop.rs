//! Proofs of a key (RFC 9449), each part of which a test may bend.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use rcgen::{KeyPair, PublicKeyData};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub struct Key {
    signing: EncodingKey,
    pub jwk: Value,
}

impl Key {
    pub fn new() -> Self {
        let pair = KeyPair::generate().unwrap();
        let point = pair.der_bytes();
        let part = |from: usize| URL_SAFE_NO_PAD.encode(&point[from..from + 32]);
        let jwk = json!({ "crv": "P-256", "kty": "EC", "x": part(1), "y": part(33) });
        Self { signing: EncodingKey::from_ec_der(&pair.serialize_der()), jwk }
    }

    pub fn thumbprint(&self) -> String {
        // serde_json writes members in alphabetical order, as RFC 7638 wants them.
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.jwk.to_string()))
    }

    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let message = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.signing, Algorithm::ES256).unwrap();
        format!("{message}.{signature}")
    }

    pub fn header(&self) -> Value {
        json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": self.jwk })
    }
}

/// Claims of a proof that is in order.
pub fn claims(method: &str, url: &str, now: i64, token: Option<&str>, nonce: Option<&str>) -> Value {
    static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let mut claims = json!({ "jti": format!("proof-{number}"), "htm": method, "htu": url, "iat": now });
    if let Some(token) = token {
        claims["ath"] = json!(URL_SAFE_NO_PAD.encode(Sha256::digest(token)));
    }
    if let Some(nonce) = nonce {
        claims["nonce"] = json!(nonce);
    }
    claims
}
