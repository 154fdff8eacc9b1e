//! Where an invoice stands, and whether paying it is offered. Money that is collected by direct debit, given back or not owed is
//! never asked for: paying twice is the mistake to prevent.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::invoices::model::DocumentKind;
use crate::money::Cents;

/// The person's mandate for direct debit (SEPA Direct Debit Core), as the operator tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Mandate {
    /// None.
    #[default]
    None,
    /// Asked for, and not in force: this invoice is still to be paid by hand.
    Requested,
    /// In force.
    Active {
        /// The issue date of the first invoice it covers, as its confirmation says; none: not told.
        from: Option<Date>,
    },
    /// A collection failed, and the operator holds it no longer.
    Failed,
    /// Taken back.
    Revoked,
}

/// The collection of one invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Collection {
    /// It is going to be collected.
    Announced {
        /// When.
        on: Date,
    },
    /// It was collected.
    Collected,
    /// The bank sent it back: the debt is as it was.
    Returned,
    /// The person had it refunded (within eight weeks without a reason): the debt is as it was.
    Refunded,
}

/// What the operator says of the payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ToldPayment {
    /// It is to be paid.
    Open,
    /// A payment is on its way.
    Pending,
    /// A part is paid.
    PartlyPaid,
    /// All is paid.
    Paid,
    /// It is late.
    Overdue,
    /// A reminder was sent.
    Reminded,
    /// The employer was contacted, who answers for it in the end.
    EmployerContacted,
}

/// What is known of one document's payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// What it is.
    pub kind: DocumentKind,
    /// When it was issued.
    pub issued: Date,
    /// Its total with VAT.
    pub total: Cents,
    /// What is still open, as the operator says; none: not told.
    pub open: Option<Cents>,
    /// Credit notes that name it, together, as a size; nothing when there are none.
    pub credited: Cents,
    /// What the operator says of its payment; none: nothing.
    pub told: Option<ToldPayment>,
    /// Until when it is to be paid, that day included.
    pub due: Option<Date>,
    /// The person marked it as paid on this phone. That is a note of theirs, and no payment.
    pub marked_paid: bool,
    /// The person's mandate.
    pub mandate: Mandate,
    /// What is known of its collection.
    pub collection: Option<Collection>,
}

/// Where an invoice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PaymentState {
    /// It is to be paid.
    Open,
    /// The person says they paid it; the operator does not, yet.
    MarkedPaidByUser,
    /// A payment is on its way.
    Pending,
    /// A part is paid.
    PartlyPaid,
    /// The operator says it is paid.
    Paid,
    /// The last day to pay it is past.
    Overdue,
    /// A reminder was sent.
    Reminded,
    /// The employer was contacted.
    EmployerContacted,
    /// Credit notes took all of it back.
    Credited,
    /// It is not to be paid itself: a credit note, a statement of nothing, a credit, a reminder of another document.
    NothingToPay,
}

/// More than nothing, and owed: what may be asked for. Only [`paying`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AmountToPay {
    cents: Cents,
}

impl AmountToPay {
    /// In eurocents with VAT, above zero.
    pub fn cents(self) -> Cents {
        self.cents
    }
}

/// Whether paying is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paying {
    /// It is.
    Offered {
        /// How much.
        amount: AmountToPay,
    },
    /// Direct debit sees to it: no way to pay is shown.
    ByDirectDebit {
        /// When it is collected, if that is told.
        on: Option<Date>,
    },
    /// It is not: there is nothing to pay, the person noted that they paid, or nobody says how much is left.
    NotOffered,
}

/// Where a document stands on this day of the operator's calendar. What the operator says is believed before what this phone
/// can tell; what the person noted never passes for a payment, and never hides a reminder.
pub fn payment_state(facts: &Facts, today: Date) -> PaymentState {
    let is_owed = match facts.kind {
        DocumentKind::Invoice | DocumentKind::ThirdPartyStatement | DocumentKind::Unknown => facts.total > Cents::ZERO,
        // A reminder asks for an invoice's money, which is paid on that invoice.
        DocumentKind::CreditNote | DocumentKind::Reminder => false,
    };
    if !is_owed {
        return PaymentState::NothingToPay;
    }
    if facts.credited >= facts.total {
        return PaymentState::Credited;
    }
    let is_collected = facts.collection == Some(Collection::Collected);
    if facts.told == Some(ToldPayment::Paid) || facts.open.is_some_and(|open| open <= Cents::ZERO) || is_collected {
        return PaymentState::Paid;
    }
    let is_late = facts.due.is_some_and(|due| due < today);
    match facts.told {
        Some(ToldPayment::EmployerContacted) => PaymentState::EmployerContacted,
        Some(ToldPayment::Reminded) => PaymentState::Reminded,
        Some(ToldPayment::Overdue) => PaymentState::Overdue,
        Some(ToldPayment::Pending) => PaymentState::Pending,
        _ if facts.marked_paid => PaymentState::MarkedPaidByUser,
        _ if is_late => PaymentState::Overdue,
        Some(ToldPayment::PartlyPaid) => PaymentState::PartlyPaid,
        Some(ToldPayment::Open | ToldPayment::Paid) | None => PaymentState::Open,
    }
}

/// Whether paying is offered on this day.
pub fn paying(facts: &Facts, today: Date) -> Paying {
    if !matches!(facts.kind, DocumentKind::Invoice | DocumentKind::ThirdPartyStatement) {
        return Paying::NotOffered;
    }
    let state = payment_state(facts, today);
    if matches!(state, PaymentState::NothingToPay | PaymentState::Credited | PaymentState::Paid) {
        return Paying::NotOffered;
    }
    let covers = matches!(facts.mandate, Mandate::Active { from: Some(from) } if from <= facts.issued);
    match facts.collection {
        Some(Collection::Announced { on }) => return Paying::ByDirectDebit { on: Some(on) },
        None if covers => return Paying::ByDirectDebit { on: None },
        // What came back is to be paid by hand, also while the mandate lasts.
        None | Some(Collection::Returned | Collection::Refunded | Collection::Collected) => {}
    }
    if matches!(state, PaymentState::Pending | PaymentState::MarkedPaidByUser) {
        return Paying::NotOffered;
    }
    let open = facts.open.or_else(|| facts.total.minus(facts.credited));
    match open {
        // A part is paid, and nobody says how much is left: asking for all would be asking twice.
        _ if facts.told == Some(ToldPayment::PartlyPaid) && facts.open.is_none() => Paying::NotOffered,
        Some(cents) if cents > Cents::ZERO => Paying::Offered { amount: AmountToPay { cents } },
        Some(_) | None => Paying::NotOffered,
    }
}
