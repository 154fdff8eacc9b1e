//! Another operator's answers, as they were recorded: played in the place of this operator's APIs, while people still sign in here.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use serde_json::Value;

use crate::http::{Refusal, header_text, pairs};
use crate::server::Connection;
use crate::state::Shared;

/// One answer, and what it is an answer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// "GET"
    pub method: String,
    /// The path it is played at, which is none of this operator's own.
    pub path: String,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// What was sent, where it is JSON.
    pub sent: Option<Value>,
    /// HTTP status; none where the connection ended without an answer.
    pub status: Option<u16>,
    /// Headers of the answer.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: String,
}

/// What is played, and how often each was.
#[derive(Debug, Default)]
pub(crate) struct Recordings {
    all: Vec<Recording>,
    played: BTreeMap<usize, u64>,
}

impl Recordings {
    pub(crate) fn new(all: Vec<Recording>) -> Self {
        Self { all, played: BTreeMap::new() }
    }

    /// The recording that answers: of those that fit best the first that was not played yet, else the last.
    fn next(&mut self, asked: &Asked) -> Option<Recording> {
        let fit = self.all.iter().filter_map(|one| asked.fit(one)).max()?;
        let fitting = self.all.iter().enumerate().filter(|(_, one)| asked.fit(one) == Some(fit));
        let fitting: Vec<usize> = fitting.map(|(place, _)| place).collect();
        let fresh = fitting.iter().find(|place| !self.played.contains_key(place)).or(fitting.last())?;
        *self.played.entry(*fresh).or_default() += 1;
        self.all.get(*fresh).cloned()
    }
}

struct Asked {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    sent: Option<Value>,
    conditional: bool,
}

impl Asked {
    /// How well a recording fits: 2 the very request, 1 the same but for what moves with the clock. None: not at all.
    fn fit(&self, one: &Recording) -> Option<u8> {
        let same_place = one.method == self.method && one.path == self.path && one.query.len() == self.query.len();
        // Whoever has nothing cannot be told that nothing changed.
        if !same_place || (one.status == Some(304) && !self.conditional) {
            return None;
        }
        let sent = one.sent.is_none() || one.sent == self.sent;
        let pairs = |all: &[(String, String)]| all.iter().cloned().collect::<BTreeMap<_, _>>();
        let (theirs, ours) = (pairs(&one.query), pairs(&self.query));
        let same = |(name, value): (&String, &String)| ours.get(name) == Some(value);
        let moves = |(name, value): (&String, &String)| ours.contains_key(name) && value.starts_with("20");
        if theirs.iter().all(same) && sent {
            Some(2)
        } else {
            theirs.iter().all(|pair| same(pair) || moves(pair)).then_some(u8::from(sent))
        }
    }
}

/// Answers what none of this operator's own routes does.
pub(crate) async fn play(
    State(shared): State<Arc<Shared>>,
    Extension(connection): Extension<Connection>,
    request: Request,
) -> Response {
    let (head, body) = request.into_parts();
    let bytes = body.collect().await.map(|all| all.to_bytes()).unwrap_or_default();
    let asked = Asked {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: pairs(head.uri.query().unwrap_or_default().as_bytes()),
        sent: serde_json::from_slice(&bytes).ok(),
        conditional: header_text(&head.headers, header::IF_NONE_MATCH).is_some(),
    };
    let recording = shared.world().recordings.next(&asked);
    let Some(recording) = recording else {
        return Refusal::not_found("There is nothing here.").into_response();
    };
    let Some(status) = recording.status else {
        connection.close_under_me().await;
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let mut answer = Response::new(Body::from(recording.body));
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &recording.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recording(query: &[(&str, &str)], status: u16, body: &str) -> Recording {
        Recording {
            method: "GET".to_owned(),
            path: "/replay/0/bill".to_owned(),
            query: query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            sent: None,
            status: Some(status),
            headers: Vec::new(),
            body: body.to_owned(),
        }
    }

    fn asked(query: &str, conditional: bool) -> Asked {
        let query = pairs(query.as_bytes());
        Asked { method: "GET".to_owned(), path: "/replay/0/bill".to_owned(), query, sent: None, conditional }
    }

    #[test]
    fn recordings_of_one_request_are_played_in_their_order_and_the_last_again() {
        let mut recordings = Recordings::new(vec![
            recording(&[("id", "a")], 200, "first"),
            recording(&[("id", "b")], 200, "of another"),
            recording(&[("id", "a")], 200, "second"),
        ]);
        let mut next = || recordings.next(&asked("id=a", false)).map(|one| one.body);
        for expected in ["first", "second", "second"] {
            assert_eq!(next().as_deref(), Some(expected));
        }
        assert_eq!(recordings.next(&asked("id=c", false)), None);
        assert_eq!(recordings.next(&asked("id=a&offset=50", false)), None, "another page is another request");
    }

    #[test]
    fn days_may_move_and_the_very_request_comes_before() {
        let mut recordings = Recordings::new(vec![
            recording(&[("since", "2026-09-01")], 200, "of September"),
            recording(&[("since", "2026-10-01")], 200, "of October"),
        ]);
        let mut next = |query| recordings.next(&asked(query, false)).map(|one| one.body);
        assert_eq!(next("since=2026-10-01").as_deref(), Some("of October"));
        assert_eq!(next("since=2026-11-01").as_deref(), Some("of September"));
        assert_eq!(next("until=2026-11-01"), None);
    }

    #[test]
    fn whoever_has_nothing_is_not_told_that_nothing_changed() {
        let mut recordings = Recordings::new(vec![recording(&[], 304, ""), recording(&[], 200, "all")]);
        assert_eq!(recordings.next(&asked("", false)).and_then(|one| one.status), Some(200));
        assert_eq!(recordings.next(&asked("", true)).and_then(|one| one.status), Some(304));
    }
}
