//! A document of a private billing account (TMF678 `CustomerBill`): the first page of it, every amount as the operator told
//! it. Missing is not zero, and nothing here is computed from anything else.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{AppliedPayment, BillDocument, BillingPeriod, DocumentKind, PaymentMeans, TaxItem};
use crate::invoices::pay::state::ToldPayment;
use crate::money::Cents;

/// One bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// The operator's technical id.
    pub id: String,
    /// The number people know it by.
    pub bill_no: Option<String>,
    /// What it is.
    pub kind: DocumentKind,
    /// The operator's word for what it is, as given.
    pub category: Option<String>,
    /// When it was issued, by the operator's calendar.
    pub issued: Option<Date>,
    /// What it bills.
    pub period: Option<BillingPeriod>,
    /// Until when it is to be paid, that day included.
    pub due: Option<Date>,
    /// When the next one comes.
    pub next_bill: Option<Date>,
    /// Its totals. Those of a credit note are below zero, whether the operator writes a sign or not.
    pub amounts: BillAmounts,
    /// Tax, one for each rate.
    pub taxes: Vec<TaxItem>,
    /// The operator's own total of what is beside the plan, VAT included, where it tells one.
    pub out_of_bundle: Option<Cents>,
    /// What was paid.
    pub payments: Vec<AppliedPayment>,
    /// Where it stands; none: not told, or in words that are not known.
    pub state: Option<BillState>,
    /// How to pay it.
    pub means: PaymentMeans,
    /// The billing account it is on.
    pub account: Option<String>,
    /// The invoice that a credit note or a reminder names, by its number or id.
    pub names_invoice: Option<String>,
    /// The printed document, in the operator's order.
    pub documents: Vec<BillDocument>,
    /// When the operator last changed it.
    pub last_update: Option<Timestamp>,
}

/// The totals of a bill, each as the operator told it. In eurocents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BillAmounts {
    /// What was to be paid when it was issued, or is now: operators differ (`amountDue`).
    pub due: Option<Cents>,
    /// What is still to be paid (`remainingAmount`).
    pub remaining: Option<Cents>,
    /// The total without tax.
    pub tax_excluded: Option<Cents>,
    /// The total with tax.
    pub tax_included: Option<Cents>,
}

/// Where a bill stands, as the operator says (TMF678 `state`; what follows a dot is ours).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BillState {
    /// Being made (`new`).
    New,
    /// Held back (`onHold`).
    OnHold,
    /// Checked, and not sent (`validated`).
    Validated,
    /// Issued (`sent`).
    Sent,
    /// A part is paid (`partiallyPaid`).
    PartiallyPaid,
    /// All is paid (`settled`).
    Settled,
    /// A payment is on its way (`sent.paymentPending`).
    PaymentPending,
    /// It is late (`sent.overdue`).
    Overdue,
    /// A reminder was sent (`sent.reminded`).
    Reminded,
    /// The employer was contacted (`sent.employerContacted`).
    EmployerContacted,
}

impl BillState {
    /// Whether the document has been issued: before that it is the operator's own business, and shown to nobody.
    pub fn is_issued(self) -> bool {
        !matches!(self, BillState::New | BillState::OnHold | BillState::Validated)
    }

    /// What it says of the payment.
    pub fn payment(self) -> Option<ToldPayment> {
        match self {
            BillState::New | BillState::OnHold | BillState::Validated => None,
            BillState::Sent => Some(ToldPayment::Open),
            BillState::PartiallyPaid => Some(ToldPayment::PartlyPaid),
            BillState::Settled => Some(ToldPayment::Paid),
            BillState::PaymentPending => Some(ToldPayment::Pending),
            BillState::Overdue => Some(ToldPayment::Overdue),
            BillState::Reminded => Some(ToldPayment::Reminded),
            BillState::EmployerContacted => Some(ToldPayment::EmployerContacted),
        }
    }
}

impl Bill {
    /// What is still to be paid: what the operator says remains; else what is due, less payments only where it is clear that
    /// they have not come off it already. None: nobody says.
    pub fn open(&self) -> Option<Cents> {
        if self.amounts.remaining.is_some() {
            return self.amounts.remaining;
        }
        let due = self.amounts.due?;
        if self.payments.is_empty() {
            return Some(due);
        }
        let paid = self.payments.iter().map(|payment| payment.amount).collect::<Option<Vec<_>>>()?;
        let left = self.amounts.tax_included?.minus(Cents::sum(paid)?)?;
        // Due is the whole total, or what is left of it; anything else holds other bills too.
        (Some(due) == self.amounts.tax_included || due == left).then_some(left)
    }

    /// The printed document to download: the first that is a PDF, or does not say what it is.
    pub fn pdf(&self) -> Option<&BillDocument> {
        let is_pdf = |document: &&BillDocument| document.mime.as_deref().is_some_and(|mime| mime == "application/pdf");
        self.documents.iter().find(is_pdf).or_else(|| self.documents.iter().find(|document| document.mime.is_none()))
    }
}
