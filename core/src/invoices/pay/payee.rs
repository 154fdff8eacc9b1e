//! Whether an invoice asks for money to the account of last time. Another account is how invoice fraud looks, so it is said
//! before anything can be paid. Name and account come from authenticated invoices alone; none is written into the product.

use super::iban::Iban;

/// Who is to be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payee {
    /// The registered name. A brand would make the payer's bank warn (Verification of Payee, Regulation (EU) 2024/886).
    pub name: String,
    /// The account.
    pub iban: Iban,
}

/// A payee beside the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayeeChange {
    /// There was none before.
    First,
    /// The same.
    Same,
    /// The same account under another name.
    OtherName,
    /// Another account: the person is to be warned, and to confirm it, before any way to pay is shown.
    OtherAccount,
}

impl PayeeChange {
    /// What changed since the payee the person last accepted: that of the last invoice, or the one confirmed since.
    pub fn between(accepted: Option<&Payee>, now: &Payee) -> PayeeChange {
        match accepted {
            None => PayeeChange::First,
            Some(before) if before.iban != now.iban => PayeeChange::OtherAccount,
            Some(before) if before.name.trim() != now.name.trim() => PayeeChange::OtherName,
            Some(_) => PayeeChange::Same,
        }
    }

    /// Whether ways to pay stay hidden until the person confirms.
    pub fn must_be_confirmed(self) -> bool {
        self == PayeeChange::OtherAccount
    }
}
