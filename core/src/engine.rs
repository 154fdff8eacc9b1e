//! What every feature needs, in one hand: the host, the operator, the store, the signals and the workers.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::tz::TimeZone;

use crate::changes::{Changes, Topic};
use crate::host::{ClockReading, Entropy, Host, HostError, SecureStore};
use crate::operator::http::Http;
use crate::operator::profile::Profile;
use crate::operator::time::{BestTime, OperatorTime};
use crate::problem::Problem;
use crate::store::{Dated, Store};
use crate::text::Language;
use crate::workers::Workers;

/// Shared by all features of one core.
pub struct Engine {
    /// What the phone lends.
    pub host: Host,
    /// Unguessable bytes.
    pub entropy: Arc<dyn Entropy>,
    /// The operator, as data.
    pub profile: Profile,
    /// The operator's time zone.
    pub zone: TimeZone,
    /// The operator's time.
    pub time: Arc<OperatorTime>,
    /// The way to the operator.
    pub http: Http,
    /// What is kept.
    pub store: Store,
    /// Who wants to hear of changes.
    pub changes: Arc<Changes>,
    /// The language of every text.
    pub language: Language,
    /// The threads.
    pub workers: Workers,
    /// The last reading, for when the phone's clock does not answer.
    pub last_reading: Mutex<ClockReading>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Engine")
    }
}

impl Engine {
    /// The best known time. A clock that does not answer stands still at its last reading.
    pub fn now(&self) -> BestTime {
        let answered = self.host.clock.now();
        let mut last = self.last_reading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(reading) = answered {
            *last = reading;
        }
        self.time.best(&last)
    }

    /// The best known time in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        self.now().at.as_millisecond()
    }

    /// Writes down how long the operator asked to be left alone. Where that fails, only a new start may come too early.
    pub async fn keep_waits(&self) {
        let Ok(reading) = self.host.clock.now() else { return };
        let now_ms = self.time.best(&reading).at.as_millisecond();
        let waits = self.http.gate.waits(reading.elapsed_ms, now_ms);
        if !waits.is_empty() {
            let _ = self.store.keep_waits(waits, now_ms).await;
        }
    }

    /// A model that came in just now.
    pub fn received<T>(&self, model: T, etag: Option<String>, counted_ms: Option<i64>) -> Dated<T> {
        let now_ms = self.now_ms();
        Dated { model, etag, counted_ms, checked_ms: now_ms, received_ms: now_ms }
    }

    /// Asks the phone's secure store from the blocking pool: it can take seconds.
    pub async fn secure<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&dyn SecureStore) -> Result<T, HostError> + Send + 'static,
    ) -> Result<T, Problem> {
        let store = self.host.secure_store.clone();
        let answered = crate::workers::blocking(move || ask(&*store)).await;
        Ok(answered.map_err(|_| HostError::Failed)??)
    }

    /// Tells the screens that a topic changed.
    pub fn mark(&self, topic: Topic) {
        self.changes.mark(topic);
    }

    /// Tells the screens that a topic changed when what is returned goes: also when work ends because its callers went away.
    pub fn mark_at_the_end(self: &Arc<Self>, topic: Topic) -> MarkAtTheEnd {
        MarkAtTheEnd { engine: self.clone(), topic }
    }

    /// Tells every screen that shows something of the person: whose it is may have changed.
    pub fn mark_data(&self) {
        for topic in
            [Topic::Usage, Topic::Alerts, Topic::Preferences, Topic::Invoices, Topic::WifiCalling, Topic::Activation]
        {
            self.changes.mark(topic);
        }
    }
}

/// See [`Engine::mark_at_the_end`].
#[derive(Debug)]
pub struct MarkAtTheEnd {
    engine: Arc<Engine>,
    topic: Topic,
}

impl Drop for MarkAtTheEnd {
    fn drop(&mut self) {
        self.engine.mark(self.topic);
    }
}
