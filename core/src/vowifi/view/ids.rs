//! What steps and answers are called between core and phone: stable, so that a tap that comes late is known as one.

use crate::vowifi::walk::{Answer, Blocker, Greyed, Missing, Step};

/// A step's name.
pub fn of_step(step: &Step) -> String {
    match step {
        Step::WhichSim => "which-sim",
        Step::OtherOperator => "other-operator",
        Step::TooOld => "too-old",
        Step::NotProvisioned => "not-provisioned",
        Step::BeingProvisioned => "being-provisioned",
        Step::NoCarrierProfile => "no-carrier-profile",
        Step::Abroad => "abroad",
        Step::Blocked(Blocker::Vpn) => "blocked-vpn",
        Step::Blocked(Blocker::CaptivePortal) => "blocked-captive-portal",
        Step::Blocked(Blocker::PrivateDns) => "blocked-private-dns",
        Step::Blocked(Blocker::Ethernet) => "blocked-ethernet",
        Step::Blocked(Blocker::Restricted) => "blocked-restricted",
        Step::SwitchOn => "switch-on",
        Step::Missing(Missing::EsimRestart) => "missing-esim-restart",
        Step::Missing(Missing::CarrierUpdate) => "missing-carrier-update",
        Step::Missing(Missing::Restart) => "missing-restart",
        Step::Missing(Missing::AskOperator) => "missing-ask-operator",
        Step::Greyed(Greyed::EndCall) => "greyed-end-call",
        Step::Greyed(Greyed::AskIt) => "greyed-ask-it",
        Step::Greyed(Greyed::AskOperator) => "greyed-ask-operator",
        Step::Network => "network",
        Step::Emergency => "emergency",
        Step::Proof(id) => return format!("proof-{id}"),
        Step::Works => "works",
        Step::Symptoms => "symptoms",
        Step::Advice(id, place) => return format!("advice-{id}-{place}"),
        Step::Support => "support",
    }
    .to_owned()
}

/// An answer's name.
pub fn of_answer(answer: &Answer) -> String {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Understood | Answer::Saw(_) => "understood",
        Answer::Done => "done",
        Answer::Anyway => "anyway",
        Answer::On => "on",
        Answer::NotThere => "not-there",
        Answer::Grey => "grey",
        Answer::SeenNow => "seen-now",
        Answer::StillNot => "still-not",
        Answer::Works => "works",
        Answer::Fails => "fails",
        Answer::Later => "later",
        Answer::Helped => "helped",
        Answer::Trouble => "trouble",
        Answer::Symptom(id) => return format!("symptom-{id}"),
        Answer::Again => "again",
    }
    .to_owned()
}
