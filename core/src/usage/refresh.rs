//! One refresh: lines, usage of each line, its plan. Whatever fails, what is kept stays; one line's trouble never hides
//! the others; and what was asked for one person is never kept for another.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;

use super::Usage;
use super::history::History;
use super::memory::{ANSWER_FRESH_MS, DAYS_FRESH_MS, Refusal, row_key};
use super::merge::{Merged, merge};
use super::model::LineUsage;
use super::plan::{self, Plan};
use super::query::{self, Asked, News, Wanted};
use super::state::Failure;
use super::tmf::Decoded;
use super::tmf::product::Asked as AskedPlan;
use crate::changes::Topic;
use crate::host::within;
use crate::operator::profile::Capability;
use crate::problem::Problem;
use crate::session::{Line, Lines, Subject};
use crate::store::{Dated, Snapshot};

/// The longest the figures take; the last good values must do after that.
const PATIENCE: Duration = Duration::from_secs(45);
/// What one of several lines may take of it, so that one that is never answered leaves the others their time.
const PATIENCE_FOR_ONE: Duration = Duration::from_secs(15);
/// The longest what goes with the figures takes: nobody looks at a plan as often.
const PATIENCE_FOR_COMFORTS: Duration = Duration::from_secs(15);

impl Usage {
    /// Runs a refresh for the person signed in when it starts.
    pub(super) async fn run(self: Arc<Self>) -> Result<(), Problem> {
        let _redraw = self.engine.mark_at_the_end(Topic::Usage);
        let subject = self.session.subject();
        self.memory().belong_to(subject.as_ref());
        self.engine.mark(Topic::Usage);
        let Some(subject) = subject else {
            return Err(self.session.nobody());
        };
        let outcome = within(PATIENCE, self.refresh_figures(&subject)).await.unwrap_or(Err(Problem::Offline));
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
        self.engine.mark(Topic::Usage);
        self.write_widget().await;
        let reached = !matches!(
            outcome,
            Err(Problem::Offline
                | Problem::BlockedNetwork
                | Problem::SessionEnded { .. }
                | Problem::StorageUnavailable { .. })
        );
        if reached {
            within(PATIENCE_FOR_COMFORTS, self.refresh_comforts(&subject)).await.unwrap_or(Ok(()))?;
        }
        outcome
    }

    /// The figures of every line, each within a patience of its own.
    async fn refresh_figures(&self, subject: &Subject) -> Result<(), Problem> {
        // A renewal may end the session; better before a line is asked for than in the middle.
        self.session.access().await?;
        let lines = self.lines(subject).await?.0;
        let patience = if lines.len() > 1 { PATIENCE_FOR_ONE } else { PATIENCE };
        let mut verdict = Verdict::default();
        for line in lines {
            let asked = within(patience, self.refresh_usage(subject, &line, false)).await;
            let outcome = asked.unwrap_or(Err(Problem::Offline));
            self.session.still(subject)?;
            self.engine.mark(Topic::Usage);
            let noted = match &outcome {
                Err(Problem::NotPermitted) => self.refused(subject, &line).await,
                Ok(()) => self.allowed(subject, &line).await,
                Err(_) => Ok(()),
            };
            // A disk that is full keeps no other line from being asked.
            if verdict.is_final(outcome) | noted.is_err_and(|problem| verdict.is_final(Err(problem))) {
                break;
            }
        }
        verdict.outcome()
    }

    /// Days and plans, once all figures are there. Without them usage is still usage: what fails is asked for later, and
    /// only the end of the session is a problem.
    async fn refresh_comforts(&self, subject: &Subject) -> Result<(), Problem> {
        let lines = {
            let memory = self.memory();
            let lines = memory.lines.iter().flat_map(|kept| kept.model.0.clone());
            lines.filter(|line| !memory.refused.contains_key(&line.id)).collect::<Vec<_>>()
        };
        for line in &lines {
            self.refresh_days(subject, line).await?;
        }
        for line in &lines {
            self.refresh_plan(subject, line).await?;
        }
        Ok(())
    }

    /// The operator shows no usage of the line: kept, since it is the same after a restart.
    async fn refused(&self, subject: &Subject, line: &Line) -> Result<(), Problem> {
        let kept = self.engine.received(Refusal { stands: true }, None, None);
        self.memory().refused.insert(line.id.clone(), kept.clone());
        self.keep(subject, &line.id, kept).await
    }

    async fn allowed(&self, subject: &Subject, line: &Line) -> Result<(), Problem> {
        if self.memory().refused.remove(&line.id).is_none() {
            return Ok(());
        }
        self.keep(subject, &line.id, self.engine.received(Refusal { stands: false }, None, None)).await
    }

    async fn lines(&self, subject: &Subject) -> Result<Lines, Problem> {
        let kept = self.memory().lines.clone();
        let (lines, told) = self.session.lines_beside(subject, kept).await?;
        if let Some(told) = told {
            self.memory().lines = Some(told.clone());
            self.keep(subject, "", told).await?;
        }
        Ok(lines)
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

    async fn refresh_days(&self, subject: &Subject, line: &Line) -> Result<(), Problem> {
        if self.engine.profile.apis.usage.days_filter.is_none() {
            return Ok(());
        }
        let (now_ms, today) = (self.engine.now_ms(), self.today());
        if !self.memory().days_asked.is_due(line, DAYS_FRESH_MS, now_ms) {
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
        self.memory().days_asked.record(line, asked.is_ok(), now_ms);
        match asked {
            Ok(Asked { news: News::Answered { decoded, .. }, .. }) => {
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
        let dated = self.engine.received(days, None, None);
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
        let kept = self.memory().usage.get(&line.id).cloned();
        let mut usage = match merge(decoded, kept.as_ref().map(|kept| &kept.model), &self.now())? {
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
        let kept = self.engine.received(usage, etag, counted_ms);
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

    async fn refresh_plan(&self, subject: &Subject, line: &Line) -> Result<(), Problem> {
        let profile = &self.engine.profile;
        let Some(api) = profile.apis.product.as_ref().filter(|_| profile.offers(Capability::Plan)) else {
            return Ok(());
        };
        let now_ms = self.engine.now_ms();
        if !self.memory().plan_asked.is_due(line, ANSWER_FRESH_MS, now_ms) {
            return Ok(());
        }
        let mut others = self.memory().lines.as_ref().map(|kept| kept.model.0.clone()).unwrap_or_default();
        others.retain(|other| other != line);
        let asked = AskedPlan { line, others: &others, zone: &self.engine.zone, data_base: profile.units.data_base };
        let asked = plan::ask(&self.session, api, &subject.sub, &asked).await;
        self.session.still(subject)?;
        self.memory().plan_asked.record(line, asked.is_ok(), now_ms);
        let asked = match asked {
            // That there is none is kept as well, but never in the place of one that was told before.
            Ok(None) | Err(_) if asked.as_ref().map_or_else(is_refusal, Option::is_none) => {
                let is_known = self.memory().plans.contains_key(&line.id);
                Ok((!is_known).then(Plan::default))
            }
            asked => asked,
        };
        match asked {
            Ok(Some(plan)) => {
                let mut kept = self.engine.received(plan, None, None);
                // The same plan is as old as when it first came.
                if let Some(same) = self.memory().plans.get(&line.id).filter(|same| same.model == kept.model) {
                    kept.received_ms = same.received_ms;
                }
                self.memory().plans.insert(line.id.clone(), kept.clone());
                self.keep(subject, &line.id, kept).await
            }
            Err(problem @ Problem::SessionEnded { .. }) => Err(problem),
            Ok(None) | Err(_) => Ok(()),
        }
    }

    /// Whether there is a plan these figures are not of, by what the operator says of it now: one that began on the day of
    /// the count or later, or, where the change was dated back within the cycle, one first told of after they were.
    async fn has_new_plan(&self, subject: &Subject, line: &Line, figures: &Dated<LineUsage>) -> Result<bool, Problem> {
        let today = self.today();
        let is_new = |plan: &Dated<Plan>| {
            let Some(since) = plan.model.since else { return false };
            let counted_before = since.tomorrow().is_ok_and(|after| figures.model.is_before(after, &self.engine.zone));
            let within = figures.model.cycle_on(today).is_some_and(|cycle| cycle.contains(since));
            counted_before || within && plan.received_ms > figures.received_ms
        };
        if self.memory().plans.get(&line.id).is_some_and(is_new) {
            return Ok(true);
        }
        self.memory().plan_asked.forget(line);
        self.refresh_plan(subject, line).await?;
        Ok(self.memory().plans.get(&line.id).is_some_and(is_new))
    }

    async fn keep<T: Snapshot>(&self, subject: &Subject, of: &str, kept: Dated<T>) -> Result<(), Problem> {
        self.session.keep_row(subject, &row_key(subject, of), &kept).await
    }
}

/// What the lines' answers come to.
#[derive(Debug, Default)]
struct Verdict {
    answered: bool,
    refused: bool,
    unreached: bool,
    problem: Option<Problem>,
}

impl Verdict {
    /// Takes a line's outcome in; tells whether no other line need be asked.
    fn is_final(&mut self, outcome: Result<(), Problem>) -> bool {
        match outcome {
            Ok(()) => self.answered = true,
            Err(Problem::NotPermitted) => self.refused = true,
            // One line may be unlucky; two are a network that is gone.
            Err(Problem::Offline) => return std::mem::replace(&mut self.unreached, true),
            Err(problem) => {
                let ends = matches!(problem, Problem::SessionEnded { .. } | Problem::BlockedNetwork);
                self.problem = self.problem.take().filter(|_| !ends).or(Some(problem));
                return ends;
            }
        }
        false
    }

    fn outcome(self) -> Result<(), Problem> {
        match self {
            Verdict { problem: Some(problem), .. } => Err(problem),
            // Where another line was answered, it is not the network.
            Verdict { unreached: true, answered, refused, .. } if answered || refused => {
                Err(Problem::ServiceUnavailable { retry_after_seconds: None })
            }
            Verdict { unreached: true, .. } => Err(Problem::Offline),
            Verdict { answered: true, .. } => Ok(()),
            Verdict { .. } => Err(Problem::NotPermitted),
        }
    }
}

/// A line the operator does not know or does not show is one the person is not entitled to.
fn not_for_this_line(problem: Problem) -> Problem {
    match problem {
        Problem::Unexpected { code } if code == "http_404" => Problem::NotPermitted,
        other => other,
    }
}

/// Whether asking led to an answer all the same: there is none for this line.
fn is_refusal(problem: &Problem) -> bool {
    matches!(problem, Problem::NotPermitted)
        || matches!(problem, Problem::Unexpected { code } if code == "http_404" || code == "http_410")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comes_to(lines: &[Result<(), Problem>], expected: Result<(), Problem>, asked: usize) {
        let (mut verdict, mut count) = (Verdict::default(), 0);
        for line in lines {
            count += 1;
            if verdict.is_final(line.clone()) {
                break;
            }
        }
        assert_eq!((verdict.outcome(), count), (expected, asked), "{lines:?}");
    }

    #[test]
    fn what_the_lines_answers_come_to() {
        let (ok, refused, gone) = (Ok(()), Err(Problem::NotPermitted), Err(Problem::Offline));
        let (blocked, busy) =
            (Err(Problem::BlockedNetwork), |seconds| Err(Problem::ServiceUnavailable { retry_after_seconds: seconds }));
        comes_to(&[ok.clone(), ok.clone()], ok.clone(), 2);
        comes_to(&[ok.clone(), refused.clone()], ok.clone(), 2);
        comes_to(&[refused.clone(), refused.clone()], refused.clone(), 2);
        // One line that is not answered is the operator's trouble; two are a network that is gone.
        comes_to(&[gone.clone(), ok.clone()], busy(None), 2);
        comes_to(&[gone.clone(), refused.clone()], busy(None), 2);
        comes_to(&[gone.clone(), gone.clone(), ok.clone()], gone.clone(), 2);
        comes_to(std::slice::from_ref(&gone), gone.clone(), 1);
        comes_to(&[busy(Some(9)), refused], busy(Some(9)), 2);
        comes_to(&[ok.clone(), blocked.clone(), ok], blocked.clone(), 2);
        comes_to(&[busy(Some(9)), blocked.clone()], blocked, 2);
    }
}
