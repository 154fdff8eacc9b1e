//! Asking in the background, where a phone gives seconds: one small conditional request, for the person's lines in
//! turn, written down as soon as it is answered. What else a refresh asks for waits until somebody looks.

use std::sync::Arc;
use std::time::Duration;

use super::Usage;
use crate::changes::Topic;
use crate::host::within;
use crate::operator::profile::Capability;
use crate::operator::schedule;
use crate::operator::time::is_older;
use crate::problem::Problem;
use crate::session::Line;

/// What a run in the background came to.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BackgroundRun {
    /// The operator was asked. Not, when the figures are young, or when it asked to be left alone.
    pub asked: bool,
    /// It answered.
    pub answered: bool,
    /// When to run again, in milliseconds since 1970 UTC: a moment of this installation's own.
    pub next_ms: i64,
}

#[uniffi::export]
impl Usage {
    /// Asks once, within `budget_ms` (a phone that gives 30 s is best told 25). Never fails: what did not work out is tried
    /// again at `next_ms`, and is no news to anybody. Redraw what is shown and post what `alerts().due_alerts()` says
    /// afterwards.
    pub async fn refresh_in_background(self: Arc<Self>, budget_ms: u32) -> BackgroundRun {
        let this = self.clone();
        let work = async move { Ok(this.run_in_background(budget_ms).await) };
        let now_ms = self.engine.now_ms();
        let next_ms = self.background_at_ms(now_ms).unwrap_or_else(|| schedule::next_ms(0, now_ms));
        let nothing = BackgroundRun { asked: false, answered: false, next_ms };
        self.engine.workers.run_to_end(work).await.unwrap_or(nothing)
    }
}

impl Usage {
    /// See [`super::UsageView::background_at_ms`].
    pub(super) fn background_at_ms(&self, now_ms: i64) -> Option<i64> {
        Some(schedule::next_ms(self.session.place()?, now_ms))
    }

    async fn run_in_background(self: &Arc<Self>, budget_ms: u32) -> BackgroundRun {
        let now_ms = self.engine.now_ms();
        let place = self.session.place().unwrap_or_default();
        let next_ms = schedule::next_ms(place, now_ms);
        let subject = self.session.subject();
        let line = self.whose_turn(now_ms);
        let (Some(subject), Some(line)) = (subject, line) else {
            return BackgroundRun { asked: false, answered: false, next_ms };
        };
        let budget = Duration::from_millis(budget_ms.into());
        let outcome = within(budget, self.refresh_usage(&subject, &line, true)).await.unwrap_or(Err(Problem::Offline));
        self.engine.mark(Topic::Usage);
        self.write_widget().await;
        match outcome {
            Ok(()) => BackgroundRun { asked: true, answered: true, next_ms },
            Err(problem) => {
                let wait_s = match problem {
                    Problem::ServiceUnavailable { retry_after_seconds } => retry_after_seconds,
                    _ => None,
                };
                let next_ms = schedule::after_failure_ms(place, now_ms, wait_s);
                BackgroundRun { asked: true, answered: false, next_ms }
            }
        }
    }

    /// One of the lines whose figures are not young: each in its turn, so that one that is refused, or never answered,
    /// costs the others nothing.
    fn whose_turn(&self, now_ms: i64) -> Option<Line> {
        if !self.engine.profile.offers(Capability::Usage) {
            return None;
        }
        let subject = self.session.subject();
        let mut memory = self.memory();
        memory.belong_to(subject.as_ref());
        let lines = memory.lines.as_ref().map(|lines| lines.model.0.clone()).unwrap_or_default();
        let checked = |line: &Line| memory.usage.get(&line.id).map_or(i64::MIN, |kept| kept.checked_ms);
        let due = lines.into_iter().filter(|line| !memory.refused.contains_key(&line.id));
        let due: Vec<Line> = due.filter(|line| is_older(checked(line), schedule::YOUNG_MS, now_ms)).collect();
        let slot = usize::try_from(now_ms.div_euclid(schedule::SLOT_MS)).ok()?;
        due.get(slot.checked_rem(due.len())?).cloned()
    }
}
