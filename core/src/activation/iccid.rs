//! The number of a SIM (ITU-T E.118), as printed on a card or read by a phone. Whoever knows it can impersonate its owner at
//! an operator's desk, so it is a secret here. Its check digit only warns: many cards lack it, or have one digit more.

use std::cmp::Ordering;
use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::operator::tolerant::is_blank;

const LENGTH: std::ops::RangeInclusive<usize> = 18..=20;
const LONGEST_TYPED: usize = 128;

/// 18 to 20 digits that begin with 89.
#[derive(Clone)]
pub struct Iccid(SecretString);

/// Why a text is no ICCID. It repeats nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IccidFault {
    /// There is nothing.
    #[error("there is nothing in it")]
    Empty,
    /// Other than digits, blanks, hyphens and the filling F.
    #[error("it has other characters than digits")]
    Characters,
    /// Fewer than 18 digits or more than 20.
    #[error("it has not 18 to 20 digits")]
    Length,
    /// It does not begin with 89, as every number of a SIM does.
    #[error("it does not begin with 89")]
    NoSim,
}

/// What the last digit says, taken as the check digit (Luhn, ISO/IEC 7812-1 annex B).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckDigit {
    /// It is right.
    Right,
    /// It is wrong: a digit was mistyped, or the number has none or one digit more. Worth a question, never a refusal.
    Doubtful,
}

impl Iccid {
    /// Reads the number as printed, or as read from the card with `F` as filling, at either end.
    pub fn read(typed: &str) -> Result<Iccid, IccidFault> {
        if typed.len() > LONGEST_TYPED {
            return Err(IccidFault::Length);
        }
        let mut digits = String::with_capacity(typed.len());
        digits.extend(typed.chars().filter(|c| !is_blank(*c) && *c != '-'));
        let digits = SecretString::from(digits);
        let bare = digits.expose_secret().trim_matches(['F', 'f']);
        match bare {
            "" => Err(IccidFault::Empty),
            _ if !bare.bytes().all(|byte| byte.is_ascii_digit()) => Err(IccidFault::Characters),
            _ if !LENGTH.contains(&bare.len()) => Err(IccidFault::Length),
            _ if !bare.starts_with("89") => Err(IccidFault::NoSim),
            _ => Ok(Iccid(bare.into())),
        }
    }

    /// The digits, for the operator and the person.
    pub fn expose(&self) -> &SecretString {
        &self.0
    }

    /// What the last digit says.
    pub fn check_digit(&self) -> CheckDigit {
        if luhn(self.0.expose_secret()) { CheckDigit::Right } else { CheckDigit::Doubtful }
    }

    /// Whether both are of one SIM. A card prints 19 digits where a modem reads 20, or leaves the check digit out: of two
    /// lengths, the digits that both have are compared.
    pub fn is_same_sim(&self, other: &Iccid) -> bool {
        let (one, other) = (self.0.expose_secret(), other.0.expose_secret());
        match one.len().cmp(&other.len()) {
            Ordering::Equal => one == other,
            Ordering::Less => other.starts_with(one),
            Ordering::Greater => one.starts_with(other),
        }
    }
}

impl fmt::Debug for Iccid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iccid(…)")
    }
}

/// From the right, every second digit counts double, with its digits added up.
fn luhn(digits: &str) -> bool {
    const DOUBLED: [u32; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
    let values = digits.chars().rev().filter_map(|c| c.to_digit(10)).zip([false, true].into_iter().cycle());
    let counted = values.map(|(digit, is_doubled)| match usize::try_from(digit) {
        Ok(index) if is_doubled => DOUBLED.get(index).copied().unwrap_or(digit),
        _ => digit,
    });
    counted.sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(typed: &str) -> Result<String, IccidFault> {
        Iccid::read(typed).map(|iccid| iccid.expose().expose_secret().to_owned())
    }

    #[test]
    fn a_number_is_read_as_printed_and_as_a_card_keeps_it() {
        for (typed, expected, check_digit) in [
            ("8944476500008878576F", "8944476500008878576", CheckDigit::Right),
            ("8944476500008878576f", "8944476500008878576", CheckDigit::Right),
            ("F8944476500008878576", "8944476500008878576", CheckDigit::Right),
            ("89852351123040005012", "89852351123040005012", CheckDigit::Right),
            ("8932 0500 0000 0000 013", "8932050000000000013", CheckDigit::Right),
            ("8932-0500\u{202f}0000\u{a0}0000 013\n", "8932050000000000013", CheckDigit::Right),
            ("8932010000000000004", "8932010000000000004", CheckDigit::Right),
            ("8932000000000001236", "8932000000000001236", CheckDigit::Right),
            // One digit mistyped.
            ("8932010000000000014", "8932010000000000014", CheckDigit::Doubtful),
            // Without its check digit.
            ("893201000000000000", "893201000000000000", CheckDigit::Doubtful),
        ] {
            assert_eq!(read(typed).as_deref(), Ok(expected), "{typed:?}");
            assert_eq!(Iccid::read(typed).unwrap().check_digit(), check_digit, "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_number_of_a_sim_is_told_apart() {
        for (typed, expected) in [
            ("", IccidFault::Empty),
            (" F ", IccidFault::Empty),
            ("89320100000000000", IccidFault::Length),
            ("893201000000000000412", IccidFault::Length),
            ("0470123456", IccidFault::Length),
            ("3532010000000000004", IccidFault::NoSim),
            ("89320100000F0000004", IccidFault::Characters),
            ("8932010000000000O04", IccidFault::Characters),
            ("8932\u{0}010000000000004", IccidFault::Characters),
            ("89320100000000000\u{664}4", IccidFault::Characters),
            ("LPA:1$smdp.example.com$", IccidFault::Characters),
        ] {
            assert_eq!(read(typed), Err(expected), "{typed:?}");
        }
        assert_eq!(read(&"8".repeat(1 << 20)), Err(IccidFault::Length));
    }

    #[test]
    fn nineteen_digits_of_a_card_and_twenty_of_a_modem_are_one_sim() {
        for (one, other, expected) in [
            ("8944476500008878576", "8944476500008878576F", true),
            ("8944476500008878576", "89444765000088785764", true),
            ("894447650000887857", "8944476500008878576", true),
            ("8944476500008878576", "89444765000088785864", false),
            ("89444765000088785764", "89444765000088785765", false),
            ("8944476500008878576", "8944476500008878577", false),
        ] {
            let (a, b) = (Iccid::read(one).unwrap(), Iccid::read(other).unwrap());
            assert_eq!((a.is_same_sim(&b), b.is_same_sim(&a)), (expected, expected), "{one} {other}");
        }
    }

    #[test]
    fn a_number_is_never_printed() {
        assert_eq!(format!("{:?}", Iccid::read("8944476500008878576").unwrap()), "Iccid(…)");
    }

    proptest! {
        #[test]
        fn one_mistyped_digit_is_always_doubtful(body in "89[0-9]{16}", at in 2usize..19, by in 1u32..10) {
            let check = (0..10).map(|digit| format!("{body}{digit}")).find(|whole| luhn(whole)).unwrap();
            let other = |index: usize, c: char| if index == at {
                char::from_digit((c.to_digit(10).unwrap() + by) % 10, 10).unwrap()
            } else { c };
            let mistyped: String = check.chars().enumerate().map(|(index, c)| other(index, c)).collect();
            prop_assert_eq!(Iccid::read(&check).unwrap().check_digit(), CheckDigit::Right);
            prop_assert_eq!(Iccid::read(&mistyped).unwrap().check_digit(), CheckDigit::Doubtful);
        }

        #[test]
        fn what_is_read_reads_back(typed in prop_oneof!["[F ]{0,2}89[0-9 -]{14,22}[Ff]{0,2}", any::<String>()]) {
            if let Ok(digits) = read(&typed) {
                prop_assert_eq!(read(&digits), Ok(digits.clone()));
                prop_assert!(LENGTH.contains(&digits.len()));
            }
        }
    }
}
