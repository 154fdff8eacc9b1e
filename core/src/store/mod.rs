//! The only room that knows SQL: sealed snapshots in one SQLite file, one connection, one writer thread.
//! Reading happens once, when the core opens, on the caller's thread and before any thread is started; from then on
//! the features answer from memory and the store only writes. Suspended means no connection, no lock, no descriptor.

mod schema;
pub mod seal;
pub mod snapshot;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::Connection;

pub use seal::{DataKey, pseudonym};
pub use snapshot::{Dated, Kept, Row, Snapshot};

use crate::operator::time::Anchor;
use crate::problem::{Problem, StorageFailure};
use writer::Writer;

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
    /// Nobody: closed until `resume`.
    Suspended,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

impl Store {
    /// Opens the database in `dir`, creating or upgrading it, and reads everything kept of a subject, still sealed.
    pub fn open(dir: &Path, subject: Option<&str>) -> Result<(Store, Kept), Problem> {
        let file = dir.join("companion.db");
        let first_read = |connection: &Connection| match subject {
            Some(subject) => snapshot::read_all(connection, subject),
            None => Ok(Kept::default()),
        };
        let (connection, kept) = match schema::connect(&file, first_read) {
            Err(error) if schema::directory_missing(&error, dir) => {
                schema::create_directory(dir)?;
                schema::connect(&file, first_read).map_err(problem)?
            }
            outcome => outcome.map_err(problem)?,
        };
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

    /// Removes every byte of a subject.
    pub async fn wipe(&self, subject: String) -> Result<(), Problem> {
        self.write(move |tx| snapshot::wipe(tx, &subject)).await
    }

    async fn write(
        &self,
        job: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<()> + Send + 'static,
    ) -> Result<(), Problem> {
        let done = {
            let mut link = self.lock();
            if let Link::Idle(_) = &*link {
                self.start_writing(&mut link).map_err(problem)?;
            }
            match &*link {
                Link::Writing(writer) => writer.submit(job),
                Link::Idle(_) | Link::Suspended => return Err(suspended()),
            }
        };
        match done.await {
            Ok(outcome) => outcome.map_err(problem),
            Err(_) => Err(suspended()),
        }
    }

    /// Hands the connection to a writer; when that fails, reading and trying again stay possible.
    fn start_writing(&self, link: &mut Link) -> rusqlite::Result<()> {
        if let Link::Idle(connection) = std::mem::replace(link, Link::Suspended) {
            match schema::at_todays_schema(connection, &self.file).and_then(Writer::start) {
                Ok(writer) => *link = Link::Writing(writer),
                Err(error) => {
                    *link = Link::Idle(Connection::open(&self.file)?);
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// Drains what is being written, checkpoints and closes. Further writes are refused until [`Store::resume`].
    /// Fails when the deadline passes first; the writer then closes as soon as it can.
    pub fn suspend(&self, deadline: Duration) -> Result<(), Problem> {
        let link = std::mem::replace(&mut *self.lock(), Link::Suspended);
        match link {
            Link::Idle(connection) => writer::close(connection).map_err(problem),
            Link::Writing(writer) => writer.stop(deadline).map_err(problem),
            Link::Suspended => Ok(()),
        }
    }

    /// Opens again after [`Store::suspend`]; without one it does nothing.
    pub fn resume(&self) -> Result<(), Problem> {
        let mut link = self.lock();
        if let Link::Suspended = &*link {
            *link = Link::Idle(Connection::open(&self.file).map_err(problem)?);
        }
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Link> {
        self.link.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn suspended() -> Problem {
    Problem::StorageUnavailable { reason: StorageFailure::Suspended }
}

/// Sorts a database error by what a person can do about it; its text may hold SQL and goes nowhere.
fn problem(error: rusqlite::Error) -> Problem {
    use rusqlite::ErrorCode;
    let reason = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StorageFailure::Full,
        // What a phone answers before its first unlock (codes 10, 14 and 23).
        Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure | ErrorCode::AuthorizationForStatementDenied) => {
            StorageFailure::Locked
        }
        _ => StorageFailure::Failing,
    };
    Problem::StorageUnavailable { reason }
}

#[cfg(test)]
mod tests;
