//! Renewing tokens: one renewal at a time, each written before the next, and only the token endpoint's `invalid_grant`
//! ends a session.

use std::sync::Arc;

use futures_util::FutureExt;
use secrecy::SecretString;

use super::record::{self, Record};
use super::{Session, token};
use crate::changes::Topic;
use crate::problem::{Problem, SessionEnd};

/// A right to call the operator's APIs.
#[derive(Clone)]
pub(crate) struct Access {
    /// The access token.
    pub token: SecretString,
    /// Which renewal it came from.
    pub generation: u64,
}

impl Session {
    /// A token good for a call that starts now; renewed first when it is about to run out.
    pub(crate) async fn access(self: &Arc<Self>) -> Result<Access, Problem> {
        // Only a renewal has to wait for this: the tokens in memory are good.
        let _ = self.save_unsaved().await;
        let record = self.record()?;
        let now_ms = self.engine.now_ms();
        if let Some(access) = record.fresh(now_ms).map(|token| access(token, &record)) {
            return Ok(access);
        }
        match (self.renew(record.generation).await, record.living(self.engine.now_ms())) {
            (Err(problem @ Problem::SessionEnded { .. }), _) => Err(problem),
            // Renewing early failed, which costs nothing while the token still lives.
            (Err(_), Some(token)) => Ok(access(token, &record)),
            (outcome, _) => outcome,
        }
    }

    /// A token newer than the one of `used`, which the operator refused or which is running out. Callers share one
    /// renewal, and it goes on when they go away: a rotated token that is not kept is lost.
    pub(crate) async fn renew(self: &Arc<Self>, used: u64) -> Result<Access, Problem> {
        let this = self.clone();
        self.renewing.join_detached(move || async move { this.renew_once(used).await }.boxed()).await
    }

    async fn renew_once(self: &Arc<Self>, used: u64) -> Result<Access, Problem> {
        let record = self.record()?;
        if record.generation != used
            && let Some(token) = record.living(self.engine.now_ms())
        {
            return Ok(access(token, &record));
        }
        let Some(refresh) = record.refresh.clone() else { return self.end(&record, SessionEnd::Expired).await };
        // Written once more before it is renewed: where that fails, a rotated token could not be kept either, which is
        // worse than a renewal put off.
        if !self.save(&record).await? {
            return self.of_present_session();
        }
        let identity = &self.engine.profile.identity;
        match token::refresh(&self.engine.http, identity, &record.endpoints, &refresh).await {
            Ok(granted) => {
                let renewed = Arc::new(record.renewed(granted, self.engine.now_ms()));
                if !self.standing().replace(&record, &renewed) {
                    // Signed out meanwhile: the late token must not come back to life.
                    self.revoke_unless_in_use(&renewed);
                    return self.of_present_session();
                }
                // A failed write is repeated before the next renewal; the tokens in memory are good.
                let _ = self.save(&renewed).await;
                self.of_present_session()
            }
            Err(Problem::SessionEnded { reason }) => self.end(&record, reason).await,
            Err(problem) => Err(problem),
        }
    }

    /// The token of whoever is signed in now.
    fn of_present_session(&self) -> Result<Access, Problem> {
        let record = self.record()?;
        let token = record.living(self.engine.now_ms());
        token.map(|token| access(token, &record)).ok_or(Problem::ServiceUnavailable { retry_after_seconds: None })
    }

    /// The operator ended the session: no token is left, the data stays readable.
    async fn end(&self, record: &Arc<Record>, reason: SessionEnd) -> Result<Access, Problem> {
        let over = Arc::new(record.over(reason));
        if !self.standing().replace(record, &over) {
            return self.of_present_session();
        }
        // A failed write is repeated; a token that was refused once is refused again.
        let _ = self.save(&over).await;
        self.engine.mark(Topic::Session);
        self.engine.mark(Topic::Usage);
        Err(Problem::SessionEnded { reason })
    }

    async fn save_unsaved(&self) -> Result<(), Problem> {
        let unsaved = {
            let standing = self.standing();
            standing.record.clone().filter(|_| standing.unsaved)
        };
        match unsaved {
            Some(record) => self.save(&record).await.map(|_| ()),
            None => Ok(()),
        }
    }

    /// Writes `record`; false, and nothing written, when it is not the session any more.
    async fn save(&self, record: &Arc<Record>) -> Result<bool, Problem> {
        let turn = self.writing.clone().lock_owned().await;
        if !self.standing().is(record) {
            return Ok(false);
        }
        let bytes = record.to_bytes();
        let write = move |store: &dyn crate::host::SecureStore| {
            // The turn ends with the write, also when nobody waits for it any more.
            let _turn = turn;
            store.put(record::KEY.to_owned(), bytes)
        };
        self.engine.secure(write).await?;
        let mut standing = self.standing();
        if standing.is(record) {
            standing.unsaved = false;
        }
        Ok(true)
    }

    /// Tells the operator that nobody here lives by these tokens, best effort. Another sign-in of the same person may
    /// share their grant, and is left alone.
    pub(super) fn revoke_unless_in_use(self: &Arc<Self>, record: &Record) {
        let in_use = self.standing().record.as_ref().is_some_and(|current| current.subject == record.subject);
        let Some(token) = record.refresh.clone().filter(|_| !in_use) else { return };
        let (this, endpoints) = (self.clone(), record.endpoints.clone());
        tokio::spawn(async move {
            let _ = token::revoke(&this.engine.http, &this.engine.profile.identity, &endpoints, &token).await;
        });
    }
}

fn access(token: &SecretString, record: &Record) -> Access {
    Access { token: token.clone(), generation: record.generation }
}
