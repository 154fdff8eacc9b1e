//! The track as an app uses it: what is shown of it, when the operator is asked, and what the person tells.

use std::sync::Arc;

use futures_util::FutureExt;

use super::Activation;
use super::memory::Told;
use super::model::{Said, SimKind};
use super::secrets::sim_name;
use super::view::answer::{Answer, Saying};
use super::view::drawing::Drawing;
use super::view::screen::{ActivationPhase, ActivationView, draw};
use crate::cancel::{CancelToken, unless_cancelled};
use crate::changes::Topic;
use crate::operator::single_flight::SingleFlight;
use crate::operator::time::is_older;
use crate::problem::Problem;
use crate::session::Subject;

/// How long what the operator says is believed without asking.
const FRESH_MS: i64 = 10 * 60 * 1000;

#[uniffi::export]
impl Activation {
    /// The screen at this moment, from memory. Call it again after every change of the topic and whenever the app comes to the
    /// front: what is usual and what is late moves with the clock.
    pub fn state(&self) -> ActivationView {
        let revision = self.engine.changes.revision(Topic::Activation);
        let subject = self.session.subject();
        let phase = match self.is_offered() {
            false => ActivationPhase::NotOffered,
            true if self.session.is_locked() => ActivationPhase::Locked,
            true if subject.is_none() => ActivationPhase::SignedOut,
            true => ActivationPhase::Ready,
        };
        let refreshing = phase == ActivationPhase::Ready && self.flight().is_running();
        let memory = self.memory.now().0;
        let mut view = draw(&memory, phase, refreshing, revision, self.session.ended(), &self.drawing());
        let named = |id: &str| subject.as_ref().map(|subject| sim_name(subject, id)).unwrap_or_default();
        let of_lines = view.lines.iter_mut().filter_map(|line| line.now.esim_sim_id.as_mut());
        for id in view.sims.iter_mut().map(|sim| &mut sim.id).chain(of_lines) {
            *id = named(id);
        }
        view
    }

    /// Asks the operator how far the person's orders are, how their lines stand, and where their SIMs are. Callers at the same
    /// time share one run. Whatever fails, what is kept stays, and the rest is asked for all the same.
    ///
    /// Fails with any problem but `SignIn` and `Configuration`.
    pub async fn refresh(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<(), Problem> {
        if !self.is_offered() {
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
            let is_old = |told_ms: Option<i64>| told_ms.is_none_or(|told_ms| is_older(told_ms, FRESH_MS, now_ms));
            let is_due = self.orders_base().is_some() && is_old(memory.tracked.orders_ms)
                || self.resources_base().is_some() && is_old(memory.tracked.sims_ms);
            is_due || memory.failure.is_some()
        };
        if due { self.refresh(cancel).await } else { Ok(()) }
    }

    /// What the person tells of a line, by the ids of both: that the card is there, that the old SIM has fallen silent, that
    /// it works, which deletes the code of an eSIM; or that one of these answers, by its own id, is taken back. An answer that
    /// is not offered any more is dropped: two taps are one.
    ///
    /// Fails with `StorageUnavailable` (`AppLocked` among them), `SessionEnded`, and `Unexpected` (`no_such_answer`). Runs to its end
    /// also when the caller goes away.
    pub async fn tell(self: Arc<Self>, line_id: String, answer_id: String) -> Result<(), Problem> {
        let answer = Answer::of_id(&answer_id).ok_or_else(|| Problem::unexpected("no_such_answer"))?;
        let this = self.clone();
        let work = async move {
            let subject = this.session.unlocked_subject()?;
            let offered = this.state().lines.into_iter().find(|line| line.id == line_id);
            if !offered.is_some_and(|line| line.now.answers.iter().any(|offered| offered.id == answer_id)) {
                return Ok(());
            }
            let is_spent = answer == Answer::Say(Saying::Works) && this.has_spent_code(&subject, &line_id)?;
            let code_spent_ms = is_spent.then(|| this.engine.now_ms());
            let undone_ms = this.undone_ms(&subject, &line_id)?;
            let change = move |told: &mut Told| {
                told.change(&line_id, |said| apply(said, answer, undone_ms, code_spent_ms));
                Ok(())
            };
            // The answer and the code lie in two stores. The answer is kept first, and with it that the code is to go, so that
            // whatever ends the app in between, neither is lost.
            this.memory.change(&subject, |memory| &mut memory.told, change).await?;
            this.engine.mark(Topic::Activation);
            // Where that fails it is done the next time the operator is asked.
            let _ = this.drop_spent_code(&subject).await;
            Ok(())
        };
        self.engine.workers.run_to_end(work).await
    }
}

/// What an answer changes. `undone_ms`: when the operator last told that the order was under way still.
/// `code_spent_ms`: now, where the code of its eSIM is done with.
fn apply(said: &mut Said, answer: Answer, undone_ms: Option<i64>, code_spent_ms: Option<i64>) {
    let (saying, stands) = match answer {
        Answer::Say(saying) => (saying, true),
        Answer::TakeBack(saying) => (saying, false),
    };
    match saying {
        Saying::HasSim => said.has_sim = stands,
        Saying::HasProfile => said.has_profile = stands,
        Saying::OldSignalGone => said.old_signal_gone = stands,
        Saying::Works => {
            (said.works, said.undone_ms, said.code_spent_ms) = (stands, undone_ms, code_spent_ms);
        }
    }
}

impl Activation {
    pub(super) fn orders_base(&self) -> Option<&str> {
        self.api()?.order_base_url.as_deref()
    }

    pub(super) fn resources_base(&self) -> Option<&str> {
        self.api()?.resource_base_url.as_deref()
    }

    /// An operator that tells of no orders may tell of SIMs.
    fn is_offered(&self) -> bool {
        self.orders_base().is_some() || self.resources_base().is_some()
    }

    fn flight(&self) -> Arc<SingleFlight<Result<(), Problem>>> {
        self.refreshing.of(self.session.epoch())
    }

    /// Whether the code at hand has done its work once this line works: it is an eSIM's, and no other line wants one.
    fn has_spent_code(&self, subject: &Subject, order: &str) -> Result<bool, Problem> {
        let memory = self.memory.of(subject)?;
        let is_esim = memory.tracked.orders.iter().any(|known| known.id == order && known.sim == SimKind::Esim);
        Ok(is_esim && !memory.awaits_esim(Some(order), self.engine.now_ms()))
    }

    /// When the operator last told that an order was under way still.
    fn undone_ms(&self, subject: &Subject, order: &str) -> Result<Option<i64>, Problem> {
        let memory = self.memory.of(subject)?;
        Ok(memory.tracked.orders.iter().find(|known| known.id == order).and_then(|known| known.undone_ms))
    }

    fn drawing(&self) -> Drawing<'_> {
        let engine = &self.engine;
        Drawing {
            language: engine.language,
            operator: &engine.profile.name,
            zone: &engine.zone,
            now: engine.now().at,
            tells_orders: self.orders_base().is_some(),
            tells_sims: self.resources_base().is_some(),
            tells_secrets: self.api().is_some_and(|api| api.secrets),
        }
    }
}

#[cfg(test)]
#[path = "tracker_tests.rs"]
mod tests;
