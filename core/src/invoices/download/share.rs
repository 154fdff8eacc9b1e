//! A copy of a document that another app may read: in a folder of its own, under the name that people know, for ten minutes.
//! The sealed document itself is never handed out, nor where it is.

use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::names::Naming;
use super::part::{Sealing, open_whole};
use super::{DocumentId, DownloadError, Downloads, blocking, locked};
use crate::problem::StorageFailure;
use crate::store::documents;
use crate::store::{DocumentOwner, DocumentState};

/// Copies of one name.
const COPIES: u32 = 100;

/// A copy that another app may read, for as long as ten minutes.
pub struct SharedCopy {
    path: PathBuf,
    open: Arc<Mutex<HashMap<(String, String), usize>>>,
    key: (String, String),
}

impl std::fmt::Debug for SharedCopy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SharedCopy(…)")
    }
}

impl SharedCopy {
    /// Where the copy is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for SharedCopy {
    fn drop(&mut self) {
        let mut open = locked(&self.open);
        if let Some(count) = open.get_mut(&self.key) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.remove(&self.key);
            }
        }
    }
}

/// A copy and when it was made, by the boot clock.
pub(super) struct Copy {
    path: PathBuf,
    made_ms: i64,
}

impl Downloads {
    /// Makes a copy under its published name. Fails with [`DownloadError::Evicted`] when the document is not here any more:
    /// fetch it again.
    pub async fn share(
        &self,
        owner: &DocumentOwner,
        document: &DocumentId,
        naming: &Naming,
    ) -> Result<SharedCopy, DownloadError> {
        self.tidy_up().await?;
        self.drop_old_copies().await;
        let key = self.key(owner, document);
        let row = self.rows().get(&key).cloned().filter(|row| row.state == DocumentState::Ready);
        let (Some(row), true) = (row, (owner.still)()) else { return Err(DownloadError::Evicted) };
        let errand = self.flights.errand().ok_or(DownloadError::Storage(StorageFailure::Suspended))?;
        // Open from here on, so that nobody drops it to make room.
        let open = OpenNow::new(self.open.clone(), key.clone());
        let store = &self.engine.store;
        let (from, shared) = (row.whole(&store.documents_folder()), store.shared_folder());
        self.make_room(row.bytes / 2, &key).await?;
        let (sealing, naming) = (self.sealing(owner, &row.file)?, naming.clone());
        let copied = blocking(move || {
            // Also when nobody waits for the copy any more.
            let _errand = errand;
            copy(&from, &sealing, &shared, &naming)
        })
        .await;
        let path = match copied {
            Ok(path) => path,
            Err(DownloadError::Evicted) => {
                self.evict(&key).await?;
                return Err(DownloadError::Evicted);
            }
            Err(error) => return Err(error),
        };
        let made_ms = self.engine.host.clock.now().map_or(i64::MIN, |reading| reading.elapsed_ms);
        locked(&self.copies).push(Copy { path: path.clone(), made_ms });
        if !(owner.still)() {
            // Signed out meanwhile: the copy goes as everything else did.
            blocking(move || Ok(documents::remove(&path)?)).await?;
            return Err(DownloadError::Cancelled);
        }
        let now_ms = self.engine.now_ms();
        // That it was opened is only worth a place in the queue.
        let _ = self.change(&key, |row| row.opened_ms = now_ms).await;
        Ok(SharedCopy { path, open: open.kept(), key })
    }

    /// How many copies of a document are in use.
    #[cfg(test)]
    pub fn copies_of(&self, owner: &DocumentOwner, document: &DocumentId) -> usize {
        locked(&self.open).get(&self.key(owner, document)).copied().unwrap_or(0)
    }

    /// Removes copies that are ten minutes old. To be called when the app comes back as well: its timers stand still while it
    /// sleeps.
    pub async fn drop_old_copies(&self) {
        // Taken before the clock is asked: a copy that is made meanwhile is not older than that.
        let copies = std::mem::take(&mut *locked(&self.copies));
        let reading = self.engine.host.clock.now();
        let limit = self.limits.share_ms;
        let (old, young): (Vec<Copy>, Vec<Copy>) = copies.into_iter().partition(|copy| {
            let age_ms = reading.as_ref().map_or(0, |reading| reading.elapsed_ms.saturating_sub(copy.made_ms));
            // A clock that went back was set by a restart of the phone.
            age_ms >= limit || age_ms < 0
        });
        locked(&self.copies).extend(young);
        let old: Vec<PathBuf> = old.into_iter().map(|copy| copy.path).collect();
        let _ = blocking(move || Ok(old.iter().try_for_each(|path| documents::remove(path))?)).await;
    }
}

/// Counts a document as open until it is dropped or kept.
struct OpenNow {
    open: Arc<Mutex<HashMap<(String, String), usize>>>,
    key: (String, String),
    kept: bool,
}

impl OpenNow {
    fn new(open: Arc<Mutex<HashMap<(String, String), usize>>>, key: (String, String)) -> OpenNow {
        {
            let mut open = locked(&open);
            let count = open.entry(key.clone()).or_default();
            *count = count.saturating_add(1);
        }
        OpenNow { open, key, kept: false }
    }

    /// The count goes on.
    fn kept(mut self) -> Arc<Mutex<HashMap<(String, String), usize>>> {
        self.kept = true;
        self.open.clone()
    }
}

impl Drop for OpenNow {
    fn drop(&mut self) {
        if !self.kept {
            drop(SharedCopy { path: PathBuf::new(), open: self.open.clone(), key: self.key.clone() });
        }
    }
}

/// Opens a document into a new file of the shared folder.
fn copy(from: &Path, sealing: &Sealing, shared: &Path, naming: &Naming) -> Result<PathBuf, DownloadError> {
    documents::make_folder(shared)?;
    for nth in 1..=COPIES {
        let path = shared.join(naming.file_name(nth));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let file = match options.open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(error.into()),
        };
        let mut out = BufWriter::new(file);
        let copied = open_whole(from, sealing, &mut out).and_then(|()| out.flush());
        return match copied {
            Ok(()) => {
                super::instant("copied");
                Ok(path)
            }
            Err(error) => {
                documents::remove(&path)?;
                // Taken by the phone, or no longer what was kept.
                let lost = matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidData);
                Err(if lost { DownloadError::Evicted } else { error.into() })
            }
        };
    }
    Err(DownloadError::Storage(StorageFailure::Full))
}
