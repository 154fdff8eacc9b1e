//! What a payment QR says: a SEPA credit transfer as banks' apps read it (EPC069-12, version 002, UTF-8). Twelve lines in
//! fixed places; nothing stands after the last one in use.

use super::iban::Iban;
use super::reference::Reference;
use super::sepa_text::{transliterate, without_long_numbers};
use super::state::AmountToPay;

/// The largest payload that fits the largest symbol allowed (version 13 with error correction M).
pub const MAX_BYTES: usize = 331;
/// The most a QR may ask for: € 999 999 999.99.
const MOST: i64 = 99_999_999_999;
const MAX_NAME: usize = 70;
const MAX_TEXT: usize = 140;
const MAX_INFORMATION: usize = 70;
const MAX_PURPOSE: usize = 4;

/// A payment a person is asked to make.
#[derive(Debug, Clone, Copy)]
pub struct CreditTransfer<'t> {
    /// The payee's registered name, from the operator's invoice: banks compare it with the account's.
    pub beneficiary: &'t str,
    /// The payee's account, from the operator's invoice.
    pub iban: &'t Iban,
    /// The payee's bank. One that is malformed is left out, since accounts in the EEA need none.
    pub bic: Option<&'t str>,
    /// How much.
    pub amount: AmountToPay,
    /// The payment's purpose: a code of up to four letters or digits (ISO 20022 ExternalPurpose1Code).
    pub purpose: Option<&'t str>,
    /// By what the payee recognises the payment.
    pub reference: Option<&'t Reference>,
    /// Something the payee tells the payer.
    pub information: Option<&'t str>,
}

/// Where a structured reference is put. Banks differ in which they read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceSlot {
    /// In its own line (10), to begin with.
    Structured,
    /// In the line of free text (11), when a person's bank did not recognise it.
    Text,
}

/// A payload that keeps to the standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpcPayload {
    text: String,
}

/// Why there is no QR.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EpcError {
    /// The payee has no name in Latin letters.
    #[error("the payee has no name that could be written")]
    NoName,
    /// A SEPA credit transfer does not reach the account.
    #[error("the account is not in SEPA")]
    NotInSepa,
    /// More than a QR may ask for.
    #[error("the amount is too large")]
    AmountOutOfRange,
    /// The purpose is no code of four.
    #[error("the purpose is no code")]
    Purpose,
    /// The reference looks structured, and its check digits are wrong.
    #[error("the reference's check digits are wrong")]
    DoubtfulReference,
    /// The free text is longer than 140 characters.
    #[error("the text has {length} characters")]
    TextTooLong {
        /// How many it has.
        length: usize,
    },
    /// What the payee tells is longer than 70 characters.
    #[error("the information has {length} characters")]
    InformationTooLong {
        /// How many it has.
        length: usize,
    },
    /// Each line fits, and all together do not.
    #[error("the payload has {bytes} bytes, more than 331")]
    TooManyBytes {
        /// How many it has.
        bytes: usize,
    },
}

impl CreditTransfer<'_> {
    /// The payload. A name is cut at 70 characters, as banks do; a text that is too long is refused, for cut it would say
    /// something else.
    pub fn payload(&self, slot: ReferenceSlot) -> Result<EpcPayload, EpcError> {
        let name: String = transliterate(self.beneficiary).chars().take(MAX_NAME).collect();
        if name.is_empty() {
            return Err(EpcError::NoName);
        }
        if !self.iban.is_in_sepa() {
            return Err(EpcError::NotInSepa);
        }
        let purpose = self.purpose.unwrap_or("");
        if purpose.len() > MAX_PURPOSE || !purpose.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(EpcError::Purpose);
        }
        let (structured, text) = self.reference_lines(slot)?;
        let information = without_long_numbers(&transliterate(self.information.unwrap_or("")));
        if information.len() > MAX_INFORMATION {
            return Err(EpcError::InformationTooLong { length: information.len() });
        }
        let amount = euros(self.amount)?;
        let bic = self.bic.filter(|bic| is_bic(bic)).unwrap_or("").to_ascii_uppercase();
        let lines: [&str; 12] = [
            "BCD",
            "002",
            "1",
            "SCT",
            &bic,
            name.trim_end(),
            self.iban.as_str(),
            &amount,
            &purpose.to_ascii_uppercase(),
            &structured,
            &text,
            &information,
        ];
        let joined = lines.join("\n");
        let text = joined.trim_end_matches('\n').to_owned();
        if text.len() > MAX_BYTES {
            return Err(EpcError::TooManyBytes { bytes: text.len() });
        }
        Ok(EpcPayload { text })
    }

    /// Lines 10 and 11, of which one at most is in use.
    fn reference_lines(&self, slot: ReferenceSlot) -> Result<(String, String), EpcError> {
        let structured = match self.reference {
            None => return Ok((String::new(), String::new())),
            Some(Reference::Doubtful(_)) => return Err(EpcError::DoubtfulReference),
            Some(Reference::Text(text)) => {
                let text = without_long_numbers(&transliterate(text));
                return match text.len() {
                    0..=MAX_TEXT => Ok((String::new(), text)),
                    length => Err(EpcError::TextTooLong { length }),
                };
            }
            Some(Reference::StructuredCommunication(communication)) => communication.to_string(),
            Some(Reference::CreditorReference(reference)) => reference.as_str().to_owned(),
        };
        Ok(match slot {
            ReferenceSlot::Structured => (structured, String::new()),
            ReferenceSlot::Text => (String::new(), structured),
        })
    }
}

impl EpcPayload {
    /// The lines, parted by line feeds, none at the end. ASCII alone.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// `EUR12.34`: a point, two decimals, no groups, whatever the language.
fn euros(amount: AmountToPay) -> Result<String, EpcError> {
    let cents = amount.cents().0;
    if cents > MOST {
        return Err(EpcError::AmountOutOfRange);
    }
    let (euros, rest) = (cents.checked_div(100).unwrap_or_default(), cents.checked_rem(100).unwrap_or_default());
    Ok(format!("EUR{euros}.{rest:02}"))
}

/// Eight or eleven letters and digits (ISO 9362).
fn is_bic(text: &str) -> bool {
    matches!(text.len(), 8 | 11) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
