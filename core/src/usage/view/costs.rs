//! What is paid beside the plan: one sum, then split by kind with third parties apart. Zero is shown only where the
//! operator said zero; costs of an ended cycle stand under its dates.

use super::super::freshness::{Standing, bounded, standing};
use super::super::model::{Amount, Cycle, Money, OutOfBundle, OutOfBundleKind, Service};
use super::super::state::Now;
use super::{OutOfBundleRow, OutOfBundleView, Presentation};
use crate::text::volume::Unit;
use crate::text::{Text, dates, messages};

/// The costs as drawn, or nothing when the operator said nothing of them.
pub(super) fn view(
    costs: &[OutOfBundle],
    line_cycle: Option<Cycle>,
    now: &Now,
    presentation: &Presentation<'_>,
) -> Option<OutOfBundleView> {
    let is_now = |cost: &&OutOfBundle| standing(bounded(cost.cycle, line_cycle), now.today) != Standing::Ended;
    let current: Vec<&OutOfBundle> = costs.iter().filter(is_now).collect();
    let shown = if current.is_empty() { costs.iter().collect() } else { current };
    // One sum must not mix cycles: all that is shown is either of now or of the cycle the first cost names.
    let cycle = bounded(shown.first()?.cycle, line_cycle);
    let shown: Vec<&OutOfBundle> = shown.into_iter().filter(|cost| bounded(cost.cycle, line_cycle) == cycle).collect();
    let mut parts: Vec<&OutOfBundle> =
        shown.iter().copied().filter(|cost| cost.kind != OutOfBundleKind::Total).collect();
    parts.sort_by_key(|cost| order(&cost.kind));
    Some(OutOfBundleView {
        headline: headline(&shown, &parts, cycle, now, presentation),
        rows: parts.into_iter().map(|cost| row(cost, presentation)).collect(),
    })
}

/// The costs of the cycle that is running, as one sum, and that cycle.
pub(in crate::usage) fn of_now(
    costs: &[OutOfBundle],
    line_cycle: Option<Cycle>,
    now: &Now,
) -> Option<(Amount, Option<Cycle>)> {
    let is_now = |cost: &&OutOfBundle| standing(bounded(cost.cycle, line_cycle), now.today) == Standing::Current;
    let first = costs.iter().find(is_now)?;
    let cycle = bounded(first.cycle, line_cycle);
    let of_cycle: Vec<&OutOfBundle> = costs.iter().filter(|cost| bounded(cost.cycle, line_cycle) == cycle).collect();
    let parts: Vec<&OutOfBundle> =
        of_cycle.iter().copied().filter(|cost| cost.kind != OutOfBundleKind::Total).collect();
    Some((total(&of_cycle, &parts)?, cycle))
}

/// What the operator says is the sum, else the sum of the parts.
fn total(shown: &[&OutOfBundle], parts: &[&OutOfBundle]) -> Option<Amount> {
    let said = shown.iter().find(|cost| cost.kind == OutOfBundleKind::Total).map(|cost| cost.amount.clone());
    said.or_else(|| sum(parts))
}

fn headline(
    shown: &[&OutOfBundle],
    parts: &[&OutOfBundle],
    cycle: Option<Cycle>,
    now: &Now,
    presentation: &Presentation<'_>,
) -> Text {
    let language = presentation.language;
    let Some(sum) = total(shown, parts) else { return messages::out_of_bundle_split(language) };
    let amount = write(&sum, presentation);
    let ended = cycle.filter(|cycle| cycle.ended_by(now.today));
    let Some(last) = ended.and_then(|cycle| cycle.last_day()) else {
        return messages::out_of_bundle(language, &amount);
    };
    let period = match ended.and_then(|cycle| cycle.start).filter(|start| *start <= last) {
        Some(start) => dates::range(language, start, last, now.today),
        None => messages::until_date(language, &dates::date(language, last, now.today)),
    };
    messages::out_of_bundle_period(language, &amount, &period)
}

/// The sum of the parts, when all are money of one currency.
fn sum(parts: &[&OutOfBundle]) -> Option<Amount> {
    let mut total: Option<Money> = None;
    for part in parts {
        let Amount::Money(money) = &part.amount else { return None };
        total = Some(match total {
            None => money.clone(),
            Some(sum) if sum.currency == money.currency => {
                Money { cents: sum.cents.checked_add(money.cents)?, currency: sum.currency }
            }
            Some(_) => return None,
        });
    }
    total.map(Amount::Money)
}

fn row(cost: &OutOfBundle, presentation: &Presentation<'_>) -> OutOfBundleRow {
    let language = presentation.language;
    let name = cost.name.as_deref().map(Text::foreign).filter(|name| !name.text.is_empty());
    let title = match cost.kind {
        OutOfBundleKind::Data => messages::cost_data(language),
        OutOfBundleKind::Voice => messages::cost_calls(language),
        OutOfBundleKind::Messages => messages::cost_messages(language),
        OutOfBundleKind::ThirdParty => messages::cost_third_party(language),
        OutOfBundleKind::Other | OutOfBundleKind::Total => name.unwrap_or_else(|| messages::cost_other(language)),
    };
    OutOfBundleRow { title, amount: write(&cost.amount, presentation) }
}

fn write(amount: &Amount, presentation: &Presentation<'_>) -> Text {
    let service = Service::Other(String::new());
    Unit::choose(amount, &service, presentation.data_base).with_unit(presentation.language, amount)
}

/// Third parties stand last, apart: they are the person's own cost whatever the employer pays.
fn order(kind: &OutOfBundleKind) -> u8 {
    match kind {
        OutOfBundleKind::Total => 0,
        OutOfBundleKind::Data => 1,
        OutOfBundleKind::Voice => 2,
        OutOfBundleKind::Messages => 3,
        OutOfBundleKind::Other => 4,
        OutOfBundleKind::ThirdParty => 5,
    }
}
