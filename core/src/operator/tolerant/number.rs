//! Whether a number in a document is a line somebody asked for. Documents write `491702283968`, `0470 12 34 56`,
//! `+1 (425)…`; lines are known in E.164. A foreign line must not pass for one's own, nor one's own be lost.

use super::blank::is_blank;

/// What a document's name for a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Identifier {
    /// A telephone number: its digits, without an international prefix `+` or `00`.
    Number {
        /// Digits alone.
        digits: String,
        /// It began with `+` or `00`.
        international: bool,
    },
    /// A technical id that is no telephone number.
    Technical,
    /// A SIM or device number (ICCID, IMEI), which is no line and never copied.
    Device,
}

/// Tells telephone numbers from technical ids.
pub(crate) fn identify(written: &str) -> Identifier {
    let text = written.trim();
    let text =
        text.get(..4).filter(|start| start.eq_ignore_ascii_case("tel:")).map_or(text, |_| text.get(4..).unwrap_or(""));
    let mut digits = String::new();
    let mut plus = false;
    for c in text.replace("(0)", "").chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() && !plus => plus = true,
            c if is_separator(c) => {}
            _ => return Identifier::Technical,
        }
    }
    let (digits, international) = match digits.strip_prefix("00") {
        Some(rest) if !plus => (rest.to_owned(), true),
        _ => (digits, plus),
    };
    match digits.len() {
        // E.164 allows fifteen digits; six is shorter than any national mobile number.
        6..=15 => Identifier::Number { digits, international },
        16..=22 => Identifier::Device,
        _ => Identifier::Technical,
    }
}

/// What people put between the digits of a number.
pub(crate) fn is_separator(c: char) -> bool {
    matches!(c, '-' | '.' | '/' | '(' | ')') || is_blank(c)
}

/// Whether it is written like a telephone number, and not like a technical id, a SIM's or a device's.
pub fn is_number(written: &str) -> bool {
    matches!(identify(written), Identifier::Number { .. })
}

/// Whether two ways to write a line mean the same line. A number without country code means a number of the operator's
/// country, so it is the same as one with any country code before it.
pub fn same_number(written: &str, e164: &str) -> bool {
    if written.trim() == e164.trim() {
        return true;
    }
    let (Some((a, a_abroad)), Some((b, b_abroad))) = (digits_of(written), digits_of(e164)) else { return false };
    a == b
        || (!a_abroad && is_national(&a, &b))
        || (!b_abroad && is_national(&b, &a))
        || (!a_abroad && !b_abroad && national(&a) == national(&b))
}

/// The digits, without the trunk zero some write after the country code (`+320470123456`), and whether there is a country
/// code for sure.
fn digits_of(written: &str) -> Option<(String, bool)> {
    match identify(written) {
        Identifier::Number { digits, international: true } => {
            let (code, rest) = split_country_code(&digits)?;
            Some((format!("{code}{}", national(rest)), true))
        }
        Identifier::Number { digits, international: false } => Some((digits, false)),
        Identifier::Technical | Identifier::Device => None,
    }
}

/// `0470123456` or `470123456` for `32470123456`.
fn is_national(digits: &str, wanted: &str) -> bool {
    split_country_code(wanted).is_some_and(|(_, rest)| rest == national(digits))
}

/// Parts an international number after its country code (ITU-T E.164 annex D: one, two or three digits).
fn split_country_code(digits: &str) -> Option<(&str, &str)> {
    const TWO_DIGITS: [&str; 44] = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
        "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
        "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    let length = match digits.get(..2)? {
        "00" => return None,
        code if code.starts_with(['1', '7']) => 1,
        code if TWO_DIGITS.contains(&code) => 2,
        _ => 3,
    };
    digits.split_at_checked(length)
}

fn national(digits: &str) -> &str {
    digits.strip_prefix('0').unwrap_or(digits)
}

#[cfg(test)]
mod tests {
    use super::same_number;

    #[test]
    fn one_line_written_in_many_ways_is_one_line() {
        for written in [
            "+32470550123",
            "32470550123",
            "0032470550123",
            "0470550123",
            "470550123",
            "0470 55 01 23",
            "0470/55.01.23",
            "+32 470 55 01 23",
            "+32(0)470550123",
            "+32 (0)470 55 01 23",
            "+320470550123",
            "0032 (0)470 55 01 23",
            "tel:+32-470-55-01-23",
            "TEL:0470550123",
            "+32\u{a0}470\u{a0}55\u{202f}01\u{202f}23",
            "\u{202a}+32470550123\u{202c}",
            " 0470550123 ",
        ] {
            assert!(same_number(written, "+32470550123"), "{written:?}");
            assert!(same_number("+32470550123", written), "{written:?} the other way round");
            assert!(same_number(written, "0470 550123"), "{written:?} against a national number");
        }
    }

    #[test]
    fn other_lines_are_other_lines() {
        for written in [
            "",
            "+",
            "+32470550124",
            "32470550124",
            "0470550124",
            "+33470550123",
            "0033470550123",
            "+1470550123",
            "70550123",
            "550123",
            "0550123",
            "3247055012",
            "+324705501230",
            "0470550123 ext 5",
            "line-470550123",
            "1754",
            "٠٤٧٠٥٥٠١٢٣",
            "8932470550123000001",
        ] {
            assert!(!same_number(written, "+32470550123"), "{written:?}");
        }
    }
}
