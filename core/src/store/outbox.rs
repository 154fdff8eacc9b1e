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

/// A phone's address for notifications: its name at the operator, what it is, and when the operator last took it.
pub type Push<M> = (String, M, Option<i64>);

impl Store {
    /// Keeps a phone's address, under the name it has already or the one proposed. One that is new or differs is to be told
    /// to the operator.
    pub async fn keep_push<M: Snapshot + PartialEq + Send + 'static>(
        &self,
        owner: Owner,
        proposed: String,
        address: M,
        wanted: impl FnOnce() -> bool + Send + 'static,
    ) -> Result<(), Problem> {
        self.write(move |tx| {
            if !wanted() {
                return Ok(());
            }
            let found = read_push::<M>(tx, &owner)?;
            if found.as_ref().is_some_and(|(_, known, _)| *known == address) {
                return Ok(());
            }
            let registration = found.map_or(proposed, |(registration, ..)| registration);
            let entry = Entry::seal(&owner, &registration, &address).map_err(foreign)?;
            tx.execute(
                "INSERT OR REPLACE INTO push (registration, subject, sealed, told_ms) VALUES (?1, ?2, ?3, NULL)",
                params![registration, owner.subject, entry.sealed],
            )?;
            Ok(())
        })
        .await
    }

    /// The phone's address.
    pub async fn push<M: Snapshot + Send + 'static>(&self, owner: Owner) -> Result<Option<Push<M>>, Problem> {
        self.write(move |tx| read_push(tx, &owner)).await
    }

    /// The operator took the address.
    pub async fn push_told(&self, registration: String, at_ms: i64) -> Result<(), Problem> {
        self.write(move |tx| {
            tx.execute("UPDATE push SET told_ms = ?2 WHERE registration = ?1", params![registration, at_ms])?;
            Ok(())
        })
        .await
    }

    /// The names under which the operator may know addresses of people who are gone from here.
    pub async fn push_tombstones(&self) -> Result<Vec<String>, Problem> {
        self.write(|tx| {
            let mut statement = tx.prepare("SELECT registration FROM push WHERE subject IS NULL")?;
            let found = statement.query_map([], |row| row.get(0))?;
            found.collect()
        })
        .await
    }

    /// The operator knows the address no more.
    pub async fn push_gone(&self, registration: String) -> Result<(), Problem> {
        self.write(move |tx| {
            tx.execute("DELETE FROM push WHERE registration = ?1 AND subject IS NULL", [registration])?;
            Ok(())
        })
        .await
    }
}

fn read_push<M: Snapshot>(tx: &Transaction<'_>, owner: &Owner) -> rusqlite::Result<Option<Push<M>>> {
    let found = tx
        .query_row("SELECT registration, sealed, told_ms FROM push WHERE subject = ?1", [&owner.subject], |row| {
            let (key, told_ms): (String, Option<i64>) = (row.get(0)?, row.get(2)?);
            Ok((Entry { subject: owner.subject.clone(), key, sealed: row.get(1)? }, told_ms))
        })
        .optional()?;
    Ok(found.and_then(|(entry, told_ms)| Some((entry.key.clone(), entry.open(&owner.key)?, told_ms))))
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
    // The operator is told by a name that says nothing of anybody.
    tx.execute("UPDATE push SET subject = NULL, sealed = NULL WHERE subject IS NOT ?1", [spared])?;
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
    CREATE TABLE push (
        registration TEXT PRIMARY KEY,
        subject      TEXT,
        sealed       BLOB,
        told_ms      INTEGER
    ) STRICT;
";
