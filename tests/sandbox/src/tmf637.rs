//! TMF637 Product Inventory: the plan on each of a person's lines, and what it promises.

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use crate::clock::{wire_day, wire_time};
use crate::http::{Refusal, conditional, pairs, signed_in, single};
use crate::people::{Line, Person};
use crate::state::Shared;
use crate::tmf677::Wire;
use crate::usage_data::Moment;

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/tmf-api/productInventory/v5/product", get(list))
}

async fn list(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let wire = shared.wire();
    let world = shared.world();
    let person = signed_in(&world, &headers, "line.read")?;
    let query = pairs(query.unwrap_or_default().as_bytes());
    if single(&query, "relatedParty.id").is_some_and(|sub| sub != person.sub) {
        return Err(Refusal::forbidden("These are another person's products."));
    }
    let moment = world.moment();
    let products = person.lines.iter().map(|line| product(person, line, &moment, &wire));
    Ok(conditional(&headers, &Value::Array(products.collect()), 300))
}

fn product(person: &Person, line: &Line, moment: &Moment, wire: &Wire) -> Value {
    let characteristic = |name: &str, value: &str| json!({ "name": name, "value": value, "valueType": "string", "@type": "StringCharacteristic" });
    let mut characteristics = vec![characteristic("msisdn", &line.number)];
    characteristics.extend(line.plan.promises.iter().map(|(name, value)| characteristic(name, value)));
    // Old lines began years ago; a new one in the cycle the scene opens in.
    let start = match (line.new_this_cycle, moment.new_plan) {
        (true, _) => wire_time(moment.first_cycle.start),
        (false, Some(day)) => wire_day(day),
        (false, None) => "2024-03-01T00:00:00+01:00".to_owned(),
    };
    json!({
        "id": line.product_id,
        "href": wire.product_href(&line.product_id),
        "name": line.plan.name,
        "isBundle": false,
        "isCustomerVisible": true,
        "status": "active",
        "startDate": start,
        "productOffering": {
            "id": line.plan.id,
            "name": line.plan.name,
            "@type": "ProductOfferingRef",
            "@referredType": "ProductOffering",
        },
        "productCharacteristic": characteristics,
        "realizingResource": [{
            "id": line.id,
            "value": line.number,
            "@type": "LogicalResourceRef",
            "@referredType": "MSISDN",
        }],
        "relatedParty": [{
            "role": "user",
            "partyOrPartyRole": {
                "id": person.sub,
                "href": wire.party_href(&person.sub),
                "name": person.name,
                "@type": "PartyRef",
                "@referredType": "Individual",
            },
            "@type": "RelatedPartyOrPartyRole",
        }],
        "@type": "Product",
    })
}
