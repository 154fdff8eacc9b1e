//! Everything known of one person's preferences, in memory: loaded when the core opens, moved on with the rows, read by
//! the screen. It belongs to one person until their data is deleted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::device::Device;
use super::machine::{Reason, Toggle, Wait};
use crate::operator::time::is_older;
use crate::problem::Problem;
use crate::session::{LINES_FRESH_MS, Line, Lines, Subject};
use crate::store::{Dated, Entry, Row, Snapshot};

/// How long the operator's list is believed without asking.
const LIST_FRESH_MS: i64 = 15 * 60 * 1000;

/// That a line's preferences were listed, and when; the preferences themselves lie in rows of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Listed {
    pub line_id: String,
}

impl Snapshot for Listed {
    const KIND: &'static str = "preferences";
    const REVISION: u8 = 1;
}

/// Everything known of one person's preferences.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Whose it is, and since which deletion.
    owner: Option<(String, u64)>,
    pub lines: Option<Dated<Lines>>,
    pub toggles: BTreeMap<String, Toggle>,
    /// When each line was last listed.
    pub listed_ms: BTreeMap<String, i64>,
    pub failure: Option<Problem>,
    pub device: Device,
    /// What waited was lost with a damaged database, and the person does not know yet.
    pub lost: bool,
    /// What is kept of a person whose key is under the app lock, still sealed.
    sealed: (Vec<Row>, Vec<Entry>),
}

impl Memory {
    /// What is kept of the person signed in; without a key it waits, sealed.
    pub fn of(subject: Option<&Subject>, rows: Vec<Row>, outbox: Vec<Entry>, lost: bool) -> Memory {
        let memory = match subject {
            Some(subject) => Memory::load(subject, &rows, &outbox),
            None => Memory { sealed: (rows, outbox), ..Memory::default() },
        };
        Memory { lost, ..memory }
    }

    fn load(subject: &Subject, rows: &[Row], outbox: &[Entry]) -> Memory {
        let listed = rows.iter().filter_map(|row| row.open::<Listed>(&subject.key));
        Memory {
            owner: Some(owner(subject)),
            lines: rows.iter().find_map(|row| row.open(&subject.key)),
            listed_ms: listed.map(|kept| (kept.model.line_id, kept.checked_ms)).collect(),
            toggles: toggles(subject, outbox),
            device: rows.iter().find_map(|row| row.open(&subject.key)).map(|kept| kept.model).unwrap_or_default(),
            ..Memory::default()
        }
    }

    /// Empties a memory that is of somebody else, or of data that was deleted.
    pub fn belong_to(&mut self, subject: Option<&Subject>) {
        let owner = subject.map(owner);
        if self.owner == owner {
            return;
        }
        let (rows, outbox) = std::mem::take(&mut self.sealed);
        *self = match subject {
            // Under the app lock it was nobody's to tell.
            Some(subject) => {
                Memory { lost: self.lost && self.owner.is_none(), ..Memory::load(subject, &rows, &outbox) }
            }
            None => Memory::default(),
        };
    }

    /// The rows as another process of the app may have left them. A wish without a row was lost with a database that broke
    /// meanwhile: it stays, and is named so that it is written anew.
    pub fn found(&mut self, subject: &Subject, outbox: &[Entry]) -> Vec<String> {
        let before = std::mem::replace(&mut self.toggles, toggles(subject, outbox));
        let lost = before.into_iter().filter(|(key, toggle)| toggle.is_pending() && !self.toggles.contains_key(key));
        let lost: Vec<_> = lost.collect();
        let keys = lost.iter().map(|(key, _)| key.clone()).collect();
        self.toggles.extend(lost);
        keys
    }

    /// A row was moved on; none is one that is gone.
    pub fn moved(&mut self, key: &str, toggle: Option<Toggle>) {
        match toggle {
            Some(toggle) => drop(self.toggles.insert(key.to_owned(), toggle)),
            None => drop(self.toggles.remove(key)),
        }
    }

    /// The switches with something to send.
    pub fn pending(&self) -> Vec<String> {
        self.toggles.iter().filter(|(_, toggle)| toggle.is_pending()).map(|(key, _)| key.clone()).collect()
    }

    /// Until when the operator asked to be left alone, with whatever it was.
    pub fn asked_to_wait(&self, now_ms: i64) -> Option<Wait> {
        let waits = self.toggles.values().filter_map(|toggle| toggle.wait);
        waits.filter(|wait| wait.reason == Reason::Asked && wait.holds(now_ms)).max_by_key(|wait| wait.until_ms)
    }

    /// The line of a switch.
    pub fn line(&self, line_id: &str) -> Line {
        let known = self.lines.iter().flat_map(|kept| &kept.model.0).find(|line| line.id == line_id);
        known.cloned().unwrap_or_else(|| Line { id: line_id.to_owned(), msisdn: None })
    }

    /// The list of lines, while it is believed.
    pub fn fresh_lines(&self, now_ms: i64) -> Option<Lines> {
        let fresh = self.lines.as_ref().filter(|kept| !is_older(kept.checked_ms, LINES_FRESH_MS, now_ms));
        fresh.map(|kept| kept.model.clone())
    }

    /// Whether the screen should ask the operator again.
    pub fn is_due(&self, now_ms: i64) -> bool {
        if self.failure.as_ref().is_some_and(Problem::may_pass) {
            return true;
        }
        let Some(lines) = self.fresh_lines(now_ms) else { return true };
        lines.0.iter().any(|line| {
            self.listed_ms.get(&line.id).is_none_or(|listed_ms| is_older(*listed_ms, LIST_FRESH_MS, now_ms))
        })
    }
}

fn toggles(subject: &Subject, outbox: &[Entry]) -> BTreeMap<String, Toggle> {
    outbox.iter().filter_map(|entry| Some((entry.key.clone(), entry.open(&subject.key)?))).collect()
}

fn owner(subject: &Subject) -> (String, u64) {
    (subject.id.clone(), subject.data_epoch)
}
