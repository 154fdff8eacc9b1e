//! What other rooms may know of usage: each counter with its cycle, its age and its words, as the screen has them.
//! Alerts are decided from this, so that what is told never says otherwise than the screen.

use super::freshness::{bounded, freshness, freshness_of};
use super::model::{Allowance, Amount, BucketStatus, CountedAt, Cycle, Service};
use super::state::{LineState, Now};
use super::view::{BadgeKind, Presentation};
use crate::text::volume::Unit;
use crate::text::{Text, messages};

/// One counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The operator's stable id of the line.
    pub line: String,
    /// The operator's id of the bucket; none for what is paid beside the plan.
    pub bucket: Option<String>,
    /// Consumed so far, or the costs.
    pub used: Option<Amount>,
    /// What is left, where the operator says so.
    pub remaining: Option<Amount>,
    /// How much there is in all; unknown for costs.
    pub allowance: Allowance,
    /// The cycle it belongs to.
    pub cycle: Option<Cycle>,
    /// Neither set aside nor expired.
    pub active: bool,
    /// How old the count is.
    pub badge: BadgeKind,
    /// Until when the operator counted, where it said so believably.
    pub counted_at: Option<CountedAt>,
    /// The line in words, where the person has several.
    pub label: Option<Text>,
    /// What is counted, in words.
    pub title: Text,
    /// The unit a person reads it in.
    pub unit: Unit,
}

/// Every counter of the lines.
pub(super) fn counted(lines: &[LineState], now: &Now, presentation: &Presentation<'_>) -> Vec<Counted> {
    (1..).zip(lines).flat_map(|(number, line)| of_line(line, number, lines.len(), now, presentation)).collect()
}

fn of_line(state: &LineState, number: u64, count: usize, now: &Now, presentation: &Presentation<'_>) -> Vec<Counted> {
    let Some(kept) = state.kept.as_ref().filter(|_| !state.not_entitled) else { return Vec::new() };
    let language = presentation.language;
    let cycle = kept.usage.cycle_on(now.today);
    let freshness = freshness(kept, now, presentation.zone);
    let label = (count > 1).then(|| super::view::label(&state.line, number, count, language));
    let blank = Counted {
        line: state.line.id.clone(),
        bucket: None,
        used: None,
        remaining: None,
        allowance: Allowance::Unknown,
        cycle,
        active: true,
        badge: freshness.kind,
        counted_at: freshness.counted_at,
        label,
        title: messages::out_of_bundle_split(language),
        unit: Unit::AsIs,
    };
    let titles = super::view::titles(&kept.usage.buckets, language);
    let buckets = kept.usage.buckets.iter().zip(titles).map(|(bucket, title)| {
        let freshness = freshness_of(bucket, kept, now, presentation.zone);
        Counted {
            bucket: Some(bucket.id.clone()),
            used: bucket.used.as_ref().map(|used| used.amount.clone()),
            remaining: bucket.remaining.as_ref().map(|left| left.amount.clone()),
            allowance: bucket.allowance.clone(),
            cycle: bounded(bucket.cycle, cycle),
            active: bucket.status == BucketStatus::Active,
            badge: freshness.kind,
            counted_at: freshness.counted_at,
            unit: super::view::unit(bucket, presentation),
            title,
            ..blank.clone()
        }
    });
    let costs = super::view::costs_of_now(&kept.usage.out_of_bundle, cycle, now).map(|(amount, cycle)| Counted {
        unit: Unit::choose(&amount, &Service::Other(String::new()), presentation.data_base),
        used: Some(amount),
        cycle,
        ..blank.clone()
    });
    buckets.chain(costs).collect()
}
