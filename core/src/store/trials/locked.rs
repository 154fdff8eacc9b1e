//! I16: a phone that is locked lets nobody at the files. That is said as what it is, nothing is deleted or set aside for it,
//! and after the unlock everything is there.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::common::{DATABASE, SUBJECT, copy, figures, folder, names, row};
use crate::problem::{Problem, StorageFailure};
use crate::store::Store;
use crate::trials::Drawn;

const FOLDER: &str = "COMPANION_LOCKED_FOLDER";
const CHILD: &str = "store::trials::locked::child_without_rights";
const PATIENCE: Duration = Duration::from_secs(5);
const LOCKED: Problem = Problem::StorageUnavailable { reason: StorageFailure::Locked };

/// What is locked.
fn targets(place: &Path, drawn: &mut Drawn) -> Vec<PathBuf> {
    let file = |suffix: &str| place.join(format!("{DATABASE}{suffix}"));
    match drawn.below(6) {
        0 => vec![place.to_owned()],
        1 => vec![file("")],
        2 => vec![file("-wal")],
        3 => vec![file("-shm")],
        4 => vec![file("-wal"), file("-shm")],
        _ => vec![file(""), file("-wal"), file("-shm")],
    }
}

fn set(targets: &[PathBuf], mode: u32) {
    for target in targets.iter().filter(|target| target.exists()) {
        fs::set_permissions(target, Permissions::from_mode(mode)).unwrap();
    }
}

/// One phone that is locked and unlocked; true when somebody noticed.
fn trial(place: &Path, drawn: &mut Drawn) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let before = names(place);
    let moment = drawn.below(3);
    let opened = || Store::open(place, Some(SUBJECT));
    // Before it is opened; open and not written to yet; asleep.
    let store = (moment > 0).then(|| opened().unwrap().0);
    if moment == 2 {
        store.iter().for_each(|store| store.suspend(PATIENCE).unwrap());
    }
    let targets = targets(place, drawn);
    set(&targets, 0);
    let mut acknowledged = false;
    let mut noticed = false;
    let mut says = |outcome: Result<(), Problem>| {
        noticed |= outcome.is_err();
        if let Err(problem) = outcome {
            assert_eq!(problem, LOCKED, "{targets:?} at {moment}");
        }
    };
    match &store {
        None => says(opened().map(|(_, kept)| assert_eq!(figures(&kept).len(), 5, "{targets:?}: half of it is shown"))),
        Some(store) => {
            if moment == 2 {
                says(store.resume());
            }
            for _ in 0..1 + drawn.below(3) {
                let outcome = runtime.block_on(store.put(row(7, 7, 100), None, || true));
                acknowledged |= outcome.is_ok();
                if outcome != Err(Problem::StorageUnavailable { reason: StorageFailure::Suspended }) {
                    says(outcome);
                }
            }
        }
    }
    set(&targets, 0o700);
    let after = names(place);
    assert!(before.iter().all(|name| name.contains("-") || after.contains(name)), "{before:?}, then {after:?}");
    assert!(!after.iter().any(|name| name.contains("broken") || name.contains("lost")), "{after:?}");

    let store = store.unwrap_or_else(|| opened().unwrap().0);
    store.resume().unwrap();
    runtime.block_on(store.put(row(8, 8, 100), None, || true)).unwrap();
    store.suspend(PATIENCE).unwrap();
    let mut found = figures(&opened().unwrap().1);
    assert_eq!(found.remove(&8), Some(8));
    let seventh = found.remove(&7);
    assert!(seventh == Some(7) || !acknowledged);
    assert_eq!(found, (0..5).map(|number| (number, 100 + number as u64)).collect(), "{targets:?} at {moment}");
    noticed
}

/// The process that has no right to what is locked, as root would. No test of its own.
#[test]
fn child_without_rights() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    // As an app leaves it that is killed: with its log.
    let template = tempfile::tempdir_in(&folder).unwrap();
    let store = Store::open(template.path(), Some(SUBJECT)).unwrap().0;
    for number in 0..5 {
        runtime.block_on(store.put(row(number, 100 + number as u64, 300), None, || true)).unwrap();
    }
    let (mut drawn, mut noticed) = (Drawn(16), 0);
    for _ in 0..crate::trials::times(500) {
        let place = tempfile::tempdir_in(&folder).unwrap();
        copy(template.path(), place.path());
        noticed += usize::from(trial(place.path(), &mut drawn));
    }
    println!("\nnoticed {noticed}");
}

#[test]
fn i16_a_locked_phone_is_said_to_be_locked_and_loses_nothing() {
    let folder = folder();
    let probe = folder.path().join("probe");
    fs::write(&probe, "x").unwrap();
    fs::set_permissions(&probe, Permissions::from_mode(0o000)).unwrap();
    let (exe, words) = (std::env::current_exe().unwrap(), ["--exact", CHILD, "--nocapture"]);
    // Nothing is locked for root, until it gives its rights away.
    let output = if fs::read(&probe).is_ok() {
        Command::new("setpriv")
            .args(["--bounding-set=-all", "--inh-caps=-all"])
            .arg(exe)
            .args(words)
            .env(FOLDER, folder.path())
            .output()
    } else {
        Command::new(exe).args(words).env(FOLDER, folder.path()).output()
    };
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let noticed = said.lines().find_map(|line| line.strip_prefix("noticed ")?.parse::<usize>().ok()).unwrap();
    assert!(noticed > crate::trials::times(500) / 4, "{noticed}");
    eprintln!("{noticed} noticed");
}
