//! Reading TMF677 Usage Consumption in all four generations of its wire format into the one model.
//!
//! The generations differ in where a value stands and what it is called, not in what it means, so one tolerant reader
//! looks for every value in all its places; which generation a document is of is told by its keys, never by a version
//! in a URL. Other people's counters, foreign lines and account totals are dropped here and go nowhere.
//! Beside it, the one thing read of TMF637 Product Inventory: the plan's name (`product`).

mod balance;
mod bucket;
mod counter;
mod days;
mod dialect;
mod entry;
mod envelope;
mod lines;
mod naming;
mod numbers;
mod period;
pub mod product;
mod quantity;
mod refusal;
mod vocabulary;

use jiff::tz::TimeZone;
use serde::Serialize;

pub use dialect::Dialect;
pub use envelope::{Task, TaskState};
pub use refusal::Refusal;

use super::model::LineUsage;
use crate::operator::tolerant::{self, Findings, Node, Warning, WarningKind};
use crate::operator::units::{CycleEnd, DataBase};

/// What one must know to read an operator's document.
#[derive(Debug, Clone, Copy)]
pub struct HowToRead<'a> {
    /// The lines asked for, in E.164: entries about others are dropped. None keeps all, as when a document is inspected.
    pub lines: Option<&'a [String]>,
    /// The operator's stable id of the one line asked for, where documents may name it by that.
    pub line_id: Option<&'a str>,
    /// The person's party id (the token's `sub`), to tell their share of a shared bucket.
    pub me: Option<&'a str>,
    /// The operator's time zone, in which its cycles begin and end.
    pub time_zone: &'a TimeZone,
    /// How large this operator's GB is.
    pub data_base: DataBase,
    /// What this operator's end dates mean.
    pub cycle_end: CycleEnd,
}

/// What a document says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decoded {
    /// The generation of the wire format, by the document's keys.
    pub dialect: Dialect,
    /// The query task, when the document is one. While it is not done, `lines` is empty.
    pub task: Option<Task>,
    /// Each line once, in the document's order.
    pub lines: Vec<LineUsage>,
    /// Ids of hollow buckets: the document gives their used, remaining or total, but with a number or a unit that cannot be
    /// read, so it is missing in `lines` or there only as written. A value known from before is worth more.
    pub hollow: Vec<String>,
    /// What was odd, in the order met.
    pub warnings: Vec<Warning>,
}

impl Decoded {
    /// Whether something was left out because it is of other lines, of the account, of other people, or of nobody knows
    /// whom. Where nothing else came, that does not mean that nothing has been counted yet.
    pub fn about_other_lines(&self) -> bool {
        self.warnings.iter().any(|warning| match warning.kind {
            WarningKind::LineNotAskedFor
            | WarningKind::LineUnclear
            | WarningKind::AccountTotal
            | WarningKind::AnotherPersons
            | WarningKind::OthersDropped { .. }
            // What is not listed may be one of these.
            | WarningKind::More { .. } => true,
            _ => false,
        })
    }
}

/// Reads a document.
pub fn decode(body: &[u8], how: &HowToRead<'_>) -> Result<Decoded, Refusal> {
    let value = tolerant::parse(body)?;
    let mut findings = Findings::default();
    let answer = envelope::open(Node::root(&value), &mut findings)?;
    let (lines, hollow) = entry::read_all(&answer.entries, how, &mut findings);
    Ok(Decoded {
        dialect: dialect::detect(&answer),
        task: answer.task,
        lines,
        hollow,
        warnings: findings.into_warnings(&value),
    })
}
