//! The track as an app uses it: what the operator says of orders and SIMs, what the person says, and what becomes of both.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;

use super::Activation;
use super::memory::{Told, Tracked};
use super::model::{Said, SimCard, SimKind, merged};
use super::tmf::{Unread, read_orders, read_sims};
use super::view::track::{ActivationPhase, ActivationView, Answer, Drawing, draw};
use crate::cancel::{CancelToken, unless_cancelled};
use crate::changes::Topic;
use crate::host::within;
use crate::operator::address::address;
use crate::operator::single_flight::SingleFlight;
use crate::operator::time::is_older;
use crate::problem::Problem;
use crate::session::{Call, Subject};
use crate::store::Snapshot;

/// How long what the operator says is believed without asking.
const FRESH_MS: i64 = 10 * 60 * 1000;
/// The longest a refresh takes; what is kept must do after that.
const PATIENCE: Duration = Duration::from_secs(45);

#[uniffi::export]
impl Activation {
    /// The screen at this moment, from memory. Call it again after every change of the topic and whenever the app comes to the
    /// front: what is usual and what is late moves with the clock.
    pub fn state(&self) -> ActivationView {
        let revision = self.engine.changes.revision(Topic::Activation);
        let phase = match (self.orders_base(), self.session.subject()) {
            (None, _) => ActivationPhase::NotOffered,
            (Some(_), _) if self.session.is_locked() => ActivationPhase::Locked,
            (Some(_), None) => ActivationPhase::SignedOut,
            (Some(_), Some(_)) => ActivationPhase::Ready,
        };
        let refreshing = phase == ActivationPhase::Ready && self.flight().is_running();
        let memory = self.memory.now().0;
        draw(&memory, phase, refreshing, revision, self.session.ended(), &self.drawing())
    }

    /// Asks the operator how far the person's orders are, and where their SIMs are. Callers at the same time share one run.
    /// Whatever fails, what is kept stays.
    ///
    /// Fails with any problem but `SignIn` and `Configuration`.
    pub async fn refresh(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<(), Problem> {
        if self.orders_base().is_none() {
            return Ok(());
        }
        let this = self.clone();
        let work = async move {
            this.engine.mark(Topic::Activation);
            let _redraw = this.engine.mark_at_the_end(Topic::Activation);
            unless_cancelled(cancel, this.flight().join(|| this.clone().run().boxed())).await
        };
        self.engine.workers.run(work).await
    }

    /// [`Activation::refresh`], only when what is known is older than ten minutes, or could not be had.
    pub async fn refresh_if_due(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<(), Problem> {
        let now_ms = self.engine.now_ms();
        let due = {
            let memory = self.memory.now().0;
            let told = memory.tracked.as_ref();
            told.is_none_or(|told| is_older(told.checked_ms, FRESH_MS, now_ms)) || memory.failure.is_some()
        };
        if due { self.refresh(cancel).await } else { Ok(()) }
    }

    /// What the person tells of a line, by the ids of both: that the card is there, that the old SIM has fallen silent, that
    /// it works, which deletes the code of an eSIM. An answer that is not offered any more is dropped: two taps are one.
    ///
    /// Fails with `StorageUnavailable` (`AppLocked` among them), `SessionEnded`, and `Unexpected` (`no_such_answer`). Runs to its end
    /// also when the caller goes away.
    pub async fn tell(self: Arc<Self>, line_id: String, answer_id: String) -> Result<(), Problem> {
        let answer = Answer::ALL.into_iter().find(|answer| answer.id() == answer_id);
        let answer = answer.ok_or_else(|| Problem::unexpected("no_such_answer"))?;
        let this = self.clone();
        let work = async move {
            let subject = this.session.unlocked_subject()?;
            let offered = this.state().lines.into_iter().find(|line| line.id == line_id);
            if !offered.is_some_and(|line| line.now.answers.iter().any(|offered| offered.id == answer_id)) {
                return Ok(());
            }
            if answer == Answer::Works && this.has_esim(&subject, &line_id)? {
                // Its code has done its work. It goes first: where it cannot, the answer is asked for again.
                this.clone().line_works().await?;
            }
            let change = move |told: &mut Told| {
                let mut said = match told.0.iter().position(|said| said.order == line_id) {
                    Some(at) => told.0.swap_remove(at),
                    None => Said { order: line_id, ..Said::default() },
                };
                apply(&mut said, answer);
                told.0.push(said);
                Ok(())
            };
            this.memory.change(&subject, |memory| &mut memory.told, change).await?;
            this.engine.mark(Topic::Activation);
            Ok(())
        };
        self.engine.workers.run_to_end(work).await
    }
}

/// What an answer changes. The last one taken back is the furthest.
fn apply(said: &mut Said, answer: Answer) {
    match answer {
        Answer::HasSim => said.has_sim = true,
        Answer::HasProfile => (said.has_sim, said.has_profile) = (true, true),
        Answer::OldSignalGone => said.old_signal_gone = true,
        Answer::Works => said.works = true,
        Answer::Undo => {
            let furthest = [&mut said.works, &mut said.old_signal_gone, &mut said.has_profile, &mut said.has_sim];
            if let Some(last) = furthest.into_iter().find(|told| **told) {
                *last = false;
            }
        }
    }
}

impl Activation {
    fn orders_base(&self) -> Option<&str> {
        self.api()?.order_base_url.as_deref()
    }

    fn flight(&self) -> Arc<SingleFlight<Result<(), Problem>>> {
        self.refreshing.of(self.session.epoch())
    }

    /// Whether a line is known to have an eSIM.
    fn has_esim(&self, subject: &Subject, order: &str) -> Result<bool, Problem> {
        let memory = self.memory.of(subject)?;
        let mut orders = memory.tracked.iter().flat_map(|tracked| &tracked.model.orders);
        Ok(orders.any(|known| known.id == order && known.sim == SimKind::Esim))
    }

    fn drawing(&self) -> Drawing<'_> {
        let engine = &self.engine;
        Drawing {
            language: engine.language,
            operator: &engine.profile.name,
            zone: &engine.zone,
            now: engine.now().at,
            tells_secrets: self.api().is_some_and(|api| api.secrets),
        }
    }

    async fn run(self: Arc<Self>) -> Result<(), Problem> {
        let subject = self.session.subject().ok_or_else(|| self.session.nobody())?;
        let outcome = within(PATIENCE, self.read(&subject)).await.unwrap_or(Err(Problem::Offline));
        if let Ok(mut memory) = self.memory.of(&subject) {
            memory.failure = outcome.clone().err();
        }
        outcome
    }

    async fn read(self: &Arc<Self>, subject: &Subject) -> Result<(), Problem> {
        let Some(api) = self.api() else { return Ok(()) };
        let Some(base) = &api.order_base_url else { return Ok(()) };
        let kept = self.memory.of(subject)?.tracked.clone();
        let mut url = address(base, &["productOrder"])?;
        url.query_pairs_mut().append_pair(&api.party_filter, &subject.sub);
        let etag = kept.as_ref().and_then(|kept| kept.etag.as_deref());
        let answer = self.session.call(&url, Call { if_none_match: etag, ..Call::default() }).await?;
        let sims = self.read_sims(subject).await;
        let (kept_orders, kept_sims) =
            kept.as_ref().map(|kept| (kept.model.orders.clone(), kept.model.sims.clone())).unwrap_or_default();
        let (orders, etag) = if answer.status == 304 {
            (kept_orders, etag.map(str::to_owned))
        } else {
            let now_ms = self.engine.now_ms();
            let read = read_orders(&answer.body, &subject.sub, &self.engine.zone).map_err(not_understood)?;
            let before = |id: &str| kept_orders.iter().find(|order| order.id == id);
            let orders = read.found.into_iter().map(|told| merged(before(&told.id), told, now_ms)).collect();
            (orders, answer.etag)
        };
        // Where SIMs are not told, what was known of them stays.
        let sims = match sims {
            Ok(sims) => sims.into_iter().map(|sim| still(sim, &kept_sims)).collect(),
            Err(problem @ Problem::SessionEnded { .. }) => return Err(problem),
            Err(_) => kept_sims,
        };
        let kept = self.engine.received(Tracked { orders, sims }, etag, None);
        self.memory.of(subject)?.tracked = Some(kept.clone());
        self.engine.mark(Topic::Activation);
        self.session.keep_row(subject, &subject.key.name(Tracked::KIND.as_bytes()), &kept).await
    }

    /// The SIMs of a person, from wherever this operator's version of TMF639 has them.
    async fn read_sims(self: &Arc<Self>, subject: &Subject) -> Result<Vec<SimCard>, Problem> {
        let Some(api) = self.api() else { return Ok(Vec::new()) };
        let Some(base) = &api.resource_base_url else { return Ok(Vec::new()) };
        let mut sims = Vec::new();
        for resource in api.resource_version.paths() {
            let mut url = address(base, &[resource])?;
            url.query_pairs_mut().append_pair(&api.party_filter, &subject.sub);
            let answer = self.session.call(&url, Call::default()).await?;
            sims.extend(read_sims(&answer.body, &subject.sub).map_err(not_understood)?.found);
        }
        Ok(sims)
    }
}

/// A SIM whose profile is not told any more has the one that was told.
fn still(sim: SimCard, kept: &[SimCard]) -> SimCard {
    let before = kept.iter().find(|known| known.id == sim.id).and_then(|known| known.profile);
    SimCard { profile: sim.profile.or(before), ..sim }
}

fn not_understood(unread: Unread) -> Problem {
    Problem::NotUnderstood { code: unread.code().to_owned() }
}
