//! The two places of TM Forum's where operators keep preferences instead, through the same room.

use std::sync::{Arc, Mutex};

use serde_json::{Value as Json, json};

use super::server::{Asked, Server, answer};
use super::{open_with, profile, runtime, signed_in};
use crate::operator::failure::Failure;
use crate::operator::http::Answer;
use crate::preferences::view::{PreferenceSwitchView, SwitchPhase};

/// An operator with one resource that holds an array.
struct Holder {
    resource: Json,
    array: &'static str,
    path: &'static str,
    /// Takes JSON patches, as TM Forum has it optional.
    json_patch: bool,
    version: u32,
    refuses: Option<u16>,
}

impl Holder {
    fn arrives(&mut self, asked: &Asked) -> Result<Answer, Failure> {
        match (asked.method, asked.path.as_str()) {
            ("GET", "/p/service") => Ok(answer(200, &json!([self.resource]), None)),
            ("GET", path) if path == self.path => {
                Ok(answer(200, &self.resource, Some(format!("\"{}\"", self.version))))
            }
            ("PATCH", path) if path == self.path => self.change(asked),
            _ => Server::new(false, 0).arrives(asked),
        }
    }

    fn change(&mut self, asked: &Asked) -> Result<Answer, Failure> {
        if let Some(status) = self.refuses.take() {
            return Ok(answer(status, &json!({}), None));
        }
        let patch: Json = serde_json::from_slice(&asked.body).unwrap();
        match asked.content_type {
            "application/json-patch+json" if !self.json_patch => return Ok(answer(415, &json!({}), None)),
            _ if asked.if_match != Some(format!("\"{}\"", self.version)) => return Ok(answer(412, &json!({}), None)),
            "application/json-patch+json" => {
                let (test, replace) = (&patch[0], &patch[1]);
                let pointer = |step: &Json| step["path"].as_str().unwrap().to_owned();
                if self.resource.pointer(&pointer(test)) != Some(&test["value"]) {
                    return Ok(answer(409, &json!({}), None));
                }
                *self.resource.pointer_mut(&pointer(replace)).unwrap() = replace["value"].clone();
            }
            _ => self.resource[self.array] = patch[self.array].clone(),
        }
        self.version += 1;
        Ok(answer(200, &json!({}), None))
    }
}

fn holders() -> Vec<(&'static str, Holder)> {
    let person = json!({"id": "emma", "@type": "Individual", "partyCharacteristic": [
        {"name": "hobby", "value": "chess"}, {"name": "hobby", "value": 12345678901234567890123_u128.to_string()},
        {"name": "usageAlert.75.sms", "value": "on", "else": [1]},
    ]});
    let service = json!({"id": "s1", "@type": "Service", "feature": [
        {"name": "voicemail", "isEnabled": true},
        {"name": "usageAlert.75.sms", "isEnabled": true, "featureCharacteristic": [{"name": "x", "value": 1}]},
    ]});
    let mut holders = Vec::new();
    for json_patch in [true, false] {
        let holder = |resource: &Json, array, path| Holder {
            resource: resource.clone(),
            array,
            path,
            json_patch,
            version: 1,
            refuses: None,
        };
        holders.push(("partyCharacteristic", holder(&person, "partyCharacteristic", "/p/individual/emma")));
        holders.push(("serviceFeature", holder(&service, "feature", "/p/service/s1")));
    }
    holders
}

#[test]
fn a_wish_goes_into_either_array_and_leaves_the_rest_as_it_was() {
    for (resource, holder) in holders() {
        let before = holder.resource.clone();
        let (array, json_patch) = (holder.array, holder.json_patch);
        let holder = Arc::new(Mutex::new(holder));
        let (folder, phone) = signed_in();
        let answers = holder.clone();
        let core =
            open_with(&folder, profile(resource, false), &phone, move |asked| answers.lock().unwrap().arrives(asked));
        let (runtime, room) = (runtime(), core.preferences());
        let case = format!("{resource}, JSON Patch: {json_patch}");
        runtime.block_on(room.clone().refresh(None)).unwrap();
        let only = || -> PreferenceSwitchView {
            let topics = room.state().lines.into_iter().flat_map(|line| line.topics);
            let switches: Vec<_> = topics.flat_map(|topic| topic.switches).collect();
            assert_eq!(switches.len(), 1, "{case}");
            switches.into_iter().next().unwrap()
        };
        assert_eq!((only().on, only().threshold_percent), (true, Some(75)), "{case}");
        for on in [false, true] {
            runtime.block_on(room.clone().set(only().preference_id, on)).unwrap();
            runtime.block_on(room.clone().refresh(None)).unwrap();
            assert_eq!((only().on, only().phase), (on, SwitchPhase::Confirmed), "{case}");
            let now = holder.lock().unwrap().resource.clone();
            assert_eq!(now == before, on, "{case}");
            let elements = |resource: &Json| resource[array].as_array().unwrap().clone();
            let others = |resource: &Json| {
                elements(resource)
                    .into_iter()
                    .filter(|element| element["name"] != "usageAlert.75.sms")
                    .collect::<Vec<_>>()
            };
            assert_eq!(others(&now), others(&before), "{case}");
        }
        // Somebody else was faster: looked at again, and on top of it.
        runtime.block_on(room.clone().set(only().preference_id, false)).unwrap();
        holder.lock().unwrap().refuses = Some(412);
        runtime.block_on(room.clone().refresh(None)).unwrap();
        assert_eq!((only().on, only().phase), (false, SwitchPhase::Confirmed), "{case}");
        // A threshold that is part of a name is not the person's to choose.
        runtime.block_on(room.clone().set_threshold(only().preference_id, 80.to_string())).unwrap();
        runtime.block_on(room.clone().refresh(None)).unwrap();
        assert_eq!((only().threshold_percent, only().phase), (Some(75), SwitchPhase::Refused), "{case}");
        core.suspend(5000).unwrap();
    }
}
