//! Being told of usage.

use serde_json::Value;

use crate::support::{Terminal, told};

#[test]
fn alerts_are_listed_with_what_the_operator_sends_itself_and_a_sample() {
    let terminal = Terminal::open();
    let alerts = |more: &[&str]| terminal.run("alerts", more);
    let (status, text, _) = alerts(&[]);
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("Sign in with: companion sign-in"), "{text}");

    let (number, password) = terminal.emma();
    assert_eq!(told(&terminal.sign_in_without_a_browser(&number, &password)).0, Some(0));
    let (status, text, error) = alerts(&[]);
    assert_eq!(status, Some(0), "{error}");
    for line in ["At 90% of an allowance", "Quiet from 00:00 to 07:00", "Sent by Sandbox Mobile by SMS"] {
        assert!(text.contains(line), "{line} is not in: {text}");
    }
    let (status, json, _) = alerts(&["--json", "--sample"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (status, view["phase"].as_str(), view["due"][0]["id"].as_str()),
        (Some(0), Some("ready"), Some("sample"))
    );
    assert_eq!((view["fixed"][1]["percent"].as_u64(), view["sent"][0]["kind"].as_str()), (Some(90), Some("statutory")));
    assert!(view["told"].as_array().unwrap().is_empty(), "a sample is recorded nowhere");
}
