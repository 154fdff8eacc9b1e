//! The usage screen for machines: the records of the view under their own names, nothing computed.

use companion::text::Text;
use companion::usage::view::history::{BucketHistoryView, HistoryView};
use companion::usage::view::{
    BadgeKind, BarView, BucketLevel, BucketState, BucketView, LineView, Notice, NoticeKind, OutOfBundleView, PlanRow,
    UsageKind, UsagePhase, UsageView,
};
use serde_json::{Value, json};

/// The screen as JSON. Names are those of the records, in snake case; what is absent is `null`.
pub fn usage_json(view: &UsageView) -> Value {
    let phase = match view.phase {
        UsagePhase::SignedOut => "signed_out",
        UsagePhase::NeverLoaded => "never_loaded",
        UsagePhase::Loaded => "loaded",
        UsagePhase::Locked => "locked",
    };
    json!({
        "revision": view.revision,
        "phase": phase,
        "refreshing": view.refreshing,
        "notice": view.notice.as_ref().map(notice),
        "lines": view.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

/// The history of a line as JSON, in the same manner.
pub fn history_json(view: &HistoryView) -> Value {
    json!({
        "revision": view.revision,
        "label": text(&view.label),
        "buckets": view.buckets.iter().map(bucket_history).collect::<Vec<_>>(),
    })
}

fn bucket_history(bucket: &BucketHistoryView) -> Value {
    let forecast = bucket.forecast.as_ref();
    let months = bucket.months.iter().map(|month| {
        json!({
            "month": month.month,
            "label": text(&month.label),
            "amount": month.amount.as_ref().map(text),
            "units": month.units,
            "height_permille": month.height_permille,
            "gaps": month.gaps.as_ref().map(text),
        })
    });
    let days = bucket.days.iter().map(|day| {
        json!({
            "day": day.day,
            "label": text(&day.label),
            "amount": text(&day.amount),
            "units": day.units,
            "height_permille": day.height_permille,
        })
    });
    json!({
        "bucket_id": bucket.bucket_id,
        "title": text(&bucket.title),
        "forecast": forecast.map(|told| json!({ "text": text(&told.text), "assumption": text(&told.assumption) })),
        "months": months.collect::<Vec<_>>(),
        "days": days.collect::<Vec<_>>(),
    })
}

fn plan_row(row: &PlanRow) -> Value {
    json!({ "title": text(&row.title), "amount": text(&row.amount) })
}

pub(crate) fn notice(notice: &Notice) -> Value {
    let kind = match notice.kind {
        NoticeKind::Offline => "offline",
        NoticeKind::Maintenance => "maintenance",
        NoticeKind::BlockedNetwork => "blocked_network",
        NoticeKind::SignInAgain => "sign_in_again",
        NoticeKind::NotUnderstood => "not_understood",
        NoticeKind::NotPermitted => "not_permitted",
        NoticeKind::Clock => "clock",
        NoticeKind::Device => "device",
    };
    json!({ "kind": kind, "text": notice.text, "spoken": notice.spoken, "action": notice.action })
}

fn line(line: &LineView) -> Value {
    let badge = match line.badge.kind {
        BadgeKind::Fresh => "fresh",
        BadgeKind::Aging => "aging",
        BadgeKind::Old => "old",
        BadgeKind::PreviousCycle => "previous_cycle",
        BadgeKind::RolloverPending => "rollover_pending",
        BadgeKind::Unknown => "unknown",
    };
    json!({
        "line_id": line.line_id,
        "label": text(&line.label),
        "plan": line.plan.as_ref().map(text),
        "plan_contents": line.plan_contents.iter().map(plan_row).collect::<Vec<_>>(),
        "plan_note": line.plan_note.as_ref().map(text),
        "cycle": line.cycle.as_ref().map(text),
        "dated": text(&line.dated),
        "badge": { "kind": badge, "text": line.badge.text.as_ref().map(text) },
        "pace": line.pace.as_ref().map(|pace| {
            json!({ "text": text(&pace.text), "assumption": pace.assumption.as_ref().map(text) })
        }),
        "hero": line.hero.as_ref().map(bucket),
        "buckets": line.buckets.iter().map(bucket).collect::<Vec<_>>(),
        "has_history": line.has_history,
        "out_of_bundle": line.out_of_bundle.as_ref().map(out_of_bundle),
        "empty": line.empty.as_ref().map(text),
        "counted_at_ms": line.counted_at_ms,
        "checked_at_ms": line.checked_at_ms,
        "received_at_ms": line.received_at_ms,
    })
}

fn bucket(bucket: &BucketView) -> Value {
    let kind = match bucket.kind {
        UsageKind::Data => "data",
        UsageKind::Voice => "voice",
        UsageKind::Messages => "messages",
        UsageKind::Credit => "credit",
        UsageKind::Other => "other",
    };
    let state = match bucket.state {
        BucketState::Current => "current",
        BucketState::Upcoming => "upcoming",
        BucketState::Suspended => "suspended",
        BucketState::Ended => "ended",
    };
    let level = match bucket.level {
        BucketLevel::Calm => "calm",
        BucketLevel::Warning => "warning",
        BucketLevel::Exhausted => "exhausted",
    };
    json!({
        "bucket_id": bucket.bucket_id,
        "kind": kind,
        "title": text(&bucket.title),
        "headline": text(&bucket.headline),
        "detail": bucket.detail.as_ref().map(text),
        "carried": bucket.carried.as_ref().map(text),
        "bar": bucket.bar.as_ref().map(bar),
        "state": state,
        "level": level,
        "used": bucket.used,
        "remaining": bucket.remaining,
        "total": bucket.total,
    })
}

fn bar(bar: &BarView) -> Value {
    json!({
        "used_permille": bar.used_permille,
        "elapsed_permille": bar.elapsed_permille,
        "over": bar.over,
        "text": bar.text,
        "spoken": bar.spoken,
    })
}

fn out_of_bundle(costs: &OutOfBundleView) -> Value {
    let rows = costs.rows.iter().map(|row| json!({ "title": text(&row.title), "amount": text(&row.amount) }));
    json!({ "headline": text(&costs.headline), "rows": rows.collect::<Vec<_>>() })
}

pub(crate) fn text(text: &Text) -> Value {
    json!({ "text": text.text, "spoken": text.spoken })
}
