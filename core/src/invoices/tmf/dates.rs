//! Dates of bills as civil days of the operator's time zone.

use jiff::Timestamp;
use jiff::civil::Date;

use super::HowToRead;
use crate::invoices::model::BillingPeriod;
use crate::operator::tolerant::{Findings, Moment, Node, WarningKind};

/// From this year on a date means "never".
const NEVER: i16 = 2099;
/// Before this year a date means "always".
const ALWAYS: i16 = 1990;

/// A day: of issue, of payment, of use.
pub(super) fn day(
    holder: Node<'_>,
    names: &[&'static str],
    how: &HowToRead<'_>,
    findings: &mut Findings,
) -> Option<Date> {
    moment(holder, names, findings)?.first_day(how.time_zone)
}

/// An instant; without an offset it is the operator's.
pub(super) fn instant(
    holder: Node<'_>,
    names: &[&'static str],
    how: &HowToRead<'_>,
    findings: &mut Findings,
) -> Option<Timestamp> {
    let instant = moment(holder, names, findings)?.instant(how.time_zone)?;
    if instant.zone_assumed
        && let Some(node) = holder.one(names)
    {
        findings.note(node.place(), WarningKind::ZoneAssumed);
    }
    Some(instant.at)
}

/// A period; none when one of its ends is missing.
pub(super) fn period(
    holder: Node<'_>,
    names: &[&'static str],
    how: &HowToRead<'_>,
    findings: &mut Findings,
) -> Option<BillingPeriod> {
    let node = holder.one(names)?;
    let mut start = moment(node, &["startDateTime", "startDate", "start"], findings);
    let mut end = moment(node, &["endDateTime", "endDate", "end"], findings);
    if let (Some(from), Some(to)) = (start, end)
        && from.is_after(&to, how.time_zone)
    {
        findings.note(node.place(), WarningKind::PeriodInverted);
        std::mem::swap(&mut start, &mut end);
    }
    let start = start.and_then(|moment| moment.first_day(how.time_zone));
    let next_start = end.and_then(|moment| moment.day_after(how.time_zone, how.cycle_end));
    match (start, next_start) {
        (Some(start), Some(next_start)) if start < next_start => Some(BillingPeriod { start, next_start }),
        // One day, by a convention that leaves nothing of it.
        (Some(start), Some(_)) => Some(BillingPeriod { start, next_start: start.tomorrow().ok()? }),
        _ => {
            findings.note(node.place(), WarningKind::PeriodIncomplete);
            None
        }
    }
}

fn moment(holder: Node<'_>, names: &[&'static str], findings: &mut Findings) -> Option<Moment> {
    let node = holder.one(names)?;
    let Some(moment) = node.as_text().and_then(Moment::parse) else {
        findings.note(node.place(), WarningKind::UnreadableDate);
        return None;
    };
    if moment.year() >= NEVER {
        findings.note(node.place(), WarningKind::OpenEnded);
        return None;
    }
    if moment.year() < ALWAYS {
        findings.note(node.place(), WarningKind::PlaceholderStart);
        return None;
    }
    Some(moment)
}
