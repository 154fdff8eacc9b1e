//! Knocking at sockets of this machine that behave in every way a door can.

use std::time::{Duration, Instant};

use futures_util::FutureExt;

use super::super::answer::Unproven;
use super::super::packet::NON_ESP_MARKER;
use super::super::scripted::{Peer, RESPONDER, Script, free_port, message, notify, sa_init, tuning};
use super::*;
use crate::host::{NetworkPath, SystemEntropy, pause};

const V4: &str = "127.0.0.1";

async fn knock_at(addresses: &[&str], ports: [u16; 2], whole: Duration) -> PathFindings {
    let (way, tuning) = (Way::new(None, NetworkPath::Wifi), tuning(0, ports));
    let end = pause(whole).boxed().shared();
    let sends_long_datagram = false;
    let knocker = Knocker { way: &way, entropy: &SystemEntropy, tuning: &tuning, end, sends_long_datagram };
    let addresses: Vec<IpAddr> = addresses.iter().map(|address| address.parse().unwrap()).collect();
    knocker.knock_at(&addresses).await.unwrap()
}

/// What the door at 500 says, when a socket follows that script; and what the socket heard.
async fn door(script: Script) -> (PathFindings, Vec<Vec<u8>>) {
    let (peer, other) = (Peer::at("127.0.0.1:0", script).await, Peer::silent().await);
    let ports = [peer.address.port(), other.address.port()];
    let findings = knock_at(&[V4], ports, Duration::from_secs(3)).await;
    (findings, peer.heard())
}

fn open(proof: Proof) -> DoorFinding {
    DoorFinding::Open(proof)
}

#[tokio::test]
async fn an_answer_opens_the_door_and_nothing_more_is_sent() {
    let (findings, heard) = door(Box::new(|datagram, _, _| vec![message(&datagram[..8], RESPONDER, &sa_init())])).await;
    assert_eq!((findings.door_500, findings.door_4500), (open(Proof::SaInit), DoorFinding::Silent));
    assert_eq!((heard.len(), heard[0].len()), (1, packet::LENGTH));
    assert_eq!(findings.nat, Some(true), "the hash is of no address of ours");
}

#[tokio::test]
async fn whoever_sees_our_own_address_shows_that_there_is_no_nat() {
    let (findings, _) = door(Box::new(|datagram, _, from| {
        let spi: [u8; 8] = datagram[..8].try_into().unwrap();
        let mut payloads = sa_init();
        payloads[4] = notify(16389, &address_hash(&spi, &RESPONDER, from));
        vec![message(&spi, RESPONDER, &payloads)]
    }))
    .await;
    assert_eq!(findings.nat, Some(false));
}

#[tokio::test]
async fn a_silent_door_gets_three_identical_datagrams_and_4500_the_marker() {
    let (ike, nat_traversal) = (Peer::silent().await, Peer::silent().await);
    let ports = [ike.address.port(), nat_traversal.address.port()];
    let findings = knock_at(&[V4], ports, Duration::from_secs(3)).await;
    assert_eq!((findings.door_500, findings.door_4500, findings.nat), (DoorFinding::Silent, DoorFinding::Silent, None));
    for (heard, marker) in [(ike.heard(), &[][..]), (nat_traversal.heard(), &NON_ESP_MARKER[..])] {
        assert_eq!(heard.len(), 3);
        assert!(heard.iter().all(|datagram| *datagram == heard[0]), "not the same bytes");
        assert_eq!(heard[0].len(), packet::LENGTH + marker.len());
        assert!(heard[0].starts_with(marker));
    }
    assert_ne!(ike.heard()[0][..8], nat_traversal.heard()[0][4..12], "an SPI for each door");
}

#[tokio::test]
async fn an_answer_to_the_third_datagram_counts() {
    let (findings, heard) =
        door(Box::new(
            |datagram, count, _| {
                if count < 2 { Vec::new() } else { vec![message(&datagram[..8], [0; 8], &[notify(14, &[])])] }
            },
        ))
        .await;
    assert_eq!((findings.door_500, heard.len()), (open(Proof::NoProposal), 3));
}

#[tokio::test]
async fn a_cookie_is_brought_back_once() {
    let cookie = |datagram: &[u8]| message(&datagram[..8], [0; 8], &[notify(16390, &[0xAB; 24])]);
    let (findings, heard) = door(Box::new(move |datagram, count, _| {
        if count == 0 { vec![cookie(datagram)] } else { vec![message(&datagram[..8], RESPONDER, &sa_init())] }
    }))
    .await;
    assert_eq!((findings.door_500, heard.len(), heard[1].len()), (open(Proof::SaInit), 2, 464));
    assert_eq!(heard[1][36..60], [0xAB; 24]);
    // One that is never content, and one that says nothing more.
    let scripts: [Script; 2] = [
        Box::new(move |datagram, _, _| vec![cookie(datagram)]),
        Box::new(move |datagram, count, _| if count == 0 { vec![cookie(datagram)] } else { Vec::new() }),
    ];
    for script in scripts {
        let (findings, heard) = door(script).await;
        assert_eq!((findings.door_500, heard.len()), (open(Proof::Cookie), 2));
    }
}

#[tokio::test]
async fn a_redirect_is_a_proof_and_is_not_followed() {
    let elsewhere = Peer::silent().await;
    let (findings, heard) =
        door(Box::new(|datagram, _, _| vec![message(&datagram[..8], [0; 8], &[notify(16407, &[1, 4, 127, 0, 0, 1])])]))
            .await;
    assert_eq!((findings.door_500, heard.len()), (open(Proof::Redirect), 1));
    assert!(elsewhere.heard().is_empty());
}

#[tokio::test]
async fn strange_answers_are_waited_out_and_the_right_one_counts() {
    let (findings, _) = door(Box::new(|datagram, _, _| {
        let good = message(&datagram[..8], RESPONDER, &sa_init());
        vec![b"HTTP/1.1 302 Found".to_vec(), message(&[7; 8], RESPONDER, &sa_init()), datagram.to_vec(), good]
    }))
    .await;
    assert_eq!(findings.door_500, open(Proof::SaInit));
    let (findings, heard) = door(Box::new(|datagram, _, _| vec![datagram.to_vec()])).await;
    assert_eq!((findings.door_500, heard.len()), (DoorFinding::Unproven(Unproven::Echo), 3));
}

#[tokio::test]
async fn a_flood_is_listened_to_for_a_while_only() {
    let began = Instant::now();
    let (findings, heard) = door(Box::new(|_, _, _| vec![vec![0xFF]; 40])).await;
    assert_eq!((findings.door_500, heard.len()), (DoorFinding::Unproven(Unproven::Short), 1));
    assert!(began.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn a_port_without_anybody_is_refused_and_believed_after_twice() {
    let began = Instant::now();
    let findings = knock_at(&[V4], [free_port(), free_port()], Duration::from_secs(3)).await;
    assert_eq!((findings.door_500, findings.door_4500), (DoorFinding::Refused, DoorFinding::Refused));
    assert!(began.elapsed() < Duration::from_millis(900), "{:?}", began.elapsed());
}

#[tokio::test]
async fn an_epdg_that_comes_up_after_a_refusal_is_heard() {
    let port = free_port();
    let other = Peer::silent().await;
    let late = async {
        tokio::time::sleep(Duration::from_millis(80)).await;
        let script: Script = Box::new(|datagram, _, _| vec![message(&datagram[..8], RESPONDER, &sa_init())]);
        Peer::at(&format!("127.0.0.1:{port}"), script).await
    };
    let ports = [port, other.address.port()];
    let (findings, _peer) = tokio::join!(knock_at(&[V4], ports, Duration::from_secs(3)), late);
    assert_eq!(findings.door_500, open(Proof::SaInit));
}

#[tokio::test]
async fn the_family_that_answers_counts() {
    let script = || -> Script { Box::new(|datagram, _, _| vec![message(&datagram[..8], RESPONDER, &sa_init())]) };
    let marked = || -> Script {
        Box::new(|datagram, _, _| {
            vec![[&NON_ESP_MARKER[..], &message(&datagram[4..12], RESPONDER, &sa_init())].concat()]
        })
    };
    // The same ports, open on IPv6 and silent on IPv4.
    let (ike, nat_traversal) = (Peer::at("[::1]:0", script()).await, Peer::at("[::1]:0", marked()).await);
    let ports = [ike.address.port(), nat_traversal.address.port()];
    let silent: Script = Box::new(|_, _, _| Vec::new());
    let v4 = Peer::at(&format!("127.0.0.1:{}", ports[0]), silent).await;
    let findings = knock_at(&["127.0.0.1", "::1"], ports, Duration::from_secs(3)).await;
    assert!(findings.is_open(), "{findings:?}");
    assert!(!v4.heard().is_empty());
    // Open on the first: the other is left alone.
    let (ike, nat_traversal) = (Peer::at("127.0.0.1:0", script()).await, Peer::at("127.0.0.1:0", marked()).await);
    let ports = [ike.address.port(), nat_traversal.address.port()];
    let v6 = Peer::at(&format!("[::1]:{}", ports[0]), Box::new(|_, _, _| Vec::new())).await;
    let findings = knock_at(&["::1", "127.0.0.1"], ports, Duration::from_secs(3)).await;
    assert!(findings.is_open(), "{findings:?}");
    assert!(v6.heard().is_empty(), "IPv4 is tried first");
}

#[tokio::test]
async fn the_end_of_the_check_ends_the_knocking() {
    let began = Instant::now();
    let peer = Peer::silent().await;
    let findings = knock_at(&[V4], [peer.address.port(); 2], Duration::from_millis(100)).await;
    assert_eq!(findings.door_500, DoorFinding::Silent);
    assert!(began.elapsed() < Duration::from_millis(700), "{:?}", began.elapsed());
}
