//! A provider by which people sign in: what of its description is at fault, what is worth knowing of it, and how it goes about
//! refresh tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use companion::operator::profile::Profile;
use companion::operator::watch::Exchange;
use companion_sandbox::agent::Browser;
use serde_json::Value;
use url::{Url, form_urlencoded};

use super::bodies::parsed;
use super::book::{Book, Clause};
use super::judge::{Findings, Said, kind};
use super::report::Level;

/// What is known of a sign-in from outside.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// The page that was opened.
    pub page: &'a str,
    /// The address that the browser came back with.
    pub callback: Option<&'a str>,
    /// What was exchanged.
    pub exchanges: &'a [Exchange],
}

impl Attempt<'_> {
    pub(super) fn body_of(&self, book: &Book, id: &str) -> Option<Value> {
        self.exchange_of(book, id).map(|exchange| parsed(&exchange.response_body))
    }

    pub(super) fn exchange_of(&self, book: &Book, id: &str) -> Option<&Exchange> {
        self.exchanges.iter().rev().find(|it| book.request_of(it).is_some_and(|request| request.id == id))
    }

    /// The attempt's nonce, from where it was asked with.
    pub(super) fn nonce(&self, book: &Book) -> Option<String> {
        let pushed = self.exchange_of(book, "pushed-request").and_then(|exchange| exchange.request_body.as_deref());
        let in_form = pushed.and_then(|form| {
            form_urlencoded::parse(form).find(|(name, _)| name == "nonce").map(|(_, value)| value.into_owned())
        });
        in_form.or_else(|| parameter(self.page, "nonce"))
    }
}

/// The `sub` of the id token of the last sign-in.
pub fn sub(book: &Book, attempt: &Attempt<'_>) -> Option<String> {
    let answer = attempt.body_of(book, "token-exchange")?;
    let (_, claims) = parts(answer.get("id_token")?.as_str()?)?;
    claims.get("sub")?.as_str().map(str::to_owned)
}

/// What of a provider's description is at fault, once the core has refused it.
pub fn description(book: &Book, profile: &Profile, findings: &mut Findings) {
    let metadata = book.metadata();
    let mut note = |member: &str, expected: &str, came: &str| {
        fault(
            book,
            "provider-metadata",
            member,
            expected,
            came,
            "No page opens: the provider is not the profile's.",
            findings,
        );
    };
    if metadata.get("issuer").and_then(Value::as_str) != Some(&profile.identity.issuer) {
        note("issuer", "identity.issuer of the profile, byte for byte", &other(metadata.get("issuer")));
    }
    let homes: Vec<_> = [&profile.identity.issuer].into_iter().chain(&profile.identity.origins).collect();
    let homes: Vec<_> = homes.into_iter().filter_map(|home| Url::parse(home).ok()).map(|home| home.origin()).collect();
    let needed = ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"];
    let optional = ["revocation_endpoint", "pushed_authorization_request_endpoint", "end_session_endpoint"];
    for member in needed.into_iter().chain(optional) {
        let told = metadata.get(member);
        let url = told.and_then(Value::as_str).and_then(|url| Url::parse(url).ok());
        let is_home = url.as_ref().is_some_and(|url| url.scheme() == "https" && homes.contains(&url.origin()));
        if !is_home && (told.is_some() || needed.contains(&member)) {
            let came = if url.is_some() { "one of another origin".to_owned() } else { kind(told) };
            note(member, "an https address on the issuer's origin, or on identity.origins", &came);
        }
    }
    let has = |member: &str, wanted: &str| {
        metadata.get(member).and_then(Value::as_array).is_some_and(|all| all.iter().any(|it| it == wanted))
    };
    if !has("code_challenge_methods_supported", "S256") {
        note("code_challenge_methods_supported", "S256 among them", "none of it");
    }
    if profile.identity.dpop && !has("dpop_signing_alg_values_supported", "ES256") {
        note("dpop_signing_alg_values_supported", "ES256 among them, as the profile has identity.dpop", "none of it");
    }
    let required = metadata.get("require_pushed_authorization_requests") == Some(&Value::Bool(true));
    if required && metadata.get("pushed_authorization_request_endpoint").is_none() {
        note("pushed_authorization_request_endpoint", "an address, as pushed requests are required", "nothing");
    }
}

/// What is worth knowing of a provider by which people sign in.
pub fn remarks(book: &Book, attempt: &Attempt<'_>, findings: &mut Findings) {
    let metadata = book.metadata();
    let mut remark = |member: &str, expected: &str, consequence: &str| {
        let Some(request) = book.request("provider-metadata") else { return };
        let said = Said { clause: Clause::Read(member), at: member, expected, came: "nothing", consequence };
        findings.note(book, request, Level::Remark, &said);
    };
    if metadata.get("authorization_response_iss_parameter_supported") != Some(&Value::Bool(true)) {
        remark(
            "authorization_response_iss_parameter_supported",
            "true, with iss in every callback (RFC 9207)",
            "A callback of another provider could not be told from yours.",
        );
    }
    if metadata.get("revocation_endpoint").is_none() {
        remark(
            "revocation_endpoint",
            "an address (RFC 7009)",
            "Signing out tells you nothing: tokens end by themselves.",
        );
    }
    if metadata.get("pushed_authorization_request_endpoint").is_none() {
        remark(
            "pushed_authorization_request_endpoint",
            "an address (RFC 9126)",
            "The request is in the address of the page; number, invitation and id token are not sent along.",
        );
    }
    let answer = attempt.body_of(book, "token-exchange").unwrap_or_default();
    if answer.get("refresh_token").is_none()
        && let Some(request) = book.request("token-exchange")
    {
        let said = Said {
            clause: Clause::Read("refresh_token"),
            at: "refresh_token",
            expected: "a refresh token",
            came: "nothing",
            consequence: "The session ends with its access token: the person signs in again every time.",
        };
        findings.note(book, request, Level::Remark, &said);
    }
}

/// A refresh token that a newer one took the place of.
#[derive(Clone)]
pub struct Former(String);

impl std::fmt::Debug for Former {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Former(…)")
    }
}

/// Whether a renewal brought another refresh token than the sign-in, where tokens are not bound to a key. The one before it,
/// where it did.
pub fn rotation(
    book: &Book,
    profile: &Profile,
    sign_in: &Attempt<'_>,
    renewal: &[Exchange],
    findings: &mut Findings,
) -> Option<Former> {
    let first = sign_in.body_of(book, "token-exchange").unwrap_or_default();
    let renewals = Attempt { exchanges: renewal, ..*sign_in };
    let renewed = renewals.exchange_of(book, "token-renewal").filter(|it| it.status == Some(200))?;
    let (renewed, request) = (parsed(&renewed.response_body), book.request("token-renewal")?);
    let token = |answer: &Value| answer.get("refresh_token").and_then(Value::as_str).map(str::to_owned);
    if profile.identity.dpop {
        return None;
    }
    if token(&renewed).is_some_and(|renewed| Some(renewed) != token(&first)) {
        return token(&first).map(Former);
    }
    let said = Said {
        clause: Clause::Read("refresh_token"),
        at: "refresh_token",
        expected: "another one (rotation), or tokens bound to a key",
        came: "the same, or none",
        consequence: "Whoever gets hold of it has the session for as long as it lives (RFC 9700 §4.14.2).",
    };
    findings.note(book, request, Level::Remark, &said);
    None
}

/// Shows a former refresh token once more, as a thief would. The provider may end the session for it, so this comes last; what
/// it grants all the same is given back.
pub async fn show_again(book: &Book, profile: &Profile, former: &Former, findings: &mut Findings) {
    let endpoint = |name: &str| book.metadata().get(name).and_then(Value::as_str);
    let anchors = profile.trust.as_ref().map(|trust| trust.anchors_pem.as_str());
    let (Some(tokens), Ok(mut agent)) = (endpoint("token_endpoint"), Browser::trusting(anchors)) else { return };
    let client = ("client_id", profile.identity.client_id.as_str());
    let form = [("grant_type", "refresh_token"), ("refresh_token", former.0.as_str()), client];
    let Ok((200, body)) = agent.post(tokens, &form).await else { return };
    let granted: Value = serde_json::from_str(&body).unwrap_or_default();
    if let (Some(token), Some(endpoint)) =
        (granted.get("refresh_token").and_then(Value::as_str), endpoint("revocation_endpoint"))
    {
        let _ = agent.post(endpoint, &[("token", token), ("token_type_hint", "refresh_token"), client]).await;
    }
    if let Some(request) = book.request("token-renewal") {
        let said = Said {
            clause: Clause::Status(200),
            at: "refresh_token",
            expected: "a former token is refused once its grace period is over, a minute or a little more",
            came: "it was taken, some seconds after a newer one was given",
            consequence: "A lost answer signs nobody out; see that the grace ends, or a stolen token never does.",
        };
        findings.note(book, request, Level::Remark, &said);
    }
}

pub(super) fn fault(
    book: &Book,
    id: &str,
    at: &str,
    expected: &str,
    came: &str,
    consequence: &str,
    findings: &mut Findings,
) {
    if let Some(request) = book.request(id) {
        findings.note(book, request, Level::Fault, &Said { clause: Clause::Read(at), at, expected, came, consequence });
    }
}

/// Header and claims of a JWS in its compact form (RFC 7515 §7.1), nothing of it believed.
pub(super) fn parts(token: &str) -> Option<(Value, Value)> {
    let mut parts = token.split('.');
    let mut next = || serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts.next()?).ok()?).ok();
    Some((next()?, next()?))
}

pub(super) fn parameter(url: &str, name: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

pub(super) fn other(value: Option<&Value>) -> String {
    if value.is_some() { format!("another ({})", kind(value)) } else { "nothing".to_owned() }
}
