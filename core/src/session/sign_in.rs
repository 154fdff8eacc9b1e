//! Signing in and out. Network calls are made outside the session's turn, so that signing out never waits for one; what
//! comes back late is checked against the sign-in it belongs to before a byte of it is kept.

use std::sync::Arc;

use secrecy::ExposeSecret;

use super::attempt::{Attempt, Callback};
use super::record::{self, Record};
use super::standing::{DATA_KEY_PREFIX, key_of, readable};
use super::{Session, SignInPage, attempt, id_token, provider, token};
use crate::changes::Topic;
use crate::host::{HostError, SecureStore};
use crate::problem::{Problem, SecurityCheck};
use crate::store::DataKey;

impl Session {
    pub(super) async fn begin(&self) -> Result<SignInPage, Problem> {
        let identity = &self.engine.profile.identity;
        let endpoints = provider::discover(&self.engine.http, &identity.issuer).await?;
        // Without the operator's time a wrong phone clock would age the attempt should the app die behind the browser.
        // Where it cannot be kept, the phone's clock has to do.
        let _ = self.engine.store.keep_anchor(self.engine.time.anchor()).await;
        let entropy = &*self.engine.entropy;
        let state = attempt::random_text(entropy)?;
        let began_ms = self.engine.now_ms();
        let attempt = Attempt {
            verifier: attempt::random_text(entropy)?,
            nonce: attempt::random_text(entropy)?,
            redirect_uri: self.redirect_uri.clone(),
            endpoints,
            began_ms,
        };
        let key = attempt::key(&state);
        let kept = serde_json::to_vec(&attempt).map_err(|_| Problem::unexpected("attempt"))?;
        let turn = self.writing.clone().lock_owned().await;
        let write = move |store: &dyn SecureStore| {
            // The turn ends with the write, also when the caller went away.
            let _turn = turn;
            delete_all(store, attempt::KEY_PREFIX)?;
            store.put(key, kept)
        };
        self.engine.secure(write).await?;
        self.standing().signing_in_since = Some(began_ms);
        self.engine.mark(Topic::Session);
        let url = token::sign_in_url(identity, &attempt, state);
        Ok(SignInPage { url: url.into(), redirect_uri: self.redirect_uri.to_string() })
    }

    pub(super) async fn complete(self: &Arc<Self>, callback_url: &str) -> Result<(), Problem> {
        let identity = &self.engine.profile.identity;
        let callback = Callback::read(callback_url)?;
        let (attempt, epoch) = self.use_up(&callback).await?;
        let code = attempt::code_of(&callback)?;
        let granted = token::exchange(&self.engine.http, identity, &attempt, code).await?;
        let now_ms = self.engine.now_ms();
        let expected = id_token::Expected {
            issuer: &identity.issuer,
            client_id: &identity.client_id,
            nonce: &attempt.nonce,
            now_s: now_ms / 1000,
        };
        let rejected = Problem::rejected(SecurityCheck::IdToken);
        let sub = id_token::subject(granted.id_token.as_ref().ok_or(rejected)?.expose_secret(), &expected)?;
        let record = Record::begin(identity.issuer.clone(), sub, attempt.endpoints, granted, now_ms);
        self.take(record, epoch).await
    }

    /// Finds the attempt a callback answers and deletes it before it is used: whatever happens then, the callback never
    /// counts twice. Tells under which epoch that was.
    async fn use_up(&self, callback: &Callback) -> Result<(Attempt, u64), Problem> {
        let _turn = self.writing.lock().await;
        let key = callback.attempt_key();
        let name = key.clone();
        let kept = self.engine.secure(move |store| readable(store.get(name))).await?;
        let attempt: Attempt =
            kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or_else(attempt::unknown)?;
        attempt.accepts(callback, &self.engine.profile.identity.issuer, self.engine.now_ms())?;
        self.engine.secure(move |store| store.delete(key)).await?;
        let epoch = {
            let mut standing = self.standing();
            standing.signing_in_since = None;
            standing.epoch
        };
        self.engine.mark(Topic::Session);
        Ok((attempt, epoch))
    }

    /// Makes `record` the session, unless the person signed out or in again since `epoch`. Another person's data is gone
    /// before the first byte of this one is kept.
    async fn take(self: &Arc<Self>, mut record: Record, mut epoch: u64) -> Result<(), Problem> {
        let _turn = self.writing.lock().await;
        let previous = {
            let mut standing = self.standing();
            if standing.epoch != epoch {
                drop(standing);
                return Err(self.too_late(&record));
            }
            let same = standing.record.as_ref().is_none_or(|previous| previous.subject == record.subject);
            let previous = if same { standing.record.clone() } else { standing.clear() };
            epoch = standing.epoch;
            previous
        };
        if let Some(previous) = &previous {
            record.generation = previous.generation.saturating_add(1);
        }
        let data_key = self.purge_others(&record.subject).await?;
        let entropy = self.engine.entropy.clone();
        let (key_name, bytes) = (key_of(&record.subject), record.to_bytes());
        let write = move |store: &dyn SecureStore| {
            let data_key = match data_key {
                Some(data_key) => data_key,
                None => {
                    let data_key = DataKey::generate(&*entropy)?;
                    store.put(key_name, data_key.to_bytes())?;
                    data_key
                }
            };
            store.put(record::KEY.to_owned(), bytes)?;
            Ok(data_key)
        };
        let data_key = self.engine.secure(write).await?;
        let record = Arc::new(record);
        {
            let mut standing = self.standing();
            if standing.epoch != epoch {
                // Signing out waits for this turn to end and deletes what was just written.
                drop(standing);
                return Err(self.too_late(&record));
            }
            standing.record = Some(record);
            standing.data_key = Some(data_key);
            standing.unsaved = false;
            standing.epoch = epoch.saturating_add(1);
        }
        if let Some(previous) = previous {
            self.revoke_unless_in_use(&previous);
        }
        self.engine.mark(Topic::Session);
        self.engine.mark(Topic::Usage);
        Ok(())
    }

    fn too_late(self: &Arc<Self>, record: &Record) -> Problem {
        self.revoke_unless_in_use(record);
        attempt::unknown()
    }

    /// Deletes what anybody but `subject` left on this phone, known to memory or not, and hands out the subject's key.
    /// Where that is lost, its rows are only noise and go as well.
    async fn purge_others(&self, subject: &str) -> Result<Option<DataKey>, Problem> {
        let key_name = key_of(subject);
        let purge = move |store: &dyn SecureStore| {
            for name in store.list(DATA_KEY_PREFIX.to_owned())? {
                if name != key_name {
                    store.delete(name)?;
                }
            }
            Ok(readable(store.get(key_name))?.and_then(|bytes| DataKey::from_bytes(&bytes)))
        };
        let data_key = self.engine.secure(purge).await?;
        let spared = data_key.as_ref().map(|_| subject.to_owned());
        self.engine.store.wipe_all_but(spared).await?;
        Ok(data_key)
    }

    /// Signs out, whatever memory says: what an earlier attempt could not delete is found by looking.
    pub(super) async fn leave(self: &Arc<Self>) -> Result<(), Problem> {
        // At once, so that nothing is shown, called or kept any more while earlier writes end.
        let mut record = self.standing().clear();
        let _turn = self.writing.lock().await;
        // Again, for a callback that was used up in between.
        record = self.standing().clear().or(record);
        self.engine.mark(Topic::Session);
        self.engine.mark(Topic::Usage);
        let keys = self.engine.secure(|store| delete_all(store, DATA_KEY_PREFIX)).await;
        let rows = self.engine.store.wipe_all_but(None).await;
        let session = self.engine.secure(|store| store.delete(record::KEY.to_owned())).await;
        let attempts = self.engine.secure(|store| delete_all(store, attempt::KEY_PREFIX)).await;
        if let Some(record) = record {
            self.revoke_unless_in_use(&record);
        }
        keys.and(session).and(attempts).and(rows)
    }
}

fn delete_all(store: &dyn SecureStore, prefix: &str) -> Result<(), HostError> {
    store.list(prefix.to_owned())?.into_iter().try_for_each(|name| store.delete(name))
}
