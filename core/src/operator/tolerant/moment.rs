//! Dates and times as operators write them: without seconds, without zone, with `+0200`, with `:999Z`, as a date alone.
//! What was not written is assumed in the operator's time zone and marked so; what cannot be read is no date.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use crate::operator::units::CycleEnd;

/// A point in time as written: a date, perhaps a time, perhaps an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    date: Date,
    time: Option<Time>,
    offset: Option<Offset>,
}

/// An instant, and whether the operator's time zone had to be assumed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instant {
    /// The instant.
    pub at: Timestamp,
    /// No offset was written.
    pub zone_assumed: bool,
}

impl Moment {
    /// Reads a date or a date with time. None when it is neither: `2021-06-00`, `1 februari 2023`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut scan = Scan { rest: text.as_bytes() };
        let year = scan.digits(4)?;
        scan.byte(b'-')?;
        let month = scan.digits(2)?;
        scan.byte(b'-')?;
        let day = scan.digits(2)?;
        let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        if scan.is_done() {
            return Some(Moment { date, time: None, offset: None });
        }
        if scan.zone_follows() {
            let offset = scan.offset()?;
            return scan.is_done().then_some(Moment { date, time: None, offset });
        }
        scan.one_of(b"Tt ")?;
        let (time, next_day) = scan.time()?;
        let offset = scan.offset()?;
        let date = if next_day { date.tomorrow().ok()? } else { date };
        scan.is_done().then_some(Moment { date, time: Some(time), offset })
    }

    /// The instant; a date alone is its first moment, a missing offset the operator's.
    pub fn instant(&self, zone: &TimeZone) -> Option<Instant> {
        let civil = DateTime::from_parts(self.date, self.time.unwrap_or(Time::midnight()));
        let at = match self.offset {
            Some(offset) => offset.to_timestamp(civil).ok()?,
            None => zone.to_timestamp(civil).ok()?,
        };
        Some(Instant { at, zone_assumed: self.offset.is_none() })
    }

    /// The civil date in the operator's time zone on which a period with this start begins.
    pub fn first_day(&self, zone: &TimeZone) -> Option<Date> {
        if self.is_plain_date() { Some(self.date) } else { Some(self.local(zone)?.date()) }
    }

    /// The first civil date in the operator's time zone after a period with this end.
    ///
    /// A date alone, and midnight (the operator's, or as written), follow `convention`; any other time of day makes
    /// its day the last one.
    pub fn day_after(&self, zone: &TimeZone, convention: CycleEnd) -> Option<Date> {
        let (date, at_midnight) = if self.is_plain_date() {
            (self.date, true)
        } else {
            let local = self.local(zone)?;
            (local.date(), local.time() == Time::midnight())
        };
        if at_midnight && convention == CycleEnd::Exclusive { Some(date) } else { date.tomorrow().ok() }
    }

    /// Written as a date, or as midnight of whatever zone: `2026-03-30T00:00:00Z` means the 30th, also in Brussels.
    fn is_plain_date(&self) -> bool {
        self.time.is_none_or(|time| time == Time::midnight())
    }

    fn local(&self, zone: &TimeZone) -> Option<DateTime> {
        match self.offset {
            Some(_) => Some(zone.to_datetime(self.instant(zone)?.at)),
            None => Some(DateTime::from_parts(self.date, self.time.unwrap_or(Time::midnight()))),
        }
    }

    /// The year as written.
    pub fn year(&self) -> i16 {
        self.date.year()
    }
}

struct Scan<'t> {
    rest: &'t [u8],
}

impl Scan<'_> {
    fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    fn one_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        wanted.contains(first).then(|| {
            self.rest = rest;
            *first
        })
    }

    fn byte(&mut self, wanted: u8) -> Option<u8> {
        self.one_of(&[wanted])
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(count)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let number = std::str::from_utf8(digits).ok()?.parse().ok()?;
        self.rest = rest;
        Some(number)
    }

    fn zone_follows(&self) -> bool {
        matches!(self.rest.first(), Some(b'Z' | b'z' | b'+' | b'-'))
    }

    /// `hh:mm`, `hh:mm:ss`, with a fraction after a point, a comma or a colon. The flag says it was 24:00.
    fn time(&mut self) -> Option<(Time, bool)> {
        let hour = self.digits(2)?;
        self.byte(b':')?;
        let minute = self.digits(2)?;
        let mut second = 0;
        let mut nanosecond = 0;
        if self.byte(b':').is_some() {
            // A leap second has no place in a civil day.
            second = self.digits(2)?.min(59);
            if self.one_of(b".,:").is_some() {
                nanosecond = self.fraction()?;
            }
        }
        if hour == 24 {
            return (minute == 0 && second == 0 && nanosecond == 0).then_some((Time::midnight(), true));
        }
        let time = Time::new(
            i8::try_from(hour).ok()?,
            i8::try_from(minute).ok()?,
            i8::try_from(second).ok()?,
            i32::try_from(nanosecond).ok()?,
        );
        Some((time.ok()?, false))
    }

    fn fraction(&mut self) -> Option<u32> {
        let mut nanoseconds: u32 = 0;
        let mut place: u32 = 100_000_000;
        let mut any = false;
        while let Some(digit) = self.one_of(b"0123456789") {
            let digit = u32::from(digit.checked_sub(b'0')?);
            nanoseconds = nanoseconds.checked_add(digit.checked_mul(place)?)?;
            place = place.checked_div(10)?;
            any = true;
        }
        any.then_some(nanoseconds)
    }

    /// `Z`, `+02:00`, `+0200`, `+02`, or nothing. None when there is something else.
    fn offset(&mut self) -> Option<Option<Offset>> {
        if self.byte(b' ').is_some() && self.is_done() {
            return None;
        }
        if self.is_done() {
            return Some(None);
        }
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(Some(Offset::UTC)),
        };
        let hours = self.digits(2)?;
        self.byte(b':');
        let minutes = if self.is_done() { 0 } else { self.digits(2)? };
        if hours > 23 || minutes > 59 {
            return None;
        }
        let seconds = i32::try_from(hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?).ok()?;
        Some(Some(Offset::from_seconds(seconds.checked_mul(sign)?).ok()?))
    }
}
