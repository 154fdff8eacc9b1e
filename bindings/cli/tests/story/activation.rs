//! The first day with the operator in the terminal: how far a line is, what the person tells, and a secret of the SIM.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{Terminal, told};

fn activation(terminal: &Terminal, more: &[&str]) -> (Option<i32>, String, String) {
    terminal.run("activation", more)
}

/// The command with somebody who types.
fn sim(terminal: &Terminal, language: &str, more: &[&str], typed: &str) -> (Option<i32>, String, String) {
    let mut command = terminal.command_in(language, "sim", more);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Who refuses at once does not read.
    let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    told(&child.wait_with_output().unwrap())
}

#[test]
fn a_number_that_moves_is_followed_step_by_step_and_remembered() {
    let terminal = Terminal::open();
    let (status, text, _) = activation(&terminal, &[]);
    assert_eq!((status, text.starts_with("Nobody is signed in.")), (Some(2), true));
    let terminal = Terminal::signed_in("ines");
    let (status, text, error) = activation(&terminal, &[]);
    assert_eq!((status, error.as_str()), (Some(0), ""));
    for part in ["SIM card, your own number", "✓ Ordered", "▸ SIM card received", "--tell has-sim (I have it)"] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    let (status, _, error) = activation(&terminal, &["--tell", "works"]);
    assert_eq!((status, error.as_str()), (Some(2), "companion: that is not asked now; what is: has-sim\n"));
    let (status, text, _) = activation(&terminal, &["--tell", "has-sim", "--offline"]);
    assert_eq!(status, Some(0));
    assert!(text.contains("✓ SIM card received") && text.contains("▸ Old SIM without network"), "{text}");
    assert!(text.contains("24 hours") && text.contains("By law at the latest"), "both limits, each for itself: {text}");
    let (status, text, _) = activation(&terminal, &["--offline", "--json"]);
    let view: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((status, view["lines"][0]["steps"][1]["state"].as_str()), (Some(0), Some("done")));
    assert_eq!((&view["first_place"], &view["lines"][0]["now"]["claim"]), (&Value::Bool(true), &Value::Null));
    assert_eq!(view["lines"][0]["now"]["help"], "keep-number");
    assert!(view["checked"]["text"].as_str().unwrap().starts_with("Checked today"), "{view}");
    let (_, text, _) = activation(&terminal, &["--offline"]);
    for part in ["→ companion guide show keep-number\n", "\nChecked today"] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    for more in [&["--line", "nope"][..], &["--line", "nope", "--json"], &["--line", "nope", "--works"]] {
        let (status, text, error) = activation(&terminal, &[more, &["--offline"]].concat());
        assert_eq!((status, text.as_str()), (Some(2), ""), "{more:?}");
        assert!(error.contains("No such line is on its way") && error.contains("SIM card, your own number"), "{error}");
    }
    let id = view["lines"][0]["id"].as_str().unwrap();
    let (status, text, _) = activation(&terminal, &["--offline", "--line", id]);
    assert!(status == Some(0) && text.contains("SIM card, your own number"), "{text}");
    let (status, _, error) = activation(&terminal, &["--offline", "--claim"]);
    assert_eq!((status, error.as_str()), (Some(2), "companion: nothing of that line is late\n"));
}

#[test]
fn who_has_nothing_to_wait_for_is_told_so_and_shown_their_sim() {
    let terminal = Terminal::signed_in("emma");
    let (status, text, _) = activation(&terminal, &[]);
    assert_eq!(status, Some(0));
    assert!(
        text.contains("Nothing is on its way for you.")
            && text.contains("SIM card of 04")
            && text.contains("Checked today"),
        "{text}"
    );
}

#[test]
fn a_puk_is_shown_to_who_is_there_and_to_no_file_by_accident() {
    let terminal = Terminal::signed_in("emma");
    let sim = |more: &[&str], typed: &str| sim(&terminal, "en", more, typed);
    let (status, text, error) = sim(&["puk"], "\n");
    assert_eq!((status, text.as_str()), (Some(2), ""));
    assert!(error.contains("no terminal"), "{error}");
    let (status, text, error) = sim(&["puk", "--reveal"], "");
    assert_eq!((status, text.as_str()), (Some(1), "Nothing is shown.\n"), "nobody pressed Enter: {error}");
    let (status, text, error) = sim(&["puk", "--reveal"], "\n");
    assert_eq!(status, Some(0), "{error}");
    let last = text.lines().last().unwrap();
    assert!(last.len() == 8 && last.bytes().all(|byte| byte.is_ascii_digit()), "{text}");
}

/// What was kept is shown again without a network, to who is there, until the line works.
#[test]
fn the_code_of_an_esim_is_shown_again_from_what_is_kept_until_the_line_works() {
    let mut terminal = Terminal::signed_in("luc");
    let (status, first, error) = sim(&terminal, "en", &["code", "--reveal"], "\n");
    assert_eq!(status, Some(0), "{error}");
    let code = first.lines().find(|line| line.contains("1$smdp.sandbox.example$")).unwrap().to_owned();
    terminal.sandbox = None;
    let (status, again, error) = sim(&terminal, "en", &["code", "--reveal"], "\n");
    assert!(status == Some(0) && again.lines().any(|line| line == code), "{again}{error}");
    assert!(again.contains("was not asked") && error.contains("press Enter"), "{again}{error}");
    let (status, text, _) = sim(&terminal, "en", &["code", "--reveal"], "");
    assert_eq!((status, text.as_str()), (Some(1), "Nothing is shown.\n"), "nobody pressed Enter");
    let (status, text, error) = sim(&terminal, "en", &["code"], "\n");
    assert_eq!((status, text.as_str()), (Some(2), ""), "{error}");
    let (status, text, _) = sim(&terminal, "en", &["code", "--reveal", "--anew"], "\n");
    assert!(status == Some(2) && !text.contains("smdp"), "the operator is out of reach: {text}");
    let kept = |terminal: &Terminal| {
        let (status, text, error) = terminal.run("sim", &["--offline", "--json"]);
        assert_eq!(status, Some(0), "{error}");
        assert!(!text.contains("1$smdp"), "{text}");
        serde_json::from_str::<Value>(&text).unwrap()["esim_code"]["server"].clone()
    };
    assert_eq!(kept(&terminal), "smdp.sandbox.example");
    let (status, _, error) = activation(&terminal, &["--offline", "--works"]);
    assert_eq!((status, error.as_str()), (Some(0), "No code of an eSIM is kept here.\n"));
    assert_eq!(kept(&terminal), Value::Null);
}

#[test]
fn the_list_of_sims_says_whether_a_copy_of_the_puk_is_kept_and_never_what() {
    let terminal = Terminal::signed_in("emma");
    let list = |part: &str| {
        let (status, text, error) = terminal.run("sim", &["--offline"]);
        assert!(status == Some(0) && text.contains(part), "{part:?} is not in\n{text}{error}");
        text
    };
    assert_eq!(terminal.run("sim", &[]).0, Some(0));
    list("No copy of the PUK is kept here.");
    let (status, shown, error) = sim(&terminal, "en", &["puk", "--reveal", "--keep-offline"], "\n");
    assert_eq!(status, Some(0), "{error}");
    let text = list("A copy of the PUK is kept here");
    assert!(text.contains("→ companion sim puk --forget-offline\n") && text.contains("Checked today"), "{text}");
    assert!(!text.contains(shown.lines().last().unwrap()), "{text}");
    let (_, json, _) = terminal.run("sim", &["--offline", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["sims"][0]["puk_copy_kept"], true);
    assert_eq!(terminal.run("sim", &["puk", "--forget-offline"]).0, Some(0));
    list("No copy of the PUK is kept here.");
    let (status, _, error) = terminal.run("sim", &["code", "--reveal"]);
    assert_eq!((status, error.as_str()), (Some(2), "companion: This SIM is a card. Only an eSIM has a code.\n"));
    let (status, text, error) = terminal.run("sim", &["pin", "--reveal", "--sim", "nope"]);
    assert_eq!((status, text.as_str()), (Some(2), ""));
    assert!(error.contains("You have no such SIM.") && error.contains("1  SIM card of 04"), "{error}");
}

#[test]
fn what_is_said_around_a_secret_is_in_one_language_and_fits_a_narrow_window() {
    let terminal = Terminal::signed_in("emma");
    for (language, prompt, nothing) in [
        ("nl", "Pincode en PUK tonen: druk op Enter", "Er wordt niets getoond.\n"),
        ("fr", "Afficher le PIN et le PUK\u{a0}: appuyez sur Entrée", "Rien n’est affiché.\n"),
        ("de", "PIN und PUK anzeigen: drücken Sie die Eingabetaste", "Es wird nichts angezeigt.\n"),
    ] {
        let (status, text, error) = sim(&terminal, language, &["pin", "--reveal"], "");
        assert_eq!((status, text.as_str()), (Some(1), nothing));
        assert!(error.starts_with(prompt), "{error}");
    }
    let mut command = terminal.command_in("de", "sim", &["puk", "--reveal"]);
    let mut child = command.env("COLUMNS", "40").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"\n").unwrap();
    let (status, text, _) = told(&child.wait_with_output().unwrap());
    assert!(status == Some(0) && text.lines().count() > 8, "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
}

#[test]
fn showing_once_more_who_is_there_is_not_told_as_a_sign_in() {
    let terminal = Terminal::signed_in("emma");
    let (number, password) = terminal.emma();
    let mut command = terminal.command("sign-in", &["--step-up", "--sandbox-number", &number]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
    let (status, text, error) = told(&child.wait_with_output().unwrap());
    assert_eq!(status, Some(0), "{error}");
    assert!(text.contains("knows that it is you") && !text.contains("Signed in"), "{text}");
}
