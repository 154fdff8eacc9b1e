//! What is on the screen goes by itself, what comes too late never gets there, and answers that come at once are all kept.

use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use super::super::view::answer::TrackAnswer;
use super::*;
use crate::changes::Topic;
use crate::host::pause;
use crate::session::trials::device::Process;

/// Whether a secret is in memory, whatever a view says of it.
fn is_in_memory(phone: &Phone) -> bool {
    format!("{:?}", phone.room().shown.lock().unwrap()).contains("Shown(")
}

/// In real time, as no test of the clock can show: nobody looks, and the timer alone has to take it away.
#[tokio::test]
async fn after_half_a_minute_the_secret_goes_from_memory_though_nobody_looks() {
    let (left_alone, shown_again) = (Phone::new().await, Phone::new().await);
    let began = Instant::now();
    left_alone.reveal(SimSecretKind::Puk).await.unwrap();
    shown_again.reveal(SimSecretKind::Puk).await.unwrap();
    let changes = left_alone.core.engine.changes.clone();
    let revision = changes.revision(Topic::Activation);
    pause(Duration::from_secs(15)).await;
    assert!(is_in_memory(&left_alone));
    shown_again.room().hide();
    shown_again.reveal(SimSecretKind::Pin).await.unwrap();
    while is_in_memory(&left_alone) && began.elapsed() < Duration::from_secs(60) {
        pause(Duration::from_millis(50)).await;
    }
    let shown_for = began.elapsed();
    assert!((29..45).contains(&shown_for.as_secs()), "{shown_for:?}");
    assert!(changes.revision(Topic::Activation) > revision, "the screen is told");
    // The clock of the model stood still: only the timer has hidden it.
    assert_eq!((left_alone.device.parts().passed_s, left_alone.room().shown_secret()), (0, None));
    assert!(shown_again.room().shown_secret().is_some(), "the timer of what was shown before hides nothing else");
}

/// Secrets are told only when the gate opens; each request is counted.
fn shut_gate(phone: &Phone) -> (Arc<Semaphore>, Arc<Semaphore>) {
    let (gate, arrived) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
    let (shut, came) = (gate.clone(), arrived.clone());
    let way = phone.device.way.lock().unwrap().clone().unwrap();
    let way = move |request: crate::session::trials::operator::Asked, process: Arc<Process>| {
        let (shut, came, way) = (shut.clone(), came.clone(), way.clone());
        async move {
            if request.path().ends_with("/simSecret") {
                came.add_permits(1);
                drop(shut.acquire().await);
            }
            way(request, process).await
        }
        .boxed()
    };
    *phone.device.way.lock().unwrap() = Some(Arc::new(way));
    (gate, arrived)
}

#[tokio::test]
async fn what_comes_back_after_the_person_has_gone_is_not_shown() {
    for how in ["hide", "suspend", "lock", "sign out", "sign in again", "half a minute", "nothing"] {
        for kind in [SimSecretKind::Pin, SimSecretKind::Puk] {
            let phone = Phone::new().await;
            phone.core.app_lock().turn_on(Some(0)).await.unwrap();
            let (gate, arrived) = shut_gate(&phone);
            let (room, sim) = (phone.room(), phone.sim());
            let revealing = tokio::spawn(async move { room.reveal(sim, kind, None).await });
            arrived.acquire().await.unwrap().forget();
            match how {
                "hide" => phone.room().hide(),
                "suspend" => phone.core.suspend(5000).unwrap(),
                "lock" => phone.core.app_lock().lock(),
                "sign out" => drop(phone.core.session().sign_out().await.unwrap()),
                "sign in again" => phone.sign_in().await,
                "half a minute" => phone.device.parts().passed_s += 31,
                _ => {}
            }
            gate.add_permits(1);
            let outcome = revealing.await.unwrap();
            let is_shown = how == "nothing";
            assert_eq!(outcome.is_ok(), is_shown, "{how}: {outcome:?}");
            assert_eq!((is_in_memory(&phone), phone.room().shown_secret().is_some()), (is_shown, is_shown), "{how}");
            if how == "suspend" {
                phone.core.resume().unwrap();
                assert_eq!(phone.room().shown_secret(), None);
            }
        }
    }
}

/// So many lines that are on their way, each with a card to be waited for.
async fn with_lines(count: usize) -> Phone {
    let phone = Phone::new().await;
    let order = |at: usize| {
        json!({
            "id": format!("po-{at}"), "state": "acknowledged", "orderDate": "2026-11-24T10:00:00Z",
            "relatedParty": [{ "id": "emma", "role": "user" }],
            "productOrderItem": [{ "id": "1", "action": "add", "product": { "productCharacteristic": [
                { "name": "simType", "value": "physical" }, { "name": "msisdn", "value": format!("+3247012345{at}") },
            ] } }],
        })
    };
    phone.tells("/orders/productOrder", (0..count).map(order).collect());
    for path in ["/inventory/physicalResource", "/inventory/logicalResource"] {
        phone.tells(path, json!([]));
    }
    phone.room().refresh(None).await.unwrap();
    assert_eq!(phone.room().state().lines.len(), count);
    phone
}

/// What each line offers to tell, by its order.
fn offered(phone: &Phone) -> BTreeMap<String, Vec<String>> {
    let ids = |answers: Vec<TrackAnswer>| answers.into_iter().map(|answer| answer.id).collect();
    phone.room().state().lines.into_iter().map(|line| (line.id, ids(line.now.answers))).collect()
}

#[tokio::test]
async fn answers_that_are_told_at_the_same_time_are_all_kept() {
    const LINES: usize = 8;
    let mut phone = with_lines(LINES).await;
    let before = offered(&phone);
    assert!(before.values().all(|answers| answers.contains(&"has-sim".to_owned())), "{before:?}");
    // Each line's answer, and each of them tapped three times.
    let taps = (0..3 * LINES).map(|tap| phone.room().tell(format!("po-{}", tap % LINES), "has-sim".to_owned()));
    for outcome in futures_util::future::join_all(taps).await {
        assert_eq!(outcome, Ok(()));
    }
    let after = offered(&phone);
    for (line, answers) in &after {
        assert!(!answers.contains(&"has-sim".to_owned()), "{line} is not asked again: {answers:?}");
        assert!(answers.contains(&"works".to_owned()), "{line}: three taps are one answer: {answers:?}");
    }
    phone.reopen();
    assert_eq!(offered(&phone), after, "as they are kept");
}

#[tokio::test]
async fn a_locked_app_takes_no_answer_and_loses_none() {
    let phone = with_lines(1).await;
    phone.core.app_lock().turn_on(Some(0)).await.unwrap();
    let before = offered(&phone);
    phone.core.app_lock().lock();
    let locked = Problem::StorageUnavailable { reason: StorageFailure::AppLocked };
    let told = phone.room().tell("po-0".to_owned(), "has-sim".to_owned()).await;
    assert_eq!(told, Err(locked));
    phone.core.app_lock().unlock().await.unwrap();
    assert_eq!(offered(&phone), before, "nothing was told");
    assert_eq!(phone.room().tell("po-0".to_owned(), "has-sim".to_owned()).await, Ok(()));
    assert_ne!(offered(&phone), before);
}
