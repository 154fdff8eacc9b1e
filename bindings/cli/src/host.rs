//! What a computer lends the core in a phone's place: its clocks, and files where a phone has a keychain.
//! Files are readable to their owner only; good for trying things out, no place for a real person's tokens.

use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use companion::{Clock, ClockReading, HostError, SecureStore};

/// So often an item is written while others take it away.
const MOST_WRITES: u32 = 5;
/// What takes longer to write was given up.
const LONGEST_WRITE: Duration = Duration::from_secs(5);

/// Items as files in one folder.
#[derive(Debug)]
pub struct FileStore {
    folder: PathBuf,
}

impl FileStore {
    /// Keeps items in `folder`, which is created for its owner's eyes only.
    pub fn open(folder: &Path) -> std::io::Result<FileStore> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        let store = FileStore { folder: folder.to_owned() };
        store.sweep(None);
        Ok(store)
    }

    /// Removes what a command that was ended in the middle of a write left behind, of one item or of all: it may hold a token.
    fn sweep(&self, of: Option<&str>) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(written) = name.to_str().and_then(|name| name.strip_suffix(".part")) else { continue };
            let is_of_it = |of: &str| written.strip_prefix(of).is_some_and(|rest| rest.starts_with('.'));
            if of.is_none_or(is_of_it) && is_left_behind(&entry) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// A file to be written, that nobody else takes for left behind until it is closed.
    fn part(&self, name: &str) -> std::io::Result<(PathBuf, File)> {
        // Its own: two commands may write at the same time, and two threads of one.
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = self.folder.join(format!("{name}.{}-{count}.part", std::process::id()));
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        // Where files cannot be locked, their age says whether somebody writes them.
        let _ = file.lock();
        Ok((path, file))
    }

    fn write(&self, name: &str, value: &[u8]) -> std::io::Result<()> {
        let (beside, mut part) = self.part(name)?;
        let written = part.write_all(value).and_then(|()| part.sync_all());
        let renamed = written.and_then(|()| fs::rename(&beside, self.folder.join(name)));
        if renamed.is_err() {
            let _ = fs::remove_file(&beside);
        }
        renamed
    }

    fn file(&self, key: &str) -> PathBuf {
        self.folder.join(name(key))
    }
}

fn name(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(key)
}

/// Whether nobody writes it any more: a lock ends with its command, however that ends.
fn is_left_behind(entry: &fs::DirEntry) -> bool {
    match File::open(entry.path()).map(|file| file.try_lock()) {
        Ok(Ok(())) => true,
        Ok(Err(TryLockError::WouldBlock)) => false,
        Ok(Err(TryLockError::Error(_))) | Err(_) => {
            let age = entry.metadata().and_then(|it| it.modified()).ok().and_then(|at| at.elapsed().ok());
            age.is_some_and(|age| age > LONGEST_WRITE)
        }
    }
}

impl SecureStore for FileStore {
    fn get(&self, key: String) -> Result<Option<Vec<u8>>, HostError> {
        match fs::read(self.file(&key)) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(_) => Err(HostError::Failed),
        }
    }

    fn put(&self, key: String, value: Vec<u8>) -> Result<(), HostError> {
        let name = name(&key);
        self.sweep(Some(&name));
        let mut written = self.write(&name, &value);
        for _ in 1..MOST_WRITES {
            // Another command looked at it between its creation and its lock.
            if !written.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
                break;
            }
            written = self.write(&name, &value);
        }
        written.and_then(|()| File::open(&self.folder)?.sync_all()).map_err(|_| HostError::Failed)
    }

    fn delete(&self, key: String) -> Result<(), HostError> {
        let name = name(&key);
        let removed = fs::remove_file(self.folder.join(&name));
        self.sweep(Some(&name));
        match removed {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(HostError::Failed),
            _ => Ok(()),
        }
    }

    fn list(&self, prefix: String) -> Result<Vec<String>, HostError> {
        let entries = fs::read_dir(&self.folder).map_err(|_| HostError::Failed)?;
        let keys = entries.filter_map(|entry| {
            let name = entry.ok()?.file_name();
            String::from_utf8(URL_SAFE_NO_PAD.decode(name.to_str()?).ok()?).ok()
        });
        Ok(keys.filter(|key| key.starts_with(&prefix)).collect())
    }
}

/// This computer's clocks.
#[derive(Debug, Clone, Copy, Default)]
pub struct ComputerClock;

impl Clock for ComputerClock {
    fn now(&self) -> Result<ClockReading, HostError> {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| HostError::Failed)?;
        Ok(ClockReading {
            wall_ms: i64::try_from(wall.as_millis()).map_err(|_| HostError::Failed)?,
            elapsed_ms: since_boot_ms()?,
            boot_id: boot_id(),
        })
    }
}

/// A clock that stands still unless told: what is shown by it is the same on every day.
#[derive(Debug)]
pub struct HandClock {
    wall_ms: AtomicI64,
    elapsed_ms: AtomicI64,
}

impl HandClock {
    /// Stands at this time, in milliseconds since 1970 UTC.
    pub fn at(wall_ms: i64) -> HandClock {
        HandClock { wall_ms: AtomicI64::new(wall_ms), elapsed_ms: AtomicI64::new(0) }
    }

    /// Time passes.
    pub fn advance(&self, seconds: i64) {
        let ms = seconds.saturating_mul(1000);
        self.wall_ms.fetch_add(ms, Ordering::SeqCst);
        self.elapsed_ms.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Result<ClockReading, HostError> {
        Ok(ClockReading {
            wall_ms: self.wall_ms.load(Ordering::SeqCst),
            elapsed_ms: self.elapsed_ms.load(Ordering::SeqCst),
            boot_id: "by hand".to_owned(),
        })
    }
}

/// Milliseconds since boot, sleep included where the system can say so.
fn since_boot_ms() -> Result<i64, HostError> {
    use rustix::time::{ClockId, clock_gettime};
    #[cfg(target_os = "linux")]
    let clock = ClockId::Boottime;
    #[cfg(not(target_os = "linux"))]
    let clock = ClockId::Monotonic;
    let time = clock_gettime(clock);
    time.tv_sec.checked_mul(1000).and_then(|ms| ms.checked_add(time.tv_nsec / 1_000_000)).ok_or(HostError::Failed)
}

/// Linux names each boot. Elsewhere a boot counts for as long as this process lives: a monotonic clock is only good
/// within one, and taking a restart of the program for a reboot costs no more than a figure of uncertain age.
fn boot_id() -> String {
    fs::read_to_string("/proc/sys/kernel/random/boot_id")
        .map_or_else(|_| of_this_process().to_owned(), |id| id.trim().to_owned())
}

/// Its number, and when it first looked at a clock, because numbers of processes come back.
fn of_this_process() -> &'static str {
    static ID: OnceLock<String> = OnceLock::new();
    ID.get_or_init(|| {
        let began = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        format!("process-{}-{}", std::process::id(), began.as_nanos())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut left: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        left
    }

    #[test]
    fn what_an_ended_command_left_half_written_goes_and_what_is_being_written_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let session = name("session");
        let store = FileStore::open(path).unwrap();
        let dead = |key: &str| fs::write(path.join(format!("{}.7-0.part", name(key))), b"token").unwrap();
        // Another command is in the middle of a write.
        let (_, _written) = store.part(&session).unwrap();
        let written = left(path);
        assert_eq!(written.len(), 1);
        dead("session");
        FileStore::open(path).unwrap();
        assert_eq!(left(path), written, "at opening");
        dead("session");
        dead("other");
        store.delete("session".to_owned()).unwrap();
        assert_eq!(left(path).len(), 2, "of one item, also where the item itself is not there");
        store.delete("other".to_owned()).unwrap();
        assert_eq!(left(path), written);
        dead("session");
        store.put("session".to_owned(), b"new".to_vec()).unwrap();
        assert_eq!(left(path), [vec![session], written].concat(), "before a write");
        assert_eq!(store.list(String::new()), Ok(vec!["session".to_owned()]));
    }

    #[test]
    fn an_item_is_not_taken_for_the_left_over_of_one_whose_name_begins_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(folder.path()).unwrap();
        fs::write(folder.path().join(format!("{}x.7-0.part", name("abc"))), b"token").unwrap();
        store.delete("abc".to_owned()).unwrap();
        assert_eq!(left(folder.path()).len(), 1);
    }

    #[test]
    fn a_write_that_fails_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(folder.path()).unwrap();
        fs::create_dir(store.file("a")).unwrap();
        fs::write(store.file("a").join("x"), b"").unwrap();
        assert_eq!(store.put("a".to_owned(), b"token".to_vec()), Err(HostError::Failed));
        assert_eq!(left(folder.path()), [name("a")]);
    }

    #[test]
    fn writers_of_one_item_disturb_each_other_as_little_as_those_who_sweep() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        std::thread::scope(|scope| {
            for writer in 0..4_u8 {
                scope.spawn(move || {
                    for _ in 0..50 {
                        FileStore::open(path).unwrap().put("a".to_owned(), vec![writer; 64]).unwrap();
                    }
                });
            }
        });
        assert_eq!(left(path), [name("a")]);
    }

    #[test]
    fn items_are_kept_replaced_listed_and_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(&folder.path().join("new")).unwrap();
        assert_eq!(store.get("a/b".to_owned()), Ok(None));
        for value in [b"1".to_vec(), b"2".to_vec()] {
            store.put("a/b".to_owned(), value.clone()).unwrap();
            assert_eq!(store.get("a/b".to_owned()), Ok(Some(value)));
        }
        store.put("c".to_owned(), Vec::new()).unwrap();
        assert_eq!(store.list("a/".to_owned()), Ok(vec!["a/b".to_owned()]));
        store.delete("a/b".to_owned()).unwrap();
        store.delete("a/b".to_owned()).unwrap();
        assert_eq!(store.list(String::new()), Ok(vec!["c".to_owned()]));
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_and_its_items_are_for_their_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(&folder.path().join("secure")).unwrap();
        store.put("a".to_owned(), vec![1]).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder.path().join("secure")), 0o700);
        assert_eq!(mode(&store.file("a")), 0o600);
    }

    #[test]
    fn the_clock_goes_on_within_one_boot() {
        let (first, second) = (ComputerClock.now().unwrap(), ComputerClock.now().unwrap());
        assert_eq!(first.boot_id, second.boot_id);
        assert!(first.elapsed_ms <= second.elapsed_ms && first.elapsed_ms > 0);
    }

    #[test]
    fn where_boots_have_no_name_each_process_is_one() {
        let id = of_this_process();
        assert!(id.contains(&std::process::id().to_string()), "{id}");
        assert_eq!(id, of_this_process());
        assert!(!boot_id().is_empty());
    }
}
