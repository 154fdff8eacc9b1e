//! A session as the secure store keeps it: one blob, so that tokens and generation never part.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};

use super::provider::Endpoints;
use super::token::Granted;
use crate::host::{HostError, SecureStore};
use crate::operator::proof::ProofKey;
use crate::problem::SessionEnd;
use crate::store::{Claim, pseudonym};

/// The secure store's key of the session.
pub const KEY: &str = "session";
const VERSION: u8 = 2;
/// A token with less life left than this is renewed before it is used; one that lives shortly, in its last quarter.
const MARGIN_MS: i64 = 60_000;

/// Who signed in, and what the id token was bound to.
pub struct Who {
    /// The issuer.
    pub issuer: String,
    /// The person at the issuer.
    pub sub: String,
    /// The sign-in's nonce.
    pub nonce: String,
}

impl std::fmt::Debug for Who {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Who(…)")
    }
}

/// Who is signed in, with the tokens.
#[derive(Clone, Serialize, Deserialize)]
pub struct Record {
    version: u8,
    /// The installation of the app the session belongs to: the keychain outlives an app that is removed.
    pub install: String,
    /// The issuer; with `sub` it names the person. The mobile number never does: numbers change hands.
    pub issuer: String,
    /// The person at the issuer.
    pub sub: String,
    /// Names the person's data: a pseudonym of issuer and `sub`.
    pub subject: String,
    /// The provider as it was at sign-in.
    pub endpoints: Endpoints,
    /// Grows with every renewal of the tokens.
    pub generation: u64,
    #[serde(serialize_with = "exposed")]
    access: Option<SecretString>,
    expires_ms: i64,
    /// How long the access token lives from when it was granted.
    life_ms: i64,
    /// Absent when the operator granted none.
    #[serde(serialize_with = "exposed")]
    pub refresh: Option<SecretString>,
    /// The id token of the sign-in, to sign out at the provider with (RP-Initiated Logout 1.0 §2).
    #[serde(serialize_with = "exposed")]
    pub id_token: Option<SecretString>,
    /// The sign-in's nonce, which a renewal's id token may repeat.
    pub nonce: String,
    /// The key that the tokens are bound to (RFC 9449).
    pub proof_key: Option<ProofKey>,
    /// When the person signed in, in milliseconds since 1970 UTC.
    pub granted_ms: i64,
    /// What ended the session. The person must sign in again; what is kept stays readable.
    pub ended: Option<SessionEnd>,
}

impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Record").field("generation", &self.generation).finish_non_exhaustive()
    }
}

impl Record {
    /// A session just begun.
    pub fn begin(who: Who, endpoints: Endpoints, granted: Granted, now_ms: i64) -> Record {
        let Who { issuer, sub, nonce } = who;
        Record {
            version: VERSION,
            install: String::new(),
            subject: pseudonym(&[issuer.as_bytes(), b"\0", sub.as_bytes()].concat()),
            issuer,
            sub,
            endpoints,
            generation: 1,
            expires_ms: now_ms.saturating_add(life_ms(&granted)),
            life_ms: life_ms(&granted),
            access: Some(granted.access),
            refresh: granted.refresh,
            id_token: granted.id_token,
            nonce,
            proof_key: granted.proof_key,
            granted_ms: now_ms,
            ended: None,
        }
    }

    /// Whether another process has moved the session on: it renewed the tokens, was told that they are over, or had the
    /// person sign in anew.
    pub fn supersedes(&self, other: &Record) -> bool {
        let over = self.ended.is_some() && other.ended.is_none();
        self.generation > other.generation
            || (self.generation == other.generation && (over || !self.is_same_sign_in(other)))
    }

    /// Whether both are one person's, and this one is not the older.
    pub fn is_as_new_as(&self, other: &Record) -> bool {
        self.subject == other.subject && self.generation >= other.generation
    }

    /// Whether both came of one sign-in.
    pub fn is_same_sign_in(&self, other: &Record) -> bool {
        self.nonce == other.nonce
    }

    /// The same session as this installation keeps it.
    pub fn settled(&self, install: String, generation: u64) -> Record {
        Record { install, generation, ..self.clone() }
    }

    /// The session after a renewal, with tokens that are newer than any `known`. An answer without a refresh token leaves
    /// the old one in force (RFC 6749 §6).
    pub fn renewed(&self, granted: Granted, known: u64, now_ms: i64) -> Record {
        Record {
            generation: self.generation.max(known).saturating_add(1),
            expires_ms: now_ms.saturating_add(life_ms(&granted)),
            life_ms: life_ms(&granted),
            access: Some(granted.access),
            refresh: granted.refresh.or_else(|| self.refresh.clone()),
            ..self.clone()
        }
    }

    /// The same session at a provider that has moved.
    pub fn moved(&self, endpoints: Endpoints) -> Record {
        Record { endpoints, ..self.clone() }
    }

    /// The session after it ended: no token is left.
    pub fn over(&self, reason: SessionEnd) -> Record {
        Record { access: None, refresh: None, id_token: None, ended: Some(reason), ..self.clone() }
    }

    /// Whether three quarters of the access token's life are over: time to renew it in the background.
    pub fn is_ripe(&self, now_ms: i64) -> bool {
        self.access.is_some() && self.expires_ms.saturating_sub(now_ms) < self.life_ms / 4
    }

    /// The access token, when it lives long enough for a call that starts now.
    pub fn fresh(&self, now_ms: i64) -> Option<&SecretString> {
        self.with_life_left(MARGIN_MS.min(self.life_ms / 4), now_ms)
    }

    /// The access token, when it still lives.
    pub fn living(&self, now_ms: i64) -> Option<&SecretString> {
        self.with_life_left(0, now_ms)
    }

    fn with_life_left(&self, needed_ms: i64, now_ms: i64) -> Option<&SecretString> {
        self.access.as_ref().filter(|_| self.expires_ms.saturating_sub(now_ms) >= needed_ms)
    }

    /// What is claimed by keeping or sending it.
    pub fn claim(&self, known: bool) -> Claim {
        Claim { subject: self.subject.clone(), generation: self.generation, known }
    }

    /// Writes the session down, and reads it back: some keychains say yes and keep nothing.
    pub fn keep(&self, store: &dyn SecureStore) -> Result<(), HostError> {
        let bytes = serde_json::to_vec(self).map_err(|_| HostError::Failed)?;
        store.put(KEY.to_owned(), bytes.clone())?;
        if store.get(KEY.to_owned())?.as_deref() == Some(&*bytes) { Ok(()) } else { Err(HostError::Failed) }
    }

    /// From the secure store; none when it is of another version or was never a session.
    pub fn from_bytes(bytes: &[u8]) -> Option<Record> {
        serde_json::from_slice::<Record>(bytes).ok().filter(|record| record.version == VERSION)
    }
}

fn life_ms(granted: &Granted) -> i64 {
    i64::try_from(granted.life.as_millis()).unwrap_or(0)
}

fn exposed<S: Serializer>(secret: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(ExposeSecret::expose_secret).serialize(serializer)
}

/// For secrets that go into the secure store, and nowhere else.
pub(super) fn exposed_one<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    secret.expose_secret().serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_token_is_renewed_a_minute_before_its_end_or_in_its_last_quarter() {
        for (life_s, fresh_until_s) in [(30, 22), (60, 45), (200, 150), (240, 180), (300, 240), (86_400, 86_340)] {
            let endpoints = Endpoints::of("https://id.example");
            let life = Duration::from_secs(life_s);
            let who = Who { issuer: "i".to_owned(), sub: "s".to_owned(), nonce: "n".to_owned() };
            let granted = Granted { access: "a".into(), life, refresh: None, id_token: None, proof_key: None };
            let record = Record::begin(who, endpoints, granted, 0);
            assert!(record.fresh(fresh_until_s * 1000).is_some(), "{life_s}");
            assert!(record.fresh(fresh_until_s * 1000 + 1000).is_none(), "{life_s}");
            assert!(record.living(i64::try_from(life_s).unwrap() * 1000).is_some(), "{life_s}");
            assert!(record.living(i64::try_from(life_s).unwrap() * 1000 + 1).is_none(), "{life_s}");
        }
    }
}
