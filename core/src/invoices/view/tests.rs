//! Every designed state of the invoice screens, in four languages.

use std::fmt::Write;

use insta::assert_snapshot;
use jiff::civil::{Date, date};

use super::*;
use crate::invoices::claim::{ClaimWish, claim, dispute};
use crate::invoices::fixtures::{bill_of, line_of};
use crate::invoices::memory::{Account, Books, Detail, Memory};
use crate::invoices::model::*;
use crate::invoices::pay::epc::ReferenceSlot;
use crate::operator::profile::{ContributionCovers, ContributionPart, SplitPolicy};
use crate::problem::Problem;
use crate::store::Dated;

const TODAY: Date = date(2026, 11, 25);

fn split_bill() -> SplitBill {
    let contribution = vec![ContributionPart { category: None, covers: ContributionCovers::UpToCents(2_500) }];
    SplitBill { policy: SplitPolicy::Cumulative, contribution: Some(contribution) }
}

fn presentation<'a>(language: Language, split_bill: &'a SplitBill, hosts: &'a [String]) -> Presentation<'a> {
    Presentation { language, operator: "Example Mobile", today: TODAY, split_bill, payment_hosts: hosts }
}

fn october(id: &str, cents: i64) -> Bill {
    bill_of(id, (2026, 10, 1), (2026, 11, 1), cents)
}

/// 25 euros of subscription that the employer pays, 5.85 of usage, 4.00 of parking.
fn detail() -> Vec<BillLine> {
    let line = |id: &str, kind, name: &str, day: i8, cents| BillLine {
        kind,
        name: Some(name.to_owned()),
        date: Some(date(2026, 10, day)),
        ..line_of(id, Some("1"), cents)
    };
    vec![
        line("plan", LineKind::Recurring, "Business Mobile 10 GB", 1, 2_500),
        BillLine { out_of_bundle: Flag::Told, ..line("calls", LineKind::Usage, "Calls to abroad", 6, 585) },
        BillLine {
            out_of_bundle: Flag::Told,
            third_party: Flag::Told,
            ..line("parking", LineKind::Usage, "Parking by SMS, Gent zone 3", 22, 400)
        },
        BillLine { employer_share: Flag::Told, ..line("share", LineKind::Credit, "Contribution", 31, -2_500) },
    ]
}

fn memory(bills: Vec<Bill>, running: Option<Vec<BillLine>>, details: &[(&str, Vec<BillLine>)]) -> Memory {
    let dated = |model: Books| Dated { model, etag: None, counted_ms: None, checked_ms: 0, received_ms: 0 };
    let books = Books { accounts: vec![Account { id: Some("account-1".to_owned()), bills, running }] };
    let mut memory = Memory { books: Some(dated(books)), ..Memory::default() };
    for (bill, lines) in details {
        let of = memory.bill(bill).unwrap().1.clone();
        let detail = Detail { of, lines: lines.clone() };
        let kept = Dated { model: detail, etag: None, counted_ms: None, checked_ms: 0, received_ms: 0 };
        memory.details.insert((*bill).to_owned(), kept);
    }
    memory
}

fn both(text: &Text) -> String {
    if text.text == text.spoken { text.text.clone() } else { format!("{} | {}", text.text, text.spoken) }
}

fn list(memory: &Memory, presentation: &Presentation<'_>) -> String {
    let mut out = String::new();
    if let Some(running) = super::list::running(memory, presentation) {
        writeln!(out, "{}\n  {}", both(&running.headline), both(&running.note)).unwrap();
        writeln!(out, "  {}", running.expected.as_ref().map(both).unwrap_or_default()).unwrap();
    }
    for row in super::list::rows(memory, presentation) {
        let parts = [Some(&row.title), row.number.as_ref(), Some(&row.status), row.amount.as_ref()];
        let parts: Vec<String> = parts.into_iter().flatten().map(both).collect();
        writeln!(out, "[{:?} {:?}] {}", row.kind, row.state, parts.join(" / ")).unwrap();
    }
    out
}

fn one(memory: &Memory, id: &str, presentation: &Presentation<'_>) -> String {
    let (account, bill) = memory.bill(id).unwrap();
    let view = super::invoice::view(bill, account, memory, presentation, 7);
    let mut out = String::new();
    writeln!(out, "{} / {} / {}", both(&view.title), both(&view.subtitle), both(&view.status)).unwrap();
    for sentence in view.why.iter().chain(&view.warnings) {
        writeln!(out, "- {}", both(sentence)).unwrap();
    }
    for row in &view.overview {
        writeln!(out, "{}: {}", both(&row.title), both(&row.amount)).unwrap();
    }
    if let Some(missing) = &view.lines_missing {
        writeln!(out, "  {}", both(missing)).unwrap();
    }
    let lines = memory.lines(id).unwrap_or_default();
    for line in super::invoice::lines(lines.iter().collect(), presentation) {
        let parts =
            [Some(&line.group), line.when.as_ref(), Some(&line.title), line.amount.as_ref(), line.note.as_ref()];
        let parts: Vec<String> = parts.into_iter().flatten().map(both).collect();
        writeln!(out, "  {}", parts.join(" / ")).unwrap();
    }
    out
}

fn paying(memory: &Memory, id: &str, slot: ReferenceSlot, presentation: &Presentation<'_>) -> String {
    let (account, bill) = memory.bill(id).unwrap();
    let (marked, confirmed) = (memory.notes.paid.contains(id), &memory.notes.confirmed);
    let view = super::payment::view(bill, account, marked, confirmed, slot, presentation);
    let mut out = String::new();
    writeln!(out, "{}{}", both(&view.sentence), if view.is_offered { "" } else { " (nothing to open)" }).unwrap();
    if let Some(warning) = &view.warning {
        writeln!(out, "! {} {}", warning.must_confirm, both(&warning.text)).unwrap();
        for field in [Some(&warning.account), warning.account_before.as_ref()].into_iter().flatten() {
            writeln!(out, "  {}: {} [{}]", both(&field.title), both(&field.shown), field.copied).unwrap();
        }
    }
    if let Some(link) = &view.link {
        writeln!(out, "{} -> {}", both(&link.label), link.url).unwrap();
    }
    for field in &view.fields {
        writeln!(out, "{}: {} [{}]", both(&field.title), both(&field.shown), field.copied).unwrap();
    }
    if let Some(qr) = &view.qr {
        let other = qr.other_way.as_ref().map(both).unwrap_or_default();
        writeln!(out, "QR {} {:?}\n  {}\n  {other}", qr.size, qr.payload, both(&qr.note)).unwrap();
    }
    for note in &view.notes {
        writeln!(out, "- {}", both(note)).unwrap();
    }
    out
}

fn payable(id: &str) -> Bill {
    let creditor = Creditor {
        name: Some("Example Mobile NV".to_owned()),
        iban: Some("BE68 5390 0754 7034".to_owned()),
        bic: None,
    };
    let means = PaymentMeans {
        reference: Some("+++010/8068/17183+++".to_owned()),
        creditor: Some(creditor),
        link: Some("https://pay.example/i/1".to_owned()),
        ..PaymentMeans::default()
    };
    Bill { means, ..october(id, 985) }
}

#[test]
fn the_list_in_every_state_and_four_languages() {
    let with = |bill: Bill, state| Bill { state: Some(state), ..bill };
    let month = |id: &str, month: i8, cents| bill_of(id, (2026, month, 1), (2026, month + 1, 1), cents);
    let direct = PaymentMeans {
        method: Some(PaymentMethod::DirectDebit),
        collected_on: Some(date(2026, 12, 1)),
        ..PaymentMeans::default()
    };
    let note = Bill { kind: DocumentKind::CreditNote, names_invoice: Some("3".to_owned()), ..month("cn", 6, -700) };
    let bills = vec![
        october("1", 985),
        with(month("2", 9, 730), BillState::Reminded),
        with(month("3", 6, 700), BillState::Sent),
        note,
        with(month("4", 5, 650), BillState::Settled),
        with(month("5", 4, 620), BillState::PaymentPending),
        Bill {
            amounts: BillAmounts { remaining: Some(Cents(150)), ..month("6", 3, 620).amounts },
            ..with(month("6", 3, 620), BillState::PartiallyPaid)
        },
        with(month("7", 2, 0), BillState::Sent),
        with(month("8", 1, 900), BillState::EmployerContacted),
        Bill { means: direct, ..bill_of("9", (2025, 12, 1), (2026, 1, 1), 800) },
        Bill { kind: DocumentKind::ThirdPartyStatement, ..bill_of("10", (2025, 11, 1), (2025, 12, 1), 450) },
        Bill { kind: DocumentKind::Reminder, period: None, ..month("11", 9, 730) },
        Bill { amounts: BillAmounts::default(), bill_no: None, ..bill_of("12", (2025, 10, 1), (2025, 11, 1), 0) },
    ];
    let running = |cents: Option<i64>| {
        let line = BillLine { third_party: Flag::Told, ..line_of("r", None, 0) };
        vec![BillLine { tax_included: cents.map(Cents), date: Some(date(2026, 11, 9)), ..line }]
    };
    let scenes = [
        ("everything", memory(bills, Some(running(Some(640))), &[])),
        ("little runs", memory(vec![october("1", 985)], Some(running(Some(200))), &[])),
        (
            "calls run, and the subscription does not yet",
            memory(
                vec![october("1", 985)],
                Some(vec![BillLine { date: Some(date(2026, 11, 9)), ..line_of("r", None, 640) }]),
                &[("1", detail())],
            ),
        ),
        ("nothing runs", memory(vec![october("1", 985)], Some(Vec::new()), &[])),
        ("what runs has no amount", memory(vec![october("1", 985)], Some(running(None)), &[])),
        ("small amounts wait", memory(vec![month("1", 7, 985)], Some(running(Some(640))), &[])),
    ];
    let split_bill = split_bill();
    for language in Language::ALL {
        let presentation = presentation(language, &split_bill, &[]);
        let mut all = String::new();
        for (name, memory) in &scenes {
            writeln!(all, "== {name}\n{}", list(memory, &presentation)).unwrap();
        }
        assert_snapshot!(format!("list@{}", language.locale()), all);
    }
}

#[test]
fn an_invoice_in_every_state_and_four_languages() {
    let taxed = |mut bill: Bill| {
        bill.amounts.tax_excluded = Some(Cents(884));
        bill.amounts.remaining = Some(Cents(985));
        let rate = ToldRate { text: "21".to_owned(), millionths: 21_000_000 };
        bill.taxes = vec![TaxItem { category: Some("VAT".to_owned()), amount: Some(Cents(101)), rate: Some(rate) }];
        bill
    };
    let odd = |change: fn(&mut Vec<BillLine>)| {
        let mut lines = detail();
        change(&mut lines);
        memory(vec![taxed(october("1", 985))], None, &[("1", lines)])
    };
    let mut wrong = taxed(october("1", 985));
    wrong.amounts.tax_excluded = Some(Cents(100));
    (wrong.amounts.due, wrong.amounts.remaining) = (Some(Cents(0)), Some(Cents(50)));
    let scenes = [
        ("without its lines", memory(vec![taxed(october("1", 985))], None, &[])),
        ("with its lines", odd(|_| {})),
        ("a line lacks its amount", odd(|lines| lines[1].tax_included = None)),
        ("the lines do not add up", odd(|lines| lines[1].tax_included = Some(Cents(5_850)))),
        ("totals that cannot be", memory(vec![wrong], None, &[])),
        ("a credit note", memory(vec![Bill { kind: DocumentKind::CreditNote, ..october("1", -300) }], None, &[])),
        ("a reminder", memory(vec![Bill { kind: DocumentKind::Reminder, ..october("1", 985) }], None, &[])),
        (
            "third parties alone",
            memory(vec![Bill { kind: DocumentKind::ThirdPartyStatement, ..october("1", 400) }], None, &[]),
        ),
    ];
    let split_bill = split_bill();
    for language in Language::ALL {
        let presentation = presentation(language, &split_bill, &[]);
        let mut all = String::new();
        for (name, memory) in &scenes {
            writeln!(all, "== {name}\n{}", one(memory, "1", &presentation)).unwrap();
        }
        assert_snapshot!(format!("invoice@{}", language.locale()), all);
    }
}

#[test]
fn the_ways_to_pay_in_every_state_and_four_languages() {
    let hosts = ["pay.example".to_owned()];
    let changed = |change: fn(&mut Bill)| {
        let mut bill = payable("1");
        change(&mut bill);
        memory(vec![bill], None, &[])
    };
    let before = |iban: &str, name: &str| {
        let mut bill = Bill { issued: Some(date(2026, 10, 3)), ..payable("0") };
        let creditor = bill.means.creditor.as_mut().unwrap();
        (creditor.iban, creditor.name) = (Some(iban.to_owned()), Some(name.to_owned()));
        memory(vec![payable("1"), bill], None, &[])
    };
    let mut confirmed = before("BE54539007543697", "Example Mobile NV");
    confirmed.notes.confirmed.insert("BE68539007547034".to_owned());
    let mut noted = changed(|_| {});
    noted.notes.paid.insert("1".to_owned());
    let mut asked = changed(|bill| bill.state = Some(BillState::Reminded));
    asked.notes.paid.insert("1".to_owned());
    let scenes = [
        ("a link and a transfer", changed(|_| {})),
        ("late", changed(|bill| bill.due = Some(date(2026, 11, 20)))),
        ("a link of nobody we know", changed(|bill| bill.means.link = Some("https://pay.example.evil/i/1".to_owned()))),
        ("an RF reference", changed(|bill| bill.means.reference = Some("RF18539007547034".to_owned()))),
        ("a message", changed(|bill| bill.means.reference = Some("Invoice 12".to_owned()))),
        ("a doubtful reference", changed(|bill| bill.means.reference = Some("+++123/4567/89012+++".to_owned()))),
        ("no account", changed(|bill| (bill.means.creditor, bill.means.link) = (None, None))),
        (
            "an account that is none",
            changed(|bill| {
                bill.means.creditor.as_mut().unwrap().iban = Some("BE00539007547034".to_owned());
                bill.means.link = None;
            }),
        ),
        ("another account", before("BE54539007543697", "Example Mobile NV")),
        ("another account, confirmed", confirmed),
        ("another name", before("BE68539007547034", "Example NV")),
        (
            "direct debit",
            changed(|bill| {
                (bill.means.method, bill.means.collected_on) =
                    (Some(PaymentMethod::DirectDebit), Some(date(2026, 12, 1)));
            }),
        ),
        ("paid", changed(|bill| bill.state = Some(BillState::Settled))),
        ("noted as paid", noted),
        ("noted as paid, and reminded of", asked),
        ("nobody says how much", changed(|bill| bill.amounts = BillAmounts::default())),
    ];
    let split_bill = split_bill();
    for language in Language::ALL {
        let presentation = presentation(language, &split_bill, &hosts);
        let mut all = String::new();
        for (name, memory) in &scenes {
            let text = paying(memory, "1", ReferenceSlot::Structured, &presentation);
            writeln!(all, "== {name}\n{text}").unwrap();
        }
        let text = paying(&scenes[0].1, "1", ReferenceSlot::Text, &presentation);
        writeln!(all, "== the reference as text\n{text}").unwrap();
        assert_snapshot!(format!("payment@{}", language.locale()), all);
    }
}

#[test]
fn an_account_that_nobody_confirmed_is_never_trusted_however_many_invoices_name_it() {
    let split_bill = split_bill();
    let presentation = presentation(Language::English, &split_bill, &[]);
    let (ours, theirs) = ("BE68539007547034", "BE54539007543697");
    let bill = |id: &str, issued: Option<i8>, iban: &str| {
        let mut bill = payable(id);
        bill.issued = issued.map(|month| date(2026, month, 8));
        bill.means.creditor.as_mut().unwrap().iban = Some(iban.to_owned());
        bill
    };
    let must_confirm = |bills: &[Bill], id: &str, confirmed: &[&str]| {
        let mut memory = memory(bills.to_vec(), None, &[]);
        memory.notes.confirmed = confirmed.iter().map(|iban| (*iban).to_owned()).collect();
        let (account, bill) = memory.bill(id).unwrap();
        let confirmed = &memory.notes.confirmed;
        let view = super::payment::view(bill, account, false, confirmed, ReferenceSlot::Structured, &presentation);
        assert_eq!(view.fields.is_empty(), view.warning.as_ref().is_some_and(|warning| warning.must_confirm));
        view.warning.map(|warning| warning.must_confirm)
    };
    let three = [bill("1", Some(8), ours), bill("2", Some(9), theirs), bill("3", Some(10), theirs)];
    assert_eq!(must_confirm(&three, "1", &[]), None);
    assert_eq!([must_confirm(&three, "2", &[]), must_confirm(&three, "3", &[])], [Some(true); 2]);
    assert_eq!([must_confirm(&three, "2", &[theirs]), must_confirm(&three, "3", &[theirs])], [Some(false), None]);
    let back = [three[0].clone(), three[1].clone(), bill("3", Some(10), ours)];
    assert_eq!(must_confirm(&back, "3", &[]), None, "the old account needs no word");
    assert_eq!(must_confirm(&[three[0].clone(), bill("4", Some(8), theirs)], "4", &[]), Some(true), "of the same day");
    let undated = memory(vec![three[0].clone(), bill("4", None, theirs)], None, &[]);
    let text = paying(&undated, "4", ReferenceSlot::Structured, &presentation);
    assert!(!text.contains(theirs) && text.contains("printed invoice"), "{text}");
}

#[test]
fn nothing_is_asked_twice_beside_a_word_that_it_is_paid_or_given_back() {
    let split_bill = split_bill();
    let presentation = presentation(Language::English, &split_bill, &[]);
    let due = |mut bill: Bill, cents| {
        bill.amounts.due = Some(Cents(cents));
        bill
    };
    let left = |bills: Vec<Bill>| {
        let memory = memory(bills, None, &[]);
        let (account, bill) = memory.bill("1").unwrap();
        let view = super::invoice::view(bill, account, &memory, &presentation, 0);
        let left = view.overview.iter().find(|row| row.title.text == "Still to pay").map(|row| row.cents);
        let pay = super::payment::view(
            bill,
            account,
            false,
            &memory.notes.confirmed,
            ReferenceSlot::Structured,
            &presentation,
        );
        (left, pay.fields.iter().find(|field| field.title.text == "Amount").map(|field| field.copied.clone()))
    };
    let note = Bill { kind: DocumentKind::CreditNote, names_invoice: Some("1".to_owned()), ..october("2", -500) };
    let bill = || due(Bill { amounts: october("1", 2_000).amounts, ..payable("1") }, 2_000);
    assert_eq!(left(vec![bill()]), (Some(2_000), Some("20.00".to_owned())));
    assert_eq!(left(vec![Bill { state: Some(BillState::Settled), ..bill() }]), (None, None));
    assert_eq!(left(vec![bill(), note.clone()]), (Some(1_500), Some("15.00".to_owned())));
    assert_eq!(
        left(vec![due(bill(), 1_500), note]),
        (Some(1_500), Some("15.00".to_owned())),
        "it had come off already"
    );
}

#[test]
fn lines_of_a_bill_that_was_changed_since_are_not_shown_under_it() {
    let split_bill = split_bill();
    let presentation = presentation(Language::English, &split_bill, &[]);
    let mut memory = memory(vec![october("1", 985)], None, &[("1", detail())]);
    assert!(memory.lines("1").is_some());
    let bill = &mut memory.books.as_mut().unwrap().model.accounts[0].bills[0];
    (bill.state, bill.amounts.remaining) = (Some(BillState::Settled), Some(Cents(0)));
    assert!(memory.lines("1").is_some(), "a payment changes no line");
    memory.books.as_mut().unwrap().model.accounts[0].bills[0].amounts.tax_included = Some(Cents(700));
    assert_eq!(memory.lines("1"), None);
    let (account, bill) = memory.bill("1").unwrap();
    assert!(!super::invoice::view(bill, account, &memory, &presentation, 0).has_lines);
}

#[test]
fn a_claim_shows_nobodys_number_unless_the_person_wants_it_to() {
    let split_bill = split_bill();
    let presentation = presentation(Language::English, &split_bill, &[]);
    let cases = [
        ("Call +32 470 12 34 56 to mobile", "Call •••• 56 to mobile"),
        ("0470/12.34.56", "•••• 56"),
        ("To 0032 470 123 456, 12 min", "To •••• 56, 12 min"),
        ("4411 parking", "4411 parking"),
        ("10 GB extra", "10 GB extra"),
        ("+ 5 SMS", "+ 5 SMS"),
    ];
    for (name, expected) in cases {
        let line = BillLine { name: Some(name.to_owned()), ..line_of("1", Some("1"), 100) };
        let sheet = |with_private_texts| {
            let wish = ClaimWish { line_ids: vec!["1".to_owned()], note: String::new(), with_private_texts };
            claim(&october("1", 100), &[&line], &wish, &presentation).unwrap().sheet.body
        };
        assert!(sheet(false).contains(expected), "{name}: {}", sheet(false));
        assert!(sheet(true).contains(name), "{name}: {}", sheet(true));
    }
}

#[test]
fn claims_and_questions_in_four_languages() {
    let (bill, lines, split_bill) = (october("1", 985), detail(), split_bill());
    let lines: Vec<&BillLine> = lines.iter().collect();
    for language in Language::ALL {
        let presentation = presentation(language, &split_bill, &[]);
        let wish = |ids: &[&str], with_private_texts| ClaimWish {
            line_ids: ids.iter().map(|id| (*id).to_owned()).collect(),
            note: "Client visit\u{7}".to_owned(),
            with_private_texts,
        };
        let mut all = String::new();
        for with_texts in [false, true] {
            let sheet = claim(&bill, &lines, &wish(&["calls", "parking"], with_texts), &presentation).unwrap();
            assert_eq!(sheet.total_cents, Some(985));
            assert!(!sheet.csv.contains("Business Mobile"), "only what was chosen");
            assert_eq!(sheet.csv.contains("Gent"), with_texts, "where a car stood is the person's to tell");
            writeln!(all, "{}\n{}\n{}", sheet.file_name, sheet.sheet.share_text, sheet.csv).unwrap();
        }
        let letter = dispute(&bill, lines[2], &presentation).unwrap();
        writeln!(all, "{}", letter.share_text).unwrap();
        assert_snapshot!(format!("claim@{}", language.locale()), all);
        let refused = |ids: &[&str]| claim(&bill, &lines, &wish(ids, false), &presentation).unwrap_err();
        for (ids, code) in [
            (&["none"][..], "no_such_line"),
            (&[], "no_such_line"),
            (&["calls", "none"], "no_such_line"),
            (&["share"], "employer_line"),
            (&["calls", "share"], "employer_line"),
        ] {
            assert_eq!(refused(ids), Problem::unexpected(code), "{ids:?}");
        }
        assert_eq!(dispute(&bill, lines[1], &presentation), Err(Problem::unexpected("own_line")));
    }
}

#[test]
fn a_claim_of_what_the_employer_covered_already_says_so() {
    let (split_bill, hosts) = (split_bill(), Vec::new());
    let presentation = presentation(Language::English, &split_bill, &hosts);
    let (bill, lines) = (october("1", 985), detail());
    let warns = |ids: &[&str]| {
        let line_ids = ids.iter().map(|id| (*id).to_owned()).collect();
        let wish = ClaimWish { line_ids, note: String::new(), with_private_texts: true };
        let sheet = claim(&bill, &lines.iter().collect::<Vec<_>>(), &wish, &presentation).unwrap();
        let marked: Vec<String> =
            sheet.sheet.body.lines().filter(|row| row.ends_with("(paid by the employer)")).map(str::to_owned).collect();
        if let Some(warning) = &sheet.warning {
            let before = sheet.sheet.body.split("Total with VAT").next().unwrap().find(&warning.text);
            assert!(
                before < sheet.sheet.body.find("€5.85").or(sheet.sheet.body.find("€25.00\n")),
                "before the amounts"
            );
            assert!(before.is_some(), "{}", sheet.sheet.body);
        }
        (sheet.warning.map(|warning| warning.text), marked.len())
    };
    assert_eq!(warns(&["calls"]), (None, 0));
    assert_eq!(warns(&["calls", "parking"]), (None, 0));
    let (warning, marked) = warns(&["plan", "calls"]);
    assert!(warning.unwrap().contains("already paid at least €25.00") && marked == 1);
}

#[test]
fn what_the_employer_paid_is_told_line_by_line_where_it_can_be_told() {
    let (split_bill, hosts) = (split_bill(), Vec::new());
    let presentation = presentation(Language::English, &split_bill, &hosts);
    let line = |id: &str, kind, cents| BillLine { kind, ..line_of(id, Some("1"), cents) };
    let plan = |cents| line("plan", LineKind::Recurring, cents);
    let calls = |cents| line("calls", LineKind::Usage, cents);
    let share = |cents: i64| BillLine { employer_share: Flag::Told, ..line("share", LineKind::Credit, -cents) };
    let parking = BillLine { third_party: Flag::Told, ..line("parking", LineKind::Usage, 5_000) };
    let of_calls = |cents| BillLine { category: Some("calls".to_owned()), ..share(cents) };
    // The lines, what is chosen, how much is paid in any case, and which lines are marked.
    type Case<'a> = (&'a [BillLine], &'a [&'a str], Option<&'a str>, &'a [&'a str]);
    let cases: [Case<'_>; 7] = [
        (&[plan(500), calls(900), share(500), parking.clone()], &["plan"], Some("€5.00"), &["plan"]),
        (&[plan(500), calls(900), share(500), parking.clone()], &["calls"], None, &[]),
        (&[plan(500), calls(900), share(500), parking.clone()], &["plan", "calls"], Some("€5.00"), &["plan"]),
        (&[plan(2_000), calls(300), share(2_500), parking.clone()], &["calls"], Some("€3.00"), &["calls"]),
        (&[plan(2_000), calls(300), share(1_000), parking.clone()], &["plan"], Some("€7.00"), &[]),
        (&[plan(500), calls(900), of_calls(500), parking.clone()], &["plan"], None, &[]),
        (&[plan(500), calls(900), parking], &["plan", "calls"], None, &[]),
    ];
    for (lines, chosen, paid, marked) in cases {
        let total = lines.iter().map(|line| line.tax_included.unwrap().0).sum();
        let lines: Vec<&BillLine> = lines.iter().collect();
        let line_ids = chosen.iter().map(|id| (*id).to_owned()).collect();
        let wish = ClaimWish { line_ids, note: String::new(), with_private_texts: true };
        let sheet = claim(&october("1", total), &lines, &wish, &presentation).unwrap();
        let told = sheet.warning.map(|warning| warning.text);
        assert_eq!(told.is_some(), paid.is_some(), "{chosen:?}: {told:?}");
        assert!(paid.is_none_or(|paid| told.as_ref().unwrap().contains(paid)), "{chosen:?}: {told:?}");
        let is_marked = |id: &&str| {
            let amount = lines.iter().find(|line| line.id == **id).and_then(|line| line.tax_included).unwrap();
            let row = format!("{}  (paid by the employer)", presentation.money(amount).text);
            sheet.sheet.body.contains(&row)
        };
        assert_eq!(chosen.iter().copied().filter(|id| is_marked(id)).collect::<Vec<_>>(), marked, "{chosen:?}");
    }
}

#[test]
fn a_note_of_payment_is_for_what_is_asked_of_the_person() {
    let (split_bill, hosts) = (split_bill(), Vec::new());
    let presentation = presentation(Language::English, &split_bill, &hosts);
    let of = |state| Bill { state: Some(state), ..october("1", 985) };
    let mut collected = of(BillState::Sent);
    collected.means.method = Some(PaymentMethod::DirectDebit);
    collected.means.collected_on = Some(date(2026, 12, 1));
    let cases = [
        (of(BillState::Sent), true),
        (of(BillState::Reminded), true),
        (of(BillState::EmployerContacted), true),
        (of(BillState::PartiallyPaid), true),
        (collected, false),
        (of(BillState::PaymentPending), false),
        (of(BillState::Settled), false),
        (october("1", 0), false),
    ];
    for (bill, expected) in cases {
        let memory = memory(vec![bill.clone()], None, &[]);
        let (account, bill) = memory.bill("1").unwrap();
        let standing = presentation.standing(bill, account, &memory);
        assert_eq!(super::invoice::can_mark_paid(standing), expected, "{standing:?}");
    }
    for (noted, label) in [(false, "I paid it"), (true, "Not paid after all")] {
        let mut memory = memory(vec![of(BillState::Sent)], None, &[]);
        memory.notes.paid.extend(noted.then(|| "1".to_owned()));
        let (account, bill) = memory.bill("1").unwrap();
        let view = super::invoice::view(bill, account, &memory, &presentation, 1);
        let button = view.mark_paid.unwrap();
        assert_eq!((button.label.text.as_str(), button.paid), (label, !noted));
    }
    // The operator goes on asking, and the note is still told.
    let mut reminded = memory(vec![of(BillState::Reminded)], None, &[]);
    reminded.notes.paid.insert("1".to_owned());
    let told = list(&reminded, &presentation);
    assert!(told.contains("A reminder was sent") && told.contains("You noted that you paid"), "{told}");
}

#[test]
fn a_tax_of_nothing_at_no_rate_stands_alone_or_not_at_all() {
    let (split_bill, hosts) = (split_bill(), Vec::new());
    let presentation = presentation(Language::English, &split_bill, &hosts);
    let tax = |cents| TaxItem { category: None, rate: None, amount: Some(Cents(cents)) };
    let rows = |taxes: Vec<TaxItem>| {
        let memory = memory(vec![Bill { taxes, ..october("1", 985) }], None, &[]);
        one(&memory, "1", &presentation).matches("\nVAT").count()
    };
    assert_eq!((rows(vec![tax(171), tax(0)]), rows(vec![tax(0)])), (1, 1));
}

#[test]
fn nothing_in_a_cell_is_taken_for_a_formula_and_nothing_breaks_out_of_it() {
    let split_bill = split_bill();
    let presentation = presentation(Language::French, &split_bill, &[]);
    let cases = [
        ("=1+1", "'=1+1"),
        ("+32 470", "'+32 470"),
        ("-5", "'-5"),
        ("@cmd", "'@cmd"),
        ("a;b", "\"a;b\""),
        ("say \"no\"", "\"say \"\"no\"\"\""),
        ("two\r\nlines", "two lines"),
        ("\t=1", "'=1"),
    ];
    for (name, expected) in cases {
        let line = BillLine { name: Some(name.to_owned()), ..line_of("1", Some("1"), -1_234_567) };
        let wish = ClaimWish { line_ids: vec!["1".to_owned()], note: String::new(), with_private_texts: false };
        let sheet = claim(&october("1", 5), &[&line], &wish, &presentation).unwrap();
        let row = sheet.csv.lines().nth(1).unwrap();
        assert_eq!(row, format!("2026000001;;{expected};-12345,67"), "{name:?}");
    }
}
