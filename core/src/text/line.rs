//! How a mobile line is named on every screen: by the end of its number, since screens are seen by others.

use super::number::Number;
use super::{Language, Text, messages};

/// The masked number: enough for its owner to know it, not enough for a neighbour to ring it. `number` is the line's place
/// among the person's `count` lines, for one without a known number.
pub fn label(language: Language, msisdn: Option<&str>, number: u64, count: usize) -> Text {
    let digits: Vec<char> = msisdn.unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    let tail = digits.len().checked_sub(2).and_then(|at| digits.get(at..)).filter(|_| digits.len() >= 8);
    match tail {
        Some(tail) => {
            let end = Text {
                text: tail.iter().collect(),
                // Digit by digit: "56" is a number to a screen reader, "5 6" is the end of a phone number.
                spoken: tail.iter().map(char::to_string).collect::<Vec<_>>().join(" "),
            };
            let masked = match digits.as_slice() {
                // A Belgian mobile number, in the national form people know it by.
                ['3', '2', '4', a, b, _, _, _, _, _, _] => format!("04{a}{b} •• •• {}", end.text),
                _ => format!("•••• {}", end.text),
            };
            messages::number_masked(language, &Text::plain(masked), &end)
        }
        None if count > 1 => messages::line_numbered(language, &Number::whole(language, number)),
        None => messages::line_unnamed(language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_named_by_the_end_of_its_number_or_by_its_place() {
        for (msisdn, count, expected) in [
            (Some("+32470123456"), 2, "0470 •• •• 56"),
            (Some("32 470 12 34 56"), 1, "0470 •• •• 56"),
            (Some("+352621123456"), 1, "•••• 56"),
            (Some("1234567"), 1, "Your line"),
            (None, 1, "Your line"),
            (None, 2, "Line 2"),
        ] {
            assert_eq!(label(Language::English, msisdn, 2, count).text, expected, "{msisdn:?}");
        }
        assert_eq!(label(Language::English, Some("+32470123456"), 1, 1).spoken, "number ending in 5 6");
    }
}
