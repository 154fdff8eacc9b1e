//! Whether the person is still there for whom some work was begun: what it brings must not be kept for anybody else.

use std::sync::Arc;

use super::Session;
use super::machine::Subject;
use crate::problem::{Problem, SessionEnd};
use crate::store::{Amend, Dated, Owner, Snapshot};

impl Session {
    /// `tell` is called whenever somebody's rows can be read from then on. The first one counts.
    pub(crate) fn on_arrival(&self, tell: impl Fn() + Send + Sync + 'static) {
        let _ = self.arrived.set(Box::new(tell));
    }

    /// `count` says how many changes are not sent yet. The first one counts.
    pub(crate) fn on_leaving(&self, count: impl Fn() -> u32 + Send + Sync + 'static) {
        let _ = self.unsent.set(Box::new(count));
    }

    pub(super) fn unsent_changes(&self) -> u32 {
        self.unsent.get().map_or(0, |count| count())
    }

    pub(super) fn has_arrived(&self) {
        if let Some(tell) = self.arrived.get() {
            tell();
        }
    }

    /// Whether this sign-in is still the present one.
    pub(crate) fn is_still(&self, subject: &Subject) -> bool {
        self.epoch() == subject.epoch
    }

    /// Whether the person's data is still here, also where they signed in once more since: what they say of it goes on.
    pub(crate) fn has_data_of(&self, subject: &Subject) -> bool {
        self.standing().has_data_of(subject)
    }

    /// Fails when the person has signed out, or in again, meanwhile. Only where nobody is signed in any more does that lead
    /// to the sign-in screen.
    pub(crate) fn still(&self, subject: &Subject) -> Result<(), Problem> {
        if self.is_still(subject) { Ok(()) } else { Err(self.left()) }
    }

    /// Why work of somebody who has left is not gone on with.
    pub(crate) fn left(&self) -> Problem {
        match self.subject() {
            Some(_) => Problem::cancelled(),
            None => Problem::SessionEnded { reason: SessionEnd::SignedOut },
        }
    }

    /// Keeps what was received for the person, unless they have left by the writer's turn. `key` says nothing of them.
    pub(crate) async fn keep_row<T: Snapshot>(
        self: &Arc<Self>,
        subject: &Subject,
        key: &str,
        kept: &Dated<T>,
    ) -> Result<(), Problem> {
        let row = kept.seal(&subject.id, key, &subject.key, &*self.engine.entropy)?;
        self.engine.store.put(row, self.engine.time.anchor(), self.while_signed_in(subject)).await
    }

    /// Moves what is kept for the person on, as it lies there: another process of the app may have written it meanwhile. Goes
    /// on while their data is here.
    pub(crate) async fn amend_row<M: Snapshot, T: Send + 'static>(
        self: &Arc<Self>,
        subject: &Subject,
        key: &str,
        amend: impl FnOnce(Option<M>) -> Amend<M, T> + Send + 'static,
    ) -> Result<T, Problem> {
        let (session, whose) = (self.clone(), subject.clone());
        let (owner, wanted) = (self.owner(subject), move || session.has_data_of(&whose));
        let (at_ms, anchor) = (self.engine.now_ms(), self.engine.time.anchor());
        let amended = self.engine.store.amend_row(owner, key.to_owned(), at_ms, anchor, wanted, amend).await?;
        amended.ok_or_else(|| self.left())
    }

    /// Whose rows the person's are, and what seals them.
    pub(crate) fn owner(&self, subject: &Subject) -> Owner {
        Owner { subject: subject.id.clone(), key: subject.key.clone(), entropy: self.engine.entropy.clone() }
    }

    /// For the writer, which may come to a row only after the person has left and all rows are wiped.
    pub(crate) fn while_signed_in(self: &Arc<Self>, subject: &Subject) -> impl FnOnce() -> bool + Send + 'static {
        let (session, epoch) = (self.clone(), subject.epoch);
        move || session.epoch() == epoch
    }
}
