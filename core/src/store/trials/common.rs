//! What the trials of the store share: folders, rows whose content is known, and the file as an older app left it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::host::SystemEntropy;
use crate::store::{DataKey, Dated, Kept, Row, Snapshot};

pub const SUBJECT: &str = "anna";
pub const DATABASE: &str = "companion.db";

/// A number that is shown, and so much beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure(pub u64, String);

impl Snapshot for Figure {
    const KIND: &'static str = "figure";
    const REVISION: u8 = 1;
}

pub fn key() -> DataKey {
    DataKey::from_bytes(&[7; 32]).unwrap()
}

/// A row with this number under this key, of about so many bytes.
pub fn row(name: usize, number: u64, bytes: usize) -> Row {
    let model = Figure(number, "of a row ".repeat(bytes / 9));
    let dated = Dated { model, etag: None, counted_ms: Some(1), checked_ms: 2, received_ms: 3 };
    dated.seal(SUBJECT, &name.to_string(), &key(), &SystemEntropy).unwrap()
}

/// The numbers that can be shown.
pub fn figures(kept: &Kept) -> BTreeMap<usize, u64> {
    let opened = kept.rows.iter().filter_map(|row| Some((row.key.parse().ok()?, row.open::<Figure>(&key())?.model.0)));
    opened.collect()
}

/// In memory where the system has such a place.
pub fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// The folder as a process leaves it that dies now.
pub fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Names in the folder.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The database's schema version and its tables.
pub fn shape(file: &Path) -> (usize, Vec<String>) {
    let connection = Connection::open(file).unwrap();
    let version = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    let mut statement = connection.prepare("SELECT sql FROM sqlite_schema ORDER BY name").unwrap();
    let tables = statement.query_map([], |row| Ok(row.get::<_, Option<String>>(0)?.unwrap_or_default())).unwrap();
    (version, tables.map(Result::unwrap).collect())
}
