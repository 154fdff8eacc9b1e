//! Reading TMF637 Product Inventory for what is shown of it: what the plan of a line is called, and what is in it.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::bucket::short;
use super::vocabulary::{self, Where};
use super::{Refusal, quantity};
use crate::operator::product::{self, ProductStatus};
use crate::operator::tolerant::{self, Findings, Moment, Node, Warning, WarningKind, Words};
use crate::operator::units::DataBase;
use crate::session::Line;
use crate::usage::model::Zone;
use crate::usage::plan::{Content, ContentAmount, ContentKind, Plan};

/// No plan is described by more.
const MAX_CONTENTS: usize = 12;

/// Whose plan is looked for, and what one must know to read it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The line.
    pub line: &'a Line,
    /// The person's other lines: a product that names one of them is not this one's.
    pub others: &'a [Line],
    /// The operator's time zone.
    pub zone: &'a TimeZone,
    /// How large this operator's GB is.
    pub data_base: DataBase,
}

/// What a document says of the line's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The plan. None when there is none of the line.
    pub plan: Option<Plan>,
    /// What was odd.
    pub warnings: Vec<Warning>,
}

/// The first product in use that names the line; or of the only one in use, where the person has only one line. Fails on
/// a document that cannot be read at all.
pub fn read(body: &[u8], asked: &Asked<'_>) -> Result<Told, Refusal> {
    let document = tolerant::parse(body)?;
    let mut findings = Findings::default();
    let plan = plan(Node::root(&document), asked, &mut findings);
    Ok(Told { plan, warnings: findings.into_warnings(&document) })
}

fn plan(root: Node<'_>, asked: &Asked<'_>, findings: &mut Findings) -> Option<Plan> {
    let mut in_use = product::products(root, findings);
    in_use.retain(|product| is_in_use(*product));
    let of_line = in_use.iter().copied().find(|product| names(*product, asked.line));
    in_use.retain(|product| !asked.others.iter().any(|other| names(*product, other)));
    let product = match (of_line, in_use.as_slice()) {
        (Some(product), _) => product,
        (None, [only]) if asked.others.is_empty() => *only,
        (None, []) => return None,
        (None, _) => {
            findings.note(root.place(), WarningKind::PlanUnclear);
            return None;
        }
    };
    let offering = product.one(&["productOffering"]).and_then(|offering| offering.text(&["name"]));
    let Some(name) = offering.or_else(|| product.text(&["name"])).map(short) else {
        findings.note(product.place(), WarningKind::PlanUnnamed);
        return None;
    };
    let mut contents = Vec::new();
    for characteristic in product.list(&["productCharacteristic"]) {
        contents.extend(content(characteristic, asked.data_base, findings));
        if contents.len() > MAX_CONTENTS {
            contents.truncate(MAX_CONTENTS);
            findings.note(product.place(), WarningKind::TooMany);
            break;
        }
    }
    Some(Plan { name, contents, since: since(product, asked.zone, findings) })
}

/// The plan's first day.
fn since(product: Node<'_>, zone: &TimeZone, findings: &mut Findings) -> Option<Date> {
    let date = product.one(&["startDate", "startDateTime"])?;
    let day = date.as_text().and_then(Moment::parse).and_then(|moment| moment.first_day(zone));
    if day.is_none() {
        findings.note(date.place(), WarningKind::UnreadableDate);
    }
    day
}

/// A characteristic that says how much of a service the plan holds. Others are the operator's own business: serial numbers,
/// the line, codes.
fn content(characteristic: Node<'_>, data_base: DataBase, findings: &mut Findings) -> Option<Content> {
    let words = Words::of(characteristic.text(&["name"])?);
    let service = vocabulary::service(&words)?;
    let value = characteristic.one(&["value"])?;
    let written = value.as_text().or_else(|| value.text(&["value", "alias"]));
    let amount = match written {
        Some(written) if vocabulary::says_unlimited(written) => ContentAmount::Unlimited,
        Some(written) if written.chars().any(|c| c.is_ascii_digit()) => quantity::of_text(written, &service, data_base)
            .map_or_else(|| ContentAmount::Written(short(written)), ContentAmount::Known),
        _ => {
            findings.note(value.place(), WarningKind::ContentUnclear);
            return None;
        }
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

/// Active, or nothing is said.
fn is_in_use(product: Node<'_>) -> bool {
    product::status(product).is_none_or(|status| status == Some(ProductStatus::Active))
}

/// Whether a product says that it serves the line.
fn names(product: Node<'_>, line: &Line) -> bool {
    product::serves(product, |text| {
        text == line.id || line.msisdn.as_deref().is_some_and(|number| tolerant::same_number(text, number))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::operator::product::MAX_PRODUCTS;
    use crate::usage::model::{Amount, Service};

    fn brussels() -> TimeZone {
        jiff::tz::get!("Europe/Brussels")
    }

    fn of_line(body: &[u8], line: &Line, sole: bool) -> Result<Told, Refusal> {
        let other = [Line { id: "line-2".to_owned(), msisdn: None }];
        let others = if sole { &[] } else { &other[..] };
        read(body, &Asked { line, others, zone: &brussels(), data_base: DataBase::Decimal })
    }

    #[test]
    fn every_oddity_is_a_typed_warning_with_its_place() {
        let long: Vec<Value> = (0..20).map(|_| json!({"name": "data", "value": "1 GB"})).collect();
        let many: Vec<Value> = (0..=MAX_PRODUCTS).map(|_| json!({"status": "terminated"})).collect();
        let cases = [
            (json!([7, {"name": "A"}]), Some("A"), "[0]", WarningKind::NotAnObject),
            (json!([{"name": "A"}, {"name": "B"}]), None, "", WarningKind::PlanUnclear),
            (json!([{"id": "1", "status": "active"}]), None, "[0]", WarningKind::PlanUnnamed),
            (json!([{"name": "A", "startDate": "soon"}]), Some("A"), "[0].startDate", WarningKind::UnreadableDate),
            (json!([{"name": "A", "productCharacteristic": long}]), Some("A"), "[0]", WarningKind::TooMany),
            (json!(many), None, "", WarningKind::TooMany),
            (
                json!([{"name": "A", "productCharacteristic": [{"name": "data", "value": "yes"}]}]),
                Some("A"),
                "[0].productCharacteristic[0].value",
                WarningKind::ContentUnclear,
            ),
        ];
        let line = Line { id: "line-1".to_owned(), msisdn: None };
        for (document, name, path, kind) in cases {
            let told = of_line(document.to_string().as_bytes(), &line, true).unwrap();
            assert_eq!(told.plan.map(|plan| plan.name).as_deref(), name, "{document}");
            assert_eq!(told.warnings, [Warning { path: path.to_owned(), kind }], "{document}");
        }
    }

    #[test]
    fn an_amount_in_known_units_is_a_number_and_any_other_stays_as_it_is_written() {
        let known = [
            ("data", "10 GB", Amount::Bytes(10_000_000_000)),
            ("data", "500MB", Amount::Bytes(500_000_000)),
            ("data", "1,5 GB", Amount::Bytes(1_500_000_000)),
            ("voice", "120 min", Amount::Seconds(7200)),
            ("sms", "5000", Amount::Count(5000)),
        ];
        let written = ["10 GB per month", "10-20 GB", "GB 10", "1.234 GB", "10 parsec"];
        let line = Line { id: "line-1".to_owned(), msisdn: None };
        let amount = |service: &str, value: &str| {
            let product =
                json!({"name": "M", "productCharacteristic": [{"name": service, "value": value}]}).to_string();
            of_line(product.as_bytes(), &line, true).unwrap().plan.unwrap().contents.remove(0).amount
        };
        for (service, value, expected) in known {
            assert_eq!(amount(service, value), ContentAmount::Known(expected), "{value}");
        }
        for value in written {
            assert_eq!(amount("data", value), ContentAmount::Written(value.to_owned()), "{value}");
        }
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
            let told = of_line(product.as_bytes(), &line, true).unwrap();
            assert_eq!(told.plan.unwrap().since.map(|day| day.to_string()).as_deref(), expected, "{start}");
        }
    }

    fn name(products: Value) -> Option<String> {
        name_for(products, true)
    }

    fn name_for(products: Value, sole: bool) -> Option<String> {
        let line = Line { id: "line-1".to_owned(), msisdn: Some("+32470123456".to_owned()) };
        of_line(products.to_string().as_bytes(), &line, sole).unwrap().plan.map(|plan| plan.name)
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
        let told = of_line(product.to_string().as_bytes(), &line, true).unwrap();
        let warnings: Vec<_> = told.warnings.iter().map(|warning| (warning.path.as_str(), warning.kind)).collect();
        assert_eq!(warnings, [("productCharacteristic[6].value", WarningKind::ContentUnclear)]);
        let plan = told.plan.unwrap();
        let gigabytes = |tenths: u64| ContentAmount::Known(Amount::Bytes(tenths * 100_000_000));
        let told: Vec<_> = plan.contents.into_iter().map(|c| (c.service, c.zone, c.kind, c.amount)).collect();
        assert_eq!(
            told,
            [
                (Service::Data, Zone::National, ContentKind::Own, gigabytes(100)),
                (Service::Data, Zone::National, ContentKind::FairUse, gigabytes(400)),
                (Service::Data, Zone::National, ContentKind::Shared, gigabytes(1000)),
                (Service::Data, Zone::RoamingEu, ContentKind::Own, gigabytes(42)),
                (Service::Voice, Zone::National, ContentKind::Own, ContentAmount::Unlimited),
            ]
        );
    }

    #[test]
    fn a_product_of_another_line_of_the_persons_is_not_held_against_this_one() {
        let line = Line { id: "line-1".to_owned(), msisdn: None };
        let others = json!([{"name": "Other", "realizingService": [{"id": "line-2"}]}]);
        let told = of_line(others.to_string().as_bytes(), &line, false).unwrap();
        assert_eq!(told, Told { plan: None, warnings: Vec::new() });
        let unknown = json!([{"name": "Other", "realizingService": [{"id": "line-3"}]}]);
        let told = of_line(unknown.to_string().as_bytes(), &line, false).unwrap();
        assert_eq!((told.plan, told.warnings[0].kind), (None, WarningKind::PlanUnclear));
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
        for body in ["", "<html>", "[", &deep] {
            assert!(of_line(body.as_bytes(), &line, true).is_err(), "{body}");
        }
        for body in ["{}", "[]", "null", r#"{"code": "404", "reason": "none"}"#] {
            assert_eq!(of_line(body.as_bytes(), &line, true), Ok(Told { plan: None, warnings: Vec::new() }), "{body}");
        }
        let long = json!({"name": "long ".repeat(1000)});
        assert!(name(long).is_some_and(|name| name.chars().count() <= 200));
    }
}
