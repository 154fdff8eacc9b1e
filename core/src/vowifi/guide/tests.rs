//! The bundled file and its JSON schema agree, on what is right and on what is wrong; and a damaged file does no harm.

use boon::{Compiler, Schemas};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::choose::choose;
use super::file::{bundled_document, read};
use super::lint::faults;
use super::model::Platform;
use super::phone::{Phone, Sims};

const SMALL: &str = include_str!("../../../../tests/fuzz/seeds/guide_file/small.json");

#[test]
fn the_schema_and_the_reader_agree() {
    let schema: Value = serde_json::from_str(include_str!("../../../guides/schema.json")).unwrap();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("guides.json", schema).unwrap();
    let index = compiler.compile("guides.json", &mut schemas).unwrap();
    let by_schema = |document: &Value| schemas.validate(document, index).map_err(|error| error.to_string());
    let by_reader = |document: &Value| read(&serde_json::to_vec(document).unwrap()).map(drop);

    let document = bundled_document().unwrap();
    assert_eq!(by_schema(&document), Ok(()));
    assert_eq!(by_reader(&document), Ok(()));

    let absent = Value::Null;
    let vectors = [
        ("/schema", json!(2)),
        ("/version", json!(-1)),
        ("/version", json!("1")),
        ("/issued", json!("yesterday")),
        ("/minCore", json!("1")),
        ("/search", json!({ "ios": "ios-search" })),
        ("/unheard", json!(1)),
        ("/sources/0/kind", json!("rumour")),
        ("/sources/0/id", json!("no id")),
        ("/labels/0/labels/en", json!("")),
        ("/labels/0/labels/en", json!("Settings")),
        ("/labels/0/labels/en", json!(["Settings"])),
        ("/labels/0/labels/en/confidence", json!("X")),
        ("/labels/0/labels/en/variants", json!([" Settings"])),
        ("/labels/0/labels/en/variants", json!([""])),
        ("/labels/0/labels/it", json!("unknown")),
        ("/routes/0/kind", json!("detour")),
        ("/routes/0/steps/0/kind", json!("jump")),
        ("/routes/0/steps", json!(vec![json!({ "id": "a", "kind": "open" }); 13])),
        ("/guides/0/matches/0/osMin", json!(-1)),
        ("/guides/0/matches/0/osMin", json!(70_000)),
        ("/guides/0/matches/0/skin", json!(["touchWiz"])),
        ("/guides/0/menus", json!("aosp")),
        ("/guides/0/checkedOn", json!("27/09/2026")),
        ("/guides/0/priority", json!(256)),
        ("/operators/0/defaultMode", json!("satellite")),
        ("/operators/0/ports", json!([500, 4500, 22])),
        ("/operators/0/roamingRule", json!("free")),
        ("/operators/0/epdg/0/family", json!("ipv5")),
        ("/probePolicy/resendMs", json!([0, 1, 2, 3])),
        ("/probePolicy/enabled", json!("yes")),
        ("/prerequisites/0/check", json!("horoscope")),
        ("/verify/0/nextOk", json!("maybe")),
        ("/symptoms/0/answers/0/answer", json!("perhaps")),
        ("/guides/0/sources", absent.clone()),
        ("/labels/0/labels/de", absent.clone()),
        ("/probePolicy", absent),
    ];
    let mut wrong = Vec::new();
    for (pointer, value) in vectors {
        let mut document = document.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        match (document.pointer_mut(parent).unwrap(), &value) {
            (Value::Array(list), _) => list[name.parse::<usize>().unwrap()] = value.clone(),
            (Value::Object(map), Value::Null) => drop(map.remove(name).unwrap()),
            (Value::Object(map), _) => drop(map.insert(name.to_owned(), value.clone())),
            _ => panic!("{pointer}"),
        }
        if by_schema(&document).is_ok() || by_reader(&document).is_ok() {
            wrong.push(format!("{pointer} {value}: {:?} {:?}", by_schema(&document), by_reader(&document)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every place in a document, by pointer.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, item)| places(item, &format!("{at}/{index}"), all))
        }
        Value::Object(map) => map.iter().for_each(|(name, item)| places(item, &format!("{at}/{name}"), all)),
        _ => {}
    }
}

/// A file is refused, or has a fault, or leads every phone somewhere.
fn does_no_harm(bytes: &[u8]) -> Result<(), TestCaseError> {
    let file = match read(bytes) {
        Ok(file) => file,
        Err(error) => {
            prop_assert!(error.to_string().is_ascii(), "an error repeats the file");
            return Ok(());
        }
    };
    if !faults(&file).is_empty() {
        return Ok(());
    }
    for (platform, maker, os) in
        [(Platform::Ios, "Apple", "18.1"), (Platform::Android, "samsung", "14"), (Platform::Android, "Sony", "13")]
    {
        let phone = Phone {
            platform,
            maker: maker.to_owned(),
            brand: String::new(),
            model: String::new(),
            os_version: os.to_owned(),
            skin: String::new(),
            skin_version: String::new(),
            language: "fr".to_owned(),
            sims: Sims::default(),
            is_managed: false,
        };
        let choice = choose(&file, &phone);
        prop_assert!(choice.is_some_and(|choice| !choice.routes.is_empty()), "{} is led nowhere", maker);
    }
    Ok(())
}

#[test]
fn the_small_file_of_the_fuzzer_is_without_fault() {
    assert_eq!(faults(&read(SMALL.as_bytes()).unwrap()), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_with_damaged_bytes_does_no_harm(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = SMALL.as_bytes().to_vec();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        does_no_harm(&bytes)?;
    }

    #[test]
    fn a_file_with_values_in_wrong_places_does_no_harm(from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let mut document: Value = serde_json::from_str(SMALL).unwrap();
        let mut all = Vec::new();
        places(&document, "", &mut all);
        let value = document.pointer(&all[from.index(all.len())]).unwrap().clone();
        *document.pointer_mut(&all[to.index(all.len())]).unwrap() = value;
        does_no_harm(&serde_json::to_vec(&document).unwrap())?;
    }
}
