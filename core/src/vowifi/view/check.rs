//! A network check in words: one sentence, one action, four lines of evidence. A red one names what it rests on.

use super::{NetworkCheckView, NetworkVerdict};
use crate::host::ClockReading;
use crate::text::explain::duration;
use crate::text::{Language, Text, messages as m};
use crate::vowifi::check::findings::{DoorFinding, NameFinding};
use crate::vowifi::check::verdict::{Action, Evidence, Judgement, MobileData, NotTested, Verdict, not_tested};
use crate::vowifi::memory::{KeptCheck, NotMade};

/// Why a check that was asked for was not made, as it stands by now: a wait grows shorter, and ends.
pub(super) fn still_so(tried: &NotMade, now: &ClockReading) -> Option<NotTested> {
    let gone_ms = if tried.at.boot_id == now.boot_id {
        now.elapsed_ms.saturating_sub(tried.at.elapsed_ms)
    } else {
        now.wall_ms.saturating_sub(tried.at.wall_ms)
    };
    let gone_s = u32::try_from(gone_ms / 1000).unwrap_or_default();
    let left = |wait_s: u32| wait_s.checked_sub(gone_s).filter(|wait_s| *wait_s > 0);
    match tried.why {
        NotTested::CoolingDown { wait_s } => left(wait_s).map(|wait_s| NotTested::CoolingDown { wait_s }),
        NotTested::HourlyLimit { wait_s } => left(wait_s).map(|wait_s| NotTested::HourlyLimit { wait_s }),
        why => Some(why),
    }
}

/// Of a check that was not made, where none was made before.
pub(super) fn not_made(why: NotTested, language: Language) -> NetworkCheckView {
    of_judgement(&not_tested(why), None, None, language)
}

pub(super) fn view(
    kept: &KeptCheck,
    not_made: Option<NotTested>,
    moment: &Text,
    language: Language,
) -> NetworkCheckView {
    of_judgement(&kept.judgement, not_made, Some(moment), language)
}

fn of_judgement(
    judgement: &Judgement,
    not_made: Option<NotTested>,
    moment: Option<&Text>,
    language: Language,
) -> NetworkCheckView {
    let (verdict, sentence) = verdict(judgement.verdict, language);
    NetworkCheckView {
        verdict,
        sentence,
        action: action(judgement.action, language),
        evidence: judgement.evidence.iter().map(|line| evidence(*line, language)).collect(),
        checked: moment.map(|moment| m::wifi_checked(language, moment)),
        not_made: not_made.map(|why| self::verdict(Verdict::NotTested(why), language).1),
    }
}

fn verdict(verdict: Verdict, language: Language) -> (NetworkVerdict, Text) {
    match verdict {
        Verdict::Open => (NetworkVerdict::Open, m::wifi_verdict_open(language)),
        Verdict::Blocked => (NetworkVerdict::Blocked, m::wifi_verdict_blocked(language)),
        Verdict::ProbablyBlocked => (NetworkVerdict::ProbablyBlocked, m::wifi_verdict_probably_blocked(language)),
        Verdict::Inconclusive => (NetworkVerdict::Inconclusive, m::wifi_verdict_inconclusive(language)),
        Verdict::NotTested(why) => {
            let sentence = match why {
                NotTested::Vpn => m::wifi_not_tested_vpn(language),
                NotTested::NoNetwork => m::wifi_not_tested_no_network(language),
                NotTested::SwitchedOff => m::wifi_not_tested_switched_off(language),
                NotTested::CoolingDown { wait_s } | NotTested::HourlyLimit { wait_s } => {
                    m::wifi_not_tested_wait(language, &duration(language, u64::from(wait_s)))
                }
                NotTested::NoHost => m::wifi_not_tested_no_host(language),
                NotTested::Phone => m::wifi_not_tested_phone(language),
            };
            (NetworkVerdict::NotTested, sentence)
        }
    }
}

fn action(action: Action, language: Language) -> Option<Text> {
    Some(match action {
        Action::ProveInAirplaneMode => m::wifi_then_prove(language),
        Action::PauseVpn => m::wifi_then_pause_vpn(language),
        Action::JoinWifi => m::wifi_then_join_wifi(language),
        Action::CheckInternet => m::wifi_then_check_internet(language),
        Action::AllowPorts => m::wifi_then_allow_ports(language),
        Action::AllowName => m::wifi_then_allow_name(language),
        Action::UseAutomaticDns => m::wifi_then_automatic_dns(language),
        Action::CompareOnMobileData => m::wifi_then_compare(language),
        Action::TryOtherWifi => m::wifi_then_other_wifi(language),
        Action::CheckPacketSize => m::wifi_then_packet_size(language),
        Action::AskOperator => m::wifi_then_ask_operator(language),
        Action::TryLater => m::wifi_then_later(language),
        Action::Nothing => return None,
    })
}

fn evidence(evidence: Evidence, language: Language) -> Text {
    match evidence {
        Evidence::Name(name) => match name {
            NameFinding::Found => m::wifi_name_found(language),
            NameFinding::Sinkhole => m::wifi_name_sinkhole(language),
            NameFinding::NotFound | NameFinding::Unresolved => m::wifi_name_not_found(language),
            NameFinding::ServerFailure => m::wifi_name_failure(language),
            NameFinding::Timeout => m::wifi_name_timeout(language),
            NameFinding::FamilyMismatch => m::wifi_name_family(language),
            NameFinding::NotAsked => m::wifi_name_not_asked(language),
        },
        Evidence::Door500(found) => door(&Text::plain("500"), found, language),
        Evidence::Door4500(found) => door(&Text::plain("4500"), found, language),
        Evidence::MobileData(found) => match found {
            MobileData::NotTested => m::wifi_mobile_not_tested(language),
            MobileData::Answers => m::wifi_mobile_answers(language),
            MobileData::AnswersInPart => m::wifi_mobile_in_part(language),
            MobileData::Silent => m::wifi_mobile_silent(language),
            MobileData::NameNotFound => m::wifi_mobile_no_name(language),
        },
    }
}

fn door(door: &Text, found: DoorFinding, language: Language) -> Text {
    match found {
        DoorFinding::Open(_) => m::wifi_door_open(language, door),
        DoorFinding::Unproven(_) => m::wifi_door_odd(language, door),
        DoorFinding::Silent => m::wifi_door_silent(language, door),
        DoorFinding::Refused => m::wifi_door_refused(language, door),
        DoorFinding::Prohibited => m::wifi_door_prohibited(language, door),
        DoorFinding::NoRoute => m::wifi_door_no_route(language, door),
        DoorFinding::TooLarge => m::wifi_door_too_large(language, door),
        DoorFinding::NotTried => m::wifi_door_not_tried(language, door),
    }
}

/// For support: `verdict blocked`, `name found`, `500 silent`.
pub(super) fn codes(judgement: &Judgement) -> Vec<String> {
    let code = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
    let lines = judgement.evidence.iter().map(|line| match line {
        Evidence::Name(found) => format!("name {}", code(found)),
        Evidence::Door500(found) => format!("500 {}", code(found)),
        Evidence::Door4500(found) => format!("4500 {}", code(found)),
        Evidence::MobileData(found) => format!("mobile {}", code(found)),
    });
    let stale = judgement.is_data_stale.then(|| "data stale".to_owned());
    [format!("verdict {}", code(&judgement.verdict))].into_iter().chain(lines).chain(stale).collect()
}
