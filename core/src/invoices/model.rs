//! What is true of a bill, whatever format the operator told it in. Typed facts: no clock, no I/O, no foreign format.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The operator's billing period, half-open: civil dates of the operator's zone, as the operator gives them. Not a
/// calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BillingPeriod {
    /// Its first day.
    pub start: Date,
    /// The first day of the next period.
    pub next_start: Date,
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
