//! From a body to its reports: envelopes opened, tasks flattened, errors and foreign documents told apart.

use std::fmt;

use serde::Serialize;

use super::Refusal;
use crate::operator::tolerant::{self, Findings, Node, WarningKind};

/// The form of a query that is carried out by and by (TMF677 `QueryUsageConsumption`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Task {
    /// The id to ask its result by.
    pub id: Option<String>,
    /// How far it is.
    pub state: TaskState,
}

/// How far a task is: the states of all generations, folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// Taken on (`acknowledged`, `accepted`).
    Accepted,
    /// Being carried out, or without results and without a word: ask again.
    InProgress,
    /// Done.
    Done,
    /// Refused.
    Rejected,
    /// Called off.
    Cancelled,
    /// Broken off.
    TerminatedWithError,
}

impl TaskState {
    /// Reads a state whatever its case, also with a dotted sub-state.
    fn parse(text: &str) -> Option<Self> {
        let folded: String =
            text.split('.').next().unwrap_or("").chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        Some(match folded.to_ascii_lowercase().as_str() {
            "accepted" | "acknowledged" => TaskState::Accepted,
            "inprogress" | "pending" | "running" => TaskState::InProgress,
            "done" | "completed" => TaskState::Done,
            "rejected" => TaskState::Rejected,
            "cancelled" | "canceled" => TaskState::Cancelled,
            "terminatedwitherror" | "failed" => TaskState::TerminatedWithError,
            _ => return None,
        })
    }

    fn is_failure(self) -> bool {
        matches!(self, TaskState::Rejected | TaskState::Cancelled | TaskState::TerminatedWithError)
    }

    fn is_waiting(self) -> bool {
        matches!(self, TaskState::Accepted | TaskState::InProgress)
    }
}

impl fmt::Display for TaskState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TaskState::Accepted => "accepted",
            TaskState::InProgress => "in progress",
            TaskState::Done => "done",
            TaskState::Rejected => "rejected",
            TaskState::Cancelled => "cancelled",
            TaskState::TerminatedWithError => "terminated with error",
        })
    }
}

/// An opened body.
#[derive(Debug)]
pub(super) struct Answer<'v> {
    /// The task, when the body is one.
    pub(super) task: Option<Task>,
    /// The reports, in the document's order.
    pub(super) entries: Vec<Entry<'v>>,
    /// Reports that are not read because they are not done; they still tell the generation.
    pub(super) unread: Vec<Entry<'v>>,
}

/// One report (`usageConsumptionReport`, or an element of a task's `usageConsumption`).
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'v> {
    /// The report.
    pub(super) node: Node<'v>,
    /// What its task asked for, which may name the line the report does not.
    pub(super) criteria: Option<Node<'v>>,
}

/// Members under which operators put the standard's body.
const ENVELOPES: &[&str] = &["data", "result", "results", "response", "payload"];
/// Members that only TMF677 has.
const USAGE_MEMBERS: &[&str] =
    &["usageConsumption", "bucket", "bucketRefOrValue", "bucketBalance", "bucketCounter", "consumptionSummary"];
/// Members that together with a dated report or its type make a report without buckets.
const SUBJECT_MEMBERS: &[&str] = &["logicalResource", "product", "service"];
/// Where a report has its buckets.
pub(super) const BUCKETS: &[&str] = &["bucketRefOrValue", "bucket"];
const STATE: &[&str] = &["state", "status"];

/// Opens a body.
pub(super) fn open<'v>(root: Node<'v>, findings: &mut Findings) -> Result<Answer<'v>, Refusal> {
    let mut node = root.sole();
    // MTN puts an array in `data`; nobody nests deeper than two envelopes.
    for _ in 0..3 {
        match enclosed(node) {
            Some(inner) => node = inner.sole(),
            None => break,
        }
    }

    let mut answer = Answer { task: None, entries: Vec::new(), unread: Vec::new() };
    let mut failed = None;
    let mut error = None;
    let mut understood = false;
    let mut any = false;
    let mut request_only = false;
    for document in node.elements() {
        any = true;
        if is_task(document) {
            match open_task(document, &mut answer, findings) {
                Opened::Waiting | Opened::Results => understood = true,
                Opened::Failed(state) => failed = failed.or(Some(state)),
                Opened::Request => request_only = true,
            }
        } else if is_report(document) {
            understood = true;
            answer.entries.push(Entry { node: document, criteria: None });
        } else {
            error = error.or_else(|| error_body(document));
        }
    }
    if understood {
        return Ok(answer);
    }
    if let Some(state) = failed {
        return Err(Refusal::TaskFailed { state });
    }
    if request_only {
        return Err(Refusal::RequestOnly);
    }
    if let Some(refusal) = error.or_else(|| error_body(root)) {
        return Err(refusal);
    }
    if (!any && root.value().is_array()) || is_bare_envelope(root) {
        findings.note(root.place(), WarningKind::EmptyAnswer);
        return Ok(answer);
    }
    Err(Refusal::NotUsage)
}

fn enclosed(node: Node<'_>) -> Option<Node<'_>> {
    if !node.value().is_object() || is_usage(node) {
        return None;
    }
    node.get(ENVELOPES).filter(|inner| inner.value().is_object() || inner.value().is_array())
}

/// `{"resultCode": "0", "data": []}`.
fn is_bare_envelope(root: Node<'_>) -> bool {
    root.value().as_object().is_some_and(|members| {
        ENVELOPES.iter().any(|name| members.get(*name).and_then(|value| value.as_array()).is_some_and(Vec::is_empty))
    })
}

fn is_usage(node: Node<'_>) -> bool {
    is_task(node) || is_report(node)
}

fn type_of(node: Node<'_>) -> String {
    node.text(&["@type", "@baseType"]).map(|text| text.to_ascii_lowercase()).unwrap_or_default()
}

fn is_task(node: Node<'_>) -> bool {
    node.has("usageConsumption") || node.has("searchCriteria") || type_of(node) == "queryusageconsumption"
}

fn is_report(node: Node<'_>) -> bool {
    if !node.value().is_object() {
        return false;
    }
    if USAGE_MEMBERS.iter().any(|name| node.has(name)) {
        return true;
    }
    let kind = type_of(node);
    kind.contains("usageconsumption")
        || (SUBJECT_MEMBERS.iter().any(|name| node.has(name))
            && (super::entry::COUNTED.iter().any(|name| node.has(name))
                || node
                    .list(SUBJECT_MEMBERS)
                    .any(|subject| subject.has("consumptionSummary") || subject.has("outOfBucketCounter"))))
}

enum Opened {
    Results,
    Waiting,
    Failed(TaskState),
    Request,
}

fn open_task<'v>(task: Node<'v>, answer: &mut Answer<'v>, findings: &mut Findings) -> Opened {
    let said = task.one(STATE);
    let state = said.and_then(|said| said.as_text()).and_then(TaskState::parse);
    if let (Some(said), None) = (said, state) {
        findings.note(said.place(), WarningKind::UnknownTaskState);
    }
    let id = task.text(&["id"]).and_then(short_id);
    let criteria = task.one(&["searchCriteria"]);
    let mut outcome = TaskOutcome::default();
    if let Some(state) = state.filter(|state| state.is_failure()) {
        return Opened::Failed(state);
    }
    let mut entries = Vec::new();
    if state.is_some_and(TaskState::is_waiting) {
        // The operator says that it still counts: numbers given all the same are not final.
        for node in task.list(&["usageConsumption"]).filter(|node| super::entry::holds_usage(*node)) {
            findings.note(node.place(), WarningKind::TaskNotDone);
            answer.unread.push(Entry { node, criteria });
        }
    } else {
        for node in task.list(&["usageConsumption"]) {
            let own_state = node.text(STATE).and_then(TaskState::parse);
            match own_state {
                Some(state) if state.is_failure() => {
                    outcome.failed = outcome.failed.or(Some(state));
                    findings.note(node.place(), WarningKind::EntryFailed);
                }
                Some(state) if state.is_waiting() => {
                    outcome.waiting = true;
                    findings.note(node.place(), WarningKind::EntryNotDone);
                    answer.unread.push(Entry { node, criteria });
                }
                _ => entries.push(Entry { node, criteria }),
            }
        }
    }
    let has_results = !entries.is_empty();
    let state = match state {
        Some(state) => state,
        None if has_results => TaskState::Done,
        None => match outcome.failed {
            Some(state) if !outcome.waiting => return Opened::Failed(state),
            _ if id.is_none() => return Opened::Request,
            _ => TaskState::InProgress,
        },
    };
    answer.entries.append(&mut entries);
    // Of several tasks the first that is done speaks for the answer.
    let better = match &answer.task {
        None => true,
        Some(known) => known.state != TaskState::Done && state == TaskState::Done,
    };
    if better {
        answer.task = Some(Task { id, state });
    }
    if has_results { Opened::Results } else { Opened::Waiting }
}

#[derive(Default)]
struct TaskOutcome {
    failed: Option<TaskState>,
    waiting: bool,
}

/// Ids are opaque, but no operator's is a novel.
fn short_id(id: &str) -> Option<String> {
    (id.len() <= 256).then(|| id.to_owned())
}

fn error_body(node: Node<'_>) -> Option<Refusal> {
    tolerant::error_body(node).map(Refusal::ErrorBody)
}
