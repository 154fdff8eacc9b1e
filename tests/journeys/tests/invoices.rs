//! The person's own invoices through the public API, against the sandbox operator, over TLS: read, explained, downloaded
//! whole, paid right.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use companion::host::HostError;
use companion::invoices::claim::ClaimWish;
use companion::invoices::documents::{DownloadProgress, DownloadState};
use companion::invoices::view::{InvoiceKind, InvoiceRow, InvoiceSection, InvoiceState, InvoicesPhase, InvoicesView};
use companion::{CancelToken, Problem};
use companion_journeys::Phone;
use companion_sandbox::{BillDelivery, BillDialect, DocumentFaults, Faults, Sandbox, SandboxOptions};
use sha2::{Digest, Sha256};

async fn sandbox(dialect: BillDialect, delivery: BillDelivery) -> Sandbox {
    let options = SandboxOptions { bill_dialect: dialect, bill_delivery: delivery, ..SandboxOptions::default() };
    Sandbox::start(options).await.unwrap()
}

async fn usual() -> Sandbox {
    sandbox(BillDialect::V5, BillDelivery::Url).await
}

/// A phone that has the person's list.
async fn phone_of(sandbox: &Sandbox, key: &str) -> Phone {
    let phone = Phone::new(sandbox);
    phone.sign_in(sandbox, key).await.unwrap();
    assert_eq!(phone.core.invoices().state().phase, InvoicesPhase::NeverLoaded);
    phone.core.invoices().refresh(None).await.unwrap();
    phone
}

fn list(phone: &Phone) -> InvoicesView {
    phone.core.invoices().state()
}

/// Everything but what grows by itself.
fn shown(phone: &Phone) -> InvoicesView {
    InvoicesView { revision: 0, ..list(phone) }
}

fn documents(phone: &Phone) -> Vec<InvoiceRow> {
    list(phone).rows.into_iter().filter(|row| row.invoice_id.is_some()).collect()
}

fn latest(phone: &Phone) -> String {
    documents(phone)[0].invoice_id.clone().unwrap()
}

#[tokio::test]
async fn both_versions_of_the_format_draw_the_same_list_and_the_same_invoice() {
    let mut lists = Vec::new();
    for dialect in [BillDialect::V4, BillDialect::V5] {
        let sandbox = sandbox(dialect, BillDelivery::Url).await;
        let phone = phone_of(&sandbox, "emma").await;
        let room = phone.core.invoices();
        // What may come is told by the lines of the last one, which come with the list; those of another when it is opened.
        assert!(room.invoice(latest(&phone)).unwrap().has_lines);
        let id = documents(&phone)[1].invoice_id.clone().unwrap();
        assert!(!room.invoice(id.clone()).unwrap().has_lines);
        room.clone().refresh_invoice(id.clone(), None).await.unwrap();
        let mut view = room.invoice(id.clone()).unwrap();
        assert!(view.has_lines && view.detail_lines > view.out_of_bundle_lines && view.warnings.is_empty());
        view.revision = 0;
        let detail = room.lines(id.clone(), InvoiceSection::Detail, 0);
        assert_eq!(detail.iter().filter_map(|line| line.cents).sum::<i64>(), view.cents.unwrap(), "it adds up");
        assert_eq!(room.lines(id, InvoiceSection::Detail, view.detail_lines), [], "no line twice");
        lists.push((shown(&phone).rows, view, detail));
    }
    assert_eq!(lists[0], lists[1]);
}

#[tokio::test]
async fn months_without_an_invoice_credit_notes_and_statements_have_rows_of_their_own() {
    let sandbox = usual().await;
    let emma = phone_of(&sandbox, "emma").await;
    let rows = list(&emma).rows;
    assert!(rows.iter().any(|row| row.kind == InvoiceKind::None && row.state == InvoiceState::NoInvoice));
    assert!(rows.iter().any(|row| row.kind == InvoiceKind::CreditNote && row.cents < Some(0)));
    assert!(rows.iter().any(|row| row.state == InvoiceState::Overdue));
    let running = list(&emma).running.unwrap();
    assert!(running.cents > Some(0) && running.expected.is_some(), "{running:?}");
    assert_eq!(emma.core.invoices().running_lines(0).len(), usize::try_from(running.lines).unwrap());
    let nadia = phone_of(&sandbox, "nadia").await;
    // Her subscription is billed at the end: it uses up the contribution before what runs does.
    let running = list(&nadia).running.unwrap();
    let expected = running.expected.unwrap().text;
    assert!(expected.contains("may come from"), "{expected}");
    assert!(list(&nadia).rows.iter().any(|row| row.kind == InvoiceKind::ThirdPartyStatement));
}

#[tokio::test]
async fn an_employer_who_pays_is_a_normal_state_and_so_is_a_first_month_without_invoices() {
    let sandbox = usual().await;
    let luc = phone_of(&sandbox, "luc").await;
    assert_eq!((list(&luc).phase, list(&luc).notice), (InvoicesPhase::EmployerPays, None));
    assert_eq!(list(&luc).empty.unwrap().title.text, "Your employer pays");
    let ines = phone_of(&sandbox, "ines").await;
    assert_eq!((list(&ines).phase, list(&ines).rows), (InvoicesPhase::Loaded, Vec::new()));
    assert!(list(&ines).empty.is_some());
}

#[tokio::test]
async fn without_a_network_and_after_a_restart_everything_is_still_there() {
    let sandbox = usual().await;
    let mut phone = phone_of(&sandbox, "emma").await;
    let id = latest(&phone);
    phone.core.invoices().refresh_invoice(id.clone(), None).await.unwrap();
    phone.core.invoices().mark_paid(id.clone(), true).await.unwrap();
    let (before, detail) = (shown(&phone), phone.core.invoices().lines(id.clone(), InvoiceSection::Detail, 0));
    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    phone.reopen();
    assert_eq!(phone.core.invoices().refresh(None).await, Err(Problem::Offline));
    let after = shown(&phone);
    assert!(after.notice.is_some(), "why it is not newer");
    assert_eq!(InvoicesView { notice: None, ..after }, before);
    assert_eq!(phone.core.invoices().lines(id.clone(), InvoiceSection::Detail, 0), detail);
    assert_eq!(documents(&phone)[0].state, InvoiceState::MarkedPaid);
    phone.core.invoices().mark_paid(id.clone(), false).await.unwrap();
    assert_eq!(documents(&phone)[0].state, InvoiceState::Open);
    let unknown = phone.core.invoices().mark_paid("another".to_owned(), true).await;
    assert_eq!(unknown, Err(Problem::Unexpected { code: "no_such_invoice".to_owned() }));
}

#[tokio::test]
async fn whoever_signs_in_next_sees_nothing_of_the_last_ones_invoices_and_finds_no_file() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "emma").await;
    let id = latest(&phone);
    let room = phone.core.invoices();
    room.clone().refresh_invoice(id.clone(), None).await.unwrap();
    room.clone().download(id.clone(), false, None, None).await.unwrap();
    let copy = room.clone().share_document(id.clone()).await.unwrap();
    assert!(Path::new(&copy.path()).exists());
    phone.core.session().sign_out().await.unwrap();
    assert!(!Path::new(&copy.path()).exists(), "no copy is left");
    assert_eq!(
        files(phone.data.path()).iter().filter(|path| path.extension().is_some_and(|e| e == "sealed")).count(),
        0
    );
    assert_eq!((list(&phone).phase, list(&phone).rows), (InvoicesPhase::SignedOut, Vec::new()));
    phone.sign_in(&sandbox, "luc").await.unwrap();
    assert_eq!(list(&phone).phase, InvoicesPhase::NeverLoaded);
    assert!(room.invoice(id.clone()).is_none() && room.payment(id.clone(), false).is_none());
    assert_eq!(room.lines(id, InvoiceSection::Detail, 0), []);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[derive(Default)]
struct Watch {
    seen: Mutex<Vec<(u64, Option<u64>)>>,
    stop: Option<(u64, Arc<CancelToken>)>,
}

impl DownloadProgress for Watch {
    fn moved(&self, bytes: u64, total: Option<u64>) -> Result<(), HostError> {
        self.seen.lock().unwrap().push((bytes, total));
        if let Some((at, token)) = &self.stop
            && bytes >= *at
        {
            token.cancel();
        }
        Ok(())
    }
}

#[tokio::test]
async fn however_the_operator_hands_a_document_over_its_bytes_are_the_operators() {
    for delivery in [BillDelivery::Url, BillDelivery::Content, BillDelivery::Store] {
        let sandbox = sandbox(BillDialect::V4, delivery).await;
        let phone = phone_of(&sandbox, "emma").await;
        let (room, id) = (phone.core.invoices(), latest(&phone));
        assert_eq!(documents(&phone)[0].document, DownloadState::NotHere);
        let watch = Arc::new(Watch::default());
        room.clone().download(id.clone(), false, Some(watch.clone()), None).await.unwrap();
        assert_eq!(documents(&phone)[0].document, DownloadState::Here, "{delivery:?}");
        let copy = room.clone().share_document(id.clone()).await.unwrap();
        let bytes = std::fs::read(copy.path()).unwrap();
        assert_eq!(watch.seen.lock().unwrap().last().unwrap().0, bytes.len() as u64, "the end is told");
        let expected = sandbox.document(&id).unwrap();
        assert_eq!(Sha256::digest(&bytes), Sha256::digest(&expected), "{delivery:?}");
        assert!(copy.name().starts_with("Sandbox-Mobile_2026-10_") && copy.name().ends_with(".pdf"), "{}", copy.name());
        let sealed = files(&phone.data.path().join("documents"));
        assert!(sealed.iter().all(|file| !contains(&std::fs::read(file).unwrap(), b"%PDF-")), "sealed at rest");
    }
}

fn contains(bytes: &[u8], canary: &[u8]) -> bool {
    bytes.windows(canary.len()).any(|window| window == canary)
}

#[tokio::test]
async fn a_download_that_is_stopped_goes_on_from_there_also_after_a_restart() {
    let sandbox = usual().await;
    let mut phone = phone_of(&sandbox, "emma").await;
    let id = latest(&phone);
    let documents_faults = DocumentFaults { padding_kib: 2_048, ms_per_kib: 1, ..DocumentFaults::default() };
    sandbox.set_faults(Faults { documents: documents_faults, ..Faults::default() });
    let token = CancelToken::new();
    let watch = Arc::new(Watch { stop: Some((300_000, token.clone())), ..Watch::default() });
    let stopped = phone.core.invoices().download(id.clone(), false, Some(watch), Some(token)).await;
    assert_eq!(stopped, Err(Problem::Unexpected { code: "cancelled".to_owned() }));
    // A core that is let go of may still be bringing to the disk what came, and another keeps away from the file until then.
    phone.core.suspend(5_000).unwrap();
    phone.reopen();
    let before = sandbox.requests().len();
    let watch = Arc::new(Watch::default());
    phone.core.invoices().download(id.clone(), false, Some(watch.clone()), None).await.unwrap();
    let first = watch.seen.lock().unwrap()[0].0;
    assert!(first >= 200_000, "what was here is not fetched again: {first}");
    let asked = sandbox.requests().split_off(before);
    let document = asked.iter().find(|request| request.path.starts_with("/documents")).unwrap();
    assert_eq!(document.status, 206, "{document:?}");
    let copy = phone.core.invoices().share_document(id.clone()).await.unwrap();
    assert_eq!(std::fs::read(copy.path()).unwrap(), sandbox.document(&id).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn on_another_network_a_download_goes_on_and_a_question_is_asked_again_at_once() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "emma").await;
    let (room, id) = (phone.core.invoices(), latest(&phone));
    let slow = DocumentFaults { padding_kib: 2_048, ms_per_kib: 1, ..DocumentFaults::default() };
    sandbox.set_faults(Faults { documents: slow, ..Faults::default() });
    let watch = Arc::new(Watch::default());
    let far = |watch: &Watch| watch.seen.lock().unwrap().last().is_some_and(|(bytes, _)| *bytes >= 300_000);
    let download = tokio::spawn(room.clone().download(id.clone(), false, Some(watch.clone()), None));
    while !far(&watch) {
        assert!(!download.is_finished());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let before = sandbox.requests().len();
    phone.core.network_changed();
    download.await.unwrap().unwrap();
    let asked = sandbox.requests().split_off(before);
    let rest: Vec<u16> = asked
        .iter()
        .filter(|request| request.path.starts_with("/documents") && request.status == 206)
        .map(|request| request.status)
        .collect();
    assert_eq!(rest, [206], "the rest, over the new path: {asked:?}");

    let lost = Faults { latency_ms: 60_000, ..Faults::default() };
    sandbox.set_faults(lost);
    let refresh = tokio::spawn(room.clone().refresh(None));
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(!refresh.is_finished());
    sandbox.set_faults(Faults::default());
    let since = Instant::now();
    phone.core.network_changed();
    refresh.await.unwrap().unwrap();
    assert!(since.elapsed() < Duration::from_secs(5), "it waited on the old path: {:?}", since.elapsed());
}

#[tokio::test]
async fn what_is_no_invoice_is_told_as_such_and_the_old_copy_stays() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "emma").await;
    let (room, id) = (phone.core.invoices(), latest(&phone));
    let only = Some(vec!["/documents".to_owned()]);
    let cases = [
        (Faults { html_portal: true, only: only.clone(), ..Faults::default() }, "document_page"),
        (Faults { status: Some(404), only: only.clone(), ..Faults::default() }, "document_not_found"),
        (
            Faults { documents: DocumentFaults { not_ready: true, ..DocumentFaults::default() }, ..Faults::default() },
            "document_not_ready",
        ),
        (
            Faults {
                documents: DocumentFaults { other_version: true, ..DocumentFaults::default() },
                ..Faults::default()
            },
            "document_damaged",
        ),
        (
            Faults { documents: DocumentFaults { expired: true, ..DocumentFaults::default() }, ..Faults::default() },
            "document_link",
        ),
        (
            Faults { documents: DocumentFaults { redirects: 9, ..DocumentFaults::default() }, ..Faults::default() },
            "document_redirects",
        ),
        (
            Faults {
                documents: DocumentFaults {
                    redirect_to: Some("https://elsewhere.example/".to_owned()),
                    ..DocumentFaults::default()
                },
                ..Faults::default()
            },
            "document_address",
        ),
        (Faults { cut_after_bytes: Some(3), only: only.clone(), ..Faults::default() }, "document_cut"),
        (
            Faults {
                status: Some(404),
                only: Some(vec!["/tmf-api/customerBillManagement".to_owned()]),
                ..Faults::default()
            },
            "document_not_found",
        ),
    ];
    let mut sentences = Vec::new();
    for (faults, code) in cases {
        sandbox.set_faults(faults);
        let problem = room.clone().download(id.clone(), false, None, None).await.unwrap_err();
        let told = matches!(&problem, Problem::NotUnderstood { code: told } if told == code);
        assert!(told || problem == Problem::BlockedNetwork, "{code}: {problem:?}");
        let sentence = phone.core.explain(problem).sentence;
        assert!(!sentence.contains("did not work. The figures"), "{code}: {sentence}");
        assert!(
            sentences.iter().all(|(other, said)| *other == code || *said != sentence),
            "{code} in words of its own"
        );
        sentences.push((code, sentence));
        assert_ne!(documents(&phone)[0].document, DownloadState::Here);
    }
    sandbox.set_faults(Faults::default());
    room.clone().download(id.clone(), false, None, None).await.unwrap();
    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    room.clone().share_document(id.clone()).await.unwrap();
    assert_eq!(documents(&phone)[0].document, DownloadState::Here, "without a network too");
}

#[tokio::test]
async fn a_document_host_never_sees_the_token() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "emma").await;
    // The sandbox's document host answers 400 to whoever shows one.
    phone.core.invoices().download(latest(&phone), false, None, None).await.unwrap();
}

#[tokio::test]
async fn an_invoice_is_paid_by_the_operators_link_first_and_never_twice() {
    let sandbox = usual().await;
    let emma = phone_of(&sandbox, "emma").await;
    let payment = emma.core.invoices().payment(latest(&emma), false).unwrap();
    assert!(payment.link.as_ref().unwrap().url.starts_with("https://pay.sandbox.example/"));
    let copied: Vec<&str> = payment.fields.iter().map(|field| field.copied.as_str()).collect();
    let payload = &payment.qr.as_ref().unwrap().payload;
    for copied in &copied[..3] {
        assert!(payload.contains(copied), "{copied} is not in {payload}");
    }
    assert!(copied[3].starts_with("+++") && payload.lines().nth(9) == Some(copied[3]), "the reference, in line 10");
    let other = emma.core.invoices().payment(latest(&emma), true).unwrap().qr.unwrap().payload;
    assert_eq!((other.lines().nth(9), other.lines().nth(10)), (Some(""), Some(copied[3])));

    let tom = phone_of(&sandbox, "tom").await;
    let payment = tom.core.invoices().payment(latest(&tom), false).unwrap();
    assert!(payment.link.is_none() && payment.fields.is_empty() && payment.qr.is_none(), "{payment:?}");
    assert!(payment.sentence.text.contains("direct debit"), "{}", payment.sentence.text);
    let paid = documents(&emma).into_iter().find(|row| row.state == InvoiceState::Paid).unwrap();
    let paid = paid.invoice_id.unwrap();
    let payment = emma.core.invoices().payment(paid.clone(), false).unwrap();
    assert!(payment.link.is_none() && payment.qr.is_none());
    // A note that it was paid says nothing of what is paid, or is collected.
    for (phone, id) in [(&emma, paid), (&tom, latest(&tom))] {
        let before = documents(phone);
        let refused = phone.core.invoices().mark_paid(id.clone(), true).await;
        assert_eq!(refused, Err(Problem::Unexpected { code: "nothing_to_note".to_owned() }), "{id}");
        assert_eq!(documents(phone), before, "nothing was noted");
    }
}

#[tokio::test]
async fn chosen_lines_become_a_claim_and_a_third_partys_line_a_question() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "emma").await;
    let (room, id) = (phone.core.invoices(), latest(&phone));
    room.clone().refresh_invoice(id.clone(), None).await.unwrap();
    let lines = room.lines(id.clone(), InvoiceSection::OutOfBundle, 0);
    let parking = lines.iter().find(|line| line.third_party).unwrap();
    let wish = |line_ids| ClaimWish { line_ids, note: String::new(), with_private_texts: false };
    let sheet = room.claim(id.clone(), wish(vec![parking.line_id.clone()])).unwrap();
    assert_eq!(sheet.total_cents, parking.cents);
    assert_eq!(sheet.csv.lines().count(), 2, "a header and the one line");
    assert!(!sheet.sheet.body.contains(&parking.title.text), "a third party's text stays out unless it is wanted");
    let letter = room.dispute(id.clone(), parking.line_id.clone()).unwrap();
    assert!(letter.body.contains(&parking.title.text) && letter.mailto.starts_with("mailto:?subject="));
    let refused = |line_ids| match room.claim(id.clone(), wish(line_ids)).unwrap_err() {
        Problem::Unexpected { code } => code,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(vec!["another".to_owned()]), "no_such_line");
    let detail = room.lines(id.clone(), InvoiceSection::Detail, 0);
    let share = detail.iter().find(|line| line.employer_share).unwrap();
    assert_eq!(refused(vec![parking.line_id.clone(), share.line_id.clone()]), "employer_line");
    // An invoice that was never opened has no lines here, which is not to say that it has none.
    let another = documents(&phone)[2].invoice_id.clone().unwrap();
    assert!(room.invoice(another.clone()).unwrap().lines_missing.is_some());
    let missing = Problem::Unexpected { code: "lines_not_here".to_owned() };
    assert_eq!(room.claim(another.clone(), wish(vec!["1".to_owned()])), Err(missing.clone()));
    assert_eq!(room.dispute(another, "1".to_owned()), Err(missing));
}

#[tokio::test]
async fn bad_answers_leave_the_list_as_it_was_and_say_why() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "emma").await;
    let before = shown(&phone);
    let bad = [
        Faults { garbage: true, ..Faults::default() },
        Faults { empty_body: true, ..Faults::default() },
        Faults { truncated: true, ..Faults::default() },
        Faults { html_portal: true, ..Faults::default() },
        Faults { status: Some(503), ..Faults::default() },
        Faults { status: Some(403), ..Faults::default() },
        Faults { huge_body_bytes: Some(5_000_000), ..Faults::default() },
    ];
    for fault in bad {
        let only = Some(vec!["/tmf-api/customerBillManagement".to_owned()]);
        sandbox.set_faults(Faults { only, ..fault.clone() });
        phone.core.invoices().refresh(None).await.unwrap_err();
        let after = shown(&phone);
        assert!(after.notice.is_some(), "{fault:?}");
        assert_eq!(InvoicesView { notice: None, ..after }, before, "{fault:?}");
    }
}
