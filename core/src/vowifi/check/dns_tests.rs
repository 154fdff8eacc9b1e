//! Names looked up at resolvers of this machine that behave in every way a resolver can.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use simple_dns::rdata::{A, AAAA, RData};
use simple_dns::{CLASS, Name, Packet, PacketFlag, QTYPE, RCODE, ResourceRecord, TYPE};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::super::limits::EpdgHost;
use super::super::scripted::{Peer, Script, free_port, tuning};
use super::*;
use crate::host::{HostError, NetworkPath, ProbeNetwork, SystemEntropy};

/// A phone that lends these resolvers, and ties sockets as told.
pub(in super::super) struct Lent {
    pub resolvers: HashMap<NetworkPath, Vec<String>>,
    pub bind: fn(NetworkPath) -> Result<(), BindFailure>,
    pub tied: Mutex<Vec<NetworkPath>>,
}

impl ProbeNetwork for Lent {
    fn resolvers(&self, path: NetworkPath) -> Result<Vec<String>, HostError> {
        Ok(self.resolvers.get(&path).cloned().unwrap_or_default())
    }

    fn bind(&self, path: NetworkPath, socket: i32) -> Result<(), BindFailure> {
        assert!(socket > 2);
        self.tied.lock().unwrap().push(path);
        (self.bind)(path)
    }
}

pub(in super::super) fn lent(wifi: &[&str], mobile: &[&str]) -> Lent {
    let owned = |addresses: &[&str]| addresses.iter().map(|address| (*address).to_owned()).collect();
    let resolvers = HashMap::from([(NetworkPath::Wifi, owned(wifi)), (NetworkPath::Mobile, owned(mobile))]);
    Lent { resolvers, bind: |_| Ok(()), tied: Mutex::default() }
}

/// The answer to a question: these addresses of the family asked for, and that code.
pub(in super::super) fn reply(question: &[u8], addresses: &[&str], code: RCODE) -> Vec<u8> {
    let asked = Packet::parse(question).unwrap();
    let mut answer = Packet::new_reply(asked.id());
    let name: Name = asked.questions[0].qname.clone();
    let is_v4 = asked.questions[0].qtype == QTYPE::TYPE(TYPE::A);
    for address in addresses {
        let data = match address.parse().unwrap() {
            IpAddr::V4(ip) if is_v4 => RData::A(A { address: ip.into() }),
            IpAddr::V6(ip) if !is_v4 => RData::AAAA(AAAA { address: ip.into() }),
            _ => continue,
        };
        answer.answers.push(ResourceRecord::new(name.clone(), CLASS::IN, 60, data));
    }
    answer.questions = asked.questions;
    *answer.rcode_mut() = code;
    answer.build_bytes_vec().unwrap()
}

pub(in super::super) fn resolver_of(addresses: &'static [&'static str], code: RCODE) -> Script {
    Box::new(move |question, _, _| vec![reply(question, addresses, code)])
}

fn host() -> EpdgHost {
    EpdgHost::of_signed_data("epdg.operator.example").unwrap()
}

async fn ask(port: u16, resolvers: &[&str]) -> Named {
    let way = Way::new(Some(Arc::new(lent(resolvers, &[]))), NetworkPath::Wifi);
    look_up(host().as_str(), &way, &SystemEntropy, &tuning(port, [0, 0])).await
}

async fn found(script: Script) -> Named {
    let peer = Peer::at("127.0.0.1:0", script).await;
    ask(peer.address.port(), &["127.0.0.1"]).await
}

#[tokio::test]
async fn what_resolvers_say_is_told_apart() {
    let vectors: [(&'static [&'static str], RCODE, NameFinding); 8] = [
        (&["192.0.2.1"], RCODE::NoError, NameFinding::Found),
        (&["192.0.2.1", "2001:db8::1"], RCODE::NoError, NameFinding::Found),
        (&["2001:db8::1"], RCODE::NoError, NameFinding::Found),
        (&["0.0.0.0", "::"], RCODE::NoError, NameFinding::Sinkhole),
        (&["192.168.1.1"], RCODE::NoError, NameFinding::Sinkhole),
        (&[], RCODE::NameError, NameFinding::NotFound),
        (&[], RCODE::NoError, NameFinding::NotFound),
        (&[], RCODE::ServerFailure, NameFinding::ServerFailure),
    ];
    for (addresses, code, expected) in vectors {
        let named = found(resolver_of(addresses, code)).await;
        assert_eq!(named.finding, expected, "{addresses:?} {code:?}");
        let said = if expected == NameFinding::Found { addresses } else { &[] };
        let mut addresses: Vec<String> = named.addresses.iter().map(IpAddr::to_string).collect();
        addresses.sort();
        assert_eq!(addresses, said, "{code:?}");
    }
}

#[tokio::test]
async fn an_address_that_leads_somewhere_counts_beside_one_that_does_not() {
    let named = found(resolver_of(&["10.0.0.1", "192.0.2.1"], RCODE::NoError)).await;
    assert_eq!((named.finding, named.addresses.len()), (NameFinding::Found, 1));
}

#[tokio::test]
async fn a_resolver_that_says_nothing_is_asked_three_times_and_given_up_in_time() {
    let (peer, began) = (Peer::silent().await, Instant::now());
    let named = ask(peer.address.port(), &["127.0.0.1"]).await;
    assert_eq!((named.finding, peer.heard().len()), (NameFinding::Timeout, 6), "two families");
    assert!(began.elapsed() < Duration::from_millis(2500), "{:?}", began.elapsed());
}

#[tokio::test]
async fn the_next_resolver_is_asked_where_the_first_is_silent_or_fails() {
    for code in [None, Some(RCODE::ServerFailure)] {
        let first: Script = match code {
            None => Box::new(|_, _, _| Vec::new()),
            Some(code) => resolver_of(&[], code),
        };
        let first = Peer::at("127.0.0.1:0", first).await;
        let port = first.address.port();
        let second = Peer::at(&format!("127.0.0.2:{port}"), resolver_of(&["192.0.2.1"], RCODE::NoError)).await;
        let named = ask(port, &["127.0.0.1", "127.0.0.2"]).await;
        assert_eq!(named.finding, NameFinding::Found);
        assert!(!second.heard().is_empty());
    }
}

#[tokio::test]
async fn answers_that_are_not_to_the_question_are_passed_over() {
    let named = found(Box::new(|question, _, _| {
        let mut wrong_id = reply(question, &["192.0.2.66"], RCODE::NoError);
        wrong_id[0] ^= 0xFF;
        let wrong_name = reply(
            &super::question(u16::from_be_bytes([question[0], question[1]]), "other.example", Family::V4).unwrap(),
            &["192.0.2.66"],
            RCODE::NoError,
        );
        vec![wrong_id, wrong_name, vec![], b"junk".to_vec(), reply(question, &["192.0.2.1"], RCODE::NoError)]
    }))
    .await;
    assert_eq!(named.addresses, ["192.0.2.1".parse::<IpAddr>().unwrap()]);
}

#[tokio::test]
async fn ids_and_ports_are_not_the_same_twice() {
    let peer = Peer::silent().await;
    ask(peer.address.port(), &["127.0.0.1"]).await;
    let ids: std::collections::HashSet<_> = peer.heard().iter().map(|question| question[..2].to_vec()).collect();
    assert!(ids.len() > 4, "of six: {}", ids.len());
}

#[tokio::test]
async fn an_answer_too_long_for_a_datagram_is_had_over_tcp() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let _peer = Peer::at(
        &format!("127.0.0.1:{port}"),
        Box::new(|question, _, _| {
            let asked = Packet::parse(question).unwrap();
            let mut answer = Packet::new_reply(asked.id());
            answer.questions = asked.questions;
            answer.set_flags(PacketFlag::TRUNCATION);
            vec![answer.build_bytes_vec().unwrap()]
        }),
    )
    .await;
    let served = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let length = stream.read_u16().await.unwrap();
            let mut question = vec![0; usize::from(length)];
            stream.read_exact(&mut question).await.unwrap();
            let answer = reply(&question, &["192.0.2.1", "2001:db8::1"], RCODE::NoError);
            stream.write_all(&(answer.len() as u16).to_be_bytes()).await.unwrap();
            stream.write_all(&answer).await.unwrap();
        }
    });
    let named = ask(port, &["127.0.0.1"]).await;
    served.abort();
    assert_eq!((named.finding, named.addresses.len()), (NameFinding::Found, 2));
}

#[tokio::test]
async fn nobody_at_the_resolvers_address_is_a_failure_of_the_resolver() {
    assert_eq!(ask(free_port(), &["127.0.0.1"]).await.finding, NameFinding::ServerFailure);
}

#[tokio::test]
async fn a_phone_that_lends_no_usable_resolver_is_asked_itself_on_wifi_and_not_on_mobile_data() {
    let nowhere = lent(&["not an address", "fe80::1%wlan0"], &[]);
    let way = Way::new(Some(Arc::new(nowhere)), NetworkPath::Wifi);
    let name = EpdgHost::of_signed_data("epdg.invalid").unwrap();
    let named = look_up(name.as_str(), &way, &SystemEntropy, &tuning(0, [0, 0])).await;
    assert!(matches!(named.finding, NameFinding::Unresolved | NameFinding::Timeout), "{named:?}");
    let way = Way::new(Some(Arc::new(lent(&[], &[]))), NetworkPath::Mobile);
    assert_eq!(look_up(name.as_str(), &way, &SystemEntropy, &tuning(0, [0, 0])).await.finding, NameFinding::NotAsked);
}

#[tokio::test]
async fn a_socket_that_may_not_leave_is_told_as_that() {
    let peer = Peer::at("127.0.0.1:0", resolver_of(&["192.0.2.1"], RCODE::NoError)).await;
    let network = Lent { bind: |_| Err(BindFailure::Vpn), ..lent(&["127.0.0.1"], &[]) };
    let way = Way::new(Some(Arc::new(network)), NetworkPath::Wifi);
    let named = look_up(host().as_str(), &way, &SystemEntropy, &tuning(peer.address.port(), [0, 0])).await;
    assert_eq!(named.refused, Some(BindFailure::Vpn));
    assert!(peer.heard().is_empty());
}

#[test]
fn resolvers_are_addresses_with_or_without_the_number_of_an_interface() {
    let vectors = [
        ("192.0.2.53", Some("192.0.2.53:53")),
        ("2001:db8::53", Some("[2001:db8::53]:53")),
        ("fe80::1%7", Some("[fe80::1%7]:53")),
        ("fe80::1%wlan0", None),
        ("resolver.example", None),
        ("", None),
    ];
    for (given, expected) in vectors {
        assert_eq!(resolver(given, 53).map(|address| address.to_string()).as_deref(), expected, "{given}");
    }
}
