//! A code that a mail tells by its parts, as phones ask for them when it is typed: the server, and the matching id.

use zeroize::Zeroizing;

use super::address::SmDpAddress;
use super::{ActivationCode, ActivationCodeFault, ReadCode};
use crate::operator::tolerant::is_blank;

/// How the server is called, in every language.
const SERVER: [&str; 2] = ["sm-dp", "smdp"];
/// How phones and mails call the matching id, in the app's languages.
const ID: [&str; 20] = [
    "matching id",
    "matching-id",
    "matchingid",
    "activation code",
    "activation id",
    "code d'activation",
    "code d’activation",
    "id de correspondance",
    "identifiant de correspondance",
    "activatiecode",
    "activeringscode",
    "activatie-code",
    "activerings-code",
    "overeenkomst-id",
    "overeenkomende id",
    "aktivierungscode",
    "aktivierungs-code",
    "matching kennung",
    "matching-kennung",
    "abgleich-id",
];

/// The code, where a text names a server and a matching id and no other ones. None: it does not.
pub(super) fn in_parts(text: &str) -> Option<Result<ReadCode, ActivationCodeFault>> {
    let (mut servers, mut ids) = (Vec::new(), Vec::new());
    let lines: Vec<&str> =
        text.lines().map(|line| line.trim_matches(is_blank)).filter(|line| !line.is_empty()).collect();
    for (place, line) in lines.iter().enumerate() {
        let next = lines.get(place.saturating_add(1)).copied();
        servers.extend(value(line, next, &SERVER, server));
        ids.extend(value(line, next, &ID, matching_id));
    }
    let (server, id) = (*servers.first()?, *ids.first()?);
    if servers.iter().any(|other| !other.eq_ignore_ascii_case(server)) || ids.iter().any(|other| *other != id) {
        return Some(Err(ActivationCodeFault::Several));
    }
    let mut code = Zeroizing::new(String::with_capacity(server.len().saturating_add(id.len()).saturating_add(3)));
    for part in ["1$", server, "$", id] {
        code.push_str(part);
    }
    Some(ActivationCode::parse(&code))
}

/// What `read` reads in a line after one of these labels; or in the next one, where the label is all there is.
fn value<'l>(line: &'l str, next: Option<&'l str>, labels: &[&str], read: fn(&str) -> Option<&str>) -> Option<&'l str> {
    let rest = after_label(line, labels)?;
    let told = rest.split_once([':', '=', '\t']).map(|(_, told)| told);
    let is_label_alone = told.map_or(rest, str::trim).split_whitespace().count() <= usize::from(told.is_none());
    read(told.unwrap_or(rest)).or_else(|| read(next?).filter(|_| is_label_alone))
}

/// What stands in a line after one of these labels and what explains that in brackets.
fn after_label<'l>(line: &'l str, labels: &[&str]) -> Option<&'l str> {
    // Of the same length, whatever a line holds.
    let folded = Zeroizing::new(line.to_ascii_lowercase());
    let ends = labels.iter().flat_map(|label| folded.match_indices(label)).filter_map(|(at, label)| {
        let end = at.checked_add(label.len())?;
        folded.get(end..).is_some_and(|rest| !goes_on(rest)).then_some(end)
    });
    line.get(ends.max()?..).map(|rest| rest.trim_start_matches(is_of_a_label))
}

/// Whether it is of a longer word, such as a server's name.
fn goes_on(rest: &str) -> bool {
    let is_label = ["-adre", "-serv"].into_iter().any(|word| rest.starts_with(word));
    !is_label && rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '$' | '/'))
}

fn is_of_a_label(c: char) -> bool {
    is_blank(c) || matches!(c, '+' | ')' | '*' | '#')
}

/// The one server's name in it.
fn server(told: &str) -> Option<&str> {
    let mut names = told.split_whitespace().map(without_signs).filter(|word| SmDpAddress::read(word).is_ok());
    names.next().filter(|_| names.next().is_none())
}

/// The matching id, where it is all there is. A word is none.
fn matching_id(told: &str) -> Option<&str> {
    let id = without_signs(told);
    let is_of_an_id = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_word = id.bytes().any(|byte| byte.is_ascii_lowercase()) && !id.bytes().any(|byte| byte.is_ascii_digit());
    (!id.is_empty() && id.bytes().all(is_of_an_id) && !is_word).then_some(id)
}

fn without_signs(told: &str) -> &str {
    told.trim_matches(|c: char| !c.is_ascii_alphanumeric())
}
