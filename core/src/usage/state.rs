//! What the usage room knows at one moment: kept values with their three times, what is running and what failed last.
//! The view is computed from this and a clock reading, nothing else.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::history::History;
use super::model::LineUsage;
use super::plan::Plan;
use crate::problem::Problem;
pub use crate::session::Line;

/// Everything the view needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UsageState {
    /// Somebody is signed in, or was until the operator ended the session.
    pub signed_in: bool,
    /// The person's lines with what is kept of each, in the operator's order.
    pub lines: Vec<LineState>,
    /// A refresh is running.
    pub refreshing: bool,
    /// What went wrong at the last attempt; none after a success.
    pub failure: Option<Failure>,
}

/// A failed attempt. It never erases a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong.
    pub problem: Problem,
    /// Since when it has been going wrong: the first failure after the last success.
    pub since: Timestamp,
    /// The last failure: what the operator asks to wait counts from here.
    pub at: Timestamp,
}

/// One line of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineState {
    /// Which line.
    pub line: Line,
    /// The plan, where the operator told it. Without a name and without contents: asked for it, the operator told of none.
    pub plan: Option<Plan>,
    /// Day by day, as far as the operator told it.
    pub days: Arc<History>,
    /// What the operator last said of its consumption.
    pub kept: Option<Kept>,
    /// The operator refuses usage for this line (403 or 404): listed, with the reason, never hiding the others.
    pub not_entitled: bool,
}

/// Kept values. Three times on every value: counted (inside), checked, received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The values, with the operator's counted time.
    pub usage: LineUsage,
    /// Last 200 or 304.
    pub checked_at: Timestamp,
    /// Last 200.
    pub received_at: Timestamp,
}

/// One reading of trusted time, in the operator's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The instant, by the operator's clock where we can know it.
    pub at: Timestamp,
    /// The civil date in the operator's time zone.
    pub today: Date,
    /// Minutes by which the phone's wall clock is off, when more than five.
    pub clock_off_minutes: Option<i64>,
}
