//! The control API for tests in other languages, and the page for people: new scene, sign-in without a browser, faults, time,
//! requests. Plain HTTP on its own port; nothing a real operator has.

mod client;
mod doors;
mod guard;
mod malformed;
mod page;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::activation::{ActivationEvent, NoEvent};
use crate::faults::Faults;
use crate::on_request::{Invoice, Use};
use crate::options::Scene;
use crate::preferences::ElsewhereChange;
use crate::state::{Shared, World};
use crate::{agent, profile};

pub use client::call;
pub use doors::{DOORS, Door, Field, Group, Kind, Part, Usual};
pub(crate) use doors::{text, whole};

pub(crate) fn router(shared: &Arc<Shared>) -> Router {
    let with = |router: Router<_>, door: &Door| {
        let right = door.method;
        let route = (door.route)().fallback(move |method| called_otherwise(right, method));
        router.route(&format!("/control/{}", door.name), route)
    };
    DOORS
        .iter()
        .fold(page::router(), with)
        .route("/control", get(doors).fallback(nowhere))
        .fallback(nowhere)
        .layer(from_fn_with_state(shared.clone(), guard::admit))
        .with_state(shared.clone())
}

/// From the operator's own root to the page, which no fault reaches.
pub(crate) async fn way_to_page(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    (StatusCode::SEE_OTHER, [(header::LOCATION, shared.place.page_for(host))]).into_response()
}

async fn nowhere() -> Refusal {
    let names: Vec<String> = DOORS.iter().map(|door| format!("/control/{}", door.name)).collect();
    Refusal(StatusCode::NOT_FOUND, format!("there is nothing here. What there is: {}", names.join(", ")))
}

/// What there is, with what each takes.
async fn doors() -> Response {
    Json(DOORS).into_response()
}

async fn called_otherwise(right: &'static str, method: Method) -> Refusal {
    Refusal(StatusCode::METHOD_NOT_ALLOWED, format!("this is called with {right}, not with {method}"))
}

/// What the ready file holds.
pub(crate) fn ready(shared: &Shared) -> Value {
    json!({
        "profile": profile::profile(shared),
        "control": shared.place.control_url,
        "people": people(shared),
        "newcomers": shared.world().cards(false),
        "nowMs": shared.world().now_ms(),
    })
}

fn people(shared: &Shared) -> Value {
    json!(shared.world().cards(true))
}

/// Why a control call did nothing: status and a sentence for the person who writes the test.
struct Refusal(StatusCode, String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

type Answer = Result<Json<Value>, Refusal>;

/// Reads the body as JSON whatever its declared type; an empty body is `{}`.
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refusal> {
    let bytes: &[u8] = if body.is_empty() { b"{}" } else { body };
    malformed::read(bytes).map_err(|sentence| Refusal(StatusCode::BAD_REQUEST, sentence))
}

fn refused(why: &str) -> Refusal {
    Refusal(StatusCode::UNPROCESSABLE_ENTITY, why.to_owned())
}

fn known(world: &World, person: &str) -> Result<(), Refusal> {
    if world.people.iter().any(|known| known.key == person) { Ok(()) } else { Err(nobody(world)) }
}

fn nobody(world: &World) -> Refusal {
    let names: Vec<&str> = world.people.iter().map(|known| known.key).collect();
    refused(&format!("there is nobody of that name; there are {}", names.join(", ")))
}

async fn scene(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    shared.set_scene(&read::<Scene>(&body)?);
    Ok(Json(
        json!({ "profile": profile::profile(&shared), "people": people(&shared), "newcomers": shared.world().cards(false) }),
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    url: String,
    number: String,
    password: String,
}

async fn sign_in(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    let wanted: SignIn = read(&body)?;
    let signed_in = agent::sign_in(&shared.ca_pem, &wanted.url, &wanted.number, &wanted.password);
    match signed_in.await {
        Ok(callback) => Ok(Json(json!({ "callback": callback }))),
        Err(error) => Err(Refusal(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    person: String,
}

async fn invite(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    let wanted: Named = read(&body)?;
    let mut world = shared.world();
    match world.invite(&wanted.person, &shared.origin) {
        Some(invitation) => Ok(Json(json!(invitation))),
        None => Err(nobody(&world)),
    }
}

async fn end_sessions(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    let wanted: Named = read(&body)?;
    let mut world = shared.world();
    known(&world, &wanted.person)?;
    world.end_sessions(&wanted.person);
    Ok(Json(json!({})))
}

/// A body without fields.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

async fn rotate_key(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    let Nothing {} = read(&body)?;
    let rotated = shared.signer().rotate();
    rotated.map_err(|error| Refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    Ok(Json(json!({})))
}

async fn faults(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    let faults: Faults = read(&body)?;
    if let Some(status) = faults.statuses().find(|status| !(200..=599).contains(status)) {
        return Err(Refusal(
            StatusCode::BAD_REQUEST,
            format!("{status} is no status of an answer, which is 200 to 599"),
        ));
    }
    shared.set_faults(faults);
    Ok(Json(json!({})))
}

async fn faults_in_force(State(shared): State<Arc<Shared>>) -> Response {
    Json(shared.world().faults.in_force()).into_response()
}

async fn use_up(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    let wanted: Use = read(&body)?;
    let counted = shared.world().use_up(&wanted).map_err(|why| refused(&why))?;
    Ok(Json(json!({ "countedUntil": counted })))
}

async fn invoice(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    let wanted: Invoice = read(&body)?;
    let issued = shared.world().send_invoice(&wanted).map_err(|why| refused(&why))?;
    Ok(Json(json!({ "issued": issued })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: i64,
}

async fn advance(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    let moved: Advance = read(&body)?;
    let mut world = shared.world();
    if !world.clock.advance(moved.seconds) {
        return Err(refused("the clock here stays between the years 2000 and 2099"));
    }
    Ok(Json(json!({ "nowMs": world.now_ms() })))
}

async fn second_device(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    let change: ElsewhereChange = read(&body)?;
    let mut world = shared.world();
    known(&world, &change.person)?;
    let ElsewhereChange { person, topic, channel, enabled, threshold, allowed_by } = &change;
    if !world.preferences_of(person).contains_key(&format!("{topic}/{channel}")) {
        return Err(refused("there is no such preference"));
    }
    if enabled.is_none() && threshold.is_none() && allowed_by.is_none() {
        return Err(refused("nothing is changed: there is neither `enabled` nor `threshold` nor `allowedBy`"));
    }
    if threshold.is_some_and(|threshold| !(1..=100).contains(&threshold)) {
        return Err(refused("`threshold` is 1 to 100"));
    }
    if allowed_by.as_deref().is_some_and(|by| !matches!(by, "user" | "employer" | "regulator")) {
        return Err(refused("`allowedBy` is one of `user`, `employer`, `regulator`"));
    }
    world.change_elsewhere(&change);
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Activation {
    person: String,
    event: ActivationEvent,
}

async fn activation(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    let Activation { person, event } = read(&body)?;
    let mut world = shared.world();
    known(&world, &person)?;
    match world.activation_event(&person, event) {
        Ok(()) => Ok(Json(json!({}))),
        Err(NoEvent::Finished) => Err(Refusal(
            StatusCode::CONFLICT,
            format!("the line of {person} works: nothing of it can be late any more"),
        )),
        Err(NoEvent::NotAwaited) => Err(refused("the order of that person does not wait for this")),
    }
}

/// Who was shown which secret of a SIM when, never its value.
async fn reveals(State(shared): State<Arc<Shared>>) -> Response {
    Json(shared.world().activations.reveals.clone()).into_response()
}

/// What is on and off on everybody's first line, by person and "topic/channel".
async fn preferences(State(shared): State<Arc<Shared>>) -> Response {
    let world = shared.world();
    let all: BTreeMap<_, _> =
        world.people.iter().map(|person| (person.key, world.preferences_of(person.key))).collect();
    Json(all).into_response()
}

async fn requests(State(shared): State<Arc<Shared>>) -> Response {
    Json(shared.world().log.entries()).into_response()
}

async fn token_requests(State(shared): State<Arc<Shared>>) -> Response {
    Json(shared.world().ledger.token_requests.clone()).into_response()
}

async fn revocations(State(shared): State<Arc<Shared>>) -> Response {
    Json(shared.world().ledger.revocations.clone()).into_response()
}

/// How many sign-ins are alive, by person.
async fn open_sessions(State(shared): State<Arc<Shared>>) -> Response {
    let world = shared.world();
    let counts: BTreeMap<_, _> =
        world.people.iter().map(|person| (person.key, world.open_sessions(person.key))).collect();
    Json(counts).into_response()
}
