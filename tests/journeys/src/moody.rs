//! A secure store with a will of its own: what becomes of each operation is the test's to say. It stands before the
//! phone's keychain as one process of the app sees it.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use companion::{HostError, SecureStore};

use crate::PhoneStore;

/// An operation of a secure store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// Reads an item.
    Get(String),
    /// Stores an item.
    Put(String),
    /// Removes an item.
    Delete(String),
    /// Lists keys.
    List(String),
}

/// What becomes of it.
#[derive(Debug, Clone)]
pub enum Mood {
    /// It does what it should.
    Well,
    /// It does nothing and fails.
    Fails(HostError),
    /// It does what it should, and says that it failed.
    Lies,
    /// It takes so long.
    Takes(Duration),
    /// A read gives the item as it was before it was last written.
    Forgets,
    /// It throws.
    Panics,
    /// The process stands still before it until the gate opens.
    Freezes(Gate),
    /// The process stands still after it until the gate opens.
    FreezesAfter(Gate),
}

type Will = dyn FnMut(usize, &Operation) -> Mood + Send;

/// The keychain with a will.
pub struct MoodyStore {
    keychain: Arc<PhoneStore>,
    will: Mutex<Option<Box<Will>>>,
    asked: Mutex<Vec<Operation>>,
}

impl fmt::Debug for MoodyStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MoodyStore")
    }
}

impl MoodyStore {
    /// In a good mood.
    pub fn before(keychain: &Arc<PhoneStore>) -> Arc<MoodyStore> {
        Arc::new(MoodyStore { keychain: keychain.clone(), will: Mutex::new(None), asked: Mutex::default() })
    }

    /// From now on `will` says what becomes of the first operation (0), the second, and so on.
    pub fn set(&self, will: impl FnMut(usize, &Operation) -> Mood + Send + 'static) {
        *self.will.lock().expect("poisoned") = Some(Box::new(will));
        self.asked.lock().expect("poisoned").clear();
    }

    /// In a good mood again.
    pub fn heal(&self) {
        self.set(|_, _| Mood::Well);
    }

    /// What was asked since the last change of mood.
    pub fn asked(&self) -> Vec<Operation> {
        self.asked.lock().expect("poisoned").clone()
    }

    fn ask<T>(&self, operation: Operation, work: impl FnOnce() -> Result<T, HostError>) -> Result<T, HostError> {
        self.act(self.mood(operation), work)
    }

    fn act<T>(&self, mood: Mood, work: impl FnOnce() -> Result<T, HostError>) -> Result<T, HostError> {
        match mood {
            Mood::Well | Mood::Forgets => work(),
            Mood::Fails(error) => Err(error),
            Mood::Lies => work().and(Err(HostError::Failed)),
            Mood::Takes(time) => {
                std::thread::sleep(time);
                work()
            }
            Mood::Panics => panic!("the keychain threw"),
            Mood::Freezes(gate) => {
                gate.pass()?;
                work()
            }
            Mood::FreezesAfter(gate) => {
                let outcome = work();
                gate.pass()?;
                outcome
            }
        }
    }

    fn mood(&self, operation: Operation) -> Mood {
        let nth = {
            let mut asked = self.asked.lock().expect("poisoned");
            asked.push(operation.clone());
            asked.len() - 1
        };
        self.will.lock().expect("poisoned").as_mut().map_or(Mood::Well, |will| will(nth, &operation))
    }

    fn before_last_write(&self, key: &str) -> Option<Vec<u8>> {
        let changes = self.keychain.history().into_iter().filter(|(name, _)| name == key);
        changes.rev().nth(1).and_then(|(_, value)| value)
    }
}

impl SecureStore for MoodyStore {
    fn get(&self, key: String) -> Result<Option<Vec<u8>>, HostError> {
        let mood = self.mood(Operation::Get(key.clone()));
        if let Mood::Forgets = mood {
            return Ok(self.before_last_write(&key));
        }
        self.act(mood, || self.keychain.get(key))
    }

    fn put(&self, key: String, value: Vec<u8>) -> Result<(), HostError> {
        self.ask(Operation::Put(key.clone()), || self.keychain.put(key, value))
    }

    fn delete(&self, key: String) -> Result<(), HostError> {
        self.ask(Operation::Delete(key.clone()), || self.keychain.delete(key))
    }

    fn list(&self, prefix: String) -> Result<Vec<String>, HostError> {
        self.ask(Operation::List(prefix.clone()), || self.keychain.list(prefix))
    }
}

/// Holds threads until it is opened, or tells them that their process is dead.
#[derive(Debug, Clone, Default)]
pub struct Gate(Arc<(Mutex<GateState>, Condvar)>);

#[derive(Debug, Default)]
struct GateState {
    waiting: usize,
    outcome: Option<Result<(), HostError>>,
}

impl Gate {
    /// Lets everybody through, now and later.
    pub fn open(&self) {
        self.settle(Ok(()));
    }

    /// Everybody behind it has died: whatever they do fails.
    pub fn bury(&self) {
        self.settle(Err(HostError::Failed));
    }

    /// Whether somebody stands before it.
    pub fn is_reached(&self) -> bool {
        self.0.0.lock().expect("poisoned").waiting > 0
    }

    fn settle(&self, outcome: Result<(), HostError>) {
        self.0.0.lock().expect("poisoned").outcome = Some(outcome);
        self.0.1.notify_all();
    }

    fn pass(&self) -> Result<(), HostError> {
        let mut state = self.0.0.lock().expect("poisoned");
        state.waiting += 1;
        loop {
            match state.outcome {
                Some(outcome) => return outcome,
                None => state = self.0.1.wait(state).expect("poisoned"),
            }
        }
    }
}
