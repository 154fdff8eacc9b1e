//! What a person wants to be told of and how, at an operator that keeps it in any of three places: a resource of its own
//! (`communicationPreference`), `partyCharacteristic` of the person (TMF632) or `feature` of the line's service (TMF638).
//! All three show the same preferences; the profile names one. Some are the employer's to decide and some the law's, and
//! a second device of the person changes them too.

mod communication;
mod named;
mod push;

use std::collections::BTreeMap;
use std::sync::{Arc, MutexGuard};

use axum::Router;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::wire_time;
use crate::http::{Refusal, header_text, pairs, signed_in, single};
use crate::options::PreferenceHome;
use crate::people::{Line, Person};
use crate::state::{Shared, World};

const SCOPE: &str = "line.read";
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const MERGE_PATCH: &str = "application/merge-patch+json";

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
    operations: BTreeMap<String, Answer>,
    /// What else is in the arrays, as text, by the resource's id: nobody here understands it, and nobody may lose it.
    foreign: BTreeMap<String, Vec<String>>,
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

    fn of_line(&self, line_id: &str) -> impl Iterator<Item = (&String, &Preference)> {
        self.kept.iter().filter(move |(_, kept)| kept.line.id == line_id)
    }
}

impl Preference {
    fn is_fixed(&self) -> bool {
        self.mandatory || self.allowed_by != "user"
    }

    /// Somebody changed something.
    fn changed(&mut self, now: String) {
        self.version += 1;
        self.changed = now;
    }
}

/// Somebody who is signed in asks.
struct Visit<'a> {
    world: MutexGuard<'a, World>,
    person: Person,
}

impl<'a> Visit<'a> {
    fn begin(shared: &'a Shared, headers: &HeaderMap) -> Result<Visit<'a>, Refusal> {
        let world = shared.world();
        let person = signed_in(&world, headers, SCOPE)?.clone();
        Ok(Visit { world, person })
    }

    /// The person's lines, or the one that the query names.
    fn lines_asked_for(&self, query: Option<String>, filter: &str) -> Result<Vec<Line>, Refusal> {
        let query = pairs(query.unwrap_or_default().as_bytes());
        let number = single(&query, filter);
        if number.is_some_and(|number| !self.person.has(number)) {
            return Err(Refusal::forbidden("This is not your line."));
        }
        let wanted = self.person.lines.iter().filter(|line| number.is_none_or(|number| number == line.number));
        Ok(wanted.cloned().collect())
    }

    /// Does a change once, however often it arrives: a repeated operation is answered as the first time.
    fn once(
        mut self,
        headers: &HeaderMap,
        change: impl FnOnce(&mut Visit<'a>) -> Result<Answer, Refusal>,
    ) -> Result<Answer, Refusal> {
        let operation = header_text(headers, IDEMPOTENCY_KEY).filter(|_| self.world.options.idempotent);
        let operation = operation.map(|operation| format!("{} {operation}", self.person.sub));
        if let Some(done) = operation.as_ref().and_then(|done| self.world.preferences.operations.get(done)) {
            return Ok(done.clone());
        }
        let answer = change(&mut self)?;
        if let Some(operation) = operation {
            self.world.preferences.operations.insert(operation, answer.clone());
        }
        Ok(answer)
    }

    /// Somebody changes a preference, who may.
    fn apply(&mut self, id: &str, change: impl FnOnce(&mut Preference)) {
        let now = wire_time(self.world.clock.now());
        let preferences = &mut self.world.preferences;
        if let Some(kept) = preferences.kept.get_mut(id) {
            change(kept);
            kept.changed(now);
            *preferences.changes.entry(id.to_owned()).or_default() += 1;
        }
    }
}

/// A resource as it is answered.
#[derive(Debug, Clone)]
struct Answer {
    /// The strong entity tag; none where the resource has none.
    tag: Option<String>,
    body: String,
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let kind = [(header::CONTENT_TYPE, "application/json".to_owned())];
        (self.tag.map(|tag| [(header::ETAG, tag)]), kind, self.body).into_response()
    }
}

/// A change of what has an entity tag names what it is based on (RFC 9110 §13.1.1, RFC 6585 §3).
fn based_on(headers: &HeaderMap, tag: &str) -> Result<(), Refusal> {
    match header_text(headers, header::IF_MATCH) {
        None => Err(Refusal::Tmf(StatusCode::PRECONDITION_REQUIRED, "A change names what it is based on.")),
        Some(named) if named != tag => Err(Refusal::Tmf(StatusCode::PRECONDITION_FAILED, "It was changed meanwhile.")),
        Some(_) => Ok(()),
    }
}

fn is_of_type(headers: &HeaderMap, kind: &str) -> bool {
    header_text(headers, header::CONTENT_TYPE).is_some_and(|found| found.starts_with(kind))
}

fn not_yours() -> Refusal {
    Refusal::forbidden("This is not yours to decide.")
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
        kept.changed(now);
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

/// Writes into the profile where preferences are kept.
pub(crate) fn in_profile(api: &mut Value, home: PreferenceHome, origin: &str) {
    let (base, filter) = match home {
        PreferenceHome::CommunicationPreference => return,
        PreferenceHome::PartyCharacteristic => (named::PARTY, "logicalResource.value"),
        PreferenceHome::ServiceFeature => (named::SERVICE_INVENTORY, named::LINE_FILTER),
    };
    api["baseUrl"] = Value::from(format!("{origin}{base}"));
    api["lineFilter"] = Value::from(filter);
    api["resource"] = serde_json::json!(home);
}

pub(crate) fn router() -> Router<Arc<Shared>> {
    communication::router().merge(named::router()).merge(push::router())
}
