//! I13: no write of the store fails because another one was faster. Eight writers of this process and a second process
//! write on one file, by every function that reads before it writes.

mod common;
mod damage;
#[cfg(target_os = "linux")]
mod full;
#[cfg(target_os = "linux")]
mod locked;
mod schemas;
#[cfg(target_os = "linux")]
mod sleep;

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::*;
use crate::host::{ClockReading, SystemEntropy};
use crate::operator::gate::Wait;

/// Where the second process finds the folder; a process without it is the first.
const FOLDER: &str = "COMPANION_WRITER_FOLDER";
const NAME: &str = "store::trials::i13_ten_thousand_writes_of_nine_writers_in_two_processes_all_succeed_in_their_turn";
const WRITERS: usize = 8;
/// Longer than this nobody waits for the file: SQLite gives up then.
const PATIENCE: Duration = Duration::from_secs(5);
const SUBJECT: &str = "subject";

/// How often something was done, by whoever did it.
#[derive(Serialize, Deserialize)]
struct Tally(u64);

impl Snapshot for Tally {
    const KIND: &'static str = "tally";
    const REVISION: u8 = 1;
}

/// Transactions of each writer; the second process has one.
fn rounds() -> u64 {
    let each = crate::trials::times(10_000) as u64;
    // A round is nine transactions.
    each / 9 / (WRITERS as u64 + 1) + 1
}

fn owner() -> Owner {
    Owner { subject: SUBJECT.to_owned(), key: DataKey::from_bytes(&[7; 32]).unwrap(), entropy: Arc::new(SystemEntropy) }
}

struct Writer {
    store: Store,
    runtime: tokio::runtime::Runtime,
    holder: Holder,
    slowest: Duration,
    written: u64,
    /// How often the lease was its own.
    leases: u64,
}

impl Writer {
    fn new(folder: &Path, name: &str) -> Writer {
        let store = Store::open(folder, Some(SUBJECT)).unwrap().0;
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let holder = Holder { process: name.to_owned(), life: name.to_owned() };
        Writer { store, runtime, holder, slowest: Duration::ZERO, written: 0, leases: 0 }
    }

    fn writes<T>(&mut self, what: &str, work: impl Future<Output = Result<T, Problem>>) -> T {
        let began = Instant::now();
        let outcome = self.runtime.block_on(work);
        let waited = began.elapsed();
        (self.slowest, self.written) = (self.slowest.max(waited), self.written + 1);
        match outcome {
            Ok(told) => told,
            Err(problem) => panic!("{what} of {} failed after {waited:?}: {problem:?}", self.holder.process),
        }
    }

    /// One of everything.
    fn round(&mut self, round: u64) {
        let Writer { holder, .. } = self;
        let (holder, name) = (holder.clone(), holder.process.clone());
        let store =
            std::mem::replace(&mut self.store, Store { file: PathBuf::new(), link: Mutex::new(Link::Suspended) });
        let round_ms = i64::try_from(round).unwrap();
        let reading = ClockReading { wall_ms: round_ms, elapsed_ms: round_ms, boot_id: "boot".to_owned() };
        let owner = owner();

        let dated =
            Dated { model: Tally(round), etag: None, counted_ms: None, checked_ms: round_ms, received_ms: round_ms };
        let row = dated.seal(SUBJECT, &name, &owner.key, &SystemEntropy).unwrap();
        self.writes("put", store.put(row, None, || true));
        self.writes("checked", store.checked(SUBJECT.to_owned(), Tally::KIND, name.clone(), round_ms, None, || true));

        let one_more = |found: Option<Tally>| Amend::Keep(Tally(found.map_or(0, |tally| tally.0) + 1), ());
        self.writes("amend", store.amend(owner, "all".to_owned(), || true, one_more)).unwrap();

        let teller =
            Teller { subject: SUBJECT.to_owned(), holder: holder.clone(), reading: reading.clone(), now_ms: 1 };
        let alert = format!("alert {round}");
        let decide = move |book: &AlertBook| {
            // What is there already is marked, what is not is recorded: both after looking.
            let row = AlertRow { name: alert.clone(), state: AlertState::Claimed, sealed: None, at_ms: 1 };
            let forget = book.rows.iter().map(|row| row.name.clone()).filter(|name| *name != alert).take(4).collect();
            let mark = MarkRow { name: "mark".to_owned(), sealed: vec![1] };
            Ok(AlertOrders { record: vec![row], marks: vec![mark], forget, ..AlertOrders::default() })
        };
        self.writes("decide", store.decide_alerts(teller, || true, decide));
        self.writes("posted", store.alert_posted(SUBJECT.to_owned(), format!("alert {round}"), 2));

        let turn = self.writes("lease", store.take_lease(holder.clone(), reading));
        self.leases += u64::from(turn != Turn::Others);
        let claim = Claim { subject: SUBJECT.to_owned(), generation: round + 1, ends: false };
        let _ = self.writes("keep", store.keep(claim, || Ok(())));
        self.writes("not renewed", store.not_renewed(holder, None, round_ms));

        let wait = Wait { origin: format!("https://{name}.example"), until_ms: round_ms + 1_000 };
        self.writes("waits", store.keep_waits(vec![wait], round_ms));
        self.store = store;
        // An app does something else now and then.
        std::thread::sleep(Duration::from_millis(round % 3));
    }

    fn writes_all(mut self) -> Writer {
        (0..rounds()).for_each(|round| self.round(round));
        self
    }
}

#[test]
fn i13_ten_thousand_writes_of_nine_writers_in_two_processes_all_succeed_in_their_turn() {
    if let Ok(folder) = std::env::var(FOLDER) {
        let second = Writer::new(Path::new(&folder), "second");
        println!("ready");
        let second = second.writes_all();
        println!("slowest {} {}", second.slowest.as_millis(), second.leases);
        return;
    }
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let writers: Vec<Writer> = (0..WRITERS).map(|number| Writer::new(folder.path(), &format!("w{number}"))).collect();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([NAME, "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let ready = said.by_ref().lines().any(|line| line.unwrap().contains("ready"));
    assert!(ready, "the second process did not begin");

    let start = Barrier::new(WRITERS);
    let done: Vec<Writer> = std::thread::scope(|scope| {
        let begin = |writer: Writer| {
            start.wait();
            writer.writes_all()
        };
        let begun: Vec<_> = writers.into_iter().map(|writer| scope.spawn(move || begin(writer))).collect();
        begun.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert!(child.wait().unwrap().success(), "the second process failed: {rest}");
    let of_second = rest.lines().find_map(|line| line.strip_prefix("slowest ")?.split_once(' ')).unwrap();
    let slowest = done.iter().map(|writer| writer.slowest).max().unwrap();
    let slowest = slowest.max(Duration::from_millis(of_second.0.parse().unwrap()));
    assert!(slowest < PATIENCE, "{slowest:?}");
    let written: u64 = done.iter().map(|writer| writer.written).sum();
    assert_eq!(written / 9, rounds() * WRITERS as u64);

    // Nobody wrote over what another one had just written.
    let kept = Store::open(folder.path(), Some(SUBJECT)).unwrap().1;
    let tally: Tally = kept.outbox[0].open(&owner().key).unwrap();
    assert_eq!(tally.0, rounds() * (WRITERS as u64 + 1));
    let leases = done.iter().map(|writer| writer.leases).sum::<u64>() + of_second.1.parse::<u64>().unwrap();
    assert_eq!(u64::from(kept.ledger.failures), leases, "each renewal that failed is counted");
    eprintln!("{} transactions, the slowest {slowest:?}", 9 * tally.0);
}
