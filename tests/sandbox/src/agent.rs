//! A person's browser without the person: fetches the sign-in page, fills in its form and follows the redirects
//! until they lead back to the app. It knows nothing of the sandbox but what the page says.

use std::time::Duration;

use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, Response};
use url::Url;

use crate::tls;

mod form;

use form::Form;

/// Pages and redirects a sign-in may take before it is called a loop.
const STEPS: usize = 12;

/// Why no callback came of it.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// The authorize URL is none, or names no `redirect_uri`.
    #[error("not an authorize URL: {0}")]
    Url(String),
    /// The server could not be reached or trusted.
    #[error("the sign-in page did not answer: {0}")]
    Network(#[from] reqwest::Error),
    /// The page refused, with its own sentence when it gave one.
    #[error("the sign-in page refused (status {status}): {sentence}")]
    Refused {
        /// HTTP status of the page.
        status: u16,
        /// What the page says to the person.
        sentence: String,
    },
    /// Redirects or pages without an end.
    #[error("the sign-in did not come to an end")]
    Loop,
}

/// Signs in at `authorize_url` and returns the callback the browser would open: the redirect URI with code,
/// state and iss, or with error, state and iss.
pub async fn sign_in(ca_pem: &str, authorize_url: &str, number: &str, password: &str) -> Result<String, AgentError> {
    tls::install_provider();
    let client = Client::builder()
        .tls_certs_only([Certificate::from_pem(ca_pem.as_bytes())?])
        .redirect(Policy::none())
        .no_proxy()
        .timeout(Duration::from_secs(20))
        .build()?;
    let start = Url::parse(authorize_url).map_err(|error| AgentError::Url(error.to_string()))?;
    let callback = start
        .query_pairs()
        .find_map(|(name, value)| (name == "redirect_uri").then(|| value.into_owned()))
        .ok_or_else(|| AgentError::Url("it has no redirect_uri".to_owned()))?;

    let mut at = start.clone();
    let mut answer = client.get(start).send().await?;
    let mut submitted = false;
    for _ in 0..STEPS {
        if let Some(next) = location(&answer) {
            if is_callback(&next, &callback) {
                return Ok(next);
            }
            at = at.join(&next).map_err(|error| AgentError::Url(error.to_string()))?;
            answer = client.get(at.clone()).send().await?;
            continue;
        }
        let status = answer.status().as_u16();
        let html = answer.text().await?;
        let form = Form::first(&html).filter(|_| status == 200);
        // A password page that comes again was not satisfied.
        let Some(form) = form.filter(|form| !(submitted && form.asks_for_password())) else {
            return Err(AgentError::Refused { status, sentence: form::sentence(&html) });
        };
        submitted |= form.asks_for_password();
        let filled = form.fill(number, password);
        let action = form.action.as_deref().unwrap_or_default();
        at = at.join(action).map_err(|error| AgentError::Url(error.to_string()))?;
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(filled).finish();
        answer = client
            .post(at.clone())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
            .send()
            .await?;
    }
    Err(AgentError::Loop)
}

fn location(answer: &Response) -> Option<String> {
    let location = answer.headers().get(LOCATION).filter(|_| answer.status().is_redirection())?;
    location.to_str().ok().map(str::to_owned)
}

fn is_callback(next: &str, callback: &str) -> bool {
    let rest = next.strip_prefix(callback);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['?', '&', '#']))
}
