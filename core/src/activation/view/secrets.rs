//! PIN and PUK as a screen shows them: digits in groups, spoken one by one, with what a wrong attempt costs.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::activation::pin::{PIN_ATTEMPTS, PUK_ATTEMPTS, change_pin, unblock};
use crate::text::explain::duration;
use crate::text::number::Number;
use crate::text::{Language, Text, messages};

/// Which secret of a SIM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum SimSecretKind {
    /// What opens the SIM when the phone starts.
    Pin,
    /// What unblocks it after three wrong PINs.
    Puk,
}

/// A PIN or PUK on the screen, for half a minute. It is written by no `Debug`; keep it out of logs, of the clipboard unless
/// the person asks, and off screens that can be captured.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct SimSecretView {
    /// The SIM's id at the operator.
    pub sim: String,
    /// Which secret.
    pub kind: SimSecretKind,
    /// What it is called.
    pub title: Text,
    /// The digits in groups of four; spoken one by one.
    pub digits: Text,
    /// The digits alone, to be copied when the person asks.
    pub plain: String,
    /// What a wrong attempt costs.
    pub attempts: Text,
    /// For a PUK: never to be guessed.
    pub warning: Option<Text>,
    /// What a person types on the phone's keypad, with words for the digits.
    pub keypad: Text,
    /// Where it came from, when not from the operator.
    pub source: Option<Text>,
    /// That it goes in so many seconds.
    pub hides: Text,
    /// In so many seconds it goes, at least 1.
    pub seconds_left: u32,
    /// When it goes, in milliseconds since 1970 UTC by the operator's clock.
    pub hides_at_ms: i64,
    /// The label of a switch that keeps a copy on this phone; only a PUK has one.
    pub copy_label: Option<Text>,
    /// What that copy is for, and how it is kept.
    pub copy_sentence: Option<Text>,
}

impl fmt::Debug for SimSecretView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimSecretView").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// What is to be shown.
pub(crate) struct Revealed<'a> {
    pub sim: &'a str,
    pub kind: SimSecretKind,
    pub digits: &'a SecretString,
    pub is_copy: bool,
    pub left_ms: i64,
    pub hides_at_ms: i64,
}

pub(crate) fn view(revealed: &Revealed<'_>, language: Language, operator: &str) -> SimSecretView {
    use messages as m;
    let digits = revealed.digits.expose_secret();
    let seconds_left = u32::try_from(revealed.left_ms.saturating_add(999) / 1000).unwrap_or(0);
    let new = m::sim_word_new(language).text;
    let is_puk = revealed.kind == SimSecretKind::Puk;
    let pins = Number::whole(language, PIN_ATTEMPTS.into());
    let puks = Number::whole(language, PUK_ATTEMPTS.into());
    let code = if is_puk { unblock("PUK", &new) } else { change_pin(&m::sim_word_old(language).text, &new) };
    let code = Text::plain(code.expose_secret());
    SimSecretView {
        sim: revealed.sim.to_owned(),
        kind: revealed.kind,
        title: if is_puk { m::sim_puk_title(language) } else { m::sim_pin_title(language) },
        digits: grouped(digits),
        plain: digits.to_owned(),
        attempts: if is_puk { m::sim_puk_attempts(language, &puks) } else { m::sim_pin_attempts(language, &pins) },
        warning: is_puk.then(|| m::sim_puk_never_guess(language)),
        keypad: if is_puk { m::sim_unblock(language, &code) } else { m::sim_change_pin(language, &code) },
        source: revealed.is_copy.then(|| m::sim_from_copy(language, &Text::foreign(operator))),
        hides: m::sim_hides(language, &duration(language, seconds_left.into())),
        seconds_left,
        hides_at_ms: revealed.hides_at_ms,
        copy_label: is_puk.then(|| m::sim_copy_label(language)),
        copy_sentence: is_puk.then(|| m::sim_copy_sentence(language)),
    }
}

/// `1234 5678`, spoken digit by digit with a rest between groups. Longer than one group by one or two, it stays whole.
fn grouped(digits: &str) -> Text {
    let all: Vec<char> = digits.chars().collect();
    let size = if all.len() < 7 { all.len().max(1) } else { 4 };
    let spoken = |group: &[char]| group.iter().map(char::to_string).collect::<Vec<_>>().join(" ");
    Text {
        text: all.chunks(size).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("\u{a0}"),
        spoken: all.chunks(size).map(spoken).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_drawn_in_groups_and_spoken_one_by_one() {
        for (digits, drawn, spoken) in [
            ("1234", "1234", "1 2 3 4"),
            ("123456", "123456", "1 2 3 4 5 6"),
            ("1234567", "1234\u{a0}567", "1 2 3 4, 5 6 7"),
            ("00124567", "0012\u{a0}4567", "0 0 1 2, 4 5 6 7"),
        ] {
            assert_eq!(grouped(digits), Text { text: drawn.to_owned(), spoken: spoken.to_owned() });
        }
    }

    #[test]
    fn each_secret_says_what_a_wrong_attempt_costs_in_every_language() {
        let digits = SecretString::from("48151623");
        let mut all = String::new();
        for language in Language::ALL {
            for kind in [SimSecretKind::Pin, SimSecretKind::Puk] {
                let revealed =
                    Revealed { sim: "s", kind, digits: &digits, is_copy: true, left_ms: 29_001, hides_at_ms: 1 };
                let view = view(&revealed, language, "Example Mobile");
                assert_eq!(view.seconds_left, 30);
                assert!(!format!("{view:?}").contains("4815"));
                let texts = [&view.title, &view.attempts, &view.keypad, &view.hides];
                let more = [&view.warning, &view.source, &view.copy_label, &view.copy_sentence];
                for text in texts.into_iter().chain(more.into_iter().flatten()) {
                    all.push_str(&format!("{}\n", text.text));
                    assert!(!text.text.contains("4815") && !text.spoken.contains("4 8 1 5"), "only the digits say it");
                }
                all.push('\n');
            }
        }
        insta::assert_snapshot!("secrets", all);
    }
}
