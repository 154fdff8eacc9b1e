//! Every step of every case, in four languages.

use std::fmt::Write;

use insta::assert_snapshot;
use jiff::Timestamp;

use super::drawing::Drawing;
use super::screen::{ActivationPhase, draw};
use super::track::{LineTrackView, TrackStepState, view};
use crate::activation::memory::{Memory, Tracked};
use crate::activation::model::{
    KeptNumber, LineOrder, LineState, OrderStage, ProfileState, RefusalReason, Said, SimCard, SimKind,
};
use crate::activation::samples::bare_order;
use crate::help::articles::{ARTICLES, Needs};
use crate::problem::{Problem, SessionEnd};
use crate::text::Language;

const HOUR: i64 = 60 * 60 * 1000;
/// Friday 27 November 2026, 09:00 in Brussels: the next working day is Monday.
const FRIDAY: i64 = 1_795_766_400_000;

fn order(sim: SimKind, is_kept: bool, stage: OrderStage) -> LineOrder {
    LineOrder {
        number: Some("+32470123456".to_owned()),
        sim,
        kept: is_kept.then(KeptNumber::default),
        starts_ms: Some(FRIDAY),
        ..bare_order(stage)
    }
}

fn drawing(language: Language, now_ms: i64) -> Drawing<'static> {
    static ZONE: std::sync::LazyLock<jiff::tz::TimeZone> =
        std::sync::LazyLock::new(|| jiff::tz::get!("Europe/Brussels"));
    Drawing {
        language,
        operator: "Example Mobile",
        zone: &ZONE,
        now: Timestamp::from_millisecond(now_ms).unwrap(),
        tells_orders: true,
        tells_sims: true,
        tells_secrets: true,
    }
}

fn drawn(view: &LineTrackView) -> String {
    let mut out = format!("{} | {} | finished {}\n", view.title.text, view.case.text, view.finished);
    for step in &view.steps {
        let mark = match step.state {
            TrackStepState::Done => '+',
            TrackStepState::Current => '>',
            TrackStepState::Ahead => '.',
            TrackStepState::Failed => '!',
        };
        writeln!(out, "  {mark} {}", step.title.text).unwrap();
    }
    let now = &view.now;
    writeln!(out, "  == {}", now.title.text).unwrap();
    for (name, texts) in [("", &now.text), ("keep: ", &now.keep), ("when: ", &now.by_when), ("else: ", &now.if_not)] {
        for text in texts {
            writeln!(out, "     {name}{}", text.text).unwrap();
        }
    }
    for answer in &now.answers {
        let main = if answer.is_main { " (main)" } else { "" };
        writeln!(out, "     [{}]{main} {}", answer.id, answer.label.text).unwrap();
    }
    let help = now.help.as_deref().unwrap_or("none");
    let (claim, esim, wifi) = (now.claim.is_some(), now.esim, now.wifi_calling);
    writeln!(out, "     {:?} claim {claim} esim {esim} wifi {wifi} help {help}", now.request).unwrap();
    out
}

/// The operator's list leaves it out since yesterday.
fn missing(order: LineOrder) -> LineOrder {
    LineOrder { told_ms: Some(FRIDAY - 24 * HOUR), missing_since_ms: Some(FRIDAY - 23 * HOUR), ..order }
}

type Scene = (LineOrder, Said, i64);

/// Each step of each case once.
fn scenes() -> Vec<Scene> {
    use OrderStage::{Cancelled, Done, Refused, Requested, UnderWay, Waiting};
    let nothing = Said::default();
    let has_sim = Said { has_sim: true, ..Said::default() };
    let gone = Said { old_signal_gone: true, ..has_sim.clone() };
    let refused = |reason, is_kept| LineOrder { reason: Some(reason), ..order(SimKind::Card, is_kept, Refused) };
    let moving = || order(SimKind::Card, true, UnderWay);
    let nameless = LineOrder { number: None, ..order(SimKind::Unknown, false, Requested) };
    vec![
        (nameless, nothing.clone(), FRIDAY - HOUR),
        (order(SimKind::Card, false, Requested), nothing.clone(), FRIDAY - HOUR),
        (order(SimKind::Card, false, UnderWay), has_sim.clone(), FRIDAY - 20 * HOUR),
        (order(SimKind::Card, false, Waiting), nothing.clone(), FRIDAY),
        (order(SimKind::Card, false, Cancelled), nothing.clone(), FRIDAY),
        (order(SimKind::Esim, false, Requested), nothing.clone(), FRIDAY - HOUR),
        (order(SimKind::Esim, false, UnderWay), has_sim.clone(), FRIDAY),
        (order(SimKind::Esim, true, UnderWay), Said { has_profile: true, ..gone.clone() }, FRIDAY),
        (order(SimKind::Card, true, Requested), has_sim.clone(), FRIDAY - 48 * HOUR),
        (order(SimKind::Esim, true, Waiting), has_sim.clone(), FRIDAY - 48 * HOUR),
        (moving(), has_sim.clone(), FRIDAY - 48 * HOUR),
        (moving(), has_sim.clone(), FRIDAY + HOUR),
        (moving(), has_sim.clone(), FRIDAY + 30 * HOUR),
        (moving(), has_sim.clone(), FRIDAY + 96 * HOUR),
        (moving(), gone, FRIDAY + 2 * HOUR),
        (refused(RefusalReason::DonorData, true), has_sim.clone(), FRIDAY),
        (refused(RefusalReason::DonorLineInactive, true), has_sim.clone(), FRIDAY),
        (refused(RefusalReason::NotPermitted, true), has_sim.clone(), FRIDAY),
        (refused(RefusalReason::Other, false), has_sim, FRIDAY),
        (order(SimKind::Card, true, Done), nothing.clone(), FRIDAY + 20 * HOUR),
        // It was late: that is told for six months.
        (
            LineOrder {
                done_ms: Some(FRIDAY + 100 * HOUR),
                launched_ms: Some(FRIDAY),
                ..order(SimKind::Card, true, Done)
            },
            nothing.clone(),
            FRIDAY + 1000 * HOUR,
        ),
        // The operator said first that it is done: whether it works is still asked, for the code that is kept.
        (order(SimKind::Esim, false, Done), nothing.clone(), FRIDAY + 20 * HOUR),
        (order(SimKind::Esim, false, Done), Said { works: true, ..nothing.clone() }, FRIDAY + 20 * HOUR),
        (LineOrder { line: Some(LineState::Suspended), ..order(SimKind::Card, false, Done) }, nothing.clone(), FRIDAY),
        (LineOrder { line: Some(LineState::Ended), ..order(SimKind::Card, false, Done) }, nothing.clone(), FRIDAY),
        (missing(order(SimKind::Card, false, Requested)), nothing.clone(), FRIDAY - HOUR),
        (missing(order(SimKind::Card, false, Done)), nothing, FRIDAY + 20 * HOUR),
    ]
}

#[test]
fn every_step_of_every_case_in_four_languages() {
    for language in Language::ALL {
        let mut all = String::new();
        for (order, said, now_ms) in scenes() {
            all.push_str(&drawn(&view(&order, &said, None, &drawing(language, now_ms))));
        }
        assert_snapshot!(format!("track@{}", language.locale()), all);
    }
}

#[test]
fn each_article_that_a_step_names_is_there_at_every_operator() {
    let named: Vec<String> = scenes()
        .into_iter()
        .filter_map(|(order, said, now_ms)| view(&order, &said, None, &drawing(Language::English, now_ms)).now.help)
        .collect();
    assert!(named.len() > 10, "{named:?}");
    for id in named {
        let article = ARTICLES.iter().find(|article| article.id == id);
        assert!(article.is_some_and(|article| article.needs == Needs::Nothing), "{id}");
    }
}

#[test]
fn what_is_kept_is_dated_and_a_sim_is_named_by_its_line_and_never_by_its_own_number() {
    let sim = |kind, number: Option<&str>| SimCard {
        id: "s".to_owned(),
        kind,
        profile: None,
        number: number.map(str::to_owned),
    };
    let sims = vec![sim(SimKind::Card, Some("+32470123456")), sim(SimKind::Esim, None)];
    let tracked = Tracked { sims, orders_ms: Some(FRIDAY), ..Tracked::default() };
    let memory = Memory { tracked, ..Memory::default() };
    for (language, checked, card) in [
        (Language::English, "Checked ", "SIM card of 0470 •• •• 56"),
        (Language::Dutch, "Gecontroleerd ", "Simkaart van 0470 •• •• 56"),
        (Language::French, "Vérifié ", "Carte SIM du 0470 •• •• 56"),
        (Language::German, "Geprüft ", "SIM-Karte von 0470 •• •• 56"),
    ] {
        let drawing = drawing(language, FRIDAY + HOUR);
        let view = draw(&memory, ActivationPhase::Ready, false, 1, None, &drawing);
        let labels: Vec<&str> = view.sims.iter().map(|sim| sim.label.text.as_str()).collect();
        let told = view.checked.unwrap().text;
        assert!(told.starts_with(checked) && told.contains("09:00"), "when it was asked, not now: {told}");
        assert_eq!(labels, [card, "eSIM"]);
        let unknown = draw(&Memory::default(), ActivationPhase::Ready, false, 1, None, &drawing);
        assert_eq!(unknown.checked, None);
    }
}

#[test]
fn a_step_about_an_esim_says_which_one_it_is_and_has_one_main_button() {
    use OrderStage::UnderWay;
    let sim = |kind| SimCard { id: "s".to_owned(), kind, profile: None, number: None };
    for (kind, said, is_esims, main) in [
        (SimKind::Esim, Said::default(), true, None),
        (SimKind::Esim, Said { has_sim: true, has_profile: true, ..Said::default() }, false, Some("works")),
        (SimKind::Card, Said::default(), false, Some("has-sim")),
    ] {
        let drawing = drawing(Language::English, FRIDAY);
        let now = view(&order(kind, false, UnderWay), &said, Some(&sim(kind)), &drawing).now;
        assert_eq!((now.esim, now.esim_sim_id.as_deref()), (is_esims, is_esims.then_some("s")), "{kind:?}");
        let mains: Vec<&str> = now.answers.iter().filter(|one| one.is_main).map(|one| one.id.as_str()).collect();
        assert_eq!(mains, main.into_iter().collect::<Vec<_>>(), "what is taken back is never the main button");
        assert_eq!(view(&order(kind, false, UnderWay), &said, None, &drawing).now.esim_sim_id, None);
    }
}

#[test]
fn late_is_said_once_the_legal_day_has_ended_and_not_a_minute_before() {
    let moving = order(SimKind::Card, true, OrderStage::UnderWay);
    let said = Said { has_sim: true, ..Said::default() };
    // Friday to Monday: the day ends at midnight, 87 hours after nine in the morning.
    for (hours, minutes, is_late, is_longer) in
        [(23, 59, false, false), (24, 0, false, true), (86, 59, false, true), (87, 0, true, false)]
    {
        let now_ms = FRIDAY + hours * HOUR + minutes * 60 * 1000;
        let drawing = drawing(Language::English, now_ms);
        let now = view(&moving, &said, None, &drawing).now;
        assert_eq!(
            (now.claim.is_some(), now.title.text.contains("should have moved")),
            (is_late, is_late),
            "{hours}:{minutes}"
        );
        assert_eq!(now.text.iter().any(|text| text.text.contains("longer than usual")), is_longer, "{hours}:{minutes}");
        assert_eq!(now.by_when[1].text, "By law at the latest by the end of 30 November");
    }
}

#[test]
fn a_claim_is_a_letter_in_four_languages() {
    let moving = LineOrder { launched_ms: Some(FRIDAY), ..order(SimKind::Card, true, OrderStage::UnderWay) };
    let done = LineOrder { stage: OrderStage::Done, done_ms: Some(FRIDAY + 100 * HOUR), ..moving.clone() };
    let has_sim = Said { has_sim: true, ..Said::default() };
    let works = Said { works: true, undone_ms: Some(FRIDAY + 95 * HOUR), ..has_sim.clone() };
    let mut all = String::new();
    for language in Language::ALL {
        for (order, said, hours) in [(&moving, &has_sim, 96), (&done, &has_sim, 2000), (&moving, &works, 2000)] {
            let request = view(order, said, None, &drawing(language, FRIDAY + hours * HOUR)).now.claim.unwrap();
            writeln!(all, "{}\n{}", request.subject, request.body).unwrap();
            assert!(!format!("{request:?}").contains("470"));
        }
    }
    assert_snapshot!(all);
}

#[test]
fn wherever_a_late_move_stands_its_screen_says_that_it_is_late_and_since_when() {
    let said =
        |has_sim, has_profile, old_signal_gone| Said { has_sim, has_profile, old_signal_gone, ..Said::default() };
    for said in [said(false, false, false), said(true, false, false), said(true, true, false), said(true, true, true)] {
        let moving = order(SimKind::Esim, true, OrderStage::UnderWay);
        let now = view(&moving, &said, None, &drawing(Language::English, FRIDAY + 96 * HOUR)).now;
        let lines = now.text.iter().chain(&now.by_when).filter(|text| text.text.contains("30 November")).count();
        assert_eq!(lines, 1, "{said:?}");
        assert!(now.claim.is_some() && now.if_not.iter().any(|text| text.text.contains("Compensation")), "{said:?}");
        let after = view(&moving, &said, None, &drawing(Language::English, FRIDAY + 400 * 24 * HOUR)).now;
        assert!(
            after.claim.is_none() && !after.if_not.iter().any(|text| text.text.contains("Compensation")),
            "{said:?}"
        );
    }
}

#[test]
fn a_number_that_moves_before_the_card_is_here_is_told_on_the_cards_step_with_both_limits() {
    let moving = order(SimKind::Card, true, OrderStage::UnderWay);
    for (hours, part) in [(1, "STOP"), (30, "longer than usual"), (96, "already moving")] {
        let now = view(&moving, &Said::default(), None, &drawing(Language::English, FRIDAY + hours * HOUR)).now;
        let says = |part: &str| now.text.iter().any(|text| text.text.contains(part));
        assert!(says(part) && says("already moving") && !says("nothing changes"), "{hours}: {:?}", now.text);
        assert_eq!(now.by_when.len(), 2, "{hours}");
    }
    let before = view(&moving, &Said::default(), None, &drawing(Language::English, FRIDAY - HOUR)).now;
    assert!(before.text.iter().any(|text| text.text.contains("nothing changes")), "{:?}", before.text);
    let new = order(SimKind::Card, false, OrderStage::UnderWay);
    let new = view(&new, &Said::default(), None, &drawing(Language::English, FRIDAY + HOUR)).now;
    assert!(new.text.iter().any(|text| text.text.contains("nothing changes")), "{:?}", new.text);
}

#[test]
fn when_a_number_moves_is_said_at_its_own_step_and_when_a_new_line_begins_at_its_cards() {
    for (is_kept, is_said) in [(true, false), (false, true)] {
        let coming = order(SimKind::Card, is_kept, OrderStage::UnderWay);
        let now = view(&coming, &Said::default(), None, &drawing(Language::English, FRIDAY - HOUR)).now;
        assert_eq!(now.text.iter().any(|text| text.text.contains("09:00")), is_said, "{:?}", now.text);
    }
}

#[test]
fn a_line_that_begins_tomorrow_is_not_tried_today() {
    for (sim, has_profile) in [(SimKind::Card, false), (SimKind::Esim, true)] {
        let order = LineOrder { launched_ms: Some(FRIDAY - 30 * HOUR), ..order(sim, false, OrderStage::UnderWay) };
        let said = Said { has_sim: true, has_profile, ..Said::default() };
        let now = |at_ms| view(&order, &said, None, &drawing(Language::English, at_ms)).now;
        let answers = |at_ms| now(at_ms).answers.into_iter().map(|answer| answer.id).collect::<Vec<_>>();
        let before = now(FRIDAY - 1);
        assert_eq!(before.title.text, "Your line works today at 09:00");
        assert!(before.if_not.is_empty() && !before.text.iter().any(|text| text.text.contains("call")), "{before:?}");
        assert!(!answers(FRIDAY - 1).contains(&"works".to_owned()));
        assert!(answers(FRIDAY).contains(&"works".to_owned()));
        assert!(now(FRIDAY).title.text.ends_with("try it"));
    }
}

#[test]
fn each_button_names_what_it_is_about_whatever_stands_above_it() {
    let refused =
        LineOrder { reason: Some(RefusalReason::DonorData), ..order(SimKind::Card, true, OrderStage::Refused) };
    let now = view(&refused, &Said::default(), None, &drawing(Language::English, FRIDAY)).now;
    assert_eq!(now.answers[0].label.text, "I have the SIM card");
}

#[test]
fn that_the_session_ended_is_said_before_what_failed() {
    let memory = Memory { failure: Some(Problem::Offline), ..Memory::default() };
    let notice =
        |ended| draw(&memory, ActivationPhase::Ready, false, 1, ended, &drawing(Language::English, FRIDAY)).notice;
    let (ended, failed) = (notice(Some(SessionEnd::Expired)), notice(None));
    assert!(ended.is_some() && failed.is_some() && ended != failed, "{ended:?}, {failed:?}");
}

#[test]
fn a_letter_names_no_day_of_launch_that_the_operator_did_not_tell() {
    let has_sim = Said { has_sim: true, ..Said::default() };
    let told = LineOrder { launched_ms: Some(FRIDAY), ..order(SimKind::Card, true, OrderStage::UnderWay) };
    let seen = LineOrder { launched_ms: None, starts_ms: None, seen_under_way_ms: Some(FRIDAY), ..told.clone() };
    for (order, part) in
        [(&told, "was launched on 27 November 2026"), (&seen, "was under way on 27 November 2026 at the latest")]
    {
        let body = view(order, &has_sim, None, &drawing(Language::English, FRIDAY + 96 * HOUR)).now.claim.unwrap().body;
        assert!(body.contains(part), "{body}");
    }
}

#[test]
fn a_line_that_only_its_operator_says_works_is_told_with_what_to_do_if_not() {
    let sim = |profile| SimCard { id: "s".to_owned(), kind: SimKind::Esim, profile, number: None };
    let works = Said { works: true, ..Said::default() };
    let (esim, card) = (order(SimKind::Esim, false, OrderStage::Done), order(SimKind::Card, false, OrderStage::Done));
    let installed = sim(Some(ProfileState::Installed));
    for (order, said, sim, title, is_esim, has_if_not) in [
        (&esim, Said::default(), None, "Your line is ready", true, true),
        (&esim, Said::default(), Some(&sim(Some(ProfileState::Released))), "Your line is ready", true, true),
        (&esim, Said::default(), Some(&installed), "Your line works", false, true),
        (&card, Said::default(), None, "Your line is ready", false, true),
        (&card, Said { has_sim: true, ..Said::default() }, None, "Your line works", false, true),
        (&esim, works.clone(), None, "Your line works", false, false),
        (&card, works, None, "Your line works", false, false),
    ] {
        let now = view(order, &said, sim, &drawing(Language::English, FRIDAY + HOUR)).now;
        assert_eq!((now.title.text.as_str(), now.esim, !now.if_not.is_empty()), (title, is_esim, has_if_not));
        assert!(now.wifi_calling);
    }
}
