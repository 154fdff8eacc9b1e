//! How Wi-Fi calling stands for each person before anything is ordered, how the operator writes it, and what it makes of an order.

use serde_json::{Value, json};

use crate::people::Person;

/// A person's situation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Situation {
    pub(super) at_first: Standing,
    way: Way,
    /// Orders are refused.
    pub(super) is_refused: bool,
}

/// How it stands for a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    On,
    Off,
    UnderWay,
}

/// Where a kind of operator writes it.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// A feature of its own, on or off as a whole.
    Feature,
    /// A characteristic of a feature for calls: its name, and the words for on and off.
    Characteristic(&'static str, &'static str, &'static str),
    /// A member of an object in a characteristic, as the standard's own example has it.
    Member,
}

impl Situation {
    pub(super) fn of(person: &Person) -> Situation {
        let usual = Situation { at_first: Standing::Off, way: Way::Feature, is_refused: false };
        match person.key {
            "emma" => Situation { way: Way::Member, ..usual },
            "tom" => usual,
            "nadia" => {
                Situation { way: Way::Characteristic("VoWiFi", "active", "inactive"), is_refused: true, ..usual }
            }
            "ines" => Situation {
                at_first: Standing::UnderWay,
                way: Way::Characteristic("voWifi", "enable", "disable"),
                ..usual
            },
            _ => Situation { at_first: Standing::On, ..usual },
        }
    }

    /// The feature of a service where it stands so.
    pub(super) fn feature(self, state: Standing) -> Value {
        let on = state == Standing::On;
        match self.way {
            Way::Feature => json!({ "name": "voWifi", "isEnabled": on }),
            Way::Characteristic(name, yes, no) => {
                let word = match state {
                    Standing::On => yes,
                    Standing::Off => no,
                    Standing::UnderWay => "in progress",
                };
                json!({ "name": "Calls", "isEnabled": true, "featureCharacteristic": [
                    { "name": name, "valueType": "string", "value": word },
                ] })
            }
            Way::Member => json!({ "id": "1", "name": "Voice", "isEnabled": true, "featureCharacteristic": [{
                "id": "1", "name": "VoiceFeatureCharacteristic", "valueType": "object",
                "value": [{
                    "voiceStandard": "enable",
                    "voWifi": if on { "enable" } else { "disable" },
                    "@type": "VoiceFeatureCharacteristic",
                }],
            }] }),
        }
    }

    /// Whether a feature of an order is what is to be changed of the service and nothing else: a part of how it stands when it is
    /// on, and of no other way it can stand.
    pub(super) fn is_asked_for(self, feature: &Value) -> bool {
        let is_part = |state| is_part(feature, &self.feature(state));
        is_part(Standing::On) && !is_part(Standing::Off)
    }
}

/// Whether everything a value says is said by the other too.
fn is_part(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            part.iter().all(|(name, value)| whole.get(name).is_some_and(|whole| is_part(value, whole)))
        }
        (Value::Array(part), Value::Array(whole)) => {
            part.iter().all(|one| whole.iter().any(|whole| is_part(one, whole)))
        }
        (part, whole) => part == whole,
    }
}
