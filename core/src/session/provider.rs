//! The operator's OpenID provider as it describes itself (OpenID Connect Discovery 1.0, RFC 8414).
//! What it describes must match the profile: issuer byte for byte, endpoints https at the issuer's own origin,
//! PKCE with S256. Nothing of it can weaken what the core insists on.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::operator::failure::Failure;
use crate::operator::http::{Http, IDENTITY_CAP, Request};
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
    /// Where tokens are revoked (RFC 7009).
    pub revocation: Option<Url>,
    /// The provider promises `iss` in every callback (RFC 9207 §3).
    pub iss_promised: bool,
}

#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    userinfo_endpoint: Url,
    revocation_endpoint: Option<Url>,
    #[serde(default)]
    code_challenge_methods_supported: Vec<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// Asks the provider to describe itself.
pub async fn discover(http: &Http, issuer: &str) -> Result<Endpoints, Problem> {
    let address = format!("{}/.well-known/openid-configuration", issuer.strip_suffix('/').unwrap_or(issuer));
    let url = Url::parse(&address).map_err(|_| Failure::ForeignOrigin)?;
    let answered = http.send_repeatable(&Request { cap: IDENTITY_CAP, ..Request::get(&url) }).await;
    let answer = answered.map_err(|failure| match failure {
        // Nobody is signed in here: a refusal is the provider's trouble, never about this person's rights.
        Failure::Status { retry_after_seconds, .. } => Problem::ServiceUnavailable { retry_after_seconds },
        other => other.into(),
    })?;
    read(&answer.body, issuer)
}

fn read(body: &[u8], issuer: &str) -> Result<Endpoints, Problem> {
    let metadata: Metadata =
        serde_json::from_slice(body).map_err(|_| Problem::NotUnderstood { code: "provider_metadata".to_owned() })?;
    let own_origin = Url::parse(issuer).map_err(|_| Failure::ForeignOrigin)?.origin();
    let endpoints = [&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.userinfo_endpoint];
    let at_home = |url: &Url| url.scheme() == "https" && url.origin() == own_origin;
    let sound = metadata.issuer == issuer
        && endpoints.into_iter().chain(&metadata.revocation_endpoint).all(at_home)
        && metadata.code_challenge_methods_supported.iter().any(|method| method == "S256");
    if !sound {
        return Err(Problem::rejected(SecurityCheck::Provider));
    }
    Ok(Endpoints {
        authorization: metadata.authorization_endpoint,
        token: metadata.token_endpoint,
        userinfo: metadata.userinfo_endpoint,
        revocation: metadata.revocation_endpoint,
        iss_promised: metadata.authorization_response_iss_parameter_supported,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn metadata() -> Value {
        json!({
            "issuer": "https://id.example/", "authorization_endpoint": "https://id.example/authorize",
            "token_endpoint": "https://id.example/token", "userinfo_endpoint": "https://id.example/userinfo",
            "revocation_endpoint": "https://id.example/revoke", "code_challenge_methods_supported": ["plain", "S256"],
            "authorization_response_iss_parameter_supported": true, "something_new": {"x": 1}
        })
    }

    #[test]
    fn a_provider_that_matches_its_profile_is_taken() {
        let endpoints = read(metadata().to_string().as_bytes(), "https://id.example/").unwrap();
        assert!(endpoints.iss_promised && endpoints.revocation.is_some());
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
            ("code_challenge_methods_supported", json!(["plain"])),
            ("code_challenge_methods_supported", json!([])),
        ];
        for (key, value) in cases {
            let mut metadata = metadata();
            metadata[key] = value.clone();
            let refused = read(metadata.to_string().as_bytes(), "https://id.example/");
            assert_eq!(refused, Err(Problem::rejected(SecurityCheck::Provider)), "{key} = {value}");
        }
    }

    #[test]
    fn metadata_that_is_none_is_not_understood() {
        for body in ["", "[]", "{}", "<html>"] {
            assert!(matches!(read(body.as_bytes(), "https://id.example/"), Err(Problem::NotUnderstood { .. })));
        }
    }
}
