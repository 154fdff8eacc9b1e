//! Where in a text a code or a link begins, also in the middle of a word: two codes may stand there without a blank.

use crate::operator::tolerant::is_blank;

/// Where codes and links begin, in their order. What stands within a link is the link's own.
pub(super) fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let (mut at, mut before) = (0_usize, Before::default());
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let length = match (link(rest), with_prefix(rest), by_hand(rest)) {
            (Some(length), ..) if !before.is_in_code => Some(length),
            (_, Some(length), _) => Some(length),
            (.., Some(length)) if before.may_begin => Some(length),
            _ => None,
        };
        if length.is_some() {
            starts.push(at);
        }
        let length = length.or_else(|| rest.chars().next().map(char::len_utf8)).unwrap_or(1);
        before = before.then(rest.get(..length).unwrap_or_default());
        at = at.saturating_add(length);
    }
    starts
}

/// What stands before a place.
#[derive(Clone, Copy)]
struct Before {
    /// A delimiter, and perhaps blanks: what follows is the next field.
    is_in_code: bool,
    /// No sign that joins a word or a field to what follows.
    may_begin: bool,
}

impl Default for Before {
    fn default() -> Before {
        Before { is_in_code: false, may_begin: true }
    }
}

impl Before {
    fn then(self, text: &str) -> Before {
        let Some(last) = text.chars().last() else { return self };
        if is_blank(last) {
            return Before { may_begin: !self.is_in_code && (self.may_begin || last.is_whitespace()), ..self };
        }
        let joins = last.is_alphanumeric() || matches!(last, '$' | '%' | '.' | ',' | '-' | '_' | '/' | '&' | '@' | '+');
        Before { is_in_code: text.ends_with('$'), may_begin: !joins }
    }
}

/// The length of a link that a text begins with, as far as it has no blank, quote or bracket.
fn link(text: &str) -> Option<usize> {
    after(text, &["http://", "https://"])?;
    let is_end =
        |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '`' | '“' | '”' | '„' | '«' | '»' | '‹' | '›');
    Some(text.find(is_end).unwrap_or(text.len()))
}

/// The length of `LPA:1$` in front, as it is or as a link encodes it; a mail may have broken it.
fn with_prefix(text: &str) -> Option<usize> {
    let rest = after(text, &["lpa:", "lpa%3a", "lpa%253a", "lpa%25253a"])?;
    let number = without_blanks(rest);
    let rest = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = delimiter(without_blanks(rest)).filter(|_| rest.len() < number.len())?;
    text.len().checked_sub(rest.len())
}

/// The length of `1$` in front.
fn by_hand(text: &str) -> Option<usize> {
    let rest = delimiter(without_blanks(text.strip_prefix('1')?))?;
    text.len().checked_sub(rest.len())
}

fn delimiter(text: &str) -> Option<&str> {
    after(text, &["$", "%24", "%2524", "%252524"])
}

fn without_blanks(text: &str) -> &str {
    text.trim_start_matches(is_blank)
}

fn after<'t>(text: &'t str, any: &[&str]) -> Option<&'t str> {
    any.iter().find_map(|start| {
        let begins = text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
        begins.then(|| text.get(start.len()..)).flatten()
    })
}
