//! What the findings mean: one verdict, four lines of evidence, one thing to do. Pure, and never "blocked" unless something
//! else proves that the network or the ePDG works: the operator's API over the same network, or the ePDG over mobile data.

use serde::{Deserialize, Serialize};

use super::findings::{DoorFinding, Findings, Internet, NameFinding, PathFindings, Proof};

/// Whether this network lets Wi-Fi calling through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// The ePDG answers at both doors. It proves the way, not the subscription.
    Open,
    /// This network closes the way.
    Blocked,
    /// All points to it, without a proof.
    ProbablyBlocked,
    /// It cannot be told.
    Inconclusive,
    /// Nothing was sent.
    NotTested(NotTested),
}

/// Why nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NotTested {
    /// A VPN is on, or keeps the app from using the Wi-Fi.
    Vpn,
    /// There is no Wi-Fi.
    NoNetwork,
    /// The operator's data switches the check off.
    SwitchedOff,
    /// The last check is less than a minute ago.
    CoolingDown {
        /// Seconds still to wait.
        wait_s: u32,
    },
    /// Enough for this hour.
    HourlyLimit {
        /// Seconds still to wait.
        wait_s: u32,
    },
    /// The operator's data names no ePDG.
    NoHost,
    /// The phone could not do its part: no socket, no randomness.
    Phone,
}

/// The one thing to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// Airplane mode on, Wi-Fi on, see the phone say so, make a call.
    ProveInAirplaneMode,
    /// Pause the VPN, join the Wi-Fi again, check again.
    PauseVpn,
    /// Join a Wi-Fi first.
    JoinWifi,
    /// See that anything works on this Wi-Fi, sign in at its page.
    CheckInternet,
    /// The router or the company's firewall must let UDP 500 and 4500 out, with IPsec pass-through.
    AllowPorts,
    /// The DNS filter of this network must let the ePDG's name through.
    AllowName,
    /// Private DNS to automatic, other DNS apps off.
    UseAutomaticDns,
    /// The same check with mobile data, or on a colleague's hotspot.
    CompareOnMobileData,
    /// Another Wi-Fi.
    TryOtherWifi,
    /// The router's packet size (MTU), or another Wi-Fi.
    CheckPacketSize,
    /// Both ways are silent: the operator, not the Wi-Fi.
    AskOperator,
    /// Wait, then check again.
    TryLater,
    /// Nothing the person can do.
    Nothing,
}

/// One line of evidence, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Evidence {
    /// Whether the name was found.
    Name(NameFinding),
    /// UDP 500.
    Door500(DoorFinding),
    /// UDP 4500.
    Door4500(DoorFinding),
    /// What the ePDG says over mobile data.
    MobileData(MobileData),
}

/// The comparison, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MobileData {
    /// Not compared.
    NotTested,
    /// The ePDG answers at both doors.
    Answers,
    /// At one door only.
    AnswersInPart,
    /// No answer.
    Silent,
    /// The name is not found there either.
    NameNotFound,
}

/// What is shown and kept of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// What to do.
    pub action: Action,
    /// Four lines: name, 500, 4500, mobile data.
    pub evidence: [Evidence; 4],
    /// Whether what this app knows of the operator looks out of date: another proposal wanted, or the name gone everywhere.
    pub is_data_stale: bool,
}

/// Makes a verdict of what was found. There is one for everything.
pub fn judge(findings: &Findings) -> Judgement {
    let (verdict, action) = decide(findings);
    let here = &findings.here;
    Judgement {
        verdict,
        action,
        evidence: [
            Evidence::Name(here.name),
            Evidence::Door500(here.door_500),
            Evidence::Door4500(here.door_4500),
            Evidence::MobileData(mobile_data(findings.mobile)),
        ],
        is_data_stale: is_data_stale(findings),
    }
}

/// The judgement of a check that was not made.
pub fn not_tested(why: NotTested) -> Judgement {
    let action = match why {
        NotTested::Vpn => Action::PauseVpn,
        NotTested::NoNetwork => Action::JoinWifi,
        NotTested::CoolingDown { .. } | NotTested::HourlyLimit { .. } | NotTested::Phone => Action::TryLater,
        NotTested::SwitchedOff | NotTested::NoHost => Action::Nothing,
    };
    let not_tried = DoorFinding::NotTried;
    Judgement {
        verdict: Verdict::NotTested(why),
        action,
        evidence: [
            Evidence::Name(NameFinding::NotAsked),
            Evidence::Door500(not_tried),
            Evidence::Door4500(not_tried),
            Evidence::MobileData(MobileData::NotTested),
        ],
        is_data_stale: false,
    }
}

fn decide(findings: &Findings) -> (Verdict, Action) {
    if findings.vpn {
        return (Verdict::NotTested(NotTested::Vpn), Action::PauseVpn);
    }
    let mobile_name = findings.mobile.map(|mobile| mobile.name);
    let is_found_on_mobile = mobile_name == Some(NameFinding::Found);
    let has_internet = findings.internet == Internet::Works;
    // Where nothing comes through, that comes first: often the Wi-Fi's own page waits for a sign-in.
    let or_internet = |action| if findings.internet == Internet::Fails { Action::CheckInternet } else { action };
    let unsure = or_internet(Action::CompareOnMobileData);
    match findings.here.name {
        NameFinding::NotAsked => (Verdict::NotTested(NotTested::NoNetwork), Action::JoinWifi),
        NameFinding::Found => decide_by_doors(findings, or_internet),
        NameFinding::FamilyMismatch => (Verdict::Inconclusive, Action::TryOtherWifi),
        NameFinding::Sinkhole | NameFinding::NotFound if is_found_on_mobile => {
            (Verdict::Blocked, or_internet(Action::AllowName))
        }
        // Gone everywhere: not this Wi-Fi's doing.
        NameFinding::Sinkhole | NameFinding::NotFound if is_denied(mobile_name) => {
            (Verdict::Inconclusive, Action::AskOperator)
        }
        NameFinding::Sinkhole if has_internet => (Verdict::ProbablyBlocked, Action::AllowName),
        NameFinding::Sinkhole | NameFinding::NotFound => (Verdict::Inconclusive, unsure),
        NameFinding::ServerFailure | NameFinding::Timeout | NameFinding::Unresolved => match findings.internet {
            Internet::Fails => (Verdict::Inconclusive, Action::CheckInternet),
            _ if is_found_on_mobile => (Verdict::ProbablyBlocked, Action::UseAutomaticDns),
            _ => (Verdict::Inconclusive, Action::UseAutomaticDns),
        },
    }
}

fn decide_by_doors(findings: &Findings, or_internet: impl Fn(Action) -> Action) -> (Verdict, Action) {
    let here = &findings.here;
    let doors = [here.door_500, here.door_4500];
    if here.is_open() {
        return (Verdict::Open, Action::ProveInAirplaneMode);
    }
    if doors.contains(&DoorFinding::TooLarge) {
        return (Verdict::Inconclusive, Action::CheckPacketSize);
    }
    if doors.iter().any(|door| !door.is_open() && !door.is_shut()) {
        return (Verdict::Inconclusive, or_internet(Action::TryOtherWifi));
    }
    match findings.mobile.map(|mobile| compare(here, &mobile)) {
        Some(Comparison::OpenThere) => return (Verdict::Blocked, or_internet(Action::AllowPorts)),
        Some(Comparison::SameThere) => return (Verdict::Inconclusive, Action::AskOperator),
        Some(Comparison::Useless) | None => {}
    }
    let is_half_open = doors.iter().any(|door| door.is_open());
    if findings.internet != Internet::Works {
        // The answer at one door shows that the ePDG works; that the other door is shut may still be chance.
        let half = (Verdict::ProbablyBlocked, Action::AllowPorts);
        return if is_half_open { half } else { (Verdict::Inconclusive, or_internet(Action::CompareOnMobileData)) };
    }
    // Without translation of addresses a phone may stay at 500.
    let may_do_without = here.door_500.is_open() && here.nat == Some(false);
    if (is_half_open && !may_do_without) || doors.contains(&DoorFinding::Prohibited) {
        return (Verdict::Blocked, Action::AllowPorts);
    }
    let action =
        if is_half_open || findings.mobile.is_some() { Action::AllowPorts } else { Action::CompareOnMobileData };
    (Verdict::ProbablyBlocked, action)
}

/// What mobile data says of the doors that are shut here.
enum Comparison {
    /// One of them is open there: it is this network.
    OpenThere,
    /// All is as here: it is not this network.
    SameThere,
    /// Mobile data shows less than this network does.
    Useless,
}

fn compare(here: &PathFindings, mobile: &PathFindings) -> Comparison {
    let doors = [(here.door_500, mobile.door_500), (here.door_4500, mobile.door_4500)];
    if doors.iter().any(|(here, there)| here.is_shut() && there.is_open()) {
        Comparison::OpenThere
    } else if doors.iter().all(|(here, there)| here.is_open() == there.is_open() && *there != DoorFinding::NotTried) {
        Comparison::SameThere
    } else {
        Comparison::Useless
    }
}

/// Whether the other resolver says no, too.
fn is_denied(name: Option<NameFinding>) -> bool {
    matches!(name, Some(NameFinding::NotFound | NameFinding::Sinkhole))
}

fn is_data_stale(findings: &Findings) -> bool {
    let is_refused =
        |path: &PathFindings| [path.door_500, path.door_4500].contains(&DoorFinding::Open(Proof::NoProposal));
    let paths = [Some(findings.here), findings.mobile];
    let is_gone = findings.mobile.is_some_and(|mobile| mobile.name == NameFinding::NotFound)
        && findings.here.name == NameFinding::NotFound;
    is_gone || paths.iter().flatten().any(is_refused)
}

fn mobile_data(mobile: Option<PathFindings>) -> MobileData {
    match mobile {
        None => MobileData::NotTested,
        Some(path) if path.is_open() => MobileData::Answers,
        Some(path) if path.door_500.is_open() || path.door_4500.is_open() => MobileData::AnswersInPart,
        Some(path) if is_denied(Some(path.name)) => MobileData::NameNotFound,
        Some(PathFindings { name: NameFinding::NotAsked, .. }) => MobileData::NotTested,
        Some(_) => MobileData::Silent,
    }
}

#[cfg(test)]
#[path = "verdict_tests.rs"]
mod tests;
