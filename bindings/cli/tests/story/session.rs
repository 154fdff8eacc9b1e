//! A session over several commands: shown, ended, renewed by several at once.

use std::process::{Child, Stdio};

use serde_json::Value;

use crate::support::{Terminal, ask, get, told};

#[test]
fn signing_out_deletes_what_is_kept_and_the_operator_is_told_where_it_can_be() {
    let mut terminal = Terminal::open();
    let (number, password) = terminal.emma();
    let (status, text, error) = terminal.sign_out();
    assert_eq!((status, text.trim()), (Some(0), "Nobody was signed in."), "{error}");

    assert_eq!(told(&terminal.sign_in_without_a_browser(&number, &password)).0, Some(0));
    let (status, text, _) = terminal.session(&[]);
    assert_eq!(status, Some(0));
    assert!(text.starts_with("Signed in at Sandbox Mobile since "), "{text}");
    let (status, json, _) = terminal.session(&["--json"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (status, view["phase"].as_str(), view["operator"].as_str()),
        (Some(0), Some("signed_in"), Some("Sandbox Mobile"))
    );
    assert!(view["since"].as_str().unwrap().ends_with('Z') && view["notice"].is_null(), "{json}");

    assert_eq!(terminal.usage(&[]).0, Some(0));
    let (status, text, error) = terminal.sign_out();
    assert_eq!(status, Some(0), "{error}");
    assert_eq!(text, "Signed out. What was kept of you here is deleted.\n");
    let control = terminal.json("ready.json")["control"].as_str().unwrap().to_owned();
    let requests = get(&format!("{control}/control/requests"));
    assert!(requests.contains("revoke"), "the operator was not told: {requests}");
    assert_eq!(terminal.session(&[]).0, Some(2));
    assert_eq!(terminal.usage(&[]).0, Some(2));
    let left = std::fs::read_dir(terminal.path("kept/secure")).unwrap().count();
    assert_eq!(left, 0, "secrets are left");

    assert_eq!(told(&terminal.sign_in_without_a_browser(&number, &password)).0, Some(0));
    terminal.sandbox = None;
    let (status, text, error) = terminal.sign_out();
    assert_eq!(status, Some(0), "{error}");
    assert!(text.contains("Signed out.") && text.contains("could not be told yet"), "{text}");
    assert_eq!(terminal.session(&[]).0, Some(2));
}

#[test]
fn two_commands_at_once_on_one_folder_renew_once_and_sign_nobody_out() {
    let terminal = Terminal::open();
    let (number, password) = terminal.emma();
    assert_eq!(told(&terminal.sign_in_without_a_browser(&number, &password)).0, Some(0));
    assert_eq!(terminal.usage(&[]).0, Some(0));
    let control = terminal.json("ready.json")["control"].as_str().unwrap().to_owned();
    for round in 0..3 {
        // The access token runs out, at an operator that ends a session for a token shown twice.
        ask("POST", &format!("{control}/control/advance"), "{\"seconds\":400}");
        let commands: Vec<Child> = (0..4)
            .map(|_| {
                let mut command = terminal.command("usage", &[]);
                command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        for command in commands {
            let (_, text, error) = told(&command.wait_with_output().unwrap());
            assert!(!text.contains("sign in again"), "round {round}: {text}{error}");
        }
        assert_eq!(terminal.session(&[]).0, Some(0), "round {round}: still signed in");
    }
    let asked = get(&format!("{control}/control/token-requests"));
    let body: Value = serde_json::from_str(&asked[asked.find("\r\n\r\n").map_or(0, |at| at + 4)..]).unwrap();
    let statuses: Vec<_> = body.as_array().unwrap().iter().map(|request| request["status"].as_u64()).collect();
    assert_eq!(statuses, [Some(200); 4], "a sign-in and three renewals: {body}");
}

/// A command that was ended in the middle of a write leaves a file with what it wrote.
#[test]
fn after_signing_out_nothing_is_left_of_what_an_ended_command_was_writing() {
    let terminal = Terminal::signed_in("emma");
    let secure = terminal.path("kept").join("secure");
    std::fs::write(secure.join("dG9rZW4.4711-0.part"), b"canary").unwrap();
    assert_eq!(terminal.sign_out().0, Some(0));
    let left: Vec<_> = std::fs::read_dir(&secure).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn that_the_operator_is_out_of_reach_is_said_once_by_every_command() {
    let mut terminal = Terminal::signed_in("emma");
    let commands = [
        ("activation", &[][..], 1),
        ("wifi-calling", &[], 1),
        ("wifi-calling", &["switch-on"], 1),
        ("invoices", &[], 1),
        ("alerts", &[], 1),
        ("sim", &[], 1),
        // In other words.
        ("usage", &[], 0),
        ("notifications", &["list"], 0),
    ];
    for (command, _, _) in commands.iter().filter(|(_, more, _)| more.is_empty()) {
        assert_eq!(terminal.run(command, &[]).0, Some(0), "{command}");
    }
    terminal.sandbox = None;
    for (command, more, times) in commands {
        let (_, text, error) = terminal.run(command, more);
        let said = format!("{text}\n{error}").split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(said.matches("cannot reach the network now").count(), times, "{command} {more:?}: {said}");
    }
    // A program that reads the view is told beside it.
    for command in ["activation", "wifi-calling"] {
        let (status, json, error) = terminal.run(command, &["--json"]);
        assert!(serde_json::from_str::<Value>(&json).is_ok(), "{command}: {json}");
        assert_eq!((status, error.matches("cannot reach the network now").count()), (Some(1), 1), "{command}: {error}");
    }
}
