//! The contract with operators (`core/profiles/README.md`), held against what the sandbox was really asked: every feature in every
//! dialect, and every status that a line speaks of. Nothing arrives that is in no line, and no line is without an arrival. Every
//! other journey is held against it where it ends (`Phone::at`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod features;
mod person;
mod statuses;

use companion_journeys::Phone;
use companion_journeys::contract::Meeting;
use companion_sandbox::{Sandbox, SandboxOptions, Scene};

#[tokio::test(flavor = "multi_thread")]
async fn nothing_arrives_that_the_contract_does_not_list_and_each_of_its_lines_does() {
    let mut meeting = Meeting::default();
    features::play(&mut meeting).await;
    assert_eq!(meeting.strange(), Vec::<&str>::new(), "in no line of the contract");
    statuses::play(&mut meeting).await;
    assert_eq!(meeting.strange(), Vec::<&str>::new(), "in no line of the contract");
    assert_eq!(meeting.unmet(), Vec::<String>::new(), "no request met these lines");
}

/// What every phone of the journeys is held against in the end.
#[tokio::test]
async fn a_journey_whose_app_asks_for_what_is_in_no_line_fails() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let phone = Phone::loaded(&sandbox, "emma").await;
    assert_eq!(phone.strange(), Vec::<String>::new());
    let ca = reqwest::Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap();
    let client = reqwest::Client::builder().tls_certs_only([ca]).no_proxy().build().unwrap();
    for (agent, path) in
        [("companion/1", "/tmf-api/somewhere/v1/else"), ("companion/1", "/token"), ("curl/8", "/tmf-api/other")]
    {
        client.get(format!("{}{path}", sandbox.origin())).header("user-agent", agent).send().await.unwrap();
    }
    let expected = ["GET /tmf-api/somewhere/v1/else is in no line", "GET /token is in no line"];
    assert_eq!(phone.strange(), expected);
    let query = format!("{}/.well-known/openid-configuration?device=x", sandbox.origin());
    client.get(query).header("user-agent", "companion/1").header("x-device", "x").send().await.unwrap();
    let strange = phone.strange();
    assert!(strange.iter().any(|told| told.contains("the header x-device is in no line")), "{strange:?}");
    assert!(strange.iter().any(|told| told.contains("query device is in no line")), "{strange:?}");
    let failed = tokio::task::spawn(async move { drop(phone) }).await;
    assert!(failed.is_err_and(|failed| failed.is_panic()), "the end of the phone is where it fails");
    sandbox.scene(&Scene::default());
    sandbox.stop().await;
}
