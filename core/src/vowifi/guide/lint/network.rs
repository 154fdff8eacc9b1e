//! The network is asked at the operator's own gateways alone, and within bounds that no file can widen.

use super::{Faults, Rule};
use crate::vowifi::guide::model::ProbePolicy;

const MOST_PER_HOUR: u8 = 5;
const LEAST_COOL_DOWN_SECONDS: u16 = 60;
const LONGEST_MS: u16 = 8_000;

pub(super) fn check(faults: &mut Faults<'_>) {
    let file = faults.file;
    faults.once("operators", file.operators.iter().map(|operator| operator.id.as_str()));
    let plmns = || file.operators.iter().flat_map(|operator| &operator.plmns);
    faults.once("operators.plmns", plmns().map(|plmn| plmn.as_str()));
    for operator in &file.operators {
        let place = format!("operators.{}", operator.id.as_str());
        faults.sourced(&operator.sources, &place);
        let are_plmns = !operator.plmns.is_empty() && operator.plmns.iter().all(|plmn| is_plmn(plmn.as_str()));
        faults.require(are_plmns, &place, Rule::Plmn);
        let has_one_name = operator.spn_pattern.as_str().matches("%s").count() == 1;
        faults.require(has_one_name, format_args!("{place}.spnPattern"), Rule::NoVariant);
        // IKEv2 begins on 500 and goes on at 4500 behind a NAT (RFC 7296 §2.23): nothing else is asked.
        let ports = !operator.ports.is_empty() && operator.ports.iter().all(|port| matches!(port, 500 | 4500));
        let differ = operator.ports.first() != operator.ports.get(1);
        faults.require(ports && differ, format_args!("{place}.ports"), Rule::OutOfBounds);
        for answer in &operator.emergency_over_wifi {
            let known = answer.answer != crate::vowifi::guide::model::EmergencyAnswer::Unknown;
            faults.require(!known || !answer.sources.is_empty(), &place, Rule::NoSource);
        }
        for published in &operator.published {
            faults.sourced(&published.sources, &place);
        }
        for (index, epdg) in operator.epdg.iter().enumerate() {
            let place = format!("{place}.epdg[{index}]");
            faults.require(is_gateway(epdg.host.as_str()), &place, Rule::Host);
            faults.sourced(&epdg.sources, &place);
            faults.require(epdg.until.is_none_or(|until| epdg.from < until), &place, Rule::EmptyRange);
        }
    }
    faults.require(is_within_bounds(&file.probe_policy), "probePolicy", Rule::OutOfBounds);
}

fn is_within_bounds(policy: &ProbePolicy) -> bool {
    let sends = &policy.resend_ms;
    (1..=MOST_PER_HOUR).contains(&policy.max_per_hour)
        && policy.cool_down_seconds >= LEAST_COOL_DOWN_SECONDS
        && sends.first() == Some(&0)
        && sends.is_sorted_by(|earlier, later| earlier < later)
        && sends.last().is_some_and(|last| *last < policy.give_up_ms)
        && (1..=LONGEST_MS).contains(&policy.give_up_ms)
        && (1..=LONGEST_MS).contains(&policy.dns_ms)
}

/// Country (three digits) and network (two or three).
pub(super) fn is_plmn(text: &str) -> bool {
    matches!(text.len(), 5 | 6) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A name in the DNS (RFC 1123 §2.1) of more than one label, in lower case, whose last label is no number: never an address.
/// The emergency gateway (`sos.`, TS 23.003 §19.4.2.9a) is never asked.
fn is_gateway(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.len() <= 253
        && host.contains('.')
        && host.split('.').all(is_label)
        && host.split('.').all(|label| label != "sos")
        && host
            .rsplit('.')
            .next()
            .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_name_of_a_gateway_is_asked() {
        let vectors = [
            ("epdg.telco.telenet-ops.be", true),
            ("epdg.epc.mnc001.mcc206.pub.3gppnetwork.org", true),
            ("sos.epdg.epc.mnc001.mcc206.pub.3gppnetwork.org", false),
            ("epdg.sos.example.org", false),
            ("EPDG.telco.telenet-ops.be", false),
            ("localhost", false),
            ("192.0.2.1", false),
            ("3221225985.1", false),
            ("epdg.0x7f", false),
            ("2001:db8::1", false),
            ("[::1]", false),
            ("epdg.example.org.", false),
            (".example.org", false),
            ("epdg..example.org", false),
            ("-epdg.example.org", false),
            ("epdg-.example.org", false),
            ("epdg.example.org:500", false),
            ("epdg.exämple.org", false),
            ("epdg.example.org/x", false),
            ("", false),
        ];
        for (host, expected) in vectors {
            assert_eq!(is_gateway(host), expected, "{host}");
        }
        let long = format!("{}.be", "a".repeat(64));
        assert!(!is_gateway(&long) && is_gateway(&long[1..]));
    }

    #[test]
    fn no_file_widens_the_bounds() {
        let policy = |max_per_hour, cool_down_seconds, resend_ms: &[u16], give_up_ms, dns_ms| ProbePolicy {
            enabled: true,
            max_per_hour,
            cool_down_seconds,
            resend_ms: resend_ms.to_vec(),
            give_up_ms,
            dns_ms,
            padded: false,
        };
        let vectors = [
            (policy(5, 60, &[0, 700, 2_000], 4_000, 5_000), true),
            (policy(1, 600, &[0], 1, 1), true),
            (policy(6, 60, &[0, 700, 2_000], 4_000, 5_000), false),
            (policy(0, 60, &[0, 700, 2_000], 4_000, 5_000), false),
            (policy(5, 59, &[0, 700, 2_000], 4_000, 5_000), false),
            (policy(5, 60, &[], 4_000, 5_000), false),
            (policy(5, 60, &[1, 700], 4_000, 5_000), false),
            (policy(5, 60, &[0, 0], 4_000, 5_000), false),
            (policy(5, 60, &[0, 2_000, 700], 4_000, 5_000), false),
            (policy(5, 60, &[0, 700, 4_000], 4_000, 5_000), false),
            (policy(5, 60, &[0, 700, 2_000], 8_001, 5_000), false),
            (policy(5, 60, &[0, 700, 2_000], 4_000, 0), false),
        ];
        for (policy, expected) in vectors {
            assert_eq!(is_within_bounds(&policy), expected, "{policy:?}");
        }
    }
}
