//! Whole answers in place of the operator's, so that a test is the operator for a moment: one that lies about itself,
//! signs with keys of its own, or says nothing sensible at all.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::{Deserialize, Serialize};

/// One whole answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Instead {
    /// HTTP status; 200 when left out.
    pub status: u16,
    /// `application/json` when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Further headers, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Sent as it stands.
    pub body: String,
}

impl Default for Instead {
    fn default() -> Self {
        Self { status: 200, content_type: None, headers: BTreeMap::new(), body: String::new() }
    }
}

impl Instead {
    /// A JSON answer.
    pub fn json(body: impl std::fmt::Display) -> Self {
        Self { body: body.to_string(), ..Self::default() }
    }

    pub(super) fn response(&self) -> Response {
        let mut answer = Response::new(Body::from(self.body.clone()));
        *answer.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = self.content_type.as_deref().unwrap_or("application/json");
        let kind = (header::CONTENT_TYPE, HeaderValue::from_str(kind).ok());
        let others = self.headers.iter().filter_map(|(name, value)| {
            Some((HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_str(value).ok()))
        });
        for (name, value) in [kind].into_iter().chain(others) {
            if let Some(value) = value {
                answer.headers_mut().insert(name, value);
            }
        }
        answer
    }
}
