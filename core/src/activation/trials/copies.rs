//! The copy of a PUK whose SIM is gone, on a phone where two processes of the app look after it: the app and its widget.

use super::*;

const DAY_S: i64 = 24 * 60 * 60;
const SIMS: &str = "/inventory/logicalResource";

fn listed() -> Value {
    json!([{ "id": ICCID, "@type": "ESIM", "relatedParty": [{ "id": "emma" }] }])
}

async fn keep_a_copy(phone: &Phone) {
    phone.reveal(SimSecretKind::Puk).await.unwrap();
    phone.room().offline_copy(phone.sim(), Some(true)).await.unwrap();
    phone.room().hide();
    assert_eq!(phone.kept().len(), 1);
}

/// How many copies without a SIM a process knows of.
fn stray(core: &CompanionCore) -> usize {
    core.activation().memory.now().0.tracked.stray.len()
}

/// A phone with a copy, whose SIM neither process finds listed any more.
async fn with_a_stray_copy() -> (Phone, Arc<CompanionCore>) {
    let phone = Phone::new().await;
    keep_a_copy(&phone).await;
    let other = phone.device.open(Some("widget")).unwrap();
    phone.tells(SIMS, json!([]));
    phone.room().refresh(None).await.unwrap();
    other.activation().refresh(None).await.unwrap();
    assert_eq!((stray(&phone.core), stray(&other)), (1, 1), "both know of it");
    (phone, other)
}

#[tokio::test]
async fn a_copy_that_one_process_dropped_is_brought_back_by_no_other() {
    let (phone, other) = with_a_stray_copy().await;
    phone.device.parts().passed_s += 15 * DAY_S;
    phone.room().refresh(None).await.unwrap();
    assert_eq!((phone.kept(), stray(&phone.core)), (vec![], 0), "two weeks are over");
    assert_eq!(stray(&other), 1, "it goes by what it remembers");
    other.activation().refresh(None).await.unwrap();
    assert_eq!((phone.kept(), stray(&other)), (vec![], 0));
    phone.room().refresh(None).await.unwrap();
    assert_eq!((phone.kept(), stray(&phone.core)), (vec![], 0));
    // Nor is it there for a process that begins now.
    let third = phone.device.open(Some("share")).unwrap();
    assert_eq!(stray(&third), 0);
}

#[tokio::test]
async fn a_copy_that_was_kept_anew_is_not_dropped_by_a_process_that_remembers_the_old_one() {
    let (phone, other) = with_a_stray_copy().await;
    phone.device.parts().passed_s += 15 * DAY_S;
    phone.room().refresh(None).await.unwrap();
    assert_eq!(phone.kept(), [""; 0]);
    phone.tells(SIMS, listed());
    phone.room().refresh(None).await.unwrap();
    keep_a_copy(&phone).await;
    for sims in [Err(()), Ok(listed()), Ok(json!([]))] {
        match sims {
            Ok(sims) => phone.tells(SIMS, sims),
            Err(()) => drop(phone.documents.lock().unwrap().remove(SIMS)),
        }
        let _ = other.activation().refresh(None).await;
        assert_eq!(phone.kept().len(), 1, "since it was listed no two weeks have passed");
    }
}
