//! Guides of Wi-Fi calling as an operator issues them: the core's own with this operator added, signed with a key that follows
//! the seed. The network check is switched off in them, so that nobody who tries the sandbox asks a real network.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Map, Value, json};

use crate::http::Refusal;
use crate::ids::sha256;
use crate::operators::OperatorName;
use crate::options::SandboxOptions;
use crate::state::Shared;

pub(super) const PATH: &str = "/guides/wifi-calling.json";
const KEY_ID: &str = "sandbox-1";
/// What the core ships, one subject each.
const PARTS: &[&str] = &[
    include_str!("../../../../core/guides/wifi-calling.json"),
    include_str!("../../../../core/guides/wifi-calling-labels-ios.json"),
    include_str!("../../../../core/guides/wifi-calling-labels-android.json"),
    include_str!("../../../../core/guides/wifi-calling-ios.json"),
    include_str!("../../../../core/guides/wifi-calling-android.json"),
    include_str!("../../../../core/guides/wifi-calling-makers.json"),
    include_str!("../../../../core/guides/wifi-calling-support.json"),
];

/// The test network of ITU-T E.212, of which no real SIM is.
const NETWORK: &str = "00101";

fn key(seed: u64) -> Option<Ed25519KeyPair> {
    Ed25519KeyPair::from_seed_unchecked(&sha256(format!("{seed}/guides").as_bytes())).ok()
}

/// Where the guides are, and who signs them.
pub(crate) fn in_profile(api: &mut Value, origin: &str, seed: u64) {
    let Some(key) = key(seed) else { return };
    api["guideUrl"] = json!(format!("{origin}{PATH}"));
    api["guideKeys"] = json!([{ "id": KEY_ID, "ed25519": STANDARD.encode(key.public_key().as_ref()) }]);
}

pub(super) async fn read(State(shared): State<Arc<Shared>>) -> Result<Json<Value>, Refusal> {
    let SandboxOptions { seed, operator, .. } = shared.world().options;
    let key = key(seed).ok_or(Refusal::not_found("There is no key."))?;
    let payload = issued(operator).to_string();
    let signature = key.sign(payload.as_bytes());
    Ok(Json(json!({
        "payload": STANDARD.encode(payload.as_bytes()),
        "signature": STANDARD.encode(signature.as_ref()),
        "keyId": KEY_ID,
    })))
}

/// The next version of the guides.
fn issued(operator: OperatorName) -> Value {
    let mut whole = Map::new();
    for part in PARTS {
        let Ok(Value::Object(part)) = serde_json::from_str(part) else { continue };
        for (name, value) in part {
            match (whole.get_mut(&name), value) {
                (Some(Value::Array(list)), Value::Array(more)) => list.extend(more),
                (_, value) => drop(whole.insert(name, value)),
            }
        }
    }
    let mut whole = Value::Object(whole);
    whole["version"] = json!(whole["version"].as_u64().unwrap_or_default() + 1);
    whole["expires"] = json!("2099-01-01T00:00:00Z");
    whole["probePolicy"]["enabled"] = json!(false);
    if operator != OperatorName::Sandbox {
        // Its networks are in no guides: what its profile says of them counts.
        return whole;
    }
    let mut own = whole["operators"][0].clone();
    own["id"] = json!("sandbox");
    own["name"] = json!("Sandbox Mobile");
    own["plmns"] = json!([NETWORK]);
    own["epdg"] =
        json!([{ "host": "epdg.sandbox.example", "from": "2026-01-01", "family": "unknown", "sources": ["K"] }]);
    if let Some(operators) = whole["operators"].as_array_mut() {
        operators.push(own);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guides_are_the_next_version_with_this_operator_and_without_the_check() {
        let issued = issued(OperatorName::Sandbox);
        assert_eq!(issued["version"], 2);
        assert_eq!(issued["probePolicy"]["enabled"], false);
        assert_eq!(issued["operators"].as_array().unwrap().len(), 3);
        assert!(issued["guides"].as_array().unwrap().len() > 20);
    }

    #[test]
    fn every_part_that_the_core_ships_is_issued() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/guides");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let shipped = files.filter(|file| file.file_name().unwrap() != "schema.json");
        let mut shipped: Vec<String> = shipped.map(|file| std::fs::read_to_string(file).unwrap()).collect();
        let mut parts = PARTS.to_vec();
        shipped.sort();
        parts.sort_unstable();
        assert_eq!(parts, shipped);
    }
}
