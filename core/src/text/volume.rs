//! Data, talk time and counts in the one unit a person reads: chosen once per bucket from its allowance and kept for
//! used, left and total, since "1 GB used, 900 MB left" makes people calculate. Everything is floored:
//! what is not reached is not printed.

use super::number::Number;
use super::{Language, Text, messages, money};
use crate::operator::units::DataBase;
use crate::usage::model::{Amount, Service};

/// The unit of one bucket on one screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Gigabytes, at most two decimals.
    Gigabytes(DataBase),
    /// Megabytes, at most two decimals.
    Megabytes(DataBase),
    /// Minutes, with seconds where they are used time.
    Minutes,
    /// SMS.
    Sms,
    /// MMS.
    Mms,
    /// Money, things that are merely counted, and units this core does not know: written as they are.
    AsIs,
}

impl Unit {
    /// The unit for a bucket whose largest known amount is `largest`: gigabytes from one gigabyte on, else megabytes.
    pub fn choose(largest: &Amount, service: &Service, base: DataBase) -> Unit {
        match (largest, service) {
            (Amount::Bytes(bytes), _) if *bytes >= gigabyte(base) => Unit::Gigabytes(base),
            (Amount::Bytes(_), _) => Unit::Megabytes(base),
            (Amount::Seconds(_), _) => Unit::Minutes,
            (Amount::Count(_), Service::Sms) => Unit::Sms,
            (Amount::Count(_), Service::Mms) => Unit::Mms,
            (Amount::Count(_) | Amount::Money(_) | Amount::Raw { .. }, _) => Unit::AsIs,
        }
    }

    /// The amount with its unit: "6.2 GB", "42:10 min", "12 SMS".
    pub fn with_unit(self, language: Language, amount: &Amount) -> Text {
        self.write(language, amount, true)
    }

    /// The amount alone, for "6.2 of 10 GB"; the same as [`Unit::with_unit`] where the unit cannot be left out.
    pub fn bare(self, language: Language, amount: &Amount) -> Text {
        self.write(language, amount, false)
    }

    /// What is left: talk time in whole minutes, since a call's first minute is always charged whole.
    pub fn left(self, language: Language, amount: &Amount) -> Text {
        match amount {
            Amount::Seconds(1..=59) => messages::less_than(language, &minutes(language, 1, 0, true)),
            Amount::Seconds(seconds) => minutes(language, seconds.checked_div(60).unwrap_or_default(), 0, true),
            _ => self.with_unit(language, amount),
        }
    }

    /// The amount as one says it of what is not known exactly: whole units from ten on, tenths from one on; down, or `up`.
    pub fn about(self, amount: &Amount, up: bool) -> Option<Amount> {
        let unit = match (self, amount) {
            (Unit::Gigabytes(base), Amount::Bytes(_)) => gigabyte(base),
            (Unit::Megabytes(base), Amount::Bytes(_)) => megabyte(base),
            (_, Amount::Bytes(_)) => megabyte(DataBase::Decimal),
            (_, Amount::Seconds(_)) => 60,
            (_, Amount::Money(_)) => 100,
            (_, Amount::Count(_)) => 1,
            (_, Amount::Raw { .. }) => return None,
        };
        let units = amount.units()?;
        // Minutes and messages have no tenths that anybody says.
        let parts = match units.checked_div(unit)? {
            _ if matches!(amount, Amount::Seconds(_) | Amount::Count(_)) => 1,
            0 => 100,
            1..=9 => 10,
            _ => 1,
        };
        let step = unit.checked_div(parts)?.max(1);
        let whole = units.checked_div(step)?.checked_add(u64::from(up && !units.is_multiple_of(step)))?;
        amount.with_units(whole.checked_mul(step)?)
    }

    fn write(self, language: Language, amount: &Amount, with_unit: bool) -> Text {
        match (self, amount) {
            (Unit::Gigabytes(base), Amount::Bytes(bytes)) => {
                data(language, *bytes, gigabyte(base), with_unit, messages::gigabytes)
            }
            (Unit::Megabytes(base), Amount::Bytes(bytes)) => {
                data(language, *bytes, megabyte(base), with_unit, messages::megabytes)
            }
            // A unit chosen from another amount of the bucket: bytes are still bytes.
            (_, Amount::Bytes(bytes)) => {
                data(language, *bytes, megabyte(DataBase::Decimal), with_unit, messages::megabytes)
            }
            (_, Amount::Seconds(seconds)) => {
                let (whole, rest) = (seconds.checked_div(60), seconds.checked_rem(60));
                minutes(language, whole.unwrap_or_default(), rest.unwrap_or_default(), with_unit)
            }
            (Unit::Sms, Amount::Count(count)) if with_unit => messages::sms(language, &Number::whole(language, *count)),
            (Unit::Mms, Amount::Count(count)) if with_unit => messages::mms(language, &Number::whole(language, *count)),
            (_, Amount::Count(count)) => Number::whole(language, *count).text,
            (_, Amount::Money(amount)) => money::money(language, amount),
            (_, Amount::Raw { digits, unit }) => Text::foreign(&format!("{digits} {unit}")),
        }
    }
}

const fn gigabyte(base: DataBase) -> u64 {
    match base {
        DataBase::Decimal => 1_000_000_000,
        DataBase::Binary => 1 << 30,
    }
}

const fn megabyte(base: DataBase) -> u64 {
    match base {
        DataBase::Decimal => 1_000_000,
        DataBase::Binary => 1 << 20,
    }
}

fn data(language: Language, bytes: u64, unit: u64, with_unit: bool, name: fn(Language, &Number) -> Text) -> Text {
    let hundredths = u128::from(bytes).saturating_mul(100).checked_div(u128::from(unit)).unwrap_or_default();
    let hundredths = u64::try_from(hundredths).unwrap_or(u64::MAX);
    let tiny = bytes > 0 && hundredths == 0;
    let number = Number::hundredths(language, if tiny { 1 } else { hundredths });
    let amount = if with_unit { name(language, &number) } else { number.text };
    if tiny { messages::less_than(language, &amount) } else { amount }
}

fn minutes(language: Language, minutes: u64, seconds: u64, with_unit: bool) -> Text {
    let whole = Number::whole(language, minutes);
    if seconds == 0 {
        return if with_unit { messages::minutes(language, &whole) } else { whole.text };
    }
    let clock = Text::plain(format!("{}:{seconds:02}", whole.text.text));
    let spoken = messages::minutes_seconds_spoken(language, &whole, &Number::whole(language, seconds)).spoken;
    let text = if with_unit { messages::minutes_clock(language, &clock).text } else { clock.text };
    Text { text, spoken }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GB: Unit = Unit::Gigabytes(DataBase::Decimal);

    #[test]
    fn what_is_not_known_exactly_is_said_in_round_figures() {
        let gb = |hundredths: u64| Amount::Bytes(hundredths * 10_000_000);
        for (unit, amount, down, up) in [
            (GB, gb(1134), gb(1100), gb(1200)),
            (GB, gb(1100), gb(1100), gb(1100)),
            (GB, gb(634), gb(630), gb(640)),
            (GB, gb(34), gb(34), gb(34)),
            (Unit::Minutes, Amount::Seconds(130), Amount::Seconds(120), Amount::Seconds(180)),
            (Unit::Sms, Amount::Count(13), Amount::Count(13), Amount::Count(13)),
        ] {
            assert_eq!((unit.about(&amount, false), unit.about(&amount, true)), (Some(down), Some(up)), "{amount:?}");
        }
        assert_eq!(Unit::AsIs.about(&Amount::Raw { digits: "1".to_owned(), unit: "x".to_owned() }, true), None);
    }

    #[test]
    fn data_follows_the_golden_table() {
        let cases = [
            (Language::Dutch, "1.234,5 GB", "1234,5 gigabyte", "< 0,01 GB", "minder dan 0,01 gigabyte"),
            (
                Language::French,
                "1\u{202F}234,5\u{202F}Go",
                "1234,5 gigaoctets",
                "< 0,01\u{202F}Go",
                "moins de 0,01 gigaoctet",
            ),
            (Language::German, "1.234,5\u{A0}GB", "1234,5 Gigabyte", "< 0,01\u{A0}GB", "weniger als 0,01 Gigabyte"),
            (Language::English, "1,234.5 GB", "1234.5 gigabytes", "< 0.01 GB", "less than 0.01 gigabytes"),
        ];
        for (language, drawn, spoken, tiny, tiny_spoken) in cases {
            let text = GB.with_unit(language, &Amount::Bytes(1_234_500_000_000));
            assert_eq!((text.text.as_str(), text.spoken.as_str()), (drawn, spoken));
            let text = GB.left(language, &Amount::Bytes(1));
            assert_eq!((text.text.as_str(), text.spoken.as_str()), (tiny, tiny_spoken));
        }
    }

    #[test]
    fn data_is_floored_to_two_decimals_and_never_changes_unit() {
        let cases = [
            (6_200_000_000, "6.2 GB"),
            (6_259_999_999, "6.25 GB"),
            (9_999_999_999, "9.99 GB"),
            (10_000_000_000, "10 GB"),
            (900_000_000, "0.9 GB"),
            (9_999_999, "< 0.01 GB"),
            (0, "0 GB"),
            (u64::MAX, "18,446,744,073.7 GB"),
        ];
        for (bytes, drawn) in cases {
            assert_eq!(GB.with_unit(Language::English, &Amount::Bytes(bytes)).text, drawn);
        }
        assert_eq!(
            Unit::choose(&Amount::Bytes(999_999_999), &Service::Data, DataBase::Decimal),
            Unit::Megabytes(DataBase::Decimal)
        );
        assert_eq!(Unit::choose(&Amount::Bytes(1_000_000_000), &Service::Data, DataBase::Decimal), GB);
        let binary = Unit::choose(&Amount::Bytes(10 << 30), &Service::Data, DataBase::Binary);
        assert_eq!(binary.with_unit(Language::English, &Amount::Bytes(10 << 30)).text, "10 GB");
    }

    #[test]
    fn used_talk_time_has_seconds_and_time_left_has_whole_minutes() {
        let cases = [
            (0, "0 min", "0 minutes", "0 min"),
            (1, "0:01 min", "0 minutes and 1 second", "< 1 min"),
            (60, "1 min", "1 minute", "1 min"),
            (2_530, "42:10 min", "42 minutes and 10 seconds", "42 min"),
            (7_200, "120 min", "120 minutes", "120 min"),
        ];
        for (seconds, used, spoken, left) in cases {
            let amount = Amount::Seconds(seconds);
            let text = Unit::Minutes.with_unit(Language::English, &amount);
            assert_eq!((text.text.as_str(), text.spoken.as_str()), (used, spoken));
            assert_eq!(Unit::Minutes.left(Language::English, &amount).text, left);
        }
    }

    #[test]
    fn an_unknown_unit_is_written_as_the_operator_wrote_it() {
        let raw = Amount::Raw { digits: "12,50".to_owned(), unit: "Coins".to_owned() };
        assert_eq!(Unit::AsIs.with_unit(Language::English, &raw).text, "12,50 Coins");
        let bare = Amount::Raw { digits: "12".to_owned(), unit: String::new() };
        assert_eq!(Unit::AsIs.with_unit(Language::English, &bare).text, "12");
    }
}
