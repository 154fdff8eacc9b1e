//! Making an account, by number or with an invitation.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{Terminal, Waiting, ask, get, status_line, told};

#[test]
fn an_account_is_made_only_where_the_operator_offers_it_and_an_invitation_asks_first() {
    let terminal = Terminal::open();
    // An operator without pushed requests: the invitation's own page is opened, and it does not come back.
    let control = terminal.json("ready.json")["control"].as_str().unwrap().to_owned();
    ask("POST", &format!("{control}/control/scene"), r#"{"par": false}"#);
    // And one that makes no accounts.
    let mut profile = terminal.json("profile.json");
    let identity = profile["identity"].as_object_mut().unwrap();
    identity.remove("createsAccounts");
    identity.insert(
        "invitation".to_owned(),
        serde_json::json!({ "link": "https://id.example/invitation", "tokenParameter": "token", "requestParameter": "invitation" }),
    );
    std::fs::write(terminal.path("profile.json"), profile.to_string()).unwrap();

    let run = |more: &[&str], typed: &str| {
        let mut command = terminal.command("sign-in", more);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
        told(&child.wait_with_output().unwrap())
    };
    let (status, _, error) = run(&["--create-account"], "");
    assert_eq!(status, Some(2));
    assert!(error.contains("[sign_in_invitation_required]") && error.contains("re-send the invitation"), "{error}");

    let (status, text, error) = run(&["--invitation", "https://evil.example/invitation?token=canary"], "y\n");
    assert_eq!(status, Some(2), "{text}");
    assert!(error.contains("[sign_in_invitation_unknown]") && !error.contains("canary"), "{error}");

    for typed in ["", "n\n"] {
        let (status, text, error) = run(&["--invitation", "https://id.example/invitation?token=canary"], typed);
        assert_eq!(status, Some(1), "{error}");
        assert!(text.contains("Your invitation from Sandbox Mobile") && text.contains("Not now (n)"), "{text}");
        assert!(!text.contains("canary") && !text.contains("https://"), "{text}");
    }
    // The page does not come back by itself: the person says when the account is there.
    let (status, text, error) =
        run(&["--no-browser", "--invitation", "https://id.example/invitation?token=code"], "y\n");
    assert_eq!(status, Some(1), "{error}");
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part:?} is not in {text}"));
    assert!(at("Not now (n)") < at("https://id.example/invitation?token=code"), "{text}");
    assert!(at("Then press Enter") < at("Sign in with: companion sign-in"), "{text}");

    let (status, _, error) = run(&["--create-account", "--invitation", "canary"], "");
    assert_eq!(status, Some(2));
    assert!(error.contains("cannot be used with"), "{error}");
}

#[tokio::test]
async fn an_account_is_made_by_number_or_with_an_invitation_and_signed_in_with() {
    let terminal = Terminal::open();
    let ((sara, _), (pieter, _)) = (terminal.person("sara"), terminal.person("pieter"));
    let waiting = Waiting::start(&mut terminal.command("sign-in", &["--no-browser", "--create-account"]));
    let callback = waiting.callback(&terminal, &sara, "a-new-password").await;
    assert!(status_line(&get(&callback)).contains("200"));
    assert_eq!(waiting.end().0, Some(0));
    assert_eq!(terminal.session(&[]).0, Some(0));
    assert_eq!(terminal.sign_out().0, Some(0));

    // Whose bill is split is sent back, with a letter to the fleet manager.
    let waiting = Waiting::start(&mut terminal.command("sign-in", &["--no-browser", "--create-account"]));
    let callback = waiting.callback(&terminal, &pieter, "a-new-password").await;
    assert!(get(&callback).contains("You need an invitation"));
    let (status, _, error) = waiting.end();
    assert_eq!(status, Some(2));
    assert!(error.contains("[sign_in_invitation_required]") && error.contains("re-send the invitation"), "{error}");

    let control = terminal.json("ready.json")["control"].as_str().unwrap().to_owned();
    let invited = ask("POST", &format!("{control}/control/invite"), r#"{"person": "pieter"}"#);
    let invited: Value = serde_json::from_str(invited.split_once("\r\n\r\n").unwrap().1).unwrap();
    let link = invited["link"].as_str().unwrap();
    for (status, code) in [(Some(0), ""), (Some(2), "[sign_in_invitation_used]")] {
        let mut command = terminal.command("sign-in", &["--no-browser", "--invitation", link]);
        let waiting = Waiting::start_typing(&mut command, "y\n");
        assert!(!waiting.page.contains(invited["token"].as_str().unwrap()), "the invitation is in the address");
        let callback = waiting.callback(&terminal, &pieter, "a-new-password").await;
        get(&callback);
        let (ended, _, error) = waiting.end();
        assert_eq!(ended, status, "{error}");
        assert!(error.contains(code), "{error}");
    }
    let (status, text, _) = terminal.session(&[]);
    assert_eq!(status, Some(0), "what failed left the session as it was: {text}");
}

#[test]
fn without_a_browser_a_password_is_never_taken_for_an_answer_nor_an_answer_for_the_password() {
    let terminal = Terminal::open();
    let control = terminal.json("ready.json")["control"].as_str().unwrap().to_owned();
    let invited = ask("POST", &format!("{control}/control/invite"), r#"{"person": "pieter"}"#);
    let invited: Value = serde_json::from_str(invited.split_once("\r\n\r\n").unwrap().1).unwrap();
    let link = invited["link"].as_str().unwrap();
    let (pieter, _) = terminal.person("pieter");
    for (typed, expected) in [("a-new-password\nn\n", Some(1)), ("a-new-password\n", Some(0))] {
        let mut command = terminal.command("sign-in", &["--invitation", link, "--sandbox-number", &pieter]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
        let (status, text, error) = told(&child.wait_with_output().unwrap());
        assert_eq!(status, expected, "{typed:?}: {text}{error}");
    }
    assert_eq!(terminal.session(&[]).0, Some(0));
}
