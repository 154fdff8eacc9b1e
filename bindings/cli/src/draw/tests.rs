//! The screen at the widths people have, in four languages: read once, then held.

use std::sync::Arc;

use companion::operator::units::{CycleEnd, DataBase};
use companion::problem::Problem;
use companion::text::Language;
use companion::usage::model::{
    Allowance, Amount, Bucket, BucketKind, BucketStatus, CountedAt, Cycle, LineUsage, Money, Origin, OutOfBundle,
    OutOfBundleKind, Reading, Scope, Service, Zone,
};
use companion::usage::plan::Plan;
use companion::usage::state::{Failure, Kept, Line, LineState, Now, UsageState};
use companion::usage::tmf::{self, HowToRead};
use companion::usage::view::{Presentation, usage_view};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use textwrap::core::display_width;

use super::*;

const GB: u64 = 1_000_000_000;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn reading(amount: Amount) -> Reading {
    Reading { amount, origin: Origin::Counter }
}

fn bucket(id: &str, service: Service, used: Amount, left: Option<Amount>, allowance: Allowance) -> Bucket {
    Bucket {
        id: id.to_owned(),
        name: None,
        service,
        zone: Zone::National,
        kind: BucketKind::Plan,
        scope: Scope::Own,
        status: BucketStatus::Active,
        used: Some(reading(used)),
        remaining: left.map(reading),
        over: None,
        allowance,
        cycle: Some(Cycle { start: Some(date(2026, 11, 1)), next_start: Some(date(2026, 12, 1)) }),
        carried: None,
        days: Vec::new(),
    }
}

fn data(used: u64, total: u64) -> Bucket {
    let left = Some(Amount::Bytes(total.saturating_sub(used)));
    bucket("data", Service::Data, Amount::Bytes(used), left, Allowance::Finite(reading(Amount::Bytes(total))))
}

fn cost(kind: OutOfBundleKind, cents: i64) -> OutOfBundle {
    let amount = Amount::Money(Money { cents, currency: "EUR".to_owned() });
    OutOfBundle { kind, amount, name: None, cycle: None }
}

fn line(id: &str, number: &str, buckets: Vec<Bucket>, out_of_bundle: Vec<OutOfBundle>) -> LineState {
    let counted_at = Some(CountedAt { at: at("2026-11-24T13:40:00+01:00"), zone_assumed: false });
    LineState {
        line: Line { id: id.to_owned(), msisdn: Some(number.to_owned()) },
        plan: Some(Plan { name: "Business Mobile 10 GB".to_owned(), contents: Vec::new(), since: None }),
        days: Arc::default(),
        kept: Some(Kept {
            usage: LineUsage { line: None, counted_at, buckets, out_of_bundle },
            checked_at: at("2026-11-25T14:04:00+01:00"),
            received_at: at("2026-11-25T14:04:00+01:00"),
        }),
        not_entitled: false,
    }
}

/// Two lines with everything on them, offline since yesterday.
fn state() -> UsageState {
    let calls = bucket(
        "calls",
        Service::Voice,
        Amount::Seconds(2_530),
        Some(Amount::Seconds(4_670)),
        Allowance::Finite(reading(Amount::Seconds(7_200))),
    );
    let fair = bucket("fair", Service::Sms, Amount::Count(12), None, Allowance::Unlimited);
    let world = Bucket { zone: Zone::RoamingWorld, id: "world".to_owned(), ..data(1_150_000_000, GB) };
    let eu = Bucket { zone: Zone::RoamingEu, id: "eu".to_owned(), ..data(3_200_000_000, 4 * GB) };
    let long = "A very long name of an option that somebody in marketing was proud of";
    let gift =
        Bucket { kind: BucketKind::Gift, name: Some(long.to_owned()), id: "gift".to_owned(), ..data(GB, 5 * GB) };
    let costs = vec![
        cost(OutOfBundleKind::Total, 123_456),
        cost(OutOfBundleKind::Data, 120_000),
        cost(OutOfBundleKind::ThirdParty, 3_456),
    ];
    let first = line("1", "+32470123456", vec![data(6_200_000_000, 10 * GB), calls, fair, eu, gift], costs);
    let second = line("2", "+32471000078", vec![data(11_200_000_000, 10 * GB), world], vec![]);
    let mut refused = line("3", "+31612345699", vec![], vec![]);
    refused.kept = None;
    refused.plan = None;
    refused.not_entitled = true;
    UsageState {
        signed_in: true,
        lines: vec![first, second, refused],
        refreshing: false,
        failure: Some(Failure {
            problem: Problem::Offline,
            since: at("2026-11-24T18:00:00+01:00"),
            at: at("2026-11-25T14:04:00+01:00"),
        }),
    }
}

fn view_on(language: Language, today: Date, state: &UsageState) -> UsageView {
    let zone = jiff::tz::get!("Europe/Brussels");
    let now = Now {
        at: today.at(14, 5, 0, 0).to_zoned_datetime(zone.clone()).unwrap().timestamp(),
        today,
        clock_off_minutes: None,
    };
    let presentation = Presentation {
        language,
        operator: "Example Mobile",
        zone: &zone,
        thresholds_percent: &[75, 90, 100],
        data_base: DataBase::Decimal,
    };
    usage_view(state, &now, &presentation, 7)
}

fn view(language: Language) -> UsageView {
    view_on(language, date(2026, 11, 25), &state())
}

#[test]
fn the_screen_at_two_widths_in_four_languages() {
    for language in Language::ALL {
        for width in [48, 80] {
            let suffix = format!("{}-{width}", language.locale());
            insta::with_settings!({ snapshot_suffix => suffix }, {
                insta::assert_snapshot!("usage", usage(&view(language), width, false));
            });
        }
    }
}

#[test]
fn the_previous_cycle_stands_under_its_own_dates() {
    let next_month = view_on(Language::English, date(2026, 12, 2), &UsageState { failure: None, ..state() });
    insta::assert_snapshot!("previous_cycle", usage(&next_month, 80, false));
}

#[test]
fn nothing_is_clipped_or_too_wide_at_any_width() {
    for language in Language::ALL {
        for view in [view(language), view_on(language, date(2026, 12, 2), &state())] {
            for width in 40..=120 {
                let drawn = usage(&view, width, false);
                for line in drawn.lines() {
                    assert!(display_width(line) <= width, "{width}: {line}");
                    assert_eq!(line, line.trim_end(), "no trailing space");
                }
                let squeezed: String = drawn.split_whitespace().collect();
                for text in texts(&view) {
                    let text: Vec<&str> = text.split_whitespace().collect();
                    // A column may break a text between other columns; each of its words is still there.
                    for word in text {
                        assert!(squeezed.contains(word) || display_width(word) > 12, "{width}: {word}");
                    }
                }
            }
        }
    }
}

/// Every drawn text of a view.
fn texts(view: &UsageView) -> Vec<String> {
    let mut texts: Vec<String> = view.notice.iter().map(|notice| notice.text.clone()).collect();
    for line in &view.lines {
        let optional = [&line.plan, &line.cycle, &line.badge.text, &line.empty];
        texts.extend(optional.into_iter().flatten().map(|text| text.text.clone()));
        texts.push(line.label.text.clone());
        for bucket in line.hero.iter().chain(&line.buckets) {
            texts.extend([bucket.title.text.clone(), bucket.headline.text.clone()]);
            texts.extend(bucket.detail.iter().chain(&bucket.carried).map(|words| words.text.clone()));
            texts.extend(bucket.bar.iter().map(|bar| bar.text.clone()));
        }
        for row in line.out_of_bundle.iter().flat_map(|costs| &costs.rows) {
            texts.extend([row.title.text.clone(), row.amount.text.clone()]);
        }
    }
    texts
}

#[test]
fn colour_changes_nothing_but_colour() {
    for language in Language::ALL {
        for width in [48, 80] {
            let (plain, coloured) = (usage(&view(language), width, false), usage(&view(language), width, true));
            assert!(!plain.contains('\u{1b}') && coloured.contains('\u{1b}'));
            let mut stripped = String::new();
            let mut rest = coloured.as_str();
            while let Some((before, after)) = rest.split_once("\u{1b}[") {
                stripped.push_str(before);
                rest = after.split_once('m').unwrap().1;
            }
            stripped.push_str(rest);
            assert_eq!(stripped, plain);
        }
    }
}

#[test]
fn nobody_signed_in_draws_nothing() {
    let nobody = UsageState { signed_in: false, failure: None, ..state() };
    assert_eq!(usage(&view_on(Language::English, date(2026, 11, 25), &nobody), 80, false), "");
}

#[test]
fn the_json_form_has_the_names_of_the_records() {
    insta::assert_json_snapshot!("json", usage_json(&view(Language::English)));
}

fn signed_in() -> UsageState {
    UsageState { failure: None, ..state() }
}

/// The decoder's own documents, official examples and traps: whatever an operator sends is drawn, and fits.
#[test]
fn every_document_the_core_reads_is_drawn() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/tests/documents");
    let zone = jiff::tz::get!("Europe/Brussels");
    let how = HowToRead {
        lines: None,
        line_id: None,
        me: None,
        time_zone: &zone,
        data_base: DataBase::Decimal,
        cycle_end: CycleEnd::Exclusive,
    };
    let mut drawn = 0;
    for part in ["official", "tmf677"] {
        let mut files: Vec<_> =
            std::fs::read_dir(folder.join(part)).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        for file in files {
            let Ok(decoded) = tmf::decode(&std::fs::read(&file).unwrap(), &how) else { continue };
            for usage_of_line in decoded.lines {
                let counted = usage_of_line.counted_at.map_or(at("2026-11-25T14:03:00+01:00"), |counted| counted.at);
                let mut state = line("1", "+32470123456", vec![], vec![]);
                state.kept = Some(Kept { usage: usage_of_line, checked_at: counted, received_at: counted });
                let state = UsageState { lines: vec![state], failure: None, ..signed_in() };
                for language in Language::ALL {
                    let view = view_on(language, counted.to_zoned_datetime(zone.clone()).date(), &state);
                    for width in [40, 63, 64, 100] {
                        let text = usage(&view, width, false);
                        assert!(text.lines().all(|line| display_width(line) <= width), "{}: {text}", file.display());
                        drawn += 1;
                    }
                }
            }
        }
    }
    assert!(drawn > 200, "only {drawn} drawn: the documents have moved");
}
