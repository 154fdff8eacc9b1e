//! TMF637 Product Inventory in both versions: the plan on each of a person's lines, what it promises, and how it stands.

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use crate::activation::LineStanding;
use crate::clock::{wire_day, wire_time};
use crate::http::{Refusal, conditional, pairs, signed_in, single};
use crate::options::ActivationDialect as Dialect;
use crate::people::{Line, Person};
use crate::state::Shared;
use crate::tmf677::Wire;
use crate::usage_data::Moment;

pub(crate) fn router() -> Router<Arc<Shared>> {
    [Dialect::V4, Dialect::V5].into_iter().fold(Router::new(), |router, dialect| {
        let path = format!("{}/product", dialect.products());
        router.route(&path, get(move |state, query, headers| list(dialect, state, query, headers)))
    })
}

async fn list(
    dialect: Dialect,
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
    let lines = person.lines.iter().enumerate();
    let products = lines.map(|(place, line)| {
        let standing = world.line_standing(person, place);
        product(person, line, &standing, &moment, &wire, dialect)
    });
    Ok(conditional(&headers, &Value::Array(products.collect()), 300))
}

fn product(
    person: &Person,
    line: &Line,
    standing: &LineStanding,
    moment: &Moment,
    wire: &Wire,
    dialect: Dialect,
) -> Value {
    let mut characteristics = vec![dialect.characteristic("msisdn", &line.number)];
    characteristics.extend(line.plan.promises.iter().map(|(name, value)| dialect.characteristic(name, value)));
    // Old lines began years ago, those of getting started when they come; a new one in the cycle the scene opens in.
    let start = match (standing.begins, line.new_this_cycle, moment.new_plan) {
        (Some(begins), ..) => wire_time(begins),
        (None, true, _) => wire_time(moment.first_cycle.start),
        (None, false, Some(day)) => wire_day(day),
        (None, false, None) => "2024-03-01T00:00:00+01:00".to_owned(),
    };
    json!({
        "id": line.product_id,
        "href": format!("{}{}/product/{}", wire.origin, dialect.products(), line.product_id),
        "name": line.plan.name,
        "isBundle": false,
        "isCustomerVisible": true,
        "status": standing.status(dialect),
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
        "relatedParty": [party(person, wire, dialect)],
        "@type": "Product",
    })
}

fn party(person: &Person, wire: &Wire, dialect: Dialect) -> Value {
    let Person { sub, name, .. } = person;
    let href = wire.party_href(sub);
    match dialect {
        Dialect::V4 => json!({ "id": sub, "href": href, "name": name, "role": "user", "@referredType": "Individual" }),
        Dialect::V5 => json!({
            "role": "user",
            "partyOrPartyRole": {
                "id": sub, "href": href, "name": name, "@type": "PartyRef", "@referredType": "Individual",
            },
            "@type": "RelatedPartyOrPartyRole",
        }),
    }
}
