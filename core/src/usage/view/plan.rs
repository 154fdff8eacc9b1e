//! What is in the plan: a row for each service, in the operator's order and figures.

use super::super::plan::{Content, ContentAmount, ContentKind, Plan};
use super::{PlanRow, bucket};
use crate::text::{Language, Text, messages};

/// The rows.
pub(super) fn rows(plan: &Plan, language: Language) -> Vec<PlanRow> {
    plan.contents.iter().map(|content| row(content, language)).collect()
}

fn row(content: &Content, language: Language) -> PlanRow {
    let title = bucket::title(&content.service, content.zone, None, language);
    PlanRow {
        title: match content.kind {
            ContentKind::Own => title,
            ContentKind::FairUse => messages::plan_fair_use(language, &title),
            ContentKind::Shared => messages::plan_shared(language, &title),
        },
        amount: match &content.amount {
            ContentAmount::Unlimited => messages::unlimited(language),
            ContentAmount::Written(written) => Text::foreign(written),
        },
    }
}
