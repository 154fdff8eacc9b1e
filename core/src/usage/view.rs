//! What the usage screen draws, top to bottom: final texts, spoken texts, typed values and states.
//! The phone draws, the core decides.

use jiff::tz::TimeZone;

use super::state::{LineState, Now, UsageState};
use crate::operator::units::DataBase;
pub use crate::text::notice::{Notice, NoticeKind};
use crate::text::{Language, Text};

mod bucket;
mod costs;
pub mod history;
mod line;
mod notice;
mod pace;
mod plan;

pub(super) use bucket::{titles, unit};
pub(super) use costs::of_now as costs_of_now;
pub(super) use line::label;
pub(super) use notice::retry_at;

/// What the profile and the person decide about the presentation.
#[derive(Debug, Clone)]
pub struct Presentation<'a> {
    /// The person's language.
    pub language: Language,
    /// The operator's name as people know it.
    pub operator: &'a str,
    /// The operator's time zone: all dates and times are in it.
    pub zone: &'a TimeZone,
    /// Where a bar gets a word of warning, in percent of the allowance; the least counts.
    pub thresholds_percent: &'a [u8],
    /// How many bytes the operator's gigabyte has.
    pub data_base: DataBase,
}

/// The screen for what is known at a moment. Pure: the same state, clock and presentation give the same screen.
pub fn usage_view(state: &UsageState, now: &Now, presentation: &Presentation<'_>, revision: u64) -> UsageView {
    // Nobody's figures are on a screen that nobody is signed in to.
    let lines: &[LineState] = if state.signed_in { &state.lines } else { &[] };
    let phase = if !state.signed_in {
        UsagePhase::SignedOut
    } else if lines.iter().any(|line| line.kept.is_some() || line.not_entitled) {
        UsagePhase::Loaded
    } else {
        UsagePhase::NeverLoaded
    };
    UsageView {
        revision,
        phase,
        refreshing: state.signed_in && state.refreshing,
        notice: notice::notice(state, lines, now, presentation),
        lines: (1..)
            .zip(lines)
            .map(|(number, line)| line::view(line, number, lines.len(), now, presentation))
            .collect(),
        background_at_ms: None,
    }
}

/// The screen of a locked app: nothing of the person.
pub fn locked(revision: u64) -> UsageView {
    UsageView {
        revision,
        phase: UsagePhase::Locked,
        refreshing: false,
        notice: None,
        lines: Vec::new(),
        background_at_ms: None,
    }
}

/// The usage screen.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct UsageView {
    /// Grows with every change.
    pub revision: u64,
    /// Which of the designed states the screen is in.
    pub phase: UsagePhase,
    /// A refresh is running. Values stay where they are meanwhile.
    pub refreshing: bool,
    /// The one line at the top: what is the matter and since when. Absent when all is well.
    pub notice: Option<Notice>,
    /// The person's lines, in the operator's order, each under its stable id. A line without entitlement stays listed.
    pub lines: Vec<LineView>,
    /// When to ask in the background next, in milliseconds since 1970 UTC, for the phone's scheduler (`BGAppRefreshTask`,
    /// WorkManager): [`crate::usage::Usage::refresh_in_background`]. The phone may run it later, or never: nothing on a screen
    /// depends on it. Absent when nobody is signed in.
    pub background_at_ms: Option<i64>,
}

/// The designed states of the screen. "Old" and "failed with values" are `Loaded` with a badge and a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum UsagePhase {
    /// Nobody is signed in on this phone.
    SignedOut,
    /// Signed in, nothing loaded yet: a skeleton, and the reason in `notice` when it failed.
    NeverLoaded,
    /// There is something to show.
    Loaded,
    /// The app is locked: unlock it to see anything.
    Locked,
}

/// One line (one mobile subscription).
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LineView {
    /// The operator's stable id of the line.
    pub line_id: String,
    /// The masked number.
    pub label: Text,
    /// The plan's name.
    pub plan: Option<Text>,
    /// What is in the plan, as far as the operator tells.
    pub plan_contents: Vec<PlanRow>,
    /// Only when the plan began in the middle of this cycle: since when, and what that means for the figures.
    pub plan_note: Option<Text>,
    /// Only where the operator tells of no plan: in its place on the plan's own screen.
    pub plan_unknown: Option<Text>,
    /// The cycle's dates and the days left; the dates alone when it has ended, unless the hero's `detail` is these.
    pub cycle: Option<Text>,
    /// Until when the operator counted, or that it gives no time, or that there are no figures yet.
    pub dated: Text,
    /// How old the values are.
    pub badge: BadgeView,
    /// Only when it says something: more is used than time has passed, or will be by the end. Never of old figures, and not
    /// in the first three days of a cycle.
    pub pace: Option<PaceView>,
    /// The bucket that matters now.
    pub hero: Option<BucketView>,
    /// The other buckets, ranked.
    pub buckets: Vec<BucketView>,
    /// Whether there are days to show: ask [`Usage::history`](super::Usage::history).
    pub has_history: bool,
    /// What is paid beside the plan. Absent when the operator said nothing of it; zero only when it said zero.
    pub out_of_bundle: Option<OutOfBundleView>,
    /// Why there is nothing current to show: nothing counted yet this cycle, or not for this number. Values kept from
    /// before may stand beside it, marked by their badge.
    pub empty: Option<Text>,
    /// Until when the operator counted, in milliseconds since 1970 UTC. Absent when the operator gives no time.
    pub counted_at_ms: Option<i64>,
    /// Last answer, changed or not (200 or 304), in milliseconds since 1970 UTC. Absent before the first.
    pub checked_at_ms: Option<i64>,
    /// When these values came in (last 200), in milliseconds since 1970 UTC. Absent before the first.
    pub received_at_ms: Option<i64>,
}

/// One thing a plan holds.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PlanRow {
    /// What of: "Data", "Data, fair use", "Calls".
    pub title: Text,
    /// How much, in the operator's own words, or unlimited.
    pub amount: Text,
}

/// How fast an allowance is used.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PaceView {
    /// "A bit fast: at this pace 11–13 GB by 30 November".
    pub text: Text,
    /// How we know: what the range is made of. Absent where there is no range.
    pub assumption: Option<Text>,
}

/// How old values are.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BadgeView {
    /// For the icon.
    pub kind: BadgeKind,
    /// The words. Absent when fresh.
    pub text: Option<Text>,
}

/// How old values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum BadgeKind {
    /// Counted within the last hour.
    Fresh,
    /// Counted more than an hour ago.
    Aging,
    /// Counted more than a day ago.
    Old,
    /// The values are of a cycle that has ended; they are never "now".
    PreviousCycle,
    /// The same, and asked since it ended the operator still speaks of that cycle.
    RolloverPending,
    /// The operator gives no time.
    Unknown,
}

/// One allowance.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BucketView {
    /// The operator's id of the bucket.
    pub bucket_id: String,
    /// For the icon.
    pub kind: UsageKind,
    /// What it is: "Data", "Data abroad (EU)", "Calls".
    pub title: Text,
    /// The answer: "3.8 GB left", "Unlimited", "1.2 GB over".
    pub headline: Text,
    /// The rest of the sentence: "6.2 of 10 GB used".
    pub detail: Option<Text>,
    /// Why these figures are older than the others of the line: "newer figure unreadable, counted until 14:03". Absent
    /// where they are not.
    pub carried: Option<Text>,
    /// The bar. Absent where there is no percentage.
    pub bar: Option<BarView>,
    /// Whether these are figures of now; otherwise `headline` and `detail` say so in words.
    pub state: BucketState,
    /// Where the value is worth a word or an icon.
    pub level: BucketLevel,
    /// Typed values in the smallest unit (bytes, seconds, messages, cents), each only where the operator gave it.
    pub used: Option<u64>,
    /// What is left, never negative.
    pub remaining: Option<u64>,
    /// The whole allowance, where it is finite.
    pub total: Option<u64>,
}

/// What a bucket counts, for the icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum UsageKind {
    /// Mobile data.
    Data,
    /// Calls.
    Voice,
    /// SMS or MMS.
    Messages,
    /// Credit in money.
    Credit,
    /// Something else.
    Other,
}

/// Whether the figures of a bucket are of now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum BucketState {
    /// Of now: today is in its cycle.
    Current,
    /// Its cycle has not begun.
    Upcoming,
    /// Set aside for now by the operator.
    Suspended,
    /// Over: its cycle has ended, or the operator says it has expired.
    Ended,
}

/// How near the end of an allowance is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum BucketLevel {
    /// Below the operator's first threshold, or no percentage.
    Calm,
    /// At or over the first threshold (75 % by default).
    Warning,
    /// Used up, or beyond.
    Exhausted,
}

/// One shape for every bar: track, used part, tick of elapsed time, hatched part beyond.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BarView {
    /// Used part in permille of the track, 0 to 1000.
    pub used_permille: u32,
    /// The tick: how much of the cycle has passed, in permille.
    pub elapsed_permille: Option<u32>,
    /// More than the allowance is used: the end is hatched.
    pub over: bool,
    /// The percentage as text, floored: 99.9 % is "99%".
    pub text: String,
    /// "62 percent used".
    pub spoken: String,
}

/// Costs beside the plan.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OutOfBundleView {
    /// The sum.
    pub headline: Text,
    /// Split by kind; third parties apart.
    pub rows: Vec<OutOfBundleRow>,
}

/// One kind of cost beside the plan.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OutOfBundleRow {
    /// What for.
    pub title: Text,
    /// How much.
    pub amount: Text,
}

#[cfg(test)]
pub(super) mod samples;
#[cfg(test)]
mod tests;
