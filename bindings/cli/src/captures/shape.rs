//! What a text looks like: a number of a telephone, a SIM, an account, whatever member it stands in.

/// What identifies somebody by its very form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A telephone number: its national digits with the country's, without what is written before them.
    Phone {
        /// What stands before the country's digits, or before the national ones.
        written: Written,
        /// Country and national digits.
        digits: String,
    },
    /// The number of a SIM (ITU-T E.118).
    Iccid,
    /// The number of an eUICC (GSMA SGP.02).
    Eid,
    /// The number of a subscription (ITU-T E.212).
    Imsi,
    /// A mail address.
    Email,
    /// A bank account (ISO 13616).
    Iban,
    /// A Belgian structured communication.
    Communication,
    /// A creditor reference (ISO 11649).
    CreditorReference,
}

/// How a telephone number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// `+32470123456`
    Plus,
    /// `0032470123456`
    Zeros,
    /// `32470123456`
    Bare,
    /// `0470123456`
    National,
}

impl Shape {
    /// What a whole text is, spaces and punctuation aside.
    pub fn of(text: &str) -> Option<Shape> {
        let text = text.trim();
        if text.len() > 64 || text.is_empty() {
            return None;
        }
        if let Some((name, host)) = text.split_once('@') {
            let is_host = host.contains('.') && !host.contains(char::is_whitespace);
            return (is_host && !name.is_empty()).then_some(Shape::Email);
        }
        let tight: String = text.chars().filter(|c| !is_separator(*c)).collect();
        if is_creditor_reference(&tight) {
            return Some(Shape::CreditorReference);
        }
        if is_iban(&tight) {
            return Some(Shape::Iban);
        }
        let plus = tight.starts_with('+') && !text.ends_with('+');
        let digits: String = tight.trim_matches(['+', '*']).to_owned();
        let number = digits.strip_suffix(['F', 'f']).unwrap_or(&digits);
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        match number.len() {
            12 if text.contains('/') && is_communication(number) => Some(Shape::Communication),
            32 if number.starts_with("89") => Some(Shape::Eid),
            18..=22 if number.starts_with("89") => Some(Shape::Iccid),
            // 001 01 is the test network's.
            15 if !plus && (!number.starts_with("00") || number.starts_with("00101")) => Some(Shape::Imsi),
            _ => phone(number, plus),
        }
    }
}

fn phone(number: &str, plus: bool) -> Option<Shape> {
    let shape = |written, digits: String| (8..=15).contains(&digits.len()).then_some(Shape::Phone { written, digits });
    // `+32 (0)470…` is written too.
    let abroad = |digits: &str| match digits.strip_prefix("320") {
        Some(national) => format!("32{national}"),
        None => digits.to_owned(),
    };
    if plus {
        return shape(Written::Plus, abroad(number));
    }
    match number.strip_prefix("00") {
        Some(digits) if digits.len() >= 10 => shape(Written::Zeros, abroad(digits)),
        Some(_) => None,
        None => match number.strip_prefix('0') {
            Some(national) if (8..=9).contains(&national.len()) => shape(Written::National, format!("32{national}")),
            Some(_) => None,
            None if number.len() == 11 && number.starts_with("324") => shape(Written::Bare, number.to_owned()),
            None => None,
        },
    }
}

/// What may stand between the digits of a number.
pub fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '.' | '/' | '-' | '(' | ')' | '\u{a0}' | '\u{202f}' | '\u{2011}')
}

/// Countries of the single euro payments area, with the length of their account numbers (ISO 13616 registry).
const IBANS: &str = "AD24 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IS26 \
    IT27 LI21 LT20 LU20 LV21 MC27 MT31 NL18 NO15 PL28 PT25 RO24 SE24 SI19 SK24 SM27 VA22";

fn is_iban(tight: &str) -> bool {
    let country = tight.get(..2).unwrap_or_default().to_ascii_uppercase();
    let of_country = format!("{country}{}", tight.len());
    IBANS.split(' ').any(|known| known == of_country) && moved_remainder(tight) == Some(1)
}

fn is_creditor_reference(tight: &str) -> bool {
    tight.to_ascii_uppercase().starts_with("RF") && (5..=25).contains(&tight.len()) && moved_remainder(tight) == Some(1)
}

/// ISO 7064 MOD 97-10, with the first four moved to the end.
fn moved_remainder(text: &str) -> Option<u32> {
    let (first, rest) = text.split_at_checked(4)?;
    remainder(&format!("{rest}{first}"))
}

/// The remainder by 97 of digits and letters, a letter being 10 to 35.
pub fn remainder(text: &str) -> Option<u32> {
    text.chars().try_fold(0_u32, |sum, c| {
        let value = c.to_digit(36)?;
        let shift = if value > 9 { 100 } else { 10 };
        Some(sum.saturating_mul(shift).saturating_add(value).checked_rem(97).unwrap_or_default())
    })
}

fn is_communication(digits: &str) -> bool {
    let Some((body, check)) = digits.split_at_checked(10) else { return false };
    let rest = remainder(body).map(|rest| if rest == 0 { 97 } else { rest });
    rest == check.parse().ok()
}

/// The number of a person in the Belgian national register: the day of birth, a number of that day, and 97 less the remainder of
/// both, which have a 2 before them for whoever was born from 2000 on.
pub fn is_national_register(digits: &str) -> bool {
    let Some((body, check)) = digits.split_at_checked(9).filter(|(_, check)| check.len() == 2) else { return false };
    let is_check = |body: &str| remainder(body).and_then(|rest| 97_u32.checked_sub(rest)) == check.parse().ok();
    digits.bytes().all(|byte| byte.is_ascii_digit()) && (is_check(body) || is_check(&format!("2{body}")))
}

/// The digit that makes a number right (ISO/IEC 7812-1, Luhn).
pub fn luhn_digit(body: &str) -> u32 {
    let sum = body.chars().rev().filter_map(|c| c.to_digit(10)).enumerate().fold(0_u32, |sum, (place, digit)| {
        let doubled = if place & 1 == 0 { digit.saturating_mul(2) } else { digit };
        sum.saturating_add(if doubled > 9 { doubled.saturating_sub(9) } else { doubled })
    });
    10_u32.saturating_sub(sum.checked_rem(10).unwrap_or_default()).checked_rem(10).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_known_by_their_form_however_they_are_written() {
        let phone = |written| Some(Shape::Phone { written, digits: "32470123456".to_owned() });
        for (text, shape) in [
            ("+32470123456", phone(Written::Plus)),
            ("+32 470 12 34 56", phone(Written::Plus)),
            ("+32 (0)470 12.34.56", phone(Written::Plus)),
            ("0032470123456", phone(Written::Zeros)),
            ("32470123456", phone(Written::Bare)),
            ("0470/12.34.56", phone(Written::National)),
            ("8932050000000000013", Some(Shape::Iccid)),
            ("8932050000000000013F", Some(Shape::Iccid)),
            ("89049032004008882600004821234567", Some(Shape::Eid)),
            ("206010000000001", Some(Shape::Imsi)),
            ("emma@operator.example", Some(Shape::Email)),
            ("BE68 5390 0754 7034", Some(Shape::Iban)),
            ("be68539007547034", Some(Shape::Iban)),
            ("BE69539007547034", None),
            ("ab10c3", None),
            ("+++090/9337/55493+++", Some(Shape::Communication)),
            ("RF18539007547034", Some(Shape::CreditorReference)),
            ("2026-11-25", None),
            ("6200000000", None),
            ("10 GB", None),
            ("active", None),
        ] {
            assert_eq!(Shape::of(text), shape, "{text}");
        }
    }

    #[test]
    fn a_number_of_the_national_register_is_told_from_another() {
        for (digits, expected) in [
            ("85073003328", true),
            ("17073003384", true),
            ("85073003329", false),
            ("32470123456", false),
            ("8507300332", false),
            ("850730033280", false),
            ("", false),
        ] {
            assert_eq!(is_national_register(digits), expected, "{digits}");
        }
    }

    #[test]
    fn check_digits_are_those_of_published_examples() {
        assert_eq!(luhn_digit("7992739871"), 3);
        assert_eq!(luhn_digit("893205000000000001"), 3);
        assert_eq!(remainder("539007547034111468"), Some(1));
    }
}
