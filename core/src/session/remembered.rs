//! What a room remembers of the person who is signed in, and of nobody else.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Session, Subject};
use crate::problem::Problem;
use crate::store::{Amend, Row, Snapshot};

/// Whose a memory is, and since which deletion of their data.
pub(crate) type Owner = (String, u64);

/// A memory that is one person's until their data is deleted.
pub(crate) trait Memory: Default {
    /// Whose it is.
    fn owner(&mut self) -> &mut Option<Owner>;

    /// What is kept, still sealed: until somebody looks, or while its key is under the app lock.
    fn sealed(&mut self) -> Vec<Row>;

    /// What of the rows is this person's. Somebody else's row does not open.
    fn unsealed(subject: &Subject, rows: &[Row]) -> Self;

    /// Empties it where it is somebody else's, and reads what is kept of this person. Whether somebody has left.
    fn belong_to(&mut self, subject: Option<&Subject>) -> bool {
        let owner = subject.map(|subject| (subject.id.clone(), subject.data_epoch));
        if *self.owner() == owner {
            return false;
        }
        let has_left = self.owner().is_some();
        let sealed = self.sealed();
        *self = subject.map(|subject| Self::unsealed(subject, &sealed)).unwrap_or_default();
        *self.owner() = owner;
        has_left
    }
}

/// A room's memory, and the session that says whose it is.
pub(crate) struct Remembered<M> {
    session: Arc<Session>,
    memory: Mutex<M>,
    /// Memory follows the rows in their order.
    turn: tokio::sync::Mutex<()>,
}

impl<M: Memory> Remembered<M> {
    pub fn new(session: Arc<Session>, memory: M) -> Remembered<M> {
        Remembered { session, memory: Mutex::new(memory), turn: tokio::sync::Mutex::default() }
    }

    /// The memory of a person who is still the one signed in: what was asked for them is kept for nobody else.
    pub fn of(&self, subject: &Subject) -> Result<MutexGuard<'_, M>, Problem> {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        // Under the lock: whoever signs out after this finds it marked as theirs, and empties it.
        self.session.still(subject)?;
        memory.belong_to(Some(subject));
        Ok(memory)
    }

    /// Changes a part of a person's memory that is a row of its own, as it lies there, and keeps it before anybody sees it. What
    /// `change` fails with changes nothing.
    pub async fn change<T: Snapshot + Clone + PartialEq + Send + 'static, R: Send + 'static>(
        &self,
        subject: &Subject,
        of: fn(&mut M) -> &mut T,
        change: impl FnOnce(&mut T) -> Result<R, Problem> + Send + 'static,
    ) -> Result<R, Problem> {
        let _turn = self.turn.lock().await;
        let known = of(&mut *self.of(subject)?).clone();
        let amend = move |found: Option<T>| {
            // A database that broke was set aside: what memory knows is written anew.
            let before = found.unwrap_or(known);
            let mut model = before.clone();
            match change(&mut model) {
                Err(problem) => Amend::Leave(Err(problem)),
                Ok(told) if model == before => Amend::Leave(Ok((model, told))),
                Ok(told) => Amend::Keep(model.clone(), Ok((model, told))),
            }
        };
        let (model, told) = self.session.amend_row(subject, &subject.key.name(T::KIND.as_bytes()), amend).await??;
        *of(&mut *self.of(subject)?) = model;
        Ok(told)
    }

    /// The memory of whoever is signed in now, and whether somebody has left since the last look.
    pub fn now(&self) -> (MutexGuard<'_, M>, bool) {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        // Under the lock: nobody who signed in meanwhile loses what was read for them.
        let has_left = memory.belong_to(self.session.subject().as_ref());
        (memory, has_left)
    }
}
