//! PIN and PUK of a SIM: how long they are, how often one may be wrong (ETSI TS 102 221), and the codes a person dials with
//! them. Those codes are text to read: nothing here dials, and a PUK is never to be guessed.

use std::fmt;
use std::ops::RangeInclusive;

use secrecy::{ExposeSecret, SecretString};

use crate::operator::tolerant::is_blank;

/// So many wrong PINs in a row block a SIM until its PUK is given. Switching the phone off does not reset them.
pub const PIN_ATTEMPTS: u8 = 3;
/// So many wrong PUKs in a row end a SIM for good: only a new one helps. Switching the phone off does not reset them.
pub const PUK_ATTEMPTS: u8 = 10;

const PIN_LENGTH: RangeInclusive<usize> = 4..=8;
const PUK_LENGTH: RangeInclusive<usize> = 8..=8;

/// The personal code that opens a SIM: 4 to 8 digits.
#[derive(Clone)]
pub struct Pin(SecretString);

/// The code that unblocks a SIM: 8 digits.
#[derive(Clone)]
pub struct Puk(SecretString);

/// Why a text is no PIN or PUK. It repeats nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PinFault {
    /// There is nothing.
    #[error("there is nothing in it")]
    Empty,
    /// Other than digits.
    #[error("it has other characters than digits")]
    Characters,
    /// A PIN has 4 to 8 digits, a PUK 8.
    #[error("it has too few digits or too many")]
    Length,
}

impl Pin {
    /// Reads what was typed; blanks are not of it.
    pub fn read(typed: &str) -> Result<Pin, PinFault> {
        digits(typed, PIN_LENGTH).map(Pin)
    }

    /// The digits, for the person.
    pub fn expose(&self) -> &SecretString {
        &self.0
    }
}

impl Puk {
    /// Reads what was typed or sent; blanks are not of it, as cards print it in groups.
    pub fn read(typed: &str) -> Result<Puk, PinFault> {
        digits(typed, PUK_LENGTH).map(Puk)
    }

    /// The digits, for the person.
    pub fn expose(&self) -> &SecretString {
        &self.0
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(…)")
    }
}

impl fmt::Debug for Puk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Puk(…)")
    }
}

fn digits(typed: &str, length: RangeInclusive<usize>) -> Result<SecretString, PinFault> {
    // Longer than any, blanks included; and no copy of what was typed is left where a text grew.
    if typed.len() > 128 {
        return Err(PinFault::Length);
    }
    let mut kept = String::with_capacity(typed.len());
    kept.extend(typed.chars().filter(|c| !is_blank(*c)));
    let kept = SecretString::from(kept);
    let text = kept.expose_secret();
    match text.len() {
        0 => Err(PinFault::Empty),
        _ if !text.bytes().all(|byte| byte.is_ascii_digit()) => Err(PinFault::Characters),
        count if !length.contains(&count) => Err(PinFault::Length),
        _ => Ok(kept),
    }
}

/// What a SIM asks for, by the wrong attempts in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimLock {
    /// The PIN; so many attempts are left, at least 1.
    AsksPin {
        /// Attempts left.
        left: u8,
        /// Attempts left of the PUK, which do not come back with a right PIN.
        puk_left: u8,
    },
    /// The PUK; so many attempts are left, at least 1.
    AsksPuk {
        /// Attempts left.
        left: u8,
    },
    /// Nothing any more: only a new SIM helps, which the employer orders.
    Dead,
}

impl SimLock {
    /// By the attempts that a SIM says are left. A SIM with PUK attempts left of none is dead, whatever is left of the PIN.
    pub fn of(pin_left: u8, puk_left: u8) -> SimLock {
        match (pin_left.min(PIN_ATTEMPTS), puk_left.min(PUK_ATTEMPTS)) {
            (_, 0) => SimLock::Dead,
            (0, left) => SimLock::AsksPuk { left },
            (left, puk_left) => SimLock::AsksPin { left, puk_left },
        }
    }

    /// After one more wrong attempt.
    pub fn after_a_wrong_attempt(self) -> SimLock {
        match self {
            SimLock::AsksPin { left, puk_left } => SimLock::of(left.saturating_sub(1), puk_left),
            SimLock::AsksPuk { left } => SimLock::of(0, left.saturating_sub(1)),
            SimLock::Dead => SimLock::Dead,
        }
    }
}

/// What a person dials to change the PIN (3GPP TS 22.030 §6.6), to be shown as text. The parts are digits, or words that stand
/// for them.
pub fn change_pin(old: &str, new: &str) -> SecretString {
    format!("**04*{old}*{new}*{new}#").into()
}

/// What a person dials to set a new PIN with the PUK (3GPP TS 22.030 §6.6), to be shown as text. The parts are digits, or
/// words that stand for them.
pub fn unblock(puk: &str, new: &str) -> SecretString {
    format!("**05*{puk}*{new}*{new}#").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_has_four_to_eight_digits_and_a_puk_eight() {
        use PinFault::{Characters, Empty, Length};
        for (typed, pin, puk) in [
            ("1234", Ok("1234"), Err(Length)),
            ("12345678", Ok("12345678"), Ok("12345678")),
            ("1234 5678", Ok("12345678"), Ok("12345678")),
            (" 0000\u{202f}0000\n", Ok("00000000"), Ok("00000000")),
            ("1234567", Ok("1234567"), Err(Length)),
            ("123", Err(Length), Err(Length)),
            ("123456789", Err(Length), Err(Length)),
            ("", Err(Empty), Err(Empty)),
            (" \t", Err(Empty), Err(Empty)),
            ("12a4", Err(Characters), Err(Characters)),
            ("12-34", Err(Characters), Err(Characters)),
            ("١٢٣٤", Err(Characters), Err(Characters)),
            ("1234\u{0}", Err(Characters), Err(Characters)),
        ] {
            let read = Pin::read(typed).map(|pin| pin.expose().expose_secret().to_owned());
            assert_eq!(read.as_deref(), pin.as_deref(), "{typed:?}");
            let read = Puk::read(typed).map(|puk| puk.expose().expose_secret().to_owned());
            assert_eq!(read.as_deref(), puk.as_deref(), "{typed:?}");
        }
        assert_eq!(Puk::read(&"1".repeat(1 << 20)).err(), Some(Length));
    }

    #[test]
    fn three_wrong_pins_block_and_ten_wrong_puks_end_a_sim() {
        let mut lock = SimLock::of(PIN_ATTEMPTS, PUK_ATTEMPTS);
        let mut seen = Vec::new();
        for _ in 0..14 {
            seen.push(match lock {
                SimLock::AsksPin { left, puk_left } => format!("pin {left} puk {puk_left}"),
                SimLock::AsksPuk { left } => format!("puk {left}"),
                SimLock::Dead => "dead".to_owned(),
            });
            lock = lock.after_a_wrong_attempt();
        }
        let expected = "pin 3 puk 10, pin 2 puk 10, pin 1 puk 10, puk 10, puk 9, puk 8, puk 7, puk 6, puk 5, puk 4, puk 3, puk 2, puk 1, dead";
        assert_eq!(seen.join(", "), expected);
        assert_eq!(lock, SimLock::Dead, "it stays so");
        // What was tried of the PUK before stays tried.
        let after = SimLock::of(1, 3).after_a_wrong_attempt();
        assert_eq!(after, SimLock::AsksPuk { left: 3 });
    }

    #[test]
    fn what_a_sim_says_is_left_is_taken_within_reason() {
        for (pin, puk, expected) in [
            (2, 10, SimLock::AsksPin { left: 2, puk_left: 10 }),
            (2, 3, SimLock::AsksPin { left: 2, puk_left: 3 }),
            (255, 255, SimLock::AsksPin { left: 3, puk_left: 10 }),
            (0, 255, SimLock::AsksPuk { left: 10 }),
            (0, 4, SimLock::AsksPuk { left: 4 }),
            (3, 0, SimLock::Dead),
        ] {
            assert_eq!(SimLock::of(pin, puk), expected, "{pin} {puk}");
        }
    }

    #[test]
    fn the_codes_to_dial_take_digits_or_words() {
        for (code, expected) in [
            (change_pin("1234", "5678"), "**04*1234*5678*5678#"),
            (change_pin("oude", "nieuwe"), "**04*oude*nieuwe*nieuwe#"),
            (unblock("12345678", "0000"), "**05*12345678*0000*0000#"),
            (unblock("PUK", "PIN"), "**05*PUK*PIN*PIN#"),
        ] {
            assert_eq!(code.expose_secret(), expected);
        }
    }

    #[test]
    fn neither_is_printed() {
        let text = format!("{:?} {:?}", Pin::read("74913").unwrap(), Puk::read("74913749").unwrap());
        assert_eq!(text, "Pin(…) Puk(…)");
    }
}
