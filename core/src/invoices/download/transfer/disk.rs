//! What a transfer has on the disk: the row first, then the file, and its last name once it was judged to be the document. A
//! kill between any two steps leaves what the next transfer can take up, or what the sweep removes.

use super::super::facts::{Facts, place};
use super::super::part::Part;
use super::super::verify::Expected;
use super::super::{DownloadError, Ready, blocking, storage};
use super::{Transfer, not_ready};
use crate::problem::StorageFailure;
use crate::store::{DocumentRow, DocumentState, documents};

impl Transfer<'_> {
    /// What is here and whole. A file that the phone took away is fetched again.
    pub(super) async fn already_here(&mut self) -> Result<Option<Ready>, DownloadError> {
        let Some(row) = self.row.clone().filter(|row| row.state == DocumentState::Ready) else { return Ok(None) };
        let Facts { total: Some(bytes), sha256: Some(sha256), .. } = self.facts else { return Ok(None) };
        let path = row.whole(&self.downloads.engine.store.documents_folder());
        if !blocking(move || Ok(path.is_file())).await? {
            return Ok(None);
        }
        self.signal.tell(bytes, Some(bytes));
        Ok(Some(Ready { bytes, sha256 }))
    }

    /// What an earlier transfer left.
    pub(super) async fn take_up(&mut self) -> Result<(), DownloadError> {
        let Some(row) = self.row.clone().filter(|row| row.state == DocumentState::Partial) else { return Ok(()) };
        let path = row.part(&self.downloads.engine.store.documents_folder());
        let sealing = self.downloads.sealing(&self.wish.owner, &row.file)?;
        self.part = blocking(move || Ok(Part::reopen(&path, sealing)?)).await?;
        self.furthest = self.length();
        self.signal.tell(self.length(), self.facts.total);
        Ok(())
    }

    /// Begins a new file; the row first, then the file, then the old file goes.
    pub(super) async fn start_over(&mut self, facts: Facts) -> Result<(), DownloadError> {
        self.make_room(facts.total).await?;
        self.facts = facts;
        let old = self.row.clone();
        let mut name = [0; 8];
        self.downloads.engine.entropy.fill(&mut name).map_err(|_| DownloadError::Storage(StorageFailure::Failing))?;
        let now_ms = self.downloads.engine.now_ms();
        let row = DocumentRow {
            subject: self.key.0.clone(),
            key: self.key.1.clone(),
            state: DocumentState::Partial,
            file: format!("{}.{:016x}", self.key.1, u64::from_be_bytes(name)),
            sealed: Vec::new(),
            bytes: 0,
            changed_ms: now_ms,
            opened_ms: now_ms,
            pinned: old.as_ref().is_some_and(|old| old.pinned),
        };
        self.keep(row.clone()).await?;
        super::super::instant("row");
        let folder = self.downloads.engine.store.documents_folder();
        let sealing = self.downloads.sealing(&self.wish.owner, &row.file)?;
        let still = self.wish.owner.still.clone();
        self.part = None;
        self.part = Some(
            blocking(move || {
                documents::make_folder(&folder)?;
                let part = Part::create(&row.part(&folder), sealing)?;
                super::super::instant("created");
                if !still() {
                    // Signed out meanwhile: nobody comes by again to remove it.
                    documents::remove(&row.part(&folder))?;
                    return Err(DownloadError::Cancelled);
                }
                if let Some(old) = old {
                    documents::remove(&old.part(&folder))?;
                    documents::remove(&old.whole(&folder))?;
                }
                Ok(part)
            })
            .await?,
        );
        Ok(())
    }

    /// Keeps the row with today's facts.
    pub(super) async fn keep(&mut self, mut row: DocumentRow) -> Result<(), DownloadError> {
        let plain = postcard::to_stdvec(&self.facts).map_err(|_| DownloadError::Storage(StorageFailure::Failing))?;
        let sealed = self.wish.owner.key.seal(&place(&row), &plain, &*self.downloads.engine.entropy);
        row.sealed = sealed.map_err(|_| DownloadError::Storage(StorageFailure::Failing))?;
        let kept = self.downloads.engine.store.keep_document(&self.wish.owner, row.clone()).await;
        if !kept.map_err(storage)? {
            return Err(DownloadError::Cancelled);
        }
        self.downloads.rows().insert(self.key.clone(), row.clone());
        self.row = Some(row);
        Ok(())
    }

    /// Drops what is here.
    pub(super) async fn discard(&mut self) -> Result<(), DownloadError> {
        (self.part, self.over) = (None, None);
        self.facts = Facts::default();
        let Some(row) = self.row.take() else { return Ok(()) };
        let store = &self.downloads.engine.store;
        let (folder, file) = (store.documents_folder(), row.clone());
        blocking(move || Ok(documents::remove(&file.part(&folder))?)).await?;
        store.forget_documents(vec![row]).await.map_err(storage)?;
        self.downloads.rows().remove(&self.key);
        Ok(())
    }

    /// Judges what is here, and gives it its last name if it is the document.
    pub(super) async fn conclude(&mut self) -> Result<Ready, DownloadError> {
        let (Some(part), Some(row)) = (self.part.as_ref(), self.row.clone()) else {
            return Err(DownloadError::Storage(StorageFailure::Failing));
        };
        let expected = Expected {
            total: self.facts.total,
            digest: self.api_digest.or(self.facts.told),
            ended_by_itself: self.over == Some(true),
        };
        let sha256 = part.checker().judge(&expected).map_err(DownloadError::Damaged).map_err(not_ready)?;
        self.still()?;
        let bytes = part.length();
        let Some(mut part) = self.part.take() else { return Err(DownloadError::Storage(StorageFailure::Failing)) };
        // The facts first: a kill behind the last name finds them.
        self.facts = Facts { total: Some(bytes), sha256: Some(sha256), ..self.facts.clone() };
        self.keep(row.clone()).await?;
        super::super::instant("judged");
        let folder = self.downloads.engine.store.documents_folder();
        let (from, to) = (row.part(&folder), row.whole(&folder));
        let size = blocking(move || {
            let size = part.finish()?;
            super::super::instant("finished");
            documents::publish(&from, &to)?;
            super::super::instant("named");
            Ok(size)
        })
        .await?;
        let ready = DocumentRow { state: DocumentState::Ready, bytes: size, ..self.row.clone().unwrap_or(row) };
        self.keep(ready).await?;
        super::super::instant("kept");
        self.signal.tell(bytes, Some(bytes));
        self.downloads.keep_to_quota(&self.key).await;
        Ok(Ready { bytes, sha256 })
    }

    pub(super) async fn make_room(&self, size: Option<u64>) -> Result<(), DownloadError> {
        self.downloads.make_room(size.unwrap_or(0), &self.key).await
    }

    /// After the end, good or bad: what is here is on the disk.
    pub(super) async fn settle(&mut self) {
        if let Some(mut part) = self.part.take() {
            let _ = blocking(move || Ok(part.sync()?)).await;
        }
    }
}
