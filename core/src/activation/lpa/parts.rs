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

/// How mails call the confirmation code.
const CONFIRMATION: [&str; 6] = [
    "confirmation code",
    "code de confirmation",
    "bevestigingscode",
    "confirmatiecode",
    "bestätigungscode",
    "bestaetigungscode",
];

/// What a text tells of a code by the names of its parts.
pub(super) struct Parts<'t> {
    servers: Vec<&'t str>,
    ids: Vec<&'t str>,
    /// A mail broke one of them, or a line after it only looks so.
    is_cut: bool,
    /// There is a confirmation code beside them, so the server asks for it.
    needs_confirmation: bool,
}

impl<'t> Parts<'t> {
    pub(super) fn of(text: &'t str) -> Parts<'t> {
        let mut parts = Parts { servers: Vec::new(), ids: Vec::new(), is_cut: false, needs_confirmation: false };
        let lines: Vec<&str> =
            text.lines().map(|line| line.trim_matches(is_blank)).filter(|line| !line.is_empty()).collect();
        for place in 0..lines.len() {
            let Some((line, after)) = lines.get(place..).and_then(<[&str]>::split_first) else { break };
            if let Some(server) = value(line, after, &SERVER, server) {
                parts.is_cut |= server.goes_on(|rest| rest.contains('.') && rest.chars().all(is_of_a_name));
                parts.servers.push(server.read);
            }
            if let Some(id) = value(line, after, &ID, matching_id) {
                parts.is_cut |= id.goes_on(|rest| matching_id(rest).is_some() && rest.contains(is_no_letter));
                parts.ids.push(id.read);
            }
            parts.needs_confirmation |= value(line, after, &CONFIRMATION, confirmation).is_some();
        }
        parts
    }

    /// The code, where a text names a server and a matching id and no other ones. None: it does not.
    pub(super) fn code(&self) -> Option<Result<ReadCode, ActivationCodeFault>> {
        let (server, id) = (*self.servers.first()?, *self.ids.first()?);
        if !self.are(server, id) {
            return Some(Err(ActivationCodeFault::Several));
        }
        if self.is_cut {
            return Some(Err(ActivationCodeFault::Unclear));
        }
        let flag = if self.needs_confirmation { "$$1" } else { "" };
        let length = server.len().saturating_add(id.len()).saturating_add(8);
        let mut code = Zeroizing::new(String::with_capacity(length));
        for part in ["1$", server, "$", id, flag] {
            code.push_str(part);
        }
        Some(ActivationCode::parse(&code))
    }

    /// Whether nothing else is told than this server and this matching id. What a mail broke tells nothing, and a matching id
    /// without a server may be a code for something else.
    pub(super) fn agree_with(&self, server: &str, id: &str) -> bool {
        self.is_cut || self.servers.is_empty() || self.are(server, id)
    }

    fn are(&self, server: &str, id: &str) -> bool {
        self.servers.iter().all(|other| other.eq_ignore_ascii_case(server)) && self.ids.iter().all(|other| *other == id)
    }
}

/// What stands behind a label.
struct Value<'l> {
    read: &'l str,
    /// As it stands there.
    told: &'l str,
    /// The line after it.
    next: Option<&'l str>,
}

impl Value<'_> {
    /// Whether it may go on in the next line: it ends in a sign of that, or the next line is one word that `is_rest`.
    fn goes_on(&self, is_rest: impl Fn(&str) -> bool) -> bool {
        let is_broken = self.told.trim_matches(is_blank).ends_with(['-', '=']);
        let next = self.next.map(|next| next.trim_end_matches(['.', ',', '!', ';'])).unwrap_or_default();
        is_broken || (!next.is_empty() && !next.contains(char::is_whitespace) && is_rest(next))
    }
}

/// What `read` reads in a line after one of these labels; or in the next one, where the label is all there is.
fn value<'l>(line: &'l str, rest: &[&'l str], labels: &[&str], read: fn(&str) -> Option<&str>) -> Option<Value<'l>> {
    let behind = after_label(line, labels)?;
    let told = behind.split_once([':', '=', '\t']).map(|(_, told)| told);
    let is_label_alone = told.map_or(behind, str::trim).split_whitespace().count() <= usize::from(told.is_none());
    let told = told.unwrap_or(behind);
    if let Some(found) = read(told) {
        return Some(Value { read: found, told, next: rest.first().copied() });
    }
    let told = rest.first().copied().filter(|_| is_label_alone)?;
    Some(Value { read: read(told)?, told, next: rest.get(1).copied() })
}

fn is_of_a_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-')
}

fn is_no_letter(c: char) -> bool {
    !c.is_ascii_alphabetic()
}

/// A confirmation code, which is one word with a digit.
fn confirmation(told: &str) -> Option<&str> {
    let code = told.trim_matches(is_blank);
    (code.contains(|c: char| c.is_ascii_digit()) && !code.contains(char::is_whitespace)).then_some(code)
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
