//! What this installation remembers whoever is signed in: nothing of a person, and so neither sealed nor wiped with anybody.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::Store;
use super::outbox::{Amend, foreign};
use super::snapshot::{Snapshot, decoded, encoded};
use crate::problem::Problem;

/// A step of the schema.
pub(super) const TABLE: &str = "
    CREATE TABLE installed (
        kind  TEXT PRIMARY KEY,
        value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
";

/// A row as it lies in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    kind: String,
    value: Vec<u8>,
}

impl Installed {
    /// The row as an `M`. None when it is of another kind or revision, or damaged.
    pub fn read<M: Snapshot>(&self) -> Option<M> {
        (self.kind == M::KIND).then(|| decoded(&self.value)).flatten()
    }
}

pub(super) fn read_all(connection: &Connection) -> rusqlite::Result<Vec<Installed>> {
    let mut statement = connection.prepare("SELECT kind, value FROM installed")?;
    let rows = statement.query_map([], |row| Ok(Installed { kind: row.get(0)?, value: row.get(1)? }))?;
    rows.collect()
}

impl Store {
    /// Moves the row of a kind on: `amend` gets it as it lies there, whichever process of the app wrote it, and decides. It
    /// is on the disk when this returns.
    pub async fn amend_installed<M: Snapshot, T: Send + 'static>(
        &self,
        amend: impl FnOnce(Option<M>) -> Amend<M, T> + Send + 'static,
    ) -> Result<T, Problem> {
        self.write(move |tx| {
            let keep = |model| {
                let value = encoded(&model).map_err(foreign)?;
                let put = "INSERT OR REPLACE INTO installed (kind, value) VALUES (?1, ?2)";
                tx.execute(put, params![M::KIND, value]).map(|_| ())
            };
            let drop = || tx.execute("DELETE FROM installed WHERE kind = ?1", [M::KIND]).map(|_| ());
            amend(find(tx, M::KIND)?.as_deref().and_then(decoded)).settle(keep, drop)
        })
        .await
    }
}

fn find(tx: &Transaction<'_>, kind: &str) -> rusqlite::Result<Option<Vec<u8>>> {
    tx.query_row("SELECT value FROM installed WHERE kind = ?1", [kind], |row| row.get(0)).optional()
}
