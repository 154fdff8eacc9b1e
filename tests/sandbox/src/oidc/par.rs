//! Pushed authorization requests (RFC 9126): the app sends its request straight to the provider and shows the
//! browser only a name for it, good for one use within a minute.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::request::{self, AuthorizeRequest};
use super::token::form;
use super::{CLIENT_ID, OTHER_CLIENT_ID, dpop};
use crate::http::{NO_STORE, Refusal, single};
use crate::state::Shared;

/// How long a pushed request waits for its browser.
const WAITS_SECONDS: i64 = 60;

/// Requests that were pushed, by `request_uri`.
#[derive(Debug, Default)]
pub(crate) struct Pushed {
    requests: HashMap<String, Waiting>,
}

#[derive(Debug)]
struct Waiting {
    client_id: String,
    request: AuthorizeRequest,
    expires_ms: i64,
    used: bool,
}

/// What a `request_uri` turned out to be.
pub(super) enum Taken {
    /// In order, and spent by being asked for.
    Request(AuthorizeRequest),
    /// This client's, but used before or too old: where to send the browser is known.
    Over(AuthorizeRequest),
    /// Nobody's, or another client's.
    Unknown,
}

impl Pushed {
    pub(super) fn take(&mut self, request_uri: &str, client_id: &str, now_ms: i64) -> Taken {
        let found = self.requests.get_mut(request_uri).filter(|waiting| waiting.client_id == client_id);
        let Some(waiting) = found else {
            return Taken::Unknown;
        };
        let over = std::mem::replace(&mut waiting.used, true) || now_ms >= waiting.expires_ms;
        let request = waiting.request.clone();
        if over { Taken::Over(request) } else { Taken::Request(request) }
    }
}

pub(super) async fn push(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let mut world = shared.world();
    let options = world.options.clone();
    if !options.par && !options.require_par {
        return Err(Refusal::not_found("Requests cannot be pushed here."));
    }
    let form = form(&headers, &body)?;
    // The second client is there to try its requests on the first.
    let client_id = single(&form, "client_id").filter(|id| [CLIENT_ID, OTHER_CLIENT_ID].contains(id));
    let client_id = client_id.ok_or(Refusal::OAuth("invalid_client", "unknown client_id"))?;
    if single(&form, "request_uri").is_some() {
        return Err(Refusal::OAuth("invalid_request", "a request_uri cannot be pushed"));
    }
    let redirect_uri = single(&form, "redirect_uri").filter(|uri| request::registered(uri));
    let redirect_uri = redirect_uri.ok_or(Refusal::OAuth("invalid_request", "redirect_uri is not registered"))?;
    let mut request = request::check(&form, redirect_uri).map_err(|(error, why)| Refusal::OAuth(error, why))?;
    request.invitation = single(&form, "invitation").map(str::to_owned);
    if let Some(key) = dpop::proven(&mut world, &headers, &Method::POST, &format!("{}/par", shared.origin), None)? {
        if request.dpop_jkt.as_ref().is_some_and(|jkt| *jkt != key) {
            return Err(Refusal::OAuth("invalid_dpop_proof", "dpop_jkt is another key's"));
        }
        request.dpop_jkt = Some(key);
    }
    let request_uri = world.minter.next("urn:ietf:params:oauth:request_uri:sandbox");
    let expires_ms = world.now_ms() + WAITS_SECONDS * 1000;
    let waiting = Waiting { client_id: client_id.to_owned(), request, expires_ms, used: false };
    world.pushed.requests.insert(request_uri.clone(), waiting);
    let answer = json!({ "request_uri": request_uri, "expires_in": WAITS_SECONDS });
    Ok((StatusCode::CREATED, NO_STORE, axum::Json(answer)).into_response())
}
