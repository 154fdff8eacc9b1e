//! The second way to an operator, for documents: no cookies, no header of its own accord, no referer, no redirect followed
//! by itself, nothing decompressed. A body is handed on piece by piece and never held.

use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, ETAG, HeaderName, HeaderValue,
    IF_RANGE, LOCATION, RANGE, RETRY_AFTER, TRANSFER_ENCODING,
};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::connections::{Connections, Path};
use super::failure::Failure;
use super::retry::{LONGEST_WAIT_S, retry_after};
use super::watch::{Note, Watch};

const DPOP: HeaderName = HeaderName::from_static("dpop");
const REPR_DIGEST: HeaderName = HeaderName::from_static("repr-digest");
const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");

/// The right to read a document at the operator's own API.
pub struct Authorization {
    /// The value of `Authorization`.
    pub value: SecretString,
    /// The proof that goes with it, where tokens are bound to a key (RFC 9449).
    pub proof: Option<SecretString>,
}

impl std::fmt::Debug for Authorization {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Authorization(…)")
    }
}

/// What is asked for.
pub struct Fetch<'a> {
    /// Where. Whoever asks has checked it.
    pub url: &'a Url,
    /// Only for the operator's own API.
    pub authorization: Option<&'a Authorization>,
    /// The rest from this byte on (RFC 9110 §14.2).
    pub from: Option<u64>,
    /// Only if the document still has this strong ETag, else the whole (RFC 9110 §13.1.5).
    pub if_range: Option<&'a str>,
    /// What time it is, for a `Retry-After` that names one.
    pub now: Timestamp,
}

/// The address may be a signed link, which is as good as the document.
impl std::fmt::Debug for Fetch<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fetch").field("from", &self.from).finish_non_exhaustive()
    }
}

/// The head of an answer, as far as a download looks at it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The status.
    pub status: u16,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Content-Length`; also where it is no number.
    pub content_length: Option<String>,
    /// `Content-Range`.
    pub content_range: Option<String>,
    /// `Content-Encoding`.
    pub content_encoding: Option<String>,
    /// `Repr-Digest` (RFC 9530 §3).
    pub repr_digest: Option<String>,
    /// `Content-Digest` (RFC 9530 §2).
    pub content_digest: Option<String>,
    /// `Location`.
    pub location: Option<String>,
    /// `Retry-After`, in seconds.
    pub retry_after_seconds: Option<u32>,
    /// The protocol itself tells where the body ends, so that one that was cut short is an error: chunks, or HTTP/2.
    pub ends_by_itself: bool,
}

impl std::fmt::Debug for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Head").field("status", &self.status).finish_non_exhaustive()
    }
}

/// An answer whose body is still to come.
pub struct Arrival {
    /// Its head.
    pub head: Head,
    response: reqwest::Response,
    path: Path,
    note: Note,
}

impl std::fmt::Debug for Arrival {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.head.fmt(f)
    }
}

impl Arrival {
    /// The next piece of the body; none at its end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Failure> {
        let chunk = self.response.chunk();
        let came =
            self.path.while_it_lasts(async { chunk.await.map_err(|error| Failure::from_transport(&error)) }).await;
        let chunk = self.note.of(came)?;
        if let Some(chunk) = &chunk {
            self.note.came_of_document(chunk);
        }
        Ok(chunk)
    }
}

/// The client of documents.
pub struct Documents {
    connections: Connections,
    watch: Watch,
}

impl std::fmt::Debug for Documents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Documents")
    }
}

impl Documents {
    /// A client that believes only `anchors_pem`, or what the platform trusts, and gives up after so long a `silence`. There
    /// is no limit for the whole: a large document on a slow network is not at fault. Cheap: set up at the first call.
    pub fn new(anchors_pem: Option<String>, silence: Duration) -> Documents {
        let connections = Connections::new(anchors_pem, move |builder| builder.no_gzip().read_timeout(silence));
        Documents { connections, watch: Watch::default() }
    }

    /// Every exchange is told of there.
    pub(crate) fn watched(self, watch: Watch) -> Documents {
        Documents { watch, ..self }
    }

    /// The phone has another path to the network (see [`Connections::network_changed`]): what is under way fails with
    /// [`Failure::PathChanged`], and goes on with the next call.
    pub fn network_changed(&self) {
        self.connections.network_changed();
    }

    /// See [`Connections::mistrust`].
    pub fn mistrust(&self, failure: &Failure) {
        self.connections.mistrust(failure);
    }

    /// Asks once. Every status is an answer, redirects too.
    pub async fn fetch(&self, fetch: &Fetch<'_>) -> Result<Arrival, Failure> {
        let mut path = self.connections.path();
        let mut call = self
            .connections
            .client()?
            .get(fetch.url.clone())
            .header(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if let Some(from) = fetch.from {
            call = call.header(RANGE, format!("bytes={from}-"));
            if let Some(tag) = fetch.if_range {
                call = call.header(IF_RANGE, HeaderValue::from_str(tag).map_err(|_| Failure::Setup)?);
            }
        }
        if let Some(Authorization { value, proof }) = fetch.authorization {
            call = call.header(AUTHORIZATION, sensitive(value)?);
            if let Some(proof) = proof {
                call = call.header(DPOP, sensitive(proof)?);
            }
        }
        let mut note = self.watch.sent(&call);
        let sent = async { call.send().await.map_err(|error| Failure::from_transport(&error)) };
        let response = note.of(path.while_it_lasts(sent).await)?;
        note.answered(&response);
        let header = |name: HeaderName| response.headers().get(name).and_then(|value| value.to_str().ok());
        let text = |name: HeaderName| header(name).map(str::to_owned);
        let head = Head {
            status: response.status().as_u16(),
            etag: text(ETAG),
            content_length: text(CONTENT_LENGTH),
            content_range: text(CONTENT_RANGE),
            content_encoding: text(CONTENT_ENCODING),
            repr_digest: text(REPR_DIGEST),
            content_digest: text(CONTENT_DIGEST),
            location: text(LOCATION),
            retry_after_seconds: header(RETRY_AFTER).and_then(|value| retry_after(value, fetch.now, LONGEST_WAIT_S)),
            ends_by_itself: response.version() >= reqwest::Version::HTTP_2
                || header(TRANSFER_ENCODING).is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked")),
        };
        Ok(Arrival { head, response, path, note })
    }
}

fn sensitive(secret: &SecretString) -> Result<HeaderValue, Failure> {
    let mut value = HeaderValue::from_str(secret.expose_secret()).map_err(|_| Failure::Setup)?;
    value.set_sensitive(true);
    Ok(value)
}
