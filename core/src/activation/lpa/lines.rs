//! What of a pasted text is the code: a mail program breaks it where it likes, and people paste the next line along with it.

use zeroize::Zeroizing;

use super::address::SmDpAddress;
use crate::operator::tolerant::is_blank;

/// What stood after the code's first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// Nothing, or what surely is of the code.
    OfTheCode,
    /// What can be of the code and can be something else: it was joined to it.
    Joined,
    /// Words, or another paragraph: they are left out.
    LeftOut,
}

/// The code that a text begins with, without the blanks in it.
///
/// A code's fields are letters, digits, hyphens and dots (SGP.22 §4.1), so a line of one such piece goes on with it, and what
/// has blanks between its words, or other signs, is a sentence. A word of small letters alone is one, too.
pub(super) fn first_code(typed: &str) -> (Zeroizing<String>, Rest) {
    // Of the full length from the start: a text that grows leaves copies of itself behind, which nobody wipes.
    let mut code = Zeroizing::new(String::with_capacity(typed.len()));
    let mut rest = Rest::OfTheCode;
    let mut had_empty_line = false;
    // A line feed after a carriage return ends no further line.
    let lines = typed.split("\r\n").flat_map(|part| part.split(is_line_break)).map(pieces);
    for line in lines.skip_while(Vec::is_empty) {
        let Some(first) = line.first() else {
            had_empty_line = true;
            continue;
        };
        if code.is_empty() {
            code.push_str(first);
        } else if had_empty_line && !is_unfinished(&code) || line.len() > 1 || !can_go_on(&code, first) {
            return (without_full_stop(code), Rest::LeftOut);
        } else {
            if !surely_goes_on(&code, first) {
                rest = Rest::Joined;
            }
            code.push_str(first);
        }
        had_empty_line = false;
        match line.get(1..) {
            Some([]) | None => {}
            // A blank within a field that has a delimiter after it.
            Some([second]) if second.contains('$') => {
                code.push_str(second);
                rest = Rest::Joined;
            }
            Some(_) => return (without_full_stop(code), Rest::LeftOut),
        }
    }
    (code, rest)
}

/// A text from where its code begins, where that has its prefix and stands in a sentence, in quotes or in brackets. None: it
/// begins with it, or is a link, or has none.
pub(super) fn within_words(typed: &str) -> Option<&str> {
    const PREFIX: &str = "lpa:";
    let is_prefix = |at: &usize| {
        typed.get(*at..at.saturating_add(PREFIX.len())).is_some_and(|four| four.eq_ignore_ascii_case(PREFIX))
    };
    let at = typed.char_indices().map(|(at, _)| at).find(is_prefix)?;
    let (before, code) = typed.split_at_checked(at)?;
    let is_in_words = before.chars().any(|c| !c.is_whitespace() && !is_blank(c)) && !before.contains("://");
    let stands_alone = before.chars().last().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '=' | '%' | '$'));
    let is_code = code.as_bytes().get(PREFIX.len()).is_some_and(u8::is_ascii_digit);
    (is_in_words && stands_alone && is_code)
        .then(|| code.trim_end().trim_end_matches(['"', '”', '’', '»', '>', ')', ']', '.', ',', ';']))
}

/// What ends a sentence before the next one is none of the code.
fn without_full_stop(mut code: Zeroizing<String>) -> Zeroizing<String> {
    if !is_unfinished(&code) {
        let length = code.trim_end_matches(['.', ',', ';', '!', '"', '”', '»', '>', ')', ']']).len();
        code.truncate(length);
    }
    code
}

/// What stands between the blanks of a line. Blanks beside a delimiter are none of a sentence's; what nobody sees is none at all.
fn pieces(line: &str) -> Vec<Zeroizing<String>> {
    let mut pieces: Vec<Zeroizing<String>> = Vec::new();
    for word in line.split_whitespace() {
        let mut seen = Zeroizing::new(String::with_capacity(line.len()));
        seen.extend(word.chars().filter(|c| !is_blank(*c)));
        match pieces.last_mut() {
            _ if seen.is_empty() => {}
            Some(last) if last.ends_with('$') || seen.starts_with('$') => last.push_str(&seen),
            _ => pieces.push(seen),
        }
    }
    pieces
}

fn can_go_on(code: &str, piece: &str) -> bool {
    let is_of_a_field = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let is_a_word = piece.bytes().any(|byte| byte.is_ascii_lowercase()) && !piece.bytes().any(|b| b.is_ascii_digit());
    if is_link(code) {
        return piece.contains(['/', '?', '&', '=', '%', '$']) || !is_a_word;
    }
    let says_something = piece.bytes().any(|byte| byte.is_ascii_alphanumeric());
    piece.contains('$')
        || says_something
            && piece.bytes().all(is_of_a_field)
            && (!is_a_word || is_unfinished(code) || is_rest_of_a_name(code, piece))
}

fn surely_goes_on(code: &str, piece: &str) -> bool {
    is_unfinished(code)
        || code.ends_with('$')
        || piece.starts_with('$')
        || is_rest_of_a_name(code, piece)
        || fields(code) < 3 && piece.contains('$')
}

/// It has no server's name yet, or none that is whole.
fn is_unfinished(code: &str) -> bool {
    match code.split('$').nth(1) {
        _ if is_link(code) => !code.contains('$') && !code.contains("%24"),
        Some(address) => SmDpAddress::read(address).is_err() && fields(code) < 3,
        None => true,
    }
}

/// `smdp.example` and `.com` on the next line.
fn is_rest_of_a_name(code: &str, piece: &str) -> bool {
    let mut bytes = piece.bytes();
    let begins = bytes.next() == Some(b'.') && bytes.next().is_some_and(|byte| byte.is_ascii_alphanumeric());
    fields(code) == 2 && (begins || code.ends_with('.'))
}

fn fields(code: &str) -> usize {
    code.split('$').count()
}

fn is_link(code: &str) -> bool {
    code.contains('%') || code.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"))
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
