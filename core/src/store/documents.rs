//! Sealed documents beside the database: one row for each, one file for each row. A row is written before its file is made,
//! and a file gets its last name before its row says that it is whole, so that looking at both tells what happened.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, Row, Transaction, params};

use super::{DataKey, Store};
use crate::problem::Problem;

/// The folder of sealed documents, and that of the copies which the person hands on.
const SEALED: &str = "documents";
const SHARED: &str = "shared";
/// The ending of a file that is not whole yet.
pub const PART: &str = "part";
/// The ending of a whole one.
pub const WHOLE: &str = "sealed";

/// Whose documents, as long as they are.
#[derive(Clone)]
pub struct DocumentOwner {
    /// Names the person's rows.
    pub subject: String,
    /// Seals the person's files.
    pub key: DataKey,
    /// Whether it is still the person who is signed in; nothing is kept otherwise.
    pub still: Arc<dyn Fn() -> bool + Send + Sync>,
}

impl std::fmt::Debug for DocumentOwner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DocumentOwner(…)")
    }
}

/// How far a document has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentState {
    /// Some of it is here.
    Partial,
    /// All of it is here, verified.
    Ready,
    /// It was here; the room was needed, or the phone took it.
    Evicted,
}

/// A document's row. It tells nothing of the bill without the person's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// Whose.
    pub subject: String,
    /// Which: a keyed name.
    pub key: String,
    /// How far.
    pub state: DocumentState,
    /// The name of its file, without ending; another one for each attempt.
    pub file: String,
    /// What is known of the document, sealed.
    pub sealed: Vec<u8>,
    /// The size of the file, when it is whole.
    pub bytes: u64,
    /// When the row was written, in milliseconds since 1970 UTC.
    pub changed_ms: i64,
    /// When the person opened it last, likewise.
    pub opened_ms: i64,
    /// It is never dropped to make room.
    pub pinned: bool,
}

impl DocumentRow {
    /// Its file as it is not whole yet.
    pub fn part(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.{PART}", self.file))
    }

    /// Its file when it is whole.
    pub fn whole(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.{WHOLE}", self.file))
    }
}

/// A step of the schema.
pub(super) const TABLE: &str = "
    CREATE TABLE document (
        subject    TEXT    NOT NULL,
        key        TEXT    NOT NULL,
        state      INTEGER NOT NULL,
        file       TEXT    NOT NULL,
        sealed     BLOB    NOT NULL,
        bytes      INTEGER NOT NULL,
        changed_ms INTEGER NOT NULL,
        opened_ms  INTEGER NOT NULL,
        pinned     INTEGER NOT NULL,
        PRIMARY KEY (subject, key)
    ) STRICT, WITHOUT ROWID;
";

impl Store {
    /// The folder of sealed documents.
    pub fn documents_folder(&self) -> PathBuf {
        self.dir().join(SEALED)
    }

    /// The folder of copies that other apps may read.
    pub fn shared_folder(&self) -> PathBuf {
        self.dir().join(SHARED)
    }

    /// Every document's row of whoever is left.
    pub async fn documents(&self) -> Result<Vec<DocumentRow>, Problem> {
        self.write(|tx| read_all(tx)).await
    }

    /// Keeps a row, replacing an older one. `still` is asked when the row's turn has come, behind every wipe that was
    /// queued before it; false when it is the person's no more.
    pub async fn keep_document(&self, owner: &DocumentOwner, row: DocumentRow) -> Result<bool, Problem> {
        let still = owner.still.clone();
        self.write(move |tx| {
            if !still() {
                return Ok(false);
            }
            put(tx, &row)?;
            Ok(true)
        })
        .await
    }

    /// Keeps rows that are there already, after a change that needs nobody to be signed in. One that is gone stays gone.
    pub async fn change_documents(&self, rows: Vec<DocumentRow>) -> Result<(), Problem> {
        self.write(move |tx| {
            for row in &rows {
                tx.execute(
                    "UPDATE document SET state = ?4, bytes = ?5, opened_ms = ?6, pinned = ?7
                     WHERE subject = ?1 AND key = ?2 AND file = ?3",
                    params![row.subject, row.key, row.file, number(row.state), row.bytes, row.opened_ms, row.pinned],
                )?;
            }
            Ok(())
        })
        .await
    }

    /// Forgets rows, each if it is still of that file.
    pub async fn forget_documents(&self, rows: Vec<DocumentRow>) -> Result<(), Problem> {
        self.write(move |tx| {
            for row in &rows {
                tx.execute(
                    "DELETE FROM document WHERE subject = ?1 AND key = ?2 AND file = ?3",
                    params![row.subject, row.key, row.file],
                )?;
            }
            Ok(())
        })
        .await
    }
}

fn put(tx: &Transaction<'_>, row: &DocumentRow) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT OR REPLACE INTO document (subject, key, state, file, sealed, bytes, changed_ms, opened_ms, pinned)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            row.subject,
            row.key,
            number(row.state),
            row.file,
            row.sealed,
            row.bytes,
            row.changed_ms,
            row.opened_ms,
            row.pinned
        ],
    )?;
    Ok(())
}

pub(super) fn read_all(connection: &Connection) -> rusqlite::Result<Vec<DocumentRow>> {
    let mut statement = connection
        .prepare("SELECT subject, key, state, file, sealed, bytes, changed_ms, opened_ms, pinned FROM document")?;
    statement.query_map([], from_row)?.collect()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        subject: row.get(0)?,
        key: row.get(1)?,
        state: match row.get(2)? {
            1 => DocumentState::Ready,
            2 => DocumentState::Evicted,
            _ => DocumentState::Partial,
        },
        file: row.get(3)?,
        sealed: row.get(4)?,
        bytes: row.get(5)?,
        changed_ms: row.get(6)?,
        opened_ms: row.get(7)?,
        pinned: row.get(8)?,
    })
}

const fn number(state: DocumentState) -> i64 {
    match state {
        DocumentState::Partial => 0,
        DocumentState::Ready => 1,
        DocumentState::Evicted => 2,
    }
}

/// Removes the rows of everybody but `spared`, and every sealed file that is left without one: when does not matter, since
/// their key is gone.
pub(super) fn wipe_all_but(tx: &Transaction<'_>, dir: &Path, spared: Option<&str>) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM document WHERE subject IS NOT ?1", [spared])?;
    let kept: Vec<String> = read_all(tx)?.into_iter().map(|row| row.file).collect();
    for path in files(&dir.join(SEALED)) {
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        if !kept.iter().any(|file| Some(&**file) == stem) {
            let _ = fs::remove_file(path);
        }
    }
    Ok(())
}

/// Removes the copies that were handed on.
pub(super) fn remove_copies(dir: &Path) -> std::io::Result<()> {
    files(&dir.join(SHARED)).iter().try_for_each(|path| remove(path))
}

/// The files of a folder; none of one that is not there.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_file()).collect()
}

/// Makes one of the folders, for its owner's eyes only.
pub fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Gives a file its last name; on the disk when this returns.
pub fn publish(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::rename(from, to)?;
    match to.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// Removes a file; one that is not there is removed.
pub fn remove(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
