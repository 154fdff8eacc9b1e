//! What came of a check, as data: the shape of `--json`. Nothing of a person stands in it, and nothing in an operator's own
//! words: values are told by their kind.

use companion::operator::profile::{Capability, Fault};
use serde::Serialize;
use serde_json::json;

/// Version of the shape of `--json`.
const SCHEMA: u32 = 1;
/// Sign-in, which no profile has to claim.
pub const SIGN_IN: &str = "signIn";

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// The app goes on, with less than it could or by an assumption.
    Remark,
    /// Something does not work, is not shown, or must not be so.
    Fault,
}

/// One difference between what the contract says and what came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// `signIn`, or as the profile names it.
    pub capability: String,
    /// How much it matters.
    pub level: Level,
    /// The request of the contract, by its id.
    pub request: String,
    /// What was asked: method, the field of the profile or of the provider's metadata that the address begins with, and the
    /// path. Empty for what stands within another answer.
    pub asked: String,
    /// Where in the exchange: `status`, `header ETag`, `body`, or a member such as `bucket[0].validFor`.
    pub at: String,
    /// What the contract expects there.
    pub expected: String,
    /// What came.
    pub came: String,
    /// What the app makes of it.
    pub consequence: String,
    /// The line of `core/profiles/contract.json` that says so, from 1.
    pub contract_line: Option<usize>,
}

/// How a capability stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// Nothing to say.
    Works,
    /// It works, and something is worth knowing.
    WorksWithRemarks,
    /// Something of it does not work.
    Fails,
    /// It was not come to, because of a fault of what comes before it.
    NotReached,
    /// The profile does not claim it.
    NotClaimed,
}

/// A capability and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Judged {
    /// Its name in the profile, or `signIn`.
    pub capability: String,
    /// How it stands.
    pub verdict: Verdict,
    /// How many requests were made for it.
    pub requests: usize,
}

/// A whole check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Version of this shape.
    pub schema: u32,
    /// When it was made, RFC 3339 in UTC.
    pub checked_at: String,
    /// The profile's id.
    pub profile: String,
    /// The operator's name.
    pub operator: String,
    /// Sign-in first, then every capability there is.
    pub capabilities: Vec<Judged>,
    /// What was found, faults first.
    pub findings: Vec<Finding>,
    /// Why there is nothing else: all that is wrong with the profile, in the order of its text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Refused>,
}

/// Why a profile is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The field at fault.
    pub field: String,
    /// What is wrong with it, as a sentence that goes on after the field's name.
    pub reason: String,
    /// The line where it stands, or should stand, from 1; none where that is not one place.
    pub line: Option<usize>,
    /// The column, from 1, in characters.
    pub column: Option<usize>,
}

impl From<Fault> for Refused {
    fn from(Fault { field, reason, line, column }: Fault) -> Refused {
        Refused { field, reason, line: Some(line), column: Some(column) }
    }
}

impl Report {
    /// Of a profile that is refused.
    pub fn refused(refused: Vec<Refused>) -> Report {
        let (profile, operator) = Default::default();
        Report {
            schema: SCHEMA,
            checked_at: now(),
            profile,
            operator,
            capabilities: Vec::new(),
            findings: Vec::new(),
            refused,
        }
    }

    /// Of what was found; `requests` says how many were made for a capability and whether it was come to, none where it was not
    /// even tried.
    pub fn of(
        profile: &companion::operator::profile::Profile,
        mut findings: Vec<Finding>,
        requests: impl Fn(&str) -> Option<(usize, bool)>,
    ) -> Report {
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        let verdict = |name: &str, is_claimed: bool| {
            let levels = findings.iter().filter(|it| it.capability == name).map(|it| it.level);
            match (is_claimed, levels.max(), requests(name)) {
                (false, ..) => Verdict::NotClaimed,
                (_, Some(Level::Fault), _) => Verdict::Fails,
                (_, _, None | Some((_, false))) => Verdict::NotReached,
                (_, Some(Level::Remark), _) => Verdict::WorksWithRemarks,
                (_, None, _) => Verdict::Works,
            }
        };
        let all = [(SIGN_IN, true)].into_iter().chain(ALL.map(|it| (name_of(it), profile.offers(it))));
        let judged = all.map(|(name, is_claimed)| Judged {
            capability: name.to_owned(),
            verdict: verdict(name, is_claimed),
            requests: requests(name).map_or(0, |(count, _)| count),
        });
        Report {
            schema: SCHEMA,
            checked_at: now(),
            profile: profile.id.clone(),
            operator: profile.name.clone(),
            capabilities: judged.collect(),
            findings,
            refused: Vec::new(),
        }
    }

    /// Whether everything that is claimed works.
    pub fn works(&self) -> bool {
        let fails = |it: &Judged| matches!(it.verdict, Verdict::Fails | Verdict::NotReached);
        self.refused.is_empty() && !self.capabilities.iter().any(fails)
    }

    /// One line of JSON.
    pub fn to_json(&self) -> String {
        let report = serde_json::to_value(self).unwrap_or_else(|_| json!({ "schema": SCHEMA }));
        format!("{report}\n")
    }
}

/// This computer's time, to the second.
fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}

/// All capabilities, in the order of the check.
pub const ALL: [Capability; 6] = [
    Capability::Usage,
    Capability::Plan,
    Capability::Notifications,
    Capability::Invoices,
    Capability::WifiCalling,
    Capability::Activation,
];

/// A capability's name in a profile and in the contract.
pub fn name_of(capability: Capability) -> &'static str {
    match capability {
        Capability::Usage => "usage",
        Capability::Plan => "plan",
        Capability::Notifications => "notifications",
        Capability::Invoices => "invoices",
        Capability::WifiCalling => "wifiCalling",
        Capability::Activation => "activation",
    }
}
