//! Everything known of one person's usage, in memory: loaded when the core opens, fed by refreshes, read by the screen.
//! It belongs to one person until their data is deleted; then it starts empty, so that nothing crosses to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::freshness::refresh_due;
use super::history::History;
use super::model::LineUsage;
use super::plan::Plan;
use super::state::{self, Failure, LineState, UsageState};
use crate::operator::time::{is_older, timestamp};
use crate::problem::{Problem, SessionEnd};
use crate::session::{LINES_FRESH_MS, Line, Lines, Subject};
use crate::store::{Dated, Row, Snapshot};

/// How long a plan, or the operator's refusal of a line, is believed without asking.
pub(super) const ANSWER_FRESH_MS: i64 = 60 * 60 * 1000;

/// How long what was asked for in vain is not asked for again.
const UNTOLD_MS: i64 = 5 * 60 * 1000;
/// How long the days are believed without asking; the present one is in the usage itself.
pub(super) const DAYS_FRESH_MS: i64 = 6 * 60 * 60 * 1000;

/// Everything known of one person's usage.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Whose it is, and since which deletion.
    owner: Option<(String, u64)>,
    pub lines: Option<Dated<Lines>>,
    pub usage: BTreeMap<String, Dated<LineUsage>>,
    pub plans: BTreeMap<String, Dated<Plan>>,
    /// Day by day, shared with every view that is drawn of it.
    pub days: BTreeMap<String, Dated<Arc<History>>>,
    /// When a line's days were last asked for.
    pub days_asked: AskedFor,
    /// When a line's plan was last asked for.
    pub plan_asked: AskedFor,
    /// Lines for which the operator refuses usage.
    pub refused: BTreeMap<String, Dated<Refusal>>,
    /// How long the operator's last answer is good for, where it says so.
    pub max_age_seconds: Option<u64>,
    pub failure: Option<Failure>,
    /// What is kept of a person whose key is under the app lock, still sealed.
    sealed: Vec<Row>,
}

/// The operator's refusal to show a line's usage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Refusal {
    /// Not once the line's usage was shown again.
    pub stands: bool,
}

impl Snapshot for Refusal {
    const KIND: &'static str = "refusal";
    const REVISION: u8 = 1;
}

/// When something was last asked for, line by line, and whether it was told.
#[derive(Debug, Default)]
pub(super) struct AskedFor(BTreeMap<String, (i64, bool)>);

impl AskedFor {
    /// Whether it is time to ask: what was told is good for `fresh_ms`, a failure for a few minutes.
    pub fn is_due(&self, line: &Line, fresh_ms: i64, now_ms: i64) -> bool {
        self.0
            .get(&line.id)
            .is_none_or(|(at_ms, told)| is_older(*at_ms, if *told { fresh_ms } else { UNTOLD_MS }, now_ms))
    }

    pub fn record(&mut self, line: &Line, told: bool, now_ms: i64) {
        self.0.insert(line.id.clone(), (now_ms, told));
    }

    pub fn forget(&mut self, line: &Line) {
        self.0.remove(&line.id);
    }
}

impl Memory {
    /// What is kept of the person signed in; without a key it waits, sealed.
    pub fn of(subject: Option<&Subject>, rows: Vec<Row>) -> Memory {
        match subject {
            Some(subject) => Memory::load(subject, &rows),
            None => Memory { sealed: rows, ..Memory::default() },
        }
    }

    fn load(subject: &Subject, rows: &[Row]) -> Memory {
        let mut memory = Memory { owner: Some(owner(subject)), ..Memory::default() };
        memory.lines = rows.iter().find_map(|row| row.open(&subject.key));
        let lines = memory.lines.iter().flat_map(|kept| &kept.model.0);
        for line in lines.cloned().collect::<Vec<_>>() {
            let (key, id) = (row_key(subject, &line.id), line.id.clone());
            for row in rows.iter().filter(|row| row.key == key) {
                if let Some(usage) = row.open(&subject.key) {
                    memory.usage.insert(id.clone(), usage);
                } else if let Some(plan) = row.open::<Plan>(&subject.key) {
                    memory.plan_asked.record(&line, true, plan.checked_ms);
                    memory.plans.insert(id.clone(), plan);
                } else if let Some(days) = row.open::<History>(&subject.key) {
                    memory.days_asked.record(&line, true, days.checked_ms);
                    memory.days.insert(id.clone(), days.map(Arc::new));
                } else if let Some(refusal) = row.open::<Refusal>(&subject.key).filter(|kept| kept.model.stands) {
                    memory.refused.insert(id.clone(), refusal);
                }
            }
        }
        memory
    }

    /// Empties a memory that is of somebody else, or of data that was deleted.
    pub fn belong_to(&mut self, subject: Option<&Subject>) {
        let owner = subject.map(owner);
        if self.owner == owner {
            return;
        }
        *self = match subject {
            // What waited for its key; somebody else's does not open.
            Some(subject) => Memory::load(subject, &std::mem::take(&mut self.sealed)),
            None => Memory::default(),
        };
    }

    /// The line's days came in.
    pub fn keep_days(&mut self, line: &Line, days: Dated<History>) {
        self.days.insert(line.id.clone(), days.map(Arc::new));
    }

    /// The operator says that what is kept of the line is still so.
    pub fn checked(&mut self, line: &Line, now_ms: i64) {
        if let Some(kept) = self.usage.get_mut(&line.id) {
            kept.checked_ms = now_ms;
        }
    }

    /// Whether the screen should ask the operator again.
    pub fn is_due(&self, now: Timestamp) -> bool {
        if self.failure.as_ref().is_some_and(|failure| failure.problem.may_pass()) {
            return true;
        }
        let now_ms = now.as_millisecond();
        let Some(lines) = self.lines.as_ref().filter(|lines| !is_older(lines.checked_ms, LINES_FRESH_MS, now_ms))
        else {
            return true;
        };
        lines.model.0.iter().any(|line| match self.refused.get(&line.id) {
            Some(refusal) => is_older(refusal.checked_ms, ANSWER_FRESH_MS, now_ms),
            None => {
                let checked_at = self.usage.get(&line.id).map(|kept| timestamp(kept.checked_ms));
                refresh_due(checked_at, self.max_age_seconds, now)
            }
        })
    }

    /// What the view is made of.
    pub fn state(&self, refreshing: bool, ended: Option<SessionEnd>) -> UsageState {
        if self.owner.is_none() {
            return UsageState::default();
        }
        let lines = self.lines.iter().flat_map(|kept| &kept.model.0).map(|line| LineState {
            line: line.clone(),
            plan: self.plans.get(&line.id).map(|kept| kept.model.clone()),
            days: self.days.get(&line.id).map(|kept| kept.model.clone()).unwrap_or_default(),
            kept: self.usage.get(&line.id).map(|kept| state::Kept {
                usage: kept.model.clone(),
                checked_at: timestamp(kept.checked_ms),
                received_at: timestamp(kept.received_ms),
            }),
            not_entitled: self.refused.contains_key(&line.id),
        });
        let failure = match ended.map(|reason| Problem::SessionEnded { reason }) {
            Some(problem) => {
                let (since, at) = self.failure.as_ref().map_or((Timestamp::MIN, Timestamp::MIN), |f| (f.since, f.at));
                Some(Failure { problem, since, at })
            }
            // Whoever signed in again since has no such trouble any more.
            None => self.failure.clone().filter(|failure| !matches!(failure.problem, Problem::SessionEnded { .. })),
        };
        UsageState { signed_in: true, lines: lines.collect(), refreshing, failure }
    }
}

/// The store's key of what belongs to a line: keyed, since some operators' ids are numbers, and numbers can be tried out.
pub(super) fn row_key(subject: &Subject, line_id: &str) -> String {
    subject.key.name(line_id.as_bytes())
}

fn owner(subject: &Subject) -> (String, u64) {
    (subject.id.clone(), subject.data_epoch)
}
