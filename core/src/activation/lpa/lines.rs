//! What of a pasted text is the code: a mail program breaks it where it likes, and people paste the next line along with it.

use zeroize::Zeroizing;

use super::address::SmDpAddress;
use crate::operator::tolerant::is_blank;

/// What became of the text after the code's first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Rest {
    /// Some of it can be of the code and can be something else: it was joined to it.
    pub joined: bool,
    /// Some of it is words, a number or another paragraph: that is left out.
    pub left_out: bool,
}

impl Rest {
    /// What became of both.
    pub(super) fn and(self, other: Rest) -> Rest {
        Rest { joined: self.joined || other.joined, left_out: self.left_out || other.left_out }
    }
}

/// The code that a text begins with, without the blanks in it.
///
/// A code's fields are letters, digits, hyphens and dots (SGP.22 §4.1), so a line of one such piece goes on with it, and what
/// has blanks between its words, or other signs, is a sentence. A word of small letters alone is one, too. What ends in a
/// hyphen surely has a rest, whatever stands beside that.
pub(super) fn first_code(typed: &str) -> (Zeroizing<String>, Rest) {
    // Of the full length from the start: a text that grows leaves copies of itself behind, which nobody wipes.
    let mut code = Zeroizing::new(String::with_capacity(typed.len()));
    let mut rest = Rest::default();
    let mut had_empty_line = false;
    // A line feed after a carriage return ends no further line.
    let lines = typed.split("\r\n").flat_map(|part| part.split(is_line_break)).map(pieces);
    for line in lines.skip_while(Vec::is_empty) {
        let Some((first, others)) = line.split_first() else {
            had_empty_line = true;
            continue;
        };
        let is_alone = others.is_empty();
        if code.is_empty() {
            code.push_str(first);
        } else if is_rest_of_an_id(&code, first, is_alone && !had_empty_line) {
            code.push_str(first);
            rest.joined = true;
        } else if had_empty_line && !is_unfinished(&code) || !is_alone || !can_go_on(&code, first) {
            return (without_full_stop(code), Rest { left_out: true, ..rest });
        } else {
            rest.joined |= !surely_goes_on(&code, first);
            code.push_str(first);
        }
        had_empty_line = false;
        let mut others = others.iter().peekable();
        let is_pair = others.len() == 1;
        while let Some(piece) = others.next() {
            let is_last = others.peek().is_none();
            // A blank within a field that has a delimiter after it.
            let has_delimiter = is_pair && piece.contains('$') && !begins_another(piece);
            if !has_delimiter && !is_rest_of_an_id(&code, piece, is_last) {
                return (without_full_stop(code), Rest { left_out: true, ..rest });
            }
            code.push_str(piece);
            rest.joined = true;
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
    // In a code without the prefix it is of the matching id.
    let at = typed.char_indices().map(|(at, _)| at).find(is_prefix).filter(|_| !begins_by_hand(typed))?;
    let (before, code) = typed.split_at_checked(at)?;
    let is_in_words = before.chars().any(|c| !c.is_whitespace() && !is_blank(c)) && !before.contains("://");
    let stands_alone = before.chars().last().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '=' | '%' | '$'));
    let is_code = code.as_bytes().get(PREFIX.len()).is_some_and(u8::is_ascii_digit);
    (is_in_words && stands_alone && is_code)
        .then(|| code.trim_end().trim_end_matches(['"', '”', '’', '»', '>', ')', ']', '.', ',', ';']))
}

fn begins_by_hand(typed: &str) -> bool {
    typed.trim_start_matches(|c: char| c.is_whitespace() || is_blank(c)).starts_with("1$")
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
    if !is_unfinished(code) && (begins_another(piece) || has_its_id(code) && is_long_number(piece)) {
        return false;
    }
    if is_link(code) {
        return piece.contains(['/', '?', '&', '=', '%', '$']) || !is_a_word(piece);
    }
    let says_something = piece.bytes().any(|byte| byte.is_ascii_alphanumeric());
    piece.contains('$')
        || says_something
            && piece.bytes().all(is_of_a_field)
            && (!is_a_word(piece) || is_unfinished(code) || is_rest_of_a_name(code, piece))
}

/// A matching id broken after its hyphen. Beside other words it has a digit, or a hyphen again: a word in capitals may be one
/// of theirs.
fn is_rest_of_an_id(code: &str, piece: &str, is_alone: bool) -> bool {
    let id = code.rsplit('$').next().unwrap_or_default();
    let is_small =
        id.bytes().any(|byte| byte.is_ascii_lowercase()) && !id.bytes().any(|byte| byte.is_ascii_uppercase());
    let is_of_small_letters = is_small && piece.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let is_sure = is_alone || piece.ends_with('-') || piece.bytes().any(|byte| byte.is_ascii_digit());
    fields(code) == 3
        && code.ends_with('-')
        && piece.bytes().any(|byte| byte.is_ascii_alphanumeric())
        && piece.bytes().all(|byte| is_of_a_field(byte) || byte == b'$')
        && (!is_a_word(piece) || is_of_small_letters)
        && is_sure
}

/// It has a matching id, or a later field: what follows without a delimiter need not be of it.
fn has_its_id(code: &str) -> bool {
    fields(code) > 3 || fields(code) == 3 && !["$", "%24", "%2524"].into_iter().any(|end| code.ends_with(end))
}

/// A PIN, a PUK, a confirmation code or the number of a card is told on the line after a code.
fn is_long_number(piece: &str) -> bool {
    piece.len() > 3 && piece.bytes().all(|byte| byte.is_ascii_digit())
}

/// Another code with its prefix, or another link.
fn begins_another(piece: &str) -> bool {
    let begins = |start: &str| piece.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    ["lpa:", "lpa%3a", "http://", "https://"].into_iter().any(begins)
}

fn is_of_a_field(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
}

fn is_a_word(piece: &str) -> bool {
    piece.bytes().any(|byte| byte.is_ascii_lowercase()) && !piece.bytes().any(|byte| byte.is_ascii_digit())
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
        _ if is_link(code) => fields(code) == 1,
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

/// A link may encode the delimiter, once or twice.
fn fields(code: &str) -> usize {
    let delimiters = ["$", "%24", "%2524"].map(|delimiter| code.matches(delimiter).count());
    delimiters.into_iter().sum::<usize>().saturating_add(1)
}

fn is_link(code: &str) -> bool {
    code.contains('%') || code.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"))
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
