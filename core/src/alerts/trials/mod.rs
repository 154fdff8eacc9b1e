//! I7: an alert is told once. Eight that evaluate at the same time on one file, and a process that is killed at any
//! instant between the claim, the notification and the mark.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Barrier, Mutex};
use std::time::Duration;

use super::book::{Person, Question};
use super::model::tests::{data, moment, rules};
use super::model::{Quiet, RuleSet};
use super::{Counted, ours, settle};
use crate::host::{ClockReading, SystemEntropy};
use crate::problem::{Problem, StorageFailure};
use crate::session::Subject;
use crate::store::{AlertState, DataKey, Holder, Store, Teller};

const MORNING: &str = "2026-11-24T09:00:00+01:00";
const NIGHT: &str = "2026-11-25T02:00:00+01:00";
const BREAKFAST: &str = "2026-11-25T08:00:00+01:00";
const NOON: &str = "2026-11-25T12:00:00+01:00";

/// Where a child finds its folder; a process without it is the parent.
const FOLDER: &str = "COMPANION_TELLER_FOLDER";

fn subject(number: usize) -> Subject {
    let key = DataKey::from_bytes(&[7; 32]).unwrap();
    Subject { id: format!("subject-{number}"), sub: format!("sub-{number}"), key, epoch: 1, data_epoch: 1 }
}

fn person(number: usize) -> Person {
    Person::new(&subject(number), "https://id.example")
}

/// The lines of a person, each with so many tenths of a gigabyte of ten used.
fn question(number: usize, lines: usize, tenths: u64, at: &str) -> Arc<Question> {
    let of_line = |line: usize| Counted { line: format!("line-{line}"), ..data(tenths, at) };
    Arc::new(Question {
        person: person(number),
        counted: (0..lines).map(of_line).collect(),
        rules: rules(&[75, 90, 100], RuleSet::Operator(1)),
        quiet: Quiet::default(),
        now: moment(at),
        entropy: Arc::new(SystemEntropy),
    })
}

fn teller(number: usize, process: &str, life: &str, at: &str) -> Teller {
    let now_ms = moment(at).at.as_millisecond();
    Teller {
        subject: subject(number).id,
        holder: Holder { process: process.to_owned(), life: life.to_owned() },
        reading: ClockReading { wall_ms: now_ms, elapsed_ms: 1_000, boot_id: "boot".to_owned() },
        now_ms,
    }
}

/// A process of the app on the folder.
struct Process {
    store: Store,
    runtime: tokio::runtime::Runtime,
    name: String,
    life: String,
}

impl Process {
    fn start(folder: &Path, name: &str, life: &str) -> Process {
        let store = Store::open(folder, None).unwrap().0;
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        Process { store, runtime, name: name.to_owned(), life: life.to_owned() }
    }

    /// Evaluates, and gets the ids that are its own to tell.
    fn evaluates(&self, number: usize, lines: usize, tenths: u64, at: &str) -> Vec<String> {
        let question = question(number, lines, tenths, at);
        let teller = teller(number, &self.name, &self.life, at);
        let outcome = self.in_its_turn(|| settle(&self.store, teller.clone(), question.clone(), || true));
        let ours = ours(&question.person, &outcome);
        ours.iter().map(|recorded| question.person.id(&recorded.entry.key)).collect()
    }

    /// A push brings an alert.
    fn is_pushed(&self, number: usize, id: &str, at: &str) -> bool {
        let (teller, name) = (teller(number, &self.name, &self.life, at), person(number).name(id));
        self.in_its_turn(|| self.store.claim_pushed(teller.clone(), name.clone(), false, || true))
    }

    /// Of eight that write without a pause one may wait too long for its turn; nothing is written then, and it asks again.
    fn in_its_turn<T, F: Future<Output = Result<T, Problem>>>(&self, ask: impl Fn() -> F) -> T {
        const BUSY: Problem = Problem::StorageUnavailable { reason: StorageFailure::Failing };
        let outcomes = (0..10).map(|_| self.runtime.block_on(ask()));
        let mut answered = outcomes.filter(|outcome| !matches!(outcome, Err(problem) if *problem == BUSY));
        answered.next().expect("its turn comes").unwrap()
    }

    fn posted(&self, number: usize, id: &str) {
        let marked = self.store.alert_posted(subject(number).id, person(number).name(id), 1);
        self.runtime.block_on(marked).unwrap();
    }
}

/// Every id that was told, and how often.
type Told = Mutex<BTreeMap<String, u32>>;

fn tell(told: &Told, id: &str) {
    *told.lock().unwrap().entry(id.to_owned()).or_default() += 1;
}

fn told_once_each(told: &Told, expected: usize, when: &str) {
    let told = std::mem::take(&mut *told.lock().unwrap());
    let often: Vec<_> = told.iter().filter(|(_, times)| **times != 1).collect();
    assert!(often.is_empty(), "{when}: told more than once: {often:?}");
    assert_eq!(told.len(), expected, "{when}");
}

#[test]
fn i07_of_eight_that_evaluate_at_once_one_tells_each_of_two_thousand_alerts() {
    const EVALUATORS: usize = 8;
    const LINES: usize = 20;
    let people = crate::trials::times(100);
    let folder = tempfile::tempdir().unwrap();
    let first = Process::start(folder.path(), "first", "first");
    for number in 0..people {
        assert_eq!(first.evaluates(number, LINES, 10, MORNING).len(), 0);
    }
    // Known from the first crossing on: what a push server would write.
    let pushed: Vec<Vec<String>> = (0..people)
        .map(|number| {
            let question = question(number, 2, 101, NOON);
            let found = question.decide(&Default::default()).unwrap().record;
            assert_eq!(found.len(), 6);
            let keys = question.person.open(&crate::store::AlertBook { rows: found, marks: Vec::new() });
            let hundred = keys.iter().filter(|r| r.entry.key.threshold == super::model::Threshold::Percent(100));
            hundred.map(|recorded| question.person.id(&recorded.entry.key)).collect()
        })
        .collect();
    let (told, start) = (Told::default(), Barrier::new(EVALUATORS));
    let processes: Vec<Process> =
        (0..EVALUATORS).map(|number| Process::start(folder.path(), &format!("process-{number}"), "life")).collect();
    // In the night nobody is told; at breakfast one tells what waited; at noon one tells what is new, unless a push did.
    for (at, tenths, expected) in [(NIGHT, 91, 0), (BREAKFAST, 91, people * LINES), (NOON, 101, people * LINES)] {
        std::thread::scope(|scope| {
            for (number, process) in processes.iter().enumerate() {
                let (told, start, pushed) = (&told, &start, &pushed);
                scope.spawn(move || {
                    start.wait();
                    for (who, pushed) in pushed.iter().enumerate() {
                        for id in pushed.iter().filter(|_| at == NOON && number % 2 == 0) {
                            if process.is_pushed(who, id, at) {
                                tell(told, id);
                            }
                        }
                        for id in process.evaluates(who, LINES, tenths, at) {
                            tell(told, &id);
                        }
                    }
                });
            }
        });
        told_once_each(&told, expected, at);
    }
}

#[test]
fn counters_that_are_named_anew_each_time_fill_no_phone_and_what_is_long_over_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let app = Process::start(folder.path(), "app", "1");
    let book = |lines, at| {
        let question = question(0, lines, 80, at);
        app.in_its_turn(|| settle(&app.store, teller(0, "app", "1", at), question.clone(), || true)).book
    };
    // Each is past a threshold on the first look: an alert and a mark of every one.
    let first = book(700, MORNING);
    assert_eq!((first.rows.len(), first.marks.len()), (700, 700));
    let later = book(1, NOON);
    assert_eq!((later.rows.len(), later.marks.len()), (500, 501), "the newest, and the one that is counted");
    let much_later = book(1, "2027-03-15T12:00:00+01:00");
    assert_eq!((much_later.rows.len(), much_later.marks.len()), (0, 0));
}

#[test]
fn a_claim_is_taken_over_after_a_minute_or_from_a_dead_process_and_never_from_a_living_one() {
    let folder = tempfile::tempdir().unwrap();
    let start = |name, life| Process::start(folder.path(), name, life);
    let app = start("app", "1");
    assert_eq!(app.evaluates(0, 1, 10, MORNING).len(), 0);
    let ids = app.evaluates(0, 1, 91, NOON);
    assert_eq!(ids.len(), 1);
    assert_eq!(app.evaluates(0, 1, 91, NOON).len(), 0, "its own is under way");
    assert_eq!(start("widget", "1").evaluates(0, 1, 91, NOON).len(), 0, "another's is under way");
    let take_over = |elapsed_ms: i64, boot: &str| {
        let mut teller = teller(0, "widget", "1", NOON);
        (teller.reading.elapsed_ms, teller.reading.boot_id) = (elapsed_ms, boot.to_owned());
        let widget = start("widget", "1");
        widget.runtime.block_on(settle(&widget.store, teller, question(0, 1, 91, NOON), || true)).unwrap().ours.len()
    };
    assert_eq!(take_over(60_999, "boot"), 0, "just before the minute is over");
    assert_eq!(take_over(61_000, "boot"), 1, "after a minute");
    assert_eq!(take_over(1_000, "another boot"), 1, "after the phone was started again");
    assert_eq!(start("widget", "2").evaluates(0, 1, 91, NOON), ids, "its process is another now");
    app.posted(0, &ids[0]);
    assert_eq!(start("widget", "3").evaluates(0, 1, 91, NOON).len(), 0, "told is told");
    assert!(!app.is_pushed(0, &ids[0], NOON));
}

/// How many lines a person of the kill trial has: each crosses a threshold at once.
const LINES: usize = 3;

/// What a child does until it is killed: person by person, evaluate, post, mark.
fn tells_until_it_is_killed(folder: &Path) {
    let life = std::process::id().to_string();
    let log = folder.join("posted");
    let begun = std::fs::read_to_string(folder.join("begun")).map_or(0, |text| text.lines().count());
    let mut posts = OpenOptions::new().append(true).create(true).open(log).unwrap();
    let mut people = OpenOptions::new().append(true).create(true).open(folder.join("begun")).unwrap();
    let process = Process::start(folder, "app", &life);
    step();
    for number in begun.saturating_sub(1).. {
        if number >= begun {
            // One write: a kill between a number and its line end would join two.
            people.write_all(format!("{number}\n").as_bytes()).unwrap();
        }
        tell_one(&process, number, &life, &mut posts);
    }
}

fn tell_one(process: &Process, number: usize, life: &str, posts: &mut std::fs::File) {
    process.evaluates(number, LINES, 10, MORNING);
    for id in process.evaluates(number, LINES, 91, NOON) {
        step();
        // One write, as the system takes a notification: wholly or not at all.
        posts.write_all(format!("{number} {life} {id}\n").as_bytes()).unwrap();
        step();
        process.posted(number, &id);
        step();
    }
}

/// Tells the parent how far it is.
fn step() {
    println!("step");
}

#[test]
fn i07_a_process_killed_at_any_instant_repeats_the_same_id_and_loses_none() {
    const NAME: &str = "alerts::trials::i07_a_process_killed_at_any_instant_repeats_the_same_id_and_loses_none";
    if let Ok(folder) = std::env::var(FOLDER) {
        return tells_until_it_is_killed(Path::new(&folder));
    }
    let kills = crate::trials::times(1_000);
    // What a killed process wrote is there, whether or not it is on a disk: in memory more of its steps fit between kills.
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([NAME, "--exact", "--nocapture", "--test-threads=1"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut steps = said.by_ref().filter(|line| line.as_ref().unwrap().contains("step"));
        // xorshift: any spread of instants will do.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        // So many steps, however busy the machine is, and an instant more.
        let wanted = usize::try_from(seed % 12).unwrap();
        assert!(steps.nth(wanted).is_some(), "the child came to its end");
        std::thread::sleep(Duration::from_micros((seed >> 8) % 1_000));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let survivor = Process::start(folder.path(), "app", "survivor");
    let people = std::fs::read_to_string(folder.path().join("begun")).unwrap().lines().count();
    let mut posts = OpenOptions::new().append(true).open(folder.path().join("posted")).unwrap();
    tell_one(&survivor, people.saturating_sub(1), "survivor", &mut posts);

    let posted = std::fs::read_to_string(folder.path().join("posted")).unwrap();
    let posted: Vec<Vec<&str>> = posted.lines().map(|line| line.split(' ').collect()).collect();
    let last_of_life: BTreeMap<&str, usize> = posted.iter().enumerate().map(|(at, post)| (post[1], at)).collect();
    let mut seen = BTreeSet::new();
    let mut repeated = 0;
    for (at, post) in posted.iter().enumerate() {
        if !seen.insert((post[0], post[2])) {
            repeated += 1;
            // Only what was posted last before a kill, and not marked any more, is posted again.
            let before = posted[..at].iter().rposition(|earlier| earlier[2] == post[2]).unwrap();
            assert_eq!(last_of_life[posted[before][1]], before, "{post:?} was posted before, and marked");
        }
    }
    assert_eq!(seen.len(), people * LINES, "none is lost");
    for number in 0..people {
        let book = Store::open(folder.path(), Some(&subject(number).id)).unwrap().1.alerts;
        let count = |state| book.rows.iter().filter(|row| row.state == state).count();
        assert_eq!((count(AlertState::Posted), count(AlertState::Superseded)), (LINES, LINES), "person {number}");
    }
    assert!(people > kills / 4 && repeated > kills / 50, "{people} people, {repeated} repeated: the kills hit nothing");
    eprintln!("{kills} kills, {people} people, {} alerts, {repeated} repeated under their own id", seen.len());
}
