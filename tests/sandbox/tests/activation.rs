//! Getting started as the sandbox operator tells it: orders, SIMs and their secrets, read by another hand than the core's.

mod support;

use companion_sandbox::{ActivationEvent, PersonCard, Sandbox, SandboxOptions, SimSecretKind, agent};
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use support::{App, Tokens, VERIFIER, parameter};

const HOUR: i64 = 3_600;
const ORDERS: &str = "/tmf-api/productOrderingManagement";
const RESOURCES: &str = "/tmf-api/resourceInventoryManagement";

struct Reader {
    sandbox: Sandbox,
    app: App,
    person: PersonCard,
    tokens: Tokens,
}

impl Reader {
    async fn of(key: &str) -> Reader {
        // Access outlives every story here, so that only the age of the sign-in is at stake.
        let options = SandboxOptions { access_seconds: 30 * 24 * HOUR, ..SandboxOptions::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let (app, person) = (App::of(&sandbox), sandbox.person(key).unwrap());
        let url = match key {
            "sara" => app.authorize_url_with(&[("prompt", "create")]),
            "pieter" => {
                let link = sandbox.invite(key).unwrap().link;
                app.push(&[("invitation", &parameter(&link, "token").unwrap())]).await.unwrap()
            }
            _ => app.authorize_url(),
        };
        let tokens = signed_in(&sandbox, &app, url.as_str(), &person).await;
        Reader { sandbox, app, person, tokens }
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.app.get(path, &self.tokens)
    }

    async fn list(&self, path: &str) -> Value {
        let answer = self.get(&format!("{path}?relatedParty.id={}", self.person.sub)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        support::json(answer).await
    }

    /// The order of the first line.
    async fn order(&self, version: &str) -> Value {
        self.list(&format!("{ORDERS}/{version}/productOrder")).await[0].clone()
    }

    /// The SIM of the first line, as version 5 has it.
    async fn sim(&self) -> Value {
        self.list(&format!("{RESOURCES}/v5/resource")).await[0].clone()
    }

    async fn profile_state(&self) -> String {
        characteristic(&self.sim().await["resourceCharacteristic"], "profileState")
    }

    fn ask(&self, resource: &str, body: &Value) -> RequestBuilder {
        self.ask_as(&self.tokens, resource, body)
    }

    fn ask_as(&self, tokens: &Tokens, resource: &str, body: &Value) -> RequestBuilder {
        let url = format!("{}{RESOURCES}/v4/resource/{resource}/simSecret", self.app.origin);
        self.app.client.post(url).bearer_auth(&tokens.access).body(body.to_string())
    }

    /// Asks for a secret of the person's own SIM.
    async fn reveal(&self, kind: &str) -> Response {
        let resource = self.sandbox.sim_card(&self.person.key).unwrap().resource_id;
        let answer = self.ask(&resource, &json!({ "kind": kind })).send().await.unwrap();
        if answer.status() != 404 {
            assert_eq!(answer.headers()["cache-control"], "no-store");
        }
        answer
    }

    /// How the order and its item stand in version 4, and in version 5 the item.
    async fn states(&self) -> [String; 3] {
        let (v4, v5) = (self.order("v4").await, self.order("v5").await);
        [&v4["state"], &v4["productOrderItem"][0]["state"], &v5["productOrderItem"][0]["state"]]
            .map(|state| state.as_str().unwrap_or_default().to_owned())
    }

    /// Moves the clock by hours and compares; milestones and dates are other tests' matter.
    async fn walk(&self, story: &[(i64, &str, &str)]) {
        for (hours, v4, v5) in story {
            self.sandbox.advance(hours * HOUR);
            assert_eq!(self.states().await, [*v4, *v4, *v5], "{} {hours}", self.person.key);
        }
    }
}

async fn signed_in(sandbox: &Sandbox, app: &App, url: &str, person: &PersonCard) -> Tokens {
    let callback = agent::sign_in(&sandbox.ca_pem(), url, &person.number, &person.password).await.unwrap();
    app.exchange(&parameter(&callback, "code").unwrap(), VERIFIER).await.unwrap()
}

fn characteristic(list: &Value, name: &str) -> String {
    let found = list.as_array().unwrap().iter().find(|one| one["name"] == name);
    found.map(|one| one["value"].as_str().unwrap().to_owned()).unwrap_or_default()
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn lines_that_are_there_for_long_have_completed_orders_and_sims_of_both_kinds() {
    for (key, sim_type, list, other) in [
        ("emma", "physical", "physicalResource", "logicalResource"),
        ("luc", "eSIM", "logicalResource", "physicalResource"),
    ] {
        let reader = Reader::of(key).await;
        let order = reader.order("v4").await;
        assert_eq!(order["state"], "completed");
        assert_eq!(order["orderDate"], "2024-02-26T10:12:00+01:00");
        assert_eq!(order["completionDate"], "2024-03-01T07:30:00+01:00");
        assert_eq!(order["relatedParty"][0]["id"], reader.person.sub);
        let product = &order["productOrderItem"][0]["product"];
        let characteristics = &product["productCharacteristic"];
        assert_eq!(names(characteristics), ["simType", "msisdn"]);
        assert_eq!(characteristic(characteristics, "simType"), sim_type);
        assert_eq!(characteristic(characteristics, "msisdn"), reader.person.number.trim_start_matches('+'));

        assert_eq!(reader.list(&format!("{RESOURCES}/v4/{other}")).await, json!([]));
        let sims = reader.list(&format!("{RESOURCES}/v4/{list}")).await;
        assert_eq!(sims[0]["id"], product["realizingResource"][0]["id"]);
        assert_eq!(sims[0]["resourceStatus"], "available");
        let card = reader.sandbox.sim_card(key).unwrap();
        let masked = format!("…{}", &card.iccid[15..]);
        match key {
            "emma" => {
                assert_eq!(sims[0]["@type"], "PhysicalResource");
                assert_eq!(sims[0]["category"], "SIM card");
                assert_eq!(sims[0]["serialNumber"], masked);
            }
            _ => {
                assert_eq!(sims[0]["@type"], "ESIM");
                let characteristics = &sims[0]["resourceCharacteristic"];
                assert_eq!(characteristic(characteristics, "iccid"), masked);
                assert_eq!(characteristic(characteristics, "eid"), format!("…{}", &card.eid.unwrap()[28..]));
                assert_eq!(characteristic(characteristics, "profileState"), "enabled");
            }
        }
        reader.sandbox.stop().await;
    }
}

/// The status of the first line's product in both versions.
async fn statuses(reader: &Reader) -> [String; 2] {
    let mut told = [String::new(), String::new()];
    for (status, version) in told.iter_mut().zip(["v4", "v5"]) {
        let products = reader.list(&format!("/tmf-api/productInventory/{version}/product")).await;
        *status = products[0]["status"].as_str().unwrap().to_owned();
    }
    told
}

#[tokio::test]
async fn a_product_is_active_once_its_order_is_complete_and_not_before() {
    for (key, expected) in [
        ("emma", ["active", "active"]),
        ("nadia", ["created", "created"]),
        ("ines", ["pendingActive", "pendingActive"]),
        ("sara", ["pendingActive", "pendingActive"]),
        ("pieter", ["created", "created"]),
        // Version 5 of the standard has it with a blank.
        ("tom", ["aborted", "aborted "]),
    ] {
        let reader = Reader::of(key).await;
        assert_eq!(statuses(&reader).await, expected, "{key}");
        reader.sandbox.stop().await;
    }
    let reader = Reader::of("ines").await;
    reader.sandbox.advance(20 * HOUR);
    assert_eq!(statuses(&reader).await, ["active", "active"]);
    let products = reader.list("/tmf-api/productInventory/v4/product").await;
    assert_eq!(products[0]["startDate"], "2026-11-26T05:00:00+01:00");
    assert_eq!(products[0]["relatedParty"][0]["id"], reader.person.sub);
    reader.sandbox.stop().await;
}

#[tokio::test]
async fn a_person_with_two_lines_has_an_order_and_a_sim_of_each() {
    let reader = Reader::of("tom").await;
    let orders = reader.list(&format!("{ORDERS}/v4/productOrder")).await;
    assert_eq!((&orders[0]["state"], &orders[1]["state"]), (&json!("rejected"), &json!("completed")));
    let sims = reader.list(&format!("{RESOURCES}/v5/resource")).await;
    assert_eq!((&sims[0]["@type"], &sims[1]["@type"]), (&json!("ESIM"), &json!("PhysicalResource")));
    assert_ne!(sims[0]["id"], sims[1]["id"]);
    reader.sandbox.stop().await;
}

#[tokio::test]
async fn a_new_number_is_agreed_for_tomorrow_at_nine_and_is_there_two_hours_later() {
    let reader = Reader::of("nadia").await;
    let order = reader.order("v4").await;
    assert_eq!(order["requestedStartDate"], "2026-11-26T09:00:00+01:00");
    assert_eq!(order["expectedCompletionDate"], "2026-11-26T13:00:00+01:00");
    assert_eq!(order["completionDate"], Value::Null);
    assert_eq!(reader.sim().await["resourceStatus"], "reserved");
    // From 14:05.
    reader
        .walk(&[
            (0, "acknowledged", "acknowledged"),
            (1, "inProgress", "inProgress.accepted"),
            (19, "inProgress", "inProgress.accepted"),
            (1, "completed", "completed"),
        ])
        .await;
    assert_eq!(names(&reader.order("v5").await["milestone"]), ["orderAccepted", "lineActive"]);
    assert_eq!(reader.order("v4").await["completionDate"], "2026-11-26T11:00:00+01:00");
    assert_eq!(reader.sim().await["resourceStatus"], "available");
    reader.sandbox.stop().await;
}

#[tokio::test]
async fn a_kept_number_loses_its_old_line_on_the_way_and_is_here_twenty_hours_after_the_launch() {
    let reader = Reader::of("ines").await;
    let order = reader.order("v4").await;
    let characteristics = &order["productOrderItem"][0]["product"]["productCharacteristic"];
    assert_eq!(characteristic(characteristics, "portIn.number"), reader.person.number.trim_start_matches('+'));
    assert_eq!(characteristic(characteristics, "portIn.requestedDate"), "2026-11-25T09:00:00+01:00");
    assert_eq!(characteristic(characteristics, "portIn.donor"), "Example Mobile");
    assert_eq!(order["expectedCompletionDate"], "2026-11-26T09:00:00+01:00");
    reader
        .walk(&[
            (0, "inProgress", "inProgress.accepted"),
            (3, "inProgress", "inProgress.donorLineReleased"),
            (11, "inProgress", "inProgress.donorLineReleased"),
            (1, "completed", "completed"),
        ])
        .await;
    reader.sandbox.stop().await;
}

#[tokio::test]
async fn a_refused_move_says_why_and_goes_on_once_the_employer_corrected_it() {
    let reader = Reader::of("tom").await;
    let (v4, v5) = (reader.order("v4").await, reader.order("v5").await);
    assert!(v4["note"][0]["text"].as_str().unwrap().contains("other operator"), "{v4}");
    assert_eq!(v4["productOrderErrorMessage"], Value::Null);
    assert_eq!(v5["productOrderErrorMessage"][0]["code"], "DONOR_DATA_MISMATCH");
    assert_eq!(v5["note"], Value::Null);
    assert_eq!(v4["expectedCompletionDate"], Value::Null, "nobody knows yet");
    // No time heals it, and no other event.
    reader.walk(&[(100, "rejected", "rejected")]).await;
    assert!(!reader.sandbox.activation_event("tom", ActivationEvent::MandateAnswered));
    assert!(reader.sandbox.activation_event("tom", ActivationEvent::DonorDataCorrected));
    assert!(!reader.sandbox.activation_event("tom", ActivationEvent::DonorDataCorrected), "it does not wait any more");
    reader
        .walk(&[
            (0, "inProgress", "inProgress.accepted"),
            (8, "inProgress", "inProgress.donorLineReleased"),
            (11, "inProgress", "inProgress.donorLineReleased"),
            (1, "completed", "completed"),
        ])
        .await;
    let (v4, v5) = (reader.order("v4").await, reader.order("v5").await);
    assert_eq!((&v4["note"], &v5["productOrderErrorMessage"]), (&Value::Null, &Value::Null));
    let characteristics = &v4["productOrderItem"][0]["product"]["productCharacteristic"];
    assert_eq!(characteristic(characteristics, "portIn.requestedDate"), "2026-11-29T18:05:00+01:00", "planned anew");
    // The other line of the same person does not move with it.
    assert_eq!(reader.list(&format!("{ORDERS}/v4/productOrder")).await[1]["orderDate"], "2024-02-26T10:12:00+01:00");
    reader.sandbox.stop().await;
}

#[tokio::test]
async fn a_move_that_needs_a_mandate_waits_for_its_answer_then_is_checked_and_launched() {
    let reader = Reader::of("pieter").await;
    reader.walk(&[(0, "pending", "pending"), (48, "pending", "pending")]).await;
    assert!(!reader.sandbox.activation_event("nobody", ActivationEvent::MandateAnswered));
    assert!(reader.sandbox.activation_event("pieter", ActivationEvent::MandateAnswered));
    reader
        .walk(&[
            (0, "acknowledged", "acknowledged"),
            (1, "inProgress", "inProgress.accepted"),
            (8, "inProgress", "inProgress.donorLineReleased"),
            (12, "completed", "completed"),
        ])
        .await;
    reader.sandbox.stop().await;
}

#[tokio::test]
async fn an_esims_line_is_there_ten_minutes_after_its_code_was_shown() {
    let reader = Reader::of("sara").await;
    assert_eq!(reader.profile_state().await, "released");
    reader.walk(&[(0, "inProgress", "inProgress.accepted")]).await;
    let order = reader.order("v5").await;
    assert_eq!(order.get("state"), None, "only its items have one");
    let card = reader.sandbox.sim_card("sara").unwrap();
    let secret = support::json(reader.reveal("activationCode").await).await;
    assert_eq!(secret["value"], card.activation_code.unwrap());
    assert_eq!(secret["confirmationCode"], card.confirmation_code.unwrap());
    assert_eq!(secret["expiresAt"], "2026-12-09T14:05:00+01:00");
    for (seconds, profile) in [(0, "released"), (180, "downloaded"), (180, "installed"), (239, "installed")] {
        reader.sandbox.advance(seconds);
        assert_eq!(reader.profile_state().await, profile, "{seconds}");
        assert_eq!(reader.order("v4").await["state"], "inProgress");
    }
    reader.sandbox.advance(1);
    assert_eq!(reader.profile_state().await, "enabled");
    assert_eq!(reader.states().await, ["completed"; 3]);
    reader.sandbox.stop().await;
}

#[tokio::test]
async fn version_5_has_milestones_typed_characteristics_and_parties_that_version_4_does_not() {
    let reader = Reader::of("ines").await;
    reader.sandbox.advance(3 * HOUR);
    let (v4, v5) = (reader.order("v4").await, reader.order("v5").await);
    for absent in ["milestone", "creationDate", "productOrderErrorMessage"] {
        assert_eq!(v4.get(absent), None, "{absent}");
    }
    assert_eq!(v5["creationDate"], v4["orderDate"]);
    assert_eq!(names(&v5["milestone"]), ["portInLaunched", "donorLineReleased", "lineActive"]);
    assert_eq!(v5["milestone"][1]["status"], "completed");
    assert_eq!(v5["milestone"][1]["milestoneDate"], "2026-11-25T17:00:00+01:00");
    assert_eq!(v5["milestone"][2], json!({ "name": "lineActive", "status": "pending", "@type": "Milestone" }));
    let first = |order: &Value| order["productOrderItem"][0]["product"]["productCharacteristic"][0].clone();
    assert_eq!(first(&v4), json!({ "name": "simType", "value": "physical" }));
    assert_eq!(first(&v5)["@type"], "StringCharacteristic");
    assert_eq!(first(&v5)["valueType"], "string");
    assert_eq!(v5["relatedParty"][0]["partyOrPartyRole"]["id"], reader.person.sub);
    // Each says its own addresses.
    assert!(v4["href"].as_str().unwrap().contains("/v4/"), "{v4}");
    assert!(v5["href"].as_str().unwrap().contains("/v5/"), "{v5}");
    let status = reader.get(&format!("{RESOURCES}/v5/physicalResource")).send().await.unwrap().status();
    assert_eq!(status, 404, "version 5 has one collection");
    reader.sandbox.stop().await;
}

#[tokio::test]
async fn reading_again_costs_nothing_until_something_moved() {
    for (path, max_age) in
        [("productOrderingManagement/v4/productOrder", 60), ("resourceInventoryManagement/v5/resource", 300)]
    {
        let reader = Reader::of("ines").await;
        let path = format!("/tmf-api/{path}");
        let answer = reader.get(&path).send().await.unwrap();
        assert_eq!(answer.headers()["cache-control"], format!("private, max-age={max_age}"));
        let tag = answer.headers()["etag"].to_str().unwrap().to_owned();
        let again = || async { reader.get(&path).header("if-none-match", &tag).send().await.unwrap().status() };
        reader.sandbox.advance(HOUR);
        assert_eq!(again().await, 304, "{path}");
        reader.sandbox.advance(24 * HOUR);
        assert_eq!(again().await, 200, "{path}");
        reader.sandbox.stop().await;
    }
}

#[tokio::test]
async fn nobody_reads_another_persons_orders_sims_or_secrets() {
    let reader = Reader::of("emma").await;
    let luc = reader.sandbox.person("luc").unwrap();
    for path in ["productOrderingManagement/v4/productOrder", "productOrderingManagement/v5/productOrder"]
        .into_iter()
        .chain(["v4/physicalResource", "v4/logicalResource", "v5/resource"])
    {
        let path = if path.starts_with('v') { format!("resourceInventoryManagement/{path}") } else { path.to_owned() };
        let answer = reader.get(&format!("/tmf-api/{path}?relatedParty.id={}", luc.sub)).send().await.unwrap();
        assert_eq!(answer.status(), 403, "{path}");
        let anonymous = reader.app.client.get(format!("{}/tmf-api/{path}", reader.app.origin)).send().await.unwrap();
        assert_eq!(anonymous.status(), 401, "{path}");
    }
    let card = reader.sandbox.sim_card("luc").unwrap();
    let answer = reader.ask(&card.resource_id, &json!({ "kind": "pin" })).send().await.unwrap();
    assert_eq!(answer.status(), 404);
    assert_eq!(reader.sandbox.reveals(), []);

    let url = reader.app.authorize_url_with(&[("scope", "openid usage.read")]);
    let tokens = signed_in(&reader.sandbox, &reader.app, url.as_str(), &reader.person).await;
    let answer = reader.app.get(&format!("{ORDERS}/v4/productOrder"), &tokens).send().await.unwrap();
    assert_eq!(answer.status(), 403, "without the scope");
    reader.sandbox.stop().await;
}

#[tokio::test]
async fn a_secret_is_shown_within_five_minutes_of_the_sign_in_and_after_that_asks_for_another() {
    let reader = Reader::of("emma").await;
    let card = reader.sandbox.sim_card("emma").unwrap();
    for (kind, value) in [("pin", &card.pin), ("puk", &card.puk)] {
        let answer = reader.reveal(kind).await;
        assert_eq!(answer.status(), 201);
        let secret = support::json(answer).await;
        assert_eq!(secret, json!({ "kind": kind, "value": value, "@type": "SimSecret" }));
    }
    assert_eq!(reader.reveal("activationCode").await.status(), 404, "a card has none");
    for body in [json!({ "kind": "pin2" }), json!({}), json!([]), json!("pin")] {
        assert_eq!(reader.ask(&card.resource_id, &body).send().await.unwrap().status(), 400, "{body}");
    }
    reader.sandbox.advance(300);
    assert_eq!(reader.reveal("pin").await.status(), 201);
    reader.sandbox.advance(1);
    let refused = reader.reveal("pin").await;
    assert_eq!(refused.status(), 401);
    assert_eq!(
        refused.headers()["www-authenticate"],
        "Bearer error=\"insufficient_user_authentication\", \
         error_description=\"A more recent authentication is required\", max_age=\"300\""
    );
    // The session is as good as before, and a renewal is no sign-in.
    let renewed = reader.app.refresh(&reader.tokens.refresh).await.unwrap();
    let reader = Reader { tokens: renewed, ..reader };
    assert_eq!(reader.reveal("pin").await.status(), 401);
    assert_eq!(reader.order("v4").await["state"], "completed");
    let url = reader.app.authorize_url_with(&[("max_age", "300")]);
    let tokens = signed_in(&reader.sandbox, &reader.app, url.as_str(), &reader.person).await;
    let reader = Reader { tokens, ..reader };
    assert_eq!(reader.reveal("pin").await.status(), 201);
    reader.sandbox.stop().await;
}

#[tokio::test]
async fn five_looks_an_hour_at_one_kind_are_enough_and_each_is_remembered_without_its_value() {
    let reader = Reader::of("luc").await;
    let card = reader.sandbox.sim_card("luc").unwrap();
    for _ in 0..5 {
        assert_eq!(reader.reveal("pin").await.status(), 201);
        reader.sandbox.advance(10);
    }
    let refused = reader.reveal("pin").await;
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["retry-after"], "3550");
    // Each kind has its own five, and each person.
    assert_eq!(reader.reveal("puk").await.status(), 201);
    assert_eq!(reader.reveal("activationCode").await.status(), 201);
    let emma = reader.sandbox.person("emma").unwrap();
    let tokens = signed_in(&reader.sandbox, &reader.app, reader.app.authorize_url().as_str(), &emma).await;
    let other = reader.sandbox.sim_card("emma").unwrap().resource_id;
    let answer = reader.ask_as(&tokens, &other, &json!({ "kind": "pin" })).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    reader.sandbox.advance(3_550);
    // What is refused is not counted, and the sign-in is too old by now whatever the count.
    assert_eq!(reader.reveal("pin").await.status(), 401);
    let url = reader.app.authorize_url();
    let tokens = signed_in(&reader.sandbox, &reader.app, url.as_str(), &reader.person).await;
    let reader = Reader { tokens, ..reader };
    assert_eq!(reader.reveal("pin").await.status(), 201);
    assert_eq!(reader.reveal("pin").await.status(), 429, "the second of the first five is still within the hour");

    let reveals = reader.sandbox.reveals();
    assert_eq!(reveals.len(), 9);
    assert_eq!((reveals[6].person.as_str(), reveals[6].kind), ("luc", SimSecretKind::ActivationCode));
    let told = reqwest::get(format!("{}/control/reveals", reader.sandbox.control_url())).await.unwrap();
    let told = told.text().await.unwrap();
    for secret in [Some(card.pin), Some(card.puk), card.activation_code, card.eid, Some(card.iccid)] {
        assert!(!told.contains(&secret.unwrap()), "{told}");
    }
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told[0]["kind"], "pin");
    assert_eq!(told[0]["atMs"], 1_795_611_900_000_i64);
    reader.sandbox.stop().await;
}

#[tokio::test]
async fn another_language_can_tell_what_happened_outside() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let post = |body: Value| {
        let url = format!("{}/control/activation", sandbox.control_url());
        reqwest::Client::new().post(url).body(body.to_string()).send()
    };
    let tom = json!({ "person": "tom", "event": "donorDataCorrected" });
    assert_eq!(post(tom.clone()).await.unwrap().status(), 200);
    assert_eq!(post(tom).await.unwrap().status(), 422);
    assert_eq!(post(json!({ "person": "pieter", "event": "mandateAnswered" })).await.unwrap().status(), 200);
    assert_eq!(post(json!({ "person": "pieter", "event": "answered" })).await.unwrap().status(), 400);
    sandbox.stop().await;
}
