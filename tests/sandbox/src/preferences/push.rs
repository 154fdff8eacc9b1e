//! Where a phone's notifications go: an address under a name that only the phone knows, which takes it back by that name.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::put;
use bytes::Bytes;
use serde_json::Value;

use super::{Visit, communication, named};
use crate::http::Refusal;
use crate::state::Shared;

/// Beside the preferences, wherever they are kept.
pub(super) fn router() -> Router<Arc<Shared>> {
    [communication::BASE, named::PARTY, named::SERVICE_INVENTORY].iter().fold(Router::new(), |router, base| {
        router.route(&format!("{base}/pushRegistration/{{id}}"), put(register).delete(unregister))
    })
}

/// The phone's address of whoever is signed in.
async fn register(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let Visit { mut world, person } = Visit::begin(&shared, &headers)?;
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let Some(token) = body["token"].as_str() else {
        return Err(Refusal::Tmf(StatusCode::BAD_REQUEST, "There is no token."));
    };
    world.preferences.push.insert(id, (person.sub, token.to_owned()));
    Ok(StatusCode::NO_CONTENT)
}

/// Whoever knows the id may take it back: nobody needs to be signed in for it.
async fn unregister(State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Result<StatusCode, Refusal> {
    let gone = shared.world().preferences.push.remove(&id);
    gone.map(|_| StatusCode::NO_CONTENT).ok_or(Refusal::not_found("There is no such registration."))
}
