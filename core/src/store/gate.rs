//! How long the operator asked to be left alone, kept so that a new start of the app does not come too early.

use rusqlite::{Connection, params};

use super::Store;
use crate::operator::gate::Wait;
use crate::problem::Problem;

/// A step of the schema.
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
    /// Keeps these waits beside those that other processes were asked for, and forgets what is over at `now_ms`.
    pub async fn keep_waits(&self, waits: Vec<Wait>, now_ms: i64) -> Result<(), Problem> {
        self.write(move |tx| {
            tx.execute("DELETE FROM gate WHERE until_ms <= ?1", [now_ms])?;
            for wait in &waits {
                tx.execute(
                    "INSERT INTO gate (origin, until_ms) VALUES (?1, ?2)
                     ON CONFLICT (origin) DO UPDATE SET until_ms = max(until_ms, excluded.until_ms)",
                    params![wait.origin, wait.until_ms],
                )?;
            }
            Ok(())
        })
        .await
    }
}
