//! People sign out in the middle of everything: nothing of theirs is left, and nothing is sent for them any more.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::server::{Asked, Server};
use super::{Phone, SWITCHES, open_with, profile, runtime, signed_in};
use crate::preferences::view::PreferencesPhase;

const TRIALS: u64 = 500;

#[test]
fn i20_a_sign_out_under_load_leaves_no_wish_and_sends_none_for_anybody() {
    let times = if std::env::var_os("COMPANION_LONG_TRIALS").is_some() { TRIALS * 10 } else { TRIALS };
    for trial in 0..times {
        let (folder, phone) = signed_in();
        let server = Arc::new(Mutex::new(Server::new(trial % 2 == 0, SWITCHES)));
        let answers = server.clone();
        let core = open_with(&folder, profile("communicationPreference", true), &phone, move |asked: &Asked| {
            answers.lock().unwrap().arrives(asked)
        });
        let (runtime, room) = (runtime(), core.preferences());
        runtime.block_on(room.clone().refresh(None)).unwrap();
        let subject = room.present().unwrap();
        let keys: Vec<String> = room.memory().toggles.keys().cloned().collect();
        let load = keys.iter().enumerate().map(|(at, key)| {
            let (room, key, subject) = (room.clone(), key.clone(), subject.clone());
            async move {
                for round in 0..4 {
                    let _ = room.clone().set_threshold(key.clone(), 10 + round).await;
                    if at == 0 {
                        let _ = room.step(&subject, &key, true).await;
                    }
                }
                let _ = room.clone().refresh(None).await;
            }
        });
        let load = futures_util::future::join_all(load);
        let leaves = async {
            // At another moment each time.
            tokio::time::sleep(Duration::from_micros(trial * 37 % 4000)).await;
            core.session().sign_out().await.unwrap();
            writes(&server)
        };
        let (_, at_leaving) = runtime.block_on(async { tokio::join!(load, leaves) });
        assert_eq!(room.state().phase, PreferencesPhase::SignedOut, "trial {trial}");
        for key in &keys {
            let _ = runtime.block_on(room.step(&subject, key, true));
        }
        // One that was on its way when she left may arrive; nothing is begun after it.
        assert!(writes(&server) <= at_leaving + 1, "trial {trial}: sent for somebody who left");
        core.suspend(5000).unwrap();
        nothing_is_left(&folder, &phone, trial);
        let reopened = open_with(&folder, profile("communicationPreference", true), &phone, |_| {
            panic!("somebody who left is still known")
        });
        assert!(reopened.preferences().memory().toggles.is_empty(), "trial {trial}");
        reopened.suspend(5000).unwrap();
    }
}

fn writes(server: &Mutex<Server>) -> usize {
    server.lock().unwrap().kept.iter().map(|kept| kept.writes.len()).sum()
}

fn nothing_is_left(folder: &tempfile::TempDir, phone: &Phone, trial: u64) {
    let items: Vec<String> = phone.items.lock().unwrap().keys().cloned().collect();
    assert!(!items.iter().any(|item| item == "session" || item.starts_with("data-key/")), "trial {trial}: {items:?}");
    let database = rusqlite::Connection::open(folder.path().join("companion.db")).unwrap();
    let rows: i64 = database
        .query_row("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM snapshot)", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 0, "trial {trial}: rows are left");
}
