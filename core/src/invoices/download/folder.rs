//! The files beside their rows. A sweep at the start brings both together, whatever a kill left between them; room is made by
//! dropping what was opened longest ago.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::{DownloadError, Downloads, blocking, storage};
use crate::problem::StorageFailure;
use crate::store::documents;
use crate::store::{DocumentRow, DocumentState};

/// Free bytes of the file system that a folder is on.
#[cfg(unix)]
pub(super) fn free_bytes(folder: &Path) -> Option<u64> {
    // The folder may not be there yet.
    let found = folder.ancestors().find_map(|folder| rustix::fs::statvfs(folder).ok())?;
    found.f_bavail.checked_mul(found.f_frsize)
}

/// Free bytes of the file system that a folder is on.
#[cfg(not(unix))]
pub(super) fn free_bytes(_folder: &Path) -> Option<u64> {
    None
}

/// What a sweep does to a row.
enum Found {
    AsItSays(DocumentRow),
    Changed(DocumentRow),
    Gone(DocumentRow),
}

/// A row beside its files.
fn reconcile(row: DocumentRow, folder: &Path, now_ms: i64, part_ms: i64) -> Found {
    let whole = row.whole(folder).metadata().ok().map(|metadata| metadata.len());
    match (row.state, whole) {
        (DocumentState::Ready, Some(_)) | (DocumentState::Evicted, None) => Found::AsItSays(row),
        // The phone took it.
        (DocumentState::Ready, None) => Found::Changed(DocumentRow { state: DocumentState::Evicted, bytes: 0, ..row }),
        // It got its last name after it was verified; only its row did not hear of it.
        (DocumentState::Partial, Some(bytes)) => {
            Found::Changed(DocumentRow { state: DocumentState::Ready, bytes, ..row })
        }
        // Its file was to be removed.
        (DocumentState::Evicted, Some(_)) => {
            let _ = documents::remove(&row.whole(folder));
            Found::AsItSays(row)
        }
        (DocumentState::Partial, None) => {
            let old = now_ms.saturating_sub(row.changed_ms) > part_ms;
            if row.part(folder).is_file() && !old { Found::AsItSays(row) } else { Found::Gone(row) }
        }
    }
}

impl Downloads {
    /// Brings files and rows together. Files are listed before rows are read: one that is made meanwhile has its row already.
    pub(super) async fn sweep(&self) -> Result<(), DownloadError> {
        let store = &self.engine.store;
        let (folder, shared) = (store.documents_folder(), store.shared_folder());
        let listed = folder.clone();
        let files = blocking(move || {
            // Copies of an earlier run; whoever got one has read it or has not.
            documents::files(&shared).iter().try_for_each(|path| documents::remove(path))?;
            Ok(documents::files(&listed))
        })
        .await?;
        let rows = store.documents().await.map_err(storage)?;
        let (now_ms, part_ms) = (self.engine.now_ms(), self.limits.part_ms);
        let (kept, changed, gone) = blocking(move || Ok(sorted(rows, &files, &folder, now_ms, part_ms))).await?;
        store.change_documents(changed).await.map_err(storage)?;
        store.forget_documents(gone).await.map_err(storage)?;
        let mut rows = self.rows();
        for row in kept {
            rows.insert((row.subject.clone(), row.key.clone()), row);
        }
        Ok(())
    }

    /// Sees to it that a document of that size fits, or says that it does not.
    pub(super) async fn make_room(&self, size: u64, but: &(String, String)) -> Result<(), DownloadError> {
        let need = size.saturating_mul(2).saturating_add(self.limits.spare_bytes);
        let folder = self.engine.store.documents_folder();
        loop {
            if self.surroundings.free_bytes(&folder).is_none_or(|free| free >= need) {
                return Ok(());
            }
            if !self.evict_oldest(but).await? {
                return Err(DownloadError::Storage(StorageFailure::Full));
            }
        }
    }

    /// Drops what is too much.
    pub(super) async fn keep_to_quota(&self, but: &(String, String)) {
        loop {
            let (count, bytes) = self
                .rows()
                .values()
                .filter(|row| row.state == DocumentState::Ready)
                .fold((0usize, 0u64), |(count, bytes), row| (count.saturating_add(1), bytes.saturating_add(row.bytes)));
            if count <= self.limits.kept_documents && bytes <= self.limits.kept_bytes {
                return;
            }
            // What cannot be dropped now is tried again with the next document.
            if !matches!(self.evict_oldest(but).await, Ok(true)) {
                return;
            }
        }
    }

    /// Drops the document that was opened longest ago; false when there is none that may be.
    async fn evict_oldest(&self, but: &(String, String)) -> Result<bool, DownloadError> {
        let oldest = {
            let open = super::locked(&self.open);
            let rows = self.rows();
            let may_go = rows.iter().filter(|(key, row)| {
                row.state == DocumentState::Ready && !row.pinned && *key != but && !open.contains_key(key)
            });
            may_go.min_by_key(|(_, row)| row.opened_ms).map(|(key, _)| key.clone())
        };
        let Some(key) = oldest else { return Ok(false) };
        self.evict(&key).await?;
        Ok(true)
    }

    /// Drops a document, the file before the row says so.
    pub(super) async fn evict(&self, key: &(String, String)) -> Result<(), DownloadError> {
        let Some(row) = self.rows().get(key).cloned() else { return Ok(()) };
        let path = row.whole(&self.engine.store.documents_folder());
        blocking(move || Ok(documents::remove(&path)?)).await?;
        self.change(key, |row| (row.state, row.bytes) = (DocumentState::Evicted, 0)).await?;
        Ok(())
    }

    /// Changes a row, here and in the database; false where there is none.
    pub(super) async fn change(
        &self,
        key: &(String, String),
        change: impl FnOnce(&mut DocumentRow),
    ) -> Result<bool, DownloadError> {
        let row = {
            let mut rows = self.rows();
            let Some(row) = rows.get_mut(key) else { return Ok(false) };
            change(row);
            row.clone()
        };
        self.engine.store.change_documents(vec![row]).await.map_err(storage)?;
        Ok(true)
    }
}

/// Rows as they are to be kept, those of them that changed, and those that go; files without a row are removed.
fn sorted(
    rows: Vec<DocumentRow>,
    files: &[PathBuf],
    folder: &Path,
    now_ms: i64,
    part_ms: i64,
) -> (Vec<DocumentRow>, Vec<DocumentRow>, Vec<DocumentRow>) {
    let (mut kept, mut changed, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        match reconcile(row, folder, now_ms, part_ms) {
            Found::AsItSays(row) => kept.push(row),
            Found::Changed(row) => {
                kept.push(row.clone());
                changed.push(row);
            }
            Found::Gone(row) => gone.push(row),
        }
    }
    let named: HashSet<PathBuf> = kept
        .iter()
        .filter_map(|row| match row.state {
            DocumentState::Partial => Some(row.part(folder)),
            DocumentState::Ready => Some(row.whole(folder)),
            DocumentState::Evicted => None,
        })
        .collect();
    for path in files.iter().filter(|path| !named.contains(*path)) {
        // What cannot be removed now is found again at the next start.
        let _ = documents::remove(path);
    }
    (kept, changed, gone)
}
