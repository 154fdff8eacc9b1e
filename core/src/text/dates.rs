//! Dates and times as each language writes and speaks them, in the operator's time zone.
//! Spoken dates are in words: screen readers take dashes for minus and slashes for fractions.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::number::Number;
use super::{Language, Text, messages};

/// "29 Mar 2026".
pub fn date_medium(language: Language, date: Date) -> Text {
    let text = match language {
        Language::German => format!("{:02}.{:02}.{:04}", date.day(), date.month(), date.year()),
        Language::Dutch | Language::French | Language::English => {
            let month = messages::month_short(language, &whole(language, date.month()));
            format!("{} {} {}", date.day(), month.text, date.year())
        }
    };
    Text { text, spoken: date_in_words(language, date, true).spoken }
}

/// "29/03/2026, 14:00".
pub fn date_time_short(language: Language, moment: DateTime) -> Text {
    let (day, month, year, time) = (moment.day(), moment.month(), moment.year(), time(language, moment.time()));
    let short_year = year.rem_euclid(100);
    let clock = &time.text;
    let text = match language {
        Language::Dutch | Language::English => format!("{day:02}/{month:02}/{year:04}, {clock}"),
        Language::French => format!("{day:02}/{month:02}/{short_year:02} {clock}"),
        Language::German => format!("{day:02}.{month:02}.{short_year:02}, {clock}"),
    };
    let spoken = Text::list(&[date_in_words(language, moment.date(), true), time]).spoken;
    Text { text, spoken }
}

/// "14:03", spoken "2:03 p.m." or "14 uur 3".
pub fn time(language: Language, time: Time) -> Text {
    let text = format!("{:02}:{:02}", time.hour(), time.minute());
    let (half, hour) = match time.hour() {
        0 => ("am", 12),
        hour @ 1..=11 => ("am", hour),
        12 => ("pm", 12),
        hour => ("pm", hour.saturating_sub(12)),
    };
    let minutes = Text::plain(format!("{:02}", time.minute()));
    let spoken = messages::time_spoken(
        language,
        &whole(language, time.hour()),
        &whole(language, hour),
        &whole(language, time.minute()),
        &minutes,
        half,
    )
    .spoken;
    Text { text, spoken }
}

/// "30 November", with the year when it is not the one we are in.
pub fn date(language: Language, date: Date, today: Date) -> Text {
    date_in_words(language, date, date.year() != today.year())
}

/// "30 November 2026": for what is read later, and by others.
pub fn date_with_year(language: Language, date: Date) -> Text {
    date_in_words(language, date, true)
}

/// A cycle's dates: "1–30 November", "15 October – 14 November". Both days belong to it.
pub fn range(language: Language, first: Date, last: Date, today: Date) -> Text {
    range_in_words(language, first, last, first.year() != today.year() || last.year() != today.year())
}

/// The same with the year, which that of today may be: "1–30 November 2026".
pub fn range_with_year(language: Language, first: Date, last: Date) -> Text {
    range_in_words(language, first, last, true)
}

fn range_in_words(language: Language, first: Date, last: Date, with_year: bool) -> Text {
    let end = date_in_words(language, last, with_year);
    if first == last {
        end
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        messages::range_in_month(language, &whole(language, first.day()), &end)
    } else {
        messages::range_across(language, &date_in_words(language, first, first.year() != last.year()), &end)
    }
}

/// A calendar month: "November 2026".
pub fn month(language: Language, of: Date) -> Text {
    let month = messages::month(language, &whole(language, of.month()));
    let year = Text::plain(of.year().to_string());
    messages::month_with_year(language, &month, &year)
}

/// How a moment stands in a sentence; languages bend their prepositions with it ("jusqu'à 14:03", "jusqu'au 23 novembre").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// "until 14:03"
    Until,
    /// "since 14:03"
    Since,
    /// "from today 14:03"
    From,
    /// "after 14:03"
    After,
    /// "today at 14:03"
    At,
}

/// A moment in words, by the calendar of the operator's zone: the time today, "yesterday 23:40", "23 November 14:03".
pub fn moment(language: Language, role: Role, at: Timestamp, today: Date, zone: &TimeZone) -> Text {
    let local = at.to_zoned_datetime(zone.clone());
    let day = if local.date() == today {
        "today"
    } else if today.yesterday().is_ok_and(|yesterday| yesterday == local.date()) {
        "yesterday"
    } else if today.tomorrow().is_ok_and(|tomorrow| tomorrow == local.date()) {
        "tomorrow"
    } else {
        "date"
    };
    let in_words = match role {
        Role::Until => messages::moment_until,
        Role::Since => messages::moment_since,
        Role::From => messages::moment_from,
        Role::After => messages::moment_after,
        Role::At => messages::moment_at,
    };
    in_words(language, day, &time(language, local.time()), &date(language, local.date(), today))
}

fn date_in_words(language: Language, date: Date, with_year: bool) -> Text {
    let month = messages::month(language, &whole(language, date.month()));
    let day = whole(language, date.day());
    if with_year {
        messages::date_with_year(language, &day, &month, &Text::plain(date.year().to_string()))
    } else {
        messages::date_in_year(language, &day, &month)
    }
}

fn whole(language: Language, part: i8) -> Number {
    Number::whole(language, u64::try_from(part).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date as ymd, datetime};

    #[test]
    fn dates_follow_the_golden_table() {
        let cases = [
            (Language::Dutch, "29 mrt 2026", "29/03/2026, 14:00", "29 maart 2026, 14 uur"),
            (Language::French, "29 mars 2026", "29/03/26 14:00", "29 mars 2026, 14 heures"),
            (Language::German, "29.03.2026", "29.03.26, 14:00", "29. März 2026, 14 Uhr"),
            (Language::English, "29 Mar 2026", "29/03/2026, 14:00", "29 March 2026, 2 p.m."),
        ];
        for (language, medium, short, spoken) in cases {
            assert_eq!(date_medium(language, ymd(2026, 3, 29)).text, medium);
            let short_form = date_time_short(language, datetime(2026, 3, 29, 14, 0, 0, 0));
            assert_eq!((short_form.text.as_str(), short_form.spoken.as_str()), (short, spoken));
        }
    }

    #[test]
    fn times_are_spoken_as_people_say_them() {
        let cases = [
            (Language::English, 0, 5, "12:05 a.m."),
            (Language::English, 12, 0, "12 p.m."),
            (Language::English, 14, 3, "2:03 p.m."),
            (Language::English, 23, 40, "11:40 p.m."),
            (Language::Dutch, 14, 3, "14 uur 3"),
            (Language::French, 14, 3, "14 heures 3"),
            (Language::French, 1, 0, "1 heure"),
            (Language::German, 14, 3, "14 Uhr 3"),
        ];
        for (language, hour, minute, spoken) in cases {
            assert_eq!(time(language, Time::constant(hour, minute, 0, 0)).spoken, spoken);
        }
    }

    #[test]
    fn ranges_name_both_days_and_say_them_in_words() {
        let today = ymd(2026, 11, 25);
        let month = (ymd(2026, 11, 1), ymd(2026, 11, 30));
        let across = (ymd(2026, 10, 15), ymd(2026, 11, 14));
        let years = (ymd(2026, 12, 15), ymd(2027, 1, 14));
        let cases = [
            (Language::English, month, "1–30 November", "from 1 to 30 November"),
            (Language::English, across, "15 October – 14 November", "from 15 October to 14 November"),
            (
                Language::English,
                years,
                "15 December 2026 – 14 January 2027",
                "from 15 December 2026 to 14 January 2027",
            ),
            (Language::Dutch, month, "1–30 november", "van 1 tot en met 30 november"),
            (Language::Dutch, across, "15 oktober – 14 november", "van 15 oktober tot en met 14 november"),
            (Language::French, month, "1er–30 novembre", "du 1er au 30 novembre"),
            (Language::French, across, "15 octobre – 14 novembre", "du 15 octobre au 14 novembre"),
            (Language::German, month, "1.–30. November", "vom 1. bis zum 30. November"),
            (Language::German, across, "15. Oktober – 14. November", "vom 15. Oktober bis zum 14. November"),
        ];
        for (language, (first, last), drawn, spoken) in cases {
            let expected = Text { text: drawn.to_owned(), spoken: spoken.to_owned() };
            assert_eq!(range(language, first, last, today), expected);
        }
        assert_eq!(range(Language::English, today, today, today).text, "25 November");
        let past = (ymd(2025, 2, 1), ymd(2025, 2, 28));
        assert_eq!(range(Language::English, past.0, past.1, today).text, "1–28 February 2025");
    }

    #[test]
    fn moments_follow_the_calendar_of_the_operator_s_zone_and_bend_their_prepositions() {
        let zone = jiff::tz::get!("Europe/Brussels");
        let today = ymd(2026, 11, 25);
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        // 23:40 in Brussels is 22:40 UTC, and half past midnight is still yesterday there.
        let (now, yesterday, before) = ("2026-11-25T13:03:00Z", "2026-11-24T22:40:00Z", "2026-11-23T13:03:00Z");
        let (midnight, tomorrow, last_year) = ("2026-11-24T23:00:00Z", "2026-11-26T07:00:00Z", "2025-12-31T22:59:59Z");
        let cases = [
            (Language::English, Role::Until, now, "until 14:03"),
            (Language::English, Role::Until, yesterday, "until yesterday 23:40"),
            (Language::English, Role::Until, before, "until 23 November 14:03"),
            (Language::English, Role::At, midnight, "today at 00:00"),
            (Language::English, Role::After, tomorrow, "after tomorrow 08:00"),
            (Language::English, Role::Since, last_year, "since 31 December 2025 23:59"),
            (Language::English, Role::At, before, "on 23 November at 14:03"),
            (Language::French, Role::At, before, "le 23 novembre à 14:03"),
            (Language::Dutch, Role::At, yesterday, "gisteren om 23:40"),
            (Language::German, Role::At, tomorrow, "morgen um 08:00"),
            (Language::French, Role::Until, now, "jusqu’à 14:03"),
            (Language::French, Role::Until, before, "jusqu’au 23 novembre 14:03"),
            (Language::French, Role::Since, before, "depuis le 23 novembre 14:03"),
            (Language::French, Role::From, yesterday, "d’hier à 23:40"),
            (Language::Dutch, Role::From, now, "van vandaag 14:03"),
            (Language::Dutch, Role::Since, yesterday, "sinds gisteren 23:40"),
            (Language::German, Role::Until, before, "bis zum 23. November 14:03"),
            (Language::German, Role::From, before, "vom 23. November 14:03"),
        ];
        for (language, role, time, expected) in cases {
            assert_eq!(moment(language, role, at(time), today, &zone).text, expected);
        }
        // The hour that comes twice in October, and the one that never comes in March.
        let twice = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"];
        for time in twice {
            assert_eq!(moment(Language::English, Role::At, at(time), ymd(2026, 10, 25), &zone).text, "today at 02:30");
        }
        let spring = moment(Language::English, Role::At, at("2026-03-29T01:30:00Z"), ymd(2026, 3, 29), &zone);
        assert_eq!(spring.text, "today at 03:30");
    }
}
