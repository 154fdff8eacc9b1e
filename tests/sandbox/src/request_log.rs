//! What was asked of the operator, so that a test can count requests and see which were conditional.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::state::Shared;

/// One request that reached the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoggedRequest {
    /// "GET"
    pub method: String,
    /// "/tmf-api/usageConsumption/v5/usageConsumptionReport"
    pub path: String,
    /// Raw query without the question mark; empty when there is none.
    pub query: String,
    /// Answered status; 0 when the connection was cut before an answer, or it is still being worked on.
    pub status: u16,
    /// The `If-None-Match` header, when sent.
    pub if_none_match: Option<String>,
    /// Headers and body as they came, to search for what must not be in them. Not for the control API.
    #[serde(skip)]
    pub carried: Carried,
}

/// What a request brought along.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// Name and value of each header.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// The requests of a sandbox, also once it was stopped.
#[derive(Debug, Clone)]
pub struct RequestWatch(pub(crate) Arc<Shared>);

impl RequestWatch {
    /// Every request since the scene began, in order of arrival.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.0.world().log.entries()
    }
}

#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    entries: Vec<LoggedRequest>,
}

impl RequestLog {
    /// Notes a request before it is worked on; the place is for [`Self::answered`].
    pub(crate) fn arrived(&mut self, request: LoggedRequest) -> usize {
        self.entries.push(request);
        self.entries.len() - 1
    }

    pub(crate) fn answered(&mut self, place: usize, path: &str, status: u16) {
        // After a new scene the place may belong to nobody, or to another request.
        if let Some(entry) = self.entries.get_mut(place)
            && entry.path == path
        {
            entry.status = status;
        }
    }

    pub(crate) fn entries(&self) -> Vec<LoggedRequest> {
        self.entries.clone()
    }
}
