//! Steps and answers of the walk, as they are kept.

use serde::{Deserialize, Serialize};

/// A step: one thing to read or do, and one question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    /// The phone does not tell whose SIM it has: is it the operator's?
    WhichSim,
    /// The SIM is not the operator's. Nothing follows.
    OtherOperator,
    /// The system is too old. Nothing follows.
    TooOld,
    /// The operator does not allow it for the line yet.
    NotProvisioned,
    /// The operator is switching it on.
    BeingProvisioned,
    /// The phone's settings for the operator do not know Wi-Fi calling.
    NoCarrierProfile,
    /// The phone is abroad: what calls may cost.
    Abroad,
    /// Something stands in the way.
    Blocked(Blocker),
    /// The way to the switch: is it on?
    SwitchOn,
    /// The switch is not there: something to try.
    Missing(Missing),
    /// The switch is grey: something to try.
    Greyed(Greyed),
    /// The network check.
    Network,
    /// 112 is not to be counted on over Wi-Fi.
    Emergency,
    /// A part of the proof, by its id in the guides.
    Proof(String),
    /// It works.
    Works,
    /// What is the matter?
    Symptoms,
    /// Something to try against a symptom, by its id and the place of the action.
    Advice(String, u8),
    /// Nothing helped: what to send to support.
    Support,
}

/// What stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Blocker {
    /// A VPN.
    Vpn,
    /// A sign-in page of the Wi-Fi.
    CaptivePortal,
    /// Private DNS.
    PrivateDns,
    /// A cable instead of Wi-Fi.
    Ethernet,
    /// An administrator, or a work profile.
    Restricted,
}

/// What to try when the switch is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Missing {
    /// The eSIM is new: restart once, and wait ten minutes.
    EsimRestart,
    /// Take the operator's settings over.
    CarrierUpdate,
    /// Restart the phone.
    Restart,
    /// The operator has to make it ready.
    AskOperator,
}

/// What to try when the switch is grey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Greyed {
    /// End the call.
    EndCall,
    /// Ask whoever administers the phone.
    AskIt,
    /// The operator holds it.
    AskOperator,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Read.
    Understood,
    /// It is done.
    Done,
    /// Go on all the same.
    Anyway,
    /// The switch is on.
    On,
    /// The switch is not there.
    NotThere,
    /// The switch is grey.
    Grey,
    /// It is there now, or no longer grey.
    SeenNow,
    /// That did not help.
    StillNot,
    /// It worked.
    Works,
    /// It did not work.
    Fails,
    /// Left out.
    Later,
    /// That helped.
    Helped,
    /// Something is wrong.
    Trouble,
    /// This is the matter, by the symptom's id.
    Symptom(String),
    /// From the beginning.
    Again,
    /// Read, and this is what the network check said at that moment. None: none was made.
    Saw(Option<Outlook>),
}

/// What a network check says, as far as the walk goes by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Outlook {
    /// The network lets it through.
    Open,
    /// It does not, or probably not.
    Blocked,
    /// Nobody knows.
    Unclear,
}

/// What a person answered so far, the latest last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Each step and its answer.
    pub answered: Vec<(Step, Answer)>,
}

/// So many answers are kept; of a longer walk the oldest are forgotten, and asked for again where they matter.
pub const MOST_ANSWERS: usize = 200;

impl Progress {
    /// Adds an answer.
    pub fn answer(&mut self, step: Step, answer: Answer) {
        self.answered.push((step, answer));
        let more = self.answered.len().saturating_sub(MOST_ANSWERS);
        self.answered.drain(..more);
    }

    /// Takes the last answer back. Whether there was one.
    pub fn back(&mut self) -> bool {
        self.answered.pop().is_some()
    }
}
