//! What comes back from a door, read without trust: every length is the sender's. Whatever parsed our request and answered
//! as IKEv2 proves the way open, also when it refuses; anything else proves nothing.

use super::packet::{
    AddressHash, COOKIE, Door, EXCHANGE, HEADER, KEY_EXCHANGE, NAT_DETECTION_DESTINATION_IP, NAT_DETECTION_SOURCE_IP,
    NON_ESP_MARKER, NONCE, NOTIFY, SECURITY_ASSOCIATION, VERSION,
};

/// The longest cookie there may be (RFC 7296 §2.6).
pub const LONGEST_COOKIE: usize = 64;
/// More payloads than any answer has.
const MOST_PAYLOADS: usize = 64;
const RESPONSE: u8 = 0x20;
const INITIATOR: u8 = 0x08;
const MAJOR: u8 = 0xF0;
const INVALID_MAJOR_VERSION: u16 = 5;
const INVALID_SYNTAX: u16 = 7;
const NO_PROPOSAL_CHOSEN: u16 = 14;
const INVALID_KE_PAYLOAD: u16 = 17;
const REDIRECT: u16 = 16407;
/// Below are errors, from here on statuses (RFC 7296 §3.10.1).
const FIRST_STATUS: u16 = 16384;

/// What a datagram is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The exchange was taken: security association, key exchange and nonce.
    SaInit(NatHashes),
    /// The same request is wanted again with this in front (RFC 7296 §2.6).
    Cookie(Vec<u8>),
    /// NO_PROPOSAL_CHOSEN: what the operator's phones offer has changed.
    NoProposal,
    /// INVALID_KE_PAYLOAD, and the group wanted instead, where it says so.
    InvalidKe(Option<u16>),
    /// INVALID_MAJOR_VERSION.
    InvalidMajor,
    /// INVALID_SYNTAX.
    InvalidSyntax,
    /// REDIRECT (RFC 5685): another gateway is to be asked. Where to is not read, since it is never followed.
    Redirect,
    /// Another error.
    OtherError(u16),
    /// Nothing that proves an ePDG.
    Unproven(Unproven),
}

/// Why a datagram proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Unproven {
    /// Too short for an IKE message, a NAT keepalive for example.
    Short,
    /// No IKE message of ours: no marker on 4500, another exchange, a request.
    NotIke,
    /// An answer to somebody else.
    ForeignSpi,
    /// Our own request came back.
    Echo,
    /// It begins like an answer and does not hold together.
    Malformed,
}

/// The address hashes of an answer: how the ePDG sees itself and us (RFC 7296 §2.23).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NatHashes {
    /// The responder's SPI, which goes into the hashes.
    pub responder: [u8; 8],
    /// Of the ePDG's own address.
    pub source: Option<AddressHash>,
    /// Of the address it saw us at.
    pub destination: Option<AddressHash>,
}

/// Reads a datagram that came through a door after a request with that SPI.
pub fn read(datagram: &[u8], door: Door, spi: &[u8; 8]) -> Answer {
    answer(datagram, door, spi).unwrap_or_else(Answer::Unproven)
}

fn answer(datagram: &[u8], door: Door, spi: &[u8; 8]) -> Result<Answer, Unproven> {
    let message = match door {
        Door::Ike => datagram,
        Door::NatTraversal if datagram.len() < NON_ESP_MARKER.len() => return Err(Unproven::Short),
        Door::NatTraversal => datagram.strip_prefix(&NON_ESP_MARKER).ok_or(Unproven::NotIke)?,
    };
    let (header, body) = message.split_at_checked(HEADER).ok_or(Unproven::Short)?;
    let mut header = Bytes(header);
    let (initiator, responder) = (header.take::<8>()?, header.take::<8>()?);
    let [next, version, exchange, flags] = header.take()?;
    let (id, length) = (header.u32()?, header.u32()?);
    if initiator != *spi {
        // A message of some IKE, or no message at all.
        let is_ike = exchange == EXCHANGE && usize::try_from(length) == Ok(message.len());
        return Err(if is_ike { Unproven::ForeignSpi } else { Unproven::NotIke });
    }
    if flags & INITIATOR != 0 {
        return Err(Unproven::Echo);
    }
    if exchange != EXCHANGE || flags & RESPONSE == 0 || version & MAJOR != VERSION & MAJOR || id != 0 {
        return Err(Unproven::NotIke);
    }
    if usize::try_from(length) != Ok(message.len()) {
        return Err(Unproven::Malformed);
    }
    Payloads::read(next, body)?.meaning(responder)
}

/// What the payloads say, each looked at once.
#[derive(Default)]
struct Payloads<'a> {
    has_association: bool,
    has_key_exchange: bool,
    has_nonce: bool,
    cookie: Option<&'a [u8]>,
    is_redirect: bool,
    error: Option<(u16, &'a [u8])>,
    source: Option<AddressHash>,
    destination: Option<AddressHash>,
}

impl<'a> Payloads<'a> {
    fn read(mut kind: u8, body: &'a [u8]) -> Result<Self, Unproven> {
        let mut found = Payloads::default();
        let mut rest = Bytes(body);
        for _ in 0..MOST_PAYLOADS {
            if kind == 0 {
                return if rest.0.is_empty() { Ok(found) } else { Err(Unproven::Malformed) };
            }
            let [next, _] = rest.take()?;
            let length = usize::from(rest.u16()?).checked_sub(4).ok_or(Unproven::Malformed)?;
            let (payload, after) = rest.0.split_at_checked(length).ok_or(Unproven::Malformed)?;
            match kind {
                SECURITY_ASSOCIATION => found.has_association = !payload.is_empty(),
                KEY_EXCHANGE => found.has_key_exchange = payload.len() > 4,
                // RFC 7296 §3.9.
                NONCE => found.has_nonce = (16..=256).contains(&payload.len()),
                NOTIFY => found.notice(payload)?,
                _ => {}
            }
            (kind, rest) = (next, Bytes(after));
        }
        Err(Unproven::Malformed)
    }

    fn notice(&mut self, payload: &'a [u8]) -> Result<(), Unproven> {
        let mut payload = Bytes(payload);
        let [_, spi_length] = payload.take()?;
        let kind = payload.u16()?;
        let data = payload.0.get(usize::from(spi_length)..).ok_or(Unproven::Malformed)?;
        match kind {
            COOKIE if (1..=LONGEST_COOKIE).contains(&data.len()) => self.cookie = Some(data),
            COOKIE => return Err(Unproven::Malformed),
            REDIRECT => self.is_redirect = true,
            NAT_DETECTION_SOURCE_IP => self.source = self.source.or(data.try_into().ok()),
            NAT_DETECTION_DESTINATION_IP => self.destination = self.destination.or(data.try_into().ok()),
            1..FIRST_STATUS => self.error = self.error.or(Some((kind, data))),
            _ => {}
        }
        Ok(())
    }

    fn meaning(self, responder: [u8; 8]) -> Result<Answer, Unproven> {
        if let Some((kind, data)) = self.error {
            return Ok(match kind {
                NO_PROPOSAL_CHOSEN => Answer::NoProposal,
                INVALID_KE_PAYLOAD => Answer::InvalidKe(data.try_into().ok().map(u16::from_be_bytes)),
                INVALID_MAJOR_VERSION => Answer::InvalidMajor,
                INVALID_SYNTAX => Answer::InvalidSyntax,
                other => Answer::OtherError(other),
            });
        }
        if self.is_redirect {
            return Ok(Answer::Redirect);
        }
        if let Some(cookie) = self.cookie {
            return Ok(Answer::Cookie(cookie.to_vec()));
        }
        if self.has_association && self.has_key_exchange && self.has_nonce && responder != [0; 8] {
            let Payloads { source, destination, .. } = self;
            return Ok(Answer::SaInit(NatHashes { responder, source, destination }));
        }
        Err(Unproven::Malformed)
    }
}

/// What is left of a message. Running out is malformed.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Unproven> {
        let (taken, rest) = self.0.split_first_chunk::<N>().ok_or(Unproven::Malformed)?;
        self.0 = rest;
        Ok(*taken)
    }

    fn u16(&mut self) -> Result<u16, Unproven> {
        self.take().map(u16::from_be_bytes)
    }

    fn u32(&mut self) -> Result<u32, Unproven> {
        self.take().map(u32::from_be_bytes)
    }
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
