//! Sealed rows: (subject, kind, key) → sealed model, with its entity tag and its three times.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::alerts::{self, AlertBook};
use super::documents::{self, DocumentRow};
use super::installed::Installed;
use super::ledger::Ledger;
use super::outbox::{self, Entry};
use super::seal::DataKey;
use crate::host::{Entropy, HostError};
use crate::operator::gate::Wait;
use crate::operator::time::Anchor;

/// A model that is kept. A change of its shape takes a new revision: what an older app kept is then fetched again.
pub trait Snapshot: Serialize + DeserializeOwned {
    /// Names the kind of row.
    const KIND: &'static str;
    /// The revision of the shape.
    const REVISION: u8;
}

/// Everything kept of a subject.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Its rows, still sealed.
    pub rows: Vec<Row>,
    /// What is recorded of its alerts.
    pub alerts: AlertBook,
    /// What the person wishes and the operator has not heard of yet, still sealed.
    pub outbox: Vec<Entry>,
    /// Which documents are here.
    pub documents: Vec<DocumentRow>,
    /// The operator's last time.
    pub anchor: Option<Anchor>,
    /// How long the operator asked to be left alone.
    pub waits: Vec<Wait>,
    /// What the installation remembers whoever is signed in.
    pub installed: Vec<Installed>,
    /// The session beside its secrets.
    pub ledger: Ledger,
    /// What was kept was lost with a database found damaged, and the person does not know yet.
    pub lost: bool,
    /// The name of this installation, where somebody may be signed in.
    pub install: Option<String>,
}

/// A row as it lies in the database.
#[derive(Clone)]
pub struct Row {
    /// Whose it is: a hash, never a name or number.
    pub subject: String,
    /// What it is.
    pub kind: String,
    /// Which one: a hash, never a number.
    pub key: String,
    /// The sealed model.
    pub sealed: Vec<u8>,
    /// The operator's entity tag.
    pub etag: Option<String>,
    /// Until when the operator counted; absent when it gives no time. Milliseconds since 1970 UTC, as all three.
    pub counted_ms: Option<i64>,
    /// Last 200 or 304.
    pub checked_ms: i64,
    /// Last 200.
    pub received_ms: i64,
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// A model with its times, unsealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    /// The model.
    pub model: T,
    /// The operator's entity tag.
    pub etag: Option<String>,
    /// Until when the operator counted, in milliseconds since 1970 UTC.
    pub counted_ms: Option<i64>,
    /// Last 200 or 304.
    pub checked_ms: i64,
    /// Last 200.
    pub received_ms: i64,
}

impl<T> Dated<T> {
    /// The same times of another form of the model.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Dated<U> {
        let Dated { model, etag, counted_ms, checked_ms, received_ms } = self;
        Dated { model: form(model), etag, counted_ms, checked_ms, received_ms }
    }
}

impl<T: Snapshot> Dated<T> {
    /// Seals the model into a row.
    pub fn seal(&self, subject: &str, key: &str, data_key: &DataKey, entropy: &dyn Entropy) -> Result<Row, HostError> {
        let plain = encoded(&self.model)?;
        let bound = bound(subject, T::KIND, key, self.etag.as_deref(), self.counted_ms, self.received_ms);
        let sealed = data_key.seal(&bound, &plain, entropy)?;
        Ok(Row {
            subject: subject.to_owned(),
            kind: T::KIND.to_owned(),
            key: key.to_owned(),
            sealed,
            etag: self.etag.clone(),
            counted_ms: self.counted_ms,
            checked_ms: self.checked_ms,
            received_ms: self.received_ms,
        })
    }
}

impl Row {
    /// Opens the row as a `T`. None when it is of another kind, another revision, or was tampered with: what cannot be
    /// read counts as missing and is fetched again.
    pub fn open<T: Snapshot>(&self, data_key: &DataKey) -> Option<Dated<T>> {
        if self.kind != T::KIND {
            return None;
        }
        let plain = self.unsealed(data_key)?;
        Some(Dated {
            model: decoded(&plain)?,
            etag: self.etag.clone(),
            counted_ms: self.counted_ms,
            // Moved by every 304, and so outside the seal. What came was checked when it came, whatever stands here.
            checked_ms: self.checked_ms.max(self.received_ms),
            received_ms: self.received_ms,
        })
    }

    /// What is sealed in the row, whatever it is. None: it is not this key's, or no longer what was sealed.
    pub fn unsealed(&self, data_key: &DataKey) -> Option<Vec<u8>> {
        let Row { subject, kind, key, etag, counted_ms, received_ms, sealed, .. } = self;
        data_key.open(&bound(subject, kind, key, etag.as_deref(), *counted_ms, *received_ms), sealed)
    }
}

/// A model as bytes, led by the revision of its shape.
pub(super) fn encoded<T: Snapshot>(model: &T) -> Result<Vec<u8>, HostError> {
    postcard::to_extend(model, vec![T::REVISION]).map_err(|_| HostError::Failed)
}

/// The model; none where it is of another revision or damaged.
pub(super) fn decoded<T: Snapshot>(bytes: &[u8]) -> Option<T> {
    let (&revision, encoded) = bytes.split_first()?;
    (revision == T::REVISION).then(|| postcard::from_bytes(encoded).ok()).flatten()
}

/// What a row is sealed for: its place, and what tells of which answer it is. With the entity tag of another row, or of
/// another day, the operator would say that nothing has changed; with other times it would be shown as of then.
fn bound(
    subject: &str,
    kind: &str,
    key: &str,
    etag: Option<&str>,
    counted_ms: Option<i64>,
    received_ms: i64,
) -> Vec<u8> {
    let mut bound = place(subject, kind, key);
    bound.push(0);
    bound.extend_from_slice(&received_ms.to_be_bytes());
    bound.push(u8::from(counted_ms.is_some()));
    bound.extend_from_slice(&counted_ms.unwrap_or_default().to_be_bytes());
    // Last, since it may be of any length.
    bound.push(u8::from(etag.is_some()));
    bound.extend_from_slice(etag.unwrap_or_default().as_bytes());
    bound
}

pub(super) fn place(subject: &str, kind: &str, key: &str) -> Vec<u8> {
    [subject, kind, key].join("\0").into_bytes()
}

/// Everything of a subject and the operator's last time, in one statement.
pub(super) fn read_all(connection: &Connection, subject: Option<&str>) -> rusqlite::Result<Kept> {
    let mut statement = connection.prepare(
        "SELECT kind, key, sealed, etag, counted_ms, checked_ms, received_ms, server_ms, elapsed_ms, boot_id,
            leaving, ask_who, account, generation, unanswered, refused, failures, failing_since_ms
         FROM session LEFT JOIN anchor LEFT JOIN snapshot ON subject = ?1",
    )?;
    let mut found = statement.query([subject])?;
    let mut kept = Kept::default();
    let mut first = true;
    while let Some(row) = found.next()? {
        if let (None, Some(server_ms)) = (&kept.anchor, row.get(7)?) {
            kept.anchor = Some(Anchor { server_ms, elapsed_ms: row.get(8)?, boot_id: row.get(9)? });
        }
        if first {
            kept.ledger = Ledger::from_row(row)?;
            first = false;
        }
        let (Some(subject), Some(kind)) = (subject, row.get(0)?) else { continue };
        kept.rows.push(Row {
            subject: subject.to_owned(),
            kind,
            key: row.get(1)?,
            sealed: row.get(2)?,
            etag: row.get(3)?,
            counted_ms: row.get(4)?,
            checked_ms: row.get(5)?,
            received_ms: row.get(6)?,
        });
    }
    if let Some(subject) = subject {
        kept.alerts = alerts::read(connection, subject)?;
        kept.documents = documents::read_all(connection)?;
    }
    Ok(kept)
}

/// One row as it lies there now.
pub(super) fn find(tx: &Transaction<'_>, subject: &str, kind: &str, key: &str) -> rusqlite::Result<Option<Row>> {
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Row {
            subject: subject.to_owned(),
            kind: kind.to_owned(),
            key: key.to_owned(),
            sealed: row.get(0)?,
            etag: row.get(1)?,
            counted_ms: row.get(2)?,
            checked_ms: row.get(3)?,
            received_ms: row.get(4)?,
        })
    };
    tx.query_row(
        "SELECT sealed, etag, counted_ms, checked_ms, received_ms FROM snapshot
         WHERE subject = ?1 AND kind = ?2 AND key = ?3",
        [subject, kind, key],
        read,
    )
    .optional()
}

pub(super) fn remove(tx: &Transaction<'_>, subject: &str, kind: &str, key: &str) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM snapshot WHERE subject = ?1 AND kind = ?2 AND key = ?3", [subject, kind, key]).map(drop)
}

pub(super) fn put(tx: &Transaction<'_>, row: &Row, anchor: Option<&Anchor>) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO snapshot (subject, kind, key, sealed, etag, counted_ms, checked_ms, received_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (subject, kind, key) DO UPDATE SET sealed = excluded.sealed, etag = excluded.etag,
            counted_ms = excluded.counted_ms, checked_ms = excluded.checked_ms, received_ms = excluded.received_ms",
        params![row.subject, row.kind, row.key, row.sealed, row.etag, row.counted_ms, row.checked_ms, row.received_ms],
    )?;
    keep_anchor(tx, anchor)
}

pub(super) fn checked(
    tx: &Transaction<'_>,
    subject: &str,
    kind: &str,
    key: &str,
    at_ms: i64,
    anchor: Option<&Anchor>,
) -> rusqlite::Result<()> {
    tx.execute(
        "UPDATE snapshot SET checked_ms = max(checked_ms, ?4) WHERE subject = ?1 AND kind = ?2 AND key = ?3",
        params![subject, kind, key, at_ms],
    )?;
    keep_anchor(tx, anchor)
}

pub(super) fn wipe_all_but(tx: &Transaction<'_>, spared: Option<&str>) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM snapshot WHERE subject IS NOT ?1", [spared])?;
    alerts::wipe_all_but(tx, spared)?;
    outbox::wipe_all_but(tx, spared)
}

pub(super) fn keep_anchor(tx: &Transaction<'_>, anchor: Option<&Anchor>) -> rusqlite::Result<()> {
    let Some(anchor) = anchor else { return Ok(()) };
    tx.execute(
        "INSERT OR REPLACE INTO anchor (id, server_ms, elapsed_ms, boot_id) VALUES (1, ?1, ?2, ?3)",
        params![anchor.server_ms, anchor.elapsed_ms, anchor.boot_id],
    )?;
    Ok(())
}
