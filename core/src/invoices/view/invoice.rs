//! One document as it is printed: overview, detail, what is beside the plan. Never a figure of our own where the operator's
//! do not add up.

use super::list::{history, title};
use super::state::{facts, status};
use super::why::why;
use super::{AmountRow, InvoiceLineView, InvoiceState, InvoiceView, MarkPaidView, Presentation};
use crate::invoices::calendar::covered;
use crate::invoices::checks::{Finding, audit, confirmed_rate, sections};
use crate::invoices::documents::DownloadState;
use crate::invoices::memory::{Account, Memory};
use crate::invoices::model::{Bill, BillLine, LineKind, TaxItem};
use crate::invoices::pay::state::{Facts, PaymentState, payment_state};
use crate::money::Cents;
use crate::text::number::{Number, percent};
use crate::text::{Language, Text, messages};

/// The document of this account.
pub(in crate::invoices) fn view(
    bill: &Bill,
    account: &Account,
    memory: &Memory,
    presentation: &Presentation<'_>,
    revision: u64,
) -> InvoiceView {
    let (lines, marked_paid) = (memory.lines(&bill.id), memory.notes.paid.contains(&bill.id));
    let audit = audit(bill, lines);
    let facts = facts(bill, &account.bills, marked_paid);
    let (state, status) = status(bill, facts.as_ref(), presentation);
    let history = history(memory, account, presentation);
    let told = history.iter().find(|told| Some(told.period) == bill.period);
    let total = bill.amounts.tax_included.or(bill.amounts.due);
    let parts = lines.map(|lines| sections(bill, lines));
    let count = |lines: Option<usize>| u32::try_from(lines.unwrap_or_default()).unwrap_or(u32::MAX);
    let issued = bill.issued.map(|issued| messages::bill_issued(presentation.language, &presentation.date(issued)));
    let period = covered(bill, &account.bills, lines).map(|period| presentation.period(period));
    let subtitle: Vec<Text> = period.into_iter().chain(issued).collect();
    InvoiceView {
        revision,
        invoice_id: bill.id.clone(),
        title: title(bill, presentation),
        subtitle: Text::list(&subtitle),
        total: total.map(|total| presentation.money(total)),
        cents: total.map(|total| total.0),
        mark_paid: can_mark_paid(state).then(|| mark_paid(marked_paid, presentation.language)),
        state,
        status,
        why: why(bill, lines, &audit, told, presentation),
        warnings: audit.findings.iter().map(|finding| warning(finding, presentation)).collect(),
        overview: overview(bill, facts.as_ref(), lines, presentation),
        has_lines: lines.is_some(),
        lines_missing: lines.is_none().then(|| messages::lines_missing_sentence(presentation.language)),
        detail_title: messages::section_detail(presentation.language),
        out_of_bundle_title: messages::section_out_of_bundle(presentation.language),
        detail_lines: count(parts.as_ref().map(|parts| parts.detail.len())),
        out_of_bundle_lines: count(parts.as_ref().map(|parts| parts.out_of_bundle.len())),
        document: DownloadState::NotHere,
        document_text: presentation.document(DownloadState::NotHere),
        checked: None,
    }
}

/// Whether a note that it was paid says something: not of what is paid, collected, or not owed.
pub(in crate::invoices) fn can_mark_paid(state: InvoiceState) -> bool {
    use InvoiceState::*;
    matches!(state, Open | Overdue | Reminded | EmployerContacted | PartlyPaid | MarkedPaid)
}

fn mark_paid(is_marked: bool, language: Language) -> MarkPaidView {
    let label = if is_marked { messages::labels::mark_unpaid(language) } else { messages::labels::mark_paid(language) };
    MarkPaidView { label, paid: !is_marked }
}

fn overview(
    bill: &Bill,
    facts: Option<&Facts>,
    lines: Option<&[BillLine]>,
    presentation: &Presentation<'_>,
) -> Vec<AmountRow> {
    let language = presentation.language;
    let row = |title: Text, cents: Option<Cents>, strong: bool| {
        let cents = cents?;
        Some(AmountRow { title, amount: presentation.money(cents), cents: cents.0, strong })
    };
    let tax = |item: &TaxItem| {
        let rate = confirmed_rate(bill, item, lines).map(|rate| rate_text(rate, presentation));
        let title =
            rate.map_or_else(|| messages::overview_tax(language), |rate| messages::overview_tax_rate(language, &rate));
        row(title, item.amount, false)
    };
    let paid = Cents::sum(bill.payments.iter().filter_map(|payment| payment.amount));
    let is_paid_in_part = bill.payments.iter().all(|payment| payment.amount.is_some()) && !bill.payments.is_empty();
    let negative = |cents: Option<Cents>| cents.and_then(|cents| Cents::ZERO.minus(cents));
    let mut rows = vec![row(messages::overview_tax_excluded(language), bill.amounts.tax_excluded, false)];
    // Of several items one of nothing, at no rate, says nothing.
    let says_nothing = |item: &&TaxItem| {
        bill.taxes.len() > 1 && item.amount == Some(Cents::ZERO) && confirmed_rate(bill, item, lines).is_none()
    };
    rows.extend(bill.taxes.iter().filter(|item| !says_nothing(item)).map(tax));
    rows.push(row(messages::overview_tax_included(language), bill.amounts.tax_included, true));
    rows.push(row(messages::overview_paid(language), negative(paid).filter(|_| is_paid_in_part), false));
    // Not beside the word that nothing is owed any more.
    let open = facts.filter(|facts| {
        let state = payment_state(facts, presentation.today);
        !matches!(state, PaymentState::Paid | PaymentState::Credited | PaymentState::NothingToPay)
    });
    rows.push(row(messages::overview_left(language), open.and_then(|facts| facts.open), true));
    rows.into_iter().flatten().collect()
}

/// Hundredths of a percent: "21%", "5.5%".
fn rate_text(basis_points: u32, presentation: &Presentation<'_>) -> Text {
    let (whole, rest) = (u64::from(basis_points).checked_div(100), u64::from(basis_points).checked_rem(100));
    if rest == Some(0) {
        return percent(presentation.language, whole.unwrap_or_default());
    }
    let number = Number::hundredths(presentation.language, u64::from(basis_points)).text;
    Text { text: format!("{}\u{A0}%", number.text), spoken: format!("{} %", number.spoken) }
}

fn warning(finding: &Finding, presentation: &Presentation<'_>) -> Text {
    let (language, money) = (presentation.language, |cents: &Cents| presentation.money(*cents));
    match finding {
        Finding::OverviewTax { parts, total } => messages::warning_tax(language, &money(parts), &money(total)),
        Finding::LineTax { parts, total, .. } => messages::warning_line_tax(language, &money(parts), &money(total)),
        Finding::DueAndRemaining { due, remaining } => {
            messages::warning_remaining(language, &money(due), &money(remaining))
        }
        Finding::SettledWithRest { remaining } => messages::warning_settled(language, &money(remaining)),
        Finding::DuplicateLine { .. } => messages::warning_duplicate(language),
        Finding::LinesWithoutAmount { count } => {
            let count = Number::whole(language, u64::try_from(*count).unwrap_or(u64::MAX));
            messages::warning_no_amount(language, &count)
        }
        Finding::DetailSum { detail, overview, may_be_rounding, .. } => {
            let sum = messages::warning_sum(language, &money(detail), &money(overview));
            let rounding = may_be_rounding.then(|| messages::warning_rounding(language));
            Text::sentences(&[Some(sum), rounding].into_iter().flatten().collect::<Vec<_>>())
        }
        Finding::OutOfBundleSum { detail, overview } => {
            messages::warning_out_of_bundle(language, &money(detail), &money(overview))
        }
        Finding::EmployerShareSign { .. } => messages::warning_employer_share(language),
    }
}

/// The lines of a part of the document, those of one group together, else in the operator's order.
pub(in crate::invoices) fn lines(mut lines: Vec<&BillLine>, presentation: &Presentation<'_>) -> Vec<InvoiceLineView> {
    lines.sort_by_key(|line| place(line));
    lines.into_iter().map(|line| line_view(line, presentation)).collect()
}

/// Where a line's group stands on the printed invoice.
fn place(line: &BillLine) -> u8 {
    match line.kind {
        _ if line.employer_share.is_set() => 5,
        _ if line.third_party.is_set() => 3,
        LineKind::Recurring => 0,
        LineKind::OneTime => 1,
        LineKind::Usage => 2,
        LineKind::Credit => 4,
        LineKind::Penalty => 6,
        LineKind::Unknown => 7,
    }
}

fn line_view(line: &BillLine, presentation: &Presentation<'_>) -> InvoiceLineView {
    let language = presentation.language;
    let group = match place(line) {
        0 => messages::group_recurring(language),
        1 => messages::group_one_time(language),
        2 => messages::group_usage(language),
        3 => messages::group_third_party(language),
        4 => messages::group_credit(language),
        5 => messages::group_employer(language),
        6 => messages::group_penalty(language),
        _ => messages::group_other(language),
    };
    let names = [&line.name, &line.product_name];
    let mut named = names.into_iter().flatten().map(|name| Text::foreign(name)).filter(|name| !name.text.is_empty());
    let amount = line.tax_included.or(line.tax_excluded);
    let notes = [
        line.third_party.is_set().then(|| messages::line_third_party(language)),
        (line.tax_included.is_none() && amount.is_some()).then(|| messages::line_without_tax(language)),
        amount.is_none().then(|| messages::line_no_amount(language)),
        (!line.is_billed).then(|| messages::line_provisional(language)),
    ];
    let notes: Vec<Text> = notes.into_iter().flatten().collect();
    InvoiceLineView {
        line_id: line.id.clone(),
        title: named.next().unwrap_or_else(|| group.clone()),
        group,
        when: line.date.map(|date| presentation.date(date)).or(line.period.map(|period| presentation.period(period))),
        amount: amount.map(|amount| presentation.money(amount)),
        cents: amount.map(|amount| amount.0),
        note: (!notes.is_empty()).then(|| Text::list(&notes)),
        third_party: line.third_party.is_set(),
        employer_share: line.employer_share.is_set(),
    }
}
