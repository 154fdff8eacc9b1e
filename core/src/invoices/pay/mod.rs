//! Paying a private invoice, and not paying the wrong one: references and accounts that check themselves, the payment QR,
//! whose account it is, which links are believed, and when there is nothing to pay.
//!
//! | file | what it says |
//! |---|---|
//! | [`check_digits`] | remainders modulo 97, for all that follows |
//! | [`structured_communication`] | the Belgian +++123/4567/89002+++ |
//! | [`creditor_reference`] | the international RF reference (ISO 11649) |
//! | [`iban`] | account numbers (ISO 13616), with the Belgian check within |
//! | [`mod@reference`] | which of these an operator's reference is |
//! | [`sepa_text`] | text as every bank in SEPA takes it |
//! | [`epc`] | what a payment QR says (EPC069-12) |
//! | [`qr`] | its squares |
//! | [`payee`] | whether the account is the one of last time |
//! | [`link`] | which payment links are opened |
//! | [`state`] | where an invoice stands, and whether paying is offered |

pub mod check_digits;
pub mod creditor_reference;
pub mod epc;
pub mod iban;
pub mod link;
pub mod payee;
pub mod qr;
pub mod reference;
pub mod sepa_text;
pub mod state;
pub mod structured_communication;
#[cfg(test)]
mod tests;

use crate::operator::tolerant::is_blank;

/// Groups of four characters, as account numbers and RF references are printed.
fn in_fours(text: &str) -> String {
    let mut grouped = String::new();
    for (index, c) in text.chars().enumerate() {
        if index > 0 && index.checked_rem(4) == Some(0) {
            grouped.push(' ');
        }
        grouped.push(c);
    }
    grouped
}
