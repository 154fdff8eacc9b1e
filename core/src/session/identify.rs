//! Whose tokens these are: the id token of an answer, with the provider's keys and the operator's time.

use std::time::Duration;

use secrecy::ExposeSecret;

use super::attempt::Attempt;
use super::id_token::{Expected, Identified, verify_refresh, verify_sign_in, wanted_key};
use super::keys::KeySet;
use super::provider::Endpoints;
use super::record::Record;
use super::token::Granted;
use super::{Session, id_token};
use crate::host::within;
use crate::problem::{Problem, SecurityCheck};

/// How long a renewal waits for what the provider publishes.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

impl Session {
    /// The person whom a sign-in brought. Without an id token, or without the keys to verify it, nobody.
    pub(super) async fn identify(&self, attempt: &Attempt, granted: &Granted) -> Result<Identified, Problem> {
        let (endpoints, nonce) = (&attempt.endpoints, attempt.nonce.as_str());
        let id_token = granted.id_token.as_ref().ok_or_else(id_token::wrong)?.expose_secret();
        let kid = wanted_key(id_token);
        let clock = &*self.engine.host.clock;
        let (http, url) = (&self.engine.http, &endpoints.jwks);
        let keys = self.keys.get(http, clock, url, kid.as_deref()).await?;
        let expected = Expected { wanted: attempt.step_up.as_ref(), ..self.expected(nonce) };
        let verify = |keys: &KeySet| verify_sign_in(id_token, granted.access.expose_secret(), &expected, keys);
        match verify(&keys) {
            Err(problem) if problem == Problem::rejected(SecurityCheck::Signature) => {
                self.keys.newer(http, clock, url, &keys).await.map_or(Err(problem), |keys| verify(&keys))
            }
            outcome => outcome,
        }
    }

    /// Gets keys ready, so that a renewal need not wait for any with a rotated token in its hands. It does without where
    /// they take too long: most renewals bring no id token.
    pub(super) async fn get_keys_ready(&self, endpoints: &Endpoints) {
        let keys = self.keys.get(&self.engine.http, &*self.engine.host.clock, &endpoints.jwks, None);
        let _ = within(PATIENCE, keys).await;
    }

    /// Whether a renewal is about the person who signed in. An answer without an id token is about whoever the refresh
    /// token was of (OpenID Connect Core §12.2). The tokens are not kept yet: nobody is asked for anything, unless they
    /// would be thrown away for keys that a provider has changed without changing their name.
    pub(super) async fn recognise(&self, record: &Record, granted: &Granted) -> Result<(), Problem> {
        let Some(id_token) = granted.id_token.as_ref().map(ExposeSecret::expose_secret) else { return Ok(()) };
        let (http, clock, url) = (&self.engine.http, &*self.engine.host.clock, &record.endpoints.jwks);
        let keys = self.keys.known(url, wanted_key(id_token).as_deref());
        let expected = self.expected(&record.nonce);
        let access = granted.access.expose_secret();
        let verify = |keys: Option<&KeySet>| verify_refresh(id_token, access, &record.sub, &expected, keys);
        match (verify(keys.as_deref()), &keys) {
            (Err(problem), Some(keys)) if problem == Problem::rejected(SecurityCheck::Signature) => {
                let newer = within(PATIENCE, self.keys.newer(http, clock, url, keys)).await.flatten();
                newer.map_or(Err(problem), |keys| verify(Some(&keys)))
            }
            (outcome, _) => outcome,
        }
    }

    fn expected<'a>(&'a self, nonce: &'a str) -> Expected<'a> {
        let identity = &self.engine.profile.identity;
        Expected {
            issuer: &identity.issuer,
            client_id: &identity.client_id,
            algorithms: &identity.id_token_algorithms,
            nonce,
            now_s: self.engine.now_ms() / 1000,
            wanted: None,
        }
    }
}
