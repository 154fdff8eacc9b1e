//! What operators call kinds of bills and lines, states and ways to pay. Closed lists: a word that is in none is unknown, and
//! kept as such.

use crate::invoices::model::{BillState, DocumentKind, LineKind, PaymentMethod};
use crate::operator::tolerant::{Words, folded};

/// What a bill's `category` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Category {
    /// A document of this kind.
    Kind(DocumentKind),
    /// A copy of an invoice that was sent before.
    Duplicate,
    /// A trial run: no document at all.
    Trial,
}

pub(super) fn category(text: &str) -> Option<Category> {
    let words = Words::of(text);
    let kinds: [(&[&str], Category); 6] = [
        (
            &[
                "normal", "regular", "standard", "interim", "last", "final", "customer", "invoice", "bill", "factuur",
                "facture", "rechnung",
            ],
            Category::Kind(DocumentKind::Invoice),
        ),
        (
            &[
                "credit note",
                "creditnote",
                "credit",
                "credit memo",
                "credit nota",
                "creditnota",
                "note de credit",
                "avoir",
                "gutschrift",
            ],
            Category::Kind(DocumentKind::CreditNote),
        ),
        (
            &[
                "third party",
                "third party statement",
                "third party charges",
                "third parties",
                "payment statement",
                "thirdparty",
                "diensten van derden",
                "services de tiers",
                "leistungen dritter",
            ],
            Category::Kind(DocumentKind::ThirdPartyStatement),
        ),
        (
            &[
                "reminder",
                "payment reminder",
                "dunning",
                "payment demand",
                "herinnering",
                "aanmaning",
                "rappel",
                "mise en demeure",
                "mahnung",
                "zahlungserinnerung",
            ],
            Category::Kind(DocumentKind::Reminder),
        ),
        (&["duplicate", "copy", "duplicaat", "duplicata", "duplikat"], Category::Duplicate),
        (&["trial", "simulation", "draft", "pro forma", "proforma"], Category::Trial),
    ];
    kinds.iter().find(|(names, _)| words.is_any(names)).map(|(_, category)| *category)
}

/// Whatever its letter case, also with a dotted sub-state: the longest known beginning counts.
pub(super) fn state(text: &str) -> Option<BillState> {
    state_of(&folded(text)).or_else(|| text.split_once('.').and_then(|(before, _)| state_of(&folded(before))))
}

fn state_of(word: &str) -> Option<BillState> {
    Some(match word {
        "new" | "created" => BillState::New,
        "onhold" | "held" => BillState::OnHold,
        "validated" => BillState::Validated,
        "sent" | "issued" | "open" | "unpaid" | "due" => BillState::Sent,
        "partiallypaid" | "partiallysettled" | "partlypaid" => BillState::PartiallyPaid,
        "settled" | "paid" | "fullypaid" => BillState::Settled,
        "sentpaymentpending" | "paymentpending" | "pendingpayment" => BillState::PaymentPending,
        "sentoverdue" | "overdue" | "late" => BillState::Overdue,
        "sentreminded" | "reminded" | "dunning" => BillState::Reminded,
        "sentemployercontacted" | "employercontacted" => BillState::EmployerContacted,
        _ => return None,
    })
}

/// What a line's type says. TMF678 names classes with the kind of charge after them.
pub(super) fn line_kind(text: &str) -> Option<LineKind> {
    let words = Words::of(text);
    let kinds: [(&[&str], LineKind); 5] = [
        (&["recurring", "monthly", "subscription", "rental", "abonnement"], LineKind::Recurring),
        (&["one time", "onetime", "one off", "once", "nonrecurring", "non recurring", "activation"], LineKind::OneTime),
        (&["usage", "consumption", "verbruik", "consommation", "verbrauch"], LineKind::Usage),
        (&["credit", "discount", "rebate", "allowance", "korting", "remise", "rabatt"], LineKind::Credit),
        (&["penalty", "late fee", "reminder", "boete", "penalite", "strafe"], LineKind::Penalty),
    ];
    // `nonRecurring` has the word recurring in it.
    if words.has("non recurring") {
        return Some(LineKind::OneTime);
    }
    kinds.iter().find(|(names, _)| words.has_any(names)).map(|(_, kind)| *kind)
}

pub(super) fn payment_method(text: &str) -> Option<PaymentMethod> {
    let words = Words::of(text);
    let kinds: [(&[&str], PaymentMethod); 3] = [
        (
            &[
                "direct debit",
                "directdebit",
                "sepa direct debit",
                "domiciliation",
                "domiciliering",
                "lastschrift",
                "bank account debit",
            ],
            PaymentMethod::DirectDebit,
        ),
        (
            &[
                "transfer",
                "bank transfer",
                "credit transfer",
                "bank account transfer",
                "overschrijving",
                "virement",
                "uberweisung",
            ],
            PaymentMethod::Transfer,
        ),
        (&["card", "credit card", "debit card", "bank card", "tokenized card", "bancontact"], PaymentMethod::Card),
    ];
    kinds.iter().find(|(names, _)| words.has_any(names)).map(|(_, method)| *method)
}
