//! A person's browser without the person: fetches the sign-in page, fills in its form and follows the redirects
//! until they lead back to the app. It knows nothing of the sandbox but what the page says.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, RequestBuilder, Response};
use url::Url;

use crate::tls;

mod form;

use form::Form;

/// Pages and redirects a sign-in may take before it is called a loop.
const STEPS: usize = 12;

/// Why no callback came of it.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// A page or a redirect names no usable address.
    #[error("not an address to go to: {0}")]
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
///
/// On a page that makes an account, `number` and `password` are what the person types there.
pub async fn sign_in(ca_pem: &str, authorize_url: &str, number: &str, password: &str) -> Result<String, AgentError> {
    Browser::new(ca_pem)?.sign_in(authorize_url, number, password).await
}

/// A browser that stays open: with its cookies, a provider may sign in without asking again.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    jar: Jar,
}

impl Browser {
    /// An empty jar, and trust in this authority alone.
    pub fn new(ca_pem: &str) -> Result<Self, AgentError> {
        Self::trusting(Some(ca_pem))
    }

    /// An empty jar, and trust in these authorities alone, or in those of the system.
    pub fn trusting(anchors_pem: Option<&str>) -> Result<Self, AgentError> {
        tls::install_provider();
        let mut builder =
            Client::builder().redirect(Policy::none()).no_proxy().timeout(Duration::from_secs(20)).https_only(true);
        if let Some(pem) = anchors_pem {
            builder = builder.tls_certs_only(Certificate::from_pem_bundle(pem.as_bytes())?);
        }
        Ok(Self { client: builder.build()?, jar: Jar::default() })
    }

    /// See [`sign_in`].
    pub async fn sign_in(&mut self, authorize_url: &str, number: &str, password: &str) -> Result<String, AgentError> {
        let start = Url::parse(authorize_url).map_err(|error| AgentError::Url(error.to_string()))?;
        let callback =
            start.query_pairs().find_map(|(name, value)| (name == "redirect_uri").then(|| value.into_owned()));
        self.open(authorize_url, callback.as_deref(), number, password).await
    }

    /// Fills in what comes at `url` until it leads to `callback`, or, when that is not known, off the site of `url`.
    pub async fn open(
        &mut self,
        url: &str,
        callback: Option<&str>,
        number: &str,
        password: &str,
    ) -> Result<String, AgentError> {
        let start = Url::parse(url).map_err(|error| AgentError::Url(error.to_string()))?;
        let mut at = start.clone();
        let mut answer = self.send(self.client.get(start.clone())).await?;
        let mut submitted = false;
        for _ in 0..STEPS {
            if let Some(next) = location(&answer) {
                let target = at.join(&next).map_err(|error| AgentError::Url(error.to_string()))?;
                let arrived = match callback {
                    Some(callback) => is_callback(&next, callback),
                    None => target.origin() != start.origin(),
                };
                if arrived {
                    return Ok(next);
                }
                at = target;
                answer = self.send(self.client.get(at.clone())).await?;
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
            let post = self.client.post(at.clone()).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
            answer = self.send(post.body(body)).await?;
        }
        Err(AgentError::Loop)
    }

    /// Posts a form as a program does; status and body of the answer.
    pub async fn post(&mut self, url: &str, form: &[(&str, &str)]) -> Result<(u16, String), AgentError> {
        let url = Url::parse(url).map_err(|error| AgentError::Url(error.to_string()))?;
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let post = self.client.post(url).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = self.send(post.body(body)).await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }

    async fn send(&mut self, request: RequestBuilder) -> Result<Response, AgentError> {
        let answer = self.jar.give(request).send().await?;
        self.jar.take(&answer);
        Ok(answer)
    }
}

/// Cookies of the one site a browser is on.
#[derive(Debug, Default)]
struct Jar {
    cookies: BTreeMap<String, String>,
}

impl Jar {
    fn give(&self, request: RequestBuilder) -> RequestBuilder {
        if self.cookies.is_empty() {
            return request;
        }
        let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request.header(COOKIE, all.join("; "))
    }

    fn take(&mut self, answer: &Response) {
        for cookie in answer.headers().get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let Some((name, value)) = pair.split_once('=') else { continue };
            // Some delete a cookie by its age, some by an empty value and a date in the past.
            match attributes.contains("Max-Age=0") || value.is_empty() {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
    }
}

fn location(answer: &Response) -> Option<String> {
    let location = answer.headers().get(LOCATION).filter(|_| answer.status().is_redirection())?;
    location.to_str().ok().map(str::to_owned)
}

fn is_callback(next: &str, callback: &str) -> bool {
    let rest = next.strip_prefix(callback);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['?', '&', '#']))
}
