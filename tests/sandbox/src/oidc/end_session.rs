//! Signing out of the browser (OpenID Connect RP-Initiated Logout 1.0): asks the person first, then forgets the
//! browser's cookie and leads back to the app. Tokens live on; the app revokes its own.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use super::browser::{forget, languages};
use super::callback::redirect;
use super::request::loopback;
use super::{CLIENT_ID, POST_LOGOUT_REDIRECT_URI};
use crate::http::{pairs, single};
use crate::pages::{self, Notice};
use crate::state::Shared;

/// Who asked to sign out and where they want to be then.
#[derive(Debug, Clone)]
struct Leaving {
    to: Option<String>,
    state: Option<String>,
}

/// Questions that wait for their answer.
#[derive(Debug, Default)]
pub(crate) struct Departures {
    asked: HashMap<String, Leaving>,
}

pub(super) async fn ask(State(shared): State<Arc<Shared>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let query = pairs(query.unwrap_or_default().as_bytes());
    if single(&query, "client_id").is_some_and(|client| client != CLIENT_ID) {
        return pages::refusal("The app that sent you here is not known to Sandbox Mobile.");
    }
    let hint = single(&query, "id_token_hint");
    if hint.is_some_and(|hint| shared.signer().read(hint).is_none_or(|claims| claims["iss"] != *shared.origin)) {
        return pages::refusal("The app that sent you here showed something that Sandbox Mobile did not write.");
    }
    let to = single(&query, "post_logout_redirect_uri");
    if to.is_some_and(|to| to != POST_LOGOUT_REDIRECT_URI && !loopback(to).unwrap_or(false)) {
        return pages::refusal("The app that sent you here wants you back at an address that is not its own.");
    }
    // Without the hint nobody vouches for the app, so nobody is sent there.
    let to = to.filter(|_| hint.is_some()).map(str::to_owned);
    let leaving = Leaving { to, state: single(&query, "state").map(str::to_owned) };
    let wanted = single(&query, "ui_locales").map_or_else(|| languages(&headers), str::to_owned);
    let mut world = shared.world();
    let id = world.minter.next("sign-out");
    world.departures.asked.insert(id.clone(), leaving);
    pages::sign_out(&id, &wanted)
}

pub(super) async fn answer(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let form = pairs(&body);
    let mut world = shared.world();
    let Some(leaving) = world.departures.asked.remove(single(&form, "request").unwrap_or_default()) else {
        return pages::refusal("This question was answered before. Please go back to the app.");
    };
    if single(&form, "action") != Some("sign-out") {
        return pages::notice(Notice::StillSignedIn, &languages(&headers));
    }
    let forgotten = forget(&mut world, &headers);
    let answer = match &leaving.to {
        Some(to) => {
            let state = leaving.state.iter().map(|state| ("state", state.as_str()));
            redirect(to, &url::form_urlencoded::Serializer::new(String::new()).extend_pairs(state).finish())
        }
        None => pages::notice(Notice::SignedOut, &languages(&headers)),
    };
    (forgotten, answer).into_response()
}
