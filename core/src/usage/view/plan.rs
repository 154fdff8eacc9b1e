//! What is in the plan: a row for each service, in the operator's order and figures; and what a plan that began in the middle
//! of a cycle means for the figures beside it.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::model::Cycle;
use super::super::plan::{Content, ContentAmount, ContentKind, Plan};
use super::super::state::LineState;
use super::{PlanRow, Presentation, bucket};
use crate::text::volume::Unit;
use crate::text::{Text, dates, messages};

/// Where nothing is counted there is no cycle to compare with; no cycle is much longer.
const LATELY_DAYS: i64 = 31;

/// The rows.
pub(super) fn rows(plan: &Plan, presentation: &Presentation<'_>) -> Vec<PlanRow> {
    plan.contents.iter().map(|content| row(content, presentation)).collect()
}

fn row(content: &Content, presentation: &Presentation<'_>) -> PlanRow {
    let language = presentation.language;
    let title = bucket::title(&content.service, content.zone, None, language);
    PlanRow {
        title: match content.kind {
            ContentKind::Own => title,
            ContentKind::FairUse => messages::plan_fair_use(language, &title),
            ContentKind::Shared => messages::plan_shared(language, &title),
        },
        amount: match &content.amount {
            ContentAmount::Unlimited => messages::unlimited(language),
            ContentAmount::Known(amount) => {
                Unit::choose(amount, &content.service, presentation.data_base).with_unit(language, amount)
            }
            ContentAmount::Written(written) => Text::foreign(written),
        },
    }
}

/// That the operator tells of no plan, once it was asked.
pub(super) fn unknown(state: &LineState, presentation: &Presentation<'_>) -> Option<Text> {
    let says_nothing = state.plan.as_ref().is_some_and(|plan| plan.name.is_empty() && plan.contents.is_empty());
    says_nothing.then(|| messages::plan_unknown(presentation.language, &Text::foreign(presentation.operator)))
}

/// Since when a plan runs that began in this cycle. Operators then give a part of the allowance, or tell nothing of the new
/// plan until the next cycle.
pub(super) fn note(
    state: &LineState,
    cycle: Option<Cycle>,
    today: Date,
    presentation: &Presentation<'_>,
) -> Option<Text> {
    let since = state.plan.as_ref()?.since.filter(|since| *since <= today)?;
    let language = presentation.language;
    let date = dates::date(language, since, today);
    let Some(kept) = state.kept.as_ref().filter(|kept| !kept.usage.is_empty()) else {
        let lately = today.checked_sub(LATELY_DAYS.days()).is_ok_and(|then| since > then);
        return (lately && !state.not_entitled).then(|| messages::plan_began_uncounted(language, &date));
    };
    let cycle = cycle.filter(|cycle| cycle.contains(today))?;
    if cycle.start? >= since {
        return None;
    }
    Some(if kept.usage.is_before(since, presentation.zone) {
        messages::plan_began_since(language, &date)
    } else {
        messages::plan_began(language, &date)
    })
}
