//! TMF677 Usage Consumption: what was used on a line until now, in any of the four generations, by report or
//! by task. The generation is a choice of the scene; the addresses stay those of version 5.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};

use crate::http::{NO_STORE, Refusal, conditional, pairs, signed_in};
use crate::options::Dialect;
use crate::people::{Line, Person};
use crate::state::{Shared, World};
use crate::usage_data::{LineUsage, of_line};

mod g1;
mod g2;
mod g3;
mod g4;
mod wire;

pub(crate) use wire::Wire;

const SCOPE: &str = "usage.read";
const MAX_AGE_SECONDS: u32 = 60;

/// Names under which operators of one generation or another take the line.
const LINE_FILTERS: [&str; 6] = [
    "logicalResource.value",
    "logicalResource.id",
    "product.publicIdentifier",
    "publicIdentifier",
    "product.logicalResource.value",
    "service",
];

pub(crate) fn router() -> Router<Arc<Shared>> {
    let base = "/tmf-api/usageConsumption/v5";
    Router::new()
        .route(&format!("{base}/usageConsumptionReport"), get(list_reports))
        .route(&format!("{base}/usageConsumptionReport/{{id}}"), get(read_report))
        .route(&format!("{base}/queryUsageConsumption"), get(list_tasks).post(create_task))
        .route(&format!("{base}/queryUsageConsumption/{{id}}"), get(read_task).delete(delete_task))
}

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TaskState {
    Acknowledged,
    InProgress,
    Done,
}

impl TaskState {
    /// The value of the version 5 enumeration.
    fn name(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::InProgress => "inProgress",
            Self::Done => "done",
        }
    }
}

/// Posted tasks, until the next scene.
#[derive(Debug, Default)]
pub(crate) struct Tasks {
    tasks: HashMap<String, Task>,
    created: u64,
}

impl Tasks {
    /// The task of this id, when it is this person's.
    fn of(&mut self, id: &str, sub: &str) -> Result<&mut Task, Refusal> {
        let task = self.tasks.get_mut(id).filter(|task| task.sub == sub);
        task.ok_or(Refusal::not_found("There is no such task."))
    }
}

#[derive(Debug)]
struct Task {
    sub: String,
    numbers: Vec<String>,
    polls_left: u32,
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
    let usages = count(&world, person, &lines);
    let dialect = world.options.dialect;
    // The third generation knows tasks only.
    let body: Vec<Value> = if dialect == Dialect::G3 || (as_tasks && dialect == Dialect::G4) {
        vec![task_body(dialect, &person.sub, TaskState::Done, &usages, &wire)]
    } else {
        usages.iter().map(|usage| report_body(dialect, usage, &wire)).collect()
    };
    Ok(conditional(headers, &Value::Array(body), MAX_AGE_SECONDS))
}

async fn create_task(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Result<Response, Refusal> {
    let wire = shared.wire();
    let mut world = shared.world();
    let person = signed_in(&world, &headers, SCOPE)?;
    let request: Value =
        serde_json::from_slice(&body).map_err(|_| Refusal::Tmf(StatusCode::BAD_REQUEST, "The body is not JSON."))?;
    let lines = lines_asked_for(person, &search_criteria(&request))?;
    let task = Task {
        sub: person.sub.clone(),
        numbers: lines.iter().map(|line| line.number.clone()).collect(),
        polls_left: world.options.task_polls,
    };
    let (status, state) = match task.polls_left {
        0 => (StatusCode::CREATED, TaskState::Done),
        _ => (StatusCode::ACCEPTED, TaskState::Acknowledged),
    };
    let id = format!("query-{}", world.tasks.created + 1);
    let usages = count(&world, person, &lines);
    let body = task_body(world.options.dialect, &id, state, &usages, &wire);
    let location = wire.usage_href(&format!("queryUsageConsumption/{id}"));
    world.tasks.created += 1;
    world.tasks.tasks.insert(id, task);
    let answer = (status, [(header::LOCATION, location)], axum::Json(body));
    Ok(task_answer(state, answer.into_response()))
}

async fn read_task(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let wire = shared.wire();
    let mut world = shared.world();
    let sub = signed_in(&world, &headers, SCOPE)?.sub.clone();
    let task = world.tasks.of(&id, &sub)?;
    let state = match task.polls_left {
        0 => TaskState::Done,
        _ => TaskState::InProgress,
    };
    task.polls_left = task.polls_left.saturating_sub(1);
    let numbers = task.numbers.clone();
    let person = signed_in(&world, &headers, SCOPE)?;
    let lines: Vec<&Line> = person.lines.iter().filter(|line| numbers.contains(&line.number)).collect();
    let usages = count(&world, person, &lines);
    let body = task_body(world.options.dialect, &id, state, &usages, &wire);
    Ok(task_answer(state, axum::Json(body).into_response()))
}

async fn delete_task(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let mut world = shared.world();
    let sub = signed_in(&world, &headers, SCOPE)?.sub.clone();
    world.tasks.of(&id, &sub)?;
    world.tasks.tasks.remove(&id);
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Nobody keeps a task; one that is not done says when to come back.
fn task_answer(state: TaskState, answer: Response) -> Response {
    let wait = [(header::RETRY_AFTER, "1")];
    match state {
        TaskState::Done => (NO_STORE, answer).into_response(),
        _ => (NO_STORE, wait, answer).into_response(),
    }
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

fn task_body(dialect: Dialect, id: &str, state: TaskState, usages: &[LineUsage], wire: &Wire) -> Value {
    match dialect {
        Dialect::G1 | Dialect::G2 => {
            let reports = usages.iter().map(|usage| report_body(dialect, usage, wire));
            early_task(id, state, reports.collect(), wire)
        }
        Dialect::G3 => g3::task(id, state, usages, wire),
        Dialect::G4 => g4::task(id, state, usages, wire),
    }
}

/// The first two generations had a request resource with a free `status` instead of a `state`.
fn early_task(id: &str, state: TaskState, reports: Vec<Value>, wire: &Wire) -> Value {
    let (status, reports) = match state {
        TaskState::Done => ("done", reports),
        _ => ("InProgress", Vec::new()),
    };
    json!({
        "id": id,
        "href": wire.usage_href(&format!("queryUsageConsumption/{id}")),
        "status": status,
        "usageConsumption": reports,
    })
}

/// `searchCriteria` as the filters it stands for.
fn search_criteria(request: &Value) -> Vec<(String, String)> {
    let criteria = request.get("searchCriteria").unwrap_or(request);
    let mut filters = Vec::new();
    for (place, members) in [
        ("logicalResource", &["value", "id"][..]),
        ("product", &["publicIdentifier"]),
        ("service", &["id"]),
        ("relatedParty", &["id"]),
    ] {
        let items = criteria.get(place).and_then(Value::as_array);
        for item in items.into_iter().flatten() {
            let text = members.iter().find_map(|member| item.get(*member)?.as_str());
            let name = match place {
                "service" => place.to_owned(),
                _ => format!("{place}.{}", members.first().unwrap_or(&"id")),
            };
            filters.extend(text.map(|text| (name, text.to_owned())));
        }
    }
    filters
}

/// The person's lines the filters name; all they may read without a filter. A line of somebody else, a line
/// without the right to its usage, or another person is refused.
fn lines_asked_for<'a>(person: &'a Person, filters: &[(String, String)]) -> Result<Vec<&'a Line>, Refusal> {
    if filters.iter().any(|(name, value)| name == "relatedParty.id" && *value != person.sub) {
        return Err(Refusal::forbidden("This is another person's usage."));
    }
    let named: Vec<&str> = filters
        .iter()
        .filter(|(name, _)| LINE_FILTERS.contains(&name.as_str()))
        .map(|(_, value)| value.as_str())
        .collect();
    if named.is_empty() {
        return Ok(person.lines.iter().filter(|line| line.entitled).collect());
    }
    named
        .into_iter()
        .map(|name| {
            let line = person.lines.iter().find(|line| line.number == name || line.id == name);
            match line {
                Some(line) if line.entitled => Ok(line),
                Some(_) => Err(Refusal::forbidden("The usage of this line is not open to its user.")),
                None => Err(Refusal::forbidden("This line does not belong to the person signed in.")),
            }
        })
        .collect()
}
