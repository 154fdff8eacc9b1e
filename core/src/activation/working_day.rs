//! By when a number has to have moved. Two limits, never mixed: a day is what is usual, one working day is what the law allows.
//! Between them a person is told that it takes longer than usual; "late" is only said once the legal day has ended.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// What is usual, by the operator, in hours.
pub const USUAL_HOURS: u32 = 24;
const USUAL: SignedDuration = SignedDuration::from_hours(USUAL_HOURS as i64);

/// When the move of a number was launched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Launched {
    /// At this moment.
    At(Timestamp),
    /// On this day in Belgium, nobody says when.
    On(Date),
}

impl Launched {
    /// On the day in Belgium that a moment is of.
    pub fn on_day_of(at: Timestamp) -> Launched {
        Launched::On(at.to_zoned_datetime(belgium()).date())
    }
}

/// How a move stands against its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pace {
    /// Within what is usual, or not begun.
    OnTime,
    /// Beyond what is usual, within what the law allows.
    LongerThanUsual,
    /// Beyond what the law allows.
    Late,
}

/// How a move stands at a moment. Where the limits leave the calendar it is on time.
pub fn pace(launched: Launched, now: Timestamp) -> Pace {
    let (usual_until, allowed_until) = limits(launched).unwrap_or((Timestamp::MAX, Timestamp::MAX));
    match now {
        _ if now < usual_until => Pace::OnTime,
        _ if now < allowed_until => Pace::LongerThanUsual,
        _ => Pace::Late,
    }
}

/// The moments at which what is usual, and what the law allows, have ended; the former is never the later one.
pub fn limits(launched: Launched) -> Option<(Timestamp, Timestamp)> {
    let day = match launched {
        Launched::At(at) => at.to_zoned_datetime(belgium()).date(),
        Launched::On(day) => day,
    };
    let allowed_until = end_of(latest_on_time_day(day)?)?;
    let usual_until = match launched {
        Launched::At(at) => at.checked_add(USUAL).ok()?,
        // It may have been launched at the day's last minute.
        Launched::On(day) => end_of(day.tomorrow().ok()?)?,
    };
    Some((usual_until.min(allowed_until), allowed_until))
}

/// The last day on which a move is on time: the first working day after the day of its launch. Of two readings of the law it
/// is the later one, so that nobody is told "late" who is not. None at the end of the calendar.
pub fn latest_on_time_day(launched: Date) -> Option<Date> {
    // The longest row of days off is four: Christmas or New Year beside a weekend, or Easter.
    launched.series(1.day()).skip(1).take(10).find(|day| is_working_day(*day))
}

/// Monday to Friday but for the ten legal holidays of Belgium. Whether Saturday counts under the rules of porting is not
/// known, and without it nothing is called late too early.
pub fn is_working_day(day: Date) -> bool {
    day.weekday().to_monday_zero_offset() < 5 && !is_legal_holiday(day)
}

/// The ten legal holidays of Belgium (royal decree of 18 April 1974).
pub fn is_legal_holiday(day: Date) -> bool {
    /// New Year, 1 May, the national day, Assumption, All Saints, 11 November, Christmas.
    const FIXED: [(i8, i8); 7] = [(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)];
    /// Days after Easter: Easter Monday, Ascension, Whit Monday.
    const MOVABLE: [i64; 3] = [1, 39, 50];
    FIXED.contains(&(day.month(), day.day()))
        || easter(day.year()).is_some_and(|easter| {
            MOVABLE.iter().any(|days| easter.checked_add((*days).days()).is_ok_and(|holiday| holiday == day))
        })
}

/// Easter Sunday of the Gregorian calendar (the rule of Meeus, Jones and Butcher).
#[expect(
    clippy::arithmetic_side_effects,
    reason = "a year has four digits, and every step stays below ten times of it"
)]
fn easter(year: i16) -> Option<Date> {
    let of_year = i32::from(year);
    let (century, of_century) = (of_year.div_euclid(100), of_year.rem_euclid(100));
    let golden = of_year.rem_euclid(19);
    let correction = century - century / 4 - (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + correction + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4).rem_euclid(7);
    let later = (golden + 11 * moon + 22 * weekday) / 451;
    let count = moon + weekday - 7 * later + 114;
    Date::new(year, i8::try_from(count / 31).ok()?, i8::try_from(count % 31 + 1).ok()?).ok()
}

/// The moment a day ends in Belgium.
pub(super) fn end_of(day: Date) -> Option<Timestamp> {
    Some(day.tomorrow().ok()?.to_zoned_datetime(belgium()).ok()?.timestamp())
}

pub(super) fn belgium() -> TimeZone {
    jiff::tz::get!("Europe/Brussels")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_latest_on_time_day_is_the_next_working_day() {
        for (launched, expected, why) in [
            (date(2026, 11, 25), date(2026, 11, 26), "a Wednesday"),
            (date(2026, 11, 27), date(2026, 11, 30), "a weekend"),
            (date(2026, 11, 28), date(2026, 11, 30), "a Saturday"),
            (date(2026, 7, 20), date(2026, 7, 22), "21 July"),
            (date(2026, 11, 10), date(2026, 11, 12), "11 November"),
            (date(2026, 12, 24), date(2026, 12, 28), "Christmas and a weekend"),
            (date(2026, 4, 3), date(2026, 4, 7), "Easter Monday"),
            (date(2026, 5, 13), date(2026, 5, 15), "Ascension"),
            (date(2026, 5, 22), date(2026, 5, 26), "Whit Monday"),
            (date(2026, 12, 31), date(2027, 1, 4), "New Year and a weekend"),
        ] {
            assert_eq!(latest_on_time_day(launched), Some(expected), "{why}");
        }
    }

    #[test]
    fn easter_is_where_the_calendar_has_it() {
        for (year, month, day) in [
            (1818, 3, 22), // the earliest there is
            (1943, 4, 25), // the latest there is
            (1954, 4, 18),
            (1981, 4, 19),
            (2000, 4, 23),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2029, 4, 1),
            (2030, 4, 21),
            (2038, 4, 25),
            (2049, 4, 18),
            (2076, 4, 19),
        ] {
            assert_eq!(easter(year), Some(date(year, month, day)), "{year}");
        }
    }

    #[test]
    fn a_year_has_ten_legal_holidays() {
        let year = date(2026, 1, 1).series(1.day()).take_while(|day| day.year() == 2026);
        let holidays: Vec<String> = year.filter(|day| is_legal_holiday(*day)).map(|day| day.to_string()).collect();
        let expected = [
            "2026-01-01",
            "2026-04-06",
            "2026-05-01",
            "2026-05-14",
            "2026-05-25",
            "2026-07-21",
            "2026-08-15",
            "2026-11-01",
            "2026-11-11",
            "2026-12-25",
        ];
        assert_eq!(holidays, expected);
        // In 2008 Ascension was 1 May.
        let shared = date(2008, 1, 1).series(1.day()).take_while(|day| day.year() == 2008);
        assert_eq!(shared.filter(|day| is_legal_holiday(*day)).count(), 9);
    }

    #[test]
    fn longer_than_usual_comes_before_late() {
        let at = |text: &str| Launched::At(text.parse().unwrap());
        let on = |day: Date| Launched::On(day);
        for (launched, now, expected) in [
            (at("2026-11-25T10:00+01"), "2026-11-25T09:00+01", Pace::OnTime), // the clock is behind
            (at("2026-11-25T10:00+01"), "2026-11-26T09:59:59+01", Pace::OnTime),
            (at("2026-11-25T10:00+01"), "2026-11-26T10:00+01", Pace::LongerThanUsual),
            (at("2026-11-25T10:00+01"), "2026-11-26T23:59:59+01", Pace::LongerThanUsual),
            (at("2026-11-25T10:00+01"), "2026-11-27T00:00+01", Pace::Late),
            // Launched on a Friday: nothing is late on Sunday.
            (at("2026-11-27T17:30+01"), "2026-11-28T17:30+01", Pace::LongerThanUsual),
            (at("2026-11-27T17:30+01"), "2026-11-30T23:59:59+01", Pace::LongerThanUsual),
            (at("2026-11-27T17:30+01"), "2026-12-01T00:00+01", Pace::Late),
            // A Belgian day, not one of UTC.
            (at("2026-11-25T23:30Z"), "2026-11-27T12:00+01", Pace::LongerThanUsual),
            (at("2026-11-24T23:30Z"), "2026-11-26T22:59:59Z", Pace::LongerThanUsual),
            (at("2026-11-24T23:30Z"), "2026-11-26T23:00Z", Pace::Late),
            // Summer time ends in the night of 25 October: a day is still 24 hours.
            (at("2026-10-24T12:00+02"), "2026-10-25T10:59:59+01", Pace::OnTime),
            (at("2026-10-24T12:00+02"), "2026-10-25T11:00+01", Pace::LongerThanUsual),
            // A day without an hour may be its last minute.
            (on(date(2026, 11, 27)), "2026-11-28T23:59:59+01", Pace::OnTime),
            (on(date(2026, 11, 27)), "2026-11-29T00:00+01", Pace::LongerThanUsual),
            (on(date(2026, 11, 27)), "2026-12-01T00:00+01", Pace::Late),
            (on(date(2026, 11, 25)), "2026-11-26T23:59:59+01", Pace::OnTime),
            (on(date(2026, 11, 25)), "2026-11-27T00:00+01", Pace::Late),
        ] {
            assert_eq!(pace(launched, now.parse().unwrap()), expected, "{launched:?} at {now}");
        }
    }

    #[test]
    fn at_the_ends_of_the_calendar_nothing_is_late() {
        for launched in [Launched::At(Timestamp::MAX), Launched::On(Date::MAX)] {
            assert_eq!(pace(launched, Timestamp::MIN), Pace::OnTime);
        }
        assert_eq!(pace(Launched::At(Timestamp::MIN), Timestamp::MAX), Pace::Late);
    }

    fn launched() -> impl Strategy<Value = Launched> {
        // 2000 to 2100.
        (946_684_800i64..4_102_444_800, any::<bool>()).prop_map(|(second, is_exact)| {
            let at = Timestamp::from_second(second).unwrap();
            if is_exact { Launched::At(at) } else { Launched::On(at.to_zoned_datetime(belgium()).date()) }
        })
    }

    proptest! {
        #[test]
        fn nothing_is_late_before_the_legal_day_has_ended(launched in launched(), seconds in -100_000i64..1_000_000) {
            let day = match launched {
                Launched::At(at) => at.to_zoned_datetime(belgium()).date(),
                Launched::On(day) => day,
            };
            let begin = day.to_zoned_datetime(belgium()).unwrap().timestamp();
            let now = begin.checked_add(SignedDuration::from_secs(seconds)).unwrap();
            let legal_day = latest_on_time_day(day).unwrap();
            let today = now.to_zoned_datetime(belgium()).date();
            prop_assert_eq!(pace(launched, now) == Pace::Late, today > legal_day);
            prop_assert!(legal_day > day && is_working_day(legal_day));
            // Every day between was one off.
            let between = day.series(1.day()).skip(1).take_while(|day| *day < legal_day);
            prop_assert!(between.into_iter().all(|day| !is_working_day(day)));
        }

        #[test]
        fn time_never_makes_it_better(launched in launched(), first in 0i64..1_000_000, more in 0i64..1_000_000) {
            let (usual, _) = limits(launched).unwrap();
            let at = |seconds: i64| usual.checked_add(SignedDuration::from_secs(seconds - 500_000)).unwrap();
            prop_assert!(pace(launched, at(first)) <= pace(launched, at(first + more)));
        }
    }
}
