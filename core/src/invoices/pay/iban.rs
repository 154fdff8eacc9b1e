//! Account numbers (ISO 13616). A Belgian one is checked twice: as a whole, and its national number within. One wrong digit
//! must never reach a payment.

use std::fmt;

use super::check_digits::{belgian, checks_internationally};
use super::{in_fours, is_blank};

/// Countries of SEPA, and how long account numbers are there (EPC409-09, SWIFT IBAN registry).
const SEPA: &[(&str, usize)] = &[
    ("AD", 24),
    ("AL", 28),
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FR", 27),
    ("GB", 22),
    ("GI", 23),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("RS", 22),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("VA", 22),
];

/// An account number whose checks are right.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Iban {
    text: String,
}

/// Why text is no account number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IbanError {
    /// Other than two letters of a country, two digits, and letters and digits.
    #[error("it is not written like an account number")]
    Format,
    /// Shorter or longer than account numbers are, or than those of its country.
    #[error("it has {length} characters")]
    Length {
        /// How many it has.
        length: usize,
    },
    /// The check digits of the whole are wrong: it was mistyped.
    #[error("its check digits are wrong")]
    CheckDigits,
    /// The check digits of the Belgian number within are wrong.
    #[error("the check digits of the national number are wrong")]
    NationalCheckDigits,
}

impl Iban {
    /// Reads it in groups or bare, in either case of letters.
    pub fn parse(text: &str) -> Result<Self, IbanError> {
        let text: String = text.chars().filter(|c| !is_blank(*c)).map(|c| c.to_ascii_uppercase()).collect();
        let bytes = || text.bytes();
        let is_written_like_one = bytes().take(2).all(|byte| byte.is_ascii_uppercase())
            && bytes().skip(2).take(2).all(|byte| byte.is_ascii_digit())
            && bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_written_like_one {
            return Err(IbanError::Format);
        }
        let iban = Iban { text };
        let length = iban.text.len();
        let fits = iban.sepa_length().map_or((15..=34).contains(&length), |right| length == right);
        if !fits {
            return Err(IbanError::Length { length });
        }
        if !checks_internationally(&iban.text) {
            return Err(IbanError::CheckDigits);
        }
        match iban.text.strip_prefix("BE") {
            Some(number) if !belgian_number_checks(number) => Err(IbanError::NationalCheckDigits),
            Some(_) | None => Ok(iban),
        }
    }

    /// Without blanks, as a payment carries it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a SEPA credit transfer reaches it.
    pub fn is_in_sepa(&self) -> bool {
        self.sepa_length().is_some()
    }

    fn sepa_length(&self) -> Option<usize> {
        SEPA.iter().find(|(country, _)| self.text.starts_with(country)).map(|(_, length)| *length)
    }
}

/// After the two international check digits, ten digits and two that check them.
fn belgian_number_checks(number: &str) -> bool {
    let parts = number.get(2..).and_then(|national| national.split_at_checked(10));
    let Some((base, check)) = parts else { return false };
    let all_digits = number.bytes().all(|byte| byte.is_ascii_digit());
    all_digits && belgian(base).is_some_and(|right| check.parse() == Ok(right))
}

/// As printed, in groups of four.
impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_fours(&self.text))
    }
}
