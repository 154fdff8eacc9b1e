//! What of a pasted text is the code: a mail program breaks it where it likes, and people paste the next line along with it.

use zeroize::Zeroizing;

use super::ActivationCodeFault;
use super::address::SmDpAddress;
use super::end::of_code;
use crate::operator::tolerant::is_blank;

/// What became of the text around a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Rest {
    /// Some of it can be of the code and can be something else: it was joined to it.
    pub joined: bool,
    /// Some of it is words, a number or another paragraph: that is left out.
    pub left_out: bool,
    /// A dash was read as a hyphen.
    pub had_dash: bool,
}

impl Rest {
    /// With whether other text stood elsewhere.
    pub(super) fn and_left_out(self, left_out: bool) -> Rest {
        Rest { left_out: self.left_out || left_out, ..self }
    }
}

/// No code and no link with one is as long, however often it is encoded.
pub(super) const LONGEST_JOINED: usize = 4 * 1024;

/// The code or link that a text begins with, without the blanks in it. Fails with `Unclear`: it can be read in two ways.
///
/// A code's fields are letters, digits, hyphens and dots (SGP.22 §4.1), so a line of one such piece goes on with it, where it has
/// a digit. What has blanks between its words, or other signs, is a sentence, and so is a word alone. What ends in a hyphen
/// surely has a rest, whatever stands beside that.
pub(super) fn first_code(typed: &str) -> Result<(Zeroizing<String>, Rest), ActivationCodeFault> {
    // Of the full length from the start: a text that grows leaves copies of itself behind, which nobody wipes.
    let mut code = Zeroizing::new(String::with_capacity(typed.len()));
    let mut rest = Rest::default();
    let mut had_empty_line = false;
    // A line feed after a carriage return ends no further line.
    let lines = typed.split("\r\n").flat_map(|part| part.split(is_line_break)).map(pieces);
    let mut lines = lines.skip_while(Vec::is_empty).peekable();
    while let Some(line) = lines.next() {
        let Some((first, others)) = line.split_first() else {
            had_empty_line = true;
            continue;
        };
        let goes_on = others.is_empty() && lines.peek().is_some_and(|next| begins_with_a_delimiter(next));
        let piece = of_code(&code, first, goes_on);
        let is_alone = others.is_empty() && !piece.has_words_behind;
        let first = piece.kept;
        let is_rest = is_rest_of_an_id(&code, &first, is_alone && !had_empty_line);
        // Of a sentence it does not matter.
        if piece.is_unclear && (code.is_empty() || is_rest || first.contains('$')) {
            return Err(ActivationCodeFault::Unclear);
        }
        if code.is_empty() {
            code.push_str(&first);
        } else if is_rest {
            code.push_str(&first);
            rest.joined = true;
        } else if had_empty_line && !is_unfinished(&code) || !is_alone || !can_go_on(&code, &first) {
            return Ok((without_full_stop(code), Rest { left_out: true, ..rest }));
        } else if can_be_two(&code, &first) {
            return Err(ActivationCodeFault::Unclear);
        } else {
            rest.joined |= !surely_goes_on(&code, &first);
            code.push_str(&first);
        }
        rest.had_dash |= piece.had_dash;
        if piece.is_cut || code.len() > LONGEST_JOINED {
            return Ok((without_full_stop(code), Rest { left_out: true, ..rest }));
        }
        had_empty_line = false;
        let mut others = others.iter().peekable();
        let is_pair = others.len() == 1;
        while let Some(piece) = others.next() {
            let is_last = others.peek().is_none();
            let piece = of_code(&code, piece, false);
            // A blank within a field that has a delimiter after it.
            let has_delimiter = is_pair && piece.kept.contains('$') && !is_a_link(&piece.kept);
            if !has_delimiter && !is_rest_of_an_id(&code, &piece.kept, is_last && !piece.has_words_behind) {
                return Ok((without_full_stop(code), Rest { left_out: true, ..rest }));
            }
            if piece.is_unclear {
                return Err(ActivationCodeFault::Unclear);
            }
            code.push_str(&piece.kept);
            rest.joined = true;
            rest.had_dash |= piece.had_dash;
            if piece.is_cut {
                return Ok((without_full_stop(code), Rest { left_out: true, ..rest }));
            }
        }
    }
    Ok((without_full_stop(code), rest))
}

/// A full stop after a server's name is the sentence's.
fn without_full_stop(mut code: Zeroizing<String>) -> Zeroizing<String> {
    let name = code.split('$').nth(1).and_then(|name| name.strip_suffix('.'));
    if fields(&code) == 2 && name.is_some_and(|name| SmDpAddress::read(name).is_ok()) {
        code.pop();
    }
    code
}

/// What stands between the blanks of a line. Blanks beside a delimiter are none of a sentence's; what nobody sees is none at all.
fn pieces(line: &str) -> Vec<Zeroizing<String>> {
    let mut pieces: Vec<Zeroizing<String>> = Vec::new();
    for word in line.split_whitespace() {
        let last = pieces.pop();
        let mut length = last.as_ref().map_or(0, |last| last.len());
        length = length.saturating_add(word.len());
        let mut seen = Zeroizing::new(String::with_capacity(length));
        seen.extend(word.chars().filter(|c| !is_blank(*c)));
        match last {
            Some(last) if seen.is_empty() => pieces.push(last),
            Some(last) if last.ends_with('$') || seen.starts_with('$') => {
                let mut both = Zeroizing::new(String::with_capacity(length));
                both.push_str(&last);
                both.push_str(&seen);
                pieces.push(both);
            }
            last => {
                pieces.extend(last);
                pieces.extend((!seen.is_empty()).then_some(seen));
            }
        }
    }
    pieces
}

fn begins_with_a_delimiter(line: &[Zeroizing<String>]) -> bool {
    matches!(line, [piece] if piece.starts_with('$'))
}

/// A word after what could be all there is: the end of a server's name, or the matching id, or neither.
fn can_be_two(code: &str, piece: &str) -> bool {
    let is_word = is_without_digits(piece) && !piece.contains('$');
    let name = code.split('$').nth(1).unwrap_or_default();
    let is_name = !is_link(code) && name.strip_suffix('.').is_some_and(|name| SmDpAddress::read(name).is_ok());
    is_word && (fields(code) == 2 && is_name || fields(code) == 3 && code.ends_with('$'))
}

fn can_go_on(code: &str, piece: &str) -> bool {
    if !is_unfinished(code) && (is_a_link(piece) || has_its_id(code) && is_long_number(piece)) {
        return false;
    }
    if is_link(code) {
        return piece.contains(['/', '?', '&', '=', '%', '$']) || !is_without_digits(piece);
    }
    let says_something = piece.bytes().any(|byte| byte.is_ascii_alphanumeric());
    let is_after_a_delimiter = code.ends_with('$') && !is_a_word(piece);
    piece.contains('$')
        || says_something
            && piece.bytes().all(is_of_a_field)
            && (!is_without_digits(piece)
                || is_unfinished(code)
                || is_after_a_delimiter
                || is_rest_of_a_name(code, piece))
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

/// A PIN, a PUK, a confirmation code, the number of a card, a telephone's or a day is told on the line after a code.
fn is_long_number(piece: &str) -> bool {
    piece.len() > 3 && piece.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'))
}

/// A link with its scheme.
pub(super) fn is_a_link(piece: &str) -> bool {
    let begins = |start: &str| piece.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    ["http://", "https://"].into_iter().any(begins)
}

fn is_of_a_field(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
}

fn is_a_word(piece: &str) -> bool {
    piece.bytes().any(|byte| byte.is_ascii_lowercase()) && !piece.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_without_digits(piece: &str) -> bool {
    !piece.bytes().any(|byte| byte.is_ascii_digit())
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

/// A link with its scheme, or a code that is encoded as in one.
pub(super) fn is_link(code: &str) -> bool {
    is_a_link(code) || is_encoded(code)
}

/// A code whose first delimiter is encoded.
pub(super) fn is_encoded(code: &str) -> bool {
    !is_a_link(code) && code.split('$').next().is_some_and(|start| start.contains('%'))
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
