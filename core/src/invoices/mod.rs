//! The invoices room: what an employee has to pay personally, why, and how to pay it without paying the wrong one. What the
//! operator says always replaces what is computed here.
//!
//! | room | what it is for |
//! |---|---|
//! | [`model`] | what is true of a bill, whatever format it came in |
//! | [`tmf`] | reading TMF678, 666 and 667 |
//! | [`checks`] | whether a bill adds up |
//! | [`split_bill`] | what the employer covers, and when an invoice may come |
//! | [`pay`] | references, accounts, QR, links, states of payment |
//! | [`calendar`] | the periods of an account in a row |
//! | [`download`] | the printed document, whole or not at all |
//! | [`claim`] | sheets and letters the person shares |
//! | [`view`] | what the screens draw |

pub mod calendar;
pub mod checks;
pub mod claim;
pub mod documents;
pub mod download;
#[cfg(test)]
mod fixtures;
mod memory;
pub mod model;
pub mod pay;
mod refresh;
pub mod split_bill;
pub mod tmf;
#[cfg(test)]
mod trials;
#[cfg(test)]
mod vectors;
pub mod view;

pub use self::split_bill::policy::THRESHOLD as SPLIT_BILL_THRESHOLD;

use std::sync::Arc;

use futures_util::FutureExt;
use jiff::civil::Date;

use self::claim::{ClaimSheet, ClaimWish};
use self::documents::PhoneSurroundings;
use self::download::origin::Rules;
use self::download::{Downloads, Limits, Named};
use self::memory::{Memory, Notes};
use self::model::{Bill, BillLine};
use self::pay::epc::ReferenceSlot;
use self::view::{
    EmptyView, InvoiceLineView, InvoiceRow, InvoiceSection, InvoiceView, InvoicesPhase, InvoicesView, PaymentView,
    Presentation,
};
use crate::cancel::{CancelToken, unless_cancelled};
use crate::changes::Topic;
use crate::engine::Engine;
use crate::kept_view::KeptView;
use crate::operator::profile::{Capability, InvoicesApi};
use crate::operator::single_flight::{PerSignIn, SingleFlight};
use crate::operator::time::{is_older, timestamp};
use crate::problem::{Problem, SessionEnd};
use crate::session::{Looked, Remembered, Session, Subject};
use crate::store::{DocumentRow, Row};
use crate::text::dates::{self, Role};
use crate::text::notice::Notice;
use crate::text::request::PreparedRequest;
use crate::text::{Text, messages};

/// How long the list is believed without asking.
const FRESH_MS: i64 = 60 * 60 * 1000;
/// Lines a phone is handed at a time.
const LINES_AT_A_TIME: usize = 100;

/// The person's own invoices.
#[derive(uniffi::Object)]
pub struct Invoices {
    engine: Arc<Engine>,
    session: Arc<Session>,
    memory: Remembered<Memory>,
    refreshing: PerSignIn<Result<(), Problem>>,
    /// Changes of what the person noted follow each other.
    noting: tokio::sync::Mutex<()>,
    /// Printed documents; none where the operator has no invoices.
    downloads: Option<Arc<Downloads>>,
    drawn: KeptView<DrawnFrom, Drawn>,
}

/// The list but for how its documents stand, and the names of those, row by row.
type Drawn = (InvoicesView, Arc<[Option<Named>]>);

/// What the list is drawn from, and what the time comes to in it.
#[derive(Clone, Copy, PartialEq)]
struct DrawnFrom {
    /// [`Looked::version`].
    memory: u64,
    today: Date,
    refreshing: bool,
    ended: Option<SessionEnd>,
}

impl std::fmt::Debug for Invoices {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Invoices")
    }
}

#[uniffi::export]
impl Invoices {
    /// The list at this moment, from memory.
    pub fn state(&self) -> InvoicesView {
        // Before the state: a change in between is then drawn once more, never missed.
        let revision = self.engine.changes.revision(Topic::Invoices);
        let without = |phase| {
            self.drawn.forget();
            InvoicesView { revision, ..view::without(phase) }
        };
        let Some(api) = self.api() else { return without(InvoicesPhase::NotOffered) };
        if self.session.is_locked() {
            return without(InvoicesPhase::Locked);
        }
        let Some(subject) = self.session.subject() else { return without(InvoicesPhase::SignedOut) };
        let presentation = self.presentation(api);
        let memory = self.memory();
        let from = DrawnFrom {
            memory: memory.version(),
            today: presentation.today,
            refreshing: self.flight().is_running(),
            ended: self.session.ended(),
        };
        let (mut view, documents) = self.drawn.of(from, |from| self.draw(from, &subject, &memory, &presentation));
        #[cfg(test)]
        assert_eq!(view, self.draw(&from, &subject, &memory, &presentation).0, "kept too long");
        // Documents come and go by themselves.
        for (row, named) in view.rows.iter_mut().zip(&*documents) {
            let Some(standing) = named.as_ref().map(|named| self.standing_of(named)) else { continue };
            if row.document != standing {
                row.document = standing;
                row.document_text = Some(presentation.document(standing));
            }
        }
        InvoicesView { revision, ..view }
    }

    /// One document at this moment, from memory. Nothing of one that is not the person's, and of a locked app.
    pub fn invoice(&self, invoice_id: String) -> Option<InvoiceView> {
        let revision = self.engine.changes.revision(Topic::Invoices);
        let (api, memory) = self.shown()?;
        let (account, bill) = memory.bill(&invoice_id)?;
        let presentation = self.presentation(api);
        let mut view = view::invoice::view(bill, account, &memory, &presentation, revision);
        view.document = self.standing(&self.session.subject()?, bill);
        view.document_text = presentation.document(view.document);
        view.checked = self.checked(&memory, &presentation);
        Some(view)
    }

    /// Lines of a part of a document from `offset` on, at most a hundred, from memory.
    pub fn lines(&self, invoice_id: String, section: InvoiceSection, offset: u32) -> Vec<InvoiceLineView> {
        let Some((api, memory)) = self.shown() else { return Vec::new() };
        let (Some((_, bill)), Some(lines)) = (memory.bill(&invoice_id), memory.lines(&invoice_id)) else {
            return Vec::new();
        };
        let parts = checks::sections(bill, lines);
        let lines = match section {
            InvoiceSection::Detail => parts.detail,
            InvoiceSection::OutOfBundle => parts.out_of_bundle,
        };
        self.part(lines, offset, api)
    }

    /// Lines of what runs and is on no invoice yet, from `offset` on, at most a hundred, from memory.
    pub fn running_lines(&self, offset: u32) -> Vec<InvoiceLineView> {
        let Some((api, memory)) = self.shown() else { return Vec::new() };
        let accounts = memory.books.iter().flat_map(|books| &books.model.accounts);
        let lines: Vec<&BillLine> = accounts.filter_map(|account| account.running.as_ref()).flatten().collect();
        self.part(lines, offset, api)
    }

    /// The ways to pay a document, from memory. `reference_as_text`: for a bank that did not recognise the reference in its
    /// own place. Nothing of one that is not the person's, and of a locked app.
    pub fn payment(&self, invoice_id: String, reference_as_text: bool) -> Option<PaymentView> {
        let (api, memory) = self.shown()?;
        let (account, bill) = memory.bill(&invoice_id)?;
        let slot = if reference_as_text { ReferenceSlot::Text } else { ReferenceSlot::Structured };
        let Notes { paid, confirmed } = &memory.notes;
        let marked = paid.contains(&invoice_id);
        let presentation = self.presentation(api);
        let view = view::payment::view(bill, account, marked, confirmed, slot, &presentation);
        Some(PaymentView { checked: self.checked(&memory, &presentation), ..view })
    }

    /// Chosen lines on a sheet to reclaim from the employer, from memory.
    ///
    /// Fails with `Unexpected`: `no_such_invoice` of one that is not the person's, and of a locked app; `lines_not_here` until
    /// [`Invoices::refresh_invoice`] has read its lines; `no_such_line` where one is not on it, or none was chosen;
    /// `employer_line` where one is what the employer pays.
    pub fn claim(&self, invoice_id: String, wish: ClaimWish) -> Result<ClaimSheet, Problem> {
        self.of_lines(&invoice_id, |bill, lines, presentation| claim::claim(bill, lines, &wish, presentation))
    }

    /// A prepared question about a third party's line, for whoever offers the service: "this is not mine". Nothing is sent.
    ///
    /// Fails as [`Invoices::claim`] does, but for `employer_line`, and with `Unexpected` (`own_line`) where the line is none
    /// of a third party's.
    pub fn dispute(&self, invoice_id: String, line_id: String) -> Result<PreparedRequest, Problem> {
        self.of_lines(&invoice_id, |bill, lines, presentation| {
            let line =
                lines.iter().find(|line| line.id == line_id).ok_or_else(|| Problem::unexpected("no_such_line"))?;
            claim::dispute(bill, line, presentation)
        })
    }

    /// Asks the operator for the list. Callers at the same time share one run. Whatever fails, what is kept stays.
    ///
    /// Fails with any problem but `SignIn` and `Configuration`.
    pub async fn refresh(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<(), Problem> {
        if self.api().is_none() {
            return Ok(());
        }
        let this = self.clone();
        let work = async move {
            this.engine.mark(Topic::Invoices);
            let _redraw = this.engine.mark_at_the_end(Topic::Invoices);
            unless_cancelled(cancel, this.flight().join(|| this.clone().run().boxed())).await
        };
        self.engine.workers.run(work).await
    }

    /// [`Invoices::refresh`], only when the list is older than an hour, or could not be had.
    pub async fn refresh_if_due(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<(), Problem> {
        let now_ms = self.engine.now_ms();
        let due = {
            let memory = self.memory();
            let old = memory.books.as_ref().is_none_or(|books| is_older(books.checked_ms, FRESH_MS, now_ms));
            old || memory.failure.is_some()
        };
        if due { self.refresh(cancel).await } else { Ok(()) }
    }

    /// Asks the operator for the lines of one document, unless they were read since it last changed.
    ///
    /// Fails as [`Invoices::refresh`] does, and with `Unexpected` (`no_such_invoice`).
    pub async fn refresh_invoice(
        self: Arc<Self>,
        invoice_id: String,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<(), Problem> {
        let this = self.clone();
        let work = async move {
            let subject = this.session.subject().ok_or_else(|| this.session.nobody())?;
            let now_ms = this.engine.now_ms();
            let (known, due) = {
                let memory = this.memory_of(&subject)?;
                (memory.bill(&invoice_id).is_some(), memory.is_detail_due(&invoice_id, FRESH_MS, now_ms))
            };
            if !known {
                return Err(Problem::unexpected("no_such_invoice"));
            }
            if !due {
                return Ok(());
            }
            unless_cancelled(cancel, this.read_detail(&subject, &invoice_id)).await
        };
        self.engine.workers.run(work).await
    }

    /// Notes on this phone that the person paid the document, or takes the note back. It is a note and no payment: the
    /// operator's word is always shown before it.
    ///
    /// Fails with `StorageUnavailable`, `SessionEnded` and `Unexpected` (`no_such_invoice`; `nothing_to_note` of what is paid,
    /// collected, or not owed). Runs to its end also when the caller goes away.
    pub async fn mark_paid(self: Arc<Self>, invoice_id: String, paid: bool) -> Result<(), Problem> {
        let this = self.clone();
        let room = self.clone();
        let change = move |memory: &Memory| {
            let (account, bill) = memory.bill(&invoice_id).ok_or_else(|| Problem::unexpected("no_such_invoice"))?;
            let api = room.api().ok_or_else(|| Problem::unexpected("no_such_invoice"))?;
            let can_mark = view::invoice::can_mark_paid(room.presentation(api).standing(bill, account, memory));
            if paid && !can_mark {
                return Err(Problem::unexpected("nothing_to_note"));
            }
            let mut notes = memory.notes.clone();
            if paid {
                notes.paid.insert(invoice_id)
            } else {
                notes.paid.remove(&invoice_id)
            };
            Ok(notes)
        };
        self.engine.workers.run_to_end(async move { this.note(change).await }).await
    }

    /// The person compared the new account with one they know, and accepts it: the ways to pay are shown. `iban`: the account
    /// they were shown, [`view::PayeeWarning::account`], and no other that came meanwhile.
    ///
    /// Fails as [`Invoices::mark_paid`] does, and with `Unexpected` (`another_account`).
    pub async fn confirm_payee(self: Arc<Self>, invoice_id: String, iban: String) -> Result<(), Problem> {
        let this = self.clone();
        let change = move |memory: &Memory| {
            let (_, bill) = memory.bill(&invoice_id).ok_or_else(|| Problem::unexpected("no_such_invoice"))?;
            let now = view::payment::payee(bill).map(|payee| payee.iban.as_str().to_owned());
            let compact: String = iban.chars().filter(|c| !c.is_whitespace()).collect();
            let accepted = now.filter(|now| *now == compact).ok_or_else(|| Problem::unexpected("another_account"))?;
            let mut notes = memory.notes.clone();
            notes.confirmed.insert(accepted);
            Ok(notes)
        };
        self.engine.workers.run_to_end(async move { this.note(change).await }).await
    }
}

impl Invoices {
    /// Starts from what is kept; it is read when somebody looks.
    pub(crate) fn new(
        engine: Arc<Engine>,
        session: Arc<Session>,
        kept: Vec<Row>,
        documents: Vec<DocumentRow>,
    ) -> Arc<Invoices> {
        let memory = Remembered::new(session.clone(), kept);
        let (refreshing, noting) = (PerSignIn::default(), tokio::sync::Mutex::default());
        let downloads = engine.profile.apis.invoices.as_ref().map(|api| {
            let surroundings = Arc::new(PhoneSurroundings(engine.host.network.clone()));
            let downloads = Downloads::new(engine.clone(), Rules::of(api), Limits::of(api), surroundings);
            downloads.recall(documents);
            downloads
        });
        Arc::new(Invoices { engine, session, memory, refreshing, noting, downloads, drawn: KeptView::default() })
    }

    /// Whether a row is one of this room's.
    pub(crate) fn keeps(row: &Row) -> bool {
        Memory::keeps(row)
    }

    async fn note(&self, change: impl FnOnce(&Memory) -> Result<Notes, Problem>) -> Result<(), Problem> {
        let _turn = self.noting.lock().await;
        let subject = self.session.subject().ok_or_else(|| self.session.nobody())?;
        let notes = change(&*self.memory_of(&subject)?)?;
        let kept = self.engine.received(notes.clone(), None, None);
        self.session.keep_row(&subject, &subject.key.name(b"bill notes"), &kept).await?;
        self.memory_of(&subject)?.notes = notes;
        self.engine.mark(Topic::Invoices);
        Ok(())
    }

    fn draw(&self, from: &DrawnFrom, subject: &Subject, memory: &Memory, presentation: &Presentation<'_>) -> Drawn {
        let (language, refreshing) = (presentation.language, from.refreshing);
        // A session that ended is told at once, and no longer once the person signed in again.
        let failure = memory.failure.clone().filter(|problem| !matches!(problem, Problem::SessionEnded { .. }));
        let failure = from.ended.map(|reason| Problem::SessionEnded { reason }).or(failure);
        let notice = failure.as_ref().and_then(|problem| self.notice(problem));
        let Some(books) = &memory.books else {
            // While it is being asked for, or once it is said why that failed, there is nothing more to say.
            let empty = (!refreshing && notice.is_none()).then(|| EmptyView {
                title: messages::nothing_fetched(language),
                detail: messages::nothing_fetched_detail(language),
            });
            let view = InvoicesView { refreshing, notice, empty, ..view::without(InvoicesPhase::NeverLoaded) };
            return (view, Arc::default());
        };
        let mut rows = view::list::rows(memory, presentation);
        let name = |row: &mut InvoiceRow| {
            let (_, bill) = memory.bill(row.invoice_id.as_deref()?)?;
            row.document_text = Some(presentation.document(row.document));
            self.named(subject, bill)
        };
        let documents = rows.iter_mut().map(name).collect();
        let (phase, empty) = match (books.model.accounts.is_empty(), rows.is_empty()) {
            (true, _) => {
                let (title, detail) = (messages::employer_pays(language), messages::employer_pays_detail(language));
                (InvoicesPhase::EmployerPays, Some(EmptyView { title, detail }))
            }
            (false, true) => {
                let (title, detail) = (messages::no_invoices(language), messages::no_invoices_detail(language));
                (InvoicesPhase::Loaded, Some(EmptyView { title, detail }))
            }
            (false, false) => (InvoicesPhase::Loaded, None),
        };
        let running = view::list::running(memory, presentation);
        let checked = self.checked(memory, presentation);
        (InvoicesView { refreshing, notice, checked, empty, running, rows, ..view::without(phase) }, documents)
    }

    fn api(&self) -> Option<&InvoicesApi> {
        let profile = &self.engine.profile;
        profile.apis.invoices.as_ref().filter(|_| profile.offers(Capability::Invoices))
    }

    /// What may be shown now.
    fn shown(&self) -> Option<(&InvoicesApi, Looked<'_, Memory>)> {
        let api = self.api()?;
        (!self.session.is_locked() && self.session.subject().is_some()).then(|| (api, self.memory()))
    }

    /// What is made of the lines of a document, where they are here.
    fn of_lines<T>(
        &self,
        invoice: &str,
        make: impl FnOnce(&Bill, &[&BillLine], &Presentation<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let (api, memory) = self.shown().ok_or_else(|| Problem::unexpected("no_such_invoice"))?;
        let (account, bill) = memory.bill(invoice).ok_or_else(|| Problem::unexpected("no_such_invoice"))?;
        let lines = memory.lines(invoice).ok_or_else(|| Problem::unexpected("lines_not_here"))?;
        // Under all the days that it bills.
        let dated = Bill { period: calendar::covered(bill, &account.bills, Some(lines)), ..bill.clone() };
        make(&dated, &checks::sections(bill, lines).detail, &self.presentation(api))
    }

    fn part(&self, lines: Vec<&BillLine>, offset: u32, api: &InvoicesApi) -> Vec<InvoiceLineView> {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let lines = view::invoice::lines(lines, &self.presentation(api));
        lines.into_iter().skip(offset).take(LINES_AT_A_TIME).collect()
    }

    /// What is the matter, for the line at the top.
    fn notice(&self, problem: &Problem) -> Option<Notice> {
        Notice::of(problem, self.engine.language, &self.engine.profile.name)
    }

    /// When the operator was last asked for the list.
    fn checked(&self, memory: &Memory, presentation: &Presentation<'_>) -> Option<Text> {
        let at = timestamp(memory.books.as_ref()?.checked_ms);
        let moment = dates::moment(presentation.language, Role::At, at, presentation.today, &self.engine.zone);
        Some(messages::bills_checked(presentation.language, &moment))
    }

    fn presentation<'a>(&'a self, api: &'a InvoicesApi) -> Presentation<'a> {
        Presentation {
            language: self.engine.language,
            operator: &self.engine.profile.name,
            today: self.engine.now().at.to_zoned_datetime(self.engine.zone.clone()).date(),
            split_bill: &api.split_bill,
            payment_hosts: &api.payment_hosts,
        }
    }

    fn flight(&self) -> Arc<SingleFlight<Result<(), Problem>>> {
        self.refreshing.of(self.session.epoch())
    }

    fn memory_of(&self, subject: &Subject) -> Result<Looked<'_, Memory>, Problem> {
        self.memory.of(subject)
    }

    fn memory(&self) -> Looked<'_, Memory> {
        let (memory, has_left) = self.memory.now();
        if has_left && let Some(downloads) = &self.downloads {
            downloads.signed_out();
        }
        memory
    }
}
