//! Remainders modulo 97 (ISO 7064), digit by digit: numbers of any length, without a big integer. One place for account
//! numbers, RF references and Belgian structured communications.

/// The remainder of a number that comes in pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mod97(u16);

impl Mod97 {
    /// Appends decimal digits and letters, where A is 10 and Z is 35, of either case. `None` at anything else.
    pub fn append(self, text: &str) -> Option<Mod97> {
        text.chars().try_fold(self, |Mod97(before), c| {
            let value = u16::try_from(c.to_digit(36)?).ok()?;
            let shift: u16 = if c.is_ascii_digit() { 10 } else { 100 };
            Some(Mod97(before.checked_mul(shift)?.checked_add(value)?.checked_rem(97)?))
        })
    }

    /// The remainder, 0 to 96.
    pub fn remainder(self) -> u16 {
        self.0
    }
}

/// The Belgian check of a number (structured communication, account number): its remainder, 97 in place of 0. `None` when
/// it is no number.
pub fn belgian(digits: &str) -> Option<u16> {
    match Mod97::default().append(digits)?.remainder() {
        0 => Some(97),
        rest => Some(rest),
    }
}

/// The international check digits (ISO 7064 MOD 97-10) of a body that is followed by its prefix: 98 less the remainder with
/// 00 in their place, so 02 to 98. The 00 is appended here, where nobody can forget it. `None` for other than letters and
/// digits.
pub fn international(body: &str, prefix: &str) -> Option<u16> {
    98u16.checked_sub(Mod97::default().append(body)?.append(prefix)?.append("00")?.remainder())
}

/// Whether text of a prefix of two letters, two check digits and a body checks. 00, 01 and 99 give the same remainders
/// as 97, 98 and 02, and are nobody's check digits.
pub fn checks_internationally(text: &str) -> bool {
    let parts = text.split_at_checked(4).and_then(|(head, body)| Some((head.split_at_checked(2)?, body)));
    let Some(((prefix, digits), body)) = parts else { return false };
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    all_digits && international(body, prefix).is_some_and(|check| digits.parse() == Ok(check))
}
