//! The first day with the operator in the terminal: how far a line is, what the person tells, and a secret of the SIM.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

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
    for part in
        ["SIM card, your own number", "✓ Ordered", "▸ SIM card received", "--tell has-sim (I have the SIM card)"]
    {
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
    assert!(!text.contains('\u{a0}'), "what is copied is typed: {text}");
    let last = text.lines().last().unwrap();
    assert!(last.len() == 8 && last.bytes().all(|byte| byte.is_ascii_digit()), "{text}");
}

/// What was kept is shown again without a network, to who is there, until the line works.
#[test]
fn the_code_of_an_esim_is_shown_again_from_what_is_kept_until_the_line_works() {
    let mut terminal = Terminal::signed_in("luc");
    let (status, first, error) = sim(&terminal, "en", &["code", "--reveal"], "\n");
    assert_eq!(status, Some(0), "{error}");
    let code = first.lines().find(|line| line.contains("LPA:1$smdp.sandbox.example$")).unwrap().to_owned();
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
    assert_eq!((status, error.as_str()), (Some(0), "The code of your eSIM that was kept here is deleted.\n"));
    assert_eq!(kept(&terminal), Value::Null);
    let (status, _, error) = activation(&terminal, &["--offline", "--works"]);
    assert_eq!((status, error.as_str()), (Some(0), "No code of an eSIM is kept here.\n"), "there was none any more");
}

/// Of an operator that tells the code nobody need look for the e-mail.
#[test]
fn the_step_that_installs_an_esim_leads_to_its_code() {
    let terminal = Terminal::open();
    let (sara, _) = terminal.person("sara");
    let mut command = terminal.command("sign-in", &["--create-account", "--sandbox-number", &sara]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"a-new-password\n").unwrap();
    assert_eq!(told(&child.wait_with_output().unwrap()).0, Some(0));
    let (status, first, error) = activation(&terminal, &["--tell", "has-sim"]);
    assert_eq!(status, Some(0), "{first}{error}");
    let (_, text, _) = activation(&terminal, &[]);
    assert!(text.contains("→ companion sim code\n") && !text.contains("esim parse"), "{text}");
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
        ("nl", "Pincode tonen: druk op Enter", "Er wordt niets getoond.\n"),
        ("fr", "Afficher le PIN\u{a0}: appuyez sur Entrée", "Rien n’est affiché.\n"),
        ("de", "PIN anzeigen: drücken Sie die Eingabetaste", "Es wird nichts angezeigt.\n"),
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

/// Each exit status that the help of the command names, where it names it.
#[test]
fn the_exit_status_is_what_the_help_says() {
    let mut terminal = Terminal::open();
    for more in [&[][..], &["--offline"], &["--json"]] {
        assert_eq!(activation(&terminal, more).0, Some(2), "nobody is signed in: {more:?}");
    }
    assert_eq!(terminal.run("sim", &[]).0, Some(2), "nobody is signed in");
    let (number, password) = terminal.person("ines");
    assert_eq!(told(&terminal.sign_in_without_a_browser(&number, &format!("{password}\n"))).0, Some(0));
    for (language, part) in [
        ("en", "not known here yet. Ask Sandbox Mobile with: companion activation\n"),
        ("nl", "nog niet bekend"),
        ("fr", "pas encore"),
        ("de", "noch nicht bekannt"),
    ] {
        for more in [&["--offline", "--tell", "has-sim"][..], &["--offline", "--claim"], &["--offline", "--line", "x"]]
        {
            let output = terminal.command_in(language, "activation", more).stdin(Stdio::null()).output().unwrap();
            let (status, text, error) = told(&output);
            assert_eq!((status, text.as_str()), (Some(2), ""), "{more:?}");
            assert!(error.contains(part), "nothing was loaded, which is not that there is nothing: {error}");
        }
    }
    let (status, text, error) = activation(&terminal, &["--offline", "--works"]);
    assert_eq!((status, text.as_str()), (Some(2), ""));
    assert!(error.contains("not known here yet"), "nothing was told: {error}");
    for (more, status) in [
        (&[][..], 0),
        (&["--offline"], 0),
        (&["--tell", "nonsense"], 2),
        (&["--tell", "works"], 2),
        (&["--line", "nope"], 2),
        (&["--claim"], 2),
        (&["--request"], 0),
        (&["--tell", "has-sim"], 0),
        (&["--request"], 2),
    ] {
        let (told, _, error) = activation(&terminal, more);
        assert_eq!(told, Some(status), "{more:?}: {error}");
    }
    terminal.sandbox = None;
    for (more, status) in [(&[][..], 1), (&["--offline"], 0), (&["--tell", "undo-has-sim"], 1), (&["--claim"], 2)] {
        assert_eq!(activation(&terminal, more).0, Some(status), "out of reach: {more:?}");
    }
    assert_eq!(terminal.run("sim", &[]).0, Some(1), "out of reach");
    assert_eq!(terminal.run("sim", &["--offline"]).0, Some(0));
}

#[test]
fn the_letter_about_an_order_that_was_refused_is_offered_and_written() {
    let terminal = Terminal::signed_in("tom");
    let (status, text, error) = activation(&terminal, &[]);
    assert_eq!((status, error.as_str()), (Some(0), ""));
    assert!(text.contains("could not be moved") && text.contains("→ companion activation --request\n"), "{text}");
    let (status, letter, error) = activation(&terminal, &["--offline", "--request"]);
    assert_eq!((status, error.as_str()), (Some(0), ""));
    assert!(letter.lines().count() > 4 && letter.contains("Sandbox Mobile"), "{letter}");
}

/// At whatever hour the sandbox was started.
#[test]
fn a_move_that_is_late_by_law_has_its_letter() {
    let terminal = Terminal::signed_in("ines");
    assert_eq!(activation(&terminal, &["--tell", "has-sim"]).0, Some(0));
    terminal.control("activation", &json!({ "person": "ines", "event": "delayed" }));
    assert_eq!(activation(&terminal, &[]).0, Some(0));
    terminal.control("advance", &json!({ "seconds": 5 * 24 * 3600 }));
    let (status, text, error) = activation(&terminal, &[]);
    assert_eq!(status, Some(0), "{error}");
    assert!(text.contains("should have moved by now") && text.contains("→ companion activation --claim\n"), "{text}");
    let (status, letter, error) = activation(&terminal, &["--claim"]);
    assert!(status == Some(0) && letter.contains("compensation"), "{letter}{error}");
}

#[test]
fn a_session_that_ended_says_how_to_go_on_and_speaks_of_no_figures() {
    let terminal = Terminal::signed_in("emma");
    assert_eq!(activation(&terminal, &[]).0, Some(0));
    terminal.control("end-sessions", &json!({ "person": "emma" }));
    for command in ["activation", "sim"] {
        let (status, _, error) = terminal.run(command, &[]);
        assert_eq!(status, Some(1), "{error}");
        assert!(error.ends_with("]\n→ companion sign-in\n"), "{command}: {error}");
        assert!(!error.contains("figures") && !error.contains("usage"), "{command}: {error}");
    }
}

#[test]
fn each_value_of_a_code_has_a_name_of_its_own() {
    let terminal = Terminal::signed_in("luc");
    for language in ["en", "nl", "fr", "de"] {
        let (status, text, error) = sim(&terminal, language, &["code", "--reveal"], "\n");
        assert_eq!(status, Some(0), "{error}");
        let lines: Vec<&str> = text.lines().collect();
        let names: Vec<&str> = lines.windows(2).filter(|pair| pair[1].starts_with("  ")).map(|pair| pair[0]).collect();
        assert!(names.len() >= 3 && names.iter().all(|name| !name.ends_with(':')), "{text}");
        let unlike = |one: &&str| names.iter().filter(|other| other.starts_with(*one)).count() == 1;
        assert!(names.iter().all(unlike), "{names:?}");
    }
}
