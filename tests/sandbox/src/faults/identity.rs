//! Attacks on sign-in: what a hostile or broken identity provider, or somebody between it and the phone, would
//! answer. Each bends one thing and leaves the rest in order.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Switches that only the identity provider has; everything left out is healthy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct IdentityFaults {
    /// The authorize endpoint comes back at once with this OAuth error code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorize_error: Option<String>,
    /// `iss` of the callback; empty leaves it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_iss: Option<String>,
    /// `state` of the callback; empty leaves it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_state: Option<String>,
    /// Laid over the discovery document (RFC 7396: null removes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discovery: Option<Value>,
    /// Laid over a good token answer (RFC 7396).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_answer: Option<Value>,
    /// Token answers call a bound token a bearer token.
    pub bearer_downgrade: bool,
    /// Every request that could carry a proof is answered with yet another nonce.
    pub dpop_nonce_loop: bool,
    /// Bends id tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token: Option<IdTokenFaults>,
    /// Bends the key set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks: Option<JwksFault>,
}

/// What is wrong with an id token. Whatever is merged into it is signed like the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct IdTokenFaults {
    /// Laid over the claims (RFC 7396).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims: Option<Value>,
    /// Laid over the header (RFC 7396).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<Value>,
    /// How it is signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alg: Option<IdTokenAlg>,
    /// `sub` stands there twice: first somebody else, then the person.
    pub duplicate_keys: bool,
    /// There is none.
    pub missing: bool,
}

/// Ways to sign an id token that must not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum IdTokenAlg {
    /// `alg` none, no signature.
    #[serde(rename = "none")]
    None,
    /// HMAC with the public key's bytes as the secret.
    #[serde(rename = "HS256")]
    Hs256,
    /// The right key under a name the key set does not have.
    #[serde(rename = "unknownKid")]
    UnknownKid,
    /// One bit of the signature is another.
    #[serde(rename = "badSignature")]
    BadSignature,
}

/// What is wrong with the key set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum JwksFault {
    /// Two keys have the name of the one that signs; the wrong one comes first.
    DuplicateKid,
    /// The name of the key that signs belongs to an RSA key.
    WrongKeyType,
    /// More than 5 MB of keys before the one that signs.
    Huge,
    /// No key at all.
    Empty,
}

/// RFC 7396: objects are merged, null removes, anything else replaces.
pub(crate) fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(members) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    if let Some(object) = target.as_object_mut() {
        for (name, change) in members {
            if change.is_null() {
                object.remove(name);
            } else {
                merge(object.entry(name).or_insert(Value::Null), change);
            }
        }
    }
}
