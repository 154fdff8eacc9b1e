//! Preferences as named members of an array, `usageAlert.80.sms`, beside members that are something else: the two differ as
//! operators do. TMF632 `Individual`: no entity tag, a `lastUpdate` instead, and merge patches only, which replace the whole
//! array (RFC 7396). TMF638 `Service`: an entity tag that every change must name, and JSON patches with a test (RFC 6902).

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{Answer, MERGE_PATCH, Preference, Visit, based_on, is_of_type, not_yours};
use crate::http::Refusal;
use crate::people::{Line, Person};
use crate::state::{Shared, World};

pub(super) const PARTY: &str = "/tmf-api/party/v5";
pub(super) const SERVICE_INVENTORY: &str = "/tmf-api/serviceInventory/v5";
pub(super) const LINE_FILTER: &str = "supportingResource.value";
const JSON_PATCH: &str = "application/json-patch+json";

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route(&format!("{PARTY}/individual/{{id}}"), get(read_individual).patch(change_individual))
        .route(&format!("{SERVICE_INVENTORY}/service"), get(list_services))
        .route(&format!("{SERVICE_INVENTORY}/service/{{id}}"), get(read_service).patch(change_service))
}

/// A resource with preferences in an array of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Individual,
    Service,
}

impl Kind {
    fn array(self) -> &'static str {
        match self {
            Kind::Individual => "partyCharacteristic",
            Kind::Service => "feature",
        }
    }

    /// The member that says on or off.
    fn member(self) -> &'static str {
        match self {
            Kind::Individual => "value",
            Kind::Service => "isEnabled",
        }
    }

    fn type_name(self) -> &'static str {
        match self {
            Kind::Individual => "Individual",
            Kind::Service => "Service",
        }
    }

    /// What else is in the array at first, odd in every way that JSON allows.
    fn foreign(self) -> Vec<String> {
        let texts: &[&str] = match self {
            Kind::Individual => &[
                r#"{"name":"hobby","value":"chess","@type":"StringCharacteristic"}"#,
                r#"{ "name" : "hobby", "value":1.50 , "unknown":{"a":[1e400,null]} }"#,
            ],
            Kind::Service => &[
                r#"{"name":"voicemail","isEnabled":true,"featureCharacteristic":[{"name":"greeting","value":"caf\u00e9"}]}"#,
                r#"{"name":"usageAlert.750.sms","isEnabled":12345678901234567890123}"#,
            ],
        };
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    /// On or off, as it is written here.
    fn spelled(self, on: bool) -> Value {
        match self {
            Kind::Individual => json!(if on { "on" } else { "off" }),
            Kind::Service => json!(on),
        }
    }
}

/// One such resource: the person's, of their first line, or a line's.
struct Resource {
    kind: Kind,
    id: String,
    line: Line,
}

impl Resource {
    fn individual(person: &Person, id: &str) -> Result<Resource, Refusal> {
        let line = person.lines.first().filter(|_| person.sub == id);
        let line = line.ok_or(Refusal::forbidden("This is another person."))?.clone();
        Ok(Resource { kind: Kind::Individual, id: id.to_owned(), line })
    }

    fn service(line: &Line) -> Resource {
        Resource { kind: Kind::Service, id: format!("service-{}", line.id), line: line.clone() }
    }

    fn service_of(person: &Person, id: &str) -> Result<Resource, Refusal> {
        let mut services = person.lines.iter().map(Resource::service);
        services.find(|service| service.id == id).ok_or(Refusal::not_found("There is no such service."))
    }

    fn foreign(&self, world: &World) -> Vec<String> {
        world.preferences.foreign.get(&self.id).cloned().unwrap_or_else(|| self.kind.foreign())
    }

    /// The array, element by element: first what is no preference.
    fn elements(&self, world: &World) -> Vec<String> {
        let preferences = world.preferences.of_line(&self.line.id).map(|(_, kept)| self.element(kept));
        self.foreign(world).into_iter().chain(preferences).collect()
    }

    fn element(&self, kept: &Preference) -> String {
        let mut element = json!({
            "name": name(kept),
            "isMandatory": kept.mandatory,
            "allowedBy": kept.allowed_by,
        });
        element[self.kind.member()] = self.kind.spelled(kept.enabled);
        match self.kind {
            Kind::Individual => element["@type"] = json!("StringCharacteristic"),
            Kind::Service => element["featureCharacteristic"] = json!([]),
        }
        element.to_string()
    }

    fn tag(&self, world: &World) -> String {
        let version: u64 = world.preferences.of_line(&self.line.id).map(|(_, kept)| kept.version).sum();
        format!("\"{}.{version}\"", self.id)
    }

    fn answer(&self, world: &World, origin: &str) -> Answer {
        let Resource { kind, id, line } = self;
        let (array, elements) = (kind.array(), self.elements(world).join(","));
        let updated =
            world.preferences.of_line(&line.id).map(|(_, kept)| kept.changed.as_str()).max().unwrap_or_default();
        let (head, tag) = match kind {
            Kind::Individual => {
                let head = json!({ "href": format!("{origin}{PARTY}/individual/{id}"), "lastUpdate": updated });
                (head, None)
            }
            Kind::Service => {
                let number = json!([{ "id": line.id, "value": line.number, "@type": "ResourceRef" }]);
                let href = format!("{origin}{SERVICE_INVENTORY}/service/{id}");
                (json!({ "href": href, "state": "active", "supportingResource": number }), Some(self.tag(world)))
            }
        };
        let head = head.to_string();
        let head = head.strip_suffix('}').unwrap_or_default();
        let body = format!(r#"{head},"id":"{id}","@type":"{}","{array}":[{elements}]}}"#, kind.type_name());
        Answer { tag, body }
    }

    /// Makes a change of it.
    fn change(&self, visit: &mut Visit<'_>, headers: &HeaderMap, body: &[u8]) -> Result<(), Refusal> {
        if self.kind == Kind::Service {
            based_on(headers, &self.tag(&visit.world))?;
        }
        let elements = match self.kind {
            Kind::Service if is_of_type(headers, JSON_PATCH) => self.patched(&visit.world, body)?,
            _ if is_of_type(headers, MERGE_PATCH) => self.merged(body).ok_or(UNCLEAR)?,
            _ => return Err(Refusal::Tmf(StatusCode::UNSUPPORTED_MEDIA_TYPE, "A change is written otherwise here.")),
        };
        let (mut foreign, mut wanted) = (Vec::new(), Vec::new());
        let mut here: Vec<(&String, &Preference)> = visit.world.preferences.of_line(&self.line.id).collect();
        for text in elements {
            let element: Value = serde_json::from_str(&text).map_err(|_| UNCLEAR)?;
            let Some(at) = here.iter().position(|(_, kept)| element["name"] == name(kept)) else {
                foreign.push(text);
                continue;
            };
            let (id, kept) = here.remove(at);
            let on = [true, false].into_iter().find(|on| element[self.kind.member()] == self.kind.spelled(*on));
            let on = on.ok_or(UNCLEAR)?;
            if on != kept.enabled {
                wanted.push((id.clone(), on, kept.is_fixed()));
            }
        }
        if !here.is_empty() {
            return Err(Refusal::Tmf(StatusCode::UNPROCESSABLE_ENTITY, "A preference cannot be taken out."));
        }
        if wanted.iter().any(|(.., fixed)| *fixed) {
            return Err(not_yours());
        }
        visit.world.preferences.foreign.insert(self.id.clone(), foreign);
        for (id, on, _) in wanted {
            visit.apply(&id, |kept| kept.enabled = on);
        }
        Ok(())
    }

    /// The array as a merge patch has it.
    fn merged(&self, body: &[u8]) -> Option<Vec<String>> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Merge {
            #[serde(rename = "@type")]
            kind: String,
            #[serde(alias = "partyCharacteristic", alias = "feature")]
            elements: Vec<Box<RawValue>>,
        }
        let merge: Merge =
            serde_json::from_slice(body).ok().filter(|merge: &Merge| merge.kind == self.kind.type_name())?;
        Some(merge.elements.iter().map(|element| element.get().to_owned()).collect())
    }

    /// The array after a JSON patch: a test of one element, and another value for whether it is on.
    fn patched(&self, world: &World, body: &[u8]) -> Result<Vec<String>, Refusal> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Step {
            op: String,
            path: String,
            value: Value,
        }
        let steps: Vec<Step> = serde_json::from_slice(body).map_err(|_| UNCLEAR)?;
        let [test, replace] = steps.as_slice() else { return Err(UNCLEAR) };
        let at = test.path.strip_prefix("/feature/").and_then(|at| at.parse::<usize>().ok()).ok_or(UNCLEAR)?;
        let meant = (test.op.as_str(), replace.op.as_str(), replace.path.as_str());
        if meant != ("test", "replace", &format!("{}/isEnabled", test.path)) {
            return Err(UNCLEAR);
        }
        let mut elements = self.elements(world);
        let mut element: Value = elements.get(at).and_then(|text| serde_json::from_str(text).ok()).ok_or(UNCLEAR)?;
        if element != test.value {
            return Err(Refusal::Tmf(StatusCode::CONFLICT, "It is not as the test has it."));
        }
        element["isEnabled"] = replace.value.clone();
        elements[at] = element.to_string();
        Ok(elements)
    }
}

const UNCLEAR: Refusal = Refusal::Tmf(StatusCode::UNPROCESSABLE_ENTITY, "The change makes no sense.");

/// `usageAlert.80.sms`, `billReady.email`.
fn name(kept: &Preference) -> String {
    let topic = if kept.topic == "usageThreshold" { "usageAlert" } else { kept.topic };
    let threshold = kept.threshold.map(|percent| format!(".{percent}")).unwrap_or_default();
    format!("{topic}{threshold}.{}", kept.channel)
}

impl World {
    /// What is in the arrays of a person, by key, and of their first line that is no preference, as text.
    pub(crate) fn foreign_elements(&self, key: &str) -> Vec<String> {
        let Some(person) = self.people.iter().find(|person| person.key == key) else { return Vec::new() };
        let individual = Resource::individual(person, &person.sub).ok();
        let service = person.lines.first().map(Resource::service);
        individual.into_iter().chain(service).flat_map(|resource| resource.foreign(self)).collect()
    }
}

async fn read_individual(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Answer, Refusal> {
    read(&shared, &headers, |person| Resource::individual(person, &id))
}

async fn change_individual(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Answer, Refusal> {
    change(&shared, &headers, &body, |person| Resource::individual(person, &id))
}

async fn list_services(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let visit = Visit::begin(&shared, &headers)?;
    let lines = visit.lines_asked_for(query, LINE_FILTER)?;
    let services = lines.iter().map(Resource::service);
    let bodies: Vec<_> = services.map(|service| service.answer(&visit.world, &shared.origin).body).collect();
    Ok(([(header::CONTENT_TYPE, "application/json")], format!("[{}]", bodies.join(","))).into_response())
}

async fn read_service(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Answer, Refusal> {
    read(&shared, &headers, |person| Resource::service_of(person, &id))
}

async fn change_service(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Answer, Refusal> {
    change(&shared, &headers, &body, |person| Resource::service_of(person, &id))
}

fn read(
    shared: &Shared,
    headers: &HeaderMap,
    find: impl Fn(&Person) -> Result<Resource, Refusal>,
) -> Result<Answer, Refusal> {
    let visit = Visit::begin(shared, headers)?;
    Ok(find(&visit.person)?.answer(&visit.world, &shared.origin))
}

fn change(
    shared: &Shared,
    headers: &HeaderMap,
    body: &Bytes,
    find: impl Fn(&Person) -> Result<Resource, Refusal>,
) -> Result<Answer, Refusal> {
    Visit::begin(shared, headers)?.once(headers, |visit| {
        let resource = find(&visit.person)?;
        resource.change(visit, headers, body)?;
        Ok(resource.answer(&visit.world, &shared.origin))
    })
}
