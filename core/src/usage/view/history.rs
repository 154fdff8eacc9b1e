//! Month by month and day by day, with bars ready to draw: both phones and the terminal draw the same picture. A day the
//! operator says nothing of is a gap, and a month with gaps says how many days it is made of.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::freshness::{bounded, freshness};
use super::super::history::{BucketDays, History};
use super::super::model::{Amount, Bucket};
use super::super::state::{LineState, Now};
use super::{Presentation, bucket, line, pace};
use crate::text::number::Number;
use crate::text::volume::Unit;
use crate::text::{Text, dates, messages};

/// Days drawn beside the months; those of one month at most.
const DAYS_DRAWN: i64 = 31;

/// The history of one line.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HistoryView {
    /// Grows with every change.
    pub revision: u64,
    /// The masked number.
    pub label: Text,
    /// One per bucket of which the operator tells days.
    pub buckets: Vec<BucketHistoryView>,
}

/// The history of one bucket.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BucketHistoryView {
    /// The operator's id of the bucket.
    pub bucket_id: String,
    /// What it is: "Data", "Calls".
    pub title: Text,
    /// Where this cycle is heading. Absent with fewer than three whole days, and of old figures.
    pub forecast: Option<ForecastView>,
    /// The months, oldest first, at most fourteen.
    pub months: Vec<MonthBar>,
    /// The last days before today, oldest first, at most 31. Days of other months:
    /// [`Usage::history_days`](crate::usage::Usage::history_days).
    pub days: Vec<DayBar>,
}

/// Where a cycle is heading.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ForecastView {
    /// "By 30 November: 11–13 GB".
    pub text: Text,
    /// What the range is made of.
    pub assumption: Text,
}

/// One calendar month.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MonthBar {
    /// The month, as "2026-11".
    pub month: String,
    /// "November 2026".
    pub label: Text,
    /// What the told days add up to. Absent when none was told.
    pub amount: Option<Text>,
    /// The same in the smallest unit (bytes, seconds, messages, cents).
    pub units: Option<u64>,
    /// The bar's height in permille of the highest month.
    pub height_permille: Option<u32>,
    /// "28 of 30 days", where some are missing.
    pub gaps: Option<Text>,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DayBar {
    /// The day, as "2026-11-24".
    pub day: String,
    /// "24 November".
    pub label: Text,
    /// What was used, or that the operator does not say.
    pub amount: Text,
    /// The same in the smallest unit. Absent for a gap.
    pub units: Option<u64>,
    /// The bar's height in permille of the highest day shown. Absent for a gap, which is drawn as one.
    pub height_permille: Option<u32>,
}

/// The history of a line. `number` is its place among the person's `count` lines.
pub fn view(
    state: &LineState,
    number: u64,
    count: usize,
    now: &Now,
    presentation: &Presentation<'_>,
    revision: u64,
) -> HistoryView {
    HistoryView {
        revision,
        label: line::label(&state.line, number, count, presentation.language),
        buckets: state.days.buckets.iter().filter_map(|days| one(days, state, now, presentation)).collect(),
    }
}

/// The days of one month of one bucket; empty where nothing is known of it. `month` is as in [`MonthBar::month`].
pub fn month_days(
    history: &History,
    bucket_id: &str,
    month: &str,
    now: &Now,
    presentation: &Presentation<'_>,
) -> Vec<DayBar> {
    let bucket = history.buckets.iter().find(|bucket| bucket.id == bucket_id);
    let first = format!("{month}-01").parse::<Date>().ok();
    let (Some(bucket), Some(first)) = (bucket, first) else { return Vec::new() };
    let last = first.last_of_month().min(now.today.yesterday().unwrap_or(now.today));
    days(bucket, first, last, now, presentation)
}

fn one(
    days_of: &BucketDays,
    state: &LineState,
    now: &Now,
    presentation: &Presentation<'_>,
) -> Option<BucketHistoryView> {
    let language = presentation.language;
    let current = state.kept.as_ref().and_then(|kept| {
        let at = kept.usage.buckets.iter().position(|bucket| bucket.id == days_of.id)?;
        let title = bucket::titles(&kept.usage.buckets, language).into_iter().nth(at)?;
        Some((kept, kept.usage.buckets.get(at)?, title))
    });
    let title = match &current {
        Some((_, _, title)) => title.clone(),
        None => bucket::title(&days_of.service, days_of.zone, None, language),
    };
    let forecast = current.and_then(|(kept, bucket, _)| {
        let cycle = kept.usage.cycle_on(now.today);
        let age = freshness(kept, now, presentation.zone);
        forecast(bucket, &state.days, bounded(bucket.cycle, cycle)?, age, now, presentation)
    });
    let yesterday = now.today.yesterday().ok()?;
    Some(BucketHistoryView {
        bucket_id: days_of.id.clone(),
        title,
        forecast,
        months: months(days_of, now, presentation),
        days: days(days_of, now.today.checked_sub(DAYS_DRAWN.days()).ok()?, yesterday, now, presentation),
    })
}

fn forecast(
    of: &Bucket,
    days: &History,
    cycle: super::super::model::Cycle,
    age: super::super::freshness::Freshness,
    now: &Now,
    presentation: &Presentation<'_>,
) -> Option<ForecastView> {
    let may_speak = matches!(age.kind, super::BadgeKind::Fresh | super::BadgeKind::Aging);
    let told = pace::told(of, days, cycle, age, presentation).filter(|_| may_speak && cycle.contains(now.today))?;
    let language = presentation.language;
    let range = pace::range(&told, bucket::unit(of, presentation), language)?;
    let until = dates::date(language, told.last_day, now.today);
    Some(ForecastView {
        text: messages::forecast_until(language, &range, &until),
        assumption: pace::assumption(&told, language),
    })
}

fn months(of: &BucketDays, now: &Now, presentation: &Presentation<'_>) -> Vec<MonthBar> {
    let mut sums: BTreeMap<Date, (u64, u64)> = BTreeMap::new();
    // Today is not over: it is neither told nor missing.
    for (day, units) in of.days.iter().filter(|(day, _)| *day < now.today) {
        let (sum, told) = sums.entry(day.first_of_month()).or_default();
        *sum = sum.saturating_add(units);
        *told = told.saturating_add(1);
    }
    let Some((first, _)) = sums.first_key_value() else { return Vec::new() };
    let highest = sums.values().map(|(sum, _)| *sum).max().unwrap_or_default();
    let unit = unit(of, of.days.amount(highest), presentation);
    let through = first.series(1.month()).take_while(|month| *month <= now.today).take(14);
    through.map(|month| month_bar(month, sums.get(&month).copied(), highest, of, unit, now, presentation)).collect()
}

fn month_bar(
    month: Date,
    known: Option<(u64, u64)>,
    highest: u64,
    of: &BucketDays,
    unit: Unit,
    now: &Now,
    presentation: &Presentation<'_>,
) -> MonthBar {
    let language = presentation.language;
    // Of the present month, the days before today.
    let past =
        if month == now.today.first_of_month() { now.today.day().saturating_sub(1) } else { month.days_in_month() };
    let days = u64::try_from(past).unwrap_or_default();
    let (units, told) = known.map_or((None, 0), |(sum, told)| (Some(sum), told));
    MonthBar {
        month: month.strftime("%Y-%m").to_string(),
        label: dates::month(language, month),
        amount: units.and_then(|units| of.days.amount(units)).map(|amount| unit.with_unit(language, &amount)),
        units,
        height_permille: units.and_then(|units| permille(units, highest)),
        gaps: (told < days)
            .then(|| messages::days_told(language, &Number::whole(language, told), &Number::whole(language, days))),
    }
}

fn days(of: &BucketDays, first: Date, last: Date, now: &Now, presentation: &Presentation<'_>) -> Vec<DayBar> {
    let language = presentation.language;
    let shown = || first.series(1.day()).take_while(|day| *day <= last);
    // Before the operator's first day there is no history, and no gap either.
    let Some(earliest) = of.days.first() else { return Vec::new() };
    let highest = shown().filter_map(|day| of.days.get(day)).max().unwrap_or_default();
    let unit = unit(of, of.days.amount(highest), presentation);
    shown()
        .filter(|day| *day >= earliest)
        .map(|day| {
            let units = of.days.get(day);
            let used = units.and_then(|units| of.days.amount(units));
            DayBar {
                day: day.to_string(),
                label: dates::date(language, day, now.today),
                amount: used.map_or_else(|| messages::day_untold(language), |used| unit.with_unit(language, &used)),
                units,
                height_permille: units.and_then(|units| permille(units, highest)),
            }
        })
        .collect()
}

/// One unit for all bars of a picture.
fn unit(of: &BucketDays, highest: Option<Amount>, presentation: &Presentation<'_>) -> Unit {
    highest.map_or(Unit::AsIs, |highest| Unit::choose(&highest, &of.service, presentation.data_base))
}

fn permille(units: u64, highest: u64) -> Option<u32> {
    let share = u128::from(units).checked_mul(1000)?.checked_div(u128::from(highest)).unwrap_or(0);
    u32::try_from(share).ok()
}

#[cfg(test)]
mod tests;
