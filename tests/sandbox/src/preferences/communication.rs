//! `communicationPreference`: one resource for each line, topic and channel. A change names what it is based on
//! (`If-Match`) and is done once however often it arrives (`Idempotency-Key`).

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, MERGE_PATCH, Preference, Visit, based_on, is_of_type, not_yours};
use crate::http::Refusal;
use crate::state::Shared;

pub(super) const BASE: &str = "/communicationManagement/v1";

pub(super) fn router() -> Router<Arc<Shared>> {
    let all = format!("{BASE}/communicationPreference");
    Router::new().route(&all, get(list)).route(&format!("{all}/{{id}}"), get(read).patch(change))
}

impl Preference {
    fn tag(&self, id: &str) -> String {
        format!("\"{id}.{}\"", self.version)
    }

    fn answer(&self, id: &str, origin: &str) -> Answer {
        Answer { tag: Some(self.tag(id)), body: self.body(id, origin).to_string() }
    }

    fn body(&self, id: &str, origin: &str) -> Value {
        json!({
            "id": id,
            "href": format!("{origin}{BASE}/communicationPreference/{id}"),
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

async fn list(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let visit = Visit::begin(&shared, &headers)?;
    let lines = visit.lines_asked_for(query, "logicalResource.value")?;
    let listed = lines.iter().flat_map(|line| visit.world.preferences.of_line(&line.id));
    let bodies: Vec<Value> = listed.map(|(id, kept)| kept.body(id, &shared.origin)).collect();
    Ok(([(header::CACHE_CONTROL, "private, no-cache")], axum::Json(bodies)).into_response())
}

async fn read(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Answer, Refusal> {
    let visit = Visit::begin(&shared, &headers)?;
    Ok(of(&visit, &id)?.answer(&id, &shared.origin))
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
) -> Result<Answer, Refusal> {
    Visit::begin(&shared, &headers)?.once(&headers, |visit| {
        if !is_of_type(&headers, MERGE_PATCH) {
            return Err(Refusal::Tmf(StatusCode::UNSUPPORTED_MEDIA_TYPE, "A change is a merge patch."));
        }
        let patch: Patch = serde_json::from_slice(&body)
            .map_err(|_| Refusal::Tmf(StatusCode::BAD_REQUEST, "The change is not understood."))?;
        let no_share = patch.threshold.is_some_and(|percent| !(1..=100).contains(&percent));
        if patch.kind != "CommunicationPreference" || no_share {
            return Err(Refusal::Tmf(StatusCode::UNPROCESSABLE_ENTITY, "The change makes no sense."));
        }
        let kept = of(visit, &id)?;
        if kept.is_fixed() {
            return Err(not_yours());
        }
        based_on(&headers, &kept.tag(&id))?;
        visit.apply(&id, |kept| {
            kept.enabled = patch.enabled.unwrap_or(kept.enabled);
            kept.threshold = patch.threshold.or(kept.threshold);
        });
        Ok(of(visit, &id)?.answer(&id, &shared.origin))
    })
}

fn of<'a>(visit: &'a Visit<'_>, id: &str) -> Result<&'a Preference, Refusal> {
    let kept = visit.world.preferences.kept.get(id).filter(|kept| visit.person.has(&kept.line.number));
    kept.ok_or(Refusal::not_found("There is no such preference."))
}
