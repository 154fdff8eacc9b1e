//! The operator's pages: where people sign in, and where the browser's session ends. What a page is asked for goes ahead of
//! the browser where the provider takes that.

use oauth2::basic::BasicErrorResponseType;
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use super::attempt::{Attempt, own_error};
use super::provider::Endpoints;
use super::token::{client, error_in, identity_request, refused};
use crate::operator::challenge::StepUp;
use crate::operator::http::Http;
use crate::operator::profile::Identity;
use crate::operator::proof::ProofKey;
use crate::operator::tolerant::typed;
use crate::problem::Problem;

/// Goes into the address of the page.
const LONGEST_REQUEST_URI: usize = 512;

/// What a sign-in asks of the page beside the usual.
#[derive(Default)]
pub struct Asks<'a> {
    /// The person's languages, best first (OpenID Connect Core §3.1.2.1 `ui_locales`).
    pub ui_locales: &'a str,
    /// What the page must do: `login`, `create`, `consent` (OpenID Connect Core §3.1.2.1, Prompt Create 1.0).
    pub prompt: Vec<&'static str>,
    /// How recent or strong the sign-in has to be (OpenID Connect Core §3.1.2.1 `max_age`, `acr_values`).
    pub step_up: Option<&'a StepUp>,
    /// What must not lie in a browser's history: sent only with a pushed request (RFC 9126).
    pub pushed_only: Vec<(&'a str, &'a str)>,
}

/// What is only pushed is a number or an invitation.
impl std::fmt::Debug for Asks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asks").field("prompt", &self.prompt).finish_non_exhaustive()
    }
}

/// The address of the sign-in page: code flow with PKCE S256 (RFC 7636), `state` and nonce. Where the provider takes
/// pushed requests, everything goes there first and the address holds nothing of it (RFC 9126); a push that fails is a
/// sign-in that fails, never one with less protection.
pub async fn page(
    http: &Http,
    identity: &Identity,
    attempt: &Attempt,
    state: String,
    asks: &Asks<'_>,
) -> Result<Url, Problem> {
    let mut url = authorization_request(identity, attempt, state, asks);
    let Some(endpoint) = &attempt.endpoints.pushed_request else { return Ok(url) };
    url.query_pairs_mut().extend_pairs(&asks.pushed_only);
    let form = url.query().unwrap_or_default();
    let request_uri = push(http, identity, endpoint, form, attempt.proof_key.as_ref()).await?;
    let mut page = attempt.endpoints.authorization.clone();
    page.query_pairs_mut().append_pair("client_id", &identity.client_id).append_pair("request_uri", &request_uri);
    Ok(page)
}

fn authorization_request(identity: &Identity, attempt: &Attempt, state: String, asks: &Asks<'_>) -> Url {
    let verifier = PkceCodeVerifier::new(attempt.verifier.clone());
    let client = client(identity, &attempt.endpoints);
    let client = client.set_redirect_uri(RedirectUrl::from_url(attempt.redirect_uri.clone()));
    let mut request = client
        .authorize_url(|| CsrfToken::new(state))
        .add_scopes(identity.scopes.iter().cloned().map(Scope::new))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_extra_param("nonce", attempt.nonce.clone())
        .add_extra_param("ui_locales", asks.ui_locales.to_owned());
    if let Some(key) = &attempt.proof_key {
        // The code, too, is then good only with this key (RFC 9449 §10).
        request = request.add_extra_param("dpop_jkt", key.thumbprint());
    }
    if let Some(StepUp { max_age_s, acr_values }) = asks.step_up {
        if let Some(seconds) = max_age_s {
            request = request.add_extra_param("max_age", seconds.to_string());
        }
        if let Some(values) = acr_values {
            request = request.add_extra_param("acr_values", values.clone());
        }
    }
    if !asks.prompt.is_empty() {
        request = request.add_extra_param("prompt", asks.prompt.join(" "));
    }
    request.url().0
}

/// What a refused push means. We always ask in one way: a request that is invalid is one that the operator has registered
/// otherwise, such as its redirect address, and only a new version of the app mends that (RFC 9126 §2.3).
fn not_pushed(error: &BasicErrorResponseType) -> Problem {
    match error {
        BasicErrorResponseType::InvalidRequest => {
            Problem::Configuration { field: "identity.redirectUri".to_owned(), reason: error.as_ref().to_owned() }
        }
        error => refused(error),
    }
}

/// RFC 9126 §2.2.
#[derive(Deserialize)]
struct Pushed {
    request_uri: String,
}

/// Where the pushed request is, for the browser.
pub(super) fn request_uri_in(body: &[u8]) -> Option<String> {
    let Pushed { request_uri } = typed("", body).ok()?;
    (1..=LONGEST_REQUEST_URI).contains(&request_uri.len()).then_some(request_uri)
}

async fn push(
    http: &Http,
    identity: &Identity,
    endpoint: &Url,
    form: &str,
    proof: Option<&ProofKey>,
) -> Result<String, Problem> {
    let answer = http.send_once(&identity_request(endpoint, form.as_bytes().to_vec(), proof)).await?;
    let not_understood = || Problem::NotUnderstood { code: "pushed_request".to_owned() };
    match answer.status {
        200 | 201 => request_uri_in(&answer.body).ok_or_else(not_understood),
        status => match error_in(&answer.body) {
            Some(error) if status == 400 || status == 401 => {
                // An invitation goes ahead of the browser, and so may the refusal of it.
                let meant = own_error(error.as_ref(), &identity.errors);
                Err(meant.unwrap_or_else(|| not_pushed(&error)))
            }
            _ => Err(Problem::ServiceUnavailable { retry_after_seconds: answer.retry_after_seconds }),
        },
    }
}

/// The provider's page that ends the session in the browser too (OpenID Connect RP-Initiated Logout 1.0 §2). Without
/// `state`: this phone is signed out before the page opens, and wherever the browser comes back to changes nothing, so that
/// nobody would compare it.
pub fn end_session_url(identity: &Identity, endpoints: &Endpoints, id_token: Option<&SecretString>) -> Option<Url> {
    let mut url = endpoints.end_session.clone()?;
    {
        let mut query = url.query_pairs_mut();
        query.append_pair("client_id", &identity.client_id);
        if let Some(id_token) = id_token {
            query.append_pair("id_token_hint", id_token.expose_secret());
        }
        if let Some(uri) = &identity.post_logout_redirect_uri {
            query.append_pair("post_logout_redirect_uri", uri);
        }
    }
    Some(url)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_page_that_signs_out_is_asked_for_what_its_provider_needs_and_for_nothing_that_nobody_checks() {
        let identity: Identity = serde_json::from_value(json!({
            "issuer": "https://id.example", "clientId": "app", "redirectUri": "be.app:/cb", "scopes": ["openid"],
            "postLogoutRedirectUri": "be.app:/signed-out"
        }))
        .unwrap();
        let nowhere = Endpoints::of("https://id.example");
        assert_eq!(end_session_url(&identity, &nowhere, None), None);
        let somewhere = Endpoints { end_session: Some("https://id.example/end?x=1".parse().unwrap()), ..nowhere };
        let url = |id_token: Option<&str>| {
            let id_token = id_token.map(SecretString::from);
            end_session_url(&identity, &somewhere, id_token.as_ref()).unwrap().to_string()
        };
        let back = "post_logout_redirect_uri=be.app%3A%2Fsigned-out";
        assert_eq!(url(None), format!("https://id.example/end?x=1&client_id=app&{back}"));
        assert_eq!(url(Some("a.b.c")), format!("https://id.example/end?x=1&client_id=app&id_token_hint=a.b.c&{back}"));
    }
}
