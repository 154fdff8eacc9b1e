//! The Belgian structured communication (OGM, VCS): ten digits and two that check them, by which a payee's bank account
//! books a payment without a person reading it. Printed `+++ddd/dddd/ddddd+++`.

use std::fmt;

use super::check_digits::belgian;
use super::is_blank;

/// A structured communication whose check digits are right.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StructuredCommunication {
    /// Twelve digits. Leading zeros count, so this is never a number.
    digits: String,
}

/// Why text is no structured communication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StructuredCommunicationError {
    /// There is nothing.
    #[error("there is nothing")]
    Empty,
    /// Other than twelve digits.
    #[error("it has {digits} digits, not twelve")]
    Length {
        /// How many it has.
        digits: usize,
    },
    /// A character, a slash or a delimiter where none may stand.
    #[error("it has other characters than digits, or marks in other places than usual")]
    Format,
    /// The last two digits do not check the first ten: it was mistyped.
    #[error("its check digits are wrong")]
    CheckDigits,
}

impl StructuredCommunication {
    /// Reads it as printed (`+++…+++` or `***…***`), with slashes alone, or bare; blanks are overlooked.
    pub fn parse(text: &str) -> Result<Self, StructuredCommunicationError> {
        use StructuredCommunicationError::{CheckDigits, Empty, Format, Length};
        let text: String = text.chars().filter(|c| !is_blank(*c)).collect();
        if text.is_empty() {
            return Err(Empty);
        }
        let delimited = |mark: &str| text.strip_prefix(mark)?.strip_suffix(mark);
        let inner = delimited("+++").or_else(|| delimited("***")).unwrap_or(&text);
        let digits: String = inner.chars().filter(|c| *c != '/').collect();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Format);
        }
        let (Some((base, check)), 12) = (digits.split_at_checked(10), digits.len()) else {
            return Err(Length { digits: digits.len() });
        };
        if inner != digits && inner != slashed(&digits) {
            return Err(Format);
        }
        if belgian(base).is_none_or(|right| check.parse() != Ok(right)) {
            return Err(CheckDigits);
        }
        Ok(StructuredCommunication { digits })
    }

    /// The twelve digits, as ISO 20022 and UBL carry them.
    pub fn digits(&self) -> &str {
        &self.digits
    }
}

/// As printed: `+++010/8068/17183+++`.
impl fmt::Display for StructuredCommunication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+++{}+++", slashed(&self.digits))
    }
}

/// Twelve digits as three, four and five.
fn slashed(digits: &str) -> String {
    let (first, rest) = digits.split_at_checked(3).unwrap_or_default();
    let (second, third) = rest.split_at_checked(4).unwrap_or_default();
    format!("{first}/{second}/{third}")
}
