//! Asking the operator: how far orders are (TMF622), how their lines stand (TMF637), and where SIMs are (TMF639). Whatever fails,
//! what is kept stays, and the rest is told all the same.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join;

use super::Activation;
use super::memory::{News, OrderNews, SHOWN_MS, SimNews, StrayCopy, Tracked, is_recent};
use super::model::{LineOrder, LineState, SimCard};
use super::secrets::{PUK_PREFIX, puk_name, sim_name};
use super::tmf::{Unread, read_lines, read_orders, read_sims};
use crate::changes::Topic;
use crate::host::within;
use crate::operator::address::address;
use crate::operator::profile::ActivationApi;
use crate::operator::tolerant::WarningKind;
use crate::problem::Problem;
use crate::session::{Call, Subject};

/// The longest each part of a refresh takes; what is kept must do after that.
const PATIENCE: Duration = Duration::from_secs(45);
/// How lines stand only puts right what their orders say.
const PATIENCE_FOR_LINES: Duration = Duration::from_secs(15);

impl Activation {
    /// Reads what the operator says, for the person signed in when it starts. Fails with the end of the session, else with what
    /// the first part failed with.
    pub(super) async fn run(self: Arc<Self>) -> Result<(), Problem> {
        let subject = self.session.subject().ok_or_else(|| self.session.nobody())?;
        let (track, sims) = join(self.read_track(&subject), self.read_sims(&subject)).await;
        let sims_failed = sims.is_err();
        let outcome = first_failure([track, sims]);
        if let Ok(mut memory) = self.memory.of(&subject) {
            (memory.failure, memory.sims_failed) = (outcome.clone().err(), sims_failed);
        }
        // Whether that works is asked again the next time.
        let _ = self.drop_spent_code(&subject).await;
        let _ = self.drop_spent_copies(&subject).await;
        outcome
    }

    /// Orders, and how their lines stand.
    async fn read_track(self: &Arc<Self>, subject: &Subject) -> Result<(), Problem> {
        let orders = within(PATIENCE, self.ask_orders(subject)).await.unwrap_or(Err(Problem::Offline));
        let told = orders.as_ref().ok().and_then(Option::as_ref);
        let lines = within(PATIENCE_FOR_LINES, self.ask_lines(subject, told)).await.unwrap_or(Err(Problem::Offline));
        let (orders, orders_failed) = apart(orders);
        let (lines, lines_failed) = apart(lines);
        // Where nobody says how lines stand, their orders do: that is nothing to tell the person of.
        let is_enough = orders_failed.is_ok() && !matches!(lines_failed, Err(Problem::SessionEnded { .. }));
        let lines_failed = if is_enough { Ok(()) } else { lines_failed };
        let kept = self.take_in(subject, News { orders, lines: lines.unwrap_or_default(), sims: None }).await;
        first_failure([orders_failed, lines_failed, kept])
    }

    /// The SIMs. A list that fails hides nothing of another.
    pub(super) async fn read_sims(self: &Arc<Self>, subject: &Subject) -> Result<(), Problem> {
        let asked = within(PATIENCE, self.ask_sims(subject)).await;
        let Some((sims, failed)) = asked.unwrap_or(Some((SimNews::default(), Err(Problem::Offline)))) else {
            return Ok(());
        };
        let kept = self.take_in(subject, News { sims: Some(sims), ..News::default() }).await;
        first_failure([failed, kept])
    }

    /// Keeps what came, beside what is kept as it lies there: another process of the app may have asked meanwhile.
    async fn take_in(&self, subject: &Subject, news: News) -> Result<(), Problem> {
        let now_ms = self.engine.now_ms();
        let whose = subject.clone();
        let copies = match news.sims.as_ref().filter(|sims| sims.is_all) {
            // What cannot be listed now is looked at the next time.
            Some(_) => self.session.sealed_secrets(subject, PUK_PREFIX).await.ok(),
            None => None,
        };
        let change = move |tracked: &mut Tracked| {
            tracked.take(news, now_ms);
            tracked.note_stray(copies.as_deref(), now_ms, |id| puk_name(&whose, &sim_name(&whose, id)));
            Ok(())
        };
        self.memory.change(subject, |memory| &mut memory.tracked, change).await?;
        self.engine.mark(Topic::Activation);
        Ok(())
    }

    /// The person's orders. None: the operator tells of none.
    async fn ask_orders(self: &Arc<Self>, subject: &Subject) -> Result<Option<OrderNews>, Problem> {
        let Some((api, base)) = self.api().zip(self.orders_base()) else { return Ok(None) };
        let etag = self.memory.of(subject)?.tracked.etag.clone();
        let mut url = address(base, &["productOrder"])?;
        url.query_pairs_mut().append_pair(&api.party_filter, &subject.sub);
        let answer = self.session.call(&url, Call { if_none_match: etag.as_deref(), ..Call::default() }).await?;
        if answer.status == 304 {
            return Ok(Some(OrderNews::Unchanged));
        }
        let read = read_orders(&answer.body, &subject.sub, &self.engine.zone).map_err(not_understood)?;
        // A list that goes on elsewhere (206, as TMF630 pages) does not say that there are no others.
        let is_all = answer.status != 206 && !read.warnings.iter().any(|odd| odd.kind == WarningKind::TooMany);
        Ok(Some(OrderNews::Told { orders: read.found, is_all, etag: answer.etag }))
    }

    /// How the lines stand that are on their way, or came lately. None: nobody waits for one, or the operator does not tell.
    async fn ask_lines(
        self: &Arc<Self>,
        subject: &Subject,
        told: Option<&OrderNews>,
    ) -> Result<Option<Vec<(String, LineState)>>, Problem> {
        let Some(api) = self.engine.profile.apis.product.as_ref().filter(|_| self.orders_base().is_some()) else {
            return Ok(None);
        };
        let now_ms = self.engine.now_ms();
        let orders: Vec<LineOrder> = {
            let mut tracked = self.memory.of(subject)?.tracked.clone();
            tracked.take(News { orders: told.cloned(), ..News::default() }, now_ms);
            tracked.orders.into_iter().filter(|order| is_recent(order, now_ms)).collect()
        };
        if orders.is_empty() {
            return Ok(None);
        }
        let mut url = address(&api.base_url, &["product"])?;
        url.query_pairs_mut().append_pair(&api.party_filter, &subject.sub);
        let answer = self.session.call(&url, Call::default()).await?;
        let read = read_lines(&answer.body, &subject.sub, &orders, &self.engine.zone).map_err(not_understood)?;
        Ok(Some(read.found))
    }

    /// The SIMs of a person, from wherever this operator's version of TMF639 has them, and what failed of that. None: the operator
    /// tells of none.
    async fn ask_sims(self: &Arc<Self>, subject: &Subject) -> Option<(SimNews, Result<(), Problem>)> {
        let (api, base) = self.api().zip(self.resources_base())?;
        let mut news = SimNews { sims: Vec::new(), is_all: true };
        let mut failures = Vec::new();
        let mut is_answered = false;
        for resource in api.resource_version.paths() {
            match self.ask_sim_list(subject, api, base, resource).await {
                Ok((sims, is_whole)) => {
                    news.sims.extend(sims);
                    news.is_all &= is_whole;
                    is_answered = true;
                }
                Err(problem) => failures.push(problem),
            }
        }
        // An operator without eSIMs may have no list of them.
        failures.retain(|problem| !is_answered || *problem != Problem::unexpected("http_404"));
        news.is_all &= failures.is_empty();
        Some((news, failures.into_iter().next().map_or(Ok(()), Err)))
    }

    /// One list, and whether it is whole.
    async fn ask_sim_list(
        self: &Arc<Self>,
        subject: &Subject,
        api: &ActivationApi,
        base: &str,
        resource: &str,
    ) -> Result<(Vec<SimCard>, bool), Problem> {
        let mut url = address(base, &[resource])?;
        url.query_pairs_mut().append_pair(&api.party_filter, &subject.sub);
        let answer = self.session.call(&url, Call::default()).await?;
        let read = read_sims(&answer.body, &subject.sub).map_err(not_understood)?;
        let is_whole = answer.status != 206 && !read.warnings.iter().any(|odd| odd.kind == WarningKind::TooMany);
        Ok((read.found, is_whole))
    }

    /// The code of an eSIM has done its work when the person said that its line works; also where nobody said so, or no order
    /// tells of one: a month after it was taken in, once no line may want it any more, it goes.
    pub(super) async fn drop_spent_code(&self, subject: &Subject) -> Result<(), Problem> {
        let now_ms = self.engine.now_ms();
        let before_ms = {
            let memory = self.memory.of(subject)?;
            let by_time = (!memory.awaits_esim(None, now_ms)).then(|| now_ms.saturating_sub(SHOWN_MS));
            by_time.max(memory.code_spent_ms())
        };
        let Some(before_ms) = before_ms else { return Ok(()) };
        self.drop_code_taken_before(subject, before_ms).await
    }

    /// The copy of a PUK whose SIM is gone opens nothing, and on the screen there is no SIM to delete it at.
    async fn drop_spent_copies(&self, subject: &Subject) -> Result<(), Problem> {
        let spent: Vec<StrayCopy> = self.memory.of(subject)?.tracked.spent_copies().cloned().collect();
        for copy in &spent {
            self.session.drop_sealed_secret(subject, &copy.name).await?;
        }
        if spent.is_empty() {
            return Ok(());
        }
        let change = move |tracked: &mut Tracked| {
            tracked.stray.retain(|kept| !spent.contains(kept));
            Ok(())
        };
        self.memory.change(subject, |memory| &mut memory.tracked, change).await
    }
}

/// What came, if anything, and whether it could be had.
fn apart<T>(outcome: Result<Option<T>, Problem>) -> (Option<T>, Result<(), Problem>) {
    match outcome {
        Ok(told) => (told, Ok(())),
        Err(problem) => (None, Err(problem)),
    }
}

/// The end of the session before all else, for it leads to the sign-in screen.
pub(super) fn first_failure<const PARTS: usize>(outcomes: [Result<(), Problem>; PARTS]) -> Result<(), Problem> {
    let failures: Vec<Problem> = outcomes.into_iter().filter_map(Result::err).collect();
    let end = failures.iter().find(|problem| matches!(problem, Problem::SessionEnded { .. }));
    end.or(failures.first()).cloned().map_or(Ok(()), Err)
}

fn not_understood(unread: Unread) -> Problem {
    Problem::NotUnderstood { code: unread.code().to_owned() }
}
