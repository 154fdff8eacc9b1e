//! Signing out: works without a network, survives a kill at any point, and nothing that comes in late undoes it. The
//! order is what makes it so: written down first, then keys, rows and session deleted, the operator told last.

use std::sync::Arc;

use super::machine::{Effect, Event};
use super::record::{self, Record};
use super::start::readable;
use super::{DATA_KEY_PREFIX, LOCKED_KEY_PREFIX, Session, SignedOut, app_lock, attempt, page, revocation, secrets};
use crate::changes::Topic;
use crate::host::{Entropy, HostError, SecureStore};
use crate::preferences::Tombstones;
use crate::problem::Problem;

impl Session {
    /// Signs out, whatever memory says: what an earlier attempt could not delete is found by looking. One that is taken up
    /// again ends no session newer than `at_most`.
    pub(super) async fn leave(self: &Arc<Self>, at_most: Option<u64>) -> Result<SignedOut, Problem> {
        let unsent_changes = self.unsent_changes();
        // At once, so that nothing is shown, called or kept any more while earlier writes end.
        let mut gone = self.forget();
        let turn = self.writing.clone().lock_owned().await;
        // Again, for a callback that was used up in between.
        gone.extend(self.forget());
        let last = gone.last().cloned();
        self.delete_all(gone, at_most).await?;
        drop(turn);
        self.flush_revocations();
        Tombstones::flush(&self.engine);
        let identity = &self.engine.profile.identity;
        let page = last.and_then(|record| page::end_session_url(identity, &record.endpoints, record.id_token.as_ref()));
        Ok(SignedOut { end_session_url: page.map(String::from), unsent_changes })
    }

    /// Finishes a sign-out that was begun before, here or before the app died.
    pub(super) async fn settle(self: &Arc<Self>) -> Result<(), Problem> {
        if !self.standing().is_leaving() {
            return Ok(());
        }
        let at_most = self.standing().left_at.unwrap_or(0);
        self.leave(Some(at_most)).await.map(|_| ())
    }

    /// Finishes what an earlier run of the app left half done.
    pub(crate) async fn tidy_up(self: Arc<Self>) {
        // What is in the way now, as a locked phone, may be gone at the next start or sign-in.
        let _ = self.settle().await;
        self.flush_revocations();
    }

    fn forget(&self) -> Vec<Arc<Record>> {
        let effect = self.standing().on(Event::SignOut);
        self.conceal();
        self.engine.mark(Topic::Session);
        self.engine.mark_data();
        if let Effect::Revoke(records) = effect { records } else { Vec::new() }
    }

    async fn delete_all(self: &Arc<Self>, gone: Vec<Arc<Record>>, at_most: Option<u64>) -> Result<(), Problem> {
        let store = &self.engine.store;
        let written_down = store.leaving(at_most).await;
        if written_down == Ok(false) {
            // Another process has finished it, and somebody signed in there since.
            self.happened(Event::Gone);
            return Ok(());
        }
        let presence = app_lock::forget_keys(&self.engine).await;
        let keys_gone = presence.is_ok();
        let (entropy, now_ms) = (self.engine.entropy.clone(), self.engine.now_ms());
        let delete = move |secure: &dyn SecureStore| {
            delete_items(secure, gone, &*entropy, now_ms)?;
            if keys_gone { Ok(()) } else { Err(HostError::Failed) }
        };
        let (secure, guarded) = (self.engine.host.secure_store.clone(), delete.clone());
        match store.leave(move || guarded(&*secure)).await {
            Ok(Some(deleted)) => presence.and(deleted.map_err(Problem::from))?,
            // Finished elsewhere meanwhile. One that could not even be written down, as on a full disk, looks the same there.
            Ok(None) if written_down.is_ok() => {}
            unwritten => {
                let problem = written_down.err().or(unwritten.err()).unwrap_or(Problem::unexpected("sign_out"));
                if at_most.is_none() {
                    // Nothing else would remember after a kill that the person signed out. The rows stay for the next try;
                    // their key is gone.
                    self.engine.secure(delete).await?;
                    let engine = self.engine.clone();
                    // What needs no room on the disk goes now.
                    let _ = crate::workers::blocking(move || engine.store.remove_files()).await;
                }
                return Err(problem);
            }
        }
        self.happened(Event::Gone);
        Ok(())
    }
}

/// Deletes what the secure store has of anybody; what is to be told to the operator is kept for that first.
fn delete_items(
    secure: &dyn SecureStore,
    mut gone: Vec<Arc<Record>>,
    entropy: &dyn Entropy,
    now_ms: i64,
) -> Result<(), HostError> {
    // Memory may be empty, after a restart, or have forgotten the tokens of a session that is over.
    let kept = readable(secure.get(record::KEY.to_owned()))?;
    gone.extend(kept.and_then(|bytes| Record::from_bytes(&bytes)).map(Arc::new));
    for record in &gone {
        // Where it cannot be kept it is only not revoked.
        let _ = revocation::keep(secure, record, entropy, now_ms);
    }
    secure.delete(record::KEY.to_owned())?;
    delete_all(secure, DATA_KEY_PREFIX)?;
    delete_all(secure, LOCKED_KEY_PREFIX)?;
    secrets::delete_secrets(secure)?;
    delete_all(secure, attempt::KEY_PREFIX)
}

/// Deletes every item whose key begins with `prefix`.
pub(super) fn delete_all(secure: &dyn SecureStore, prefix: &str) -> Result<(), HostError> {
    secure.list(prefix.to_owned())?.into_iter().try_for_each(|name| secure.delete(name))
}
