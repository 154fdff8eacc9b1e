//! The file itself: directory, schema steps and what happens to a file that cannot be read.
//! Steps only go forward; a file of a newer app or one that is broken is set aside, never deleted.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::loss;
use crate::problem::Problem;

/// Marks the file as ours (`PRAGMA application_id`): "COMP".
const APPLICATION_ID: i32 = 0x434F_4D50;

/// Why a file was set aside, at the end of its name.
pub(super) const BROKEN: &str = "broken";
const NEWER: &str = "newer";

/// Step n takes a database from `user_version` n to n + 1.
pub(super) const STEPS: &[&str] = &[
    "
    CREATE TABLE snapshot (
        subject     TEXT    NOT NULL,
        kind        TEXT    NOT NULL,
        key         TEXT    NOT NULL,
        sealed      BLOB    NOT NULL,
        etag        TEXT,
        counted_ms  INTEGER,
        checked_ms  INTEGER NOT NULL,
        received_ms INTEGER NOT NULL,
        PRIMARY KEY (subject, kind, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE anchor (
        id         INTEGER PRIMARY KEY CHECK (id = 1),
        server_ms  INTEGER NOT NULL,
        elapsed_ms INTEGER NOT NULL,
        boot_id    TEXT    NOT NULL
    ) STRICT;
",
    super::ledger::TABLE,
    super::gate::TABLE,
    super::alerts::TABLE,
    super::outbox::TABLES,
    super::outbox::SENT,
    super::documents::TABLE,
    super::installed::TABLE,
];

/// Opens the file and does the first read, in the fewest steps: it stands between a tap and the first figure. Only when
/// that fails is the file looked at more closely: created, upgraded, or set aside when it is broken.
pub(super) fn connect<T>(
    file: &Path,
    first_read: impl Fn(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<(Connection, T)> {
    let attempt = || {
        let connection = Connection::open(file)?;
        let read = first_read(&connection)?;
        Ok((connection, read))
    };
    let outcome = attempt();
    let Err(error) = &outcome else { return outcome };
    if matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen)
    ) {
        return read_untouched(file, &first_read).unwrap_or(outcome);
    }
    let prepare = || Connection::open(file).and_then(|connection| at_todays_schema(connection, file)).map(drop);
    // SQLITE_ERROR: the tables are not there, or not yet as this app knows them.
    let outcome = if is_sql(error) { prepare().and_then(|()| attempt()) } else { outcome };
    match &outcome {
        // It is the schema itself that is damaged, where an upgrade does not help.
        Err(error) if is_unreadable(error) || is_sql(error) => {
            set_aside(file, BROKEN);
            loss::note(file);
            prepare()?;
            attempt()
        }
        _ => outcome,
    }
}

fn is_sql(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::Unknown)
}

/// Even reading makes SQLite write beside the file (the index of its log). Where that cannot be, as on a full disk, the
/// file is read as it lies: what was kept is shown, and the first write tells what is the matter.
fn read_untouched<T>(
    file: &Path,
    read: impl Fn(&Connection) -> rusqlite::Result<T>,
) -> Option<rusqlite::Result<(Connection, T)>> {
    if has_log(file) {
        return read_alone(file, read);
    }
    let mut address = url::Url::from_file_path(std::path::absolute(file).ok()?).ok()?;
    address.set_query(Some("immutable=1"));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let kept = read(&Connection::open_with_flags(address.as_str(), flags).ok()?).ok()?;
    Some(Connection::open(file).map(|connection| (connection, kept)))
}

/// Whether the newest of what was written may lie in the log alone.
fn has_log(file: &Path) -> bool {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    match std::fs::metadata(PathBuf::from(log)) {
        Ok(log) => log.len() > 0,
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    }
}

/// Reads with the log's index in memory: nobody else may have the file open, and nothing is written.
fn read_alone<T>(
    file: &Path,
    read: impl Fn(&Connection) -> rusqlite::Result<T>,
) -> Option<rusqlite::Result<(Connection, T)>> {
    let alone = Connection::open(file).ok()?;
    alone.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).ok()?;
    alone.pragma_update(None, "locking_mode", "EXCLUSIVE").ok()?;
    let kept = read(&alone).ok()?;
    drop(alone);
    Some(Connection::open(file).map(|connection| (connection, kept)))
}

/// Sees to it that a connection writes to today's schema and no other; a file that is broken or of a newer app is set
/// aside for a fresh one.
pub(super) fn at_todays_schema(mut connection: Connection, file: &Path) -> rusqlite::Result<Connection> {
    let version = |connection: &Connection| connection.query_row("PRAGMA user_version", [], |row| row.get(0));
    let found: usize = match version(&connection) {
        Err(error) if is_unreadable(&error) => {
            connection = afresh(connection, file, BROKEN)?;
            0
        }
        // Only caches live here: a newer app's file is kept for it, and the caches are fetched again.
        Ok(found) if found > STEPS.len() => {
            connection = afresh(connection, file, NEWER)?;
            0
        }
        found => found?,
    };
    if found == STEPS.len() {
        return Ok(connection);
    }
    match upgrade(&mut connection) {
        // A damaged file that looks like an older one.
        Err(error) if is_unreadable(&error) || is_sql(&error) => {
            connection = afresh(connection, file, BROKEN)?;
            upgrade(&mut connection)?;
        }
        outcome => outcome?,
    }
    Ok(connection)
}

fn afresh(connection: Connection, file: &Path, why: &str) -> rusqlite::Result<Connection> {
    drop(connection);
    set_aside(file, why);
    Connection::open(file)
}

fn upgrade(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: usize = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for step in STEPS.iter().skip(version) {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", STEPS.len())?;
    tx.commit()
}

/// Whether the file is damaged: SQLite says so, or a column holds what no app ever wrote there.
pub(super) fn is_unreadable(error: &rusqlite::Error) -> bool {
    use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, Utf8Error};
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
        || matches!(
            error,
            FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..) | Utf8Error(..)
        )
}

/// Whether the file as it lies there can be read.
pub(super) fn is_sound(file: &Path) -> bool {
    let checked = Connection::open(file)
        .and_then(|connection| connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0)));
    checked.is_ok_and(|verdict| verdict == "ok")
}

/// Moves a file away that this app cannot use, with what belongs to it.
pub(super) fn set_aside(file: &Path, why: &str) {
    // The file last: a fresh one beside the old one's log would take the log for its own.
    for suffix in ["-wal", "-shm", ""] {
        let mut from = file.as_os_str().to_owned();
        from.push(suffix);
        let mut to = file.as_os_str().to_owned();
        to.push(format!(".{why}{suffix}"));
        // A file that is not there needs no setting aside.
        let _ = std::fs::rename(PathBuf::from(from), PathBuf::from(to));
    }
}

/// Removes what was set aside: it may hold the rows of whoever has left.
pub(super) fn remove_set_aside(file: &Path) -> std::io::Result<()> {
    let (Some(dir), Some(name)) = (file.parent(), file.file_name()) else { return Ok(()) };
    for why in [BROKEN, NEWER] {
        for suffix in ["", "-wal", "-shm"] {
            super::file::remove(dir, &format!("{}.{why}{suffix}", name.to_string_lossy()))?;
        }
    }
    Ok(())
}

/// Whether opening failed only because the directory is not there yet.
pub(super) fn directory_missing(error: &rusqlite::Error, dir: &Path) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::CannotOpen) && !dir.exists()
}

/// Makes the directory, for its owner's eyes only.
pub(super) fn create_directory(dir: &Path) -> Result<(), Problem> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(dir).map_err(|error| super::file_problem(&error))
}
