//! What the core says of a provider in one word, such as "id token", told apart member by member for those who mend it. The
//! core has refused by then; here it is only said what of it is at fault.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use companion::operator::profile::{Profile, SigningAlgorithm};
use companion::operator::watch::Exchange;
use companion::problem::SecurityCheck;
use companion_sandbox::agent::Browser;
use jiff::fmt::rfc2822;
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::{Url, form_urlencoded};

use super::bodies::parsed;
use super::book::{Book, Clause};
use super::judge::{Findings, Said, kind};
use super::report::Level;

/// Clocks may differ by so much (as in the core).
const LEEWAY_S: i64 = 120;

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
    fn body_of(&self, book: &Book, id: &str) -> Option<Value> {
        self.exchange_of(book, id).map(|exchange| parsed(&exchange.response_body))
    }

    fn exchange_of(&self, book: &Book, id: &str) -> Option<&Exchange> {
        self.exchanges.iter().rev().find(|it| book.request_of(it).is_some_and(|request| request.id == id))
    }

    /// The attempt's nonce, from where it was asked with.
    fn nonce(&self, book: &Book) -> Option<String> {
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

/// What stopped a sign-in, told apart.
pub fn rejected(book: &Book, profile: &Profile, attempt: &Attempt<'_>, check: SecurityCheck, findings: &mut Findings) {
    match check {
        SecurityCheck::Provider => description(book, profile, findings),
        SecurityCheck::Issuer => {
            let came = attempt.callback.and_then(|callback| parameter(callback, "iss"));
            let came = if came.is_some() { "another's" } else { "nothing" };
            let consequence = "The sign-in is stopped: the answer may be another provider's (RFC 9207).";
            fault(book, "sign-in-page", "iss", "the issuer, as the metadata promises it", came, consequence, findings);
        }
        SecurityCheck::Code => {
            let consequence = "The code is refused, and the sign-in is over.";
            fault(book, "token-exchange", "error", "tokens for the code", "invalid_grant", consequence, findings);
        }
        SecurityCheck::TokenType => {
            let (expected, came) = if profile.identity.dpop {
                ("DPoP, as the profile has identity.dpop", "Bearer, or nothing")
            } else {
                ("Bearer", "another type, or nothing")
            };
            let consequence = "Taken for an attack: tokens are not what was asked for.";
            fault(book, "token-exchange", "token_type", expected, came, consequence, findings);
        }
        SecurityCheck::IdToken | SecurityCheck::Signature => id_token(book, profile, attempt, findings),
    }
}

/// What is at fault in an id token that the core refused.
fn id_token(book: &Book, profile: &Profile, attempt: &Attempt<'_>, findings: &mut Findings) {
    let answer = attempt.body_of(book, "token-exchange").unwrap_or_default();
    let consequence = "Refused: nobody is signed in.";
    let Some(token) = answer.get("id_token").and_then(Value::as_str) else {
        let came = kind(answer.get("id_token"));
        return fault(book, "token-exchange", "id_token", "a JWS in its compact form", &came, consequence, findings);
    };
    let mut note = |member: &str, expected: &str, came: &str| {
        fault(book, "id-token", member, expected, came, consequence, findings);
    };
    let Some((header, claims)) = parts(token) else {
        return note("header.alg", "a JWS in its compact form", "what is none");
    };
    let identity = &profile.identity;
    let algorithms: Vec<&str> = identity.id_token_algorithms.iter().map(|it| name(*it)).collect();
    let algorithm = header.get("alg").and_then(Value::as_str).unwrap_or_default();
    if !algorithms.contains(&algorithm) {
        note("header.alg", &format!("one of {}", algorithms.join(", ")), &short(algorithm));
    } else if header.get("crit").is_some() {
        note("header.crit", "nothing: no extension is understood", &kind(header.get("crit")));
    } else {
        let keys = attempt.body_of(book, "signing-keys").unwrap_or_default();
        let keys = keys.get("keys").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let kid = header.get("kid");
        if keys.is_empty() {
            let expected = "at least one key that signs";
            fault(book, "signing-keys", "keys[]", expected, "none", consequence, findings);
            return;
        }
        if kid.is_some() && !keys.iter().any(|key| key.get("kid") == kid) {
            note("header.kid", "a key of jwks_uri", "one that is not there");
        }
    }
    let text = |claim: &str| claims.get(claim).and_then(Value::as_str);
    if text("iss") != Some(&identity.issuer) {
        note("claims.iss", "identity.issuer of the profile", &other(claims.get("iss")));
    }
    let ours = |aud: &Value| aud.as_str() == Some(&identity.client_id);
    let aud_is_ours = match claims.get("aud") {
        Some(Value::Array(all)) => !all.is_empty() && all.iter().all(ours),
        Some(one) => ours(one),
        None => false,
    };
    if !aud_is_ours {
        note("claims.aud", "identity.clientId of the profile, alone", &other(claims.get("aud")));
    }
    if claims.get("azp").is_some_and(|azp| !ours(azp)) {
        note("claims.azp", "identity.clientId of the profile", &other(claims.get("azp")));
    }
    if text("sub").is_none_or(|sub| sub.is_empty() || sub.len() > 255 || !sub.is_ascii()) {
        note("claims.sub", "1 to 255 ASCII characters", &kind(claims.get("sub")));
    }
    let nonce = attempt.nonce(book);
    if text("nonce") != nonce.as_deref() {
        note("claims.nonce", "the nonce of the request", &other(claims.get("nonce")));
    }
    let access = answer.get("access_token").and_then(Value::as_str).unwrap_or_default();
    let hash = Sha256::digest(access);
    let hash = URL_SAFE_NO_PAD.encode(hash.get(..16).unwrap_or_default());
    if text("at_hash").is_some_and(|told| told != hash) {
        note("claims.at_hash", "the left half of the access token's SHA-256", "another");
    }
    let exchange = attempt.exchange_of(book, "token-exchange");
    let date = exchange.and_then(|it| it.response_header("date")).and_then(|date| rfc2822::parse(date).ok());
    let now_s = date.map_or_else(jiff::Timestamp::now, |at| at.timestamp()).as_second();
    let seconds = |claim: &str| claims.get(claim).and_then(|it| it.to_string().split('.').next()?.parse::<i64>().ok());
    if seconds("exp").is_none_or(|exp| exp <= now_s.saturating_sub(LEEWAY_S)) {
        note("claims.exp", "a time to come", if seconds("exp").is_some() { "one that is past" } else { "no time" });
    }
    for claim in ["iat", "nbf"] {
        let is_needed = claim == "iat";
        match seconds(claim) {
            None if is_needed => note("claims.iat", "a time that is past", "no time"),
            Some(at) if at >= now_s.saturating_add(LEEWAY_S) => {
                note(&format!("claims.{claim}"), "a time that is past", "one to come");
            }
            _ => {}
        }
    }
    if !findings.has_fault(super::report::SIGN_IN) {
        let expected = "a signature of the key that the header names";
        fault(book, "id-token", "header.alg", expected, "one that does not verify", consequence, findings);
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
    let (renewed, request) = (renewals.body_of(book, "token-renewal")?, book.request("token-renewal")?);
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

fn fault(book: &Book, id: &str, at: &str, expected: &str, came: &str, consequence: &str, findings: &mut Findings) {
    if let Some(request) = book.request(id) {
        findings.note(book, request, Level::Fault, &Said { clause: Clause::Read(at), at, expected, came, consequence });
    }
}

/// Header and claims of a JWS in its compact form (RFC 7515 §7.1), nothing of it believed.
fn parts(token: &str) -> Option<(Value, Value)> {
    let mut parts = token.split('.');
    let mut next = || serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts.next()?).ok()?).ok();
    Some((next()?, next()?))
}

fn parameter(url: &str, name: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

fn other(value: Option<&Value>) -> String {
    if value.is_some() { format!("another ({})", kind(value)) } else { "nothing".to_owned() }
}

/// A name of an algorithm; what does not look like one is not repeated.
fn short(name: &str) -> String {
    let is_sound = (1..=12).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    if is_sound { name.to_owned() } else { "what is no name of one".to_owned() }
}

fn name(algorithm: SigningAlgorithm) -> &'static str {
    match algorithm {
        SigningAlgorithm::ES256 => "ES256",
        SigningAlgorithm::RS256 => "RS256",
        SigningAlgorithm::PS256 => "PS256",
    }
}
