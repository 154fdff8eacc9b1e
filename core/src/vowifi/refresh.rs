//! Asking the operator: which of the person's lines may use Wi-Fi calling, what became of an order, and whether there are
//! newer guides. Whatever fails, what is kept stays.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join;
use url::Url;

use super::WifiCalling;
use super::guide::file;
use super::guide::signature::{MAX_UPDATE_BYTES, Notice, Trust, accept};
use super::memory::Services;
use super::shelf::{Delivery, KeptGuides};
use super::tmf;
use crate::changes::Topic;
use crate::host::within;
use crate::operator::address::address;
use crate::operator::failure::Failure;
use crate::operator::http::Request;
use crate::operator::time::timestamp;
use crate::problem::Problem;
use crate::session::{Call, Subject};
use crate::store::{Amend, Dated};

/// The longest a refresh takes; what is kept must do after that.
const PATIENCE: Duration = Duration::from_secs(45);
/// How long guides are believed to be the newest.
const GUIDES_FRESH_MS: i64 = 24 * 60 * 60 * 1000;
/// What a service is asked for.
const FIELDS: &str = "id,state,feature,serviceCharacteristic,supportingResource,publicIdentifier";

impl WifiCalling {
    /// Reads what the operator says, for the person signed in when it starts.
    pub(super) async fn run(self: Arc<Self>) -> Result<(), Problem> {
        let subject = self.session.subject().ok_or_else(|| self.session.nobody())?;
        // Each on its own: the guides may hold the word that ends the check, whatever becomes of the services.
        let guides = within(PATIENCE, self.read_guides());
        let (outcome, _) = join(self.read_services_and_orders(&subject), guides).await;
        if let Ok(mut memory) = self.memory_of(&subject) {
            memory.failure = outcome.clone().err();
        }
        outcome
    }

    /// What the lines may do, and what became of orders. What becomes of an order is the order's trouble, not that of what was
    /// just read; and services that cannot be had are no reason not to ask after it.
    pub(super) async fn read_services_and_orders(self: &Arc<Self>, subject: &Subject) -> Result<(), Problem> {
        let outcome = within(PATIENCE, self.read_services(subject)).await.unwrap_or(Err(Problem::Offline));
        if let Err(Problem::SessionEnded { .. }) = outcome {
            return outcome;
        }
        match within(PATIENCE, self.follow_orders(subject)).await {
            Some(Err(end @ Problem::SessionEnded { .. })) => Err(end),
            _ => outcome,
        }
    }

    async fn read_services(self: &Arc<Self>, subject: &Subject) -> Result<(), Problem> {
        let Some(api) = self.api() else { return Ok(()) };
        let Some(base) = &api.service_base_url else { return Ok(()) };
        let kept = self.memory_of(subject)?.services.clone();
        let known = kept.as_ref().map(|kept| Dated {
            model: kept.model.lines.clone(),
            etag: None,
            counted_ms: None,
            checked_ms: kept.model.lines_ms,
            received_ms: kept.model.lines_ms,
        });
        let (lines, told) = self.session.lines_beside(subject, known).await?;
        let lines_ms = match (&told, &kept) {
            (Some(told), _) => told.checked_ms,
            (None, Some(kept)) => kept.model.lines_ms,
            (None, None) => self.engine.now_ms(),
        };
        let mut url = address(base, &["service"])?;
        url.query_pairs_mut().append_pair(&api.party_filter, &subject.sub).append_pair("fields", FIELDS);
        // Services are read for these lines: with others, what the operator has not changed says something else.
        let same = kept.filter(|kept| kept.model.lines == lines);
        let etag = same.as_ref().and_then(|kept| kept.etag.as_deref());
        let answer = self.session.call(&url, Call { if_none_match: etag, ..Call::default() }).await?;
        let kept = match same {
            Some(mut kept) if answer.status == 304 => {
                kept.checked_ms = self.engine.now_ms();
                kept.model.lines_ms = lines_ms;
                kept
            }
            _ => {
                let read = tmf::read_services(&answer.body, &lines).map_err(not_understood)?;
                self.engine.received(Services { lines, lines_ms, services: read.services }, answer.etag, None)
            }
        };
        self.memory_of(subject)?.services = Some(kept.clone());
        self.engine.mark(Topic::WifiCalling);
        self.session.keep_row(subject, &subject.key.name(b"wifi services"), &kept).await
    }

    /// Newer guides, asked for once a day, without saying who asks.
    async fn read_guides(self: &Arc<Self>) -> Result<(), Problem> {
        let Some(url) = self.api().and_then(|api| api.guide_url.as_deref()) else { return Ok(()) };
        let url = Url::parse(url).map_err(|_| Problem::unexpected("guide_url"))?;
        let now_ms = self.engine.now_ms();
        if self.shelf.kept().is_fresh(GUIDES_FRESH_MS, now_ms) {
            return Ok(());
        }
        let request = Request { cap: MAX_UPDATE_BYTES.saturating_add(1), ..Request::get(&url) };
        let came = match self.engine.http.send_repeatable(&request).await {
            Ok(answer) => {
                let bundled = file::bundled().map_err(|_| Problem::unexpected("no_guides"))?;
                let trust = Trust { keys: &self.guide_keys(), newest_accepted: None, now: timestamp(now_ms) };
                let read = accept(&bundled, &answer.body, trust);
                Delivery { bytes: answer.body, read }
            }
            Err(Failure::TooLarge) => Delivery { bytes: Vec::new(), read: Err(Notice::TooLarge) },
            // There are none: that is an answer for today, too.
            Err(Failure::Status { status: 404 | 410, .. }) => {
                return self.keep_guides(move |kept| kept.asked(now_ms)).await;
            }
            Err(failure) => return Err(failure.into()),
        };
        self.keep_guides(move |kept| kept.take(came, now_ms)).await
    }

    /// Changes what this installation keeps of guides, whoever is signed in.
    pub(super) async fn keep_guides(
        self: &Arc<Self>,
        change: impl FnOnce(KeptGuides) -> KeptGuides + Send + 'static,
    ) -> Result<(), Problem> {
        let this = self.clone();
        let keeping = async move {
            let _turn = this.shelving.lock().await;
            let known = this.shelf.kept();
            let amend = move |found: Option<KeptGuides>| {
                let kept = change(found.unwrap_or(known));
                Amend::Keep(kept.clone(), kept)
            };
            this.shelf.put(this.engine.store.amend_installed(amend).await?);
            this.engine.mark(Topic::WifiCalling);
            Ok(())
        };
        // What was accepted is in use, whoever goes away.
        self.engine.workers.run_to_end(keeping).await
    }
}

pub(super) fn not_understood(unreadable: crate::operator::tolerant::Unreadable) -> Problem {
    Problem::NotUnderstood { code: unreadable.code().to_owned() }
}

#[cfg(test)]
#[path = "refresh_tests.rs"]
mod tests;
