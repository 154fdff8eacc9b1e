//! Numbers as each language writes them (CLDR separators through `icu_decimal`) and as a screen reader should hear them.
//! Integers in, text out: no value passes through a float.

use std::cell::OnceCell;

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_locale_core::Locale;

use super::{Language, Text, messages};

/// A number ready for a sentence: as drawn, as spoken, and plain for choosing the plural form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Drawn with grouping, spoken without: a screen reader takes a grouping space for two numbers.
    pub text: Text,
    /// ASCII digits with a decimal point, for plural rules only.
    pub plain: String,
}

impl Number {
    /// A whole number.
    pub fn whole(language: Language, value: u64) -> Number {
        Self::write(language, &Decimal::from(value))
    }

    /// A number of hundredths, without needless zeros: 620 is "6.2".
    pub fn hundredths(language: Language, hundredths: u64) -> Number {
        Self::write(language, &hundredth_parts(hundredths))
    }

    /// A number of hundredths with both decimals: 620 is "6.20".
    pub fn two_decimals(language: Language, hundredths: u64) -> Number {
        let mut value = hundredth_parts(hundredths);
        value.absolute.pad_end(-2);
        Self::write(language, &value)
    }

    fn write(language: Language, value: &Decimal) -> Number {
        let plain = value.to_string();
        let drawn = with_formatter(language, GroupingStrategy::Always, |formatter| formatter.format(value).to_string());
        let has_groups = value.absolute.nonzero_magnitude_start() >= 3;
        let spoken = if has_groups {
            with_formatter(language, GroupingStrategy::Never, |formatter| formatter.format(value).to_string())
        } else {
            drawn.clone()
        };
        let text =
            Text { text: drawn.unwrap_or_else(|| plain.clone()), spoken: spoken.unwrap_or_else(|| plain.clone()) };
        Number { text, plain }
    }
}

fn hundredth_parts(hundredths: u64) -> Decimal {
    let mut value = Decimal::from(hundredths);
    value.absolute.multiply_pow10(-2);
    value.absolute.trim_end();
    value
}

/// "76%", floored by the caller: 99.9 % never prints 100 %.
pub fn percent(language: Language, percent: u64) -> Text {
    let number = Number::whole(language, percent);
    let pattern = match language {
        Language::Dutch | Language::English => "%",
        Language::French | Language::German => "\u{A0}%",
    };
    let text = format!("{}{pattern}", number.text.text);
    Text { text, spoken: messages::percent_spoken(language, &number).spoken }
}

type Cell = OnceCell<Option<DecimalFormatter>>;

thread_local! {
    /// Formatters are not `Sync`; each thread that writes numbers keeps its own eight.
    static FORMATTERS: [[Cell; 2]; 4] = const { [const { [const { Cell::new() }; 2] }; 4] };
}

/// Runs with the formatter of a language; nothing only if the embedded data were damaged, which a test rules out.
fn with_formatter<T>(
    language: Language,
    grouping: GroupingStrategy,
    format: impl FnOnce(&DecimalFormatter) -> T,
) -> Option<T> {
    FORMATTERS.with(|formatters| {
        let [dutch, french, english, german] = formatters;
        let [grouped, ungrouped] = match language {
            Language::Dutch => dutch,
            Language::French => french,
            Language::English => english,
            Language::German => german,
        };
        let cell = if grouping == GroupingStrategy::Never { ungrouped } else { grouped };
        let formatter = cell.get_or_init(|| {
            let locale: Locale = language.locale().parse().ok()?;
            let mut options = DecimalFormatterOptions::default();
            options.grouping_strategy = Some(grouping);
            DecimalFormatter::try_new(locale.into(), options).ok()
        });
        formatter.as_ref().map(format)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_those_of_cldr() {
        let cases = [
            (Language::Dutch, "1.234,5", "1234,5", "12,00"),
            (Language::French, "1\u{202F}234,5", "1234,5", "12,00"),
            (Language::English, "1,234.5", "1234.5", "12.00"),
            (Language::German, "1.234,5", "1234,5", "12,00"),
        ];
        for (language, drawn, spoken, padded) in cases {
            for grouping in [GroupingStrategy::Always, GroupingStrategy::Never] {
                assert!(with_formatter(language, grouping, |_| ()).is_some());
            }
            let number = Number::hundredths(language, 123_450);
            assert_eq!((number.text.text.as_str(), number.text.spoken.as_str()), (drawn, spoken));
            assert_eq!(number.plain, "1234.5");
            assert_eq!(Number::two_decimals(language, 1_200).text.text, padded);
            assert_eq!(Number::hundredths(language, 1_200).text.text, "12");
            assert_eq!(Number::whole(language, 0).text.text, "0");
        }
    }

    #[test]
    fn percentages_follow_the_golden_table() {
        let cases = [
            (Language::Dutch, "76%", "76 procent"),
            (Language::French, "76\u{A0}%", "76 pour cent"),
            (Language::English, "76%", "76 percent"),
            (Language::German, "76\u{A0}%", "76 Prozent"),
        ];
        for (language, drawn, spoken) in cases {
            assert_eq!(percent(language, 76), Text { text: drawn.to_owned(), spoken: spoken.to_owned() });
        }
    }
}
