//! Who came to the token and revocation endpoints with what, so that a test can count grants by the refresh token
//! that was presented. Also noted when a fault answers in the operator's place.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::BodyExt;
use serde::{Deserialize, Serialize};

use crate::http::{OAuthError, pairs, single};
use crate::ids::{hex, sha256};
use crate::state::{Shared, World};

/// One request that reached the token endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenRequest {
    /// "authorization_code", "refresh_token", or what else was asked for.
    pub grant: String,
    /// The presented code or refresh token, as [`token_mark`] has it; empty when there was none.
    pub token: String,
    /// Which refresh token of its session this is: 1 for the first. Not for codes and unknown tokens.
    pub generation: Option<u32>,
    /// Key of the person a known refresh token belongs to.
    pub person: Option<String>,
    /// Answered status; 0 when no answer left, or it is still being worked on.
    pub status: u16,
    /// The OAuth error of the operator's own refusal.
    pub error: Option<String>,
}

/// One request that reached the revocation endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Revocation {
    /// The presented token, as [`token_mark`] has it.
    pub token: String,
    /// "refresh", "access", or "unknown".
    pub kind: String,
    /// Key of the person a known token belongs to.
    pub person: Option<String>,
    /// See [`TokenRequest::status`].
    pub status: u16,
}

/// What stands for a token where the token itself must not: the start of its SHA-256, in hexadecimal.
pub fn token_mark(token: &str) -> String {
    hex(&sha256(token.as_bytes())).chars().take(16).collect()
}

/// Both, in order of arrival.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) token_requests: Vec<TokenRequest>,
    pub(crate) revocations: Vec<Revocation>,
}

enum Place {
    Token(usize),
    Revocation(usize),
}

/// Lies outside the faults.
pub(crate) async fn note(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if path != "/token" && path != "/revoke" {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let bytes = body.collect().await.map(|all| all.to_bytes()).unwrap_or_default();
    let place = shared.world().arrived(&path, &pairs(&bytes));
    let answer = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    let error = answer.extensions().get::<OAuthError>().map(|error| error.0.to_owned());
    let ledger = &mut shared.world().ledger;
    match place {
        Place::Token(place) => {
            if let Some(entry) = ledger.token_requests.get_mut(place) {
                entry.status = answer.status().as_u16();
                entry.error = error;
            }
        }
        Place::Revocation(place) => {
            if let Some(entry) = ledger.revocations.get_mut(place) {
                entry.status = answer.status().as_u16();
            }
        }
    }
    answer
}

impl World {
    fn arrived(&mut self, path: &str, form: &[(String, String)]) -> Place {
        let text = |name| single(form, name).unwrap_or_default();
        let key = |sub: &str| self.people.iter().find(|person| person.sub == sub).map(|person| person.key.to_owned());
        if path == "/revoke" {
            let token = text("token");
            let known = self.sessions.known(token);
            self.ledger.revocations.push(Revocation {
                token: token_mark(token),
                kind: known.map_or("unknown", |known| known.kind).to_owned(),
                person: known.and_then(|known| key(known.sub)),
                status: 0,
            });
            return Place::Revocation(self.ledger.revocations.len() - 1);
        }
        let presented = [text("refresh_token"), text("code")].into_iter().find(|token| !token.is_empty());
        let known = presented.and_then(|token| self.sessions.known(token));
        self.ledger.token_requests.push(TokenRequest {
            grant: text("grant_type").to_owned(),
            token: presented.map(token_mark).unwrap_or_default(),
            generation: known.and_then(|known| known.generation),
            person: known.and_then(|known| key(known.sub)),
            status: 0,
            error: None,
        });
        Place::Token(self.ledger.token_requests.len() - 1)
    }
}
