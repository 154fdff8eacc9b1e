//! The control API and the program, as tests in other languages use them.

mod support;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use companion_sandbox::{Sandbox, SandboxOptions};
use serde_json::{Value, json};
use support::{App, VERIFIER, parameter};

async fn post(control: &str, path: &str, body: Value) -> (u16, Value) {
    call(reqwest::Method::POST, control, path, body.to_string()).await
}

async fn call(method: reqwest::Method, control: &str, path: &str, body: String) -> (u16, Value) {
    let request = reqwest::Client::new().request(method, format!("{control}{path}")).body(body);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), serde_json::from_str(&answer.text().await.unwrap()).unwrap())
}

#[tokio::test]
async fn another_language_can_set_a_scene_sign_in_break_move_time_and_count_requests() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let app = App::of(&sandbox);
    let control = sandbox.control_url();
    let old = app.signed_in(&sandbox, "emma").await;

    let (status, scene) =
        post(&control, "/control/scene", json!({ "seed": 2, "now": "2026-12-24T18:00:00+01:00", "dialect": "g2" }))
            .await;
    assert_eq!(status, 200);
    assert_eq!(scene["profile"]["identity"]["issuer"], app.origin);
    let emma = &scene["people"][0];
    assert_eq!(emma["key"], "emma");
    assert_ne!(emma["number"], "+32470123456");
    // The sessions of the scene before are gone.
    assert_eq!(app.refresh(&old.refresh).await.unwrap_err()["error"], "invalid_grant");

    let sign_in =
        json!({ "url": app.authorize_url().as_str(), "number": emma["number"], "password": emma["password"] });
    let (status, answer) = post(&control, "/control/sign-in", sign_in).await;
    assert_eq!(status, 200, "{answer}");
    let code = parameter(answer["callback"].as_str().unwrap(), "code").unwrap();
    let tokens = app.exchange(&code, VERIFIER).await.unwrap();

    assert_eq!(post(&control, "/control/faults", json!({ "status": 503 })).await, (200, json!({})));
    let number = emma["number"].as_str().unwrap();
    assert_eq!(app.usage(number, &tokens).send().await.unwrap().status(), 503);
    assert_eq!(post(&control, "/control/faults", json!({})).await.0, 200);
    assert_eq!(post(&control, "/control/faults", json!({ "latncyMs": 3 })).await.0, 400);

    let (_, moved) = post(&control, "/control/advance", json!({ "seconds": 60 })).await;
    assert_eq!(moved["nowMs"], 1_798_131_660_000_i64);
    assert_eq!(app.usage(number, &tokens).send().await.unwrap().status(), 200);

    let log = reqwest::get(format!("{control}/control/requests")).await.unwrap().text().await.unwrap();
    let log: Vec<Value> = serde_json::from_str(&log).unwrap();
    let last = log.last().unwrap();
    assert_eq!(last["status"], 200);
    assert_eq!(last["query"], format!("logicalResource.value={}", number.replace('+', "%2B")));
    sandbox.stop().await;
}

#[tokio::test]
async fn the_program_writes_its_ready_file_and_says_who_can_sign_in() {
    let folder = tempfile::tempdir().unwrap();
    let ready = folder.path().join("ready.json");
    let mut program = Command::new(env!("CARGO_BIN_EXE_companion-sandbox"))
        .args(["--now", "2026-11-25T14:05:00+01:00", "--query", "query-post", "--ready-file"])
        .arg(&ready)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while !ready.exists() {
        assert!(began.elapsed() < Duration::from_secs(10), "no ready file");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let written: Value = serde_json::from_str(&std::fs::read_to_string(&ready).unwrap()).unwrap();
    assert_eq!(written["nowMs"], 1_795_611_900_000_i64);
    assert_eq!(written["profile"]["apis"]["usage"]["query"], "query-post");
    assert_eq!(written["people"].as_array().unwrap().len(), 5);
    let (status, _) = post(written["control"].as_str().unwrap(), "/control/scene", json!({})).await;
    assert_eq!(status, 200);
    program.kill().unwrap();
    let said = String::from_utf8(program.wait_with_output().unwrap().stdout).unwrap();
    assert!(said.contains("Emma Claes") && said.contains("+32470123456") && said.contains("Ctrl-C"), "{said}");
}

/// What is wrong in a call is said, and nothing is done.
#[tokio::test]
async fn a_call_with_a_mistake_in_it_is_refused_with_a_sentence() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let control = sandbox.control_url();
    let before = post(&control, "/control/advance", json!({ "seconds": 0 })).await.1["nowMs"].clone();
    for (path, body, status, part) in [
        (
            "activation",
            json!({ "person": "ines", "event": "delayed", "hours": 3 }),
            400,
            "there is no field `hours`. The field",
        ),
        ("activation", json!({ "person": "nobody", "event": "delayed" }), 422, "there is nobody of that name"),
        (
            "activation",
            json!({ "person": "ines", "event": "lost" }),
            400,
            "`event` is one of `donorDataCorrected`, `mandateAnswered`, `delayed`, not `lost`",
        ),
        ("activation", json!({ "person": "emma", "event": "delayed" }), 409, "the line of emma works"),
        ("activation", json!({ "person": "nadia", "event": "delayed" }), 422, "does not wait for this"),
        ("advance", json!({ "seconds": i64::MAX }), 422, "between the years 2000 and 2099"),
        ("advance", json!({ "seconds": i64::MIN }), 422, "between the years 2000 and 2099"),
        ("advance", json!({ "seconds": 4_000_000_000_i64 }), 422, "between the years 2000 and 2099"),
        ("advance", json!({ "seconds": 1, "days": 1 }), 400, "there is no field `days`. The field"),
        ("faults", json!({ "status": 9999 }), 400, "9999 is no status"),
        ("faults", json!({ "status": 100 }), 400, "100 is no status"),
        ("faults", json!({ "tokenError": { "status": 99 } }), 400, "99 is no status"),
        ("faults", json!({ "instead": { "/token": { "status": 600 } } }), 400, "600 is no status"),
        ("end-sessions", json!({ "person": "nobody" }), 422, "there is nobody of that name; there are emma, "),
        ("invite", json!({ "person": "nobody" }), 422, "there is nobody of that name; there are emma, "),
        ("end-sessions", json!({ "person": "emma", "all": true }), 400, "there is no field `all`. The field"),
        ("invite", json!({ "person": "emma", "mail": true }), 400, "there is no field `mail`. The field"),
        ("second-device", json!({ "person": "nobody" }), 422, "there is nobody of that name"),
        ("second-device", json!({ "person": "emma", "topic": "none" }), 422, "there is no such preference"),
        (
            "second-device",
            json!({ "person": "emma", "topic": "usageThreshold", "channel": "sms" }),
            422,
            "nothing is changed",
        ),
        (
            "second-device",
            json!({ "person": "emma", "topic": "usageThreshold", "channel": "sms", "threshold": 0 }),
            422,
            "`threshold` is 1 to 100",
        ),
        (
            "second-device",
            json!({ "person": "emma", "topic": "usageThreshold", "channel": "sms", "allowedBy": "boss" }),
            422,
            "`allowedBy` is one of",
        ),
        ("rotate-key", json!({ "now": true }), 400, "there is no field `now`. There are no fields"),
        (
            "sign-in",
            json!({ "url": "", "number": "", "password": "", "more": 1 }),
            400,
            "there is no field `more`. The field",
        ),
        ("scene", json!({ "colour": "red" }), 400, "there is no field `colour`. The field"),
    ] {
        let (told, answer) = post(&control, &format!("/control/{path}"), body.clone()).await;
        assert_eq!(told, status, "{path} {body}: {answer}");
        assert!(answer["error"].as_str().unwrap().contains(part), "{path} {body}: {answer}");
    }
    assert_eq!(post(&control, "/control/advance", json!({ "seconds": 0 })).await.1["nowMs"], before);
    sandbox.stop().await;
}

/// Each names the field and what is allowed, in words of JSON, and ends there.
#[tokio::test]
async fn a_body_that_is_malformed_is_told_in_one_plain_sentence() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let control = sandbox.control_url();
    let mut missed = Vec::new();
    for (path, body, expected) in [
        ("advance", "[]", "the body is a JSON object. The field is `seconds`"),
        ("advance", "[5]", "the body is a JSON object. The field is `seconds`"),
        ("advance", "5", "the body is a JSON object. The field is `seconds`"),
        ("activation", "null", "the body is a JSON object. The fields are `person`, `event`"),
        ("sign-in", "\"emma\"", "the body is a JSON object. The fields are `url`, `number`, `password`"),
        ("advance", "{", "the body is no JSON: it breaks off or goes wrong at line 1, column 1"),
        ("advance", "seconds=5", "the body is no JSON: it breaks off or goes wrong at line 1, column 1"),
        ("advance", "", "the field `seconds` is missing"),
        ("advance", "{\"seconds\": 1e30}", "`seconds` is a whole number, not 1e+30"),
        ("advance", "{\"seconds\": 1.5}", "`seconds` is a whole number, not 1.5"),
        ("advance", "{\"seconds\": \"5\"}", "`seconds` is a whole number, not \"5\""),
        ("advance", "{\"seconds\": null}", "`seconds` is a whole number, not null"),
        ("advance", "{\"seconds\": [5]}", "`seconds` is a whole number, not a list"),
        ("advance", "{\"seconds\": {}}", "`seconds` is a whole number, not an object"),
        ("advance", "{\"seconds\": 1, \"seconds\": 2}", "the field `seconds` stands there twice"),
        ("advance", "{\"second\": 1}", "there is no field `second`. The field is `seconds`"),
        ("invite", "{\"person\": 7}", "`person` is a text, not 7"),
        ("activation", "{\"person\": \"ines\", \"event\": 3}", "`event` is a text, not a number"),
        ("activation", "{\"person\": \"ines\"}", "the field `event` is missing"),
        ("scene", "{\"dialect\": \"g9\"}", "`dialect` is one of `g1`, `g2`, `g3`, `g4`, not `g9`"),
        ("scene", "{\"dpop\": \"yes\"}", "`dpop` is true or false, not \"yes\""),
        ("scene", "{\"rotation\": \"never\"}", "`rotation` is `rotate` or `keep`, not `never`"),
        ("faults", "{\"status\": -1}", "`status` is a whole number of 0 to 65535, not -1"),
        ("faults", "{\"status\": 70000}", "`status` is a whole number of 0 to 65535, not 70000"),
        ("faults", "{\"only\": \"/token\"}", "`only` is a list, not \"/token\""),
        ("faults", "{\"only\": [1]}", "`only[0]` is a text, not 1"),
        (
            "faults",
            "{\"tokenError\": {\"status\": true}}",
            "`tokenError.status` is a whole number of 0 to 65535, not true",
        ),
        ("faults", "{\"tokenError\": 3}", "`tokenError` is an object, not 3"),
        ("faults", "{\"latencyMs\": -3}", "`latencyMs` is a whole number of 0 or more, not -3"),
    ] {
        let (status, answer) =
            call(reqwest::Method::POST, &control, &format!("/control/{path}"), body.to_owned()).await;
        let told = answer["error"].as_str().unwrap();
        if (status, told) != (400, expected) {
            missed.push(format!("{path} {body}: {status} {told}, not {expected}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_path_that_is_not_there_or_is_called_otherwise_says_what_there_is() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let control = sandbox.control_url();
    for path in ["/control/advanced", "/control", "/", "/control/advance/"] {
        let (status, answer) = post(&control, path, json!({})).await;
        let told = answer["error"].as_str().unwrap();
        assert_eq!(status, 404, "{path}");
        for there in ["/control/advance,", "/control/scene", "/control/open-sessions"] {
            assert!(told.contains(there), "{path}: {told}");
        }
    }
    for (method, path, expected) in [
        (reqwest::Method::GET, "advance", "this is called with POST, not with GET"),
        (reqwest::Method::DELETE, "advance", "this is called with POST, not with DELETE"),
        (reqwest::Method::POST, "requests", "this is called with GET, not with POST"),
    ] {
        let (status, answer) = call(method, &control, &format!("/control/{path}"), String::new()).await;
        assert_eq!((status, answer["error"].as_str()), (405, Some(expected)), "{path}");
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn what_is_finished_cannot_be_late() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let control = sandbox.control_url();
    let delayed = || post(&control, "/control/activation", json!({ "person": "ines", "event": "delayed" }));
    let hours = |hours: i64| post(&control, "/control/advance", json!({ "seconds": hours * 3600 }));
    assert_eq!(delayed().await, (200, json!({})));
    hours(3 * 24).await;
    assert_eq!(delayed().await, (200, json!({})), "it is late, and may be later");
    hours(6 * 24).await;
    assert_eq!(delayed().await.0, 200);
    hours(8 * 24).await;
    let why = "the line of ines works: nothing of it can be late any more";
    assert_eq!(delayed().await, (409, json!({ "error": why })));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let port = sandbox.origin().rsplit(':').next().unwrap().parse().unwrap();
    let options = SandboxOptions { port, ..SandboxOptions::default() };
    let error = Sandbox::start(options).await.unwrap_err();
    assert!(error.to_string().contains(&format!("port {port}")), "{error}");
    sandbox.stop().await;
}
