//! Changing a preference that is one member of an array: read, compare, change that member alone where the operator can
//! (JSON Patch with a test), else send the whole array back as it was read, and look what came of it.

use std::sync::atomic::Ordering;

use url::Url;

use super::machine::{Flight, Outcome, Reason};
use super::model::{Preference, Refusal};
use super::port::{MERGE_PATCH, Port, unreadable};
use super::tmf::Decoded;
use super::tmf::named::{self, Array, Document};
use crate::operator::http::{Answer, Change, Verb};
use crate::operator::tolerant;
use crate::problem::Problem;
use crate::session::{Call, Unanswered};

const JSON_PATCH: &str = "application/json-patch+json";

/// The resource as it was read.
struct Read {
    url: Url,
    etag: Option<String>,
    body: Vec<u8>,
}

impl Port<'_> {
    /// The preferences in the array. What belongs to the person is listed once, with their first line.
    pub(super) async fn list_array(&self, array: Array) -> Result<Decoded, Problem> {
        if array == Array::PartyCharacteristic && !self.first {
            return Ok(Decoded::default());
        }
        let read = self.read_array(array).await?;
        named::read(&read.body, array, self.own_names()).map_err(unreadable)
    }

    /// Makes the change, once.
    pub(super) async fn send_array(&self, array: Array, flight: &Flight) -> Result<Outcome, Unanswered> {
        let (base, wanted) = (&flight.base, flight.wanted());
        let read = self.read_array(array).await?;
        let Some((theirs, name)) = self.find(&read.body, array, base)? else {
            return Ok(Outcome::Refused(Refusal::NotOffered));
        };
        let once = self.api.idempotent;
        if theirs.value == wanted {
            return Ok(Outcome::Done(theirs));
        }
        if flight.accepted_ms.is_some() {
            return Ok(self.put_off(flight, None));
        }
        if theirs.value != flight.base.value {
            return Ok(Outcome::Stale { theirs, once });
        }
        if theirs.value.threshold_percent != wanted.threshold_percent {
            // It is part of the name here.
            return Ok(Outcome::Refused(Refusal::NotAccepted));
        }
        let document = Document::read(&read.body, array);
        let patches = document
            .as_ref()
            .map(|document| (document.json_patch(&name, wanted.enabled), document.merge_patch(&name, wanted.enabled)));
        let Some((Some(json_patch), Some(merge_patch))) = patches else {
            return Ok(Outcome::Refused(Refusal::NotAccepted));
        };
        let change = Change {
            verb: Verb::Patch,
            if_match: read.etag.as_deref(),
            idempotency_key: Some(&flight.wish.operation),
            ..Change::default()
        };
        let answer = match self.json_patch(&read.url, change, json_patch).await? {
            Some(answer) => answer,
            None => self.session.change(&read.url, change, Some((MERGE_PATCH, merge_patch))).await?,
        };
        let status = answer.status;
        let maybe_done = |problem| Unanswered { maybe_done: (200..300).contains(&status), ..Unanswered::from(problem) };
        match status {
            202 => return Ok(self.put_off(flight, answer.retry_after_seconds)),
            403 => {
                // Who decides may have changed since it was last read.
                let present =
                    self.read_array(array).await.ok().and_then(|read| self.find(&read.body, array, base).ok()?);
                let reason = present.and_then(|(present, _)| present.fixed()).unwrap_or(Refusal::NotPermitted);
                return Ok(Outcome::Refused(reason));
            }
            200..=299 | 409 | 412 | 422 | 428 => {}
            _ => return Ok(Outcome::Refused(Refusal::NotAccepted)),
        }
        // Nothing else says what is there now.
        let read = self.read_array(array).await.map_err(maybe_done)?;
        let Some((theirs, _)) = self.find(&read.body, array, base).map_err(maybe_done)? else {
            return Ok(Outcome::Refused(Refusal::NotOffered));
        };
        // Where something else than the API said yes, what is there tells whether it was done.
        let is_the_apis = answer.body.is_empty() || Document::read(&answer.body, array).is_some();
        Ok(match status {
            ..300 if is_the_apis || theirs.value == wanted => Outcome::Done(theirs),
            ..300 => {
                let wait = self.wait(flight, answer.retry_after_seconds, Reason::Unable);
                Outcome::Busy { theirs, once, wait }
            }
            _ => Outcome::Stale { theirs, once },
        })
    }

    /// The answer; none where the operator does not take the change in this form.
    async fn json_patch(&self, url: &Url, change: Change<'_>, patch: Vec<u8>) -> Result<Option<Answer>, Unanswered> {
        if self.merges_only.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let answer = match self.session.change(url, change, Some((JSON_PATCH, patch))).await {
            Err(Unanswered { status: Some(501), .. }) => None,
            answer => Some(answer?),
        };
        let status = answer.as_ref().map_or(501, |answer| answer.status);
        self.merges_only.store(matches!(status, 405 | 415 | 501), Ordering::Relaxed);
        Ok(answer.filter(|_| !matches!(status, 400 | 405 | 415 | 501)))
    }

    async fn read_array(&self, array: Array) -> Result<Read, Problem> {
        let (url, named) = match array {
            Array::PartyCharacteristic => (self.address(&["individual", self.sub])?, None),
            Array::Feature => {
                let mut url = self.address(&["service"])?;
                let number = self.line.msisdn.as_deref().unwrap_or(&self.line.id);
                url.query_pairs_mut().append_pair(&self.api.line_filter, number);
                let answer = self.session.call(&url, Call::default()).await?;
                let listed = tolerant::parse(&answer.body).map_err(unreadable)?;
                let first = tolerant::Node::root(&listed).elements().find(|service| service.has(array.name()));
                let id = first.and_then(|service| service.text(&["id"])).map(str::to_owned);
                let Some(id) = id else { return Err(Problem::NotUnderstood { code: "service".to_owned() }) };
                (self.address(&["service", &id])?, Some(id))
            }
        };
        let answer = self.session.call(&url, Call::default()).await?;
        tolerant::parse(&answer.body).map_err(unreadable)?;
        let document = Document::read(&answer.body, array);
        // Another person's, or another line's, is nothing to read or change.
        let expected = named.as_deref().unwrap_or(self.sub);
        if document.and_then(|document| document.id).is_none_or(|id| id != expected) {
            return Err(Problem::NotUnderstood { code: array.name().to_owned() });
        }
        let etag = answer.etag.filter(|tag| tag.starts_with('"'));
        Ok(Read { url, etag, body: answer.body })
    }

    fn find(&self, body: &[u8], array: Array, base: &Preference) -> Result<Option<(Preference, String)>, Problem> {
        named::find(body, array, self.own_names(), base).map_err(unreadable)
    }
}
