//! Every step of every case, in four languages.

use std::fmt::Write;

use insta::assert_snapshot;
use jiff::Timestamp;

use super::track::{ActivationPhase, Drawing, LineTrackView, TrackStepState, draw, view};
use crate::activation::memory::{Memory, Tracked};
use crate::activation::model::{KeptNumber, LineOrder, LineState, OrderStage, RefusalReason, Said, SimCard, SimKind};
use crate::help::articles::{ARTICLES, Needs};
use crate::text::Language;

const HOUR: i64 = 60 * 60 * 1000;
/// Friday 27 November 2026, 09:00 in Brussels: the next working day is Monday.
const FRIDAY: i64 = 1_795_766_400_000;

fn order(sim: SimKind, is_kept: bool, stage: OrderStage) -> LineOrder {
    LineOrder {
        id: "po-1".to_owned(),
        product: None,
        item: None,
        number: Some("+32470123456".to_owned()),
        sim,
        kept: is_kept.then(KeptNumber::default),
        stage,
        line: None,
        reason: None,
        ordered_ms: None,
        starts_ms: Some(FRIDAY),
        starts_on_a_day: false,
        launched_ms: None,
        seen_under_way_ms: None,
        resumed_ms: None,
        done_ms: None,
        ended_ms: None,
        told_ms: None,
        missing_since_ms: None,
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
    let moving = order(SimKind::Card, true, OrderStage::UnderWay);
    let mut all = String::new();
    for language in Language::ALL {
        let said = Said { has_sim: true, ..Said::default() };
        let request = view(&moving, &said, None, &drawing(language, FRIDAY + 96 * HOUR)).now.claim.unwrap();
        writeln!(all, "{}\n{}", request.subject, request.body).unwrap();
        assert!(!format!("{request:?}").contains("470"));
    }
    assert_snapshot!(all);
}
