//! Asking the operator: which of the person's lines may use Wi-Fi calling, what became of an order, and whether there are
//! newer guides. Whatever fails, what is kept stays.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::WifiCalling;
use super::guide::file;
use super::guide::signature::{GuideKey, MAX_UPDATE_BYTES, Notice, Trust, newest};
use super::memory::{Guides, Services, Update};
use super::tmf;
use crate::changes::Topic;
use crate::host::within;
use crate::operator::address::address;
use crate::operator::http::Request;
use crate::operator::profile::WifiCallingApi;
use crate::operator::time::{is_older, timestamp};
use crate::problem::Problem;
use crate::session::{Call, Subject};
use crate::store::Dated;

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
        let outcome = within(PATIENCE, self.read_services(&subject)).await.unwrap_or(Err(Problem::Offline));
        if outcome.is_ok() {
            // A comfort beside it: the guides of the app always work.
            let _ = within(PATIENCE, self.read_guides(&subject)).await;
        }
        if let Ok(mut memory) = self.memory_of(&subject) {
            memory.failure = outcome.clone().err();
        }
        outcome
    }

    pub(super) async fn read_services(self: &Arc<Self>, subject: &Subject) -> Result<(), Problem> {
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
        let answer = self.session.call(&url, Call::default()).await?;
        let read = tmf::read_services(&answer.body, &lines).map_err(not_understood)?;
        let kept = self.engine.received(Services { lines, lines_ms, services: read.services }, answer.etag, None);
        self.memory_of(subject)?.services = Some(kept.clone());
        self.engine.mark(Topic::WifiCalling);
        self.session.keep_row(subject, &subject.key.name(b"wifi services"), &kept).await?;
        // What became of an order is the order's trouble, not that of what was just read.
        match self.follow_orders(subject).await {
            Err(problem @ Problem::SessionEnded { .. }) => Err(problem),
            _ => Ok(()),
        }
    }

    /// Newer guides, asked for once a day, without saying who asks.
    async fn read_guides(&self, subject: &Subject) -> Result<(), Problem> {
        let Some(url) = self.api().and_then(|api| api.guide_url.as_deref()) else { return Ok(()) };
        let url = Url::parse(url).map_err(|_| Problem::unexpected("guide_url"))?;
        let kept = self.memory_of(subject)?.update.clone();
        let now_ms = self.engine.now_ms();
        if kept.as_ref().is_some_and(|kept| !is_older(kept.checked_ms, GUIDES_FRESH_MS, now_ms)) {
            return Ok(());
        }
        let request = Request { cap: MAX_UPDATE_BYTES.saturating_add(1), ..Request::get(&url) };
        let answer = self.engine.http.send_repeatable(&request).await?;
        let accepted_before = kept.as_ref().map(|kept| kept.model.newest);
        let Some(newer) = self.guides_of(Some(&answer.body), accepted_before) else { return Ok(()) };
        let update = match kept {
            // What was refused is not kept, and what was accepted before stays in use.
            Some(kept) if newer.refused => Update { ..kept.model },
            None if newer.refused => Update { bytes: Vec::new(), newest: 0 },
            _ => Update { bytes: answer.body, newest: newer.file.version.max(accepted_before.unwrap_or(0)) },
        };
        let in_use = self.guides_of(used(&update), Some(update.newest)).unwrap_or(newer.clone());
        let kept = self.engine.received(update, None, None);
        {
            let mut memory = self.memory_of(subject)?;
            memory.guides = Some(Guides { refused: newer.refused, ..in_use });
            memory.update = Some(kept.clone());
        }
        self.engine.mark(Topic::WifiCalling);
        self.session.keep_row(subject, &subject.key.name(b"wifi guides"), &kept).await
    }

    /// The guides to use, given an update. Nothing when not even the app's own can be read, which a test keeps from happening.
    pub(super) fn guides_of(&self, update: Option<&[u8]>, newest_accepted: Option<u64>) -> Option<Guides> {
        let keys: Vec<GuideKey> = self.api().map(keys_of).unwrap_or_default();
        let trust = Trust { keys: &keys, newest_accepted, now: timestamp(self.engine.now_ms()) };
        let (file, notice): (_, Option<Notice>) = newest(file::bundled().ok()?, update, trust);
        Some(Guides { file: Arc::new(file), refused: notice.is_some() })
    }
}

/// The bytes of an update, where one was ever accepted.
pub(super) fn used(update: &Update) -> Option<&[u8]> {
    (!update.bytes.is_empty()).then_some(update.bytes.as_slice())
}

fn keys_of(api: &WifiCallingApi) -> Vec<GuideKey> {
    let keys = api.guide_keys.iter();
    keys.filter_map(|key| Some(GuideKey { id: key.id.clone(), public_key: key.bytes()? })).collect()
}

pub(super) fn not_understood(unreadable: crate::operator::tolerant::Unreadable) -> Problem {
    Problem::NotUnderstood { code: unreadable.code().to_owned() }
}
