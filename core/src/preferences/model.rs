//! What a person may be told of and how: one preference for each line, topic and channel, its value, and who may change
//! it. Pure: two values and the one they both came from are merged here, and nothing else is decided.

use serde::{Deserialize, Serialize};

/// What a message is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum About {
    /// A share of an allowance is used.
    UsageThreshold,
    /// Costs beside the plan.
    OutOfBundle,
    /// A new invoice.
    BillReady,
    /// An invoice is due, paid or overdue.
    Payment,
    /// A SIM, or keeping a number.
    OrderStatus,
    /// Wi-Fi calling.
    WifiCalling,
    /// Abroad.
    Roaming,
    /// News and offers.
    Marketing,
    /// One that this core does not know, by the operator's name.
    Other(String),
}

/// How a message reaches the person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Channel {
    /// A notification of this app.
    Push,
    /// A text message.
    Sms,
    /// E-mail.
    Email,
    /// One that this core does not know, by the operator's name.
    Other(String),
}

/// Who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AllowedBy {
    /// The person.
    User,
    /// The employer.
    Employer,
    /// The law.
    Regulator,
}

/// What a preference is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Value {
    /// On or off.
    pub enabled: bool,
    /// From which share of the allowance, in percent; absent where there is none to choose.
    pub threshold_percent: Option<u8>,
}

/// What a person changed: the parts they touched, and nothing of the rest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Change {
    /// On or off.
    pub enabled: Option<bool>,
    /// From which share of the allowance, in percent.
    pub threshold_percent: Option<u8>,
}

/// By what a later change is told from this one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Version {
    /// The strong entity tag (RFC 9110 §8.8.3), once the preference was read alone.
    pub etag: Option<String>,
    /// The version in the body, as written there.
    pub body: Option<String>,
}

/// A preference as the operator has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Preference {
    /// The operator's id of it.
    pub id: String,
    /// What about.
    pub about: About,
    /// How.
    pub channel: Channel,
    /// What it is set to.
    pub value: Value,
    /// It cannot be switched off.
    pub mandatory: bool,
    /// Who decides.
    pub allowed_by: AllowedBy,
    /// As of which change.
    pub version: Version,
}

/// Why the operator did not take a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The employer decides.
    Employer,
    /// The law decides.
    Law,
    /// Not for this person or number.
    NotPermitted,
    /// The operator does not offer it any more.
    NotOffered,
    /// The value is none of those it takes.
    NotAccepted,
    /// It took the wish and did not confirm it within a day.
    NotConfirmed,
}

impl Preference {
    /// Why the person cannot change it, where they cannot.
    pub fn fixed(&self) -> Option<Refusal> {
        match self.allowed_by {
            AllowedBy::Employer => Some(Refusal::Employer),
            AllowedBy::Regulator => Some(Refusal::Law),
            AllowedBy::User if self.mandatory => Some(Refusal::Law),
            AllowedBy::User => None,
        }
    }
}

impl Version {
    /// Whether both are of the same change; unknown where they have nothing in common to tell by.
    pub fn same_as(&self, other: &Version) -> Option<bool> {
        match (&self.etag, &other.etag, &self.body, &other.body) {
            (Some(own), Some(others), _, _) => Some(own == others),
            (_, _, Some(own), Some(others)) => Some(own == others),
            _ => None,
        }
    }
}

impl Change {
    /// What leads from one value to another.
    pub fn between(from: Value, to: Value) -> Change {
        Change {
            enabled: (from.enabled != to.enabled).then_some(to.enabled),
            threshold_percent: to.threshold_percent.filter(|_| from.threshold_percent != to.threshold_percent),
        }
    }

    /// What it makes of a value.
    pub fn on(self, value: Value) -> Value {
        Value {
            enabled: self.enabled.unwrap_or(value.enabled),
            threshold_percent: self.threshold_percent.or(value.threshold_percent),
        }
    }

    /// Both, the later one on top.
    pub fn then(self, later: Change) -> Change {
        Change {
            enabled: later.enabled.or(self.enabled),
            threshold_percent: later.threshold_percent.or(self.threshold_percent),
        }
    }
}

impl Value {
    /// What becomes of `mine` when the operator has `theirs` and both began at `base`: part by part, whoever changed a
    /// part has it. None when both changed the same part, each in a way of their own.
    pub fn merge(base: Value, mine: Value, theirs: Value) -> Option<Value> {
        Some(Value {
            enabled: part(base.enabled, mine.enabled, theirs.enabled)?,
            threshold_percent: part(base.threshold_percent, mine.threshold_percent, theirs.threshold_percent)?,
        })
    }
}

fn part<T: PartialEq>(base: T, mine: T, theirs: T) -> Option<T> {
    if mine == base || mine == theirs {
        Some(theirs)
    } else if theirs == base {
        Some(mine)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_changed_a_part_has_it_and_two_who_did_must_ask() {
        let value = |enabled, percent| Value { enabled, threshold_percent: Some(percent) };
        let vectors = [
            // base, mine, theirs, together
            ((true, 80), (false, 80), (true, 80), Some((false, 80))),
            ((true, 80), (false, 80), (true, 90), Some((false, 90))),
            ((true, 80), (true, 90), (false, 80), Some((false, 90))),
            ((true, 80), (true, 90), (true, 90), Some((true, 90))),
            ((true, 80), (true, 80), (false, 70), Some((false, 70))),
            ((true, 80), (true, 90), (true, 70), None),
            ((true, 80), (false, 90), (false, 70), None),
        ];
        for (base, mine, theirs, together) in vectors {
            let of = |(enabled, percent)| value(enabled, percent);
            assert_eq!(Value::merge(of(base), of(mine), of(theirs)), together.map(of), "{base:?} {mine:?} {theirs:?}");
        }
    }

    #[test]
    fn versions_are_compared_by_what_they_have_in_common() {
        let version = |etag: Option<&str>, body: Option<&str>| Version {
            etag: etag.map(str::to_owned),
            body: body.map(str::to_owned),
        };
        let vectors = [
            ((Some("a"), Some("1")), (Some("a"), Some("2")), Some(true)),
            ((Some("a"), None), (Some("b"), None), Some(false)),
            ((None, Some("1")), (Some("b"), Some("1")), Some(true)),
            ((None, Some("1")), (None, Some("2")), Some(false)),
            ((Some("a"), None), (None, Some("1")), None),
            ((None, None), (None, None), None),
        ];
        for (own, others, same) in vectors {
            assert_eq!(version(own.0, own.1).same_as(&version(others.0, others.1)), same, "{own:?} {others:?}");
        }
    }
}
