//! The designed states of the screen in four languages, and the rules no state may break.

use std::fmt::Write;

use insta::assert_snapshot;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::samples::*;
use super::*;
use crate::usage::freshness::tests::cycle_and_instant;
use crate::usage::model::*;

fn view_in(language: Language, state: &UsageState, now: &Now) -> UsageView {
    usage_view(state, now, &presentation(language, &brussels()), 7)
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
        for text in [&line.plan, &line.plan_note, &line.cycle].into_iter().flatten() {
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
            for words in bucket.detail.iter().chain(&bucket.carried) {
                writeln!(out, "    {}", both(words)).unwrap();
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

#[test]
fn every_designed_state_in_four_languages() {
    for language in Language::ALL {
        let mut all = String::new();
        for (name, state, now) in states() {
            writeln!(all, "== {name}\n{}", written(&view_in(language, &state, &now))).unwrap();
        }
        insta::with_settings!({ snapshot_suffix => language.locale() }, { assert_snapshot!("states", all) });
    }
}

#[test]
fn every_text_has_a_spoken_form_without_signs_a_screen_reader_garbles() {
    for language in Language::ALL {
        for (name, state, now) in states() {
            for text in texts(&view_in(language, &state, &now)) {
                assert!(!text.text.is_empty() && !text.spoken.is_empty(), "{name}: {text:?}");
                let garbled = ['–', '•', '·', '€', '%', '<', '…', '\u{202F}', '\u{A0}'];
                assert!(!text.spoken.contains(garbled), "{language:?} {name}: {}", text.spoken);
                assert!(!text.spoken.contains("..") && !text.text.contains(".."), "{name}: {text:?}");
            }
        }
    }
}

/// Every text on the screen.
fn texts(view: &UsageView) -> Vec<Text> {
    let mut texts = Vec::new();
    texts.extend(view.notice.iter().map(|notice| Text { text: notice.text.clone(), spoken: notice.spoken.clone() }));
    for line in &view.lines {
        texts.extend([line.label.clone(), line.dated.clone()]);
        texts.extend([&line.plan, &line.cycle, &line.badge.text, &line.empty].into_iter().flatten().cloned());
        for bucket in line.hero.iter().chain(&line.buckets) {
            texts.extend([bucket.title.clone(), bucket.headline.clone()]);
            texts.extend(bucket.detail.iter().chain(&bucket.carried).cloned());
            texts.extend(bucket.bar.iter().map(|bar| Text { text: bar.text.clone(), spoken: bar.spoken.clone() }));
        }
        if let Some(costs) = &line.out_of_bundle {
            texts.push(costs.headline.clone());
            texts.extend(costs.rows.iter().flat_map(|row| [row.title.clone(), row.amount.clone()]));
        }
    }
    texts
}

fn any_reading() -> impl Strategy<Value = Option<Reading>> {
    let amount = prop_oneof![
        4 => (0u64..20 * GB).prop_map(Amount::Bytes),
        1 => any::<u64>().prop_map(Amount::Bytes),
        1 => (0u64..100_000).prop_map(Amount::Seconds),
        1 => (0u64..1_000).prop_map(Amount::Count),
        1 => any::<i64>().prop_map(euros),
        1 => "[0-9]{1,6}".prop_map(|digits| Amount::Raw { digits, unit: "Coins".to_owned() }),
    ];
    proptest::option::of(amount.prop_map(|amount| Reading { amount, origin: Origin::Counter }))
}

fn any_bucket() -> impl Strategy<Value = Bucket> {
    let allowance = (any_reading(), 0u8..3).prop_map(|(limit, kind)| match (limit, kind) {
        (Some(limit), 0 | 1) => Allowance::Finite(limit),
        (Some(limit), _) => Allowance::FairUse(limit),
        (None, 0) => Allowance::Unlimited,
        (None, _) => Allowance::Unknown,
    });
    (any_reading(), any_reading(), any_reading(), allowance, 0u8..4).prop_map(
        |(used, remaining, over, allowance, service)| {
            let service = match service {
                0 => Service::Data,
                1 => Service::Voice,
                2 => Service::Sms,
                _ => Service::Credit,
            };
            Bucket { used, remaining, over, ..bucket("any", service, None, None, allowance) }
        },
    )
}

#[test]
fn costs_of_an_ended_cycle_are_dated_also_where_nobody_said_when_it_began() {
    let cases = [
        (Some(date(2026, 10, 1)), "€3.20 out of bundle, 1–31 October"),
        (None, "€3.20 out of bundle, until 31 October"),
    ];
    for (start, expected) in cases {
        let mut line = line_with(vec![data(GB, 10 * GB)], vec![cost(OutOfBundleKind::Total, 320)]);
        kept(&mut line).usage.out_of_bundle[0].cycle = Some(Cycle { start, next_start: Some(date(2026, 11, 1)) });
        kept(&mut line).usage.buckets[0].cycle = None;
        let view = view_in(Language::English, &signed_in(vec![line]), &now());
        assert_eq!(view.lines[0].out_of_bundle.as_ref().unwrap().headline.text, expected);
    }
}

proptest! {
    #![proptest_config(crate::trials::config(1_500))]

    /// I1: whatever the clock says, no value is shown as of now outside its cycle.
    #[test]
    fn no_value_of_a_cycle_is_shown_as_current_outside_it((cycle, instant) in cycle_and_instant(), bucket in any_bucket()) {
        let open = Some(Cycle { start: Some(cycle.start.unwrap()), next_start: None });
        let buckets = vec![
            Bucket { cycle: Some(cycle), ..bucket.clone() },
            Bucket { cycle: None, id: "no cycle".to_owned(), ..bucket.clone() },
            Bucket { cycle: open, id: "no end".to_owned(), ..bucket },
        ];
        let mut line = line_with(buckets, vec![cost(OutOfBundleKind::Total, 320)]);
        kept(&mut line).usage.out_of_bundle[0].cycle = Some(cycle);
        let today = instant.to_zoned_datetime(brussels()).date();
        let now = Now { at: instant, today, clock_off_minutes: None };
        let view = view_in(Language::English, &signed_in(vec![line]), &now);
        let line = &view.lines[0];
        let hero = line.hero.as_ref().unwrap();
        let midnight = |day: Option<Date>| day.unwrap().to_zoned_datetime(brussels()).unwrap().timestamp();
        let begun = instant >= midnight(cycle.start);
        let ended = instant >= midnight(cycle.next_start);
        let expected = match (begun, ended) {
            (false, _) => BucketState::Upcoming,
            (true, false) => BucketState::Current,
            (true, true) => BucketState::Ended,
        };
        for bucket in line.hero.iter().chain(&line.buckets) {
            prop_assert_eq!(bucket.state, expected);
        }
        let of_old = matches!(line.badge.kind, BadgeKind::PreviousCycle | BadgeKind::RolloverPending);
        prop_assert_eq!(of_old, ended);
        prop_assert_eq!(line.empty.is_some(), ended);
        prop_assert!(line.cycle.is_none() || line.cycle != hero.detail, "dates are said once");
        if expected != BucketState::Current {
            let said = format!("{} {}", hero.headline.text, hero.detail.as_ref().map_or("", |detail| &detail.text));
            prop_assert!(!said.contains("left") && !said.contains("over") && !said.contains("Used up"), "{}", said);
            prop_assert_eq!(hero.level, BucketLevel::Calm);
            prop_assert!(hero.bar.as_ref().is_none_or(|bar| bar.elapsed_permille.is_none()));
        }
        if ended {
            let costs = &line.out_of_bundle.as_ref().unwrap().headline.text;
            prop_assert!(costs.contains(','), "costs of an ended cycle carry its dates: {}", costs);
            prop_assert!(line.cycle.as_ref().is_none_or(|cycle| !cycle.text.contains("left")));
        }
    }

    /// I2: missing never becomes zero, and a percentage needs both parts from the operator.
    #[test]
    fn what_the_operator_did_not_say_is_not_shown(bucket in any_bucket()) {
        let view = view_in(Language::English, &lines(vec![bucket.clone()]), &now());
        let hero = view.lines[0].hero.as_ref().unwrap();
        let said = |reading: &Option<Reading>| reading.as_ref().and_then(|reading| reading.amount.units());
        prop_assert_eq!(hero.used, said(&bucket.used));
        prop_assert_eq!(hero.remaining, said(&bucket.remaining));
        let total = match &bucket.allowance {
            Allowance::Finite(total) => Some(total.clone()),
            _ => None,
        };
        prop_assert_eq!(hero.total, said(&total));
        if hero.bar.is_some() {
            let (used, total) = (bucket.used.as_ref().unwrap(), total.as_ref().unwrap());
            prop_assert!(used.amount.same_unit(&total.amount).is_some());
        }
        let all = format!("{} {}", hero.headline.text, hero.detail.as_ref().map_or("", |detail| &detail.text));
        if bucket.used.is_none() && bucket.over.is_none() {
            prop_assert!(!all.contains("used"), "{}", all);
        }
        if bucket.remaining.is_none() {
            prop_assert!(!all.contains("left"), "{}", all);
        }
        let nothing_said = bucket.used.is_none() && bucket.remaining.is_none() && bucket.over.is_none();
        if nothing_said && matches!(bucket.allowance, Allowance::Unknown | Allowance::Unlimited) {
            prop_assert!(!all.contains(|c: char| c.is_ascii_digit()), "{}", all);
        }
    }
}
