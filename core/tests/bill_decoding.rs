//! Operators' bills, read into the model. What each says was read by hand against the document.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects)]

#[path = "support/told_bills.rs"]
mod told_bills;

use std::fs;
use std::path::Path;

use companion::invoices::tmf::{self, HowToRead, LinesOf};
use companion::operator::units::CycleEnd;
use jiff::tz::TimeZone;
use told_bills::{told_bills, told_lines};

static BRUSSELS: TimeZone = jiff::tz::get!("Europe/Brussels");

const INSPECTED: HowToRead<'static> =
    HowToRead { accounts: None, me: None, time_zone: &BRUSSELS, cycle_end: CycleEnd::Exclusive };

fn document(file: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(file)).unwrap()
}

/// As `inspect` reads: everything, nobody in particular.
fn bills(file: &str) -> String {
    told_bills(&tmf::read_bills(&document(file), &INSPECTED))
}

/// As the product reads: what is on this account, or names this person.
fn own_bills(file: &str, account: &str) -> String {
    let accounts = [account.to_owned()];
    told_bills(&tmf::read_bills(
        &document(file),
        &HowToRead { accounts: Some(&accounts), me: Some("person-1"), ..INSPECTED },
    ))
}

fn lines(file: &str, of: LinesOf<'_>) -> String {
    told_lines(&tmf::read_lines(&document(file), of, &INSPECTED))
}

macro_rules! says {
    ($($name:ident: $told:expr;)+) => {
        $(#[test] fn $name() { insta::assert_snapshot!(stringify!($name), $told); })+
    };
}

says! {
    official_list: bills("official/tmf678-v5-customerBill-list.json");
    official_list_of_one_account: own_bills("official/tmf678-v5-customerBill-list.json", "A0815");
    official_patched_bill: bills("official/tmf678-v5-customerBill-patch-response.json");
    official_line: lines("official/tmf678-v5-appliedCustomerBillingRate-retrieve.json", LinesOf::Any);
    official_line_of_its_bill: lines("official/tmf678-v5-appliedCustomerBillingRate-retrieve.json", LinesOf::Bill("B123"));
}
