//! A line that was ordered: what the operator says of it, and what only the person can see. Pure: it is told what time it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::working_day::{Launched, Pace, limits, pace};

/// An order that gives a person a line (TMF622), as the operator tells it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineOrder {
    /// The operator's id for it.
    pub id: String,
    /// The operator's id for the product it gives (TMF637), where it tells one.
    pub product: Option<String>,
    /// The order's name for the part that gives the line, where it has one.
    pub item: Option<String>,
    /// The line's number in E.164; none where it is not told yet.
    pub number: Option<String>,
    /// What kind of SIM the line has.
    pub sim: SimKind,
    /// The number is one the person has already, at another operator. None: it is a new one.
    pub kept: Option<KeptNumber>,
    /// How far it is.
    pub stage: OrderStage,
    /// How the line it gives stands by the operator's inventory, which knows better than an order; none where nobody says.
    pub line: Option<LineState>,
    /// Why it is not done, where it is refused.
    pub reason: Option<RefusalReason>,
    /// When it was ordered, in milliseconds since 1970 UTC, as all times here.
    pub ordered_ms: Option<i64>,
    /// The agreed moment at which the line, or the number, moves; of a day without an hour its first one.
    pub starts_ms: Option<i64>,
    /// The agreed moment is a day without an hour.
    pub starts_on_a_day: bool,
    /// When the operator began with it, as it says itself.
    pub launched_ms: Option<i64>,
    /// When it was first seen to be under way.
    pub seen_under_way_ms: Option<i64>,
    /// When it was last seen to be under way still.
    pub undone_ms: Option<i64>,
    /// When it was seen to go on after it had been held up.
    pub resumed_ms: Option<i64>,
    /// When it was done.
    pub done_ms: Option<i64>,
    /// When it was first seen to have ended, whichever way; where it is told, when it did.
    pub ended_ms: Option<i64>,
    /// When the operator last told of it.
    pub told_ms: Option<i64>,
    /// Since when the operator's whole list leaves it out. None: it was in the last one.
    pub missing_since_ms: Option<i64>,
}

/// A number that is kept.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptNumber {
    /// The operator it comes from, as written.
    pub donor: Option<String>,
    /// It in E.164, where it is told: until it has moved, the line may have another.
    pub number: Option<String>,
}

/// What kind of SIM a line has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum SimKind {
    /// A card.
    Card,
    /// A profile that is downloaded.
    Esim,
    /// Nobody says.
    #[default]
    Unknown,
}

/// How far an order is, as the operator tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OrderStage {
    /// The operator has it and checks it.
    Requested,
    /// It is under way, or agreed for a day to come.
    UnderWay,
    /// The operator waits for the person or the employer.
    Waiting,
    /// It is done.
    Done,
    /// It is not done: refused, or gone wrong.
    Refused,
    /// It was taken back.
    Cancelled,
}

/// How the line of an order stands by the operator's inventory (TMF637 `product.status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LineState {
    /// It is entered, or being set up.
    Coming,
    /// It is in use.
    InUse,
    /// The operator has paused it.
    Suspended,
    /// It has ended.
    Ended,
    /// It was taken back before it was in use.
    Cancelled,
    /// Setting it up went wrong.
    Aborted,
}

/// Why an operator does not do what was ordered, by a table of codes: its own words are shown to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RefusalReason {
    /// Customer number or SIM number at the other operator do not fit.
    DonorData,
    /// The line at the other operator is not in use.
    DonorLineInactive,
    /// The employer's contract does not allow it.
    NotPermitted,
    /// Another.
    Other,
}

/// What only the person can see, for one order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The order it is about.
    pub order: String,
    /// The card, or the e-mail with the code, is there.
    pub has_sim: bool,
    /// The eSIM is on the phone.
    pub has_profile: bool,
    /// The old SIM has lost its signal.
    pub old_signal_gone: bool,
    /// The new SIM works.
    pub works: bool,
    /// When the operator had last told that the order was under way still, at the moment the person said that it works.
    pub undone_ms: Option<i64>,
    /// When the person said that it works, in milliseconds since 1970 UTC, where the code of its eSIM was done with thereby: one
    /// that was taken in until then is deleted, if not at once, then when the operator is asked next.
    pub code_spent_ms: Option<i64>,
}

/// A SIM as the operator's inventory has it (TMF639). Its number is not read, but where an operator calls it by that.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimCard {
    /// The operator's id for it, for its secrets.
    pub id: String,
    /// What it is.
    pub kind: SimKind,
    /// Where its profile is. Of a card always none.
    pub profile: Option<ProfileState>,
    /// The number of its line in E.164, where it is told.
    pub number: Option<String>,
}

/// Where an eSIM's profile is (SGP.22 §3.1 `ProfileState` and what operators call it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ProfileState {
    /// It waits to be downloaded.
    Released,
    /// It was downloaded.
    Downloaded,
    /// It is on a phone.
    Installed,
    /// It is on a phone and switched on.
    Enabled,
}

/// How a line stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The operator checks the order.
    Requested,
    /// The operator waits for the person or the employer.
    Waiting,
    /// It is agreed for a moment to come.
    Scheduled {
        /// When.
        at_ms: i64,
    },
    /// It is under way.
    Launched {
        /// Since when, where that is known.
        since_ms: Option<i64>,
        /// Against what is usual and what the law allows. Only where a number moves.
        pace: Pace,
    },
    /// It is done.
    Done,
    /// It is not done.
    Refused(RefusalReason),
    /// It was taken back.
    Cancelled,
    /// The operator has paused the line.
    Suspended,
    /// The line has ended.
    Ended,
}

impl LineOrder {
    /// How it stands: by the line where that is paused or over, else by the order.
    pub fn standing(&self, now_ms: i64) -> Standing {
        match self.line {
            Some(LineState::Suspended) => Standing::Suspended,
            Some(LineState::Ended) => Standing::Ended,
            _ => self.standing_of_order(now_ms),
        }
    }

    /// From when a new number works, while that is to come.
    pub fn starts_later_ms(&self, now_ms: i64) -> Option<i64> {
        self.starts_ms.filter(|at_ms| *at_ms > now_ms && self.kept.is_none())
    }

    fn standing_of_order(&self, now_ms: i64) -> Standing {
        match self.stage {
            OrderStage::Requested => Standing::Requested,
            OrderStage::Waiting => Standing::Waiting,
            OrderStage::Done => Standing::Done,
            OrderStage::Refused => Standing::Refused(self.reason.unwrap_or(RefusalReason::Other)),
            OrderStage::Cancelled => Standing::Cancelled,
            OrderStage::UnderWay => match self.starts_ms {
                Some(at_ms) if at_ms > now_ms && self.launched_ms.is_none() => Standing::Scheduled { at_ms },
                _ => self.launched(now_ms),
            },
        }
    }

    fn launched(&self, now_ms: i64) -> Standing {
        let pace = match (self.kept.is_some(), self.launch(), Timestamp::from_millisecond(now_ms)) {
            (true, Some(launched), Ok(now)) => pace(launched, now),
            _ => Pace::OnTime,
        };
        Standing::Launched { since_ms: self.since_ms(), pace }
    }

    /// Since when it is under way: as the operator says; else from the agreed moment, and not before it was seen to be so, for
    /// what was agreed may have been a wish. Time before it went on again is nobody's delay.
    pub(super) fn since_ms(&self) -> Option<i64> {
        self.launched_ms.or(self.starts_ms.max(self.seen_under_way_ms)).max(self.resumed_ms)
    }

    /// The same as the limits count it: a day without an hour may have begun at its last minute.
    pub(super) fn launch(&self) -> Option<Launched> {
        let since_ms = self.since_ms()?;
        let since = Timestamp::from_millisecond(since_ms).ok()?;
        let is_day = self.starts_on_a_day && self.launched_ms.is_none() && self.starts_ms == Some(since_ms);
        Some(if is_day { Launched::on_day_of(since) } else { Launched::At(since) })
    }

    /// Until when a move is within what is usual, and within what the law allows, in milliseconds since 1970 UTC. None where no
    /// number moves, or nobody knows since when.
    pub fn limits_ms(&self, now_ms: i64) -> Option<(i64, i64)> {
        self.kept.as_ref()?;
        if !matches!(self.standing(now_ms), Standing::Scheduled { .. } | Standing::Launched { .. }) {
            return None;
        }
        let (usual, allowed) = limits(self.launch()?)?;
        Some((usual.as_millisecond(), allowed.as_millisecond()))
    }

    /// The line that it gave was paused, or has ended.
    pub fn is_stopped(&self) -> bool {
        matches!(self.line, Some(LineState::Suspended | LineState::Ended))
    }

    /// The number that shows whether what was ordered is there: of a move the one that moves.
    pub fn awaited_number(&self) -> Option<&str> {
        match &self.kept {
            Some(kept) => kept.number.as_deref().or(self.number.as_deref()),
            None => self.number.as_deref(),
        }
    }
}

impl OrderStage {
    /// How far on the way; none for what is off it and says why.
    fn rank(self) -> Option<u8> {
        match self {
            OrderStage::Requested => Some(0),
            OrderStage::UnderWay => Some(1),
            OrderStage::Done => Some(2),
            OrderStage::Waiting | OrderStage::Refused | OrderStage::Cancelled => None,
        }
    }
}

/// What is known once the operator told of an order again. Nothing goes back without a reason: an answer that is older, or
/// that leaves out what was told before, takes nothing away; a refusal, a question to the person and a new date do.
pub fn merged(before: Option<&LineOrder>, told: LineOrder, now_ms: i64) -> LineOrder {
    let before = before.filter(|before| before.id == told.id);
    let mut merged = by_line(told, before);
    if let Some(before) = before {
        keep_stage(&mut merged, before);
        keep_facts(&mut merged, before);
        keep_clock(&mut merged, before, now_ms);
    }
    date(&mut merged, before, now_ms);
    merged
}

/// What the inventory says of the line counts before what the order says.
fn by_line(told: LineOrder, before: Option<&LineOrder>) -> LineOrder {
    let line = told.line.or(before.and_then(|before| before.line));
    let stage = match line {
        Some(LineState::InUse) => OrderStage::Done,
        Some(LineState::Cancelled) => OrderStage::Cancelled,
        Some(LineState::Aborted) => OrderStage::Refused,
        Some(LineState::Coming | LineState::Suspended | LineState::Ended) | None => told.stage,
    };
    let reason = (stage == OrderStage::Refused).then(|| told.reason.unwrap_or(RefusalReason::Other));
    LineOrder { line, stage, reason, ..told }
}

/// How far it was is not taken back by an answer that is older.
fn keep_stage(merged: &mut LineOrder, before: &LineOrder) {
    let goes_back = match (before.stage.rank(), merged.stage.rank()) {
        (Some(before), Some(told)) => told < before,
        // Once it is done there is nothing to wait for.
        (Some(2), None) => merged.stage == OrderStage::Waiting,
        _ => false,
    };
    if goes_back {
        merged.stage = before.stage;
    }
    // Who waited for somebody goes on from where that was, and not from the beginning.
    let was_under_way = before.stage == OrderStage::Waiting && before.seen_under_way_ms.is_some();
    if was_under_way && merged.stage == OrderStage::Requested {
        merged.stage = OrderStage::UnderWay;
    }
    // A reason that was told stays told.
    if merged.stage == OrderStage::Refused && merged.reason == Some(RefusalReason::Other) {
        merged.reason = before.reason.or(merged.reason);
    }
}

/// What an answer leaves out stays as it was told.
fn keep_facts(merged: &mut LineOrder, before: &LineOrder) {
    merged.product = merged.product.take().or_else(|| before.product.clone());
    merged.item = merged.item.take().or_else(|| before.item.clone());
    merged.number = merged.number.take().or_else(|| before.number.clone());
    merged.kept = match (merged.kept.take(), before.kept.clone()) {
        (Some(told), Some(known)) => {
            Some(KeptNumber { donor: told.donor.or(known.donor), number: told.number.or(known.number) })
        }
        (told, known) => told.or(known),
    };
    if merged.sim == SimKind::Unknown {
        merged.sim = before.sim;
    }
    merged.ordered_ms = merged.ordered_ms.or(before.ordered_ms);
    if merged.starts_ms.is_none() {
        (merged.starts_ms, merged.starts_on_a_day) = (before.starts_ms, before.starts_on_a_day);
    }
    merged.done_ms = merged.done_ms.or(before.done_ms);
    merged.undone_ms = before.undone_ms;
    merged.ended_ms = before.ended_ms;
}

/// Since when it is under way. What was held up begins anew: time that passed while it waited for somebody is nobody's delay,
/// also where the operator tells once more when it was first launched.
fn keep_clock(merged: &mut LineOrder, before: &LineOrder, now_ms: i64) {
    merged.resumed_ms = if before.stage.rank().is_none() { Some(now_ms) } else { before.resumed_ms };
    let was_refused = matches!(before.stage, OrderStage::Refused | OrderStage::Cancelled);
    // What was launched before it waited would hide the new date that is agreed now.
    let begins_anew = before.stage == OrderStage::Waiting && merged.stage == OrderStage::UnderWay;
    if !was_refused && !begins_anew {
        merged.launched_ms = merged.launched_ms.or(before.launched_ms);
        merged.seen_under_way_ms = merged.seen_under_way_ms.or(before.seen_under_way_ms);
    }
}

/// What is dated by when it was seen.
fn date(merged: &mut LineOrder, before: Option<&LineOrder>, now_ms: i64) {
    if merged.stage == OrderStage::UnderWay && merged.seen_under_way_ms.is_none() {
        merged.seen_under_way_ms = Some(now_ms);
    }
    if merged.stage == OrderStage::UnderWay {
        merged.undone_ms = Some(now_ms);
    }
    let has_ended = matches!(merged.stage, OrderStage::Done | OrderStage::Refused | OrderStage::Cancelled);
    // What had ended before anybody looked ended long ago, unless it says when.
    let is_news = before.is_some() || merged.stage == OrderStage::Refused;
    let first_seen_ms = if is_news { now_ms } else { merged.ordered_ms.unwrap_or(0) };
    merged.ended_ms = if has_ended { merged.ended_ms.or(merged.done_ms).or(Some(first_seen_ms)) } else { None };
}

/// An order holds a number and where it comes from.
impl std::fmt::Debug for LineOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LineOrder").field("sim", &self.sim).field("stage", &self.stage).finish_non_exhaustive()
    }
}

/// Its id may be its number, as operators choose.
impl std::fmt::Debug for SimCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SimCard").field("kind", &self.kind).field("profile", &self.profile).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for KeptNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeptNumber")
    }
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
