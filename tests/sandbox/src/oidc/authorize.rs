//! The authorize endpoint and its sign-in page. Who is not a known client with a registered redirect gets a
//! page; everybody else gets every error by redirect, with state and iss (RFC 9207).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use url::Url;

use super::sessions::AuthorizeRequest;
use super::{CLIENT_ID, REDIRECT_URI, SCOPES};
use crate::http::{pairs, single};
use crate::pages;
use crate::people::normalise_number;
use crate::state::{Shared, World};

pub(super) async fn begin(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let query = pairs(query.unwrap_or_default().as_bytes());
    if single(&query, "client_id") != Some(CLIENT_ID) {
        return pages::refusal("The app that sent you here is not known to Sandbox Mobile.");
    }
    let Some(redirect_uri) = single(&query, "redirect_uri").filter(|uri| registered(uri)) else {
        return pages::refusal("The app that sent you here wants you back at an address that is not its own.");
    };
    let state = single(&query, "state");
    let request = match check(&query, redirect_uri) {
        Ok(request) => request,
        Err((error, why)) => {
            return back(&shared, redirect_uri, &[("error", error), ("error_description", why)], state);
        }
    };
    let mut world = shared.world();
    let id = world.minter.next("sign-in");
    let number = single(&query, "login_hint").unwrap_or_default();
    let page = pages::sign_in(&id, &request.ui_locales, number, false);
    world.sessions.begin(id, request);
    page
}

fn check(query: &[(String, String)], redirect_uri: &str) -> Result<AuthorizeRequest, (&'static str, &'static str)> {
    let names = ["response_type", "scope", "state", "nonce", "code_challenge", "code_challenge_method"];
    let twice = |name: &&str| query.iter().filter(|(key, _)| key == name).count() > 1;
    if names.iter().any(twice) {
        return Err(("invalid_request", "a parameter stands there twice"));
    }
    if single(query, "response_type") != Some("code") {
        return Err(("unsupported_response_type", "only code"));
    }
    let wanted = single(query, "scope").unwrap_or_default();
    let scope: Vec<&str> = wanted.split(' ').filter(|scope| SCOPES.contains(scope)).collect();
    if !scope.contains(&"openid") {
        return Err(("invalid_scope", "openid is missing"));
    }
    let challenge = single(query, "code_challenge").unwrap_or_default();
    if single(query, "code_challenge_method") != Some("S256") || challenge.len() != 43 {
        return Err(("invalid_request", "PKCE with S256 is required"));
    }
    let (Some(state), Some(nonce)) = (single(query, "state"), single(query, "nonce")) else {
        return Err(("invalid_request", "state and nonce are required"));
    };
    if single(query, "prompt") == Some("none") {
        return Err(("login_required", "nobody is signed in in this browser"));
    }
    Ok(AuthorizeRequest {
        redirect_uri: redirect_uri.to_owned(),
        state: state.to_owned(),
        nonce: nonce.to_owned(),
        challenge: challenge.to_owned(),
        scope: scope.join(" "),
        ui_locales: single(query, "ui_locales").unwrap_or_default().to_owned(),
    })
}

/// The app's own redirect, exactly; or the loopback interface on any port (RFC 8252 §7.3).
fn registered(uri: &str) -> bool {
    let loopback = || {
        let url = Url::parse(uri).ok()?;
        let host = matches!(url.host_str()?, "127.0.0.1" | "[::1]");
        let plain = url.scheme() == "http" && url.fragment().is_none();
        Some(host && plain && url.username().is_empty() && url.password().is_none())
    };
    uri == REDIRECT_URI || loopback().unwrap_or(false)
}

pub(super) async fn sign_in(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let form = pairs(&body);
    let id = single(&form, "request").unwrap_or_default();
    let mut world = shared.world();
    let Some(request) = world.sessions.pending(id) else {
        drop(world);
        return pages::refusal("This sign-in is over. Please start again from the app.");
    };
    if single(&form, "action") == Some("cancel") {
        world.sessions.cancel(id);
        drop(world);
        let error = [("error", "access_denied"), ("error_description", "the person cancelled")];
        return back(&shared, &request.redirect_uri, &error, Some(&request.state));
    }
    let number = single(&form, "number").unwrap_or_default();
    let password = single(&form, "password").unwrap_or_default();
    let Some(sub) = who(&world, number, password) else {
        drop(world);
        return pages::sign_in(id, &request.ui_locales, number, true);
    };
    let now_ms = world.now_ms();
    let World { sessions, minter, .. } = &mut *world;
    let code = sessions.grant_code(id, &sub, now_ms, minter).unwrap_or_default();
    drop(world);
    back(&shared, &request.redirect_uri, &[("code", &code)], Some(&request.state))
}

fn who(world: &World, number: &str, password: &str) -> Option<String> {
    let number = normalise_number(number)?;
    let person = world.people.iter().find(|person| person.lines.iter().any(|line| line.number == number))?;
    (person.password == password).then(|| person.sub.clone())
}

/// Sends the browser back to the app.
fn back(shared: &Shared, redirect_uri: &str, parameters: &[(&str, &str)], state: Option<&str>) -> Response {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters);
    if let Some(state) = state {
        query.append_pair("state", state);
    }
    query.append_pair("iss", &shared.origin);
    let joint = if redirect_uri.contains('?') { '&' } else { '?' };
    let location = format!("{redirect_uri}{joint}{}", query.finish());
    let headers = [(header::LOCATION, location), (header::CACHE_CONTROL, "no-store".to_owned())];
    (StatusCode::SEE_OTHER, headers).into_response()
}
