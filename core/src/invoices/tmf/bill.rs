//! Bills: each read for itself, so that a bad one hides no other.

use super::text::{id, reference, short, text};
use super::vocabulary::{self, Category};
use super::{Bills, HowToRead, amount, characteristic, dates, document, line, means, owner};
use crate::invoices::model::{AppliedPayment, Bill, BillAmounts, BillState, DocumentKind};
use crate::money::Cents;
use crate::operator::tolerant::{Findings, Node, WarningKind};

/// Twenty years of monthly bills; what follows is not looked at.
const MAX_BILLS: usize = 240;
/// No bill is paid in more parts.
const MAX_PAYMENTS: usize = 50;

struct Read {
    bill: Bill,
    is_trial: bool,
    is_duplicate: bool,
}

/// Reads them. `known`: the one bill that was asked for, by the id it is known to be the person's by.
pub(super) fn read_all(nodes: &[Node<'_>], known: Option<&str>, how: &HowToRead<'_>, findings: &mut Findings) -> Bills {
    let mut read: Vec<Read> = Vec::new();
    for node in nodes {
        let named = id(*node, &["id"]);
        // An attachment that stands alone has an id of its own.
        let is_part = document::is_attachment(*node);
        let own_id = match (named, known) {
            (Some(named), _) if !is_part => named,
            (_, Some(known)) if nodes.len() == 1 => known.to_owned(),
            _ => {
                findings.note(node.place(), WarningKind::NoId);
                continue;
            }
        };
        if !owner::is_own(*node, known == Some(own_id.as_str()), how, findings) {
            continue;
        }
        let found = bill(*node, own_id, how, findings);
        if read.len() >= MAX_BILLS {
            findings.note(node.place(), WarningKind::TooMany);
            break;
        }
        match read.iter_mut().find(|other| other.bill.id == found.bill.id) {
            None => read.push(found),
            Some(known) if known.bill == found.bill => findings.note(node.place(), WarningKind::DuplicateBill),
            Some(known) => {
                findings.note(node.place(), WarningKind::DuplicateBillDiffers);
                if found.bill.last_update > known.bill.last_update {
                    *known = found;
                }
            }
        }
    }
    let copies = |all: &[Read], one: &Read| {
        let same = |other: &Read| !other.is_duplicate && other.bill.bill_no == one.bill.bill_no;
        one.is_duplicate && one.bill.bill_no.is_some() && all.iter().any(same)
    };
    let is_copy: Vec<bool> = read.iter().map(|one| copies(&read, one)).collect();
    let mut bills = Bills { bills: Vec::new(), not_issued: Vec::new(), elements: 0, warnings: Vec::new() };
    for (one, is_copy) in read.into_iter().zip(is_copy) {
        if is_copy {
            if let Some(node) = nodes.iter().find(|node| node.text(&["id"]) == Some(one.bill.id.as_str())) {
                findings.note(node.place(), WarningKind::DuplicateBill);
            }
        } else if one.is_trial || one.bill.state.is_some_and(|state| !state.is_issued()) {
            bills.not_issued.push(one.bill);
        } else {
            bills.bills.push(one.bill);
        }
    }
    bills
}

fn bill(node: Node<'_>, id: String, how: &HowToRead<'_>, findings: &mut Findings) -> Read {
    let told = node.one(&["category"]);
    let category = told.and_then(|told| told.as_text()).and_then(vocabulary::category);
    if let (Some(told), None) = (told, category) {
        findings.note(told.place(), WarningKind::UnknownCategory);
    }
    let kind = match category {
        Some(Category::Kind(kind)) => kind,
        Some(Category::Duplicate | Category::Trial) => DocumentKind::Invoice,
        // An operator that tells no category sends invoices.
        None if told.is_none() => DocumentKind::Invoice,
        None => DocumentKind::Unknown,
    };
    let mut bill = Bill {
        id,
        bill_no: text(node, &["billNo", "billNumber"]),
        kind,
        category: text(node, &["category"]),
        issued: dates::day(node, &["billDate"], how, findings),
        period: dates::period(node, &["billingPeriod"], how, findings),
        due: dates::day(node, &["paymentDueDate"], how, findings),
        next_bill: dates::day(node, &["nextBillDate"], how, findings),
        amounts: BillAmounts {
            due: amount::read(node, &["amountDue"], findings),
            remaining: amount::read(node, &["remainingAmount"], findings),
            tax_excluded: amount::read(node, &["taxExcludedAmount"], findings),
            tax_included: amount::read(node, &["taxIncludedAmount"], findings),
        },
        taxes: line::taxes(node, &["taxItem"], findings),
        out_of_bundle: characteristic::value(node, &["outofbundletotal"]).and_then(|node| amount::of(node, findings)),
        payments: payments(node, findings),
        state: state(node, findings),
        means: means::read(node, how, findings),
        account: reference(node, &["billingAccount"]),
        names_invoice: characteristic::text(node, &["originalbill", "originalinvoice"]).map(short),
        documents: document::read_all(node, how, findings),
        last_update: dates::instant(node, &["lastUpdate"], how, findings),
    };
    if bill.kind == DocumentKind::CreditNote {
        sign(&mut bill, node, findings);
    }
    Read { bill, is_trial: category == Some(Category::Trial), is_duplicate: category == Some(Category::Duplicate) }
}

/// A credit note gives back. Version 4 has no sign for amounts, so its credit notes are known by their category alone; all
/// amounts of a document are written one way, and the total says which.
fn sign(bill: &mut Bill, node: Node<'_>, findings: &mut Findings) {
    let amounts = &mut bill.amounts;
    let total = amounts.tax_included.or(amounts.tax_excluded).or(amounts.due);
    if total.is_none_or(|total| total <= Cents::ZERO) {
        return;
    }
    findings.note(node.place(), WarningKind::CreditNoteUnsigned);
    let all = [&mut amounts.due, &mut amounts.remaining, &mut amounts.tax_excluded, &mut amounts.tax_included];
    for amount in all.into_iter().chain(bill.taxes.iter_mut().map(|tax| &mut tax.amount)) {
        *amount = amount.and_then(|amount| Cents::ZERO.minus(amount));
    }
}

fn state(node: Node<'_>, findings: &mut Findings) -> Option<BillState> {
    let told = node.one(&["state", "status"])?;
    let state = told.as_text().and_then(vocabulary::state);
    if state.is_none() {
        findings.note(told.place(), WarningKind::UnknownBillState);
    }
    state
}

fn payments(node: Node<'_>, findings: &mut Findings) -> Vec<AppliedPayment> {
    let mut payments = Vec::new();
    for applied in node.list(&["appliedPayment"]) {
        if payments.len() >= MAX_PAYMENTS {
            findings.note(applied.place(), WarningKind::TooMany);
            break;
        }
        payments.push(AppliedPayment {
            id: reference(applied, &["payment"]),
            amount: amount::read(applied, &["appliedAmount", "amount"], findings),
        });
    }
    payments
}
