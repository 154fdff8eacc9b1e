//! `communicationPreference`: one addressable resource for each line, topic and channel, flat scalars only, so that a
//! change is one attribute and touches nothing that this core does not understand.

use serde_json::{Map, Value as Json, json};

use super::{Decoded, HowToRead, OwnNames, allowed_by, vocabulary};
use crate::operator::tolerant::{self, Findings, Node, Unreadable, WarningKind};
use crate::preferences::model::{Preference, Value, Version};

/// Members under which operators put a list.
const ENVELOPES: &[&str] = &["data", "result", "results", "communicationPreference", "communicationPreferences"];
/// No line has more; what follows is not looked at.
const MOST: usize = 100;
const LONGEST_ID: usize = 256;

/// Reads a list of preferences, or one alone: those of one line, or of whichever.
pub fn read(body: &[u8], how: Option<&HowToRead<'_>>, own: OwnNames<'_>) -> Result<Decoded, Unreadable> {
    let document = tolerant::parse(body)?;
    let root = Node::root(&document);
    let mut findings = Findings::default();
    let mut preferences: Vec<Preference> = Vec::new();
    let listed = if root.value().is_array() || root.has("id") { root.elements() } else { root.list(ENVELOPES) };
    if root.value().is_object() && !root.has("id") && !ENVELOPES.iter().any(|name| root.has(name)) {
        findings.note(root.place(), WarningKind::NoList);
    }
    for (at, entry) in listed.enumerate() {
        if at >= MOST {
            findings.note(root.place(), WarningKind::TooMany);
            break;
        }
        let Some(preference) = preference(entry, how, own, &mut findings) else { continue };
        let same = |other: &Preference| other.id == preference.id;
        if preferences.iter().any(same) {
            findings.note(entry.place(), WarningKind::DuplicatePreference);
        } else {
            preferences.push(preference);
        }
    }
    Ok(Decoded { preferences, warnings: findings.into_warnings(&document) })
}

fn preference(
    entry: Node<'_>,
    how: Option<&HowToRead<'_>>,
    own: OwnNames<'_>,
    findings: &mut Findings,
) -> Option<Preference> {
    let mut lost = |kind| {
        findings.note(entry.place(), kind);
        None
    };
    if !entry.value().is_object() {
        return lost(WarningKind::NotAnObject);
    }
    let Some(id) = entry.text(&["id"]).filter(|id| id.len() <= LONGEST_ID) else {
        return lost(WarningKind::NotAddressable);
    };
    let mut lines = entry.list(&["logicalResource", "line"]).peekable();
    let named = |line: Node<'_>| {
        [&["value"], &["id"]]
            .into_iter()
            .filter_map(|name| line.text(name))
            .any(|text| how.is_none_or(|how| how.names(text)))
    };
    if lines.peek().is_some() && !lines.any(named) {
        return lost(WarningKind::LineNotAskedFor);
    }
    let (Some(topic), Some(channel)) = (entry.text(&["topic"]), entry.text(&["channel"])) else {
        return lost(WarningKind::NoTopicOrChannel);
    };
    let Some(enabled) = entry.flag(&["isEnabled"]) else {
        return lost(WarningKind::NeitherOnNorOff);
    };
    let ((about, topic_known), (channel, channel_known)) =
        (vocabulary::about(topic, own), vocabulary::channel(channel, own));
    if !topic_known || !channel_known {
        findings.note(entry.place(), WarningKind::UnknownTopicOrChannel);
    }
    let threshold = entry.one(&["threshold"]);
    let threshold_percent =
        threshold.and_then(|node| node.as_text()?.parse().ok()).filter(|percent| (1..=100).contains(percent));
    if let (Some(node), None) = (threshold, threshold_percent) {
        findings.note(node.place(), WarningKind::NotAPercentage);
    }
    Some(Preference {
        id: id.to_owned(),
        about,
        channel,
        value: Value { enabled, threshold_percent },
        mandatory: entry.flag(&["isMandatory"]).unwrap_or(false),
        allowed_by: allowed_by(entry, findings),
        version: Version { etag: None, body: entry.text(&["version", "lastUpdate"]).map(str::to_owned) },
    })
}

/// The change from one value to another, as a merge patch (RFC 7396): the type, and only what differs.
pub fn patch(from: Value, to: Value) -> Vec<u8> {
    let mut members = Map::new();
    members.insert("@type".to_owned(), json!("CommunicationPreference"));
    if from.enabled != to.enabled {
        members.insert("isEnabled".to_owned(), json!(to.enabled));
    }
    if from.threshold_percent != to.threshold_percent {
        members.insert("threshold".to_owned(), json!(to.threshold_percent));
    }
    Json::Object(members).to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preferences::model::{About, AllowedBy, Channel};

    const HOW: HowToRead<'static> = HowToRead { line_id: "line-1", msisdn: Some("+32470123456") };

    fn entry() -> Json {
        json!({
            "@type": "CommunicationPreference", "@baseType": "Entity", "@schemaLocation": "https://x.example/s.json",
            "id": "p1", "topic": "usageThreshold", "threshold": 75, "channel": "sms", "isEnabled": true,
            "isMandatory": false, "allowedBy": "user", "lastUpdate": "2026-11-25T13:00:00Z",
            "logicalResource": [{"value": "+32 470 12 34 56"}], "somethingNew": {"a": [1]}
        })
    }

    fn with(changes: Json) -> Decoded {
        let mut entry = entry();
        for (name, value) in changes.as_object().unwrap() {
            entry[name] = value.clone();
        }
        read(json!([entry]).to_string().as_bytes(), Some(&HOW), OwnNames::NONE).unwrap()
    }

    #[test]
    fn a_preference_is_read_with_everything_that_is_shown_of_it() {
        let decoded = with(json!({}));
        let expected = Preference {
            id: "p1".to_owned(),
            about: About::UsageThreshold,
            channel: Channel::Sms,
            value: Value { enabled: true, threshold_percent: Some(75) },
            mandatory: false,
            allowed_by: AllowedBy::User,
            version: Version { etag: None, body: Some("2026-11-25T13:00:00Z".to_owned()) },
        };
        assert_eq!(decoded, Decoded { preferences: vec![expected], warnings: Vec::new() });
    }

    #[test]
    fn what_cannot_be_shown_or_changed_is_dropped_and_told() {
        for (changes, kind) in [
            (json!({"id": null}), WarningKind::NotAddressable),
            (json!({"id": "x".repeat(300)}), WarningKind::NotAddressable),
            (json!({"topic": null}), WarningKind::NoTopicOrChannel),
            (json!({"channel": {}}), WarningKind::NoTopicOrChannel),
            (json!({"isEnabled": "perhaps"}), WarningKind::NeitherOnNorOff),
            (json!({"isEnabled": null}), WarningKind::NeitherOnNorOff),
            (json!({"logicalResource": {"value": "+32470999999"}}), WarningKind::LineNotAskedFor),
        ] {
            let decoded = with(changes.clone());
            assert!(decoded.preferences.is_empty(), "{changes}");
            assert_eq!(decoded.warnings.iter().map(|warning| warning.kind).collect::<Vec<_>>(), [kind], "{changes}");
        }
        let twice = read(json!([entry(), entry()]).to_string().as_bytes(), Some(&HOW), OwnNames::NONE).unwrap();
        assert_eq!((twice.preferences.len(), twice.warnings.len()), (1, 1));
        let strange = read(b"[7, \"x\"]", Some(&HOW), OwnNames::NONE).unwrap();
        assert_eq!((strange.preferences.len(), strange.warnings.len()), (0, 2));
    }

    #[test]
    fn what_is_odd_is_shown_and_told() {
        let only = |changes: Json| {
            let Decoded { mut preferences, warnings } = with(changes);
            assert_eq!(warnings.len(), 1);
            preferences.remove(0)
        };
        for threshold in [json!(0), json!(101), json!(75.5), json!("three quarters"), json!(-5)] {
            assert_eq!(only(json!({"threshold": threshold})).value.threshold_percent, None);
        }
        assert_eq!(only(json!({"topic": "moonPhase"})).about, About::Other("moonPhase".to_owned()));
        assert_eq!(only(json!({"channel": "pigeon"})).channel, Channel::Other("pigeon".to_owned()));
        // Nobody knows whether the person may: a switch that does nothing is worse than none.
        assert_eq!(only(json!({"allowedBy": "the moon"})).allowed_by, AllowedBy::Employer);
    }

    #[test]
    fn an_operators_own_names_are_those_of_its_profile() {
        let api = serde_json::from_value(json!({
            "baseUrl": "https://a.example", "resource": "communicationPreference", "lineFilter": "line",
            "topics": { "MOON": "roaming", "usageThreshold": "outOfBundle" }, "channels": { "pigeon": "sms" }
        }));
        let api = api.unwrap();
        for (topic, about) in [
            ("MOON", About::Roaming),
            ("usageThreshold", About::OutOfBundle),
            ("billReady", About::BillReady),
            ("moon", About::Other("moon".to_owned())),
        ] {
            let mut entry = entry();
            (entry["topic"], entry["channel"]) = (json!(topic), json!("pigeon"));
            let body = json!([entry]).to_string();
            let read = read(body.as_bytes(), Some(&HOW), OwnNames::of(&api)).unwrap();
            assert_eq!((&read.preferences[0].about, &read.preferences[0].channel), (&about, &Channel::Sms), "{topic}");
        }
    }

    #[test]
    fn a_change_is_one_attribute() {
        let value = |enabled, threshold_percent| Value { enabled, threshold_percent };
        let vectors = [
            (value(true, None), value(false, None), r#"{"@type":"CommunicationPreference","isEnabled":false}"#),
            (value(true, Some(75)), value(true, Some(80)), r#"{"@type":"CommunicationPreference","threshold":80}"#),
        ];
        for (from, to, expected) in vectors {
            assert_eq!(String::from_utf8(patch(from, to)).unwrap(), expected);
        }
    }

    #[test]
    fn bytes_that_are_no_document_are_refused() {
        for (body, refused) in
            [("", Unreadable::Empty), ("<html>", Unreadable::Html), ("[", Unreadable::NotJson { line: 1, column: 1 })]
        {
            assert_eq!(read(body.as_bytes(), Some(&HOW), OwnNames::NONE), Err(refused));
        }
    }
}
