//! Whether a number in a document is a line somebody asked for. Documents write `491702283968`, `0470 12 34 56`,
//! `+1 (425)…`; lines are known in E.164. A foreign line must not pass for one's own, nor one's own be lost.

/// What a document's name for a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Identifier {
    /// A telephone number: its digits, without an international prefix `+` or `00`.
    Number {
        /// Digits alone.
        digits: String,
        /// It began with `+` or `00`.
        international: bool,
    },
    /// A technical id that is no telephone number.
    Technical,
    /// A SIM or device number (ICCID, IMEI), which is no line and never copied.
    Device,
}

/// Tells telephone numbers from technical ids.
pub(crate) fn identify(written: &str) -> Identifier {
    let text = written.trim();
    let text =
        text.get(..4).filter(|start| start.eq_ignore_ascii_case("tel:")).map_or(text, |_| text.get(4..).unwrap_or(""));
    let mut digits = String::new();
    let mut plus = false;
    for c in text.replace("(0)", "").chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() && !plus => plus = true,
            ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' | '\u{202f}' | '\u{2009}' => {}
            // Marks that set the direction of writing, as pasted from a message.
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            _ => return Identifier::Technical,
        }
    }
    let (digits, international) = match digits.strip_prefix("00") {
        Some(rest) if !plus => (rest.to_owned(), true),
        _ => (digits, plus),
    };
    match digits.len() {
        // E.164 allows fifteen digits; six is shorter than any national mobile number.
        6..=15 => Identifier::Number { digits, international },
        16..=22 => Identifier::Device,
        _ => Identifier::Technical,
    }
}

/// Whether a line as a document writes it is the line `e164` (`+32…`).
pub fn same_number(written: &str, e164: &str) -> bool {
    if written.trim() == e164.trim() {
        return true;
    }
    match (identify(written), identify(e164)) {
        (Identifier::Number { digits, international }, Identifier::Number { digits: wanted, .. }) => {
            digits == wanted
                || without_trunk_zero(&digits, &wanted)
                || (!international && is_national(&digits, &wanted))
        }
        _ => false,
    }
}

/// `320470123456` for `32470123456`.
fn without_trunk_zero(digits: &str, wanted: &str) -> bool {
    (1..=3).any(|length| match (digits.split_at_checked(length), wanted.split_at_checked(length)) {
        (Some((code, rest)), Some((wanted_code, wanted_rest))) => {
            code == wanted_code && rest.strip_prefix('0') == Some(wanted_rest)
        }
        _ => false,
    })
}

/// `0470123456` or `470123456` for `32470123456`: the wanted number is a country code of one to three digits before it.
fn is_national(digits: &str, wanted: &str) -> bool {
    let national = digits.strip_prefix('0').unwrap_or(digits);
    national.len() >= 7
        && wanted.strip_suffix(national).is_some_and(|code| (1..=3).contains(&code.len()) && !code.starts_with('0'))
}
