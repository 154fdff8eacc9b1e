//! Looking on from outside at every exchange with the operator, as it went over the wire: for tools that judge an operator's
//! side, in a build with the feature `watch`. What a phone ships has it not, and nothing here changes what the core does.

use std::sync::Arc;

use reqwest::header::HeaderMap;
use sha2::{Digest, Sha256};
use url::Url;

use super::failure::Failure;

/// Of a document's bytes only so many are handed on: enough to tell what kind it is.
const HEAD_OF_DOCUMENT: usize = 16;

/// Whoever looks on. Called on the core's own threads, so it only takes note.
pub trait Watcher: Send + Sync {
    /// A request was sent, and its answer is here or will not come. Repeats are told one by one, in the order in which they end.
    fn told(&self, exchange: Exchange);
}

/// One request that was really sent, with what came of it. It holds tokens, and what is personal: nothing of it shows in debug
/// text but method and status.
#[derive(Clone, PartialEq, Eq)]
pub struct Exchange {
    /// `GET`, `POST` and such.
    pub method: String,
    /// Where, with its query.
    pub url: Url,
    /// Headers as the core set them, names in lower case; what every request of HTTP has is not among them.
    pub request_headers: Vec<(String, String)>,
    /// What was sent.
    pub request_body: Option<Vec<u8>>,
    /// The status; none where no answer came.
    pub status: Option<u16>,
    /// Headers of the answer, names in lower case; those whose value is no text are left out.
    pub response_headers: Vec<(String, String)>,
    /// The body, decompressed, as far as it was read. Of a document only its first bytes.
    pub response_body: Vec<u8>,
    /// How many bytes of the body came; of a document that is more than `response_body` holds.
    pub response_length: u64,
    /// SHA-256 of what came of a document.
    pub response_sha256: Option<[u8; 32]>,
    /// Why the core took nothing of it, where it is the transport or the answer as a whole that failed.
    pub failure: Option<String>,
}

impl Exchange {
    /// The value of a header of the answer, named in lower case.
    pub fn response_header(&self, name: &str) -> Option<&str> {
        self.response_headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a header of the request, named in lower case.
    pub fn request_header(&self, name: &str) -> Option<&str> {
        self.request_headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl std::fmt::Debug for Exchange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Exchange");
        shown.field("method", &self.method).field("status", &self.status).finish_non_exhaustive()
    }
}

/// Where the ways to the operator tell what they do.
#[derive(Clone, Default)]
pub(crate) struct Watch(Option<Arc<dyn Watcher>>);

impl Watch {
    pub(crate) fn by(watcher: Arc<dyn Watcher>) -> Watch {
        Watch(Some(watcher))
    }

    /// Takes note of a request that is about to be sent; told when the note goes, whatever becomes of it.
    pub(crate) fn sent(&self, request: &reqwest::RequestBuilder) -> Note {
        let Some((watcher, request)) = self.0.clone().zip(request.try_clone().and_then(|it| it.build().ok())) else {
            return Note(None);
        };
        let exchange = Exchange {
            method: request.method().to_string(),
            url: request.url().clone(),
            request_headers: in_text(request.headers()),
            request_body: request.body().and_then(reqwest::Body::as_bytes).map(<[u8]>::to_vec),
            status: None,
            response_headers: Vec::new(),
            response_body: Vec::new(),
            response_length: 0,
            response_sha256: None,
            failure: None,
        };
        Note(Some(Noted { watcher, exchange, sha256: Sha256::new() }))
    }
}

/// What is known of an exchange so far.
pub(crate) struct Note(Option<Noted>);

struct Noted {
    watcher: Arc<dyn Watcher>,
    exchange: Exchange,
    /// Of what came of a document.
    sha256: Sha256,
}

impl Note {
    pub(crate) fn answered(&mut self, response: &reqwest::Response) {
        if let Some(Noted { exchange, .. }) = &mut self.0 {
            exchange.status = Some(response.status().as_u16());
            exchange.response_headers = in_text(response.headers());
        }
    }

    pub(crate) fn came(&mut self, chunk: &[u8]) {
        if let Some(Noted { exchange, .. }) = &mut self.0 {
            exchange.response_body.extend_from_slice(chunk);
            exchange.response_length =
                exchange.response_length.saturating_add(chunk.len().try_into().unwrap_or(u64::MAX));
        }
    }

    pub(crate) fn came_of_document(&mut self, chunk: &[u8]) {
        self.came(chunk);
        if let Some(Noted { exchange, sha256, .. }) = &mut self.0 {
            exchange.response_body.truncate(HEAD_OF_DOCUMENT);
            sha256.update(chunk);
            exchange.response_sha256 = Some(sha256.clone().finalize().into());
        }
    }

    /// Passes an outcome on, and notes why there is none.
    pub(crate) fn of<T>(&mut self, outcome: Result<T, Failure>) -> Result<T, Failure> {
        if let (Err(failure), Some(Noted { exchange, .. })) = (&outcome, &mut self.0) {
            exchange.failure = Some(failure.to_string());
        }
        outcome
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        if let Some(Noted { watcher, mut exchange, .. }) = self.0.take() {
            if exchange.status.is_none() && exchange.failure.is_none() {
                exchange.failure = Some("given up before an answer came".to_owned());
            }
            watcher.told(exchange);
        }
    }
}

fn in_text(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &reqwest::header::HeaderValue| value.to_str().ok().map(str::to_owned);
    headers.iter().filter_map(|(name, value)| Some((name.as_str().to_owned(), text(value)?))).collect()
}
