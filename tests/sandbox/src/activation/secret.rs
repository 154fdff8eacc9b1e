//! What is secret of a SIM, invented from the seed: the whole numbers, PIN, PUK and activation code.

use serde::{Deserialize, Serialize};

use super::situation::{SimType, Situation};
use crate::ids::{hex, sha256};
use crate::people::Line;

/// Which secret of a SIM is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SimSecretKind {
    /// Four digits, asked for when the phone starts.
    Pin,
    /// Eight digits, asked for after three wrong PINs.
    Puk,
    /// What an eSIM's profile is fetched with (SGP.22 §4.1).
    ActivationCode,
}

/// Everything about a SIM that must stand nowhere but on the screen, for tests that search for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimCard {
    /// The resource its secrets are asked of.
    pub resource_id: String,
    /// 19 digits with their check digit.
    pub iccid: String,
    /// 32 digits, of an eSIM.
    pub eid: Option<String>,
    /// Four digits.
    pub pin: String,
    /// Eight digits.
    pub puk: String,
    /// Of an eSIM.
    pub activation_code: Option<String>,
    /// Where the activation code needs one.
    pub confirmation_code: Option<String>,
}

/// What a resource is called that belongs to this line.
pub(super) fn resource_id(line: &Line) -> String {
    format!("sim-{}", line.id)
}

pub(super) fn card(seed: u64, situation: Situation, line: &Line) -> SimCard {
    let bytes = |what: &str| sha256(format!("{seed}/sim/{}/{what}", line.id).as_bytes());
    let digits =
        |what: &str, count| bytes(what).iter().take(count).map(|byte| char::from(b'0' + byte % 10)).collect::<String>();
    let is_esim = situation.sim == SimType::Esim;
    let flag = if situation.is_confirmed { "$$1" } else { "" };
    let matching: String = hex(&bytes("matching")).to_uppercase().chars().take(16).collect();
    SimCard {
        resource_id: resource_id(line),
        iccid: checked(&format!("8932{}", digits("iccid", 14))),
        eid: is_esim.then(|| format!("8903{}", digits("eid", 28))),
        pin: digits("pin", 4),
        puk: digits("puk", 8),
        activation_code: is_esim.then(|| format!("LPA:1$smdp.sandbox.example${matching}{flag}")),
        confirmation_code: situation.is_confirmed.then(|| digits("confirmation", 6)),
    }
}

/// All that is told of a number in a list: its last four digits.
pub(super) fn masked(number: &str) -> String {
    format!("…{}", number.get(number.len().saturating_sub(4)..).unwrap_or_default())
}

/// With its check digit (Luhn, ISO/IEC 7812-1).
fn checked(digits: &str) -> String {
    let sum: u32 = digits.chars().rev().filter_map(|digit| digit.to_digit(10)).zip(0..).map(weighed).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

fn weighed((digit, place): (u32, u32)) -> u32 {
    match (place % 2, digit * 2) {
        (0, twice) => twice / 10 + twice % 10,
        _ => digit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::everyone;

    #[test]
    fn check_digits_are_those_of_known_numbers() {
        for whole in ["8932050000000000013", "8932010000000000004", "8932000000000001236"] {
            assert_eq!(checked(&whole[..18]), whole);
        }
    }

    #[test]
    fn secrets_follow_the_seed_and_have_their_lengths() {
        let cards = |seed: u64| -> Vec<SimCard> {
            let people = everyone(seed);
            let lines = people.iter().map(|person| (person.key, &person.lines[0]));
            lines.map(|(key, line)| card(seed, Situation::of(key, 0), line)).collect()
        };
        assert_eq!(cards(1), cards(1));
        for (one, other) in cards(1).iter().zip(cards(2)) {
            assert_ne!(one.puk, other.puk);
            assert_eq!((one.iccid.len(), one.pin.len(), one.puk.len()), (19, 4, 8));
            assert_eq!(one.eid.is_some(), one.activation_code.is_some());
            assert!(one.eid.iter().all(|eid| eid.len() == 32));
            assert_eq!(masked(&one.iccid).chars().count(), 5);
        }
        let confirmed: Vec<_> = cards(1).into_iter().filter(|card| card.confirmation_code.is_some()).collect();
        assert_eq!(confirmed.len(), 1);
        assert!(confirmed[0].activation_code.as_ref().unwrap().ends_with("$$1"));
    }
}
