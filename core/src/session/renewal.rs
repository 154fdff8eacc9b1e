//! Renewing tokens: one renewal at a time, in this process by sharing it and among processes by a lease; written down
//! before it is sent and again before the next; and only the token endpoint's `invalid_grant` ends a session.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use secrecy::SecretString;
use tokio::sync::OwnedMutexGuard;

use super::identify::PATIENCE;
use super::machine::{Effect, Event, Keys};
use super::record::Record;
use super::start::{Found, is_troubled, is_unanswered};
use super::token::{Granted, Refusal};
use super::{Session, provider, token};
use crate::changes::Topic;
use crate::host::{BackgroundGuard, ClockReading, HostError, SecureStore, pause, within};
use crate::operator::proof::ProofKey;
use crate::operator::retry::jittered;
use crate::problem::{Problem, SessionEnd};
use crate::store::{Holder, Ledger, Turn};

/// Written before a refresh token is sent: where that fails, a rotated one could not be kept either.
const PROBE_KEY: &str = "probe";
/// How often to look whether another process is done.
const LOOK_AGAIN: Duration = if cfg!(test) { Duration::from_micros(200) } else { Duration::from_millis(200) };
/// How long an answer is waited for: shorter than the lease lasts.
const ANSWER: Duration = Duration::from_secs(40);
/// How often to look before giving up for now: longer than a lease lasts.
const LOOKS: u32 = 240;

/// A right to call the operator's APIs.
#[derive(Clone)]
pub(crate) struct Access {
    /// The access token.
    pub token: SecretString,
    /// Which renewal it came from.
    pub generation: u64,
    /// The key it is bound to.
    pub proof_key: Option<ProofKey>,
}

/// The lease on renewing, and what was known when it was taken.
struct Lease {
    ledger: Ledger,
    record: Arc<Record>,
}

impl Session {
    /// A token good for a call that starts now; renewed first when it is about to run out.
    pub(crate) async fn access(self: &Arc<Self>) -> Result<Access, Problem> {
        // Only a renewal has to wait for this: the tokens in memory are good.
        let _ = self.save_unsaved().await;
        let record = self.record()?;
        let now_ms = self.engine.now_ms();
        let unanswered = self.standing().unanswered;
        if let Some(access) = record.fresh(now_ms).filter(|_| !unanswered).map(|token| access(token, &record)) {
            if record.is_ripe(now_ms) && record.refresh.is_some() {
                // Nobody waits for it, and nobody suffers when it fails.
                drop(self.renewing(record.generation));
            }
            return Ok(access);
        }
        match (self.renew(record.generation).await, record.living(self.engine.now_ms())) {
            (Err(problem @ Problem::SessionEnded { .. }), _) => Err(problem),
            // Renewing early failed, which costs nothing while the token still lives.
            (Err(_), Some(token)) => Ok(access(token, &record)),
            (outcome, _) => outcome,
        }
    }

    /// A token newer than the one of `used`, which the operator refused or which is running out.
    pub(crate) async fn renew(self: &Arc<Self>, used: u64) -> Result<Access, Problem> {
        self.renewing(used).await
    }

    /// Renews the tokens now, however long they would still be good: for a tool that looks how the operator does it. Nothing
    /// is sent where there is no refresh token.
    ///
    /// Fails as a call of an API does whose token ran out.
    #[cfg(feature = "watch")]
    pub async fn renew_now(self: Arc<Self>) -> Result<(), Problem> {
        let this = self.clone();
        let work = async move {
            let used = this.record()?.generation;
            this.renew(used).await.map(drop)
        };
        self.engine.workers.run(work).await
    }

    /// Callers share one renewal, and it goes on when they go away: a rotated token that is not kept is lost.
    fn renewing(self: &Arc<Self>, used: u64) -> impl Future<Output = Result<Access, Problem>> + use<> {
        let this = self.clone();
        self.renewing.join_detached(move || async move { this.renew_once(used).await }.boxed())
    }

    async fn renew_once(self: &Arc<Self>, mut used: u64) -> Result<Access, Problem> {
        loop {
            let record = self.record()?;
            if record.generation != used
                && let Some(token) = record.living(self.engine.now_ms())
            {
                return Ok(access(token, &record));
            }
            if record.refresh.is_none() {
                // An API that refuses a token before its time ends nothing: the second 401 is the caller's.
                return match record.living(self.engine.now_ms()) {
                    Some(token) => Ok(access(token, &record)),
                    None => self.end(&record, SessionEnd::Expired).await,
                };
            }
            self.may_try_again()?;
            self.save_unsaved().await?;
            self.probe().await?;
            self.get_keys_ready(&record.endpoints).await;
            let _time = BackgroundTime::begin(self).await?;
            if let Some(lease) = self.lease(record.clone()).await? {
                return self.send(lease).await;
            }
            // What another process renewed while this one slept may have run out since, and is renewed in its turn.
            used = record.generation;
            if self.record()?.generation <= used {
                return self.of_present_session();
            }
        }
    }

    /// Whether what a renewal brings could be kept.
    async fn probe(&self) -> Result<(), Problem> {
        let write = |store: &dyn SecureStore| {
            store.put(PROBE_KEY.to_owned(), vec![1])?;
            store.delete(PROBE_KEY.to_owned())
        };
        self.engine.secure(write).await
    }

    /// Takes the lease, and looks only then at what is kept. None when another process renewed, or signed out: memory has
    /// taken that over.
    async fn lease(self: &Arc<Self>, record: Arc<Record>) -> Result<Option<Lease>, Problem> {
        for _ in 0..LOOKS {
            let turn = self.engine.store.take_lease(self.holder.clone(), self.engine.host.clock.now()?).await?;
            let ledger = if let Turn::Ours(ledger) = &turn { Some(ledger) } else { None };
            match self.reread(&record, ledger).await {
                Ok(true) => {
                    if let Turn::Ours(ledger) = turn {
                        if ledger.refused.is_some_and(|refused| record.generation <= refused) {
                            // Another process was told so, and could not write the session down.
                            let ended = self.end(&record, SessionEnd::Revoked).await;
                            let _ = self.engine.store.refused(self.holder.clone(), record.generation).await;
                            return ended.map(|_| None);
                        }
                        return Ok(Some(Lease { ledger, record }));
                    }
                }
                other => {
                    if let Turn::Ours(ledger) = turn {
                        let _ = self.engine.store.not_sent(self.holder.clone(), ledger.unanswered).await;
                    }
                    return other.map(|_| None);
                }
            }
            pause(LOOK_AGAIN).await;
        }
        Err(Problem::ServiceUnavailable { retry_after_seconds: None })
    }

    /// Looks at what is kept of the session: true when it is what memory has. What another process did is taken over.
    async fn reread(self: &Arc<Self>, record: &Arc<Record>, ledger: Option<&Ledger>) -> Result<bool, Problem> {
        let issuer = record.issuer.clone();
        let kept = self.engine.secure(move |store| Found::read(store, &issuer)).await?.parts();
        match kept {
            Some((kept, keys)) if kept.subject == record.subject && kept.supersedes(record) => {
                self.adopt(record, kept, keys);
                Ok(false)
            }
            // Older than memory, as a store that lost its last write gives: memory knows better.
            Some((kept, _)) if kept.subject == record.subject => {
                Ok(self.standing().is(record) || kept.generation == record.generation)
            }
            // Gone, and the database knows of no sign-out: it was lost, and is written again with the next tokens.
            None if ledger.is_none_or(|ledger| ledger.subject.as_ref() == Some(&record.subject)) => {
                Ok(self.standing().is(record))
            }
            _ => {
                self.signed_out_elsewhere(record).await;
                Ok(false)
            }
        }
    }

    fn adopt(&self, record: &Arc<Record>, kept: Record, keys: Keys) {
        let keys = (!kept.is_same_sign_in(record)).then_some(keys);
        self.happened(Event::Adopted { from: record.clone(), to: Arc::new(kept), keys });
        self.engine.mark_data();
    }

    /// The person signed out in another process, or another one signed in there: nothing of this one is left to delete.
    async fn signed_out_elsewhere(self: &Arc<Self>, record: &Arc<Record>) {
        let effect = self.happened(Event::LeftElsewhere { of: record.clone() });
        self.engine.mark_data();
        if let Effect::Revoke(gone) = effect {
            self.revoke(gone).await;
        }
    }

    /// Takes over what another process did of which the database knows, and because of which `record` was not written.
    async fn catch_up(self: &Arc<Self>, record: &Arc<Record>) {
        let Ok(ledger) = self.engine.store.ledger().await else { return };
        if !ledger.is_still_of(&record.subject) {
            return self.signed_out_elsewhere(record).await;
        }
        let issuer = record.issuer.clone();
        // What cannot be read now is looked at again before the next renewal.
        let Ok(found) = self.engine.secure(move |store| Found::read(store, &issuer)).await else { return };
        if let Some((kept, keys)) = found.parts().filter(|(kept, _)| kept.may_replace(record)) {
            self.adopt(record, kept, keys);
        }
    }

    async fn send(self: &Arc<Self>, lease: Lease) -> Result<Access, Problem> {
        let Lease { ledger, record } = lease;
        let holder = self.holder.clone();
        let store = &self.engine.store;
        let Some(refresh) = record.refresh.clone() else { return self.of_present_session() };
        if !self.may_send(&record).await? {
            // The person signed out meanwhile; or the lease ran out while the phone slept, and whoever has it now may be
            // sending.
            self.record()?;
            return Err(Problem::ServiceUnavailable { retry_after_seconds: None });
        }
        let mut lost_before = is_unanswered(&ledger, &record) || self.standing().unanswered;
        let mut unanswered = ledger.unanswered;
        let mut at = record.clone();
        let mut reply = self.ask(&at, &refresh).await;
        if let Err(Refusal::Moved(_)) = reply
            && let Some(moved) = self.moved(&record).await
            && self.may_send(&record).await?
        {
            at = moved;
            reply = self.ask(&at, &refresh).await;
        }
        if let Err(Refusal::Unanswered(_)) = reply {
            lost_before = true;
            unanswered = Some(record.generation);
            // At once, while an operator with a grace period still takes it: a minute later it would be taken for theft. The
            // lost answer may have been waited for as long as the lease lasts, so it is asked for anew.
            let now = self.engine.host.clock.now()?;
            if let Turn::Ours(ledger) = store.take_lease(holder.clone(), now).await? {
                // The phone may have slept over the answer, and another process have renewed since: its tokens, not ours,
                // are the session then, and the old one must not be shown again.
                if !self.reread(&record, Some(&ledger)).await? {
                    let _ = store.not_sent(holder, ledger.unanswered).await;
                    return self.of_present_session();
                }
                if self.may_send(&record).await? {
                    reply = self.ask(&at, &refresh).await;
                }
            }
        }
        match reply {
            Ok(granted) => {
                let renewed = at.renewed(granted, ledger.generation, self.engine.now_ms());
                self.take_renewed(&record, Arc::new(renewed), holder).await
            }
            Err(Refusal::Ended) => {
                // Another process may have been quicker with a lease of its own, after ours ran out. Where nobody can
                // tell, nothing is over yet: the next answer will say it again.
                if !self.reread(&record, None).await? {
                    return self.of_present_session();
                }
                let reason = if lost_before { SessionEnd::Unknown } else { SessionEnd::Revoked };
                let ended = self.end(&record, reason).await;
                // The lease goes last: whoever has it next finds the session written down, or at least this.
                let _ = store.refused(holder, record.generation).await;
                ended
            }
            Err(Refusal::NotSent(problem)) => {
                // Nothing left the phone this time; what was sent before it stays unanswered.
                self.standing().unanswered |= lost_before;
                let _ = store.not_sent(holder, unanswered).await;
                Err(problem)
            }
            Err(Refusal::Unanswered(problem) | Refusal::Moved(problem) | Refusal::NotNow(problem)) => {
                self.standing().unanswered |= lost_before;
                let now_ms = self.engine.now_ms();
                if let Ok(ledger) = store.not_renewed(holder, unanswered, now_ms).await {
                    self.back_off(ledger.failures)?;
                    let troubled = is_troubled(&ledger, now_ms);
                    if std::mem::replace(&mut self.standing().troubled, troubled) != troubled {
                        self.engine.mark(Topic::Session);
                    }
                }
                Err(problem)
            }
        }
    }

    /// The session at the endpoints that its provider has now, where it has other ones than at the sign-in. They are kept
    /// with the tokens that come from there.
    async fn moved(&self, record: &Record) -> Option<Arc<Record>> {
        let discover = provider::discover(&self.engine.http, &self.engine.profile.identity);
        let endpoints = within(PATIENCE, discover).await?.ok()?;
        if endpoints.token == record.endpoints.token {
            return None;
        }
        self.get_keys_ready(&endpoints).await;
        Some(Arc::new(record.moved(endpoints)))
    }

    /// Whether the lease still stands, now that everything else is ready; what is about to be sent is written down.
    async fn may_send(&self, record: &Record) -> Result<bool, Problem> {
        let now = self.engine.host.clock.now()?;
        self.engine.store.about_to_send(self.holder.clone(), record.subject.clone(), record.generation, now).await
    }

    async fn take_renewed(
        self: &Arc<Self>,
        record: &Arc<Record>,
        renewed: Arc<Record>,
        holder: Holder,
    ) -> Result<Access, Problem> {
        match self.happened(Event::Renewed { from: record.clone(), to: renewed }) {
            // A failed write is repeated before the next renewal; the tokens in memory are good.
            Effect::Save(renewed) if self.save(&renewed).await.is_ok() => {
                let _ = self.engine.store.renewed(holder).await;
            }
            // Signed out meanwhile: the late token must not come back to life.
            Effect::Late(renewed) => self.revoke(vec![renewed]).await,
            _ => {}
        }
        self.of_present_session()
    }

    /// The token of whoever is signed in now.
    fn of_present_session(&self) -> Result<Access, Problem> {
        let record = self.record()?;
        let token = record.living(self.engine.now_ms());
        token.map(|token| access(token, &record)).ok_or(Problem::ServiceUnavailable { retry_after_seconds: None })
    }

    /// The session is over: no token is left, the data stays readable.
    pub(super) async fn end(self: &Arc<Self>, record: &Arc<Record>, reason: SessionEnd) -> Result<Access, Problem> {
        if let Effect::Save(over) = self.happened(Event::Ended { from: record.clone(), reason }) {
            self.engine.mark_data();
            // Should this fail, the database knows, and it is written again before anything else.
            let _ = self.save(&over).await;
        }
        self.of_present_session()
    }

    /// Writes tokens again whose write failed. An error means that they are still in memory only.
    pub(super) async fn save_unsaved(self: &Arc<Self>) -> Result<(), Problem> {
        let record = {
            let standing = self.standing();
            if standing.unsaved { standing.record().cloned() } else { None }
        };
        match record {
            Some(record) => self.save(&record).await,
            None => Ok(()),
        }
    }

    /// Writes the record, unless it is the session no more when its turn comes.
    async fn save(self: &Arc<Self>, record: &Arc<Record>) -> Result<(), Problem> {
        // The turn ends with the write, also when nobody waits for it any more.
        let turn = Arc::new(self.writing.clone().lock_owned().await);
        if !self.standing().is(record) {
            return Ok(());
        }
        // The database is written to meanwhile: a process put to sleep just then would keep the others waiting.
        let _time = BackgroundTime::begin(self).await.ok();
        let (secure, with_turn, kept) = (self.engine.host.secure_store.clone(), turn.clone(), record.clone());
        let keep = move || {
            let _turn = with_turn;
            kept.keep(&*secure)
        };
        let outcome = match self.engine.store.keep(record.claim(), keep).await {
            Ok(Some(kept)) => kept.map_err(Problem::from),
            Ok(None) => {
                self.catch_up(record).await;
                return Ok(());
            }
            // Where the database does not answer, tokens are still worth more in the keychain than in memory.
            Err(_) => self.save_unguarded(record.clone(), turn).await,
        };
        if outcome.is_ok() {
            self.standing().on(Event::Saved(record.clone()));
        }
        // Whether tokens are at risk is on the screen.
        self.engine.mark(Topic::Session);
        outcome
    }

    /// Writes the record by what the keychain says alone: only over an older one of the same person.
    async fn save_unguarded(&self, record: Arc<Record>, turn: Arc<OwnedMutexGuard<()>>) -> Result<(), Problem> {
        let write = move |store: &dyn SecureStore| {
            let _turn = turn;
            let kept = Found::read(store, &record.issuer)?.parts().map(|(kept, _)| kept);
            match kept {
                Some(kept) if kept.subject == record.subject && !kept.supersedes(&record) => record.keep(store),
                _ => Err(HostError::Failed),
            }
        };
        self.engine.secure(write).await
    }

    async fn ask(&self, record: &Record, refresh: &SecretString) -> Result<Granted, Refusal> {
        let (http, identity) = (&self.engine.http, &self.engine.profile.identity);
        let asked = token::refresh(http, identity, &record.endpoints, refresh, record.proof_key.as_ref());
        // Several rounds of nonces may take longer than the lease lasts; then nobody waits for the answer any more.
        let granted = within(ANSWER, asked).await.unwrap_or(Err(Refusal::Unanswered(Problem::Offline)));
        if granted.is_err() {
            self.engine.keep_waits().await;
        }
        let granted = granted?;
        self.recognise(record, &granted).await.map_err(Refusal::NotNow)?;
        Ok(granted)
    }
}

/// When renewing may be tried again after it failed.
#[derive(Debug, Default)]
pub(super) struct BackOff {
    until: Option<ClockReading>,
}

impl Session {
    /// Puts the next try off: anywhere up to a bound that doubles with every failure, so that a fleet of phones does not
    /// come back at once (full jitter). A first failure is a moment's, and whoever taps again is not made to wait.
    fn back_off(&self, failures: u32) -> Result<(), Problem> {
        let Some(tried) = failures.checked_sub(1).filter(|tried| *tried > 0) else { return Ok(()) };
        let wait_ms = jittered(tried, &*self.engine.entropy)?.as_millis();
        let mut until = self.engine.host.clock.now()?;
        until.elapsed_ms = until.elapsed_ms.saturating_add(i64::try_from(wait_ms).unwrap_or(0));
        self.backing_off.lock().unwrap_or_else(PoisonError::into_inner).until = Some(until);
        Ok(())
    }

    fn may_try_again(&self) -> Result<(), Problem> {
        let now = self.engine.host.clock.now()?;
        let backing_off = self.backing_off.lock().unwrap_or_else(PoisonError::into_inner);
        match &backing_off.until {
            Some(until) if until.boot_id == now.boot_id && now.elapsed_ms < until.elapsed_ms => {
                let left_ms = until.elapsed_ms.saturating_sub(now.elapsed_ms);
                let retry_after_seconds = u32::try_from(left_ms.saturating_add(999) / 1000).ok();
                Err(Problem::ServiceUnavailable { retry_after_seconds })
            }
            _ => Ok(()),
        }
    }
}

/// Time to finish in when the app leaves the screen; given back when dropped.
struct BackgroundTime {
    guard: Option<(Arc<dyn BackgroundGuard>, u64)>,
}

impl BackgroundTime {
    /// Where the phone refuses, nothing is sent: an answer might find nobody to keep it.
    async fn begin(session: &Session) -> Result<BackgroundTime, Problem> {
        let Some(guard) = session.engine.host.background_guard.clone() else {
            return Ok(BackgroundTime { guard: None });
        };
        let asked = guard.clone();
        let answered = crate::workers::blocking(move || asked.begin()).await;
        let handle = answered.map_err(|_| Problem::unexpected("panic"))??;
        Ok(BackgroundTime { guard: Some((guard, handle)) })
    }
}

impl Drop for BackgroundTime {
    fn drop(&mut self) {
        if let Some((guard, handle)) = self.guard.take() {
            // The phone's own code never runs on a worker that others wait for.
            crate::workers::blocking(move || guard.end(handle));
        }
    }
}

fn access(token: &SecretString, record: &Record) -> Access {
    Access { token: token.clone(), generation: record.generation, proof_key: record.proof_key.clone() }
}
