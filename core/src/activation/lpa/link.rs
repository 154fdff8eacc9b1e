//! The links that carry a code: those of phones' installers, of servers that draw QR pictures, and of mails that count who taps
//! on a link. Only the code is read; nobody opens the link.

use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use super::ActivationCodeFault;

/// Whose installers they are, and where.
const HOSTS: [&str; 2] = ["esimsetup.apple.com", "esimsetup.android.com"];
const PATH: &str = "esim_qrcode_provisioning";
const CARD_DATA: &str = "carddata";

/// A link within a link within a link.
const MOST_LAYERS: usize = 3;

/// What a link carries in one place.
pub(super) struct Carried {
    /// Decoded; or it is no text.
    pub text: Result<Zeroizing<String>, ActivationCodeFault>,
    /// It stands where an installer takes a code from, which may lack its prefix there.
    pub is_installer: bool,
}

/// What a link carries in its parameters, or else in its path.
pub(super) fn carried(link: &str) -> Vec<Carried> {
    let is_installer = is_installer(link);
    let query = link.split_once('?').and_then(|(_, query)| query.split('#').next()).unwrap_or_default();
    let parameters = query.split('&').filter_map(|pair| pair.split_once('='));
    let carried: Vec<Carried> = parameters
        .map(|(name, value)| Carried { text: decoded(value), is_installer: is_installer && name == CARD_DATA })
        .collect();
    let has_code = |text: &Zeroizing<String>| text.to_ascii_lowercase().contains("lpa:");
    if carried.iter().any(|one| one.is_installer || one.text.as_ref().is_ok_and(has_code)) {
        return carried;
    }
    in_path(link).map(|text| Carried { text: Ok(text), is_installer: false }).into_iter().chain(carried).collect()
}

/// From where a code begins to the next sign that ends a part of a link.
fn in_path(link: &str) -> Option<Zeroizing<String>> {
    let text = decoded(link).ok()?;
    let at = text.to_ascii_lowercase().find("lpa:1$")?;
    let code = text.get(at..)?.split(['/', '&', '?', '#']).next()?;
    Some(Zeroizing::new(code.to_owned()))
}

fn is_installer(link: &str) -> bool {
    let is_secure = link.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"));
    let Some((host, rest)) = link.get(8..).and_then(|rest| rest.split_once('/')) else { return false };
    let path = rest.split('?').next();
    is_secure && HOSTS.iter().any(|known| host.eq_ignore_ascii_case(known)) && path == Some(PATH)
}

/// Decodes it, and again what was encoded more than once, as by a mail program that makes a link of its own of each link: a
/// code has a delimiter that stands for itself.
pub(super) fn decoded(encoded: &str) -> Result<Zeroizing<String>, ActivationCodeFault> {
    let mut text = decoded_once(encoded)?;
    for _ in 1..MOST_LAYERS {
        if text.contains('$') || !text.contains('%') {
            break;
        }
        text = decoded_once(&text)?;
    }
    Ok(text)
}

fn decoded_once(encoded: &str) -> Result<Zeroizing<String>, ActivationCodeFault> {
    // Of the full length from the start: bytes that move leave copies behind, which nobody wipes.
    let mut bytes = Zeroizing::new(Vec::with_capacity(encoded.len()));
    bytes.extend(percent_decode_str(encoded));
    let text = std::str::from_utf8(&bytes).map_err(|_| ActivationCodeFault::Charset)?;
    Ok(Zeroizing::new(text.to_owned()))
}
