//! Consumption: what the operator counted, kept and dated, so that a person in a lift without signal still reads it.
//! The screen reads memory, the network feeds memory and store, the store feeds memory at the next start.

pub mod background;
mod counted;
mod drawn;
pub mod forecast;
pub mod freshness;
pub mod history;
mod memory;
mod merge;
pub mod model;
pub mod plan;
mod query;
mod refresh;

pub mod state;
pub mod tmf;
#[cfg(test)]
mod trials;
pub mod view;
pub mod widget;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;

pub use self::counted::Counted;
use self::drawn::DrawnFrom;
use self::memory::Memory;
use self::model::LineUsage;
use self::state::{LineState, Now};
pub use self::view::BadgeKind;
use self::view::history::{DayBar, HistoryView};
use self::view::{Presentation, UsageView};
use crate::cancel::{CancelToken, unless_cancelled};
use crate::changes::Topic;
use crate::engine::Engine;
use crate::kept_view::KeptView;
use crate::operator::profile::Capability;
use crate::operator::single_flight::{PerSignIn, SingleFlight};
use crate::problem::Problem;
use crate::session::Session;
use crate::store::{Row, Snapshot};

impl Snapshot for LineUsage {
    const KIND: &'static str = "usage";
    const REVISION: u8 = 2;
}

/// This cycle's consumption of the person's lines.
#[derive(uniffi::Object)]
pub struct Usage {
    engine: Arc<Engine>,
    session: Arc<Session>,
    memory: Mutex<Memory>,
    refreshing: PerSignIn<Result<(), Problem>>,
    drawn: KeptView<DrawnFrom, UsageView>,
}

impl std::fmt::Debug for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Usage")
    }
}

#[uniffi::export]
impl Usage {
    /// The usage screen at this moment, from memory. Call it again after every change and whenever the app comes to the
    /// front: texts such as "counted until 14:03" and the days left move with the clock.
    pub fn state(&self) -> UsageView {
        // Before the state: a change in between is then drawn once more, never missed.
        let revision = self.engine.changes.revision(Topic::Usage);
        // Read once: it is the phone's, and asking it is dearer than drawing.
        let now = self.now();
        let background_at_ms = self.background_at_ms(now.at.as_millisecond());
        if self.session.is_locked() {
            self.drawn.forget();
            return UsageView { background_at_ms, ..view::locked(revision) };
        }
        let (subject, ended) = (self.session.subject(), self.session.ended());
        let refreshing = self.flight().is_running();
        let state = {
            let mut memory = self.memory();
            memory.belong_to(subject.as_ref());
            memory.state(refreshing, ended)
        };
        let from = DrawnFrom::new(state, &now, &self.engine.zone);
        let view = self.drawn.of(from, |from| view::usage_view(&from.state, &now, &self.presentation(), revision));
        UsageView { revision, background_at_ms, ..view }
    }

    /// Month by month and day by day, from memory, with bars ready to draw. Nothing where the operator tells no days of the
    /// line, and of a locked app.
    pub fn history(&self, line_id: String) -> Option<HistoryView> {
        let revision = self.engine.changes.revision(Topic::Usage);
        let lines = self.lines_shown();
        let at = lines.iter().position(|line| line.line.id == line_id)?;
        let line = lines.get(at).filter(|line| !line.days.buckets.is_empty())?;
        let number = u64::try_from(at).ok()?.checked_add(1)?;
        Some(view::history::view(line, number, lines.len(), &self.now(), &self.presentation(), revision))
    }

    /// The days of one month ("2026-11") of one bucket, oldest first, today left out; empty where nothing is known of it.
    pub fn history_days(&self, line_id: String, bucket_id: String, month: String) -> Vec<DayBar> {
        let lines = self.lines_shown();
        let line = lines.iter().find(|line| line.line.id == line_id);
        line.map(|line| view::history::month_days(&line.days, &bucket_id, &month, &self.now(), &self.presentation()))
            .unwrap_or_default()
    }

    /// Asks the operator. Callers at the same time share one request. Whatever fails, the last good values stay, dated.
    /// Can take three quarters of a minute on a bad network: give it a token to end it early.
    ///
    /// Fails with any problem but `SignIn` and `Configuration`; `NotPermitted` when none of the lines is entitled.
    pub async fn refresh(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<(), Problem> {
        if !self.engine.profile.offers(Capability::Usage) {
            return Ok(());
        }
        let this = self.clone();
        let work = async move {
            // The run is over only after its own last signal: whoever drew at that may still have seen it running.
            let _redraw = this.engine.mark_at_the_end(Topic::Usage);
            unless_cancelled(cancel, this.flight().join(|| this.clone().run().boxed())).await
        };
        self.engine.workers.run(work).await
    }

    /// [`Usage::refresh`], only when the figures are no longer good (after a minute, or as long as the operator says: 30
    /// seconds to 15 minutes), or the last refresh failed. Call it whenever the app comes to the front or the network returns.
    pub async fn refresh_if_due(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<(), Problem> {
        let (now, subject) = (self.engine.now().at, self.session.subject());
        let due = {
            let mut memory = self.memory();
            memory.belong_to(subject.as_ref());
            memory.is_due(now)
        };
        if due { self.refresh(cancel).await } else { Ok(()) }
    }
}

impl Usage {
    /// Starts from what is kept of the person signed in.
    pub(crate) fn new(engine: Arc<Engine>, session: Arc<Session>, kept: Vec<Row>) -> Arc<Usage> {
        let memory = Memory::of(session.subject().as_ref(), kept);
        Arc::new(Usage {
            engine,
            session,
            memory: Mutex::new(memory),
            refreshing: PerSignIn::default(),
            drawn: KeptView::default(),
        })
    }

    /// Every counter of the person signed in, at this moment, whether or not the app is locked.
    pub(crate) fn counted(&self) -> Vec<Counted> {
        counted::counted(&self.lines_kept(), &self.now(), &self.presentation())
    }

    /// The lines of the person whose figures may be shown now.
    fn lines_shown(&self) -> Vec<LineState> {
        if self.session.is_locked() { Vec::new() } else { self.lines_kept() }
    }

    fn lines_kept(&self) -> Vec<LineState> {
        let subject = self.session.subject();
        let mut memory = self.memory();
        memory.belong_to(subject.as_ref());
        memory.state(false, None).lines
    }

    fn now(&self) -> Now {
        let best = self.engine.now();
        Now {
            at: best.at,
            today: best.at.to_zoned_datetime(self.engine.zone.clone()).date(),
            clock_off_minutes: best.wall_off_minutes,
        }
    }

    fn presentation(&self) -> Presentation<'_> {
        Presentation {
            language: self.engine.language,
            operator: &self.engine.profile.name,
            zone: &self.engine.zone,
            thresholds_percent: &self.engine.profile.alerts.thresholds_percent,
            data_base: self.engine.profile.units.data_base,
        }
    }

    /// The refresh of the present sign-in.
    fn flight(&self) -> Arc<SingleFlight<Result<(), Problem>>> {
        self.refreshing.of(self.session.epoch())
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
