//! Operators' bills, read into the model. What each says was read by hand against the document.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects)]

#[path = "support/told_bills.rs"]
mod told_bills;

use std::fs;
use std::path::Path;

use companion::invoices::checks::{self, Finding};
use companion::invoices::model::{DocumentSource, Flag};
use companion::invoices::pay::state::{Paying, PaymentState, paying, payment_state};
use companion::invoices::tmf::{self, HowToRead, LinesOf, OnDemandState};
use companion::money::Cents;
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

/// As the product reads where the operator tells no accounts.
fn bills_of_person(file: &str) -> String {
    told_bills(&tmf::read_bills(&document(file), &HowToRead { me: Some("person-1"), ..INSPECTED }))
}

fn own_lines(file: &str, of: LinesOf<'_>) -> String {
    let accounts = ["BA-1".to_owned()];
    told_lines(&tmf::read_lines(&document(file), of, &HowToRead { accounts: Some(&accounts), ..INSPECTED }))
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
    version_4_in_an_array: bills("tmf678/v4-bill.json");
    version_5: own_bills("tmf678/v5-bills.json", "BA-1");
    version_4_credit_note: bills("tmf678/v4-credit-note.json");
    in_an_envelope: bills("tmf678/envelope.json");
    trap_amounts: bills("tmf678/trap-amounts.json");
    trap_dates: bills("tmf678/trap-dates.json");
    trap_states: bills("tmf678/trap-states.json");
    trap_documents: bills("tmf678/trap-documents.json");
    trap_owners: own_bills("tmf678/trap-owners.json", "BA-1");
    trap_owners_without_accounts: bills_of_person("tmf678/trap-owners.json");
    version_4_lines: lines("tmf678/v4-lines.json", LinesOf::Bill("B-1001"));
    trap_lines_of_a_bill: own_lines("tmf678/trap-lines.json", LinesOf::Bill("B-1"));
    trap_lines_running: own_lines("tmf678/trap-lines.json", LinesOf::Running);
    official_line_of_its_bill: lines("official/tmf678-v5-appliedCustomerBillingRate-retrieve.json", LinesOf::Bill("B123"));
}

#[test]
fn a_whole_bill_adds_up_and_is_explained() {
    let bill = &tmf::read_bills(&document("tmf678/v4-bill.json"), &INSPECTED).unwrap().bills[0];
    let lines = tmf::read_lines(&document("tmf678/v4-lines.json"), LinesOf::Bill("B-1001"), &INSPECTED).unwrap().lines;
    let audit = checks::audit(bill, Some(&lines));
    assert_eq!(audit.findings, []);
    let figures = audit.figures.unwrap();
    assert_eq!(figures.total(), Cents(985));
    assert_eq!(figures.employer_covered(), Cents(2_500));
    assert_eq!(figures.third_party(), Cents(400));
    assert_eq!(figures.out_of_bundle(), Cents(985));
    assert_eq!(figures.uncovered(), Some(Cents(585)));
    assert_eq!(figures.charges(), Cents(3_485));
    let sections = checks::sections(bill, &lines);
    assert_eq!((sections.detail.len(), sections.out_of_bundle.len()), (4, 2));
    assert_eq!((lines[2].out_of_bundle, lines[3].out_of_bundle), (Flag::Assumed, Flag::Told));
    let rate = |item: usize| checks::confirmed_rate(bill, &bill.taxes[item], Some(&lines));
    assert_eq!((rate(0), rate(1)), (Some(2_100), None));
    let facts = bill.payment_facts(Cents::ZERO, false).unwrap();
    let day = |text: &str| text.parse().unwrap();
    assert_eq!(payment_state(&facts, day("2026-11-28")), PaymentState::Open);
    assert_eq!(payment_state(&facts, day("2026-11-29")), PaymentState::Overdue);
    let Paying::Offered { amount } = paying(&facts, day("2026-11-25")) else { panic!() };
    assert_eq!(amount.cents(), Cents(485));
}

#[test]
fn a_direct_debit_hides_paying_and_a_credit_note_lowers_what_it_names() {
    let accounts = ["BA-1".to_owned()];
    let how = HowToRead { accounts: Some(&accounts), ..INSPECTED };
    let bills = tmf::read_bills(&document("tmf678/v5-bills.json"), &how).unwrap().bills;
    let credited = bills[0].credited(&bills).unwrap();
    assert_eq!(credited, Cents(121));
    let facts = bills[0].payment_facts(credited, false).unwrap();
    let today = "2026-11-25".parse().unwrap();
    assert_eq!(paying(&facts, today), Paying::ByDirectDebit { on: Some("2026-11-27".parse().unwrap()) });
    assert_eq!(bills[2].open(), Some(Cents(300)), "due is the total, less what was paid");
    for bill in &bills[1..] {
        let facts = bill.payment_facts(Cents::ZERO, false);
        let offered = facts.is_some_and(|facts| paying(&facts, today) != Paying::NotOffered);
        // Only the third party's statement is to be paid: neither a credit note, a reminder, nor what nobody knows.
        assert_eq!(offered, bill.id == "B-3", "{}", bill.id);
    }
}

#[test]
fn where_sums_disagree_there_is_a_finding_and_no_figure() {
    let bill = tmf::read_bills(&document("tmf678/v4-bill.json"), &INSPECTED).unwrap().bills[0].clone();
    let lines = tmf::read_lines(&document("tmf678/v4-lines.json"), LinesOf::Bill("B-1001"), &INSPECTED).unwrap().lines;
    let audited =
        |change: &dyn Fn(&mut companion::invoices::model::Bill, &mut Vec<companion::invoices::model::BillLine>)| {
            let (mut bill, mut lines) = (bill.clone(), lines.clone());
            change(&mut bill, &mut lines);
            let audit = checks::audit(&bill, Some(&lines));
            (audit.findings, audit.figures.is_some())
        };
    let sum = |detail, overview, with_tax, may_be_rounding| Finding::DetailSum {
        detail: Cents(detail),
        overview: Cents(overview),
        with_tax,
        may_be_rounding,
    };
    // A line is missing; one cent is off; the overview has no total.
    assert_eq!(audited(&|_, lines| drop(lines.pop())), (vec![sum(585, 985, true, false), out_of_bundle(585)], false));
    let cent_more = audited(&|bill, _| bill.amounts.tax_included = Some(Cents(986)));
    assert_eq!(cent_more, (vec![sum(985, 986, true, true)], false));
    assert_eq!(audited(&|bill, _| bill.amounts.tax_included = None), (vec![], false));
    // Tax: two rates may be two cents off.
    let taxed = |cents| audited(&|bill, _| bill.taxes[0].amount = Some(Cents(cents)));
    assert_eq!(taxed(104), (vec![], true));
    let off = Finding::OverviewTax { parts: Cents(988), total: Cents(985) };
    assert_eq!(taxed(105), (vec![off], true));
    let line_off = Finding::LineTax { line: "L-1".to_owned(), parts: Cents(2_502), total: Cents(2_500) };
    assert_eq!(audited(&|_, lines| lines[0].tax_excluded = Some(Cents(2_068))), (vec![line_off], true));
    // A line twice, without an amount, of another bill, of the employer with the wrong sign.
    let (findings, has_figures) = audited(&|_, lines| lines.push(lines[3].clone()));
    assert_eq!((findings[0].clone(), has_figures), (Finding::DuplicateLine { line: "L-4".to_owned() }, false));
    let bare = audited(&|_, lines| (lines[2].tax_included, lines[2].tax_excluded) = (None, None));
    assert_eq!(bare, (vec![Finding::LinesWithoutAmount { count: 1 }], false));
    let other = audited(&|_, lines| {
        lines.push(companion::invoices::model::BillLine { bill: Some("B-2".to_owned()), ..lines[0].clone() })
    });
    assert_eq!(other, (vec![], true), "another bill's line is in no part of this one");
    let (findings, has_figures) = audited(&|_, lines| lines[1].tax_included = Some(Cents(2_500)));
    assert!(findings.contains(&Finding::EmployerShareSign { line: "L-2".to_owned() }) && !has_figures);
    // Lines without tax are compared, and tell nobody what to pay.
    let (findings, has_figures) = audited(&|_, lines| lines.iter_mut().for_each(|line| line.tax_included = None));
    assert_eq!((findings, has_figures), (vec![], false));
    // No detail is no finding.
    assert_eq!(checks::audit(&bill, None).findings, []);
    assert_eq!(checks::audit(&bill, Some(&[])).figures, None);
    // Amounts that cannot both be, as in an official example.
    let told = audited(&|bill, _| {
        (bill.amounts.due, bill.amounts.remaining) = (Some(Cents(0)), Some(Cents(5_000)));
        bill.state = Some(companion::invoices::model::BillState::Settled);
    });
    let due = Finding::DueAndRemaining { due: Cents(0), remaining: Cents(5_000) };
    assert_eq!(told, (vec![due, Finding::SettledWithRest { remaining: Cents(5_000) }], true));
}

fn out_of_bundle(detail: i64) -> Finding {
    Finding::OutOfBundleSum { detail: Cents(detail), overview: Cents(985) }
}

#[test]
fn a_task_to_make_a_bill_leads_to_it() {
    let accounts = ["BA-1".to_owned()];
    let how = HowToRead { accounts: Some(&accounts), ..INSPECTED };
    let (task, warnings) = tmf::read_on_demand(&document("tmf678/on-demand.json"), &how).unwrap();
    let task = task.unwrap();
    assert_eq!((task.id.as_str(), task.state, task.bill.as_deref()), ("OD-1", OnDemandState::Done, Some("B-1")));
    assert_eq!(warnings, []);
    for (body, state) in [
        (r#"{"id": "a", "state": "inProgress", "billingAccount": {"id": "BA-1"}}"#, OnDemandState::InProgress),
        (r#"{"id": "a", "@type": "CustomerBillOnDemand"}"#, OnDemandState::InProgress),
        (r#"[{"id": "a", "state": "Rejected", "@type": "CustomerBillOnDemand"}]"#, OnDemandState::Rejected),
        (
            r#"{"id": "a", "state": "terminatedWithError", "@type": "CustomerBillOnDemand"}"#,
            OnDemandState::TerminatedWithError,
        ),
        (r#"{"id": "a", "state": "odd", "customerBill": {"id": "B"}}"#, OnDemandState::Done),
    ] {
        assert_eq!(tmf::read_on_demand(body.as_bytes(), &how).unwrap().0.unwrap().state, state, "{body}");
    }
    let foreign = br#"{"id": "a", "state": "done", "billingAccount": {"id": "BA-2"}, "customerBill": {"id": "B"}}"#;
    assert_eq!(tmf::read_on_demand(foreign, &how).unwrap().0, None);
}

#[test]
fn a_document_known_by_its_id_is_one_hop_away() {
    let stored = tmf::read_document(&document("tmf678/document-store.json"), &INSPECTED).unwrap();
    assert_eq!(stored.documents.len(), 1, "a reference in the store leads nowhere");
    let expected = DocumentSource::Url("https://documents.example/DOC-1?signature=x".to_owned());
    assert_eq!((&stored.documents[0].source, stored.documents[0].size_hint), (&expected, Some(1_200)));
    assert_eq!(stored.warnings[0].path, "attachment[1]");
}

#[test]
fn a_persons_accounts_are_those_that_name_the_person() {
    let accounts = |body: &[u8]| tmf::read_accounts(body, &HowToRead { me: Some("person-1"), ..INSPECTED });
    assert_eq!(accounts(&document("tmf678/accounts.json")).unwrap().ids, ["BA-1"]);
    assert_eq!(accounts(b"[]").unwrap().ids, [] as [String; 0]);
    assert_eq!(accounts(b"{}").unwrap_err().code(), "nothing_of_it");
    let all = tmf::read_accounts(&document("tmf678/accounts.json"), &INSPECTED).unwrap();
    assert_eq!(all.ids, ["BA-1", "BA-2", "BA-3"]);
    let nameless = accounts(br#"[{"@type": "BillingAccount", "relatedParty": [{"id": "person-1"}]}]"#).unwrap();
    assert_eq!((nameless.ids.len(), nameless.warnings[0].path.as_str()), (0, "[0]"), "{nameless:?}");
}

#[test]
fn a_printed_document_within_the_answer_is_found() {
    let body = document("tmf678/trap-documents.json");
    let content = |body: &[u8], id| tmf::read_content(body.to_vec(), id).unwrap().map(|content| content.base64);
    let first = "JVBERi0xLjQKJeLjz9MKMSAwIG9iago=";
    assert_eq!(content(&body, Some("content")).as_deref(), Some(first));
    assert_eq!(content(&body, None).as_deref(), Some(first));
    assert_eq!(content(&body, Some("not-base64")), None, "another is a PDF, but not the one that is meant");
    assert_eq!(content(&body, Some("unheard-of")).as_deref(), Some(first), "ids that change from answer to answer");
    assert!(content(&body, Some("content-with-blanks")).unwrap().contains('\n'));
    // Nothing but the document, as some operators answer.
    let alone = format!(r#"{{"content": "{first}", "@type": "pdfBinaryRepresentation"}}"#);
    assert_eq!(content(alone.as_bytes(), Some("DOC-1")).as_deref(), Some(first));
    let (bill, _) = tmf::read_bill(alone.as_bytes(), "B-1", &INSPECTED).unwrap();
    assert_eq!(bill.unwrap().documents[0].source, DocumentSource::Content);
    let address = r#"[{"id": "DOC-7", "url": "https://documents.example/x"}]"#;
    let (bill, _) = tmf::read_bill(address.as_bytes(), "B-1", &INSPECTED).unwrap();
    let bill = bill.unwrap();
    assert_eq!((bill.id.as_str(), bill.documents[0].id.as_deref()), ("B-1", Some("DOC-7")));
    assert!(!format!("{bill:?}").contains("documents.example"), "a signed address is as good as the document");
    assert_eq!(content(br#"{"id": "B-1", "billDocument": [{"content": "bill"}]}"#, None), None);
}

/// The part asked for names no account: the bill is the person's because it was asked for by its id.
#[test]
fn a_part_of_a_known_bill_is_read_and_a_foreign_one_is_not() {
    let accounts = ["BA-1".to_owned()];
    let how = HowToRead { accounts: Some(&accounts), me: Some("person-1"), ..INSPECTED };
    let read = |body: &str| tmf::read_bill(body.as_bytes(), "B-1", &how).unwrap().0;
    assert!(read(r#"{"id": "B-1", "billDocument": [{"id": "D"}]}"#).is_some());
    assert!(read(r#"[{"id": "B-1", "billDocument": [{"id": "D"}]}]"#).is_some());
    assert!(read(r#"{"id": "B-1", "billNo": "1", "billingAccount": {"id": "BA-2"}}"#).is_none());
    assert!(read(r#"{"id": "B-2", "billNo": "1", "billingAccount": {"id": "BA-1"}}"#).is_none());
}
