//! Money as each language writes it: four hand-written euro patterns, held to CLDR's golden values by a test.
//! Any other currency is its ISO code beside the amount; nothing is converted.

use super::number::Number;
use super::{Language, Text, messages};
use crate::usage::model::Money;

/// An amount, with a word for minus where it is spoken: screen readers drop the sign.
pub fn money(language: Language, money: &Money) -> Text {
    let cents = money.cents.unsigned_abs();
    let minus = if money.cents < 0 { "-" } else { "" };
    let number = Number::two_decimals(language, cents);
    let digits = &number.text.text;
    let text = if money.currency == "EUR" {
        match language {
            Language::Dutch => format!("€\u{A0}{minus}{digits}"),
            Language::French | Language::German => format!("{minus}{digits}\u{A0}€"),
            Language::English => format!("{minus}€{digits}"),
        }
    } else {
        match language {
            Language::Dutch => format!("{}\u{A0}{minus}{digits}", money.currency),
            Language::French | Language::German => format!("{minus}{digits}\u{A0}{}", money.currency),
            Language::English => format!("{minus}{}\u{A0}{digits}", money.currency),
        }
    };
    let amount = if money.currency == "EUR" {
        euros_spoken(language, cents)
    } else {
        Text::plain(format!("{} {}", number.text.spoken, money.currency))
    };
    let spoken = if money.cents < 0 { messages::minus_spoken(language, &amount).spoken } else { amount.spoken };
    Text { text, spoken }
}

/// Whole euros in a sentence, without a decimal mark.
pub fn euros(language: Language, euros: u64) -> Text {
    let number = Number::whole(language, euros);
    let spoken = messages::euros_spoken(language, &number).spoken;
    let digits = &number.text.text;
    let text = match language {
        Language::Dutch => spoken.clone(),
        Language::French | Language::German => format!("{digits}\u{A0}€"),
        Language::English => format!("€{digits}"),
    };
    Text { text, spoken }
}

fn euros_spoken(language: Language, cents: u64) -> Text {
    let euros = Number::whole(language, cents.checked_div(100).unwrap_or_default());
    match cents.checked_rem(100).unwrap_or_default() {
        0 => messages::euros_spoken(language, &euros),
        rest if cents < 100 => messages::cents_spoken(language, &Number::whole(language, rest)),
        rest => messages::euros_cents_spoken(language, &euros, &Number::whole(language, rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(language: Language, cents: i64, currency: &str) -> Text {
        money(language, &Money { cents, currency: currency.to_owned() })
    }

    #[test]
    fn whole_euros_are_written_as_in_a_sentence() {
        let cases = [
            (Language::Dutch, "5 euro", "5 euro"),
            (Language::French, "5\u{A0}€", "5 euros"),
            (Language::German, "5\u{A0}€", "5 Euro"),
            (Language::English, "€5", "5 euros"),
        ];
        for (language, text, spoken) in cases {
            assert_eq!(euros(language, 5), Text { text: text.to_owned(), spoken: spoken.to_owned() });
        }
    }

    #[test]
    fn euro_patterns_match_the_golden_table() {
        let cases = [
            (Language::Dutch, "€\u{A0}1.234.567,89", "€\u{A0}-12,50", "€\u{A0}0,00"),
            (Language::French, "1\u{202F}234\u{202F}567,89\u{A0}€", "-12,50\u{A0}€", "0,00\u{A0}€"),
            (Language::German, "1.234.567,89\u{A0}€", "-12,50\u{A0}€", "0,00\u{A0}€"),
            (Language::English, "€1,234,567.89", "-€12.50", "€0.00"),
        ];
        for (language, large, negative, zero) in cases {
            assert_eq!(of(language, 123_456_789, "EUR").text, large);
            assert_eq!(of(language, -1_250, "EUR").text, negative);
            assert_eq!(of(language, 0, "EUR").text, zero);
        }
    }

    #[test]
    fn amounts_are_spoken_in_words_with_a_word_for_minus() {
        let cases = [
            (Language::Dutch, -1_250, "min 12 euro en 50 cent"),
            (Language::French, -1_250, "moins 12 euros et 50 centimes"),
            (Language::German, -1_250, "minus 12 Euro und 50 Cent"),
            (Language::English, -1_250, "minus 12 euros and 50 cents"),
            (Language::English, 101, "1 euro and 1 cent"),
            (Language::English, 50, "50 cents"),
            (Language::French, 101, "1 euro et 1 centime"),
            (Language::French, 200, "2 euros"),
            (Language::Dutch, 123_456_700, "1234567 euro"),
        ];
        for (language, cents, spoken) in cases {
            assert_eq!(of(language, cents, "EUR").spoken, spoken);
        }
    }

    #[test]
    fn another_currency_is_its_code_beside_the_amount() {
        let cases = [
            (Language::Dutch, "CHF\u{A0}-1.250,05", "min 1250,05 CHF"),
            (Language::French, "-1\u{202F}250,05\u{A0}CHF", "moins 1250,05 CHF"),
            (Language::German, "-1.250,05\u{A0}CHF", "minus 1250,05 CHF"),
            (Language::English, "-CHF\u{A0}1,250.05", "minus 1250.05 CHF"),
        ];
        for (language, drawn, spoken) in cases {
            assert_eq!(of(language, -125_005, "CHF"), Text { text: drawn.to_owned(), spoken: spoken.to_owned() });
        }
    }

    #[test]
    fn the_extremes_of_the_type_do_not_overflow() {
        for cents in [i64::MIN, i64::MAX] {
            assert!(of(Language::English, cents, "EUR").text.contains("92,233,720,368,547,758.0"));
        }
    }
}
