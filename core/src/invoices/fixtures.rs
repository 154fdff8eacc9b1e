//! Bills for tests of the rooms around them.

use jiff::civil::date;

use super::model::*;
use crate::money::Cents;

/// An open invoice of so many cents, issued a week after its period and due four weeks after it.
pub(super) fn bill_of(id: &str, from: (i16, i8, i8), to: (i16, i8, i8), cents: i64) -> Bill {
    let day = |(year, month, day)| date(year, month, day);
    let next_start = day(to);
    Bill {
        id: id.to_owned(),
        bill_no: Some(format!("2026{id:0>6}")),
        kind: DocumentKind::Invoice,
        category: None,
        issued: Some(next_start.saturating_add(jiff::Span::new().days(7))),
        period: Some(BillingPeriod { start: day(from), next_start }),
        due: Some(next_start.saturating_add(jiff::Span::new().days(28))),
        next_bill: None,
        amounts: BillAmounts { tax_included: Some(Cents(cents)), ..BillAmounts::default() },
        taxes: Vec::new(),
        out_of_bundle: None,
        payments: Vec::new(),
        state: Some(BillState::Sent),
        means: PaymentMeans::default(),
        account: Some("account-1".to_owned()),
        names_invoice: None,
        documents: Vec::new(),
        last_update: None,
    }
}

/// A line of a bill, or a running one, of so many cents.
pub(super) fn line_of(id: &str, bill: Option<&str>, cents: i64) -> BillLine {
    BillLine {
        id: id.to_owned(),
        kind: LineKind::Usage,
        name: Some(format!("Line {id}")),
        product: None,
        product_name: None,
        period: None,
        date: None,
        tax_excluded: None,
        tax_included: Some(Cents(cents)),
        taxes: Vec::new(),
        out_of_bundle: Flag::No,
        third_party: Flag::No,
        employer_share: Flag::No,
        category: None,
        is_billed: bill.is_some(),
        bill: bill.map(str::to_owned),
        account: Some("account-1".to_owned()),
    }
}
