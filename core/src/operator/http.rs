//! The only room that opens sockets. Every timeout set, no automatic redirect, size caps on what is decoded, the access
//! token only to the operator's own origins and with a proof where it is bound to a key, failures sorted before anyone
//! parses.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::header::{
    ACCEPT, ACCEPT_LANGUAGE, AGE, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, DATE, ETAG, HeaderMap, HeaderName,
    HeaderValue, IF_MATCH, IF_NONE_MATCH, RETRY_AFTER, WWW_AUTHENTICATE,
};
use secrecy::{ExposeSecret, SecretString};
use url::{Origin, Url};

use super::challenge::StepUp;
use super::connections::Connections;
use super::documents::Authorization;
use super::failure::Failure;
use super::gate::Gate;
use super::proof::{Proof, ProofKey};
use super::retry::{LONGEST_OWN_WAIT_S, LONGEST_WAIT_S, TRIES, after_flip, jittered, retry_after};
use super::time::{OperatorTime, http_date};
use super::tolerant::typed;
use super::watch::Watch;
use crate::host::{Clock, Entropy, pause};

const READ: Duration = Duration::from_secs(15);
const TOTAL: Duration = Duration::from_secs(30);
/// How often a request is repeated with the nonce that its answer asked for.
const NONCE_REPEATS: u32 = 2;
/// A longer nonce is nobody's.
const LONGEST_NONCE: usize = 1024;
const DPOP: HeaderName = HeaderName::from_static("dpop");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");
/// Decoded size of a JSON answer.
pub const JSON_CAP: usize = 2 * 1024 * 1024;
/// Decoded size of an answer of the identity provider.
pub const IDENTITY_CAP: usize = 256 * 1024;

/// One request. Its address may name a line, so that nothing of it shows in debug text.
pub struct Request<'a> {
    /// Where.
    pub url: &'a Url,
    /// The access token, for the operator's APIs.
    pub bearer: Option<&'a SecretString>,
    /// The key the tokens are bound to: a proof goes along, made anew each time (RFC 9449).
    pub proof: Option<&'a ProofKey>,
    /// The ETag of what is kept.
    pub if_none_match: Option<&'a str>,
    /// A body makes it a POST.
    pub body: Option<Body>,
    /// A change of what is there makes it something else.
    pub change: Option<Change<'a>>,
    /// Languages the person reads, as `Accept-Language`.
    pub accept_language: Option<&'a str>,
    /// Decoded size at which reading stops.
    pub cap: usize,
    /// How often a call that may be repeated is made at most.
    pub tries: u32,
}

/// A request that changes a resource.
#[derive(Debug, Clone, Copy, Default)]
pub struct Change<'a> {
    /// How.
    pub verb: Verb,
    /// The strong ETag of what it was based on (RFC 9110 §13.1.1).
    pub if_match: Option<&'a str>,
    /// Names the operation: however often it arrives, it is done once (`Idempotency-Key`).
    pub idempotency_key: Option<&'a str>,
    /// It has a limit of its own: being asked to wait for it (429) holds nothing else up.
    pub has_own_limit: bool,
}

/// How a resource is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verb {
    /// In part (RFC 5789).
    #[default]
    Patch,
    /// Made, or replaced as a whole.
    Put,
    /// Removed.
    Delete,
    /// Asked for: a resource of the server's own making.
    Post,
}

/// What is posted.
pub struct Body {
    /// Its media type.
    pub content_type: &'static str,
    /// Its bytes; may hold secrets, hence no `Debug` of them.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.content_type)
    }
}

impl std::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Request(…)")
    }
}

impl<'a> Request<'a> {
    /// Reads a JSON document.
    pub fn get(url: &'a Url) -> Self {
        Request {
            url,
            bearer: None,
            proof: None,
            if_none_match: None,
            body: None,
            change: None,
            accept_language: None,
            cap: JSON_CAP,
            tries: TRIES,
        }
    }

    /// The method's name.
    pub fn method(&self) -> &'static str {
        match (&self.change, &self.body) {
            (Some(Change { verb: Verb::Patch, .. }), _) => "PATCH",
            (Some(Change { verb: Verb::Put, .. }), _) => "PUT",
            (Some(Change { verb: Verb::Delete, .. }), _) => "DELETE",
            (Some(Change { verb: Verb::Post, .. }), _) => "POST",
            (None, Some(_)) => "POST",
            (None, None) => "GET",
        }
    }
}

/// What came back: a success, a 304, or one of the statuses the caller asked to see.
#[derive(Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The entity tag, for the next conditional request.
    pub etag: Option<String>,
    /// Seconds for which the answer is fresh, where the server says so.
    pub max_age_seconds: Option<u32>,
    /// Seconds to wait before asking again, where the server says so.
    pub retry_after_seconds: Option<u32>,
    /// Whether the media type is JSON.
    pub is_json: bool,
    /// The decoded body.
    pub body: Vec<u8>,
}

#[cfg(test)]
impl Answer {
    /// A JSON document as answer.
    pub fn document(document: &serde_json::Value) -> Answer {
        Answer {
            status: 200,
            etag: None,
            max_age_seconds: None,
            retry_after_seconds: None,
            is_json: true,
            body: document.to_string().into_bytes(),
        }
    }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer").field("status", &self.status).field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}

/// An answer, and whether it is none yet: the server wants its nonce in the proof first.
struct Came {
    answer: Answer,
    asks_for_nonce: bool,
}

/// The client of one operator.
pub struct Http {
    connections: Connections,
    origins: Vec<Origin>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    time: Arc<OperatorTime>,
    /// How long each origin asked to be left alone.
    pub gate: Gate,
    /// The newest nonce of each origin, for the next proof (RFC 9449 §8.2).
    nonces: Mutex<HashMap<Origin, String>>,
    /// Where every exchange is told of.
    pub(crate) watch: Watch,
    /// Answers in the operator's place.
    #[cfg(test)]
    pub stand_in: Option<StandIn>,
}

/// An operator without a network, for trials of many thousand stories.
#[cfg(test)]
pub type StandIn =
    Arc<dyn Fn(&Request<'_>) -> futures_util::future::BoxFuture<'static, Result<Answer, Failure>> + Send + Sync>;

impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Http")
    }
}

impl Http {
    /// A client that believes only `anchors_pem` (or what the platform trusts) and speaks only to `origins`.
    /// Cheap: the TLS set-up happens at the first call.
    pub fn new(
        anchors_pem: Option<String>,
        origins: Vec<Origin>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        time: Arc<OperatorTime>,
    ) -> Self {
        Http {
            connections: Connections::new(anchors_pem, |builder| builder.read_timeout(READ).timeout(TOTAL)),
            origins,
            clock,
            entropy,
            time,
            gate: Gate::default(),
            nonces: Mutex::default(),
            watch: Watch::default(),
            #[cfg(test)]
            stand_in: None,
        }
    }

    /// See [`Connections::tls`].
    pub fn tls(&self) -> Result<Arc<rustls::ClientConfig>, Failure> {
        self.connections.tls()
    }

    /// The phone has another path to the network (see [`Connections::network_changed`]).
    pub fn network_changed(&self) {
        self.connections.network_changed();
    }

    /// Sends a request that may be repeated, as often as it says while the failure is one that passes; and once more whenever
    /// the phone's path to the network changes under it, unless that goes on and on ([`after_flip`]).
    pub async fn send_repeatable(&self, request: &Request<'_>) -> Result<Answer, Failure> {
        let (mut tried, mut flips) = (1, 0u32);
        loop {
            match self.connections.path().while_it_lasts(self.send(request)).await {
                Err(Failure::PathChanged) => {
                    let Some(wait) = after_flip(flips, &*self.entropy)? else { return Err(Failure::PathChanged) };
                    pause(wait).await;
                    flips = flips.saturating_add(1);
                }
                Err(failure) if failure.is_transient() && tried < request.tries && !asks_to_wait(&failure) => {
                    self.connections.mistrust(&failure);
                    pause(jittered(tried, &*self.entropy)?).await;
                    tried = tried.saturating_add(1);
                }
                outcome => return outcome.and_then(Answer::success),
            }
        }
    }

    /// Sends a request once and hands every JSON answer back, whatever its status; for the identity provider, whose
    /// errors are documents (RFC 6749 §5.2).
    pub async fn send_once(&self, request: &Request<'_>) -> Result<Answer, Failure> {
        self.send(request).await
    }

    async fn send(&self, request: &Request<'_>) -> Result<Answer, Failure> {
        let Some(key) = request.proof else { return Ok(self.send_with(request, None).await?.answer) };
        let origin = request.url.origin();
        let nonce = || self.nonces.lock().unwrap_or_else(PoisonError::into_inner).get(&origin).cloned();
        for _ in 0..=NONCE_REPEATS {
            let used = nonce();
            let proof = self.prove(key, request, used.as_deref())?;
            let came = self.send_with(request, Some(&proof)).await?;
            if !came.asks_for_nonce {
                return Ok(came.answer);
            }
            if nonce() == used {
                break;
            }
        }
        // Never handed on: at the token endpoint it is no refusal of the grant, at an API none of the token.
        Err(Failure::ProofRefused)
    }

    /// The right to read an address of the API's with the other client, that of documents.
    pub fn authorization(
        &self,
        url: &Url,
        token: &SecretString,
        proof_key: Option<&ProofKey>,
    ) -> Result<Authorization, Failure> {
        let request = Request { bearer: Some(token), proof: proof_key, ..Request::get(url) };
        let nonce = self.nonces.lock().unwrap_or_else(PoisonError::into_inner).get(&url.origin()).cloned();
        let proof = proof_key.map(|key| self.prove(key, &request, nonce.as_deref())).transpose()?;
        let scheme = if proof.is_some() { "DPoP" } else { "Bearer" };
        let value = format!("{scheme} {}", token.expose_secret()).into();
        Ok(Authorization { value, proof: proof.map(SecretString::from) })
    }

    fn prove(&self, key: &ProofKey, request: &Request<'_>, nonce: Option<&str>) -> Result<String, Failure> {
        let mut id = [0; 16];
        self.entropy.fill(&mut id)?;
        Ok(key.proof(&Proof {
            method: request.method(),
            url: request.url,
            access_token: request.bearer.map(ExposeSecret::expose_secret),
            nonce,
            issued_s: self.time.best(&self.clock.now()?).at.as_second(),
            id: &URL_SAFE_NO_PAD.encode(id),
        })?)
    }

    async fn send_with(&self, request: &Request<'_>, proof: Option<&str>) -> Result<Came, Failure> {
        let origin = request.url.origin();
        if !self.origins.contains(&origin) {
            return Err(Failure::ForeignOrigin);
        }
        // A clock that fails does so before anything is sent: an answer may hold rotated tokens and is never dropped for it.
        let sent = self.clock.now()?;
        if let Some(seconds) = self.gate.left(&origin, sent.elapsed_ms) {
            return Err(Failure::Waiting { seconds });
        }
        #[cfg(test)]
        if let Some(stand_in) = &self.stand_in {
            let answered = stand_in(request).await;
            if let Err(Failure::Status { retry_after_seconds: Some(seconds), .. }) = &answered {
                self.gate.close(origin, *seconds, sent.elapsed_ms, &*self.entropy);
            }
            return answered.map(|answer| Came { answer, asks_for_nonce: false });
        }
        let method = reqwest::Method::from_bytes(request.method().as_bytes()).map_err(|_| Failure::Setup)?;
        let mut call = self.connections.client()?.request(method, request.url.clone());
        if let Some(body) = &request.body {
            call = call.header(CONTENT_TYPE, body.content_type).body(body.bytes.clone());
        }
        call = call.headers(headers(request, proof));
        let mut note = self.watch.sent(&call);
        let mut response = note.of(call.send().await.map_err(|error| Failure::from_transport(&error)))?;
        note.answered(&response);

        let received = self.clock.now();
        let header = |name: HeaderName| response.headers().get(name).and_then(|value| value.to_str().ok());
        // An answer out of a cache on the way tells an old time (RFC 9111 §5.1).
        let date = header(DATE).and_then(http_date).filter(|_| header(AGE).is_none());
        if let (Some(date), Ok(received)) = (date, &received) {
            self.time.learn(date, received);
        }
        let reading = received.unwrap_or(sent);
        let now = self.time.best(&reading).at;
        if let Some(nonce) = header(DPOP_NONCE).filter(|nonce| is_nonce(nonce)) {
            self.nonces.lock().unwrap_or_else(PoisonError::into_inner).insert(origin.clone(), nonce.to_owned());
        }
        let challenged = response.headers().get_all(WWW_AUTHENTICATE).iter().any(is_nonce_challenge);
        // Only who sent an access token can be told that its sign-in is too old.
        let step_up = (request.bearer.is_some() && response.status().as_u16() == 401 && !challenged)
            .then(|| StepUp::read(response.headers().get_all(WWW_AUTHENTICATE).iter().filter_map(|v| v.to_str().ok())))
            .flatten();
        let limits_itself =
            response.status().as_u16() == 429 && request.change.is_some_and(|change| change.has_own_limit);
        let longest_s = if limits_itself { LONGEST_OWN_WAIT_S } else { LONGEST_WAIT_S };
        let mut answer = Answer {
            status: response.status().as_u16(),
            etag: header(ETAG).map(str::to_owned),
            max_age_seconds: header(CACHE_CONTROL).and_then(max_age),
            retry_after_seconds: header(RETRY_AFTER).and_then(|value| retry_after(value, now, longest_s)),
            is_json: header(CONTENT_TYPE).is_some_and(is_json),
            body: Vec::new(),
        };
        if (300..400).contains(&answer.status) && answer.status != 304 {
            return note.of(Err(Failure::Portal));
        }
        if let Some(step_up) = step_up {
            return Err(Failure::StepUp(step_up));
        }
        while let Some(chunk) = note.of(response.chunk().await.map_err(|error| Failure::from_transport(&error)))? {
            if answer.body.len().saturating_add(chunk.len()) > request.cap {
                return note.of(Err(Failure::TooLarge));
            }
            note.came(&chunk);
            answer.body.extend_from_slice(&chunk);
        }
        if matches!(answer.status, 429 | 500..=599) {
            if let Some(seconds) = answer.retry_after_seconds.filter(|_| !limits_itself) {
                self.gate.close(origin, seconds, reading.elapsed_ms, &*self.entropy);
            }
            return Err(Failure::Status { status: answer.status, retry_after_seconds: answer.retry_after_seconds });
        }
        if answer.status != 304 && looks_like_html(&answer.body) {
            return note.of(Err(if answer.status == 200 { Failure::Portal } else { answer.failure() }));
        }
        let asks_for_nonce = match answer.status {
            400 => answer.is_json && is_nonce_error(&answer.body),
            401 => challenged,
            _ => false,
        };
        Ok(Came { answer, asks_for_nonce })
    }
}

impl Answer {
    /// 2xx and 304 are answers; any other status is a failure.
    fn success(self) -> Result<Answer, Failure> {
        if matches!(self.status, 200..=299 | 304) { Ok(self) } else { Err(self.failure()) }
    }

    fn failure(&self) -> Failure {
        Failure::Status { status: self.status, retry_after_seconds: self.retry_after_seconds }
    }
}

fn asks_to_wait(failure: &Failure) -> bool {
    matches!(failure, Failure::Status { retry_after_seconds: Some(_), .. })
}

fn headers(request: &Request<'_>, proof: Option<&str>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    let scheme = if proof.is_some() { "DPoP" } else { "Bearer" };
    let token = request.bearer.map(|token| format!("{scheme} {}", token.expose_secret()));
    for (name, value) in [(AUTHORIZATION, token.as_deref()), (DPOP, proof)] {
        if let Some(mut value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
            value.set_sensitive(true);
            headers.insert(name, value);
        }
    }
    let Change { if_match, idempotency_key, .. } = request.change.unwrap_or_default();
    for (name, value) in [
        (IF_NONE_MATCH, request.if_none_match),
        (ACCEPT_LANGUAGE, request.accept_language),
        (IF_MATCH, if_match),
        (IDEMPOTENCY_KEY, idempotency_key),
    ] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
            headers.insert(name, value);
        }
    }
    headers
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// What a nonce may consist of (RFC 9449 §8.1).
fn is_nonce(value: &str) -> bool {
    (1..=LONGEST_NONCE).contains(&value.len())
        && value.bytes().all(|byte| matches!(byte, b'!' | b'#'..=b'[' | b']'..=b'~'))
}

/// The token endpoint's way to ask for a nonce (RFC 9449 §8).
fn is_nonce_error(body: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct OAuthError {
        error: String,
    }
    typed::<OAuthError>("", body).is_ok_and(|answer| answer.error == "use_dpop_nonce")
}

/// An API's way to ask for a nonce (RFC 9449 §9).
fn is_nonce_challenge(value: &HeaderValue) -> bool {
    let Ok(value) = value.to_str() else { return false };
    value.to_ascii_lowercase().split([' ', ',']).any(|word| word == "dpop") && value.contains("use_dpop_nonce")
}

fn max_age(cache_control: &str) -> Option<u32> {
    cache_control.split(',').find_map(|directive| directive.trim().strip_prefix("max-age=")?.parse().ok())
}

/// The body decides, not its media type: portals label their pages as they please.
fn looks_like_html(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    body.trim_ascii_start().starts_with(b"<")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_text_of_a_request_tells_neither_its_address_nor_what_it_carries() {
        let url = Url::parse("https://api.example/usage/%2B32470550123?msisdn=canary").unwrap();
        let (bearer, key) = (SecretString::from("canary"), ProofKey::generate().unwrap());
        let body = || Body { content_type: "application/json", bytes: b"canary".to_vec() };
        let request = Request {
            bearer: Some(&bearer),
            proof: Some(&key),
            if_none_match: Some("canary"),
            body: Some(body()),
            ..Request::get(&url)
        };
        for text in [format!("{request:?}"), format!("{:?}", body())] {
            let bytes = format!("{:?}", b"canary");
            assert!(["470550123", "canary", "api.example", &bytes].iter().all(|said| !text.contains(said)), "{text}");
        }
    }

    #[test]
    fn media_types_are_told_apart_by_their_essence() {
        let json = ["application/json", "Application/JSON; charset=utf-8", "application/problem+json"];
        let other = ["text/html", "application/jsonp", "", "text/json-ish"];
        assert!(json.into_iter().all(is_json) && !other.into_iter().any(is_json));
    }

    #[test]
    fn a_page_is_recognised_by_its_first_character() {
        assert!(looks_like_html(b"\xef\xbb\xbf \r\n<!doctype html>") && looks_like_html(b"<html>"));
        assert!(!looks_like_html(b"{\"a\":\"<b>\"}") && !looks_like_html(b""));
    }

    #[test]
    fn a_wish_for_a_nonce_is_told_from_other_refusals() {
        let challenges = [
            (r#"DPoP error="use_dpop_nonce", error_description="n""#, true),
            (r#"Bearer realm="x", dpop algs="ES256", error="use_dpop_nonce""#, true),
            (r#"DPoP error="invalid_token", algs="ES256""#, false),
            (r#"Bearer error="use_dpop_nonce""#, false),
            ("", false),
        ];
        for (value, expected) in challenges {
            assert_eq!(is_nonce_challenge(&HeaderValue::from_static(value)), expected, "{value}");
        }
        let bodies = [
            (r#"{"error":"use_dpop_nonce","error_description":"x"}"#, true),
            (r#"{"error":"invalid_grant","error_description":"use_dpop_nonce"}"#, false),
            ("use_dpop_nonce", false),
            ("", false),
        ];
        for (body, expected) in bodies {
            assert_eq!(is_nonce_error(body.as_bytes()), expected, "{body}");
        }
        let long = "a".repeat(LONGEST_NONCE + 1);
        for (nonce, expected) in [("eyJ7S_zG.eyJH0-Z.HX4w-7v", true), ("a b", false), ("a\"b", false), (&long, false)] {
            assert_eq!(is_nonce(nonce), expected, "{nonce}");
        }
    }

    #[test]
    fn max_age_is_found_among_other_directives() {
        assert_eq!(max_age("private, max-age=60"), Some(60));
        assert_eq!(max_age("no-store"), None);
        assert_eq!(max_age("max-age=abc"), None);
    }
}
