//! The ledger of alerts: what a person was told, so that they are told once, whoever decides and whatever dies meanwhile.
//! A row is claimed before it is told and marked after; a claim is held for a minute, or by a process that lives.
//! Names are keyed hashes and contents are sealed: the file says how many alerts there were, not of what.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, Transaction, params};

use super::{Holder, Store};
use crate::host::{ClockReading, HostError};
use crate::problem::Problem;

/// Longer than an app needs to hand its notifications to the phone.
const CLAIM_MS: i64 = 60_000;

/// What has become of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertState {
    /// Somebody tells it right now, or died doing so.
    Claimed,
    /// Told.
    Posted,
    /// A higher one was told instead.
    Superseded,
    /// It was so before anybody looked.
    Baseline,
    /// It waits for the morning.
    Deferred,
}

impl AlertState {
    const fn name(self) -> &'static str {
        match self {
            AlertState::Claimed => "claimed",
            AlertState::Posted => "posted",
            AlertState::Superseded => "superseded",
            AlertState::Baseline => "baseline",
            AlertState::Deferred => "deferred",
        }
    }

    /// Whether the person has still to be told.
    pub const fn is_owed(self) -> bool {
        matches!(self, AlertState::Claimed | AlertState::Deferred)
    }

    fn of(name: &str) -> rusqlite::Result<AlertState> {
        let all = [Self::Claimed, Self::Posted, Self::Superseded, Self::Baseline, Self::Deferred];
        all.into_iter().find(|state| state.name() == name).ok_or(rusqlite::Error::InvalidQuery)
    }
}

/// An alert as it lies in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRow {
    /// Which one: a keyed hash.
    pub name: String,
    /// What has become of it.
    pub state: AlertState,
    /// What it is of, sealed; none of one that a push told before this phone found it itself.
    pub sealed: Option<Vec<u8>>,
    /// When it came to this state, in milliseconds since 1970 UTC.
    pub at_ms: i64,
}

/// The last evaluation of a counter, as it lies in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkRow {
    /// Which counter: a keyed hash.
    pub name: String,
    /// What was evaluated, sealed.
    pub sealed: Vec<u8>,
}

/// Everything recorded of a subject's alerts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlertBook {
    /// The alerts.
    pub rows: Vec<AlertRow>,
    /// The last evaluations.
    pub marks: Vec<MarkRow>,
}

/// What an evaluation wants recorded.
#[derive(Debug, Clone, Default)]
pub struct AlertOrders {
    /// New alerts: recorded unless they are there already.
    pub record: Vec<AlertRow>,
    /// Alerts owed from before: told by whoever gets the claim.
    pub tell: Vec<String>,
    /// Alerts owed from before that nobody need be told of any more.
    pub supersede: Vec<String>,
    /// Evaluations, replacing those of the same counter.
    pub marks: Vec<MarkRow>,
    /// Alerts of long ago.
    pub forget: Vec<String>,
    /// Evaluations of long ago.
    pub forget_marks: Vec<String>,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlertOutcome {
    /// The alerts that are the asker's to tell.
    pub ours: BTreeSet<String>,
    /// Everything recorded now.
    pub book: AlertBook,
}

/// Who evaluates, and when.
#[derive(Debug, Clone)]
pub struct Teller {
    /// Whose alerts: a pseudonym.
    pub subject: String,
    /// The process.
    pub holder: Holder,
    /// The phone's clocks.
    pub reading: ClockReading,
    /// The best known time, in milliseconds since 1970 UTC.
    pub now_ms: i64,
}

impl Store {
    /// Reads the book, lets `decide` decide and records it, all in one transaction: of any number that decide at once, one
    /// gets each claim. `wanted` is asked when the turn has come; without it nothing is decided.
    pub async fn decide_alerts(
        &self,
        teller: Teller,
        wanted: impl FnOnce() -> bool + Send + 'static,
        decide: impl FnOnce(&AlertBook) -> Result<AlertOrders, HostError> + Send + 'static,
    ) -> Result<AlertOutcome, Problem> {
        let decided = self.write(move |tx| {
            if !wanted() {
                return Ok(Ok(AlertOutcome::default()));
            }
            match decide(&read(tx, &teller.subject)?) {
                Ok(orders) => follow(tx, &teller, orders).map(Ok),
                Err(error) => Ok(Err(error)),
            }
        });
        Ok(decided.await??)
    }

    /// The alert was told. One that is not in the ledger is none of the subject's, and nothing happens.
    pub async fn alert_posted(&self, subject: String, name: String, at_ms: i64) -> Result<(), Problem> {
        self.write(move |tx| {
            tx.execute(
                "UPDATE alert SET state = 'posted', at_ms = ?3, life = NULL
                 WHERE subject = ?1 AND name = ?2 AND state IN ('claimed', 'deferred', 'superseded')",
                params![subject, name, at_ms],
            )?;
            Ok(())
        })
        .await
    }

    /// A push brings the alert: true when it is the asker's to tell, false when it was told or is being told already, and
    /// when it is `quiet`, so that it waits for the morning.
    pub async fn claim_pushed(
        &self,
        teller: Teller,
        name: String,
        quiet: bool,
        wanted: impl FnOnce() -> bool + Send + 'static,
    ) -> Result<bool, Problem> {
        self.write(move |tx| {
            if !wanted() {
                return Ok(false);
            }
            let state = if quiet { AlertState::Deferred } else { AlertState::Claimed };
            let row = AlertRow { name, state, sealed: None, at_ms: teller.now_ms };
            let is_new = record(tx, &teller, &row)?;
            Ok(!quiet && (is_new || claim(tx, &teller, &row.name)?))
        })
        .await
    }
}

/// Everything of a subject.
pub(super) fn read(connection: &Connection, subject: &str) -> rusqlite::Result<AlertBook> {
    let mut rows = connection.prepare("SELECT name, state, sealed, at_ms FROM alert WHERE subject = ?1")?;
    let row = |row: &Row<'_>| {
        let state = AlertState::of(row.get_ref("state")?.as_str()?)?;
        Ok(AlertRow { name: row.get("name")?, state, sealed: row.get("sealed")?, at_ms: row.get("at_ms")? })
    };
    let mut marks = connection.prepare("SELECT name, sealed FROM alert_mark WHERE subject = ?1")?;
    let mark = |row: &Row<'_>| Ok(MarkRow { name: row.get("name")?, sealed: row.get("sealed")? });
    Ok(AlertBook {
        rows: rows.query_map([subject], row)?.collect::<rusqlite::Result<_>>()?,
        marks: marks.query_map([subject], mark)?.collect::<rusqlite::Result<_>>()?,
    })
}

fn follow(tx: &Transaction<'_>, teller: &Teller, orders: AlertOrders) -> rusqlite::Result<AlertOutcome> {
    let mut ours = BTreeSet::new();
    for row in orders.record {
        let is_new = record(tx, teller, &row)?;
        // One that is there already came by a push, and may still wait for the morning.
        if row.state == AlertState::Claimed && (is_new || claim(tx, teller, &row.name)?) {
            ours.insert(row.name);
        }
    }
    for name in orders.tell {
        if claim(tx, teller, &name)? {
            ours.insert(name);
        }
    }
    for name in orders.supersede {
        tx.execute(
            "UPDATE alert SET state = 'superseded', at_ms = ?3, life = NULL
             WHERE subject = ?1 AND name = ?2 AND state IN ('claimed', 'deferred')",
            params![teller.subject, name, teller.now_ms],
        )?;
    }
    for mark in orders.marks {
        tx.execute(
            "INSERT OR REPLACE INTO alert_mark (subject, name, sealed) VALUES (?1, ?2, ?3)",
            params![teller.subject, mark.name, mark.sealed],
        )?;
    }
    for name in orders.forget_marks {
        tx.execute("DELETE FROM alert_mark WHERE subject = ?1 AND name = ?2", params![teller.subject, name])?;
    }
    for name in orders.forget {
        tx.execute("DELETE FROM alert WHERE subject = ?1 AND name = ?2", params![teller.subject, name])?;
    }
    Ok(AlertOutcome { ours, book: read(tx, &teller.subject)? })
}

/// Records an alert unless it is there; one that came by a push learns what it is of. True when it was not there.
fn record(tx: &Transaction<'_>, teller: &Teller, row: &AlertRow) -> rusqlite::Result<bool> {
    let (holder, until_ms) = (&teller.holder, teller.reading.elapsed_ms.saturating_add(CLAIM_MS));
    let inserted = tx.execute(
        "INSERT OR IGNORE INTO alert (subject, name, state, sealed, at_ms, process, life, until_ms, boot)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            teller.subject,
            row.name,
            row.state.name(),
            row.sealed,
            row.at_ms,
            holder.process,
            holder.life,
            until_ms,
            teller.reading.boot_id
        ],
    )?;
    if inserted == 0 {
        tx.execute(
            "UPDATE alert SET sealed = ?3 WHERE subject = ?1 AND name = ?2 AND sealed IS NULL",
            params![teller.subject, row.name, row.sealed],
        )?;
    }
    Ok(inserted > 0)
}

/// Claims an alert that is owed: one that waited, or whose teller let a minute pass or died. Only one process of a name
/// runs at a time, so that a new one knows that its predecessor is dead. A teller that looked at the clock after us may
/// have had its turn before us, so that its minute ends more than one from ours.
fn claim(tx: &Transaction<'_>, teller: &Teller, name: &str) -> rusqlite::Result<bool> {
    let (holder, reading) = (&teller.holder, &teller.reading);
    let claimed = tx.execute(
        "UPDATE alert SET state = 'claimed', at_ms = ?3, process = ?4, life = ?5, until_ms = ?6 + ?8, boot = ?7
         WHERE subject = ?1 AND name = ?2 AND (state = 'deferred' OR state = 'claimed' AND NOT (
            coalesce(boot = ?7, 0) AND until_ms - ?6 BETWEEN 1 AND 2 * ?8
            AND NOT coalesce(process = ?4 AND life != ?5, 0)))",
        params![
            teller.subject,
            name,
            teller.now_ms,
            holder.process,
            holder.life,
            reading.elapsed_ms,
            reading.boot_id,
            CLAIM_MS
        ],
    )?;
    Ok(claimed > 0)
}

pub(super) fn wipe_all_but(tx: &Transaction<'_>, spared: Option<&str>) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM alert WHERE subject IS NOT ?1", [spared])?;
    tx.execute("DELETE FROM alert_mark WHERE subject IS NOT ?1", [spared])?;
    Ok(())
}

/// A step of the schema.
pub(super) const TABLE: &str = "
    CREATE TABLE alert (
        subject  TEXT    NOT NULL,
        name     TEXT    NOT NULL,
        state    TEXT    NOT NULL CHECK (state IN ('claimed', 'posted', 'superseded', 'baseline', 'deferred')),
        sealed   BLOB,
        at_ms    INTEGER NOT NULL,
        process  TEXT,
        life     TEXT,
        until_ms INTEGER,
        boot     TEXT,
        PRIMARY KEY (subject, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE alert_mark (
        subject TEXT NOT NULL,
        name    TEXT NOT NULL,
        sealed  BLOB NOT NULL,
        PRIMARY KEY (subject, name)
    ) STRICT, WITHOUT ROWID;
";

#[cfg(test)]
mod tests;
