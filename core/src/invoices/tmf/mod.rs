//! Reading TMF678 Customer Bill, versions 4 and 5, into the one model; and the two things that belong to it: which billing
//! accounts are the person's (TMF666), and where a document is that a bill names by its id alone (TMF667).
//!
//! The versions differ in what a value is called, not in what it means, so every value is looked for under all its names.
//! Bills and lines of accounts that are not the person's are dropped here and go nowhere. TMF678 has no place for some of
//! what an invoice says; where those are looked for is written in [`characteristic`] and [`means`].

mod accounts;
mod amount;
mod bill;
pub mod characteristic;
mod content;
mod dates;
mod document;
mod envelope;
mod line;
pub mod means;
mod on_demand;
mod owner;
mod refusal;
mod text;
mod vocabulary;

use jiff::tz::TimeZone;
use serde::Serialize;

pub use accounts::{Accounts, read_accounts};
pub use content::{Content, read_content};
pub use on_demand::{OnDemand, OnDemandState, read_on_demand};
pub use refusal::Refusal;

use envelope::Opened;

use super::model::{Bill, BillDocument, BillLine};
use crate::operator::tolerant::{self, Findings, Node, Warning};
use crate::operator::units::CycleEnd;

/// What one must know to read an operator's document.
#[derive(Debug, Clone, Copy)]
pub struct HowToRead<'a> {
    /// The ids of the billing accounts that are the person's own ([`read_accounts`]). What names another is dropped, what
    /// names none is kept only if it names the person. None: the accounts are not known.
    pub accounts: Option<&'a [String]>,
    /// The person's party id (the token's `sub`). With neither this nor accounts all is kept, as when a document is inspected.
    pub me: Option<&'a str>,
    /// The operator's time zone, in which its periods begin and end.
    pub time_zone: &'a TimeZone,
    /// What this operator's end dates mean.
    pub cycle_end: CycleEnd,
}

/// What an answer of `GET /customerBill` says: one page of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bills {
    /// The bills that were issued, each id once, in the answer's order.
    pub bills: Vec<Bill>,
    /// Those that are not issued yet (new, on hold, validated, trial runs): the operator's own business, shown to nobody.
    pub not_issued: Vec<Bill>,
    /// How many elements the page had, also those dropped: one that is empty or not full is the last.
    pub elements: usize,
    /// What was odd, in the order met.
    pub warnings: Vec<Warning>,
}

/// Which lines were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinesOf<'a> {
    /// Those on the bill of this id, which is the person's own.
    Bill(&'a str),
    /// Those that run and are on no bill yet (`isBilled` false).
    Running,
    /// All, as when a document is inspected.
    Any,
}

/// What an answer of `GET /appliedCustomerBillingRate` says: one page of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lines {
    /// The lines asked for, in the answer's order.
    pub lines: Vec<BillLine>,
    /// How many elements the page had, also those dropped.
    pub elements: usize,
    /// What was odd, in the order met.
    pub warnings: Vec<Warning>,
}

/// What an answer of TMF667 `GET /document/{id}` says: where the document is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Documents {
    /// The attachments that can be had; none is a reference again.
    pub documents: Vec<BillDocument>,
    /// What was odd, in the order met.
    pub warnings: Vec<Warning>,
}

/// Reads an answer of `GET /customerBill`.
pub fn read_bills(body: &[u8], how: &HowToRead<'_>) -> Result<Bills, Refusal> {
    let value = tolerant::parse(body)?;
    let mut findings = Findings::default();
    let Opened { nodes, elements } = envelope::open(Node::root(&value), envelope::is_bill, &mut findings)?;
    let read = bill::read_all(&nodes, None, how, &mut findings);
    Ok(Bills { warnings: findings.into_warnings(&value), elements, ..read })
}

/// Reads an answer of `GET /customerBill/{id}`, also one in an array, for a bill of the person's own. None: it is another
/// bill, or one of somebody else's account. An answer of a part of it (`fields=billDocument`) has only that part.
pub fn read_bill(body: &[u8], id: &str, how: &HowToRead<'_>) -> Result<(Option<Bill>, Vec<Warning>), Refusal> {
    let value = tolerant::parse(body)?;
    let mut findings = Findings::default();
    let Opened { nodes, .. } = envelope::open(Node::root(&value), envelope::is_bill_or_part, &mut findings)?;
    let read = bill::read_all(&nodes, Some(id), how, &mut findings);
    let bill = read.bills.into_iter().chain(read.not_issued).find(|bill| bill.id == id);
    Ok((bill, findings.into_warnings(&value)))
}

/// Reads an answer of `GET /appliedCustomerBillingRate`.
pub fn read_lines(body: &[u8], of: LinesOf<'_>, how: &HowToRead<'_>) -> Result<Lines, Refusal> {
    let value = tolerant::parse(body)?;
    let mut findings = Findings::default();
    let Opened { nodes, elements } = envelope::open(Node::root(&value), envelope::is_line, &mut findings)?;
    let lines = line::read_all(&nodes, of, how, &mut findings);
    Ok(Lines { lines, elements, warnings: findings.into_warnings(&value) })
}

/// Reads an answer of TMF667 `GET /document/{id}`. One hop: a document that refers to another is none.
pub fn read_document(body: &[u8], how: &HowToRead<'_>) -> Result<Documents, Refusal> {
    let value = tolerant::parse_within(body, content::MAX_BYTES)?;
    let mut findings = Findings::default();
    let Opened { nodes, .. } = envelope::open(Node::root(&value), envelope::is_document, &mut findings)?;
    let documents = document::read_store(&nodes, how, &mut findings);
    Ok(Documents { documents, warnings: findings.into_warnings(&value) })
}
