use serde_json::{Value, json};

use super::*;
use crate::operator::tolerant::Warning;

const NUMBER: &str = "+32470123456";

fn lines(of: &[(&str, &str)]) -> Lines {
    let line = |(id, number): &(&str, &str)| Line { id: (*id).to_owned(), msisdn: Some((*number).to_owned()) };
    Lines(of.iter().map(line).collect())
}

fn one_line() -> Lines {
    lines(&[("line-1", NUMBER)])
}

fn told(document: &Value, lines: &Lines) -> Told {
    read_services(document.to_string().as_bytes(), lines).unwrap()
}

fn provisioned(document: &Value) -> Option<Provisioned> {
    told(document, &one_line()).services.first().map(|service| service.provisioned)
}

/// A mobile line with every trap of the standard's own example: an invalid date, an object within an array, a word for a
/// truth value, a number with a foreign notation, an IMSI with blanks beside it.
fn voice_in_an_array(value: Value) -> Value {
    json!({
        "id": "service-1", "state": "active", "serviceDate": "020-04-01T12:15:39.434Z",
        "feature": [
            { "name": "Data", "isEnabled": false,
              "featureCharacteristic": [{ "name": "isGreen", "value": "enable" }] },
            { "name": "Voice", "isEnabled": true, "featureCharacteristic": [
                { "name": "VoiceFeatureCharacteristic", "valueType": "object",
                  "value": [{ "voiceStandard": "enable", "voWifi": value, "roaming": "enable" }] }] },
        ],
        "serviceCharacteristic": [{ "name": "MSISDN", "value": "+32 470 12 34 56" }],
        "supportingService": [{ "serviceCharacteristic": [{ "name": "IMSI", "value": "206 05 123 " }] }],
    })
}

#[test]
fn the_feature_is_read_wherever_operators_put_it_and_however_they_write_it() {
    let characteristic = |value: Value| {
        json!([{ "id": "s", "feature": [{ "name": "Voice", "isEnabled": true,
            "featureCharacteristic": [{ "name": "VoWiFi", "value": value }] }] }])
    };
    let feature =
        |name: &str, enabled: Value| json!([{ "id": "s", "feature": [{ "name": name, "isEnabled": enabled }] }]);
    let cases = [
        (voice_in_an_array(json!("disable")), Provisioned::Off),
        (voice_in_an_array(json!("enable")), Provisioned::On),
        (voice_in_an_array(json!(true)), Provisioned::On),
        (voice_in_an_array(json!(" Enabled ")), Provisioned::On),
        (voice_in_an_array(json!("inProgress")), Provisioned::InProgress),
        (voice_in_an_array(json!("perhaps")), Provisioned::Unknown),
        (voice_in_an_array(json!({ "deep": 1 })), Provisioned::Unknown),
        (characteristic(json!("active")), Provisioned::On),
        (characteristic(json!([false])), Provisioned::Off),
        (feature("voWifi", json!(true)), Provisioned::On),
        (feature("Wi-Fi Calling", json!("false")), Provisioned::Off),
        (feature("VOWIFI", json!("perhaps")), Provisioned::Unknown),
        (json!([{ "id": "s", "serviceCharacteristic": [{ "name": "voWifi", "value": "on" }] }]), Provisioned::On),
        (json!({ "data": [{ "id": "s", "feature": { "name": "voWifi", "isEnabled": true } }] }), Provisioned::On),
        (json!([{ "id": "s", "feature": [{ "name": "Voicemail", "isEnabled": true }] }]), Provisioned::Unknown),
    ];
    for (document, expected) in cases {
        assert_eq!(provisioned(&document), Some(expected), "{document}");
    }
    let mut off = voice_in_an_array(json!("enable"));
    off["feature"][1]["isEnabled"] = json!(false);
    assert_eq!(provisioned(&off), Some(Provisioned::Off), "inside of what is off");
    assert_eq!(provisioned(&json!([{ "id": "s", "state": "terminated", "feature": [] }])), None);
}

#[test]
fn another_persons_line_is_dropped_and_several_lines_are_told_apart() {
    let both = lines(&[("line-1", NUMBER), ("line-2", "+32499000000")]);
    let of = |number: &str, on: bool| json!({ "id": number, "supportingResource": [{ "value": number }], "feature": [{ "name": "voWifi", "isEnabled": on }] });
    let document = json!([of("+32499000000", true), of("+32470123456", false), of("+32488888888", true), 7]);
    let told = told(&document, &both);
    let found: Vec<_> = told.services.iter().map(|service| (service.line.as_str(), service.provisioned)).collect();
    assert_eq!(found, [("line-2", Provisioned::On), ("line-1", Provisioned::Off)]);
    let kinds: Vec<_> = told.warnings.iter().map(|Warning { kind, .. }| *kind).collect();
    assert_eq!(kinds, [WarningKind::LineNotAskedFor, WarningKind::NotAnObject]);
    let named_later = json!([
        { "id": "opaque", "supportingResource": [{ "value": "line-of-a-colleague" }],
          "feature": [{ "name": "voWifi", "isEnabled": false }] },
        of("+32470123456", true),
    ]);
    assert_eq!(provisioned(&named_later), Some(Provisioned::On), "the one that names the line");
    let foreign = json!([of("+32488888888", true)]);
    assert_eq!(provisioned(&foreign), None, "a number that is another's is not taken for the person's only one");
}

fn ordered(id: Option<&str>, place: Option<FeaturePlace>) -> Order {
    Order {
        operation: "op-1".to_owned(),
        line: "line-1".to_owned(),
        service: "service-1".to_owned(),
        place,
        id: id.map(str::to_owned),
        at_ms: 0,
        state: OrderState::Unsent,
        sending_ms: None,
    }
}

#[test]
fn an_order_is_written_where_the_service_says_it() {
    let of = |document: Value| {
        let service = told(&document, &one_line()).services.remove(0);
        let order: Value = serde_json::from_slice(&order_body(&ordered(None, service.place), "emma")).unwrap();
        assert_eq!((&order["externalId"], &order["serviceOrderItem"][0]["action"]), (&json!("op-1"), &json!("modify")));
        order["serviceOrderItem"][0]["service"]["feature"][0].clone()
    };
    let member = of(voice_in_an_array(json!("disable")));
    assert_eq!(member["name"], "Voice");
    assert_eq!(member["featureCharacteristic"][0]["value"], json!([{ "voWifi": "enable" }]));
    let truth = of(voice_in_an_array(json!(false)));
    assert_eq!(truth["featureCharacteristic"][0]["value"], json!([{ "voWifi": true }]));
    let own = of(json!([{ "id": "s", "feature": [{ "name": "VoWiFi", "isEnabled": false }] }]));
    assert_eq!(own, json!({ "name": "VoWiFi", "isEnabled": true }));
    let unknown = of(json!([{ "id": "s", "feature": [] }]));
    assert_eq!(unknown, json!({ "name": "voWifi", "isEnabled": true }));
}

#[test]
fn our_order_is_found_by_our_own_name_and_then_by_the_operators() {
    let order = |id: Option<&str>| ordered(id, None);
    let read = |document: Value, order: &Order| {
        read_order(document.to_string().as_bytes(), order).unwrap().map(|told| (told.id, told.state))
    };
    let listed = json!([
        { "id": "9", "externalId": "another", "state": "completed" },
        { "id": "7", "externalId": "op-1", "state": "inProgress.accepted" },
    ]);
    assert_eq!(read(listed.clone(), &order(None)), Some(("7".to_owned(), OrderState::InProgress)));
    assert_eq!(read(listed, &order(Some("9"))), Some(("9".to_owned(), OrderState::Done)));
    assert_eq!(read(json!([{ "id": "9" }]), &order(None)), None, "an operator that knows no filter");
    let v5 = json!([{ "id": "7", "externalReference": [{ "name": "op-1" }], "state": "rejected" }]);
    assert_eq!(read(v5, &order(None)), Some(("7".to_owned(), OrderState::Refused)));
    let items = json!({ "id": "7", "serviceOrderItem": [{ "state": "completed" }, { "state": "failed" }] });
    assert_eq!(read(items, &order(Some("7"))), Some(("7".to_owned(), OrderState::Failed)));
    assert_eq!(read(json!({ "id": "7" }), &order(Some("7"))), Some(("7".to_owned(), OrderState::InProgress)));
}

#[test]
fn no_document_panics_and_none_speaks_of_a_line_that_is_not_there() {
    let document = voice_in_an_array(json!("disable"));
    let text = document.to_string();
    for end in 0..text.len() {
        let _ = read_services(&text.as_bytes()[..end], &one_line());
    }
    for odd in [json!(null), json!(""), json!(7), json!([]), json!({}), json!([[[]]]), json!({ "a": [1] })] {
        for pointer in
            ["/feature", "/feature/1", "/feature/1/featureCharacteristic/0/value", "/serviceCharacteristic", "/id"]
        {
            let mut document = document.clone();
            *document.pointer_mut(pointer).unwrap() = odd.clone();
            let told = told(&document, &one_line());
            assert!(told.services.iter().all(|service| service.line == "line-1"), "{document}");
        }
        assert!(told(&odd, &Lines(Vec::new())).services.is_empty());
    }
}
