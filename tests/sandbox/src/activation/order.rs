//! TMF622 product orders in both versions. Version 4 has neither milestones nor error messages: why it refuses is a note.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::situation::{Phase, Plan, SimType};
use super::{Dialect, Subject};
use crate::clock::wire_time;

pub(super) fn order(subject: &Subject, dialect: Dialect, now: Timestamp) -> Value {
    let Subject { origin, line, plan, .. } = subject;
    let phase = plan.phase(now);
    let id = format!("po-{}", line.id);
    let state = state(phase, dialect);
    let mut order = json!({
        "id": id,
        "href": format!("{origin}{}/productOrder/{id}", dialect.orders()),
        "orderDate": wire_time(plan.ordered()),
        "requestedStartDate": wire_time(plan.requested),
        "productOrderItem": [item(subject, dialect, state)],
        "relatedParty": [subject.party(dialect)],
        "@type": "ProductOrder",
    });
    if !(subject.situation.is_told_by_items && dialect == Dialect::V5) {
        order["state"] = json!(state);
    }
    if let Some(expected) = plan.expected {
        order["requestedCompletionDate"] = json!(wire_time(expected));
        order["expectedCompletionDate"] = json!(wire_time(expected));
    }
    if let Some(completed) = plan.since(Phase::Completed, now) {
        order["completionDate"] = json!(wire_time(completed));
    }
    if dialect == Dialect::V5 {
        order["creationDate"] = order["orderDate"].clone();
        order["milestone"] = milestones(subject, now);
    }
    if let (Phase::Rejected, Some(refused)) = (phase, plan.since(Phase::Rejected, now)) {
        refuse(&mut order, dialect, &wire_time(refused));
    }
    order
}

fn state(phase: Phase, dialect: Dialect) -> &'static str {
    match (phase, dialect) {
        (Phase::Acknowledged, _) => "acknowledged",
        (Phase::Pending, _) => "pending",
        (Phase::Rejected, _) => "rejected",
        (Phase::InProgress | Phase::DonorReleased, Dialect::V4) => "inProgress",
        (Phase::InProgress, Dialect::V5) => "inProgress.accepted",
        (Phase::DonorReleased, Dialect::V5) => "inProgress.donorLineReleased",
        (Phase::Completed, _) => "completed",
    }
}

fn item(subject: &Subject, dialect: Dialect, state: &str) -> Value {
    let Subject { line, plan, situation, .. } = subject;
    let number = line.number.trim_start_matches('+');
    let sim = match situation.sim {
        SimType::Physical => "physical",
        SimType::Esim => "eSIM",
    };
    let mut characteristics = vec![dialect.characteristic("simType", sim), dialect.characteristic("msisdn", number)];
    if let Some(donor) = situation.donor {
        let requested = wire_time(plan.requested);
        characteristics.extend([
            dialect.characteristic("portIn.number", number),
            dialect.characteristic("portIn.requestedDate", &requested),
            dialect.characteristic("portIn.donor", donor),
        ]);
    }
    json!({
        "id": "1",
        "quantity": 1,
        "action": "add",
        "state": state,
        "productOffering": { "id": line.plan.id, "name": line.plan.name, "@type": "ProductOfferingRef" },
        "product": {
            "id": line.product_id,
            "name": line.plan.name,
            "productCharacteristic": characteristics,
            "realizingResource": [{
                "id": subject.card.resource_id,
                "name": "SIM",
                "@type": "ResourceRef",
                "@referredType": subject.sim_type(),
            }],
            "@type": "Product",
        },
        "@type": "ProductOrderItem",
    })
}

/// What was reached, with its date, and what is to come.
fn milestones(subject: &Subject, now: Timestamp) -> Value {
    let plan: &Plan = &subject.plan;
    let known: &[(&str, Phase)] = match subject.situation.donor {
        Some(_) => &[
            ("portInLaunched", Phase::InProgress),
            ("donorLineReleased", Phase::DonorReleased),
            ("lineActive", Phase::Completed),
        ],
        None => &[("orderAccepted", Phase::InProgress), ("lineActive", Phase::Completed)],
    };
    let milestone = |(name, phase): &(&str, Phase)| {
        let mut milestone = json!({ "name": name, "status": "pending", "@type": "Milestone" });
        if let Some(at) = plan.since(*phase, now) {
            milestone["status"] = json!("completed");
            milestone["milestoneDate"] = json!(wire_time(at));
        }
        milestone
    };
    known.iter().map(milestone).collect()
}

/// The other operator does not recognise what the employer wrote.
fn refuse(order: &mut Value, dialect: Dialect, at: &str) {
    match dialect {
        Dialect::V4 => {
            order["note"] = json!([{
                "id": "1",
                "author": "Sandbox Mobile",
                "date": at,
                "text": "Refused: the customer number or SIM number is not the one the other operator has.",
                "@type": "Note",
            }]);
        }
        Dialect::V5 => {
            order["productOrderErrorMessage"] = json!([{
                "code": "DONOR_DATA_MISMATCH",
                "reason": "Donor data mismatch",
                "message": "The customer number or SIM number is not the one the other operator has.",
                "timestamp": at,
                "productOrderItem": [{ "itemId": "1", "@type": "ProductOrderItemRef" }],
                "@type": "ProductOrderErrorMessage",
            }]);
        }
    }
}
