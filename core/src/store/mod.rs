//! The only room that knows SQL: sealed snapshots in one SQLite file, one connection, one writer thread.
//! Reading happens once, when the core opens, on the caller's thread and before any thread is started; from then on
//! the features answer from memory and the store only writes, on its own thread. Suspended means no connection, no lock, no descriptor.

pub mod alerts;
pub mod blocks;
pub mod documents;
mod file;
mod gate;
mod install;
mod installed;
pub mod ledger;
mod loss;
pub mod outbox;
mod schema;
pub mod seal;
pub mod snapshot;
pub mod widget;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::oneshot;

pub use alerts::{AlertBook, AlertOrders, AlertOutcome, AlertRow, AlertState, MarkRow, Teller};
pub use documents::{DocumentOwner, DocumentRow, DocumentState};
pub use installed::Installed;
pub use ledger::{Claim, Holder, Ledger, Turn};
pub use outbox::{Amend, Entry, Owner, Tombstone};
pub use seal::{DataKey, pseudonym};
pub use snapshot::{Dated, Kept, Row, Snapshot};

use crate::operator::time::Anchor;
use crate::problem::{Problem, StorageFailure};
use writer::{Leaving, Work, WriteError, Writer};

/// The database of one app installation.
pub struct Store {
    file: PathBuf,
    link: Mutex<Link>,
}

/// Who holds the one connection.
enum Link {
    /// Nobody writes yet.
    Idle(Connection),
    /// The writer thread.
    Writing(Writer),
    /// A writer thread that was told to stop, perhaps gone by now.
    Leaving(Arc<Leaving>),
    /// Nobody: closed until `resume`.
    Suspended,
}

/// How long `resume` waits for a writer whose suspend ran out of time; it has been interrupted.
const PATIENCE: Duration = Duration::from_secs(2);

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

impl Store {
    /// Opens the database in `dir`, creating or upgrading it, and reads everything kept of a subject, still sealed, and
    /// the operator's last time.
    pub fn open(dir: &Path, subject: Option<&str>) -> Result<(Store, Kept), Problem> {
        let file = dir.join("companion.db");
        let first_read = |connection: &Connection| {
            // Of one moment, whoever else writes.
            let moment = connection.unchecked_transaction()?;
            let kept = snapshot::read_all(&moment, subject)?;
            let outbox = outbox::read_all(&moment, subject)?;
            let installed = installed::read_all(&moment)?;
            Ok(Kept { waits: gate::read(&moment)?, outbox, installed, ..kept })
        };
        let (connection, kept) = match schema::connect(&file, first_read) {
            Err(error) if schema::directory_missing(&error, dir) => {
                schema::create_directory(dir)?;
                schema::connect(&file, first_read).map_err(|error| problem(error.into()))?
            }
            outcome => outcome.map_err(|error| problem(error.into()))?,
        };
        let mut kept = kept;
        if subject.is_some() {
            kept.lost = loss::is_noted(dir);
            kept.install = install::read(dir).map_err(|error| file_problem(&error))?;
        }
        Ok((Store { file, link: Mutex::new(Link::Idle(connection)) }, kept))
    }

    /// Keeps a snapshot, replacing an older one of the same subject, kind and key. `wanted` is asked when the row's turn
    /// has come, behind every wipe that was queued before it.
    pub async fn put(
        &self,
        row: Row,
        anchor: Option<Anchor>,
        wanted: impl FnOnce() -> bool + Send + 'static,
    ) -> Result<(), Problem> {
        self.write(move |tx| if wanted() { snapshot::put(tx, &row, anchor.as_ref()) } else { Ok(()) }).await
    }

    /// Moves a snapshot on: `amend` gets it as it lies there, whichever process of the app wrote it, and decides. It is on the
    /// disk, as received at `at_ms`, when this returns. Where it is not `wanted` any more nothing happens, and None is told.
    pub async fn amend_row<M: Snapshot, T: Send + 'static>(
        &self,
        owner: Owner,
        key: String,
        at_ms: i64,
        anchor: Option<Anchor>,
        wanted: impl FnOnce() -> bool + Send + 'static,
        amend: impl FnOnce(Option<M>) -> Amend<M, T> + Send + 'static,
    ) -> Result<Option<T>, Problem> {
        self.write(move |tx| {
            if !wanted() {
                return Ok(None);
            }
            let found = snapshot::find(tx, &owner.subject, M::KIND, &key)?;
            let found = found.and_then(|row| row.open::<M>(&owner.key)).map(|found| found.model);
            let keep = |model| {
                let kept = Dated { model, etag: None, counted_ms: None, checked_ms: at_ms, received_ms: at_ms };
                let row = kept.seal(&owner.subject, &key, &owner.key, &*owner.entropy);
                snapshot::put(tx, &row.map_err(outbox::foreign)?, anchor.as_ref())
            };
            amend(found).settle(keep, || snapshot::remove(tx, &owner.subject, M::KIND, &key)).map(Some)
        })
        .await
    }

    /// Moves the checked time of a snapshot: the operator said that nothing changed.
    pub async fn checked(
        &self,
        subject: String,
        kind: &'static str,
        key: String,
        at_ms: i64,
        anchor: Option<Anchor>,
        wanted: impl FnOnce() -> bool + Send + 'static,
    ) -> Result<(), Problem> {
        self.write(
            move |tx| {
                if wanted() { snapshot::checked(tx, &subject, kind, &key, at_ms, anchor.as_ref()) } else { Ok(()) }
            },
        )
        .await
    }

    /// Keeps the operator's time alone.
    pub async fn keep_anchor(&self, anchor: Option<Anchor>) -> Result<(), Problem> {
        self.write(move |tx| snapshot::keep_anchor(tx, anchor.as_ref())).await
    }

    /// Removes every byte of everybody but `spared`, what the widgets show of anybody, and what was set aside.
    pub async fn wipe_all_but(&self, spared: Option<String>) -> Result<(), Problem> {
        let (dir, file) = (self.dir(), self.file.clone());
        let removed = self.write(move |tx| {
            snapshot::wipe_all_but(tx, spared.as_deref())?;
            documents::wipe_all_but(tx, &dir, spared.as_deref())?;
            // Whoever stays is still to be told of what was lost.
            Ok(remove_readable(&file).and(if spared.is_none() { loss::forget(&dir) } else { Ok(()) }))
        });
        removed.await?.map_err(|error| file_problem(&error))
    }

    /// Removes what of anybody lies outside the database: needs no room on the disk. Blocks.
    pub fn remove_files(&self) -> Result<(), Problem> {
        remove_files(&self.file).map_err(|error| file_problem(&error))
    }

    /// The name of this installation; the one proposed, if it has none yet. Blocks.
    pub fn installation(&self, proposed: &str) -> Result<String, Problem> {
        let dir = self.dir();
        if let Some(name) = install::read(&dir).map_err(|error| file_problem(&error))? {
            return Ok(name);
        }
        install::write(&dir, proposed).map_err(|error| file_problem(&error))?;
        Ok(proposed.to_owned())
    }

    /// The core's folder.
    fn dir(&self) -> PathBuf {
        self.file.parent().unwrap_or(Path::new(".")).to_owned()
    }

    fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> impl Future<Output = Result<T, Problem>> + Send {
        let (found, answer) = oneshot::channel();
        let work = move |tx: &rusqlite::Transaction<'_>| {
            // Nobody may be waiting any more; the write counts all the same.
            let _ = found.send(job(tx)?);
            Ok(())
        };
        self.write_boxed(Box::new(work), answer)
    }

    async fn write_boxed<T: Send + 'static>(&self, work: Work, answer: oneshot::Receiver<T>) -> Result<T, Problem> {
        let done = self.writer(|writer| writer.submit(work)).map_err(problem)?;
        // What was found is believed only once it is committed.
        done.await.unwrap_or(Err(WriteError::Stopped)).map_err(problem)?;
        answer.await.map_err(|_| problem(WriteError::Stopped))
    }

    /// The writer, started by the first that asks. A moment only: all that can take long is the thread's.
    fn writer<T>(&self, ask: impl FnOnce(&Writer) -> T) -> Result<T, WriteError> {
        let mut link = self.lock();
        let writer = match std::mem::replace(&mut *link, Link::Suspended) {
            Link::Writing(writer) => writer,
            Link::Idle(connection) => match Writer::start(self.file.clone(), connection) {
                Ok(writer) => writer,
                Err(error) => {
                    // The thread that could not be had took the connection with it.
                    *link = Link::Idle(Connection::open(&self.file)?);
                    return Err(error);
                }
            },
            other => {
                *link = other;
                return Err(WriteError::Stopped);
            }
        };
        let answer = ask(&writer);
        *link = Link::Writing(writer);
        Ok(answer)
    }

    /// Drains what is being written, checkpoints and closes. Further writes are refused until [`Store::resume`].
    /// Fails when the deadline passes first: the running statement is interrupted and what is queued refused, so that the
    /// writer closes as soon as it can.
    pub fn suspend(&self, deadline: Duration) -> Result<(), Problem> {
        let leaving = {
            let mut link = self.lock();
            let leaving = match std::mem::replace(&mut *link, Link::Suspended) {
                Link::Idle(connection) => return writer::close(connection).map_err(|error| problem(error.into())),
                Link::Writing(writer) => writer.stop(),
                Link::Leaving(leaving) => leaving,
                Link::Suspended => return Ok(()),
            };
            *link = Link::Leaving(leaving.clone());
            leaving
        };
        leaving.wait(deadline).map_err(problem)
    }

    /// Opens again after [`Store::suspend`]; without one it does nothing. There is never a second connection: a writer
    /// whose suspend ran out of time is waited for a moment longer, then this fails and may be tried again.
    pub fn resume(&self) -> Result<(), Problem> {
        let leaving = match &*self.lock() {
            Link::Leaving(leaving) => Some(leaving.clone()),
            _ => None,
        };
        if let Some(leaving) = leaving
            && let Err(error @ WriteError::Late) = leaving.wait(PATIENCE)
        {
            return Err(problem(error));
        }
        let mut link = self.lock();
        let closed = match &*link {
            Link::Suspended => true,
            Link::Leaving(leaving) => leaving.is_gone(),
            Link::Idle(_) | Link::Writing(_) => false,
        };
        if closed {
            *link = Link::Idle(Connection::open(&self.file).map_err(|error| problem(error.into()))?);
        }
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Link> {
        self.link.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes what of anybody lies beside the database and is not sealed: the widgets' figures, copies of documents that were
/// handed on, and older files that were set aside.
fn remove_files(file: &Path) -> std::io::Result<()> {
    let readable = remove_readable(file);
    readable.and(loss::forget(file.parent().unwrap_or(Path::new("."))))
}

fn remove_readable(file: &Path) -> std::io::Result<()> {
    let dir = file.parent().unwrap_or(Path::new("."));
    // Each of them, whatever becomes of the others.
    let (figures, copies) = (widget::remove(dir), documents::remove_copies(dir));
    figures.and(copies).and(schema::remove_set_aside(file))
}

/// Sorts an error by what a person can do about it; its text may hold SQL and goes nowhere.
fn problem(error: WriteError) -> Problem {
    use rusqlite::ErrorCode;
    let reason = match error {
        WriteError::Stopped => StorageFailure::Suspended,
        WriteError::NoThread | WriteError::Late | WriteError::Unclean => StorageFailure::Failing,
        // No room for the index of the log: a full disk by another name.
        WriteError::Database(error) if extended_code(&error) == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) => {
            StorageFailure::Full
        }
        WriteError::Database(error) => match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StorageFailure::Full,
            // What a phone answers before its first unlock (codes 10, 14 and 23).
            Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure | ErrorCode::AuthorizationForStatementDenied) => {
                StorageFailure::Locked
            }
            // Only a suspend out of time interrupts.
            Some(ErrorCode::OperationInterrupted) => StorageFailure::Suspended,
            _ => StorageFailure::Failing,
        },
    };
    Problem::StorageUnavailable { reason }
}

/// Sorts what the file system says.
pub(crate) fn file_problem(error: &std::io::Error) -> Problem {
    Problem::StorageUnavailable {
        reason: match error.kind() {
            std::io::ErrorKind::StorageFull => StorageFailure::Full,
            std::io::ErrorKind::PermissionDenied => StorageFailure::Locked,
            _ => StorageFailure::Failing,
        },
    }
}

fn extended_code(error: &rusqlite::Error) -> Option<std::ffi::c_int> {
    error.sqlite_error().map(|error| error.extended_code)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod trials;
