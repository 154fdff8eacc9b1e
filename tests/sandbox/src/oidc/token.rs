//! The token and revocation endpoints: RFC 6749 answers, never cached.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::sessions::{Granted, Terms};
use super::{CLIENT_ID, dpop};
use crate::faults::{IdentityFaults, merge};
use crate::http::{NO_STORE, Refusal, header_text, pairs, single};
use crate::ids::{base64url, sha256};
use crate::state::{Shared, World};

/// Lifetime of an id token.
const ID_TOKEN_SECONDS: i64 = 300;

pub(super) async fn token(
    State(shared): State<Arc<Shared>>,
    Extension(faults): Extension<IdentityFaults>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let form = client_form(&headers, &body)?;
    let grant_type = required(&form, "grant_type")?;
    let mut world = shared.world();
    let key = dpop::proven(&mut world, &headers, &Method::POST, &format!("{}/token", shared.origin), None)?;
    if world.options.dpop && key.is_none() && grant_type == "authorization_code" {
        return Err(Refusal::OAuth("invalid_dpop_proof", "this app's tokens are bound to a key; there is no proof"));
    }
    let terms = Terms {
        now_ms: world.now_ms(),
        access_seconds: world.options.access_seconds,
        grace_seconds: world.options.grace_seconds,
        rotation: world.options.rotation,
        key,
    };
    let World { sessions, minter, .. } = &mut *world;
    let granted = match grant_type {
        "authorization_code" => {
            let code = required(&form, "code")?;
            let redirect_uri = required(&form, "redirect_uri")?;
            let verifier = required(&form, "code_verifier")?;
            let challenge = base64url(&sha256(verifier.as_bytes()));
            sessions.exchange(code, redirect_uri, &challenge, &terms, minter)
        }
        "refresh_token" => sessions.rotate(required(&form, "refresh_token")?, &terms, minter),
        _ => return Err(Refusal::OAuth("unsupported_grant_type", "not offered here")),
    };
    drop(world);
    let granted = granted.map_err(|why| Refusal::OAuth("invalid_grant", why))?;
    Ok((NO_STORE, axum::Json(answer(&shared, &granted, &terms, &faults))).into_response())
}

fn answer(shared: &Shared, granted: &Granted, terms: &Terms, faults: &IdentityFaults) -> Value {
    let digest = sha256(granted.access.as_bytes());
    let now = terms.now_ms.div_euclid(1000);
    let claims = json!({
        "iss": shared.origin,
        "aud": CLIENT_ID,
        "azp": CLIENT_ID,
        "sub": granted.sub,
        "iat": now,
        "exp": now + ID_TOKEN_SECONDS,
        "auth_time": granted.signed_in_ms.div_euclid(1000),
        "nonce": granted.nonce,
        "at_hash": base64url(digest.get(..16).unwrap_or_default()),
    });
    let bent = faults.id_token.clone().unwrap_or_default();
    let id_token = if bent.missing { None } else { shared.signer().id_token(claims, &bent) };
    let mut answer = json!({
        "access_token": granted.access,
        "token_type": if granted.bound && !faults.bearer_downgrade { "DPoP" } else { "Bearer" },
        "expires_in": terms.access_seconds,
        "scope": granted.scope,
    });
    for (name, token) in [("id_token", &id_token), ("refresh_token", &granted.refresh)] {
        if let Some(token) = token {
            answer[name] = json!(token);
        }
    }
    if let Some(patch) = &faults.token_answer {
        merge(&mut answer, patch);
    }
    answer
}

pub(super) async fn revoke(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let form = client_form(&headers, &body)?;
    shared.world().sessions.revoke(required(&form, "token")?);
    Ok((StatusCode::OK, NO_STORE).into_response())
}

fn required<'a>(form: &'a [(String, String)], name: &'static str) -> Result<&'a str, Refusal> {
    single(form, name).ok_or(Refusal::OAuth("invalid_request", name))
}

/// A form of this app's.
fn client_form(headers: &HeaderMap, body: &Bytes) -> Result<Vec<(String, String)>, Refusal> {
    let form = form(headers, body)?;
    match single(&form, "client_id") {
        Some(CLIENT_ID) => Ok(form),
        _ => Err(Refusal::OAuth("invalid_client", "unknown client_id")),
    }
}

pub(super) fn form(headers: &HeaderMap, body: &Bytes) -> Result<Vec<(String, String)>, Refusal> {
    let kind = header_text(headers, header::CONTENT_TYPE).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Refusal::OAuth("invalid_request", "the body must be a form"));
    }
    Ok(pairs(body))
}
