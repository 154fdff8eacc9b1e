//! The printed document of an invoice: fetched, kept sealed, handed on as a copy. Which bytes those are is asked anew for every
//! try, since a link to them is good for a short while.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use url::Url;

use super::Invoices;
use super::download::names::Naming;
use super::download::verify::sha256_of_text;
use super::download::{self, DocumentId, Named, Standing, Surroundings, Ticket, Tickets, Wish};
use super::model::{Bill, BillDocument, DocumentSource};
use super::refresh::not_understood;
use super::tmf;
use crate::cancel::CancelToken;
use crate::host::{HostError, NetworkFacts};
use crate::operator::address::address;
use crate::operator::documents::Authorization;
use crate::operator::profile::InvoicesApi;
use crate::problem::Problem;
use crate::session::{Call, Subject};
use crate::store::DocumentOwner;

/// An invoice has one printed document that the person downloads.
const PRINTED: &str = "printed";
/// What a bill is asked for when its document is wanted.
const FIELDS: &str = "id,billDocument,billingAccount,relatedParty";

/// Told how far a download is, at most four times a second unless it moved by a fiftieth, from a thread of the core; the
/// end in any case.
#[uniffi::export(foreign)]
pub trait DownloadProgress: Send + Sync {
    /// Bytes so far, and of the whole where it is known. Never less than before.
    fn moved(&self, bytes: u64, total: Option<u64>) -> Result<(), HostError>;
}

/// How the printed document stands on this phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum DownloadState {
    /// Nothing of it is here.
    NotHere,
    /// It is being fetched.
    Downloading {
        /// Bytes so far.
        bytes: u64,
        /// The length of the whole, where it is known.
        total: Option<u64>,
    },
    /// Some of it is here; fetching it goes on from there.
    Partly,
    /// It is here, whole and verified, sealed.
    Here,
    /// It was here, and made room for others, or the phone took it: fetch it again.
    Removed,
}

/// A copy of a document that another app may read while this object lives, for ten minutes at most. Hand its path to Quick
/// Look, a share sheet or a FileProvider, with leave to read and no more.
#[derive(Debug, uniffi::Object)]
pub struct SharedDocument {
    copy: download::SharedCopy,
}

#[uniffi::export]
impl SharedDocument {
    /// Where the copy is: a file in a folder of its own, under its name.
    pub fn path(&self) -> String {
        self.copy.path().to_string_lossy().into_owned()
    }

    /// Its name, such as `Example_2026-10_2026000123.pdf`: ASCII letters, digits, `-`, `_` and one dot.
    pub fn name(&self) -> String {
        self.copy.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

#[uniffi::export]
impl Invoices {
    /// Fetches the printed document, or joins those who are fetching it; what an earlier try brought is not fetched again.
    /// `on_metered`: also where every byte costs, because the person said so. The topic `Invoices` changes when it begins, while it
    /// moves, at most about four times a second, and when it ends, so that a screen needs no `progress`.
    ///
    /// Fails with any problem but `SignIn` and `Configuration`: `StorageUnavailable { Full }` where there is no room,
    /// `NotUnderstood` where what came is not the document (`document_cut`: the connection broke off, and it goes on from
    /// there; `document_not_ready`: the operator is still making it; `document_not_found`: it is not where it should be;
    /// `document_page`: a page came in its place, such as one to sign in at; `document_link`: every link was used up;
    /// `document_redirects`: they led on and on; `document_address`: to where the profile lets nobody go;
    /// `document_too_large`, `document_not_pdf`, `document_damaged`, `document_answer`), `Unexpected` (`metered`,
    /// `no_such_invoice`, `no_document`, `cancelled`). What was fetched stays for a week, unless it is of no use.
    pub async fn download(
        self: Arc<Self>,
        invoice_id: String,
        on_metered: bool,
        progress: Option<Arc<dyn DownloadProgress>>,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<(), Problem> {
        let this = self.clone();
        let work = async move {
            let (subject, bill) = this.wanted(&invoice_id)?;
            let wish = Wish {
                owner: this.owner(&subject),
                document: document_of(&bill),
                tickets: Arc::new(BillTickets { room: this.clone(), subject, bill: invoice_id }),
                on_metered,
            };
            let told = progress.map(|to| Arc::new(Told(to)) as Arc<dyn download::Progress>);
            this.downloads()?.download(wish, told, cancel).await.map(|_| ()).map_err(Problem::from)
        };
        self.engine.workers.run(work).await
    }

    /// A copy of a document that is here, to open or to hand on.
    ///
    /// Fails with `Unexpected` (`document_evicted` when it is not here, `no_such_invoice`) and `StorageUnavailable`.
    pub async fn share_document(self: Arc<Self>, invoice_id: String) -> Result<Arc<SharedDocument>, Problem> {
        let this = self.clone();
        let work = async move {
            let (subject, bill) = this.wanted(&invoice_id)?;
            let naming = Naming {
                brand: this.engine.profile.name.clone(),
                period: bill.period,
                bill_number: bill.bill_no.clone().unwrap_or_else(|| bill.id.clone()),
                kind: bill.kind,
            };
            let copy = this.downloads()?.share(&this.owner(&subject), &document_of(&bill), &naming).await?;
            Ok(Arc::new(SharedDocument { copy }))
        };
        self.engine.workers.run(work).await
    }
}

impl Invoices {
    /// After a start: brings files and rows together, and removes what was never finished.
    pub(crate) async fn tidy_up(self: Arc<Self>) {
        if let Some(downloads) = &self.downloads {
            let _ = downloads.tidy_up().await;
            downloads.drop_old_copies().await;
            self.engine.mark(crate::changes::Topic::Invoices);
        }
    }

    /// Before the app is put to sleep: transfers end, what is here stays. Blocks for up to `deadline`; fails when that was not
    /// enough. Also tells how much of it is left.
    pub(crate) fn rest(&self, deadline: Duration) -> (Result<(), Problem>, Duration) {
        let Some(downloads) = &self.downloads else { return (Ok(()), deadline) };
        let elapsed_ms = || self.engine.host.clock.now().ok().map(|reading| reading.elapsed_ms);
        let began_ms = elapsed_ms();
        let rested = downloads.rest(deadline);
        // A clock that does not answer takes no time away from the store.
        let taken_ms = began_ms.zip(elapsed_ms()).map_or(0, |(began, ended)| ended.saturating_sub(began));
        let taken = Duration::from_millis(u64::try_from(taken_ms).unwrap_or(0));
        let left = if rested.is_ok() { deadline.saturating_sub(taken) } else { Duration::ZERO };
        (rested.map_err(Problem::from), left)
    }

    /// The phone has another path to the network.
    pub(crate) fn network_changed(&self) {
        if let Some(downloads) = &self.downloads {
            downloads.network_changed();
        }
    }

    /// After the app woke up.
    pub(crate) fn wake_up(&self) {
        if let Some(downloads) = &self.downloads {
            downloads.wake_up();
        }
    }

    /// How the printed document of a bill stands on this phone, from memory.
    pub(super) fn standing(&self, subject: &Subject, bill: &Bill) -> DownloadState {
        self.named(subject, bill).map_or(DownloadState::NotHere, |named| self.standing_of(&named))
    }

    /// The printed document of a bill by its name.
    pub(super) fn named(&self, subject: &Subject, bill: &Bill) -> Option<Named> {
        Some(self.downloads.as_ref()?.named(&self.owner(subject), &document_of(bill)))
    }

    /// [`Invoices::standing`] of the document of this name.
    pub(super) fn standing_of(&self, named: &Named) -> DownloadState {
        let Some(downloads) = &self.downloads else { return DownloadState::NotHere };
        match downloads.standing_of(named) {
            Standing::Nothing => DownloadState::NotHere,
            Standing::Running { bytes, total } => DownloadState::Downloading { bytes, total },
            Standing::Partial => DownloadState::Partly,
            Standing::Ready => DownloadState::Here,
            Standing::Evicted => DownloadState::Removed,
        }
    }

    fn downloads(&self) -> Result<&Arc<download::Downloads>, Problem> {
        self.downloads.as_ref().ok_or_else(|| Problem::unexpected("no_document"))
    }

    /// The person and their bill.
    fn wanted(&self, invoice_id: &str) -> Result<(Subject, Bill), Problem> {
        let subject = self.session.subject().filter(|_| !self.session.is_locked());
        let subject = subject.ok_or_else(|| self.session.nobody())?;
        let bill = self.memory().bill(invoice_id).map(|(_, bill)| bill.clone());
        Ok((subject, bill.ok_or_else(|| Problem::unexpected("no_such_invoice"))?))
    }

    fn owner(&self, subject: &Subject) -> DocumentOwner {
        let (session, epoch) = (self.session.clone(), subject.epoch);
        let still = Arc::new(move || session.epoch() == epoch);
        DocumentOwner { subject: subject.id.clone(), key: subject.key.clone(), still }
    }
}

/// The same bill, changed by the operator, has another document.
fn document_of(bill: &Bill) -> DocumentId {
    let last_update = bill.last_update.map(|at| at.to_string()).unwrap_or_default();
    DocumentId { bill: bill.id.clone(), document: PRINTED.to_owned(), last_update }
}

struct Told(Arc<dyn DownloadProgress>);

impl download::Progress for Told {
    fn moved(&self, bytes: u64, total: Option<u64>) {
        // Whoever cannot be told is not the document's trouble.
        let _ = self.0.moved(bytes, total);
    }
}

/// What the phone knows of its network, and of its room.
pub(super) struct PhoneSurroundings(pub Option<Arc<dyn NetworkFacts>>);

impl Surroundings for PhoneSurroundings {
    fn is_metered(&self) -> bool {
        // A phone that cannot tell may be one whose owner pays for it.
        self.0.as_ref().is_some_and(|facts| facts.is_metered().unwrap_or(true))
    }

    fn free_bytes(&self, folder: &std::path::Path) -> Option<u64> {
        download::FileSystem.free_bytes(folder)
    }
}

/// Asks the operator where the document of a bill is.
struct BillTickets {
    room: Arc<Invoices>,
    subject: Subject,
    bill: String,
}

impl Tickets for BillTickets {
    fn ticket(&self) -> BoxFuture<'_, Result<Ticket, Problem>> {
        self.of_bill().boxed()
    }

    fn authorization<'a>(&'a self, url: &'a Url) -> BoxFuture<'a, Result<Option<Authorization>, Problem>> {
        async move { self.room.session.authorization(url).await.map(Some) }.boxed()
    }
}

impl BillTickets {
    fn api(&self) -> Result<&InvoicesApi, Problem> {
        self.room.engine.profile.apis.invoices.as_ref().ok_or_else(no_document)
    }

    async fn of_bill(&self) -> Result<Ticket, Problem> {
        let mut url = address(&self.api()?.base_url, &["customerBill", &self.bill])?;
        url.query_pairs_mut().append_pair("fields", FIELDS);
        let Some(body) = self.read(&url).await? else { return Ok(inside(&url, self.known_id())) };
        let account = self.room.memory().bill(&self.bill).and_then(|(account, _)| account.id.clone());
        let how = self.room.how(&self.subject, account.as_ref().map(std::slice::from_ref));
        let (bill, _) = tmf::read_bill(&body, &self.bill, &how).map_err(not_understood)?;
        let bill = bill.ok_or_else(no_document)?;
        let document = bill.pdf().ok_or_else(no_document)?;
        match &document.source {
            DocumentSource::Reference(id) => self.of_store(id).await,
            _ => at_hand(document, body),
        }
    }

    /// The id of the document as the list of bills told it.
    fn known_id(&self) -> Option<String> {
        self.room.memory().bill(&self.bill).and_then(|(_, bill)| bill.pdf()?.id.clone())
    }

    /// One hop: what the store names is an address or the document itself (TMF667).
    async fn of_store(&self, id: &str) -> Result<Ticket, Problem> {
        let base = self.api()?.document_base_url.as_deref().ok_or_else(no_document)?;
        let url = address(base, &["document", id])?;
        // The id is the document's; those of its attachments are not known.
        let Some(body) = self.read(&url).await? else { return Ok(inside(&url, None)) };
        let documents = tmf::read_document(&body, &self.room.how(&self.subject, None)).map_err(not_understood)?;
        let is_pdf = |document: &&BillDocument| document.mime.as_deref().is_none_or(|mime| mime == "application/pdf");
        let document = documents.documents.iter().find(is_pdf).ok_or_else(no_document)?;
        at_hand(document, body)
    }

    /// None: the answer is larger than any that is read whole, so the document is in it.
    async fn read(&self, url: &Url) -> Result<Option<Vec<u8>>, Problem> {
        match self.room.session.call(url, Call::default()).await {
            Ok(answer) => Ok(Some(answer.body)),
            Err(Problem::NotUnderstood { code }) if code == "too_large" => Ok(None),
            Err(problem) => Err(problem),
        }
    }
}

fn at_hand(document: &BillDocument, body: Vec<u8>) -> Result<Ticket, Problem> {
    let digest = document.sha256.as_deref().and_then(sha256_of_text);
    match &document.source {
        DocumentSource::Url(url) => Ok(Ticket::Url { url: url.clone(), digest, size_hint: document.size_hint }),
        DocumentSource::Content => {
            let content = tmf::read_content(body, document.id.as_deref()).map_err(not_understood)?;
            Ok(Ticket::along(content.ok_or_else(no_document)?.base64, digest))
        }
        DocumentSource::Reference(_) => Err(no_document()),
    }
}

fn inside(url: &Url, id: Option<String>) -> Ticket {
    Ticket::Inside { url: url.to_string(), id, digest: None }
}

fn no_document() -> Problem {
    Problem::unexpected("no_document")
}
