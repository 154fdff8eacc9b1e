use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::*;
use crate::host::SystemEntropy;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Note(String);

impl Snapshot for Note {
    const KIND: &'static str = "note";
    const REVISION: u8 = 3;
}

const SUSPENDED: Problem = Problem::StorageUnavailable { reason: StorageFailure::Suspended };

/// The same kind as an older app wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct OlderNote(u64);

impl Snapshot for OlderNote {
    const KIND: &'static str = "note";
    const REVISION: u8 = 2;
}

fn kept(text: &str) -> Dated<Note> {
    Dated {
        model: Note(text.to_owned()),
        etag: Some("\"1\"".to_owned()),
        counted_ms: None,
        checked_ms: 5,
        received_ms: 5,
    }
}

fn key() -> DataKey {
    DataKey::generate(&SystemEntropy).unwrap()
}

fn row(text: &str, data_key: &DataKey) -> Row {
    kept(text).seal("anna", "k", data_key, &SystemEntropy).unwrap()
}

fn anchor() -> Anchor {
    Anchor { server_ms: 1, elapsed_ms: 2, boot_id: "b".to_owned() }
}

#[tokio::test]
async fn what_was_put_is_read_after_opening_again_with_its_times() {
    let dir = tempfile::tempdir().unwrap();
    let data_key = key();
    let store = Store::open(&dir.path().join("new/folder"), None).unwrap().0;
    store.put(row("hello", &data_key), Some(anchor()), || true).await.unwrap();
    store.checked("anna".to_owned(), Note::KIND, "k".to_owned(), 9, None, || true).await.unwrap();
    store.checked("anna".to_owned(), Note::KIND, "k".to_owned(), 7, None, || true).await.unwrap();
    store.suspend(Duration::from_secs(5)).unwrap();

    let kept_of = |subject| Store::open(&dir.path().join("new/folder"), Some(subject)).unwrap().1;
    let kept_of_anna = kept_of("anna");
    assert_eq!(kept_of_anna.anchor, Some(anchor()));
    let [only] = kept_of_anna.rows.as_slice() else { panic!("{kept_of_anna:?}") };
    assert_eq!(only.open::<Note>(&data_key), Some(Dated { checked_ms: 9, ..kept("hello") }));
    assert_eq!(kept_of("bert").rows.len(), 0);
}

#[test]
fn a_row_opens_only_in_its_own_place_with_its_own_key_untouched_and_of_todays_revision() {
    let data_key = key();
    let row = row("hello", &data_key);
    assert!(row.open::<Note>(&data_key).is_some());
    assert!(row.open::<Note>(&key()).is_none(), "another key");
    assert!(row.open::<OlderNote>(&data_key).is_none(), "another revision");
    for moved in [
        Row { subject: "bert".to_owned(), ..row.clone() },
        Row { key: "other".to_owned(), ..row.clone() },
        Row { kind: "other".to_owned(), ..row.clone() },
    ] {
        assert!(moved.open::<Note>(&data_key).is_none(), "moved elsewhere");
    }
    for bit in 0..row.sealed.len() * 8 {
        let mut flipped = row.clone();
        flipped.sealed[bit / 8] ^= 1 << (bit % 8);
        assert!(flipped.open::<Note>(&data_key).is_none(), "bit {bit} flipped");
    }
    assert!(Row { sealed: Vec::new(), ..row }.open::<Note>(&data_key).is_none(), "empty");
}

#[tokio::test]
async fn suspended_means_closed_and_refusing_until_resumed() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), None).unwrap().0;
    let data_key = key();
    store.put(row("hello", &data_key), None, || true).await.unwrap();
    assert!(open_files(dir.path()) > 0);
    store.suspend(Duration::from_secs(5)).unwrap();
    assert_eq!(open_files(dir.path()), 0, "no descriptor, hence no lock, is left");
    assert_eq!(store.put(row("late", &data_key), None, || true).await, Err(SUSPENDED));
    store.suspend(Duration::from_secs(5)).unwrap();
    store.resume().unwrap();
    store.put(row("again", &data_key), None, || true).await.unwrap();
    store.suspend(Duration::from_secs(5)).unwrap();
    let rows = Store::open(dir.path(), Some("anna")).unwrap().1.rows;
    assert_eq!(rows[0].open::<Note>(&data_key).unwrap().model, Note("again".to_owned()));
}

#[tokio::test]
async fn writes_in_flight_are_finished_before_the_store_sleeps() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), None).unwrap().0;
    let data_key = key();
    let writes = (0..50).map(|n| store.put(Row { key: n.to_string(), ..row("x", &data_key) }, None, || true));
    let all = futures_util::future::join_all(writes);
    let suspend_when_half_done = async { store.suspend(Duration::from_secs(5)) };
    let (outcomes, suspended) = futures_util::future::join(all, suspend_when_half_done).await;
    suspended.unwrap();
    let acknowledged = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let kept = Store::open(dir.path(), Some("anna")).unwrap().1.rows.len();
    assert_eq!(acknowledged, kept, "what was acknowledged is there, nothing else");
    assert!(acknowledged > 0);
}

#[tokio::test]
async fn a_wiped_subject_leaves_no_byte_in_any_file() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), None).unwrap().0;
    let row = row("hello", &key());
    store.put(row.clone(), None, || true).await.unwrap();
    store.wipe_all_but(None).await.unwrap();
    store.suspend(Duration::from_secs(5)).unwrap();
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(16).any(|window| window == &row.sealed[25..41]));
    }
}

#[tokio::test]
async fn a_broken_or_newer_file_is_set_aside_and_a_fresh_one_takes_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("companion.db");
    std::fs::write(&file, [0x55; 4096]).unwrap();
    assert_eq!(Store::open(dir.path(), Some("anna")).unwrap().1.rows.len(), 0);
    assert_eq!(std::fs::read(dir.path().join("companion.db.broken")).unwrap(), [0x55; 4096]);

    let version = |file: &Path| {
        let connection = Connection::open(file).unwrap();
        connection.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    let todays = version(&file);
    Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let (store, _) = Store::open(dir.path(), Some("anna")).unwrap();
    store.put(row("hello", &key()), None, || true).await.unwrap();
    store.suspend(Duration::from_secs(5)).unwrap();
    assert_eq!(version(&dir.path().join("companion.db.newer")), 99, "kept for the newer app, not written to");
    assert_eq!(version(&file), todays);
    assert_eq!(Store::open(dir.path(), Some("anna")).unwrap().1.rows.len(), 1);
}

#[cfg(unix)]
#[test]
fn the_directory_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    Store::open(&dir.path().join("private"), None).unwrap();
    assert_eq!(std::fs::metadata(dir.path().join("private")).unwrap().permissions().mode() & 0o777, 0o700);
}

/// Descriptors of this process on files below `dir`.
fn open_files(dir: &Path) -> usize {
    let dir = dir.canonicalize().unwrap();
    std::fs::read_dir("/proc/self/fd")
        .unwrap()
        .filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok())
        .filter(|target| target.starts_with(&dir))
        .count()
}
