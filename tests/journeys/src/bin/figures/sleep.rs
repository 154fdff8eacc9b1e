//! What it takes to put the app to sleep in the middle of everything, and what is still held afterwards.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use companion_journeys::Phone;
use companion_sandbox::{DocumentFaults, Faults, Sandbox};

const ROUNDS: u32 = 400;
/// How long an app has to get ready on iOS is more; this is what we promise.
const DEADLINE_MS: u32 = 2_000;
/// Longer than any wait that the core has of its own once nothing is under way.
const WATCHED: Duration = Duration::from_secs(2);

pub struct Sleep {
    /// The 99th percentile of putting it to sleep, in milliseconds.
    pub p99_ms: f64,
    /// Descriptors and locks on the core's files, of all rounds.
    pub held: usize,
    /// Requests that come from a sleeping app.
    pub requests: usize,
}

/// Puts a phone to sleep again and again while it refreshes, fetches a document and a person taps.
pub async fn sleep(phone: &Phone, sandbox: &Sandbox) -> Sleep {
    let preferences = phone.core.preferences();
    preferences.clone().refresh(None).await.expect("preferences");
    let invoices = phone.core.invoices();
    invoices.clone().refresh(None).await.expect("invoices");
    let rows = invoices.state().rows;
    let invoice = rows.into_iter().find_map(|row| row.invoice_id).expect("an invoice");
    // A document that takes longer than any round.
    let documents = DocumentFaults { padding_kib: 8_192, ms_per_kib: 1, ..DocumentFaults::default() };
    sandbox.set_faults(Faults { documents, ..Faults::default() });
    let mut fetching = 0;
    let mut waits = Vec::new();
    let mut held = 0;
    for round in 0..ROUNDS {
        phone.core.resume().expect("awake");
        let refreshes = (0..4).map(|_| tokio::spawn(phone.core.usage().refresh(None)));
        let document = tokio::spawn(invoices.clone().download(invoice.clone(), false, None, None));
        let lines = preferences.state().lines;
        let switches = lines.iter().flat_map(|line| &line.topics).flat_map(|topic| &topic.switches);
        let switches: Vec<_> = switches.filter(|it| it.can_change).collect();
        let taps = switches.iter().map(|it| tokio::spawn(preferences.clone().set(it.preference_id.clone(), !it.on)));
        let under_way: Vec<_> = refreshes.chain(taps).chain([document]).collect();
        // At another moment of the work each time.
        tokio::time::sleep(Duration::from_micros(u64::from(round * 97 % 9_000))).await;
        fetching += usize::from(parts_open(phone.data.path()) > 0);
        let began = Instant::now();
        phone.core.suspend(DEADLINE_MS).expect("asleep in time");
        waits.push(began.elapsed());
        held += held_on(phone.data.path());
        for work in under_way {
            // What it comes to is no matter here: it finds the database closed.
            let _ = work.await.expect("no panic");
        }
    }
    assert!(fetching > 0, "no document was under way in any round");
    let before = sandbox.requests().len();
    tokio::time::sleep(WATCHED).await;
    waits.sort();
    let p99 = waits[waits.len() * 99 / 100];
    sandbox.set_faults(Faults::default());
    Sleep { p99_ms: p99.as_secs_f64() * 1000.0, held, requests: sandbox.requests().len() - before }
}

/// Files below `dir` that this process has open.
fn open_files(dir: &Path) -> Vec<PathBuf> {
    let open = fs::read_dir("/proc/self/fd").expect("descriptors");
    let open = open.filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
    open.filter(|file| file.starts_with(dir)).collect()
}

/// Documents that are being written.
fn parts_open(dir: &Path) -> usize {
    let dir = dir.canonicalize().expect("the core's folder");
    open_files(&dir).iter().filter(|file| file.extension().is_some_and(|ending| ending == "part")).count()
}

/// The files below `dir`, in its folders as well.
fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Descriptors of this process on files below `dir`, and its locks on them (`/proc/locks`).
fn held_on(dir: &Path) -> usize {
    let dir = dir.canonicalize().expect("the core's folder");
    let files = files(&dir).into_iter();
    let inodes: BTreeSet<String> = files.filter_map(|file| Some(file.metadata().ok()?.ino().to_string())).collect();
    let (locks, me) = (fs::read_to_string("/proc/locks").unwrap_or_default(), std::process::id().to_string());
    let mine = locks.lines().filter(|lock| {
        // "1: POSIX ADVISORY WRITE 1234 08:01:5678 0 EOF"
        let mut words = lock.split_whitespace().skip(4);
        let (pid, file) = (words.next(), words.next().unwrap_or_default());
        pid == Some(&me) && file.rsplit(':').next().is_some_and(|inode| inodes.contains(inode))
    });
    open_files(&dir).len() + mine.count()
}
