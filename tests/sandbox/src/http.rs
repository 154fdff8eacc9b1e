//! What every answer of the operator has in common: its clock in the `Date` header, the TMF error body, the
//! bearer token, conditional reading, and a note in the request log.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::{Value, json};

use crate::ids::{hex, sha256};
use crate::oidc::{Access, dpop};
use crate::people::Person;
use crate::request_log::{Carried, LoggedRequest};
use crate::state::{Shared, World};

/// An answer that is to have no date.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Undated;

/// Dates the answer by the sandbox's clock, also when it is a fault.
pub(crate) async fn dated(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    if answer.extensions().get::<Undated>().is_some() {
        return answer;
    }
    let now = shared.world().clock.now();
    let text = DateTimePrinter::new().timestamp_to_rfc9110_string(&now);
    if let Some(date) = text.ok().and_then(|text| HeaderValue::from_str(&text).ok()) {
        // A recording has its own.
        answer.headers_mut().entry(header::DATE).or_insert(date);
    }
    answer
}

/// Notes the request and what became of it.
pub(crate) async fn logged(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let (head, body) = request.into_parts();
    let bytes = body.collect().await.map(|all| all.to_bytes()).unwrap_or_default();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let carried = Carried {
        headers: head.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        body: String::from_utf8_lossy(&bytes).into_owned(),
    };
    let request = Request::from_parts(head, Body::from(bytes));
    let noted = LoggedRequest {
        carried,
        method: request.method().to_string(),
        path: path.clone(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        status: 0,
        if_none_match: header_text(request.headers(), header::IF_NONE_MATCH),
    };
    let place = shared.world().log.arrived(noted);
    let answer = next.run(request).await;
    shared.world().log.answered(place, &path, answer.status().as_u16());
    answer
}

pub(crate) fn header_text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// Why a request is not answered with what it asked for.
#[derive(Debug, Clone)]
pub(crate) enum Refusal {
    /// No bearer token (false), or one that is unknown or expired (true).
    Unauthorized { invalid_token: bool },
    /// A TMF error.
    Tmf(StatusCode, &'static str),
    /// RFC 6749 §5.2: error and description, always 400.
    OAuth(&'static str, &'static str),
    /// A bound token, or the proof for it, is not in order (RFC 9449 §7.1); the error code.
    Dpop(&'static str),
    /// The proof lacks the nonce in force (RFC 9449 §8 and §9).
    UseNonce { nonce: String, at_api: bool },
}

impl Refusal {
    pub(crate) fn forbidden(message: &'static str) -> Self {
        Self::Tmf(StatusCode::FORBIDDEN, message)
    }

    pub(crate) fn not_found(message: &'static str) -> Self {
        Self::Tmf(StatusCode::NOT_FOUND, message)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Unauthorized { invalid_token } => {
                let challenge = match invalid_token {
                    true => "Bearer error=\"invalid_token\"",
                    false => "Bearer",
                };
                let message = "The access token is missing, unknown or expired.";
                let body = tmf_error(StatusCode::UNAUTHORIZED, message);
                ([(header::WWW_AUTHENTICATE, challenge)], body).into_response()
            }
            Self::Tmf(status, message) => tmf_error(status, message),
            Self::OAuth(error, why) => {
                let body = json!({ "error": error, "error_description": why });
                let mut answer = (StatusCode::BAD_REQUEST, NO_STORE, axum::Json(body)).into_response();
                answer.extensions_mut().insert(OAuthError(error));
                answer
            }
            Self::Dpop(error) => {
                let challenge = format!("DPoP error=\"{error}\", algs=\"ES256\"");
                let body = tmf_error(StatusCode::UNAUTHORIZED, "The access token or its proof is not in order.");
                ([(header::WWW_AUTHENTICATE, challenge)], body).into_response()
            }
            Self::UseNonce { nonce, at_api } => {
                let asked = match at_api {
                    true => Self::Dpop("use_dpop_nonce"),
                    false => Self::OAuth("use_dpop_nonce", "the proof needs the nonce of this answer"),
                };
                ([(dpop::NONCE, nonce)], asked.into_response()).into_response()
            }
        }
    }
}

/// Goes with an answer of the token endpoint, for the ledger.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OAuthError(pub(crate) &'static str);

/// For answers nobody may keep.
pub(crate) const NO_STORE: [(header::HeaderName, &str); 2] =
    [(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")];

/// The TMF `Error` body.
pub(crate) fn tmf_error(status: StatusCode, message: &str) -> Response {
    let body = json!({
        "@type": "Error",
        "code": format!("ERR{}", status.as_u16()),
        "reason": status.canonical_reason().unwrap_or("Error"),
        "message": message,
        "status": status.as_u16().to_string(),
    });
    (status, axum::Json(body)).into_response()
}

/// The person behind the bearer token, when it is alive and carries the scope.
pub(crate) fn signed_in<'a>(world: &'a World, headers: &HeaderMap, scope: &str) -> Result<&'a Person, Refusal> {
    bearer(world, headers, scope).map(|(person, _)| person)
}

/// [`signed_in`], and what the token means.
pub(crate) fn bearer<'a>(
    world: &'a World,
    headers: &HeaderMap,
    scope: &str,
) -> Result<(&'a Person, &'a Access), Refusal> {
    let header = header_text(headers, header::AUTHORIZATION);
    let token = header.as_deref().and_then(|text| text.strip_prefix("Bearer "));
    let access = token.and_then(|token| world.sessions.access(token, world.now_ms()));
    let access = access.ok_or(Refusal::Unauthorized { invalid_token: token.is_some() })?;
    if !access.scope.split(' ').any(|granted| granted == scope) {
        return Err(Refusal::forbidden("The access token does not carry the scope for this."));
    }
    let person = world.people.iter().find(|person| person.sub == access.sub);
    person.map(|person| (person, access)).ok_or(Refusal::forbidden("This person is not known here."))
}

/// 200 with a strong ETag over the bytes, or 304 when the caller has them.
pub(crate) fn conditional(headers: &HeaderMap, body: &Value, max_age: u32) -> Response {
    let bytes = serde_json::to_vec(body).unwrap_or_default();
    let digest = hex(&sha256(&bytes));
    let tag = format!("\"{}\"", digest.get(..32).unwrap_or_default());
    let known = header_text(headers, header::IF_NONE_MATCH)
        .is_some_and(|list| list.split(',').any(|one| one.trim() == tag || one.trim() == "*"));
    let shared = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, format!("private, max-age={max_age}")),
        (header::VARY, "Authorization".to_owned()),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, shared).into_response();
    }
    (shared, [(header::CONTENT_TYPE, "application/json")], bytes).into_response()
}

/// Query or form, decoded.
pub(crate) fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(encoded).into_owned().collect()
}

/// The one value of a name; `None` when it is absent, empty or given twice.
pub(crate) fn single<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut all = pairs.iter().filter(|(key, _)| key == name);
    let (_, value) = all.next()?;
    (all.next().is_none() && !value.is_empty()).then_some(value.as_str())
}
