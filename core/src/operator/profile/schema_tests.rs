//! The schema that editors read and the reader of profiles are one: they know the same fields, and take and refuse the same.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use boon::{Compiler, SchemaIndex, Schemas};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{JSON_SCHEMA, Problem, Profile};

/// Every field there is, with a value.
const FULL: &str = include_str!("../../../tests/documents/profiles/full.json");
/// What no profile has.
const UNHEARD: &str = "zzzzzzzzz";

/// Faults that a schema of JSON cannot say, by field: order, one list against another, and what makes a host's name.
const BEYOND_SCHEMAS: &[(&str, &str)] = &[
    ("alerts.thresholdsPercent", "ascending"),
    ("apis.wifiCalling.guideKeys", "alike"),
    ("identity.issuer", "is no address"),
    ("apis.invoices.paymentHosts", "host's name"),
];

struct BySchema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl BySchema {
    fn new() -> BySchema {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("profile.schema.json", schema()).unwrap();
        let index = compiler.compile("profile.schema.json", &mut schemas).unwrap();
        BySchema { schemas, index }
    }

    fn takes(&self, profile: &Value) -> Result<(), String> {
        self.schemas.validate(profile, self.index).map_err(|error| format!("{error:#}"))
    }

    /// Both say the same, and what they say.
    fn agrees(&self, profile: &Value) -> Result<bool, String> {
        match (self.takes(profile), by_reader(profile)) {
            (Ok(()), Ok(_)) => Ok(true),
            (Err(_), Err(_)) => Ok(false),
            (Ok(()), Err((field, reason))) if is_beyond_schemas(&field, &reason) => Ok(false),
            (schema, reader) => Err(format!("schema: {schema:?}\nreader: {:?}", reader.map(drop))),
        }
    }
}

fn schema() -> Value {
    serde_json::from_str(JSON_SCHEMA).unwrap()
}

fn full() -> Value {
    serde_json::from_str(FULL).unwrap()
}

fn by_reader(profile: &Value) -> Result<Profile, (String, String)> {
    Profile::parse(&profile.to_string()).map_err(|problem| match problem {
        Problem::Configuration { field, reason } => (field, reason),
        other => panic!("{other:?}"),
    })
}

fn is_beyond_schemas(field: &str, reason: &str) -> bool {
    BEYOND_SCHEMAS.iter().any(|(known, why)| field.starts_with(known) && reason.contains(why))
}

/// Every place in a profile, but for its comments.
fn places(profile: &Value) -> Vec<String> {
    fn below(value: &Value, place: &str, places: &mut Vec<String>) {
        places.push(place.to_owned());
        match value {
            Value::Object(members) => {
                for (name, value) in members.iter().filter(|(name, _)| !name.starts_with("//")) {
                    below(value, &format!("{place}/{name}"), places);
                }
            }
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(at, value)| below(value, &format!("{place}/{at}"), places));
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    below(profile, "", &mut all);
    all
}

/// A schema with what its `$ref` refers to put in its place; what stands beside it comes first.
fn resolved<'s>(root: &'s Value, schema: &'s Value) -> Vec<&'s Value> {
    let mut found = vec![schema];
    if let Some(reference) = schema["$ref"].as_str() {
        found.extend(resolved(root, root.pointer(reference.trim_start_matches('#')).unwrap()));
    }
    found
}

/// The schema of a place in a profile.
fn schema_at<'s>(root: &'s Value, place: &str) -> Vec<&'s Value> {
    let mut here = vec![root];
    for step in place.split('/').skip(1) {
        let next = here.iter().find_map(|schema| {
            let member = &schema["properties"][step];
            let one_of = schema["oneOf"].as_array().into_iter().flatten().map(|choice| &choice["properties"][step]);
            let listed = if step.parse::<usize>().is_ok() { &schema["items"] } else { &schema["additionalProperties"] };
            std::iter::once(member).chain(one_of).chain([listed]).find(|found| found.is_object())
        });
        here = resolved(root, next.unwrap_or_else(|| panic!("{place} is not in the schema")));
    }
    here
}

#[test]
fn the_shipped_profiles_are_taken_by_both_and_the_one_to_be_filled_in_by_neither() {
    let by_schema = BySchema::new();
    for (text, taken) in [
        (FULL, true),
        (include_str!("../../../profiles/sandbox.json"), true),
        (include_str!("../../../profiles/v4-meuse.json"), true),
        (include_str!("../../../profiles/prepaid-polder.json"), true),
        (include_str!("../../../profiles/telenet-business.json"), false),
    ] {
        let profile: Value = serde_json::from_str(text).unwrap();
        assert_eq!(by_schema.agrees(&profile), Ok(taken), "{} {:?}", profile["id"], by_schema.takes(&profile));
    }
}

#[test]
fn every_field_is_described() {
    fn undescribed(schema: &Value, place: &str, found: &mut Vec<String>) {
        for (keyword, value) in schema.as_object().into_iter().flatten() {
            match (keyword.as_str(), value) {
                ("properties", Value::Object(fields))
                    if !place.contains("/then")
                        && !place.ends_with("localisedText")
                        && !place.ends_with("localisedPage") =>
                {
                    for (name, field) in fields {
                        if field["description"].as_str().is_none_or(|text| !text.ends_with(['.', '"'])) {
                            found.push(format!("{place}/{name}"));
                        }
                        undescribed(field, &format!("{place}/{name}"), found);
                    }
                }
                (_, Value::Object(_)) => undescribed(value, &format!("{place}/{keyword}"), found),
                (_, Value::Array(list)) => {
                    list.iter().for_each(|item| undescribed(item, &format!("{place}/{keyword}"), found));
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    undescribed(&schema(), "", &mut found);
    found.retain(|place| !place.contains("/if/"));
    assert_eq!(found, Vec::<String>::new());
}

/// The names that the reader says may stand at a place, where it is given one that it does not know.
fn names_by_reader(profile: &Value, place: &str, wrong: Value) -> Option<BTreeSet<String>> {
    let mut changed = profile.clone();
    match changed.pointer_mut(place).unwrap() {
        Value::Object(members) => drop(members.insert(UNHEARD.to_owned(), wrong)),
        other => *other = wrong,
    }
    let (_, reason) = by_reader(&changed).err()?;
    let (_, names) = reason.split_once("; here may stand ")?;
    let (names, _) = names.rsplit_once(" (line ")?;
    Some(names.split(", ").map(str::to_owned).collect())
}

#[test]
fn the_schema_has_the_fields_and_the_words_that_the_reader_knows_and_no_others() {
    let (root, full) = (schema(), full());
    let mut seen = BTreeSet::new();
    for place in places(&full) {
        let schemas = schema_at(&root, &place);
        let of = |keyword: &str| schemas.iter().map(|schema| &schema[keyword]).find(|value| !value.is_null());
        let value = full.pointer(&place).unwrap();
        if let Some(words) = of("enum").filter(|_| value.is_string() && place != "/timeZone") {
            let words = words.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect();
            assert_eq!(names_by_reader(&full, &place, json!(UNHEARD)), Some(words), "{place}");
        }
        // A map of the operator's own names has no fields; one that is a choice among variants is told apart below.
        if let Some(fields) = of("properties").filter(|_| value.is_object() && of("maxProperties").is_none()) {
            let mut fields: BTreeSet<String> = fields.as_object().unwrap().keys().cloned().collect();
            assert_eq!(names_by_reader(&full, &place, json!(1)).as_ref(), Some(&fields), "{place}");
            let here = value.as_object().unwrap();
            fields.retain(|name| here.contains_key(name));
            seen.extend(fields.into_iter().map(|name| (generic(&place), name)));
            // So that nothing is left untried: the full profile has every field, if not in each element of a list.
            let all = of("properties").unwrap().as_object().unwrap().keys();
            let first = !place.ends_with(|last: char| last.is_ascii_digit())
                && !place.contains("/name")
                && !place.contains("/hours");
            assert!(
                !first || all.clone().all(|name| here.contains_key(name)),
                "{place} of the full profile lacks a field"
            );
        }
    }
    for (place, name) in [
        ("/support/contacts/0", "hours"),
        ("/support/pages/0", "topic"),
        ("/apis/invoices/splitBill/contribution/0", "category"),
        ("/alerts/sent/0", "at"),
        ("/apis/wifiCalling/guideKeys/0", "ed25519"),
    ] {
        assert!(seen.contains(&(generic(place), name.to_owned())), "{place}/{name}");
    }
}

/// A place whatever the element of a list.
fn generic(place: &str) -> String {
    let steps = place.split('/').map(|step| if step.parse::<usize>().is_ok() { "0" } else { step });
    steps.collect::<Vec<_>>().join("/")
}

#[test]
fn both_take_and_refuse_the_same() {
    let by_schema = BySchema::new();
    let cases: &[(&str, Value, bool)] = &[
        ("/schema", json!(2), false),
        ("/schema", json!("1"), false),
        ("/$schema", json!("./profile.schema.json"), true),
        ("/$schema", json!(1), false),
        ("/id", json!(" "), false),
        ("/name", json!(""), false),
        ("/languages", json!([]), false),
        ("/timeZone", json!("Mars/Olympus"), false),
        ("/identity/issuer", json!(""), false),
        ("/identity/issuer", json!("http://id.example"), false),
        ("/identity/issuer", json!("https:id.example"), false),
        ("/identity/issuer", json!("https://"), false),
        ("/identity/issuer", json!("https://id.example?x=1"), false),
        ("/identity/issuer", json!("https://id.example/#x"), false),
        ("/identity/issuer", json!("https://user@id.example"), false),
        ("/identity/issuer", json!("https://id .example"), false),
        ("/identity/issuer", json!("https://id.example:port/"), false),
        ("/identity/issuer", json!("https://id.example/"), true),
        ("/identity/redirectUri", json!("nowhere"), false),
        ("/identity/redirectUri", json!("https://app.example/signed-in?x=1"), true),
        ("/identity/scopes", json!(["profile"]), false),
        ("/identity/scopes", json!(["profile", "openid"]), true),
        ("/identity/origins", json!(["http://a.example"]), false),
        ("/identity/idTokenAlgorithms", json!([]), false),
        ("/identity/idTokenAlgorithms", json!(["HS256"]), false),
        ("/identity/idTokenAlgorithms", json!(["none"]), false),
        ("/identity/registrationUrl", json!("http://a.example"), false),
        ("/identity/invitation/link", json!("https://a.example/x?y"), false),
        ("/identity/errors", json!({ "a": "wrong" }), false),
        ("/identity/errors", json!({ "//": "a word" }), true),
        ("/apis/usage/query", json!("guess"), false),
        ("/apis/usage/query", json!("query-post"), false),
        ("/apis/usage/lineFilter", json!(""), false),
        ("/apis/preferences/topics", json!({ "a": "moonPhase" }), false),
        ("/apis/preferences/channels", json!({ "a": "pigeon" }), false),
        ("/apis/invoices/accountFilter", json!(" "), false),
        ("/apis/invoices/documentOrigins", json!(["https://a.example", "ftp://b.example"]), false),
        ("/apis/invoices/largestDocumentMib", json!(4_294_967_296_u64), false),
        ("/apis/invoices/largestDocumentMib", json!(-1), false),
        ("/apis/invoices/largestDocumentMib", json!(2.5), false),
        ("/apis/invoices/paymentHosts", json!(["pay.example/x"]), false),
        ("/apis/invoices/paymentHosts", json!(["Pay.example"]), false),
        ("/apis/invoices/splitBill/policy", json!("never"), false),
        ("/apis/invoices/splitBill/contribution/0/covers", json!("nothing"), false),
        ("/apis/invoices/splitBill/contribution/0/covers", json!({ "shareBasisPoints": 10_001 }), false),
        ("/apis/invoices/splitBill/contribution/0/covers", json!({ "upToCents": 1, "shareBasisPoints": 1 }), false),
        ("/apis/invoices/splitBill/contribution/0/covers", json!({}), false),
        ("/apis/wifiCalling/networks", json!([]), false),
        ("/apis/wifiCalling/networks", json!(["2060"]), false),
        ("/apis/wifiCalling/networks", json!(["206-05"]), false),
        ("/apis/wifiCalling/guideKeys", json!([]), false),
        ("/apis/wifiCalling/guideKeys/0/ed25519", json!("AAAA"), false),
        ("/apis/wifiCalling/guideKeys/0/ed25519", json!("A".repeat(42) + "B="), false),
        ("/apis/wifiCalling/epdg/hosts", json!([]), false),
        ("/apis/wifiCalling/epdg/hosts", json!(["192.0.2.1"]), false),
        ("/apis/wifiCalling/epdg/hosts", json!(["Epdg.example"]), false),
        ("/apis/wifiCalling/epdg/hosts", json!(["sos.epdg.example"]), false),
        ("/apis/wifiCalling/epdg/hosts", json!(["epdg"]), false),
        ("/apis/wifiCalling/epdg/hosts", json!(["-epdg.example"]), false),
        ("/apis/wifiCalling/epdg/hosts", json!(["epdg.epc.mnc005.mcc206.pub.3gppnetwork.org"]), true),
        ("/alerts/thresholdsPercent", json!([]), true),
        ("/alerts/thresholdsPercent", json!([0]), false),
        ("/alerts/thresholdsPercent", json!([101]), false),
        ("/alerts/thresholdsPercent", json!([90, 75]), false),
        ("/alerts/stepCents", json!(0), false),
        ("/alerts/sent/0/at", json!({ "noon": 12 }), false),
        ("/alerts/sent/0/at", json!({ "allowancePercent": 0 }), false),
        ("/alerts/sent/0/at", json!({ "roamingLimitPercent": 101 }), false),
        ("/alerts/sent/0/at", json!({}), false),
        ("/alerts/sent/0/at", json!("allowancePercent"), false),
        ("/alerts/sent/0/class", json!("mine"), false),
        ("/brand", json!({ "primary": "#0B6E6E" }), false),
        ("/brand/primary", json!("0B6E6E"), false),
        ("/brand/primary", json!("#0B6E6G"), false),
        ("/support/contacts/0/to", json!("+32 15 00 00 00"), false),
        ("/support/contacts/1/to", json!("care"), false),
        ("/support/contacts/2/to", json!("javascript:alert(1)"), false),
        ("/support/contacts/0/name", json!({}), false),
        ("/support/contacts/0/name", json!({ "it": "Aiuto" }), false),
        ("/support/contacts/0/name", json!({ "nl": "x".repeat(121) }), false),
        ("/support/contacts/0/name", json!({ "nl": "é".repeat(120) }), true),
        ("/support/pages/0/topic", json!("weather"), false),
        ("/support/pages/0/url", json!({ "nl": "http://operator.example" }), false),
        ("/capabilities", json!([]), true),
        ("/capabilities", json!(["telepathy"]), false),
        ("/trust/anchorsPem", json!("garbage"), false),
        ("/apis", json!({ "usage": full()["apis"]["usage"] }), false),
        // A list of an object's values is no object, though serde alone takes one.
        ("/units", json!(["binary"]), false),
        ("/brand", json!(["#0B6E6E", "#5B5F97"]), false),
    ];
    for (place, value, taken) in cases {
        let mut profile = full();
        *profile.pointer_mut(place).unwrap() = value.clone();
        assert_eq!(by_schema.agrees(&profile), Ok(*taken), "{place} = {value}");
    }
    for (place, name) in [
        ("/apis/wifiCalling", "guideKeys"),
        ("/apis/wifiCalling", "serviceBaseUrl"),
        ("/apis/activation", "resourceBaseUrl"),
        ("/apis", "product"),
        ("/apis", "preferences"),
        ("/apis", "invoices"),
        ("/apis", "wifiCalling"),
        ("/apis", "activation"),
    ] {
        let mut profile = full();
        profile.pointer_mut(place).unwrap().as_object_mut().unwrap().remove(name);
        assert_eq!(by_schema.agrees(&profile), Ok(false), "{place} without {name}");
    }
}

#[test]
fn what_a_schema_cannot_say_the_reader_refuses() {
    let by_schema = BySchema::new();
    let key = |id: &str| json!({ "id": id, "ed25519": "A".repeat(43) + "=" });
    for (place, value) in [
        ("/alerts/thresholdsPercent", json!([90, 75])),
        ("/apis/wifiCalling/guideKeys", json!([key("1"), key(" 1")])),
        ("/identity/issuer", json!("https://id.example:99999")),
        ("/apis/invoices/paymentHosts", json!(["1.2.3"])),
    ] {
        let mut profile = full();
        *profile.pointer_mut(place).unwrap() = value.clone();
        assert!(by_schema.takes(&profile).is_ok() && by_reader(&profile).is_err(), "{place} = {value}");
    }
}

/// Something that a hand slips into.
#[derive(Debug, Clone)]
enum Slip {
    Left,
    Renamed,
    Became(Value),
}

fn slips() -> Vec<Slip> {
    let values =
        [json!(null), json!(true), json!(7), json!(-1), json!(3.5), json!("text"), json!([]), json!({}), json!([{}])];
    [Slip::Left, Slip::Renamed].into_iter().chain(values.map(Slip::Became)).collect()
}

/// Does it. A place that is not there any more is left alone.
fn slip(profile: &mut Value, place: &str, slip: &Slip) {
    let Some((holder, name)) = place.rsplit_once('/') else { return };
    if let Slip::Became(value) = slip {
        if let Some(here) = profile.pointer_mut(place) {
            *here = value.clone();
        }
        return;
    }
    match profile.pointer_mut(holder) {
        Some(Value::Object(members)) => {
            let taken = members.remove(name);
            if let (Slip::Renamed, Some(value)) = (slip, taken) {
                members.insert(format!("{name}x"), value);
            }
        }
        Some(Value::Array(list)) => {
            if let Ok(at) = name.parse::<usize>()
                && at < list.len()
            {
                list.remove(at);
            }
        }
        _ => {}
    }
}

#[test]
fn after_any_one_slip_of_the_hand_both_still_agree() {
    let (by_schema, full) = (BySchema::new(), full());
    let (mut taken, mut refused) = (0, 0);
    for place in places(&full) {
        for wrong in slips() {
            let mut profile = full.clone();
            slip(&mut profile, &place, &wrong);
            match by_schema.agrees(&profile) {
                Ok(true) => taken += 1,
                Ok(false) => refused += 1,
                Err(why) => panic!("{place} {wrong:?}\n{why}"),
            }
        }
    }
    assert!(taken > 100 && refused > 1000, "{taken} taken, {refused} refused");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn after_several_slips_too(
        made in proptest::collection::vec((any::<prop::sample::Index>(), prop::sample::select(slips())), 2..5)
    ) {
        static BY_SCHEMA: LazyLock<BySchema> = LazyLock::new(BySchema::new);
        let mut profile = full();
        for (at, wrong) in made {
            let places = places(&profile);
            slip(&mut profile, at.get::<String>(&places), &wrong);
        }
        if let Err(why) = BY_SCHEMA.agrees(&profile) {
            prop_assert!(false, "{profile:#}\n{why}");
        }
    }
}
