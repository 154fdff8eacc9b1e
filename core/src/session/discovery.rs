//! What a provider says of itself, for whoever begins the profile of an operator. Nothing is kept, and nobody signs in.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use url::{Origin, Url};

use super::provider::Metadata;
use crate::host::Clock;
use crate::operator::failure::Failure;
use crate::operator::http::{Http, IDENTITY_CAP, Request};
use crate::operator::profile::{Identity, SigningAlgorithm};
use crate::operator::time::OperatorTime;
use crate::operator::tolerant::typed;

/// What follows an issuer's address (OpenID Connect Discovery 1.0 §4).
const WELL_KNOWN: &str = "/.well-known/openid-configuration";
/// More scopes, or a longer one, are nobody's.
const MOST_SCOPES: usize = 100;
const LONGEST_SCOPE: usize = 100;

/// A provider, as far as its metadata tells and the core can use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// Its issuer, byte for byte.
    pub issuer: String,
    /// Origins of its endpoints besides the issuer's own.
    pub origins: Vec<String>,
    /// Scopes it offers that can be asked for (RFC 6749 §3.3); none where it does not say.
    pub scopes: Vec<String>,
    /// How it signs id tokens, of what the core takes; none where it does not say.
    pub id_token_algorithms: Vec<SigningAlgorithm>,
    /// It binds tokens to a key of P-256 (RFC 9449 §5.1).
    pub binds_tokens: bool,
    /// It takes pushed requests (RFC 9126).
    pub takes_pushed_requests: bool,
    /// It promises `iss` in callbacks (RFC 9207).
    pub promises_iss: bool,
    /// Its page makes accounts (OpenID Connect Prompt Create 1.0).
    pub creates_accounts: bool,
    /// It ends the browser's session (OpenID Connect RP-Initiated Logout 1.0).
    pub ends_sessions: bool,
    /// What a sign-in would fail by, if it is as the metadata say.
    pub cautions: Vec<Caution>,
}

/// What a sign-in would fail by, although a profile can be begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caution {
    /// It does not say how it signs id tokens (OpenID Connect Discovery 1.0 §3: `id_token_signing_alg_values_supported`).
    SignsUntold,
    /// It signs id tokens in none of the ways that the core takes.
    SignsOtherwise,
    /// It does not offer the scope `openid`.
    NoOpenid,
    /// It does not offer the code flow (`response_types_supported`).
    NoCode,
    /// It does not say that a client may come without a secret, as an app does (`token_endpoint_auth_methods_supported`: `none`).
    WantsSecret,
}

/// Why a provider cannot be described.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undescribed {
    /// What was asked for is no https address without a query.
    #[error("this is no https address of an issuer")]
    NoAddress,
    /// The certificates to believe are none.
    #[error("the anchors hold no certificate in PEM")]
    NoAnchors,
    /// Nobody was reached: no name, no connection, no answer in time.
    #[error("the provider cannot be reached there")]
    Unreachable,
    /// Its certificate is not believed.
    #[error("the certificate there is not believed; where its authority is private, give it with --anchors FILE")]
    Untrusted,
    /// It answered with something else than a document.
    #[error("the provider answered with status {0}")]
    Status(u16),
    /// Its answer is longer than 256 KiB.
    #[error("the answer is longer than the 256 KiB that a provider's may be")]
    TooLarge,
    /// Its answer is no metadata of OpenID Connect.
    #[error("the answer is no OpenID provider metadata: issuer or an endpoint that everybody needs is missing")]
    NotUnderstood,
    /// It is the metadata of another issuer.
    #[error("the metadata is another issuer's than its address says (OpenID Connect Discovery 1.0 §4.3)")]
    OtherIssuer,
    /// An endpoint is not https.
    #[error("an endpoint of the metadata is no https address")]
    NotHttps,
    /// PKCE with S256 is not offered.
    #[error("the provider does not offer PKCE with S256 (RFC 7636): code_challenge_methods_supported must list it")]
    NoS256,
    /// Pushed requests are required and nowhere taken.
    #[error("the provider requires pushed requests (RFC 9126), and says nowhere where it takes them")]
    PushedNowhere,
}

/// What no sign-in goes by, and whoever begins a profile wants to know. None of it must be there, or be a list.
#[derive(Deserialize)]
struct Offered {
    scopes_supported: Option<Value>,
    id_token_signing_alg_values_supported: Option<Value>,
    response_types_supported: Option<Value>,
    token_endpoint_auth_methods_supported: Option<Value>,
}

/// The words of a list. None where there is no list.
fn words(said: &Option<Value>) -> Option<Vec<&str>> {
    Some(said.as_ref()?.as_array()?.iter().filter_map(Value::as_str).collect())
}

/// Asks a provider what it offers. `address` is its issuer, or where its metadata is; `anchors_pem` are the only authorities
/// believed, where there are such.
pub async fn describe(
    address: &str,
    anchors_pem: Option<String>,
    clock: Arc<dyn Clock>,
) -> Result<Provider, Undescribed> {
    if anchors_pem.as_ref().is_some_and(|pem| !pem.contains("-----BEGIN CERTIFICATE-----")) {
        return Err(Undescribed::NoAnchors);
    }
    let issuer = issuer_of(address)?;
    let url =
        Url::parse(&format!("{}{WELL_KNOWN}", issuer.trim_end_matches('/'))).map_err(|_| Undescribed::NoAddress)?;
    let time = Arc::new(OperatorTime::new(None));
    let http = Http::new(anchors_pem, vec![url.origin()], clock, Arc::new(crate::host::SystemEntropy), time);
    let request = Request { cap: IDENTITY_CAP, tries: 1, ..Request::get(&url) };
    let answer = http.send_repeatable(&request).await.map_err(|failure| match failure {
        Failure::Status { status, .. } => Undescribed::Status(status),
        Failure::TooLarge => Undescribed::TooLarge,
        Failure::Tls => Undescribed::Untrusted,
        Failure::Portal => Undescribed::NotUnderstood,
        _ => Undescribed::Unreachable,
    })?;
    read(&answer.body, &issuer)
}

/// The issuer whose metadata is at an address, or which it is.
fn issuer_of(address: &str) -> Result<String, Undescribed> {
    let address = address.trim();
    let issuer = address.strip_suffix(WELL_KNOWN).unwrap_or(address);
    let url = Url::parse(issuer).map_err(|_| Undescribed::NoAddress)?;
    let is_plain = url.scheme() == "https"
        && issuer.starts_with("https://")
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if is_plain { Ok(issuer.to_owned()) } else { Err(Undescribed::NoAddress) }
}

/// Reads metadata that were asked for of this issuer.
fn read(body: &[u8], issuer: &str) -> Result<Provider, Undescribed> {
    let told = Metadata::read(body).map_err(|_| Undescribed::NotUnderstood)?;
    // Somebody who types an address does not know about the last slash; whoever says it does.
    if told.issuer.trim_end_matches('/') != issuer.trim_end_matches('/') {
        return Err(Undescribed::OtherIssuer);
    }
    let own = Url::parse(&told.issuer).map_err(|_| Undescribed::OtherIssuer)?.origin();
    let mut origins: Vec<Origin> = Vec::new();
    for endpoint in told.endpoints() {
        if endpoint.scheme() != "https" {
            return Err(Undescribed::NotHttps);
        }
        let origin = endpoint.origin();
        if origin != own && !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    if !told.proves_with_s256() {
        return Err(Undescribed::NoS256);
    }
    if !told.can_be_asked() {
        return Err(Undescribed::PushedNowhere);
    }
    let offered: Offered = typed("", body).map_err(|_| Undescribed::NotUnderstood)?;
    let scopes = words(&offered.scopes_supported).unwrap_or_default().into_iter().filter(|scope| is_scope(scope));
    let algorithms = words(&offered.id_token_signing_alg_values_supported).unwrap_or_default();
    let mut provider = Provider {
        cautions: cautions(&offered),
        issuer: told.issuer.clone(),
        origins: origins.iter().map(Origin::ascii_serialization).collect(),
        scopes: scopes.take(MOST_SCOPES).map(str::to_owned).collect(),
        id_token_algorithms: algorithms.into_iter().filter_map(algorithm).collect(),
        binds_tokens: false,
        takes_pushed_requests: false,
        promises_iss: false,
        creates_accounts: false,
        ends_sessions: false,
    };
    let used = told.used(&identity(&provider)).map_err(|_| Undescribed::NotUnderstood)?;
    provider.binds_tokens = used.binds_tokens;
    provider.takes_pushed_requests = used.pushed_request.is_some();
    provider.promises_iss = used.iss_promised;
    provider.creates_accounts = used.creates_accounts;
    provider.ends_sessions = used.end_session.is_some();
    Ok(provider)
}

/// What a sign-in would fail by, as far as the metadata tell.
fn cautions(offered: &Offered) -> Vec<Caution> {
    let algorithms = words(&offered.id_token_signing_alg_values_supported);
    let lacks = |said, word: &str| words(said).is_some_and(|words| !words.contains(&word));
    let no_algorithm = match algorithms {
        None => Some(Caution::SignsUntold),
        Some(algorithms) if !algorithms.iter().any(|name| algorithm(name).is_some()) => Some(Caution::SignsOtherwise),
        Some(_) => None,
    };
    [
        no_algorithm,
        lacks(&offered.scopes_supported, "openid").then_some(Caution::NoOpenid),
        lacks(&offered.response_types_supported, "code").then_some(Caution::NoCode),
        lacks(&offered.token_endpoint_auth_methods_supported, "none").then_some(Caution::WantsSecret),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn algorithm(name: &str) -> Option<SigningAlgorithm> {
    match name {
        "ES256" => Some(SigningAlgorithm::ES256),
        "RS256" => Some(SigningAlgorithm::RS256),
        "PS256" => Some(SigningAlgorithm::PS256),
        _ => None,
    }
}

/// A profile's part that takes the provider.
fn identity(provider: &Provider) -> Identity {
    Identity {
        issuer: provider.issuer.clone(),
        client_id: String::new(),
        redirect_uri: String::new(),
        scopes: Vec::new(),
        origins: provider.origins.clone(),
        post_logout_redirect_uri: None,
        dpop: false,
        ask_consent: false,
        id_token_algorithms: Vec::new(),
        creates_accounts: false,
        registration_url: None,
        invitation: None,
        errors: std::collections::BTreeMap::new(),
    }
}

/// RFC 6749 §3.3: printable ASCII without blank, quotation mark and backslash.
fn is_scope(scope: &str) -> bool {
    let is_letter = |byte: u8| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
    (1..=LONGEST_SCOPE).contains(&scope.len()) && scope.bytes().all(is_letter)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn metadata() -> Value {
        json!({
            "issuer": "https://id.example", "authorization_endpoint": "https://login.example/authorize",
            "token_endpoint": "https://id.example/token", "userinfo_endpoint": "https://login.example/userinfo",
            "jwks_uri": "https://id.example/jwks", "code_challenge_methods_supported": ["S256"],
            "pushed_authorization_request_endpoint": "https://id.example/par", "response_types_supported": ["code"],
            "scopes_supported": ["openid", "offline_access", "two words", "\u{1b}[31m", "quo\"te", "x".repeat(101), "line.read"],
            "id_token_signing_alg_values_supported": ["none", "HS256", "PS256", "ES256"],
            "dpop_signing_alg_values_supported": ["ES256"]
        })
    }

    fn read_with(changes: &[(&str, Value)]) -> Result<Provider, Undescribed> {
        let mut metadata = metadata();
        for (name, value) in changes {
            metadata[*name] = value.clone();
        }
        read(metadata.to_string().as_bytes(), "https://id.example/")
    }

    #[test]
    fn what_can_be_used_of_a_provider_is_told() {
        let provider = read_with(&[]).unwrap();
        assert_eq!(provider.issuer, "https://id.example");
        assert_eq!(provider.origins, ["https://login.example"]);
        assert_eq!(provider.scopes, ["openid", "offline_access", "line.read"]);
        assert_eq!(provider.id_token_algorithms, [SigningAlgorithm::PS256, SigningAlgorithm::ES256]);
        assert!(provider.binds_tokens && provider.takes_pushed_requests);
        assert!(!provider.promises_iss && !provider.creates_accounts && !provider.ends_sessions);
        let scopes = read_with(&[("scopes_supported", json!(vec!["a"; 5000]))]).unwrap().scopes;
        assert_eq!(scopes.len(), MOST_SCOPES);
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_its_reason() {
        for (name, value, why) in [
            ("issuer", json!("https://evil.example"), Undescribed::OtherIssuer),
            ("issuer", json!("https://id.example/other"), Undescribed::OtherIssuer),
            ("issuer", json!(["https://id.example"]), Undescribed::NotUnderstood),
            ("token_endpoint", json!("http://id.example/token"), Undescribed::NotHttps),
            ("token_endpoint", json!("javascript:alert(1)"), Undescribed::NotHttps),
            ("token_endpoint", json!(null), Undescribed::NotUnderstood),
            ("end_session_endpoint", json!("http://id.example/end"), Undescribed::NotHttps),
            ("code_challenge_methods_supported", json!(["plain"]), Undescribed::NoS256),
            ("code_challenge_methods_supported", json!([]), Undescribed::NoS256),
            ("require_pushed_authorization_requests", json!(true), Undescribed::PushedNowhere),
        ] {
            let nowhere = ("pushed_authorization_request_endpoint", Value::Null);
            let all: &[_] = if why == Undescribed::PushedNowhere { &[nowhere] } else { &[] };
            let changes = [all, &[(name, value.clone())]].concat();
            assert_eq!(read_with(&changes), Err(why), "{name} = {value}");
        }
        for body in ["", "[]", "{}", "<html>"] {
            assert_eq!(read(body.as_bytes(), "https://id.example"), Err(Undescribed::NotUnderstood), "{body}");
        }
    }

    #[test]
    fn what_a_sign_in_would_fail_by_is_told() {
        for (name, value, expected) in [
            ("issuer", json!("https://id.example"), &[][..]),
            ("id_token_signing_alg_values_supported", json!(["HS256"]), &[Caution::SignsOtherwise]),
            ("id_token_signing_alg_values_supported", json!([]), &[Caution::SignsOtherwise]),
            ("id_token_signing_alg_values_supported", Value::Null, &[Caution::SignsUntold]),
            ("id_token_signing_alg_values_supported", json!("RS256"), &[Caution::SignsUntold]),
            ("scopes_supported", json!(["profile"]), &[Caution::NoOpenid]),
            ("scopes_supported", Value::Null, &[]),
            ("response_types_supported", json!(["id_token"]), &[Caution::NoCode]),
            ("token_endpoint_auth_methods_supported", json!(["client_secret_basic"]), &[Caution::WantsSecret]),
            ("token_endpoint_auth_methods_supported", json!(["client_secret_basic", "none"]), &[]),
        ] {
            assert_eq!(read_with(&[(name, value.clone())]).unwrap().cautions, expected, "{name} = {value}");
        }
    }

    #[test]
    fn an_issuer_is_known_by_its_address_or_that_of_its_metadata() {
        let of = |address: &str| issuer_of(address).ok();
        for (address, issuer) in [
            ("https://id.example", Some("https://id.example")),
            (" https://id.example/realm/.well-known/openid-configuration\n", Some("https://id.example/realm")),
            ("http://id.example", None),
            ("https:id.example", None),
            ("https://id.example?x", None),
            ("https://user@id.example", None),
            ("id.example", None),
            ("", None),
        ] {
            assert_eq!(of(address).as_deref(), issuer, "{address}");
        }
    }
}
