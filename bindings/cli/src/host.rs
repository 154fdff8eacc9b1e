//! What a computer lends the core in a phone's place: its clocks, and files where a phone has a keychain.
//! Files are readable to their owner only; good for trying things out, no place for a real person's tokens.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use companion::{Clock, ClockReading, HostError, SecureStore};

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
        store.sweep();
        Ok(store)
    }

    /// Removes what a command that was ended in the middle of a write left behind: it may hold a token.
    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten().filter(|entry| entry.path().extension().is_some_and(|end| end == "part")) {
            let age = entry.metadata().and_then(|it| it.modified()).ok().and_then(|at| at.elapsed().ok());
            // A younger one may be another command's, that is writing it now.
            if age.is_some_and(|age| age > LONGEST_WRITE) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn file(&self, key: &str) -> PathBuf {
        self.folder.join(URL_SAFE_NO_PAD.encode(key))
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
        let file = self.file(&key);
        // Its own: two commands may write at the same time.
        let beside = file.with_extension(format!("{}.part", std::process::id()));
        let write = || -> std::io::Result<()> {
            let mut options = File::options();
            options.write(true).create(true).truncate(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut part = options.open(&beside)?;
            part.write_all(&value)?;
            part.sync_all()?;
            fs::rename(&beside, &file)?;
            File::open(&self.folder)?.sync_all()
        };
        write().map_err(|_| HostError::Failed)
    }

    fn delete(&self, key: String) -> Result<(), HostError> {
        match fs::remove_file(self.file(&key)) {
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

    #[test]
    fn what_an_ended_command_left_half_written_goes_and_what_is_being_written_stays() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, age: Duration| {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(SystemTime::now() - age).unwrap();
        };
        write("c2Vzc2lvbg.7.part", Duration::from_secs(60));
        write("c2Vzc2lvbg.8.part", Duration::ZERO);
        write("c2Vzc2lvbg", Duration::from_secs(60));
        let store = FileStore::open(folder.path()).unwrap();
        assert_eq!(store.list(String::new()), Ok(vec!["session".to_owned()]));
        let mut left: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["c2Vzc2lvbg", "c2Vzc2lvbg.8.part"]);
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
