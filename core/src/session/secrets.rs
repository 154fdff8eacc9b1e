//! Single secrets that a feature keeps for the person who is signed in, such as the code of an eSIM: in the secure store
//! alone, gone when the person goes. Those that are sealed open only when the person shows to be there.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::machine::Subject;
use super::sign_out::delete_all;
use super::start::readable;
use super::{PresenceGrant, Session};
use crate::host::{ClockReading, HostError, PresenceKey, SecureStore};
use crate::problem::{Problem, StorageFailure};
use crate::text::Text;

/// Prefix of the secure store's keys of secrets.
const KEPT_PREFIX: &str = "secret/";
/// Prefix of those that are sealed.
const SEALED_PREFIX: &str = "sealed/";

impl Session {
    /// `conceal` is called whenever what is shown of single secrets must go from memory: the app is locked, or the person is
    /// not the same any more. The first one counts.
    pub(crate) fn on_concealing(&self, conceal: impl Fn() + Send + Sync + 'static) {
        let _ = self.concealing.set(Box::new(conceal));
    }

    pub(super) fn conceal(&self) {
        if let Some(conceal) = self.concealing.get() {
            conceal();
        }
    }

    /// Whose secrets may be shown now: nobody's while the app is locked.
    pub(crate) fn unlocked_subject(&self) -> Result<Subject, Problem> {
        let subject = self.subject().ok_or_else(|| self.nobody())?;
        if self.is_locked() {
            return Err(Problem::StorageUnavailable { reason: StorageFailure::AppLocked });
        }
        Ok(subject)
    }

    /// Whether what a grant opened may still be shown.
    pub(crate) fn is_good(&self, grant: &PresenceGrant) -> bool {
        self.grant_left_ms(grant) > 0
    }

    /// How much time passed, asleep or not; none when nobody can tell.
    pub(crate) fn passed_since(&self, reading: &ClockReading) -> Option<i64> {
        self.passed_ms(reading)
    }

    /// Asks the person to be there, as [`super::AppLock::authorise`] does, for a reason of the caller's.
    pub(crate) async fn ask_presence(self: &Arc<Self>, reason: Text) -> Result<Arc<PresenceGrant>, Problem> {
        self.authorise_for(reason.text).await
    }

    /// Keeps a secret, as long as the person is here.
    pub(crate) async fn keep_secret(&self, subject: &Subject, name: &str, secret: Secret) -> Result<(), Problem> {
        let key = kept(subject, name);
        self.in_turn(subject, move |store| store.put(key, secret.to_vec())).await
    }

    /// A secret that is kept. What cannot be read any more is not there.
    pub(crate) async fn kept_secret(&self, subject: &Subject, name: &str) -> Result<Option<Secret>, Problem> {
        let key = kept(subject, name);
        self.in_turn(subject, move |store| Ok(readable(store.get(key))?.map(Zeroizing::new))).await
    }

    /// Deletes secrets; those that are not there are no error.
    pub(crate) async fn drop_secrets(&self, subject: &Subject, names: &[&str]) -> Result<(), Problem> {
        let keys: Vec<String> = names.iter().map(|name| kept(subject, name)).collect();
        self.in_turn(subject, move |store| keys.into_iter().try_for_each(|key| store.delete(key))).await
    }

    /// Keeps a secret that only the person's presence opens. Asks nobody.
    pub(crate) async fn seal_secret(&self, subject: &Subject, name: &str, secret: Secret) -> Result<(), Problem> {
        let key = sealed(subject, name);
        let presence = self.presence()?;
        let write = move |store: &dyn SecureStore| {
            let item = presence.seal(PresenceKey::Secrets, secret.to_vec())?;
            store.put(key, item)
        };
        self.in_turn(subject, write).await
    }

    /// Whether a sealed secret is kept.
    pub(crate) async fn has_sealed_secret(&self, subject: &Subject, name: &str) -> Result<bool, Problem> {
        let key = sealed(subject, name);
        self.in_turn(subject, move |store| Ok(readable(store.get(key))?.is_some())).await
    }

    /// The names of the sealed secrets that begin with `prefix`.
    pub(crate) async fn sealed_secrets(&self, subject: &Subject, prefix: &str) -> Result<Vec<String>, Problem> {
        let (all, some) = (sealed(subject, ""), sealed(subject, prefix));
        let keys = self.in_turn(subject, move |store| store.list(some)).await?;
        Ok(keys.iter().filter_map(|key| key.strip_prefix(&all)).map(str::to_owned).collect())
    }

    /// Shows the phone's prompt, and opens a sealed secret when the person is there. None: there is none, and nobody was
    /// asked.
    pub(crate) async fn unseal_secret(
        self: &Arc<Self>,
        subject: &Subject,
        name: &str,
        reason: Text,
    ) -> Result<Option<Secret>, Problem> {
        let key = sealed(subject, name);
        let item = self.in_turn(subject, move |store| readable(store.get(key))).await?;
        let Some(item) = item else { return Ok(None) };
        let opened = Zeroizing::new(self.unseal(PresenceKey::Secrets, item, reason.text).await?);
        self.still(subject)?;
        Ok(Some(opened))
    }

    /// Deletes a sealed secret.
    pub(crate) async fn drop_sealed_secret(&self, subject: &Subject, name: &str) -> Result<(), Problem> {
        let key = sealed(subject, name);
        self.in_turn(subject, move |store| store.delete(key)).await
    }

    /// In the session's turn, so that what a sign-out deleted is not written back.
    async fn in_turn<T: Send + 'static>(
        &self,
        subject: &Subject,
        ask: impl FnOnce(&dyn SecureStore) -> Result<T, HostError> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = self.writing.clone().lock_owned().await;
        self.still(subject)?;
        let ask = move |store: &dyn SecureStore| {
            let _turn = turn;
            ask(store)
        };
        self.engine.secure(ask).await
    }
}

/// Bytes that are wiped when they go.
pub(crate) type Secret = Zeroizing<Vec<u8>>;

/// Deletes every secret of everybody.
pub(super) fn delete_secrets(store: &dyn SecureStore) -> Result<(), HostError> {
    delete_all(store, KEPT_PREFIX)?;
    delete_sealed(store)
}

/// Deletes what only a key opens that is gone.
pub(super) fn delete_sealed(store: &dyn SecureStore) -> Result<(), HostError> {
    delete_all(store, SEALED_PREFIX)
}

/// Deletes every secret of everybody but one.
pub(super) fn delete_secrets_of_others(store: &dyn SecureStore, subject: &str) -> Result<(), HostError> {
    for prefix in [KEPT_PREFIX, SEALED_PREFIX] {
        let own = format!("{prefix}{subject}/");
        let others = store.list(prefix.to_owned())?.into_iter().filter(|name| !name.starts_with(&own));
        others.into_iter().try_for_each(|name| store.delete(name))?;
    }
    Ok(())
}

fn kept(subject: &Subject, name: &str) -> String {
    format!("{KEPT_PREFIX}{}/{name}", subject.id)
}

fn sealed(subject: &Subject, name: &str) -> String {
    format!("{SEALED_PREFIX}{}/{name}", subject.id)
}
