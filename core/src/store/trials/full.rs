//! I14: a disk without room. Whatever it hits — opening, writing, emptying the log, replacing a file — the app goes on, what
//! was kept is read, what was acknowledged is there, and with room again all works by itself.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::common::{DATABASE, SUBJECT, figures, folder, row};
use crate::problem::{Problem, StorageFailure};
use crate::store::{Store, widget};
use crate::trials::Drawn;

const DISK: &str = "COMPANION_SMALL_DISK";
const CHILD: &str = "store::trials::full::child_on_a_small_disk";
/// Which points one process tries.
const POINTS: &str = "COMPANION_SMALL_DISK_POINTS";
const NO_GROWTH: &str = "COMPANION_FILES_MAY_NOT_GROW";
const NO_GROWTH_CHILD: &str = "store::trials::full::child_whose_files_may_not_grow";
const PATIENCE: Duration = Duration::from_secs(5);
/// Trials of each point: with `--long` more than the 500 that are wanted.
const EACH: usize = 150;
const OLD: usize = 10;
/// Blocks of the small disk.
const BLOCK: usize = 4096;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

/// A store and what it acknowledged.
struct Written {
    store: Store,
    acknowledged: BTreeMap<usize, u64>,
}

impl Written {
    fn new(place: &Path) -> Written {
        let store = Store::open(place, Some(SUBJECT)).unwrap().0;
        let mut written = Written { store, acknowledged: BTreeMap::new() };
        (0..OLD).for_each(|number| written.put(number, 1, 1_000).unwrap());
        written
    }

    fn put(&mut self, name: usize, number: u64, bytes: usize) -> Result<(), Problem> {
        runtime().block_on(self.store.put(row(name, number, bytes), None, || true))?;
        self.acknowledged.insert(name, number);
        Ok(())
    }

    /// Until there is no room, or a while.
    fn fill(&mut self, drawn: &mut Drawn) -> Option<Problem> {
        (0..25).find_map(|_| self.put(drawn.below(40), drawn.any(), drawn.below(14_000)).err())
    }

    /// What was acknowledged is what the next run of the app reads.
    fn is_read(&self, place: &Path) {
        let kept = Store::open(place, Some(SUBJECT)).unwrap().1;
        assert_eq!(figures(&kept), self.acknowledged);
    }

    /// With room again everything works by itself.
    fn works(&mut self, place: &Path) {
        self.put(99, 99, 5_000).unwrap();
        self.store.suspend(PATIENCE).unwrap();
        self.is_read(place);
        self.store.resume().unwrap();
        self.put(98, 98, 5_000).unwrap();
        self.store.suspend(PATIENCE).unwrap();
        self.is_read(place);
        assert!(!place.join("companion.db.broken").exists(), "a full disk is no damage");
    }
}

fn full(problem: &Problem) {
    assert_eq!(*problem, Problem::StorageUnavailable { reason: StorageFailure::Full });
}

/// Takes the room but for so many blocks.
fn take_room(place: &Path, but: usize) {
    let mut filler = fs::File::create(place.join("filler")).unwrap();
    while filler.write_all(&[0x55; BLOCK]).is_ok() {}
    let taken = filler.metadata().unwrap().len() as usize / BLOCK;
    filler.set_len((taken.saturating_sub(but) * BLOCK) as u64).unwrap();
}

fn give_room(place: &Path) {
    fs::remove_file(place.join("filler")).unwrap();
}

fn opening(place: &Path, drawn: &mut Drawn) -> bool {
    let mut written = Written::new(place);
    written.store.suspend(PATIENCE).unwrap();
    take_room(place, drawn.below(14));
    written.is_read(place);
    // Into a folder of its own nothing can be written at all, or a little.
    Store::open(&place.join("first"), None).err().iter().for_each(full);
    written.store.resume().unwrap();
    let outcome = written.fill(drawn);
    outcome.iter().for_each(full);
    give_room(place);
    written.works(place);
    let (first, _) = Store::open(&place.join("first"), None).unwrap();
    runtime().block_on(first.put(row(1, 1, 10), None, || true)).unwrap();
    outcome.is_some()
}

fn committing(place: &Path, drawn: &mut Drawn) -> bool {
    let mut written = Written::new(place);
    take_room(place, drawn.below(20));
    let outcome = written.fill(drawn);
    outcome.iter().for_each(full);
    written.is_read(place);
    give_room(place);
    written.works(place);
    outcome.is_some()
}

fn checkpointing(place: &Path, drawn: &mut Drawn) -> bool {
    let mut written = Written::new(place);
    for number in 0..20 {
        written.put(number, drawn.any(), drawn.below(5_000)).unwrap();
    }
    take_room(place, drawn.below(6));
    let outcome = written.store.suspend(PATIENCE);
    written.is_read(place);
    give_room(place);
    written.store.resume().unwrap();
    written.works(place);
    outcome.is_err()
}

fn replacing(place: &Path, drawn: &mut Drawn) -> bool {
    let mut written = Written::new(place);
    let shown = |drawn: &mut Drawn| vec![drawn.any().to_le_bytes()[0]; 1 + drawn.below(widget::LARGEST - 1)];
    let (old, new) = (shown(drawn), shown(drawn));
    runtime().block_on(written.store.keep_widget(Some(old.clone()), || true)).unwrap();
    take_room(place, drawn.below(3));
    let outcome = runtime().block_on(written.store.keep_widget(Some(new.clone()), || true));
    outcome.iter().for_each(|()| assert_eq!(widget::read(place).as_ref(), Some(&new)));
    outcome.as_ref().err().iter().for_each(|problem| {
        full(problem);
        assert_eq!(widget::read(place).as_ref(), Some(&old), "the old one, whole");
    });
    // Whoever leaves on a full disk leaves nothing of it, not even half of one.
    written.store.remove_files().unwrap();
    let left = super::common::names(place);
    assert!(!left.iter().any(|name| name.contains("widget")), "{left:?}");
    give_room(place);
    runtime().block_on(written.store.keep_widget(Some(new.clone()), || true)).unwrap();
    assert_eq!(widget::read(place), Some(new));
    written.works(place);
    outcome.is_err()
}

/// A point at which there is no room; true when it was hit.
type Point = fn(&Path, &mut Drawn) -> bool;

/// The process on the small disk. No test of its own.
#[test]
fn child_on_a_small_disk() {
    let Some(disk) = std::env::var_os(DISK) else { return };
    let each = crate::trials::times(EACH);
    let half = std::env::var(POINTS).unwrap();
    let points: [(&str, Point); 4] =
        [("open", opening), ("commit", committing), ("checkpoint", checkpointing), ("rename", replacing)];
    for (name, point) in points.into_iter().filter(|(name, _)| half.contains(name)) {
        let mut drawn = Drawn(14);
        let hits = (0..each).filter(|_| {
            let place = tempfile::tempdir_in(&disk).unwrap();
            point(place.path(), &mut drawn)
        });
        println!("\nat {name}: {}", hits.count());
    }
}

/// What the process on a small disk of its own says of these points; none where there may be no such disk.
fn said_of(points: &str) -> Option<String> {
    let mount = folder();
    // In a namespace of its own: nobody else sees the disk, and it goes with the process.
    let child = Command::new("unshare")
        .args(["-rm", "sh", "-c", r#"mount -t tmpfs -o size=1m small "$1" && exec "$2" --exact "$3" --nocapture"#])
        .arg("sh")
        .arg(mount.path())
        .arg(std::env::current_exe().unwrap())
        .arg(CHILD)
        .env(DISK, mount.path())
        .env(POINTS, points)
        .output();
    let output = child.unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if !said.contains("running 1 test") {
        eprintln!("no disk of one's own here: {}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    Some(said)
}

#[test]
fn i14_on_a_small_disk_without_room_nothing_is_lost_and_all_works_when_there_is_room() {
    let halves = ["open, rename", "commit, checkpoint"];
    let said = std::thread::scope(|scope| {
        let running = halves.map(|points| scope.spawn(move || said_of(points)));
        running.map(|half| half.join().unwrap())
    });
    // A container may forbid it; the page limit is tried everywhere.
    let [Some(first), Some(second)] = said else { return };
    let said = first + &second;
    for point in ["open", "commit", "checkpoint", "rename"] {
        let hits = said.lines().find_map(|line| line.strip_prefix(&format!("at {point}: "))?.parse::<usize>().ok());
        assert!(hits.unwrap() > crate::trials::times(EACH) / 10, "{point} is hit now and then: {said}");
    }
    eprintln!("{said}");
}

/// How large a file of this process may get; none: as large as it likes.
fn limit_files(bytes: Option<u64>) -> bool {
    let limit = bytes.map_or("unlimited".to_owned(), |bytes| bytes.to_string());
    let mut set = Command::new("prlimit");
    set.arg(format!("--pid={}", std::process::id())).arg(format!("--fsize={limit}:"));
    set.status().is_ok_and(|status| status.success())
}

/// The process whose files may not grow. No test of its own.
#[test]
fn child_whose_files_may_not_grow() {
    if std::env::var_os(NO_GROWTH).is_none() {
        return;
    }
    let (mut drawn, mut hits) = (Drawn(142), 0);
    for _ in 0..crate::trials::times(EACH) {
        let place = folder();
        let mut written = Written::new(place.path());
        let log = fs::metadata(place.path().join(format!("{DATABASE}-wal"))).unwrap().len();
        assert!(limit_files(Some(log.max(65_536) + drawn.below(100_000) as u64)));
        let outcome = written.fill(&mut drawn);
        // SQLite tells a full disk from others by its error number, and this is another one.
        outcome.iter().for_each(|problem| {
            let reasons = [StorageFailure::Full, StorageFailure::Locked];
            let typed = reasons.map(|reason| Problem::StorageUnavailable { reason });
            assert!(typed.contains(problem), "{problem:?}");
        });
        hits += usize::from(outcome.is_some());
        written.is_read(place.path());
        assert!(limit_files(None));
        written.works(place.path());
    }
    println!("\nhit: {hits}");
}

#[test]
fn i14_where_files_may_not_grow_nothing_is_lost_and_all_works_when_they_may() {
    // Whoever writes beyond the limit is told so by an error, and not by a signal.
    let child = Command::new("sh")
        .args(["-c", r#"trap "" XFSZ; exec "$1" --exact "$2" --nocapture"#, "sh"])
        .arg(std::env::current_exe().unwrap())
        .arg(NO_GROWTH_CHILD)
        .env(NO_GROWTH, "1")
        .output();
    let output = child.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let hits = said.lines().find_map(|line| line.strip_prefix("hit: ")?.parse::<usize>().ok());
    assert!(hits.unwrap() > crate::trials::times(EACH) / 2, "{said}");
    eprintln!("{said}");
}

#[test]
fn i14_at_the_page_limit_what_is_kept_stays_and_room_is_used_when_there_is_some() {
    let mut drawn = Drawn(141);
    let mut hits = 0;
    for _ in 0..crate::trials::times(EACH) {
        let place = folder();
        let mut written = Written::new(place.path());
        let limit = |store: &Store, pages: usize| {
            let set = store.write(move |tx| {
                tx.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get::<_, i64>(0))
            });
            runtime().block_on(set).unwrap();
        };
        limit(&written.store, 24 + drawn.below(12));
        let outcome = written.fill(&mut drawn);
        outcome.iter().for_each(full);
        hits += usize::from(outcome.is_some());
        written.is_read(place.path());
        runtime().block_on(written.store.wipe_all_but(None)).unwrap();
        written.acknowledged.clear();
        written.put(1, 1, 5_000).unwrap();
        limit(&written.store, 1_000_000);
        written.works(place.path());
        assert!(place.path().join(DATABASE).exists());
    }
    assert!(hits > crate::trials::times(EACH) / 2, "{hits}");
}
