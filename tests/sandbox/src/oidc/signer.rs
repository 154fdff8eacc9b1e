//! Signs id tokens with a P-256 key made at start, and shows the public halves of this key and the ones before it.
//! On request either is wrong in one particular way.

use jsonwebtoken::{Algorithm, EncodingKey};
use rcgen::{KeyPair, PublicKeyData};
use serde_json::{Value, json};

use crate::faults::{IdTokenAlg, IdTokenFaults, JwksFault, merge};
use crate::ids::{base64url, base64url_decoded};
use crate::sandbox::StartError;

/// More than anybody needs: some 5 MB of keys.
const HUGE_KEYS: usize = 30_000;

pub(crate) struct Signer {
    key: Key,
    former: Vec<Key>,
}

struct Key {
    id: String,
    signing: EncodingKey,
    /// Uncompressed point: 0x04, x, y.
    point: Vec<u8>,
}

impl Key {
    fn new(number: usize) -> Result<Self, StartError> {
        let pair = KeyPair::generate().map_err(|error| StartError::Certificate(error.to_string()))?;
        Ok(Self {
            id: format!("sandbox-{number}"),
            signing: EncodingKey::from_ec_der(&pair.serialize_der()),
            point: pair.der_bytes().to_vec(),
        })
    }

    fn jwk(&self, id: &str) -> Value {
        let part = |from: usize, to: usize| base64url(self.point.get(from..to).unwrap_or_default());
        json!({
            "kty": "EC",
            "crv": "P-256",
            "use": "sig",
            "alg": "ES256",
            "kid": id,
            "x": part(1, 33),
            "y": part(33, 65),
        })
    }
}

impl Signer {
    pub(crate) fn new() -> Result<Self, StartError> {
        Ok(Self { key: Key::new(1)?, former: Vec::new() })
    }

    /// From now on another key signs; the ones before stay in the set.
    pub(crate) fn rotate(&mut self) -> Result<(), StartError> {
        let next = Key::new(self.former.len() + 2)?;
        self.former.push(std::mem::replace(&mut self.key, next));
        Ok(())
    }

    pub(crate) fn jwks(&self, fault: Option<JwksFault>) -> Value {
        let signs = self.key.jwk(&self.key.id);
        let decoy = |id: &str| Key::new(0).map(|key| key.jwk(id)).unwrap_or_default();
        let keys = match fault {
            None => [vec![signs], self.former.iter().map(|key| key.jwk(&key.id)).collect()].concat(),
            Some(JwksFault::DuplicateKid) => vec![decoy(&self.key.id), signs],
            Some(JwksFault::WrongKeyType) => {
                let modulus = base64url(&[self.key.point.as_slice(), &[0x5a; 191]].concat());
                vec![json!({ "kty": "RSA", "use": "sig", "kid": self.key.id, "n": modulus, "e": "AQAB" })]
            }
            Some(JwksFault::Huge) => {
                let mut filler = decoy("filler");
                let numbered = (0..HUGE_KEYS).map(|number| {
                    filler["kid"] = json!(format!("filler-{number}"));
                    filler.clone()
                });
                let mut keys: Vec<Value> = numbered.collect();
                keys.push(signs);
                keys
            }
            Some(JwksFault::Empty) => Vec::new(),
        };
        json!({ "keys": keys })
    }

    /// An id token, bent as told.
    pub(crate) fn id_token(&self, mut claims: Value, faults: &IdTokenFaults) -> Option<String> {
        let id = if faults.alg == Some(IdTokenAlg::UnknownKid) { "sandbox-unknown" } else { &self.key.id };
        let alg = match faults.alg {
            Some(IdTokenAlg::None) => "none",
            Some(IdTokenAlg::Hs256) => "HS256",
            _ => "ES256",
        };
        let mut header = json!({ "typ": "JWT", "alg": alg, "kid": id });
        for (target, patch) in [(&mut header, &faults.header), (&mut claims, &faults.claims)] {
            if let Some(patch) = patch {
                merge(target, patch);
            }
        }
        let mut claims = claims.to_string();
        if faults.duplicate_keys {
            claims = claims.replacen('{', r#"{"sub":"somebody-else","#, 1);
        }
        let message = [header.to_string(), claims].map(|part| base64url(part.as_bytes())).join(".");
        let es256 = || jsonwebtoken::crypto::sign(message.as_bytes(), &self.key.signing, Algorithm::ES256).ok();
        let signature = match faults.alg {
            Some(IdTokenAlg::None) => String::new(),
            Some(IdTokenAlg::Hs256) => {
                let secret = EncodingKey::from_secret(&self.key.point);
                jsonwebtoken::crypto::sign(message.as_bytes(), &secret, Algorithm::HS256).ok()?
            }
            Some(IdTokenAlg::BadSignature) => {
                let mut bytes = base64url_decoded(&es256()?)?;
                bytes.last_mut().map(|last| *last ^= 1)?;
                base64url(&bytes)
            }
            Some(IdTokenAlg::UnknownKid) | None => es256()?,
        };
        Some(format!("{message}.{signature}"))
    }

    /// Whether this is an id token of ours, from whatever time: its claims.
    pub(crate) fn read(&self, id_token: &str) -> Option<Value> {
        let mut checks = jsonwebtoken::Validation::new(Algorithm::ES256);
        checks.validate_exp = false;
        checks.validate_aud = false;
        let keys = std::iter::once(&self.key).chain(&self.former);
        keys.filter_map(|key| serde_json::from_value::<jsonwebtoken::jwk::Jwk>(key.jwk(&key.id)).ok())
            .filter_map(|jwk| jsonwebtoken::DecodingKey::from_jwk(&jwk).ok())
            .find_map(|key| jsonwebtoken::decode::<Value>(id_token, &key, &checks).ok())
            .map(|read| read.claims)
    }
}
