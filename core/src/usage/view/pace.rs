//! The pace, when it says something: one sentence under the figures, with how we know. A range and never a promise; of old
//! figures, of an ended cycle and in its first days nothing is said at all.

use super::super::forecast::{Forecast, forecast, is_fast};
use super::super::freshness::{Freshness, bounded};
use super::super::history::History;
use super::super::model::{Allowance, Bucket, BucketStatus, Cycle, Scope};
use super::super::state::{Kept, Now};
use super::{BadgeKind, PaceView, Presentation, bucket};
use crate::text::number::Number;
use crate::text::volume::Unit;
use crate::text::{Language, Text, dates, messages, number};

/// The sentence about the bucket that is furthest ahead of its time.
pub(super) fn view(
    kept: &Kept,
    days: &History,
    line_cycle: Option<Cycle>,
    freshness: Freshness,
    now: &Now,
    presentation: &Presentation<'_>,
) -> Option<PaceView> {
    let may_speak = matches!(freshness.kind, BadgeKind::Fresh | BadgeKind::Aging);
    let buckets = kept.usage.buckets.iter().filter(|_| may_speak);
    buckets
        .filter(|bucket| bucket.status == BucketStatus::Active && bucket.scope != Scope::SharedTotal)
        .filter_map(|bucket| {
            let cycle = bounded(bucket.cycle, line_cycle)?;
            let told = told(bucket, days, cycle, freshness, presentation);
            says_something(bucket, told.as_ref(), cycle, now).then_some((bucket, told, cycle))
        })
        .max_by_key(|(bucket, _, _)| bucket.used_permille())
        .and_then(|(bucket, told, cycle)| words(bucket, told.as_ref(), cycle, now, presentation))
}

/// The forecast of a bucket, made of the days before its figures were counted.
pub(super) fn told(
    bucket: &Bucket,
    days: &History,
    cycle: Cycle,
    freshness: Freshness,
    presentation: &Presentation<'_>,
) -> Option<Forecast> {
    let counted_on = freshness.counted_at?.at.to_zoned_datetime(presentation.zone.clone()).date();
    forecast(bucket, &days.of(bucket)?.days, cycle, counted_on)
}

/// Well ahead of time, or beyond the allowance even at the slower pace. What is used up already says so itself.
fn says_something(bucket: &Bucket, told: Option<&Forecast>, cycle: Cycle, now: &Now) -> bool {
    let Some(fast) = is_fast(bucket, cycle, now.today) else { return false };
    let used_up = bucket.used_permille().is_some_and(|permille| permille >= 1000);
    let Allowance::Finite(total) = &bucket.allowance else { return false };
    let beyond = told.and_then(|told| told.low.same_unit(&total.amount)).is_some_and(|(low, total)| low > total);
    !used_up && (fast || beyond)
}

fn words(
    bucket: &Bucket,
    told: Option<&Forecast>,
    cycle: Cycle,
    now: &Now,
    presentation: &Presentation<'_>,
) -> Option<PaceView> {
    let language = presentation.language;
    if let Some(told) = told {
        let range = range(told, bucket::unit(bucket, presentation), language)?;
        let until = dates::date(language, told.last_day, now.today);
        return Some(PaceView {
            text: messages::pace_until(language, &range, &until),
            assumption: Some(assumption(told, language)),
        });
    }
    let used = number::percent(language, bucket.used_permille()?.checked_div(10)?);
    let passed = number::percent(language, u64::from(cycle.elapsed_permille(now.today)?.checked_div(10)?));
    Some(PaceView { text: messages::pace_ahead(language, &used, &passed), assumption: None })
}

/// "11–13 GB".
pub(super) fn range(told: &Forecast, unit: Unit, language: Language) -> Option<Text> {
    let (low, high) = (unit.about(&told.low, false)?, unit.about(&told.high, true)?);
    let high_text = unit.with_unit(language, &high);
    if low == high {
        return Some(high_text);
    }
    Some(messages::amount_range(language, &unit.bare(language, &low), &high_text))
}

/// What the range is made of.
pub(super) fn assumption(told: &Forecast, language: Language) -> Text {
    messages::forecast_assumption(language, &Number::whole(language, u64::from(told.days)))
}
