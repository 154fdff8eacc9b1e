//! Whole answers in place of the operator's, so that a test is the operator for a moment: one that lies about itself,
//! signs with keys of its own, or says nothing sensible at all.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::channel::Channel;
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
    /// In place of `body` what is no text, in base64 (RFC 4648 §4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_base64: Option<String>,
    /// The body comes byte by byte, so many milliseconds apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drip_ms: Option<u64>,
}

impl Default for Instead {
    fn default() -> Self {
        Self {
            status: 200,
            content_type: None,
            headers: BTreeMap::new(),
            body: String::new(),
            body_base64: None,
            drip_ms: None,
        }
    }
}

impl Instead {
    /// A JSON answer.
    pub fn json(body: impl std::fmt::Display) -> Self {
        Self { body: body.to_string(), ..Self::default() }
    }

    pub(super) fn response(&self) -> Response {
        let bytes = match &self.body_base64 {
            Some(encoded) => STANDARD.decode(encoded).unwrap_or_default(),
            None => self.body.clone().into_bytes(),
        };
        let body = match self.drip_ms {
            Some(pause) => drip(bytes, Duration::from_millis(pause)),
            None => Body::from(bytes),
        };
        let mut answer = Response::new(body);
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

/// A body that takes its time.
fn drip(bytes: Vec<u8>, pause: Duration) -> Body {
    let (mut sender, body) = Channel::<Bytes, std::io::Error>::new(1);
    tokio::spawn(async move {
        for byte in bytes {
            if sender.send_data(Bytes::from(vec![byte])).await.is_err() {
                return;
            }
            tokio::time::sleep(pause).await;
        }
    });
    Body::new(body)
}
