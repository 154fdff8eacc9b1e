//! A small OpenID client and reader, written apart from the product, so that the sandbox is judged by another
//! hand than the core's.
#![allow(dead_code)]

pub mod dpop;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use companion_sandbox::{PersonCard, Sandbox, agent};
use reqwest::{Certificate, Client, RequestBuilder, Response};
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

pub const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters-in-length";
pub const REDIRECT: &str = "be.companion.sandbox:/signed-in";

pub struct App {
    pub client: Client,
    pub origin: String,
    pub profile: Value,
}

#[derive(Debug, Clone)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
    pub answer: Value,
}

impl App {
    pub fn of(sandbox: &Sandbox) -> Self {
        let profile: Value = serde_json::from_str(&sandbox.profile_json()).unwrap();
        let pem = profile["trust"]["anchorsPem"].as_str().unwrap();
        let client = Client::builder()
            .tls_certs_only([Certificate::from_pem(pem.as_bytes()).unwrap()])
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Self { client, origin: profile["identity"]["issuer"].as_str().unwrap().to_owned(), profile }
    }

    pub fn authorize_url(&self) -> Url {
        self.authorize_url_with(&[])
    }

    /// The authorize URL with some parameters replaced, or left out when the value is empty.
    pub fn authorize_url_with(&self, changes: &[(&str, &str)]) -> Url {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let mut parameters = vec![
            ("response_type", "code".to_owned()),
            ("client_id", "companion-app".to_owned()),
            ("redirect_uri", REDIRECT.to_owned()),
            ("scope", "openid profile offline_access line.read usage.read bill.read".to_owned()),
            ("state", "the-state".to_owned()),
            ("nonce", "the-nonce".to_owned()),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256".to_owned()),
        ];
        for (name, value) in changes {
            parameters.retain(|(key, _)| key != name);
            if !value.is_empty() {
                parameters.push((name, (*value).to_owned()));
            }
        }
        let mut url = Url::parse(&format!("{}/authorize", self.origin)).unwrap();
        url.query_pairs_mut().extend_pairs(parameters);
        url
    }

    pub async fn code(&self, sandbox: &Sandbox, person: &PersonCard) -> String {
        let url = self.authorize_url();
        let callback = agent::sign_in(&sandbox.ca_pem(), url.as_str(), &person.number, &person.password).await.unwrap();
        parameter(&callback, "code").unwrap()
    }

    pub async fn post_form(&self, path: &str, form: &[(&str, &str)]) -> reqwest::Result<Response> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.client
            .post(format!("{}{path}", self.origin))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
            .send()
            .await
    }

    /// The request pushed first, and what the browser then opens.
    pub async fn push(&self, changes: &[(&str, &str)]) -> Result<Url, Value> {
        let whole = self.authorize_url_with(changes);
        let form: Vec<_> = whole.query_pairs().collect();
        let form: Vec<_> = form.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
        let answer = self.post_form("/par", &form).await.unwrap();
        let status = answer.status();
        let body = json(answer).await;
        if status != 201 {
            return Err(body);
        }
        assert_eq!(body["expires_in"], 60);
        let mut url = Url::parse(&format!("{}/authorize", self.origin)).unwrap();
        let request_uri = body["request_uri"].as_str().unwrap();
        url.query_pairs_mut().append_pair("client_id", "companion-app").append_pair("request_uri", request_uri);
        Ok(url)
    }

    pub async fn discovery(&self) -> Value {
        json(self.client.get(format!("{}/.well-known/openid-configuration", self.origin)).send().await.unwrap()).await
    }

    pub async fn exchange(&self, code: &str, verifier: &str) -> Result<Tokens, Value> {
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", "companion-app"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", verifier),
        ];
        tokens(self.post_form("/token", &form).await.unwrap()).await
    }

    pub async fn refresh(&self, token: &str) -> Result<Tokens, Value> {
        let form = [("grant_type", "refresh_token"), ("client_id", "companion-app"), ("refresh_token", token)];
        tokens(self.post_form("/token", &form).await.unwrap()).await
    }

    pub async fn signed_in(&self, sandbox: &Sandbox, key: &str) -> Tokens {
        let person = sandbox.person(key).unwrap();
        let code = self.code(sandbox, &person).await;
        self.exchange(&code, VERIFIER).await.unwrap()
    }

    pub fn get(&self, path: &str, tokens: &Tokens) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.origin)).bearer_auth(&tokens.access)
    }

    /// The usage reports of a line, read the plain way.
    pub fn usage(&self, number: &str, tokens: &Tokens) -> RequestBuilder {
        let number = number.replace('+', "%2B");
        let path = format!("/tmf-api/usageConsumption/v5/usageConsumptionReport?logicalResource.value={number}");
        self.get(&path, tokens)
    }

    pub async fn usage_json(&self, number: &str, tokens: &Tokens) -> Value {
        json(self.usage(number, tokens).send().await.unwrap()).await
    }
}

async fn tokens(answer: Response) -> Result<Tokens, Value> {
    let status = answer.status();
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let body = json(answer).await;
    if status != 200 {
        assert_eq!(status, 400, "{body}");
        return Err(body);
    }
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    Ok(Tokens { access: text("access_token"), refresh: text("refresh_token"), answer: body.clone() })
}

pub async fn json(answer: Response) -> Value {
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

pub fn parameter(url: &str, name: &str) -> Option<String> {
    let url = Url::parse(url).unwrap();
    url.query_pairs().find_map(|(key, value)| (key == name).then(|| value.into_owned()))
}

/// One bucket of a version 5 report by the start of its id.
pub fn bucket<'a>(report: &'a Value, key: &str) -> &'a Value {
    report["bucket"].as_array().unwrap().iter().find(|bucket| bucket["id"].as_str().unwrap().starts_with(key)).unwrap()
}
