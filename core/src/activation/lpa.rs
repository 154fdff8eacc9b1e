//! The activation code of an eSIM (SGP.22 §4.1), as it comes from a QR code, a link or an e-mail: read, mended where a mail
//! program broke it, and printed again. Whoever has the code has the line, so nothing of it but the server's name is shown.

mod address;
mod end;
mod find;
mod lines;
mod link;
mod number;
mod parts;
#[cfg(test)]
mod pasted_tests;
mod plain;
mod starts;
#[cfg(test)]
mod tests;

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

pub use self::address::SmDpAddress;
use crate::operator::tolerant::is_blank;

/// SGP.22 §4.1: the longest code, prefix included.
pub const LONGEST: usize = 255;
/// What is pasted may be a whole mail, with its links and tags.
pub const LONGEST_TEXT: usize = 64 * 1024;
const LONGEST_CONFIRMATION: usize = 64;

/// An activation code: a bearer secret, usually good once.
#[derive(Clone)]
pub struct ActivationCode {
    address: SmDpAddress,
    matching_id: SecretString,
    oid: SecretString,
    needs_confirmation: bool,
    later: SecretString,
}

/// Why a text is no activation code. It repeats nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ActivationCodeFault {
    /// There is nothing.
    #[error("there is nothing in it")]
    Empty,
    /// More than 255 characters, or a text of more than [`LONGEST_TEXT`] bytes.
    #[error("it is longer than 255 characters")]
    TooLong,
    /// It does not begin as one.
    #[error("it is no activation code: one begins with LPA:1$ or 1$, or is a link of a phone's eSIM set-up")]
    NotACode,
    /// Of a format other than 1.
    #[error("it is of a later format than 1")]
    Version,
    /// Control characters, or others than ASCII.
    #[error("it has characters that no activation code has")]
    Charset,
    /// No SM-DP+ address.
    #[error("it names no SM-DP+ server")]
    NoAddress,
    /// The SM-DP+ address is other than a full name: a link, a path, a port, an IP address.
    #[error("its SM-DP+ address is no plain server name")]
    Address,
    /// It is the number of a SIM (ICCID).
    #[error("this is the number of the card (ICCID), not the code")]
    Iccid,
    /// It is the number of a phone's eSIM chip (EID).
    #[error("this is the number of the phone's eSIM chip (EID), not the code")]
    Eid,
    /// It holds several codes, and which of them is meant nobody can know.
    #[error("there are two codes in it or more: one alone is needed")]
    Several,
    /// It can be read in two ways, such as a dash that can be a hyphen of it and of the sentence after it.
    #[error("where it ends cannot be told: copy the code alone, or scan its picture")]
    Unclear,
}

/// What is odd in a code that can be used all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActivationCodeWarning {
    /// Characters that nobody sees stood in it, such as a byte order mark, a change of direction or a blank without a width:
    /// they are left out. What a person saw may have been another code.
    Invisible,
    /// What stood after a break can be its rest and can be something else: it was taken as its rest.
    Joined,
    /// Other text stood around it, which is left out.
    LeftOut,
    /// A dash stood in it, and was read as a hyphen.
    Dash,
    /// It ends after the address, without the delimiter of the matching id, which some phones refuse; printed, it has one. Or
    /// it ends in a hyphen, after which a mail broke it.
    Unfinished,
    /// The matching id has other characters than letters, digits and hyphens.
    MatchingIdCharacters,
    /// What stands for the SM-DP+ OID is no object identifier.
    OidMalformed,
    /// The flag of the confirmation code is other than 1: taken as not asked for.
    UnknownFlag,
    /// Fields of a later version of the standard, which are handed on as they are.
    LaterFields,
}

/// A code as it was read, with everything odd in it.
#[derive(Debug, Clone)]
pub struct ReadCode {
    /// The code.
    pub code: ActivationCode,
    /// In the order of the fields, each once.
    pub warnings: Vec<ActivationCodeWarning>,
}

impl ReadCode {
    /// Says what is odd in it, once.
    fn warn(&mut self, warning: ActivationCodeWarning) {
        if let Err(place) = self.warnings.binary_search(&warning) {
            self.warnings.insert(place, warning);
        }
    }
}

impl ActivationCodeFault {
    /// Of the faults of two beginnings in one text the one that says more of what is wrong; else the first.
    fn more_telling(self, other: ActivationCodeFault) -> ActivationCodeFault {
        let says_little = matches!(self, ActivationCodeFault::NotACode | ActivationCodeFault::Empty);
        if says_little { other } else { self }
    }
}

impl ActivationCode {
    /// Finds the one code of a text: with its prefix, as in a QR code, or without, as typed; in a link that carries one to the
    /// installer of a phone (`https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=LPA:1$…`, and Android's), to a
    /// server that draws QR pictures (`…?data=LPA%3A1%24…`) or through one that counts who taps on it; or by its server and its
    /// matching id. What a mail broke is joined again; other text around it is left out, and so is the same code once more.
    pub fn read(typed: &str) -> Result<ReadCode, ActivationCodeFault> {
        if typed.len() > LONGEST_TEXT {
            return Err(ActivationCodeFault::TooLong);
        }
        let read = find::code(typed)?;
        // Printed, or broken again by the next mail, it has to say the same; else more of it is guessed than can be known.
        let printed = read.code.in_qr();
        let broken = Zeroizing::new(printed.expose_secret().replace('$', "\n$"));
        for again in [printed.expose_secret(), broken.as_str()] {
            let again = find::code(again).ok().map(|again| again.code.in_qr());
            if again.is_none_or(|again| again.expose_secret() != printed.expose_secret()) {
                return Err(ActivationCodeFault::Unclear);
            }
        }
        Ok(read)
    }

    /// Reads a text that is a code and nothing else.
    pub fn parse(bare: &str) -> Result<ReadCode, ActivationCodeFault> {
        let prefixed = bare.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("lpa:"));
        let text = if prefixed { bare.get(4..).unwrap_or_default() } else { bare };
        if text.is_empty() {
            return Err(ActivationCodeFault::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(ActivationCodeFault::Charset);
        }
        if bare.len() > LONGEST {
            return Err(ActivationCodeFault::TooLong);
        }
        let mut fields = text.splitn(6, '$');
        let mut next = || fields.next();
        match next() {
            Some("1") => {}
            Some(other) if is_number(other) && text.contains('$') => return Err(ActivationCodeFault::Version),
            _ => return Err(ActivationCodeFault::NotACode),
        }
        let address = SmDpAddress::read(next().unwrap_or_default())?;
        let (matching_id, oid, flag, later) = (next(), next(), next(), next());
        let later = later.unwrap_or_default().trim_end_matches('$');
        let is_cut = matching_id.is_none_or(|id| id.ends_with('-')) && oid.is_none();
        let (oid, flag) = (oid.unwrap_or_default(), flag.unwrap_or_default());
        let odd = [
            (is_cut, ActivationCodeWarning::Unfinished),
            (
                !matching_id.unwrap_or_default().bytes().all(is_of_a_matching_id),
                ActivationCodeWarning::MatchingIdCharacters,
            ),
            (!oid.is_empty() && !is_oid(oid), ActivationCodeWarning::OidMalformed),
            (!matches!(flag, "" | "1"), ActivationCodeWarning::UnknownFlag),
            (!later.is_empty(), ActivationCodeWarning::LaterFields),
        ];
        let code = ActivationCode {
            address,
            matching_id: matching_id.unwrap_or_default().into(),
            oid: oid.into(),
            needs_confirmation: flag == "1",
            later: later.into(),
        };
        // The delimiter that an unfinished code lacks is printed.
        if code.in_qr().expose_secret().len() > LONGEST {
            return Err(ActivationCodeFault::TooLong);
        }
        Ok(ReadCode {
            code,
            warnings: odd.into_iter().filter_map(|(is_so, warning)| is_so.then_some(warning)).collect(),
        })
    }

    /// Where the profile is kept: the SM-DP+ server.
    pub fn address(&self) -> &SmDpAddress {
        &self.address
    }

    /// What names the profile at the server; empty where the server finds it by the phone.
    pub fn matching_id(&self) -> &SecretString {
        &self.matching_id
    }

    /// The server's object identifier, where the code names one.
    pub fn oid(&self) -> Option<&str> {
        Some(self.oid.expose_secret()).filter(|oid| is_oid(oid))
    }

    /// Whether the code says that a confirmation code is asked for. One may be asked for without it, and often stands in
    /// the e-mail alone.
    pub fn needs_confirmation(&self) -> bool {
        self.needs_confirmation
    }

    /// As a QR code or a link carries it: `LPA:1$…`.
    pub fn in_qr(&self) -> SecretString {
        self.written("LPA:1$")
    }

    /// As a person types it: `1$…`.
    pub fn by_hand(&self) -> SecretString {
        self.written("1$")
    }

    /// Empty fields at the end are left out; the delimiter before the matching id is not.
    fn written(&self, start: &str) -> SecretString {
        let flag = if self.needs_confirmation { "1" } else { "" };
        let fields = [self.matching_id.expose_secret(), self.oid.expose_secret(), flag, self.later.expose_secret()];
        let mut text = String::with_capacity(LONGEST);
        text.push_str(start);
        text.push_str(self.address.as_str());
        let last = fields.iter().rposition(|field| !field.is_empty()).unwrap_or_default();
        for field in fields.iter().take(last.saturating_add(1)) {
            text.push('$');
            text.push_str(field);
        }
        text.into()
    }
}

/// The server alone is no secret.
impl fmt::Debug for ActivationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActivationCode").field("address", &self.address).finish_non_exhaustive()
    }
}

/// The code that a server asks for beside the activation code, from the operator's e-mail.
#[derive(Clone)]
pub struct ConfirmationCode(SecretString);

impl ConfirmationCode {
    /// Reads what was typed; blanks around it are not of it. None where it is no code.
    pub fn read(typed: &str) -> Option<ConfirmationCode> {
        let code = typed.trim_matches(is_blank);
        let is_code =
            (1..=LONGEST_CONFIRMATION).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_graphic());
        is_code.then(|| ConfirmationCode(code.into()))
    }

    /// The code itself, for the person to copy.
    pub fn expose(&self) -> &SecretString {
        &self.0
    }
}

impl fmt::Debug for ConfirmationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConfirmationCode(…)")
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Object identifiers in dots, as `1.3.6.1.4.1.31746`.
fn is_oid(text: &str) -> bool {
    text.contains('.') && text.split('.').all(is_number)
}

fn is_of_a_matching_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}
