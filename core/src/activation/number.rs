//! Belgian mobile numbers as people write them: `0470/12.34.56`, `+32 (0)470 …`, pasted with marks nobody sees. A number is
//! read or refused with the reason, never mended into another: a fixed line of Liège begins with 04 too.

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::operator::tolerant::is_separator;

const LONGEST_TYPED: usize = 128;
/// Without the trunk zero.
const MOBILE_DIGITS: usize = 9;
const FIXED_DIGITS: usize = 8;
/// Emergency and operators' services: 112, 1921.
const SHORT_DIGITS: std::ops::RangeInclusive<usize> = 3..=4;

/// A Belgian mobile number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MobileNumber {
    /// Nine digits, the first a 4: the national significant number.
    significant: String,
}

/// Why a text is no Belgian mobile number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    /// There is nothing.
    #[error("there is nothing in it")]
    Empty,
    /// It is not written as a number: letters, an extension, a second `+`.
    #[error("it is no telephone number")]
    NotANumber,
    /// Digits are missing.
    #[error("it has too few digits")]
    TooShort,
    /// It has digits too many.
    #[error("it has too many digits")]
    TooLong,
    /// Of a fixed line.
    #[error("it is the number of a fixed line")]
    FixedLine,
    /// Of a service or of machines: 112, 0800, 0900, 077.
    #[error("it is the number of a service")]
    Service,
    /// Of another country.
    #[error("it is a number of another country")]
    OtherCountry,
}

/// A number as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadNumber {
    /// The number.
    pub number: MobileNumber,
    /// Its block is not known to be given to an operator. Blocks are added every few years, so this is worth a question, never
    /// a refusal.
    pub is_of_unknown_block: bool,
}

impl MobileNumber {
    /// Reads a number in its national or international form, with `+`, `00` or without.
    pub fn read(typed: &str) -> Result<ReadNumber, NumberFault> {
        let significant = significant(typed)?;
        let is_of_unknown_block = !is_known_block(&significant);
        Ok(ReadNumber { number: MobileNumber { significant }, is_of_unknown_block })
    }

    /// In E.164: `+32470123456`.
    pub fn e164(&self) -> String {
        format!("+32{}", self.significant)
    }

    /// As it is read in Belgium: `0470 12 34 56`.
    pub fn national(&self) -> String {
        format!("0{}", self.grouped())
    }

    /// As it is read abroad: `+32 470 12 34 56`.
    pub fn international(&self) -> String {
        format!("+32 {}", self.grouped())
    }

    fn grouped(&self) -> String {
        let mut grouped = String::with_capacity(12);
        for (index, digit) in self.significant.chars().enumerate() {
            if matches!(index, 3 | 5 | 7) {
                grouped.push(' ');
            }
            grouped.push(digit);
        }
        grouped
    }
}

/// By its end alone: numbers are of people.
impl fmt::Debug for MobileNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MobileNumber(…{})", self.significant.get(7..).unwrap_or_default())
    }
}

/// The nine digits of a mobile number.
fn significant(typed: &str) -> Result<String, NumberFault> {
    let (digits, has_plus) = digits(typed)?;
    let (digits, is_international) = match digits.strip_prefix("00") {
        Some(rest) if !has_plus => (rest, true),
        _ => (digits.as_str(), has_plus),
    };
    if is_international {
        return match digits.strip_prefix("32") {
            Some(rest) => mobile(without_trunk_zero(rest)),
            // No country code begins with 0; numbers have 15 digits at most (ITU-T E.164).
            None if digits.is_empty() || digits.starts_with('0') => Err(NumberFault::NotANumber),
            None if digits.len() > 15 => Err(NumberFault::TooLong),
            None => Err(NumberFault::OtherCountry),
        };
    }
    // A number of 03 without its zero is never that long.
    let with_country = digits.strip_prefix("32").map(without_trunk_zero).filter(|rest| rest.len() >= FIXED_DIGITS);
    match with_country {
        Some(rest) => mobile(rest),
        None if SHORT_DIGITS.contains(&digits.len()) && !digits.starts_with('0') => Err(NumberFault::Service),
        None => mobile(without_trunk_zero(digits)),
    }
}

/// The digits, and whether a `+` stands before them. The zero of `+32 (0)470` is one of them.
fn digits(typed: &str) -> Result<(String, bool), NumberFault> {
    if typed.len() > LONGEST_TYPED {
        return Err(NumberFault::TooLong);
    }
    let text = typed.trim_start_matches(is_separator_outside);
    let text = match text.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => text.get(4..).unwrap_or_default(),
        _ => text,
    };
    let (mut digits, mut has_plus, mut is_empty) = (String::new(), false, true);
    for c in text.chars().filter(|c| !is_separator(*c)) {
        is_empty = false;
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() && !has_plus => has_plus = true,
            _ => return Err(NumberFault::NotANumber),
        }
    }
    match digits.is_empty() {
        true if is_empty => Err(NumberFault::Empty),
        true => Err(NumberFault::NotANumber),
        false => Ok((digits, has_plus)),
    }
}

fn is_separator_outside(c: char) -> bool {
    crate::operator::tolerant::is_blank(c)
}

fn without_trunk_zero(digits: &str) -> &str {
    digits.strip_prefix('0').unwrap_or(digits)
}

/// What a national significant number is, by its first digits and its length (the Belgian numbering plan).
fn mobile(significant: &str) -> Result<String, NumberFault> {
    let starts = |starts: &[&str]| starts.iter().any(|start| significant.starts_with(start));
    let is_mobile = starts(&["45", "46", "47", "48", "49"]);
    let wanted = if is_mobile { MOBILE_DIGITS } else { FIXED_DIGITS };
    match significant.len() {
        0 => Err(NumberFault::TooShort),
        _ if significant.starts_with('0') => Err(NumberFault::NotANumber),
        _ if significant.starts_with("77") => Err(NumberFault::Service),
        length if length < wanted => Err(NumberFault::TooShort),
        length if length > wanted => Err(NumberFault::TooLong),
        _ if is_mobile => Ok(significant.to_owned()),
        _ if starts(&["800", "70", "78", "90"]) => Err(NumberFault::Service),
        _ => Err(NumberFault::FixedLine),
    }
}

/// Blocks that are known to be given to operators. All of 047, 048 and 049 is.
fn is_known_block(significant: &str) -> bool {
    const PARTS_OF_045_AND_046: [&str; 7] = ["455", "456", "460", "465", "466", "467", "468"];
    let block = significant.get(..3).unwrap_or_default();
    PARTS_OF_045_AND_046.contains(&block)
        || block.starts_with("47")
        || block.starts_with("48")
        || block.starts_with("49")
}
