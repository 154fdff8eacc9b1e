//! The core's own readers, by the requests whose answers they read, and the documents that tests have for each.

use std::path::Path;

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::activation::model::{KeptNumber, LineOrder, OrderStage};
use crate::operator::units::{CycleEnd, DataBase};
use crate::preferences::tmf::named::Array;
use crate::session::{Line, Lines};
use crate::vowifi::guide::signature;
use crate::{activation, invoices, preferences, session, usage, vowifi};

/// Whose the examples of the contract are: the token's `sub`, the line's id and its number.
const SUB: &str = "emma";
const LINE: &str = "line-1";
const NUMBER: &str = "+32470123456";

/// Reads an answer as the core reads that of a request. Panics where an example is not understood.
pub(super) fn read(id: &str, answer: &Value, is_example: bool) {
    let bytes = answer.to_string().into_bytes();
    let body = bytes.as_slice();
    let zone = TimeZone::UTC;
    let line = Line { id: LINE.to_owned(), msisdn: Some(NUMBER.to_owned()) };
    let lines = Lines(vec![line.clone()]);
    let how = invoices::tmf::HowToRead {
        accounts: None,
        me: (is_example || answer.to_string().contains(SUB)).then_some(SUB),
        time_zone: &zone,
        cycle_end: CycleEnd::Exclusive,
    };
    let is_understood = match id {
        "usage-report" => {
            let number = [NUMBER.to_owned()];
            let how = usage::tmf::HowToRead {
                lines: is_example.then_some(&number[..]),
                line_id: Some(LINE),
                me: Some(SUB),
                time_zone: &zone,
                data_base: DataBase::Decimal,
                cycle_end: CycleEnd::Exclusive,
            };
            usage::tmf::decode(body, &how).is_ok_and(|told| !told.lines.is_empty() && told.warnings.is_empty())
        }
        "products" => {
            let asked =
                usage::tmf::product::Asked { line: &line, others: &[], zone: &zone, data_base: DataBase::Decimal };
            let plan = usage::tmf::product::read(body, &asked).is_ok_and(|told| told.plan.is_some());
            let order = LineOrder {
                number: Some(NUMBER.to_owned()),
                ordered_ms: Some(0),
                ..activation::samples::bare_order(OrderStage::UnderWay)
            };
            let named = LineOrder { product: Some("p-1".to_owned()), ..order.clone() };
            let moving =
                LineOrder { kept: Some(KeptNumber { number: Some(NUMBER.to_owned()), donor: None }), ..order.clone() };
            let told = activation::tmf::read_lines(body, SUB, &[order, named, moving], &zone);
            plan && told.is_ok_and(|told| !told.found.is_empty())
        }
        "preferences" => {
            let how = preferences::tmf::HowToRead { line_id: LINE, msisdn: Some(NUMBER) };
            let told = preferences::tmf::communication::read(body, Some(&how), preferences::tmf::OwnNames::NONE);
            told.is_ok_and(|told| !told.preferences.is_empty() && told.warnings.is_empty())
        }
        "person" => named(body, Array::PartyCharacteristic),
        "line-service" => named(body, Array::Feature),
        "billing-accounts" => invoices::tmf::read_accounts(body, &how).is_ok_and(|read| !read.ids.is_empty()),
        "bills" => {
            invoices::tmf::read_bills(body, &how).is_ok_and(|read| !read.bills.is_empty() && read.warnings.is_empty())
        }
        "bill-lines" => {
            let read = invoices::tmf::read_lines(body, invoices::tmf::LinesOf::Bill("bill-1"), &how);
            let _ = invoices::tmf::read_lines(body, invoices::tmf::LinesOf::Running, &how);
            read.is_ok_and(|read| !read.lines.is_empty() && read.warnings.is_empty())
        }
        "bill-document" => {
            let _ = invoices::tmf::read_content(bytes.clone(), None);
            let id = answer.get("id").and_then(Value::as_str).unwrap_or("bill-1");
            invoices::tmf::read_bill(body, id, &how)
                .is_ok_and(|(bill, _)| bill.is_some_and(|bill| bill.pdf().is_some()))
        }
        "stored-document" => {
            let _ = invoices::tmf::read_content(bytes.clone(), None);
            invoices::tmf::read_document(body, &how).is_ok_and(|read| !read.documents.is_empty())
        }
        "wifi-services" => vowifi::tmf::read_services(body, &lines).is_ok_and(|told| !told.services.is_empty()),
        "wifi-order" => {
            let order = vowifi::line::Order {
                operation: "operation-1".to_owned(),
                line: LINE.to_owned(),
                service: "service-1".to_owned(),
                place: None,
                id: None,
                at_ms: 0,
                state: vowifi::line::OrderState::Unsent,
                sending_ms: None,
            };
            let _ = vowifi::tmf::read_new_order(body);
            vowifi::tmf::read_order(body, &order).is_ok_and(|told| told.is_some())
        }
        "guides" => {
            let bundled = vowifi::guide::file::bundled().unwrap();
            let refused = signature::verified(&bundled, body, &[]);
            refused == Err(signature::Notice::UnknownKey)
        }
        "line-orders" => activation::tmf::read_orders(body, SUB, &zone)
            .is_ok_and(|told| !told.found.is_empty() && told.warnings.is_empty()),
        "sims" => {
            activation::tmf::read_sims(body, SUB).is_ok_and(|told| !told.found.is_empty() && told.warnings.is_empty())
        }
        "sim-secret" => activation::read_secret(body, "activationCode", 0).is_some(),
        _ => session::contract::read(id, answer).is_some(),
    };
    assert!(is_understood || !is_example, "the example of {id} is not understood");
}

fn named(body: &[u8], array: Array) -> bool {
    preferences::tmf::named::read(body, array, preferences::tmf::OwnNames::NONE)
        .is_ok_and(|told| !told.preferences.is_empty() && told.warnings.is_empty())
}

/// Other documents of a request's answers: what tests have of them, and odd ones that are asked for more, for want of what is
/// asked for first.
pub(super) fn documents(id: &str) -> Vec<Value> {
    let odd = match id {
        "userinfo" => json!([{"sub": "emma", "userAssets": [{"id": "line-1", "role": {"id": "user"}}]}]),
        "usage-report" => json!([
            {"foo": 1}, {"code": "x"}, {"error": {"foo": 1}}, {"error": {"code": "x"}},
            {"bucket": [{"bucketCounter": []}], "product": [{"id": "p-1"}], "relatedParty": [{"id": "emma"}]},
            {"id": "q-1", "state": "done", "searchCriteria": {"logicalResource": [{"value": NUMBER}]},
             "usageConsumption": [{"bucket": [{"id": "b-1"}]}]},
        ]),
        "products" => json!([[{"name": "Plan", "status": "active"}]]),
        "preferences" => json!([[{"id": "1", "logicalResource": {"value": "+32470999999"}}]]),
        "bills" => json!([
            [{"id": "1", "billNo": "1", "characteristic": [{"name": "payment.reference", "value": {"value": "1"}}],
              "paymentMethod": {"name": "transfer"}}],
            [{"id": "1", "billNo": "1", "relatedParty": [{"role": "payee", "partyOrPartyRole": {"foo": 1}},
                                          {"partyOrPartyRole": {"id": "emma"}}]}],
        ]),
        "sims" => json!([[{"@type": "SIM", "id": "1"}]]),
        "line-orders" => {
            json!([[{"id": "1", "productOrderItem": [{"characteristic": [{"name": "msisdn", "value": NUMBER}]}]}]])
        }
        _ => json!([]),
    };
    let mut found: Vec<Value> = odd.as_array().unwrap().clone();
    let folders: &[(&str, &str)] = match id {
        "usage-report" => &[("tmf677", "")],
        "products" => &[("tmf637", "")],
        "billing-accounts" => &[("tmf678", "accounts")],
        "bills" => &[("tmf678", "bill"), ("tmf678", "trap"), ("tmf678", "credit")],
        "bill-lines" => &[("tmf678", "lines"), ("tmf678", "trap-amounts"), ("tmf678", "trap-dates")],
        "bill-document" => &[("tmf678", "trap-documents")],
        "stored-document" => &[("tmf678", "document-store")],
        "wifi-services" => &[("tmf638", "")],
        "wifi-order" => &[("tmf641", "")],
        "line-orders" => &[("tmf622", "")],
        "sims" => &[("tmf639", "")],
        _ => &[],
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    for (folder, part) in folders {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().unwrap().to_string_lossy().contains(part) {
                found.push(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap());
            }
        }
    }
    found
}
