//! What the usage and product APIs say, to whom, and how they say that nothing changed.

mod support;

use companion_sandbox::{CycleEnd, Dialect, Sandbox, SandboxOptions, Scene};
use serde_json::{Value, json};
use support::{App, bucket, json};

const REPORTS: &str = "/tmf-api/usageConsumption/v5/usageConsumptionReport";
const TASKS: &str = "/tmf-api/usageConsumption/v5/queryUsageConsumption";
const PRODUCTS: &str = "/tmf-api/productInventory/v5/product";

async fn start(options: SandboxOptions) -> (Sandbox, App) {
    let sandbox = Sandbox::start(options).await.unwrap();
    let app = App::of(&sandbox);
    (sandbox, app)
}

#[tokio::test]
async fn emma_reads_the_documented_scene() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    let emma = sandbox.person("emma").unwrap();
    assert_eq!(emma.number, "+32470123456");
    let tokens = app.signed_in(&sandbox, "emma").await;
    let answer = app.usage(&emma.number, &tokens).send().await.unwrap();
    assert_eq!(answer.headers()["date"], "Wed, 25 Nov 2026 13:05:00 GMT");
    let text = answer.text().await.unwrap();
    let reports: Value = serde_json::from_str(&text).unwrap();
    let report = &reports[0];
    assert_eq!(report["lastUpdate"], "2026-11-25T14:03:00+01:00");
    assert_eq!(report["logicalResource"][0]["value"], "+32470123456");
    let data = bucket(report, "data-national");
    assert_eq!(data["remainingValue"], json!({ "amount": 3.8, "units": "GB" }));
    let counter = &data["bucketCounter"][0];
    assert_eq!(counter["value"], json!({ "amount": 6.2, "units": "GB" }));
    assert_eq!(counter["consumptionPeriod"]["startDateTime"], "2026-11-01T00:00:00+01:00");
    assert_eq!(counter["consumptionPeriod"]["endDateTime"], "2026-11-25T14:03:00+01:00");
    assert_eq!(data["validFor"]["endDateTime"], "2026-12-01T00:00:00+01:00");
    let voice = bucket(report, "voice-national");
    assert_eq!(voice["bucketCounter"][0]["value"], json!({ "amount": 80, "units": "minutes" }));
    assert_eq!(voice["remainingValue"]["amount"], 220);
    assert_eq!(bucket(report, "data-eu")["remainingValue"], json!({ "amount": 3590, "units": "MB" }));
    // Numbers are their digits, never 6.199999.
    assert!(text.contains("\"amount\":6.2,") && text.contains("\"amount\":3.27,"), "{text}");

    let summaries = report["product"][0]["consumptionSummary"].as_array().unwrap();
    let sms = summaries.iter().find(|one| one["counterType"] == "sms").unwrap();
    assert_eq!(sms["valueName"], "Unlimited");
    assert!(sms.get("value").is_none());
    let costs: Vec<_> = summaries.iter().filter(|one| one["counterType"] == "outOfBucket").collect();
    assert_eq!(costs[0]["level"], "global");
    assert_eq!(costs[0]["value"], json!({ "amount": 3.27, "units": "EUR" }));
    let third: Vec<_> =
        costs[1..].iter().map(|one| (&one["value"]["amount"], &one["characteristic"][1]["value"])).collect();
    assert_eq!(third, [(&json!(2), &json!(true)), (&json!(1.02), &json!(false)), (&json!(0.25), &json!(false))]);
    sandbox.stop().await;
}

#[tokio::test]
async fn an_etag_answers_304_until_the_next_count() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    let emma = sandbox.person("emma").unwrap();
    let tokens = app.signed_in(&sandbox, "emma").await;
    let first = app.usage(&emma.number, &tokens).send().await.unwrap();
    assert!(first.headers()["cache-control"].to_str().unwrap().starts_with("private"));
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    assert!(tag.starts_with('"'), "a strong tag");
    // Twelve minutes and fifty-nine seconds later nothing was counted yet.
    sandbox.advance(12 * 60 + 59);
    let tokens = app.refresh(&tokens.refresh).await.unwrap();
    let again = app.usage(&emma.number, &tokens).header("if-none-match", &tag).send().await.unwrap();
    assert_eq!(again.status(), 304);
    assert_eq!(again.headers()["etag"].to_str().unwrap(), tag);
    assert_eq!(again.headers()["date"], "Wed, 25 Nov 2026 13:17:59 GMT");
    assert!(again.text().await.unwrap().is_empty());
    sandbox.advance(1);
    let later = app.usage(&emma.number, &tokens).header("if-none-match", &tag).send().await.unwrap();
    assert_eq!(later.status(), 200);
    assert_eq!(json(later).await[0]["lastUpdate"], "2026-11-25T14:18:00+01:00");
    let asked: Vec<_> = sandbox
        .requests()
        .into_iter()
        .filter(|request| request.path == REPORTS)
        .map(|request| (request.status, request.if_none_match.is_some()))
        .collect();
    assert_eq!(asked, [(200, false), (304, true), (200, true)]);
    sandbox.stop().await;
}

#[tokio::test]
async fn time_moves_the_figures_and_a_new_month_starts_from_nothing() {
    let (sandbox, app) = start(SandboxOptions { access_seconds: 90 * 86_400, ..SandboxOptions::default() }).await;
    let emma = sandbox.person("emma").unwrap();
    let tokens = app.signed_in(&sandbox, "emma").await;
    let used = async || {
        let report = app.usage_json(&emma.number, &tokens).await[0].clone();
        let data = bucket(&report, "data-national");
        let end = data["validFor"]["endDateTime"].as_str().unwrap().to_owned();
        (data["bucketCounter"][0]["value"]["amount"].as_f64().unwrap(), end)
    };
    let mut seen = vec![used().await.0];
    for _ in 0..5 {
        sandbox.advance(86_400);
        seen.push(used().await.0);
    }
    assert!(seen.is_sorted_by(|earlier, later| earlier < later), "{seen:?}");
    // Past three quarters of ten gigabytes before the month is over.
    assert!(*seen.last().unwrap() > 7.4 && *seen.last().unwrap() < 7.6, "{seen:?}");
    // One minute past midnight the count is still of the old cycle; four minutes past, of the new.
    sandbox.advance(9 * 3600 + 56 * 60);
    assert_eq!(used().await.1, "2026-12-01T00:00:00+01:00");
    sandbox.advance(3 * 60);
    let (amount, end) = used().await;
    assert_eq!((amount < 0.01, end.as_str()), (true, "2027-01-01T00:00:00+01:00"));
    sandbox.stop().await;
}

#[tokio::test]
async fn everybody_is_there_for_a_situation() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    let report = async |key: &str| {
        let tokens = app.signed_in(&sandbox, key).await;
        json(app.get(REPORTS, &tokens).send().await.unwrap()).await
    };

    let luc = report("luc").await;
    let own = bucket(&luc[0], "data-national");
    assert!(own.get("remainingValue").is_none());
    assert_eq!(own["remainingValueName"], "Unlimited");
    let fair_use = &own["bucketCounter"][1];
    assert_eq!((&fair_use["counterType"], &fair_use["value"]["amount"]), (&json!("global"), &json!(40)));
    let shared = bucket(&luc[0], "data-shared");
    assert_eq!(shared["isShared"], true);
    assert!(shared.get("remainingValue").is_none());
    let sub = sandbox.person("luc").unwrap().sub;
    let users: Vec<_> = shared["bucketCounter"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|counter| counter["user"]["partyOrPartyRole"]["id"].as_str())
        .collect();
    assert_eq!(users.len(), 3);
    assert_eq!(users.iter().filter(|user| **user == sub).count(), 1);
    assert!(luc.to_string().contains("An Peeters"));

    let nadia = report("nadia").await;
    let data = bucket(&nadia[0], "data-national");
    assert!(data["remainingValue"]["amount"].as_f64().unwrap() < 0.0, "{data}");
    let sms = bucket(&nadia[0], "sms-national");
    assert_eq!(sms["remainingValue"]["amount"], 0);
    assert_eq!(sms["remainingValueName"], "sms bucket exhausted");

    // Without a filter tom gets the line he may read; asking for the other is refused.
    assert_eq!(report("tom").await.as_array().unwrap().len(), 1);
    let ines = report("ines").await;
    assert_eq!(ines[0]["bucket"], json!([]));
    assert!(ines[0]["product"][0].get("consumptionSummary").is_none());
    sandbox.stop().await;
}

#[tokio::test]
async fn a_new_hire_has_usage_from_the_next_cycle_on() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    sandbox.advance(10 * 86_400);
    let tokens = app.signed_in(&sandbox, "ines").await;
    let reports = json(app.get(REPORTS, &tokens).send().await.unwrap()).await;
    assert_eq!(reports[0]["bucket"].as_array().unwrap().len(), 3);
    sandbox.stop().await;
}

#[tokio::test]
async fn nobody_reads_what_is_not_theirs() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    let emma = sandbox.person("emma").unwrap();
    let tom = app.signed_in(&sandbox, "tom").await;
    let toms_lines = json(app.get("/userinfo", &tom).send().await.unwrap()).await["userAssets"].clone();
    let second = &toms_lines[1];
    assert_eq!(second["entitlement"], json!([]));

    let refused = app.usage(&emma.number, &tom).send().await.unwrap();
    assert_eq!(refused.status(), 403);
    let error = json(refused).await;
    assert_eq!((&error["@type"], &error["code"]), (&json!("Error"), &json!("ERR403")));
    assert_eq!(app.usage(second["name"].as_str().unwrap(), &tom).send().await.unwrap().status(), 403);
    for path in [REPORTS, PRODUCTS] {
        let theirs = format!("{path}?relatedParty.id={}", emma.sub);
        assert_eq!(app.get(&theirs, &tom).send().await.unwrap().status(), 403, "{path}");
        let nobody = app.client.get(format!("{}{path}", app.origin)).send().await.unwrap();
        assert_eq!(nobody.status(), 401);
        assert!(nobody.headers().contains_key("www-authenticate"));
        assert_eq!(json(nobody).await["code"], "ERR401");
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn each_dialect_has_its_marker_keys() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    for dialect in [Dialect::G1, Dialect::G2, Dialect::G3, Dialect::G4] {
        sandbox.scene(&Scene { dialect: Some(dialect), ..Scene::default() });
        let tokens = app.signed_in(&sandbox, "emma").await;
        let reports = json(app.get(REPORTS, &tokens).send().await.unwrap()).await;
        let first = &reports[0];
        match dialect {
            Dialect::G1 => {
                let data = &first["bucket"][0];
                assert_eq!(data["bucketBalance"][0]["remainingValue"], json!(3.8));
                assert_eq!(data["bucketBalance"][0]["unit"], "GB");
                assert_eq!(data["bucketCounter"][0]["value"], 6200);
                assert_eq!(data["bucketCounter"][0]["unit"], "MB");
                assert_eq!(data["product"]["publicIdentifier"], "+32470123456");
                assert_eq!(first["effectiveDate"], "2026-11-25T14:03:00+01:00");
            }
            Dialect::G2 => {
                let data = &first["bucket"][0];
                assert_eq!(data["bucketBalance"][0]["remainingValue"], json!({ "amount": 3.8, "units": "GB" }));
                assert_eq!(data["product"][0]["publicIdentifier"], "+32470123456");
                let costs = &first["bucket"][0]["product"][0];
                assert_eq!(costs["outOfBucketCounter"][0]["value"], json!({ "amount": 3.27, "units": "EUR" }));
                assert_eq!(first["effectiveDate"], "2026-11-25T14:03:00+01:00");
            }
            Dialect::G3 => {
                let report = &first["usageConsumption"][0];
                assert_eq!(report["state"], "done");
                assert_eq!(report["logicalResource"][0]["id"], "+32470123456");
                let data = &report["bucketRefOrValue"][0];
                assert_eq!(data["remainingValue"], json!({ "amount": 3.8, "units": "GB" }));
                assert!(report.get("bucket").is_none());
                assert!(!reports.to_string().contains("partyOrPartyRole"));
            }
            Dialect::G4 => {
                assert_eq!(first["bucket"][0]["remainingValue"], json!({ "amount": 3.8, "units": "GB" }));
                assert!(reports.to_string().contains("partyOrPartyRole"));
            }
        }
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn a_task_is_done_at_once_or_after_being_asked_often_enough() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    let emma = sandbox.person("emma").unwrap();
    for (dialect, polls) in [(Dialect::G4, 0), (Dialect::G4, 2), (Dialect::G3, 1), (Dialect::G1, 1)] {
        sandbox.scene(&Scene { dialect: Some(dialect), task_polls: Some(polls), ..Scene::default() });
        let tokens = app.signed_in(&sandbox, "emma").await;
        let criteria = json!({ "searchCriteria": { "logicalResource": [{ "value": emma.number }] } });
        let post = app.client.post(format!("{}{TASKS}", app.origin)).bearer_auth(&tokens.access);
        let answer = post.body(criteria.to_string()).send().await.unwrap();
        assert_eq!(answer.headers()["cache-control"], "no-store");
        assert_eq!(answer.status(), if polls == 0 { 201 } else { 202 });
        let location = answer.headers()["location"].to_str().unwrap().to_owned();
        let mut waits = answer.headers().contains_key("retry-after");
        let mut task = json(answer).await;
        let mut asked = 0;
        while waits {
            let answer = app.client.get(&location).bearer_auth(&tokens.access).send().await.unwrap();
            waits = answer.headers().contains_key("retry-after");
            task = json(answer).await;
            asked += 1;
        }
        assert_eq!(asked, if polls == 0 { 0 } else { polls + 1 });
        assert!(task.to_string().contains("3.8"), "{task}");
        assert_eq!(task["usageConsumption"].as_array().unwrap().len(), 1);
        // Somebody else does not see it; deleting ends it.
        let tom = app.signed_in(&sandbox, "tom").await;
        assert_eq!(app.client.get(&location).bearer_auth(&tom.access).send().await.unwrap().status(), 404);
        assert_eq!(app.client.delete(&location).bearer_auth(&tokens.access).send().await.unwrap().status(), 204);
        assert_eq!(app.client.get(&location).bearer_auth(&tokens.access).send().await.unwrap().status(), 404);
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn an_inclusive_operator_writes_the_last_day() {
    let (sandbox, app) = start(SandboxOptions { cycle_end: CycleEnd::Inclusive, ..SandboxOptions::default() }).await;
    assert_eq!(app.profile["cycleEnd"], "inclusive");
    let tokens = app.signed_in(&sandbox, "emma").await;
    let reports = json(app.get(REPORTS, &tokens).send().await.unwrap()).await;
    assert_eq!(bucket(&reports[0], "data-national")["validFor"]["endDateTime"], "2026-11-30T00:00:00+01:00");
    sandbox.stop().await;
}

#[tokio::test]
async fn the_plan_of_every_line_is_a_product_with_its_promises() {
    let (sandbox, app) = start(SandboxOptions::default()).await;
    let emma = sandbox.person("emma").unwrap();
    let tokens = app.signed_in(&sandbox, "emma").await;
    let path = format!("{PRODUCTS}?relatedParty.id={}", emma.sub);
    let answer = app.get(&path, &tokens).send().await.unwrap();
    let tag = answer.headers()["etag"].to_str().unwrap().to_owned();
    let products = json(answer).await;
    assert_eq!(products.as_array().unwrap().len(), 1);
    let plan = &products[0];
    assert_eq!((&plan["name"], &plan["status"]), (&json!("Business Mobile 10 GB"), &json!("active")));
    assert_eq!(plan["relatedParty"][0]["partyOrPartyRole"]["id"], emma.sub);
    let promises: Vec<_> = plan["productCharacteristic"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["name"].as_str().unwrap(), one["value"].as_str().unwrap()))
        .collect();
    assert_eq!(promises, [("msisdn", "+32470123456"), ("data", "10 GB"), ("voice", "300 min"), ("sms", "unlimited")]);
    // The plan does not change with the count.
    sandbox.advance(200);
    let again = app.get(&path, &tokens).header("if-none-match", tag).send().await.unwrap();
    assert_eq!(again.status(), 304);
    let tom = app.signed_in(&sandbox, "tom").await;
    assert_eq!(json(app.get(PRODUCTS, &tom).send().await.unwrap()).await.as_array().unwrap().len(), 2);
    sandbox.stop().await;
}

#[tokio::test]
async fn the_same_seed_and_time_send_the_same_bytes_and_another_seed_does_not() {
    let read = async |seed: u64| {
        let (sandbox, app) = start(SandboxOptions { seed, ..SandboxOptions::default() }).await;
        let mut all = String::new();
        for person in sandbox.people() {
            let tokens = app.signed_in(&sandbox, &person.key).await;
            for path in [REPORTS, PRODUCTS, "/userinfo"] {
                all.push_str(&app.get(path, &tokens).send().await.unwrap().text().await.unwrap());
            }
            all.push_str(&tokens.access);
        }
        let text = all.replace(&app.origin, "https://localhost");
        sandbox.stop().await;
        text
    };
    let (one, again, two) = (read(1).await, read(1).await, read(2).await);
    assert_eq!(one, again);
    assert_ne!(one, two);
    assert!(two.contains("Emma Claes"));
}
