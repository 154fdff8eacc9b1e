//! The links in which phones' installers take a code, as QR pictures and mails hold them. Only the code is read; nobody opens
//! the link.

use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use super::ActivationCodeFault;

/// Whose installers they are, and where.
const HOSTS: [&str; 2] = ["esimsetup.apple.com", "esimsetup.android.com"];
const PATH: &str = "esim_qrcode_provisioning";
const CARD_DATA: &str = "carddata=";

/// What servers that draw QR pictures call what the picture holds.
const PICTURE_DATA: [&str; 3] = ["data=", "text=", "chl="];

/// How a code begins that is encoded as in a link, as a whole or but for its colon, once or twice.
const ENCODED: [&str; 6] = ["LPA%3A", "LPA%253A", "LPA:1%24", "LPA:1%2524", "1%24", "1%2524"];

/// The code that a link carries, or one that is encoded as in a link. None: it is neither. Fails with `NotACode`: it leads
/// elsewhere, or carries none; with `Charset`: what it carries is no text.
pub(super) fn carried(text: &str) -> Option<Result<Zeroizing<String>, ActivationCodeFault>> {
    let after = |start: &str| {
        let found = text.get(..start.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(start));
        found.then(|| text.get(start.len()..)).flatten()
    };
    if ENCODED.into_iter().any(|start| after(start).is_some()) {
        return Some(decoded(text));
    }
    let (rest, is_secure) = match (after("https://"), after("http://")) {
        (Some(rest), _) => (rest, true),
        (None, rest) => (rest?, false),
    };
    if let Some(installer) = card_data(rest).filter(|_| is_secure) {
        return Some(decoded(installer));
    }
    Some(in_picture(rest).unwrap_or(Err(ActivationCodeFault::NotACode)))
}

/// What stands in `carddata`, still encoded.
fn card_data(rest: &str) -> Option<&str> {
    let (host, rest) = rest.split_once('/')?;
    let (path, query) = rest.split_once('?')?;
    let is_installer = HOSTS.iter().any(|known| host.eq_ignore_ascii_case(known)) && path == PATH;
    let query = query.split('#').next().filter(|_| is_installer)?;
    query.split('&').find_map(|pair| pair.strip_prefix(CARD_DATA))
}

/// What a QR picture of a server holds, where it is a code with its prefix: anything else there is a text like any other.
fn in_picture(rest: &str) -> Option<Result<Zeroizing<String>, ActivationCodeFault>> {
    let (_, query) = rest.split_once('?')?;
    let query = query.split('#').next()?;
    let mut held = query.split('&').filter_map(|pair| PICTURE_DATA.iter().find_map(|name| pair.strip_prefix(name)));
    held.find_map(|held| {
        let text = decoded(held).ok()?;
        let is_code = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("lpa:"));
        is_code.then_some(Ok(text))
    })
}

/// Decodes it, and once more what was encoded twice, as by a mail program that makes a link of its own of each link: a code
/// has a delimiter that stands for itself.
fn decoded(encoded: &str) -> Result<Zeroizing<String>, ActivationCodeFault> {
    let text = decoded_once(encoded)?;
    if !text.contains('$') && text.contains("%24") { decoded_once(&text) } else { Ok(text) }
}

fn decoded_once(encoded: &str) -> Result<Zeroizing<String>, ActivationCodeFault> {
    // Of the full length from the start: bytes that move leave copies behind, which nobody wipes.
    let mut bytes = Zeroizing::new(Vec::with_capacity(encoded.len()));
    bytes.extend(percent_decode_str(encoded));
    let text = std::str::from_utf8(&bytes).map_err(|_| ActivationCodeFault::Charset)?;
    Ok(Zeroizing::new(text.to_owned()))
}
