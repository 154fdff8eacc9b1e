//! Tax as the operator told it. A rate is never computed with: operators write 21 % as `21` and as `0.21`, so it is shown
//! only where the amounts beside it confirm one of the two.

use serde::{Deserialize, Serialize};

use crate::money::Cents;

/// Tax of one rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxItem {
    /// The operator's word for it, such as `VAT`.
    pub category: Option<String>,
    /// How much, in eurocents.
    pub amount: Option<Cents>,
    /// Its rate as written.
    pub rate: Option<ToldRate>,
}

/// A rate as written, of which nobody knows whether it is a percentage or a fraction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldRate {
    /// The digits as written.
    pub text: String,
    /// The number written, in millionths.
    pub millionths: u32,
}

impl TaxItem {
    /// The rate in hundredths of a percent, where this amount of tax on this base confirms one reading of it to the cent.
    pub fn confirmed_rate(&self, base: Cents) -> Option<u32> {
        let (rate, amount) = (self.rate.as_ref()?, self.amount?);
        let confirms = |basis_points: &u32| {
            base.share(*basis_points).and_then(|tax| tax.minus(amount)).is_some_and(|off| (-1..=1).contains(&off.0))
        };
        let readings = [whole(rate.millionths, 10_000), whole(rate.millionths, 100)];
        match readings.map(|reading| reading.filter(confirms)) {
            [Some(percent), None] => Some(percent),
            [None, Some(fraction)] => Some(fraction),
            // None of them; or both, of amounts too small to tell, unless they are one.
            [one, other] => one.filter(|_| one == other),
        }
    }
}

/// The quotient where nothing is left over.
fn whole(dividend: u32, divisor: u32) -> Option<u32> {
    (dividend.checked_rem(divisor) == Some(0)).then(|| dividend.checked_div(divisor)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_shown_only_where_the_amounts_confirm_one_reading_of_it() {
        // Rate in millionths, base, tax, rate in hundredths of a percent.
        let vectors = [
            (21_000_000, 10_000, 2_100, Some(2_100)),
            (210_000, 10_000, 2_100, Some(2_100)),
            (250_000, 4_000, 1_000, Some(2_500)),
            // Twenty percent written, twenty-five taken.
            (20_000_000, 4_000, 1_000, None),
            (20_000_000, 4_000, 10_000, None),
            (6_000_000, -10_000, -600, Some(600)),
            // A cent of rounding.
            (21_000_000, 413, 86, Some(2_100)),
            (21_000_000, 413, 85, None),
            // Nothing and nothing confirm everything.
            (210_000, 0, 0, None),
            (0, 5_000, 0, Some(0)),
            (0, 5_000, 100, None),
            (u32::MAX, i64::MAX, 1, None),
        ];
        for (millionths, base, tax, expected) in vectors {
            let rate = ToldRate { text: String::new(), millionths };
            let item = TaxItem { category: None, amount: Some(Cents(tax)), rate: Some(rate) };
            assert_eq!(item.confirmed_rate(Cents(base)), expected, "{millionths} on {base} is {tax}");
        }
    }
}
