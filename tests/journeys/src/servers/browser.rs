//! A browser without a screen: keeps cookies, posts forms, follows redirects until they lead back to the app.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, RequestBuilder, Response};
use url::Url;

/// Redirects before it is called a loop.
const STEPS: usize = 12;

/// One person's browser.
pub struct Browser {
    client: Client,
    cookies: BTreeMap<String, String>,
}

/// A page that stays.
#[derive(Debug)]
pub struct Page {
    pub url: Url,
    pub status: u16,
    pub body: String,
}

/// Where the browser ends up.
#[derive(Debug)]
pub enum Arrived {
    At(Page),
    /// Back in the app.
    Home(String),
}

impl Browser {
    /// A fresh one, which believes the authority and nobody else.
    pub fn new(ca_pem: &str) -> Browser {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let ca = Certificate::from_pem(ca_pem.as_bytes()).expect("a certificate");
        let client = Client::builder()
            .tls_certs_only([ca])
            .redirect(Policy::none())
            .no_proxy()
            .timeout(Duration::from_secs(20))
            .build()
            .expect("a client");
        Browser { client, cookies: BTreeMap::new() }
    }

    /// Whether there is a good answer.
    pub async fn answers(&self, url: &str) -> bool {
        self.client.get(url).send().await.is_ok_and(|answer| answer.status().is_success())
    }

    pub async fn get(&mut self, url: &str) -> Arrived {
        let url: Url = url.parse().expect("an address");
        self.follow(self.client.get(url.clone()), url).await
    }

    pub async fn post(&mut self, url: &str, form: &[(&str, &str)]) -> Arrived {
        let url: Url = url.parse().expect("an address");
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.client.post(url.clone()).header("content-type", "application/x-www-form-urlencoded");
        self.follow(request.body(body), url).await
    }

    /// Sends JSON to an API that takes it.
    pub async fn json(&mut self, method: &str, url: &str, body: &serde_json::Value) {
        let method = method.parse().expect("a method");
        let request = self.client.request(method, url).header("content-type", "application/json");
        let answer = self.send(request.body(body.to_string())).await;
        let status = answer.status();
        assert!(status.is_success(), "{url}: {status} {}", answer.text().await.unwrap_or_default());
    }

    async fn follow(&mut self, mut request: RequestBuilder, mut url: Url) -> Arrived {
        for _ in 0..STEPS {
            let answer = self.send(request).await;
            let Some(location) = answer.headers().get(LOCATION).filter(|_| answer.status().is_redirection()) else {
                let status = answer.status().as_u16();
                return Arrived::At(Page { url, status, body: answer.text().await.expect("a text") });
            };
            let location = location.to_str().expect("an address").to_owned();
            let next = url.join(&location).expect("an address");
            if next.scheme() != "https" {
                return Arrived::Home(location);
            }
            request = self.client.get(next.clone());
            url = next;
        }
        panic!("redirects without an end, at {url}");
    }

    /// All servers have one origin, so a cookie's name is enough; the latest wins, and an empty one is deleted.
    async fn send(&mut self, request: RequestBuilder) -> Response {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = request.header(COOKIE, cookies.join("; ")).send().await.expect("an answer");
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie").split(';').next().unwrap_or_default();
            if let Some((name, value)) = cookie.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        self.cookies.retain(|_, value| !value.is_empty());
        answer
    }
}

impl Arrived {
    /// The page expected here.
    pub fn page(self) -> Page {
        match self {
            Arrived::At(page) => page,
            Arrived::Home(callback) => panic!("back in the app too early: {callback}"),
        }
    }

    /// The callback expected here.
    pub fn callback(self) -> String {
        match self {
            Arrived::Home(callback) => callback,
            Arrived::At(page) => panic!("stuck at {}, status {}:\n{}", page.url, page.status, page.body),
        }
    }
}

impl Page {
    /// Where the page's form is posted.
    pub fn action(&self) -> String {
        let action = self.attribute("<form", "action").unwrap_or_default();
        self.url.join(&action).expect("an address").into()
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        self.attribute(&format!("name=\"{name}\""), "value").expect("the field")
    }

    /// An attribute of the first tag with `marker` in it.
    pub fn attribute(&self, marker: &str, name: &str) -> Option<String> {
        let tag = self.body.split_once(marker)?.1.split_once('>')?.0;
        let value = tag.split_once(&format!("{name}=\""))?.1.split_once('"')?.0;
        Some(value.replace("&amp;", "&"))
    }
}
