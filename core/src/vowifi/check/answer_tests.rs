//! The reader of answers on hand-made answers, and on anything.

use proptest::prelude::*;

use super::super::packet::Request;
use super::super::scripted::{self, notify, sa_init};
use super::*;
use crate::host::SystemEntropy;
use crate::trials::config;

const SPI: [u8; 8] = [1, 2, 3, 4, 5, 6, 7, 8];
const RESPONDER: [u8; 8] = [9; 8];
const NOBODY: [u8; 8] = [0; 8];

/// An answer with these payloads, whose lengths are right.
fn message(responder: [u8; 8], payloads: &[(u8, Vec<u8>)]) -> Vec<u8> {
    scripted::message(&SPI, responder, payloads)
}

fn unproven(datagram: &[u8]) -> Unproven {
    match read(datagram, Door::Ike, &SPI) {
        Answer::Unproven(why) => why,
        proven => panic!("{proven:?} of {datagram:?}"),
    }
}

#[test]
fn every_answer_of_an_epdg_is_told() {
    let cookie = vec![0xAB; 24];
    let hashes = NatHashes { responder: RESPONDER, source: Some([1; 20]), destination: Some([2; 20]) };
    let vectors = [
        (message(RESPONDER, &sa_init()), Answer::SaInit(hashes)),
        (message(NOBODY, &[notify(16390, &cookie)]), Answer::Cookie(cookie.clone())),
        (message(NOBODY, &[notify(14, &[])]), Answer::NoProposal),
        (message(NOBODY, &[notify(17, &[0, 14])]), Answer::InvalidKe(Some(14))),
        (message(NOBODY, &[notify(17, &[14])]), Answer::InvalidKe(None)),
        (message(NOBODY, &[notify(5, &[])]), Answer::InvalidMajor),
        (message(NOBODY, &[notify(7, &[])]), Answer::InvalidSyntax),
        (message(NOBODY, &[notify(16407, &[1, 4, 192, 0, 2, 9])]), Answer::Redirect),
        (message(NOBODY, &[notify(10500, &[])]), Answer::OtherError(10500)),
        // A vendor's own payload and status are passed over.
        (message(NOBODY, &[(43, vec![7; 9]), notify(40000, &[]), notify(14, &[])]), Answer::NoProposal),
    ];
    for (datagram, expected) in vectors {
        assert_eq!(read(&datagram, Door::Ike, &SPI), expected);
        let marked = [&NON_ESP_MARKER[..], &datagram].concat();
        assert_eq!(read(&marked, Door::NatTraversal, &SPI), expected, "on 4500");
        assert_eq!(
            read(&datagram, Door::NatTraversal, &SPI),
            Answer::Unproven(Unproven::NotIke),
            "on 4500 without the marker"
        );
        assert!(matches!(read(&marked, Door::Ike, &SPI), Answer::Unproven(_)), "with the marker on 500");
    }
}

#[test]
fn what_is_no_answer_of_an_epdg_proves_nothing() {
    let whole = message(RESPONDER, &sa_init());
    let with = |at: usize, byte: u8| {
        let mut datagram = whole.clone();
        datagram[at] = byte;
        datagram
    };
    let vectors = [
        (Vec::new(), Unproven::Short),
        (vec![0xFF], Unproven::Short),
        (whole[..27].to_vec(), Unproven::Short),
        (b"HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n".to_vec(), Unproven::NotIke),
        (with(0, 0), Unproven::ForeignSpi),
        (with(17, 0x10), Unproven::NotIke),
        (with(18, 35), Unproven::NotIke),
        (with(19, 0), Unproven::NotIke),
        (with(19, 0x28), Unproven::Echo),
        (with(23, 1), Unproven::NotIke),
        (with(27, 0), Unproven::Malformed),
        (with(31, 3), Unproven::Malformed),
        (with(30, 0xFF), Unproven::Malformed),
        (with(28, 0), Unproven::Malformed),
        (whole[..whole.len() - 1].to_vec(), Unproven::Malformed),
        ([&whole[..], &[0]].concat(), Unproven::Malformed),
        (message(RESPONDER, &[]), Unproven::Malformed),
        (message(NOBODY, &sa_init()), Unproven::Malformed),
        (message(RESPONDER, &sa_init()[..2]), Unproven::Malformed),
        (message(RESPONDER, &[notify(16390, &[])]), Unproven::Malformed),
        (message(RESPONDER, &[notify(16390, &[1; 65])]), Unproven::Malformed),
        (message(RESPONDER, &[(NOTIFY, vec![0, 9, 0, 14])]), Unproven::Malformed),
        (message(RESPONDER, &vec![(43, vec![]); 65]), Unproven::Malformed),
    ];
    for (at, (datagram, expected)) in vectors.iter().enumerate() {
        assert_eq!(unproven(datagram), *expected, "vector {at}");
    }
}

#[test]
fn a_cookie_is_taken_up_to_its_longest() {
    for length in [1, 64] {
        let datagram = message(NOBODY, &[notify(16390, &vec![3; length])]);
        assert_eq!(read(&datagram, Door::Ike, &SPI), Answer::Cookie(vec![3; length]));
    }
}

#[test]
fn our_own_request_sent_back_is_an_echo() {
    for door in [Door::Ike, Door::NatTraversal] {
        let request = Request::draw(&SystemEntropy, door, None).unwrap();
        assert_eq!(read(&request.datagram(), door, request.spi()), Answer::Unproven(Unproven::Echo));
    }
}

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn any_bytes_are_read_and_none_without_our_spi_prove_anything(
        bytes in prop::collection::vec(any::<u8>(), 0..600), nat in any::<bool>()
    ) {
        let door = if nat { Door::NatTraversal } else { Door::Ike };
        let answer = read(&bytes, door, &SPI);
        let has_spi = bytes.get(if nat { 4..12 } else { 0..8 }).is_some_and(|spi| spi == SPI);
        prop_assert!(has_spi || matches!(answer, Answer::Unproven(_)));
    }

    #[test]
    fn any_body_behind_a_good_header_is_read(kind in any::<u8>(), body in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut datagram = message(RESPONDER, &[(kind, body)]);
        if let Answer::Cookie(cookie) = read(&datagram, Door::Ike, &SPI) {
            prop_assert!((1..=LONGEST_COOKIE).contains(&cookie.len()));
        }
        datagram.truncate(datagram.len() - 1);
        prop_assert!(matches!(read(&datagram, Door::Ike, &SPI), Answer::Unproven(_)), "a byte is missing");
    }

    #[test]
    fn a_changed_byte_never_makes_an_answer_to_somebody_else_ours(at in 0usize..8, byte in any::<u8>()) {
        let mut datagram = message(RESPONDER, &sa_init());
        let is_same = datagram[at] == byte;
        datagram[at] = byte;
        let is_proven = !matches!(read(&datagram, Door::Ike, &SPI), Answer::Unproven(_));
        prop_assert_eq!(is_proven, is_same);
    }
}
