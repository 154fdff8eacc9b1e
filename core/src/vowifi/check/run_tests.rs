//! Whole checks against sockets of this machine: Wi-Fi is 127.0.0.1, mobile data 127.0.0.2.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use simple_dns::RCODE;

use super::super::dns::tests::{Lent, lent, resolver_of};
use super::super::findings::DoorFinding;
use super::super::packet::NON_ESP_MARKER;
use super::super::scripted::{Peer, RESPONDER, Script, message, sa_init, tuning};
use super::super::verdict::{Action, Verdict};
use super::*;
use crate::host::SystemEntropy;

fn answering(marker: &'static [u8]) -> Script {
    Box::new(move |datagram, _, _| {
        let from = marker.len();
        vec![[marker, &message(&datagram[from..from + 8], RESPONDER, &sa_init())].concat()]
    })
}

/// A Wi-Fi with a resolver and two doors, and mobile data with the same.
struct Scene {
    wifi: [Peer; 3],
    mobile: [Peer; 3],
    tuning: Tuning,
}

async fn three(ip: &str, ports: [u16; 3], scripts: [Script; 3]) -> [Peer; 3] {
    let [a, b, c] = scripts;
    [
        Peer::at(&format!("{ip}:{}", ports[0]), a).await,
        Peer::at(&format!("{ip}:{}", ports[1]), b).await,
        Peer::at(&format!("{ip}:{}", ports[2]), c).await,
    ]
}

async fn scene(wifi: [Script; 3]) -> Scene {
    let wifi = three("127.0.0.1", [0; 3], wifi).await;
    let ports = [0, 1, 2].map(|at: usize| wifi[at].address.port());
    let scripts = [resolver_of(&["127.0.0.2"], RCODE::NoError), answering(&[]), answering(&NON_ESP_MARKER)];
    let mobile = three("127.0.0.2", ports, scripts).await;
    Scene { tuning: tuning(ports[0], [ports[1], ports[2]]), wifi, mobile }
}

fn here() -> Script {
    resolver_of(&["127.0.0.1"], RCODE::NoError)
}

fn silent() -> Script {
    Box::new(|_, _, _| Vec::new())
}

fn check(network: Option<Lent>) -> NetworkCheck {
    NetworkCheck {
        permit: Permit::of_a_test(),
        host: EpdgHost::of_signed_data("epdg.operator.example").unwrap(),
        three_gpp: None,
        policy: ProbePolicy::default(),
        network: network.map(|network| Arc::new(network) as Arc<dyn ProbeNetwork>),
        entropy: Arc::new(SystemEntropy),
        control: Control::Default(Arc::new(|| async { Internet::Works }.boxed())),
        vpn: false,
        progress: Arc::new(|_| {}),
    }
}

fn phone() -> Lent {
    lent(&["127.0.0.1"], &["127.0.0.2"])
}

#[tokio::test]
async fn two_doors_that_open_at_once_need_no_mobile_data() {
    let scene = scene([here(), answering(&[]), answering(&NON_ESP_MARKER)]).await;
    let steps: Arc<Mutex<Vec<CheckStep>>> = Arc::default();
    let told = steps.clone();
    let progress: Progress = Arc::new(move |step| told.lock().unwrap().push(step));
    let checked = NetworkCheck { progress, ..check(Some(phone())) }.run_with(&scene.tuning, None).await.unwrap();
    assert_eq!((checked.judgement.verdict, checked.findings.unwrap().mobile), (Verdict::Open, None));
    assert_eq!(*steps.lock().unwrap(), [CheckStep::Name, CheckStep::Doors]);
    assert!(scene.mobile.iter().all(|peer| peer.heard().is_empty()));
}

#[tokio::test]
async fn doors_shut_here_and_open_over_mobile_data_are_blocked() {
    let began = Instant::now();
    let scene = scene([here(), silent(), silent()]).await;
    let checked = check(Some(phone())).run_with(&scene.tuning, None).await.unwrap();
    assert_eq!((checked.judgement.verdict, checked.judgement.action), (Verdict::Blocked, Action::AllowPorts));
    assert!(checked.findings.unwrap().mobile.unwrap().is_open());
    assert!(began.elapsed() < scene.tuning.whole + Duration::from_millis(500), "{:?}", began.elapsed());
    assert_eq!(scene.wifi[1].heard().len(), 3);
}

#[tokio::test]
async fn without_mobile_data_silence_is_probably_blocked_and_without_internet_nothing_at_all() {
    for (internet, expected) in [
        (Internet::Works, Verdict::ProbablyBlocked),
        (Internet::Fails, Verdict::Inconclusive),
        (Internet::NotTried, Verdict::Inconclusive),
    ] {
        let scene = scene([here(), silent(), silent()]).await;
        let network = Lent {
            bind: |path| if path == NetworkPath::Mobile { Err(BindFailure::NoNetwork) } else { Ok(()) },
            ..phone()
        };
        let control = Control::Default(Arc::new(move || async move { internet }.boxed()));
        let checked = NetworkCheck { control, ..check(Some(network)) }.run_with(&scene.tuning, None).await.unwrap();
        assert_eq!(checked.judgement.verdict, expected);
        assert_eq!(checked.findings.unwrap().mobile, None);
        assert!(scene.mobile.iter().all(|peer| peer.heard().is_empty()));
    }
}

#[tokio::test]
async fn a_filter_of_names_is_told_from_a_name_that_is_gone() {
    let scene = scene([resolver_of(&[], RCODE::NameError), silent(), silent()]).await;
    let checked = check(Some(phone())).run_with(&scene.tuning, None).await.unwrap();
    assert_eq!((checked.judgement.verdict, checked.judgement.action), (Verdict::Blocked, Action::AllowName));
    assert!(scene.wifi[1].heard().is_empty(), "no name, no knocking");
    let gone = Lent { resolvers: lent(&["127.0.0.1"], &["127.0.0.1"]).resolvers, ..phone() };
    let checked = check(Some(gone)).run_with(&scene.tuning, None).await.unwrap();
    assert_eq!((checked.judgement.verdict, checked.judgement.action), (Verdict::Inconclusive, Action::AskOperator));
    assert!(checked.judgement.is_data_stale);
}

#[tokio::test]
async fn what_keeps_the_app_from_the_wifi_is_the_diagnosis() {
    let vectors = [
        (BindFailure::Vpn, NotTested::Vpn),
        (BindFailure::NoNetwork, NotTested::NoNetwork),
        (BindFailure::Failed, NotTested::Phone),
    ];
    for (failure, why) in vectors {
        let scene = scene([here(), answering(&[]), answering(&NON_ESP_MARKER)]).await;
        let bind: fn(NetworkPath) -> Result<(), BindFailure> = match failure {
            BindFailure::Vpn => |_| Err(BindFailure::Vpn),
            BindFailure::NoNetwork => |_| Err(BindFailure::NoNetwork),
            BindFailure::Failed => |_| Err(BindFailure::Failed),
        };
        let checked = check(Some(Lent { bind, ..phone() })).run_with(&scene.tuning, None).await.unwrap();
        assert_eq!((checked.judgement.verdict, checked.findings), (Verdict::NotTested(why), None));
    }
}

#[tokio::test]
async fn a_vpn_or_the_switch_from_afar_sends_nothing() {
    let scene = scene([here(), answering(&[]), answering(&NON_ESP_MARKER)]).await;
    let off = ProbePolicy { is_enabled: false, ..ProbePolicy::default() };
    let checks = [
        (NetworkCheck { vpn: true, ..check(Some(phone())) }, NotTested::Vpn),
        (NetworkCheck { policy: off, ..check(Some(phone())) }, NotTested::SwitchedOff),
    ];
    for (check, why) in checks {
        let checked = check.run_with(&scene.tuning, None).await.unwrap();
        assert_eq!(checked.judgement.verdict, Verdict::NotTested(why));
    }
    assert!(scene.wifi.iter().chain(&scene.mobile).all(|peer| peer.heard().is_empty()));
}

#[tokio::test]
async fn every_socket_is_tied_to_its_network() {
    let scene = scene([here(), silent(), answering(&NON_ESP_MARKER)]).await;
    let network = Arc::new(phone());
    let check = NetworkCheck { network: Some(network.clone()), ..check(None) };
    check.run_with(&scene.tuning, None).await.unwrap();
    let tied = network.tied.lock().unwrap();
    let count = |path| tied.iter().filter(|tied| **tied == path).count();
    // The name in two families, and two doors, on each.
    assert!(count(NetworkPath::Wifi) >= 4 && count(NetworkPath::Mobile) >= 4, "{tied:?}");
}

#[tokio::test]
async fn what_3gpp_would_call_it_is_for_the_record_only() {
    let scene = scene([
        Box::new(|question, _, _| {
            let is_other = question.windows(11).any(|window| window == b"3gppnetwork");
            let (addresses, code): (&[&str], _) =
                if is_other { (&[], RCODE::NameError) } else { (&["127.0.0.1"], RCODE::NoError) };
            vec![super::super::dns::tests::reply(question, addresses, code)]
        }),
        answering(&[]),
        answering(&NON_ESP_MARKER),
    ])
    .await;
    let three_gpp = EpdgHost::of_signed_data("epdg.epc.mnc005.mcc206.pub.3gppnetwork.org");
    let checked = NetworkCheck { three_gpp, ..check(Some(phone())) }.run_with(&scene.tuning, None).await.unwrap();
    assert_eq!(checked.judgement.verdict, Verdict::Open);
    assert_eq!(checked.findings.unwrap().three_gpp_name, Some(NameFinding::NotFound));
}

#[tokio::test]
async fn an_open_way_does_not_wait_for_an_operator_that_does_not_answer() {
    let scene = scene([here(), answering(&[]), answering(&NON_ESP_MARKER)]).await;
    let control = Control::Default(Arc::new(|| std::future::pending().boxed()));
    let began = Instant::now();
    let checked = NetworkCheck { control, ..check(Some(phone())) }.run_with(&scene.tuning, None).await.unwrap();
    assert_eq!(checked.judgement.verdict, Verdict::Open);
    assert_eq!(checked.findings.unwrap().internet, Internet::NotTried);
    assert!(began.elapsed() < Duration::from_millis(1000), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_check_ends_with_its_token_and_at_the_latest_in_its_time() {
    let scene = scene([silent(), silent(), silent()]).await;
    let token = CancelToken::new();
    let began = Instant::now();
    let cancelling = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        token.cancel();
    };
    let (outcome, ()) = tokio::join!(check(Some(phone())).run_with(&scene.tuning, Some(token.clone())), cancelling);
    assert_eq!(outcome.map(drop), Err(Problem::cancelled()));
    assert!(began.elapsed() < Duration::from_millis(500));
    // Nobody answers anywhere, the operator's API included.
    let control = Control::Default(Arc::new(|| std::future::pending().boxed()));
    let nobody = Lent { resolvers: lent(&["127.0.0.1"], &["127.0.0.1"]).resolvers, ..phone() };
    let began = Instant::now();
    let checked = NetworkCheck { control, ..check(Some(nobody)) }.run_with(&scene.tuning, None).await.unwrap();
    assert!(began.elapsed() < scene.tuning.whole + Duration::from_millis(500), "{:?}", began.elapsed());
    assert_eq!(checked.judgement.verdict, Verdict::Inconclusive);
    let findings = checked.findings.unwrap();
    assert_eq!((findings.internet, findings.here.name), (Internet::Fails, NameFinding::Timeout));
    assert_eq!(findings.here.door_500, DoorFinding::NotTried);
}
