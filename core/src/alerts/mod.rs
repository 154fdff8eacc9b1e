//! Telling a person of their usage, effectively once: a threshold is claimed in the ledger before it is told and marked
//! after, so that whoever evaluates, however often, one of them tells, and a crash in between repeats the same id only.

mod book;
mod memory;
pub mod model;
pub mod settings;
#[cfg(test)]
mod trials;
pub mod view;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use self::book::{Person, Question, Recorded};
use self::memory::Memory;
use self::model::{Delivery, Moment, Trigger};
use self::settings::Settings;
pub(crate) use self::settings::{MOST_OWN, OWN_CENTS, OWN_PERCENT};
pub use self::settings::{OwnThreshold, TypedThreshold};
use self::view::Writer;
pub use self::view::{
    Alert, AlertClass, AlertsPhase, AlertsView, QuietView, SentAlertView, ThresholdView, ToldState, ToldView,
};
use crate::changes::Topic;
use crate::engine::Engine;
use crate::problem::Problem;
use crate::session::{Session, Subject};
use crate::store::{AlertBook, AlertOutcome, AlertState, Row, Snapshot, Store, Teller};
use crate::usage::{Counted, Usage};

/// The id of the sample, which is recorded nowhere.
const SAMPLE: &str = "sample";

/// Usage alerts: what is to be told now, what was told in this cycle, and when the person wants to hear of it.
#[derive(uniffi::Object)]
pub struct Alerts {
    engine: Arc<Engine>,
    session: Arc<Session>,
    usage: Arc<Usage>,
    memory: Mutex<Memory>,
    /// What is recorded is recorded and then remembered, one after the other: else memory could end up older than the ledger.
    turn: tokio::sync::Mutex<()>,
}

impl std::fmt::Debug for Alerts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Alerts")
    }
}

#[uniffi::export]
impl Alerts {
    /// Usage alerts on the Notifications screen at this moment, from memory.
    pub fn state(&self) -> AlertsView {
        let revision = self.engine.changes.revision(Topic::Alerts);
        if self.session.is_locked() {
            return view::empty(revision, AlertsPhase::Locked);
        }
        let Some(subject) = self.session.subject() else {
            return view::empty(revision, AlertsPhase::SignedOut);
        };
        let (settings, book) = {
            let memory = self.memory(Some(&subject));
            (memory.settings.clone(), memory.book.clone())
        };
        let question = self.question(&subject, &settings);
        let (told, next_due_ms) = self.told(&question, &book);
        let (writer, alerts) = (self.writer(&question.now), &self.engine.profile.alerts);
        let in_words = |triggers: &[Trigger]| triggers.iter().map(|trigger| writer.threshold(*trigger)).collect();
        AlertsView {
            revision,
            phase: AlertsPhase::Ready,
            fixed: in_words(&settings::of_operator(alerts)),
            own: in_words(&settings.own),
            sent: alerts.sent.iter().map(|alert| writer.sent(alert)).collect(),
            sent_note: (!alerts.sent.is_empty()).then(|| writer.sent_note()),
            quiet: writer.quiet(settings.quiet),
            told,
            next_due_in_ms: next_due_ms.map(|due_ms| {
                u64::try_from(due_ms.saturating_sub(question.now.at.as_millisecond())).unwrap_or_default()
            }),
            next_due_ms,
        }
    }

    /// Evaluates the figures on this phone, asking nobody, and hands out what the person is to be told now: post each as a
    /// local notification under its id, alerting once (Android `setOnlyAlertOnce`), then call [`Alerts::posted`] with the id. Call it after
    /// every refresh, at `next_due_ms` of the view and when the app starts. Each alert is handed out once; one that was
    /// handed out and not marked within a minute, or by a process that died, again under the same id.
    ///
    /// Fails with `StorageUnavailable` and, when nobody is signed in, `SessionEnded`. Runs to its end also when the caller
    /// goes away.
    pub async fn due_alerts(self: Arc<Self>) -> Result<Vec<Alert>, Problem> {
        let this = self.clone();
        self.engine.workers.run_to_end(async move { this.evaluate().await }).await
    }

    /// The notification of this id is posted. An id that is none of the person's alerts changes nothing.
    ///
    /// Fails with `StorageUnavailable`, also while the app lock keeps the person's data shut, when it may be called again.
    pub async fn posted(self: Arc<Self>, id: String) -> Result<(), Problem> {
        let this = self.clone();
        self.engine.workers.run_to_end(async move { this.mark_posted(&id).await }).await
    }

    /// A push message brings the alert of this id (its collapse id or tag). True: show it, then call [`Alerts::posted`].
    /// False: show nothing. This phone has told it, or knows that it need not be told, or it is quiet hours: then
    /// [`Alerts::due_alerts`] hands it out afterwards, once the figures on this phone say so too.
    ///
    /// Fails with `StorageUnavailable` and, when nobody is signed in, `SessionEnded`.
    pub async fn received_push(self: Arc<Self>, id: String) -> Result<bool, Problem> {
        let this = self.clone();
        self.engine.workers.run_to_end(async move { this.claim_pushed(&id).await }).await
    }

    /// Replaces the person's own thresholds, at most ten, by these and one that they typed. What is passed already when one is
    /// set is not told.
    ///
    /// Fails with `StorageUnavailable`, `SessionEnded`, and `Unexpected` (`not_a_percentage`, `not_an_amount`,
    /// `threshold_out_of_range`, `too_many_thresholds`).
    #[uniffi::method(default(typed = None))]
    pub async fn set_own_thresholds(
        self: Arc<Self>,
        mut thresholds: Vec<OwnThreshold>,
        typed: Option<TypedThreshold>,
    ) -> Result<(), Problem> {
        let this = self.clone();
        if let Some(typed) = typed {
            thresholds.push(typed.read(self.engine.language)?);
        }
        let change = move |settings: &Settings| settings.with_own(&thresholds);
        self.engine.workers.run_to_end(async move { this.change(change).await }).await
    }

    /// Sets the quiet hours, in minutes after midnight by the operator's calendar, the second one not included; over
    /// midnight when it is the smaller one, none when both are the same. 0 and 420 at first.
    ///
    /// Fails with `StorageUnavailable`, `SessionEnded`, and `Unexpected` (`no_time_of_day`).
    pub async fn set_quiet_hours(self: Arc<Self>, from_minute: u16, to_minute: u16) -> Result<(), Problem> {
        let this = self.clone();
        let change = move |settings: &Settings| settings.with_quiet(from_minute, to_minute);
        self.engine.workers.run_to_end(async move { this.change(change).await }).await
    }

    /// A sample to post, so that the person sees how an alert looks. Nothing is recorded of it.
    pub fn try_one(&self) -> Alert {
        self.writer(&self.moment()).sample(SAMPLE)
    }
}

impl Alerts {
    /// Starts from what is kept of the person signed in.
    pub(crate) fn new(
        engine: Arc<Engine>,
        session: Arc<Session>,
        usage: Arc<Usage>,
        rows: Vec<Row>,
        book: AlertBook,
    ) -> Arc<Alerts> {
        let memory = Mutex::new(Memory::of(session.subject().as_ref(), rows, book));
        Arc::new(Alerts { engine, session, usage, memory, turn: tokio::sync::Mutex::default() })
    }

    /// Whether a row is one of this room's.
    pub(crate) fn keeps(row: &Row) -> bool {
        row.kind == Settings::KIND
    }

    async fn evaluate(&self) -> Result<Vec<Alert>, Problem> {
        let _turn = self.turn.lock().await;
        let subject = self.signed_in()?;
        let settings = self.memory(Some(&subject)).settings.clone();
        let question = Arc::new(self.question(&subject, &settings));
        let wanted = self.session.while_signed_in(&subject);
        let outcome =
            settle(&self.engine.store, self.teller(&subject, &question.now), question.clone(), wanted).await?;
        self.session.still(&subject)?;
        self.memory(Some(&subject)).book = outcome.book.clone();
        self.engine.mark(Topic::Alerts);
        let (person, writer) = (&question.person, self.writer(&question.now));
        let ours = ours(person, &outcome).into_iter();
        Ok(ours
            .filter_map(|recorded| {
                let key = &recorded.entry.key;
                writer.alert(person.id(key), key, counter(&question.counted, &recorded)?)
            })
            .collect())
    }

    async fn mark_posted(&self, id: &str) -> Result<(), Problem> {
        let _turn = self.turn.lock().await;
        let subject = match self.signed_in() {
            // Nobody's any more.
            Err(Problem::SessionEnded { .. }) => return Ok(()),
            subject => subject?,
        };
        let (name, at_ms) = (self.person(&subject).name(id), self.engine.now_ms());
        self.engine.store.alert_posted(subject.id.clone(), name.clone(), at_ms).await?;
        let mut memory = self.memory(Some(&subject));
        if let Some(row) = memory.book.rows.iter_mut().find(|row| row.name == name) {
            (row.state, row.at_ms) = (AlertState::Posted, at_ms);
        }
        drop(memory);
        self.engine.mark(Topic::Alerts);
        Ok(())
    }

    async fn claim_pushed(&self, id: &str) -> Result<bool, Problem> {
        let subject = self.signed_in()?;
        let now = self.moment();
        let quiet = self.memory(Some(&subject)).settings.quiet.until(&now).is_some();
        let (name, teller) = (self.person(&subject).name(id), self.teller(&subject, &now));
        self.engine.store.claim_pushed(teller, name, quiet, self.session.while_signed_in(&subject)).await
    }

    async fn change(&self, change: impl FnOnce(&Settings) -> Result<Settings, Problem>) -> Result<(), Problem> {
        let subject = self.signed_in()?;
        let _turn = self.turn.lock().await;
        let before = self.memory(Some(&subject)).settings.clone();
        let settings = change(&before)?;
        if settings == before {
            return Ok(());
        }
        let kept = self.engine.received(settings.clone(), None, None);
        self.session.keep_row(&subject, &subject.key.name(Settings::KIND.as_bytes()), &kept).await?;
        self.session.still(&subject)?;
        self.memory(Some(&subject)).settings = settings;
        self.engine.mark(Topic::Alerts);
        Ok(())
    }

    /// What this cycle brought, newest first, and when the next alert that waits is due.
    fn told(&self, question: &Question, book: &AlertBook) -> (Vec<ToldView>, Option<i64>) {
        let writer = self.writer(&question.now);
        let mut recorded = question.person.open(book);
        recorded.retain(|recorded| recorded.is_owed() || recorded.state == AlertState::Posted);
        recorded.sort_by_key(|recorded| std::cmp::Reverse(recorded.entry.counted_ms));
        let (mut told, mut next_due_ms) = (Vec::new(), None);
        for recorded in recorded.iter().filter(|recorded| !recorded.entry.key.place.is_over(&question.now)) {
            let Some(counted) = counter(&question.counted, recorded) else { continue };
            let delivery = question.delivery(&recorded.entry);
            if let (Delivery::At(at), true) = (delivery, recorded.is_owed()) {
                next_due_ms = next_due_ms.into_iter().chain([at.as_millisecond()]).min();
            }
            told.push(writer.told(question.person.id(&recorded.entry.key), recorded, delivery, counted));
        }
        (told, next_due_ms)
    }

    fn question(&self, subject: &Subject, settings: &Settings) -> Question {
        Question {
            person: self.person(subject),
            counted: self.usage.counted(),
            rules: settings.rules(&self.engine.profile.alerts),
            quiet: settings.quiet,
            now: self.moment(),
            entropy: self.engine.entropy.clone(),
        }
    }

    fn person(&self, subject: &Subject) -> Person {
        Person::new(subject, &self.engine.profile.identity.issuer)
    }

    fn teller(&self, subject: &Subject, now: &Moment) -> Teller {
        let reading = self.engine.last_reading.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (subject, holder) = (subject.id.clone(), self.session.holder());
        Teller { subject, holder, reading, now_ms: now.at.as_millisecond() }
    }

    fn moment(&self) -> Moment {
        Moment { at: self.engine.now().at, zone: self.engine.zone.clone() }
    }

    fn writer(&self, now: &Moment) -> Writer<'_> {
        let (language, operator) = (self.engine.language, self.engine.profile.name.as_str());
        Writer { language, operator, zone: &self.engine.zone, today: now.today() }
    }

    fn signed_in(&self) -> Result<Subject, Problem> {
        self.session.subject().ok_or_else(|| self.session.nobody())
    }

    fn memory(&self, subject: Option<&Subject>) -> MutexGuard<'_, Memory> {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory.belong_to(subject);
        memory
    }
}

/// Decides and records, in one step of the ledger.
async fn settle(
    store: &Store,
    teller: Teller,
    question: Arc<Question>,
    wanted: impl FnOnce() -> bool + Send + 'static,
) -> Result<AlertOutcome, Problem> {
    store.decide_alerts(teller, wanted, move |book| question.decide(book)).await
}

/// The alerts that are ours to tell.
fn ours(person: &Person, outcome: &AlertOutcome) -> Vec<Recorded> {
    let mut recorded = person.open(&outcome.book);
    recorded.retain(|recorded| outcome.ours.contains(&recorded.name));
    recorded
}

/// The counter an alert is of.
fn counter<'a>(counted: &'a [Counted], recorded: &Recorded) -> Option<&'a Counted> {
    counted.iter().find(|counted| recorded.entry.key.place.is_of(counted))
}
