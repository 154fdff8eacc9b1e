//! What is true of a bill, whatever format the operator told it in. Typed facts: no clock, no I/O, no foreign format.
//!
//! | file | what it says |
//! |---|---|
//! | [`bill`] | a document of the private account: its first page |
//! | [`line`] | one line of its detail |
//! | [`tax`] | tax as told, and the one reading of a rate that the amounts confirm |
//! | [`payment`] | how to pay, and what was paid, as told |
//! | [`document`] | where the bytes of the printed document are |
//! | [`facts`] | a bill as the rules of split bill and of paying take it |

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub mod bill;
pub mod document;
pub mod facts;
pub mod line;
pub mod payment;
pub mod tax;

pub use bill::{Bill, BillAmounts, BillState};
pub use document::{BillDocument, DocumentSource};
pub use line::{BillLine, Flag, LineKind};
pub use payment::{AppliedPayment, Creditor, PaymentMeans, PaymentMethod};
pub use tax::{TaxItem, ToldRate};

/// The operator's billing period, half-open: civil dates of the operator's zone, as the operator gives them. Not a
/// calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BillingPeriod {
    /// Its first day.
    pub start: Date,
    /// The first day of the next period.
    pub next_start: Date,
}

impl BillingPeriod {
    /// Its last day, as invoices print it.
    pub fn last_day(self) -> Date {
        // The first day there is has none before it, and no period ends there.
        self.next_start.yesterday().unwrap_or(self.next_start)
    }
}

/// What kind of document a bill is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentKind {
    /// An invoice.
    Invoice,
    /// A credit note: gives back, never asks for money.
    CreditNote,
    /// Services of third parties, which some operators bill apart and without VAT.
    ThirdPartyStatement,
    /// A reminder or a demand of payment for an invoice that exists.
    Reminder,
    /// Something else.
    Unknown,
}
