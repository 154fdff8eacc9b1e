//! What a scenario can expect of a usage view, by the names the scenario files use. Swift and Kotlin have the same.

use std::collections::BTreeMap;

use companion::Problem;
use companion::text::Text;
use companion::usage::view::{BadgeKind, BucketView, UsagePhase, UsageView};

/// The facts of a view, all of its first line.
pub fn facts(view: &UsageView) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    let phase = match view.phase {
        UsagePhase::SignedOut => "signed_out",
        UsagePhase::NeverLoaded => "never_loaded",
        UsagePhase::Loaded => "loaded",
        UsagePhase::Locked => "locked",
    };
    facts.insert("phase".to_owned(), phase.to_owned());
    let notice = view.notice.as_ref().map(|notice| notice.text.clone());
    facts.insert("notice".to_owned(), notice.unwrap_or_default());
    let Some(line) = view.lines.first() else { return facts };
    let badge = match line.badge.kind {
        BadgeKind::Fresh => "fresh",
        BadgeKind::Aging => "aging",
        BadgeKind::Old => "old",
        BadgeKind::PreviousCycle => "previous_cycle",
        BadgeKind::RolloverPending => "rollover_pending",
        BadgeKind::Unknown => "unknown",
    };
    let out_of_bundle = line.out_of_bundle.as_ref().map(|costs| costs.headline.text.clone());
    for (name, text) in [
        ("plan", written(line.plan.as_ref())),
        ("dated", line.dated.text.clone()),
        ("badge", badge.to_owned()),
        ("cycle", written(line.cycle.as_ref())),
        ("out_of_bundle", out_of_bundle.unwrap_or_default()),
    ] {
        facts.insert(name.to_owned(), text);
    }
    facts.extend(line.hero.iter().flat_map(|hero| bucket("hero", hero)));
    for (index, other) in line.buckets.iter().enumerate() {
        facts.extend(bucket(&format!("bucket.{index}"), other));
    }
    facts
}

fn bucket(prefix: &str, bucket: &BucketView) -> [(String, String); 4] {
    let percent = bucket.bar.as_ref().map(|bar| bar.text.clone());
    [
        ("title", bucket.title.text.clone()),
        ("headline", bucket.headline.text.clone()),
        ("detail", written(bucket.detail.as_ref())),
        ("percent", percent.unwrap_or_default()),
    ]
    .map(|(name, text)| (format!("{prefix}.{name}"), text))
}

fn written(text: Option<&Text>) -> String {
    text.map(|text| text.text.clone()).unwrap_or_default()
}

/// A problem by the name the scenario files use.
pub fn name_of(problem: &Problem) -> &'static str {
    match problem {
        Problem::Offline => "offline",
        Problem::ServiceUnavailable { .. } => "service_unavailable",
        Problem::TooOften { .. } => "too_often",
        Problem::BlockedNetwork => "blocked_network",
        Problem::SessionEnded { .. } => "session_ended",
        Problem::SignIn { .. } => "sign_in",
        Problem::NotPermitted => "not_permitted",
        Problem::NotUnderstood { .. } => "not_understood",
        Problem::StorageUnavailable { .. } => "storage_unavailable",
        Problem::Configuration { .. } => "configuration",
        Problem::Unexpected { .. } => "unexpected",
    }
}
