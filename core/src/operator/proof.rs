//! Proof of possession (RFC 9449, DPoP): tokens are bound to a key of this app, and every request that uses one shows
//! that the key is here. A token that leaks is then worth nothing to whoever finds it.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::json;
use sha2::{Digest, Sha256};
use url::Url;
use zeroize::{Zeroize, Zeroizing};

use crate::host::HostError;

/// A P-256 key of this app, for as long as a session lasts.
///
/// ring draws its own randomness, from the operating system: it takes no other source, and a repeated ECDSA nonce would
/// give the key away, so this is the one place where injected randomness could only do harm.
#[derive(Clone)]
pub struct ProofKey(Arc<Inner>);

struct Inner {
    pkcs8: Zeroizing<Vec<u8>>,
    pair: EcdsaKeyPair,
}

/// What one proof says (RFC 9449 §4.2).
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    /// The request's method.
    pub method: &'a str,
    /// The request's address.
    pub url: &'a Url,
    /// The token it goes with, where one does.
    pub access_token: Option<&'a str>,
    /// The server's last nonce.
    pub nonce: Option<&'a str>,
    /// When it is made, in seconds since 1970 UTC.
    pub issued_s: i64,
    /// Never used before.
    pub id: &'a str,
}

impl fmt::Debug for ProofKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProofKey(…)")
    }
}

impl fmt::Debug for Proof<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proof(…)")
    }
}

impl ProofKey {
    /// A new key.
    pub fn generate() -> Result<ProofKey, HostError> {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        let pkcs8 = Zeroizing::new(made.map_err(|_| HostError::Failed)?.as_ref().to_vec());
        ProofKey::from_pkcs8(pkcs8).ok_or(HostError::Failed)
    }

    fn from_pkcs8(pkcs8: Zeroizing<Vec<u8>>) -> Option<ProofKey> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8, &SystemRandom::new()).ok()?;
        Some(ProofKey(Arc::new(Inner { pkcs8, pair })))
    }

    /// The public key's thumbprint, which an authorization request names as `dpop_jkt` (RFC 7638, RFC 9449 §10).
    pub fn thumbprint(&self) -> String {
        let (x, y) = self.point();
        thumbprint(&x, &y)
    }

    /// A proof for one request. Each goes out once.
    pub fn proof(&self, proof: &Proof<'_>) -> Result<String, HostError> {
        let (x, y) = self.point();
        let header = json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": {"kty": "EC", "crv": "P-256", "x": x, "y": y}});
        let mut target = proof.url.clone();
        target.set_query(None);
        target.set_fragment(None);
        let mut claims = json!({
            "jti": proof.id, "htm": proof.method, "htu": target.as_str(), "iat": proof.issued_s
        });
        if let Some(members) = claims.as_object_mut() {
            if let Some(token) = proof.access_token {
                members.insert("ath".to_owned(), URL_SAFE_NO_PAD.encode(Sha256::digest(token)).into());
            }
            if let Some(nonce) = proof.nonce {
                members.insert("nonce".to_owned(), nonce.into());
            }
        }
        let encoded = |part: serde_json::Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let signed = format!("{}.{}", encoded(header), encoded(claims));
        let signature = self.0.pair.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|_| HostError::Failed)?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// The public key as a JWK writes it (RFC 7518 §6.2).
    fn point(&self) -> (String, String) {
        // Uncompressed: 4, then both coordinates of 32 bytes.
        let point = self.0.pair.public_key().as_ref();
        let part = |from: usize, to: usize| URL_SAFE_NO_PAD.encode(point.get(from..to).unwrap_or_default());
        (part(1, 33), part(33, 65))
    }
}

/// Of a P-256 key, over its required members in lexical order without white space.
fn thumbprint(x: &str, y: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#)))
}

/// For the secure store, and nowhere else.
impl Serialize for ProofKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(&*self.0.pkcs8)).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ProofKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut written = String::deserialize(deserializer)?;
        let pkcs8 = URL_SAFE_NO_PAD.decode(&written);
        written.zeroize();
        let key = pkcs8.ok().and_then(|bytes| ProofKey::from_pkcs8(Zeroizing::new(bytes)));
        key.ok_or_else(|| serde::de::Error::custom("no key"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
    use serde_json::Value;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn part(token: &str, index: usize) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(token.split('.').nth(index).unwrap()).unwrap()
    }

    fn json(token: &str, index: usize) -> Value {
        serde_json::from_slice(&part(token, index)).unwrap()
    }

    #[test]
    fn the_thumbprint_of_the_published_example_is_the_published_one() {
        // RFC 9449 §6.1: the key of its examples, and the `jkt` of the token bound to it.
        let (x, y) = ("l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs", "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA");
        assert_eq!(thumbprint(x, y), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    }

    #[test]
    fn the_hash_of_the_published_token_is_the_published_one() {
        // RFC 9449 §7.1.
        let key = ProofKey::generate().unwrap();
        let url = url("https://resource.example.org/protectedresource?a=b#c");
        let proof = Proof {
            method: "GET",
            url: &url,
            access_token: Some("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"),
            nonce: Some("eyJ7S_zG.eyJH0-Z.HX4w-7v"),
            issued_s: 1_562_262_618,
            id: "e1j3V_bKic8-LAEB",
        };
        let claims = json(&key.proof(&proof).unwrap(), 1);
        let expected = json!({
            "jti": "e1j3V_bKic8-LAEB", "htm": "GET", "htu": "https://resource.example.org/protectedresource",
            "iat": 1_562_262_618, "ath": "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo", "nonce": "eyJ7S_zG.eyJH0-Z.HX4w-7v"
        });
        assert_eq!(claims, expected);
    }

    #[test]
    fn a_proof_is_signed_by_the_key_it_names() {
        let key = ProofKey::generate().unwrap();
        let url = url("https://id.example/token");
        let proof =
            Proof { method: "POST", url: &url, access_token: None, nonce: None, issued_s: 1, id: "a \"quoted\" id" };
        let token = key.proof(&proof).unwrap();
        let header = json(&token, 0);
        assert_eq!((&header["typ"], &header["alg"]), (&json!("dpop+jwt"), &json!("ES256")));
        let jwk = header["jwk"].as_object().unwrap();
        assert_eq!(jwk.keys().collect::<Vec<_>>(), ["crv", "kty", "x", "y"], "nothing private");
        let text = |name: &str| jwk[name].as_str().unwrap().to_owned();
        assert_eq!(thumbprint(&text("x"), &text("y")), key.thumbprint());
        let point =
            [vec![4], URL_SAFE_NO_PAD.decode(text("x")).unwrap(), URL_SAFE_NO_PAD.decode(text("y")).unwrap()].concat();
        let signed = token.rsplit_once('.').unwrap().0;
        let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
        assert!(public.verify(signed.as_bytes(), &part(&token, 2)).is_ok());
        assert_eq!(json(&token, 1), json!({"jti": "a \"quoted\" id", "htm": "POST", "htu": url.as_str(), "iat": 1}));
    }

    #[test]
    fn a_key_survives_the_secure_store_and_shows_nowhere_else() {
        let key = ProofKey::generate().unwrap();
        let kept = serde_json::to_string(&key).unwrap();
        let again: ProofKey = serde_json::from_str(&kept).unwrap();
        assert_eq!(again.thumbprint(), key.thumbprint());
        assert_ne!(ProofKey::generate().unwrap().thumbprint(), key.thumbprint());
        assert_eq!(format!("{key:?}"), "ProofKey(…)");
        for broken in ["\"\"", "\"AAAA\"", "\"!\"", "7", "null", &kept[..kept.len() / 2]] {
            assert!(serde_json::from_str::<ProofKey>(broken).is_err(), "{broken}");
        }
    }
}
