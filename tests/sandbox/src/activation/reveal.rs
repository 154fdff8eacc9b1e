//! Secrets of a SIM, shown to whoever signed in a moment ago and not more often than a person needs (RFC 9470 §3).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{SCOPE, SimSecretKind, subjects};
use crate::clock::wire_time;
use crate::http::{NO_STORE, Refusal, bearer, tmf_error};
use crate::oidc::Access;
use crate::state::Shared;

/// How long ago the password may have been typed.
const MAX_AGE_SECONDS: i64 = 300;
/// How often a person is shown one kind of secret within an hour.
const REVEALS: usize = 5;
const HOUR_MS: i64 = 3_600_000;
/// An activation code is good for so long from when it was first shown.
const CODE_LASTS: SignedDuration = SignedDuration::from_hours(14 * 24);

/// That a secret was shown; never which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reveal {
    /// Key of the person.
    pub person: String,
    /// Id of the SIM.
    pub resource: String,
    /// What was shown of it.
    pub kind: SimSecretKind,
    /// When, by the sandbox's clock.
    pub at_ms: i64,
}

pub(super) async fn reveal(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let mut world = shared.world();
    let now = world.clock.now();
    let (person, access) = bearer(&world, &headers, SCOPE)?;
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let kind = serde_json::from_value::<SimSecretKind>(asked.get("kind").cloned().unwrap_or_default());
    let kind = kind.map_err(|_| Refusal::Tmf(StatusCode::BAD_REQUEST, "kind is pin, puk or activationCode."))?;
    let subject = subjects(&world, &shared.origin, person).into_iter().find(|one| one.card.resource_id == id);
    let subject = subject.ok_or(Refusal::not_found("There is no such resource."))?;
    let card = &subject.card;
    let value = match kind {
        SimSecretKind::Pin => Some(&card.pin),
        SimSecretKind::Puk => Some(&card.puk),
        SimSecretKind::ActivationCode => card.activation_code.as_ref(),
    };
    let value = value.ok_or(Refusal::not_found("This SIM has no such secret."))?;
    if now.as_millisecond() - access.signed_in_ms > MAX_AGE_SECONDS * 1000 {
        return Ok((NO_STORE, step_up(access)).into_response());
    }
    if let Some(wait_ms) = world.activations.must_wait_ms(person.key, kind, now) {
        let seconds = wait_ms.div_euclid(1000) + i64::from(wait_ms.rem_euclid(1000) > 0);
        let refused = tmf_error(StatusCode::TOO_MANY_REQUESTS, "Secrets were shown often enough for now.");
        return Ok((NO_STORE, [(header::RETRY_AFTER, seconds.to_string())], refused).into_response());
    }
    let mut secret = json!({ "kind": kind, "value": value, "@type": "SimSecret" });
    if kind == SimSecretKind::ActivationCode {
        let first = subject.happened.code_shown.unwrap_or(now);
        secret["expiresAt"] = json!(wire_time(first.checked_add(CODE_LASTS).unwrap_or(first)));
        if let Some(confirmation) = &card.confirmation_code {
            secret["confirmationCode"] = json!(confirmation);
        }
    }
    let shown = Reveal { person: person.key.to_owned(), resource: id, kind, at_ms: now.as_millisecond() };
    world.activations.reveals.push(shown);
    Ok((StatusCode::CREATED, NO_STORE, Json(secret)).into_response())
}

/// The token is in order, but the password was typed too long ago (RFC 9470 §3).
fn step_up(access: &Access) -> Response {
    let scheme = if access.bound_to.is_some() { "DPoP" } else { "Bearer" };
    let challenge = format!(
        "{scheme} error=\"insufficient_user_authentication\", \
         error_description=\"A more recent authentication is required\", max_age=\"{MAX_AGE_SECONDS}\""
    );
    let refused = tmf_error(StatusCode::UNAUTHORIZED, "The person signed in too long ago for this.");
    ([(header::WWW_AUTHENTICATE, challenge)], refused).into_response()
}

impl super::Activations {
    /// How long until a person may see this kind of secret again; `None` when they may now. Whoever looked at the PIN too often
    /// may need the PUK next.
    fn must_wait_ms(&self, person: &str, kind: SimSecretKind, now: Timestamp) -> Option<i64> {
        let now_ms = now.as_millisecond();
        let is_one = |shown: &&Reveal| shown.person == person && shown.kind == kind && now_ms - shown.at_ms < HOUR_MS;
        let lately = self.reveals.iter().filter(is_one);
        let lately: Vec<i64> = lately.map(|shown| shown.at_ms).collect();
        let oldest = lately.len().checked_sub(REVEALS).and_then(|place| lately.get(place))?;
        Some(oldest + HOUR_MS - now_ms)
    }
}
