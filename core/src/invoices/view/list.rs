//! The list by period, the latest first: what runs, each document, and each period without one.

use super::state::{facts, status};
use super::why::{expected, without};
use super::{InvoiceKind, InvoiceRow, InvoiceState, Presentation, RunningView};
use crate::invoices::calendar::{Known, covered, follow_account, lacks_subscription};
use crate::invoices::documents::DownloadState;
use crate::invoices::memory::{Account, Memory};
use crate::invoices::model::{Bill, BillingPeriod};
use crate::invoices::split_bill::sequence::{Outcome, Told};
use crate::money::Cents;
use crate::text::{Text, messages};

/// Rows a phone is handed at most.
const MOST_ROWS: usize = 100;

/// What an account's history says of each of its periods, by the lines that were read.
pub(in crate::invoices) fn history(memory: &Memory, account: &Account, presentation: &Presentation<'_>) -> Vec<Told> {
    let split_bill = presentation.split_bill;
    let contribution = split_bill.known_contribution();
    let read = account.bills.iter().filter_map(|bill| Some((bill.id.as_str(), memory.lines(&bill.id)?)));
    let known = Known {
        bills: &account.bills,
        running: account.running.as_deref(),
        details: read.collect(),
        contribution: contribution.as_ref(),
    };
    follow_account(&known, split_bill.starting_policy(), presentation.today).periods
}

/// The rows of all accounts.
pub(in crate::invoices) fn rows(memory: &Memory, presentation: &Presentation<'_>) -> Vec<InvoiceRow> {
    let accounts = memory.accounts().iter();
    let mut rows: Vec<_> = accounts.flat_map(|account| of_account(memory, account, presentation)).collect();
    // Of one day the document of the later issue is first; a period without one is as late as its last day.
    rows.sort_by(|(one, _), (other, _)| other.cmp(one));
    rows.into_iter().map(|(_, row)| row).take(MOST_ROWS).collect()
}

type Order = (Option<jiff::civil::Date>, Option<jiff::civil::Date>);

fn of_account(memory: &Memory, account: &Account, presentation: &Presentation<'_>) -> Vec<(Order, InvoiceRow)> {
    let paid = &memory.notes.paid;
    let documents = account.bills.iter().map(|bill| {
        let order = (bill.period.map(|period| period.next_start).or(bill.issued), bill.issued);
        let covered = covered(bill, &account.bills, memory.lines(&bill.id));
        (order, of_bill(bill, covered, account, paid.contains(&bill.id), presentation))
    });
    let told = history(memory, account, presentation);
    let closed = told.iter().filter(|told| told.period.next_start <= presentation.today);
    let is_empty = |told: &&Told| account.bills.iter().all(|bill| bill.period != Some(told.period));
    let empty =
        closed.filter(is_empty).map(|told| ((Some(told.period.next_start), None), no_invoice(told, presentation)));
    documents.chain(empty).collect()
}

fn of_bill(
    bill: &Bill,
    covered: Option<BillingPeriod>,
    account: &Account,
    marked_paid: bool,
    presentation: &Presentation<'_>,
) -> InvoiceRow {
    let facts = facts(bill, &account.bills, marked_paid);
    let (state, status) = status(bill, facts.as_ref(), presentation);
    let total = bill.amounts.tax_included.or(bill.amounts.due);
    InvoiceRow {
        invoice_id: Some(bill.id.clone()),
        kind: bill.kind.into(),
        title: match (covered, bill.issued) {
            (Some(period), _) => presentation.period(period),
            (None, Some(issued)) => messages::bill_issued(presentation.language, &presentation.date(issued)),
            (None, None) => presentation.kind(bill.kind),
        },
        number: Some(title(bill, presentation)),
        amount: total.map(|total| presentation.money(total)),
        cents: total.map(|total| total.0),
        state,
        status,
        document: DownloadState::NotHere,
        document_text: None,
    }
}

/// "Invoice 2026000123".
pub(in crate::invoices) fn title(bill: &Bill, presentation: &Presentation<'_>) -> Text {
    let kind = presentation.kind(bill.kind);
    match bill.bill_no.as_deref().map(Text::foreign).filter(|number| !number.text.is_empty()) {
        Some(number) => {
            let spoken = number.text.chars().map(String::from).collect::<Vec<_>>().join(" ");
            Text { text: format!("{} {}", kind.text, number.text), spoken: format!("{} {spoken}", kind.spoken) }
        }
        None => kind,
    }
}

fn no_invoice(told: &Told, presentation: &Presentation<'_>) -> InvoiceRow {
    let may_come = matches!(told.outcome, Outcome::Expected { .. });
    InvoiceRow {
        invoice_id: None,
        kind: InvoiceKind::None,
        title: presentation.period(told.period),
        number: None,
        amount: None,
        cents: None,
        state: if may_come { InvoiceState::MayCome } else { InvoiceState::NoInvoice },
        status: without(told, presentation),
        document: DownloadState::NotHere,
        document_text: None,
    }
}

/// What runs on all accounts. None where no account tells it, or nothing runs.
pub(in crate::invoices) fn running(memory: &Memory, presentation: &Presentation<'_>) -> Option<RunningView> {
    let (language, accounts) = (presentation.language, memory.accounts());
    let lines: Vec<_> = accounts.iter().filter_map(|account| account.running.as_ref()).flatten().collect();
    if lines.is_empty() {
        return None;
    }
    let amounts: Option<Vec<Cents>> = lines.iter().map(|line| line.tax_included).collect();
    let total = amounts.and_then(Cents::sum);
    // With several accounts each has an expectation of its own, and one sentence would be of neither.
    let told = match accounts {
        [account] => history(memory, account, presentation).pop(),
        _ => None,
    };
    // What the employer takes over comes off later, unless a line says so already.
    let is_before =
        lines.iter().any(|line| !line.third_party.is_set()) && !lines.iter().any(|line| line.employer_share.is_set());
    // The rest of the contribution may be less than it looks, or none.
    let contribution = presentation.split_bill.known_contribution();
    let lacks = accounts.iter().filter_map(|account| account.running.as_ref()).any(|running| {
        let own: Vec<_> = running.iter().filter(|line| !line.employer_share.is_set()).collect();
        lacks_subscription(&own, contribution.as_ref())
    });
    let first = lacks.then(|| messages::running_subscription_first(language));
    let expected = told.and_then(|told| expected(&told, presentation));
    let said: Vec<Text> = first.into_iter().chain(expected).collect();
    Some(RunningView {
        headline: match total {
            Some(total) if is_before => messages::running_before(language, &presentation.money(total)),
            Some(total) => messages::running_total(language, &presentation.money(total)),
            None => messages::running_unknown(language),
        },
        cents: total.map(|total| total.0),
        note: messages::running_note(language),
        expected: (!said.is_empty()).then(|| Text::sentences(&said)),
        lines: u32::try_from(lines.len()).unwrap_or(u32::MAX),
    })
}
