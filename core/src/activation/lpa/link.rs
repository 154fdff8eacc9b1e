//! The links in which phones' installers take a code, as QR pictures and mails hold them. Only the code is read; nobody opens
//! the link.

use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use super::ActivationCodeFault;

/// Whose installers they are, and where.
const HOSTS: [&str; 2] = ["esimsetup.apple.com", "esimsetup.android.com"];
const PATH: &str = "esim_qrcode_provisioning";
const CARD_DATA: &str = "carddata=";

/// The code that a link carries. None: it is no link. Fails with `NotACode`: it leads elsewhere, or carries none; with
/// `Charset`: what it carries is no text.
pub(super) fn carried(text: &str) -> Option<Result<Zeroizing<String>, ActivationCodeFault>> {
    let start = text.get(.."https://".len()).filter(|start| start.eq_ignore_ascii_case("https://"))?;
    let rest = text.get(start.len()..)?;
    Some(card_data(rest).ok_or(ActivationCodeFault::NotACode).and_then(decoded))
}

/// What stands in `carddata`, still encoded.
fn card_data(rest: &str) -> Option<&str> {
    let (host, rest) = rest.split_once('/')?;
    let (path, query) = rest.split_once('?')?;
    let is_installer = HOSTS.iter().any(|known| host.eq_ignore_ascii_case(known)) && path == PATH;
    let query = query.split('#').next().filter(|_| is_installer)?;
    query.split('&').find_map(|pair| pair.strip_prefix(CARD_DATA))
}

fn decoded(encoded: &str) -> Result<Zeroizing<String>, ActivationCodeFault> {
    // Of the full length from the start: bytes that move leave copies behind, which nobody wipes.
    let mut bytes = Zeroizing::new(Vec::with_capacity(encoded.len()));
    bytes.extend(percent_decode_str(encoded));
    let text = std::str::from_utf8(&bytes).map_err(|_| ActivationCodeFault::Charset)?;
    Ok(Zeroizing::new(text.to_owned()))
}
