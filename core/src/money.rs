//! Money in whole cents: read from its digits, added with checks, rounded half away from zero once, at the end.
//! Never a float, and no rounding that favours a sign: a credit note is to be exactly what it takes back.

use serde::{Deserialize, Serialize};

use crate::operator::tolerant::{Decimal, DecimalError};

/// An amount of money in whole cents (the currency's hundredth), rounded half away from zero once, when decoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Signed cents.
    pub cents: i64,
    /// ISO 4217 code, upper case.
    pub currency: String,
}

/// Signed whole eurocents, for rules that are about euros alone. All arithmetic is checked: `None` means that it does not
/// fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cents(pub i64);

impl Cents {
    /// Nothing.
    pub const ZERO: Cents = Cents(0);

    /// Reads euros as people and systems write them: `12.34`, `272,90`, `1.234,56`, `5`; beyond the cent it is rounded.
    /// Fails with what [`Decimal::from_text`] refuses: `1.234` alone has two meanings.
    pub fn parse(euros: &str) -> Result<Cents, DecimalError> {
        Ok(Cents(in_units(euros, 100)?))
    }

    /// The sum of both.
    pub fn plus(self, other: Cents) -> Option<Cents> {
        self.0.checked_add(other.0).map(Cents)
    }

    /// What is left after taking the other away.
    pub fn minus(self, other: Cents) -> Option<Cents> {
        self.0.checked_sub(other.0).map(Cents)
    }

    /// The sum of all.
    pub fn sum(amounts: impl IntoIterator<Item = Cents>) -> Option<Cents> {
        amounts.into_iter().try_fold(Cents::ZERO, Cents::plus)
    }

    /// So many hundredths of a percent of it, rounded half away from zero: 2100 of € 2.50 is € 0.53.
    pub fn share(self, basis_points: u32) -> Option<Cents> {
        let product = i128::from(self.0).checked_mul(i128::from(basis_points))?;
        rounded(product, 10_000).map(Cents)
    }
}

/// Signed ten-thousandths of a euro: prices per unit and the exact parts of a sum, before it is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ExactAmount(pub i64);

impl ExactAmount {
    /// Reads euros with up to four decimals; see [`Cents::parse`].
    pub fn parse(euros: &str) -> Result<ExactAmount, DecimalError> {
        Ok(ExactAmount(in_units(euros, 10_000)?))
    }

    /// The sum of all, rounded once: half cents go away from zero.
    pub fn rounded_sum(parts: impl IntoIterator<Item = ExactAmount>) -> Option<Cents> {
        let sum = parts.into_iter().try_fold(0i128, |sum, part| sum.checked_add(i128::from(part.0)))?;
        rounded(sum, 100).map(Cents)
    }
}

fn in_units(euros: &str, per_euro: u64) -> Result<i64, DecimalError> {
    let units = Decimal::from_text(euros)?.times(per_euro);
    units.and_then(|units| i64::try_from(units).ok()).ok_or(DecimalError::OutOfRange)
}

/// The quotient, half away from zero.
fn rounded(dividend: i128, divisor: u128) -> Option<i64> {
    let size = dividend.unsigned_abs();
    let up = size.checked_rem(divisor)?.checked_mul(2)? >= divisor;
    let size = i128::try_from(size.checked_div(divisor)?.checked_add(u128::from(up))?).ok()?;
    i64::try_from(if dividend < 0 { size.checked_neg()? } else { size }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn euros_are_read_from_their_digits() {
        let vectors = [
            ("12.34", Ok(1_234)),
            ("272,90", Ok(27_290)),
            ("5", Ok(500)),
            ("-0,05", Ok(-5)),
            ("144.20", Ok(14_420)),
            ("1\u{202f}234,56", Ok(123_456)),
            ("8.165", Err(DecimalError::Ambiguous)),
            ("8.1650", Ok(817)),
            ("-8.1650", Ok(-817)),
            ("€ 5", Err(DecimalError::NotANumber)),
            ("", Err(DecimalError::NotANumber)),
            ("92233720368547758.07", Ok(i64::MAX)),
            ("92233720368547758.08", Err(DecimalError::OutOfRange)),
        ];
        for (text, expected) in vectors {
            assert_eq!(Cents::parse(text), expected.map(Cents), "{text:?}");
        }
    }

    #[test]
    fn a_share_is_rounded_half_away_from_zero_whatever_the_sign() {
        // Net, VAT of 21 %: the first three end in half a cent, where rounding to even would take one less.
        for (net, vat) in [(50, 11), (250, 53), (450, 95), (413, 87), (414, 87), (5_000, 1_050), (1_020, 214)] {
            assert_eq!(Cents(net).share(2_100), Some(Cents(vat)), "{net}");
            assert_eq!(Cents(-net).share(2_100), Some(Cents(-vat)), "-{net}");
        }
        assert_eq!(Cents(i64::MAX).share(10_000), Some(Cents(i64::MAX)));
        assert_eq!(Cents(i64::MIN).share(10_000), Some(Cents(i64::MIN)));
        assert_eq!(Cents(i64::MAX).share(10_001), None);
    }

    #[test]
    fn exact_parts_are_rounded_once_at_the_end() {
        let sum = |parts: &[&str]| {
            ExactAmount::rounded_sum(parts.iter().map(|part| ExactAmount::parse(part).expect("a number")))
        };
        assert_eq!(sum(&["5.0049"]), Some(Cents(500)));
        assert_eq!(sum(&["5.0050"]), Some(Cents(501)));
        assert_eq!(sum(&["-5.0050"]), Some(Cents(-501)));
        // Ten lines of 0.0252 would be 0.30 when each is rounded.
        assert_eq!(sum(&["0.0252"; 10]), Some(Cents(25)));
        assert_eq!(ExactAmount::rounded_sum([ExactAmount(i64::MAX); 101]), None);
    }

    #[test]
    fn what_does_not_fit_is_no_amount() {
        assert_eq!(Cents(i64::MAX).plus(Cents(1)), None);
        assert_eq!(Cents(i64::MIN).minus(Cents(1)), None);
        assert_eq!(Cents::sum([Cents(i64::MAX), Cents(-1), Cents(2)]), None);
        assert_eq!(Cents::sum([Cents(3), Cents(-5)]), Some(Cents(-2)));
    }
}
