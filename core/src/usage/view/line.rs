//! One line of the screen: whose it is, its cycle, how old its figures are, and its buckets in the order that matters.

use jiff::civil::Date;

use super::super::freshness::{self, Freshness, Standing, standing};
use super::super::model::Cycle;
use super::super::state::{Kept, Line, LineState, Now};
use super::{BadgeKind, BadgeView, LineView, Presentation, bucket, costs, pace, plan};
use crate::text::dates::{self, Role};
use crate::text::number::Number;
use crate::text::{Language, Text, messages};

/// The line as drawn. `number` is its place among the person's `count` lines, for lines without a known number.
pub(super) fn view(
    state: &LineState,
    number: u64,
    count: usize,
    now: &Now,
    presentation: &Presentation<'_>,
) -> LineView {
    let language = presentation.language;
    let kept = state.kept.as_ref();
    let cycle = kept.and_then(|kept| kept.usage.cycle_on(now.today));
    let freshness = kept.map(|kept| freshness::freshness(kept, now, presentation.zone));
    let (hero, buckets) =
        kept.map_or((None, Vec::new()), |kept| bucket::hero_and_others(kept, cycle, now, presentation));
    // Of a cycle that has ended the hero says the dates already.
    let said = hero.as_ref().and_then(|hero| hero.detail.clone());
    let cycle_text = cycle.and_then(|cycle| cycle_text(cycle, now.today, language));
    LineView {
        line_id: state.line.id.clone(),
        label: label(&state.line, number, count, language),
        plan: state.plan.as_ref().map(|plan| Text::foreign(&plan.name)).filter(|plan| !plan.text.is_empty()),
        plan_contents: state.plan.as_ref().map(|plan| plan::rows(plan, presentation)).unwrap_or_default(),
        plan_note: plan::note(state, cycle, now.today, presentation),
        plan_unknown: plan::unknown(state, presentation),
        cycle: cycle_text.filter(|text| said.as_ref() != Some(text)),
        dated: dated(freshness, state.not_entitled, now, presentation),
        badge: badge(freshness, kept, now, presentation),
        pace: kept.and_then(|kept| pace::view(kept, &state.days, cycle, freshness?, now, presentation)),
        hero,
        buckets,
        has_history: !state.days.buckets.is_empty(),
        out_of_bundle: kept.and_then(|kept| costs::view(&kept.usage.out_of_bundle, cycle, now, presentation)),
        empty: empty(state, cycle, now.today, presentation),
        counted_at_ms: freshness.and_then(|freshness| Some(freshness.counted_at?.at.as_millisecond())),
        checked_at_ms: kept.map(|kept| kept.checked_at.as_millisecond()),
        received_at_ms: kept.map(|kept| kept.received_at.as_millisecond()),
    }
}

/// The line's name; `number` is its place among the person's `count` lines.
pub(in crate::usage) fn label(line: &Line, number: u64, count: usize, language: Language) -> Text {
    crate::text::line::label(language, line.msisdn.as_deref(), number, count)
}

/// The cycle in words, as far as the operator told its days.
fn cycle_text(cycle: Cycle, today: Date, language: Language) -> Option<Text> {
    let last = cycle.last_day();
    let on = |date| dates::date(language, date, today);
    Some(match (standing(Some(cycle), today), cycle.start, last) {
        (Standing::Upcoming, Some(start), _) => messages::cycle_from(language, &on(start)),
        (Standing::Ended, Some(start), Some(last)) if start <= last => dates::range(language, start, last, today),
        (Standing::Ended, _, Some(last)) => messages::cycle_ended(language, &on(last)),
        (Standing::Current, Some(start), Some(last)) => {
            let range = dates::range(language, start, last, today);
            messages::cycle_days_left(language, &range, &days_left(cycle, today, language)?)
        }
        (Standing::Current, None, Some(last)) => {
            messages::cycle_until(language, &on(last), &days_left(cycle, today, language)?)
        }
        (Standing::Current, Some(start), None) => messages::cycle_since(language, &on(start)),
        _ => return None,
    })
}

fn days_left(cycle: Cycle, today: Date, language: Language) -> Option<Number> {
    Some(Number::whole(language, u64::from(cycle.days_left(today)?)))
}

fn dated(freshness: Option<Freshness>, not_entitled: bool, now: &Now, presentation: &Presentation<'_>) -> Text {
    let language = presentation.language;
    match freshness {
        None if not_entitled => messages::no_figures(language),
        None => messages::no_figures_yet(language),
        Some(Freshness { counted_at: None, .. }) => messages::no_time_given(language),
        Some(Freshness { counted_at: Some(counted), .. }) => {
            let until = dates::moment(language, Role::Until, counted.at, now.today, presentation.zone);
            if counted.zone_assumed {
                messages::counted_about(language, &until)
            } else {
                messages::counted(language, &until)
            }
        }
    }
}

fn badge(freshness: Option<Freshness>, kept: Option<&Kept>, now: &Now, presentation: &Presentation<'_>) -> BadgeView {
    let language = presentation.language;
    let Some((freshness, kept)) = freshness.zip(kept) else {
        return BadgeView { kind: BadgeKind::Unknown, text: None };
    };
    let text = match freshness.kind {
        BadgeKind::Fresh => None,
        BadgeKind::Aging => Some(messages::badge_aging(language)),
        BadgeKind::Old => Some(messages::badge_old(language)),
        BadgeKind::PreviousCycle => Some(messages::badge_previous(language)),
        BadgeKind::RolloverPending => Some(messages::badge_rollover(language, &Text::foreign(presentation.operator))),
        BadgeKind::Unknown if freshness.received == BadgeKind::Fresh => None,
        BadgeKind::Unknown => {
            let at = dates::moment(language, Role::At, kept.received_at, now.today, presentation.zone);
            Some(messages::badge_received(language, &at))
        }
    };
    BadgeView { kind: freshness.kind, text }
}

fn empty(state: &LineState, cycle: Option<Cycle>, today: Date, presentation: &Presentation<'_>) -> Option<Text> {
    let language = presentation.language;
    match &state.kept {
        _ if state.not_entitled => Some(messages::empty_not_entitled(language, &Text::foreign(presentation.operator))),
        None => Some(messages::empty_not_loaded(language)),
        Some(_) if standing(cycle, today) == Standing::Ended => Some(messages::empty_cycle(language)),
        Some(kept) if kept.usage.is_empty() => Some(messages::empty_answer(language)),
        Some(_) => None,
    }
}
