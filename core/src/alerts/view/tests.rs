//! What a notification and the screen say, in four languages, and what they must not.

use std::fmt::Write;

use insta::assert_snapshot;
use jiff::civil::date;

use super::*;
use crate::alerts::model::tests::{costs, credit, data};
use crate::alerts::model::{Place, RuleSet};
use crate::alerts::settings::{Settings, of_operator};
use crate::operator::profile::Profile;

const COUNTED: &str = "2026-11-25T14:03:00+01:00";

fn brussels() -> TimeZone {
    jiff::tz::get!("Europe/Brussels")
}

fn profile() -> Profile {
    let mut profile = Profile::parse(include_str!("../../../profiles/sandbox.json")).unwrap();
    profile.alerts.step_cents = Some(1_000);
    profile.alerts.sent.push(SentAlert {
        class: SentClass::Employer,
        at: SentAt::OutOfBundleCents(2_500),
        channel: SentChannel::Email,
    });
    profile
}

fn key(counted: &Counted, threshold: Threshold, set: RuleSet) -> Key {
    let place =
        Place { line: counted.line.clone(), bucket: counted.bucket.clone(), cycle: date(2026, 12, 1), allowance: None };
    Key { place, threshold, set }
}

fn writer(zone: &TimeZone, language: Language) -> Writer<'_> {
    Writer { language, operator: "Sandbox Mobile", zone, today: date(2026, 11, 25) }
}

#[test]
fn notifications() {
    for language in Language::ALL {
        let zone = brussels();
        let writer = writer(&zone, language);
        let titled = |counted: Counted, title: Text| Counted { title, ..counted };
        let national = titled(data(91, COUNTED), messages::title_data(language, "national"));
        let mut assumed = national.clone();
        assumed.counted_at.as_mut().unwrap().zone_assumed = true;
        let second = Counted {
            label: Some(Text { text: "0470 •• •• 56".to_owned(), spoken: "number ending in 5 6".to_owned() }),
            ..titled(data(104, "2026-11-24T23:40:00+01:00"), messages::title_data(language, "eu"))
        };
        let beside = titled(costs(2_327, COUNTED), messages::out_of_bundle_split(language));
        let credit = titled(credit(1_550, COUNTED), messages::title_credit(language, "national"));
        let spent = titled(self::credit(2_000, COUNTED), messages::title_credit(language, "world"));
        let cases = [
            ("75 % of a credit of 20 euros", credit, Threshold::Percent(75)),
            ("all of a credit of 20 euros", spent, Threshold::Percent(100)),
            ("90 % crossed", national, Threshold::Percent(90)),
            ("time zone assumed", assumed, Threshold::Percent(75)),
            ("one of several lines, over, counted yesterday", second, Threshold::Percent(100)),
            ("costs", beside, Threshold::Cents(2_000)),
        ];
        let mut all = String::new();
        for (name, counted, threshold) in cases {
            let alert =
                writer.alert("id".to_owned(), &key(&counted, threshold, RuleSet::Operator(1)), &counted).unwrap();
            let Alert { title, body, spoken, lock_screen, .. } = &alert;
            writeln!(all, "## {name}\n{title}\n{body}\n({spoken})\n[{lock_screen}]\n").unwrap();
            assert!(!lock_screen.chars().any(|c| c.is_ascii_digit()), "a locked phone shows no figure: {lock_screen}");
            assert!(!lock_screen.contains(&counted.title.text) && !lock_screen.contains("Sandbox"), "{lock_screen}");
            assert!(!spoken.contains(['•', '–', '%', '€']), "{spoken}");
        }
        let sample = writer.sample("sample");
        writeln!(all, "## sample\n{}\n{}", sample.title, sample.body).unwrap();
        assert_snapshot!(format!("notifications@{}", language.locale()), all);
    }
}

#[test]
fn screen() {
    let profile = profile();
    let own = [
        OwnThreshold::Share { percent: 50 },
        OwnThreshold::Costs { cents: 1_500 },
        OwnThreshold::EveryCosts { cents: 500 },
    ];
    let settings = Settings::default().with_own(&own).unwrap();
    for language in Language::ALL {
        let zone = brussels();
        let writer = writer(&zone, language);
        let mut all = String::new();
        for trigger in of_operator(&profile.alerts).iter().chain(&settings.own) {
            let ThresholdView { text, .. } = writer.threshold(*trigger);
            writeln!(all, "{} ({})", text.text, text.spoken).unwrap();
        }
        for alert in &profile.alerts.sent {
            let SentAlertView { kind, text, by } = writer.sent(alert);
            writeln!(all, "{kind:?}: {} · {}", text.text, by.text).unwrap();
            assert!(by.text.contains("Sandbox Mobile"), "the operator's is shown as the operator's");
        }
        writeln!(all, "{}", writer.sent_note().text).unwrap();
        for quiet in
            [Quiet::default(), Quiet { from_minute: 1_350, to_minute: 365 }, Quiet { from_minute: 0, to_minute: 0 }]
        {
            let QuietView { text, from, to, .. } = writer.quiet(quiet);
            assert_eq!(from.text, format!("{:02}:{:02}", quiet.from_minute / 60, quiet.from_minute % 60));
            assert_eq!(to.text, format!("{:02}:{:02}", quiet.to_minute / 60, quiet.to_minute % 60));
            writeln!(all, "{} ({})", text.text, text.spoken).unwrap();
        }
        let counted = Counted { title: messages::title_data(language, "national"), ..data(93, COUNTED) };
        let at = "2026-11-26T07:00:00+01:00".parse().unwrap();
        for (state, delivery) in [
            (AlertState::Posted, Delivery::InAppOnly),
            (AlertState::Deferred, Delivery::At(at)),
            (AlertState::Claimed, Delivery::Now),
            (AlertState::Claimed, Delivery::InAppOnly),
        ] {
            let entry = Entry {
                key: key(&counted, Threshold::Percent(75), RuleSet::Own(1)),
                used: Amount::Bytes(7_610_000_000),
                counted_ms: 1_795_608_000_000,
                due_ms: 0,
            };
            let recorded = Recorded { name: String::new(), state, at_ms: 1_795_611_900_000, entry };
            let ToldView { kind, title, body, state, timing, .. } =
                writer.told(String::new(), &recorded, delivery, &counted);
            writeln!(all, "{kind:?} {state:?}: {} · {} · {}", title.text, body.text, timing.text).unwrap();
        }
        assert_snapshot!(format!("screen@{}", language.locale()), all);
    }
}

#[test]
fn thresholds_of_ones_own_are_checked_sorted_and_counted_once() {
    use OwnThreshold::{Costs, EveryCosts, Share};
    let with = |own: &[OwnThreshold]| Settings::default().with_own(own);
    let settings =
        with(&[Costs { cents: 500 }, Share { percent: 80 }, Share { percent: 50 }, Share { percent: 80 }]).unwrap();
    let shown: Vec<_> = settings.own.iter().map(|trigger| OwnThreshold::of(*trigger)).collect();
    assert_eq!(shown, [Share { percent: 50 }, Share { percent: 80 }, Costs { cents: 500 }]);
    assert_eq!(settings.with_own(&shown).unwrap().revision, settings.revision, "the same list is no new one");
    assert_eq!(settings.with_own(&[]).unwrap().revision, settings.revision + 1);
    for wrong in [Share { percent: 0 }, Share { percent: 201 }, Costs { cents: 99 }, EveryCosts { cents: 0 }] {
        assert!(with(&[wrong]).is_err(), "{wrong:?}");
    }
    let many: Vec<_> = (1..=11).map(|percent| Share { percent }).collect();
    assert!(with(&many).is_err() && with(&many[1..]).is_ok());
    for (from, to, possible) in [(0, 1_439, true), (1_440, 0, false), (0, 1_440, false)] {
        assert_eq!(Settings::default().with_quiet(from, to).is_ok(), possible, "{from} {to}");
    }
}
