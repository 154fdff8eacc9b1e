//! The bill decoder on any bytes: it never panics, its answer is the same each time, and it keeps its word on what comes
//! out: nothing of other accounts, no credit note that asks for money, no figure of sums that disagree.
#![no_main]

use std::collections::BTreeSet;

use companion::invoices::checks;
use companion::invoices::model::{Bill, BillLine, DocumentKind};
use companion::invoices::tmf::{
    HowToRead, LinesOf, read_accounts, read_bill, read_bills, read_content, read_document, read_lines, read_on_demand,
};
use companion::money::Cents;
use companion::operator::tolerant::Warning;
use companion::operator::units::CycleEnd;
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;

static BRUSSELS: TimeZone = jiff::tz::get!("Europe/Brussels");

fuzz_target!(|body: &[u8]| {
    let accounts = ["BA-1".to_owned()];
    let asked = HowToRead {
        accounts: Some(&accounts),
        me: Some("person-1"),
        time_zone: &BRUSSELS,
        cycle_end: CycleEnd::Exclusive,
    };
    let inspected = HowToRead { accounts: None, me: None, cycle_end: CycleEnd::Inclusive, ..asked };
    for how in [asked, inspected] {
        let bills = read_bills(body, &how);
        assert_eq!(bills, read_bills(body, &how), "the same bytes read twice differ");
        let mut all = Vec::new();
        if let Ok(read) = bills {
            check_warnings(&read.warnings);
            assert!(read.bills.iter().all(|bill| bill.state.is_none_or(|state| state.is_issued())), "not issued yet");
            all = [read.bills, read.not_issued].concat();
            let ids: BTreeSet<_> = all.iter().map(|bill| &bill.id).collect();
            assert_eq!(ids.len(), all.len(), "an id comes twice");
        }
        if let Ok((one, warnings)) = read_bill(body, "B-1", &how) {
            check_warnings(&warnings);
            assert!(one.iter().all(|bill| bill.id == "B-1"), "another bill than the one asked for");
            all.extend(one);
        }
        let mut lines = Vec::new();
        for of in [LinesOf::Bill("B-1"), LinesOf::Running] {
            let Ok(read) = read_lines(body, of, &how) else { continue };
            check_warnings(&read.warnings);
            let is_asked_for = |line: &BillLine| match of {
                LinesOf::Bill(bill) => line.bill.as_deref() == Some(bill),
                LinesOf::Running | LinesOf::Any => !line.is_billed,
            };
            assert!(read.lines.iter().all(is_asked_for), "lines nobody asked for");
            lines.extend(read.lines);
        }
        if how.accounts.is_some() {
            let of = all.iter().map(|bill| &bill.account).chain(lines.iter().map(|line| &line.account));
            assert!(of.flatten().all(|account| *account == accounts[0]), "another's account");
        }
        all.iter().for_each(|bill| check_bill(bill, &lines));
        if let Ok(read) = read_document(body, &how) {
            check_warnings(&read.warnings);
        }
        if let Ok((_, warnings)) = read_on_demand(body, &how) {
            check_warnings(&warnings);
        }
        let _ = (read_accounts(body, &how), read_content(body.to_vec(), Some("DOC-1")));
    }
});

fn check_warnings(warnings: &[Warning]) {
    assert!(warnings.len() <= 101);
    for warning in warnings {
        assert!(warning.to_string().is_ascii(), "a warning repeats the document");
    }
}

fn check_bill(bill: &Bill, lines: &[BillLine]) {
    assert!(!bill.id.is_empty() && bill.documents.len() <= 20);
    assert!(bill.period.is_none_or(|period| period.start < period.next_start), "a period of no day");
    if bill.kind == DocumentKind::CreditNote {
        assert!(bill.amounts.tax_included.is_none_or(|total| total <= Cents::ZERO), "a credit note asks for money");
    }
    let audit = checks::audit(bill, Some(lines));
    if let Some(figures) = audit.figures {
        assert_eq!(Some(figures.total()), bill.amounts.tax_included, "a figure of sums that disagree");
        assert!(figures.employer_covered() >= Cents::ZERO, "an employer who takes");
    }
    for item in &bill.taxes {
        let _ = checks::confirmed_rate(bill, item, Some(lines));
    }
    let _ = (bill.document(), bill.payment_facts(Cents::ZERO, false), bill.credited(std::slice::from_ref(bill)));
}
