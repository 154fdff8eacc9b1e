//! The operator's identity provider: OpenID Connect, authorization code with PKCE S256 for one public native
//! client, rotating refresh tokens, opaque access tokens, ES256 id tokens.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use serde_json::json;

use crate::faults::{IdentityFaults, merge};
use crate::state::Shared;

mod authorize;
mod browser;
mod callback;
pub(crate) mod dpop;
mod end_session;
mod invitation;
pub(crate) mod ledger;
mod par;
mod register;
mod request;
mod sessions;
mod signer;
mod token;
mod userinfo;

pub(crate) use browser::Browsers;
pub(crate) use dpop::Proofs;
pub(crate) use end_session::Departures;
pub use invitation::Invitation;
pub(crate) use invitation::Invitations;
pub(crate) use ledger::Ledger;
pub use ledger::{Revocation, TokenRequest, token_mark};
pub(crate) use par::Pushed;
pub(crate) use sessions::{Access, Sessions};
pub(crate) use signer::Signer;

pub(crate) const CLIENT_ID: &str = "companion-app";
/// Registered too, but not this app: what it pushes is not for ours.
pub(crate) const OTHER_CLIENT_ID: &str = "companion-lookalike";
pub(crate) const REDIRECT_URI: &str = "be.companion.sandbox:/signed-in";
pub(crate) const POST_LOGOUT_REDIRECT_URI: &str = "be.companion.sandbox:/signed-out";
pub(crate) const SCOPES: [&str; 6] = ["openid", "profile", "offline_access", "line.read", "usage.read", "bill.read"];

pub(crate) fn router(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    let told = from_fn_with_state(shared.clone(), dpop::tell_nonce);
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/jwks", get(jwks))
        .route("/authorize", get(authorize::begin))
        .route("/sign-in", post(authorize::sign_in))
        .route("/register", post(register::register))
        .route("/invitation", get(invitation::open).post(invitation::redeem))
        .route("/end-session", get(end_session::ask).post(end_session::answer))
        .route("/par", post(par::push).layer(told.clone()))
        .route("/token", post(token::token).layer(told))
        .route("/revoke", post(token::revoke))
        .merge(guarded(shared, Router::new().route("/userinfo", get(userinfo::userinfo))))
}

/// APIs behind an access token: bound ones only with a proof.
pub(crate) fn guarded(shared: &Arc<Shared>, apis: Router<Arc<Shared>>) -> Router<Arc<Shared>> {
    apis.layer(from_fn_with_state(shared.clone(), dpop::guard))
        .layer(from_fn_with_state(shared.clone(), dpop::tell_nonce))
}

async fn discovery(State(shared): State<Arc<Shared>>, Extension(faults): Extension<IdentityFaults>) -> Response {
    let issuer = &shared.origin;
    let options = shared.world().options.clone();
    let mut document = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "revocation_endpoint": format!("{issuer}/revoke"),
        "end_session_endpoint": format!("{issuer}/end-session"),
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
        "prompt_values_supported": ["none", "login", "consent", "create"],
        "ui_locales_supported": ["en", "nl", "fr", "de"],
        "claims_supported": ["sub", "auth_time", "name", "phone_number", "phone_number_verified", "locale", "userAssets"],
    });
    if options.par || options.require_par {
        document["pushed_authorization_request_endpoint"] = json!(format!("{issuer}/par"));
        document["require_pushed_authorization_requests"] = json!(options.require_par);
    }
    if options.dpop {
        document["dpop_signing_alg_values_supported"] = json!(["ES256"]);
    }
    if let Some(patch) = &faults.discovery {
        merge(&mut document, patch);
    }
    ([(header::CACHE_CONTROL, "public, max-age=3600")], axum::Json(document)).into_response()
}

async fn jwks(State(shared): State<Arc<Shared>>, Extension(faults): Extension<IdentityFaults>) -> Response {
    let keys = shared.signer().jwks(faults.jwks);
    ([(header::CACHE_CONTROL, "public, max-age=3600")], axum::Json(keys)).into_response()
}
