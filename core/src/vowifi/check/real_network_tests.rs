//! Whole checks, with the product's own ports and times, of networks that close this or that.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt;

use super::super::findings::{DoorFinding, Findings, Internet, NameFinding, Proof};
use super::super::limits::{EpdgHost, Permit, ProbePolicy};
use super::super::verdict::{Action, Verdict};
use super::super::{Checked, Control, NetworkCheck};
use super::{Firewall, Phone, route};
use crate::host::{ProbeNetwork, SystemEntropy};

const MOBILE: bool = true;
const NO_MOBILE: bool = false;

fn check(name: &str, has_mobile_data: bool) -> NetworkCheck {
    // Something else at the far end of the Wi-Fi.
    let control = Control::Default(Arc::new(|| {
        let connecting = tokio::net::TcpStream::connect("192.0.2.2:53");
        async {
            let reached = tokio::time::timeout(Duration::from_secs(2), connecting).await;
            if reached.is_ok_and(|done| done.is_ok()) { Internet::Works } else { Internet::Fails }
        }
        .boxed()
    }));
    NetworkCheck {
        permit: Permit::of_a_test(),
        host: EpdgHost::of_signed_data(name).unwrap(),
        three_gpp: None,
        policy: ProbePolicy { sends_long_datagram: true, ..ProbePolicy::default() },
        network: Some(Arc::new(Phone { has_mobile_data }) as Arc<dyn ProbeNetwork>),
        entropy: Arc::new(SystemEntropy),
        control,
        vpn: false,
        progress: Arc::new(|_| {}),
    }
}

async fn checked(check: NetworkCheck) -> (Verdict, Action, Findings) {
    let began = Instant::now();
    let Checked { judgement, findings, .. } = check.run(None).await.unwrap();
    assert!(began.elapsed() < Duration::from_millis(8500), "{:?}", began.elapsed());
    (judgement.verdict, judgement.action, findings.unwrap())
}

/// The verdict on the ePDG with that name.
async fn of(name: &str, has_mobile_data: bool) -> (Verdict, Action, Findings) {
    checked(check(name, has_mobile_data)).await
}

const EPDG: &str = "epdg.operator.test";
const TAKEN: DoorFinding = DoorFinding::Open(Proof::SaInit);
const SILENT: DoorFinding = DoorFinding::Silent;

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn a_network_that_closes_nothing_is_open() {
    for name in [EPDG, "alias.operator.test", "v4.operator.test", "v6.operator.test"] {
        let (verdict, action, findings) = of(name, MOBILE).await;
        assert_eq!((verdict, action), (Verdict::Open, Action::ProveInAirplaneMode), "{name}");
        assert_eq!((findings.here.door_500, findings.here.door_4500), (TAKEN, TAKEN), "{name}");
        assert_eq!((findings.here.nat, findings.here.long_datagram), (Some(false), Some(true)), "{name}");
        assert_eq!((findings.mobile, findings.internet), (None, Internet::Works));
    }
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn an_epdg_that_asks_for_cookies_is_open_too() {
    for _ in 0..2 {
        // It is on a third network, so no socket is tied; its name comes from the phone's own resolver.
        let (verdict, _, findings) =
            checked(NetworkCheck { network: None, ..check("cookie.operator.test", MOBILE) }).await;
        assert_eq!((verdict, findings.here.door_500), (Verdict::Open, TAKEN), "the follow-up is taken");
    }
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn each_door_that_is_dropped_is_found_out() {
    let rule = |ports: &str| format!("iifname wifi udp dport {ports} drop");
    let vectors = [
        ("4500", (TAKEN, SILENT), Verdict::ProbablyBlocked),
        ("500", (SILENT, TAKEN), Verdict::Blocked),
        ("{ 500, 4500 }", (SILENT, SILENT), Verdict::ProbablyBlocked),
    ];
    for (ports, doors, alone) in vectors {
        let _firewall = Firewall::with(&[&rule(ports)]);
        let (verdict, action, findings) = of(EPDG, MOBILE).await;
        assert_eq!((findings.here.door_500, findings.here.door_4500), doors, "{ports}");
        assert!(findings.mobile.unwrap().is_open());
        assert_eq!((verdict, action), (Verdict::Blocked, Action::AllowPorts), "{ports}, compared with mobile data");
        let (verdict, _, findings) = of(EPDG, NO_MOBILE).await;
        assert_eq!((verdict, findings.mobile), (alone, None), "{ports}, without mobile data");
    }
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn behind_nat_4500_is_indispensable() {
    let _firewall = Firewall::that_translates().and(&["iifname wifi udp dport 4500 drop"]);
    let (verdict, _, findings) = of("v4.operator.test", NO_MOBILE).await;
    assert_eq!((verdict, findings.here.nat), (Verdict::Blocked, Some(true)));
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn an_epdg_that_is_silent_on_every_way_is_not_the_wifis_doing() {
    let _firewall = Firewall::with(&["udp dport { 500, 4500 } drop"]);
    let (verdict, action, findings) = of(EPDG, MOBILE).await;
    assert_eq!((verdict, action), (Verdict::Inconclusive, Action::AskOperator));
    assert_eq!((findings.here.door_500, findings.mobile.unwrap().door_500), (SILENT, SILENT));
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn refused_and_prohibited_are_told_apart_from_silence() {
    let vectors = [
        ("reject", DoorFinding::Refused, Verdict::ProbablyBlocked),
        ("reject with icmpx type admin-prohibited", DoorFinding::Prohibited, Verdict::Blocked),
    ];
    for (how, door, alone) in vectors {
        let _firewall = Firewall::with(&[&format!("iifname wifi udp dport {{ 500, 4500 }} {how}")]);
        for name in ["v4.operator.test", "v6.operator.test"] {
            let (verdict, _, findings) = of(name, NO_MOBILE).await;
            assert_eq!((findings.here.door_500, findings.here.door_4500), (door, door), "{how} {name}");
            assert_eq!(verdict, alone, "{how} {name}");
        }
        let (verdict, action, _) = of(EPDG, MOBILE).await;
        assert_eq!((verdict, action), (Verdict::Blocked, Action::AllowPorts), "{how}, compared with mobile data");
    }
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn long_datagrams_that_get_lost_are_noticed_and_leave_the_verdict() {
    let _firewall = Firewall::with(&["iifname wifi udp dport 4500 meta length > 1000 drop"]);
    let (verdict, _, findings) = of(EPDG, NO_MOBILE).await;
    assert_eq!((verdict, findings.here.long_datagram), (Verdict::Open, Some(false)));
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn a_filter_of_names_is_told_from_a_name_that_is_gone() {
    let vectors = [
        ("filtered.operator.test", NameFinding::NotFound, (Verdict::Blocked, Action::AllowName)),
        ("sinkhole.operator.test", NameFinding::Sinkhole, (Verdict::Blocked, Action::AllowName)),
        ("gone.operator.test", NameFinding::NotFound, (Verdict::Inconclusive, Action::AskOperator)),
        ("refused.elsewhere.test", NameFinding::ServerFailure, (Verdict::Inconclusive, Action::UseAutomaticDns)),
    ];
    for (name, finding, expected) in vectors {
        let (verdict, action, findings) = of(name, MOBILE).await;
        assert_eq!((findings.here.name, (verdict, action)), (finding, expected), "{name}");
    }
    let (verdict, action, _) = of("filtered.operator.test", NO_MOBILE).await;
    assert_eq!((verdict, action), (Verdict::Inconclusive, Action::CompareOnMobileData));
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn what_3gpp_would_call_it_does_not_exist_and_does_not_matter() {
    let three_gpp = EpdgHost::of_signed_data("epdg.epc.mnc005.mcc206.pub.3gppnetwork.org");
    let (verdict, _, findings) = checked(NetworkCheck { three_gpp, ..check(EPDG, MOBILE) }).await;
    assert_eq!((verdict, findings.three_gpp_name), (Verdict::Open, Some(NameFinding::NotFound)));
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn an_answer_of_sixty_addresses_comes_over_tcp() {
    // The first of the many may have nobody behind it, so the doors say nothing.
    let (_, _, findings) = of("long.operator.test", MOBILE).await;
    assert_eq!(findings.here.name, NameFinding::Found);
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn a_resolver_that_is_silent_and_a_wifi_without_internet_are_told_apart() {
    let firewall = Firewall::with(&["iifname wifi udp dport 53 drop"]);
    let (verdict, action, findings) = of(EPDG, MOBILE).await;
    assert_eq!((findings.here.name, findings.internet), (NameFinding::Timeout, Internet::Works));
    assert_eq!((verdict, action), (Verdict::ProbablyBlocked, Action::UseAutomaticDns));
    drop(firewall);
    let _firewall = Firewall::with(&["iifname wifi drop"]);
    let (verdict, action, findings) = of(EPDG, MOBILE).await;
    assert_eq!((findings.here.name, findings.internet), (NameFinding::Timeout, Internet::Fails));
    assert_eq!((verdict, action), (Verdict::Inconclusive, Action::CheckInternet));
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn the_phones_own_resolver_stands_in_and_tells_less() {
    let phone_alone = |name| checked(NetworkCheck { network: None, ..check(name, NO_MOBILE) });
    let (verdict, _, findings) = phone_alone(EPDG).await;
    assert_eq!((verdict, findings.here.name), (Verdict::Open, NameFinding::Found));
    for name in ["gone.operator.test", "filtered.operator.test"] {
        let (verdict, action, findings) = phone_alone(name).await;
        assert_eq!((verdict, action), (Verdict::Inconclusive, Action::UseAutomaticDns), "{name}");
        assert_eq!(findings.here.name, NameFinding::Unresolved);
    }
}

#[tokio::test]
#[ignore = "tests/run epdg starts a real ePDG"]
async fn an_address_of_a_family_without_a_route_is_told_as_that() {
    route("-6 route del default via 2001:db8:2::2 dev wifi");
    let (verdict, action, findings) = of("v6.operator.test", NO_MOBILE).await;
    let other_family = of(EPDG, NO_MOBILE).await.0;
    route("-6 route add default via 2001:db8:2::2 dev wifi metric 100");
    assert_eq!((findings.here.name, findings.here.door_500), (NameFinding::FamilyMismatch, DoorFinding::NoRoute));
    assert_eq!((verdict, action), (Verdict::Inconclusive, Action::TryOtherWifi));
    assert_eq!(other_family, Verdict::Open);
}
