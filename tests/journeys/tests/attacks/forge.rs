//! The operator's signing key in other hands: id tokens, key sets and token answers as a test wants them.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use companion_sandbox::{Faults, Instead};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

/// A P-256 key and its name.
pub struct Forge {
    pair: EcdsaKeyPair,
    kid: String,
}

impl Forge {
    pub fn new(kid: &str) -> Forge {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Forge { pair, kid: kid.to_owned() }
    }

    /// The public key (RFC 7517).
    pub fn jwk(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        let part = |from: usize, to: usize| URL_SAFE_NO_PAD.encode(&point[from..to]);
        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.kid,
            "x": part(1, 33), "y": part(33, 65)
        })
    }

    /// The key set with this key alone.
    pub fn jwks(&self) -> Value {
        json!({ "keys": [self.jwk()] })
    }

    /// A token signed with this key, under the header it should have.
    pub fn sign(&self, claims: &Value) -> String {
        self.sign_as(&json!({ "alg": "ES256", "typ": "JWT", "kid": self.kid }), &claims.to_string())
    }

    /// A token signed with this key, header and claims as they stand.
    pub fn sign_as(&self, header: &Value, claims: &str) -> String {
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

/// The claims the sandbox would make.
pub fn claims(issuer: &str, sub: &str, nonce: &str, now_s: i64) -> Value {
    json!({
        "iss": issuer, "aud": "companion-app", "azp": "companion-app", "sub": sub, "iat": now_s, "exp": now_s + 300,
        "nonce": nonce
    })
}

/// A token answer with this id token. Its other tokens are nobody's.
pub fn token_answer(id_token: &str) -> Value {
    json!({
        "access_token": "forged-access-token-5d1f", "token_type": "Bearer", "expires_in": 300,
        "refresh_token": "forged-refresh-token-77aa", "id_token": id_token
    })
}

/// These answers in the operator's place.
pub fn instead<const N: usize>(answers: [(&str, Instead); N]) -> Faults {
    let instead: BTreeMap<String, Instead> = answers.map(|(path, answer)| (path.to_owned(), answer)).into();
    Faults { instead, ..Faults::default() }
}
