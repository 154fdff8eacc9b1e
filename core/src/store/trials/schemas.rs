//! I17: the file of every older app is brought to today's schema with everything in it, and a process that is killed on the
//! way leaves the old one or the new one. A newer app's file is kept for it as it is.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rusqlite::{Connection, params};

use super::common::{DATABASE, SUBJECT, figures, folder, row, shape};
use crate::store::schema::STEPS;
use crate::store::{Kept, Store};
use crate::trials::Drawn;

pub const LAST: usize = STEPS.len();
const NEWER: usize = LAST + 3;
const FOLDER: &str = "COMPANION_UPGRADED_FOLDER";
const CHILD: &str = "store::trials::schemas::child_that_is_killed_in_an_upgrade";

/// The file as the app of that version left it, with a row in each table it knew. One newer than today's has one more.
pub fn fixture(file: &Path, version: usize) {
    let connection = Connection::open(file).unwrap();
    connection.pragma_update(None, "journal_mode", "WAL").unwrap();
    for step in STEPS.iter().take(version) {
        connection.execute_batch(step).unwrap();
    }
    if version > LAST {
        connection.execute_batch("CREATE TABLE tomorrow (id INTEGER)").unwrap();
    }
    connection.pragma_update(None, "user_version", version).unwrap();
    for (since, statement) in [
        (1, "INSERT INTO anchor VALUES (1, 11, 12, 'boot')"),
        (2, "UPDATE session SET account = 'anna', generation = 7, failures = 2"),
        (3, "INSERT INTO gate VALUES ('https://api.example', 99)"),
        (4, "INSERT INTO alert VALUES ('anna', 'name', 'posted', NULL, 5, NULL, NULL, NULL, NULL)"),
        (4, "INSERT INTO alert_mark VALUES ('anna', 'mark', x'01')"),
        (5, "INSERT INTO outbox VALUES ('anna', 'wish', x'02')"),
        (5, "INSERT INTO push (registration, subject, sealed, told_ms) VALUES ('reg', 'anna', x'03', 6)"),
        (6, "UPDATE push SET sent_ms = 8"),
        (7, "INSERT INTO document VALUES ('anna', 'doc', 1, 'file', x'04', 10, 1, 1, 0)"),
    ] {
        if version >= since {
            connection.execute(statement, []).unwrap();
        }
    }
    for number in 0..if version >= 1 { 20 } else { 0 } {
        let row = row(number, number as u64 * 1_000, 500);
        let of_row = params![row.subject, row.kind, row.key, row.sealed];
        connection.execute("INSERT INTO snapshot VALUES (?1, ?2, ?3, ?4, NULL, 1, 2, 3)", of_row).unwrap();
    }
}

/// Everything that a fixture of that version holds was read.
fn all_is_there(version: usize, kept: &Kept, file: &Path) {
    let figures = figures(kept);
    let expected = (0..if version >= 1 { 20 } else { 0 }).map(|number| (number, number as u64 * 1_000)).collect();
    assert_eq!(figures, expected, "of version {version}");
    assert_eq!(kept.anchor.is_some(), version >= 1);
    assert_eq!(kept.ledger.generation, if version >= 2 { 7 } else { 0 });
    assert_eq!(kept.waits.len(), usize::from(version >= 3));
    assert_eq!(
        (kept.alerts.rows.len(), kept.alerts.marks.len()),
        (usize::from(version >= 4), usize::from(version >= 4))
    );
    assert_eq!(kept.outbox.len(), usize::from(version >= 5));
    let connection = Connection::open(file).unwrap();
    let many = |what: &str| connection.query_row(what, [], |row| row.get::<_, usize>(0)).unwrap();
    assert_eq!(many("SELECT count(*) FROM push WHERE told_ms = 6"), usize::from(version >= 5));
    assert_eq!(many("SELECT count(*) FROM push WHERE sent_ms = 8"), usize::from(version >= 6));
    assert_eq!(many("SELECT count(*) FROM document"), usize::from(version >= 7));
}

/// The process that is killed. No test of its own.
#[test]
fn child_that_is_killed_in_an_upgrade() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    println!("\nready");
    let (store, _) = Store::open(Path::new(&folder), Some(SUBJECT)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(store.checked(SUBJECT.to_owned(), "nothing", String::new(), 1, None, || true)).unwrap();
    println!("\ndone");
    std::thread::sleep(Duration::from_secs(10));
}

/// Lets a process open the folder and kills it a moment later; true when it was done by then.
fn killed(folder: &Path, after: Duration) -> bool {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", CHILD, "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(said.any(|line| line == "ready"), "it did not begin");
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    said.any(|line| line == "done")
}

fn trial(version: usize, drawn: &mut Drawn) -> bool {
    let place = folder();
    let file = place.path().join(DATABASE);
    fixture(&file, version);
    let old = shape(&file);
    let done = killed(place.path(), Duration::from_micros(drawn.any() % 6_000));
    if version > LAST {
        let aside = place.path().join("companion.db.newer");
        let kept = if aside.exists() { &aside } else { &file };
        assert_eq!(shape(kept), old, "as the newer app left it");
        let rows = Connection::open(kept).unwrap().query_row("SELECT count(*) FROM snapshot", [], |row| row.get(0));
        assert_eq!(rows, Ok(20));
    } else {
        let found = shape(&file);
        assert!(found == old || found == todays(), "neither the old one nor the new one: {found:?}");
        let (store, kept) = Store::open(place.path(), Some(SUBJECT)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(store.checked(SUBJECT.to_owned(), "nothing", String::new(), 1, None, || true)).unwrap();
        store.suspend(Duration::from_secs(5)).unwrap();
        assert_eq!(shape(&file), todays());
        all_is_there(version, &kept, &file);
    }
    done
}

fn todays() -> (usize, Vec<String>) {
    let place = folder();
    Store::open(place.path(), None).unwrap();
    shape(&place.path().join(DATABASE))
}

#[test]
fn i17_of_every_older_schema_an_upgrade_keeps_all_and_a_kill_leaves_the_old_one_or_the_new_one() {
    let each = crate::trials::times(200);
    let versions: Vec<usize> = (0..=LAST).chain([NEWER]).collect();
    let (mut done, mut not) = (0, 0);
    std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            let versions = &versions;
            scope.spawn(move || {
                let mut drawn = Drawn(17 + half as u64);
                let of_half = versions.iter().flat_map(|version| (half..each).step_by(2).map(|_| *version));
                of_half.map(|version| trial(version, &mut drawn)).collect::<Vec<_>>()
            })
        });
        for outcome in halves.into_iter().flat_map(|half| half.join().unwrap()) {
            if outcome { done += 1 } else { not += 1 }
        }
    });
    assert_eq!(done + not, each * versions.len());
    assert!(done > not / 20 && not > done / 20, "killed before and after: {done} and {not}");
    eprintln!("{} kills in {} versions, {not} before it was done", done + not, versions.len());
}
