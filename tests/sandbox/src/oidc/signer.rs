//! Signs id tokens with a P-256 key made at start.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rcgen::{KeyPair, PublicKeyData};
use serde_json::{Value, json};

use crate::ids::base64url;
use crate::sandbox::StartError;

const KEY_ID: &str = "sandbox-1";

pub(crate) struct Signer {
    key: EncodingKey,
    /// Uncompressed point: 0x04, x, y.
    point: Vec<u8>,
}

impl Signer {
    pub(crate) fn new() -> Result<Self, StartError> {
        let pair = KeyPair::generate().map_err(|error| StartError::Certificate(error.to_string()))?;
        Ok(Self { key: EncodingKey::from_ec_der(&pair.serialize_der()), point: pair.der_bytes().to_vec() })
    }

    pub(crate) fn jwks(&self) -> Value {
        let part = |from: usize, to: usize| base64url(self.point.get(from..to).unwrap_or_default());
        json!({ "keys": [{
            "kty": "EC",
            "crv": "P-256",
            "use": "sig",
            "alg": "ES256",
            "kid": KEY_ID,
            "x": part(1, 33),
            "y": part(33, 65),
        }] })
    }

    pub(crate) fn sign(&self, claims: &Value) -> Option<String> {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(KEY_ID.to_owned());
        jsonwebtoken::encode(&header, claims, &self.key).ok()
    }
}
