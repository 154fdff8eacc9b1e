//! The token endpoint, through the oauth2 crate and our own door: status and media type are judged before the crate
//! sees a byte, since it tells a 500 from a 400 no more once parsed. Its errors are mapped here and never printed:
//! they can hold a whole token answer.

use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use oauth2::basic::{BasicErrorResponse, BasicErrorResponseType, BasicTokenType};
use oauth2::{
    AccessToken, AsyncHttpClient, AuthType, AuthUrl, AuthorizationCode, ClientId, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope,
    StandardRevocableToken, TokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize};
use url::Url;

use super::attempt::Attempt;
use super::provider::Endpoints;
use crate::operator::failure::Failure;
use crate::operator::http::{Body, Http, IDENTITY_CAP, Request};
use crate::operator::profile::Identity;
use crate::operator::proof::ProofKey;
use crate::operator::tolerant::typed;
use crate::problem::{Problem, SecurityCheck};

/// A life longer or shorter than these is not believed.
const SHORTEST_S: u64 = 30;
const LONGEST_S: u64 = 24 * 60 * 60;
const ASSUMED_S: u64 = 5 * 60;
const LONGEST_TOKEN: usize = 8 * 1024;

pub(super) type Client = oauth2::Client<
    BasicErrorResponse,
    TokenAnswer,
    oauth2::StandardTokenIntrospectionResponse<oauth2::EmptyExtraTokenFields, BasicTokenType>,
    StandardRevocableToken,
    oauth2::basic::BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// What the token endpoint granted (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3).
#[derive(Serialize, Deserialize)]
pub struct TokenAnswer {
    access_token: AccessToken,
    #[serde(rename = "token_type", deserialize_with = "is_bound")]
    is_bound: bool,
    #[serde(skip, default = "bearer")]
    token_type: BasicTokenType,
    #[serde(default, deserialize_with = "seconds")]
    expires_in: Option<u64>,
    refresh_token: Option<RefreshToken>,
    id_token: Option<String>,
    #[serde(default, skip)]
    scopes: Option<Vec<Scope>>,
}

/// Tokens as the session keeps them.
pub struct Granted {
    /// For the APIs (RFC 6750).
    pub access: SecretString,
    /// How long it lives.
    pub life: Duration,
    /// The next refresh token; absent means the old one stays.
    pub refresh: Option<SecretString>,
    /// Who signed in.
    pub id_token: Option<SecretString>,
    /// The key they are bound to.
    pub proof_key: Option<ProofKey>,
}

impl std::fmt::Debug for TokenAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenAnswer(…)")
    }
}

impl std::fmt::Debug for Granted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Granted(…)")
    }
}

impl TokenResponse for TokenAnswer {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }
    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }
    fn expires_in(&self) -> Option<Duration> {
        self.expires_in.map(Duration::from_secs)
    }
    fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }
    fn scopes(&self) -> Option<&Vec<Scope>> {
        self.scopes.as_ref()
    }
}

impl TokenAnswer {
    /// Bound tokens where a proof went along, bearer tokens where none did: anything else is a downgrade, or was never
    /// asked for (RFC 9449 §5). Tokens of strange characters or sizes would not survive their first use (RFC 6750 §2.1).
    pub(super) fn granted(self, proof_key: Option<&ProofKey>) -> Result<Granted, Problem> {
        if self.is_bound != proof_key.is_some() {
            return Err(Problem::rejected(SecurityCheck::TokenType));
        }
        let refresh = self.refresh_token.as_ref().map(RefreshToken::secret);
        if !is_token(self.access_token.secret()) || !refresh.is_none_or(|token| is_token(token)) {
            return Err(Problem::NotUnderstood { code: "token_answer".to_owned() });
        }
        Ok(Granted { proof_key: proof_key.cloned(), ..self.into() })
    }
}

/// Visible ASCII characters, and not more of them than a header takes.
fn is_token(token: &str) -> bool {
    (1..=LONGEST_TOKEN).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic())
}

impl From<TokenAnswer> for Granted {
    fn from(answer: TokenAnswer) -> Self {
        let life = answer.expires_in.unwrap_or(ASSUMED_S).clamp(SHORTEST_S, LONGEST_S);
        Granted {
            access: SecretString::from(answer.access_token.into_secret()),
            life: Duration::from_secs(life),
            refresh: answer.refresh_token.map(|token| SecretString::from(token.into_secret())),
            id_token: answer.id_token.map(SecretString::from),
            proof_key: None,
        }
    }
}

/// Exchanges a code. A code sent twice can cost the grant (RFC 6749 §4.1.2), so it is sent again only when it never left
/// the phone.
pub async fn exchange(http: &Http, identity: &Identity, attempt: &Attempt, code: &str) -> Result<Granted, Problem> {
    let client = client(identity, &attempt.endpoints);
    let door = Door { http, proof: attempt.proof_key.as_ref() };
    let redirect_uri = RedirectUrl::from_url(attempt.redirect_uri.clone());
    let client = client.set_redirect_uri(redirect_uri);
    let mut first = true;
    loop {
        let verifier = PkceCodeVerifier::new(attempt.verifier.clone());
        let code = AuthorizationCode::new(code.to_owned());
        let answer = client.exchange_code(code).set_pkce_verifier(verifier).request_async(&door).await;
        match answer {
            Ok(answer) => return answer.granted(attempt.proof_key.as_ref()),
            Err(RequestTokenError::Request(failure)) if first && !failure.was_sent() => first = false,
            Err(error) => {
                return Err(match problem(error) {
                    // At this point a refused grant is a refused code.
                    Refusal::Ended => Problem::rejected(SecurityCheck::Code),
                    Refusal::NotSent(problem)
                    | Refusal::Unanswered(problem)
                    | Refusal::Moved(problem)
                    | Refusal::NotNow(problem) => problem,
                });
            }
        }
    }
}

/// What came of a refresh token, where it brought no new ones.
#[derive(Debug)]
pub enum Refusal {
    /// 400, JSON, `invalid_grant` (RFC 6749 §5.2): the one answer that ends a session.
    Ended,
    /// Nothing left the phone.
    NotSent(Problem),
    /// It was sent, and no answer came: the refresh token may be spent.
    Unanswered(Problem),
    /// There is no token endpoint where it was: nobody has looked at the token.
    Moved(Problem),
    /// An answer that is none, or none for now.
    NotNow(Problem),
}

/// Exchanges a refresh token, with a proof of the key it is bound to.
pub async fn refresh(
    http: &Http,
    identity: &Identity,
    endpoints: &Endpoints,
    token: &SecretString,
    proof_key: Option<&ProofKey>,
) -> Result<Granted, Refusal> {
    let client = client(identity, endpoints);
    let door = Door { http, proof: proof_key };
    let token = RefreshToken::new(token.expose_secret().to_owned());
    let answer = client.exchange_refresh_token(&token).request_async(&door).await.map_err(problem)?;
    answer.granted(proof_key).map_err(Refusal::NotNow)
}

/// Tells the provider that a refresh token is no longer wanted (RFC 7009). False when it answered otherwise than with
/// success, as some do to public clients.
pub async fn revoke(
    http: &Http,
    identity: &Identity,
    endpoints: &Endpoints,
    token: &SecretString,
) -> Result<bool, Failure> {
    let Some(url) = &endpoints.revocation else { return Ok(true) };
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("token", token.expose_secret())
        .append_pair("token_type_hint", "refresh_token")
        .append_pair("client_id", &identity.client_id)
        .finish();
    match http.send_once(&identity_request(url, form.into_bytes(), None)).await {
        Ok(answer) => Ok(answer.status == 200),
        Err(Failure::Status { status: 400..=499, .. }) => Ok(false),
        Err(failure) => Err(failure),
    }
}

pub(super) fn client(identity: &Identity, endpoints: &Endpoints) -> Client {
    oauth2::Client::new(ClientId::new(identity.client_id.clone()))
        .set_auth_uri(AuthUrl::from_url(endpoints.authorization.clone()))
        .set_token_uri(TokenUrl::from_url(endpoints.token.clone()))
        .set_auth_type(AuthType::RequestBody)
}

pub(super) fn identity_request<'r>(url: &'r Url, form: Vec<u8>, proof: Option<&'r ProofKey>) -> Request<'r> {
    let body = Body { content_type: "application/x-www-form-urlencoded", bytes: form };
    Request { body: Some(body), cap: IDENTITY_CAP, proof, ..Request::get(url) }
}

/// Lets through what the crate may judge: a JSON success, and an error as RFC 6749 §5.2 writes it under status 400; or
/// 401, with which an unknown client may be answered too.
struct Door<'h> {
    http: &'h Http,
    proof: Option<&'h ProofKey>,
}

impl<'c> AsyncHttpClient<'c> for Door<'_> {
    type Error = Failure;
    type Future = BoxFuture<'c, Result<HttpResponse, Failure>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        async move {
            let url = Url::parse(&request.uri().to_string()).map_err(|_| Failure::ForeignOrigin)?;
            let answer = self.http.send_once(&identity_request(&url, request.into_body(), self.proof)).await?;
            let judged = answer.is_json
                && match (answer.status, error_in(&answer.body)) {
                    (200, _) => true,
                    (400, error) => error.is_some(),
                    (401, error) => error == Some(BasicErrorResponseType::InvalidClient),
                    _ => false,
                };
            if !judged {
                return Err(match answer.status {
                    200 => Failure::Portal,
                    status => Failure::Status { status, retry_after_seconds: answer.retry_after_seconds },
                });
            }
            oauth2::http::Response::builder()
                .status(answer.status)
                .header(oauth2::http::header::CONTENT_TYPE, "application/json")
                .body(answer.body)
                .map_err(|_| Failure::Portal)
        }
        .boxed()
    }
}

pub(super) fn error_in(body: &[u8]) -> Option<BasicErrorResponseType> {
    typed::<BasicErrorResponse>("", body).ok().map(|answer| answer.error().clone())
}

fn problem(error: RequestTokenError<Failure, BasicErrorResponse>) -> Refusal {
    match error {
        RequestTokenError::Request(failure) => {
            let (sent, ambiguous) = (failure.was_sent(), failure.is_ambiguous());
            let moved = matches!(failure, Failure::Status { status: 404 | 410, .. });
            let problem = match failure {
                // The token endpoint knows no person: a refusal here is about the app or the moment, never about rights.
                Failure::Status { status, retry_after_seconds } if status < 500 => {
                    Problem::ServiceUnavailable { retry_after_seconds }
                }
                other => other.into(),
            };
            match (sent, ambiguous) {
                (false, _) => Refusal::NotSent(problem),
                (true, true) => Refusal::Unanswered(problem),
                (true, false) if moved => Refusal::Moved(problem),
                (true, false) => Refusal::NotNow(problem),
            }
        }
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            BasicErrorResponseType::InvalidGrant => Refusal::Ended,
            error => Refusal::NotNow(refused(error)),
        },
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            Refusal::NotNow(Problem::NotUnderstood { code: "token_answer".to_owned() })
        }
    }
}

/// What an error of the provider's means, where it is not about a grant.
pub(super) fn refused(error: &BasicErrorResponseType) -> Problem {
    let field = match error {
        BasicErrorResponseType::InvalidClient | BasicErrorResponseType::UnauthorizedClient => "identity.clientId",
        BasicErrorResponseType::InvalidScope => "identity.scopes",
        _ => return Problem::ServiceUnavailable { retry_after_seconds: None },
    };
    Problem::Configuration { field: field.to_owned(), reason: error.as_ref().to_owned() }
}

/// `DPoP` or `Bearer`, in any case, nothing else (RFC 6749 §5.1).
fn is_bound<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match String::deserialize(deserializer)?.to_ascii_lowercase().as_str() {
        "dpop" => Ok(true),
        "bearer" => Ok(false),
        _ => Err(serde::de::Error::custom("token type")),
    }
}

/// The oauth2 crate asks for one; nobody reads it.
fn bearer() -> BasicTokenType {
    BasicTokenType::Bearer
}

/// A number, or a number in quotes as some providers send it.
fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let value = Option::<serde_json::Value>::deserialize(deserializer)?;
    Ok(match value {
        Some(serde_json::Value::Number(number)) => number.as_u64(),
        Some(serde_json::Value::String(text)) => text.trim().parse().ok(),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::host::{Clock, ClockReading, HostError, SystemEntropy};
    use crate::operator::http::Answer;

    fn granted(json: &str) -> Option<Granted> {
        serde_json::from_str::<TokenAnswer>(json).ok().map(Granted::from)
    }

    #[test]
    fn lives_are_read_as_number_or_text_and_kept_within_reason() {
        let cases = [
            ("300", 300),
            ("\"600\"", 600),
            ("1", 30),
            ("99999999", 86_400),
            ("-5", 300),
            ("null", 300),
            ("\"soon\"", 300),
        ];
        for (written, seconds) in cases {
            let json = format!(r#"{{"access_token":"a","token_type":"bEaReR","expires_in":{written},"iat":1}}"#);
            assert_eq!(granted(&json).unwrap().life, Duration::from_secs(seconds), "{written}");
        }
        assert_eq!(granted(r#"{"access_token":"a","token_type":"Bearer"}"#).unwrap().life, Duration::from_secs(300));
    }

    #[test]
    fn another_token_type_or_none_is_no_grant() {
        for json in
            [r#"{"access_token":"a","token_type":"mac"}"#, r#"{"access_token":"a"}"#, r#"{"token_type":"Bearer"}"#]
        {
            assert!(granted(json).is_none(), "{json}");
        }
    }

    #[test]
    fn tokens_are_bound_exactly_when_a_proof_went_along() {
        let key = ProofKey::generate().unwrap();
        for (token_type, proof, accepted) in
            [("Bearer", None, true), ("dpop", Some(&key), true), ("bearer", Some(&key), false), ("DPoP", None, false)]
        {
            let json = format!(r#"{{"access_token":"a","token_type":"{token_type}"}}"#);
            let answer: TokenAnswer = serde_json::from_str(&json).unwrap();
            let outcome = answer.granted(proof).map(|granted| granted.proof_key.is_some());
            let expected =
                if accepted { Ok(proof.is_some()) } else { Err(Problem::rejected(SecurityCheck::TokenType)) };
            assert_eq!(outcome, expected, "{token_type}, proof {}", proof.is_some());
        }
    }

    #[test]
    fn tokens_that_no_header_can_carry_are_not_taken() {
        let long = "a".repeat(LONGEST_TOKEN + 1);
        for token in ["", " ", "a b", r"a\u0000", r"a\r\nHost: evil", "é", &long] {
            for json in [
                format!(r#"{{"access_token":"{token}","token_type":"Bearer"}}"#),
                format!(r#"{{"access_token":"a","token_type":"Bearer","refresh_token":"{token}"}}"#),
            ] {
                let answer: TokenAnswer = serde_json::from_str(&json).unwrap();
                assert!(matches!(answer.granted(None), Err(Problem::NotUnderstood { .. })), "{token:?}");
            }
        }
    }

    #[test]
    fn tokens_never_show_in_debug_text() {
        let json = r#"{"access_token":"canary","token_type":"Bearer","refresh_token":"canary","id_token":"canary"}"#;
        let answer: TokenAnswer = serde_json::from_str(json).unwrap();
        assert!(!format!("{answer:?}").contains("canary"));
        assert!(!format!("{:?}", Granted::from(answer)).contains("canary"));
    }

    struct Noon;

    impl Clock for Noon {
        fn now(&self) -> Result<ClockReading, HostError> {
            Ok(ClockReading { wall_ms: 0, elapsed_ms: 0, boot_id: "boot".to_owned() })
        }
    }

    /// What becomes of a refresh token that is answered so.
    async fn answered(status: u16, is_json: bool, body: &str) -> Result<Granted, Refusal> {
        let identity = serde_json::json!({
            "issuer": "https://id.example", "clientId": "app", "redirectUri": "be.app:/cb", "scopes": ["openid"]
        });
        let identity: Identity = serde_json::from_value(identity).unwrap();
        let endpoints = Endpoints::of(&identity.issuer);
        let origins = vec![endpoints.token.origin()];
        let mut http = Http::new(None, origins, Arc::new(Noon), Arc::new(SystemEntropy), Arc::default());
        let body = body.as_bytes().to_vec();
        http.stand_in = Some(Arc::new(move |_| {
            let (etag, max_age_seconds, body) = (None, None, body.clone());
            let answer = Answer { status, etag, max_age_seconds, retry_after_seconds: Some(7), is_json, body };
            futures_util::future::ready(Ok(answer)).boxed()
        }));
        refresh(&http, &identity, &endpoints, &SecretString::from("r"), None).await
    }

    #[tokio::test]
    async fn only_one_answer_ends_a_session() {
        let ends = [
            r#"{"error":"invalid_grant"}"#,
            r#"{"error":"invalid_grant","error_description":"Token is revoked","error_uri":"https://x","more":[1]}"#,
        ];
        for body in ends {
            assert!(matches!(answered(400, true, body).await, Err(Refusal::Ended)), "{body}");
        }
        let not_now = Problem::ServiceUnavailable { retry_after_seconds: Some(7) };
        let for_now = Problem::ServiceUnavailable { retry_after_seconds: None };
        let not_understood = Problem::NotUnderstood { code: "token_answer".to_owned() };
        let in_between = Problem::BlockedNetwork;
        let client =
            |reason: &str| Problem::Configuration { field: "identity.clientId".to_owned(), reason: reason.to_owned() };
        let grant = r#"{"error":"invalid_grant"}"#;
        let vectors = [
            (400, false, grant, &not_now),
            (400, true, "", &not_now),
            (400, true, "{}", &not_now),
            (400, true, "[]", &not_now),
            (400, true, r#"{"error":["invalid_grant"]}"#, &not_now),
            (400, true, r#"{"error":"server_error","error":"invalid_grant"}"#, &not_now),
            (400, true, r#"{"error":"Invalid_Grant"}"#, &for_now),
            (400, true, r#"{"error":"server_error","error_description":"invalid_grant"}"#, &for_now),
            (400, true, r#"{"error":"invalid_dpop_proof"}"#, &for_now),
            (400, true, r#"{"error":"invalid_client"}"#, &client("invalid_client")),
            (401, true, r#"{"error":"invalid_client"}"#, &client("invalid_client")),
            (400, true, r#"{"error":"unauthorized_client"}"#, &client("unauthorized_client")),
            (200, false, grant, &in_between),
            (200, true, grant, &not_understood),
            (200, true, "", &not_understood),
            (201, true, grant, &not_now),
            (401, true, grant, &not_now),
            (403, true, grant, &not_now),
            (405, true, grant, &not_now),
            (418, true, grant, &not_now),
        ];
        for (status, is_json, body, expected) in vectors {
            match answered(status, is_json, body).await {
                Err(Refusal::NotNow(problem)) => assert_eq!(problem, *expected, "{status} {is_json} {body}"),
                other => panic!("{status} {is_json} {body}: {other:?}"),
            }
        }
        for (status, is_json) in [(404, true), (404, false), (410, true), (410, false)] {
            let moved = answered(status, is_json, grant).await;
            assert!(matches!(&moved, Err(Refusal::Moved(problem)) if *problem == not_now), "{status}: {moved:?}");
        }
    }

    #[tokio::test]
    async fn an_answer_never_shows_in_a_problem() {
        for body in [
            r#"{"access_token":"canary","token_type":"Bearer","expires_in":{"canary":1},"refresh_token":7}"#,
            r#"{"access_token":"canary"}"#,
            r#"{"access_token":"canary","token_type":"canary"}"#,
            r#"{"access_token":"canary canary","token_type":"Bearer"}"#,
            r#"{"error":"canary","error_description":"canary"}"#,
        ] {
            for status in [200, 400] {
                let told = format!("{:?}", answered(status, true, body).await);
                let as_bytes = b"canary".map(|byte| byte.to_string()).join(", ");
                assert!(!told.contains("canary") && !told.contains(&as_bytes), "{told}");
            }
        }
    }
}
