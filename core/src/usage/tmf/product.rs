//! Reading TMF637 Product Inventory for what is shown of it: what the plan of a line is called, and what is in it.

use jiff::tz::TimeZone;

use super::bucket::short;
use super::vocabulary::{self, Where};
use crate::operator::tolerant::{self, Moment, Node, Words};
use crate::session::Line;
use crate::usage::model::{BucketStatus, Zone};
use crate::usage::plan::{Content, ContentAmount, ContentKind, Plan};

/// Members under which operators put the standard's list.
const ENVELOPES: &[&str] = &["data", "result", "results", "product", "products"];
/// No person has more products; what follows is not looked at.
const MAX_PRODUCTS: usize = 200;
/// No plan is described by more.
const MAX_CONTENTS: usize = 12;

/// The first product in use that names the line; or of the only one in use, where the person has only one
/// line (`sole`). None when there is no such product or the document cannot be read.
pub(crate) fn read(body: &[u8], line: &Line, sole: bool, zone: &TimeZone) -> Option<Plan> {
    let document = tolerant::parse(body).ok()?;
    let root = Node::root(&document);
    let products = if is_product(root) { root.elements() } else { root.list(ENVELOPES) };
    let in_use: Vec<Node<'_>> = products.take(MAX_PRODUCTS).filter(|product| is_in_use(*product)).collect();
    let of_line = in_use.iter().copied().find(|product| names(*product, line));
    let only = match in_use.as_slice() {
        [only] if sole => Some(*only),
        _ => None,
    };
    let product = of_line.or(only)?;
    let offering = product.one(&["productOffering"]).and_then(|offering| offering.text(&["name"]));
    let name = offering.or_else(|| product.text(&["name"])).map(short)?;
    let contents = product.list(&["productCharacteristic"]).filter_map(content).take(MAX_CONTENTS).collect();
    let began = product.text(&["startDate", "startDateTime"]).and_then(Moment::parse);
    Some(Plan { name, contents, since: began.and_then(|moment| moment.first_day(zone)) })
}

/// A characteristic that says how much of a service the plan holds. Others are the operator's own business: serial numbers,
/// the line, codes.
fn content(characteristic: Node<'_>) -> Option<Content> {
    let words = Words::of(characteristic.text(&["name"])?);
    let service = vocabulary::service(&words)?;
    let value = characteristic.one(&["value"])?;
    let written = value.as_text().or_else(|| value.text(&["value", "alias"]))?;
    let amount = if vocabulary::says_unlimited(written) {
        ContentAmount::Unlimited
    } else if written.chars().any(|c| c.is_ascii_digit()) {
        ContentAmount::Written(short(written))
    } else {
        return None;
    };
    let kind = if ["fair", "fup"].iter().any(|word| words.has(word)) {
        ContentKind::FairUse
    } else if ["shared", "team", "pool"].iter().any(|word| words.has(word)) {
        ContentKind::Shared
    } else {
        ContentKind::Own
    };
    let zone = match vocabulary::zone(&words) {
        Some(Where::In(zone)) => zone,
        Some(Where::RoamingSomewhere) => Zone::RoamingWorld,
        None => Zone::National,
    };
    Some(Content { service, zone, kind, amount })
}

/// A list of products or one alone, not an envelope around them.
fn is_product(node: Node<'_>) -> bool {
    node.value().is_array() || node.has("productOffering") || node.has("name") || node.has("status")
}

/// Active, or nothing is said.
fn is_in_use(product: Node<'_>) -> bool {
    let status = product.one(&["status", "state"]);
    status.is_none_or(|status| status.as_text().and_then(vocabulary::status) == Some(BucketStatus::Active))
}

/// Whether a product says that it serves the line, by id or number, in any of the places TMF637 has for it.
fn names(product: Node<'_>, line: &Line) -> bool {
    let is_line = |text: &str| {
        text == line.id || line.msisdn.as_deref().is_some_and(|number| tolerant::same_number(text, number))
    };
    let members = [&["realizingService"], &["realizingResource"], &["productCharacteristic"]];
    let listed = members.into_iter().flat_map(|member| product.list(member));
    let named = listed.flat_map(|entry| [&["id"], &["name"], &["value"]].map(|name| entry.text(name))).flatten();
    let own = [&["productSerialNumber"], &["publicIdentifier"]].into_iter().filter_map(|name| product.text(name));
    named.chain(own).any(is_line)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::usage::model::Service;

    fn brussels() -> TimeZone {
        jiff::tz::get!("Europe/Brussels")
    }

    #[test]
    fn a_plan_begins_on_the_operators_day() {
        let cases = [
            (json!("2026-11-11T23:30:00Z"), Some("2026-11-12")),
            (json!("2026-11-12T00:00:00+01:00"), Some("2026-11-12")),
            (json!("2026-11-12"), Some("2026-11-12")),
            (json!("soon"), None),
            (json!(null), None),
        ];
        for (start, expected) in cases {
            let product = json!({"name": "M", "startDate": start}).to_string();
            let line = Line { id: "line-1".to_owned(), msisdn: None };
            let plan = read(product.as_bytes(), &line, true, &brussels()).unwrap();
            assert_eq!(plan.since.map(|day| day.to_string()).as_deref(), expected, "{start}");
        }
    }

    fn name(products: Value) -> Option<String> {
        name_for(products, true)
    }

    fn name_for(products: Value, sole: bool) -> Option<String> {
        let line = Line { id: "line-1".to_owned(), msisdn: Some("+32470123456".to_owned()) };
        read(products.to_string().as_bytes(), &line, sole, &brussels()).map(|plan| plan.name)
    }

    #[test]
    fn what_a_plan_holds_is_told_by_services_and_nothing_else_of_it_is() {
        let characteristic = |name: &str, value: Value| json!({"name": name, "value": value});
        let product = json!({"name": "M", "productCharacteristic": [
            characteristic("msisdn", json!("+32470123456")),
            characteristic("data", json!("10 GB")),
            characteristic("dataFairUse", json!({"value": "40 GB", "@type": "X"})),
            characteristic("sharedData", json!("100 GB")),
            characteristic("data roaming EU", json!("4.2 GB")),
            characteristic("voice", json!("Unlimited")),
            characteristic("sms", json!("yes")),
            characteristic("iccid", json!("8932")),
            characteristic("puk", json!("12345678")),
            {}, null,
        ]});
        let line = Line { id: "line-1".to_owned(), msisdn: None };
        let plan = read(product.to_string().as_bytes(), &line, true, &brussels()).unwrap();
        let written = |text: &str| ContentAmount::Written(text.to_owned());
        let told: Vec<_> = plan.contents.into_iter().map(|c| (c.service, c.zone, c.kind, c.amount)).collect();
        assert_eq!(
            told,
            [
                (Service::Data, Zone::National, ContentKind::Own, written("10 GB")),
                (Service::Data, Zone::National, ContentKind::FairUse, written("40 GB")),
                (Service::Data, Zone::National, ContentKind::Shared, written("100 GB")),
                (Service::Data, Zone::RoamingEu, ContentKind::Own, written("4.2 GB")),
                (Service::Voice, Zone::National, ContentKind::Own, ContentAmount::Unlimited),
            ]
        );
    }

    #[test]
    fn the_product_that_names_the_line_is_its_plan() {
        let other = json!({"status": "active", "name": "Other", "realizingService": [{"id": "line-2"}]});
        for place in [
            json!({"realizingService": [{"id": "line-1"}]}),
            json!({"realizingService": {"id": " line-1 "}}),
            json!({"realizingResource": [{"id": "7", "value": "0470 12 34 56"}]}),
            json!({"productCharacteristic": [{"name": "msisdn", "value": "+32470123456"}]}),
            json!({"productCharacteristic": [{}, null, 7, {"name": "msisdn", "value": 32_470_123_456_u64}]}),
            json!({"productSerialNumber": "+32470123456"}),
            json!({"publicIdentifier": "tel:+32470123456"}),
        ] {
            let mut mine = json!({"status": " Active", "name": "Instance", "productOffering": {"name": "Plan M"}});
            mine.as_object_mut().unwrap().extend(place.as_object().unwrap().clone());
            for products in [json!([other, mine]), json!({"data": [other, mine]})] {
                assert_eq!(name_for(products, false).as_deref(), Some("Plan M"), "{place}");
            }
        }
    }

    #[test]
    fn a_plan_is_never_guessed_among_several_products_or_lines() {
        assert_eq!(name(json!({"name": "Only"})).as_deref(), Some("Only"));
        assert_eq!(name_for(json!({"name": "Only"}), false), None);
        assert_eq!(name(json!([{"name": "A"}, {"name": "B"}])), None);
        assert_eq!(name(json!([{"name": " "}])), None);
        assert_eq!(name(json!("nothing")), None);
    }

    #[test]
    fn only_a_product_in_use_is_a_plan() {
        for (status, expected) in [
            (json!(null), Some("A")),
            (json!("ACTIVE "), Some("A")),
            (json!(["active"]), Some("A")),
            (json!("active.reduced"), Some("A")),
            (json!("pendingActive"), None),
            (json!("terminated"), None),
            (json!("aborted "), None),
            (json!(7), None),
        ] {
            assert_eq!(name(json!([{"name": "A", "status": status}])).as_deref(), expected, "{status}");
        }
    }

    #[test]
    fn what_is_no_list_of_products_names_no_plan() {
        let line = Line { id: "line-1".to_owned(), msisdn: None };
        let deep = format!(r#"{{"name": "A", "x": {}{}}}"#, "[".repeat(200), "]".repeat(200));
        for body in ["", "<html>", "[", "{}", "[]", "null", r#"{"code": "404", "reason": "none"}"#, &deep] {
            assert_eq!(read(body.as_bytes(), &line, true, &brussels()), None, "{body}");
        }
        let long = json!({"name": "long ".repeat(1000)});
        assert!(name(long).is_some_and(|name| name.chars().count() <= 200));
    }
}
