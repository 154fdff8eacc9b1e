//! Decimals read from their digits, never through a float: 0.1 + 0.2 stays what it is, and 17 digits stay 17 digits.
//! Text from people's hands is accepted where it has one meaning; `1.234` in a string has two, and is refused.

/// A decimal number: `digits / 10^scale`, with a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    digits: u128,
    scale: u32,
}

/// Why text is no decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalError {
    /// Something else than a number.
    NotANumber,
    /// One separator before exactly three digits: thousands or decimals, nobody knows.
    Ambiguous,
    /// More digits than any counter has.
    OutOfRange,
}

/// Fraction digits beyond this many significant ones are cut: far below any unit, and cutting cannot change how a half rounds.
const MAX_DIGITS: u32 = 22;
/// What is smaller than this many places is zero.
const MAX_SCALE: u32 = 30;

impl Decimal {
    /// Reads the digits of a JSON number (RFC 8259 §6), where the point is always the decimal point.
    pub fn from_json(text: &str) -> Result<Self, DecimalError> {
        let (mantissa, exponent) = split_exponent(text)?;
        let (negative, unsigned) = split_sign(mantissa);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        Self::assemble(negative, whole.chars(), fraction.chars(), exponent)
    }

    /// Reads a number written as text: sign, decimal point or comma, groups set apart by spaces, points, commas or
    /// apostrophes, exponent.
    pub fn from_text(text: &str) -> Result<Self, DecimalError> {
        let text = text.trim();
        let (mantissa, exponent) = split_exponent(text)?;
        let (negative, unsigned) = split_sign(mantissa);
        let unsigned = unsigned.trim();
        let (whole, fraction) = split_fraction(unsigned)?;
        if !whole.is_empty() && !grouped(whole) {
            return Err(DecimalError::NotANumber);
        }
        Self::assemble(negative, whole.chars().filter(|c| !is_separator(*c)), fraction.chars(), exponent)
    }

    fn assemble(
        negative: bool,
        whole: impl Iterator<Item = char>,
        fraction: impl Iterator<Item = char>,
        exponent: i32,
    ) -> Result<Self, DecimalError> {
        let mut digits: u128 = 0;
        let mut significant: u32 = 0;
        let mut any = false;
        for c in whole {
            let digit = c.to_digit(10).ok_or(DecimalError::NotANumber)?;
            any = true;
            digits = push(digits, digit).ok_or(DecimalError::OutOfRange)?;
            significant = significant.saturating_add(u32::from(digits != 0));
        }
        let mut scale: i32 = 0;
        for c in fraction {
            let digit = c.to_digit(10).ok_or(DecimalError::NotANumber)?;
            any = true;
            if significant < MAX_DIGITS {
                digits = push(digits, digit).ok_or(DecimalError::OutOfRange)?;
                significant = significant.saturating_add(u32::from(digits != 0));
                scale = scale.saturating_add(1);
            }
        }
        if !any {
            return Err(DecimalError::NotANumber);
        }
        if digits == 0 {
            return Ok(Decimal { negative: false, digits: 0, scale: 0 });
        }
        scale = scale.saturating_sub(exponent);
        if scale < 0 {
            let factor = power_of_ten(scale.unsigned_abs()).ok_or(DecimalError::OutOfRange)?;
            let digits = digits.checked_mul(factor).ok_or(DecimalError::OutOfRange)?;
            return Ok(Decimal { negative, digits, scale: 0 });
        }
        match scale.unsigned_abs() {
            scale if scale <= MAX_SCALE => Ok(Decimal { negative, digits, scale }),
            scale => {
                // Cut the places that are too small to matter.
                let cut = scale.saturating_sub(MAX_SCALE);
                let digits = power_of_ten(cut).and_then(|divisor| digits.checked_div(divisor)).unwrap_or(0);
                Ok(Decimal { negative: negative && digits != 0, digits, scale: MAX_SCALE })
            }
        }
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.digits == 0
    }

    /// The number times `factor` as a whole number, rounded half away from zero. None when it does not fit.
    pub fn times(&self, factor: u64) -> Option<i128> {
        let product = self.digits.checked_mul(u128::from(factor))?;
        let divisor = power_of_ten(self.scale)?;
        let whole = product.checked_div(divisor)?;
        let rest = product.checked_rem(divisor)?;
        let up = u128::from(rest.checked_mul(2)? >= divisor);
        let magnitude = i128::try_from(whole.checked_add(up)?).ok()?;
        if self.negative { magnitude.checked_neg() } else { Some(magnitude) }
    }
}

fn push(digits: u128, digit: u32) -> Option<u128> {
    digits.checked_mul(10)?.checked_add(u128::from(digit))
}

fn power_of_ten(exponent: u32) -> Option<u128> {
    10u128.checked_pow(exponent)
}

fn split_exponent(text: &str) -> Result<(&str, i32), DecimalError> {
    match text.split_once(['e', 'E']) {
        None => Ok((text, 0)),
        Some((mantissa, exponent)) => {
            let (negative, digits) = split_sign(exponent);
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(DecimalError::NotANumber);
            }
            // An exponent that does not fit is as good as the largest.
            let size = digits.parse::<i32>().unwrap_or(i32::MAX);
            Ok((mantissa, if negative { size.saturating_neg() } else { size }))
        }
    }
}

fn split_sign(text: &str) -> (bool, &str) {
    if let Some(rest) = text.strip_prefix(['-', '\u{2212}']) {
        (true, rest)
    } else {
        (false, text.strip_prefix('+').unwrap_or(text))
    }
}

/// Parts the whole from the fraction, where that has one meaning.
fn split_fraction(text: &str) -> Result<(&str, &str), DecimalError> {
    let Some(last) = text.rfind(['.', ',']) else { return Ok((text, "")) };
    let (whole, rest) = text.split_at_checked(last).ok_or(DecimalError::NotANumber)?;
    let mut rest = rest.chars();
    let separator = rest.next().ok_or(DecimalError::NotANumber)?;
    let fraction = rest.as_str();
    if whole.contains(separator) {
        // 1.234.567: the same mark twice can only set groups apart, and then no other mark may stand among them.
        let other = if separator == '.' { ',' } else { '.' };
        return if whole.contains(other) { Err(DecimalError::NotANumber) } else { Ok((text, "")) };
    }
    let has_groups = whole.chars().any(is_separator);
    let could_be_a_group = fraction.len() == 3
        && (1..=3).contains(&whole.len())
        && !whole.starts_with('0')
        && whole.bytes().all(|byte| byte.is_ascii_digit());
    if could_be_a_group && !has_groups {
        return Err(DecimalError::Ambiguous);
    }
    Ok((whole, fraction))
}

fn is_separator(c: char) -> bool {
    // Space, no-break space, thin space, narrow no-break space, apostrophes, point and comma.
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '\u{2019}' | '.' | ',')
}

/// Whether the digits stand in groups of three set apart by one kind of mark, or in no groups at all.
fn grouped(whole: &str) -> bool {
    let mut marks = whole.chars().filter(|c| is_separator(*c));
    let Some(mark) = marks.next() else { return true };
    if marks.any(|other| other != mark) {
        return false;
    }
    let mut groups = whole.split(mark);
    let first = groups.next().unwrap_or("");
    (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::{Decimal, DecimalError};
    use DecimalError::{Ambiguous, NotANumber, OutOfRange};

    /// Text, and the number in thousandths, rounded half away from zero.
    #[test]
    fn text_is_read_where_it_has_one_meaning() {
        let vectors: &[(&str, Result<i128, DecimalError>)] = &[
            ("5", Ok(5_000)),
            ("5.00", Ok(5_000)),
            ("272,90", Ok(272_900)),
            ("45.00", Ok(45_000)),
            ("-1", Ok(-1_000)),
            ("+1", Ok(1_000)),
            ("\u{2212}1,5", Ok(-1_500)),
            (" 14 ", Ok(14_000)),
            (".5", Ok(500)),
            ("5.", Ok(5_000)),
            ("0,5", Ok(500)),
            ("0.125", Ok(125)),
            ("0,125", Ok(125)),
            ("12345.678", Ok(12_345_678)),
            ("1.2345", Ok(1_235)),
            ("1 234,5", Ok(1_234_500)),
            ("1\u{a0}234,5", Ok(1_234_500)),
            ("1\u{202f}234\u{202f}567", Ok(1_234_567_000)),
            ("1 234.567", Ok(1_234_567)),
            ("1.234,56", Ok(1_234_560)),
            ("1,234.56", Ok(1_234_560)),
            ("1.234.567", Ok(1_234_567_000)),
            ("1'234.50", Ok(1_234_500)),
            ("1.5e3", Ok(1_500_000)),
            ("15E-1", Ok(1_500)),
            ("0e999999999999", Ok(0)),
            ("1e-999999999999", Ok(0)),
            ("-0", Ok(0)),
            ("0.30000000000000004", Ok(300)),
            ("0.0005", Ok(1)),
            ("-0.0005", Ok(-1)),
            ("0.00049999999999999999999999999999999", Ok(0)),
            ("1.234", Err(Ambiguous)),
            ("1,234", Err(Ambiguous)),
            ("-12.345", Err(Ambiguous)),
            ("1e400", Err(OutOfRange)),
            ("99999999999999999999999999999999999999999", Err(OutOfRange)),
            ("", Err(NotANumber)),
            ("-", Err(NotANumber)),
            (".", Err(NotANumber)),
            (",", Err(NotANumber)),
            ("NaN", Err(NotANumber)),
            ("Infinity", Err(NotANumber)),
            ("unlimited", Err(NotANumber)),
            ("3 GB", Err(NotANumber)),
            ("1.2.3", Err(NotANumber)),
            ("1,2,3", Err(NotANumber)),
            ("1.234,567.8", Err(NotANumber)),
            ("1 23", Err(NotANumber)),
            ("12 3456", Err(NotANumber)),
            ("1e", Err(NotANumber)),
            ("1e+", Err(NotANumber)),
            ("e5", Err(NotANumber)),
            ("--1", Err(NotANumber)),
            ("1-", Err(NotANumber)),
            ("٣", Err(NotANumber)),
        ];
        for (text, expected) in vectors {
            let got = Decimal::from_text(text).map(|decimal| decimal.times(1000).unwrap());
            assert_eq!(got, *expected, "{text:?}");
        }
    }

    #[test]
    fn in_json_the_point_is_the_decimal_point() {
        let vectors: &[(&str, Result<i128, DecimalError>)] = &[
            ("1.234", Ok(1_234)),
            ("1.0e2", Ok(100_000)),
            ("-0.0", Ok(0)),
            ("123456789012345678", Ok(123_456_789_012_345_678_000)),
            ("1,5", Err(NotANumber)),
        ];
        for (text, expected) in vectors {
            let got = Decimal::from_json(text).map(|decimal| decimal.times(1000).unwrap());
            assert_eq!(got, *expected, "{text:?}");
        }
    }

    #[test]
    fn money_rounds_half_away_from_zero_once() {
        let vectors = [
            ("1.005", 101),
            ("-1.005", -101),
            ("0.125", 13),
            ("144.20", 14_420),
            ("2.675", 268),
            ("1.0049999999999", 100),
        ];
        for (text, cents) in vectors {
            assert_eq!(Decimal::from_json(text).unwrap().times(100), Some(cents), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whole_cents_survive_writing_and_reading(cents in -1_000_000_000_000i64..1_000_000_000_000) {
            let sign = if cents < 0 { "-" } else { "" };
            let text = format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100);
            proptest::prop_assert_eq!(Decimal::from_json(&text).unwrap().times(100), Some(i128::from(cents)));
            proptest::prop_assert_eq!(Decimal::from_text(&text.replace('.', ",")).unwrap().times(100), Some(i128::from(cents)));
        }

        #[test]
        fn no_text_panics(text in "\\PC*", number in "[-+0-9.,eE' \u{a0}]{0,40}") {
            for text in [text, number] {
                for read in [Decimal::from_text(&text), Decimal::from_json(&text)] {
                    let _ = read.map(|decimal| decimal.times(u64::MAX));
                }
            }
        }
    }
}
