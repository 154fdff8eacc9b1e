//! Wi-Fi calling: whether a line may use it (TMF638), orders that switch it on (TMF641), and guides the operator signed.
//!
//! | request | answer |
//! |---|---|
//! | `GET …/serviceInventory/v4/service?relatedParty.id=&fields=` | the person's services, each as another kind of operator writes it |
//! | `POST …/serviceOrdering/v4/serviceOrder` | an order; the same `externalId` again is the same order |
//! | `GET …/serviceOrdering/v4/serviceOrder?externalId=`, `GET …/{id}` | how it stands by the sandbox's clock |
//! | `GET /guides/wifi-calling.json` | the core's own guides with this operator added, signed |
//!
//! Emma's and Tom's lines are off and can be switched on, Nadia's order is refused, Luc's is on, Ines's is being made ready.

mod guides;
mod order;
mod situation;

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::http::{NO_STORE, Refusal, conditional, pairs, signed_in, single};
use crate::people::{Line, Person};
use crate::state::{Shared, World};

pub(crate) use guides::in_profile;
use situation::{Situation, Standing};

const SERVICES: &str = "/tmf-api/serviceInventory/v4";
const ORDERS: &str = "/tmf-api/serviceOrdering/v4";
const SCOPE: &str = "line.read";
/// So long after it came an order is under way, and so long after that it is done.
const ACCEPTED_AFTER_MS: i64 = 2_000;
const DONE_AFTER_MS: i64 = 60_000;

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route(&format!("{SERVICES}/service"), get(list_services))
        .route(&format!("{ORDERS}/serviceOrder"), get(list_orders).post(make_order))
        .route(&format!("{ORDERS}/serviceOrder/{{id}}"), get(read_order))
}

/// What is there for whoever asks, signed in or not.
pub(crate) fn open_router() -> Router<Arc<Shared>> {
    Router::new().route(guides::PATH, get(guides::read))
}

/// The orders of the scene.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    orders: Vec<Order>,
}

#[derive(Debug)]
struct Order {
    id: String,
    external: String,
    sub: String,
    service: String,
    at_ms: i64,
    is_refused: bool,
}

impl Order {
    fn state(&self, now_ms: i64) -> &'static str {
        match now_ms - self.at_ms {
            _ if self.is_refused => "rejected",
            age if age < ACCEPTED_AFTER_MS => "acknowledged",
            age if age < DONE_AFTER_MS => "inProgress.accepted",
            _ => "completed",
        }
    }

    fn body(&self, origin: &str, now_ms: i64) -> Value {
        let state = self.state(now_ms);
        json!({
            "id": self.id,
            "href": format!("{origin}{ORDERS}/serviceOrder/{}", self.id),
            "externalId": self.external,
            "state": state,
            "serviceOrderItem": [{
                "id": "1", "action": "modify", "state": state,
                "service": { "id": self.service, "@type": "Service" }, "@type": "ServiceOrderItem",
            }],
            "@type": "ServiceOrder",
        })
    }
}

fn service_id(line: &Line) -> String {
    format!("wifi-{}", line.id)
}

/// How it stands for the line by now.
fn standing(world: &World, person: &Person, line: &Line) -> Standing {
    let mut ordered = world.orders.orders.iter().filter(|order| order.service == service_id(line));
    let is_done = ordered.any(|order| order.state(world.now_ms()) == "completed");
    if is_done { Standing::On } else { Situation::of(person).at_first }
}

/// A service, each as another kind of operator writes it.
fn service(world: &World, person: &Person, line: &Line) -> Value {
    let feature = Situation::of(person).feature(standing(world, person, line));
    json!({
        "id": service_id(line),
        "state": "active",
        "serviceDate": "020-04-01T12:15:39.434Z",
        "feature": [{ "name": "Data", "isEnabled": true }, feature],
        "serviceCharacteristic": [{ "name": "MSISDN", "valueType": "string", "value": line.number }],
        "@type": "Service",
    })
}

async fn list_services(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?;
    let query = pairs(query.unwrap_or_default().as_bytes());
    if single(&query, "relatedParty.id").is_some_and(|sub| sub != person.sub) {
        return Err(Refusal::forbidden("These are another person's services."));
    }
    // A SIM for data alone makes no calls.
    let lines = person.lines.iter().filter(|line| line.entitled);
    let services = lines.map(|line| service(&world, person, line));
    Ok(conditional(&headers, &Value::Array(services.collect()), 300))
}

async fn make_order(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Result<Response, Refusal> {
    let mut world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?.clone();
    let request: Value =
        serde_json::from_slice(&body).map_err(|_| Refusal::Tmf(StatusCode::BAD_REQUEST, "The body is not JSON."))?;
    let (external, service) = order::read(&request, &person).ok_or(Refusal::Tmf(
        StatusCode::UNPROCESSABLE_ENTITY,
        "An order names itself, whose it is, one service of theirs, and what of it is to be on.",
    ))?;
    let now_ms = world.now_ms();
    let known = world.orders.orders.iter().position(|order| order.sub == person.sub && order.external == external);
    let at = known.unwrap_or_else(|| {
        let id = format!("so-{}", world.orders.orders.len() + 1);
        let is_refused = Situation::of(&person).is_refused;
        world.orders.orders.push(Order { id, external, sub: person.sub.clone(), service, at_ms: now_ms, is_refused });
        world.orders.orders.len() - 1
    });
    let order = world.orders.orders.get(at).ok_or(Refusal::not_found("There is no such order."))?;
    Ok((StatusCode::CREATED, NO_STORE, Json(order.body(&shared.origin, now_ms))).into_response())
}

async fn list_orders(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?;
    let query = pairs(query.unwrap_or_default().as_bytes());
    let named = single(&query, "externalId");
    let own = world.orders.orders.iter().filter(|order| order.sub == person.sub);
    let asked = own.filter(|order| named.is_none_or(|name| name == order.external));
    let bodies = asked.map(|order| order.body(&shared.origin, world.now_ms()));
    Ok((NO_STORE, Json(Value::Array(bodies.collect()))).into_response())
}

async fn read_order(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?;
    let order = world.orders.orders.iter().find(|order| order.id == id && order.sub == person.sub);
    let order = order.ok_or(Refusal::not_found("There is no such order."))?;
    Ok((NO_STORE, Json(order.body(&shared.origin, world.now_ms()))).into_response())
}
