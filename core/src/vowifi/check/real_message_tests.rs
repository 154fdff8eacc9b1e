//! Single messages: what a real responder makes of ours, and of such as we never send.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::UdpSocket;

use super::super::answer::{Answer, NatHashes, read};
use super::super::packet::{self, Door, NON_ESP_MARKER, Request, address_hash};
use super::{BUSY_EPDG, EPDG, EPDG_V6};
use crate::host::SystemEntropy;

/// A connected socket with a request of its own.
struct Exchange {
    socket: UdpSocket,
    door: Door,
    request: Request,
}

impl Exchange {
    async fn with(address: &str, door: Door) -> Exchange {
        let to = SocketAddr::new(address.parse().unwrap(), door.port());
        let socket = UdpSocket::bind(if to.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" }).await.unwrap();
        socket.connect(to).await.unwrap();
        let from = socket.local_addr().unwrap();
        let request = Request::draw(&SystemEntropy, door, Some(packet::Way { from, to })).unwrap();
        Exchange { socket, door, request }
    }

    /// The bytes that come back; nothing when none do within a second. Sent anew in between, as the product does: strongSwan
    /// drops what comes while it is still busy with the last.
    async fn bytes(&self, datagram: &[u8]) -> io::Result<Option<Vec<u8>>> {
        let mut buffer = vec![0; 4096];
        for _ in 0..3 {
            self.socket.send(datagram).await?;
            let received = tokio::time::timeout(Duration::from_millis(400), self.socket.recv(&mut buffer)).await;
            if let Ok(length) = received {
                return length.map(|length| Some(buffer[..length].to_vec()));
            }
        }
        Ok(None)
    }

    async fn answer(&self, datagram: &[u8]) -> (usize, Answer) {
        let bytes = self
            .bytes(datagram)
            .await
            .unwrap()
            .unwrap_or_else(|| panic!("no answer from {:?}", self.socket.peer_addr()));
        (bytes.len(), read(&bytes, self.door, self.request.spi()))
    }
}

/// What is done to our request.
type Change = fn(&mut Vec<u8>);

/// Our request at 500, changed.
async fn answer_to(change: impl Fn(&mut Vec<u8>)) -> Answer {
    let exchange = Exchange::with(EPDG, Door::Ike).await;
    let mut datagram = exchange.request.datagram();
    change(&mut datagram);
    exchange.answer(&datagram).await.1
}

fn set_length(datagram: &mut [u8], at: usize, change: i32) {
    let length = i32::from(u16::from_be_bytes([datagram[at], datagram[at + 1]])) + change;
    datagram[at..at + 2].copy_from_slice(&(length as u16).to_be_bytes());
}

/// The key exchange becomes these bytes of that group.
fn set_key_exchange(datagram: &mut Vec<u8>, group: u8, value: &[u8]) {
    let change = value.len() as i32 - 256;
    datagram[81] = group;
    datagram.splice(84..340, value.iter().copied());
    set_length(datagram, 78, change);
    set_length(datagram, 26, change);
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn a_request_is_taken_at_both_doors_in_both_families() {
    for address in [EPDG, EPDG_V6] {
        for (door, expected) in [(Door::Ike, 448), (Door::NatTraversal, 452)] {
            let exchange = Exchange::with(address, door).await;
            let (length, answer) = exchange.answer(&exchange.request.datagram()).await;
            let Answer::SaInit(NatHashes { responder, source, destination }) = answer else { panic!("{answer:?}") };
            assert_eq!(length, expected, "{address} {door:?}");
            let hash = |end| Some(address_hash(exchange.request.spi(), &responder, end));
            assert_eq!(destination, hash(exchange.socket.local_addr().unwrap()), "it sees our address");
            assert_eq!(source, hash(exchange.socket.peer_addr().unwrap()));
        }
    }
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn the_same_bytes_again_get_the_same_answer() {
    let exchange = Exchange::with(EPDG, Door::Ike).await;
    let datagram = exchange.request.datagram();
    let first = exchange.bytes(&datagram).await.unwrap().unwrap();
    assert_eq!(exchange.bytes(&datagram).await.unwrap().unwrap(), first);
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn without_nat_detection_and_made_long_it_is_taken_too() {
    let exchange = Exchange::with(EPDG, Door::Ike).await;
    let (length, answer) = exchange.answer(&exchange.request.padded(1572)).await;
    assert!(matches!(answer, Answer::SaInit(_)), "{answer:?}");
    assert_eq!(length, 448);
    let mut exchange = Exchange::with(EPDG, Door::Ike).await;
    exchange.request = Request::draw(&SystemEntropy, Door::Ike, None).unwrap();
    let (length, answer) = exchange.answer(&exchange.request.datagram()).await;
    assert!(matches!(answer, Answer::SaInit(NatHashes { source: None, destination: None, .. })), "{answer:?}");
    assert_eq!(length, 392);
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn a_busy_one_asks_for_a_cookie_and_takes_the_request_with_it() {
    let first = Exchange::with(BUSY_EPDG, Door::Ike).await;
    first.answer(&first.request.datagram()).await;
    for (door, lengths) in [(Door::Ike, (60, 448)), (Door::NatTraversal, (64, 452))] {
        let exchange = Exchange::with(BUSY_EPDG, door).await;
        let (length, answer) = exchange.answer(&exchange.request.datagram()).await;
        let Answer::Cookie(cookie) = answer else { panic!("{answer:?}") };
        assert_eq!((length, cookie.len()), (lengths.0, 24));
        let (length, answer) = exchange.answer(&exchange.request.with_cookie(&cookie)).await;
        assert!(matches!(answer, Answer::SaInit(_)), "{answer:?}");
        assert_eq!(length, lengths.1);
    }
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn what_it_cannot_take_it_refuses_in_words() {
    let refusals: [(&str, Change); 6] = [
        ("3DES", |datagram| datagram[47] = 3),
        ("MD5", |datagram| (datagram[59], datagram[67]) = (1, 1)),
        ("group 2", |datagram| (datagram[75], datagram[81]) = (2, 2)),
        ("a public value of one", |datagram| {
            datagram[84..339].fill(0);
            datagram[339] = 1;
        }),
        ("a public value above the prime", |datagram| datagram[84..340].fill(0xFF)),
        ("no public value", |datagram| set_key_exchange(datagram, 14, &[])),
    ];
    for (what, change) in refusals {
        assert_eq!(answer_to(change).await, Answer::NoProposal, "{what}");
    }
    let other_group = answer_to(|datagram| {
        set_key_exchange(datagram, 19, &[0x42; 64]);
        // Group 19 offered in front of 14.
        datagram.splice(68..68, [3, 0, 0, 8, 4, 0, 0, 19]);
        datagram[39] = 5;
        for at in [26, 30, 34] {
            set_length(datagram, at, 8);
        }
    });
    assert_eq!(other_group.await, Answer::InvalidKe(Some(14)));
    assert_eq!(answer_to(|datagram| datagram[17] = 0x30).await, Answer::InvalidMajor);
    let cut = answer_to(|datagram| {
        datagram.truncate(300);
        set_length(datagram, 26, -132);
    });
    assert_eq!(cut.await, Answer::InvalidSyntax);
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn what_is_not_for_it_it_does_not_answer() {
    let silence: [(&str, Door, Change); 3] = [
        ("IKEv1", Door::Ike, |datagram| datagram[17] = 0x10),
        ("the marker at 500", Door::Ike, |datagram| {
            datagram.splice(0..0, NON_ESP_MARKER);
        }),
        ("a keepalive", Door::NatTraversal, |datagram| *datagram = vec![0xFF]),
    ];
    for (what, door, change) in silence {
        let exchange = Exchange::with(EPDG, door).await;
        let mut datagram = exchange.request.datagram();
        change(&mut datagram);
        assert_eq!(exchange.bytes(&datagram).await.unwrap(), None, "{what}");
        let (_, answer) = exchange.answer(&exchange.request.datagram()).await;
        assert!(matches!(answer, Answer::SaInit(_)), "after {what}: {answer:?}");
    }
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn a_closed_port_and_4500_without_the_marker_are_refused() {
    let closed = UdpSocket::bind("0.0.0.0:0").await.unwrap();
    closed.connect((EPDG, 501)).await.unwrap();
    let exchange = Exchange { socket: closed, ..Exchange::with(EPDG, Door::Ike).await };
    let error = exchange.bytes(&exchange.request.datagram()).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
    let exchange = Exchange::with(EPDG, Door::NatTraversal).await;
    let error = exchange.bytes(&exchange.request.datagram()[4..]).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused, "taken for ESP");
}
