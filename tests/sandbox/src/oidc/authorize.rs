//! The authorize endpoint and its sign-in page. Who is not a known client with a registered redirect gets a
//! page; everybody else gets every error by redirect.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use super::browser::{Here, remember, signed_in_here};
use super::callback::Callback;
use super::par::Taken;
use super::request::{AuthorizeRequest, check, registered};
use super::{CLIENT_ID, invitation};
use crate::faults::IdentityFaults;
use crate::http::{pairs, single};
use crate::pages::{self, Account};
use crate::people::normalise_number;
use crate::state::{Shared, World};

pub(super) async fn begin(
    State(shared): State<Arc<Shared>>,
    Extension(faults): Extension<IdentityFaults>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = pairs(query.unwrap_or_default().as_bytes());
    if single(&query, "client_id") != Some(CLIENT_ID) {
        return pages::refusal("The app that sent you here is not known to Sandbox Mobile.");
    }
    let request = match single(&query, "request_uri") {
        Some(request_uri) => pushed(&shared, &faults, request_uri),
        None => direct(&shared, &faults, &query),
    };
    let request = match request {
        Ok(request) => request,
        Err(answer) => return *answer,
    };
    let callback = way_back(&shared, &faults, &request);
    if let Some(error) = &faults.authorize_error {
        return callback.told(error);
    }
    let mut world = shared.world();
    let here = signed_in_here(&world, &headers);
    let now_ms = world.now_ms();
    let fresh = here.clone().filter(|here| !request.is_over(here.at_ms, now_ms));
    let id = world.minter.next("sign-in");
    world.sessions.begin(id.clone(), request.clone());
    if request.prompts("none") {
        return match fresh {
            Some(Here { sub, at_ms }) => callback.code(&grant(&mut world, &id, &sub, at_ms)),
            None => callback.error(("login_required", "nobody signed in in this browser, or too long ago")),
        };
    }
    if let Some(token) = &request.invitation {
        return match world.invited(token, here.as_ref().map(|here| here.sub.as_str()), &request.login_hint) {
            Ok(sub) => invitation::page(&world, &id, token, &sub, &request.ui_locales, None),
            Err(invalid) => callback.error(invalid.error()),
        };
    }
    if request.prompts("create") {
        let AuthorizeRequest { login_hint, ui_locales, .. } = &request;
        return pages::account(&Account { request: &id, token: None, number: login_hint, ui_locales, mistake: None });
    }
    let hinted = normalise_number(&request.login_hint);
    let is_hinted = |sub: &str| match &hinted {
        Some(number) => world.people.iter().any(|person| person.sub == sub && person.has(number)),
        None => true,
    };
    match fresh.filter(|here| !request.prompts("login") && is_hinted(&here.sub)) {
        Some(Here { sub, at_ms }) => callback.code(&grant(&mut world, &id, &sub, at_ms)),
        None => pages::sign_in(&id, &request.ui_locales, &request.login_hint, false),
    }
}

/// The request of a browser that brings only its name (RFC 9126 §4).
fn pushed(shared: &Shared, faults: &IdentityFaults, request_uri: &str) -> Result<AuthorizeRequest, Box<Response>> {
    let mut world = shared.world();
    let now_ms = world.now_ms();
    let taken = world.pushed.take(request_uri, CLIENT_ID, now_ms);
    drop(world);
    match taken {
        Taken::Request(request) => Ok(request),
        Taken::Over(request) => {
            let error = ("invalid_request_uri", "the request_uri was used before or has expired");
            Err(way_back(shared, faults, &request).error(error).into())
        }
        Taken::Unknown => {
            Err(pages::refusal("The app sent you here with a request that Sandbox Mobile does not know.").into())
        }
    }
}

/// The request of a browser that brings all of it.
fn direct(
    shared: &Shared,
    faults: &IdentityFaults,
    query: &[(String, String)],
) -> Result<AuthorizeRequest, Box<Response>> {
    let Some(redirect_uri) = single(query, "redirect_uri").filter(|uri| registered(uri)) else {
        let why = "The app that sent you here wants you back at an address that is not its own.";
        return Err(pages::refusal(why).into());
    };
    let wanted = match shared.world().options.require_par {
        true => Err(("invalid_request", "the request must be pushed first")),
        false => check(query, redirect_uri),
    };
    let callback = Callback { redirect_uri, state: single(query, "state"), issuer: &shared.origin, faults };
    wanted.map_err(|error| callback.error(error).into())
}

pub(super) fn way_back<'a>(
    shared: &'a Shared,
    faults: &'a IdentityFaults,
    request: &'a AuthorizeRequest,
) -> Callback<'a> {
    Callback { redirect_uri: &request.redirect_uri, state: Some(&request.state), issuer: &shared.origin, faults }
}

pub(super) async fn sign_in(
    State(shared): State<Arc<Shared>>,
    Extension(faults): Extension<IdentityFaults>,
    body: Bytes,
) -> Response {
    let form = pairs(&body);
    let id = single(&form, "request").unwrap_or_default();
    let mut world = shared.world();
    let Some(request) = world.sessions.pending(id) else {
        return pages::refusal("This sign-in is over. Please start again from the app.");
    };
    let callback = way_back(&shared, &faults, &request);
    if single(&form, "action") == Some("cancel") {
        return cancelled(&mut world, id, &callback);
    }
    let number = single(&form, "number").unwrap_or_default();
    let password = single(&form, "password").unwrap_or_default();
    let Some(sub) = who(&world, number, password) else {
        return pages::sign_in(id, &request.ui_locales, number, true);
    };
    enter(&mut world, id, &sub, &callback)
}

/// The person is in: back to the app with a code, and known in this browser from now on.
pub(super) fn enter(world: &mut World, id: &str, sub: &str, callback: &Callback) -> Response {
    let now_ms = world.now_ms();
    let code = grant(world, id, sub, now_ms);
    (remember(world, sub), callback.code(&code)).into_response()
}

/// The person would rather not.
pub(super) fn cancelled(world: &mut World, id: &str, callback: &Callback) -> Response {
    world.sessions.cancel(id);
    callback.error(("access_denied", "the person cancelled"))
}

/// The person is who they say, and typed their password then: the pending sign-in becomes a code.
fn grant(world: &mut World, id: &str, sub: &str, typed_ms: i64) -> String {
    let now_ms = world.now_ms();
    let World { sessions, minter, .. } = world;
    sessions.grant_code(id, sub, typed_ms, now_ms, minter).unwrap_or_default()
}

fn who(world: &World, number: &str, password: &str) -> Option<String> {
    let number = normalise_number(number)?;
    let person = world.people.iter().find(|person| person.account && person.has(&number))?;
    (person.password == password).then(|| person.sub.clone())
}
