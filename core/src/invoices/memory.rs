//! Everything known of one person's invoices, in memory: read from what is kept when it is first wanted, so that opening the
//! core costs nothing more; fed by refreshes, read by the screens. It belongs to one person until their data is deleted.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::model::{Bill, BillLine};
use crate::operator::time::is_older;
use crate::problem::Problem;
use crate::session::{BelongsToOne, Subject};
use crate::store::{Dated, Row, Snapshot};

/// The private accounts and what is on them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Books {
    /// Each account of the person's; one without an id where the operator tells none. None: the employer pays.
    pub accounts: Vec<Account>,
}

/// One private billing account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Account {
    /// The operator's id.
    pub id: Option<String>,
    /// Its documents that were issued, in the operator's order.
    pub bills: Vec<Bill>,
    /// What is on no bill yet. None: not known.
    pub running: Option<Vec<BillLine>>,
}

/// The lines of one bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Detail {
    /// The bill as it was when they were read.
    pub of: Bill,
    /// All of its lines.
    pub lines: Vec<BillLine>,
}

impl Detail {
    /// Whether these are lines of the bill as it is now. What was paid since changes no line.
    fn is_of(&self, bill: &Bill) -> bool {
        let what = |bill: &Bill| (bill.kind, bill.period, bill.amounts.tax_included, bill.amounts.tax_excluded);
        what(&self.of) == what(bill) && self.of.bill_no == bill.bill_no
    }
}

/// What the person noted on this phone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Notes {
    /// Bills they say they paid, by id.
    pub paid: BTreeSet<String>,
    /// Accounts (IBAN) they confirmed after one had changed.
    pub confirmed: BTreeSet<String>,
}

impl Snapshot for Books {
    const KIND: &'static str = "bills";
    const REVISION: u8 = 1;
}

impl Snapshot for Detail {
    const KIND: &'static str = "bill-lines";
    const REVISION: u8 = 2;
}

impl Snapshot for Notes {
    const KIND: &'static str = "bill-notes";
    const REVISION: u8 = 1;
}

/// Everything known of one person's invoices.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub books: Option<Dated<Books>>,
    pub details: BTreeMap<String, Dated<Detail>>,
    pub notes: Notes,
    /// Why the last refresh failed.
    pub failure: Option<Problem>,
}

impl BelongsToOne for Memory {
    fn unsealed(subject: &Subject, rows: &[Row]) -> Memory {
        let mut memory = Memory::default();
        for row in rows {
            if let Some(detail) = row.open::<Detail>(&subject.key) {
                memory.details.insert(detail.model.of.id.clone(), detail);
            } else if let Some(books) = row.open(&subject.key) {
                memory.books = Some(books);
            } else if let Some(notes) = row.open::<Notes>(&subject.key) {
                memory.notes = notes.model;
            }
        }
        memory
    }
}

impl Memory {
    /// Whether a row is one of this room's.
    pub fn keeps(row: &Row) -> bool {
        [Books::KIND, Detail::KIND, Notes::KIND].contains(&row.kind.as_str())
    }

    /// The bill of this id, and the account it is on.
    pub fn bill(&self, id: &str) -> Option<(&Account, &Bill)> {
        let accounts = self.books.iter().flat_map(|books| &books.model.accounts);
        accounts
            .flat_map(|account| account.bills.iter().map(move |bill| (account, bill)))
            .find(|(_, bill)| bill.id == id)
    }

    /// The person's private accounts; none where nothing was read, or the employer pays.
    pub fn accounts(&self) -> &[Account] {
        self.books.as_ref().map_or(&[], |books| books.model.accounts.as_slice())
    }

    /// The lines of a bill, where those of the bill as it is now were read.
    pub fn lines(&self, bill: &str) -> Option<&[BillLine]> {
        let (detail, (_, bill)) = (self.details.get(bill)?, self.bill(bill)?);
        detail.model.is_of(bill).then_some(detail.model.lines.as_slice())
    }

    /// Whether the lines of a bill as it is now are not here: none are, or the operator says that it changed the bill since.
    pub fn is_detail_missing(&self, bill: &str) -> bool {
        let (Some(detail), Some((_, now))) = (self.details.get(bill), self.bill(bill)) else { return true };
        let changed = now.last_update.is_some() && detail.model.of.last_update != now.last_update;
        changed || !detail.model.is_of(now)
    }

    /// Whether the operator has to be asked for the lines of a bill: they are missing, or it does not say when it changes the
    /// bill, and they are older than `fresh_ms`.
    pub fn is_detail_due(&self, bill: &str, fresh_ms: i64, now_ms: i64) -> bool {
        let says_when = self.bill(bill).is_some_and(|(_, bill)| bill.last_update.is_some());
        let old = self.details.get(bill).is_none_or(|detail| is_older(detail.checked_ms, fresh_ms, now_ms));
        self.is_detail_missing(bill) || !says_when && old
    }
}
