//! Every step and every verdict of the Wi-Fi calling screen, in four languages.

use std::fmt::Write;
use std::sync::Arc;

use insta::assert_snapshot;

use super::*;
use crate::host::ClockReading;
use crate::vowifi::check::findings::{DoorFinding, NameFinding, Proof};
use crate::vowifi::check::verdict::{Action, Evidence, Judgement, MobileData, NotTested, Verdict};
use crate::vowifi::facts::SimFacts;
use crate::vowifi::guide::file::bundled;
use crate::vowifi::guide::model::GuideFile;
use crate::vowifi::line::OrderState;
use crate::vowifi::memory::{KeptCheck, NotMade};
use crate::vowifi::walk::{Blocker, Greyed, Ground, Missing, Outlook};

fn pixel() -> PhoneFacts {
    let sim = SimFacts { operator: Some("20605".to_owned()), on_wifi: Some(true), ..SimFacts::default() };
    PhoneFacts {
        maker: "Google".to_owned(),
        brand: "google".to_owned(),
        model: "Pixel 9".to_owned(),
        os_version: "15".to_owned(),
        language: "nl".to_owned(),
        sims: vec![sim.clone(), sim],
        ..PhoneFacts::of(PhonePlatform::Android)
    }
}

fn iphone() -> PhoneFacts {
    PhoneFacts {
        platform: PhonePlatform::Ios,
        maker: "Apple".to_owned(),
        model: "iPhone15,2".to_owned(),
        os_version: "18.1".to_owned(),
        language: "fr".to_owned(),
        sims: Vec::new(),
        ..pixel()
    }
}

/// What is drawn of one step, line by line: drawn, and spoken where that differs.
fn drawn(view: &WifiStepView) -> String {
    let both = |text: &Text| {
        if text.text == text.spoken { text.text.clone() } else { format!("{} | {}", text.text, text.spoken) }
    };
    let mut out = String::new();
    writeln!(out, "[{} {:?}] {}", view.id, view.stage, both(&view.title)).unwrap();
    for text in &view.text {
        writeln!(out, "  {}", both(text)).unwrap();
    }
    for path in &view.paths {
        let unsure = path.unsure.as_ref().map(|unsure| format!(" ({})", unsure.text)).unwrap_or_default();
        writeln!(out, "  {:?} {}: {}{unsure}", path.kind, path.title.text, path.spoken).unwrap();
    }
    for note in &view.notes {
        writeln!(out, "  - {}", both(note)).unwrap();
    }
    let buttons = [view.switch_on.as_ref(), view.check.as_ref()].into_iter().flatten().map(|label| label.text.clone());
    let answers: Vec<String> = view.answers.iter().map(|answer| answer.label.text.clone()).collect();
    let buttons: Vec<String> = buttons.collect();
    writeln!(out, "  < {} > {} {} {}", answers.join(" / "), buttons.join(" / "), view.ask_employer, view.report)
        .unwrap();
    out
}

fn steps(file: &GuideFile) -> Vec<Step> {
    let mut steps = vec![
        Step::WhichSim,
        Step::OtherOperator,
        Step::TooOld,
        Step::NotProvisioned,
        Step::BeingProvisioned,
        Step::NoCarrierProfile,
        Step::Abroad,
        Step::SwitchOn,
        Step::Network,
        Step::Emergency,
        Step::Works,
        Step::Symptoms,
        Step::Support,
    ];
    let blockers = [Blocker::Vpn, Blocker::CaptivePortal, Blocker::PrivateDns, Blocker::Ethernet, Blocker::Restricted];
    steps.extend(blockers.map(Step::Blocked));
    let missing = [Missing::EsimRestart, Missing::CarrierUpdate, Missing::Restart, Missing::AskOperator];
    steps.extend(missing.map(Step::Missing));
    steps.extend([Greyed::EndCall, Greyed::AskIt, Greyed::AskOperator].map(Step::Greyed));
    steps.extend(file.verify.iter().map(|part| Step::Proof(part.id.as_str().to_owned())));
    for symptom in &file.symptoms {
        let actions = u8::try_from(walk::actions(symptom).len()).unwrap();
        steps.extend((0..actions).map(|place| Step::Advice(symptom.id.as_str().to_owned(), place)));
    }
    steps
}

struct Scene {
    facts: PhoneFacts,
    networks: Vec<String>,
    file: Arc<GuideFile>,
    order: Option<OrderState>,
    can_order: bool,
    is_check_on: bool,
}

impl Scene {
    fn of(facts: PhoneFacts) -> Scene {
        let networks = vec!["20605".to_owned(), "20620".to_owned()];
        Scene { facts, networks, file: bundled().unwrap(), order: None, can_order: true, is_check_on: true }
    }

    fn draw(&self, step: &Step, language: Language) -> WifiStepView {
        let choice = choose(&self.file, &self.facts.phone());
        let ground = Ground {
            facts: self.facts.clone(),
            networks: self.networks.clone(),
            file: self.file.clone(),
            provisioned: Provisioned::Off,
            order: self.order,
            outlook: Some(Outlook::Open),
        };
        let drawing = Drawing {
            language,
            operator: "Example Mobile",
            ground: &ground,
            choice: choice.as_ref(),
            block: self.file.operator("20605"),
            can_order: self.can_order,
            is_check_on: self.is_check_on,
            on_wifi_now: self.facts.sims.iter().any(|sim| sim.on_wifi == Some(true)),
        };
        step::view(step, &drawing)
    }
}

#[test]
fn every_step_on_a_pixel_and_an_iphone_in_four_languages() {
    let (pixel, iphone) = (Scene::of(pixel()), Scene::of(iphone()));
    for language in Language::ALL {
        let mut all = String::new();
        for step in steps(&pixel.file) {
            all.push_str(&drawn(&pixel.draw(&step, language)));
        }
        writeln!(all, "== iPhone").unwrap();
        for step in [Step::WhichSim, Step::SwitchOn, Step::Proof("airplane-on".to_owned())] {
            all.push_str(&drawn(&iphone.draw(&step, language)));
        }
        writeln!(all, "== orders").unwrap();
        for (order, can_order) in [
            (None, false),
            (Some(OrderState::Refused), true),
            (Some(OrderState::Failed), true),
            (Some(OrderState::Cancelled), true),
        ] {
            let scene = Scene { order, can_order, ..Scene::of(self::pixel()) };
            all.push_str(&drawn(&scene.draw(&Step::NotProvisioned, language)));
        }
        for order in [OrderState::Unsent, OrderState::Waiting, OrderState::InProgress] {
            let scene = Scene { order: Some(order), ..Scene::of(self::pixel()) };
            all.push_str(&drawn(&scene.draw(&Step::BeingProvisioned, language)));
        }
        assert_snapshot!(format!("steps@{}", language.locale()), all);
    }
}

#[test]
fn every_step_says_something_and_leads_on_and_no_two_are_called_alike() {
    let scene = Scene::of(pixel());
    let all = steps(&scene.file);
    let mut ids: Vec<String> = all.iter().map(ids::of_step).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all.len());
    for step in all {
        let view = scene.draw(&step, Language::Dutch);
        assert!(!view.title.text.is_empty(), "{step:?}");
        assert!(!view.text.is_empty() || matches!(step, Step::Symptoms), "{step:?}");
        let ends = matches!(step, Step::OtherOperator | Step::TooOld);
        assert_eq!(view.answers.is_empty(), ends, "{step:?}");
        let main = match step {
            Step::NotProvisioned => Some(WifiStepButton::SwitchOn),
            Step::Network => Some(WifiStepButton::Check),
            Step::Proof(_) if view.check.is_some() => Some(WifiStepButton::Check),
            _ if ends => None,
            _ => Some(WifiStepButton::FirstAnswer),
        };
        assert_eq!(view.main, main, "{step:?}");
        let mut ids: Vec<&str> = view.answers.iter().map(|answer| answer.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), view.answers.len(), "{step:?}");
    }
}

#[test]
fn a_check_that_is_switched_off_is_said_to_be_and_not_announced() {
    let said = |is_check_on| {
        let view = Scene { is_check_on, ..Scene::of(pixel()) }.draw(&Step::Network, Language::English);
        let text: Vec<String> = view.text.into_iter().map(|text| text.text).collect();
        (
            text.concat().contains("eight seconds"),
            text.concat().contains("switched this check off"),
            view.check.is_some(),
        )
    };
    assert_eq!((said(true), said(false)), ((true, false, true), (false, true, false)));
}

fn verdicts() -> Vec<Judgement> {
    let of = |verdict, action| Judgement {
        verdict,
        action,
        evidence: [
            Evidence::Name(NameFinding::Found),
            Evidence::Door500(DoorFinding::Open(Proof::SaInit)),
            Evidence::Door4500(DoorFinding::Silent),
            Evidence::MobileData(MobileData::Answers),
        ],
        is_data_stale: false,
    };
    let not_tested = |why| of(Verdict::NotTested(why), Action::TryLater);
    let mut all = vec![
        of(Verdict::Open, Action::ProveInAirplaneMode),
        of(Verdict::Blocked, Action::AllowPorts),
        of(Verdict::ProbablyBlocked, Action::CompareOnMobileData),
        of(Verdict::Inconclusive, Action::CheckInternet),
        of(Verdict::Blocked, Action::AllowName),
        of(Verdict::Inconclusive, Action::UseAutomaticDns),
        of(Verdict::Inconclusive, Action::TryOtherWifi),
        of(Verdict::Inconclusive, Action::CheckPacketSize),
        of(Verdict::Inconclusive, Action::AskOperator),
        of(Verdict::Inconclusive, Action::PauseVpn),
        of(Verdict::Inconclusive, Action::JoinWifi),
        of(Verdict::Inconclusive, Action::Nothing),
    ];
    all.extend(
        [
            NotTested::Vpn,
            NotTested::NoNetwork,
            NotTested::SwitchedOff,
            NotTested::CoolingDown { wait_s: 40 },
            NotTested::HourlyLimit { wait_s: 3_000 },
            NotTested::NoHost,
            NotTested::Phone,
        ]
        .map(not_tested),
    );
    let names = [
        NameFinding::Sinkhole,
        NameFinding::NotFound,
        NameFinding::ServerFailure,
        NameFinding::Timeout,
        NameFinding::Unresolved,
        NameFinding::FamilyMismatch,
        NameFinding::NotAsked,
    ];
    let doors = [
        DoorFinding::Refused,
        DoorFinding::Prohibited,
        DoorFinding::NoRoute,
        DoorFinding::TooLarge,
        DoorFinding::NotTried,
        DoorFinding::Silent,
        DoorFinding::Silent,
    ];
    let mobile = [
        MobileData::NotTested,
        MobileData::AnswersInPart,
        MobileData::Silent,
        MobileData::NameNotFound,
        MobileData::NotTested,
        MobileData::NotTested,
        MobileData::NotTested,
    ];
    for ((name, door), mobile) in names.into_iter().zip(doors).zip(mobile) {
        let evidence =
            [Evidence::Name(name), Evidence::Door500(door), Evidence::Door4500(door), Evidence::MobileData(mobile)];
        all.push(Judgement { evidence, ..of(Verdict::Inconclusive, Action::TryLater) });
    }
    all
}

#[test]
fn every_verdict_is_a_sentence_an_action_and_four_lines_in_four_languages() {
    for language in Language::ALL {
        let mut all = String::new();
        for judgement in verdicts() {
            let kept = KeptCheck { at_ms: 0, judgement };
            let view = check::view(&kept, None, &Text::plain("today 14:05"), language);
            writeln!(all, "[{:?}] {}", view.verdict, view.sentence.text).unwrap();
            writeln!(all, "  {}", view.action.map(|action| action.text).unwrap_or_default()).unwrap();
            for line in view.evidence {
                writeln!(all, "    {}", line.text).unwrap();
            }
        }
        assert_snapshot!(format!("verdicts@{}", language.locale()), all);
    }
}

#[test]
fn a_tap_that_made_no_check_says_why_and_takes_nothing_away() {
    let kept = KeptCheck { at_ms: 0, judgement: verdicts().remove(0) };
    let moment = Text::plain("today 14:05");
    let view = |tried| check::view(&kept, tried, &moment, Language::English);
    assert_eq!(view(None).not_made, None);
    let cooling = view(Some(NotTested::CoolingDown { wait_s: 40 }));
    assert_eq!((cooling.verdict, cooling.checked.is_some()), (NetworkVerdict::Open, true));
    assert!(cooling.not_made.unwrap().text.contains("40 seconds"));
    let first = check::not_made(NotTested::NoHost, Language::English);
    assert_eq!((first.verdict, first.checked, first.not_made), (NetworkVerdict::NotTested, None, None));
}

#[test]
fn a_wait_grows_shorter_and_ends_also_over_a_restart_of_the_phone() {
    let at = |wall_s: i64, elapsed_s: i64, boot_id: &str| ClockReading {
        wall_ms: wall_s * 1000,
        elapsed_ms: elapsed_s * 1000,
        boot_id: boot_id.to_owned(),
    };
    let cooling = |wait_s| NotTested::CoolingDown { wait_s };
    let tried = |why| NotMade { why, at: at(1000, 50, "a") };
    let cases = [
        (cooling(40), at(1000, 50, "a"), Some(cooling(40))),
        (cooling(40), at(9000, 75, "a"), Some(cooling(15))),
        (cooling(40), at(1000, 90, "a"), None),
        (cooling(40), at(1025, 2, "b"), Some(cooling(15))),
        (cooling(40), at(10, 2, "b"), Some(cooling(40))),
        (NotTested::HourlyLimit { wait_s: 900 }, at(1000, 350, "a"), Some(NotTested::HourlyLimit { wait_s: 600 })),
        (NotTested::Vpn, at(9000, 9000, "a"), Some(NotTested::Vpn)),
    ];
    for (why, now, expected) in cases {
        assert_eq!(check::still_so(&tried(why), &now), expected, "{why:?} {now:?}");
    }
}
