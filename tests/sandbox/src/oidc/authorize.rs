//! The authorize endpoint and its sign-in page. Who is not a known client with a registered redirect gets a
//! page; everybody else gets every error by redirect, with state and iss (RFC 9207).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::CLIENT_ID;
use super::par::Taken;
use super::request::{AuthorizeRequest, Wrong, check, registered};
use crate::http::{pairs, single};
use crate::pages;
use crate::people::normalise_number;
use crate::state::{Shared, World};

pub(super) async fn begin(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let query = pairs(query.unwrap_or_default().as_bytes());
    if single(&query, "client_id") != Some(CLIENT_ID) {
        return pages::refusal("The app that sent you here is not known to Sandbox Mobile.");
    }
    let request = match single(&query, "request_uri") {
        Some(request_uri) => pushed(&shared, request_uri),
        None => direct(&shared, &query),
    };
    let request = match request {
        Ok(request) => request,
        Err(answer) => return *answer,
    };
    if request.prompts("none") {
        let error = ("login_required", "nobody is signed in in this browser");
        return refuse(&shared, &request.redirect_uri, error, Some(&request.state));
    }
    let mut world = shared.world();
    let id = world.minter.next("sign-in");
    let page = pages::sign_in(&id, &request.ui_locales, &request.login_hint, false);
    world.sessions.begin(id, request);
    page
}

/// The request of a browser that brings only its name (RFC 9126 §4).
fn pushed(shared: &Shared, request_uri: &str) -> Result<AuthorizeRequest, Box<Response>> {
    let mut world = shared.world();
    let now_ms = world.now_ms();
    let taken = world.pushed.take(request_uri, CLIENT_ID, now_ms);
    drop(world);
    match taken {
        Taken::Request(request) => Ok(request),
        Taken::Over(request) => {
            let error = ("invalid_request_uri", "the request_uri was used before or has expired");
            Err(refuse(shared, &request.redirect_uri, error, Some(&request.state)).into())
        }
        Taken::Unknown => {
            Err(pages::refusal("The app sent you here with a request that Sandbox Mobile does not know.").into())
        }
    }
}

/// The request of a browser that brings all of it.
fn direct(shared: &Shared, query: &[(String, String)]) -> Result<AuthorizeRequest, Box<Response>> {
    let Some(redirect_uri) = single(query, "redirect_uri").filter(|uri| registered(uri)) else {
        let why = "The app that sent you here wants you back at an address that is not its own.";
        return Err(pages::refusal(why).into());
    };
    let wanted = match shared.world().options.require_par {
        true => Err(("invalid_request", "the request must be pushed first")),
        false => check(query, redirect_uri),
    };
    wanted.map_err(|error| refuse(shared, redirect_uri, error, single(query, "state")).into())
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
        let error = ("access_denied", "the person cancelled");
        return refuse(&shared, &request.redirect_uri, error, Some(&request.state));
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

/// Sends the browser back with an error.
fn refuse(shared: &Shared, redirect_uri: &str, (error, why): Wrong, state: Option<&str>) -> Response {
    back(shared, redirect_uri, &[("error", error), ("error_description", why)], state)
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
