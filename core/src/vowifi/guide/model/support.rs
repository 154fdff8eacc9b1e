//! What stands in the way, how it is proved that it works, and what to do when it does not.

use serde::Deserialize;

use super::text::at_most;
use super::{Id, Platform, Text, TextKey};

/// Something that must be so before the switch can help.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Prerequisite {
    /// Its name.
    pub id: Id,
    /// How it is found out.
    pub check: Check,
    /// What it means where it is not so.
    pub severity: Severity,
    /// What is said then.
    pub text_key: TextKey,
    /// What to do about it.
    #[serde(default)]
    pub fix_key: Option<TextKey>,
    /// Only on one platform.
    #[serde(default)]
    pub platform: Option<Platform>,
}

/// How something is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Check {
    /// The SIM is one of an operator in the file.
    OperatorSim,
    /// The version of the system.
    OsMin,
    /// The carrier's settings in the phone know Wi-Fi calling.
    CarrierWfc,
    /// A VPN is active.
    Vpn,
    /// Private DNS is active.
    PrivateDns,
    /// The Wi-Fi has a sign-in page.
    Captive,
    /// The phone is on a cable, which is no Wi-Fi.
    Ethernet,
    /// An administrator limits settings.
    Admin,
    /// Airplane mode is on.
    Airplane,
    /// The phone is abroad.
    Roaming,
    /// The person is asked.
    Ask,
}

/// What it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Nothing works until then.
    Blocks,
    /// It may not work.
    Warns,
    /// Something to know.
    Informs,
}

/// A step of the proof.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Verify {
    /// Its name.
    pub id: Id,
    /// Who finds out.
    pub kind: VerifyKind,
    /// What to do.
    pub text_key: TextKey,
    /// What is seen when it works: the first that holds for the phone.
    #[serde(default, deserialize_with = "at_most::<8, _, _>")]
    pub expected: Vec<Expected>,
    /// How long it may take, in seconds.
    pub timeout_seconds: u16,
    /// Whether it may be left out.
    #[serde(default)]
    pub optional: bool,
    /// What follows when it works.
    pub next_ok: Next,
    /// What follows when not.
    pub next_fail: Next,
}

/// Who finds out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum VerifyKind {
    /// The app.
    Auto,
    /// The person.
    Ask,
}

/// What is seen on some phones.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expected {
    /// On which platform.
    pub platform: Platform,
    /// Of these makers, in lower case. Empty: all.
    #[serde(default, deserialize_with = "at_most::<8, _, _>")]
    pub maker: Vec<Text>,
    /// What is seen, in our words; `spn` stands in it for the operator's own label, where the file has one.
    pub text_key: TextKey,
    /// Whether the operator's `spn_pattern` is what the phone shows.
    #[serde(default)]
    pub shows_spn: bool,
    /// Where that is from.
    #[serde(deserialize_with = "at_most::<8, _, _>")]
    pub sources: Vec<Id>,
}

/// What follows a step of the proof.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Next {
    /// It works.
    Done,
    /// Another step.
    Step(Id),
    /// The network check.
    Check,
    /// A symptom.
    Symptom(Id),
}

/// Something that does not work.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Symptom {
    /// Its name.
    pub id: Id,
    /// What the person is asked.
    pub question_key: TextKey,
    /// What must be known already for it to be asked.
    #[serde(default, deserialize_with = "at_most::<6, _, _>")]
    pub given: Vec<Given>,
    /// What each answer leads to.
    #[serde(deserialize_with = "at_most::<4, _, _>")]
    pub answers: Vec<SymptomAnswer>,
}

/// Something known from the proof, the network check or the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Given {
    /// The proof in airplane mode failed.
    AirplaneTestFailed,
    /// The network check says open.
    ProbeOpen,
    /// The network check says blocked, or probably so.
    ProbeBlocked,
    /// Two SIMs or more.
    SeveralSims,
    /// The phone is abroad.
    Abroad,
}

/// What an answer leads to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SymptomAnswer {
    /// The answer.
    pub answer: Answer,
    /// What may be the matter, the likeliest first.
    #[serde(deserialize_with = "at_most::<6, _, _>")]
    pub causes: Vec<TextKey>,
    /// What to do, in order: each only when the one before did not help.
    #[serde(deserialize_with = "at_most::<10, _, _>")]
    pub actions: Vec<TextKey>,
}

/// An answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
}
