//! A question to a resolver and what it says, in bytes (RFC 1035). An answer counts only when it is to this very question.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use simple_dns::rdata::RData;
use simple_dns::{CLASS, Name, Packet, PacketFlag, QCLASS, QTYPE, Question, RCODE, TYPE};

/// The family asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// A.
    V4,
    /// AAAA.
    V6,
}

/// What a resolver said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reply {
    /// At least one address.
    Addresses(Vec<IpAddr>),
    /// NXDOMAIN.
    NoName,
    /// There is the name, and no address of that family.
    NoAddress,
    /// It could not say, or its answer cannot be read.
    Failed,
    /// The answer is too long for a datagram: ask over TCP.
    Truncated,
}

/// The least a question and a record take: what claims to hold more of them than fit is not read.
const LEAST_QUESTION: usize = 5;
const LEAST_RECORD: usize = 11;
const HEADER: usize = 12;

impl Family {
    fn kind(self) -> QTYPE {
        QTYPE::TYPE(if self == Family::V4 { TYPE::A } else { TYPE::AAAA })
    }
}

/// The question; nothing for a name that DNS does not know how to write.
pub(super) fn question(id: u16, name: &str, family: Family) -> Option<Vec<u8>> {
    let mut packet = Packet::new_query(id);
    packet.set_flags(PacketFlag::RECURSION_DESIRED);
    packet.questions.push(Question::new(Name::new(name).ok()?, family.kind(), QCLASS::CLASS(CLASS::IN), false));
    packet.build_bytes_vec().ok()
}

/// Reads an answer; nothing when it is not one to this question.
pub(super) fn read(bytes: &[u8], id: u16, name: &str, family: Family) -> Option<Reply> {
    let header: &[u8; HEADER] = bytes.first_chunk()?;
    let [id_high, id_low, flags, _, counts @ ..] = header;
    if u16::from_be_bytes([*id_high, *id_low]) != id || flags & 0x80 == 0 {
        return None;
    }
    if !is_plausible(counts, bytes.len()) {
        return Some(Reply::Failed);
    }
    let Ok(packet) = Packet::parse(bytes) else { return Some(Reply::Failed) };
    let [asked] = &packet.questions[..] else {
        // A resolver that refuses may leave the question out.
        return (packet.questions.is_empty() && packet.rcode() != RCODE::NoError).then_some(Reply::Failed);
    };
    let is_ours = asked.qname.to_string().eq_ignore_ascii_case(name) && asked.qtype == family.kind();
    if !is_ours {
        return None;
    }
    if packet.has_flags(PacketFlag::TRUNCATION) {
        return Some(Reply::Truncated);
    }
    Some(match packet.rcode() {
        RCODE::NoError => {
            // Aliases are the resolver's matter: whoever could lie in them could lie in the addresses.
            let addresses: Vec<IpAddr> =
                packet.answers.iter().filter_map(|record| address(&record.rdata, family)).collect();
            if addresses.is_empty() { Reply::NoAddress } else { Reply::Addresses(addresses) }
        }
        RCODE::NameError => Reply::NoName,
        _ => Reply::Failed,
    })
}

fn is_plausible(counts: &[u8], length: usize) -> bool {
    let counts: Vec<usize> =
        counts.chunks_exact(2).map(|count| count.iter().fold(0, |sum, byte| (sum << 8) | usize::from(*byte))).collect();
    let [questions, records @ ..] = &counts[..] else { return false };
    let least = records.iter().fold(questions.saturating_mul(LEAST_QUESTION), |sum, count| {
        sum.saturating_add(count.saturating_mul(LEAST_RECORD))
    });
    least <= length.saturating_sub(HEADER)
}

fn address(record: &RData, family: Family) -> Option<IpAddr> {
    match (record, family) {
        (RData::A(a), Family::V4) => Some(Ipv4Addr::from(a.address).into()),
        (RData::AAAA(aaaa), Family::V6) => Some(Ipv6Addr::from(aaaa.address).into()),
        _ => None,
    }
}

/// Whether an address leads nowhere on the internet: what filters and sign-in pages answer instead of the real one.
pub(super) fn is_sinkhole(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(ip) => {
            let [first, second, ..] = ip.octets();
            first == 0
                || ip.is_loopback()
                || ip.is_private()
                || ip.is_link_local()
                || (first == 100 && (64..128).contains(&second))
                || first >= 224
        }
        IpAddr::V6(ip) => {
            ip.is_unspecified()
                || ip.is_loopback()
                || ip.is_unique_local()
                || ip.is_unicast_link_local()
                || ip.is_multicast()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use simple_dns::ResourceRecord;
    use simple_dns::rdata::{A, AAAA, CNAME};

    use super::*;
    use crate::trials::config;

    const NAME: &str = "epdg.example";

    /// An answer of these records, changed before it is written.
    fn answer(family: Family, records: Vec<RData<'static>>, change: impl Fn(&mut Packet)) -> Vec<u8> {
        let mut packet = Packet::new_reply(7);
        packet.questions.push(Question::new(Name::new_unchecked(NAME), family.kind(), QCLASS::CLASS(CLASS::IN), false));
        for data in records {
            packet.answers.push(ResourceRecord::new(Name::new_unchecked(NAME), CLASS::IN, 60, data));
        }
        change(&mut packet);
        packet.build_bytes_vec_compressed().unwrap()
    }

    fn said(bytes: &[u8]) -> Option<Reply> {
        read(bytes, 7, NAME, Family::V4)
    }

    fn a(address: &str) -> RData<'static> {
        RData::A(A { address: address.parse::<Ipv4Addr>().unwrap().into() })
    }

    fn unchanged(_: &mut Packet) {}

    #[test]
    fn a_question_is_these_bytes() {
        let expected = b"\x01\x02\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x04epdg\x07example\x00\x00\x1c\x00\x01";
        assert_eq!(question(0x0102, NAME, Family::V6).unwrap(), expected);
    }

    #[test]
    fn answers_to_this_question_are_told_apart() {
        let alias = RData::CNAME(CNAME(Name::new_unchecked("other.example")));
        let v6 = RData::AAAA(AAAA { address: 1 });
        let both = vec!["192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap()];
        let vectors = [
            (
                answer(Family::V4, vec![a("192.0.2.1"), alias.clone(), a("192.0.2.2")], unchanged),
                Reply::Addresses(both),
            ),
            (answer(Family::V4, vec![], unchanged), Reply::NoAddress),
            (answer(Family::V4, vec![alias, v6], unchanged), Reply::NoAddress),
            (answer(Family::V4, vec![], |packet| *packet.rcode_mut() = RCODE::NameError), Reply::NoName),
            (answer(Family::V4, vec![], |packet| *packet.rcode_mut() = RCODE::ServerFailure), Reply::Failed),
            (answer(Family::V4, vec![], |packet| *packet.rcode_mut() = RCODE::Refused), Reply::Failed),
            (answer(Family::V4, vec![], |packet| packet.set_flags(PacketFlag::TRUNCATION)), Reply::Truncated),
        ];
        for (bytes, expected) in vectors {
            assert_eq!(said(&bytes), Some(expected));
        }
        let refused = answer(Family::V4, vec![], |packet| {
            packet.questions.clear();
            *packet.rcode_mut() = RCODE::Refused;
        });
        assert_eq!(said(&refused), Some(Reply::Failed), "without the question");
        let shouted = answer(Family::V4, vec![a("192.0.2.1")], |packet| {
            packet.questions[0].qname = Name::new_unchecked("EPDG.Example");
        });
        assert!(matches!(said(&shouted), Some(Reply::Addresses(_))), "case is no difference");
    }

    #[test]
    fn what_answers_another_question_is_no_answer() {
        let good = answer(Family::V4, vec![a("192.0.2.1")], unchanged);
        assert_eq!(read(&good, 8, NAME, Family::V4), None, "another id");
        assert_eq!(read(&good, 7, "other.example", Family::V4), None, "another name");
        assert_eq!(read(&good, 7, NAME, Family::V6), None, "another family");
        assert_eq!(said(&question(7, NAME, Family::V4).unwrap()), None, "the question itself");
        let without = answer(Family::V4, vec![a("192.0.2.1")], |packet| packet.questions.clear());
        assert_eq!(said(&without), None, "no question");
    }

    #[test]
    fn counts_that_cannot_be_and_bytes_that_end_early_are_a_failure() {
        let good = answer(Family::V4, vec![a("192.0.2.1")], unchanged);
        let mut many = good.clone();
        many[6..8].copy_from_slice(&[0xFF, 0xFF]);
        assert_eq!(said(&many), Some(Reply::Failed));
        assert_eq!(said(&good[..good.len() - 1]), Some(Reply::Failed));
        assert_eq!(said(&good[..11]), None);
    }

    #[test]
    fn addresses_that_lead_nowhere_are_sinkholes() {
        let sinkholes = [
            "0.0.0.0",
            "0.1.2.3",
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.1.1",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
            "::ffff:10.0.0.1",
        ];
        let real = [
            "8.8.8.8",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "223.255.255.255",
            "2a02::1",
            "::ffff:8.8.8.8",
        ];
        for (addresses, expected) in [(&sinkholes[..], true), (&real[..], false)] {
            for address in addresses {
                assert_eq!(is_sinkhole(address.parse().unwrap()), expected, "{address}");
            }
        }
    }

    proptest! {
        #![proptest_config(config(3000))]

        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400), at in 0usize..60, byte in any::<u8>()) {
            let _ = said(&bytes);
            // Such that get past the header.
            let mut led = answer(Family::V4, vec![a("192.0.2.1")], unchanged);
            led.truncate(at.max(20));
            led.extend(&bytes);
            led[2] = 0x81;
            let _ = said(&led);
            let mut changed = answer(Family::V4, vec![a("192.0.2.1"), a("192.0.2.2")], unchanged);
            let at = at % changed.len();
            changed[at] = byte;
            let _ = said(&changed);
        }
    }
}
