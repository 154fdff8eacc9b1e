//! The verdict table: each row of it, and what holds for every finding there can be.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::answer::Unproven;
use super::*;
use crate::trials::config;

fn door(word: &str) -> DoorFinding {
    let finding = match word {
        "saInit" | "cookie" | "noProposal" | "invalidKe" | "invalidMajor" | "invalidSyntax" | "redirect" => {
            json!({ "open": word })
        }
        "otherError" => json!({ "open": { "otherError": 10500 } }),
        "foreignSpi" | "notIke" | "short" | "echo" | "malformed" => {
            let capital = word[..1].to_uppercase() + &word[1..];
            json!({ "unproven": capital })
        }
        word => json!(word),
    };
    serde_json::from_value(finding).unwrap_or_else(|error| panic!("{word}: {error}"))
}

fn word<T: serde::de::DeserializeOwned>(word: &str) -> T {
    serde_json::from_value(json!(word)).unwrap_or_else(|error| panic!("{word}: {error}"))
}

fn path(name: &str, door_500: &str, door_4500: &str) -> PathFindings {
    PathFindings { door_500: door(door_500), door_4500: door(door_4500), ..PathFindings::name_only(word(name)) }
}

fn findings(columns: &[&str]) -> Findings {
    let [name, door_500, door_4500, internet, mobile, nat, vpn] = columns else { panic!("{columns:?}") };
    let nat = match *nat {
        "?" => None,
        nat => Some(nat == "yes"),
    };
    let mobile = (*mobile != "-").then(|| {
        let [name, door_500, door_4500] = mobile.split('/').collect::<Vec<_>>()[..] else { panic!("{mobile}") };
        path(name, door_500, door_4500)
    });
    let here = PathFindings { nat, ..path(name, door_500, door_4500) };
    Findings { here, mobile, internet: word(internet), three_gpp_name: None, vpn: *vpn == "vpn" }
}

#[test]
fn every_row_of_the_table_has_its_verdict() {
    let rows = include_str!("verdicts.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut count = 0;
    for row in rows {
        let (given, expected) = row.split_once(" => ").unwrap();
        let judged = judge(&findings(&given.split(' ').collect::<Vec<_>>()));
        let verdict = match judged.verdict {
            Verdict::NotTested(_) => json!("notTested"),
            verdict => json!(verdict),
        };
        let said = [verdict, json!(judged.action)].map(|word| word.as_str().unwrap().to_owned()).join(" ");
        assert_eq!(said, expected, "{given}");
        count += 1;
    }
    assert!(count >= 70, "{count} rows");
}

#[test]
fn evidence_is_four_lines_of_what_was_found() {
    let judged = judge(&findings(&["found", "silent", "refused", "works", "found/saInit/silent", "?", "-"]));
    let expected = json!([
        { "name": "found" }, { "door500": "silent" }, { "door4500": "refused" }, { "mobileData": "answersInPart" }
    ]);
    assert_eq!(serde_json::to_value(judged.evidence).unwrap(), expected);
    let mobile = |column| match judge(&findings(&["found", "silent", "silent", "works", column, "?", "-"])).evidence[3]
    {
        Evidence::MobileData(mobile) => mobile,
        other => panic!("{other:?}"),
    };
    let vectors = [
        ("-", MobileData::NotTested),
        ("found/saInit/cookie", MobileData::Answers),
        ("found/silent/saInit", MobileData::AnswersInPart),
        ("found/silent/refused", MobileData::Silent),
        ("notFound/notTried/notTried", MobileData::NameNotFound),
        ("notAsked/notTried/notTried", MobileData::NotTested),
    ];
    for (column, expected) in vectors {
        assert_eq!(mobile(column), expected, "{column}");
    }
}

#[test]
fn another_proposal_wanted_or_a_name_gone_everywhere_means_stale_data() {
    let vectors = [
        (["found", "noProposal", "saInit", "works", "-", "?", "-"], true),
        (["found", "silent", "silent", "works", "found/noProposal/silent", "?", "-"], true),
        (["notFound", "notTried", "notTried", "works", "notFound/notTried/notTried", "?", "-"], true),
        (["notFound", "notTried", "notTried", "works", "found/saInit/saInit", "?", "-"], false),
        (["notFound", "notTried", "notTried", "works", "-", "?", "-"], false),
        (["found", "saInit", "saInit", "works", "-", "?", "-"], false),
    ];
    for (columns, expected) in vectors {
        assert_eq!(judge(&findings(&columns)).is_data_stale, expected, "{columns:?}");
    }
}

#[test]
fn a_check_that_was_not_made_says_why_and_what_to_do() {
    let vectors = [
        (NotTested::Vpn, Action::PauseVpn),
        (NotTested::NoNetwork, Action::JoinWifi),
        (NotTested::CoolingDown { wait_s: 7 }, Action::TryLater),
        (NotTested::HourlyLimit { wait_s: 7 }, Action::TryLater),
        (NotTested::SwitchedOff, Action::Nothing),
    ];
    for (why, action) in vectors {
        let judged = not_tested(why);
        assert_eq!((judged.verdict, judged.action), (Verdict::NotTested(why), action));
    }
}

const PROOFS: [Proof; 8] = [
    Proof::SaInit,
    Proof::Cookie,
    Proof::NoProposal,
    Proof::InvalidKe,
    Proof::InvalidMajor,
    Proof::InvalidSyntax,
    Proof::Redirect,
    Proof::OtherError(24),
];

fn any_door() -> impl Strategy<Value = DoorFinding> {
    prop_oneof![
        3 => prop::sample::select(&PROOFS[..]).prop_map(DoorFinding::Open),
        3 => prop::sample::select(vec![DoorFinding::Silent, DoorFinding::Refused, DoorFinding::Prohibited]),
        1 => prop::sample::select(vec![
            DoorFinding::Unproven(Unproven::NotIke),
            DoorFinding::NoRoute,
            DoorFinding::TooLarge,
            DoorFinding::NotTried,
        ]),
    ]
}

fn any_name() -> impl Strategy<Value = NameFinding> {
    use NameFinding::*;
    let others = vec![Sinkhole, NotFound, ServerFailure, Timeout, Unresolved, FamilyMismatch, NotAsked];
    prop_oneof![3 => Just(Found), 2 => prop::sample::select(others)]
}

fn any_path() -> impl Strategy<Value = PathFindings> {
    let nat = prop::option::of(any::<bool>());
    (any_name(), any_door(), any_door(), nat, prop::option::of(any::<bool>())).prop_map(
        |(name, door_500, door_4500, nat, long_datagram)| PathFindings {
            name,
            door_500,
            door_4500,
            nat,
            long_datagram,
        },
    )
}

fn any_findings() -> impl Strategy<Value = Findings> {
    let internet = prop::sample::select(vec![Internet::Works, Internet::Fails, Internet::NotTried]);
    let vpn = prop::bool::weighted(0.1);
    (any_path(), prop::option::of(any_path()), internet, prop::option::of(any_name()), vpn).prop_map(
        |(here, mobile, internet, three_gpp_name, vpn)| Findings { here, mobile, internet, three_gpp_name, vpn },
    )
}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn nothing_is_blocked_without_a_positive_control(findings in any_findings()) {
        let on_mobile = findings.mobile.is_some_and(|mobile| {
            mobile.name == NameFinding::Found || mobile.door_500.is_open() || mobile.door_4500.is_open()
        });
        let has_control = findings.internet == Internet::Works || on_mobile;
        prop_assert!(judge(&findings).verdict != Verdict::Blocked || has_control);
    }

    #[test]
    fn what_3gpp_would_call_it_changes_nothing(findings in any_findings()) {
        let without = Findings { three_gpp_name: None, ..findings };
        let missing = Findings { three_gpp_name: Some(NameFinding::NotFound), ..findings };
        prop_assert_eq!(judge(&missing), judge(&without));
    }

    #[test]
    fn two_open_doors_are_open_and_less_never_is(findings in any_findings()) {
        let here = findings.here;
        let is_open = here.name == NameFinding::Found && here.is_open() && !findings.vpn;
        prop_assert_eq!(judge(&findings).verdict == Verdict::Open, is_open);
    }

    #[test]
    fn a_door_that_opens_never_closes_the_way(findings in any_findings(), at_500 in any::<bool>()) {
        let mut more = findings;
        let door = if at_500 { &mut more.here.door_500 } else { &mut more.here.door_4500 };
        *door = DoorFinding::Open(Proof::SaInit);
        let (before, after) = (judge(&findings).verdict, judge(&more).verdict);
        prop_assert!(before != Verdict::Open || after == Verdict::Open);
        prop_assert!(matches!(before, Verdict::NotTested(_)) == matches!(after, Verdict::NotTested(_)));
    }

    #[test]
    fn whoever_is_not_blocked_gets_no_order_to_open_ports(findings in any_findings()) {
        let judged = judge(&findings);
        let is_bad = matches!(judged.verdict, Verdict::Blocked | Verdict::ProbablyBlocked);
        prop_assert!(judged.action != Action::AllowPorts || is_bad);
        prop_assert_eq!(judged.action == Action::ProveInAirplaneMode, judged.verdict == Verdict::Open);
    }

    #[test]
    fn a_result_is_kept_as_it_is(findings in any_findings()) {
        let judged = judge(&findings);
        let kept: Value = serde_json::to_value(&judged).unwrap();
        prop_assert_eq!(serde_json::from_value::<Judgement>(kept).unwrap(), judged);
    }
}
