//! The code in a text: a mail, a page or a chat may hold it as text, in links and by its parts, once or several times, and much
//! else. What can be read in two ways is not read.

use secrecy::ExposeSecret;

use super::address::SmDpAddress;
use super::lines::{Rest, first_code, is_a_link, is_encoded};
use super::link::{carried, decoded};
use super::number::number;
use super::parts::Parts;
use super::plain::plain;
use super::starts::starts;
use super::{ActivationCode, ActivationCodeFault, ActivationCodeWarning, ReadCode};
use crate::operator::tolerant::is_blank;

/// What nobody sees may stand before a code, such as a byte order mark.
const NEAR: usize = 40;
/// Links in links in links.
const MOST_LAYERS: usize = 3;

type Read = Result<ReadCode, ActivationCodeFault>;

/// The one code of a text.
pub(super) fn code(typed: &str) -> Read {
    let text = plain(typed).ok_or(ActivationCodeFault::Unclear)?;
    let mut found = Vec::new();
    search(&text, 0, &mut found);
    for fault in [ActivationCodeFault::Several, ActivationCodeFault::Unclear] {
        if found.iter().any(|read| read.as_ref().is_err_and(|found| *found == fault)) {
            return Err(fault);
        }
    }
    let parts = Parts::of(&text);
    let fault =
        found.iter().filter_map(|read| read.as_ref().err().copied()).reduce(|one, other| one.more_telling(other));
    let mut codes = found.into_iter().flatten();
    let Some(mut first) = codes.next() else {
        let none = || number(typed).or(fault).unwrap_or_else(|| no_code(&text));
        return parts.code().unwrap_or_else(|| Err(none()));
    };
    let mut is_repeated = false;
    for other in codes {
        is_repeated = true;
        if !is_same(&first.code, &other.code) {
            return Err(ActivationCodeFault::Several);
        }
    }
    if !parts.agree_with(first.code.address.as_str(), first.code.matching_id.expose_secret()) {
        return Err(ActivationCodeFault::Several);
    }
    if is_repeated {
        // What stood beside it is the same code again, and often other text.
        first.warn(ActivationCodeWarning::LeftOut);
    }
    Ok(first)
}

/// Each code that a text has, and each beginning of one that is none.
fn search(text: &str, layer: usize, found: &mut Vec<Read>) {
    let starts = starts(text);
    let first_sign = text.find(|c| !is_blank(c)).unwrap_or(text.len());
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    for (start, end) in starts.iter().zip(ends) {
        let (Some(before), Some(part)) = (text.get(..*start), text.get(*start..end)) else { continue };
        let (bare, rest) = match first_code(part) {
            Ok(read) => read,
            Err(fault) => {
                found.push(Err(fault));
                continue;
            }
        };
        let is_alone = *start <= first_sign && end == text.len();
        let near = before.chars().rev().take(NEAR).take_while(|c| *c != '\n');
        let around =
            Around { rest: rest.and_left_out(!is_alone), had_invisible: near.chain(part.chars()).any(is_invisible) };
        let from = found.len();
        if is_a_link(&bare) {
            search_link(&bare, layer, found);
        } else if is_encoded(&bare) {
            // It is encoded as in a link.
            let text = decoded(&bare).and_then(|text| plain(&text).ok_or(ActivationCodeFault::Unclear));
            match text {
                Ok(text) if layer < MOST_LAYERS && *text != *bare => search(&text, layer.saturating_add(1), found),
                Ok(text) => found.push(read_pasted(&text)),
                Err(fault) => found.push(Err(fault)),
            }
        } else {
            found.push(read_pasted(&bare));
        }
        for read in found.iter_mut().skip(from).flatten() {
            around.warn(read);
        }
    }
}

/// A link may carry one in any parameter, with its prefix; an installer's may lack that.
fn search_link(link: &str, layer: usize, found: &mut Vec<Read>) {
    if layer >= MOST_LAYERS {
        found.push(Err(ActivationCodeFault::NotACode));
        return;
    }
    let from = found.len();
    for carried in carried(link) {
        let before = found.len();
        let text = carried.text.and_then(|text| plain(&text).ok_or(ActivationCodeFault::Unclear));
        match text {
            Ok(text) if carried.is_installer || has_prefix(&text) => {
                search(&text, layer.saturating_add(1), found);
                if found.len() == before {
                    found.push(Err(no_code(&text)));
                }
            }
            Err(fault) if carried.is_installer => found.push(Err(fault)),
            _ => {}
        }
    }
    if found.len() == from {
        found.push(Err(ActivationCodeFault::NotACode));
    }
}

/// A code without blanks, out of a text of which the standard's fields alone were taken: what is in it beyond them was before a
/// delimiter.
fn read_pasted(bare: &str) -> Read {
    let fields: Vec<&str> = bare.split('$').collect();
    let begins_another =
        |pair: &[&str]| matches!(pair, [before, name] if before.ends_with('1') && SmDpAddress::read(name).is_ok());
    if fields.get(2..).is_some_and(|fields| fields.windows(2).any(begins_another)) {
        return Err(ActivationCodeFault::Several);
    }
    // A mail's mark of a broken line, or another thing.
    if bare.contains("=$") {
        return Err(ActivationCodeFault::Charset);
    }
    ActivationCode::parse(bare)
}

/// What stood around a code.
struct Around {
    rest: Rest,
    had_invisible: bool,
}

impl Around {
    fn warn(&self, read: &mut ReadCode) {
        let odd = [
            (self.had_invisible, ActivationCodeWarning::Invisible),
            (self.rest.joined, ActivationCodeWarning::Joined),
            (self.rest.left_out, ActivationCodeWarning::LeftOut),
            (self.rest.had_dash, ActivationCodeWarning::Dash),
        ];
        odd.into_iter().filter(|(is_so, _)| *is_so).for_each(|(_, warning)| read.warn(warning));
    }
}

/// Why a text without any beginning of a code is none.
fn no_code(text: &str) -> ActivationCodeFault {
    let bare: String = text.chars().filter(|c| !is_blank(*c)).collect();
    ActivationCode::parse(&zeroize::Zeroizing::new(bare)).err().unwrap_or(ActivationCodeFault::NotACode)
}

fn has_prefix(text: &str) -> bool {
    let text = zeroize::Zeroizing::new(text.to_ascii_lowercase());
    text.contains("lpa:") || text.contains("lpa%")
}

/// A character that is blank and no space.
fn is_invisible(c: char) -> bool {
    is_blank(c) && !c.is_whitespace()
}

/// Servers' names know no capitals (RFC 4343); what else a code holds does.
fn is_same(one: &ActivationCode, other: &ActivationCode) -> bool {
    has_same_parts(one, other)
        && one.oid.expose_secret() == other.oid.expose_secret()
        && one.needs_confirmation == other.needs_confirmation
        && one.later.expose_secret() == other.later.expose_secret()
}

fn has_same_parts(one: &ActivationCode, other: &ActivationCode) -> bool {
    one.address.as_str().eq_ignore_ascii_case(other.address.as_str())
        && one.matching_id.expose_secret() == other.matching_id.expose_secret()
}
