//! Secrets of a SIM over the whole line: presence, the operator's challenge, the step-up, half a minute, and nothing left.

use std::sync::Arc;

use companion::activation::Activation;
use companion::activation::view::code::{EsimPhone, EsimReadiness};
use companion::activation::view::secrets::SimSecretKind;
use companion::problem::SignInFailure;
use companion::session::{SessionPhase, SignInPurpose, SignInWish};
use companion::{HostError, Problem};
use companion_journeys::Phone;
use companion_sandbox::{PersonCard, Sandbox, SandboxOptions, agent};

const STEP_UP: Problem = Problem::SignIn { reason: SignInFailure::StepUpRequired };

/// Somebody shows on the operator's page who is there.
async fn step_up(phone: &Phone, sandbox: &Sandbox, person: &str) -> Result<(), Problem> {
    let wish = SignInWish { purpose: SignInPurpose::StepUp, number: None };
    let page = phone.core.session().start(wish, None).await?;
    let PersonCard { number, password, .. } = sandbox.person(person).unwrap();
    let callback = agent::sign_in(&sandbox.ca_pem(), &page.url, &number, &password).await.unwrap();
    phone.core.session().finish(callback).await
}

fn pass(phone: &Phone, sandbox: &Sandbox, seconds: i64) {
    phone.clock.advance(seconds);
    sandbox.advance(seconds);
}

/// The person's only SIM, as the screen has it.
async fn sim_of(room: &Arc<Activation>) -> String {
    room.clone().refresh(None).await.unwrap();
    room.state().sims[0].id.clone()
}

#[tokio::test]
async fn a_sign_in_that_is_too_old_for_a_secret_is_made_anew_and_nothing_is_lost_by_that() {
    for dpop in [false, true] {
        let sandbox = Sandbox::start(SandboxOptions { dpop, ..SandboxOptions::default() }).await.unwrap();
        let phone = Phone::loaded(&sandbox, "luc").await;
        let card = sandbox.sim_card("luc").unwrap();
        let room = phone.core.activation();
        let sim = sim_of(&room).await;
        let reveal = |kind| room.clone().reveal(sim.clone(), kind, None);
        assert_eq!(reveal(SimSecretKind::Pin).await.unwrap().plain, card.pin);
        pass(&phone, &sandbox, 31);
        assert_eq!(room.shown_secret(), None);

        pass(&phone, &sandbox, 3600);
        let prompts = || phone.presence.prompts.lock().unwrap().len();
        let before = prompts();
        assert_eq!(reveal(SimSecretKind::Puk).await.unwrap_err(), STEP_UP, "dpop: {dpop}");
        assert_eq!(phone.core.session().state().phase, SessionPhase::SignedIn);
        let other = Problem::SignIn { reason: SignInFailure::StepUpOtherPerson };
        assert_eq!(step_up(&phone, &sandbox, "emma").await, Err(other));
        assert_eq!(reveal(SimSecretKind::Puk).await.unwrap_err(), STEP_UP, "as before");
        step_up(&phone, &sandbox, "luc").await.unwrap();
        assert_eq!(reveal(SimSecretKind::Puk).await.unwrap().plain, card.puk);
        assert_eq!(prompts(), before + 1, "whoever was there a moment ago is asked once");
        phone.refresh().await.unwrap();
        assert_eq!(phone.core.usage().state().lines.len(), 1, "what was there is there");

        *phone.presence.refuses.lock().unwrap() = Some(HostError::PresenceDenied);
        assert!(reveal(SimSecretKind::Pin).await.is_err());
        sandbox.stop().await;
    }
}

#[tokio::test]
async fn of_a_sims_secrets_nothing_lies_in_the_apps_folder_and_after_a_sign_out_nothing_anywhere() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let phone = Phone::loaded(&sandbox, "luc").await;
    let card = sandbox.sim_card("luc").unwrap();
    let room = phone.core.activation();
    let sim = sim_of(&room).await;
    room.clone().reveal(sim.clone(), SimSecretKind::Puk, None).await.unwrap();
    room.clone().offline_copy(sim.clone(), Some(true)).await.unwrap();
    let code = room.clone().fetch_code(sim, None).await.unwrap();
    assert_eq!(code.has_confirmation, card.confirmation_code.is_some());
    let iphone = EsimPhone::Ios { major: Some(18), minor: Some(0) };
    let handed = room.clone().handover(iphone, EsimReadiness::default()).await.unwrap();
    let link = handed.routes[0].link.clone().unwrap();
    assert!(link.ends_with(card.activation_code.as_deref().unwrap()), "the phone gets the whole code");
    phone.core.suspend(5000).unwrap();
    let files = phone.file_contents();
    let said = format!("{handed:?}{code:?}{:?}", phone.core.usage().state());
    let secrets = [Some(card.iccid), card.eid, Some(card.puk), card.activation_code, card.confirmation_code];
    for secret in secrets.into_iter().flatten() {
        assert!(!files.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret} in a file");
        assert!(!said.contains(&secret), "{secret} is said");
    }
    phone.core.resume().unwrap();
    let kept = |phone: &Phone| {
        let names = phone.secure_store.contents().into_iter().map(|(name, _)| name);
        names.filter(|name| name.starts_with("secret/") || name.starts_with("sealed/")).count()
    };
    assert!(kept(&phone) >= 2);
    phone.core.session().sign_out().await.unwrap();
    assert_eq!(kept(&phone), 0);
    sandbox.stop().await;
}

#[tokio::test]
async fn whoever_looked_at_the_pin_too_often_is_told_how_long_to_wait_and_still_gets_the_puk() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let phone = Phone::loaded(&sandbox, "luc").await;
    let room = phone.core.activation();
    let sim = sim_of(&room).await;
    for _ in 0..5 {
        room.clone().reveal(sim.clone(), SimSecretKind::Pin, None).await.unwrap();
        pass(&phone, &sandbox, 31);
    }
    let problem = room.clone().reveal(sim.clone(), SimSecretKind::Pin, None).await.unwrap_err();
    assert_eq!(
        problem,
        Problem::TooOften { retry_after_seconds: Some(3600 - 5 * 31) },
        "the operator's hour, not ours"
    );
    let explained = phone.core.explain(problem);
    assert_eq!(explained.title, "Shown often enough for now");
    assert!(explained.sentence.contains("in 58 minutes") && explained.sentence.contains("holder"), "{explained:?}");
    room.clone().reveal(sim, SimSecretKind::Puk, None).await.unwrap();
    phone.refresh().await.unwrap();
    sandbox.stop().await;
}
