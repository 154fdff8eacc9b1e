//! The bundled file keeps to every rule, and each rule is seen to be broken.

use serde_json::{Value, json};

use super::*;
use crate::vowifi::guide::file::{bundled, bundled_document, read};
use crate::vowifi::guide::keys::TEXT_KEYS;

#[test]
fn the_bundled_file_keeps_to_every_rule() {
    let faults = faults(&bundled().unwrap());
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn each_rule_is_seen_to_be_broken() {
    let wording = |variants: &[&str], confidence: &str, source: &str| json!({ "variants": variants, "confidence": confidence, "sources": [source] });
    let vectors: [(&str, Value, &str, Rule); 46] = [
        ("/guides/0/sources", json!([]), "guides.ios-15-17", Rule::NoSource),
        ("/guides/0/sources", json!(["XYZ"]), "guides.ios-15-17", Rule::Dangling),
        ("/guides/0/checkedOn", json!("2026-11-26"), "guides.ios-15-17", Rule::Dates),
        ("/guides/0/airplane", json!("nothing"), "guides.ios-15-17", Rule::Dangling),
        ("/guides/0/notes", json!(["wifi-note-unheard"]), "guides.ios-15-17", Rule::UnknownText),
        ("/guides/0/matches", json!([]), "guides.ios-15-17", Rule::FitsNothing),
        ("/guides/0/matches/0/maker", json!(["Apple"]), "guides.ios-15-17.matches[0]", Rule::FitsNothing),
        ("/guides/0/matches/0/osMin", json!(18), "guides.ios-15-17.matches[0]", Rule::EmptyRange),
        ("/guides/0/matches/0/osSeenTo", json!(18), "guides.ios-15-17.matches[0]", Rule::EmptyRange),
        ("/guides/0/matches/0/skinMin", json!(1), "guides.ios-15-17.matches[0]", Rule::EmptyRange),
        ("/guides/0/matches/0/plmns", json!(["206-05"]), "guides.ios-15-17.matches[0]", Rule::Plmn),
        ("/guides/0/matches/0", json!({}), "guides", Rule::NoGeneric),
        ("/guides/3/matches/0/osMin", json!(15), "guides", Rule::NoGeneric),
        ("/guides/0/id", json!("ios-18"), "guides[1]", Rule::Twice),
        ("/guides/0/menus", json!({ "as": "aosp" }), "guides.ios-15-17", Rule::Dangling),
        ("/guides/0/menus/own/ways/0/route", json!("nowhere"), "guides.ios-15-17", Rule::Dangling),
        ("/guides/0/menus/own/ways/0/route", json!("ios-search"), "guides.ios-15-17", Rule::Twice),
        ("/labels/0/id", json!("ios-apps"), "labels[6]", Rule::Twice),
        ("/labels/0/labels/en", wording(&[], "M", "G26"), "labels.ios-settings.en", Rule::NoVariant),
        ("/labels/0/labels/en", wording(&["A", "A"], "M", "G26"), "labels.ios-settings.en", Rule::SameVariant),
        ("/labels/0/labels/en", wording(&["A"], "H", "K"), "labels.ios-settings.en", Rule::NotWorthIt),
        ("/labels/0/labels/en", wording(&["A"], "M", "XYZ"), "labels.ios-settings.en", Rule::Dangling),
        ("/labels/0/labels/en/sources", json!([]), "labels.ios-settings.en", Rule::NoSource),
        ("/labels/0/labels/nl", wording(&["Réglages"], "L", "K"), "labels.ios-settings", Rule::FrenchIsDutch),
        ("/sources/0/id", json!("A11"), "sources[1]", Rule::Twice),
        ("/routes/0/steps", json!([]), "routes.ios-15-settings", Rule::LeadsNowhere),
        ("/routes/0/steps/0/label", json!("nothing"), "routes.ios-15-settings.settings", Rule::Dangling),
        ("/routes/0/steps/0/textKey", json!("wifi-unheard"), "routes.ios-15-settings.settings", Rule::UnknownText),
        ("/routes/0/steps/1/id", json!("settings"), "routes.ios-15-settings.steps[1]", Rule::Twice),
        ("/search/ios", json!("nowhere"), "search.ios", Rule::Dangling),
        ("/search/ios", json!("ios-18-settings"), "search.ios", Rule::LeadsNowhere),
        ("/operators/0/plmns", json!(["20620"]), "operators.plmns[1]", Rule::Twice),
        ("/operators/0/plmns", json!(["206-05"]), "operators.telenet", Rule::Plmn),
        ("/operators/0/spnPattern", json!("WiFi Calling"), "operators.telenet.spnPattern", Rule::NoVariant),
        ("/operators/0/ports", json!([500, 22]), "operators.telenet.ports", Rule::OutOfBounds),
        ("/operators/0/ports", json!([500, 500]), "operators.telenet.ports", Rule::OutOfBounds),
        ("/operators/0/epdg/0/host", json!("192.0.2.1"), "operators.telenet.epdg[0]", Rule::Host),
        ("/operators/0/epdg/0/sources", json!([]), "operators.telenet.epdg[0]", Rule::NoSource),
        ("/operators/0/epdg/0/until", json!("2023-11-01"), "operators.telenet.epdg[0]", Rule::EmptyRange),
        ("/operators/0/emergencyOverWifi/0/sources", json!([]), "operators.telenet", Rule::NoSource),
        ("/operators/0/roamingRule", json!({ "text": "unheard" }), "operators.telenet", Rule::UnknownText),
        ("/verify/1/nextOk", json!({ "step": "airplane-on" }), "verify.probe", Rule::Dangling),
        ("/verify/1/nextFail", json!({ "symptom": "nothing" }), "verify.probe", Rule::Dangling),
        ("/symptoms/0/answers", json!([]), "symptoms.not-shown-good-signal", Rule::LeadsNowhere),
        ("/probePolicy/maxPerHour", json!(60), "probePolicy", Rule::OutOfBounds),
        ("/expires", json!("2026-11-25T00:00:00Z"), "expires", Rule::Dates),
    ];
    let document = bundled_document().unwrap();
    let mut wrong = Vec::new();
    for (pointer, value, place, rule) in vectors {
        let mut document = document.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        match document.pointer_mut(parent).unwrap() {
            Value::Array(list) => list[name.parse::<usize>().unwrap()] = value.clone(),
            Value::Object(map) => drop(map.insert(name.to_owned(), value.clone())),
            _ => panic!("{pointer}"),
        }
        let found = faults(&read(&serde_json::to_vec(&document).unwrap()).unwrap());
        if !found.iter().any(|fault| fault.place.as_str() == place && fault.rule == rule) {
            wrong.push(format!("{pointer} {value}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_text_that_is_known_is_asked_for() {
    assert!(TEXT_KEYS.is_sorted_by(|one, next| one < next));
    let text = bundled_document().unwrap().to_string();
    let kinds = [
        StepKind::Open,
        StepKind::Heading,
        StepKind::Sim,
        StepKind::Menu,
        StepKind::QuickSettings,
        StepKind::SearchBox,
        StepKind::Type,
        StepKind::Switch,
    ];
    let of_kinds: Vec<_> = kinds.iter().map(|kind| kind.text_key()).collect();
    let unasked: Vec<_> =
        TEXT_KEYS.iter().filter(|key| !text.contains(&format!("\"{key}\"")) && !of_kinds.contains(key)).collect();
    assert!(unasked.is_empty(), "{unasked:?}");
}
