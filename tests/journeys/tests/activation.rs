//! Getting started through the public API, against the sandbox: the four cases of the guide, whoever holds them up, and the
//! secrets of a SIM behind presence and a fresh sign-in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::sync::Arc;

use companion::Problem;
use companion::activation::Activation;
use companion::activation::view::now::TrackNowView;
use companion::activation::view::screen::{ActivationPhase, ActivationView};
use companion::activation::view::secrets::SimSecretKind;
use companion::activation::view::track::{LineTrackView, TrackStepState};
use companion::problem::SignInFailure;
use companion::session::{SignInPurpose, SignInWish};
use companion::text::request::RequestKind;
use companion_journeys::Phone;
use companion_sandbox::{ActivationDialect, ActivationEvent, Faults, Sandbox, SandboxOptions, agent};

const NOW: &str = "2026-11-25T14:05:00+01:00";

async fn sandbox_of(activation: ActivationDialect) -> Sandbox {
    Sandbox::start(SandboxOptions { activation, ..SandboxOptions::default() }).await.unwrap()
}

async fn usual() -> Sandbox {
    sandbox_of(ActivationDialect::V4).await
}

fn phone_of(sandbox: &Sandbox) -> Phone {
    Phone::with(&sandbox.profile_json(), "en", NOW).at(sandbox)
}

async fn signed_in(sandbox: &Sandbox, person: &str) -> Phone {
    let phone = phone_of(sandbox);
    // On their first day Sara and Pieter have no account yet.
    let purpose = match person {
        "sara" => SignInPurpose::CreateAccount,
        "pieter" => SignInPurpose::Invitation { invitation: sandbox.invite(person).unwrap().token },
        _ => SignInPurpose::SignIn,
    };
    open(&phone, sandbox, person, purpose).await.unwrap();
    room(&phone).refresh(None).await.unwrap();
    phone
}

/// Goes to the operator's page for this, and comes back.
async fn open(phone: &Phone, sandbox: &Sandbox, person: &str, purpose: SignInPurpose) -> Result<(), Problem> {
    let page = phone.core.session().start(SignInWish { purpose, ..SignInWish::default() }, None).await?;
    let card = sandbox.person(person).unwrap();
    let back = agent::sign_in(&sandbox.ca_pem(), &page.url, &card.number, &card.password).await.unwrap();
    phone.core.session().finish(back).await
}

fn room(phone: &Phone) -> Arc<Activation> {
    phone.core.activation()
}

fn shown(phone: &Phone) -> ActivationView {
    room(phone).state()
}

fn line(phone: &Phone) -> LineTrackView {
    let view = shown(phone);
    let [line] = &view.lines[..] else { panic!("{view:?}") };
    line.clone()
}

/// The title of the step the person is at.
fn at(phone: &Phone) -> String {
    let steps = line(phone).steps;
    let here = steps.iter().find(|step| matches!(step.state, TrackStepState::Current | TrackStepState::Failed));
    here.unwrap().title.text.clone()
}

async fn tell(phone: &Phone, answer: &str) {
    room(phone).tell(line(phone).id, answer.to_owned()).await.unwrap();
}

async fn later(sandbox: &Sandbox, phone: &Phone, hours: i64) {
    sandbox.advance(hours * 3600);
    phone.clock.advance(hours * 3600);
    room(phone).refresh(None).await.unwrap();
}

#[tokio::test]
async fn the_first_day_of_ines_whose_own_number_moves_to_a_card() {
    let sandbox = usual().await;
    let mut phone = signed_in(&sandbox, "ines").await;
    assert_eq!(line(&phone).case.text, "SIM card, your own number");
    assert!(shown(&phone).is_first_place);
    assert_eq!(at(&phone), "SIM card received");
    tell(&phone, "has-sim").await;
    assert_eq!(at(&phone), "Old SIM without network");
    let now = line(&phone).now;
    let by_when: Vec<&str> = now.by_when.iter().map(|text| text.text.as_str()).collect();
    assert_eq!(
        by_when,
        ["Usually done within 24 hours, often sooner", "By law at the latest by the end of 26 November"]
    );
    assert!(now.text.iter().any(|text| text.text.contains("do not reply")), "{:?}", now.text);

    // The app is killed, and the phone loses its network with the old SIM: what is known stays, and so does what was told.
    phone.reopen();
    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    assert_eq!(room(&phone).refresh(None).await, Err(Problem::Offline));
    assert_eq!((at(&phone).as_str(), shown(&phone).notice.is_some()), ("Old SIM without network", true));
    tell(&phone, "old-signal-gone").await;
    assert_eq!(at(&phone), "New SIM works");
    sandbox.set_faults(Faults::default());
    tell(&phone, "undo-old-signal-gone").await;
    assert_eq!(at(&phone), "Old SIM without network");
    // The same tap once more takes nothing else back.
    tell(&phone, "undo-old-signal-gone").await;
    assert_eq!(at(&phone), "Old SIM without network");

    later(&sandbox, &phone, 20).await;
    assert_eq!(at(&phone), "Wi-Fi calling", "the operator says that it is done");
    let view = shown(&phone);
    assert_eq!((view.lines[0].finished, view.is_first_place, view.notice), (true, false, None));
    later(&sandbox, &phone, 24 * 40).await;
    assert_eq!(shown(&phone).lines, [], "after a month it is history");
}

#[tokio::test]
async fn a_line_that_is_active_is_finished_though_its_order_is_not_told() {
    for dialect in [ActivationDialect::V4, ActivationDialect::V5] {
        let sandbox = sandbox_of(dialect).await;
        let phone = signed_in(&sandbox, "ines").await;
        let orders = Some(vec!["/tmf-api/productOrdering".to_owned()]);
        sandbox.set_faults(Faults { status: Some(404), only: orders, ..Faults::default() });
        sandbox.advance(14 * 3600);
        phone.clock.advance(14 * 3600);
        assert!(room(&phone).refresh(None).await.is_err());
        assert!(!line(&phone).finished, "its number has not moved");
        sandbox.advance(3600);
        phone.clock.advance(3600);
        assert!(room(&phone).refresh(None).await.is_err());
        let view = shown(&phone);
        assert_eq!((view.lines[0].finished, view.is_first_place, view.notice.is_some()), (true, false, true));
    }
}

#[tokio::test]
async fn sims_that_cannot_be_loaded_are_no_missing_sims() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox);
    phone.sign_in(&sandbox, "emma").await.unwrap();
    let sims = Some(vec!["/tmf-api/resourceInventory".to_owned()]);
    sandbox.set_faults(Faults { status: Some(404), only: sims.clone(), ..Faults::default() });
    assert!(room(&phone).refresh(None).await.is_err());
    assert_eq!(shown(&phone).sims_notice.unwrap().text, "Your SIMs could not be loaded just now.");
    sandbox.set_faults(Faults::default());
    later(&sandbox, &phone, 1).await;
    sandbox.set_faults(Faults { status: Some(404), only: sims, ..Faults::default() });
    assert!(room(&phone).refresh(None).await.is_err());
    let view = shown(&phone);
    assert_eq!((view.sims.len(), view.sims_notice.is_some()), (1, true), "what was told stays");
}

#[tokio::test]
async fn a_move_that_takes_longer_is_not_late_before_the_legal_day_has_ended() {
    let sandbox = usual().await;
    let phone = signed_in(&sandbox, "ines").await;
    tell(&phone, "has-sim").await;
    assert!(sandbox.activation_event("ines", ActivationEvent::Delayed));
    // A day since it was first seen to be under way.
    later(&sandbox, &phone, 25).await;
    let now = line(&phone).now;
    assert!(now.text[0].text.contains("longer than usual") && now.claim.is_none(), "{:?}", now.text);
    // The legal day ended an hour ago.
    later(&sandbox, &phone, 10).await;
    let now = line(&phone).now;
    assert_eq!(now.title.text, "Your number should have moved by now");
    let letter = now.claim.unwrap().body;
    assert!(letter.contains("25 November 2026") && letter.contains("26 November"), "{letter}");
    assert!(letter.contains(&sandbox.person("ines").unwrap().number[4..]), "{letter}");
    assert!(now.if_not.iter().any(|text| text.text.contains("€3.00")), "{:?}", now.if_not);
    later(&sandbox, &phone, 7 * 24).await;
    assert!(line(&phone).finished, "and then it is done");

    // Compensation is asked for afterwards as well, for six months from the order.
    let now = line(&phone).now;
    assert!(now.text.iter().any(|text| text.text.contains("later than the law allows")), "{:?}", now.text);
    let letter = now.claim.unwrap().body;
    assert!(letter.contains("has moved") && letter.contains("It was done on 3 December 2026"), "{letter}");
    later(&sandbox, &phone, 24 * 90).await;
    assert!(line(&phone).now.claim.is_some() && !shown(&phone).is_first_place);
    later(&sandbox, &phone, 24 * 90).await;
    assert_eq!(shown(&phone).lines, [], "and then it is history");
}

#[tokio::test]
async fn a_late_move_of_which_the_person_says_that_it_works_is_compensated_all_the_same() {
    let sandbox = usual().await;
    let phone = signed_in(&sandbox, "ines").await;
    tell(&phone, "has-sim").await;
    assert!(sandbox.activation_event("ines", ActivationEvent::Delayed));
    later(&sandbox, &phone, 36).await;
    tell(&phone, "old-signal-gone").await;
    let now = line(&phone).now;
    assert!(now.claim.is_some() && now.text.iter().any(|text| text.text.contains("26 November")), "{:?}", now.text);
    tell(&phone, "works").await;
    let letter = line(&phone).now.claim.unwrap().body;
    assert!(letter.contains("it was not done yet on 27 November 2026"), "{letter}");
    tell(&phone, "undo-works").await;
    assert!(line(&phone).now.claim.unwrap().body.contains("is moving"));
}

#[tokio::test]
async fn what_is_late_stays_late_without_network_on_a_phone_whose_clock_is_behind() {
    let sandbox = usual().await;
    let mut phone = signed_in(&sandbox, "ines").await;
    tell(&phone, "has-sim").await;
    assert!(sandbox.activation_event("ines", ActivationEvent::Delayed));
    // A day and a half passes, of which the phone's clock knows nothing.
    sandbox.advance(36 * 3600);
    room(&phone).refresh(None).await.unwrap();
    let (told, checked) = (line(&phone), shown(&phone).checked);
    assert!(told.now.claim.is_some());
    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    phone.reopen();
    assert_eq!((line(&phone), shown(&phone).checked), (told, checked));
}

#[tokio::test]
async fn the_other_cases_of_the_guide_and_those_who_have_nothing_to_wait_for() {
    let sandbox = usual().await;
    let cases = [
        ("nadia", "SIM card, new number", "SIM card received"),
        ("sara", "eSIM, new number", "Activation e-mail received"),
        ("pieter", "eSIM, your own number", "Number asked of your old operator"),
    ];
    for (person, case, first) in cases {
        let phone = signed_in(&sandbox, person).await;
        assert_eq!((line(&phone).case.text.as_str(), at(&phone).as_str()), (case, first), "{person}");
    }
    for person in ["emma", "luc"] {
        let phone = signed_in(&sandbox, person).await;
        let view = shown(&phone);
        assert_eq!((view.lines.len(), view.is_first_place, view.sims.len()), (0, false, 1), "{person}");
        assert_eq!(view.empty.unwrap().text, "Nothing is on its way for you.");
    }
    let phone = phone_of(&sandbox);
    assert_eq!(shown(&phone).phase, ActivationPhase::SignedOut);
    phone.sign_in(&sandbox, "nadia").await.unwrap();
    assert!(shown(&phone).empty.unwrap().text.contains("not known"), "nobody has asked yet");
}

#[tokio::test]
async fn tom_is_told_what_does_not_fit_and_goes_on_once_his_employer_put_it_right() {
    for (dialect, reason) in [
        (ActivationDialect::V5, "customer number or the SIM number"),
        // Version 4 has no member for a reason.
        (ActivationDialect::V4, "does not say why"),
    ] {
        let sandbox = sandbox_of(dialect).await;
        let phone = signed_in(&sandbox, "tom").await;
        let now = line(&phone).now;
        assert_eq!(now.title.text, "Your number could not be moved");
        assert!(now.text[0].text.contains(reason), "{:?}", now.text);
        assert_eq!(now.request, Some(RequestKind::NumberRefused));
        assert_eq!(line(&phone).steps[3].state, TrackStepState::Failed);
        assert!(sandbox.activation_event("tom", ActivationEvent::DonorDataCorrected));
        later(&sandbox, &phone, 1).await;
        assert_ne!(line(&phone).now.title.text, "Your number could not be moved");
        assert!(line(&phone).steps.iter().all(|step| step.state != TrackStepState::Failed));
    }
}

#[tokio::test]
async fn both_versions_of_the_standard_lead_everybody_the_same_way() {
    let (v4, v5) = (sandbox_of(ActivationDialect::V4).await, sandbox_of(ActivationDialect::V5).await);
    for person in ["nadia", "ines", "sara", "pieter"] {
        let (old, new) = (signed_in(&v4, person).await, signed_in(&v5, person).await);
        // A phone names a SIM by itself.
        let sims =
            |phone: &Phone| shown(phone).sims.into_iter().map(|sim| (sim.label, sim.is_esim)).collect::<Vec<_>>();
        let step = |phone: &Phone| {
            let now = line(phone).now;
            TrackNowView { esim_sim_id: now.esim_sim_id.as_ref().map(|_| "named".to_owned()), ..now }
        };
        let told = |phone: &Phone| (line(phone).case, line(phone).steps, step(phone), sims(phone));
        assert_eq!(told(&old), told(&new), "{person}");
    }
}

#[tokio::test]
async fn an_unchanged_order_costs_no_document_and_what_is_not_known_any_more_is_gone() {
    let sandbox = usual().await;
    let phone = signed_in(&sandbox, "ines").await;
    room(&phone).refresh(None).await.unwrap();
    let log = sandbox.requests();
    let asked: Vec<u16> =
        log.iter().filter(|request| request.path.contains("/productOrder")).map(|request| request.status).collect();
    assert_eq!(asked, [200, 304]);
    assert!(shown(&phone).lines.len() == 1 && shown(&phone).notice.is_none());
    phone.core.session().sign_out().await.unwrap();
    phone.sign_in(&sandbox, "emma").await.unwrap();
    assert_eq!(shown(&phone).lines, [], "another person sees nothing of it");
}

#[tokio::test]
async fn a_puk_is_shown_to_who_signed_in_just_now_for_half_a_minute_and_is_nowhere_else() {
    let sandbox = usual().await;
    let phone = signed_in(&sandbox, "emma").await;
    let sim = shown(&phone).sims[0].id.clone();
    let secrets = sandbox.sim_card("emma").unwrap();
    sandbox.advance(600);
    phone.clock.advance(600);
    let stale = room(&phone).reveal(sim.clone(), SimSecretKind::Puk, None).await;
    assert_eq!(stale.map(drop), Err(Problem::SignIn { reason: SignInFailure::StepUpRequired }));
    assert!(sandbox.reveals().is_empty());
    assert_eq!(shown(&phone).phase, ActivationPhase::Ready, "nobody is signed out by it");

    open(&phone, &sandbox, "emma", SignInPurpose::StepUp).await.unwrap();
    let puk = room(&phone).reveal(sim.clone(), SimSecretKind::Puk, None).await.unwrap();
    let digits: String = puk.digits.text.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(digits, secrets.puk);
    assert_eq!(sandbox.reveals().len(), 1);
    assert!(room(&phone).shown_secret().is_some());
    phone.clock.advance(31);
    assert_eq!(room(&phone).shown_secret().map(drop), None, "after half a minute");
    // Five an hour: the sixth is held back, and nothing else is.
    for _ in 0..4 {
        room(&phone).reveal(sim.clone(), SimSecretKind::Puk, None).await.unwrap();
        room(&phone).hide();
    }
    let sixth = room(&phone).reveal(sim.clone(), SimSecretKind::Puk, None).await;
    assert!(matches!(sixth.map(drop), Err(Problem::TooOften { retry_after_seconds: Some(901..) })));
    room(&phone).refresh(None).await.unwrap();
    phone.refresh().await.unwrap();
    let files = phone.file_contents();
    for canary in [&secrets.puk, &secrets.pin, &secrets.iccid] {
        assert!(memchr::memmem::find(&files, canary.as_bytes()).is_none(), "in a file");
    }
}
