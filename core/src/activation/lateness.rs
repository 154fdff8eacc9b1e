//! A move that took longer than the law allows, and until when compensation can be asked for: also once the number has moved,
//! within six months of the request to move it, at the new operator, by whoever has the contract (BIPT, "There was a delay in
//! porting your number").

use jiff::{Timestamp, ToSpan};

use super::model::{LineOrder, OrderStage, Said, Standing};
use super::working_day::{Pace, belgium, end_of, limits};

/// What the law has an operator pay for each day a move is late, as most do and as some do (BIPT).
pub const DAILY_CENTS: [i64; 2] = [300, 500];
/// So long after the request to move the number.
const CLAIM_MONTHS: i32 = 6;

/// A move that is late, or was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lateness {
    /// When it was launched.
    pub launched: Timestamp,
    /// The operator says so itself; else it was launched then at the latest, for then it was seen to be under way.
    pub is_launch_told: bool,
    /// When the day had ended by which it had to be done.
    pub allowed_until: Timestamp,
    /// How it ended.
    pub end: LateEnd,
    /// The moment from which compensation can no longer be asked for.
    pub claim_until: Timestamp,
}

/// How a late move ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LateEnd {
    /// It is not done yet.
    Open,
    /// It was done at this moment, as the operator says.
    Done(Timestamp),
    /// It is done since; at this moment it was not, as the operator said then.
    AfterAll(Timestamp),
}

/// What is late about a move. None: nothing, or nobody can say so for sure.
pub fn lateness(order: &LineOrder, said: &Said, now_ms: i64) -> Option<Lateness> {
    order.kept.as_ref()?;
    let end = match order.stage {
        OrderStage::UnderWay if !said.works => {
            let is_late = matches!(order.standing(now_ms), Standing::Launched { pace: Pace::Late, .. });
            is_late.then_some(LateEnd::Open)?
        }
        OrderStage::UnderWay | OrderStage::Done => ended(order, said)?,
        OrderStage::Requested | OrderStage::Waiting | OrderStage::Refused | OrderStage::Cancelled => return None,
    };
    let launched = Timestamp::from_millisecond(order.since_ms()?).ok()?;
    let (_, allowed_until) = limits(order.launch()?)?;
    let is_late = match end {
        LateEnd::Open => true,
        LateEnd::Done(at) | LateEnd::AfterAll(at) => at >= allowed_until,
    };
    // Who asked for the move when is not always told; from its launch the time would seem longer than it is.
    let asked = order.ordered_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or(launched);
    let is_launch_told = order.launched_ms.is_some() && order.launched_ms == order.since_ms();
    let claim_until = claim_until(asked.min(launched))?;
    is_late.then_some(Lateness { launched, is_launch_told, allowed_until, end, claim_until })
}

/// Whether compensation can be asked for at a moment for a move that is over.
pub fn can_claim_still(order: &LineOrder, said: &Said, now_ms: i64) -> bool {
    lateness(order, said, now_ms)
        .is_some_and(|late| late.end != LateEnd::Open && now_ms < late.claim_until.as_millisecond())
}

/// Whether compensation can be asked for, or could once the person says that it works.
pub fn may_be_claimed(order: &LineOrder, now_ms: i64) -> bool {
    let works = Said { works: true, undone_ms: order.undone_ms, ..Said::default() };
    can_claim_still(order, &works, now_ms)
}

/// The end of a move that is over. A day that was only wished for says nothing of when it was launched.
fn ended(order: &LineOrder, said: &Said) -> Option<LateEnd> {
    order.launched_ms.or(order.seen_under_way_ms)?;
    if let Some(done_ms) = order.done_ms {
        return Timestamp::from_millisecond(done_ms).ok().map(LateEnd::Done);
    }
    // What an operator goes on saying after it works is late itself.
    let undone_ms = if said.works { said.undone_ms } else { order.undone_ms };
    Timestamp::from_millisecond(undone_ms?).ok().map(LateEnd::AfterAll)
}

fn claim_until(asked: Timestamp) -> Option<Timestamp> {
    end_of(asked.to_zoned_datetime(belgium()).date().checked_add(CLAIM_MONTHS.months()).ok()?)
}

#[cfg(test)]
#[path = "lateness_tests.rs"]
mod tests;
