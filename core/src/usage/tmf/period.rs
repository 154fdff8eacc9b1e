//! Periods (TMF `TimePeriod`) as civil days of the operator's time zone, and until when a report was counted.

use jiff::civil::Date;

use super::HowToRead;
use crate::operator::tolerant::{Findings, Moment, Node, WarningKind};
use crate::usage::model::CountedAt;

/// A period as far as it could be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Period {
    /// First day.
    pub(super) first_day: Option<Date>,
    /// The day the end falls on: for a counter, the day until which it counted.
    pub(super) end_day: Option<Date>,
    /// First day after the period, by the operator's convention for ends.
    pub(super) day_after: Option<Date>,
    /// Of a period that was written to start after its end: the first day after the end as written.
    pub(super) as_written: Option<Date>,
}

impl Period {
    /// The validity of what is left, in a report of that day. One that is said to begin with a late report, after its
    /// end, is over as written: with its bounds swapped, an ended cycle would go on until the report.
    pub(super) fn on(self, counted_on: Option<Date>) -> Period {
        let begins_by_then = self.end_day.zip(counted_on).is_some_and(|(later, day)| later <= day);
        match self.as_written {
            Some(over) if begins_by_then => {
                Period { first_day: None, end_day: self.first_day, day_after: Some(over), as_written: None }
            }
            _ => self,
        }
    }
}

/// From this year on an end means "never".
const NEVER: i16 = 2099;
/// Before this year a start means "always": there was no mobile subscription worth counting.
const ALWAYS: i16 = 1990;

/// Reads the period under one of the names.
pub(super) fn read(
    holder: Node<'_>,
    names: &[&'static str],
    how: &HowToRead<'_>,
    findings: &mut Findings,
) -> Option<Period> {
    let node = holder.one(names)?;
    let mut start = moment(node, &["startDateTime", "startDate", "start"], findings);
    let mut end = moment(node, &["endDateTime", "endDate", "end"], findings);
    let mut as_written = None;
    if let (Some(from), Some(to)) = (start, end)
        && from.is_after(&to, how.time_zone)
    {
        as_written = to.day_after(how.time_zone, how.cycle_end);
        findings.note(node.place(), WarningKind::PeriodInverted);
        std::mem::swap(&mut start, &mut end);
    }
    if start.is_some_and(|moment| moment.year() < ALWAYS) {
        findings.note(node.place(), WarningKind::PlaceholderStart);
        start = None;
    }
    if end.is_some_and(|moment| moment.year() >= NEVER) {
        findings.note(node.place(), WarningKind::OpenEnded);
        end = None;
    }
    Some(Period {
        first_day: start.and_then(|moment| moment.first_day(how.time_zone)),
        end_day: end.and_then(|moment| moment.first_day(how.time_zone)),
        day_after: end.and_then(|moment| moment.day_after(how.time_zone, how.cycle_end)),
        as_written,
    })
}

fn moment(holder: Node<'_>, names: &[&'static str], findings: &mut Findings) -> Option<Moment> {
    let node = holder.one(names)?;
    let moment = node.as_text().and_then(Moment::parse);
    if moment.is_none() {
        findings.note(node.place(), WarningKind::UnreadableDate);
    }
    moment
}

/// Until when the operator counted, from the first of the named members that can be read.
pub(super) fn counted_at(
    holder: Node<'_>,
    names: &[&'static str],
    how: &HowToRead<'_>,
    findings: &mut Findings,
) -> Option<CountedAt> {
    for name in names {
        let Some(node) = holder.one(&[*name]) else { continue };
        let instant = node.as_text().and_then(Moment::parse).and_then(|moment| moment.instant(how.time_zone));
        match instant {
            Some(instant) => {
                if instant.zone_assumed {
                    findings.note(node.place(), WarningKind::ZoneAssumed);
                }
                return Some(CountedAt { at: instant.at, zone_assumed: instant.zone_assumed });
            }
            None => findings.note(node.place(), WarningKind::UnreadableDate),
        }
    }
    None
}
