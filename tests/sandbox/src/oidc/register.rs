//! Making an account with nothing but a mobile number (`prompt=create`), for whom the operator bills as a whole. Who
//! has a split bill needs the employer's invitation and is sent back to the app with that.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;

use super::authorize::{cancelled, enter, way_back};
use crate::faults::IdentityFaults;
use crate::http::{pairs, single};
use crate::pages::{self, Account, Mistake};
use crate::people::normalise_number;
use crate::state::{Shared, World};

/// What a number stands for at registration.
enum Number {
    Free(String),
    Invited,
    Taken,
    Foreign,
}

fn look_up(world: &World, typed: &str) -> Number {
    let number = normalise_number(typed);
    let person = world.people.iter().find(|person| number.as_ref().is_some_and(|number| person.has(number)));
    match person {
        None => Number::Foreign,
        Some(person) if person.account => Number::Taken,
        Some(person) if person.split_bill => Number::Invited,
        Some(person) => Number::Free(person.sub.clone()),
    }
}

pub(super) async fn register(
    State(shared): State<Arc<Shared>>,
    Extension(faults): Extension<IdentityFaults>,
    body: Bytes,
) -> Response {
    let form = pairs(&body);
    let text = |name| single(&form, name).unwrap_or_default();
    let id = text("request");
    let mut world = shared.world();
    let Some(request) = world.sessions.pending(id) else {
        return pages::refusal("This sign-in is over. Please start again from the app.");
    };
    let callback = way_back(&shared, &faults, &request);
    if text("action") == "cancel" {
        return cancelled(&mut world, id, &callback);
    }
    let again = |mistake| {
        let (number, ui_locales) = (text("number"), request.ui_locales.as_str());
        pages::account(&Account { request: id, token: None, number, ui_locales, mistake: Some(mistake) })
    };
    let sub = match look_up(&world, text("number")) {
        Number::Free(sub) => sub,
        Number::Invited => {
            world.sessions.cancel(id);
            return callback.error(("invitation_required", "this number needs the employer's invitation"));
        }
        Number::Taken => return again(Mistake::Taken),
        Number::Foreign => return again(Mistake::Number),
    };
    if let Some(mistake) = Mistake::in_passwords(text("password"), text("repeat")) {
        return again(mistake);
    }
    world.open_account(&sub, text("password"));
    enter(&mut world, id, &sub, &callback)
}
