//! Everything that can go wrong between a phone and its operator, on request. Cuts happen to the real
//! connection; the rest changes the answer on its way out.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_body_util::BodyExt;
use http_body_util::channel::Channel;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::http::Undated;
use crate::server::Connection;
use crate::state::Shared;
use crate::tmf678::DocumentFaults;
use crate::{http, pages};

mod bend;
mod body;
mod identity;
mod instead;
mod list;

pub use bend::Bend;
pub(crate) use identity::merge;
pub use identity::{IdTokenAlg, IdTokenFaults, IdentityFaults, JwksFault};
pub use instead::Instead;
pub(crate) use list::FAULTS;

/// Fault switches; everything left out is healthy. Serialised in camelCase, unknown names are refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Faults {
    /// Only paths that start with one of these are affected ("/token", "/tmf-api/usageConsumption").
    /// Left out: all. Does not apply to `cut_off`, `stale_cycle`, `new_plan` and `new_payee`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<Vec<String>>,
    /// Only requests of this method are affected ("PATCH"). Left out: all. Applies where `only` does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Only this many requests are affected, then all is well again. Every request that `only` lets through
    /// counts, so a fault of one endpoint wants its path there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// Waits this long (real time) before doing anything.
    pub latency_ms: u64,
    /// The network is gone: open connections are closed, new ones are closed on arrival.
    pub cut_off: bool,
    /// The request is read, then the connection is closed without an answer.
    pub drop: bool,
    /// The connection is closed after this many bytes of the body, which announced its full length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_after_bytes: Option<usize>,
    /// Answers with this status and a TMF error (or `body`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// `Retry-After` beside `status`: seconds or an HTTP date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<String>,
    /// `Location` beside a redirecting `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Body beside `status`, as it stands; its type is `content_type`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// A captive portal: 200 with an HTML sign-in page of somebody else.
    pub html_portal: bool,
    /// After the cycle rolled over, the cycle the scene began in is still served.
    pub stale_cycle: bool,
    /// Every plan began on this day of the cycle the scene began in, and nothing is told of it before the next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_plan: Option<Date>,
    /// Bills issued from this day on are to be paid to another account than those before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_payee: Option<Date>,
    /// Overrides the `Content-Type` of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// 200 `application/json` that is not JSON.
    pub garbage: bool,
    /// 200 `application/json` without a byte.
    pub empty_body: bool,
    /// Streams a well-formed JSON array of about this many bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub huge_body_bytes: Option<u64>,
    /// 200 `application/json`, `Content-Encoding: gzip`: a JSON string of this many MiB in a few KiB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gzip_bomb_mib: Option<u64>,
    /// The answer comes one byte per 100 ms.
    pub slow_drip: bool,
    /// The first half of the answer, as if it were all of it.
    pub truncated: bool,
    /// The first bucket's amounts are no numbers.
    pub wrong_number: bool,
    /// Every period ends before it starts.
    pub inverted_period: bool,
    /// The first bucket counts in parsecs.
    pub unknown_unit: bool,
    /// The token endpoint rotates the refresh token, and the answer is lost.
    pub refresh_lost: bool,
    /// The token endpoint refuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_error: Option<TokenError>,
    /// Whole answers in place of the operator's, by the start of a path, the longest first: another description of the
    /// provider, other keys and other tokens at the same time.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub instead: BTreeMap<String, Instead>,
    /// The operator's own answers with something in them changed, by the start of a path, the longest first.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub bend: BTreeMap<String, Bend>,
    /// Attacks on sign-in.
    pub identity: IdentityFaults,
    /// What goes wrong at the document host.
    pub documents: DocumentFaults,
}

/// What the token endpoint says instead of answering.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TokenError {
    /// HTTP status.
    pub status: u16,
    /// `application/json` when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Sent as it stands.
    pub body: String,
}

impl Faults {
    /// Every status that an answer is told to have.
    pub(crate) fn statuses(&self) -> impl Iterator<Item = u16> {
        let instead = self.instead.values().map(|instead| instead.status);
        // Left out, the token endpoint's is 400.
        let token_error = self.token_error.as_ref().map(|error| error.status).filter(|status| *status != 0);
        self.status.into_iter().chain(token_error).chain(instead)
    }
}

/// The faults in force and how often they may still strike.
#[derive(Debug, Default)]
pub(crate) struct ActiveFaults {
    faults: Faults,
    left: Option<u32>,
}

impl ActiveFaults {
    pub(crate) fn replace(&mut self, faults: Faults) {
        self.left = faults.times;
        self.faults = faults;
    }

    /// As they were set, and how often they may still strike, where that is counted.
    pub(crate) fn in_force(&self) -> Faults {
        Faults { times: self.left, ..self.faults.clone() }
    }

    pub(crate) fn new_plan(&self) -> Option<Date> {
        self.faults.new_plan
    }

    pub(crate) fn new_payee(&self) -> Option<Date> {
        self.faults.new_payee
    }

    /// How much larger than needed documents are, in bytes.
    pub(crate) fn document_padding(&self) -> usize {
        self.faults.documents.padding_kib.saturating_mul(1_024)
    }

    pub(crate) fn stale_cycle(&self) -> bool {
        self.faults.stale_cycle
    }

    /// The faults that strike this request, if any.
    fn strike(&mut self, method: &str, path: &str) -> Option<Faults> {
        let meant = match &self.faults.only {
            Some(only) => only.iter().any(|prefix| path.starts_with(prefix.as_str())),
            None => true,
        };
        let meant = meant && self.faults.method.as_ref().is_none_or(|only| only == method);
        if !meant || self.left == Some(0) {
            return None;
        }
        self.left = self.left.map(|left| left.saturating_sub(1));
        Some(self.faults.clone())
    }
}

/// Applies the faults in force to one request.
pub(crate) async fn apply(
    State(shared): State<Arc<Shared>>,
    Extension(connection): Extension<Connection>,
    mut request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    let struck = shared.world().faults.strike(request.method().as_str(), &path);
    // Every handler of the identity provider asks for these.
    request.extensions_mut().insert(struck.as_ref().map(|faults| faults.identity.clone()).unwrap_or_default());
    request.extensions_mut().insert(struck.as_ref().map(|faults| faults.documents.clone()).unwrap_or_default());
    let Some(faults) = struck else {
        return next.run(request).await;
    };
    tokio::time::sleep(Duration::from_millis(faults.latency_ms)).await;
    if faults.drop {
        connection.close_under_me().await;
    }
    if faults.identity.dpop_nonce_loop && request.headers().contains_key("dpop") {
        let nonce = shared.world().minter.next("nonce");
        let at_api = path != "/token" && path != "/par";
        return http::Refusal::UseNonce { nonce, at_api }.into_response();
    }
    let whole = faults.instead.iter().rev().find(|(start, _)| path.starts_with(start.as_str()));
    if let Some(answer) = whole.map(|(_, answer)| answer.response()).or_else(|| broken(&faults, &path)) {
        return finish(answer, &faults, &path, connection).await;
    }
    let (request, lose) = loses_refresh(request, &faults, &path).await;
    let answer = next.run(request).await;
    if lose {
        connection.close_under_me().await;
    }
    finish(answer, &faults, &path, connection).await
}

/// The answer of a fault that never reaches the operator's own code.
fn broken(faults: &Faults, path: &str) -> Option<Response> {
    if let (Some(error), "/token") = (&faults.token_error, path) {
        let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST);
        let kind = error.content_type.as_deref().unwrap_or("application/json");
        return Some((status, [(header::CONTENT_TYPE, kind.to_owned())], error.body.clone()).into_response());
    }
    if let Some(status) = faults.status {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut answer = match &faults.body {
            Some(body) => (status, body.clone()).into_response(),
            None => http::tmf_error(status, "The sandbox was told to answer so."),
        };
        for (name, value) in [(header::RETRY_AFTER, &faults.retry_after), (header::LOCATION, &faults.location)] {
            let value = value.as_deref().and_then(|text| HeaderValue::from_str(text).ok());
            if let Some(value) = value {
                answer.headers_mut().insert(name, value);
            }
        }
        return Some(answer);
    }
    let json = [(header::CONTENT_TYPE, "application/json")];
    if faults.html_portal {
        return Some(pages::captive_portal().into_response());
    }
    if faults.garbage {
        return Some((json, "{\"bucket\": [ <<< not json \u{0}").into_response());
    }
    if faults.empty_body {
        return Some((json, "").into_response());
    }
    if let Some(mib) = faults.gzip_bomb_mib {
        let packed = [(header::CONTENT_ENCODING, "gzip")];
        return Some((json, packed, body::gzip_bomb(mib)).into_response());
    }
    faults.huge_body_bytes.map(|bytes| (json, body::huge(bytes)).into_response())
}

/// Whether this is a refresh whose answer must be lost; reading the form takes the body out of the request.
async fn loses_refresh(request: Request, faults: &Faults, path: &str) -> (Request, bool) {
    if !faults.refresh_lost || path != "/token" {
        return (request, false);
    }
    let (parts, body) = request.into_parts();
    let form = body.collect().await.map(|all| all.to_bytes()).unwrap_or_default();
    let refresh =
        url::form_urlencoded::parse(&form).any(|(name, value)| name == "grant_type" && value == "refresh_token");
    (Request::from_parts(parts, Body::from(form)), refresh)
}

/// Changes the answer on its way out.
async fn finish(answer: Response, faults: &Faults, path: &str, connection: Connection) -> Response {
    let (mut parts, mut body) = answer.into_parts();
    if let Some((_, bend)) = faults.bend.iter().rev().find(|(start, _)| path.starts_with(start.as_str())) {
        body = bend.apply(parts.status, &mut parts.headers, body).await;
        if bend.without_headers.iter().any(|name| name.eq_ignore_ascii_case("date")) {
            parts.extensions.insert(Undated);
        }
    }
    if let Some(kind) = faults.content_type.as_deref().and_then(|text| HeaderValue::from_str(text).ok()) {
        parts.headers.insert(header::CONTENT_TYPE, kind);
    }
    let mutates = (faults.wrong_number || faults.inverted_period || faults.unknown_unit)
        && path.starts_with("/tmf-api/usageConsumption");
    if mutates || faults.truncated || faults.slow_drip || faults.cut_after_bytes.is_some() {
        let mut bytes = body.collect().await.map(|all| all.to_bytes()).unwrap_or_default();
        parts.headers.remove(header::CONTENT_LENGTH);
        if mutates {
            bytes = body::mutate(&bytes, faults);
        }
        if faults.truncated {
            bytes.truncate(bytes.len() / 2);
        }
        body = match faults.cut_after_bytes {
            Some(cut) if cut < bytes.len() => {
                parts.headers.insert(header::CONTENT_LENGTH, bytes.len().into());
                cut_short(bytes.slice(..cut), connection)
            }
            _ if faults.slow_drip => body::drip(bytes),
            _ => Body::from(bytes),
        };
    }
    Response::from_parts(parts, body)
}

/// A body that sends these bytes and then loses its connection.
fn cut_short(bytes: Bytes, connection: Connection) -> Body {
    let (mut sender, body) = Channel::<Bytes, std::io::Error>::new(1);
    tokio::spawn(async move {
        let _ = sender.send_data(bytes).await;
        // Long enough for the bytes to leave the buffers, too short to notice.
        tokio::time::sleep(Duration::from_millis(30)).await;
        connection.close();
    });
    Body::new(body)
}
