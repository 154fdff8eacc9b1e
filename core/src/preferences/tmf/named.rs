//! Preferences as named members of an array in a larger resource: `partyCharacteristic` of the person (TMF632) and
//! `feature` of the line's service (TMF638), named `usageAlert.75.sms`. Whatever this core does not understand of the
//! array goes back byte for byte as it came: a merge patch replaces the whole of it (RFC 7396 §1).
//!
//! A threshold is a value, and stands in the name here all the same. The switch is therefore known as `usageAlert.sms`, by
//! its name without the threshold, where the array has one of its topic and channel: another device that chooses another
//! threshold then changes this switch, and no wish is parted from it. Only where there are several, as one for 75 and one
//! for 90 percent, each is a switch of its own, under its whole name.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::{Decoded, OwnNames, allowed_by, vocabulary};
use crate::operator::profile::PreferenceResource;
use crate::operator::tolerant::{self, Findings, Node, Unreadable, WarningKind, recorder};
use crate::preferences::model::{About, Channel, Preference, Value, Version};

/// Which array it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Array {
    /// `partyCharacteristic` of a TMF632 `Individual`.
    PartyCharacteristic,
    /// `feature` of a TMF638 `Service`.
    Feature,
}

impl Array {
    /// The array of a resource; none where each preference is a resource of its own.
    pub fn of(resource: PreferenceResource) -> Option<Array> {
        match resource {
            PreferenceResource::CommunicationPreference => None,
            PreferenceResource::PartyCharacteristic => Some(Array::PartyCharacteristic),
            PreferenceResource::ServiceFeature => Some(Array::Feature),
        }
    }

    /// The array's name in its resource.
    pub fn name(self) -> &'static str {
        match self {
            Array::PartyCharacteristic => "partyCharacteristic",
            Array::Feature => "feature",
        }
    }

    /// The resource's `@type`.
    pub fn resource(self) -> &'static str {
        match self {
            Array::PartyCharacteristic => "Individual",
            Array::Feature => "Service",
        }
    }

    /// The member that says on or off.
    fn member(self) -> &'static str {
        match self {
            Array::PartyCharacteristic => "value",
            Array::Feature => "isEnabled",
        }
    }
}

/// A resource as it was read, for changing one member of its array.
#[derive(Debug, Clone)]
pub struct Document {
    array: Array,
    /// The resource's id, as text.
    pub id: Option<String>,
    elements: Vec<Box<RawValue>>,
}

/// Nobody has more; what follows is not looked at.
const MOST: usize = 100;

/// How operators write on and off, each pair as it stands in JSON.
const SPELLINGS: &[(&str, &str)] = &[
    ("true", "false"),
    ("\"true\"", "\"false\""),
    ("\"on\"", "\"off\""),
    ("\"yes\"", "\"no\""),
    ("\"Yes\"", "\"No\""),
    ("\"1\"", "\"0\""),
    ("1", "0"),
];

/// Reads the preferences of a resource.
pub fn read(body: &[u8], array: Array, own: OwnNames<'_>) -> Result<Decoded, Unreadable> {
    let document = tolerant::parse(body)?;
    // Read as it is written, below.
    recorder::members_asked(&document, ["id"]);
    let mut findings = Findings::default();
    let mut preferences: Vec<Preference> = Vec::new();
    let raw = Document::read(body, array);
    if !Node::root(&document).has(array.name()) {
        findings.note(Node::root(&document).place(), WarningKind::NoList);
    }
    let mut names: Vec<&str> = Node::root(&document)
        .list(&[array.name()])
        .filter_map(|element| element.text(&["name"]))
        .filter(|name| parts(name, own).is_some())
        .collect();
    names.sort_unstable();
    names.dedup();
    let (mut seen, mut looked_at): (Vec<&str>, usize) = (Vec::new(), 0);
    for element in Node::root(&document).list(&[array.name()]) {
        let Some(name) = element.text(&["name"]) else { continue };
        let Some((about, threshold_percent, channel)) = parts(name, own) else { continue };
        looked_at = looked_at.saturating_add(1);
        if looked_at > MOST {
            findings.note(element.place(), WarningKind::TooMany);
            break;
        }
        recorder::members_asked(element.value(), [array.member()]);
        let text = raw.as_ref().and_then(|raw| raw.find(name)).map_or("", |(_, text)| text);
        let Some(enabled) = is_on(text, array) else {
            findings.note(element.place(), WarningKind::NeitherOnNorOff);
            continue;
        };
        if seen.contains(&name) {
            findings.note(element.place(), WarningKind::DuplicatePreference);
            continue;
        }
        seen.push(name);
        let alike = |other: &&&str| parts(other, own).is_some_and(|(a, _, c)| (&a, &c) == (&about, &channel));
        let id = if names.iter().filter(alike).count() == 1 { without_threshold(name) } else { name.to_owned() };
        preferences.push(Preference {
            id,
            about,
            channel,
            value: Value { enabled, threshold_percent },
            mandatory: element.flag(&["isMandatory"]).unwrap_or(false),
            allowed_by: allowed_by(element, &mut findings),
            version: Version { etag: None, body: Some(digest(text)) },
        });
    }
    Ok(Decoded { preferences, warnings: findings.into_warnings(&document) })
}

/// `usageAlert.75.sms`: what about, from which percentage where there is one, and how. None for what is no preference.
fn parts(name: &str, own: OwnNames<'_>) -> Option<(About, Option<u8>, Channel)> {
    let mut parts = name.split('.');
    let (about, known) = vocabulary::about(parts.next()?, own);
    let (channel, channel_known) = vocabulary::channel(parts.next_back()?, own);
    let threshold = match (parts.next(), parts.next()) {
        (None, _) => None,
        (Some(percent), None) => Some(percent.parse().ok().filter(|percent| (1..=100).contains(percent))?),
        _ => return None,
    };
    (known && channel_known).then_some((about, threshold, channel))
}

/// `usageAlert.sms` for `usageAlert.75.sms`.
fn without_threshold(name: &str) -> String {
    match (name.split_once('.'), name.rsplit_once('.')) {
        (Some((about, _)), Some((_, channel))) => format!("{about}.{channel}"),
        _ => name.to_owned(),
    }
}

/// The preference that a wish for `wanted` is about, with the name of its element: the one of that id; else, since others
/// of its kind come and go, the one without regard to the threshold in its name that has the same threshold.
pub fn find(
    body: &[u8],
    array: Array,
    own: OwnNames<'_>,
    wanted: &Preference,
) -> Result<Option<(Preference, String)>, Unreadable> {
    let decoded = read(body, array, own)?.preferences;
    let same_kind = |other: &Preference| {
        without_threshold(&other.id) == without_threshold(&wanted.id)
            && other.value.threshold_percent == wanted.value.threshold_percent
    };
    let found = decoded.iter().find(|other| other.id == wanted.id).or_else(|| decoded.iter().find(|it| same_kind(it)));
    let Some(found) = found else { return Ok(None) };
    let named = Document::read(body, array).and_then(|document| document.name_of(found, own));
    Ok(named.map(|name| (Preference { id: wanted.id.clone(), ..found.clone() }, name)))
}

fn is_on(element: &str, array: Array) -> Option<bool> {
    let (start, end) = span(element, array)?;
    let written = element.get(start..end)?;
    SPELLINGS.iter().find_map(|(on, off)| match written {
        _ if written == *on => Some(true),
        _ if written == *off => Some(false),
        _ => None,
    })
}

/// Where the member that says on or off stands in an element's text.
fn span(element: &str, array: Array) -> Option<(usize, usize)> {
    let members: BTreeMap<&str, &RawValue> = serde_json::from_str(element).ok()?;
    let value = members.get(array.member())?.get();
    // A borrowed value is a part of the text it was read from.
    let start = value.as_ptr().addr().checked_sub(element.as_ptr().addr())?;
    let end = start.checked_add(value.len())?;
    (element.get(start..end) == Some(value)).then_some((start, end))
}

fn digest(element: &str) -> String {
    let digest = Sha256::digest(element.as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

impl Document {
    /// Keeps a resource's array as it was written.
    pub fn read(body: &[u8], array: Array) -> Option<Document> {
        let members: BTreeMap<String, Box<RawValue>> = serde_json::from_slice(body).ok()?;
        let elements = serde_json::from_str(members.get(array.name())?.get()).ok()?;
        let id = members.get("id").and_then(|id| serde_json::from_str(id.get()).ok());
        Some(Document { array, id, elements })
    }

    /// The name of a preference's element.
    fn name_of(&self, preference: &Preference, own: OwnNames<'_>) -> Option<String> {
        let mut names = self.elements.iter().filter_map(|element| {
            let members: BTreeMap<&str, &RawValue> = serde_json::from_str(element.get()).ok()?;
            serde_json::from_str::<String>(members.get("name")?.get()).ok()
        });
        names.find_map(|name| {
            let name = name.trim();
            let (.., threshold, _) = parts(name, own)?;
            let id = name == preference.id || without_threshold(name) == preference.id;
            (id && threshold == preference.value.threshold_percent).then(|| name.to_owned())
        })
    }

    /// The element of a preference, with its place.
    fn find(&self, name: &str) -> Option<(usize, &str)> {
        let named = |element: &RawValue| {
            let members: Option<BTreeMap<&str, &RawValue>> = serde_json::from_str(element.get()).ok();
            let written = members.as_ref().and_then(|members| members.get("name")).map(|name| name.get());
            written
                .and_then(|written| serde_json::from_str::<String>(written).ok())
                .is_some_and(|text| text.trim() == name)
        };
        self.elements.iter().enumerate().find(|(_, element)| named(element)).map(|(at, element)| (at, element.get()))
    }

    /// The change of one member as a JSON Patch (RFC 6902): only where the element still is what was read.
    pub fn json_patch(&self, name: &str, on: bool) -> Option<Vec<u8>> {
        let (at, element) = self.find(name)?;
        let (array, member) = (self.array.name(), self.array.member());
        let value = self.spelled(element, on)?;
        let patch = format!(
            r#"[{{"op":"test","path":"/{array}/{at}","value":{element}}},{{"op":"replace","path":"/{array}/{at}/{member}","value":{value}}}]"#
        );
        Some(patch.into_bytes())
    }

    /// The change as a merge patch (RFC 7396): the whole array as it was read, but for the one member.
    pub fn merge_patch(&self, name: &str, on: bool) -> Option<Vec<u8>> {
        let (changed, element) = self.find(name)?;
        let (start, end) = span(element, self.array)?;
        let value = self.spelled(element, on)?;
        let (before, after) = (element.get(..start)?, element.get(end..)?);
        let elements = self.elements.iter().enumerate().map(|(at, raw)| match at == changed {
            true => format!("{before}{value}{after}"),
            false => raw.get().to_owned(),
        });
        let elements = elements.collect::<Vec<_>>().join(",");
        let (kind, array) = (self.array.resource(), self.array.name());
        Some(format!(r#"{{"@type":"{kind}","{array}":[{elements}]}}"#).into_bytes())
    }

    /// On or off as this operator writes it.
    fn spelled(&self, element: &str, on: bool) -> Option<&'static str> {
        let (start, end) = span(element, self.array)?;
        let written = element.get(start..end)?;
        let (yes, no) = SPELLINGS.iter().find(|(yes, no)| written == *yes || written == *no)?;
        Some(if on { yes } else { no })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preferences::model::AllowedBy;

    const PERSON: &str = r#"{"id": "emma", "partyCharacteristic": [
        {"name":"hobby","value":"chess","@type":"StringCharacteristic"},
        {"name":"hobby","value":1.50,"unknown":{"a":[1e400,null]}},
        {  "x" : "\u00e9" ,"name":"usageAlert.75.sms", "value" :"on" ,"later":12345678901234567890},
        {"name":"billReady.email","value":"off"},
        {"name":"usageAlert.75.sms","value":"off"},
        {"name":"usageAlert.push","value":"perhaps"},
        {"name":"usageAlert.750.sms","value":"on"}
    ]}"#;

    #[test]
    fn elements_that_are_absent_shift_nobodys_value_and_a_body_without_the_array_says_so() {
        let body = br#"{"id": "1", "partyCharacteristic": [null, {}, {"name": "usageAlert.75.sms", "value": "true"},
            {"name": "usageAlert.90.sms", "value": "false"}]}"#;
        let read_so = |body: &[u8]| read(body, Array::PartyCharacteristic, OwnNames::NONE).unwrap();
        let told: Vec<_> = read_so(body).preferences.into_iter().map(|it| (it.id, it.value.enabled)).collect();
        assert_eq!(told, [("usageAlert.75.sms".to_owned(), true), ("usageAlert.90.sms".to_owned(), false)]);
        for odd in [&b"{}"[..], br#"{"code": "x"}"#] {
            let kinds: Vec<_> = read_so(odd).warnings.into_iter().map(|warning| warning.kind).collect();
            assert_eq!(kinds, [WarningKind::NoList]);
        }
    }

    #[test]
    fn named_members_are_preferences_and_everything_else_is_left_alone() {
        let decoded = read(PERSON.as_bytes(), Array::PartyCharacteristic, OwnNames::NONE).unwrap();
        let found: Vec<_> =
            decoded.preferences.iter().map(|p| (p.id.as_str(), &p.about, &p.channel, p.value)).collect();
        let value = |enabled, threshold_percent| Value { enabled, threshold_percent };
        assert_eq!(
            found,
            [
                ("usageAlert.sms", &About::UsageThreshold, &Channel::Sms, value(true, Some(75))),
                ("billReady.email", &About::BillReady, &Channel::Email, value(false, None)),
            ]
        );
        let kinds: Vec<_> = decoded.warnings.iter().map(|warning| warning.kind).collect();
        assert_eq!(kinds, [WarningKind::DuplicatePreference, WarningKind::NeitherOnNorOff]);
    }

    #[test]
    fn a_switch_is_known_without_its_threshold_while_it_is_the_only_one_of_its_topic_and_channel() {
        let service = |names: &[&str]| {
            let features: Vec<_> =
                names.iter().map(|name| serde_json::json!({"name": name, "isEnabled": true})).collect();
            serde_json::json!({"id": "s", "feature": features}).to_string().into_bytes()
        };
        let ids = |names: &[&str]| -> Vec<String> {
            read(&service(names), Array::Feature, OwnNames::NONE)
                .unwrap()
                .preferences
                .into_iter()
                .map(|found| found.id)
                .collect()
        };
        assert_eq!(ids(&["usageAlert.75.sms", "usageAlert.75.push"]), ["usageAlert.sms", "usageAlert.push"]);
        assert_eq!(ids(&["usageAlert.90.sms"]), ["usageAlert.sms"]);
        assert_eq!(ids(&["usageAlert.sms", "billReady.email"]), ["usageAlert.sms", "billReady.email"]);
        assert_eq!(ids(&["usageAlert.75.sms", "usageAlert.90.sms"]), ["usageAlert.75.sms", "usageAlert.90.sms"]);
        assert_eq!(
            ids(&["usageAlert.75.sms", "usage.90.sms"]),
            ["usageAlert.75.sms", "usage.90.sms"],
            "two words for it"
        );
        assert_eq!(ids(&["usageAlert.75.sms", "usageAlert.75.sms"]), ["usageAlert.sms"], "one that is told twice");

        // What a wish made on a switch of this id and threshold is about.
        let found = |names: &[&str], id: &str, percent| {
            let wanted = Preference {
                id: id.to_owned(),
                value: Value { enabled: true, threshold_percent: percent },
                ..read(&service(&["usageAlert.sms"]), Array::Feature, OwnNames::NONE).unwrap().preferences.remove(0)
            };
            find(&service(names), Array::Feature, OwnNames::NONE, &wanted).unwrap().map(|(found, name)| {
                assert_eq!(found.id, id);
                name
            })
        };
        for (names, id, percent, expected) in [
            (&["usageAlert.70.sms"][..], "usageAlert.sms", Some(80), Some("usageAlert.70.sms")),
            (&["usageAlert.sms"], "usageAlert.sms", None, Some("usageAlert.sms")),
            (&["usageAlert.80.sms", "usageAlert.90.sms"], "usageAlert.sms", Some(90), Some("usageAlert.90.sms")),
            (&["usageAlert.80.sms", "usageAlert.90.sms"], "usageAlert.90.sms", Some(90), Some("usageAlert.90.sms")),
            (&["usageAlert.90.sms"], "usageAlert.90.sms", Some(90), Some("usageAlert.90.sms")),
            (&["usageAlert.80.sms"], "usageAlert.90.sms", Some(90), None),
            (&["usageAlert.80.sms", "usageAlert.90.sms"], "usageAlert.sms", Some(75), None),
            (&["usageAlert.80.push"], "usageAlert.sms", Some(80), None),
            (&[], "usageAlert.sms", Some(80), None),
        ] {
            assert_eq!(found(names, id, percent).as_deref(), expected, "{names:?} {id} {percent:?}");
        }
    }

    #[test]
    fn whose_a_preference_is_to_decide_is_read_where_it_says_so() {
        for (more, mandatory, allowed_by) in [
            ("", false, AllowedBy::User),
            (r#","allowedBy":"employer""#, false, AllowedBy::Employer),
            (r#","allowedBy":"regulator","isMandatory":true"#, true, AllowedBy::Regulator),
            (r#","allowedBy":"the moon""#, false, AllowedBy::Employer),
        ] {
            let service = format!(r#"{{"id":"s","feature":[{{"name":"roaming.sms","isEnabled":true{more}}}]}}"#);
            let found = read(service.as_bytes(), Array::Feature, OwnNames::NONE).unwrap().preferences.remove(0);
            assert_eq!((found.mandatory, found.allowed_by), (mandatory, allowed_by), "{more}");
        }
    }

    #[test]
    fn what_is_not_understood_goes_back_byte_for_byte() {
        let document = Document::read(PERSON.as_bytes(), Array::PartyCharacteristic).unwrap();
        let patch = String::from_utf8(document.merge_patch("usageAlert.75.sms", false).unwrap()).unwrap();
        let expected: String = PERSON
            .split_once('[')
            .unwrap()
            .1
            .rsplit_once(']')
            .unwrap()
            .0
            .split("},\n")
            .map(str::trim)
            .collect::<Vec<_>>()
            .join("},")
            .replace(r#""value" :"on" ,"#, r#""value" :"off" ,"#);
        assert_eq!(patch, format!(r#"{{"@type":"Individual","partyCharacteristic":[{expected}]}}"#));
    }

    #[test]
    fn a_change_of_one_member_is_tested_against_what_was_read() {
        let service = r#"{"id":7,"feature":[{"name":"vowifi.push","isEnabled":false,"featureCharacteristic":[]}]}"#;
        let document = Document::read(service.as_bytes(), Array::Feature).unwrap();
        let patch = String::from_utf8(document.json_patch("vowifi.push", true).unwrap()).unwrap();
        assert_eq!(
            patch,
            concat!(
                r#"[{"op":"test","path":"/feature/0","value":{"name":"vowifi.push","isEnabled":false,"featureCharacteristic":[]}},"#,
                r#"{"op":"replace","path":"/feature/0/isEnabled","value":true}]"#
            )
        );
        assert_eq!(document.json_patch("roaming.sms", true), None);
    }

    #[test]
    fn on_and_off_are_written_as_the_operator_writes_them() {
        for (on, off) in SPELLINGS {
            for (written, is, wanted) in [(on, true, off), (off, false, on)] {
                let person =
                    format!(r#"{{"id":"e","partyCharacteristic":[{{"name":"roaming.sms","value":{written}}}]}}"#);
                let decoded = read(person.as_bytes(), Array::PartyCharacteristic, OwnNames::NONE).unwrap();
                assert_eq!(decoded.preferences[0].value.enabled, is, "{written}");
                let document = Document::read(person.as_bytes(), Array::PartyCharacteristic).unwrap();
                let patch = String::from_utf8(document.merge_patch("roaming.sms", !is).unwrap()).unwrap();
                assert!(patch.contains(&format!(r#""value":{wanted}}}"#)), "{written}: {patch}");
            }
        }
    }
}
