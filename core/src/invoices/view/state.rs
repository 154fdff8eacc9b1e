//! Where a document's payment stands, in words.

use super::{InvoiceState, Presentation};
use crate::invoices::model::{Bill, DocumentKind};
use crate::invoices::pay::state::{Facts, Paying, PaymentState, paying, payment_state};
use crate::money::Cents;
use crate::text::{Text, messages};

/// What is known of its payment; `others`: all documents of the account, whose credit notes may name it.
pub(super) fn facts(bill: &Bill, others: &[Bill], marked_paid: bool) -> Option<Facts> {
    bill.payment_facts(bill.credited(others)?, marked_paid)
}

/// Where it stands.
pub(super) fn status(bill: &Bill, facts: Option<&Facts>, presentation: &Presentation<'_>) -> (InvoiceState, Text) {
    let language = presentation.language;
    let Some(facts) = facts else { return (InvoiceState::Unknown, messages::bill_state_unknown(language)) };
    let state = payment_state(facts, presentation.today);
    if let Paying::ByDirectDebit { on } = paying(facts, presentation.today) {
        let text = match on {
            Some(on) => messages::bill_direct_debit_on(language, &presentation.date(on)),
            None => messages::bill_direct_debit(language),
        };
        return (InvoiceState::DirectDebit, text);
    }
    let due = facts.due.map(|due| presentation.date(due));
    let text = match state {
        PaymentState::Open => match due {
            Some(due) => messages::bill_open_by(language, &due),
            None => messages::bill_open(language),
        },
        PaymentState::MarkedPaidByUser => messages::bill_marked_paid(language),
        PaymentState::Pending => messages::bill_pending(language),
        PaymentState::PartlyPaid => match facts.open {
            Some(open) => messages::bill_partly_paid_left(language, &presentation.money(open)),
            None => messages::bill_partly_paid(language),
        },
        PaymentState::Paid => messages::bill_paid(language),
        PaymentState::Overdue => match due {
            Some(due) => messages::bill_overdue_since(language, &due),
            None => messages::bill_overdue(language),
        },
        PaymentState::Reminded => messages::bill_reminded(language),
        PaymentState::EmployerContacted => messages::bill_employer_contacted(language),
        PaymentState::Credited => messages::bill_credited(language),
        PaymentState::NothingToPay => match bill.kind {
            DocumentKind::Reminder => messages::bill_pay_the_invoice(language),
            _ if bill.kind == DocumentKind::CreditNote || facts.total < Cents::ZERO => messages::bill_credit(language),
            _ => messages::bill_nothing_to_pay(language),
        },
    };
    // The list shows the whole amount: what is left of it stands beside.
    let left = facts.open.filter(|open| *open > Cents::ZERO && *open < facts.total);
    let is_late = matches!(state, PaymentState::Overdue | PaymentState::Reminded | PaymentState::EmployerContacted);
    let text = match left.filter(|_| is_late) {
        Some(left) => Text::list(&[text, messages::bill_partly_paid_left(language, &presentation.money(left))]),
        None => text,
    };
    // The operator's word stands first, and the person's note is not lost behind it.
    let has_note = facts.marked_paid && (is_late || state == PaymentState::PartlyPaid);
    let text = if has_note { Text::list(&[text, messages::bill_marked_paid(language)]) } else { text };
    (state.into(), text)
}
