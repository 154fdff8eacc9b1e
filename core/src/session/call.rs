//! Calling the operator's APIs as the person.

use std::sync::Arc;

use url::Url;

use super::{Lines, Session, Subject, lines};
use crate::operator::documents::Authorization;
use crate::operator::failure::Failure;
use crate::operator::http::{Answer, Body, Change, Request};
use crate::operator::retry::TRIES;
use crate::operator::time::is_older;
use crate::problem::Problem;
use crate::store::Dated;

/// How long the list of lines is believed without asking.
pub(crate) const LINES_FRESH_MS: i64 = 24 * 60 * 60 * 1000;

/// What a call of an API brings along.
#[derive(Debug, Clone, Default)]
pub(crate) struct Call<'a> {
    /// The ETag of what is kept.
    pub if_none_match: Option<&'a str>,
    /// A JSON body makes it a POST. Only what may be repeated without harm.
    pub json: Option<Vec<u8>>,
    /// It is not tried again when it fails, as in the background, where a whole fleet would.
    pub once: bool,
}

/// A change that brought no answer of the API's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unanswered {
    /// What is the matter.
    pub problem: Problem,
    /// The status it was refused with, where there was one.
    pub status: Option<u16>,
    /// The operator may have done it all the same.
    pub maybe_done: bool,
    /// Seconds to wait before trying again, where the operator asks for it.
    pub retry_after_seconds: Option<u32>,
}

impl From<Problem> for Unanswered {
    fn from(problem: Problem) -> Self {
        let retry_after_seconds = match &problem {
            Problem::ServiceUnavailable { retry_after_seconds } => *retry_after_seconds,
            _ => None,
        };
        Unanswered { problem, status: None, maybe_done: false, retry_after_seconds }
    }
}

impl From<Failure> for Unanswered {
    fn from(failure: Failure) -> Self {
        let retry_after_seconds = match &failure {
            Failure::Status { retry_after_seconds, .. } => *retry_after_seconds,
            Failure::Waiting { seconds } => Some(*seconds),
            _ => None,
        };
        let status = match &failure {
            Failure::Status { status, .. } => Some(*status),
            _ => None,
        };
        // A server that is overloaded, or wants another proof, says that it did nothing (RFC 9110 §15.5.9, §15.6.4). A page
        // in place of an answer says nothing of what was done behind it.
        let said_no = matches!(
            failure,
            Failure::ProofRefused | Failure::StepUp(_) | Failure::Status { status: 401 | 408 | 429 | 501 | 503, .. }
        );
        Unanswered { status, maybe_done: failure.was_sent() && !said_no, retry_after_seconds, problem: failure.into() }
    }
}

impl Session {
    /// Changes something at one of the operator's APIs as the person: sent once, and again only with a renewed token
    /// where the first was refused. Statuses other than 401, 408, 429 and 5xx are answers, for the caller to read.
    pub(crate) async fn change(
        self: &Arc<Self>,
        url: &Url,
        change: Change<'_>,
        body: Option<(&'static str, Vec<u8>)>,
    ) -> Result<Answer, Unanswered> {
        let epoch = self.epoch();
        let mut access = self.access().await?;
        let mut renewed = false;
        loop {
            let request = Request {
                bearer: Some(&access.token),
                proof: access.proof_key.as_ref(),
                accept_language: Some(self.engine.language.tag()),
                body: body.clone().map(|(content_type, bytes)| Body { content_type, bytes }),
                change: Some(change),
                ..Request::get(url)
            };
            let answer = match self.engine.http.send_once(&request).await {
                Ok(answer) => answer,
                Err(failure) => {
                    self.heed(&failure, epoch).await;
                    return Err(failure.into());
                }
            };
            match answer.status {
                401 if !renewed => {
                    access = self.renew(access.generation).await?;
                    renewed = true;
                }
                401 | 408 => return Err(Failure::Status { status: answer.status, retry_after_seconds: None }.into()),
                _ => return Ok(answer),
            }
        }
    }

    /// Calls one of the operator's APIs as the person. A 401 renews the token once; a second one means that this is
    /// not for the person, never that the session is over.
    pub(crate) async fn call(self: &Arc<Self>, url: &Url, call: Call<'_>) -> Result<Answer, Problem> {
        let epoch = self.epoch();
        let mut access = self.access().await?;
        let mut renewed = false;
        loop {
            let request = Request {
                bearer: Some(&access.token),
                proof: access.proof_key.as_ref(),
                if_none_match: call.if_none_match,
                tries: if call.once { 1 } else { TRIES },
                accept_language: Some(self.engine.language.tag()),
                body: call.json.clone().map(|bytes| Body { content_type: "application/json", bytes }),
                ..Request::get(url)
            };
            match self.engine.http.send_repeatable(&request).await {
                Err(Failure::Status { status: 401, .. }) if !renewed => {
                    access = self.renew(access.generation).await?;
                    renewed = true;
                }
                Err(failure) => {
                    self.heed(&failure, epoch).await;
                    return Err(failure.into());
                }
                Ok(answer) => return Ok(answer),
            }
        }
    }

    /// The right to read an address of the API's as the person, for the client of documents.
    pub(crate) async fn authorization(self: &Arc<Self>, url: &Url) -> Result<Authorization, Problem> {
        let access = self.access().await?;
        Ok(self.engine.http.authorization(url, &access.token, access.proof_key.as_ref())?)
    }

    /// What the operator asked to wait holds for the next run of the app too; what it wants of a sign-in, for the next
    /// step-up.
    async fn heed(self: &Arc<Self>, failure: &Failure, epoch: u64) {
        if let Failure::StepUp(wanted) = failure {
            self.want(wanted.clone(), epoch).await;
        }
        if matches!(failure, Failure::Status { retry_after_seconds: Some(_), .. }) {
            self.engine.keep_waits().await;
        }
    }

    /// The person's lines: as `kept` has them for a day, then as the operator tells them; what was just told is to be kept.
    /// Yesterday's list will do where it cannot be asked.
    pub(crate) async fn lines_beside(
        self: &Arc<Self>,
        subject: &Subject,
        kept: Option<Dated<Lines>>,
    ) -> Result<(Lines, Option<Dated<Lines>>), Problem> {
        let now_ms = self.engine.now_ms();
        if let Some(kept) = kept.as_ref().filter(|kept| !is_older(kept.checked_ms, LINES_FRESH_MS, now_ms)) {
            return Ok((kept.model.clone(), None));
        }
        let asked = self.lines().await;
        self.still(subject)?;
        match (asked, kept) {
            (Ok(lines), _) => Ok((lines.clone(), Some(self.engine.received(lines, None, None)))),
            (Err(problem @ Problem::SessionEnded { .. }), _) | (Err(problem), None) => Err(problem),
            (Err(_), Some(kept)) => Ok((kept.model, None)),
        }
    }

    /// The lines the person may see, from the operator.
    pub(crate) async fn lines(self: &Arc<Self>) -> Result<Lines, Problem> {
        let record = self.record()?;
        let answer = self.call(&record.endpoints.userinfo, Call::default()).await?;
        let told = lines::read(&answer.body, &record.sub);
        told.map(|told| told.lines).ok_or(Problem::NotUnderstood { code: "userinfo".to_owned() })
    }
}
