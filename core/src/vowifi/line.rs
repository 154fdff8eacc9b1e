//! What the operator says of a line: whether it may use Wi-Fi calling, and what became of asking for it. That is one truth;
//! whether the phone has it switched on is another, and both are shown.

use serde::{Deserialize, Serialize};

use crate::operator::order::OrderStatus;
use crate::operator::tolerant::folded;

/// Whether the operator's network lets a line use Wi-Fi calling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Provisioned {
    /// It does.
    On,
    /// It does not.
    Off,
    /// It is being switched on.
    InProgress,
    /// Nobody says.
    #[default]
    Unknown,
}

/// The service of one line (TMF638), as far as Wi-Fi calling goes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineService {
    /// The line's id, as the session has it.
    pub line: String,
    /// The service's id, for an order.
    pub service: Option<String>,
    /// What it says.
    pub provisioned: Provisioned,
    /// Where it says so, for an order that changes it there.
    pub place: Option<FeaturePlace>,
}

/// Where a service says whether Wi-Fi calling is on. Operators differ; an order is written as the service is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeaturePlace {
    /// `feature[].isEnabled` of a feature of this name.
    Feature {
        /// As written.
        name: String,
    },
    /// A characteristic of a feature.
    Characteristic {
        /// The feature's name.
        feature: String,
        /// The characteristic's name.
        name: String,
        /// What on is written as.
        on: Spelling,
    },
    /// A member of a feature's characteristic whose value is an object, or an array of one.
    Member {
        /// The feature's name.
        feature: String,
        /// The characteristic's name.
        characteristic: String,
        /// The member's name.
        member: String,
        /// The object stands in an array.
        in_array: bool,
        /// What on is written as.
        on: Spelling,
    },
}

/// How an operator writes on and off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Spelling {
    /// `true` and `false`.
    Truth,
    /// A word, by its place in the pairs that are known.
    Words(u8),
}

/// How operators write on and off in text.
const PAIRS: &[(&str, &str)] = &[
    ("enable", "disable"),
    ("enabled", "disabled"),
    ("active", "inactive"),
    ("on", "off"),
    ("yes", "no"),
    ("true", "false"),
    ("1", "0"),
    ("provisioned", "notProvisioned"),
];

/// Text that says neither on nor off yet.
const CHANGING: &[&str] = &["inprogress", "pending", "activating", "provisioning"];

impl Spelling {
    /// What a text says, and how this operator writes it. None: neither on nor off.
    pub fn of_text(text: &str) -> Option<(Provisioned, Spelling)> {
        let folded = folded(text);
        if CHANGING.contains(&folded.as_str()) {
            return Some((Provisioned::InProgress, Spelling::Words(0)));
        }
        PAIRS.iter().zip(0..).find_map(|((on, off), place)| {
            let is = |word: &str| folded == word.to_ascii_lowercase();
            let told = if is(on) {
                Provisioned::On
            } else if is(off) {
                Provisioned::Off
            } else {
                return None;
            };
            Some((told, Spelling::Words(place)))
        })
    }

    /// The word for on; none where it is a truth value.
    pub fn on(self) -> Option<&'static str> {
        match self {
            Spelling::Truth => None,
            Spelling::Words(place) => PAIRS.get(usize::from(place)).map(|(on, _)| *on),
        }
    }
}

/// An order to switch Wi-Fi calling on for a line (TMF641). Kept before it is sent, so that an answer that got lost, or a
/// process that ended, makes no second one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Our own name for it (`externalId`).
    pub operation: String,
    /// The line.
    pub line: String,
    /// The service it is for, and where that says so, as they were when the person asked: sent again it is the same order.
    pub service: String,
    /// See [`LineService::place`].
    pub place: Option<FeaturePlace>,
    /// The operator's id; none until it answered.
    pub id: Option<String>,
    /// When the person asked for it, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// How it stands.
    pub state: OrderState,
    /// Since when it is on its way, while it is: whoever else looks leaves it to whoever sends it.
    pub sending_ms: Option<i64>,
}

/// How an order stands (TMF641 `ServiceOrderStateType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OrderState {
    /// It was not sent, or no answer came: it is looked for before it is sent again.
    Unsent,
    /// The operator took it and did not say under which id: it is looked for by our name, and never sent again.
    Taken,
    /// The operator has it (`acknowledged`, `inProgress`, and whatever is not known).
    InProgress,
    /// The operator waits for somebody (`pending`, `held`).
    Waiting,
    /// It is done.
    Done,
    /// The operator does not do it (`rejected`).
    Refused,
    /// It went wrong (`failed`, `partial`).
    Failed,
    /// It was taken back (`cancelled` and what leads there).
    Cancelled,
}

/// A line's id may be its number.
impl std::fmt::Debug for LineService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LineService").field("provisioned", &self.provisioned).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Order").field("state", &self.state).finish_non_exhaustive()
    }
}

impl OrderState {
    /// Whether it may be asked for again at once. Who was refused may tomorrow.
    pub fn may_be_ordered_anew(self) -> bool {
        matches!(self, OrderState::Failed | OrderState::Cancelled)
    }

    /// Nothing more becomes of it.
    pub fn is_over(self) -> bool {
        match self {
            OrderState::Unsent | OrderState::Taken | OrderState::InProgress | OrderState::Waiting => false,
            OrderState::Done | OrderState::Refused | OrderState::Failed | OrderState::Cancelled => true,
        }
    }
}

impl From<OrderStatus> for OrderState {
    fn from(told: OrderStatus) -> Self {
        match told {
            OrderStatus::Acknowledged | OrderStatus::InProgress => OrderState::InProgress,
            OrderStatus::Waiting => OrderState::Waiting,
            OrderStatus::Done => OrderState::Done,
            OrderStatus::Refused => OrderState::Refused,
            OrderStatus::Failed => OrderState::Failed,
            OrderStatus::Cancelled => OrderState::Cancelled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_text_of_a_line_tells_no_number() {
        let service = LineService {
            line: "+32470550123".to_owned(),
            service: Some("wifi-+32470550123".to_owned()),
            provisioned: Provisioned::On,
            place: None,
        };
        let order = Order {
            operation: "op".to_owned(),
            line: "+32470550123".to_owned(),
            service: "wifi-+32470550123".to_owned(),
            place: None,
            id: None,
            at_ms: 0,
            state: OrderState::Unsent,
            sending_ms: None,
        };
        let text = format!("{service:?} {order:?}");
        assert!(!text.contains("470") && text.contains("Unsent"), "{text}");
    }

    #[test]
    fn on_and_off_are_known_in_every_spelling() {
        let cases = [
            ("enable", Some(Provisioned::On)),
            ("Disable", Some(Provisioned::Off)),
            ("ENABLED", Some(Provisioned::On)),
            ("notProvisioned", Some(Provisioned::Off)),
            ("not-provisioned", Some(Provisioned::Off)),
            ("in progress", Some(Provisioned::InProgress)),
            ("maybe", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Spelling::of_text(text).map(|(told, _)| told), expected, "{text:?}");
        }
        assert_eq!(Spelling::of_text("disabled").and_then(|(_, spelling)| spelling.on()), Some("enabled"));
    }
}
