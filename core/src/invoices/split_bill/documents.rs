//! Which documents of a period are its private invoice. A credit note, a reminder and a third party's statement are none: they
//! end no row of periods without an invoice. A corrected invoice takes the place of the first, and is no second one.

use jiff::civil::Date;

use crate::invoices::model::{BillingPeriod, DocumentKind};
use crate::money::Cents;

/// A document on the employee's private billing account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document {
    /// The period it bills.
    pub period: BillingPeriod,
    /// What it is.
    pub kind: DocumentKind,
    /// When it was issued, by the operator's calendar.
    pub issued: Date,
    /// Its total with VAT. Of a credit note the size counts: some operators write it with a sign, some without.
    pub total: Cents,
    /// A credit note names the invoice it takes back, and lowers what is open on that one alone.
    pub names_invoice: bool,
}

/// What came for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observed {
    /// No invoice so far, and one may still come.
    NotYet,
    /// The period's documents are final, and there is no private invoice among them.
    Nothing,
    /// A private invoice.
    Invoice {
        /// Its total, in eurocents with VAT.
        amount: Cents,
    },
}

/// What came for the period. `complete`: the operator has issued all documents of it.
pub fn observe(period: BillingPeriod, documents: &[Document], complete: bool) -> Observed {
    let invoices = of(period, documents).filter(|document| document.kind == DocumentKind::Invoice);
    match invoices.max_by_key(|invoice| invoice.issued) {
        Some(invoice) => Observed::Invoice { amount: invoice.total },
        None if complete => Observed::Nothing,
        None => Observed::NotYet,
    }
}

/// What credit notes that name no invoice give back in the period: nothing or less. It is an adjustment of that period.
/// `None` when it does not fit.
pub fn unnamed_credit(period: BillingPeriod, documents: &[Document]) -> Option<Cents> {
    let notes = of(period, documents).filter(|document| document.kind == DocumentKind::CreditNote);
    notes.filter(|note| !note.names_invoice).try_fold(Cents::ZERO, |sum, note| {
        // The lowest amount there is has no positive twin, so sizes are kept below zero.
        sum.plus(if note.total > Cents::ZERO { Cents::ZERO.minus(note.total)? } else { note.total })
    })
}

fn of(period: BillingPeriod, documents: &[Document]) -> impl Iterator<Item = &Document> {
    documents.iter().filter(move |document| document.period == period)
}
