//! Signing out: works without a network, survives a kill at any point, and nothing that comes in late undoes it. The
//! order is what makes it so: written down first, then keys, rows and session deleted, the operator told last.

use std::sync::Arc;

use super::machine::{Effect, Event};
use super::record::{self, Record};
use super::start::readable;
use super::{DATA_KEY_PREFIX, LOCKED_KEY_PREFIX, Session, SignedOut, app_lock, attempt, page, revocation};
use crate::changes::Topic;
use crate::host::{HostError, SecureStore};
use crate::preferences::Tombstones;
use crate::problem::Problem;

impl Session {
    /// Signs out, whatever memory says: what an earlier attempt could not delete is found by looking.
    pub(super) async fn leave(self: &Arc<Self>) -> Result<SignedOut, Problem> {
        // At once, so that nothing is shown, called or kept any more while earlier writes end.
        let mut gone = self.forget();
        let turn = self.writing.clone().lock_owned().await;
        // Again, for a callback that was used up in between.
        gone.extend(self.forget());
        let last = gone.last().cloned();
        self.delete_all(gone).await?;
        drop(turn);
        self.flush_revocations();
        Tombstones::flush(&self.engine);
        let identity = &self.engine.profile.identity;
        let page = last.and_then(|record| page::end_session_url(identity, &record.endpoints, record.id_token.as_ref()));
        Ok(SignedOut { end_session_url: page.map(String::from) })
    }

    /// Finishes a sign-out that was begun before, here or before the app died.
    pub(super) async fn settle(self: &Arc<Self>) -> Result<(), Problem> {
        if !self.standing().is_leaving() {
            return Ok(());
        }
        let left_at = self.standing().left_at;
        let ledger = self.engine.store.ledger().await?;
        let newer = left_at.is_some_and(|left_at| ledger.generation > left_at);
        if newer && ledger.subject.is_some() && !ledger.leaving {
            // Another process has finished it, and somebody signed in there since.
            self.happened(Event::Gone);
            return Ok(());
        }
        self.leave().await.map(|_| ())
    }

    /// Finishes what an earlier run of the app left half done.
    pub(crate) async fn tidy_up(self: Arc<Self>) {
        // What is in the way now, as a locked phone, may be gone at the next start or sign-in.
        let _ = self.settle().await;
        self.flush_revocations();
    }

    fn forget(&self) -> Vec<Arc<Record>> {
        let effect = self.standing().on(Event::SignOut);
        self.engine.mark(Topic::Session);
        self.engine.mark_data();
        if let Effect::Revoke(records) = effect { records } else { Vec::new() }
    }

    async fn delete_all(&self, mut gone: Vec<Arc<Record>>) -> Result<(), Problem> {
        let written_down = self.engine.store.leaving().await;
        let (entropy, now_ms) = (self.engine.entropy.clone(), self.engine.now_ms());
        let session_first = written_down.is_err();
        let secrets = self.engine.secure(move |secure| {
            if gone.is_empty() {
                // Memory is empty after a restart; the session's tokens are still there.
                let kept = readable(secure.get(record::KEY.to_owned()))?;
                gone.extend(kept.and_then(|bytes| Record::from_bytes(&bytes)).map(Arc::new));
            }
            for record in &gone {
                // Where it cannot be kept it is only not revoked.
                let _ = revocation::keep(secure, record, &*entropy, now_ms);
            }
            if session_first {
                // Nothing else would remember after a kill that the person signed out.
                secure.delete(record::KEY.to_owned())?;
            }
            delete_all(secure, DATA_KEY_PREFIX)?;
            delete_all(secure, LOCKED_KEY_PREFIX)
        });
        let secrets = secrets.await;
        let rows = self.engine.store.wipe_all_but(None).await;
        let presence = app_lock::forget_keys(&self.engine).await;
        let session = self.engine.secure(|secure| {
            secure.delete(record::KEY.to_owned())?;
            delete_all(secure, attempt::KEY_PREFIX)
        });
        let session = session.await;
        secrets.and(session).and(presence).and(rows)?;
        self.engine.store.left().await?;
        self.standing().on(Event::Gone);
        written_down
    }
}

/// Deletes every item whose key begins with `prefix`.
pub(super) fn delete_all(secure: &dyn SecureStore, prefix: &str) -> Result<(), HostError> {
    secure.list(prefix.to_owned())?.into_iter().try_for_each(|name| secure.delete(name))
}
