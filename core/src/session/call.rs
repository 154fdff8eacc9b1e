//! Calling the operator's APIs as the person.

use std::sync::Arc;

use url::Url;

use super::{Lines, Session, lines};
use crate::operator::failure::Failure;
use crate::operator::http::{Answer, Body, Request};
use crate::problem::Problem;

/// What a call of an API brings along.
#[derive(Debug, Clone, Default)]
pub(crate) struct Call<'a> {
    /// The ETag of what is kept.
    pub if_none_match: Option<&'a str>,
    /// A JSON body makes it a POST. Only what may be repeated without harm.
    pub json: Option<Vec<u8>>,
}

impl Session {
    /// Calls one of the operator's APIs as the person. A 401 renews the token once; a second one means that this is
    /// not for the person, never that the session is over.
    pub(crate) async fn call(self: &Arc<Self>, url: &Url, call: Call<'_>) -> Result<Answer, Problem> {
        let mut access = self.access().await?;
        let mut renewed = false;
        loop {
            let request = Request {
                bearer: Some(&access.token),
                proof: access.proof_key.as_ref(),
                if_none_match: call.if_none_match,
                accept_language: Some(self.engine.language.tag()),
                body: call.json.clone().map(|bytes| Body { content_type: "application/json", bytes }),
                ..Request::get(url)
            };
            match self.engine.http.send_repeatable(&request).await {
                Err(Failure::Status { status: 401, .. }) if !renewed => {
                    access = self.renew(access.generation).await?;
                    renewed = true;
                }
                Err(failure @ Failure::Status { retry_after_seconds: Some(_), .. }) => {
                    self.engine.keep_waits().await;
                    return Err(failure.into());
                }
                outcome => return Ok(outcome?),
            }
        }
    }

    /// The lines the person may see, from the operator.
    pub(crate) async fn lines(self: &Arc<Self>) -> Result<Lines, Problem> {
        let record = self.record()?;
        let answer = self.call(&record.endpoints.userinfo, Call::default()).await?;
        lines::read(&answer.body, &record.sub).ok_or(Problem::NotUnderstood { code: "userinfo".to_owned() })
    }
}
