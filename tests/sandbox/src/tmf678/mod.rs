//! Bills: TMF678 Customer Bill, the billing accounts of TMF666 they are on, the document store of TMF667, and a document host
//! of its own origin. Which version the bodies are written in is a choice of the scene; the addresses stay those of version 5.
//!
//! | request | answer |
//! |---|---|
//! | `GET …/accountManagement/v4/billingAccount` | the person's private account; `[]` where the employer pays all |
//! | `GET …/customerBillManagement/v5/customerBill?billingAccount.id=&offset=&limit=&fields=` | bills, the latest first, without documents |
//! | `GET …/customerBill/{id}?fields=` | one bill with its document; version 4 answers with an array of one |
//! | `GET …/appliedCustomerBillingRate?bill.id=` or `?isBilled=false` | a bill's lines, or running costs |
//! | `POST …/customerBillOnDemand`, `GET …/{id}` | a task, done when it is read |
//! | `GET …/documentManagement/v4/document/{id}` | where a document is |
//! | `GET {document host}/documents/{id}.pdf?expires=&signature=` | its bytes: no token, strong ETag, ranges |

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::http::{NO_STORE, Refusal, conditional, pairs, signed_in, single};
use crate::options::BillDialect;
use crate::people::Person;
use crate::state::{Shared, World};

mod books;
mod host;
mod pattern;
mod pdf;
mod wire;

use books::{Bill, Books};
use pdf::Printed;
use wire::Wire;

pub use host::DocumentFaults;
pub(crate) use host::router as document_host;

const SCOPE: &str = "bill.read";
/// What a page holds when no limit is asked for, and at most.
const PAGE: usize = 20;
const LARGEST_PAGE: usize = 100;

pub(crate) fn router() -> Router<Arc<Shared>> {
    let (bills, accounts, store) = (wire::BASE, wire::ACCOUNTS, wire::STORE);
    Router::new()
        .route(&format!("{accounts}/billingAccount"), get(list_accounts))
        .route(&format!("{bills}/customerBill"), get(list_bills))
        .route(&format!("{bills}/customerBill/{{id}}"), get(read_bill))
        .route(&format!("{bills}/appliedCustomerBillingRate"), get(list_lines))
        .route(&format!("{bills}/customerBillOnDemand"), post(make_bill))
        .route(&format!("{bills}/customerBillOnDemand/{{id}}"), get(read_task))
        .route(&format!("{store}/document/{{id}}"), get(read_document))
}

/// Whether there is a private account that invoices go to.
pub(crate) fn pays(person: &Person) -> bool {
    pattern::habits(person).is_some()
}

fn books_of(world: &World, person: &Person) -> Option<Books> {
    books::books(person, world.options.seed, world.clock.now())
}

async fn list_accounts(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?;
    let query = pairs(query.unwrap_or_default().as_bytes());
    if single(&query, "relatedParty.id").is_some_and(|sub| sub != person.sub) {
        return Err(Refusal::forbidden("These are another person's accounts."));
    }
    let wire = Wire::of(&world, &shared.origin, &shared.document_origin);
    let account = books::account(person, world.options.seed);
    let body: Vec<Value> = account.iter().map(|account| wire.account(person, account)).collect();
    Ok(conditional(&headers, &Value::Array(body), 3_600))
}

async fn list_bills(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?;
    let query = pairs(query.unwrap_or_default().as_bytes());
    let Some(books) = own_books(&world, person, &query)? else { return Ok(page(&headers, &query, Vec::new(), 3_600)) };
    let wire = Wire::of(&world, &shared.origin, &shared.document_origin);
    let bodies = books.bills.iter().map(|bill| projected(wire.bill(person, &books, bill, false), &query));
    Ok(page(&headers, &query, bodies.collect(), 3_600))
}

async fn read_bill(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?;
    let (books, bill) = found(&world, person, |bill| bill.id == id)?;
    let wire = Wire::of(&world, &shared.origin, &shared.document_origin);
    let query = pairs(query.unwrap_or_default().as_bytes());
    let body = projected(wire.bill(person, &books, &bill, true), &query);
    // As some operators do.
    let body = if wire.dialect == BillDialect::V4 { json!([body]) } else { body };
    Ok((NO_STORE, Json(body)).into_response())
}

async fn list_lines(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?;
    let query = pairs(query.unwrap_or_default().as_bytes());
    let Some(books) = own_books(&world, person, &query)? else { return Ok(page(&headers, &query, Vec::new(), 300)) };
    let wire = Wire::of(&world, &shared.origin, &shared.document_origin);
    let asked = (single(&query, "bill.id"), single(&query, "isBilled"));
    let billed = books.bills.iter().filter(|bill| asked.0.is_none_or(|id| id == bill.id));
    let billed = billed.flat_map(|bill| bill.lines.iter().map(|line| wire.line(&books, line, Some(bill))));
    let running = books.running.iter().map(|line| wire.line(&books, line, None));
    let bodies: Vec<Value> = match asked {
        (Some(_), _) | (None, Some("true")) => billed.collect(),
        (None, Some("false")) => running.collect(),
        (None, _) => billed.chain(running).collect(),
    };
    let max_age = if asked.0.is_some() { 86_400 } else { 300 };
    Ok(page(&headers, &query, bodies, max_age))
}

async fn make_bill(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?;
    let books = books_of(&world, person).ok_or(Refusal::not_found("There is no private account."))?;
    Ok((StatusCode::CREATED, NO_STORE, Json(task(&books, "inProgress"))).into_response())
}

async fn read_task(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?;
    let books = books_of(&world, person).ok_or(Refusal::not_found("There is no private account."))?;
    let mut body = task(&books, "done");
    if body["id"] != id {
        return Err(Refusal::not_found("There is no such task."));
    }
    if let Some(latest) = books.bills.first() {
        body["customerBill"] = json!({ "id": latest.id, "@referredType": "CustomerBill" });
    }
    Ok((NO_STORE, Json(body)).into_response())
}

fn task(books: &Books, state: &str) -> Value {
    json!({
        "id": format!("OD-{}", books.account),
        "state": state,
        "billingAccount": { "id": books.account },
        "@type": "CustomerBillOnDemand",
    })
}

async fn read_document(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?;
    let (_, bill) = found(&world, person, |bill| Wire::document_id(bill) == id)?;
    let wire = Wire::of(&world, &shared.origin, &shared.document_origin);
    Ok((NO_STORE, Json(wire.stored(person, &bill))).into_response())
}

/// The books asked for; none: there is no private account.
fn own_books(world: &World, person: &Person, query: &[(String, String)]) -> Result<Option<Books>, Refusal> {
    let books = books_of(world, person);
    let account = books.as_ref().map(|books| books.account.as_str());
    let foreign = single(query, "billingAccount.id").is_some_and(|asked| Some(asked) != account)
        || single(query, "relatedParty.id").is_some_and(|asked| asked != person.sub);
    if foreign { Err(Refusal::forbidden("This is another person's account.")) } else { Ok(books) }
}

fn found(world: &World, person: &Person, is_meant: impl Fn(&Bill) -> bool) -> Result<(Books, Bill), Refusal> {
    let none = Refusal::not_found("There is no such bill.");
    let books = books_of(world, person).ok_or(none.clone())?;
    let bill = books.bills.iter().find(|bill| is_meant(bill)).cloned().ok_or(none)?;
    Ok((books, bill))
}

/// The members asked for with `fields`; `id`, `href` and types come anyway.
fn projected(mut body: Value, query: &[(String, String)]) -> Value {
    let Some(fields) = single(query, "fields") else { return body };
    let wanted: Vec<&str> = fields.split(',').map(str::trim).collect();
    if let Some(members) = body.as_object_mut() {
        members.retain(|name, _| {
            name == "id" || name == "href" || name.starts_with('@') || wanted.contains(&name.as_str())
        });
    }
    body
}

/// The page asked for with `offset` and `limit`, and how many there are in all.
fn page(headers: &HeaderMap, query: &[(String, String)], all: Vec<Value>, max_age: u32) -> Response {
    let number = |name: &str| single(query, name).and_then(|text| text.parse::<usize>().ok());
    let total = all.len();
    let limit = number("limit").unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let shown: Vec<Value> = all.into_iter().skip(number("offset").unwrap_or(0)).take(limit).collect();
    let counts = [("x-total-count", total), ("x-result-count", shown.len())];
    let counts = counts.map(|(name, count)| (HeaderName::from_static(name), count.to_string()));
    (counts, conditional(headers, &Value::Array(shown), max_age)).into_response()
}

/// Who a document is of, and its bytes.
fn document(shared: &Shared, world: &World, id: &str) -> Option<Printed> {
    let wire = Wire::of(world, &shared.origin, &shared.document_origin);
    world.people.iter().find_map(|person| {
        let (_, bill) = found(world, person, |bill| Wire::document_id(bill) == id).ok()?;
        Some(wire.pdf(person, &bill))
    })
}

/// The bytes of the printed document of the bill with this id.
pub(crate) fn document_of_bill(shared: &Shared, id: &str) -> Option<Vec<u8>> {
    let world = shared.world();
    let wire = Wire::of(&world, &shared.origin, &shared.document_origin);
    world.people.iter().find_map(|person| {
        let (_, bill) = found(&world, person, |bill| bill.id == id).ok()?;
        Some(wire.pdf(person, &bill).bytes.to_vec())
    })
}
