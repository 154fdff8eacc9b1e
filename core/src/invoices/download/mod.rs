//! The document of an invoice: fetched whole or not at all, once however many ask, sealed from its first byte, and handed on
//! as a copy. What was fetched before an interruption is not fetched again.
//!
//! | file | what it is for |
//! |---|---|
//! | [`origin`] | where a document may come from, and who sees the access token |
//! | [`answer`] | what an answer means to what is already here |
//! | [`verify`] | whether the bytes are the document |
//! | [`part`] | the file on the disk |
//! | [`base64`] | documents inside an answer |
//! | [`inside`] | and finding them there |
//! | [`flights`] | one transfer for all who wait for it |
//! | [`transfer`] | the transfer itself |
//! | [`source`] | where its bytes come from |
//! | [`drain`] | and where they go |
//! | [`facts`] | what is known beside them |
//! | [`folder`] | the files beside their rows: sweep, room, quota |
//! | [`share`] | copies for other apps |
//! | [`progress`] | what those who wait are told |
//! | [`names`] | what a copy is called |

pub mod answer;
pub mod base64;
mod drain;
mod facts;
mod flights;
mod folder;
pub mod inside;
pub mod names;
pub mod origin;
pub mod part;
mod progress;
pub mod share;
mod source;
mod transfer;
pub mod verify;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use tokio::sync::{OnceCell, Semaphore};
use url::Url;

use self::answer::Refusal;
use self::flights::Flights;
use self::origin::{Astray, Rules};
pub use self::progress::Progress;
pub use self::share::SharedCopy;
use self::verify::{Digest, Flaw, Instead};
use crate::cancel::CancelToken;
use crate::changes::Topic;
use crate::engine::Engine;
use crate::operator::documents::{Authorization, Documents};
use crate::operator::failure::Failure;
use crate::operator::profile::InvoicesApi;
use crate::problem::{Problem, StorageFailure};
use crate::store::{DocumentOwner, DocumentRow, DocumentState};

/// Transfers at a time; the others wait for their turn.
const AT_ONCE: usize = 2;
/// Bytes of text that are decoded at a time.
const PIECE: usize = 32 * 1024;

/// Which document. Another `lastUpdate` of the bill makes it another one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DocumentId {
    /// The bill's technical id (TMF678).
    pub bill: String,
    /// The attachment's id.
    pub document: String,
    /// The bill's `lastUpdate`, as the operator wrote it.
    pub last_update: String,
}

/// A person's document by the name it is kept under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    key: (String, String),
    flight: String,
}

/// How to get at a document: asked at the operator's API, as often as a link turns out to be used up.
pub trait Tickets: Send + Sync {
    /// A fresh ticket.
    fn ticket(&self) -> BoxFuture<'_, Result<Ticket, Problem>>;

    /// The right to read an address of the API's own; asked only for such addresses. None where none is needed.
    fn authorization<'a>(&'a self, _url: &'a Url) -> BoxFuture<'a, Result<Option<Authorization>, Problem>> {
        Box::pin(async { Ok(None) })
    }
}

/// What the operator's API says of a document.
pub enum Ticket {
    /// It is at this address.
    Url {
        /// The address; a signed link is as good as the document and is kept nowhere.
        url: String,
        /// The digest of the whole, where the API tells one.
        digest: Option<Digest>,
        /// Its size as the API tells it: a hint for the room that is needed, no more.
        size_hint: Option<u64>,
    },
    /// It is inside the JSON answer at this address of the API, as base64 text of a `content`.
    Inside {
        /// The address.
        url: String,
        /// The attachment's id, where it is known; else it is the first.
        id: Option<String>,
        /// The digest of the document, where the API tells one.
        digest: Option<Digest>,
    },
    /// It came along, as base64 text.
    Content {
        /// The text, piece by piece.
        text: BoxStream<'static, Result<Vec<u8>, Problem>>,
        /// The digest of the document, where the API tells one.
        digest: Option<Digest>,
    },
}

impl std::fmt::Debug for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Ticket::Url { .. } => "Url(…)",
            Ticket::Inside { .. } => "Inside(…)",
            Ticket::Content { .. } => "Content(…)",
        })
    }
}

impl Ticket {
    /// A document that came along in an answer that was read as a whole.
    pub fn along(base64: String, digest: Option<Digest>) -> Ticket {
        let pieces = std::iter::successors(Some(0usize), |from| from.checked_add(PIECE));
        let pieces = pieces.map_while(move |from| {
            let rest = base64.as_bytes().get(from..).filter(|rest| !rest.is_empty())?;
            Some(Ok(rest.get(..PIECE).unwrap_or(rest).to_vec()))
        });
        Ticket::Content { text: futures_util::stream::iter(pieces).boxed(), digest }
    }
}

/// A wish for a document.
#[derive(Clone)]
pub struct Wish {
    /// Whose.
    pub owner: DocumentOwner,
    /// Which.
    pub document: DocumentId,
    /// How to get at it.
    pub tickets: Arc<dyn Tickets>,
    /// Also where every byte costs: the person asked for it.
    pub on_metered: bool,
}

impl std::fmt::Debug for Wish {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wish(…)")
    }
}

/// What surrounds the phone.
pub trait Surroundings: Send + Sync {
    /// Whether every byte costs, or the person wants data saved. May block; asked on a thread of its own.
    fn is_metered(&self) -> bool;
    /// Bytes free for files in `folder`; none where nobody can tell.
    fn free_bytes(&self, folder: &Path) -> Option<u64>;
}

/// Free room as the file system tells it; never metered.
#[derive(Debug, Clone, Copy, Default)]
pub struct FileSystem;

impl Surroundings for FileSystem {
    fn is_metered(&self) -> bool {
        false
    }

    fn free_bytes(&self, folder: &Path) -> Option<u64> {
        folder::free_bytes(folder)
    }
}

/// How much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The largest document, in bytes.
    pub largest: u64,
    /// What is kept at most, in bytes.
    pub kept_bytes: u64,
    /// What is kept at most, in documents.
    pub kept_documents: usize,
    /// Free room that is left in any case, in bytes.
    pub spare_bytes: u64,
    /// Written bytes after which the disk is waited for.
    pub sync_bytes: u64,
    /// Milliseconds after which it is.
    pub sync_ms: i64,
    /// How long the phone is not asked again whether bytes cost, in milliseconds.
    pub look_ms: i64,
    /// How long a server may say nothing between two pieces.
    pub silence: Duration,
    /// Bytes in a sealed block.
    pub block: usize,
    /// How long an unfinished download is kept, in milliseconds.
    pub part_ms: i64,
    /// How long a copy for other apps stays, in milliseconds.
    pub share_ms: i64,
}

const MIB: u64 = 1024 * 1024;
const MINUTE_MS: i64 = 60_000;

impl Limits {
    /// As the operator has it.
    pub fn of(api: &InvoicesApi) -> Limits {
        let usual = Limits::default();
        let largest = api.largest_document_mib.map_or(usual.largest, |mib| MIB.saturating_mul(mib.into()));
        Limits { largest, ..usual }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            largest: 25 * MIB,
            kept_bytes: 100 * MIB,
            kept_documents: 36,
            spare_bytes: 16 * MIB,
            sync_bytes: MIB,
            sync_ms: 2_000,
            look_ms: 5_000,
            silence: Duration::from_secs(30),
            block: part::BLOCK,
            part_ms: 7 * 24 * 60 * MINUTE_MS,
            share_ms: 10 * MINUTE_MS,
        }
    }
}

/// Why a document is not here. What was fetched of it stays, unless it is of no use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DownloadError {
    /// Nobody waits for it any more.
    #[error("cancelled")]
    Cancelled,
    /// Every byte costs here, and the person has not agreed to it.
    #[error("metered")]
    Metered,
    /// The operator is still making it.
    #[error("not ready yet")]
    NotReadyYet {
        /// Seconds to wait, where the operator says so.
        after_seconds: Option<u32>,
    },
    /// What came is not the document.
    #[error("damaged: {0}")]
    Damaged(Flaw),
    /// The answer leads nowhere.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The address may not be asked.
    #[error("astray: {0}")]
    Astray(Astray),
    /// No ticket led to it.
    #[error("links used up")]
    LinkExpired,
    /// The way to it.
    #[error("{0}")]
    Network(Failure),
    /// The operator's API gave no ticket.
    #[error("no ticket")]
    Ticket(Problem),
    /// The phone's storage.
    #[error("storage: {0:?}")]
    Storage(StorageFailure),
    /// It was here once and is no more: it is to be fetched again.
    #[error("evicted")]
    Evicted,
}

impl From<flights::Stop> for DownloadError {
    fn from(why: flights::Stop) -> Self {
        match why {
            flights::Stop::Left => DownloadError::Cancelled,
            // Whoever waits asked for nothing else: the app was put away.
            flights::Stop::Sleep => DownloadError::Storage(StorageFailure::Suspended),
        }
    }
}

impl From<DownloadError> for Problem {
    fn from(error: DownloadError) -> Self {
        let not_understood = |code: &str| Problem::NotUnderstood { code: code.to_owned() };
        match error {
            DownloadError::Cancelled => Problem::cancelled(),
            DownloadError::Metered => Problem::unexpected("metered"),
            // Not "the operator cannot serve now": everything else of it can be had.
            DownloadError::NotReadyYet { .. } => not_understood("document_not_ready"),
            DownloadError::Damaged(Flaw::NotAPdf(Instead::Page)) => not_understood("document_page"),
            DownloadError::Damaged(Flaw::NotAPdf(_)) => not_understood("document_not_pdf"),
            DownloadError::Damaged(_) => not_understood("document_damaged"),
            DownloadError::Refused(Refusal::TooLarge) => not_understood("document_too_large"),
            DownloadError::Refused(Refusal::Status(404)) => not_understood("document_not_found"),
            DownloadError::Refused(Refusal::Status(status)) => Problem::unexpected(&format!("http_{status}")),
            DownloadError::Refused(_) => not_understood("document_answer"),
            DownloadError::Astray(Astray::TooFar) => not_understood("document_redirects"),
            DownloadError::Astray(_) => not_understood("document_address"),
            DownloadError::LinkExpired => not_understood("document_link"),
            // There was a network, and it brought something: the phone is not offline.
            DownloadError::Network(Failure::Truncated | Failure::Timeout | Failure::PathChanged) => {
                not_understood("document_cut")
            }
            DownloadError::Network(failure) => failure.into(),
            // The operator knows the bill, or this document of it, no more.
            DownloadError::Ticket(Problem::Unexpected { code }) if code == "http_404" || code == "http_410" => {
                not_understood("document_not_found")
            }
            DownloadError::Ticket(problem) => problem,
            DownloadError::Storage(reason) => Problem::StorageUnavailable { reason },
            DownloadError::Evicted => Problem::unexpected("document_evicted"),
        }
    }
}

impl From<Astray> for DownloadError {
    fn from(astray: Astray) -> Self {
        DownloadError::Astray(astray)
    }
}

impl From<std::io::Error> for DownloadError {
    fn from(error: std::io::Error) -> Self {
        match crate::store::file_problem(&error) {
            Problem::StorageUnavailable { reason } => DownloadError::Storage(reason),
            _ => DownloadError::Storage(StorageFailure::Failing),
        }
    }
}

/// What the store says.
fn storage(problem: Problem) -> DownloadError {
    match problem {
        Problem::StorageUnavailable { reason } => DownloadError::Storage(reason),
        other => DownloadError::Ticket(other),
    }
}

/// A document that is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: Digest,
}

/// How a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing of it is here.
    Nothing,
    /// It is being fetched.
    Running {
        /// Bytes so far.
        bytes: u64,
        /// The length of the whole, where it is known.
        total: Option<u64>,
    },
    /// Some of it is here.
    Partial,
    /// It is here.
    Ready,
    /// It was here.
    Evicted,
}

/// The documents of a phone.
pub struct Downloads {
    engine: Arc<Engine>,
    /// Another one after each sleep: with the old one its connections go.
    client: Mutex<Arc<Documents>>,
    rules: Rules,
    limits: Limits,
    surroundings: Arc<dyn Surroundings>,
    /// The rows as they are kept.
    rows: Mutex<BTreeMap<(String, String), DocumentRow>>,
    flights: Flights<Result<Ready, DownloadError>>,
    swept: OnceCell<()>,
    turns: Semaphore,
    /// Documents whose copies are in use, and how often.
    open: Arc<Mutex<HashMap<(String, String), usize>>>,
    copies: Mutex<Vec<share::Copy>>,
}

impl std::fmt::Debug for Downloads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Downloads")
    }
}

impl Downloads {
    /// Documents by way of `rules`. Touches neither disk nor network.
    pub fn new(
        engine: Arc<Engine>,
        rules: Rules,
        limits: Limits,
        surroundings: Arc<dyn Surroundings>,
    ) -> Arc<Downloads> {
        let told = engine.clone();
        let flights = Flights::new(move || told.mark(Topic::Invoices));
        Arc::new(Downloads {
            client: Mutex::new(client(&engine, &limits)),
            engine,
            rules,
            limits,
            surroundings,
            rows: Mutex::default(),
            flights,
            swept: OnceCell::new(),
            turns: Semaphore::new(AT_ONCE),
            open: Arc::default(),
            copies: Mutex::default(),
        })
    }

    /// Fetches a document, or joins those who are fetching it. `progress` is told from a thread of its own. Whoever cancels
    /// leaves; the transfer ends when the last one does, and what is here by then is kept for a week.
    pub async fn download(
        self: &Arc<Self>,
        wish: Wish,
        progress: Option<Arc<dyn Progress>>,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<Ready, DownloadError> {
        let key = self.key(&wish.owner, &wish.document);
        let workers = self.engine.workers.handle().map_err(DownloadError::Ticket)?;
        loop {
            let start = |signal| -> BoxFuture<'static, _> {
                Box::pin(transfer::run(self.clone(), wish.clone(), key.clone(), signal))
            };
            let seat = self.flights.join(&flight(&key), &workers, Err(DownloadError::Cancelled), start).await;
            let seat = seat.ok_or(DownloadError::Storage(StorageFailure::Suspended))?;
            let clock = self.engine.host.clock.clone();
            let outcome = progress::wait(seat, progress.clone(), cancel.clone(), clock, &workers).await;
            // Somebody else's transfer, who did not agree to what it costs.
            if outcome == Err(DownloadError::Metered) && wish.on_metered {
                continue;
            }
            return outcome;
        }
    }

    /// What an earlier run of the app kept, until [`Downloads::tidy_up`] has looked at the files.
    pub fn recall(&self, rows: Vec<DocumentRow>) {
        self.rows().extend(rows.into_iter().map(|row| ((row.subject.clone(), row.key.clone()), row)));
    }

    /// How a document stands, from memory.
    pub fn standing(&self, owner: &DocumentOwner, document: &DocumentId) -> Standing {
        self.standing_of(&self.named(owner, document))
    }

    /// The document by its name: whoever asks often keeps it, since it takes longer to make than to look up.
    pub fn named(&self, owner: &DocumentOwner, document: &DocumentId) -> Named {
        let key = self.key(owner, document);
        Named { flight: flight(&key), key }
    }

    /// How a document of this name stands, from memory.
    pub fn standing_of(&self, Named { key, flight }: &Named) -> Standing {
        if let Some((bytes, total)) = self.flights.progress(flight) {
            return Standing::Running { bytes, total };
        }
        match self.rows().get(key).map(|row| row.state) {
            None => Standing::Nothing,
            Some(DocumentState::Partial) => Standing::Partial,
            Some(DocumentState::Ready) => Standing::Ready,
            Some(DocumentState::Evicted) => Standing::Evicted,
        }
    }

    /// Never dropped to make room, or again as others. Fails with [`DownloadError::Evicted`] where nothing is known of it yet.
    pub async fn pin(&self, owner: &DocumentOwner, document: &DocumentId, pinned: bool) -> Result<(), DownloadError> {
        let is_known = self.change(&self.key(owner, document), |row| row.pinned = pinned).await?;
        if is_known { Ok(()) } else { Err(DownloadError::Evicted) }
    }

    /// Stops every transfer, before the app is put to sleep, and waits until none of them holds a file, a lock or a connection.
    /// What is here stays. Nothing is fetched or copied until [`Downloads::wake_up`]. Blocks for up to `deadline`; fails when
    /// that was not enough, and may be called again.
    pub fn rest(&self, deadline: Duration) -> Result<(), DownloadError> {
        let landed = self.flights.ground(deadline);
        *locked(&self.client) = client(&self.engine, &self.limits);
        if landed { Ok(()) } else { Err(DownloadError::Storage(StorageFailure::Failing)) }
    }

    /// After the app woke up.
    pub fn wake_up(&self) {
        self.flights.reopen();
    }

    /// The phone has another path to the network: transfers under way go on over it, from where they are.
    pub fn network_changed(&self) {
        locked(&self.client).network_changed();
    }

    /// After somebody signed out: their transfers end, and nothing of them is remembered. The store has removed the rest.
    pub fn signed_out(&self) {
        self.flights.stop_all();
        self.rows().clear();
        locked(&self.copies).clear();
    }

    /// At the start of the app: brings files and rows together, and removes copies and what was never finished.
    pub async fn tidy_up(&self) -> Result<(), DownloadError> {
        self.swept.get_or_try_init(|| self.sweep()).await.map(|_| ())
    }

    fn key(&self, owner: &DocumentOwner, document: &DocumentId) -> (String, String) {
        let DocumentId { bill, document, last_update } = document;
        let mut name = Vec::new();
        for text in ["document", bill, document, last_update] {
            // Its length first, so that no two documents share a name.
            name.extend_from_slice(&(text.len() as u64).to_be_bytes());
            name.extend_from_slice(text.as_bytes());
        }
        (owner.subject.clone(), owner.key.name(&name))
    }

    fn rows(&self) -> MutexGuard<'_, BTreeMap<(String, String), DocumentRow>> {
        locked(&self.rows)
    }

    fn sealing(&self, owner: &DocumentOwner, file: &str) -> Result<part::Sealing, DownloadError> {
        let entropy = self.engine.entropy.clone();
        part::Sealing::new(&owner.key, entropy, &owner.subject, file, self.limits.block)
            .map_err(|_| DownloadError::Storage(StorageFailure::Failing))
    }
}

/// A client without a connection yet.
fn client(engine: &Engine, limits: &Limits) -> Arc<Documents> {
    let anchors = engine.profile.trust.as_ref().map(|trust| trust.anchors_pem.clone());
    Arc::new(Documents::new(anchors, limits.silence).watched(engine.http.watch.clone()))
}

/// The name of a document's transfer.
fn flight(key: &(String, String)) -> String {
    format!("{}\0{}", key.0, key.1)
}

/// What a thread that panicked left is as good as before.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Work for the blocking pool.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DownloadError> + Send + 'static,
) -> Result<T, DownloadError> {
    crate::workers::blocking(work).await.unwrap_or(Err(DownloadError::Storage(StorageFailure::Failing)))
}

/// Names an instant between two steps, so that trials can kill the process there.
#[inline]
fn instant(_name: &'static str) {
    #[cfg(test)]
    super::trials::kills::reached(_name);
}
