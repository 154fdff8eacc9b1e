//! What makes a service order of TMF641 one that switches Wi-Fi calling on: anything else is told back to whoever sent it.

use serde_json::Value;

use super::service_id;
use super::situation::Situation;
use crate::people::Person;

/// The sender's name for the order and the service it is for. None: it is no such order of this person's.
pub(super) fn read(order: &Value, person: &Person) -> Option<(String, String)> {
    let external = order["externalId"].as_str().filter(|name| !name.trim().is_empty())?;
    let parties = order["relatedParty"].as_array()?;
    let is_theirs = !parties.is_empty() && parties.iter().all(|party| party["id"] == *person.sub);
    let [item] = order["serviceOrderItem"].as_array()?.as_slice() else { return None };
    let [feature] = item["service"]["feature"].as_array()?.as_slice() else { return None };
    let service = item["service"]["id"].as_str()?;
    let is_a_line = person.lines.iter().any(|line| service_id(line) == service);
    let asks = item["action"] == "modify" && Situation::of(person).is_asked_for(feature);
    (is_theirs && is_a_line && asks).then(|| (external.to_owned(), service.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::people::everyone;

    fn order(person: &Person, feature: &Value) -> Value {
        json!({
            "externalId": "operation-1",
            "relatedParty": [{ "id": person.sub, "role": "user" }],
            "serviceOrderItem": [{
                "id": "1", "action": "modify",
                "service": { "id": service_id(&person.lines[0]), "feature": [feature] },
            }],
        })
    }

    /// As an app writes it that changes what is to be changed and nothing else.
    fn feature(person: &Person) -> Value {
        match person.key {
            "emma" => json!({ "name": "Voice", "isEnabled": true, "featureCharacteristic": [
                { "name": "VoiceFeatureCharacteristic", "valueType": "object", "value": [{ "voWifi": "enable" }] },
            ] }),
            "nadia" => json!({ "name": "Calls", "isEnabled": true, "featureCharacteristic": [
                { "name": "VoWiFi", "value": "active" },
            ] }),
            "ines" => json!({ "name": "Calls", "featureCharacteristic": [{ "name": "voWifi", "value": "enable" }] }),
            _ => json!({ "name": "voWifi", "isEnabled": true }),
        }
    }

    #[test]
    fn an_order_is_taken_where_it_is_written_as_the_persons_service_is_and_nowhere_else() {
        let everyone = everyone(1);
        for person in &everyone {
            for other in &everyone {
                let is_alike = feature(person) == feature(other);
                let read = read(&order(person, &feature(other)), person);
                assert_eq!(read.is_some(), is_alike, "{} as {}", person.key, other.key);
            }
        }
    }

    #[test]
    fn whatever_is_missing_or_wrong_makes_it_no_order() {
        let everyone = everyone(1);
        let [emma, luc, ..] = everyone.as_slice() else { panic!() };
        let good = order(emma, &feature(emma));
        assert!(read(&good, emma).is_some());
        let (item, characteristic) =
            ("/serviceOrderItem/0", "/serviceOrderItem/0/service/feature/0/featureCharacteristic/0");
        let two = json!([good.pointer(item), good.pointer(item)]);
        let cases = [
            ("/externalId".to_owned(), json!("")),
            ("/externalId".to_owned(), json!(1)),
            ("/relatedParty".to_owned(), json!([])),
            ("/relatedParty".to_owned(), Value::Null),
            ("/relatedParty/0/id".to_owned(), json!(luc.sub)),
            (format!("{item}/action"), json!("add")),
            (format!("{item}/action"), json!("delete")),
            (format!("{item}/service/id"), json!(service_id(&luc.lines[0]))),
            (format!("{item}/service/id"), Value::Null),
            (format!("{item}/service/feature"), json!([])),
            (format!("{item}/service/feature/0"), json!({ "name": "voWifi", "isEnabled": true })),
            (format!("{item}/service/feature/0/isEnabled"), json!(false)),
            (format!("{characteristic}/name"), json!("voWifi")),
            (format!("{characteristic}/value"), json!([])),
            (format!("{characteristic}/value/0/voWifi"), json!("disable")),
            (format!("{characteristic}/value/0/voWifi"), json!(true)),
            ("/serviceOrderItem".to_owned(), json!([])),
            ("/serviceOrderItem".to_owned(), two),
        ];
        for (pointer, wrong) in cases {
            let mut order = good.clone();
            *order.pointer_mut(&pointer).unwrap() = wrong.clone();
            assert_eq!(read(&order, emma), None, "{pointer} = {wrong}");
        }
        assert_eq!(read(&good, luc), None, "it is Emma's");
        assert_eq!(read(&json!([]), emma), None);
    }
}
