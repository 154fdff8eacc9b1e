//! Which step a person is at: their answers, replayed, on the ground of what is known now.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::model::{Answer, Blocker, Greyed, Missing, Outlook, Progress, Step};
use crate::vowifi::facts::{PhoneFacts, PhonePlatform};
use crate::vowifi::guide::model::{Answer as SymptomSays, VerifyKind};
use crate::vowifi::guide::model::{Check, Given, GuideFile, Next, Platform, Prerequisite, Severity, Symptom, Verify};
use crate::vowifi::line::{OrderState, Provisioned};

/// What is known at this moment.
#[derive(Debug, Clone)]
pub struct Ground {
    /// What the phone tells.
    pub facts: PhoneFacts,
    /// The networks whose SIMs are the operator's.
    pub networks: Vec<String>,
    /// The guides.
    pub file: Arc<GuideFile>,
    /// Whether the operator allows it for the line.
    pub provisioned: Provisioned,
    /// What became of asking for it.
    pub order: Option<OrderState>,
    /// What a network check says that was made just now; an older one may be of another network.
    pub outlook: Option<Outlook>,
}

/// Where the answers lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum At {
    /// Before the proof.
    Before,
    /// At a part of the proof; none: at its first.
    Proof(Option<String>),
    /// Before the network check that follows a failed proof.
    Recheck,
    Works,
    /// At a symptom, or at the choice of one, and how many of its actions did not help.
    Symptom(Option<String>, u8),
}

/// The answers, replayed.
struct Replayed {
    is_own_sim: Option<bool>,
    passed: BTreeSet<Step>,
    /// None: not answered, or to be answered again.
    switch: Option<Answer>,
    at: At,
}

/// The step a person is at.
pub fn step(progress: &Progress, ground: &Ground) -> Step {
    let replayed = replay(progress, ground);
    if let At::Works = replayed.at {
        return Step::Works;
    }
    if let At::Symptom(chosen, tried) = &replayed.at {
        let symptom = chosen.as_ref().and_then(|id| symptom_of(&ground.file, id));
        return match symptom {
            None => Step::Symptoms,
            Some(symptom) if usize::from(*tried) < actions(symptom).len() => {
                Step::Advice(symptom.id.as_str().to_owned(), *tried)
            }
            Some(_) => Step::Support,
        };
    }
    // A SIM that is positively another's is nobody's to prove; one that airplane mode hides is.
    let own = || ground.facts.own_sims(&ground.networks);
    if ground.facts.known_sims().next().is_some() && own().next().is_none() {
        return Step::OtherOperator;
    }
    let is_before = replayed.at == At::Before;
    if is_before && let Some(step) = eligible(&replayed, ground) {
        return step;
    }
    // In the proof the phone is in airplane mode: what it knows of SIMs and of the network abroad is gone then.
    if let Some(step) = in_the_way(&replayed, ground, is_before) {
        return step;
    }
    if is_before && let Some(step) = switch(&replayed, ground) {
        return step;
    }
    if replayed.at == At::Recheck {
        return Step::Network;
    }
    for step in [Step::Network, Step::Emergency] {
        if is_before && !replayed.passed.contains(&step) {
            return step;
        }
    }
    let part = match &replayed.at {
        At::Proof(Some(id)) => part_of(&ground.file, id),
        _ => None,
    };
    let part = part.or_else(|| ground.file.verify.first());
    part.map_or(Step::Works, |part| Step::Proof(part.id.as_str().to_owned()))
}

/// An answer as it is kept: where the network check decides what follows, with what it said when the person went on, so that a
/// later check on another network changes nothing of the way back.
pub fn as_kept(step: &Step, answer: Answer, ground: &Ground) -> Answer {
    let is_read = answer == Answer::Understood;
    let is_seen = match step {
        Step::Network => true,
        Step::Proof(id) => part_of(&ground.file, id).is_some_and(|part| part.kind == VerifyKind::Auto),
        _ => false,
    };
    if is_read && is_seen { Answer::Saw(ground.outlook) } else { answer }
}

/// What may be answered at a step, the main answer first. Empty: nothing follows, but one may go back.
pub fn answers(step: &Step, ground: &Ground) -> Vec<Answer> {
    use Answer::*;
    match step {
        Step::WhichSim => vec![Yes, No],
        Step::OtherOperator | Step::TooOld => Vec::new(),
        Step::NotProvisioned | Step::BeingProvisioned | Step::NoCarrierProfile => vec![Anyway],
        Step::Abroad | Step::Emergency | Step::Network => vec![Understood],
        Step::Blocked(blocker) => vec![if severity(ground, *blocker) == Severity::Blocks { Done } else { Anyway }],
        Step::SwitchOn => vec![On, NotThere, Grey],
        Step::Missing(Missing::AskOperator) | Step::Greyed(Greyed::AskOperator) => vec![SeenNow],
        Step::Missing(_) | Step::Greyed(_) => vec![SeenNow, StillNot],
        Step::Proof(id) => match part_of(&ground.file, id) {
            Some(part) if part.kind == VerifyKind::Auto => vec![Understood],
            Some(part) if part.optional => vec![Works, Fails, Later],
            // Both lead on: it is something to do, and no question.
            Some(part) if part.next_ok == part.next_fail => vec![Done],
            _ => vec![Works, Fails],
        },
        Step::Works => vec![Trouble, Again],
        Step::Symptoms => {
            let shown = ground.file.symptoms.iter().filter(|symptom| may_be(symptom, ground));
            shown.map(|symptom| Symptom(symptom.id.as_str().to_owned())).chain([Again]).collect()
        }
        Step::Advice(..) => vec![Helped, StillNot],
        Step::Support => vec![Again],
    }
}

fn replay(progress: &Progress, ground: &Ground) -> Replayed {
    let fresh = || Replayed { is_own_sim: None, passed: BTreeSet::new(), switch: None, at: At::Before };
    let mut replayed = fresh();
    for (step, answer) in &progress.answered {
        match (step, answer) {
            (_, Answer::Again) => replayed = fresh(),
            (Step::WhichSim, answer) => replayed.is_own_sim = Some(*answer == Answer::Yes),
            (Step::SwitchOn, answer) => replayed.switch = Some(answer.clone()),
            (Step::Missing(_) | Step::Greyed(_), Answer::SeenNow) => {
                replayed.switch = None;
                replayed.passed.retain(|passed| !matches!(passed, Step::Missing(_) | Step::Greyed(_)));
            }
            (Step::Network, answer) if replayed.at == At::Recheck => {
                replayed.at = At::Symptom(by_outlook(answer, ground), 0);
            }
            (Step::Emergency, _) => {
                replayed.passed.insert(Step::Emergency);
                replayed.at = At::Proof(None);
            }
            (Step::Proof(id), answer) => prove(&mut replayed, id, answer, ground),
            (Step::Works, _) => replayed.at = At::Symptom(None, 0),
            (Step::Symptoms, Answer::Symptom(id)) => replayed.at = At::Symptom(Some(id.clone()), 0),
            (Step::Advice(..), Answer::Helped) => replayed.at = At::Proof(None),
            (Step::Advice(id, tried), _) => replayed.at = At::Symptom(Some(id.clone()), tried.saturating_add(1)),
            (step, _) => {
                replayed.passed.insert(step.clone());
            }
        }
    }
    replayed
}

/// Where a part of the proof leads to.
fn prove(replayed: &mut Replayed, id: &str, answer: &Answer, ground: &Ground) {
    let Some(part) = part_of(&ground.file, id) else { return };
    let is_good = match answer {
        Answer::Saw(outlook) => *outlook != Some(Outlook::Blocked),
        answer => *answer != Answer::Fails,
    };
    replayed.at = match if is_good { &part.next_ok } else { &part.next_fail } {
        Next::Done => At::Works,
        Next::Step(id) => At::Proof(Some(id.as_str().to_owned())),
        Next::Check => At::Recheck,
        Next::Symptom(id) => At::Symptom(Some(id.as_str().to_owned()), 0),
    };
}

/// After a proof that failed and a check, the symptom that both point to; none where they point to none.
fn by_outlook(answer: &Answer, ground: &Ground) -> Option<String> {
    let needed = match answer {
        Answer::Saw(Some(Outlook::Open)) => Given::ProbeOpen,
        Answer::Saw(Some(Outlook::Blocked)) => Given::ProbeBlocked,
        _ => return None,
    };
    let points =
        |symptom: &&Symptom| symptom.given.contains(&needed) && symptom.given.contains(&Given::AirplaneTestFailed);
    ground.file.symptoms.iter().find(points).map(|symptom| symptom.id.as_str().to_owned())
}

fn eligible(replayed: &Replayed, ground: &Ground) -> Option<Step> {
    let Ground { facts, networks, .. } = ground;
    let own = || facts.own_sims(networks);
    if facts.known_sims().next().is_none() {
        match replayed.is_own_sim {
            None => return Some(Step::WhichSim),
            Some(false) => return Some(Step::OtherOperator),
            Some(true) => {}
        }
    }
    if facts.is_too_old() {
        return Some(Step::TooOld);
    }
    let is_ordered = ground.order.is_some_and(|order| !order.is_over());
    let line = match ground.provisioned {
        Provisioned::InProgress => Some(Step::BeingProvisioned),
        Provisioned::Off if is_ordered => Some(Step::BeingProvisioned),
        Provisioned::Off => Some(Step::NotProvisioned),
        Provisioned::On | Provisioned::Unknown => None,
    };
    // Samsung and others with software of their own leave this setting without a meaning: it warns and ends nothing.
    let knows_not = own().next().is_some() && own().all(|sim| sim.carrier_wifi_calling == Some(false));
    let profile = knows_not.then_some(Step::NoCarrierProfile);
    [line, profile].into_iter().flatten().find(|step| !replayed.passed.contains(step))
}

/// What stands in the way, in the order of the guides: the most frequent first.
fn in_the_way(replayed: &Replayed, ground: &Ground, is_before: bool) -> Option<Step> {
    let facts = &ground.facts;
    let is_so = |check: Check| match check {
        Check::Vpn => facts.vpn.unwrap_or(false).then_some(Step::Blocked(Blocker::Vpn)),
        Check::PrivateDns => facts.private_dns.unwrap_or(false).then_some(Step::Blocked(Blocker::PrivateDns)),
        Check::Captive => facts.captive_portal.unwrap_or(false).then_some(Step::Blocked(Blocker::CaptivePortal)),
        Check::Ethernet => facts.ethernet.unwrap_or(false).then_some(Step::Blocked(Blocker::Ethernet)),
        Check::Admin => facts.restricted.unwrap_or(false).then_some(Step::Blocked(Blocker::Restricted)),
        Check::Roaming => (is_before && facts.roaming.unwrap_or(false)).then_some(Step::Abroad),
        Check::OperatorSim | Check::OsMin | Check::CarrierWfc | Check::Airplane | Check::Ask => None,
    };
    let mut found = prerequisites(ground).filter_map(|one| is_so(one.check));
    found.find(|step| !replayed.passed.contains(step))
}

fn switch(replayed: &Replayed, ground: &Ground) -> Option<Step> {
    match replayed.switch {
        None => Some(Step::SwitchOn),
        Some(Answer::NotThere) => {
            let is_esim = ground.facts.sims.iter().any(|sim| sim.esim == Some(true));
            let fixes = [Missing::EsimRestart, Missing::CarrierUpdate, Missing::Restart];
            let fixes = fixes.into_iter().filter(|fix| is_esim || *fix != Missing::EsimRestart);
            let next = fixes.map(Step::Missing).find(|step| !replayed.passed.contains(step));
            Some(next.unwrap_or(Step::Missing(Missing::AskOperator)))
        }
        Some(Answer::Grey) => {
            let is_in_call = ground.facts.in_call != Some(false);
            let fixes =
                [Greyed::EndCall, Greyed::AskIt].into_iter().filter(|fix| is_in_call || *fix != Greyed::EndCall);
            let next = fixes.map(Step::Greyed).find(|step| !replayed.passed.contains(step));
            Some(next.unwrap_or(Step::Greyed(Greyed::AskOperator)))
        }
        Some(_) => None,
    }
}

fn prerequisites(ground: &Ground) -> impl Iterator<Item = &Prerequisite> {
    let platform = platform_of(ground.facts.platform);
    ground.file.prerequisites.iter().filter(move |one| one.platform.is_none_or(|own| own == platform))
}

fn severity(ground: &Ground, blocker: Blocker) -> Severity {
    let check = match blocker {
        Blocker::Vpn => Check::Vpn,
        Blocker::CaptivePortal => Check::Captive,
        Blocker::PrivateDns => Check::PrivateDns,
        Blocker::Ethernet => Check::Ethernet,
        Blocker::Restricted => Check::Admin,
    };
    prerequisites(ground).find(|one| one.check == check).map_or(Severity::Warns, |one| one.severity)
}

/// Whether what must be known for a symptom to be asked after is so. What a walk found out is not asked for again.
fn may_be(symptom: &Symptom, ground: &Ground) -> bool {
    symptom.given.iter().all(|given| match given {
        Given::AirplaneTestFailed => true,
        Given::ProbeOpen => ground.outlook == Some(Outlook::Open),
        Given::ProbeBlocked => ground.outlook == Some(Outlook::Blocked),
        Given::SeveralSims => ground.facts.sims.len() > 1,
        Given::Abroad => ground.facts.roaming != Some(false),
    })
}

/// What to do against a symptom, in order.
pub fn actions(symptom: &Symptom) -> Vec<&str> {
    let yes = symptom.answers.iter().filter(|answer| answer.answer == SymptomSays::Yes);
    yes.flat_map(|answer| &answer.actions).map(|key| key.as_str()).collect()
}

pub(in crate::vowifi) fn symptom_of<'f>(file: &'f GuideFile, id: &str) -> Option<&'f Symptom> {
    file.symptoms.iter().find(|symptom| symptom.id.as_str() == id)
}

pub(in crate::vowifi) fn part_of<'f>(file: &'f GuideFile, id: &str) -> Option<&'f Verify> {
    file.verify.iter().find(|part| part.id.as_str() == id)
}

pub(in crate::vowifi) fn platform_of(platform: PhonePlatform) -> Platform {
    match platform {
        PhonePlatform::Ios => Platform::Ios,
        PhonePlatform::Android => Platform::Android,
    }
}
