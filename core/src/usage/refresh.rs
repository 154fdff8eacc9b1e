//! One refresh: lines, usage of each line, its plan. Whatever fails, what is kept stays; one line's trouble never hides
//! the others; and what was asked for one person is never kept for another.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;

use super::Usage;
use super::history::History;
use super::memory::{ANSWER_FRESH_MS, DAYS_FRESH_MS, LINES_FRESH_MS, is_older, row_key};
use super::merge::{Merged, merge};
use super::model::LineUsage;
use super::plan::{self, Plan};
use super::query::{self, Asked, News, Wanted};
use super::state::Failure;
use super::tmf::Decoded;
use crate::changes::Topic;
use crate::engine::Engine;
use crate::host::within;
use crate::operator::profile::Capability;
use crate::problem::Problem;
use crate::session::{Line, Lines, Subject};
use crate::store::{Dated, Snapshot};

/// The longest a refresh takes; the last good values must do after that.
const PATIENCE: Duration = Duration::from_secs(45);

impl Usage {
    /// Runs a refresh for the person signed in when it starts.
    pub(super) async fn run(self: Arc<Self>) -> Result<(), Problem> {
        let _redraw = Redraw(self.engine.clone());
        let subject = self.session.subject();
        self.memory().belong_to(subject.as_ref());
        self.engine.mark(Topic::Usage);
        let Some(subject) = subject else {
            return Err(self.session.nobody());
        };
        let outcome = within(PATIENCE, self.refresh_lines(&subject)).await.unwrap_or(Err(Problem::Offline));
        let at = self.engine.now().at;
        if self.session.is_still(&subject) {
            let mut memory = self.memory();
            memory.failure = match &outcome {
                Ok(()) => None,
                Err(problem) => {
                    let since = memory.failure.take().map_or(at, |failure| failure.since);
                    Some(Failure { problem: problem.clone(), since, at })
                }
            };
        }
        self.write_widget().await;
        outcome
    }

    async fn refresh_lines(&self, subject: &Subject) -> Result<(), Problem> {
        // A renewal may end the session; better before a line is asked for than in the middle.
        self.session.access().await?;
        let mut first_problem = None;
        let mut entitled = false;
        for line in self.lines(subject).await?.0 {
            let outcome = self.refresh_line(subject, &line).await;
            self.session.still(subject)?;
            match outcome {
                Err(Problem::NotPermitted) => {
                    self.memory().refused_ms.insert(line.id.clone(), self.engine.now_ms());
                    continue;
                }
                Ok(()) => self.memory().allowed(&line),
                Err(problem @ (Problem::SessionEnded { .. } | Problem::Offline | Problem::BlockedNetwork)) => {
                    return Err(problem);
                }
                Err(problem) => first_problem = first_problem.or(Some(problem)),
            }
            entitled = true;
        }
        match first_problem {
            Some(problem) => Err(problem),
            None if entitled => Ok(()),
            None => Err(Problem::NotPermitted),
        }
    }

    async fn lines(&self, subject: &Subject) -> Result<Lines, Problem> {
        let kept = self.memory().lines.clone();
        let now_ms = self.engine.now_ms();
        if let Some(kept) = kept.as_ref().filter(|kept| !is_older(kept.checked_ms, LINES_FRESH_MS, now_ms)) {
            return Ok(kept.model.clone());
        }
        match (self.session.lines().await, kept) {
            (Ok(lines), _) => {
                self.session.still(subject)?;
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
        self.refresh_usage(subject, line, false).await?;
        self.engine.mark(Topic::Usage);
        self.refresh_days(subject, line).await?;
        self.refresh_plan(subject, line).await
    }

    /// Asks for the line's figures alone; with `once`, not again when that fails.
    pub(super) async fn refresh_usage(&self, subject: &Subject, line: &Line, once: bool) -> Result<(), Problem> {
        let kept = self.memory().usage.get(&line.id).cloned();
        let etag = kept.as_ref().and_then(|kept| kept.etag.as_deref());
        let asked =
            query::ask(&self.engine, &self.session, subject, line, Wanted { etag, once, ..Wanted::default() }).await;
        self.session.still(subject)?;
        let Asked { news, max_age_seconds } = asked.map_err(not_for_this_line)?;
        self.memory().max_age_seconds = max_age_seconds.map(u64::from);
        match news {
            News::Unchanged => self.checked(subject, line).await,
            News::Answered { decoded, etag } => self.answered(subject, line, decoded, etag).await,
        }
    }

    /// The days are a comfort, like the plan: without them usage is still usage.
    async fn refresh_days(&self, subject: &Subject, line: &Line) -> Result<(), Problem> {
        if self.engine.profile.apis.usage.days_filter.is_none() {
            return Ok(());
        }
        let (now_ms, today) = (self.engine.now_ms(), self.today());
        let asked_ms = self.memory().days_asked_ms.get(&line.id).copied();
        if asked_ms.is_some_and(|asked_ms| !is_older(asked_ms, DAYS_FRESH_MS, now_ms)) {
            return Ok(());
        }
        let from = self.memory().days.get(&line.id).map(|kept| kept.model.ask_from(today));
        let from = from.unwrap_or_else(|| History::default().ask_from(today));
        let asked = query::ask(
            &self.engine,
            &self.session,
            subject,
            line,
            Wanted { days_from: Some(from), ..Wanted::default() },
        )
        .await;
        self.session.still(subject)?;
        match asked {
            Ok(Asked { news: News::Answered { decoded, .. }, .. }) => {
                self.memory().days_asked_ms.insert(line.id.clone(), now_ms);
                let usage = decoded.lines.into_iter().next();
                match usage {
                    Some(usage) => self.take_days(subject, line, &usage).await,
                    None => Ok(()),
                }
            }
            Err(problem @ Problem::SessionEnded { .. }) => Err(problem),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Adds the days of an answer to those that are kept.
    async fn take_days(&self, subject: &Subject, line: &Line, usage: &LineUsage) -> Result<(), Problem> {
        let kept = self.memory().days.get(&line.id).cloned();
        let mut days = kept.as_ref().map_or_else(History::default, |kept| History::clone(&kept.model));
        if !days.take(usage, self.today()) && kept.is_some() {
            return Ok(());
        }
        let dated = self.received(days, None, None);
        self.memory().keep_days(line, dated.clone());
        self.keep(subject, &line.id, dated).await
    }

    fn today(&self) -> Date {
        self.engine.now().at.to_zoned_datetime(self.engine.zone.clone()).date()
    }

    /// Takes a new answer in, unless what is kept is worth more.
    async fn answered(
        &self,
        subject: &Subject,
        line: &Line,
        decoded: Decoded,
        etag: Option<String>,
    ) -> Result<(), Problem> {
        // As it is now: a question of the background may have been answered while this one was under way.
        let kept = self.memory().usage.get(&line.id).map(|kept| kept.model.clone());
        let mut usage = match merge(decoded, kept.as_ref(), &self.now())? {
            Merged::Replaced(usage) => usage,
            Merged::Stays => return self.checked(subject, line).await,
            Merged::Emptied => {
                self.checked(subject, line).await?;
                let emptied = Problem::NotUnderstood { code: "emptied".to_owned() };
                // Some operators tell nothing of a new plan until the next cycle.
                let Some(figures) = kept else { return Err(emptied) };
                return if self.has_new_plan(subject, line, &figures).await? { Ok(()) } else { Err(emptied) };
            }
        };
        // Where the ordinary answer tells days as well.
        if usage.buckets.iter().any(|bucket| !bucket.days.is_empty()) {
            self.take_days(subject, line, &usage).await?;
            usage.buckets.iter_mut().for_each(|bucket| bucket.days.clear());
        }
        let counted_ms = usage.counted_at.map(|counted| counted.at.as_millisecond());
        let kept = self.received(usage, etag, counted_ms);
        self.memory().usage.insert(line.id.clone(), kept.clone());
        self.keep(subject, &line.id, kept).await
    }

    async fn checked(&self, subject: &Subject, line: &Line) -> Result<(), Problem> {
        let now_ms = self.engine.now_ms();
        self.memory().checked(line, now_ms);
        let (key, anchor) = (row_key(subject, &line.id), self.engine.time.anchor());
        let wanted = self.session.while_signed_in(subject);
        self.engine.store.checked(subject.id.clone(), LineUsage::KIND, key, now_ms, anchor, wanted).await
    }

    /// The plan's name is a comfort: without it usage is still usage.
    async fn refresh_plan(&self, subject: &Subject, line: &Line) -> Result<(), Problem> {
        let profile = &self.engine.profile;
        let Some(api) = profile.apis.product.as_ref().filter(|_| profile.offers(Capability::Plan)) else {
            return Ok(());
        };
        let now_ms = self.engine.now_ms();
        let asked_ms = self.memory().plan_asked_ms.get(&line.id).copied();
        if asked_ms.is_some_and(|asked_ms| !is_older(asked_ms, ANSWER_FRESH_MS, now_ms)) {
            return Ok(());
        }
        let sole = self.memory().lines.as_ref().is_some_and(|kept| kept.model.0.len() == 1);
        let asked = plan::ask(&self.session, api, &subject.sub, line, sole, &self.engine.zone).await;
        self.session.still(subject)?;
        self.memory().plan_asked_ms.insert(line.id.clone(), now_ms);
        match asked {
            Ok(Some(plan)) => {
                let kept = self.received(plan, None, None);
                self.memory().plans.insert(line.id.clone(), kept.clone());
                self.keep(subject, &line.id, kept).await
            }
            Err(problem @ Problem::SessionEnded { .. }) => Err(problem),
            Ok(None) | Err(_) => Ok(()),
        }
    }

    /// Whether the plan is of the day of these figures or after, by what the operator says of it now.
    async fn has_new_plan(&self, subject: &Subject, line: &Line, figures: &LineUsage) -> Result<bool, Problem> {
        let is_new = |plan: &Dated<Plan>| {
            let after = plan.model.since.and_then(|since| since.tomorrow().ok());
            after.is_some_and(|after| figures.is_before(after, &self.engine.zone))
        };
        if self.memory().plans.get(&line.id).is_some_and(is_new) {
            return Ok(true);
        }
        self.memory().plan_asked_ms.remove(&line.id);
        self.refresh_plan(subject, line).await?;
        Ok(self.memory().plans.get(&line.id).is_some_and(is_new))
    }

    fn received<T>(&self, model: T, etag: Option<String>, counted_ms: Option<i64>) -> Dated<T> {
        let now_ms = self.engine.now_ms();
        Dated { model, etag, counted_ms, checked_ms: now_ms, received_ms: now_ms }
    }

    async fn keep<T: Snapshot>(&self, subject: &Subject, of: &str, kept: Dated<T>) -> Result<(), Problem> {
        let row = kept.seal(&subject.id, &row_key(subject, of), &subject.key, &*self.engine.entropy)?;
        self.engine.store.put(row, self.engine.time.anchor(), self.session.while_signed_in(subject)).await
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
