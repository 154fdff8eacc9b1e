//! What no operator's bill may do, however broken or hostile: panic, invent an amount, or bring other people's data in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects)]

#[path = "support/mutants.rs"]
mod mutants;
#[path = "support/told_bills.rs"]
mod told_bills;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use companion::invoices::checks;
use companion::invoices::model::{Bill, BillLine, DocumentKind};
use companion::invoices::tmf::{self, HowToRead, LinesOf, Refusal};
use companion::money::Cents;
use companion::operator::tolerant::{ErrorBody, MAX_JSON_BYTES, Unreadable, WarningKind};
use companion::operator::units::CycleEnd;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use serde_json::{Value, json};

use mutants::{documents, files, oddities, places, without, zeros_written};
use told_bills::{told_bills, told_lines};

static BRUSSELS: TimeZone = jiff::tz::get!("Europe/Brussels");

const INSPECTED: HowToRead<'static> =
    HowToRead { accounts: None, me: None, time_zone: &BRUSSELS, cycle_end: CycleEnd::Exclusive };

/// All that any reader makes of a document, for the person or for nobody in particular.
fn everything(body: &[u8], how: &HowToRead<'_>) -> (Vec<Bill>, Vec<BillLine>, String) {
    let mut told = String::new();
    let bills = tmf::read_bills(body, how);
    told.push_str(&told_bills(&bills));
    let (one, warnings) = tmf::read_bill(body, "B-1", how).unwrap_or_default();
    told.push_str(&format!("{one:?}{warnings:?}"));
    let mut lines = Vec::new();
    for of in [LinesOf::Any, LinesOf::Bill("B-1"), LinesOf::Bill("B-1001"), LinesOf::Running] {
        let read = tmf::read_lines(body, of, how);
        told.push_str(&told_lines(&read));
        lines.extend(read.map(|read| read.lines).unwrap_or_default());
    }
    told.push_str(&format!("{:?}", tmf::read_document(body, how)));
    told.push_str(&format!("{:?}", tmf::read_on_demand(body, how)));
    told.push_str(&format!("{:?}", tmf::read_accounts(body, how)));
    told.push_str(&format!("{:?}", tmf::read_content(body.to_vec(), None)));
    let bills = bills.map(|bills| [bills.bills, bills.not_issued].concat()).unwrap_or_default();
    (bills.into_iter().chain(one).collect(), lines, told)
}

fn own<'a>(accounts: &'a [String]) -> HowToRead<'a> {
    HowToRead { accounts: Some(accounts), me: Some("person-1"), ..INSPECTED }
}

#[test]
fn what_is_no_bill_is_refused_with_its_reason() {
    let deep = format!("{{\"billNo\":{}{}}}", "[".repeat(200), "]".repeat(200));
    let vectors: &[(&str, &str)] = &[
        ("", "empty"),
        (" \r\n\t ", "empty"),
        ("<!DOCTYPE html><html><body>Welcome to the hotel's Wi-Fi</body></html>", "html"),
        ("%PDF-1.4", "not_json"),
        ("[{\"billNo\": 1}", "not_json"),
        (&deep, "not_json"),
        ("null", "nothing_of_it"),
        ("7", "nothing_of_it"),
        ("\"bill\"", "nothing_of_it"),
        ("{}", "nothing_of_it"),
        ("[1, 2]", "nothing_of_it"),
        ("{\"bucket\": []}", "nothing_of_it"),
        ("{\"id\": \"45\", \"serialNumber\": \"123\"}", "nothing_of_it"),
        ("[{\"id\": \"p\", \"name\": \"Plan\", \"status\": \"active\"}]", "nothing_of_it"),
        ("{\"id\": \"x\", \"@type\": \"CustomerBillRef\"}", "nothing_of_it"),
        (
            "{\"id\": \"l\", \"appliedBillingRateType\": \"monthly\", \"billingAccount\": {\"id\": \"a\"}}",
            "nothing_of_it",
        ),
        ("{\"@type\": \"Error\", \"code\": \"ERR401\", \"reason\": \"Unauthorized\"}", "error_body"),
        ("[{\"code\": \"E1\", \"reason\": \"…\"}]", "error_body"),
        ("{\"timestamp\": \"2026\", \"status\": 404, \"error\": \"Not Found\", \"path\": \"/x\"}", "error_body"),
        ("{\"resultCode\": \"5000\", \"message\": \"no\", \"data\": null}", "error_body"),
    ];
    for (body, code) in vectors {
        let refusal = tmf::read_bills(body.as_bytes(), &INSPECTED).expect_err(body);
        assert_eq!(refusal.code(), *code, "{body}");
        assert!(refusal.to_string().ends_with('.'), "{refusal}");
    }
    let mut large = vec![b' '; MAX_JSON_BYTES];
    large[..2].copy_from_slice(b"[]");
    assert!(tmf::read_bills(&large, &INSPECTED).is_ok());
    large.push(b' ');
    assert_eq!(tmf::read_bills(&large, &INSPECTED), Err(Refusal::Unreadable(Unreadable::TooLarge)));
    assert!(tmf::read_content(large, None).is_ok(), "an answer with a printed document may be larger");
}

#[test]
fn no_bill_is_an_answer() {
    for body in ["[]", "[{}]", "[null]", "{\"data\": []}", "{\"resultCode\": \"0\", \"customerBill\": []}"] {
        let bills = tmf::read_bills(body.as_bytes(), &INSPECTED).expect(body);
        assert!(bills.bills.is_empty() && bills.not_issued.is_empty() && bills.warnings.is_empty(), "{body}");
        assert!(tmf::read_lines(body.as_bytes(), LinesOf::Running, &INSPECTED).expect(body).lines.is_empty());
        assert!(tmf::read_accounts(body.as_bytes(), &INSPECTED).is_ok(), "{body}");
    }
}

#[test]
fn an_errors_code_is_repeated_only_when_it_looks_like_one() {
    for (code, repeated) in
        [(json!("ERR401"), Some("ERR401")), (json!("32470999888"), None), (json!("No, Colleen"), None)]
    {
        let body = json!({ "code": code, "reason": "Colleen Colleague" }).to_string();
        let refusal = tmf::read_bills(body.as_bytes(), &INSPECTED).unwrap_err();
        assert_eq!(refusal, Refusal::ErrorBody(ErrorBody { code: repeated.map(str::to_owned) }));
        assert!(!format!("{refusal}{refusal:?}").contains("Colleen"));
    }
}

/// Everything the documents hold of others' accounts.
const NEVER: &[&str] =
    &["Colleen", "Colin-", "BA-2", "foreign", "employer\"", "colleague-1", "Claire", "A4712", "CB-456"];

#[test]
fn bills_of_others_never_come_out() {
    let all: String = documents("tmf678").iter().map(|(_, document)| document.to_string()).collect();
    for secret in NEVER {
        assert!(all.contains(secret), "{secret} proves nothing");
    }
    let accounts = ["BA-1".to_owned(), "A0815".to_owned()];
    for (name, document) in documents("tmf678") {
        let mut all = vec![String::new()];
        places(&document, "", &mut all);
        for place in all {
            // Without its account or its party, a document says something else of whose it is.
            if ["billingAccount", "relatedParty", "/bill"].iter().any(|name| place.contains(name)) {
                continue;
            }
            let mutant = if place.is_empty() { document.clone() } else { without(&document, &place) };
            let (bills, lines, told) = everything(mutant.to_string().as_bytes(), &own(&accounts));
            for secret in NEVER {
                assert!(!told.contains(secret), "{secret} of {name} without {place} came out: {told}");
            }
            let accounts_of = bills.iter().map(|bill| &bill.account).chain(lines.iter().map(|line| &line.account));
            assert!(accounts_of.flatten().all(|account| accounts.contains(account)), "{name} without {place}");
        }
    }
}

/// Amounts that are zero by an operator's word.
fn zeros(bills: &[Bill], lines: &[BillLine]) -> usize {
    let of_bill = |bill: &Bill| {
        let amounts = bill.amounts;
        let told = [amounts.due, amounts.remaining, amounts.tax_excluded, amounts.tax_included, bill.out_of_bundle];
        let rest = bill.taxes.iter().map(|tax| tax.amount).chain(bill.payments.iter().map(|payment| payment.amount));
        told.into_iter().chain(rest).flatten().filter(|cents| *cents == Cents::ZERO).count()
    };
    let of_line = |line: &BillLine| {
        let told = [line.tax_excluded, line.tax_included].into_iter().chain(line.taxes.iter().map(|tax| tax.amount));
        told.flatten().filter(|cents| *cents == Cents::ZERO).count()
    };
    bills.iter().map(of_bill).sum::<usize>() + lines.iter().map(of_line).sum::<usize>()
}

fn is_sound(bills: &[Bill], lines: &[BillLine]) {
    let ids: BTreeSet<_> = bills.iter().map(|bill| &bill.id).collect();
    assert!(ids.len() <= bills.len());
    for bill in bills {
        assert!(!bill.id.is_empty() && bill.documents.len() <= 20);
        assert!(bill.period.is_none_or(|period| period.start < period.next_start), "a period of no day");
        if bill.kind == DocumentKind::CreditNote {
            assert!(bill.amounts.tax_included.is_none_or(|total| total <= Cents::ZERO), "a credit note asks for money");
        }
        let audit = checks::audit(bill, Some(lines));
        if let Some(figures) = audit.figures {
            assert_eq!(Some(figures.total()), bill.amounts.tax_included, "a figure of sums that disagree");
        }
        let _ = (bill.document(), bill.payment_facts(Cents::ZERO, false), bill.credited(bills), bill.pdf());
        for item in &bill.taxes {
            let _ = checks::confirmed_rate(bill, item, Some(lines));
        }
    }
    for line in lines {
        assert!(line.period.is_none_or(|period| period.start < period.next_start), "a period of no day");
        let _ = line.charge();
    }
}

#[test]
fn a_missing_or_odd_member_never_panics_and_never_becomes_a_zero() {
    let (mut read, oddities, accounts) = (0, oddities(), ["BA-1".to_owned(), "A0815".to_owned()]);
    for (name, document) in documents("tmf678") {
        let mut all = Vec::new();
        places(&document, "", &mut all);
        for (turn, place) in all.into_iter().enumerate() {
            let mut check = |mutant: &Value, how: &HowToRead<'_>| {
                let body = mutant.to_string();
                let bills = tmf::read_bills(body.as_bytes(), how).map(|read| [read.bills, read.not_issued].concat());
                let lines = tmf::read_lines(body.as_bytes(), LinesOf::Any, how).map(|read| read.lines);
                read += usize::from(bills.is_ok()) + usize::from(lines.is_ok());
                let (bills, lines) = (bills.unwrap_or_default(), lines.unwrap_or_default());
                is_sound(&bills, &lines);
                let (out, written) = (zeros(&bills, &lines), zeros_written(mutant));
                assert!(out <= written, "{name} at {place}: {out} zeros of {written}");
            };
            check(&without(&document, &place), &own(&accounts));
            let mut mutant = document.clone();
            for oddity in oddities.iter().skip(turn % 4).step_by(4) {
                oddity.clone_into(mutant.pointer_mut(&place).unwrap());
                check(&mutant, &INSPECTED);
            }
        }
    }
    assert!(read > 2_000, "{read} mutants read");
}

/// One bad bill or line never hides the others.
#[test]
fn what_is_broken_hides_nothing_else() {
    for name in ["v5-bills.json", "trap-amounts.json", "v4-lines.json"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/tmf678").join(name);
        let document: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let ids = |document: &Value| -> Vec<String> {
            let body = document.to_string();
            let bills = tmf::read_bills(body.as_bytes(), &INSPECTED).map(|read| read.bills).unwrap_or_default();
            let lines = tmf::read_lines(body.as_bytes(), LinesOf::Any, &INSPECTED).map(|read| read.lines);
            let lines = lines.unwrap_or_default();
            bills.iter().map(|bill| bill.id.clone()).chain(lines.iter().map(|line| line.id.clone())).collect()
        };
        let whole = ids(&document);
        for (index, element) in document.as_array().unwrap().iter().enumerate() {
            let id = element["id"].as_str().unwrap();
            let others: Vec<_> = whole.iter().filter(|other| *other != id).collect();
            for oddity in oddities() {
                let mut mutant = document.clone();
                mutant[index] = oddity.clone();
                let left = ids(&mutant);
                assert_eq!(left.iter().collect::<Vec<_>>(), others, "{name}: {oddity} in place of {id}");
            }
        }
    }
}

#[test]
fn a_document_cut_anywhere_is_refused_whole() {
    for (name, document) in documents("tmf678") {
        let body = document.to_string();
        for end in (0..body.len()).step_by(11) {
            let refusal = tmf::read_bills(&body.as_bytes()[..end], &INSPECTED).expect_err(&name);
            assert!(
                matches!(refusal, Refusal::Unreadable(Unreadable::NotJson { .. } | Unreadable::Empty)),
                "{name} cut at {end}: {refusal:?}"
            );
        }
    }
}

#[test]
fn two_mebibytes_of_bills_and_lines_stay_bounded() {
    let fill = |element: &str| {
        let mut body = String::from("[");
        let mut n = 0;
        while body.len() < MAX_JSON_BYTES - 300 {
            body.push_str(&element.replace('N', &n.to_string()));
            n += 1;
        }
        body + "{}]"
    };
    let bills = fill(r#"{"id":"N","billNo":"N","amountDue":"x","billDocument":[{"id":"a"},{"id":"b"},{}]},"#);
    let read = tmf::read_bills(bills.as_bytes(), &INSPECTED).unwrap();
    assert_eq!(read.bills.len(), 240);
    assert!(read.warnings.len() <= 101 && read.elements > 10_000);
    for same in ["N", "same"] {
        let lines = fill(&r#"{"id":"ID","type":"usage","isBilled":false,"taxIncludedAmount":N},"#.replace("ID", same));
        let read = tmf::read_lines(lines.as_bytes(), LinesOf::Any, &INSPECTED).unwrap();
        assert_eq!(read.lines.len(), 5_000);
        let ids: BTreeSet<_> = read.lines.iter().map(|line| &line.id).collect();
        assert_eq!(ids.len(), 5_000, "each line has an id of its own");
    }
    let many = format!(r#"[{{"id":"a","billNo":"1","billDocument":[{}{{}}]}}]"#, r#"{"id":"d"},"#.repeat(50));
    assert_eq!(tmf::read_bills(many.as_bytes(), &INSPECTED).unwrap().bills[0].documents.len(), 1, "the same once");
}

/// Documents that may be read here but not kept: a folder named by COMPANION_TMF_SAMPLES, or `shared/tmf` beside the
/// checkout. Without it there is nothing to check.
#[test]
fn official_samples_beside_the_checkout_decode() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/tmf");
    let folder = std::env::var_os("COMPANION_TMF_SAMPLES").map_or(beside, PathBuf::from);
    let Ok(sample) = fs::read(folder.join("tmf678-v4-customerBill-sample.json")) else {
        eprintln!("no samples in {}: skipped", folder.display());
        return;
    };
    let read = tmf::read_bills(&sample, &INSPECTED).unwrap();
    let [bill] = read.bills.as_slice() else { panic!("{read:?}") };
    let amounts = bill.amounts;
    assert_eq!(
        (bill.id.as_str(), bill.bill_no.as_deref(), bill.kind),
        ("CB-123", Some("780123456"), DocumentKind::Invoice)
    );
    assert_eq!((amounts.due, amounts.remaining), (Some(Cents(0)), Some(Cents(0))));
    assert_eq!((amounts.tax_excluded, amounts.tax_included), (Some(Cents(4_000)), Some(Cents(5_000))));
    assert_eq!((bill.payments.len(), bill.payments[0].amount), (1, Some(Cents(5_000))));
    assert_eq!(checks::confirmed_rate(bill, &bill.taxes[0], None), Some(2_500), "0.25 is a fraction there");
    assert_eq!(bill.state.map(|state| state.is_issued()), Some(true));
    assert_eq!(bill.due.unwrap().to_string(), "2020-01-15");
    assert_eq!(bill.issued.unwrap().to_string(), "2020-01-05");
    assert_eq!((bill.account.as_deref(), bill.period), (Some("A0815"), None));
    assert_eq!(bill.documents[0].size_hint, Some(172_851));
    assert_eq!(checks::audit(bill, None).findings, []);
    let kinds: Vec<_> = read.warnings.iter().map(|warning| (warning.path.as_str(), warning.kind)).collect();
    assert_eq!(
        kinds,
        [
            ("billDocument[0].content", WarningKind::ContentNotPdf),
            ("billDocument[0].validfor.endDateTime", WarningKind::OpenEnded)
        ]
    );

    let sample = fs::read(folder.join("tmf678-v4-appliedCustomerBillingRate-sample.json")).unwrap();
    let read = tmf::read_lines(&sample, LinesOf::Bill("B123"), &INSPECTED).unwrap();
    let [line] = read.lines.as_slice() else { panic!("{read:?}") };
    assert_eq!((line.tax_excluded, line.tax_included), (Some(Cents(4_000)), Some(Cents(5_000))));
    assert_eq!(line.taxes[0].confirmed_rate(Cents(4_000)), None, "twenty percent of 40 is not 10");
    assert_eq!(line.period.unwrap().last_day().to_string(), "2019-12-31");
    assert!(line.is_billed && read.warnings.is_empty());

    for file in files(&folder) {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let body = fs::read(&file).unwrap();
        let is_bill = tmf::read_bills(&body, &INSPECTED).is_ok();
        let is_line = tmf::read_lines(&body, LinesOf::Any, &INSPECTED).is_ok();
        let expected = (name.contains("678") && name.contains("customerBill-"), name.contains("BillingRate"));
        assert_eq!((is_bill, is_line), expected, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_bytes_never_panic(body in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = everything(&body, &INSPECTED);
    }

    #[test]
    fn damaged_documents_never_panic(pick in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let documents = documents("tmf678");
        let mut body = pick.get(&documents).1.to_string().into_bytes();
        let at = at.index(body.len());
        body[at] = byte;
        let _ = everything(&body, &INSPECTED);
    }

    #[test]
    fn amounts_survive_the_way_through_a_document(cents in -1_000_000_000_000i64..1_000_000_000_000) {
        let sign = if cents < 0 { "-" } else { "" };
        let digits = format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100);
        let comma = digits.replace('.', ",");
        let body = format!(
            r#"{{"id": "a", "billNo": "1", "amountDue": {{"unit": "EUR", "value": {digits}}},
                "remainingAmount": {{"unit": "EUR", "value": "{comma}"}}}}"#
        );
        let read = tmf::read_bills(body.as_bytes(), &INSPECTED).unwrap();
        prop_assert_eq!(read.bills[0].amounts.due, Some(Cents(cents)));
        prop_assert_eq!(read.bills[0].amounts.remaining, Some(Cents(cents)));
    }
}
