//! What is kept of the session beside its secrets: a sign-out under way, and who renews the tokens. A renewal is
//! guarded by a lease, a row with an end, and not by a lock: iOS ends a process that is put to sleep holding one. Only the
//! write of the tokens themselves, a moment's, stands within a transaction. What was sent and not answered is written
//! before it is sent, so that a process that died in between is not forgotten.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::{Connection, Row, params};

use super::{Store, documents, remove_files, snapshot};
use crate::host::{ClockReading, HostError};
use crate::problem::Problem;

/// Longer than a token request can take.
const LEASE_MS: i64 = 45_000;

/// The session as the database knows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// A sign-out has begun: it is finished before anything else happens.
    pub leaving: bool,
    /// The next sign-in asks who is there, whatever the browser remembers.
    pub ask_who: bool,
    /// Whose session it is, a pseudonym; nobody's after a sign-out.
    pub subject: Option<String>,
    /// The newest generation of tokens that was kept.
    pub generation: u64,
    /// The generation that was sent and not answered: its refresh token may be spent.
    pub unanswered: Option<u64>,
    /// The generation that the operator refused for good.
    pub refused: Option<u64>,
    /// How often renewing failed in a row.
    pub failures: u32,
    /// Since when, in milliseconds since 1970 UTC.
    pub failing_since_ms: Option<i64>,
}

/// Who asks for the lease on renewing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// What the process is among those of the app. Only one of a name runs at a time, so that one that died leaves its
    /// lease to its successor.
    pub process: String,
    /// This life of the process, a name that comes only once.
    pub life: String,
}

/// What came of asking for the lease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// It is ours for [`LEASE_MS`].
    Ours(Ledger),
    /// Another process renews.
    Others,
}

/// A session that is about to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Whose it is.
    pub subject: String,
    /// Which tokens.
    pub generation: u64,
    /// It only ends: the row knows the generation already.
    pub ends: bool,
}

impl Claim {
    /// Whether nobody has moved the session on.
    fn stands(&self, ledger: &Ledger) -> bool {
        let newest = ledger.generation < self.generation || (self.ends && ledger.generation == self.generation);
        newest && ledger.is_still_of(&self.subject)
    }
}

impl Ledger {
    /// Whether nobody signed this person out, or somebody else in. A row that was lost knows of nobody.
    pub fn is_still_of(&self, subject: &str) -> bool {
        !self.ask_who && self.subject.as_ref().is_none_or(|present| present == subject)
    }

    /// Reads the row's columns by their names.
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Ledger> {
        Ok(Ledger {
            leaving: row.get("leaving")?,
            ask_who: row.get("ask_who")?,
            subject: row.get("account")?,
            generation: row.get("generation")?,
            unanswered: row.get("unanswered")?,
            refused: row.get("refused")?,
            failures: row.get("failures")?,
            failing_since_ms: row.get("failing_since_ms")?,
        })
    }
}

impl Store {
    /// Asks for the lease on renewing.
    pub async fn take_lease(&self, holder: Holder, now: ClockReading) -> Result<Turn, Problem> {
        self.write(move |tx| {
            let others: bool = tx.query_row(
                "SELECT coalesce(lease_life IS NOT NULL AND lease_process != ?1 AND lease_boot = ?2 AND lease_until_ms - ?3 BETWEEN 1 AND ?4, 0)
                 FROM session",
                // Its holder may have looked at the clock after us and had its turn before us. One that ends later than
                // even so is of a clock that went astray.
                params![holder.process, now.boot_id, now.elapsed_ms, 2 * LEASE_MS],
                |row| row.get(0),
            )?;
            if others {
                return Ok(Turn::Others);
            }
            tx.execute(
                "UPDATE session SET lease_process = ?1, lease_life = ?2, lease_until_ms = ?3, lease_boot = ?4",
                params![holder.process, holder.life, now.elapsed_ms.saturating_add(LEASE_MS), now.boot_id],
            )?;
            Ok(Turn::Ours(read(tx)?))
        })
        .await
    }

    /// Writes down that this person's refresh token of this generation is about to be sent, and lets the lease run anew from
    /// here. False when it is not the holder's any more, or has run out while the phone slept, or the person signed out
    /// meanwhile: then nothing may be sent.
    pub async fn about_to_send(
        &self,
        holder: Holder,
        subject: String,
        generation: u64,
        now: ClockReading,
    ) -> Result<bool, Problem> {
        self.write(move |tx| {
            if !read(tx)?.is_still_of(&subject) {
                return Ok(false);
            }
            let until_ms = now.elapsed_ms.saturating_add(LEASE_MS);
            let changed = tx.execute(
                "UPDATE session SET unanswered = ?2, lease_until_ms = ?5
                 WHERE lease_life = ?1 AND lease_boot = ?3 AND lease_until_ms > ?4",
                params![holder.life, generation, now.boot_id, now.elapsed_ms, until_ms],
            )?;
            Ok(changed == 1)
        })
        .await
    }

    /// The lease is over without anything sent: what is unanswered is what was so before.
    pub async fn not_sent(&self, holder: Holder, unanswered: Option<u64>) -> Result<(), Problem> {
        self.write(move |tx| {
            tx.execute(
                "UPDATE session SET unanswered = ?2, lease_life = NULL WHERE lease_life = ?1",
                params![holder.life, unanswered],
            )?;
            Ok(())
        })
        .await
    }

    /// The lease is over: the new tokens are kept, and all is well.
    pub async fn renewed(&self, holder: Holder) -> Result<(), Problem> {
        self.write(move |tx| {
            tx.execute(
                "UPDATE session SET unanswered = NULL, failures = 0, failing_since_ms = NULL, lease_life = NULL
                 WHERE lease_life = ?1",
                [holder.life],
            )?;
            Ok(())
        })
        .await
    }

    /// Keeps a session in the secure store with `keep`, unless another process of the app has signed the person out or
    /// somebody in, or kept newer tokens: then None. The secure store knows no transactions, so this one stands around
    /// it; else two processes could each look first and then write over what the other one kept. `keep` is a moment's.
    pub async fn keep(
        &self,
        claim: Claim,
        keep: impl FnOnce() -> Result<(), HostError> + Send + 'static,
    ) -> Result<Option<Result<(), HostError>>, Problem> {
        self.write(move |tx| {
            if !claim.stands(&read(tx)?) {
                return Ok(None);
            }
            let kept = unthrown(keep);
            if kept.is_ok() {
                // A row that was lost knows whose session it is again.
                tx.execute(
                    "UPDATE session SET generation = max(generation, ?1), account = coalesce(account, ?2)",
                    params![claim.generation, claim.subject],
                )?;
            }
            Ok(Some(kept))
        })
        .await
    }

    /// The lease is over: the operator refused this generation for good.
    pub async fn refused(&self, holder: Holder, generation: u64) -> Result<(), Problem> {
        self.write(move |tx| {
            tx.execute(
                "UPDATE session SET refused = ?2, unanswered = NULL, lease_life = NULL WHERE lease_life = ?1",
                params![holder.life, generation],
            )?;
            Ok(())
        })
        .await
    }

    /// The lease is over: it did not work out this time, and the session stands. Tells how things stand now.
    pub async fn not_renewed(&self, holder: Holder, unanswered: Option<u64>, at_ms: i64) -> Result<Ledger, Problem> {
        self.write(move |tx| {
            tx.execute(
                "UPDATE session SET failures = failures + 1, failing_since_ms = coalesce(failing_since_ms, ?3),
                    unanswered = ?2, lease_life = NULL WHERE lease_life = ?1",
                params![holder.life, unanswered, at_ms],
            )?;
            read(tx)
        })
        .await
    }

    /// Somebody signs in: `keep` writes the session down, and where it cannot nothing has changed. It is told the generation
    /// of the tokens, one after all that were ever kept: counted on over sign-outs, since another process of the app may
    /// still have an earlier session in its memory, and tells by this that it is over.
    pub async fn signed_in<T: Send + 'static>(
        &self,
        subject: String,
        known: u64,
        keep: impl FnOnce(u64) -> Result<T, HostError> + Send + 'static,
    ) -> Result<Result<T, HostError>, Problem> {
        self.write(move |tx| {
            let generation = read(tx)?.generation.max(known).saturating_add(1);
            let kept = unthrown(move || keep(generation));
            if kept.is_ok() {
                tx.execute(
                    "UPDATE session SET leaving = 0, ask_who = 0, account = ?1, generation = ?2, unanswered = NULL,
                        refused = NULL, failures = 0, failing_since_ms = NULL, lease_life = NULL",
                    params![subject, generation],
                )?;
            }
            Ok(kept)
        })
        .await
    }

    /// A sign-out begins: from here on it will be finished, whatever dies in between. No renewal is sent any more. One that is
    /// taken up again ends no session that is newer than the one it left: false then.
    pub async fn leaving(&self, at_most: Option<u64>) -> Result<bool, Problem> {
        self.write(move |tx| {
            let changed = tx.execute(
                "UPDATE session SET leaving = 1, ask_who = 1, account = NULL, unanswered = NULL, refused = NULL,
                    failures = 0, failing_since_ms = NULL, lease_life = NULL
                 WHERE leaving OR ?1 IS NULL OR generation <= ?1",
                [at_most],
            )?;
            Ok(changed == 1)
        })
        .await
    }

    /// Finishes a sign-out: `delete` removes what the secure store has of anybody, and the rows, the widget's figures
    /// and what was set aside go with it. None when it was finished elsewhere meanwhile: what is there now belongs to somebody who signed in since.
    pub async fn leave(
        &self,
        delete: impl FnOnce() -> Result<(), HostError> + Send + 'static,
    ) -> Result<Option<Result<(), HostError>>, Problem> {
        let (dir, file) = (self.dir(), self.file.clone());
        self.write(move |tx| {
            if !read(tx)?.leaving {
                return Ok(None);
            }
            snapshot::wipe_all_but(tx, None)?;
            documents::wipe_all_but(tx, &dir, None)?;
            let files = remove_files(&file).map_err(|_| HostError::Failed);
            let deleted = unthrown(delete).and(files);
            if deleted.is_ok() {
                tx.execute("UPDATE session SET leaving = 0", [])?;
            }
            Ok(Some(deleted))
        })
        .await
    }

    /// How things stand now, whoever changed them.
    pub async fn ledger(&self) -> Result<Ledger, Problem> {
        self.write(|tx| read(tx)).await
    }
}

/// A keychain that throws must not take the one thread that writes along.
fn unthrown<T>(ask: impl FnOnce() -> Result<T, HostError>) -> Result<T, HostError> {
    catch_unwind(AssertUnwindSafe(ask)).unwrap_or(Err(HostError::Failed))
}

fn read(connection: &Connection) -> rusqlite::Result<Ledger> {
    connection.query_row("SELECT * FROM session", [], Ledger::from_row)
}

/// A step of the schema.
pub(super) const TABLE: &str = "
    CREATE TABLE session (
        id               INTEGER PRIMARY KEY CHECK (id = 1),
        leaving          INTEGER NOT NULL DEFAULT 0,
        ask_who          INTEGER NOT NULL DEFAULT 0,
        account          TEXT,
        generation       INTEGER NOT NULL DEFAULT 0,
        unanswered       INTEGER,
        refused          INTEGER,
        failures         INTEGER NOT NULL DEFAULT 0,
        failing_since_ms INTEGER,
        lease_process    TEXT,
        lease_life       TEXT,
        lease_until_ms   INTEGER,
        lease_boot       TEXT
    ) STRICT;
    INSERT INTO session (id) VALUES (1);
";

#[cfg(test)]
mod tests;
