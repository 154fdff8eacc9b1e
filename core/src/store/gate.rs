//! How long the operator asked to be left alone, kept so that a new start of the app does not come too early.

use rusqlite::{Connection, params};

use super::Store;
use crate::operator::gate::Wait;
use crate::problem::Problem;

/// Step 3 of the schema.
pub(super) const TABLE: &str = "
    CREATE TABLE gate (
        origin   TEXT    PRIMARY KEY,
        until_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
";

pub(super) fn read(connection: &Connection) -> rusqlite::Result<Vec<Wait>> {
    let mut statement = connection.prepare("SELECT origin, until_ms FROM gate")?;
    let rows = statement.query_map([], |row| Ok(Wait { origin: row.get(0)?, until_ms: row.get(1)? }))?;
    rows.collect()
}

impl Store {
    /// Keeps these waits and no others.
    pub async fn keep_waits(&self, waits: Vec<Wait>) -> Result<(), Problem> {
        self.write(move |tx| {
            tx.execute("DELETE FROM gate", [])?;
            for wait in &waits {
                tx.execute("INSERT INTO gate (origin, until_ms) VALUES (?1, ?2)", params![wait.origin, wait.until_ms])?;
            }
            Ok(())
        })
        .await
    }
}
