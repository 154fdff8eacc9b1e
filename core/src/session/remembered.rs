//! What a room remembers of the person who is signed in, and of nobody else.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Session, Subject};
use crate::problem::Problem;
use crate::store::{Amend, Row, Snapshot};

/// Whose a memory is, and since which deletion of their data.
type Owner = (String, u64);

/// What a room knows of one person, until their data is deleted.
pub(crate) trait Memory: Default {
    /// What of the rows is this person's. Somebody else's row does not open.
    fn unsealed(subject: &Subject, rows: &[Row]) -> Self;
}

/// A memory, and whose it is.
pub(crate) struct Held<M> {
    memory: M,
    /// Grows whenever the memory may have changed.
    version: u64,
    owner: Option<Owner>,
    /// What is kept, still sealed: until somebody looks, or while its key is under the app lock.
    sealed: Vec<Row>,
}

impl<M: Memory> Held<M> {
    /// Empties it where it is somebody else's, and reads what is kept of this person. Whether somebody has left.
    fn belong_to(&mut self, subject: Option<&Subject>) -> bool {
        let owner = subject.map(|subject| (subject.id.clone(), subject.data_epoch));
        if self.owner == owner {
            return false;
        }
        let has_left = self.owner.is_some();
        let sealed = std::mem::take(&mut self.sealed);
        self.memory = subject.map(|subject| M::unsealed(subject, &sealed)).unwrap_or_default();
        self.version = self.version.wrapping_add(1);
        self.owner = owner;
        has_left
    }
}

/// The memory of one person, while it is looked at or changed.
pub(crate) struct Looked<'m, M>(MutexGuard<'m, Held<M>>);

impl<M> Deref for Looked<'_, M> {
    type Target = M;

    fn deref(&self) -> &M {
        &self.0.memory
    }
}

impl<M> Looked<'_, M> {
    /// While it is the same, so is the memory.
    pub fn version(&self) -> u64 {
        self.0.version
    }
}

impl<M> DerefMut for Looked<'_, M> {
    fn deref_mut(&mut self) -> &mut M {
        self.0.version = self.0.version.wrapping_add(1);
        &mut self.0.memory
    }
}

/// A room's memory, and the session that says whose it is.
pub(crate) struct Remembered<M> {
    session: Arc<Session>,
    memory: Mutex<Held<M>>,
    /// Memory follows the rows in their order.
    turn: tokio::sync::Mutex<()>,
}

impl<M: Memory> Remembered<M> {
    /// From the room's rows, for when somebody looks.
    pub fn new(session: Arc<Session>, kept: Vec<Row>) -> Remembered<M> {
        let held = Held { memory: M::default(), version: 0, owner: None, sealed: kept };
        Remembered { session, memory: Mutex::new(held), turn: tokio::sync::Mutex::default() }
    }

    /// The memory of a person who is still the one signed in: what was asked for them is kept for nobody else.
    pub fn of(&self, subject: &Subject) -> Result<Looked<'_, M>, Problem> {
        self.while_held(subject, || self.session.still(subject))
    }

    /// The same, also where they signed in once more since, as in a step-up: for what they say, which is theirs as before.
    fn theirs(&self, subject: &Subject) -> Result<Looked<'_, M>, Problem> {
        let is_here = || if self.session.has_data_of(subject) { Ok(()) } else { Err(self.session.left()) };
        self.while_held(subject, is_here)
    }

    fn while_held(
        &self,
        subject: &Subject,
        is_here: impl FnOnce() -> Result<(), Problem>,
    ) -> Result<Looked<'_, M>, Problem> {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        // Under the lock: whoever signs out after this finds it marked as theirs, and empties it.
        is_here()?;
        memory.belong_to(Some(subject));
        Ok(Looked(memory))
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
        let known = of(&mut *self.theirs(subject)?).clone();
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
        *of(&mut *self.theirs(subject)?) = model;
        Ok(told)
    }

    /// The memory of whoever is signed in now, and whether somebody has left since the last look.
    pub fn now(&self) -> (Looked<'_, M>, bool) {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        // Under the lock: nobody who signed in meanwhile loses what was read for them.
        let has_left = memory.belong_to(self.session.subject().as_ref());
        (Looked(memory), has_left)
    }
}
