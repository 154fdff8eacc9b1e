//! TMF677 Usage Consumption: what was used on a line until now, in any of the four generations, by report or
//! by task. The generation is a choice of the scene; the addresses stay those of version 5.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde_json::Value;

use crate::http::{Refusal, conditional, pairs, signed_in};
use crate::options::Dialect;
use crate::people::{Line, Person};
use crate::state::{Shared, World};
use crate::usage_data::{LineUsage, of_line};

mod days;
mod filters;
mod g1;
mod g2;
mod g3;
mod g4;
mod tasks;
mod wire;

use filters::lines_asked_for;
use tasks::{TaskState, task_body};

pub(crate) use tasks::Tasks;
pub(crate) use wire::Wire;

const SCOPE: &str = "usage.read";
const MAX_AGE_SECONDS: u32 = 60;

pub(crate) fn router() -> Router<Arc<Shared>> {
    let base = "/tmf-api/usageConsumption/v5";
    Router::new()
        .route(&format!("{base}/usageConsumptionReport"), get(list_reports))
        .route(&format!("{base}/usageConsumptionReport/{{id}}"), get(read_report))
        .route(&format!("{base}/queryUsageConsumption"), get(list_tasks).post(tasks::create_task))
        .route(&format!("{base}/queryUsageConsumption/{{id}}"), get(tasks::read_task).delete(tasks::delete_task))
}

async fn list_reports(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    list(&shared, query, &headers, false)
}

async fn read_report(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let wire = shared.wire();
    let world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?;
    let lines = lines_asked_for(person, &[])?;
    let usages = count(&world, person, &lines);
    let bodies = usages.iter().map(|usage| report_body(world.options.dialect, usage, &wire));
    let report = bodies.into_iter().find(|body| body["id"] == id);
    let report = report.ok_or(Refusal::not_found("There is no such report."))?;
    Ok(conditional(&headers, &report, MAX_AGE_SECONDS))
}

async fn list_tasks(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    list(&shared, query, &headers, true)
}

fn list(shared: &Shared, query: Option<String>, headers: &HeaderMap, as_tasks: bool) -> Result<Response, Refusal> {
    let wire = shared.wire();
    let world = shared.world();
    let person = signed_in(&world, headers, SCOPE)?;
    let query = pairs(query.unwrap_or_default().as_bytes());
    let lines = lines_asked_for(person, &query)?;
    let mut usages = count(&world, person, &lines);
    let from = days::asked_from(&query);
    if let Some(from) = from {
        let moment = world.moment();
        usages.iter_mut().for_each(|usage| usage.tell_days(from, &moment));
    }
    let dialect = world.options.dialect;
    // The third generation knows tasks only.
    let mut body: Vec<Value> = if dialect == Dialect::G3 || (as_tasks && dialect == Dialect::G4) {
        vec![task_body(dialect, &person.sub, TaskState::Done, &usages, &wire)]
    } else {
        usages.iter().map(|usage| report_body(dialect, usage, &wire)).collect()
    };
    if from.is_some() {
        days::add_to_all(&mut body, &usages);
    }
    Ok(conditional(headers, &Value::Array(body), MAX_AGE_SECONDS))
}

fn count<'a>(world: &World, person: &'a Person, lines: &[&'a Line]) -> Vec<LineUsage<'a>> {
    let moment = world.moment();
    lines.iter().map(|line| of_line(person, line, &moment)).collect()
}

fn report_body(dialect: Dialect, usage: &LineUsage, wire: &Wire) -> Value {
    match dialect {
        Dialect::G1 => g1::report(usage, wire),
        Dialect::G2 => g2::report(usage, wire),
        Dialect::G3 => g3::report(usage, wire),
        Dialect::G4 => g4::report(usage, wire),
    }
}
