//! A step-up in the middle of something: the person is asked once, and what they say meanwhile is kept.

use super::super::memory::Told;
use super::super::model::Said;
use super::*;
use crate::session::SignInPurpose;
use crate::session::trials::device::START_S;

const REQUIRED: Problem = Problem::SignIn { reason: SignInFailure::StepUpRequired };

/// Emma shows on the operator's page who is there.
async fn step_up(phone: &Phone) {
    let wish = SignInWish { purpose: SignInPurpose::StepUp, number: None };
    let page = phone.core.session().start(wish, None).await.unwrap();
    let callback = {
        let now_s = START_S + phone.device.parts().passed_s;
        let mut operator = phone.device.operator();
        operator.auth_time_s = Some(now_s);
        operator.sign_in(&page.url, "emma")
    };
    phone.core.session().finish(callback).await.unwrap();
}

/// The operator wants a step-up for a PIN, and then tells it.
async fn asked_for_more() -> Phone {
    let phone = Phone::new().await;
    phone.answer(Err(Failure::StepUp(StepUp::default())));
    assert_eq!(phone.reveal(SimSecretKind::Pin).await.unwrap_err(), REQUIRED);
    *phone.instead.lock().unwrap() = None;
    assert_eq!(phone.prompts(), 1);
    phone
}

#[tokio::test]
async fn whoever_was_there_before_a_step_up_is_there_after_it_for_the_half_minute_it_counts() {
    for (passed_s, prompts) in [(0, 1), (20, 1), (21, 2), (31, 2)] {
        let phone = asked_for_more().await;
        step_up(&phone).await;
        phone.device.parts().passed_s += passed_s;
        assert_eq!(phone.reveal(SimSecretKind::Pin).await.unwrap().plain, PIN, "{passed_s} s");
        assert_eq!(phone.prompts(), prompts, "{passed_s} s");
        // It counted once.
        phone.room().hide();
        phone.reveal(SimSecretKind::Pin).await.unwrap();
        assert_eq!(phone.prompts(), prompts + 1, "{passed_s} s");
    }
}

#[tokio::test]
async fn presence_before_a_step_up_counts_for_that_question_and_that_person_alone() {
    let phone = asked_for_more().await;
    step_up(&phone).await;
    phone.reveal(SimSecretKind::Puk).await.unwrap();
    assert_eq!(phone.prompts(), 2, "another question");

    let phone = asked_for_more().await;
    phone.core.session().sign_out().await.unwrap();
    phone.sign_in().await;
    phone.room().refresh(None).await.unwrap();
    phone.reveal(SimSecretKind::Pin).await.unwrap();
    assert_eq!(phone.prompts(), 2, "she left, and came back");

    let phone = asked_for_more().await;
    phone.core.app_lock().turn_on(Some(0)).await.unwrap();
    phone.core.app_lock().lock();
    let locked = Problem::StorageUnavailable { reason: StorageFailure::AppLocked };
    assert_eq!(phone.reveal(SimSecretKind::Pin).await.unwrap_err(), locked, "presence opens no lock");
}

#[tokio::test]
async fn what_the_person_said_while_a_step_up_ended_is_kept_and_seen() {
    let mut phone = Phone::new().await;
    let room = phone.room();
    let subject = room.session.subject().unwrap();
    step_up(&phone).await;
    assert!(!room.session.is_still(&subject), "another sign-in than when she tapped");
    let said = Said { order: "o-1".to_owned(), works: true, ..Said::default() };
    let told = said.clone();
    let change = move |memory: &mut Told| {
        memory.0.push(told);
        Ok(())
    };
    let work = {
        let room = room.clone();
        let subject = subject.clone();
        async move { room.memory.change(&subject, |memory| &mut memory.told, change).await }
    };
    assert_eq!(phone.core.engine.workers.run(work).await, Ok(()));
    assert_eq!(room.memory.now().0.said("o-1"), said, "seen");
    phone.reopen();
    assert_eq!(phone.room().memory.now().0.said("o-1"), said, "kept");

    // What was fetched for the sign-in before is not what this one fetched; and of somebody who left nothing is kept.
    let room = phone.room();
    let subject = room.session.subject().unwrap();
    step_up(&phone).await;
    assert!(room.memory.of(&subject).is_err());
    phone.core.session().sign_out().await.unwrap();
    phone.sign_in().await;
    let work = async move { room.memory.change(&subject, |memory| &mut memory.told, |_| Ok(())).await };
    assert_eq!(phone.core.engine.workers.run(work).await, Err(Problem::cancelled()));
    assert!(!phone.room().memory.now().0.said("o-1").works);
}
