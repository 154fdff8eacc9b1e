//! Signal, then pull: an observer is told that a topic changed, never what. At most ten signals a second and topic,
//! the last one guaranteed, from the blocking pool and never under a lock.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::Notify;

use crate::host::{HostError, pause};

const PACE: Duration = Duration::from_millis(100);

/// What can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Topic {
    /// Who is signed in.
    Session,
    /// The usage screen.
    Usage,
    /// What the person is told of, and was told.
    Alerts,
    /// The notifications screen.
    Preferences,
    /// The invoices.
    Invoices,
    /// Wi-Fi calling.
    WifiCalling,
    /// Getting started: SIM, eSIM, PIN and PUK.
    Activation,
}

const TOPICS: [Topic; 7] = [
    Topic::Session,
    Topic::Usage,
    Topic::Alerts,
    Topic::Preferences,
    Topic::Invoices,
    Topic::WifiCalling,
    Topic::Activation,
];

/// Told when something changed.
#[uniffi::export(foreign)]
pub trait Observer: Send + Sync {
    /// The topic changed; pull its view when it is on the screen. Revisions grow. Called from a thread of the core, one
    /// call at a time; an observer that fails is not called again.
    fn changed(&self, topic: Topic, revision: u64) -> Result<(), HostError>;
}

/// Keeps an observer registered. Dropping it ends the subscription as [`Subscription::end`] does.
#[derive(uniffi::Object)]
pub struct Subscription {
    registration: Mutex<Option<Arc<Registration>>>,
}

/// Lives as long as its subscription, whoever else holds the observer.
struct Registration {
    observer: Arc<dyn Observer>,
    /// A call that still waits for its thread is not made any more.
    ended: AtomicBool,
}

#[uniffi::export]
impl Subscription {
    /// The observer is not called again (a call under way may still finish).
    pub fn end(&self) {
        if let Some(registration) = self.registration.lock().unwrap_or_else(PoisonError::into_inner).take() {
            registration.ended.store(true, Ordering::SeqCst);
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.end();
    }
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Subscription")
    }
}

/// Revisions and who wants to hear of them.
#[derive(Default)]
pub struct Changes {
    revisions: [AtomicU64; TOPICS.len()],
    observers: Mutex<Vec<Weak<Registration>>>,
    something_changed: Notify,
    telling: AtomicBool,
}

impl std::fmt::Debug for Changes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Changes")
    }
}

impl Changes {
    /// Marks a topic as changed.
    pub fn mark(&self, topic: Topic) {
        self.slot(topic).fetch_add(1, Ordering::SeqCst);
        self.something_changed.notify_one();
    }

    /// The topic's revision.
    pub fn revision(&self, topic: Topic) -> u64 {
        self.slot(topic).load(Ordering::SeqCst)
    }

    fn slot(&self, topic: Topic) -> &AtomicU64 {
        let [session, usage, alerts, preferences, invoices, wifi_calling, activation] = &self.revisions;
        match topic {
            Topic::Session => session,
            Topic::Usage => usage,
            Topic::Alerts => alerts,
            Topic::Preferences => preferences,
            Topic::Invoices => invoices,
            Topic::WifiCalling => wifi_calling,
            Topic::Activation => activation,
        }
    }

    /// Whether telling is still to be started; true once.
    pub fn to_be_told(&self) -> bool {
        !self.telling.swap(true, Ordering::SeqCst)
    }

    /// Registers an observer for as long as its subscription lives.
    pub fn subscribe(&self, observer: Arc<dyn Observer>) -> Subscription {
        let mut observers = self.observers.lock().unwrap_or_else(PoisonError::into_inner);
        observers.retain(|registration| registration.strong_count() > 0);
        let registration = Arc::new(Registration { observer, ended: AtomicBool::new(false) });
        observers.push(Arc::downgrade(&registration));
        Subscription { registration: Mutex::new(Some(registration)) }
    }

    /// Tells observers, for as long as the workers run.
    pub async fn tell(self: Arc<Self>) {
        let mut told = [0; TOPICS.len()];
        loop {
            self.something_changed.notified().await;
            for (topic, told) in TOPICS.into_iter().zip(&mut told) {
                let revision = self.revision(topic);
                if std::mem::replace(told, revision) != revision {
                    self.tell_all(topic, revision).await;
                }
            }
            pause(PACE).await;
        }
    }

    async fn tell_all(&self, topic: Topic, revision: u64) {
        let observers = self.observers.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for weak in observers {
            let Some(registration) = weak.upgrade() else { continue };
            let call = move || match registration.ended.load(Ordering::SeqCst) {
                true => Ok(()),
                false => registration.observer.changed(topic, revision),
            };
            let outcome = crate::workers::blocking(call).await;
            if !matches!(outcome, Ok(Ok(()))) {
                let mut observers = self.observers.lock().unwrap_or_else(PoisonError::into_inner);
                observers.retain(|kept| !Weak::ptr_eq(kept, &weak));
            }
        }
    }
}

#[cfg(test)]
mod trials;
