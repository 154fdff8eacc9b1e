//! A database that breaks, and a disk without room: no wish is lost without a word, and whoever signs out is gone.

use std::path::Path;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::server::{Asked, Mishap, Server};
use super::{Phone, SWITCHES, open_with, profile, runtime, signed_in};
use crate::companion::CompanionCore;
use crate::problem::{Problem, StorageFailure};

const LOST: &str =
    "Data on this phone was damaged. Changes that had not been sent yet were lost: please check your choices.";

/// The app with an operator that no change reaches.
fn open(folder: &TempDir, phone: &Arc<Phone>) -> Arc<CompanionCore> {
    let server = Mutex::new(Server::new(true, SWITCHES));
    open_with(folder, profile("communicationPreference", true), phone, move |asked: &Asked| {
        let mut server = server.lock().unwrap();
        if asked.method == "PATCH" {
            server.mishaps.push_back(Mishap::NotSent);
        }
        server.arrives(asked)
    })
}

/// The person turns this many switches, and nothing of it reaches the operator.
fn wishes(core: &CompanionCore, many: usize) {
    let (runtime, room) = (runtime(), core.preferences());
    runtime.block_on(room.clone().refresh(None)).unwrap();
    let keys: Vec<String> = room.memory().toggles.keys().take(many).cloned().collect();
    for key in keys {
        runtime.block_on(room.clone().set(key, true)).unwrap();
    }
    assert_eq!(room.state().waiting as usize, many);
}

fn notice(core: &CompanionCore) -> Option<String> {
    core.preferences().state().notice.map(|notice| notice.text)
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn damage(folder: &TempDir) {
    std::fs::write(folder.path().join("companion.db"), [0x55; 8192]).unwrap();
    for suffix in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.path().join(format!("companion.db{suffix}")));
    }
}

#[test]
fn that_wishes_were_lost_with_a_damaged_database_is_said_in_one_run_and_nothing_set_aside_outlives_a_sign_out() {
    let (folder, phone) = signed_in();
    let core = open(&folder, &phone);
    wishes(&core, 2);
    assert_eq!(notice(&core), None);
    core.suspend(5000).unwrap();
    damage(&folder);
    // A run in which nobody looks at the screen has told nobody.
    for looks in [false, true] {
        let core = open(&folder, &phone);
        if looks {
            assert_eq!(notice(&core).as_deref(), Some(LOST));
            assert_eq!(notice(&core).as_deref(), Some(LOST), "as long as the run lasts");
        }
        core.suspend(5000).unwrap();
    }
    let core = open(&folder, &phone);
    assert_eq!(notice(&core), None, "and once");
    assert!(files(folder.path()).contains(&"companion.db.broken".to_owned()), "kept for whoever looks into it");
    for name in ["companion.db.newer", "companion.db.broken-wal", "unsent-lost"] {
        std::fs::write(folder.path().join(name), "of Emma").unwrap();
    }
    runtime().block_on(core.session().sign_out()).unwrap();
    core.suspend(5000).unwrap();
    let left = files(folder.path());
    assert!(
        left.iter().all(|name| !name.contains("broken") && !name.contains("newer") && name != "unsent-lost"),
        "{left:?}"
    );
}

#[test]
fn a_database_that_breaks_under_a_running_app_loses_no_wish_that_it_knows() {
    let (folder, phone) = signed_in();
    let core = open(&folder, &phone);
    wishes(&core, 2);
    core.suspend(5000).unwrap();
    damage(&folder);
    core.engine.store.resume().unwrap();
    // The first to write finds it broken.
    for _ in 0..2 {
        runtime().block_on(core.preferences().tidy_up());
    }
    assert_eq!(core.preferences().state().waiting, 2);
    core.suspend(5000).unwrap();
    let next = open(&folder, &phone);
    assert_eq!((next.preferences().state().waiting, notice(&next)), (2, None));
    next.suspend(5000).unwrap();
}

#[test]
fn a_sign_out_says_how_many_changes_are_dropped() {
    for many in [0, 1, 3] {
        let (folder, phone) = signed_in();
        let core = open(&folder, &phone);
        wishes(&core, many);
        core.suspend(5000).unwrap();
        // By whichever run of the app.
        let core = open(&folder, &phone);
        // Before, as a sentence; after, as a number.
        let said = core.session().state().unsent.map(|text| text.text);
        let expected = match many {
            0 => None,
            1 => Some("One change of your notifications has not been sent yet. It is then lost.".to_owned()),
            many => Some(format!("{many} changes of your notifications have not been sent yet. They are then lost.")),
        };
        assert_eq!(said, expected);
        let signed_out = runtime().block_on(core.session().sign_out()).unwrap();
        assert_eq!(signed_out.unsent_changes as usize, many);
        let again = runtime().block_on(core.session().sign_out()).unwrap();
        assert_eq!((again.unsent_changes, core.session().state().unsent), (0, None));
        core.suspend(5000).unwrap();
    }
}

#[test]
fn a_sign_out_that_could_not_be_written_down_is_not_taken_for_one_that_was_finished_elsewhere() {
    let (folder, phone) = signed_in();
    let core = open(&folder, &phone);
    wishes(&core, 1);
    // As on a full disk: reading goes on, writing does not.
    let database = rusqlite::Connection::open(folder.path().join("companion.db")).unwrap();
    let full = "CREATE TRIGGER full BEFORE UPDATE ON session BEGIN SELECT RAISE(ABORT, 'full'); END";
    database.execute_batch(full).unwrap();
    let outcome = runtime().block_on(core.session().sign_out());
    assert!(matches!(outcome, Err(Problem::StorageUnavailable { .. })), "{outcome:?}");
    let items: Vec<String> = phone.items.lock().unwrap().keys().cloned().collect();
    assert!(!items.iter().any(|item| item == "session" || item.starts_with("data-key/")), "{items:?}");
    database.execute_batch("DROP TRIGGER full").unwrap();
    runtime().block_on(core.session().sign_out()).unwrap();
    let rows: i64 = database.query_row("SELECT count(*) FROM outbox", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 0);
    core.suspend(5000).unwrap();
}

#[test]
fn a_sign_out_on_a_disk_without_room_takes_the_keys_first_and_ends_when_there_is_room() {
    let (folder, phone) = signed_in();
    let core = open(&folder, &phone);
    wishes(&core, 1);
    core.suspend(5000).unwrap();
    std::fs::write(folder.path().join("companion.db.broken"), "of Emma").unwrap();
    std::fs::write(folder.path().join("widget.json"), "of Emma").unwrap();
    // Takes the place of the log's index, as a full disk leaves none for it.
    let in_the_way = folder.path().join("companion.db-shm");
    std::fs::create_dir(&in_the_way).unwrap();
    let core = open(&folder, &phone);
    let outcome = runtime().block_on(core.session().sign_out());
    assert!(
        matches!(
            outcome,
            Err(Problem::StorageUnavailable {
                reason: StorageFailure::Full | StorageFailure::Locked | StorageFailure::Failing
            })
        ),
        "{outcome:?}"
    );
    let of_emma = |items: &[String]| items.iter().any(|item| item == "session" || item.starts_with("data-key/"));
    let items: Vec<String> = phone.items.lock().unwrap().keys().cloned().collect();
    assert!(!of_emma(&items), "{items:?}");
    assert_eq!(core.session().state().since_ms, None);
    let left = files(folder.path());
    assert!(!left.contains(&"companion.db.broken".to_owned()) && !left.contains(&"widget.json".to_owned()), "{left:?}");
    let _ = core.suspend(5000);
    std::fs::remove_dir(&in_the_way).unwrap();
    let core = open(&folder, &phone);
    runtime().block_on(core.session().sign_out()).unwrap();
    core.suspend(5000).unwrap();
    let database = rusqlite::Connection::open(folder.path().join("companion.db")).unwrap();
    let rows: i64 = database.query_row("SELECT count(*) FROM outbox", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 0);
}
