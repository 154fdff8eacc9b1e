//! An operator's preferences as a model: what it has, what was done to it in which order, and what goes wrong on the way.
//! It tells how often each operation was done, so that one that is done twice is seen.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value as Json, json};

use crate::operator::failure::Failure;
use crate::operator::http::{Answer, Request};
use crate::preferences::model::{Change, Value};

/// What happens to the next change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    /// It never leaves the phone.
    NotSent,
    /// It is lost on its way, and nobody knows.
    RequestLost,
    /// It is done, and the answer is lost.
    AnswerLost,
    /// It is taken for lost and arrives when others have come before it.
    Delayed,
    /// It is done, and answered as if not.
    FailedAfter,
    /// 409: something is under way.
    Busy,
    /// 428.
    Unconditional,
    /// 429, with a time.
    TooMany,
    /// 503.
    Unavailable,
    /// 202: done before it is asked after.
    PutOff,
    /// The process dies before it leaves.
    DieBefore,
    /// The process dies when it is done.
    DieAfter,
}

/// Who did what to a preference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    pub operation: Option<String>,
    pub value: Value,
}

pub struct Kept {
    pub value: Value,
    pub version: u32,
    pub writes: Vec<Write>,
}

/// The operator.
pub struct Server {
    pub idempotent: bool,
    pub kept: Vec<Kept>,
    pub mishaps: VecDeque<Mishap>,
    /// The next readings fail.
    pub unreadable: u32,
    /// This one fails for ever.
    pub wedged: Option<usize>,
    /// What time it is, in seconds, and before when nothing may be asked.
    pub now_s: i64,
    quiet_until_s: i64,
    /// Asked all the same.
    pub asked_too_early: u32,
    /// The process has to die now.
    pub dies: bool,
    delayed: Vec<Asked>,
    operations: BTreeMap<String, (u16, Json, String)>,
    put_off: Vec<Asked>,
}

/// A request as it leaves the phone.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: &'static str,
    pub path: String,
    pub if_match: Option<String>,
    pub operation: Option<String>,
    pub body: Vec<u8>,
    pub content_type: &'static str,
}

impl Asked {
    pub fn new(request: &Request<'_>) -> Asked {
        let change = request.change.unwrap_or_default();
        Asked {
            method: request.method(),
            path: request.url.path().to_owned(),
            if_match: change.if_match.map(str::to_owned),
            operation: change.idempotency_key.map(str::to_owned),
            body: request.body.as_ref().map(|body| body.bytes.clone()).unwrap_or_default(),
            content_type: request.body.as_ref().map_or("", |body| body.content_type),
        }
    }
}

pub fn answer(status: u16, body: &Json, etag: Option<String>) -> Answer {
    let body = body.to_string().into_bytes();
    Answer { status, etag, max_age_seconds: None, retry_after_seconds: None, is_json: true, body }
}

fn status(status: u16, retry_after_seconds: Option<u32>) -> Failure {
    Failure::Status { status, retry_after_seconds }
}

impl Server {
    pub fn new(idempotent: bool, preferences: usize) -> Server {
        let value = Value { enabled: false, threshold_percent: Some(80) };
        Server {
            idempotent,
            kept: (0..preferences).map(|_| Kept { value, version: 1, writes: Vec::new() }).collect(),
            mishaps: VecDeque::new(),
            unreadable: 0,
            wedged: None,
            now_s: 0,
            quiet_until_s: 0,
            asked_too_early: 0,
            dies: false,
            delayed: Vec::new(),
            operations: BTreeMap::new(),
            put_off: Vec::new(),
        }
    }

    /// A second device of the person.
    pub fn change_elsewhere(&mut self, at: usize, change: Change) {
        self.write(at, change, None);
    }

    /// What is still on its way arrives.
    pub fn all_arrives(&mut self) {
        for asked in std::mem::take(&mut self.delayed).into_iter().chain(std::mem::take(&mut self.put_off)) {
            let _ = self.change(&asked);
        }
    }

    fn write(&mut self, at: usize, change: Change, operation: Option<String>) {
        let kept = &mut self.kept[at];
        kept.value = change.on(kept.value);
        kept.version += 1;
        kept.writes.push(Write { operation, value: kept.value });
    }

    pub fn arrives(&mut self, asked: &Asked) -> Result<Answer, Failure> {
        if asked.path.starts_with("/p/") && self.now_s < self.quiet_until_s {
            self.asked_too_early += 1;
        }
        match (asked.method, asked.path.as_str()) {
            ("POST", "/token") => {
                let tokens =
                    json!({"access_token": "a", "token_type": "Bearer", "expires_in": 86_400, "refresh_token": "r"});
                Ok(answer(200, &tokens, None))
            }
            (_, "/jwks") => Ok(answer(200, &json!({"keys": []}), None)),
            (_, "/userinfo") => {
                let lines = json!([{"id": "line", "msisdn": "+32470123456", "entityType": "mobileLine"}]);
                Ok(answer(
                    200,
                    &json!({"sub": "emma", "name": "Emma Canary", "phone_number": "+32470123456", "userAssets": lines}),
                    None,
                ))
            }
            ("GET", path) => {
                if self.unreadable > 0 {
                    self.unreadable -= 1;
                    return Err(Failure::Portal);
                }
                self.put_off_is_done();
                match self.named(path) {
                    Some(at) => Ok(answer(200, &self.body(at), Some(self.tag(at)))),
                    None => {
                        let all: Vec<Json> = (0..self.kept.len()).map(|at| self.body(at)).collect();
                        Ok(answer(200, &json!(all), None))
                    }
                }
            }
            _ => self.change_on_its_way(asked),
        }
    }

    fn change_on_its_way(&mut self, asked: &Asked) -> Result<Answer, Failure> {
        if self.named(&asked.path) == self.wedged && self.wedged.is_some() {
            return Err(status(500, None));
        }
        let came = match self.mishaps.pop_front() {
            None => self.change(asked),
            Some(Mishap::NotSent) => Err(Failure::Connect),
            Some(Mishap::RequestLost) => Err(Failure::Timeout),
            Some(Mishap::AnswerLost) => self.change(asked).and(Err(Failure::Timeout)),
            Some(Mishap::FailedAfter) => self.change(asked).and(Err(status(500, None))),
            Some(Mishap::Delayed) => {
                self.delayed.push(asked.clone());
                return Err(Failure::Timeout);
            }
            Some(Mishap::Busy) => Ok(answer(409, &json!({}), None)),
            Some(Mishap::Unconditional) => Ok(answer(428, &json!({}), None)),
            Some(Mishap::TooMany) => {
                self.quiet_until_s = self.now_s + 30;
                Err(status(429, Some(30)))
            }
            Some(Mishap::Unavailable) => Err(status(503, None)),
            Some(Mishap::PutOff) => {
                self.put_off.push(asked.clone());
                return Ok(answer(202, &json!({}), None));
            }
            Some(Mishap::DieBefore) => {
                self.dies = true;
                Err(Failure::Setup)
            }
            Some(Mishap::DieAfter) => {
                let _ = self.change(asked);
                self.dies = true;
                Err(Failure::Setup)
            }
        };
        // What was slow arrives behind the next one.
        for late in std::mem::take(&mut self.delayed) {
            let _ = self.change(&late);
        }
        came
    }

    fn put_off_is_done(&mut self) {
        for asked in std::mem::take(&mut self.put_off) {
            let _ = self.change(&asked);
        }
    }

    fn change(&mut self, asked: &Asked) -> Result<Answer, Failure> {
        let at = self.named(&asked.path).ok_or(Failure::Setup)?;
        if let Some((status, body, tag)) =
            asked.operation.as_ref().filter(|_| self.idempotent).and_then(|done| self.operations.get(done))
        {
            return Ok(answer(*status, body, Some(tag.clone())));
        }
        match &asked.if_match {
            None => return Ok(answer(428, &json!({}), None)),
            Some(tag) if *tag != self.tag(at) => return Ok(answer(412, &json!({}), None)),
            Some(_) => {}
        }
        let patch: Json = serde_json::from_slice(&asked.body).unwrap();
        let threshold_percent = patch["threshold"].as_u64().map(|percent| u8::try_from(percent).unwrap());
        self.write(at, Change { enabled: patch["isEnabled"].as_bool(), threshold_percent }, asked.operation.clone());
        let (body, tag) = (self.body(at), self.tag(at));
        if let Some(operation) = &asked.operation {
            self.operations.insert(operation.clone(), (200, body.clone(), tag.clone()));
        }
        Ok(answer(200, &body, Some(tag)))
    }

    fn named(&self, path: &str) -> Option<usize> {
        path.rsplit('/').next()?.strip_prefix('p')?.parse().ok().filter(|at| *at < self.kept.len())
    }

    fn tag(&self, at: usize) -> String {
        format!("\"{}\"", self.kept[at].version)
    }

    fn body(&self, at: usize) -> Json {
        let Kept { value, version, .. } = &self.kept[at];
        json!({
            "@type": "CommunicationPreference", "id": format!("p{at}"), "topic": format!("topic{at}"), "channel": "sms",
            "isEnabled": value.enabled, "threshold": value.threshold_percent, "version": version.to_string(),
        })
    }
}
