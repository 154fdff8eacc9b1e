//! The picture of past days, and what is said of the days to come.

use std::fmt::Write;
use std::sync::Arc;

use jiff::civil::date;

use super::super::samples::{at, brussels, bucket, data, line_with, now, presentation};
use super::*;
use crate::operator::units::DataBase;
use crate::text::Language;
use crate::usage::model::{Allowance, Service, Zone};
use crate::usage::plan::{Content, ContentAmount, ContentKind, Plan};
use crate::usage::state::{Now, UsageState};
use crate::usage::view::{UsageView, usage_view};

const GB: u64 = 1_000_000_000;
const MB: u64 = 1_000_000;

/// Since 20 September, 300 MB a day and a little more each day of the week; no word of 13 October and the first of November.
fn told() -> History {
    let days = date(2026, 9, 20).series(1.day()).take_while(|day| *day < date(2026, 11, 25));
    let days = days.filter(|day| *day != date(2026, 10, 13) && *day != date(2026, 11, 1)).map(|day| {
        let weekday = u64::try_from(day.weekday().to_monday_zero_offset()).unwrap();
        (day, Amount::Bytes(300 * MB + weekday * 20 * MB))
    });
    History {
        buckets: vec![BucketDays {
            id: "data".to_owned(),
            service: Service::Data,
            zone: Zone::National,
            days: days.collect(),
        }],
    }
}

fn line(used: u64, days: History) -> LineState {
    LineState { days: Arc::new(days), ..line_with(vec![data(used, 10 * GB)], vec![]) }
}

fn history(language: Language, line: &LineState, now: &Now) -> HistoryView {
    view(line, 1, 1, now, &presentation(language, &brussels()), 7)
}

fn screen(language: Language, line: LineState, now: &Now) -> UsageView {
    let state = UsageState { signed_in: true, lines: vec![line], ..UsageState::default() };
    usage_view(&state, now, &presentation(language, &brussels()), 7)
}

fn both(text: &Text) -> String {
    if text.text == text.spoken { text.text.clone() } else { format!("{} | {}", text.text, text.spoken) }
}

#[test]
fn months_days_forecast_and_pace_are_said_in_four_languages() {
    for language in Language::ALL {
        let line = line(8 * GB, told());
        let mut out = String::new();
        let history = history(language, &line, &now());
        for bucket in &history.buckets {
            writeln!(out, "# {}", both(&bucket.title)).unwrap();
            let forecast = bucket.forecast.as_ref().unwrap();
            writeln!(out, "{}\n{}", both(&forecast.text), both(&forecast.assumption)).unwrap();
            for month in &bucket.months {
                let amount = month.amount.as_ref().map(both).unwrap_or_default();
                let gaps = month.gaps.as_ref().map(both).unwrap_or_default();
                writeln!(out, "{} {}: {amount} {:?} {gaps}", month.month, both(&month.label), month.height_permille)
                    .unwrap();
            }
            for day in bucket.days.iter().skip(5).take(3) {
                writeln!(out, "{} {}: {} {:?}", day.day, both(&day.label), both(&day.amount), day.height_permille)
                    .unwrap();
            }
        }
        let plan = |service, kind, amount| Content { service, zone: Zone::National, kind, amount };
        let contents = vec![
            plan(Service::Data, ContentKind::Own, ContentAmount::Known(Amount::Bytes(10 * GB))),
            plan(Service::Data, ContentKind::FairUse, ContentAmount::Known(Amount::Bytes(40 * GB))),
            plan(Service::Data, ContentKind::Shared, ContentAmount::Known(Amount::Bytes(100 * GB))),
            plan(Service::Sms, ContentKind::Own, ContentAmount::Unlimited),
        ];
        let line = LineState { plan: Some(Plan { name: "M".to_owned(), contents, since: None }), ..line };
        let fast =
            screen(language, line, &Now { today: date(2026, 11, 16), at: at("2026-11-16T09:00:00+01:00"), ..now() });
        for row in &fast.lines[0].plan_contents {
            writeln!(out, "{}: {}", both(&row.title), both(&row.amount)).unwrap();
        }
        let mut without_days = self::line(9 * GB, History::default());
        without_days.kept.as_mut().unwrap().usage.counted_at.as_mut().unwrap().at = at("2026-11-16T08:50:00+01:00");
        let on_the_16th = Now { today: date(2026, 11, 16), at: at("2026-11-16T09:00:00+01:00"), ..now() };
        let pace = screen(language, without_days, &on_the_16th).lines[0].pace.clone().unwrap();
        writeln!(out, "{}", both(&pace.text)).unwrap();
        let pace = screen(language, self::line(9 * GB, told()), &now()).lines[0].pace.clone().unwrap();
        writeln!(out, "{}\n{}", both(&pace.text), both(&pace.assumption.unwrap())).unwrap();
        insta::with_settings!({ snapshot_suffix => language.locale() }, { insta::assert_snapshot!("history", out) });
    }
}

#[test]
fn a_gap_is_drawn_as_one_and_a_month_says_how_many_of_its_days_are_told() {
    let history = history(Language::English, &line(8 * GB, told()), &now());
    let bucket = &history.buckets[0];
    let gap = bucket.days.iter().find(|day| day.day == "2026-11-01").unwrap();
    assert_eq!(
        (gap.units, gap.height_permille, gap.amount.text.as_str()),
        (None, None, "The operator gives no figure")
    );
    let gaps: Vec<_> = bucket.months.iter().map(|month| month.gaps.as_ref().map(|gaps| gaps.text.as_str())).collect();
    assert_eq!(gaps, [Some("11 of 30 days"), Some("30 of 31 days"), Some("23 of 24 days")]);
    assert_eq!(bucket.days.len(), 31);
    let presentation_zone = brussels();
    let october = month_days(&told(), "data", "2026-10", &now(), &presentation(Language::English, &presentation_zone));
    assert_eq!((october.len(), october[12].units), (31, None));
    let september =
        month_days(&told(), "data", "2026-09", &now(), &presentation(Language::English, &presentation_zone));
    assert_eq!(
        september.first().map(|day| day.day.as_str()),
        Some("2026-09-20"),
        "before the first day there is no gap"
    );
    for nonsense in ["", "2026", "2026-13", "2026-11-01", "../x", "2099-01"] {
        let days = month_days(&told(), "data", nonsense, &now(), &presentation(Language::English, &presentation_zone));
        assert!(days.is_empty(), "{nonsense}");
    }
}

#[test]
fn pace_is_silent_where_it_says_nothing_new_or_nothing_sure() {
    let english = |line, now: &Now| screen(Language::English, line, now).lines[0].pace.clone();
    let later = Now { at: at("2026-11-26T15:00:00+01:00"), today: date(2026, 11, 26), ..now() };
    let december = Now { at: at("2026-12-01T00:01:00+01:00"), today: date(2026, 12, 1), ..now() };
    let unlimited = LineState {
        days: Arc::new(told()),
        ..line_with(
            vec![bucket("data", Service::Data, Some(Amount::Bytes(9 * GB)), None, Allowance::Unlimited)],
            vec![],
        )
    };
    assert!(english(line(9 * GB, told()), &now()).is_some());
    for (why, line, now) in [
        ("as much as time", line(6 * GB, told()), now()),
        ("used up already", line(10 * GB, told()), now()),
        ("figures of yesterday", line(9 * GB, told()), later),
        ("the cycle is over", line(9 * GB, told()), december),
        ("no allowance", unlimited, now()),
    ] {
        assert_eq!(english(line, &now), None, "{why}");
    }
}

#[test]
fn bars_never_leave_their_picture() {
    let history = history(Language::Dutch, &line(8 * GB, told()), &now());
    for bucket in &history.buckets {
        let heights = bucket.months.iter().map(|month| month.height_permille);
        let heights: Vec<_> = heights.chain(bucket.days.iter().map(|day| day.height_permille)).flatten().collect();
        assert!(heights.iter().all(|height| *height <= 1000));
        assert!(heights.iter().filter(|height| **height == 1000).count() > 1, "the highest fills it");
    }
    let of_nothing = BucketDays {
        id: "data".to_owned(),
        service: Service::Data,
        zone: Zone::National,
        days: [(date(2026, 11, 24), Amount::Bytes(0))].into_iter().collect(),
    };
    let presentation_zone = brussels();
    let presentation = super::super::samples::presentation(Language::English, &presentation_zone);
    assert_eq!(presentation.data_base, DataBase::Decimal);
    let bars = days(&of_nothing, date(2026, 11, 24), date(2026, 11, 24), &now(), &presentation);
    assert_eq!((bars[0].units, bars[0].height_permille), (Some(0), Some(0)), "nothing used is not a gap");
}

#[test]
fn today_fills_no_gap_of_its_month() {
    let day = |day: i8, used: u64| (date(2026, 11, day), Amount::Bytes(used));
    // Of the 24 days before today the 13th is missing; today itself is told already.
    let told = (1..=25).filter(|at| *at != 13).map(|at| day(at, if at == 25 { 100 * GB } else { GB }));
    let days = BucketDays { id: "data".to_owned(), service: Service::Data, zone: Zone::National, days: told.collect() };
    let history = history(Language::English, &line(8 * GB, History { buckets: vec![days] }), &now());
    let november = &history.buckets[0].months[0];
    assert_eq!(november.units, Some(23 * GB));
    assert_eq!(november.gaps.as_ref().map(|gaps| gaps.text.as_str()), Some("23 of 24 days"));
}
