//! Consumption: what the operator counted, kept and dated, so that a person in a lift without signal still reads it.
//! The screen reads memory, the network feeds memory and store, the store feeds memory at the next start.

pub mod freshness;
pub mod model;
mod plan;
mod query;
pub mod state;
pub mod tmf;
pub mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;

use self::model::LineUsage;
use self::plan::Plan;
use self::query::{Asked, News};
use self::state::{Failure, LineState, Now, UsageState};
use self::view::{Presentation, UsageView};
use crate::changes::Topic;
use crate::companion::CancelToken;
use crate::engine::Engine;
use crate::operator::profile::Capability;
use crate::operator::single_flight::SingleFlight;
use crate::operator::time::timestamp;
use crate::problem::{Problem, SessionEnd};
use crate::session::{Line, Lines, Session, Subject};
use crate::store::{Dated, Row, Snapshot, pseudonym};

/// How long the list of lines is believed without asking.
const LINES_FRESH_MS: i64 = 24 * 60 * 60 * 1000;
/// How long a plan is believed without asking.
const PLAN_FRESH_MS: i64 = 60 * 60 * 1000;

impl Snapshot for LineUsage {
    const KIND: &'static str = "usage";
    const REVISION: u8 = 1;
}

/// This cycle's consumption of the person's lines.
#[derive(uniffi::Object)]
pub struct Usage {
    engine: Arc<Engine>,
    session: Arc<Session>,
    memory: Mutex<Memory>,
    refreshing: SingleFlight<Result<(), Problem>>,
}

/// Everything known, of one subject.
#[derive(Debug, Default)]
struct Memory {
    subject: String,
    lines: Option<Dated<Lines>>,
    usage: BTreeMap<String, Dated<LineUsage>>,
    plans: BTreeMap<String, Dated<Plan>>,
    /// Lines for which the operator refuses usage.
    not_entitled: BTreeSet<String>,
    /// How long the operator's last answer is good for, where it says so.
    max_age_seconds: Option<u64>,
    failure: Option<Failure>,
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
        let subject = self.session.subject();
        let best = self.engine.now();
        let now = Now {
            at: best.at,
            today: best.at.to_zoned_datetime(self.engine.zone.clone()).date(),
            clock_off_minutes: best.wall_off_minutes,
        };
        let state = self.memory().state(subject.as_ref(), self.refreshing.is_running(), self.session.ended());
        let presentation = Presentation {
            language: self.engine.language,
            operator: &self.engine.profile.name,
            zone: &self.engine.zone,
            thresholds_percent: &self.engine.profile.alerts.thresholds_percent,
            data_base: self.engine.profile.units.data_base,
        };
        view::usage_view(&state, &now, &presentation, self.engine.changes.revision(Topic::Usage))
    }

    /// Asks the operator. Callers at the same time share one request. Whatever fails, the last good values stay, dated.
    /// Can take half a minute on a bad network: give it a token to end it early.
    ///
    /// Fails with any problem but `SignIn` and `Configuration`; `NotPermitted` when none of the lines is entitled.
    pub async fn refresh(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<(), Problem> {
        let this = self.clone();
        let work = async move {
            let run = this.refreshing.join(|| {
                let this = this.clone();
                async move { this.run().await }.boxed()
            });
            match cancel {
                None => run.await,
                Some(token) => tokio::select! {
                    outcome = run => outcome,
                    () = token.cancelled() => Err(Problem::cancelled()),
                },
            }
        };
        self.engine.workers.run(work).await
    }

    /// [`Usage::refresh`], only when the figures are no longer good: after a minute, or as long as the operator says (30
    /// seconds to 15 minutes). Call it whenever the app comes to the front or the network returns.
    pub async fn refresh_if_due(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<(), Problem> {
        if self.is_due() { self.refresh(cancel).await } else { Ok(()) }
    }
}

impl Usage {
    fn is_due(&self) -> bool {
        let now = self.engine.now().at;
        let memory = self.memory();
        let Some(lines) = &memory.lines else { return true };
        let mut entitled = lines.model.0.iter().filter(|line| !memory.not_entitled.contains(&line.id));
        entitled.any(|line| {
            let checked_at = memory.usage.get(&line.id).map(|kept| timestamp(kept.checked_ms));
            freshness::refresh_due(checked_at, memory.max_age_seconds, now)
        })
    }

    /// Starts from what is kept of the person signed in.
    pub(crate) fn new(engine: Arc<Engine>, session: Arc<Session>, kept: &[Row]) -> Arc<Usage> {
        let memory = session.subject().map_or_else(Memory::default, |subject| Memory::load(&subject, kept));
        Arc::new(Usage { engine, session, memory: Mutex::new(memory), refreshing: SingleFlight::new() })
    }

    async fn run(self: Arc<Self>) -> Result<(), Problem> {
        let _redraw = Redraw(self.engine.clone());
        self.engine.mark(Topic::Usage);
        let outcome = self.refresh_lines().await;
        let at = self.engine.now().at;
        let mut memory = self.memory();
        memory.failure = match &outcome {
            Ok(()) => None,
            Err(problem) => {
                let since = memory.failure.take().map_or(at, |failure| failure.since);
                Some(Failure { problem: problem.clone(), since, at })
            }
        };
        outcome
    }

    async fn refresh_lines(&self) -> Result<(), Problem> {
        // A renewal may end the session; a missing key has ended it already.
        self.session.access().await?;
        let subject = self.session.subject().ok_or(Problem::SessionEnded { reason: SessionEnd::KeyLost })?;
        self.memory().belong_to(&subject);
        let mut first_problem = None;
        let mut entitled = false;
        for line in self.lines(&subject).await?.0 {
            let outcome = match self.refresh_line(&subject, &line).await {
                Err(Problem::NotPermitted) => {
                    self.memory().not_entitled.insert(line.id.clone());
                    continue;
                }
                outcome => outcome,
            };
            entitled = true;
            match outcome {
                Ok(()) => {
                    self.memory().not_entitled.remove(&line.id);
                }
                Err(problem @ (Problem::SessionEnded { .. } | Problem::Offline | Problem::BlockedNetwork)) => {
                    return Err(problem);
                }
                // One line's trouble never hides the others.
                Err(problem) => first_problem = first_problem.or(Some(problem)),
            }
        }
        match first_problem {
            Some(problem) => Err(problem),
            None if entitled => Ok(()),
            None => Err(Problem::NotPermitted),
        }
    }

    async fn lines(&self, subject: &Subject) -> Result<Lines, Problem> {
        let kept = self.memory().lines.clone();
        if let Some(kept) = &kept
            && self.engine.now_ms().saturating_sub(kept.checked_ms) < LINES_FRESH_MS
        {
            return Ok(kept.model.clone());
        }
        match (self.session.lines().await, kept) {
            (Ok(lines), _) => {
                let kept = self.received(lines.clone(), None, None);
                self.memory().lines = Some(kept.clone());
                self.keep(subject, "", kept).await?;
                Ok(lines)
            }
            (Err(problem @ Problem::SessionEnded { .. }), _) | (Err(problem), None) => Err(problem),
            // Yesterday's list of lines will do.
            (Err(_), Some(kept)) => Ok(kept.model),
        }
    }

    async fn refresh_line(&self, subject: &Subject, line: &Line) -> Result<(), Problem> {
        let number = line.msisdn.as_deref().unwrap_or(&line.id);
        let kept = self.memory().usage.get(&line.id).cloned();
        let etag = kept.as_ref().and_then(|kept| kept.etag.as_deref());
        let asked = query::ask(&self.engine, &self.session, subject, number, etag).await;
        let Asked { news, max_age_seconds } = asked.map_err(not_for_this_line)?;
        self.memory().max_age_seconds = max_age_seconds.map(u64::from);
        match news {
            News::Unchanged => self.checked(subject, line).await?,
            News::Answered { decoded, etag } => {
                let answered = decoded.lines.into_iter().max_by_key(|usage| usage.counted_at.map(|counted| counted.at));
                let empty = LineUsage { line: None, counted_at: None, buckets: Vec::new(), out_of_bundle: Vec::new() };
                self.answered(subject, line, kept, answered.unwrap_or(empty), etag).await?;
            }
        }
        self.engine.mark(Topic::Usage);
        self.refresh_plan(subject, line).await
    }

    /// Takes a new answer in, unless what is kept is worth more.
    async fn answered(
        &self,
        subject: &Subject,
        line: &Line,
        kept: Option<Dated<LineUsage>>,
        usage: LineUsage,
        etag: Option<String>,
    ) -> Result<(), Problem> {
        if let Some(kept) = &kept {
            let today = self.engine.now().at.to_zoned_datetime(self.engine.zone.clone()).date();
            let current = kept.model.cycle().is_none_or(|cycle| !cycle.ended_by(today));
            if usage.is_empty() && !kept.model.is_empty() {
                // After the turn of the cycle nothing is counted yet, and the old values say so under their own dates;
                // within a cycle, nothing after something is no news but a fault.
                self.checked(subject, line).await?;
                let emptied = Problem::NotUnderstood { code: "emptied".to_owned() };
                return if current { Err(emptied) } else { Ok(()) };
            }
            if !freshness::supersedes(&usage, &kept.model) {
                return self.checked(subject, line).await;
            }
        }
        let counted_ms = usage.counted_at.map(|counted| counted.at.as_millisecond());
        let kept = self.received(usage, etag, counted_ms);
        self.memory().usage.insert(line.id.clone(), kept.clone());
        self.keep(subject, &line.id, kept).await
    }

    async fn checked(&self, subject: &Subject, line: &Line) -> Result<(), Problem> {
        let now_ms = self.engine.now_ms();
        if let Some(kept) = self.memory().usage.get_mut(&line.id) {
            kept.checked_ms = now_ms;
        }
        let key = pseudonym(line.id.as_bytes());
        self.engine.store.checked(subject.id.clone(), LineUsage::KIND, key, now_ms, self.engine.time.anchor()).await
    }

    /// The plan's name is a comfort: without it usage is still usage.
    async fn refresh_plan(&self, subject: &Subject, line: &Line) -> Result<(), Problem> {
        let Some(api) =
            self.engine.profile.apis.product.as_ref().filter(|_| self.engine.profile.offers(Capability::Plan))
        else {
            return Ok(());
        };
        let kept = self.memory().plans.get(&line.id).cloned();
        if kept.is_some_and(|kept| self.engine.now_ms().saturating_sub(kept.checked_ms) < PLAN_FRESH_MS) {
            return Ok(());
        }
        let sole = self.memory().lines.as_ref().is_some_and(|kept| kept.model.0.len() == 1);
        match plan::ask(&self.session, api, &subject.sub, line, sole).await {
            Ok(Some(plan)) => {
                let kept = self.received(plan, None, None);
                self.memory().plans.insert(line.id.clone(), kept.clone());
                self.keep(subject, &line.id, kept).await
            }
            Err(problem @ Problem::SessionEnded { .. }) => Err(problem),
            Ok(None) | Err(_) => Ok(()),
        }
    }

    fn received<T>(&self, model: T, etag: Option<String>, counted_ms: Option<i64>) -> Dated<T> {
        let now_ms = self.engine.now_ms();
        Dated { model, etag, counted_ms, checked_ms: now_ms, received_ms: now_ms }
    }

    async fn keep<T: Snapshot>(&self, subject: &Subject, of: &str, kept: Dated<T>) -> Result<(), Problem> {
        let row = kept.seal(&subject.id, &pseudonym(of.as_bytes()), &subject.key, &*self.engine.host.entropy)?;
        self.engine.store.put(row, self.engine.time.anchor()).await
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    fn load(subject: &Subject, rows: &[Row]) -> Memory {
        let mut memory = Memory { subject: subject.id.clone(), ..Memory::default() };
        memory.lines = rows.iter().find_map(|row| row.open(&subject.key));
        let lines = memory.lines.iter().flat_map(|kept| &kept.model.0);
        for (line, key) in lines.map(|line| (line.id.clone(), pseudonym(line.id.as_bytes()))).collect::<Vec<_>>() {
            for row in rows.iter().filter(|row| row.key == key) {
                if let Some(usage) = row.open(&subject.key) {
                    memory.usage.insert(line.clone(), usage);
                } else if let Some(plan) = row.open(&subject.key) {
                    memory.plans.insert(line.clone(), plan);
                }
            }
        }
        memory
    }

    /// Another person's memory is emptied before this one's is filled.
    fn belong_to(&mut self, subject: &Subject) {
        if self.subject != subject.id {
            *self = Memory { subject: subject.id.clone(), ..Memory::default() };
        }
    }

    fn state(&self, subject: Option<&Subject>, refreshing: bool, ended: Option<SessionEnd>) -> UsageState {
        let Some(subject) = subject else { return UsageState::default() };
        if self.subject != subject.id {
            return UsageState { signed_in: true, refreshing, ..UsageState::default() };
        }
        let lines = self.lines.iter().flat_map(|kept| &kept.model.0).map(|line| LineState {
            line: line.clone(),
            plan: self.plans.get(&line.id).map(|kept| kept.model.name.clone()),
            kept: self.usage.get(&line.id).map(|kept| state::Kept {
                usage: kept.model.clone(),
                checked_at: timestamp(kept.checked_ms),
                received_at: timestamp(kept.received_ms),
            }),
            not_entitled: self.not_entitled.contains(&line.id),
        });
        let ended = ended.map(|reason| Problem::SessionEnded { reason });
        let failure = match (ended, &self.failure) {
            (Some(problem), failure) => {
                let (since, at) = failure
                    .as_ref()
                    .map_or((jiff::Timestamp::MIN, jiff::Timestamp::MIN), |failure| (failure.since, failure.at));
                Some(Failure { problem, since, at })
            }
            (None, failure) => failure.clone(),
        };
        UsageState { signed_in: true, lines: lines.collect(), refreshing, failure }
    }
}

/// Redraws the screen when a refresh ends, also when its callers went away.
struct Redraw(Arc<Engine>);

impl Drop for Redraw {
    fn drop(&mut self) {
        self.0.mark(Topic::Usage);
    }
}

/// A line the operator does not know or does not show is one the person is not entitled to.
fn not_for_this_line(problem: Problem) -> Problem {
    match problem {
        Problem::Unexpected { code } if code == "http_404" => Problem::NotPermitted,
        other => other,
    }
}
