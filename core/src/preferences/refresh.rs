//! Asking the operator what it has. A switch that waits is never overwritten by it, and neither is one that moved on while
//! the question was under way.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::Preferences;
use super::machine::{Event, Toggle};
use super::memory::Listed;
use crate::host::within;
use crate::operator::profile::PreferencesApi;
use crate::operator::tolerant::Weight;
use crate::problem::Problem;
use crate::session::{Line, Lines, Subject};
use crate::store::{Dated, Snapshot};

/// The longest a refresh takes; what is kept must do after that.
const PATIENCE: Duration = Duration::from_secs(45);

impl Preferences {
    /// Sends what waits, then reads what the operator has, for the person signed in when it starts.
    pub(super) async fn run(self: Arc<Self>) -> Result<(), Problem> {
        let subject = self.present()?;
        let outcome = within(PATIENCE, self.deliver_and_list(&subject)).await.unwrap_or(Err(Problem::Offline));
        if self.session.is_still(&subject) {
            self.memory().failure = outcome.clone().err();
        }
        outcome
    }

    async fn deliver_and_list(self: &Arc<Self>, subject: &Subject) -> Result<(), Problem> {
        let Some(api) = self.engine.profile.apis.preferences.clone() else { return Ok(()) };
        self.session.access().await?;
        let lines = self.lines(subject).await?;
        self.send_all(subject).await;
        self.tell_push(subject).await;
        // Told before anybody was signed in, or when it could not be kept.
        self.keep_device(None).await;
        let mut first_problem = None;
        // The operator asked to be left alone, perhaps an earlier run of the app.
        let now_ms = self.engine.now_ms();
        if let Some(wait) = self.memory().asked_to_wait(now_ms) {
            let left_s = wait.until_ms.saturating_sub(now_ms).saturating_add(999) / 1000;
            return Err(Problem::ServiceUnavailable { retry_after_seconds: u32::try_from(left_s).ok() });
        }
        for line in lines.0 {
            match self.list(subject, &api, &line).await {
                Ok(()) => {}
                Err(problem @ (Problem::SessionEnded { .. } | Problem::Offline | Problem::BlockedNetwork)) => {
                    return Err(problem);
                }
                Err(problem) => first_problem = first_problem.or(Some(problem)),
            }
        }
        first_problem.map_or(Ok(()), Err)
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

    async fn list(self: &Arc<Self>, subject: &Subject, api: &PreferencesApi, line: &Line) -> Result<(), Problem> {
        // As of before the question: a switch that moves on meanwhile is not touched by the answer.
        let before: BTreeMap<String, u64> = {
            let memory = self.memory();
            let of_line = memory.toggles.iter().filter(|(_, toggle)| toggle.line_id == line.id);
            of_line.map(|(key, toggle)| (key.clone(), toggle.moves)).collect()
        };
        let listed = self.port(api, line, subject).list().await?;
        self.session.still(subject)?;
        let mut unlisted = before.clone();
        for preference in listed.preferences {
            let key = self.key(subject, &line.id, &preference.id);
            unlisted.remove(&key);
            let moves = before.get(&key).copied().unwrap_or_default();
            let new = Toggle::of(&line.id, preference.clone());
            self.apply(subject, key, Some(new), Event::Read { preference, moves }).await?;
        }
        // What is missing where something of the answer was lost may be just that.
        let whole = listed.warnings.iter().all(|warning| warning.kind.weight() != Weight::Lost);
        for (key, moves) in unlisted.into_iter().filter(|_| whole) {
            self.apply(subject, key, None, Event::Unlisted { moves }).await?;
        }
        let kept = self.engine.received(Listed { line_id: line.id.clone() }, None, None);
        self.memory().listed_ms.insert(line.id.clone(), kept.checked_ms);
        self.keep(subject, &line.id, kept).await
    }

    async fn keep<T: Snapshot>(&self, subject: &Subject, of: &str, kept: Dated<T>) -> Result<(), Problem> {
        self.session.keep_row(subject, &subject.key.name(of.as_bytes()), &kept).await
    }
}
