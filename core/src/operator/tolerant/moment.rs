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
            (self.date, !self.is_last_minute())
        } else {
            let local = self.local(zone)?;
            (local.date(), local.time() == Time::midnight())
        };
        if at_midnight && convention == CycleEnd::Exclusive { Some(date) } else { date.tomorrow().ok() }
    }

    /// Written as a date, or as the first or last minute of one, of whatever zone: `2026-03-30T00:00:00Z` and
    /// `2026-03-30T23:59:59.999Z` mean the 30th, also in Brussels.
    /// A day without an hour.
    pub fn is_plain_date(&self) -> bool {
        self.time.is_none_or(|time| time == Time::midnight()) || self.is_last_minute()
    }

    fn is_last_minute(&self) -> bool {
        self.time.is_some_and(|time| time.hour() == 23 && time.minute() == 59)
    }

    fn local(&self, zone: &TimeZone) -> Option<DateTime> {
        match self.offset {
            Some(_) => Some(zone.to_datetime(self.instant(zone)?.at)),
            None => Some(DateTime::from_parts(self.date, self.time.unwrap_or(Time::midnight()))),
        }
    }

    /// Whether it is later than `other`.
    pub fn is_after(&self, other: &Moment, zone: &TimeZone) -> bool {
        match (self.instant(zone), other.instant(zone)) {
            (Some(this), Some(other)) => this.at > other.at,
            // The last day of the year 9999 is no instant any more.
            _ => (self.date, self.time) > (other.date, other.time),
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

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::Moment;
    use crate::operator::units::CycleEnd::{self, Exclusive, Inclusive};

    fn brussels() -> TimeZone {
        jiff::tz::get!("Europe/Brussels")
    }

    /// Text, instant in UTC, whether the zone was assumed.
    #[test]
    fn dates_are_read_as_operators_write_them() {
        let vectors = [
            ("2021-06-18T16:04:09.084Z", "2021-06-18T16:04:09.084Z", false),
            ("2021-06-18T16:04:09:999Z", "2021-06-18T16:04:09.999Z", false),
            ("2021-06-18T16:04:09,5Z", "2021-06-18T16:04:09.5Z", false),
            ("2021-06-18t16:04:09z", "2021-06-18T16:04:09Z", false),
            ("2023-01-26T00:00:00.0+01:00", "2023-01-25T23:00:00Z", false),
            ("2023-01-26T00:00:00+0100", "2023-01-25T23:00:00Z", false),
            ("2023-01-26T00:00:00+01", "2023-01-25T23:00:00Z", false),
            ("2023-01-26T00:00:00-05:30", "2023-01-26T05:30:00Z", false),
            ("2020-07-04T00:00", "2020-07-03T22:00:00Z", true),
            ("2020-07-04T00:00Z", "2020-07-04T00:00:00Z", false),
            ("2023-03-24T17:06:00", "2023-03-24T16:06:00Z", true),
            ("2023-07-24 17:06:00", "2023-07-24T15:06:00Z", true),
            (" 2023-07-24 ", "2023-07-23T22:00:00Z", true),
            ("2023-07-24+02:00", "2023-07-23T22:00:00Z", false),
            ("2023-07-24T24:00:00", "2023-07-24T22:00:00Z", true),
            ("2023-06-30T23:59:60Z", "2023-06-30T23:59:59Z", false),
            ("2023-06-30T23:59:59.123456789123Z", "2023-06-30T23:59:59.123456789Z", false),
            // The hour that does not exist, and the one that comes twice.
            ("2026-03-29T02:30:00", "2026-03-29T01:30:00Z", true),
            ("2026-10-25T02:30:00", "2026-10-25T00:30:00Z", true),
        ];
        for (text, utc, assumed) in vectors {
            let instant = Moment::parse(text).and_then(|moment| moment.instant(&brussels()));
            let instant = instant.unwrap_or_else(|| panic!("{text} is not read"));
            assert_eq!((instant.at.to_string().as_str(), instant.zone_assumed), (utc, assumed), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_no_date() {
        for text in [
            "",
            "2021-06-00",
            "2021-13-01",
            "2021-02-29",
            "020-04-01T00:00:00Z",
            "1 februari 2023",
            "18/06/2021",
            "2021-6-1",
            "20210618",
            "2021-06-18T",
            "2021-06-18T16",
            "2021-06-18T25:00:00Z",
            "2021-06-18T16:60:00Z",
            "2021-06-18T24:00:01",
            "2021-06-18T16:04:09.Z",
            "2021-06-18T16:04:09+",
            "2021-06-18T16:04:09+25:00",
            "2021-06-18T16:04:09 CET",
            "2021-06-18T16:04:09Zjunk",
            "2021-06-18 ",
            "٢٠٢١-٠٦-١٨",
            "null",
        ] {
            let is_date = text.trim() == "2021-06-18";
            assert_eq!(Moment::parse(text).is_some(), is_date, "{text:?}");
        }
    }

    /// End as written, by which convention, first day after it.
    #[test]
    fn an_end_becomes_the_first_day_after_it() {
        let vectors: [(&str, CycleEnd, &str); 17] = [
            ("2026-03-31", Exclusive, "2026-03-31"),
            ("2026-03-31", Inclusive, "2026-04-01"),
            ("2026-04-01T00:00:00+02:00", Exclusive, "2026-04-01"),
            ("2026-03-31T22:00:00Z", Exclusive, "2026-04-01"),
            ("2026-03-31T00:00:00+02:00", Inclusive, "2026-04-01"),
            ("2026-04-01T00:00:00", Exclusive, "2026-04-01"),
            ("2026-03-31T23:59:59+02:00", Exclusive, "2026-04-01"),
            ("2026-03-31T23:59:59.999+02:00", Exclusive, "2026-04-01"),
            ("2026-03-31T21:59:59Z", Exclusive, "2026-04-01"),
            ("2026-03-31T23:59:59", Inclusive, "2026-04-01"),
            ("2026-03-31T12:00:00+02:00", Exclusive, "2026-04-01"),
            // Winter time, and a midnight of UTC that means the date it is written with.
            ("2026-12-14T23:00:00Z", Exclusive, "2026-12-15"),
            ("2026-12-15T00:00:00Z", Exclusive, "2026-12-15"),
            ("2026-12-31", Inclusive, "2027-01-01"),
            // The end of a day of UTC likewise.
            ("2019-12-31T23:59:59.999Z", Exclusive, "2020-01-01"),
            ("2019-12-31T23:59Z", Inclusive, "2020-01-01"),
            ("2026-12-31T24:00:00", Exclusive, "2027-01-01"),
        ];
        for (text, convention, expected) in vectors {
            let day = Moment::parse(text).and_then(|moment| moment.day_after(&brussels(), convention));
            assert_eq!(day.map(|day| day.to_string()).as_deref(), Some(expected), "{text} {convention:?}");
        }
    }

    #[test]
    fn a_start_is_the_civil_day_at_the_operators() {
        for (text, expected) in [
            ("2026-03-01", "2026-03-01"),
            ("2026-02-28T23:00:00Z", "2026-03-01"),
            ("2026-03-01T00:00:00Z", "2026-03-01"),
            ("2026-06-30T23:30:00Z", "2026-07-01"),
            ("2026-06-30T23:59:59Z", "2026-06-30"),
            ("2026-03-01T18:00:00", "2026-03-01"),
        ] {
            let day = Moment::parse(text).and_then(|moment| moment.first_day(&brussels()));
            assert_eq!(day.map(|day| day.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,40}", dateish in "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]?[0-9:.,Zz+-]{0,20}") {
            for text in [text, dateish] {
                if let Some(moment) = Moment::parse(&text) {
                    let _ = (moment.instant(&brussels()), moment.first_day(&brussels()), moment.day_after(&brussels(), Inclusive));
                }
            }
        }
    }
}
