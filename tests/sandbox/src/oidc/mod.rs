//! The operator's identity provider: OpenID Connect, authorization code with PKCE S256 for one public native
//! client, rotating refresh tokens, opaque access tokens, ES256 id tokens.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::json;

use crate::state::Shared;

mod authorize;
mod sessions;
mod signer;
mod token;
mod userinfo;

pub(crate) use sessions::Sessions;
pub(crate) use signer::Signer;

pub(crate) const CLIENT_ID: &str = "companion-app";
pub(crate) const REDIRECT_URI: &str = "be.companion.sandbox:/signed-in";
pub(crate) const SCOPES: [&str; 5] = ["openid", "profile", "offline_access", "line.read", "usage.read"];

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/jwks", get(jwks))
        .route("/authorize", get(authorize::begin))
        .route("/sign-in", post(authorize::sign_in))
        .route("/token", post(token::token))
        .route("/revoke", post(token::revoke))
        .route("/userinfo", get(userinfo::userinfo))
}

async fn discovery(State(shared): State<Arc<Shared>>) -> Response {
    let issuer = &shared.origin;
    let document = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "revocation_endpoint": format!("{issuer}/revoke"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "scopes_supported": SCOPES,
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
        "prompt_values_supported": ["none", "login", "consent"],
        "ui_locales_supported": ["en", "nl", "fr", "de"],
        "claims_supported": ["sub", "name", "phone_number", "phone_number_verified", "locale", "userAssets"],
    });
    ([(header::CACHE_CONTROL, "public, max-age=3600")], axum::Json(document)).into_response()
}

async fn jwks(State(shared): State<Arc<Shared>>) -> Response {
    let keys = shared.signer.jwks();
    ([(header::CACHE_CONTROL, "public, max-age=3600")], axum::Json(keys)).into_response()
}
