//! Notification preferences: what a person wants to be told of, and how. A tap counts from the moment it is written down,
//! with or without a network; the operator hears of it when it can, and the screen says at every moment how far that is.

mod array;
mod delivery;
mod device;
mod machine;
mod memory;
pub mod model;
mod port;
mod push;
mod refresh;
pub mod tmf;
#[cfg(test)]
mod trials;
pub mod view;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::{Semaphore, watch};

use self::machine::{Event, Wish};
use self::memory::Memory;
use self::model::Change;
pub use self::model::{About, Channel};
use self::port::Port;
pub use self::push::PushPlatform;
pub(crate) use self::push::Tombstones;
use self::view::{NotificationSettings, PreferencesView, Presentation};
use crate::cancel::{CancelToken, unless_cancelled};
use crate::changes::Topic;
use crate::engine::Engine;
use crate::host::pause;
use crate::operator::profile::{Capability, PreferencesApi};
use crate::operator::single_flight::{PerSignIn, SingleFlight};
use crate::problem::Problem;
use crate::session::{Line, Session, Subject};
use crate::store::Kept;
use crate::text::typed;

/// From when on a wish is worth a word; a moment later, as a timer and a clock are not one.
const WORTH_SAYING: Duration = Duration::from_millis(view::WORTH_SAYING_MS.unsigned_abs() + 100);
/// How many wishes are on their way at the same time.
const SENDERS: usize = 4;

/// What a person wants to be told of, and how.
#[derive(uniffi::Object)]
pub struct Preferences {
    engine: Arc<Engine>,
    session: Arc<Session>,
    memory: Mutex<Memory>,
    refreshing: PerSignIn<Result<(), Problem>>,
    /// Rows and memory move on together.
    writing: tokio::sync::Mutex<()>,
    /// The lanes that run, and whether there is something new for each.
    lanes: Mutex<BTreeMap<String, bool>>,
    /// One try at a time for each switch.
    turns: Mutex<BTreeMap<String, Arc<tokio::sync::Mutex<()>>>>,
    senders: Semaphore,
    /// The operator does not know JSON patches.
    merges_only: AtomicBool,
    /// What the phone's settings say, where it told it in this run.
    told: Mutex<Option<NotificationSettings>>,
    /// A screen said that what waited was lost.
    loss_shown: AtomicBool,
    /// The app sleeps: nothing waits for its time.
    resting: watch::Sender<bool>,
}

impl std::fmt::Debug for Preferences {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Preferences")
    }
}

#[uniffi::export]
impl Preferences {
    /// The notifications screen at this moment, from memory. Call it again after every change and whenever the app comes to
    /// the front.
    pub fn state(&self) -> PreferencesView {
        // Before the state: a change in between is then drawn once more, never missed.
        let revision = self.engine.changes.revision(Topic::Preferences);
        if !self.is_offered() {
            return view::without(revision, view::PreferencesPhase::NotOffered);
        }
        if self.session.is_locked() {
            return view::without(revision, view::PreferencesPhase::Locked);
        }
        let (subject, ended) = (self.session.subject(), self.session.ended());
        let Some(subject) = subject else { return view::without(revision, view::PreferencesPhase::SignedOut) };
        let refreshing = self.flight().is_running();
        let now = self.engine.now().at;
        let mut memory = self.memory();
        memory.belong_to(Some(&subject));
        let settings = self.told().or_else(|| memory.device.settings.clone());
        let presentation = Presentation {
            language: self.engine.language,
            operator: &self.engine.profile.name,
            zone: &self.engine.zone,
            now,
            ended,
            settings: settings.as_ref(),
            registered: !self.takes_addresses() || memory.device.registered,
        };
        if memory.lost {
            self.loss_shown.store(true, Ordering::SeqCst);
        }
        view::preferences_view(&memory, refreshing, &presentation, revision)
    }

    /// Sends what waits, then asks what the operator has. Callers at the same time share one run. Whatever fails, what is
    /// kept and what was wished stays.
    ///
    /// Fails with any problem but `SignIn` and `Configuration`.
    pub async fn refresh(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<(), Problem> {
        if !self.is_offered() {
            return Ok(());
        }
        let this = self.clone();
        let work = async move {
            this.redraw();
            let _redraw = this.engine.mark_at_the_end(Topic::Preferences);
            unless_cancelled(cancel, this.flight().join(|| this.clone().run().boxed())).await
        };
        self.engine.workers.run(work).await
    }

    /// [`Preferences::refresh`], only when the last one is a quarter of an hour old, or failed. Call it whenever the screen opens or
    /// the network returns.
    pub async fn refresh_if_due(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<(), Problem> {
        self.wake_all();
        let (now_ms, subject) = (self.engine.now_ms(), self.session.subject());
        let due = {
            let mut memory = self.memory();
            memory.belong_to(subject.as_ref());
            memory.is_due(now_ms)
        };
        if due { self.refresh(cancel).await } else { Ok(()) }
    }

    /// The person turns a switch. It counts when this returns: it is on the disk, needs no network, and is sent as soon as
    /// there is one, also by a later run of the app. A later tap on the same switch replaces an earlier one.
    ///
    /// Fails with `StorageUnavailable` when it could not be written down, `SessionEnded` when nobody is signed in,
    /// `NotPermitted` when it is not the person's to change, `Unexpected` when there is no such switch.
    pub async fn set(self: Arc<Self>, preference_id: String, on: bool) -> Result<(), Problem> {
        self.wish(preference_id, Change { enabled: Some(on), ..Change::default() }).await
    }

    /// The person chooses from which share of the allowance they are told, in percent as they typed it, 1 to 100. As
    /// [`Preferences::set`], for a switch that has a threshold; besides fails with `Unexpected` (`not_a_percentage`,
    /// `percentage_out_of_range`).
    pub async fn set_threshold(self: Arc<Self>, preference_id: String, percent: String) -> Result<(), Problem> {
        let percent = typed::percent(&percent).ok_or_else(|| Problem::unexpected("not_a_percentage"))?;
        let percent = u8::try_from(percent).ok().filter(|percent| (1..=100).contains(percent));
        let percent = percent.ok_or_else(|| Problem::unexpected("percentage_out_of_range"))?;
        self.wish(preference_id, Change { threshold_percent: Some(percent), ..Change::default() }).await
    }

    /// After a change elsewhere: the person's own value goes over the one from elsewhere. Of a switch that waits for no such
    /// decision nothing happens.
    ///
    /// Fails with `StorageUnavailable` when it could not be written down, `SessionEnded` when nobody is signed in.
    pub async fn keep_mine(self: Arc<Self>, preference_id: String) -> Result<(), Problem> {
        let this = self.clone();
        let work = async move {
            let subject = this.present()?;
            let (operation, at_ms) = (this.operation()?, this.engine.now_ms());
            this.apply(&subject, preference_id.clone(), None, Event::KeepMine { operation, at_ms }).await?;
            this.wake(&preference_id, false);
            Ok(())
        };
        self.engine.workers.run_to_end(work).await
    }

    /// After a change elsewhere, a refusal or a wish that waited too long: the person has read it, and what the operator
    /// has stays.
    ///
    /// Fails as [`Preferences::keep_mine`] does.
    pub async fn keep_theirs(self: Arc<Self>, preference_id: String) -> Result<(), Problem> {
        let this = self.clone();
        let work = async move {
            let subject = this.present()?;
            this.apply(&subject, preference_id, None, Event::Understood).await?;
            Ok(())
        };
        self.engine.workers.run_to_end(work).await
    }
}

impl Preferences {
    /// Starts from what is kept of the person signed in.
    pub(crate) fn new(engine: Arc<Engine>, session: Arc<Session>, kept: &Kept) -> Arc<Preferences> {
        let memory = Memory::of(session.subject().as_ref(), kept.rows.clone(), kept.outbox.clone(), kept.lost);
        let preferences = Arc::new(Preferences {
            engine,
            session,
            memory: Mutex::new(memory),
            refreshing: PerSignIn::default(),
            writing: tokio::sync::Mutex::default(),
            lanes: Mutex::default(),
            turns: Mutex::default(),
            senders: Semaphore::new(SENDERS),
            merges_only: AtomicBool::new(false),
            told: Mutex::default(),
            loss_shown: AtomicBool::new(false),
            resting: watch::Sender::new(false),
        });
        preferences.await_arrivals();
        let counted = Arc::downgrade(&preferences);
        preferences.session.on_leaving(move || counted.upgrade().map_or(0, |preferences| preferences.waiting()));
        preferences
    }

    /// Takes up what waits whenever its person signs in or unlocks the app.
    fn await_arrivals(self: &Arc<Self>) {
        let (this, engine) = (Arc::downgrade(self), self.engine.clone());
        self.session.on_arrival(move || {
            if let (Some(this), Ok(workers)) = (this.upgrade(), engine.workers.handle()) {
                crate::workers::spawn(&workers, this.tidy_up());
            }
        });
    }

    /// Takes up what an earlier run of the app left unsent, and what another process of it wrote meanwhile.
    pub(crate) async fn tidy_up(self: Arc<Self>) {
        if !self.is_offered() {
            return;
        }
        Tombstones::flush(&self.engine);
        let Ok(subject) = self.present() else { return };
        let mut lost = Vec::new();
        {
            let _turn = self.writing.lock().await;
            if let Ok(rows) = self.engine.store.outbox(subject.id.clone()).await
                && self.session.is_still(&subject)
            {
                lost = self.memory().found(&subject, &rows);
            }
        }
        for key in lost {
            let _ = self.apply(&subject, key, None, Event::Lost).await;
        }
        self.wake_all();
        self.tell_push(&subject).await;
    }

    /// Before the app sleeps: nothing waits for its time any more.
    pub(crate) fn rest(&self) {
        if self.loss_shown.swap(false, Ordering::SeqCst) {
            self.memory().lost = false;
            self.engine.store.loss_was_told();
        }
        self.resting.send_replace(true);
    }

    /// The app woke up.
    pub(crate) fn wake_up(&self) {
        self.resting.send_replace(false);
    }

    async fn wish(self: Arc<Self>, preference_id: String, change: Change) -> Result<(), Problem> {
        let this = self.clone();
        let work = async move {
            let subject = this.present()?;
            let present = this.memory().toggles.get(&preference_id).cloned();
            let present = present.ok_or_else(|| Problem::unexpected("no_such_preference"))?;
            if present.preference.fixed().is_some() {
                return Err(Problem::NotPermitted);
            }
            let wish = Wish { operation: this.operation()?, change, at_ms: this.engine.now_ms() };
            this.apply(&subject, preference_id.clone(), None, Event::Wished(wish)).await?;
            this.wake(&preference_id, true);
            this.redraw_once_worth_saying();
            Ok(())
        };
        self.engine.workers.run_to_end(work).await
    }

    /// Draws once more when a wish that is still being sent is worth a word.
    fn redraw_once_worth_saying(self: &Arc<Self>) {
        let this = self.clone();
        if let Ok(workers) = self.engine.workers.handle() {
            crate::workers::spawn(&workers, async move {
                if this.pause_unless_resting(WORTH_SAYING).await {
                    this.redraw();
                }
            });
        }
    }

    /// How many switches wait for the operator's word. 0 where the app lock keeps them from being counted.
    fn waiting(&self) -> u32 {
        let subject = self.session.subject();
        let mut memory = self.memory();
        memory.belong_to(subject.as_ref());
        u32::try_from(memory.pending().len()).unwrap_or(u32::MAX)
    }

    fn takes_addresses(&self) -> bool {
        self.engine.profile.apis.preferences.as_ref().is_some_and(|api| api.push_registration)
    }

    fn is_offered(&self) -> bool {
        self.engine.profile.offers(Capability::Notifications)
    }

    /// A name that comes only once.
    fn operation(&self) -> Result<String, Problem> {
        let mut bytes = [0; 16];
        self.engine.entropy.fill(&mut bytes)?;
        Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The person signed in, with memory theirs.
    fn present(&self) -> Result<Subject, Problem> {
        let subject = self.session.subject();
        self.memory().belong_to(subject.as_ref());
        subject.ok_or_else(|| self.session.nobody())
    }

    /// Names a switch to phones and rows: keyed, since some operators' ids are numbers.
    fn key(&self, subject: &Subject, line_id: &str, preference_id: &str) -> String {
        subject.key.name([line_id, preference_id].join("\0").as_bytes())
    }

    fn port<'a>(&'a self, api: &'a PreferencesApi, line: &'a Line, subject: &'a Subject) -> Port<'a> {
        let first = self.memory().lines.iter().flat_map(|kept| &kept.model.0).next().is_none_or(|first| first == line);
        let (engine, session, merges_only) = (&self.engine, &self.session, &self.merges_only);
        Port { engine, session, api, line, sub: &subject.sub, first, merges_only }
    }

    fn redraw(&self) {
        self.engine.mark(Topic::Preferences);
    }

    /// The refresh of the present sign-in.
    fn flight(&self) -> Arc<SingleFlight<Result<(), Problem>>> {
        self.refreshing.of(self.session.epoch())
    }

    fn turn_of(&self, key: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.entry(key.to_owned()).or_default().clone()
    }

    fn lanes(&self) -> MutexGuard<'_, BTreeMap<String, bool>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_resting(&self) -> bool {
        *self.resting.borrow()
    }

    /// False when the app was put to sleep instead.
    async fn pause_unless_resting(&self, time: Duration) -> bool {
        let mut resting = self.resting.subscribe();
        let rest = async {
            // The sender lives in `self`, so waiting cannot fail.
            let _ = resting.wait_for(|resting| *resting).await;
        };
        tokio::select! {
            () = pause(time) => true,
            () = rest => false,
        }
    }
}
