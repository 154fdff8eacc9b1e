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

/// A new store in a folder that lasts as long as it.
pub(super) fn store() -> (Store, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    (Store::open(dir.path(), None).unwrap().0, dir)
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
fn a_row_with_the_tag_or_the_times_of_another_is_no_row_and_one_checked_before_it_came_was_checked_then() {
    let data_key = key();
    let row = row("hello", &data_key);
    let tagged = |etag: &str| Row { etag: Some(etag.to_owned()), ..row.clone() };
    let vectors = [
        ("another tag", tagged("\"2\"")),
        ("a longer tag", tagged("\"1\"\0")),
        ("an empty tag", tagged("")),
        ("no tag", Row { etag: None, ..row.clone() }),
        ("counted", Row { counted_ms: Some(0), ..row.clone() }),
        ("received", Row { received_ms: 6, ..row.clone() }),
    ];
    for (what, mixed_up) in vectors {
        assert!(mixed_up.open::<Note>(&data_key).is_none(), "{what}");
    }
    for (stands_there, shown) in [(i64::MIN, 5), (4, 5), (5, 5), (9, 9)] {
        let opened = Row { checked_ms: stands_there, ..row.clone() }.open::<Note>(&data_key).unwrap();
        assert_eq!(opened.checked_ms, shown);
    }
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

/// `dir` as an app names it, or a person in a terminal.
async fn is_read_where_nothing_can_be_written(dir: &Path) {
    let data_key = key();
    let (store, _) = Store::open(dir, None).unwrap();
    store.put(row("hello", &data_key), Some(anchor()), || true).await.unwrap();
    store.suspend(Duration::from_secs(5)).unwrap();
    // Takes the place of the log's index, as a full disk leaves none for it.
    std::fs::create_dir(dir.join("companion.db-shm")).unwrap();
    let (store, kept) = Store::open(dir, Some("anna")).unwrap();
    assert_eq!(kept.rows[0].open::<Note>(&data_key).unwrap().model, Note("hello".to_owned()));
    assert!(store.put(row("more", &data_key), None, || true).await.is_err(), "and writing says that it cannot");
    let _ = store.suspend(Duration::from_secs(5));
    std::fs::remove_dir(dir.join("companion.db-shm")).unwrap();
    let (store, _) = Store::open(dir, Some("anna")).unwrap();
    store.put(row("more", &data_key), None, || true).await.unwrap();
}

#[tokio::test]
async fn what_is_kept_is_read_even_where_nothing_can_be_written_beside_it() {
    let dir = tempfile::tempdir_in(".").unwrap();
    let named_from_here = Path::new(dir.path().file_name().unwrap()).join("relative");
    is_read_where_nothing_can_be_written(&dir.path().canonicalize().unwrap().join("absolute")).await;
    is_read_where_nothing_can_be_written(&named_from_here).await;
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

#[tokio::test]
async fn a_file_that_breaks_behind_the_stores_back_is_mended_by_the_next_write() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), None).unwrap().0;
    std::fs::write(dir.path().join("companion.db"), [0x55; 8192]).unwrap();
    store.put(row("hello", &key()), None, || true).await.unwrap();
    store.suspend(Duration::from_secs(5)).unwrap();
    assert!(dir.path().join("companion.db.broken").exists());
    assert_eq!(Store::open(dir.path(), Some("anna")).unwrap().1.rows.len(), 1);
}

#[tokio::test]
async fn a_folder_that_goes_away_is_a_problem_that_passes() {
    let dir = tempfile::tempdir().unwrap();
    let (home, away) = (dir.path().join("home"), dir.path().join("away"));
    let store = Store::open(&home, None).unwrap().0;
    store.suspend(Duration::from_secs(5)).unwrap();
    std::fs::rename(&home, &away).unwrap();
    assert!(store.resume().is_err());
    std::fs::rename(&away, &home).unwrap();
    store.resume().unwrap();
    store.put(row("hello", &key()), None, || true).await.unwrap();
}

#[tokio::test]
async fn past_its_deadline_a_suspend_refuses_what_is_queued_and_no_second_connection_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), None).unwrap().0;
    let data_key = key();
    store.put(row("first", &data_key), None, || true).await.unwrap();
    // Another connection holds the write lock, so the first of these waits and the second is queued.
    let blocker = Connection::open(dir.path().join("companion.db")).unwrap();
    blocker.execute_batch("BEGIN IMMEDIATE").unwrap();
    let waiting = store.put(row("waiting", &data_key), None, || true);
    let queued = store.put(Row { key: "queued".to_owned(), ..row("queued", &data_key) }, None, || true);
    let late = async {
        let late = store.suspend(Duration::from_millis(200));
        let refused = store.put(row("refused", &data_key), None, || true).await;
        blocker.execute_batch("ROLLBACK").unwrap();
        (late, refused)
    };
    let (_, queued, (late, refused)) = futures_util::future::join3(waiting, queued, late).await;
    assert!(late.is_err());
    assert_eq!((queued, refused), (Err(SUSPENDED), Err(SUSPENDED)));
    drop(blocker);
    store.resume().unwrap();
    assert_eq!(open_files(dir.path()), 1, "one connection, which has read nothing yet");
    store.put(row("again", &data_key), None, || true).await.unwrap();
    store.suspend(Duration::from_secs(5)).unwrap();
    assert_eq!(open_files(dir.path()), 0);
    assert_eq!(Store::open(dir.path(), Some("anna")).unwrap().1.rows.len(), 1, "the queued row was refused for good");
}

#[tokio::test]
async fn the_operators_time_is_read_whoever_is_signed_in_and_all_but_one_can_be_wiped() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), None).unwrap().0;
    store.keep_anchor(Some(anchor())).await.unwrap();
    for subject in ["anna", "bert", "carl"] {
        store.put(Row { subject: subject.to_owned(), ..row("x", &key()) }, None, || true).await.unwrap();
    }
    store.wipe_all_but(Some("bert".to_owned())).await.unwrap();
    store.suspend(Duration::from_secs(5)).unwrap();
    for (subject, rows) in [(None, 0), (Some("anna"), 0), (Some("bert"), 1), (Some("carl"), 0)] {
        let kept = Store::open(dir.path(), subject).unwrap().1;
        assert_eq!((kept.rows.len(), kept.anchor), (rows, Some(anchor())), "{subject:?}");
    }
}

#[test]
fn a_lines_name_is_the_same_for_one_key_only_and_cannot_be_found_by_trying_numbers() {
    let (mine, other) = (key(), key());
    let number = b"+32470123456";
    assert_eq!(mine.name(number), DataKey::from_bytes(&mine.to_bytes()).unwrap().name(number));
    assert_ne!(mine.name(number), other.name(number));
    assert_ne!(mine.name(number), mine.name(b"+32470123457"));
    assert_ne!(mine.name(number), pseudonym(number));
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

#[tokio::test]
async fn what_was_written_is_on_the_disk_when_it_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), None).unwrap().0;
    let level: i64 = store.write(|tx| tx.query_row("PRAGMA synchronous", [], |row| row.get(0))).await.unwrap();
    assert_eq!(level, 2, "FULL");
}
