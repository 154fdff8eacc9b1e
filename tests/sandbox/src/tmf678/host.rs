//! The document host: another origin than the APIs', as content networks are. It knows no tokens: an address is signed, good
//! for a few minutes, and whoever sends a token along is refused, as such storage does.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::channel::Channel;
use serde::{Deserialize, Serialize};

use super::pdf::Printed;
use crate::http::{header_text, pairs, single};
use crate::ids::{hex, sha256};
use crate::pages;
use crate::state::Shared;

/// How long a signed address is good, in seconds.
pub(super) const GOOD_FOR_S: i64 = 300;

/// What goes wrong at the document host. Serialised in camelCase. The switches of every address (`cutAfterBytes`, `status`,
/// `drop`, `htmlPortal`, `latencyMs`, `truncated`, …) work here too: `only` names `/documents`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct DocumentFaults {
    /// Answers a range with 200 and the whole document.
    pub ignore_range: bool,
    /// Answers a range with a part that begins one byte early, and says so.
    pub wrong_content_range: bool,
    /// A page of the operator's that says the document is not ready yet, as 200 `text/html`.
    pub not_ready: bool,
    /// Every address is too old: 403.
    pub expired: bool,
    /// Sends the caller on so many times first.
    pub redirects: u8,
    /// Sends the caller to this address, whatever it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_to: Option<String>,
    /// The entity tag is weak.
    pub weak_etag: bool,
    /// The document was made anew: other bytes, another tag.
    pub other_version: bool,
    /// `Repr-Digest` is of other bytes.
    pub wrong_digest: bool,
    /// Neither `Content-Length` nor a digest.
    pub no_length: bool,
    /// Every KiB takes so many milliseconds.
    pub ms_per_kib: u64,
    /// So many KiB of nothing within every document; also in force beside the document host, for as long as it is set.
    pub padding_kib: usize,
}

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/documents/{file}", get(read))
}

fn sha256_hex(bytes: &[u8]) -> String {
    hex(&sha256(bytes))
}

/// An address that is good until then (seconds of the sandbox's clock).
pub(super) fn signed_address(origin: &str, seed: u64, id: &str, until_s: i64) -> String {
    format!("{origin}/documents/{id}.pdf?expires={until_s}&signature={}", signature(seed, id, until_s))
}

fn signature(seed: u64, id: &str, until_s: i64) -> String {
    let digest = sha256_hex(format!("document/{seed}/{id}/{until_s}").as_bytes());
    digest.get(..32).unwrap_or_default().to_owned()
}

async fn read(
    State(shared): State<Arc<Shared>>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    Extension(faults): Extension<DocumentFaults>,
    headers: HeaderMap,
) -> Response {
    if headers.contains_key(header::AUTHORIZATION) || headers.contains_key(header::COOKIE) {
        return refused(StatusCode::BAD_REQUEST, "Only one authentication mechanism is allowed.");
    }
    let query = pairs(query.unwrap_or_default().as_bytes());
    let id = file.strip_suffix(".pdf").unwrap_or(&file);
    let until = single(&query, "expires").and_then(|text| text.parse::<i64>().ok()).unwrap_or_default();
    let found = {
        let world = shared.world();
        let is_signed = single(&query, "signature") == Some(signature(world.options.seed, id, until).as_str());
        let is_good = is_signed && until > world.clock.now().as_second() && !faults.expired;
        is_good.then(|| super::document(&shared, &world, id))
    };
    let mut printed = match found {
        None => return refused(StatusCode::FORBIDDEN, "Request has expired."),
        Some(None) => return refused(StatusCode::NOT_FOUND, "The specified key does not exist."),
        Some(Some(printed)) => printed,
    };
    if let Some(answer) = sent_on(&faults, &file, &query) {
        return answer;
    }
    if faults.not_ready {
        return pages::document_not_ready().into_response();
    }
    if faults.other_version {
        // A comment after the end, and the end again.
        printed = Printed::of([&printed.bytes, b"% second edition\n%%EOF\n".as_slice()].concat());
    }
    served(&headers, printed, &faults)
}

fn refused(status: StatusCode, why: &'static str) -> Response {
    let body = format!("<?xml version=\"1.0\"?><Error><Message>{why}</Message></Error>");
    (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response()
}

/// The next step of a chain of redirects, which counts itself in the query.
fn sent_on(faults: &DocumentFaults, file: &str, query: &[(String, String)]) -> Option<Response> {
    let location = match &faults.redirect_to {
        Some(elsewhere) => elsewhere.clone(),
        None => {
            let hop = single(query, "hop").and_then(|text| text.parse::<u8>().ok()).unwrap_or(0);
            if hop >= faults.redirects {
                return None;
            }
            let mut next = url::form_urlencoded::Serializer::new(String::new());
            next.extend_pairs(query.iter().filter(|(name, _)| name != "hop"));
            next.append_pair("hop", &(hop + 1).to_string());
            format!("/documents/{file}?{}", next.finish())
        }
    };
    let location = HeaderValue::from_str(&location).ok()?;
    Some((StatusCode::FOUND, [(header::LOCATION, location)], "moved").into_response())
}

/// The document or the part of it asked for (RFC 9110 §14).
fn served(headers: &HeaderMap, printed: Printed, faults: &DocumentFaults) -> Response {
    let Printed { bytes, sha256: digest } = printed;
    let weak = if faults.weak_etag { "W/" } else { "" };
    let tag = format!("{weak}\"{}\"", hex(&digest).get(..40).unwrap_or_default());
    let total = bytes.len();
    let is_same = header_text(headers, header::IF_RANGE).is_none_or(|asked| asked == tag && !faults.weak_etag);
    let range = header_text(headers, header::RANGE).filter(|_| is_same && !faults.ignore_range);
    let (status, from, to) = match range.as_deref().map(|text| bounds(text, total)) {
        None | Some(None) => (StatusCode::OK, 0, total),
        Some(Some(Err(()))) => {
            let all = format!("bytes */{total}");
            return (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, all)]).into_response();
        }
        Some(Some(Ok((from, to)))) => (StatusCode::PARTIAL_CONTENT, from, to),
    };
    let is_wrong = faults.wrong_content_range && status == StatusCode::PARTIAL_CONTENT;
    let from = if is_wrong { from.saturating_sub(1) } else { from };
    let part = bytes.slice(from..to);
    let length = part.len();
    let told = if faults.wrong_digest { sha256(b"another document") } else { digest };
    let body = if faults.ms_per_kib > 0 { slowly(part, faults.ms_per_kib) } else { Body::from(part) };
    let body = if faults.no_length { Body::new(unsized_body(body)) } else { body };
    let mut answer = (status, body).into_response();
    let mut set = |name: header::HeaderName, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            answer.headers_mut().insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, "application/pdf".to_owned());
    set(header::ETAG, tag);
    set(header::ACCEPT_RANGES, "bytes".to_owned());
    set(header::CACHE_CONTROL, "private, no-store".to_owned());
    // A name no phone should take as it stands.
    set(
        header::CONTENT_DISPOSITION,
        "attachment; filename=\"../../Factuur.pdf\"; filename*=UTF-8''..%2F..%2FFactuur%20N%C2%BA.pdf".to_owned(),
    );
    if !faults.no_length {
        set(header::CONTENT_LENGTH, length.to_string());
        set(header::HeaderName::from_static("repr-digest"), format!("sha-256=:{}:", STANDARD.encode(told)));
    }
    if status == StatusCode::PARTIAL_CONTENT {
        set(header::CONTENT_RANGE, format!("bytes {from}-{}/{total}", to.saturating_sub(1)));
    }
    answer
}

/// First byte and the one after the last; `Err`: nothing of it is there; none: not a range this host serves.
fn bounds(range: &str, total: usize) -> Option<Result<(usize, usize), ()>> {
    let (from, to) = range.trim().strip_prefix("bytes=")?.split_once('-')?;
    if from.is_empty() {
        let last: usize = to.parse().ok()?;
        return Some(if last == 0 { Err(()) } else { Ok((total.saturating_sub(last), total)) });
    }
    let from: usize = from.parse().ok()?;
    let to: usize = if to.is_empty() { total } else { to.parse::<usize>().ok()?.saturating_add(1).min(total) };
    Some(if from < total && from < to { Ok((from, to)) } else { Err(()) })
}

/// A KiB at a time.
fn slowly(bytes: Bytes, ms_per_kib: u64) -> Body {
    let (mut sender, body) = Channel::<Bytes, std::io::Error>::new(1);
    tokio::spawn(async move {
        for from in (0..bytes.len()).step_by(1024) {
            let to = (from + 1024).min(bytes.len());
            if sender.send_data(bytes.slice(from..to)).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(ms_per_kib)).await;
        }
    });
    Body::new(body)
}

/// The same bytes without saying how many.
fn unsized_body(body: Body) -> Channel<Bytes, std::io::Error> {
    let (mut sender, unsized_body) = Channel::<Bytes, std::io::Error>::new(1);
    tokio::spawn(async move {
        use http_body_util::BodyExt;
        if let Ok(all) = body.collect().await {
            let _ = sender.send_data(all.to_bytes()).await;
        }
    });
    unsized_body
}

#[cfg(test)]
mod tests {
    use super::bounds;

    #[test]
    fn a_range_is_read_as_rfc_9110_says() {
        for (range, expected) in [
            ("bytes=0-", Some(Ok((0, 10)))),
            ("bytes=3-", Some(Ok((3, 10)))),
            ("bytes=3-5", Some(Ok((3, 6)))),
            ("bytes=3-99", Some(Ok((3, 10)))),
            ("bytes=-4", Some(Ok((6, 10)))),
            ("bytes=10-", Some(Err(()))),
            ("bytes=5-3", Some(Err(()))),
            ("lines=1-2", None),
            ("bytes=a-b", None),
        ] {
            assert_eq!(bounds(range, 10), expected, "{range}");
        }
    }
}
