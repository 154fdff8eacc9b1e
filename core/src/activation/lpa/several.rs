//! A mail with more than one code, as where somebody gets an eSIM for two phones: which of them is meant, nobody here can know.

use secrecy::ExposeSecret;

use super::{ActivationCode, ActivationCodeFault, ReadCode};

/// The one code of a text that holds it more than once, such as in a link and as text. None: it begins no second code, or that
/// is none. Fails with `Several`.
pub(super) fn repeated(typed: &str) -> Result<Option<ReadCode>, ActivationCodeFault> {
    let starts: Vec<usize> = starts(typed).collect();
    let ends = starts.iter().skip(1).copied().chain([typed.len()]);
    let parts = starts.iter().zip(ends).filter_map(|(start, end)| typed.get(*start..end));
    let mut codes = parts.filter_map(|part| ActivationCode::read_one(part).ok());
    let (Some(first), Some(second)) = (codes.next(), codes.next()) else { return Ok(None) };
    let is_other = |read: &ReadCode| !is_same(&read.code, &first.code);
    if is_other(&second) || codes.any(|read| is_other(&read)) {
        return Err(ActivationCodeFault::Several);
    }
    Ok(Some(first))
}

/// Servers' names know no capitals (RFC 4343); what else a code holds does.
fn is_same(one: &ActivationCode, other: &ActivationCode) -> bool {
    one.address.as_str().eq_ignore_ascii_case(other.address.as_str())
        && one.matching_id.expose_secret() == other.matching_id.expose_secret()
        && one.oid.expose_secret() == other.oid.expose_secret()
        && one.needs_confirmation == other.needs_confirmation
        && one.later.expose_secret() == other.later.expose_secret()
}

/// Where a word begins a code: with it, with a link, or with a label and the code's prefix.
fn starts(typed: &str) -> impl Iterator<Item = usize> {
    let mut after = 0_usize;
    typed.split_inclusive(char::is_whitespace).filter_map(move |word| {
        let start = after;
        after = after.saturating_add(word.len());
        begins_at(word).map(|at| start.saturating_add(at))
    })
}

fn begins_at(word: &str) -> Option<usize> {
    let bare = word.trim_start_matches(['"', '“', '„', '«', '‹', '<', '(', '[', '‘', '\u{feff}']);
    let has = |at: usize, start: &str| {
        let begin = bare.get(at..at.saturating_add(start.len()));
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    };
    let begins = ["1$", "1%24", "http://", "https://", "lpa%3a", "lpa%253a"].into_iter().any(|start| has(0, start));
    let at = if begins {
        0
    } else {
        // After a delimiter it is of a field.
        let stands_alone = |at: &usize| {
            bare.get(..*at).is_some_and(|before| {
                !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '=' | '%'))
                    && !before.contains('$')
                    && !before.contains("://")
            })
        };
        let prefixes = bare.match_indices(':').filter_map(|(colon, _)| colon.checked_sub(3));
        prefixes.filter(stands_alone).find(|at| has(*at, "lpa:1"))?
    };
    word.len().checked_sub(bare.len())?.checked_add(at)
}
