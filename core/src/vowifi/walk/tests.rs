use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::vowifi::facts::{PhoneFacts, PhonePlatform, SimFacts};
use crate::vowifi::guide::file::bundled;
use crate::vowifi::guide::model::GuideFile;
use crate::vowifi::line::{OrderState, Provisioned};

fn android() -> PhoneFacts {
    let sim = SimFacts { operator: Some("20605".to_owned()), ..SimFacts::default() };
    PhoneFacts { sims: vec![sim], ..PhoneFacts::of(PhonePlatform::Android) }
}

#[derive(Debug)]
struct Scene {
    facts: PhoneFacts,
    networks: Vec<String>,
    file: Arc<GuideFile>,
    provisioned: Provisioned,
    order: Option<OrderState>,
    outlook: Option<Outlook>,
}

impl Scene {
    fn of(facts: PhoneFacts) -> Scene {
        Scene {
            facts,
            networks: vec!["20605".to_owned(), "20620".to_owned()],
            file: bundled().unwrap(),
            provisioned: Provisioned::On,
            order: None,
            outlook: None,
        }
    }

    fn ground(&self) -> Ground {
        Ground {
            facts: self.facts.clone(),
            networks: self.networks.clone(),
            file: self.file.clone(),
            provisioned: self.provisioned,
            order: self.order,
            outlook: self.outlook,
        }
    }

    /// The steps that these answers lead through, the one they lead to last.
    fn walk(&self, given: &[Answer]) -> Vec<Step> {
        let mut progress = Progress::default();
        let mut steps = vec![step(&progress, &self.ground())];
        for answer in given {
            let at = steps.last().unwrap().clone();
            assert!(answers(&at, &self.ground()).contains(answer), "{answer:?} at {at:?}");
            let kept = as_kept(&at, answer.clone(), &self.ground());
            progress.answer(at, kept);
            steps.push(step(&progress, &self.ground()));
        }
        steps
    }

    fn end(&self, given: &[Answer]) -> Step {
        self.walk(given).pop().unwrap()
    }
}

fn proof(id: &str) -> Step {
    Step::Proof(id.to_owned())
}

#[test]
fn from_may_i_to_it_works() {
    use Answer::{Done, Later, On, Understood, Works};
    let scene = Scene::of(android());
    let given = [On, Understood, Understood, Works, Understood, Works, Later, Later, Done];
    let expected = [
        Step::SwitchOn,
        Step::Network,
        Step::Emergency,
        proof("airplane-on"),
        proof("probe"),
        proof("call"),
        proof("sms"),
        proof("long-call"),
        proof("airplane-off"),
        Step::Works,
    ];
    assert_eq!(scene.walk(&given), expected);
    let stages: Vec<Stage> = expected.iter().map(Step::stage).collect();
    assert!(stages.is_sorted(), "{stages:?}");
}

#[test]
fn an_iphone_asks_what_it_cannot_know() {
    let scene = Scene::of(PhoneFacts::of(PhonePlatform::Ios));
    assert_eq!(scene.walk(&[Answer::Yes]), [Step::WhichSim, Step::SwitchOn]);
    assert_eq!(scene.end(&[Answer::No]), Step::OtherOperator);
    assert!(answers(&Step::OtherOperator, &scene.ground()).is_empty());
}

/// A fact or a word of the operator's, and the step that it leads to first.
#[test]
fn what_is_known_decides_what_comes_first() {
    let with = |change: fn(&mut Scene)| {
        let mut scene = Scene::of(android());
        change(&mut scene);
        step(&Progress::default(), &scene.ground())
    };
    type Case = (&'static str, Step, fn(&mut Scene));
    let cases: [Case; 16] = [
        ("another operator's SIM", Step::OtherOperator, |s| s.facts.sims[0].operator = Some("20601".to_owned())),
        ("a SIM of the second brand", Step::SwitchOn, |s| s.facts.sims[0].operator = Some("20620".to_owned())),
        ("a SIM that says nothing", Step::WhichSim, |s| s.facts.sims[0].operator = Some(" ".to_owned())),
        ("one of two SIMs is the operator's", Step::SwitchOn, |s| {
            s.facts.sims.push(SimFacts { operator: Some("20601".to_owned()), ..SimFacts::default() });
        }),
        ("an old system", Step::TooOld, |s| s.facts.os_version = "5.1".to_owned()),
        ("the operator says no", Step::NotProvisioned, |s| s.provisioned = Provisioned::Off),
        ("it was asked for", Step::BeingProvisioned, |s| {
            (s.provisioned, s.order) = (Provisioned::Off, Some(OrderState::Waiting));
        }),
        ("the order was refused", Step::NotProvisioned, |s| {
            (s.provisioned, s.order) = (Provisioned::Off, Some(OrderState::Refused));
        }),
        ("nobody says", Step::SwitchOn, |s| s.provisioned = Provisioned::Unknown),
        ("no carrier profile", Step::NoCarrierProfile, |s| s.facts.sims[0].carrier_wifi_calling = Some(false)),
        ("a VPN", Step::Blocked(Blocker::Vpn), |s| s.facts.vpn = Some(true)),
        ("a VPN comes before private DNS", Step::Blocked(Blocker::Vpn), |s| {
            (s.facts.vpn, s.facts.private_dns) = (Some(true), Some(true));
        }),
        ("a sign-in page", Step::Blocked(Blocker::CaptivePortal), |s| s.facts.captive_portal = Some(true)),
        ("a cable", Step::Blocked(Blocker::Ethernet), |s| s.facts.ethernet = Some(true)),
        ("an administrator", Step::Blocked(Blocker::Restricted), |s| s.facts.restricted = Some(true)),
        ("abroad", Step::Abroad, |s| s.facts.roaming = Some(true)),
    ];
    for (why, expected, change) in cases {
        assert_eq!(with(change), expected, "{why}");
    }
    let mut iphone = Scene::of(PhoneFacts::of(PhonePlatform::Ios));
    iphone.facts.private_dns = Some(true);
    assert_eq!(iphone.end(&[Answer::Yes]), Step::SwitchOn, "what the guides have for Android alone");
}

#[test]
fn hidden_and_grey_are_different_branches() {
    use Answer::{Grey, NotThere, On, SeenNow, StillNot};
    let scene = Scene::of(android());
    let missing = |fix| Step::Missing(fix);
    assert_eq!(
        scene.walk(&[NotThere, StillNot, StillNot, SeenNow, On]),
        [
            Step::SwitchOn,
            missing(Missing::CarrierUpdate),
            missing(Missing::Restart),
            missing(Missing::AskOperator),
            Step::SwitchOn,
            Step::Network
        ]
    );
    assert_eq!(
        scene.walk(&[Grey, StillNot, StillNot, SeenNow, NotThere]),
        [
            Step::SwitchOn,
            Step::Greyed(Greyed::EndCall),
            Step::Greyed(Greyed::AskIt),
            Step::Greyed(Greyed::AskOperator),
            Step::SwitchOn,
            missing(Missing::CarrierUpdate)
        ]
    );
    let mut esim = Scene::of(android());
    esim.facts.sims[0].esim = Some(true);
    assert_eq!(esim.end(&[NotThere]), missing(Missing::EsimRestart));
}

#[test]
fn a_proof_that_fails_leads_to_the_check_and_from_there_to_what_both_point_to() {
    use Answer::{Fails, On, StillNot, Understood};
    let mut scene = Scene::of(android());
    let failed = [On, Understood, Understood, Fails];
    assert_eq!(scene.end(&failed), Step::Network);
    let after = [&failed[..], &[Understood]].concat();
    let advice = |symptom: &str, place| Step::Advice(symptom.to_owned(), place);
    for (outlook, expected) in [
        (Some(Outlook::Open), advice("not-shown-open", 0)),
        (Some(Outlook::Blocked), advice("not-shown-blocked", 0)),
        (Some(Outlook::Unclear), Step::Symptoms),
        (None, Step::Symptoms),
    ] {
        scene.outlook = outlook;
        assert_eq!(scene.end(&after), expected, "{outlook:?}");
    }
    scene.outlook = Some(Outlook::Blocked);
    let tried = |times: usize| [&after[..], &vec![StillNot; times]].concat();
    assert_eq!(scene.end(&tried(2)), advice("not-shown-blocked", 2));
    assert_eq!(scene.end(&tried(3)), Step::Support);
    let helped = [&tried(1)[..], &[Answer::Helped]].concat();
    assert_eq!(scene.end(&helped), proof("airplane-on"), "what helped is proved");
}

#[test]
fn a_check_on_another_network_changes_nothing_of_what_was_answered_before_it() {
    use Answer::{Fails, On, Understood};
    let mut scene = Scene { outlook: Some(Outlook::Open), ..Scene::of(android()) };
    let mut progress = Progress::default();
    for answer in [On, Understood, Understood, Fails, Understood] {
        let at = step(&progress, &scene.ground());
        progress.answer(at.clone(), as_kept(&at, answer, &scene.ground()));
    }
    let advice = Step::Advice("not-shown-open".to_owned(), 0);
    for outlook in [Some(Outlook::Open), Some(Outlook::Blocked), Some(Outlook::Unclear), None] {
        scene.outlook = outlook;
        assert_eq!(step(&progress, &scene.ground()), advice, "{outlook:?}");
    }
}

#[test]
fn who_is_in_no_call_is_not_asked_to_end_one() {
    let mut scene = Scene::of(android());
    for (in_call, expected) in [(None, Greyed::EndCall), (Some(true), Greyed::EndCall), (Some(false), Greyed::AskIt)] {
        scene.facts.in_call = in_call;
        assert_eq!(scene.end(&[Answer::Grey]), Step::Greyed(expected), "{in_call:?}");
    }
}

#[test]
fn what_works_can_stop_working_and_the_matter_is_asked_for() {
    use Answer::{Done, Later, On, Symptom, Trouble, Understood, Works};
    let scene = Scene::of(android());
    let works = [On, Understood, Understood, Works, Understood, Works, Later, Later, Done];
    let trouble = [&works[..], &[Trouble]].concat();
    assert_eq!(scene.end(&trouble), Step::Symptoms);
    let chosen = [&trouble[..], &[Symptom("outgoing-only".to_owned())]].concat();
    assert_eq!(scene.end(&chosen), Step::Advice("outgoing-only".to_owned(), 0));
    let again = [&works[..], &[Answer::Again]].concat();
    assert_eq!(scene.end(&again), Step::SwitchOn);
}

#[test]
fn airplane_mode_takes_the_sims_away_and_loses_nobody_their_place() {
    use Answer::{On, Understood, Works};
    let mut scene = Scene::of(android());
    let mut progress = Progress::default();
    for answer in [On, Understood, Understood, Works] {
        let at = step(&progress, &scene.ground());
        progress.answer(at.clone(), as_kept(&at, answer, &scene.ground()));
    }
    scene.facts.sims.clear();
    scene.facts.roaming = Some(true);
    assert_eq!(step(&progress, &scene.ground()), proof("probe"));
    scene.facts.vpn = Some(true);
    assert_eq!(step(&progress, &scene.ground()), Step::Blocked(Blocker::Vpn), "what came up meanwhile is still said");
}

fn facts() -> impl Strategy<Value = PhoneFacts> {
    let flag = || proptest::option::of(any::<bool>());
    let operator = proptest::option::of(prop_oneof![Just("20605"), Just("20601"), Just(""), Just("x\u{202e}")]);
    let sim = (operator, flag(), flag()).prop_map(|(operator, esim, carrier)| SimFacts {
        operator: operator.map(str::to_owned),
        esim,
        carrier_wifi_calling: carrier,
        on_wifi: None,
    });
    let flags = proptest::collection::vec(flag(), 7);
    let platform = prop_oneof![Just(PhonePlatform::Ios), Just(PhonePlatform::Android)];
    (platform, proptest::collection::vec(sim, 0..12), flags).prop_map(|(platform, sims, flags)| PhoneFacts {
        sims,
        vpn: flags[0],
        private_dns: flags[1],
        captive_portal: flags[2],
        ethernet: flags[3],
        roaming: flags[4],
        restricted: flags[5],
        airplane_mode: flags[6],
        ..PhoneFacts::of(platform)
    })
}

fn scenes() -> impl Strategy<Value = Scene> {
    let provisioned = prop_oneof![
        Just(Provisioned::On),
        Just(Provisioned::Off),
        Just(Provisioned::InProgress),
        Just(Provisioned::Unknown)
    ];
    let outlook =
        proptest::option::of(prop_oneof![Just(Outlook::Open), Just(Outlook::Blocked), Just(Outlook::Unclear)]);
    (facts(), provisioned, any::<bool>(), outlook).prop_map(|(mut facts, provisioned, too_old, outlook)| {
        if too_old && facts.sims.len() == 3 {
            facts.os_version = "5.1".to_owned();
        }
        Scene { provisioned, outlook, ..Scene::of(facts) }
    })
}

proptest! {
    #[test]
    fn whatever_is_answered_there_is_a_step_and_back_undoes_the_last_answer(
        scene in scenes(), choices in proptest::collection::vec(any::<proptest::sample::Index>(), 0..40),
    ) {
        let ground = scene.ground();
        let mut progress = Progress::default();
        for choice in choices {
            let before = progress.clone();
            let at = step(&progress, &ground);
            let possible = answers(&at, &ground);
            if possible.is_empty() {
                prop_assert!(matches!(at, Step::OtherOperator | Step::TooOld), "{at:?} leads nowhere");
                break;
            }
            progress.answer(at.clone(), choice.get(&possible).clone());
            let bytes = postcard::to_allocvec(&progress).unwrap();
            let kept: Progress = postcard::from_bytes(&bytes).unwrap();
            prop_assert_eq!(step(&kept, &ground), step(&progress, &ground), "a killed app finds the same step");
            let mut undone = progress.clone();
            prop_assert!(undone.back());
            prop_assert_eq!(&undone, &before);
            prop_assert_eq!(step(&undone, &ground), at);
        }
    }

    #[test]
    fn whoever_does_what_is_said_arrives_or_is_told_why_not(scene in scenes()) {
        let mut scene = scene;
        scene.outlook = Some(Outlook::Open);
        let mut progress = Progress::default();
        for _ in 0..30 {
            let at = step(&progress, &scene.ground());
            match answers(&at, &scene.ground()).into_iter().next() {
                Some(_) if at == Step::Works => return Ok(()),
                // The main answer goes on.
                Some(answer) => progress.answer(at, answer),
                None => {
                    prop_assert!(matches!(at, Step::OtherOperator | Step::TooOld), "{at:?}");
                    return Ok(());
                }
            }
        }
        prop_assert!(false, "it never ends: {:?}", progress);
    }

    #[test]
    fn answers_of_another_version_of_the_guides_break_nothing(
        scene in scenes(), id in "[a-z-]{0,12}", place in any::<u8>(), order in any::<bool>(),
    ) {
        let mut progress = Progress::default();
        progress.answer(Step::Proof(id.clone()), Answer::Works);
        progress.answer(Step::Symptoms, Answer::Symptom(id.clone()));
        if order {
            progress.answer(Step::Advice(id, place), Answer::StillNot);
        }
        let at = step(&progress, &scene.ground());
        prop_assert_eq!(at, Step::Symptoms);
    }
}
