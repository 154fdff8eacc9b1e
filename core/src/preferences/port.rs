//! The operator's side of a preference: reading what it has, and making one change. Which resource that is, the profile
//! decides; what comes of a change is told in the machine's words, whatever the resource.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use url::Url;

use super::machine::{Flight, Outcome, Reason, Wait};
use super::model::{Preference, Refusal};
use super::tmf::named::Array;
use super::tmf::{self, Decoded, HowToRead, OwnNames};
use crate::engine::Engine;
use crate::operator::address::address;
use crate::operator::http::{Answer, Change, Verb};
use crate::operator::profile::PreferencesApi;
use crate::operator::retry::jittered;
use crate::operator::tolerant::Unreadable;
use crate::problem::Problem;
use crate::session::{Call, Line, Session, Unanswered};

/// Where a line's preferences are at the operator.
pub(super) struct Port<'a> {
    pub engine: &'a Engine,
    pub session: &'a Arc<Session>,
    pub api: &'a PreferencesApi,
    pub line: &'a Line,
    /// The person at the operator.
    pub sub: &'a str,
    /// Whether it is the first of the person's lines: what belongs to the person is listed with it.
    pub first: bool,
    /// The operator was asked for a JSON patch and does not know them: it is not asked again before the app's next start.
    pub merges_only: &'a AtomicBool,
}

pub(super) const MERGE_PATCH: &str = "application/merge-patch+json";
/// The longest pause between tries: a phone that is in use asks again after this at the latest.
const LONGEST_DOUBLING: u32 = 7;

impl Port<'_> {
    /// Everything the operator has for the line.
    pub async fn list(&self) -> Result<Decoded, Problem> {
        if let Some(list) = Array::of(self.api.resource) {
            return self.list_array(list).await;
        }
        let mut url = self.address(&["communicationPreference"])?;
        let number = self.line.msisdn.as_deref().unwrap_or(&self.line.id);
        url.query_pairs_mut().append_pair(&self.api.line_filter, number);
        let answer = self.session.call(&url, Call::default()).await?;
        tmf::communication::read(&answer.body, Some(&self.how()), self.own_names()).map_err(unreadable)
    }

    /// Makes the change, once.
    pub async fn send(&self, flight: &Flight) -> Outcome {
        match self.try_to_send(flight).await {
            Ok(outcome) => outcome,
            Err(Unanswered { problem, status, maybe_done, retry_after_seconds }) => {
                let reason = match problem {
                    Problem::Offline | Problem::BlockedNetwork => Reason::NoWay,
                    Problem::ServiceUnavailable { .. } | Problem::NotPermitted | Problem::NotUnderstood { .. } => {
                        Reason::Unable
                    }
                    _ if status.is_some() => Reason::Unable,
                    _ => Reason::Other,
                };
                let wait = self.wait(flight, retry_after_seconds, reason);
                match problem {
                    // Of the token, not of the wish: a gateway that takes no token for a while has refused nothing.
                    _ if status == Some(401) => Outcome::NotDone { wait },
                    // Of looking at what it took, not of the wish.
                    Problem::NotPermitted if flight.accepted_ms.is_some() => Outcome::NotDone { wait },
                    Problem::NotPermitted => Outcome::Refused(Refusal::NotPermitted),
                    _ if maybe_done => Outcome::Unsure { wait },
                    _ => Outcome::NotDone { wait },
                }
            }
        }
    }

    async fn try_to_send(&self, flight: &Flight) -> Result<Outcome, Unanswered> {
        if let Some(array) = Array::of(self.api.resource) {
            return self.send_array(array, flight).await;
        }
        let base = match self.base(flight).await? {
            Ok(base) => base,
            Err(outcome) => return Ok(outcome),
        };
        let url = self.address(&["communicationPreference", &flight.base.id])?;
        let change = Change {
            verb: Verb::Patch,
            if_match: base.version.etag.as_deref(),
            idempotency_key: Some(&flight.wish.operation),
            ..Change::default()
        };
        let body = tmf::communication::patch(flight.base.value, flight.wanted());
        let answer = self.session.change(&url, change, Some((MERGE_PATCH, body))).await?;
        self.came(flight, &base, answer).await
    }

    /// What the change is based on, with the tag to prove it. Where none is known yet the preference is read first; what
    /// somebody else changed meanwhile is then found before anything is sent.
    async fn base(&self, flight: &Flight) -> Result<Result<Preference, Outcome>, Unanswered> {
        if flight.accepted_ms.is_none() && flight.base.version.etag.is_some() {
            return Ok(Ok(flight.base.clone()));
        }
        let Some(theirs) = self.read(&flight.base.id).await? else {
            return Ok(Err(Outcome::Refused(Refusal::NotOffered)));
        };
        if flight.accepted_ms.is_some() {
            let done = theirs.value == flight.wanted();
            return Ok(Err(if done { Outcome::Done(theirs) } else { self.put_off(flight, None) }));
        }
        let changed = theirs.version.same_as(&flight.base.version) == Some(false);
        if changed || theirs.value != flight.base.value {
            return Ok(Err(Outcome::Stale { theirs, once: self.api.idempotent }));
        }
        Ok(Ok(theirs))
    }

    async fn came(&self, flight: &Flight, base: &Preference, answer: Answer) -> Result<Outcome, Unanswered> {
        let id = &flight.base.id;
        match answer.status {
            202 => Ok(self.put_off(flight, answer.retry_after_seconds)),
            200..=299 => {
                // Without a tag nothing kept others away, and an answer to a repeated operation tells of the first time: what
                // is there now is looked at.
                let told = if base.version.etag.is_some() && !flight.unsure { self.one(id, &answer) } else { None };
                let maybe_done = |problem| Unanswered { maybe_done: true, ..Unanswered::from(problem) };
                let is_the_apis = told.is_some() || answer.body.is_empty() || self.one(id, &answer).is_some();
                let told = match told {
                    Some(told) => Some(told),
                    None => self.read(id).await.map_err(maybe_done)?,
                };
                Ok(match told {
                    None => Outcome::Refused(Refusal::NotOffered),
                    // Something else than the API said yes: what is there tells whether it was done.
                    Some(theirs) if !is_the_apis && theirs.value != flight.wanted() => {
                        let wait = self.wait(flight, answer.retry_after_seconds, Reason::Unable);
                        Outcome::Busy { theirs, once: self.api.idempotent, wait }
                    }
                    Some(theirs) => Outcome::Done(theirs),
                })
            }
            409 | 412 | 428 => {
                let once = self.api.idempotent;
                let wait = self.wait(flight, answer.retry_after_seconds, Reason::Unable);
                Ok(match self.read(id).await? {
                    None => Outcome::Refused(Refusal::NotOffered),
                    Some(theirs) if answer.status == 409 => Outcome::Busy { theirs, once, wait },
                    Some(theirs) => Outcome::Stale { theirs, once },
                })
            }
            403 => {
                // Who decides may have changed since it was last read.
                let present = self.read(id).await.ok().flatten();
                let reason = present.and_then(|present| present.fixed()).unwrap_or(Refusal::NotPermitted);
                Ok(Outcome::Refused(reason))
            }
            404 | 410 => Ok(Outcome::Refused(Refusal::NotOffered)),
            _ => Ok(Outcome::Refused(Refusal::NotAccepted)),
        }
    }

    /// What the operator has; none when it offers this no more.
    async fn read(&self, id: &str) -> Result<Option<Preference>, Problem> {
        let url = self.address(&["communicationPreference", id])?;
        let answer = match self.session.call(&url, Call::default()).await {
            Err(Problem::Unexpected { code }) if matches!(code.as_str(), "http_404" | "http_410") => return Ok(None),
            answer => answer?,
        };
        match self.one(id, &answer) {
            Some(preference) => Ok(Some(preference)),
            None => Err(Problem::NotUnderstood { code: "preference".to_owned() }),
        }
    }

    fn one(&self, id: &str, answer: &Answer) -> Option<Preference> {
        let decoded = tmf::communication::read(&answer.body, Some(&self.how()), self.own_names()).ok()?;
        let mut preference = decoded.preferences.into_iter().find(|preference| preference.id == id)?;
        preference.version.etag = answer.etag.clone().filter(|tag| tag.starts_with('"'));
        Some(preference)
    }

    /// When to try again: when the operator says, else after a pause.
    pub(super) fn wait(&self, flight: &Flight, asked_s: Option<u32>, reason: Reason) -> Wait {
        let now_ms = self.engine.now_ms();
        let (pause_ms, reason) = match asked_s {
            Some(seconds) => (i64::from(seconds).saturating_mul(1000), Reason::Asked),
            None if flight.accepted_ms.is_some() => (flight.poll_pause_ms(now_ms), reason),
            None => {
                let tried = flight.tries.min(LONGEST_DOUBLING);
                let pause = jittered(tried, &*self.engine.entropy).unwrap_or_default();
                (i64::try_from(pause.as_millis()).unwrap_or(i64::MAX), reason)
            }
        };
        Wait { until_ms: now_ms.saturating_add(pause_ms), reason }
    }

    /// The operator took it and does it later. Only this one waits: there is something to look at, not something to send.
    pub(super) fn put_off(&self, flight: &Flight, asked_s: Option<u32>) -> Outcome {
        let at_ms = self.engine.now_ms();
        let asked_ms = asked_s.map(|seconds| i64::from(seconds).saturating_mul(1000));
        let pause_ms = asked_ms.unwrap_or_else(|| flight.poll_pause_ms(at_ms));
        let reason = Reason::PutOff { asked: asked_s.is_some() };
        Outcome::Accepted { wait: Wait { until_ms: at_ms.saturating_add(pause_ms), reason }, at_ms }
    }

    fn how(&self) -> HowToRead<'_> {
        HowToRead { line_id: &self.line.id, msisdn: self.line.msisdn.as_deref() }
    }

    /// The operator's own names of topics and channels.
    pub(super) fn own_names(&self) -> OwnNames<'_> {
        OwnNames::of(self.api)
    }

    pub(super) fn address(&self, segments: &[&str]) -> Result<Url, Problem> {
        address(&self.api.base_url, segments)
    }
}

pub(super) fn unreadable(reason: Unreadable) -> Problem {
    match reason {
        Unreadable::Html => Problem::BlockedNetwork,
        _ => Problem::NotUnderstood { code: "preferences".to_owned() },
    }
}
