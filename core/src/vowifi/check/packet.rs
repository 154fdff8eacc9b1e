//! The datagram of the check: one IKE_SA_INIT request as the operator's own phones send it (RFC 7296 §1.2 and §3). It needs
//! no cryptography, since nothing is ever computed from the answer, and no builder of a later message exists: an IKE_AUTH
//! would carry who the subscriber is.

use std::net::{IpAddr, SocketAddr};

use ring::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY};

use crate::host::{Entropy, HostError};

/// Length of the request with both NAT detection hashes.
pub const LENGTH: usize = 432;
/// Length of the request without them.
pub const LENGTH_WITHOUT_NAT: usize = 376;
/// Before every IKE message on port 4500 (RFC 3948 §2.2): without it the bytes are taken for ESP.
pub const NON_ESP_MARKER: [u8; 4] = [0; 4];

/// IKE_SA_INIT.
pub(super) const EXCHANGE: u8 = 34;
/// Version 2.0.
pub(super) const VERSION: u8 = 0x20;
pub(super) const HEADER: usize = 28;
pub(super) const SECURITY_ASSOCIATION: u8 = 33;
pub(super) const KEY_EXCHANGE: u8 = 34;
pub(super) const NONCE: u8 = 40;
pub(super) const NOTIFY: u8 = 41;
pub(super) const NAT_DETECTION_SOURCE_IP: u16 = 16388;
pub(super) const NAT_DETECTION_DESTINATION_IP: u16 = 16389;
pub(super) const COOKIE: u16 = 16390;
const VENDOR_ID: u8 = 43;
const INITIATOR: u8 = 0x08;
/// 2048 bits (RFC 3526 §3).
const GROUP_14: u16 = 14;

/// AES-CBC of 256 bits, PRF and integrity HMAC-SHA1, group 14: what phones state for this operator.
const PROPOSAL: [u8; 44] = [
    0, 0, 0, 44, 1, 1, 0, 4, // the last proposal, number 1, IKE, no SPI, four transforms
    3, 0, 0, 12, 1, 0, 0, 12, 0x80, 14, 1, 0, // ENCR_AES_CBC with a key length of 256
    3, 0, 0, 8, 2, 0, 0, 2, // PRF_HMAC_SHA1
    3, 0, 0, 8, 3, 0, 0, 2, // AUTH_HMAC_SHA1_96
    0, 0, 0, 8, 4, 0, 0, 14, // 2048-bit MODP
];

/// A door of the ePDG. Phones begin at 500, find out about NAT, and go on at 4500 with the call itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Door {
    /// UDP 500.
    Ike,
    /// UDP 4500, where ESP comes in UDP too.
    NatTraversal,
}

impl Door {
    /// Its port (RFC 7296 §2.23).
    pub const fn port(self) -> u16 {
        match self {
            Door::Ike => 500,
            Door::NatTraversal => 4500,
        }
    }
}

/// What RFC 7296 §2.23 has both sides compare: the address and port as the sender knows them.
pub type AddressHash = [u8; 20];

/// Where a request leaves from and goes to.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// Our own address, as the socket has it.
    pub from: SocketAddr,
    /// The ePDG's.
    pub to: SocketAddr,
}

/// One request, to be sent again byte for byte: an ePDG answers the same bytes with the same answer.
#[derive(Clone)]
pub struct Request {
    door: Door,
    spi: [u8; 8],
    key_exchange: [u8; 256],
    nonce: [u8; 32],
    nat: Option<[AddressHash; 2]>,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request").field("door", &self.door).finish_non_exhaustive()
    }
}

impl Request {
    /// Draws a request; without `way` it asks for no NAT detection. Randomness that fails, or is none, is an error.
    pub fn draw(entropy: &dyn Entropy, door: Door, way: Option<Way>) -> Result<Request, HostError> {
        let (mut spi, mut key_exchange, mut nonce) = ([0; 8], [0; 256], [0; 32]);
        entropy.fill(&mut spi)?;
        entropy.fill(&mut key_exchange)?;
        entropy.fill(&mut nonce)?;
        // Below the prime, whose first eight bytes are FF.
        if let Some(first) = key_exchange.first_mut() {
            *first &= 0x7F;
        }
        let is_public_value =
            key_exchange.split_last().is_some_and(|(last, rest)| *last >= 2 || rest.iter().any(|byte| *byte != 0));
        if spi == [0; 8] || !is_public_value {
            return Err(HostError::Failed);
        }
        let nat = way.map(|way| [address_hash(&spi, &[0; 8], way.from), address_hash(&spi, &[0; 8], way.to)]);
        Ok(Request { door, spi, key_exchange, nonce, nat })
    }

    /// The initiator's SPI: an answer has it too, or is not ours.
    pub fn spi(&self) -> &[u8; 8] {
        &self.spi
    }

    /// The datagram.
    pub fn datagram(&self) -> Vec<u8> {
        self.build(None, 0)
    }

    /// The same request again with the cookie asked for (RFC 7296 §2.6), in front of all else.
    pub fn with_cookie(&self, cookie: &[u8]) -> Vec<u8> {
        self.build(Some(cookie), 0)
    }

    /// The same request made as long as `length` by a vendor id, as long as the request that follows in a phone: shows
    /// whether long datagrams come through.
    pub fn padded(&self, length: usize) -> Vec<u8> {
        self.build(None, length)
    }

    fn build(&self, cookie: Option<&[u8]>, length: usize) -> Vec<u8> {
        let mut payloads: Vec<(u8, Vec<u8>)> = Vec::with_capacity(7);
        if let Some(cookie) = cookie {
            payloads.push((NOTIFY, notify(COOKIE, cookie)));
        }
        payloads.push((SECURITY_ASSOCIATION, PROPOSAL.to_vec()));
        payloads.push((KEY_EXCHANGE, [&GROUP_14.to_be_bytes(), &[0, 0][..], &self.key_exchange].concat()));
        payloads.push((NONCE, self.nonce.to_vec()));
        if let Some([source, destination]) = &self.nat {
            payloads.push((NOTIFY, notify(NAT_DETECTION_SOURCE_IP, source)));
            payloads.push((NOTIFY, notify(NAT_DETECTION_DESTINATION_IP, destination)));
        }
        let total = payloads.iter().fold(HEADER, |sum, (_, body)| sum.saturating_add(body.len()).saturating_add(4));
        let missing = length.saturating_sub(total);
        if missing > 4 {
            payloads.push((VENDOR_ID, vec![0x43; missing.saturating_sub(4)]));
        }
        self.write(&payloads, if missing > 4 { length } else { total })
    }

    fn write(&self, payloads: &[(u8, Vec<u8>)], total: usize) -> Vec<u8> {
        let mut out = Vec::with_capacity(total.saturating_add(4));
        if self.door == Door::NatTraversal {
            out.extend_from_slice(&NON_ESP_MARKER);
        }
        out.extend_from_slice(&self.spi);
        out.extend_from_slice(&[0; 8]);
        out.extend_from_slice(&[payloads.first().map_or(0, |(kind, _)| *kind), VERSION, EXCHANGE, INITIATOR]);
        out.extend_from_slice(&[0; 4]);
        out.extend_from_slice(&u32::try_from(total).unwrap_or(u32::MAX).to_be_bytes());
        let next_kinds = payloads.iter().skip(1).map(|(kind, _)| *kind).chain([0]);
        for ((_, body), next) in payloads.iter().zip(next_kinds) {
            out.extend_from_slice(&[next, 0]);
            out.extend_from_slice(&u16::try_from(body.len().saturating_add(4)).unwrap_or(u16::MAX).to_be_bytes());
            out.extend_from_slice(body);
        }
        out
    }
}

/// A notification of no SPI.
fn notify(kind: u16, data: &[u8]) -> Vec<u8> {
    [&[0, 0][..], &kind.to_be_bytes(), data].concat()
}

/// SHA-1 over both SPIs, the address and the port (RFC 7296 §2.23).
pub fn address_hash(initiator: &[u8; 8], responder: &[u8; 8], address: SocketAddr) -> AddressHash {
    let mut context = Context::new(&SHA1_FOR_LEGACY_USE_ONLY);
    context.update(initiator);
    context.update(responder);
    match address.ip().to_canonical() {
        IpAddr::V4(ip) => context.update(&ip.octets()),
        IpAddr::V6(ip) => context.update(&ip.octets()),
    }
    context.update(&address.port().to_be_bytes());
    let mut hash = [0; 20];
    for (to, from) in hash.iter_mut().zip(context.finish().as_ref()) {
        *to = *from;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts up, so that every drawn byte can be told.
    struct Counting(std::sync::Mutex<u8>);

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), HostError> {
            let mut at = self.0.lock().unwrap();
            for byte in bytes {
                *at = at.wrapping_add(1);
                *byte = *at;
            }
            Ok(())
        }
    }

    struct Constant(u8);

    impl Entropy for Constant {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), HostError> {
            bytes.fill(self.0);
            Ok(())
        }
    }

    fn drawn(door: Door, with_nat: bool) -> Request {
        let way = Way { from: "192.0.2.1:40000".parse().unwrap(), to: "192.0.2.2:500".parse().unwrap() };
        Request::draw(&Counting(std::sync::Mutex::new(0)), door, with_nat.then_some(way)).unwrap()
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn a_request_is_these_bytes() {
        let counted = |from: u8, length: u16| -> String {
            (0..length).map(|step| format!("{:02x}", from.wrapping_add(step as u8))).collect()
        };
        // SPI 01..08, then KE 09..08 (the first byte is below 80 already), then the nonce 09..28.
        let expected = [
            "0102030405060708",
            "0000000000000000",
            "21202208",
            "00000000",
            "000001b0",
            "22000030",
            "0000002c01010004",
            "0300000c0100000c800e0100",
            "0300000802000002",
            "0300000803000002",
            "000000080400000e",
            "28000108000e0000",
            &counted(9, 256),
            "29000024",
            &counted(9, 32),
            "2900001c00004004",
            "6c0b1353d2bc0784877c851d2afd732b36d3cf9f",
            "0000001c00004005",
            "cbbbd4deb5c6ec0897604621c20532212741cb58",
        ];
        let datagram = drawn(Door::Ike, true).datagram();
        assert_eq!(datagram.len(), LENGTH);
        assert_eq!(hex(&datagram), expected.concat());
    }

    #[test]
    fn on_4500_the_same_bytes_follow_the_marker() {
        let (at_500, at_4500) = (drawn(Door::Ike, true).datagram(), drawn(Door::NatTraversal, true).datagram());
        assert_eq!(at_4500, [&NON_ESP_MARKER[..], &at_500].concat());
    }

    #[test]
    fn without_nat_detection_it_ends_after_the_nonce() {
        let (with, without) = (drawn(Door::Ike, true).datagram(), drawn(Door::Ike, false).datagram());
        assert_eq!(without.len(), LENGTH_WITHOUT_NAT);
        assert_eq!(without[24..28], [0, 0, 1, 0x78]);
        assert_eq!(without[28..340], with[28..340]);
        assert_eq!((with[340], without[340]), (NOTIFY, 0), "what comes after the nonce");
        assert_eq!(without[341..], with[341..376]);
    }

    #[test]
    fn a_cookie_comes_before_all_else_and_changes_nothing_else() {
        let request = drawn(Door::Ike, true);
        let (plain, again) = (request.datagram(), request.with_cookie(&[0xAB; 24]));
        assert_eq!(again.len(), 464);
        assert_eq!(again[..16], plain[..16], "the SPI is the same");
        assert_eq!(hex(&again[16..36]), "2920220800000000000001d02100002000004006");
        assert_eq!(again[36..60], [0xAB; 24]);
        assert_eq!(again[60..], plain[28..]);
    }

    #[test]
    fn a_padded_request_is_as_long_as_asked_and_says_so() {
        for length in [0, 432, 436, 437, 1400, 1572] {
            let datagram = drawn(Door::Ike, true).padded(length);
            let said = u32::from_be_bytes(datagram[24..28].try_into().unwrap()) as usize;
            let expected = if length > 436 { length } else { 432 };
            assert_eq!((datagram.len(), said), (expected, expected), "{length}");
        }
    }

    #[test]
    fn a_public_value_is_never_one_that_a_responder_must_refuse() {
        let highest = Request::draw(&Constant(0xFF), Door::Ike, None).unwrap().datagram();
        assert_eq!(highest[84], 0x7F, "below the prime");
        assert!(Request::draw(&Constant(0), Door::Ike, None).is_err(), "no randomness at all");
    }

    #[test]
    fn an_address_hash_is_sha_1_of_spis_address_and_port() {
        // Computed with another implementation.
        let vectors = [
            ("192.0.2.1:40000", "6c0b1353d2bc0784877c851d2afd732b36d3cf9f"),
            ("[::ffff:192.0.2.1]:40000", "6c0b1353d2bc0784877c851d2afd732b36d3cf9f"),
            ("[2001:db8::1]:500", "7fa12a60a3a27ef1b3fed26cc6d5b8fbf553292f"),
        ];
        for (address, expected) in vectors {
            let hash = address_hash(&[1, 2, 3, 4, 5, 6, 7, 8], &[0; 8], address.parse().unwrap());
            assert_eq!(hex(&hash), expected, "{address}");
        }
    }
}
