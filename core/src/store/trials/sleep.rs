//! I12: a store that was put to sleep holds nothing: iOS ends an app that is asleep with a lock on a file. Whatever it was
//! doing — writing, reading, emptying its log, bringing an older file to today's schema.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::common::{DATABASE, SUBJECT, folder, row};
use super::schemas;
use crate::store::{Row, Store};
use crate::trials::Drawn;

const DEADLINE: Duration = Duration::from_secs(2);
/// Trials on one folder, before another one takes its place.
const EACH: usize = 10;

/// Descriptors of this process on files in `folder`, and its locks on them (`/proc/locks`).
fn held(folder: &Path) -> (usize, usize) {
    let folder = folder.canonicalize().unwrap();
    let open = fs::read_dir("/proc/self/fd").unwrap();
    let open = open.filter_map(|entry| fs::read_link(entry.ok()?.path()).ok()).filter(|file| file.starts_with(&folder));
    let files = fs::read_dir(&folder).unwrap().flatten();
    let inodes: BTreeSet<String> = files.filter_map(|file| Some(file.metadata().ok()?.ino().to_string())).collect();
    let (locks, me) = (fs::read_to_string("/proc/locks").unwrap(), std::process::id().to_string());
    let mine = locks.lines().filter(|lock| {
        // "1: POSIX ADVISORY WRITE 1234 08:01:5678 0 EOF"
        let mut words = lock.split_whitespace().skip(4);
        let (pid, file) = (words.next(), words.next().unwrap_or_default());
        pid == Some(&me) && file.rsplit(':').next().is_some_and(|inode| inodes.contains(inode))
    });
    (open.count(), mine.count())
}

#[test]
fn i12_a_store_put_to_sleep_at_any_instant_holds_no_lock_and_no_descriptor() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    let mut drawn = Drawn(12);
    let (mut waits, mut awake, mut under_way) = (Vec::new(), (0, 0), 0);
    for _ in 0..crate::trials::times(2_000) / EACH {
        let place = folder();
        // One step behind, so that the first write brings it to today's schema.
        schemas::fixture(&place.path().join(DATABASE), schemas::LAST - 1);
        let store = Arc::new(Store::open(place.path(), Some(SUBJECT)).unwrap().0);
        for trial in 0..EACH {
            store.resume().unwrap();
            let mut work = Vec::new();
            for number in 0..drawn.below(8) {
                let small = row(number, number as u64, drawn.below(8_000));
                // Larger than the log may get before it is emptied.
                let row = if drawn.below(40) == 0 { Row { sealed: vec![0; 1_300_000], ..small } } else { small };
                let (writes, reads) = (store.clone(), store.clone());
                work.push(runtime.spawn(async move { writes.put(row, None, || true).await }));
                work.push(runtime.spawn(async move { reads.outbox(SUBJECT.to_owned()).await.map(|_| ()) }));
            }
            std::thread::sleep(Duration::from_micros(drawn.any() % 1_200));
            if trial == EACH - 1 {
                awake = awake.max(held(place.path()));
            }
            under_way += usize::from(work.iter().any(|one| !one.is_finished()));
            let began = Instant::now();
            store.suspend(DEADLINE).unwrap();
            waits.push(began.elapsed());
            assert_eq!(held(place.path()), (0, 0), "descriptors and locks");
            for one in work {
                // Done, or refused; what it says is no matter here.
                let _ = runtime.block_on(one).unwrap();
            }
        }
    }
    waits.sort();
    let p99 = waits[waits.len() * 99 / 100];
    assert!(p99 < DEADLINE, "{p99:?}");
    assert!(awake.0 > 0 && awake.1 > 0, "what is looked for is there while it is awake: {awake:?}");
    assert!(under_way > waits.len() / 8, "many were put to sleep in the middle of something: {under_way}");
    eprintln!("{} sleeps, p99 {p99:?}, {under_way} in the middle", waits.len());
}
