//! Getting started: orders of lines (TMF622), their SIMs (TMF639), and what is secret of a SIM.
//!
//! | request | answer |
//! |---|---|
//! | `GET …/productOrderingManagement/v4/productOrder?relatedParty.id=` | the person's orders, as they stand by the sandbox's clock |
//! | `GET …/resourceInventoryManagement/v4/physicalResource?relatedParty.id=`, `…/logicalResource?…` | SIM cards, and profiles of eSIMs |
//! | `POST …/resourceInventoryManagement/v4/resource/{id}/simSecret` | PIN, PUK or activation code, to whoever signed in within five minutes |
//!
//! How the line stands is a product's status in both versions, too (`tmf637`). The same with `v5` in the path in the words of version 5, where `GET …/resource` has SIMs of both kinds. Emma's and Luc's lines
//! are there for long, on a card and an eSIM. Nadia's begins tomorrow at nine. Ines's number is being moved since nine. Tom's move
//! was refused until his employer corrects it, Pieter's waits for his answer, and Sara has to put her eSIM on her phone.

mod order;
mod resource;
mod reveal;
mod secret;
mod situation;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde_json::{Value, json};

pub use reveal::Reveal;
pub use secret::{SimCard, SimSecretKind};
pub use situation::ActivationEvent;

use crate::http::{Refusal, conditional, pairs, signed_in, single};
use crate::options::ActivationDialect as Dialect;
use crate::people::{Line, Person};
use crate::state::{Shared, World};
use situation::{Happened, Phase, Plan, SimType, Situation};

const SCOPE: &str = "line.read";
const ORDERS_MAX_AGE: u32 = 60;
const RESOURCES_MAX_AGE: u32 = 300;

pub(crate) fn router() -> Router<Arc<Shared>> {
    let dialects = [Dialect::V4, Dialect::V5].into_iter();
    let both = dialects.fold(Router::new(), |router, dialect| {
        router
            .route(
                &format!("{}/productOrder", dialect.orders()),
                get(move |state, query, headers| list_orders(dialect, state, query, headers)),
            )
            .route(&format!("{}/resource/{{id}}/simSecret", dialect.resources()), post(reveal::reveal))
    });
    let list = |dialect, kinds: &'static [SimType]| {
        get(move |state, query, headers| list_resources(dialect, kinds, state, query, headers))
    };
    let (v4, v5) = (Dialect::V4.resources(), Dialect::V5.resources());
    both.route(&format!("{v4}/physicalResource"), list(Dialect::V4, &[SimType::Physical]))
        .route(&format!("{v4}/logicalResource"), list(Dialect::V4, &[SimType::Esim]))
        .route(&format!("{v5}/resource"), list(Dialect::V5, &[SimType::Physical, SimType::Esim]))
}

/// Fills in where the APIs are, in a profile that has them.
pub(crate) fn in_profile(apis: &mut Value, origin: &str, dialect: Dialect) {
    if let Some(api) = apis.get_mut("activation") {
        if let Some(orders) = api.get_mut("orderBaseUrl") {
            *orders = json!(format!("{origin}{}", dialect.orders()));
        }
        api["resourceBaseUrl"] = json!(format!("{origin}{}", dialect.resources()));
        api["resourceVersion"] = json!(if dialect == Dialect::V5 { "v5" } else { "v4" });
    }
    if let Some(api) = apis.get_mut("product") {
        api["baseUrl"] = json!(format!("{origin}{}", dialect.products()));
    }
}

/// How a line stands that was ordered, as the product inventory tells it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineStanding {
    phase: Phase,
    /// When it begins, of a line that was not there for long already.
    pub(crate) begins: Option<Timestamp>,
}

impl LineStanding {
    /// In the words of the version, of which the fifth has a blank behind one.
    pub(crate) fn status(self, dialect: Dialect) -> &'static str {
        match (self.phase, dialect) {
            (Phase::Acknowledged | Phase::Pending, _) => "created",
            (Phase::Rejected, Dialect::V4) => "aborted",
            (Phase::Rejected, Dialect::V5) => "aborted ",
            (Phase::InProgress | Phase::DonorReleased, _) => "pendingActive",
            (Phase::Completed, _) => "active",
        }
    }
}

/// What the scene's clock alone does not decide.
#[derive(Debug, Default)]
pub(crate) struct Activations {
    /// When what a person's order waited for happened, by key.
    events: HashMap<&'static str, Timestamp>,
    pub(crate) reveals: Vec<Reveal>,
}

/// Why an event changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoEvent {
    /// The line works: nothing of it can be late any more.
    Finished,
    /// The order does not wait for this.
    NotAwaited,
}

impl World {
    /// Something happens outside that changes what becomes of a person's order.
    pub(crate) fn activation_event(&mut self, key: &str, event: ActivationEvent) -> Result<(), NoEvent> {
        let now = self.clock.now();
        let person = self.people.iter().find(|person| person.key == key).ok_or(NoEvent::NotAwaited)?;
        let situation = Situation::of(person.key, 0);
        let phase = situation.plan(self.options.now, self.activations.happened(person, 0)).phase(now);
        if event == ActivationEvent::Delayed && phase == Phase::Completed {
            return Err(NoEvent::Finished);
        }
        if !situation.takes(event, phase) {
            return Err(NoEvent::NotAwaited);
        }
        self.activations.events.insert(person.key, now);
        Ok(())
    }

    /// How a line of a person's stands.
    pub(crate) fn line_standing(&self, person: &Person, place: usize) -> LineStanding {
        let now = self.clock.now();
        let situation = Situation::of(person.key, place);
        let plan = situation.plan(self.options.now, self.activations.happened(person, place));
        let begins = plan.since(Phase::Completed, now).unwrap_or(plan.requested);
        LineStanding { phase: plan.phase(now), begins: (!situation.is_long_done()).then_some(begins) }
    }

    /// The SIM of a person's first line, with all that is secret of it.
    pub(crate) fn sim_card(&self, key: &str) -> Option<SimCard> {
        let person = self.people.iter().find(|person| person.key == key)?;
        Some(secret::card(self.options.seed, Situation::of(person.key, 0), person.lines.first()?))
    }
}

impl Activations {
    fn happened(&self, person: &Person, place: usize) -> Happened {
        let resource = person.lines.get(place).map(secret::resource_id);
        let mut shown = self.reveals.iter().filter(|shown| shown.kind == SimSecretKind::ActivationCode);
        let shown = shown.find(|shown| Some(&shown.resource) == resource.as_ref());
        Happened {
            event: self.events.get(person.key).copied().filter(|_| place == 0),
            code_shown: shown.and_then(|shown| Timestamp::from_millisecond(shown.at_ms).ok()),
        }
    }
}

/// A line, its order and its SIM.
struct Subject<'a> {
    origin: &'a str,
    person: &'a Person,
    line: &'a Line,
    situation: Situation,
    happened: Happened,
    plan: Plan,
    card: SimCard,
}

impl Subject<'_> {
    fn party(&self, dialect: Dialect) -> Value {
        let Person { sub, name, .. } = self.person;
        match dialect {
            Dialect::V4 => json!({ "id": sub, "role": "user", "name": name, "@referredType": "Individual" }),
            Dialect::V5 => json!({
                "role": "user",
                "partyOrPartyRole": { "id": sub, "name": name, "@type": "PartyRef", "@referredType": "Individual" },
                "@type": "RelatedPartyOrPartyRole",
            }),
        }
    }

    fn sim_type(&self) -> &'static str {
        match self.situation.sim {
            SimType::Physical => "PhysicalResource",
            SimType::Esim => "ESIM",
        }
    }
}

fn subjects<'a>(world: &World, origin: &'a str, person: &'a Person) -> Vec<Subject<'a>> {
    let lines = person.lines.iter().enumerate();
    let subject = |(place, line)| {
        let situation = Situation::of(person.key, place);
        let happened = world.activations.happened(person, place);
        let plan = situation.plan(world.options.now, happened);
        let card = secret::card(world.options.seed, situation, line);
        Subject { origin, person, line, situation, happened, plan, card }
    };
    lines.map(subject).collect()
}

impl Dialect {
    fn orders(self) -> &'static str {
        match self {
            Self::V4 => "/tmf-api/productOrderingManagement/v4",
            Self::V5 => "/tmf-api/productOrderingManagement/v5",
        }
    }

    fn resources(self) -> &'static str {
        match self {
            Self::V4 => "/tmf-api/resourceInventoryManagement/v4",
            Self::V5 => "/tmf-api/resourceInventoryManagement/v5",
        }
    }

    pub(crate) fn products(self) -> &'static str {
        match self {
            Self::V4 => "/tmf-api/productInventory/v4",
            Self::V5 => "/tmf-api/productInventory/v5",
        }
    }

    pub(crate) fn characteristic(self, name: &str, value: &str) -> Value {
        match self {
            Self::V4 => json!({ "name": name, "value": value }),
            Self::V5 => {
                json!({ "name": name, "value": value, "valueType": "string", "@type": "StringCharacteristic" })
            }
        }
    }
}

async fn list_orders(
    dialect: Dialect,
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = whose(&world, query, &headers)?;
    let now = world.clock.now();
    let orders = subjects(&world, &shared.origin, person);
    let orders = orders.iter().map(|subject| order::order(subject, dialect, now)).collect();
    Ok(conditional(&headers, &Value::Array(orders), ORDERS_MAX_AGE))
}

async fn list_resources(
    dialect: Dialect,
    kinds: &'static [SimType],
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = whose(&world, query, &headers)?;
    let now = world.clock.now();
    let all = subjects(&world, &shared.origin, person);
    let asked = all.iter().filter(|subject| kinds.contains(&subject.situation.sim));
    let resources = asked.map(|subject| resource::resource(subject, dialect, now)).collect();
    Ok(conditional(&headers, &Value::Array(resources), RESOURCES_MAX_AGE))
}

/// Whoever asks, for what is their own.
fn whose<'a>(world: &'a World, query: Option<String>, headers: &HeaderMap) -> Result<&'a Person, Refusal> {
    let person = signed_in(world, headers, SCOPE)?;
    let query = pairs(query.unwrap_or_default().as_bytes());
    match single(&query, "relatedParty.id") {
        Some(sub) if sub != person.sub => Err(Refusal::forbidden("This is another person's.")),
        _ => Ok(person),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_that_has_the_apis_has_them_here_in_the_version_asked_for() {
        let mut apis = json!({ "activation": { "orderBaseUrl": "", "secrets": true } });
        in_profile(&mut apis, "https://localhost:1", Dialect::V5);
        assert_eq!(
            apis["activation"],
            json!({
                "orderBaseUrl": "https://localhost:1/tmf-api/productOrderingManagement/v5",
                "resourceBaseUrl": "https://localhost:1/tmf-api/resourceInventoryManagement/v5",
                "resourceVersion": "v5",
                "secrets": true,
            })
        );
        apis["product"] = json!({});
        in_profile(&mut apis, "https://localhost:1", Dialect::V4);
        assert_eq!(apis["activation"]["orderBaseUrl"], "https://localhost:1/tmf-api/productOrderingManagement/v4");
        assert_eq!(apis["product"]["baseUrl"], "https://localhost:1/tmf-api/productInventory/v4");
        let mut without = json!({});
        in_profile(&mut without, "https://localhost:1", Dialect::V4);
        assert_eq!(without, json!({}));
    }
}
