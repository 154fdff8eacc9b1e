//! What a person wishes, and whether the operator has heard of it: one sealed row for each switch, with the wish and what
//! becomes of it in one. A row is read, moved on and written in one transaction, so that no two processes of the app, no
//! kill and no late answer can part a wish from its fate.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::Store;
use super::seal::DataKey;
use super::snapshot::{Snapshot, decoded, encoded, place};
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

impl<M, T> Amend<M, T> {
    /// Does what was decided, and tells what is told of it.
    pub(super) fn settle(
        self,
        keep: impl FnOnce(M) -> rusqlite::Result<()>,
        drop: impl FnOnce() -> rusqlite::Result<()>,
    ) -> rusqlite::Result<T> {
        match self {
            Amend::Leave(told) => Ok(told),
            Amend::Keep(model, told) => keep(model).map(|()| told),
            Amend::Drop(told) => drop().map(|()| told),
        }
    }
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
        decoded(&plain)
    }

    fn seal<M: Snapshot>(owner: &Owner, key: &str, model: &M) -> Result<Entry, HostError> {
        let plain = encoded(model)?;
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
            let keep = |model| put(tx, &Entry::seal(&owner, &key, &model).map_err(foreign)?);
            let drop =
                || tx.execute("DELETE FROM outbox WHERE subject = ?1 AND key = ?2", [&owner.subject, &key]).map(|_| ());
            amend(found).settle(keep, drop).map(Some)
        })
        .await
    }

    /// Every row of a subject as it lies there now, whichever process of the app wrote it.
    pub async fn outbox(&self, subject: String) -> Result<Vec<Entry>, Problem> {
        self.write(move |tx| read_all(tx, Some(&subject))).await
    }
}

/// A phone's address for notifications.
#[derive(Debug)]
pub struct Push<M> {
    /// Its name at the operator.
    pub registration: String,
    /// What it is.
    pub address: M,
    /// When the operator last took it.
    pub told_ms: Option<i64>,
    /// The row as it was read: whatever is written later is another one.
    sealed: Vec<u8>,
}

/// The name under which the operator may know the address of somebody who is gone from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// The name.
    pub registration: String,
    /// When it was last about to be told to the operator. It may have been on its way since.
    pub sent_ms: Option<i64>,
}

impl Store {
    /// Keeps a phone's address, under the name it has already or the one proposed. One that is new or differs is to be told
    /// to the operator: true then.
    pub async fn keep_push<M: Snapshot + PartialEq + Send + 'static>(
        &self,
        owner: Owner,
        proposed: String,
        address: M,
        wanted: impl FnOnce() -> bool + Send + 'static,
    ) -> Result<bool, Problem> {
        self.write(move |tx| {
            if !wanted() {
                return Ok(false);
            }
            let found = read_push::<M>(tx, &owner)?;
            if let Some(known) = found.as_ref().filter(|known| known.address == address) {
                return Ok(known.told_ms.is_none());
            }
            let registration = found.map_or(proposed, |known| known.registration);
            let entry = Entry::seal(&owner, &registration, &address).map_err(foreign)?;
            tx.execute(
                "INSERT INTO push (registration, subject, sealed) VALUES (?1, ?2, ?3)
                 ON CONFLICT (registration) DO UPDATE SET sealed = excluded.sealed, told_ms = NULL",
                params![registration, owner.subject, entry.sealed],
            )?;
            Ok(true)
        })
        .await
    }

    /// The phone's address.
    pub async fn push<M: Snapshot + Send + 'static>(&self, owner: Owner) -> Result<Option<Push<M>>, Problem> {
        self.write(move |tx| read_push(tx, &owner)).await
    }

    /// The address is about to be told to the operator: whatever happens, it may know it from here on. False when it is
    /// another one by now, or its person has left.
    pub async fn push_sent<M>(&self, push: &Push<M>, at_ms: i64) -> Result<bool, Problem> {
        self.mark_push(push, "UPDATE push SET sent_ms = ?3 WHERE registration = ?1 AND sealed = ?2", at_ms).await
    }

    /// The operator took this address. False when it is another one by now, or its person has left.
    pub async fn push_told<M>(&self, push: &Push<M>, at_ms: i64) -> Result<bool, Problem> {
        self.mark_push(push, "UPDATE push SET told_ms = ?3 WHERE registration = ?1 AND sealed = ?2", at_ms).await
    }

    async fn mark_push<M>(&self, push: &Push<M>, statement: &'static str, at_ms: i64) -> Result<bool, Problem> {
        let (registration, sealed) = (push.registration.clone(), push.sealed.clone());
        self.write(move |tx| Ok(tx.execute(statement, params![registration, sealed, at_ms])? == 1)).await
    }

    /// The addresses of people who are gone from here that the operator may know.
    pub async fn push_tombstones(&self) -> Result<Vec<Tombstone>, Problem> {
        self.write(|tx| {
            let mut statement = tx.prepare("SELECT registration, sent_ms FROM push WHERE subject IS NULL")?;
            let found =
                statement.query_map([], |row| Ok(Tombstone { registration: row.get(0)?, sent_ms: row.get(1)? }))?;
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
    Ok(found.and_then(|(entry, told_ms)| {
        let address = entry.open(&owner.key)?;
        Some(Push { registration: entry.key, address, told_ms, sealed: entry.sealed })
    }))
}

pub(super) fn foreign(error: HostError) -> rusqlite::Error {
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

/// A step of the schema.
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

/// A later step of the schema: when an address was last about to be told.
pub(super) const SENT: &str = "ALTER TABLE push ADD COLUMN sent_ms INTEGER;";
