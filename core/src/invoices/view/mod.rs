//! What the invoice screens draw: the list by period, one invoice as it is printed, and the ways to pay it. Final texts,
//! typed amounts, states; the phone draws, the core decides.
//!
//! | file | what it draws |
//! |---|---|
//! | [`list`] | running costs, and a row for every document and every period without one |
//! | [`invoice`] | one document: what to do, why it came, overview, detail, what is beside the plan |
//! | [`why`] | why it came, and what may come |
//! | [`state`] | where its payment stands, in words |
//! | [`payment`] | the ways to pay it |

pub(super) mod invoice;
pub(super) mod list;
pub(super) mod payment;
mod state;
#[cfg(test)]
pub(super) mod tests;
mod why;

use jiff::civil::Date;

use super::documents::DownloadState;
use super::memory::{Account, Memory};
use super::model::{Bill, BillingPeriod, DocumentKind};
use super::pay::state::PaymentState;
use crate::money::{Cents, Money};
use crate::operator::profile::SplitBill;
use crate::text::notice::Notice;
use crate::text::{Language, Text, dates, messages, money};

/// What the person and the profile decide about the presentation, and the day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Presentation<'a> {
    pub language: Language,
    pub operator: &'a str,
    pub today: Date,
    pub split_bill: &'a SplitBill,
    pub payment_hosts: &'a [String],
}

impl Presentation<'_> {
    pub fn money(&self, cents: Cents) -> Text {
        money::money(self.language, &Money { cents: cents.0, currency: "EUR".to_owned() })
    }

    pub fn date(&self, date: Date) -> Text {
        dates::date(self.language, date, self.today)
    }

    pub fn period(&self, period: BillingPeriod) -> Text {
        dates::range(self.language, period.start, period.last_day(), self.today)
    }

    /// As it stands on what leaves the app: the year is always told.
    pub fn date_in_full(&self, date: Date) -> Text {
        dates::date_with_year(self.language, date)
    }

    /// The same of a period.
    pub fn period_in_full(&self, period: BillingPeriod) -> Text {
        dates::range_with_year(self.language, period.start, period.last_day())
    }

    /// How a printed document stands on this phone.
    pub fn document(&self, state: DownloadState) -> Text {
        let language = self.language;
        match state {
            DownloadState::NotHere => messages::document_not_here(language),
            DownloadState::Downloading { .. } => messages::document_downloading(language),
            DownloadState::Partly => messages::document_partly(language),
            DownloadState::Here => messages::document_here(language),
            DownloadState::Removed => messages::document_removed(language),
        }
    }

    /// Where the payment of a document stands.
    pub fn standing(&self, bill: &Bill, account: &Account, memory: &Memory) -> InvoiceState {
        let facts = state::facts(bill, &account.bills, memory.notes.paid.contains(&bill.id));
        state::status(bill, facts.as_ref(), self).0
    }

    pub fn operator(&self) -> Text {
        Text::foreign(self.operator)
    }

    pub fn kind(&self, kind: DocumentKind) -> Text {
        match kind {
            DocumentKind::Invoice => messages::bill_invoice(self.language),
            DocumentKind::CreditNote => messages::bill_credit_note(self.language),
            DocumentKind::ThirdPartyStatement => messages::bill_statement(self.language),
            DocumentKind::Reminder => messages::bill_reminder(self.language),
            DocumentKind::Unknown => messages::bill_document(self.language),
        }
    }
}

/// The list of invoices.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct InvoicesView {
    /// Grows with every change.
    pub revision: u64,
    /// Which of the designed states the screen is in.
    pub phase: InvoicesPhase,
    /// A refresh is running. What is there stays meanwhile.
    pub refreshing: bool,
    /// The one line at the top: what is the matter. Absent when all is well.
    pub notice: Option<Notice>,
    /// When the operator was last asked: "Checked today 14:05". Absent before anything was loaded.
    pub checked: Option<Text>,
    /// What it means that there is no list, where there is none.
    pub empty: Option<EmptyView>,
    /// What runs and is on no invoice yet. Absent where the operator tells none.
    pub running: Option<RunningView>,
    /// Every document, and every period without one: the latest first, at most a hundred.
    pub rows: Vec<InvoiceRow>,
}

/// A list with nothing on it.
pub(super) fn without(phase: InvoicesPhase) -> InvoicesView {
    InvoicesView {
        revision: 0,
        phase,
        refreshing: false,
        notice: None,
        checked: None,
        empty: None,
        running: None,
        rows: Vec::new(),
    }
}

/// The designed states of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum InvoicesPhase {
    /// Nobody is signed in on this phone.
    SignedOut,
    /// The app is locked: unlock it to see anything.
    Locked,
    /// The operator offers no invoices here: the place is absent.
    NotOffered,
    /// Signed in, nothing loaded yet: a skeleton while it is, the reason in `notice` when it failed, else `empty`.
    NeverLoaded,
    /// The employer pays the subscription: there is no account in the person's name, and that is as it should be.
    EmployerPays,
    /// There is something to show, or no invoice came so far.
    Loaded,
}

/// An empty screen, drawn on purpose.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct EmptyView {
    /// "Your employer pays".
    pub title: Text,
    /// What it means.
    pub detail: Text,
}

/// Costs that are on no invoice yet, provisional.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RunningView {
    /// "€ 6.40 so far". Without an amount where a line lacks its own.
    pub headline: Text,
    /// In cents, with VAT.
    pub cents: Option<i64>,
    /// That it is provisional.
    pub note: Text,
    /// What may come of it, and what is not in it yet: "An invoice may come from 1 December". Absent where nothing can be said.
    pub expected: Option<Text>,
    /// How many lines there are; see [`crate::invoices::Invoices::running_lines`].
    pub lines: u32,
}

/// A document, or a period without one.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct InvoiceRow {
    /// The operator's id of the document; none of a period without one.
    pub invoice_id: Option<String>,
    /// What it is, for the icon.
    pub kind: InvoiceKind,
    /// Its period: "1–31 October".
    pub title: Text,
    /// "Invoice 2026000123". Absent of a period without one.
    pub number: Option<Text>,
    /// Its total with VAT. Absent where nobody says it.
    pub amount: Option<Text>,
    /// In cents.
    pub cents: Option<i64>,
    /// Where it stands, for the icon.
    pub state: InvoiceState,
    /// The same in words: "To pay by 5 December", "No invoice: up to €5 waits for a later one".
    pub status: Text,
    /// How its printed document stands on this phone, for the icon.
    pub document: DownloadState,
    /// The same in words: "Downloaded". Absent of a period without a document.
    pub document_text: Option<Text>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum InvoiceKind {
    /// An invoice.
    Invoice,
    /// A credit note: gives back, never asks for money.
    CreditNote,
    /// Services of third parties, which some operators bill apart.
    ThirdPartyStatement,
    /// A reminder of an invoice that exists.
    Reminder,
    /// Another document.
    Other,
    /// No document: a period without one.
    None,
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum InvoiceState {
    /// To be paid.
    Open,
    /// Collected by direct debit: nothing to do.
    DirectDebit,
    /// The person noted that they paid; the operator does not say so yet.
    MarkedPaid,
    /// A payment is on its way.
    Pending,
    /// A part is paid.
    PartlyPaid,
    /// Paid, as the operator says.
    Paid,
    /// Late.
    Overdue,
    /// A reminder was sent.
    Reminded,
    /// The employer was contacted.
    EmployerContacted,
    /// Taken back by credit notes.
    Credited,
    /// Nothing to pay, or a credit.
    NothingToPay,
    /// No invoice for this period.
    NoInvoice,
    /// An invoice of this period may still come.
    MayCome,
    /// Nobody says where it stands.
    Unknown,
}

impl From<PaymentState> for InvoiceState {
    fn from(state: PaymentState) -> Self {
        match state {
            PaymentState::Open => InvoiceState::Open,
            PaymentState::MarkedPaidByUser => InvoiceState::MarkedPaid,
            PaymentState::Pending => InvoiceState::Pending,
            PaymentState::PartlyPaid => InvoiceState::PartlyPaid,
            PaymentState::Paid => InvoiceState::Paid,
            PaymentState::Overdue => InvoiceState::Overdue,
            PaymentState::Reminded => InvoiceState::Reminded,
            PaymentState::EmployerContacted => InvoiceState::EmployerContacted,
            PaymentState::Credited => InvoiceState::Credited,
            PaymentState::NothingToPay => InvoiceState::NothingToPay,
        }
    }
}

impl From<DocumentKind> for InvoiceKind {
    fn from(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::Invoice => InvoiceKind::Invoice,
            DocumentKind::CreditNote => InvoiceKind::CreditNote,
            DocumentKind::ThirdPartyStatement => InvoiceKind::ThirdPartyStatement,
            DocumentKind::Reminder => InvoiceKind::Reminder,
            DocumentKind::Unknown => InvoiceKind::Other,
        }
    }
}

/// One document, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct InvoiceView {
    /// Grows with every change.
    pub revision: u64,
    /// The operator's id.
    pub invoice_id: String,
    /// "Invoice 2026000123".
    pub title: Text,
    /// "1–31 October · issued 8 November".
    pub subtitle: Text,
    /// The total with VAT, as the operator says it.
    pub total: Option<Text>,
    /// In cents.
    pub cents: Option<i64>,
    /// Where it stands, for the icon.
    pub state: InvoiceState,
    /// The same in words.
    pub status: Text,
    /// Why this came: what the employer covered, what is the person's and why, sentence by sentence.
    pub why: Vec<Text>,
    /// What does not add up. The operator's totals are shown as they are, and nothing is computed from the lines.
    pub warnings: Vec<Text>,
    /// The first page: totals, VAT, what is paid and what is left.
    pub overview: Vec<AmountRow>,
    /// The lines were read; otherwise ask for them with [`crate::invoices::Invoices::refresh_invoice`].
    pub has_lines: bool,
    /// That the lines are missing, why, and what to do; in their place while they are not being asked for. Absent where
    /// they were read.
    pub lines_missing: Option<Text>,
    /// The heading of the detail: "All lines".
    pub detail_title: Text,
    /// The heading of the last part, which repeats those of the detail that are beside the plan: "Of these, out of bundle".
    pub out_of_bundle_title: Text,
    /// Lines of the detail, for [`crate::invoices::Invoices::lines`].
    pub detail_lines: u32,
    /// Lines beside the plan, the last part of the printed invoice.
    pub out_of_bundle_lines: u32,
    /// How its printed document stands on this phone, for the icon.
    pub document: DownloadState,
    /// The same in words.
    pub document_text: Text,
    /// The person can note that they paid, or take the note back.
    pub mark_paid: Option<MarkPaidView>,
    /// When the operator was last asked where it stands: "Checked today 14:05".
    pub checked: Option<Text>,
}

/// A note of the person's that an invoice is paid.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MarkPaidView {
    /// "I paid it", "Not paid after all".
    pub label: Text,
    /// What the button calls [`crate::invoices::Invoices::mark_paid`] with.
    pub paid: bool,
}

/// A row of the overview.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AmountRow {
    /// "Without VAT".
    pub title: Text,
    /// "€ 10.20".
    pub amount: Text,
    /// In cents.
    pub cents: i64,
    /// The row that counts most.
    pub strong: bool,
}

/// The parts of a printed invoice that have lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum InvoiceSection {
    /// Every line, grouped.
    Detail,
    /// Those beside the plan, services of third parties among them.
    OutOfBundle,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct InvoiceLineView {
    /// The operator's id, for a claim or a dispute.
    pub line_id: String,
    /// Its heading: the same for lines that follow each other in one group.
    pub group: Text,
    /// The operator's text, as given.
    pub title: Text,
    /// The days it is of. Absent where nobody says.
    pub when: Option<Text>,
    /// With VAT; without it where that alone is told.
    pub amount: Option<Text>,
    /// In cents.
    pub cents: Option<i64>,
    /// What is to be said of it: "Third party, always yours", "without VAT". Absent when nothing is.
    pub note: Option<Text>,
    /// A third party's service.
    pub third_party: bool,
    /// What the employer takes over.
    pub employer_share: bool,
}

/// The ways to pay an invoice.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PaymentView {
    /// What to do, in a sentence: "Pay € 12.34 by 5 December", "Collected on 5 December by direct debit. You need not do anything."
    pub sentence: Text,
    /// Something to look at before paying: the account has changed. Until it is confirmed nothing else is here.
    pub warning: Option<PayeeWarning>,
    /// The operator's own link, which comes first; open it in the system browser.
    pub link: Option<PaymentLinkView>,
    /// What to copy into a bank's app, always beside the QR.
    pub fields: Vec<CopyField>,
    /// A QR for a bank's app on another device. Absent where no payment can be written in one.
    pub qr: Option<QrView>,
    /// What else is worth knowing: that the reference is doubtful, that a bank may warn of the name.
    pub notes: Vec<Text>,
    /// When the operator was last asked whether it is paid: "Checked today 14:05".
    pub checked: Option<Text>,
    /// There is something to be paid here, or to be looked at before: lead here from the invoice. Otherwise its screen says
    /// `sentence`.
    pub is_offered: bool,
}

/// The payee's account is not the one of before.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PayeeWarning {
    /// What changed, and what to do.
    pub text: Text,
    /// Nothing can be paid before [`crate::invoices::Invoices::confirm_payee`].
    pub must_confirm: bool,
    /// The account of this invoice: to be read out, and to be confirmed (`copied`).
    pub account: CopyField,
    /// The account until now.
    pub account_before: Option<CopyField>,
}

/// A payment link of the invoice.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PaymentLinkView {
    /// "Pay at pay.example".
    pub label: Text,
    /// The address.
    pub url: String,
}

/// Something to copy.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CopyField {
    /// "Account".
    pub title: Text,
    /// As shown, in groups; spoken digit by digit.
    pub shown: Text,
    /// What is put on the clipboard: plain, as a bank's app takes it.
    pub copied: String,
}

/// A payment QR (EPC069-12). Draw it black on white with a margin of four squares, in dark mode too.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct QrView {
    /// Squares on a side.
    pub size: u16,
    /// Row by row from the upper left, one byte a square: 1 is black.
    pub squares: Vec<u8>,
    /// "Scan it inside your bank's app."
    pub note: Text,
    /// The person's bank may not recognise the reference in its own place: ask again with `reference_as_text`. Absent
    /// where there is nothing to move.
    pub other_way: Option<Text>,
    /// The payload, for sharing and for checks.
    pub payload: String,
}
