//! The operator's OpenID provider as it describes itself (OpenID Connect Discovery 1.0, RFC 8414).
//! What it describes must match the profile: issuer byte for byte, endpoints https at the issuer's own origin,
//! PKCE with S256. Nothing of it can weaken what the core insists on.

use serde::{Deserialize, Serialize};
use url::{Origin, Url};

use crate::operator::failure::Failure;
use crate::operator::http::{Http, IDENTITY_CAP, Request};
use crate::operator::profile::Identity;
use crate::operator::tolerant::typed;
use crate::problem::{Problem, SecurityCheck};

/// Where the provider's endpoints are. Kept with an attempt and with a session, so that neither depends on what
/// discovery says later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// Where people sign in (RFC 6749 §3.1).
    pub authorization: Url,
    /// Where codes and refresh tokens are exchanged (RFC 6749 §3.2).
    pub token: Url,
    /// Where the person's lines are told (OpenID Connect Core §5.3).
    pub userinfo: Url,
    /// The keys that id tokens are signed with (RFC 7517).
    pub jwks: Url,
    /// Where tokens are revoked (RFC 7009).
    pub revocation: Option<Url>,
    /// Where requests are pushed before the browser opens (RFC 9126). Where there is one, it is used.
    pub pushed_request: Option<Url>,
    /// Where the browser's session ends (OpenID Connect RP-Initiated Logout 1.0).
    pub end_session: Option<Url>,
    /// The provider promises `iss` in every callback (RFC 9207 §3).
    pub iss_promised: bool,
    /// The page makes accounts when asked to (OpenID Connect Prompt Create 1.0).
    pub creates_accounts: bool,
    /// Tokens can be bound to a P-256 key (RFC 9449 §5.1).
    pub binds_tokens: bool,
}

/// What a provider says of itself, as far as anybody here reads it.
#[derive(Deserialize)]
pub(super) struct Metadata {
    pub issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    userinfo_endpoint: Url,
    jwks_uri: Url,
    revocation_endpoint: Option<Url>,
    pushed_authorization_request_endpoint: Option<Url>,
    #[serde(default)]
    require_pushed_authorization_requests: bool,
    end_session_endpoint: Option<Url>,
    #[serde(default)]
    prompt_values_supported: Vec<String>,
    #[serde(default)]
    dpop_signing_alg_values_supported: Vec<String>,
    #[serde(default)]
    code_challenge_methods_supported: Vec<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl Metadata {
    pub fn read(body: &[u8]) -> Result<Metadata, Problem> {
        typed("", body).map_err(|_| Problem::NotUnderstood { code: "provider_metadata".to_owned() })
    }

    /// Every endpoint that is ever asked or opened.
    pub fn endpoints(&self) -> impl Iterator<Item = &Url> {
        let needed = [&self.authorization_endpoint, &self.token_endpoint, &self.userinfo_endpoint, &self.jwks_uri];
        let optional =
            [&self.revocation_endpoint, &self.pushed_authorization_request_endpoint, &self.end_session_endpoint];
        needed.into_iter().chain(optional.into_iter().flatten())
    }

    /// Whether PKCE is offered with S256 (RFC 7636).
    pub fn proves_with_s256(&self) -> bool {
        self.code_challenge_methods_supported.iter().any(|method| method == "S256")
    }

    /// Whoever takes pushed requests alone, and says nowhere where, has no page that would open (RFC 9126 §5).
    pub fn can_be_asked(&self) -> bool {
        !self.require_pushed_authorization_requests || self.pushed_authorization_request_endpoint.is_some()
    }

    /// What the core goes by, of a provider that is as its profile has it.
    pub fn used(self, identity: &Identity) -> Result<Endpoints, Problem> {
        let homes: Vec<Origin> = [&identity.issuer]
            .into_iter()
            .chain(&identity.origins)
            .flat_map(|url| Url::parse(url))
            .map(|url| url.origin())
            .collect();
        let at_home = |url: &Url| url.scheme() == "https" && homes.contains(&url.origin());
        let sound = self.issuer == identity.issuer
            && self.can_be_asked()
            && self.endpoints().all(at_home)
            && self.proves_with_s256();
        if !sound {
            return Err(Problem::rejected(SecurityCheck::Provider));
        }
        Ok(Endpoints {
            authorization: self.authorization_endpoint,
            token: self.token_endpoint,
            userinfo: self.userinfo_endpoint,
            jwks: self.jwks_uri,
            revocation: self.revocation_endpoint,
            pushed_request: self.pushed_authorization_request_endpoint,
            end_session: self.end_session_endpoint,
            creates_accounts: self.prompt_values_supported.iter().any(|prompt| prompt == "create"),
            binds_tokens: self.dpop_signing_alg_values_supported.iter().any(|algorithm| algorithm == "ES256"),
            iss_promised: self.authorization_response_iss_parameter_supported,
        })
    }
}

/// Asks the provider to describe itself.
pub async fn discover(http: &Http, identity: &Identity) -> Result<Endpoints, Problem> {
    let issuer = &identity.issuer;
    let address = format!("{}/.well-known/openid-configuration", issuer.strip_suffix('/').unwrap_or(issuer));
    let url = Url::parse(&address).map_err(|_| Failure::ForeignOrigin)?;
    let answered = http.send_repeatable(&Request { cap: IDENTITY_CAP, ..Request::get(&url) }).await;
    let answer = answered.map_err(unavailable)?;
    read(&answer.body, identity)
}

/// What a failure means where nobody is signed in: a refusal is the provider's trouble, never about a person's rights.
pub fn unavailable(failure: Failure) -> Problem {
    match failure {
        Failure::Status { retry_after_seconds, .. } => Problem::ServiceUnavailable { retry_after_seconds },
        other => other.into(),
    }
}

pub(super) fn read(body: &[u8], identity: &Identity) -> Result<Endpoints, Problem> {
    Metadata::read(body)?.used(identity)
}

#[cfg(test)]
impl Endpoints {
    /// Those of a provider that offers the least.
    pub fn of(issuer: &str) -> Endpoints {
        let url = |path: &str| Url::parse(&format!("{issuer}{path}")).unwrap();
        Endpoints {
            authorization: url("/authorize"),
            token: url("/token"),
            userinfo: url("/userinfo"),
            jwks: url("/jwks"),
            revocation: None,
            pushed_request: None,
            end_session: None,
            iss_promised: false,
            creates_accounts: false,
            binds_tokens: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn identity() -> Identity {
        serde_json::from_value(json!({
            "issuer": "https://id.example/", "clientId": "app", "redirectUri": "be.app:/cb", "scopes": ["openid"],
            "origins": ["https://keys.example"]
        }))
        .unwrap()
    }

    fn metadata() -> Value {
        json!({
            "issuer": "https://id.example/", "authorization_endpoint": "https://id.example/authorize",
            "token_endpoint": "https://id.example/token", "userinfo_endpoint": "https://id.example/userinfo",
            "jwks_uri": "https://keys.example/jwks", "end_session_endpoint": "https://id.example/end",
            "pushed_authorization_request_endpoint": "https://id.example/par",
            "prompt_values_supported": ["login", "create"], "dpop_signing_alg_values_supported": ["RS256", "ES256"],
            "revocation_endpoint": "https://id.example/revoke", "code_challenge_methods_supported": ["plain", "S256"],
            "authorization_response_iss_parameter_supported": true, "something_new": {"x": 1}
        })
    }

    #[test]
    fn a_provider_that_matches_its_profile_is_taken() {
        let endpoints = read(metadata().to_string().as_bytes(), &identity()).unwrap();
        assert!(endpoints.iss_promised && endpoints.creates_accounts && endpoints.binds_tokens);
        let optional = [endpoints.revocation, endpoints.pushed_request, endpoints.end_session];
        assert!(optional.iter().all(Option::is_some));
    }

    #[test]
    fn what_a_provider_may_leave_out_is_absent() {
        let mut metadata = metadata();
        for key in ["revocation_endpoint", "pushed_authorization_request_endpoint", "end_session_endpoint"] {
            metadata.as_object_mut().unwrap().remove(key);
        }
        for key in ["prompt_values_supported", "dpop_signing_alg_values_supported"] {
            metadata.as_object_mut().unwrap().remove(key);
        }
        let endpoints = read(metadata.to_string().as_bytes(), &identity()).unwrap();
        assert!(!endpoints.creates_accounts && !endpoints.binds_tokens);
        assert_eq!((endpoints.revocation, endpoints.pushed_request, endpoints.end_session), (None, None, None));
    }

    #[test]
    fn a_provider_that_differs_from_its_profile_or_lacks_s256_is_refused() {
        let cases = [
            ("issuer", json!("https://id.example")),
            ("issuer", json!("https://evil.example/")),
            ("token_endpoint", json!("https://evil.example/token")),
            ("token_endpoint", json!("http://id.example/token")),
            ("authorization_endpoint", json!("https://id.example:444/authorize")),
            ("revocation_endpoint", json!("https://evil.example/revoke")),
            ("pushed_authorization_request_endpoint", json!("https://evil.example/par")),
            ("end_session_endpoint", json!("http://id.example/end")),
            ("jwks_uri", json!("https://keys.example.evil/jwks")),
            ("userinfo_endpoint", json!("https://keys.example:444/userinfo")),
            ("code_challenge_methods_supported", json!(["plain"])),
            ("code_challenge_methods_supported", json!([])),
        ];
        for (key, value) in cases {
            let mut metadata = metadata();
            metadata[key] = value.clone();
            let refused = read(metadata.to_string().as_bytes(), &identity());
            assert_eq!(refused, Err(Problem::rejected(SecurityCheck::Provider)), "{key} = {value}");
        }
    }

    #[test]
    fn a_provider_that_takes_pushed_requests_alone_says_where() {
        for (required, named, taken) in
            [(true, true, true), (true, false, false), (false, true, true), (false, false, true)]
        {
            let mut metadata = metadata();
            metadata["require_pushed_authorization_requests"] = json!(required);
            if !named {
                metadata.as_object_mut().unwrap().remove("pushed_authorization_request_endpoint");
            }
            let outcome = read(metadata.to_string().as_bytes(), &identity()).map(|_| ());
            let expected = if taken { Ok(()) } else { Err(Problem::rejected(SecurityCheck::Provider)) };
            assert_eq!(outcome, expected, "required: {required}, named: {named}");
        }
    }

    #[test]
    fn metadata_that_is_none_is_not_understood() {
        for body in ["", "[]", "{}", "<html>"] {
            assert!(matches!(read(body.as_bytes(), &identity()), Err(Problem::NotUnderstood { .. })));
        }
    }
}
