//! How a bill is to be paid. TMF678 has `paymentMethod`, a reference to TMF670, and nothing for the reference to give, the
//! creditor's account or a link; these are looked for in this order:
//!
//! | what | 1 | 2 |
//! |---|---|---|
//! | way to pay | characteristic `payment.method` | `paymentMethod`: `@referredType`, `@type`, `name` |
//! | reference | characteristic `payment.reference` | – |
//! | creditor's name | characteristic `payment.creditorName` | `relatedParty` with the role creditor, payee or beneficiary |
//! | creditor's account, bank | characteristics `payment.creditorIban`, `payment.creditorBic` | – |
//! | link | characteristic `payment.link` | – |
//! | day of collection | characteristic `payment.collectionDate` | – |
//!
//! An account inside `paymentMethod` is the payer's and is not read.

use super::text::short;
use super::{HowToRead, characteristic, vocabulary};
use crate::invoices::model::{Creditor, PaymentMeans, PaymentMethod};
use crate::operator::tolerant::{Findings, Moment, Node, WarningKind, Words};

/// An address longer than this is not opened.
const MAX_LINK: usize = 2_048;

pub(super) fn read(bill: Node<'_>, how: &HowToRead<'_>, findings: &mut Findings) -> PaymentMeans {
    let text = |names: &[&str]| characteristic::text(bill, names).map(short);
    let creditor = Creditor {
        name: text(&["paymentcreditorname", "creditorname"]).or_else(|| creditor_party(bill)),
        iban: text(&["paymentcreditoriban", "creditoriban"]),
        bic: text(&["paymentcreditorbic", "creditorbic"]),
    };
    let collected = characteristic::value(bill, &["paymentcollectiondate", "collectiondate"]);
    let collected_on = collected.and_then(|node| {
        let day = node.as_text().and_then(Moment::parse).and_then(|moment| moment.first_day(how.time_zone));
        if day.is_none() {
            findings.note(node.place(), WarningKind::UnreadableDate);
        }
        day
    });
    let link = characteristic::text(bill, &["paymentlink"]).filter(|link| link.len() <= MAX_LINK);
    PaymentMeans {
        method: method(bill),
        collected_on,
        reference: text(&["paymentreference", "structuredcommunication"]),
        creditor: (creditor != Creditor::default()).then_some(creditor),
        link: link.map(str::to_owned),
    }
}

fn method(bill: Node<'_>) -> Option<PaymentMethod> {
    if let Some(told) = characteristic::text(bill, &["paymentmethod"]) {
        return Some(vocabulary::payment_method(told).unwrap_or(PaymentMethod::Other));
    }
    let node = bill.one(&["paymentMethod"])?;
    let names = [&["@referredType"], &["@type"], &["name"]];
    let mut told = names.into_iter().filter_map(|name| node.text(name)).chain(node.as_text()).peekable();
    told.peek()?;
    Some(told.find_map(vocabulary::payment_method).unwrap_or(PaymentMethod::Other))
}

fn creditor_party(bill: Node<'_>) -> Option<String> {
    let mut parties = bill.list(&["relatedParty"]).take(100);
    let is_creditor = |party: &Node<'_>| {
        party.text(&["role"]).is_some_and(|role| Words::of(role).is_any(&["creditor", "payee", "beneficiary"]))
    };
    let party = parties.find(is_creditor)?;
    party.one(&["partyOrPartyRole"]).unwrap_or(party).text(&["name"]).map(short)
}
