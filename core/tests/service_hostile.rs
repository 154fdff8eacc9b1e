//! What no operator's service or order may do, however broken or hostile: panic, speak of another's line, say that Wi-Fi
//! calling is on where nothing says so, or write itself into an order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

// What counts zeros is for amounts.
#[allow(dead_code)]
#[path = "support/mutants.rs"]
mod mutants;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use companion::operator::tolerant::{MAX_JSON_BYTES, WarningKind};
use companion::session::{Line, Lines};
use companion::vowifi::line::{FeaturePlace, Order, OrderState, Provisioned};
use companion::vowifi::tmf::{Told, order_body, read_new_order, read_order, read_services};
use proptest::prelude::*;
use serde_json::{Value, json};

use mutants::{documents, files, oddities, places, without};

fn lines() -> Lines {
    let line = |id: &str, number: &str| Line { id: id.to_owned(), msisdn: Some(number.to_owned()) };
    Lines(vec![line("line-1", "+32470550123"), line("line-2", "+32499000000")])
}

fn order(id: Option<&str>) -> Order {
    Order {
        operation: "op-1".to_owned(),
        line: "line-1".to_owned(),
        service: "svc".to_owned(),
        place: None,
        id: id.map(str::to_owned),
        at_ms: 0,
        state: OrderState::Unsent,
        sending_ms: None,
    }
}

fn read(document: &Value) -> Option<Told> {
    read_services(document.to_string().as_bytes(), &lines()).ok()
}

/// Everything that is made of a document; what was read of services.
fn is_sound(body: &[u8]) -> Option<Told> {
    for of in [order(None), order(Some("so-1"))] {
        if let Ok(Some(told)) = read_order(body, &of) {
            assert!(
                !told.id.is_empty() && of.id.is_none_or(|id| id == told.id),
                "another order than the one asked for"
            );
        }
    }
    let _ = read_new_order(body);
    let told = read_services(body, &lines()).ok()?;
    let of: BTreeSet<_> = told.services.iter().map(|service| service.line.as_str()).collect();
    assert_eq!(of.len(), told.services.len(), "a line comes twice");
    assert!(of.iter().all(|line| ["line-1", "line-2"].contains(line)), "another's line: {of:?}");
    assert!(told.warnings.len() <= 101 && told.warnings.iter().all(|warning| warning.to_string().is_ascii()));
    for service in &told.services {
        let id = service.service.as_deref().unwrap_or("svc");
        let asked = Order { service: id.to_owned(), place: service.place.clone(), ..order(None) };
        let written: Value = serde_json::from_slice(&order_body(&asked, "person-1")).unwrap();
        let item = &written["serviceOrderItem"][0];
        assert_eq!((&item["action"], &item["service"]["id"]), (&json!("modify"), &json!(id)));
        assert_eq!(item["service"]["feature"].as_array().map(Vec::len), Some(1), "one thing is asked for");
        assert!(written.to_string().len() < 4096, "an order as long as the document");
    }
    Some(told)
}

#[test]
fn each_document_says_what_it_says() {
    let of = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(name);
        is_sound(&fs::read(path).unwrap()).unwrap()
    };
    let found = |told: &Told| -> Vec<(String, Option<String>, Provisioned)> {
        told.services.iter().map(|one| (one.line.clone(), one.service.clone(), one.provisioned)).collect()
    };
    let entry = |line: &str, service: &str, told| (line.to_owned(), Some(service.to_owned()), told);
    assert_eq!(found(&of("tmf638/mobile-line.json")), [entry("line-1", "svc-7", Provisioned::Off)]);
    assert_eq!(
        found(&of("tmf638/several-lines.json")),
        [entry("line-2", "svc-1", Provisioned::Off), entry("line-1", "svc-2", Provisioned::Off)]
    );
    let told = of("tmf638/trap-spellings.json");
    assert_eq!(found(&told), [entry("line-1", "svc-2", Provisioned::Off), entry("line-2", "svc-3", Provisioned::Off)]);
    let kinds: Vec<_> = told.warnings.iter().map(|warning| (warning.path.as_str(), warning.kind)).collect();
    assert_eq!(kinds, [("[0].feature[0]", WarningKind::NeitherOnNorOff), ("[1]", WarningKind::NotAnObject)]);

    let read = |name: &str, id: Option<&str>| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/tmf641").join(name);
        read_order(&fs::read(path).unwrap(), &order(id)).unwrap().map(|told| (told.id, told.state))
    };
    assert_eq!(read("orders.json", None), Some(("so-2".to_owned(), OrderState::InProgress)));
    assert_eq!(read("orders.json", Some("so-1")), Some(("so-1".to_owned(), OrderState::Done)));
    assert_eq!(read("items.json", None), Some(("so-3".to_owned(), OrderState::Waiting)));
}

/// In the project's own documents Wi-Fi calling is off for each of the person's lines.
#[test]
fn a_missing_or_odd_member_never_panics_and_never_switches_it_on() {
    let (mut looked, oddities) = (0_usize, oddities());
    for (name, document) in ["tmf638", "tmf641"].into_iter().flat_map(documents) {
        let mut all = Vec::new();
        places(&document, "", &mut all);
        for place in all {
            if let Some(told) = is_sound(without(&document, &place).to_string().as_bytes()) {
                let is_on = told.services.iter().any(|service| service.provisioned == Provisioned::On);
                // Whose state goes is a service in use again, and it says that it is on.
                assert!(!is_on || place == "/data/3/state", "{name} without {place}: {:?}", told.services);
                looked += 1;
            }
            for oddity in &oddities {
                let mut mutant = document.clone();
                oddity.clone_into(mutant.pointer_mut(&place).unwrap());
                let Some(told) = is_sound(mutant.to_string().as_bytes()) else { continue };
                let is_on = told.services.iter().any(|service| service.provisioned == Provisioned::On);
                assert!(
                    !is_on || *oddity == json!(true) || place == "/data/3/state",
                    "{name} with {oddity} at {place}: {:?}",
                    told.services
                );
                looked += 1;
            }
        }
    }
    assert!(looked > 1_000, "{looked} mutants read");
}

/// One bad service never hides the others.
#[test]
fn what_is_broken_hides_nothing_else() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/tmf638/several-lines.json");
    let document: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    for (broken, left) in [(0, "line-1"), (1, "line-2")] {
        for oddity in oddities() {
            let mut mutant = document.clone();
            mutant["data"][broken] = oddity.clone();
            let told = read(&mutant).unwrap();
            assert!(told.services.iter().any(|service| service.line == left), "{oddity} in place of {broken}");
        }
    }
}

#[test]
fn a_document_cut_anywhere_is_refused_whole() {
    for (name, document) in ["tmf638", "tmf641"].into_iter().flat_map(documents) {
        let body = document.to_string();
        for end in 0..body.len() {
            let cut = &body.as_bytes()[..end];
            assert!(read_services(cut, &lines()).is_err(), "{name} cut at {end}");
            assert!(read_order(cut, &order(None)).is_err() && read_new_order(cut).is_err(), "{name} cut at {end}");
        }
    }
}

#[test]
fn two_mebibytes_of_services_and_orders_stay_bounded() {
    let long = "x".repeat(10_000);
    let service = json!({ "id": long, "publicIdentifier": "+32470550123", "feature": [
        { "name": "Voice", "featureCharacteristic": [{ "name": long, "value": [{ "voWifi": "off" }] }] }] });
    let many = Value::Array(vec![service; 90]);
    let told = is_sound(many.to_string().as_bytes()).unwrap();
    assert_eq!((told.services.len(), &told.services[0].service), (1, &None), "no operator's id is so long");
    let Some(FeaturePlace::Member { characteristic, .. }) = &told.services[0].place else { panic!("{told:?}") };
    assert!(characteristic.len() <= 64);

    let fill = |element: &str| format!("[{}{{}}]", element.repeat((MAX_JSON_BYTES - 10) / element.len()));
    let told = is_sound(fill(r#"{"id":"a","publicIdentifier":"+32470550123"},"#).as_bytes()).unwrap();
    let kinds: Vec<_> = told.warnings.iter().map(|warning| warning.kind).collect();
    assert_eq!((told.services.len(), kinds.as_slice()), (1, [WarningKind::TooMany].as_slice()));
    let told = is_sound(fill(r#"{"id":"a","publicIdentifier":"+32488888888"},"#).as_bytes()).unwrap();
    assert!(told.services.is_empty() && told.warnings.len() <= 101);
    is_sound(fill(r#"{"id":"so-9","externalId":"another"},"#).as_bytes());
}

/// Documents that may be read here but not kept: a folder named by COMPANION_TMF_SAMPLES, or `shared/tmf` beside the
/// checkout. Without it there is nothing to check.
#[test]
fn official_samples_beside_the_checkout_decode() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/tmf");
    let folder = std::env::var_os("COMPANION_TMF_SAMPLES").map_or(beside, PathBuf::from);
    let Ok(sample) = fs::read(folder.join("tmf640-v4-service-mobileLine-voWifi-sample.json")) else {
        eprintln!("no samples in {}: skipped", folder.display());
        return;
    };
    // Its number is written for America, without a country.
    let of = |number: &str| Lines(vec![Line { id: "line-1".to_owned(), msisdn: Some(number.to_owned()) }]);
    let told = read_services(&sample, &of("415-275-7439")).unwrap();
    let [service] = told.services.as_slice() else { panic!("{told:?}") };
    assert_eq!((service.service.as_deref(), service.provisioned), (Some("123-456"), Provisioned::Off));
    assert_eq!(told.warnings, [], "everything in it is understood");
    let asked = Order { service: "123-456".to_owned(), place: service.place.clone(), ..order(None) };
    let written: Value = serde_json::from_slice(&order_body(&asked, "12")).unwrap();
    let asked = &written["serviceOrderItem"][0]["service"]["feature"][0];
    assert_eq!(asked["name"], "Voice");
    assert_eq!(asked["featureCharacteristic"][0]["value"], json!([{ "voWifi": "enable" }]), "written as it is read");
    assert!(read_services(&sample, &of("+32470550123")).unwrap().services.is_empty(), "another's line");

    for file in files(&folder) {
        let body = fs::read(&file).unwrap();
        let said = read_services(&body, &of("+32470550123"));
        let is_on = said.is_ok_and(|told| told.services.iter().any(|one| one.provisioned != Provisioned::Unknown));
        assert!(!is_on, "{}: nothing there is about this line", file.display());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_bytes_never_panic(body in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = is_sound(&body);
    }

    #[test]
    fn damaged_documents_never_panic(pick in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let documents: Vec<_> = ["tmf638", "tmf641"].into_iter().flat_map(documents).collect();
        let mut body = pick.get(&documents).1.to_string().into_bytes();
        let at = at.index(body.len());
        body[at] = byte;
        let _ = is_sound(&body);
    }
}
