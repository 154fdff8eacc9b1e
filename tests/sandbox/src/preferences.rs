//! `communicationPreference`: what a person wants to be told of and how, one resource for each line, topic and channel.
//! A change names what it is based on (`If-Match`) and is done once however often it arrives (`Idempotency-Key`). Some
//! are the employer's to decide and some the law's, and a second device of the person changes them too.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::wire_time;
use crate::http::{Refusal, header_text, pairs, signed_in, single};
use crate::people::{Line, Person};
use crate::state::{Shared, World};

const BASE: &str = "/communicationManagement/v1/communicationPreference";
const PUSH: &str = "/communicationManagement/v1/pushRegistration/{id}";
const SCOPE: &str = "line.read";
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Topic, threshold, channel, on, mandatory, who decides.
type Kind = (&'static str, Option<u8>, &'static str, bool, bool, &'static str);

/// Every line has these.
const KINDS: &[Kind] = &[
    ("usageThreshold", Some(80), "sms", true, false, "user"),
    ("usageThreshold", Some(80), "push", false, false, "user"),
    ("usageThreshold", Some(80), "email", false, false, "user"),
    ("outOfBundle", None, "sms", true, true, "regulator"),
    ("outOfBundle", None, "push", false, false, "user"),
    ("billReady", None, "email", true, false, "employer"),
    ("billReady", None, "push", false, false, "user"),
    ("orderStatus", None, "sms", true, false, "user"),
    ("orderStatus", None, "push", false, false, "user"),
    ("roaming", None, "sms", true, true, "regulator"),
    ("marketing", None, "email", false, false, "user"),
];

/// All preferences of everybody, and the operations done.
#[derive(Debug, Default)]
pub(crate) struct Preferences {
    kept: BTreeMap<String, Preference>,
    operations: BTreeMap<String, (String, Value)>,
    /// Whose notifications go to which address, by the registration's id: party and token.
    pub(crate) push: BTreeMap<String, (String, String)>,
    /// How many changes were done, by preference: an operation that is done twice shows here.
    pub(crate) changes: BTreeMap<String, u64>,
}

#[derive(Debug, Clone)]
struct Preference {
    line: Line,
    topic: &'static str,
    threshold: Option<u8>,
    channel: &'static str,
    enabled: bool,
    mandatory: bool,
    allowed_by: String,
    version: u64,
    changed: String,
}

/// Which preference a second device of the person changes, and to what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ElsewhereChange {
    /// Whose, by key: "emma". The first line.
    pub person: String,
    /// "usageThreshold".
    pub topic: String,
    /// "sms", "push", "email".
    pub channel: String,
    /// On or off from now on.
    pub enabled: Option<bool>,
    /// The threshold from now on, in percent.
    pub threshold: Option<u8>,
    /// Who decides from now on: "user", "employer", "regulator".
    pub allowed_by: Option<String>,
}

impl Preferences {
    pub(crate) fn of(people: &[Person], now: jiff::Timestamp) -> Preferences {
        let mut kept = BTreeMap::new();
        for line in people.iter().flat_map(|person| &person.lines) {
            for (at, (topic, threshold, channel, enabled, mandatory, allowed_by)) in KINDS.iter().enumerate() {
                let preference = Preference {
                    line: line.clone(),
                    topic,
                    threshold: *threshold,
                    channel,
                    enabled: *enabled,
                    mandatory: *mandatory,
                    allowed_by: (*allowed_by).to_owned(),
                    version: 1,
                    changed: wire_time(now),
                };
                kept.insert(format!("{}-{}", line.id, at + 1), preference);
            }
        }
        Preferences { kept, ..Preferences::default() }
    }
}

impl Preference {
    fn tag(&self, id: &str) -> String {
        format!("\"{id}.{}\"", self.version)
    }

    fn body(&self, id: &str, origin: &str) -> Value {
        json!({
            "id": id,
            "href": format!("{origin}{BASE}/{id}"),
            "topic": self.topic,
            "threshold": self.threshold,
            "channel": self.channel,
            "isEnabled": self.enabled,
            "isMandatory": self.mandatory,
            "allowedBy": self.allowed_by,
            "version": self.version.to_string(),
            "lastUpdate": self.changed,
            "logicalResource": [{
                "id": self.line.id,
                "value": self.line.number,
                "@type": "LogicalResourceRef",
                "@referredType": "MSISDN",
            }],
            "@type": "CommunicationPreference",
            "@baseType": "Entity",
            "@schemaLocation": format!("{origin}/schema/CommunicationPreference.schema.json"),
        })
    }
}

impl World {
    /// A second device of the person changes something; false when there is no such preference.
    pub(crate) fn change_elsewhere(&mut self, change: &ElsewhereChange) -> bool {
        let now = wire_time(self.clock.now());
        let person = self.people.iter().find(|person| person.key == change.person);
        let Some(line) = person.and_then(|person| person.lines.first()).map(|line| line.id.clone()) else {
            return false;
        };
        let mut matching = self
            .preferences
            .kept
            .values_mut()
            .filter(|kept| kept.line.id == line && kept.topic == change.topic && kept.channel == change.channel);
        let Some(kept) = matching.next() else { return false };
        kept.enabled = change.enabled.unwrap_or(kept.enabled);
        kept.threshold = change.threshold.or(kept.threshold);
        kept.allowed_by = change.allowed_by.clone().unwrap_or_else(|| kept.allowed_by.clone());
        kept.version += 1;
        kept.changed = now;
        true
    }

    /// What a person's first line has, as "usageThreshold/sms": whether it is on.
    pub(crate) fn preferences_of(&self, key: &str) -> BTreeMap<String, bool> {
        let person = self.people.iter().find(|person| person.key == key);
        let Some(line) = person.and_then(|person| person.lines.first()) else { return BTreeMap::new() };
        let of_line = self.preferences.kept.values().filter(|kept| kept.line.id == line.id);
        of_line.map(|kept| (format!("{}/{}", kept.topic, kept.channel), kept.enabled)).collect()
    }
}

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route(PUSH, put(register).delete(unregister))
        .route(BASE, get(list))
        .route(&format!("{BASE}/{{id}}"), get(read).patch(change))
}

async fn list(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?;
    let query = pairs(query.unwrap_or_default().as_bytes());
    let number = single(&query, "logicalResource.value");
    if number.is_some_and(|number| !person.has(number)) {
        return Err(Refusal::forbidden("This is not your line."));
    }
    let wanted = |line: &Line| person.has(&line.number) && number.is_none_or(|number| number == line.number);
    let listed = world.preferences.kept.iter().filter(|(_, kept)| wanted(&kept.line));
    let bodies: Vec<Value> = listed.map(|(id, kept)| kept.body(id, &shared.origin)).collect();
    Ok(([(header::CACHE_CONTROL, "private, no-cache")], axum::Json(bodies)).into_response())
}

async fn read(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?;
    let kept = of(&world, person, &id)?;
    Ok(tagged(&kept.tag(&id), &kept.body(&id, &shared.origin)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Patch {
    #[serde(rename = "@type")]
    kind: String,
    #[serde(rename = "isEnabled")]
    enabled: Option<bool>,
    threshold: Option<u8>,
}

async fn change(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let mut world = shared.world();
    let sub = signed_in(&world, &headers, SCOPE)?.sub.clone();
    let operation = header_text(&headers, IDEMPOTENCY_KEY).filter(|_| world.options.idempotent);
    let operation = operation.map(|operation| format!("{sub} {operation}"));
    if let Some((tag, body)) = operation.as_ref().and_then(|done| world.preferences.operations.get(done)) {
        return Ok(tagged(tag, body));
    }
    let is_merge_patch = header_text(&headers, header::CONTENT_TYPE)
        .is_some_and(|kind| kind.starts_with("application/merge-patch+json"));
    if !is_merge_patch {
        return Err(Refusal::Tmf(StatusCode::UNSUPPORTED_MEDIA_TYPE, "A change is a merge patch."));
    }
    let patch: Patch = serde_json::from_slice(&body)
        .map_err(|_| Refusal::Tmf(StatusCode::BAD_REQUEST, "The change is not understood."))?;
    if patch.kind != "CommunicationPreference" || patch.threshold.is_some_and(|percent| !(1..=100).contains(&percent)) {
        return Err(Refusal::Tmf(StatusCode::UNPROCESSABLE_ENTITY, "The change makes no sense."));
    }
    let now = wire_time(world.clock.now());
    let person = world.people.iter().find(|person| person.sub == sub).cloned();
    let person = person.ok_or(Refusal::forbidden("This person is not known here."))?;
    let kept = of(&world, &person, &id)?;
    if kept.mandatory || kept.allowed_by != "user" {
        return Err(Refusal::forbidden("This is not yours to decide."));
    }
    match header_text(&headers, header::IF_MATCH) {
        None => {
            return Err(Refusal::Tmf(StatusCode::PRECONDITION_REQUIRED, "A change names what it is based on."));
        }
        Some(tag) if tag != kept.tag(&id) => {
            return Err(Refusal::Tmf(StatusCode::PRECONDITION_FAILED, "It was changed meanwhile."));
        }
        Some(_) => {}
    }
    let mut changed = kept.clone();
    changed.enabled = patch.enabled.unwrap_or(changed.enabled);
    changed.threshold = patch.threshold.or(changed.threshold);
    changed.version += 1;
    changed.changed = now;
    let (tag, body) = (changed.tag(&id), changed.body(&id, &shared.origin));
    world.preferences.kept.insert(id.clone(), changed);
    *world.preferences.changes.entry(id).or_default() += 1;
    if let Some(operation) = operation {
        world.preferences.operations.insert(operation, (tag.clone(), body.clone()));
    }
    Ok(tagged(&tag, &body))
}

/// The phone's address of whoever is signed in.
async fn register(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let mut world = shared.world();
    let sub = signed_in(&world, &headers, SCOPE)?.sub.clone();
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let Some(token) = body["token"].as_str() else {
        return Err(Refusal::Tmf(StatusCode::BAD_REQUEST, "There is no token."));
    };
    world.preferences.push.insert(id, (sub, token.to_owned()));
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Whoever knows the id may take it back: nobody needs to be signed in for it.
async fn unregister(State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let gone = shared.world().preferences.push.remove(&id);
    gone.map(|_| StatusCode::NO_CONTENT.into_response()).ok_or(Refusal::not_found("There is no such registration."))
}

fn of<'a>(world: &'a World, person: &Person, id: &str) -> Result<&'a Preference, Refusal> {
    let kept = world.preferences.kept.get(id).filter(|kept| person.has(&kept.line.number));
    kept.ok_or(Refusal::not_found("There is no such preference."))
}

fn tagged(tag: &str, body: &Value) -> Response {
    ([(header::ETAG, tag.to_owned())], axum::Json(body.clone())).into_response()
}
