//! Why an invoice came, and what may come, in sentences. Amounts are the operator's own, or sums of a detail that adds up;
//! what is expected is said with "may".

use jiff::ToSpan;

use super::Presentation;
use crate::invoices::checks::{Audit, Figures, sections, subscription_goes_first};
use crate::invoices::model::{Bill, BillLine, DocumentKind};
use crate::invoices::split_bill::policy::{Due, Reason, THRESHOLD};
use crate::invoices::split_bill::sequence::{Outcome, Settlement, Told};
use crate::money::Cents;
use crate::text::{Text, dates, messages};

/// Why the document came; `told`: what the account's history says of its period.
pub(super) fn why(
    bill: &Bill,
    lines: Option<&[BillLine]>,
    audit: &Audit,
    told: Option<&Told>,
    presentation: &Presentation<'_>,
) -> Vec<Text> {
    let language = presentation.language;
    match bill.kind {
        DocumentKind::Invoice => {}
        DocumentKind::CreditNote => return vec![messages::why_credit_note(language)],
        DocumentKind::ThirdPartyStatement => return vec![messages::why_statement(language)],
        DocumentKind::Reminder => return vec![messages::why_reminder(language)],
        DocumentKind::Unknown => return Vec::new(),
    }
    let mut sentences = vec![messages::why_split_bill(language)];
    let goes_first = lines.is_some_and(|lines| subscription_goes_first(&sections(bill, lines).detail));
    sentences.extend(audit.figures.iter().flat_map(|figures| of_figures(*figures, goes_first, presentation)));
    sentences.extend(told.iter().flat_map(|told| of_outcome(told, presentation)));
    sentences
}

fn of_figures(figures: Figures, goes_first: bool, presentation: &Presentation<'_>) -> Vec<Text> {
    let (language, money) = (presentation.language, |cents| presentation.money(cents));
    let mut sentences = Vec::new();
    let covered = figures.employer_covered();
    if covered > Cents::ZERO {
        sentences.push(messages::why_covered(language, &money(covered)));
    }
    if let Some(uncovered) = figures.uncovered().filter(|uncovered| *uncovered > Cents::ZERO) {
        if covered > Cents::ZERO && goes_first {
            sentences.push(messages::why_subscription_first(language));
        }
        sentences.push(messages::why_uncovered(language, &money(uncovered)));
    }
    if figures.third_party() > Cents::ZERO {
        sentences.push(messages::why_third_party(language, &money(figures.third_party())));
    }
    if covered > Cents::ZERO {
        sentences.push(messages::why_lapses(language));
    }
    sentences
}

fn of_outcome(told: &Told, presentation: &Presentation<'_>) -> Vec<Text> {
    let language = presentation.language;
    let due = match told.outcome {
        Outcome::AsExpected { due } => Some(due),
        Outcome::Diverged { .. } => return vec![messages::why_otherwise(language)],
        _ => None,
    };
    let reason = match due {
        Some(Due::Invoice { reason: Reason::Threshold, .. }) => {
            Some(messages::why_threshold(language, &limit(presentation)))
        }
        Some(Due::Invoice { reason: Reason::ThirdPeriod, .. }) => Some(messages::why_third_period(language)),
        Some(Due::NoInvoice) | None => None,
    };
    let switched = told.switched.map(|_| messages::why_switched(language));
    reason.into_iter().chain(switched).collect()
}

/// What has to be exceeded.
fn limit(presentation: &Presentation<'_>) -> Text {
    presentation.money(THRESHOLD)
}

/// Of a period without an invoice.
pub(super) fn without(told: &Told, presentation: &Presentation<'_>) -> Text {
    let language = presentation.language;
    match told.outcome {
        Outcome::NotExpected { pending, .. } if pending > Cents::ZERO => {
            messages::no_invoice_pending(language, &presentation.money(pending))
        }
        Outcome::AsExpected { due: Due::NoInvoice } => messages::no_invoice_small(language, &limit(presentation)),
        Outcome::AsExpected { .. } | Outcome::Unknown | Outcome::ClosingInvoicePossible | Outcome::Came { .. } => {
            messages::no_invoice(language)
        }
        Outcome::NotExpected { .. } => messages::no_invoice_nothing(language),
        Outcome::Expected { .. } => messages::no_invoice_yet(language),
        Outcome::Diverged { .. } => messages::no_invoice_otherwise(language),
    }
}

/// What may come of the period that runs.
pub(super) fn expected(told: &Told, presentation: &Presentation<'_>) -> Option<Text> {
    let language = presentation.language;
    match told.outcome {
        Outcome::Expected { earliest, reason, amount, includes_earlier, .. } => {
            let date = presentation.date(earliest);
            let first = match (Settlement::of(amount), reason) {
                (Settlement::ToPay, Reason::Threshold) => {
                    messages::expected_threshold(language, &date, &presentation.money(amount), &limit(presentation))
                }
                (Settlement::ToPay, Reason::ThirdPeriod) => {
                    messages::expected_third(language, &date, &presentation.money(amount))
                }
                (Settlement::NothingToPay | Settlement::Credit, _) => messages::expected_nothing(language, &date),
            };
            let earlier = includes_earlier.then(|| messages::expected_includes_earlier(language));
            Some(Text::sentences(&[Some(first), earlier].into_iter().flatten().collect::<Vec<_>>()))
        }
        Outcome::NotExpected { pending, at_most_more, .. } => {
            let first = if pending > Cents::ZERO {
                messages::expected_waits(language, &presentation.money(pending))
            } else {
                messages::expected_none(language)
            };
            let last = told.period.last_day().checked_add(i64::from(at_most_more).months()).ok();
            let later = last.map(|last| messages::expected_later(language, &dates::month(language, last)));
            Some(Text::sentences(&[Some(first), later].into_iter().flatten().collect::<Vec<_>>()))
        }
        Outcome::ClosingInvoicePossible => Some(messages::expected_closing(language)),
        Outcome::AsExpected { .. } | Outcome::Diverged { .. } | Outcome::Came { .. } | Outcome::Unknown => None,
    }
}
