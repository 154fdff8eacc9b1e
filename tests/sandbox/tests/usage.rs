//! What the usage API says, to whom, and how it says that nothing changed.

mod support;

use companion_sandbox::{Sandbox, SandboxOptions};
use serde_json::json;
use support::{App, bucket, json};

#[tokio::test]
async fn emma_reads_the_documented_scene_and_gets_304_until_the_next_count() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let app = App::of(&sandbox);
    let emma = sandbox.person("emma").unwrap();
    assert_eq!(emma.number, "+32470123456");
    let tokens = app.signed_in(&sandbox, "emma").await;

    let answer = app.usage(&emma.number, &tokens).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["date"], "Wed, 25 Nov 2026 13:05:00 GMT");
    assert!(answer.headers()["cache-control"].to_str().unwrap().starts_with("private"));
    let tag = answer.headers()["etag"].to_str().unwrap().to_owned();
    let text = answer.text().await.unwrap();
    let reports: serde_json::Value = serde_json::from_str(&text).unwrap();
    let report = &reports[0];
    assert_eq!(report["lastUpdate"], "2026-11-25T14:03:00+01:00");
    assert_eq!(report["logicalResource"][0]["value"], "+32470123456");
    let data = bucket(report, "data-national");
    assert_eq!(data["remainingValue"], json!({ "amount": 3.8, "units": "GB" }));
    assert_eq!(data["bucketCounter"][0]["value"], json!({ "amount": 6.2, "units": "GB" }));
    assert_eq!(data["validFor"]["endDateTime"], "2026-12-01T00:00:00+01:00");
    let voice = bucket(report, "voice-national");
    assert_eq!(voice["bucketCounter"][0]["value"]["amount"], 80);
    assert_eq!(voice["remainingValue"]["amount"], 220);
    assert!(text.contains("\"amount\":3.27"), "{text}");
    assert!(text.contains("\"valueName\":\"Unlimited\""));

    let again = app.usage(&emma.number, &tokens).header("if-none-match", &tag).send().await.unwrap();
    assert_eq!(again.status(), 304);
    assert_eq!(again.headers()["etag"].to_str().unwrap(), tag);
    sandbox.advance(15 * 60);
    let tokens = app.refresh(&tokens.refresh).await.unwrap();
    let later = app.usage(&emma.number, &tokens).header("if-none-match", &tag).send().await.unwrap();
    assert_eq!(later.status(), 200);
    assert_eq!(json(later).await[0]["lastUpdate"], "2026-11-25T14:18:00+01:00");

    let usage_requests: Vec<_> = sandbox
        .requests()
        .into_iter()
        .filter(|request| request.path.ends_with("/usageConsumptionReport"))
        .map(|request| (request.status, request.if_none_match.is_some()))
        .collect();
    assert_eq!(usage_requests, [(200, false), (304, true), (200, true)]);
    sandbox.stop().await;
}
