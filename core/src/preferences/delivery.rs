//! Telling the operator what a person wishes. Each switch has a lane of its own, so that one that is stuck holds up no
//! other, but those that lie in one array take turns; a wish is frozen in its row before it is sent, and what came of it
//! is written there before anything else goes.

use std::sync::Arc;
use std::time::Duration;

use super::Preferences;
use super::machine::{Effect, Event, Outcome, Reason, Toggle};
use super::tmf::named::Array;
use crate::host::within;
use crate::problem::Problem;
use crate::session::Subject;
use crate::store::Amend;

/// Taps that follow each other this closely are one wish.
const QUIET: Duration = Duration::from_millis(400);
/// So often in a row there was no way before a lane ends; it begins anew with a tap, a refresh or the app's waking up.
const VAIN_TRIES: u32 = 3;
/// Longer than any call takes; what came of it is then unknown.
const PATIENCE: Duration = Duration::from_secs(90);

/// What one step of a lane came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing to send.
    Idle,
    /// Something was sent, and what came of it is written down.
    Sent,
    /// It was tried in vain, and waits.
    Vain,
    /// Not before this, in milliseconds since 1970 UTC.
    Later { until_ms: i64 },
}

impl Preferences {
    /// Sends what waits, each switch in its lane; `after_a_tap` waits for taps that follow.
    pub(super) fn wake(self: &Arc<Self>, key: &str, after_a_tap: bool) {
        let Ok(workers) = self.engine.workers.handle() else { return };
        if self.is_resting() {
            return;
        }
        if self.lanes().insert(key.to_owned(), true).is_none() {
            crate::workers::spawn(&workers, self.clone().lane(key.to_owned(), after_a_tap));
        }
    }

    /// Sends whatever an earlier run of the app, or somebody's waiting for a network, left unsent.
    pub(super) fn wake_all(self: &Arc<Self>) {
        let pending = self.memory().pending();
        for key in pending {
            self.wake(&key, false);
        }
    }

    async fn lane(self: Arc<Self>, key: String, mut after_a_tap: bool) {
        loop {
            if let Some(woken) = self.lanes().get_mut(&key) {
                *woken = false;
            }
            if after_a_tap {
                self.until_quiet(&key).await;
            }
            self.drain(&key).await;
            // Whoever tapped while the lane was ending is not left waiting.
            let mut lanes = self.lanes();
            if lanes.get(&key) != Some(&true) || self.is_resting() {
                lanes.remove(&key);
                return;
            }
            after_a_tap = true;
        }
    }

    /// Steps until there is nothing left to send, or no way to.
    async fn drain(self: &Arc<Self>, key: &str) {
        let mut in_vain = 0;
        while in_vain < VAIN_TRIES {
            let Ok(subject) = self.present() else { return };
            match self.step(&subject, key, false).await {
                Ok(Step::Sent) => in_vain = 0,
                Ok(Step::Vain) => in_vain = in_vain.saturating_add(1),
                Ok(Step::Later { until_ms }) => {
                    let left_ms = until_ms.saturating_sub(self.engine.now_ms());
                    if !self.pause_unless_resting(Duration::from_millis(left_ms.max(1).unsigned_abs())).await {
                        return;
                    }
                }
                // What is in the way, as a database that is closed, is gone when the app wakes up.
                Ok(Step::Idle) | Err(_) => return,
            }
        }
    }

    async fn until_quiet(&self, key: &str) {
        loop {
            let moves = || self.memory().toggles.get(key).map(|toggle| toggle.moves);
            let before = moves();
            if !self.pause_unless_resting(QUIET).await || moves() == before {
                return;
            }
        }
    }

    /// Tries everything that waits, at once, and does not come back to what fails.
    pub(super) async fn send_all(self: &Arc<Self>, subject: &Subject) {
        let pending = self.memory().pending();
        let tries = pending.into_iter().map(|key| async move {
            // What goes through may have a successor; what fails has a wait.
            for at_once in [true, false, false, false] {
                if self.step(subject, &key, at_once).await != Ok(Step::Sent) {
                    break;
                }
            }
            self.wake(&key, false);
        });
        futures_util::future::join_all(tries).await;
    }

    /// One try: freezes the wish, sends it, writes down what came of it.
    pub(super) async fn step(self: &Arc<Self>, subject: &Subject, key: &str, at_once: bool) -> Result<Step, Problem> {
        let Some(api) = self.engine.profile.apis.preferences.clone() else { return Ok(Step::Idle) };
        if self.session.ended().is_some() {
            return Ok(Step::Idle);
        }
        let _one_at_a_time = self.turn_of(key).lock_owned().await;
        let line = {
            let memory = self.memory();
            memory.line(memory.toggles.get(key).map_or("", |toggle| toggle.line_id.as_str()))
        };
        let _one_of_its_array = match Array::of(api.resource) {
            // Each change writes the whole array: two at once would undo one another.
            Some(Array::PartyCharacteristic) => Some(self.turn_of("array").lock_owned().await),
            Some(Array::Feature) => Some(self.turn_of(&format!("array of {}", line.id)).lock_owned().await),
            None => None,
        };
        let _few_at_a_time = self.senders.acquire().await;
        let now_ms = self.engine.now_ms();
        let asked_to_wait = {
            let memory = self.memory();
            let pending = memory.toggles.get(key).is_some_and(Toggle::is_pending);
            memory.asked_to_wait(now_ms).filter(|_| pending)
        };
        if let Some(wait) = asked_to_wait {
            return Ok(Step::Later { until_ms: wait.until_ms });
        }
        let flight = match self.apply(subject, key.to_owned(), None, Event::Sending { now_ms, at_once }).await? {
            Effect::Send(flight) => flight,
            Effect::Later(wait) => return Ok(Step::Later { until_ms: wait.until_ms }),
            Effect::Nothing | Effect::Forget => return Ok(Step::Idle),
        };
        let port = self.port(&api, &line, subject);
        let Some(outcome) = within(PATIENCE, port.send(&flight)).await else { return Ok(Step::Vain) };
        self.session.still(subject)?;
        let step = match &outcome {
            // When to come back is the operator's to say.
            Outcome::NotDone { wait } | Outcome::Unsure { wait } if wait.reason != Reason::Asked => Step::Vain,
            _ => Step::Sent,
        };
        let came = Event::Came { operation: flight.wish.operation, outcome };
        self.apply(subject, key.to_owned(), None, came).await?;
        Ok(step)
    }

    /// Moves a switch on, in its row and then in memory; both also when the caller goes away. `new` is what the row is
    /// where there is none.
    pub(super) async fn apply(
        self: &Arc<Self>,
        subject: &Subject,
        key: String,
        new: Option<Toggle>,
        event: Event,
    ) -> Result<Effect, Problem> {
        let (this, subject) = (self.clone(), subject.clone());
        self.engine.workers.run_to_end(async move { this.move_on(&subject, key, new, event).await }).await
    }

    async fn move_on(
        &self,
        subject: &Subject,
        key: String,
        new: Option<Toggle>,
        event: Event,
    ) -> Result<Effect, Problem> {
        // Memory follows the rows in their order.
        let _turn = self.writing.lock().await;
        // Whoever has left takes nothing of the next person's out of memory.
        self.session.still(subject)?;
        self.memory().belong_to(Some(subject));
        let known = self.memory().toggles.get(&key).cloned();
        let amend = move |found: Option<Toggle>| {
            // A database that broke was set aside: what memory knows is written anew, wishes above all.
            let Some(mut toggle) = found.clone().or(known).or(new) else {
                return Amend::Leave((None, Effect::Nothing));
            };
            let effect = toggle.on(event);
            match effect {
                Effect::Forget => Amend::Drop((None, effect)),
                _ if found.as_ref() == Some(&toggle) => Amend::Leave((Some(toggle), effect)),
                _ => Amend::Keep(toggle.clone(), (Some(toggle), effect)),
            }
        };
        let wanted = self.session.while_signed_in(subject);
        let moved = self.engine.store.amend(self.session.owner(subject), key.clone(), wanted, amend).await?;
        let Some((toggle, effect)) = moved else { return Err(self.session.left()) };
        self.session.still(subject)?;
        self.memory().moved(&key, toggle);
        self.redraw();
        Ok(effect)
    }
}
