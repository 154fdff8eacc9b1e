//! What a person wishes, and whether the operator has heard of it: one sealed row for each switch, with the wish and what
//! becomes of it in one. A row is read, moved on and written in one transaction, so that no two processes of the app, no
//! kill and no late answer can part a wish from its fate.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::Store;
use super::seal::DataKey;
use super::snapshot::{Snapshot, place};
use crate::host::{Entropy, HostError};
use crate::problem::Problem;

/// A row as it lies in the database.
#[derive(Clone)]
pub struct Entry {
    /// Whose it is: a hash, never a name or number.
    pub subject: String,
    /// Which switch: a hash, never a number.
    pub key: String,
    /// The sealed model.
    pub sealed: Vec<u8>,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Entry(…)")
    }
}

/// What becomes of a row, and what is told of it.
#[derive(Debug)]
pub enum Amend<M, T> {
    /// It stays as it is.
    Leave(T),
    /// It is this from now on.
    Keep(M, T),
    /// It goes.
    Drop(T),
}

/// Whose row it is, and what seals it.
#[derive(Clone)]
pub struct Owner {
    /// The person's pseudonym.
    pub subject: String,
    /// The person's key.
    pub key: DataKey,
    /// For sealing.
    pub entropy: Arc<dyn Entropy>,
}

impl std::fmt::Debug for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Owner(…)")
    }
}

impl Entry {
    /// Opens the row; none when it is of another revision or was tampered with.
    pub fn open<M: Snapshot>(&self, data_key: &DataKey) -> Option<M> {
        let plain = data_key.open(&place(&self.subject, M::KIND, &self.key), &self.sealed)?;
        let (&revision, encoded) = plain.split_first()?;
        if revision != M::REVISION {
            return None;
        }
        postcard::from_bytes(encoded).ok()
    }

    fn seal<M: Snapshot>(owner: &Owner, key: &str, model: &M) -> Result<Entry, HostError> {
        let plain = postcard::to_extend(model, vec![M::REVISION]).map_err(|_| HostError::Failed)?;
        let sealed = owner.key.seal(&place(&owner.subject, M::KIND, key), &plain, &*owner.entropy)?;
        Ok(Entry { subject: owner.subject.clone(), key: key.to_owned(), sealed })
    }
}

impl Store {
    /// Moves a row on: `amend` gets it as it lies there and decides. It is on the disk when this returns. `wanted` is asked
    /// when its turn has come, behind every wipe that was queued before it; where it says no, nothing happens, and None is
    /// told.
    pub async fn amend<M: Snapshot, T: Send + 'static>(
        &self,
        owner: Owner,
        key: String,
        wanted: impl FnOnce() -> bool + Send + 'static,
        amend: impl FnOnce(Option<M>) -> Amend<M, T> + Send + 'static,
    ) -> Result<Option<T>, Problem> {
        self.write(move |tx| {
            if !wanted() {
                return Ok(None);
            }
            let found = read(tx, &owner.subject, &key)?.and_then(|entry| entry.open(&owner.key));
            Ok(Some(match amend(found) {
                Amend::Leave(told) => told,
                Amend::Keep(model, told) => {
                    put(tx, &Entry::seal(&owner, &key, &model).map_err(foreign)?)?;
                    told
                }
                Amend::Drop(told) => {
                    tx.execute("DELETE FROM outbox WHERE subject = ?1 AND key = ?2", [&owner.subject, &key])?;
                    told
                }
            }))
        })
        .await
    }

    /// Every row of a subject as it lies there now, whichever process of the app wrote it.
    pub async fn outbox(&self, subject: String) -> Result<Vec<Entry>, Problem> {
        self.write(move |tx| read_all(tx, Some(&subject))).await
    }
}

fn foreign(error: HostError) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}

fn read(tx: &Transaction<'_>, subject: &str, key: &str) -> rusqlite::Result<Option<Entry>> {
    tx.query_row("SELECT sealed FROM outbox WHERE subject = ?1 AND key = ?2", [subject, key], |row| {
        Ok(Entry { subject: subject.to_owned(), key: key.to_owned(), sealed: row.get(0)? })
    })
    .optional()
}

fn put(tx: &Transaction<'_>, entry: &Entry) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT OR REPLACE INTO outbox (subject, key, sealed) VALUES (?1, ?2, ?3)",
        params![entry.subject, entry.key, entry.sealed],
    )?;
    Ok(())
}

/// Every row of a subject.
pub(super) fn read_all(connection: &Connection, subject: Option<&str>) -> rusqlite::Result<Vec<Entry>> {
    let mut statement = connection.prepare("SELECT subject, key, sealed FROM outbox WHERE subject = ?1")?;
    let found = statement
        .query_map([subject], |row| Ok(Entry { subject: row.get(0)?, key: row.get(1)?, sealed: row.get(2)? }))?;
    found.collect()
}

pub(super) fn wipe_all_but(tx: &Transaction<'_>, spared: Option<&str>) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM outbox WHERE subject IS NOT ?1", [spared])?;
    Ok(())
}

/// Step 3 of the schema.
pub(super) const TABLES: &str = "
    CREATE TABLE outbox (
        subject TEXT NOT NULL,
        key     TEXT NOT NULL,
        sealed  BLOB NOT NULL,
        PRIMARY KEY (subject, key)
    ) STRICT, WITHOUT ROWID;
";
