//! I15: a file that was damaged, cut, mixed up or put in place of ours. No wrong number is ever shown, nothing is deleted
//! for a key that does not fit, and the app goes on with what there is.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use super::common::{DATABASE, Figure, SUBJECT, copy, figures, folder, key, row};
use crate::host::SystemEntropy;
use crate::store::{Amend, DataKey, Owner, Store};
use crate::trials::Drawn;

const PATIENCE: Duration = Duration::from_secs(5);
const ROWS: usize = 30;

/// What happens to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Damage {
    /// 64 bytes are others.
    Overwritten,
    /// One bit is another.
    Bit,
    Cut,
    /// The end was never written.
    Zeroed,
    /// The log of another day, or another phone.
    OtherLog,
    /// Somebody else's database, or no database.
    Foreign,
}

/// Every number that there ever was under a key.
fn numbers(name: usize) -> [u64; 2] {
    [name as u64 * 1_000, name as u64 * 1_000 + 1]
}

fn owner() -> Owner {
    Owner { subject: SUBJECT.to_owned(), key: key(), entropy: std::sync::Arc::new(SystemEntropy) }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

/// A folder as a killed app leaves it: every row written, and half of them once more, in the log.
fn template(place: &Path) {
    let (store, runtime) = (Store::open(place, Some(SUBJECT)).unwrap().0, runtime());
    for name in 0..ROWS {
        runtime.block_on(store.put(row(name, numbers(name)[0], 600), None, || true)).unwrap();
        let wish = move |_: Option<Figure>| Amend::Keep(row_model(name), ());
        runtime.block_on(store.amend(owner(), format!("wish {name}"), || true, wish)).unwrap();
    }
    store.suspend(PATIENCE).unwrap();
    store.resume().unwrap();
    for name in (0..ROWS).step_by(2) {
        runtime.block_on(store.put(row(name, numbers(name)[1], 600), None, || true)).unwrap();
    }
    // Its files are copied while it is open.
    std::mem::forget(store);
}

fn row_model(name: usize) -> Figure {
    row(name, name as u64, 0).open::<Figure>(&key()).unwrap().model
}

fn damage(place: &Path, how: Damage, other_log: &[u8], drawn: &mut Drawn) {
    let name = if drawn.below(3) == 0 { format!("{DATABASE}-wal") } else { DATABASE.to_owned() };
    let file = place.join(name);
    let mut bytes = fs::read(&file).unwrap();
    let at = drawn.below(bytes.len());
    match how {
        Damage::Overwritten => bytes.iter_mut().skip(at).take(64).for_each(|byte| *byte = drawn.any().to_le_bytes()[0]),
        Damage::Bit => bytes[at] ^= 1 << drawn.below(8),
        Damage::Cut => bytes.truncate(at),
        Damage::Zeroed => bytes.iter_mut().skip(at).for_each(|byte| *byte = 0),
        Damage::OtherLog => return fs::write(place.join(format!("{DATABASE}-wal")), other_log).unwrap(),
        Damage::Foreign => bytes = (0..drawn.below(9_000)).map(|_| drawn.any().to_le_bytes()[0]).collect(),
    }
    fs::write(file, bytes).unwrap();
}

/// One damaged file; how many rows could still be shown.
fn trial(template: &Path, other_log: &[u8], how: Damage, drawn: &mut Drawn) -> usize {
    let place = folder();
    copy(template, place.path());
    // A process that is killed leaves the index of its log; a phone that is restarted may not.
    if drawn.below(2) == 0 {
        fs::remove_file(place.path().join(format!("{DATABASE}-shm"))).unwrap();
    }
    damage(place.path(), how, other_log, drawn);
    let (store, kept) = Store::open(place.path(), Some(SUBJECT)).unwrap();
    let shown = figures(&kept);
    for (name, number) in &shown {
        assert!(numbers(*name).contains(number), "{how:?}: {number} under {name}");
    }
    for entry in &kept.outbox {
        let Some(wish) = entry.open::<Figure>(&key()) else { continue };
        let name: usize = entry.key.strip_prefix("wish ").unwrap().parse().unwrap();
        assert_eq!(wish, row_model(name), "{how:?}");
    }
    // It goes on: whatever is found broken is set aside by the write that finds it.
    let works = (0..2).any(|_| runtime().block_on(store.put(row(99, 99, 600), None, || true)).is_ok());
    assert!(works, "{how:?}: it does not go on");
    let _ = store.suspend(PATIENCE);
    let kept = Store::open(place.path(), Some(SUBJECT)).unwrap().1;
    let again = figures(&kept);
    for (name, number) in &again {
        assert!(*name == 99 || numbers(*name).contains(number), "{how:?}: {number} under {name}");
    }
    shown.len()
}

#[test]
fn i15_of_a_damaged_file_no_wrong_number_is_shown_and_the_app_goes_on() {
    let (ours, others) = (folder(), folder());
    template(ours.path());
    template(others.path());
    let other_log = fs::read(others.path().join(format!("{DATABASE}-wal"))).unwrap();
    // With `--long` more than the 5 000 that are wanted.
    let times = crate::trials::times(2_500);
    let (ours, other_log) = (ours.path(), other_log.as_slice());
    let mut outcomes: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            scope.spawn(move || {
                let mut drawn = Drawn(15 + half);
                let outcomes = (0..times / 2).map(|_| {
                    let how = match drawn.below(20) {
                        0 => Damage::Cut,
                        1 => Damage::Zeroed,
                        2 => Damage::OtherLog,
                        3 => Damage::Foreign,
                        4..8 => Damage::Bit,
                        _ => Damage::Overwritten,
                    };
                    (how, trial(ours, other_log, how, &mut drawn))
                });
                outcomes.collect::<Vec<_>>()
            })
        });
        for (how, shown) in halves.into_iter().flat_map(|half| half.join().unwrap()) {
            let (trials, whole) = outcomes.entry(format!("{how:?}")).or_default();
            (*trials, *whole) = (*trials + 1, *whole + usize::from(shown == ROWS));
        }
    });
    // It hit: without damage every row is shown.
    let (trials, whole) = outcomes["Overwritten"];
    assert!(whole < trials && whole > 0, "{outcomes:?}");
    eprintln!("trials, and those that showed all: {outcomes:?}");
}

#[test]
fn i15_for_a_key_that_is_wrong_or_missing_nothing_is_shown_and_nothing_is_deleted() {
    let ours = folder();
    template(ours.path());
    let place = folder();
    copy(ours.path(), place.path());
    let wrong = DataKey::from_bytes(&[8; 32]).unwrap();
    for _ in 0..2 {
        let (store, kept) = Store::open(place.path(), Some(SUBJECT)).unwrap();
        assert_eq!((kept.rows.len(), kept.outbox.len()), (ROWS, ROWS));
        assert!(kept.rows.iter().all(|row| row.open::<Figure>(&wrong).is_none()));
        assert!(kept.outbox.iter().all(|entry| entry.open::<Figure>(&wrong).is_none()));
        store.suspend(PATIENCE).unwrap();
    }
    assert_eq!(figures(&Store::open(place.path(), Some(SUBJECT)).unwrap().1).len(), ROWS);
    assert!(!place.path().join("companion.db.broken").exists());
}
