//! Numbers as people type them into a field, in the manner of their language and in that of a keyboard that has another.

use super::Language;

/// A whole number of percent: "80", "80 %". None of anything else.
pub fn percent(typed: &str) -> Option<u16> {
    let bare = without_spaces(typed);
    let digits = bare.strip_suffix('%').unwrap_or(&bare);
    whole(digits)?.try_into().ok()
}

/// An amount of euros in cents: "12", "12,50", "12.5", "€ 1.250,00". A comma or a point before one or two digits at the end
/// is the decimal mark in every language, as keyboards have either; one before three digits is between thousands where the
/// language writes it there, and else nobody knows. None of anything else.
pub fn euros(typed: &str, language: Language) -> Option<u32> {
    let bare = without_spaces(typed);
    let bare = bare.strip_prefix('€').or_else(|| bare.strip_suffix('€')).unwrap_or(&bare);
    let (before, cents) = match bare.rfind([',', '.']) {
        Some(at) => {
            let (before, after) = (bare.get(..at)?, bare.get(at.checked_add(1)?..)?);
            match after.len() {
                1 => (before, whole(after)?.checked_mul(10)?),
                2 => (before, whole(after)?),
                _ => (bare, 0),
            }
        }
        None => (bare, 0),
    };
    let euros = whole(&without_groups(before, language)?)?;
    euros.checked_mul(100)?.checked_add(cents)
}

/// Without the mark between thousands; none where it stands elsewhere. Spaces are gone already.
fn without_groups(text: &str, language: Language) -> Option<String> {
    let mark = match language {
        Language::Dutch | Language::German => '.',
        Language::English => ',',
        // Thousands are apart by a space.
        Language::French => return Some(text.to_owned()),
    };
    let mut groups = text.split(mark);
    let first = groups.next()?;
    let is_grouped = text.contains(mark);
    let fits = groups.all(|group| group.len() == 3) && (!is_grouped || (1..=3).contains(&first.len()));
    fits.then(|| text.replace(mark, ""))
}

/// Digits alone.
fn whole(text: &str) -> Option<u32> {
    // `parse` takes a sign as well.
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| text.parse().ok())?
}

/// Also those that do not break.
fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::money::money;
    use crate::usage::model::Money;

    #[test]
    fn a_percentage_is_a_whole_number_with_or_without_its_sign() {
        for (typed, expected) in [
            ("80", Some(80)),
            (" 80 % ", Some(80)),
            ("80\u{A0}%", Some(80)),
            ("0", Some(0)),
            ("200", Some(200)),
            ("", None),
            ("%", None),
            ("8,5", None),
            ("+8", None),
            ("-8", None),
            ("８０", None),
            ("70000", None),
            ("eighty", None),
        ] {
            assert_eq!(percent(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn an_amount_is_read_as_its_language_and_as_any_keyboard_writes_it() {
        use Language::{Dutch, English, French, German};
        for (typed, languages, expected) in [
            ("12", &Language::ALL[..], Some(1_200)),
            ("12,50", &Language::ALL[..], Some(1_250)),
            ("12.50", &Language::ALL[..], Some(1_250)),
            ("12,5", &Language::ALL[..], Some(1_250)),
            ("€ 12,05", &Language::ALL[..], Some(1_205)),
            ("12,05\u{A0}€", &Language::ALL[..], Some(1_205)),
            ("1 250,00", &Language::ALL[..], Some(125_000)),
            ("1.250", &[Dutch, German][..], Some(125_000)),
            ("1.250", &[English, French][..], None),
            ("1,250", &[English][..], Some(125_000)),
            ("1,250", &[Dutch, French, German][..], None),
            ("1.250,50", &[Dutch, German][..], Some(125_050)),
            ("1,250.50", &[English][..], Some(125_050)),
            ("12.50.00", &Language::ALL[..], None),
            ("1.2.3", &Language::ALL[..], None),
            (",50", &Language::ALL[..], None),
            ("12,", &Language::ALL[..], None),
            ("-12", &Language::ALL[..], None),
            ("12 euros", &Language::ALL[..], None),
            ("", &Language::ALL[..], None),
            ("99999999999", &Language::ALL[..], None),
        ] {
            for language in languages {
                assert_eq!(euros(typed, *language), expected, "{typed:?} {language:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn an_amount_as_we_write_it_is_read_back(cents in 0u32..100_000_000) {
            for language in Language::ALL {
                let written = money(language, &Money { cents: cents.into(), currency: "EUR".to_owned() });
                prop_assert_eq!(euros(&written.text, language), Some(cents), "{}", written.text);
            }
        }
    }
}
