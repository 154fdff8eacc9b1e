//! TMF639 resources in both versions: the SIM of a line. Its numbers are told by their last four digits only.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::secret::masked;
use super::situation::{Phase, SimType};
use super::{Dialect, Subject};

pub(super) fn resource(subject: &Subject, dialect: Dialect, now: Timestamp) -> Value {
    let Subject { origin, line, plan, situation, card, .. } = subject;
    let phase = plan.phase(now);
    let (collection, name) = match (dialect, situation.sim) {
        (Dialect::V5, SimType::Physical) => ("resource", "SIM card"),
        (Dialect::V5, SimType::Esim) => ("resource", "eSIM profile"),
        (Dialect::V4, SimType::Physical) => ("physicalResource", "SIM card"),
        (Dialect::V4, SimType::Esim) => ("logicalResource", "eSIM profile"),
    };
    let status = match phase {
        Phase::Acknowledged | Phase::Pending | Phase::Rejected => "reserved",
        Phase::InProgress | Phase::DonorReleased => "standby",
        Phase::Completed => "available",
    };
    let mut characteristics = vec![dialect.characteristic("msisdn", line.number.trim_start_matches('+'))];
    if let (SimType::Esim, Some(eid)) = (situation.sim, &card.eid) {
        let profile = situation.profile_state(phase, subject.happened.code_shown, now);
        characteristics.extend([
            dialect.characteristic("iccid", &masked(&card.iccid)),
            dialect.characteristic("eid", &masked(eid)),
            dialect.characteristic("profileState", profile),
        ]);
    }
    let mut resource = json!({
        "id": card.resource_id,
        "href": format!("{origin}{}/{collection}/{}", dialect.resources(), card.resource_id),
        "name": name,
        "resourceStatus": status,
        "operationalState": if phase == Phase::Completed { "enable" } else { "disable" },
        "resourceCharacteristic": characteristics,
        "relatedParty": [subject.party(dialect)],
        "@type": subject.sim_type(),
    });
    match situation.sim {
        SimType::Physical => {
            resource["category"] = json!("SIM card");
            resource["serialNumber"] = json!(masked(&card.iccid));
        }
        SimType::Esim => resource["@baseType"] = json!("LogicalResource"),
    }
    resource
}
