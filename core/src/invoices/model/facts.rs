//! A bill and its lines as the rules take them: which document it is for split bill, what is known of its payment, who may
//! pay for a line.

use super::{Bill, BillLine, BillState, DocumentKind, PaymentMethod};
use crate::invoices::pay::state::{Collection, Facts, Mandate};
use crate::invoices::split_bill::allocation::{Charge, ChargeKind};
use crate::invoices::split_bill::documents::Document;
use crate::money::Cents;

impl Bill {
    /// As a document on the private account. None without a period, a day of issue and a total: it then says nothing of any
    /// period.
    pub fn document(&self) -> Option<Document> {
        Some(Document {
            period: self.period?,
            kind: self.kind,
            issued: self.issued?,
            total: self.amounts.tax_included?,
            names_invoice: self.names_invoice.is_some(),
        })
    }

    /// What is known of its payment. None without a day of issue, or without any total.
    /// `credited`: credit notes that name it, together, as a size.
    pub fn payment_facts(&self, credited: Cents, marked_paid: bool) -> Option<Facts> {
        // What is late by the operator's own word was not collected, and is to be paid by hand.
        let is_late =
            matches!(self.state, Some(BillState::Overdue | BillState::Reminded | BillState::EmployerContacted));
        let mandate = match self.means.method {
            Some(PaymentMethod::DirectDebit) if !is_late => Mandate::Active { from: self.issued },
            _ => Mandate::None,
        };
        let announced = self.means.collected_on.filter(|_| !is_late);
        Some(Facts {
            kind: self.kind,
            issued: self.issued?,
            total: self.amounts.tax_included.or(self.amounts.due)?,
            open: self.open_after(credited)?,
            credited,
            told: self.state.and_then(BillState::payment),
            due: self.due,
            marked_paid,
            mandate,
            collection: announced.map(|on| Collection::Announced { on }),
        })
    }

    /// What is still to be paid once credit notes came off it. What the operator says remains has them off already; what it
    /// says is due may be as it was issued.
    #[expect(clippy::option_option, reason = "nobody says how much, and it does not fit, are two things")]
    fn open_after(&self, credited: Cents) -> Option<Option<Cents>> {
        let Some(open) = self.open().filter(|_| self.amounts.remaining.is_none() && credited > Cents::ZERO) else {
            return Some(self.open());
        };
        let Some(total) = self.amounts.tax_included else { return Some(Some(open)) };
        Some(Some(open.min(total.minus(credited)?)))
    }

    /// Whether a credit note or a reminder names this one, by its number or by its id.
    pub fn is_named_by(&self, other: &Bill) -> bool {
        other.names_invoice.as_deref().is_some_and(|name| name == self.id || self.bill_no.as_deref() == Some(name))
    }

    /// What credit notes among these give back of this one, as a size. None when it does not fit.
    pub fn credited(&self, others: &[Bill]) -> Option<Cents> {
        let notes = others.iter().filter(|other| other.kind == DocumentKind::CreditNote && self.is_named_by(other));
        let sizes =
            notes.map(|note| note.amounts.tax_included.map_or(Some(Cents::ZERO), |total| Cents::ZERO.minus(total)));
        Cents::sum(sizes.collect::<Option<Vec<_>>>()?)
    }
}

impl BillLine {
    /// As a charge of its period, for a prediction. None: the employer's own share, which is no charge, or without an amount
    /// with tax.
    pub fn charge(&self) -> Option<Charge> {
        if self.employer_share.is_set() {
            return None;
        }
        let kind = if self.third_party.is_set() {
            ChargeKind::ThirdParty
        } else {
            ChargeKind::Coverable { category: self.category.clone() }
        };
        Some(Charge { amount: self.tax_included?, kind })
    }
}
