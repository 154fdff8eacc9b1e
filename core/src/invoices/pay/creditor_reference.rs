//! The international structured creditor reference (ISO 11649): `RF`, two check digits, up to 21 letters and digits.

use std::fmt;

use super::check_digits::{checks_internationally, international};
use super::{in_fours, is_blank};

/// An RF reference whose check digits are right.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CreditorReference {
    text: String,
}

/// Why text is no RF reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CreditorReferenceError {
    /// It does not begin with `RF`.
    #[error("it does not begin with RF")]
    NoPrefix,
    /// It has no body, or one of more than 21 characters.
    #[error("its body has {body} characters, not 1 to 21")]
    Length {
        /// How many the body has.
        body: usize,
    },
    /// Other than letters and digits, or no digits after `RF`.
    #[error("it has other characters than letters and digits")]
    Format,
    /// The check digits are wrong: it was mistyped.
    #[error("its check digits are wrong")]
    CheckDigits,
}

impl CreditorReference {
    /// Reads it in groups or bare, in either case of letters.
    pub fn parse(text: &str) -> Result<Self, CreditorReferenceError> {
        let text: String = text.chars().filter(|c| !is_blank(*c)).map(|c| c.to_ascii_uppercase()).collect();
        let rest = text.strip_prefix("RF").ok_or(CreditorReferenceError::NoPrefix)?;
        if !rest.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(CreditorReferenceError::Format);
        }
        let body = rest.len().saturating_sub(2);
        if !(1..=21).contains(&body) {
            return Err(CreditorReferenceError::Length { body });
        }
        if !rest.bytes().take(2).all(|byte| byte.is_ascii_digit()) {
            return Err(CreditorReferenceError::Format);
        }
        if !checks_internationally(&text) {
            return Err(CreditorReferenceError::CheckDigits);
        }
        Ok(CreditorReference { text })
    }

    /// The reference with this body, and the check digits it needs.
    pub fn of_body(body: &str) -> Result<Self, CreditorReferenceError> {
        let body = body.to_ascii_uppercase();
        let check = international(&body, "RF").ok_or(CreditorReferenceError::Format)?;
        Self::parse(&format!("RF{check:02}{body}"))
    }

    /// Without blanks, as a payment carries it.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// As printed, in groups of four.
impl fmt::Display for CreditorReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_fours(&self.text))
    }
}
