//! How a bill is to be paid and what was paid, as the operator told it. Texts as they came: the payment room judges
//! references, accounts and links before anything is done with them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::money::Cents;

/// How to pay a bill.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PaymentMeans {
    /// The agreed way; none: not told.
    pub method: Option<PaymentMethod>,
    /// When it is collected, for a direct debit.
    pub collected_on: Option<Date>,
    /// The reference to give: a structured communication, an RF reference, or text. As written.
    pub reference: Option<String>,
    /// Who is to be paid.
    pub creditor: Option<Creditor>,
    /// A link to pay by, as written.
    pub link: Option<String>,
}

/// An agreed way to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PaymentMethod {
    /// The operator collects it.
    DirectDebit,
    /// The person transfers it.
    Transfer,
    /// By card.
    Card,
    /// Another.
    Other,
}

/// Who is to be paid, as written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Creditor {
    /// The registered name.
    pub name: Option<String>,
    /// The account.
    pub iban: Option<String>,
    /// The bank.
    pub bic: Option<String>,
}

/// A payment that was applied to a bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedPayment {
    /// The operator's id of the payment.
    pub id: Option<String>,
    /// How much of it was applied here, in eurocents.
    pub amount: Option<Cents>,
}
