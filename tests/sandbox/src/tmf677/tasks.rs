//! `queryUsageConsumption` as a task: posted, asked for until it is done, deleted.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::filters::{lines_asked_for, search_criteria};
use super::wire::Wire;
use super::{SCOPE, count, g3, g4, report_body};
use crate::http::{NO_STORE, Refusal, signed_in};
use crate::options::Dialect;
use crate::people::Line;
use crate::state::Shared;
use crate::usage_data::LineUsage;

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TaskState {
    Acknowledged,
    InProgress,
    Done,
}

impl TaskState {
    /// The value of the version 5 enumeration.
    pub(super) fn name(self) -> &'static str {
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

pub(super) async fn create_task(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
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

pub(super) async fn read_task(
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

pub(super) async fn delete_task(
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

pub(super) fn task_body(dialect: Dialect, id: &str, state: TaskState, usages: &[LineUsage], wire: &Wire) -> Value {
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
