//! The designed states of the screen in four languages, and the rules no state may break.

use std::fmt::Write;

use insta::assert_snapshot;
use jiff::Timestamp;
use jiff::civil::date;

use super::*;
use crate::usage::model::*;
use crate::usage::state::{Kept, Line};

const GB: u64 = 1_000_000_000;

fn brussels() -> TimeZone {
    jiff::tz::get!("Europe/Brussels")
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// 25 November 2026, 14:05 in Brussels.
fn now() -> Now {
    Now { at: at("2026-11-25T14:05:00+01:00"), today: date(2026, 11, 25), clock_off_minutes: None }
}

fn november() -> Cycle {
    Cycle { start: Some(date(2026, 11, 1)), next_start: Some(date(2026, 12, 1)) }
}

fn reading(amount: Amount) -> Option<Reading> {
    Some(Reading { amount, origin: Origin::Counter })
}

fn finite(amount: Amount) -> Allowance {
    Allowance::Finite(Reading { amount, origin: Origin::Counter })
}

fn bucket(id: &str, service: Service, used: Option<Amount>, remaining: Option<Amount>, allowance: Allowance) -> Bucket {
    Bucket {
        id: id.to_owned(),
        name: None,
        service,
        zone: Zone::National,
        kind: BucketKind::Plan,
        scope: Scope::Own,
        status: BucketStatus::Active,
        used: used.and_then(reading),
        remaining: remaining.and_then(reading),
        over: None,
        allowance,
        cycle: Some(november()),
    }
}

fn data(used: u64, total: u64) -> Bucket {
    let left = Amount::Bytes(total.saturating_sub(used));
    bucket("data", Service::Data, Some(Amount::Bytes(used)), Some(left), finite(Amount::Bytes(total)))
}

fn euros(cents: i64) -> Amount {
    Amount::Money(Money { cents, currency: "EUR".to_owned() })
}

fn cost(kind: OutOfBundleKind, cents: i64) -> OutOfBundle {
    OutOfBundle { kind, amount: euros(cents), name: None, cycle: Some(november()) }
}

fn line_with(buckets: Vec<Bucket>, out_of_bundle: Vec<OutOfBundle>) -> LineState {
    LineState {
        line: Line { id: "line-1".to_owned(), msisdn: Some("+32470123456".to_owned()) },
        plan: Some("Business Mobile 10 GB".to_owned()),
        kept: Some(Kept {
            usage: LineUsage {
                line: None,
                counted_at: Some(CountedAt { at: at("2026-11-25T14:03:00+01:00"), zone_assumed: false }),
                buckets,
                out_of_bundle,
            },
            checked_at: at("2026-11-25T14:04:00+01:00"),
            received_at: at("2026-11-25T14:04:00+01:00"),
        }),
        not_entitled: false,
    }
}

/// An ordinary line: data, calls, SMS, a gift, data abroad, and some costs.
fn ordinary() -> LineState {
    let minutes = |minutes: u64| Amount::Seconds(minutes * 60);
    let calls = bucket(
        "calls",
        Service::Voice,
        Some(Amount::Seconds(42 * 60 + 10)),
        Some(Amount::Seconds(120 * 60 - 42 * 60 - 10)),
        finite(minutes(120)),
    );
    let sms = bucket("sms", Service::Sms, Some(Amount::Count(12)), None, Allowance::Unlimited);
    let gift = Bucket {
        kind: BucketKind::Gift,
        name: Some("Weekend 5 GB".to_owned()),
        id: "gift".to_owned(),
        ..data(500_000_000, 5 * GB)
    };
    let abroad = Bucket { zone: Zone::RoamingEu, id: "eu".to_owned(), ..data(120_000_000, 4 * GB) };
    line_with(
        vec![abroad, gift, sms, calls, data(6 * GB + 200_000_000, 10 * GB)],
        vec![
            cost(OutOfBundleKind::ThirdParty, 200),
            cost(OutOfBundleKind::Voice, 120),
            cost(OutOfBundleKind::Total, 320),
        ],
    )
}

fn signed_in(lines: Vec<LineState>) -> UsageState {
    UsageState { signed_in: true, lines, refreshing: false, failure: None }
}

fn view_in(language: Language, state: &UsageState, now: &Now) -> UsageView {
    let zone = brussels();
    let presentation =
        Presentation { language, zone: &zone, thresholds_percent: &[75, 90, 100], data_base: DataBase::Decimal };
    usage_view(state, now, &presentation, 7)
}

/// The screen as lines, the spoken form after a bar wherever it differs.
fn written(view: &UsageView) -> String {
    let mut out = String::new();
    let both = |text: &Text| {
        if text.text == text.spoken { text.text.clone() } else { format!("{} | {}", text.text, text.spoken) }
    };
    writeln!(out, "{:?}{}", view.phase, if view.refreshing { ", refreshing" } else { "" }).unwrap();
    if let Some(notice) = &view.notice {
        let text = Text { text: notice.text.clone(), spoken: notice.spoken.clone() };
        writeln!(out, "{:?}: {} [{}]", notice.kind, both(&text), notice.action.as_deref().unwrap_or("-")).unwrap();
    }
    for line in &view.lines {
        writeln!(out, "# {}", both(&line.label)).unwrap();
        for text in [&line.plan, &line.cycle].into_iter().flatten() {
            writeln!(out, "{}", both(text)).unwrap();
        }
        writeln!(out, "{}", both(&line.dated)).unwrap();
        writeln!(out, "badge {:?} {}", line.badge.kind, line.badge.text.as_ref().map(both).unwrap_or_default())
            .unwrap();
        if let Some(empty) = &line.empty {
            writeln!(out, "empty: {}", both(empty)).unwrap();
        }
        for (mark, bucket) in line.hero.iter().map(|hero| ("*", hero)).chain(line.buckets.iter().map(|b| ("-", b))) {
            writeln!(out, "{mark} {} ({:?} {:?})", both(&bucket.title), bucket.state, bucket.level).unwrap();
            writeln!(out, "    {}", both(&bucket.headline)).unwrap();
            if let Some(detail) = &bucket.detail {
                writeln!(out, "    {}", both(detail)).unwrap();
            }
            if let Some(bar) = &bucket.bar {
                let tick = bar.elapsed_permille.map(|tick| format!(", tick {tick}")).unwrap_or_default();
                let over = if bar.over { ", over" } else { "" };
                writeln!(out, "    [{}{tick}{over}] {} | {}", bar.used_permille, bar.text, bar.spoken).unwrap();
            }
        }
        if let Some(costs) = &line.out_of_bundle {
            writeln!(out, "€ {}", both(&costs.headline)).unwrap();
            for row in &costs.rows {
                writeln!(out, "    {}: {}", both(&row.title), both(&row.amount)).unwrap();
            }
        }
    }
    out
}

#[test]
fn an_ordinary_line_in_four_languages() {
    for language in Language::ALL {
        let view = view_in(language, &signed_in(vec![ordinary()]), &now());
        insta::with_settings!({ snapshot_suffix => language.locale() }, { assert_snapshot!("ordinary", written(&view)) });
    }
}
