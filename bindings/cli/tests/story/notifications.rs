//! Turning notification switches.

use serde_json::Value;

use crate::support::{Terminal, ask, get, told};

#[test]
fn a_switch_is_turned_with_the_operator_gone_and_sent_with_the_next_command() {
    let mut terminal = Terminal::open();
    let (number, password) = terminal.emma();
    let notifications = |terminal: &Terminal, more: &[&str]| terminal.run("notifications", more);
    let (status, text, _) = notifications(&terminal, &["list"]);
    assert!(status == Some(2) && text.contains("Sign in with: companion sign-in"), "{text}");
    let signed_in = told(&terminal.sign_in_without_a_browser(&number, &password));
    assert_eq!(signed_in.0, Some(0), "{signed_in:?}");

    let (status, text, error) = notifications(&terminal, &["list"]);
    assert_eq!(status, Some(0), "{error}");
    assert!(text.contains("[x] SMS from 80%") && text.contains("Set by your employer"), "{text}");
    let (status, text, _) = notifications(&terminal, &["on", "bill", "push"]);
    assert!(status == Some(0) && text.contains("[x] Notification on this phone"), "{text}");
    let (status, _, error) = notifications(&terminal, &["off", "bill", "email"]);
    assert!(status == Some(2) && error.contains("Set by your employer"), "{error}");

    // The network is gone, then back.
    let control = terminal.json("ready.json")["control"].as_str().unwrap().to_owned();
    let cut_off = |gone: bool| ask("POST", &format!("{control}/control/faults"), &format!("{{\"cutOff\":{gone}}}"));
    cut_off(true);
    let (status, text, error) = notifications(&terminal, &["off", "usage", "sms"]);
    assert_eq!(status, Some(1), "{error}");
    assert_eq!(text, "  [ ] SMS from 80%  · Will be sent when you are online\n");
    cut_off(false);
    let (status, text, error) = notifications(&terminal, &["list"]);
    assert!(status == Some(0) && text.contains("  [ ] SMS from 80%\n"), "{text}{error}");
    let answer = get(&format!("{control}/control/preferences"));
    assert!(answer.contains("\"usageThreshold/sms\":false"), "{answer}");

    // The operator is stopped for good: turning still counts here.
    terminal.sandbox = None;
    assert_eq!(notifications(&terminal, &["on", "usage", "sms"]).0, Some(1));
    let (status, text, _) = notifications(&terminal, &["list", "--offline"]);
    assert_eq!(status, Some(1), "something is still to be sent");
    assert!(text.contains("[x] SMS from 80%  · "), "{text}");
    let (status, _, error) = notifications(&terminal, &["off", "usage", "sms", "--threshold", "75"]);
    assert!(status == Some(2) && error.contains("SMS from 80% (--threshold 80)"), "{error}");
    let (_, json, _) = notifications(&terminal, &["list", "--offline", "--json"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((view["phase"].as_str(), view["waiting"].as_u64()), (Some("loaded"), Some(1)));

    // Whoever leaves is told what is dropped.
    let (status, text, error) = terminal.run("sign-out", &[]);
    assert_eq!(status, Some(0), "{error}");
    assert!(text.contains("One change of your notifications had not been sent yet, and is dropped."), "{text}");
}
