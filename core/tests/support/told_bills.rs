//! Decoded bills and lines as a few lines of text that can be read against the document.

use std::fmt::Write;

use companion::invoices::model::{Bill, BillLine, DocumentSource, TaxItem};
use companion::invoices::tmf::{Bills, Lines, Refusal};
use companion::money::Cents;
use companion::operator::tolerant::Warning;

pub fn told_bills(read: &Result<Bills, Refusal>) -> String {
    let bills = match read {
        Ok(bills) => bills,
        Err(refusal) => return refused(refusal),
    };
    let mut text = format!("{} elements\n", bills.elements);
    bills.bills.iter().for_each(|bill| text.push_str(&told_bill(bill)));
    bills.not_issued.iter().for_each(|bill| text.push_str(&format!("not issued: {}", told_bill(bill))));
    text + &told_warnings(&bills.warnings)
}

pub fn told_lines(read: &Result<Lines, Refusal>) -> String {
    let lines = match read {
        Ok(lines) => lines,
        Err(refusal) => return refused(refusal),
    };
    let mut text = format!("{} elements\n", lines.elements);
    lines.lines.iter().for_each(|line| text.push_str(&told_line(line)));
    text + &told_warnings(&lines.warnings)
}

fn refused(refusal: &Refusal) -> String {
    format!("refused: {} ({refusal})\n", refusal.code())
}

pub fn told_warnings(warnings: &[Warning]) -> String {
    let path = |warning: &Warning| if warning.path.is_empty() { "-".to_owned() } else { warning.path.clone() };
    warnings.iter().map(|warning| format!("! {} {:?}\n", path(warning), warning.kind)).collect()
}

pub fn told_bill(bill: &Bill) -> String {
    let mut text = String::new();
    writeln!(
        text,
        "{} no {} [{:?} {}] {} on {}, issued {}, bills {}, due {}, next {}, changed {}",
        bill.id,
        dash(bill.bill_no.as_ref()),
        bill.kind,
        dash(bill.category.as_ref()),
        bill.state.map_or("-".to_owned(), |state| format!("{state:?}")),
        dash(bill.account.as_ref()),
        dash(bill.issued),
        dash(bill.period.map(|period| format!("{} to {}", period.start, period.last_day()))),
        dash(bill.due),
        dash(bill.next_bill),
        dash(bill.last_update),
    )
    .unwrap();
    let amounts = &bill.amounts;
    writeln!(
        text,
        "  {} + {} = {}; due {}, remaining {}, open {}; beside the plan {}",
        euros(amounts.tax_excluded),
        taxes(&bill.taxes),
        euros(amounts.tax_included),
        euros(amounts.due),
        euros(amounts.remaining),
        euros(bill.open()),
        euros(bill.out_of_bundle),
    )
    .unwrap();
    for payment in &bill.payments {
        writeln!(text, "  paid {} by {}", euros(payment.amount), dash(payment.id.as_ref())).unwrap();
    }
    if bill.means != Default::default() {
        writeln!(text, "  pay: {:?}", bill.means).unwrap();
    }
    if let Some(named) = &bill.names_invoice {
        writeln!(text, "  names {named}").unwrap();
    }
    for document in &bill.documents {
        let source = match &document.source {
            DocumentSource::Url(url) => format!("at {url}"),
            other => format!("{other:?}"),
        };
        writeln!(
            text,
            "  document {} {source} [{} {}] {} bytes, good until {}, sha256 {}, changed {}",
            dash(document.id.as_ref()),
            dash(document.mime.as_ref()),
            dash(document.purpose.as_ref()),
            dash(document.size_hint),
            dash(document.valid_until),
            dash(document.sha256.as_ref()),
            dash(document.last_update),
        )
        .unwrap();
    }
    text
}

pub fn told_line(line: &BillLine) -> String {
    let days = line.period.map(|period| format!("{} to {}", period.start, period.last_day()));
    format!(
        "{} [{:?}] {:?} of {} {:?}, {} on {}: {} + {} = {}{}{}{}{}; on {} of {}\n",
        line.id,
        line.kind,
        line.name.as_deref().unwrap_or("-"),
        dash(line.product.as_ref()),
        line.product_name.as_deref().unwrap_or("-"),
        dash(days),
        dash(line.date),
        euros(line.tax_excluded),
        taxes(&line.taxes),
        euros(line.tax_included),
        if line.out_of_bundle.is_set() {
            format!("; beside the plan ({:?})", line.out_of_bundle)
        } else {
            String::new()
        },
        if line.third_party.is_set() { "; third party" } else { "" },
        if line.employer_share.is_set() { "; employer's share" } else { "" },
        line.category.as_ref().map(|category| format!("; {category}")).unwrap_or_default(),
        if line.is_billed { dash(line.bill.as_ref()) } else { "no bill yet".to_owned() },
        dash(line.account.as_ref()),
    )
}

fn taxes(taxes: &[TaxItem]) -> String {
    let told = |tax: &TaxItem| {
        let rate = tax.rate.as_ref().map(|rate| rate.text.clone());
        format!("{} {} at {}", dash(tax.category.as_ref()), euros(tax.amount), dash(rate))
    };
    format!("({})", taxes.iter().map(told).collect::<Vec<_>>().join(", "))
}

pub fn euros(cents: Option<Cents>) -> String {
    dash(cents.map(|Cents(cents)| {
        format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
    }))
}

fn dash(value: Option<impl ToString>) -> String {
    value.map_or("-".to_owned(), |value| value.to_string())
}
