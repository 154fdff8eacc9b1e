//! Where a code ends within a piece of text without blanks: what a sentence, a mail or a page puts right behind it is none of it.

use zeroize::Zeroizing;

use super::LONGEST;
use super::lines::{LONGEST_JOINED, is_link};

/// What a piece says of a code.
pub(super) struct Piece {
    /// What of it is the code's, with hyphens for the dashes that stand in their place.
    pub kept: Zeroizing<String>,
    /// Something else stands behind that.
    pub is_cut: bool,
    /// Letters or digits are among that.
    pub has_words_behind: bool,
    /// A dash stood in place of a hyphen.
    pub had_dash: bool,
    /// It can be told neither whether the code ends at a dash, nor whether that stands for a hyphen.
    pub is_unclear: bool,
}

/// Reads a piece that stands after `code`. SGP.22 §4.1 has letters, digits and hyphens in a matching id, and dots in an OID; what
/// else stands before a delimiter is of the code all the same, and judged with it. `goes_on`: a delimiter begins the next line.
pub(super) fn of_code(code: &str, piece: &str, goes_on: bool) -> Piece {
    let mut read = Piece {
        kept: Zeroizing::new(String::with_capacity(piece.len())),
        is_cut: false,
        has_words_behind: false,
        had_dash: false,
        is_unclear: false,
    };
    let of_link = is_link(code) || code.is_empty() && is_link(piece);
    let mut field = code.matches('$').count();
    let last_delimiter = piece.rfind('$').unwrap_or_default();
    for (at, c) in piece.char_indices() {
        let rest = piece.get(at.saturating_add(c.len_utf8())..).unwrap_or_default();
        let is_inner = goes_on || at < last_delimiter;
        if at > LONGEST_JOINED {
            read.is_cut = true;
            break;
        }
        let end = if of_link { ends_link(c) } else { ends(c, rest, field, is_inner, code, &read.kept) };
        match end {
            End::No => read.kept.push(c),
            End::Hyphen => {
                read.had_dash = true;
                read.kept.push('-');
            }
            End::Here | End::Unclear => {
                read.is_cut = true;
                read.has_words_behind = rest.chars().any(char::is_alphanumeric);
                read.is_unclear = matches!(end, End::Unclear);
                break;
            }
        }
        field = field.saturating_add(usize::from(c == '$'));
    }
    read
}

enum End {
    No,
    Hyphen,
    Here,
    Unclear,
}

/// Quotes and brackets are of no link, nor is what is no letter of any language.
fn ends_link(c: char) -> End {
    let is_of_it = c.is_alphanumeric() || c.is_control() || c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '`');
    if is_of_it { End::No } else { End::Here }
}

fn ends(c: char, rest: &str, field: usize, is_inner: bool, code: &str, kept: &str) -> End {
    const ADDRESS: usize = 1;
    const MATCHING_ID: usize = 2;
    const OID: usize = 3;
    let ends_if = |ends: bool| if ends { End::Here } else { End::No };
    let next = rest.chars().next();
    match c {
        '$' | '-' => End::No,
        // A letter of another script, or a control character, is a damage that is told.
        _ if c.is_alphanumeric() || c.is_control() => End::No,
        _ if is_dash(c) => match (field, is_inner) {
            (ADDRESS.., true) => End::Hyphen,
            _ => dash(c, rest, kept, code),
        },
        // Whatever it is, it stands where the server's name has to be.
        _ if field < MATCHING_ID && is_inner || field < ADDRESS => End::No,
        '.' if field == ADDRESS => ends_if(next.is_some_and(|next| !next.is_ascii_alphanumeric())),
        '/' | ':' | '@' | '_' | '%' | '\\' if field == ADDRESS => End::No,
        '.' if field == OID => ends_if(!is_inner && !next.is_some_and(|next| next.is_ascii_digit())),
        '.' | '/' | ':' | '#' | '%' => ends_if(!is_inner),
        '_' | '@' | '&' | '+' | '=' | '~' => ends_if(!is_inner && !is_joined(c, rest)),
        _ => End::Here,
    }
}

/// Whether a sign is within a word: no more than such signs stand between it and the next letter. What looks like the next
/// parameter of a link is none.
fn is_joined(c: char, rest: &str) -> bool {
    let name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let is_parameter = c == '&' && name.len() < rest.len() && name.starts_with('=');
    let next = rest.trim_start_matches(['_', '@', '&', '+', '=', '~']);
    !is_parameter && next.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '$')
}

/// A dash stands for a hyphen where a part of a matching id follows, and ends the code where a word does. What is neither surely
/// is not guessed.
fn dash(c: char, rest: &str, kept: &str, code: &str) -> End {
    let is_of_run = |c: char| c.is_ascii_alphanumeric() || c == '-' || is_dash(c);
    let mut signs = rest.char_indices();
    let end = signs.find(|(at, c)| !is_of_run(*c) || *at > LONGEST).map_or(rest.len(), |(at, _)| at);
    let run = rest.get(..end).unwrap_or_default();
    let word = run.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let has_small = |text: &str| text.bytes().any(|byte| byte.is_ascii_lowercase());
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let last = |text: &str| text.rsplit('$').next().is_some_and(has_small);
    let is_small = last(kept) || !kept.contains('$') && last(code);
    if !run.contains(|c: char| c.is_ascii_alphanumeric()) {
        End::Here
    } else if has_digit(run) && (is_small || !has_small(run)) && !matches!(c, '—' | '―') {
        End::Hyphen
    } else if has_small(word) && !has_digit(word) && !is_small {
        End::Here
    } else {
        End::Unclear
    }
}

/// Figure dash, en dash, em dash, horizontal bar, minus sign.
fn is_dash(c: char) -> bool {
    matches!(c, '\u{2012}'..='\u{2015}' | '\u{2212}')
}
