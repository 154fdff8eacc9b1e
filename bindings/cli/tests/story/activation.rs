//! The first day with the operator in the terminal: how far a line is, what the person tells, and a secret of the SIM.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{Terminal, told};

fn activation(terminal: &Terminal, more: &[&str]) -> (Option<i32>, String, String) {
    terminal.run("activation", more)
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
    let (status, _, error) = activation(&terminal, &["--offline", "--claim"]);
    assert_eq!((status, error.as_str()), (Some(2), "companion: nothing of that line is late\n"));
}

#[test]
fn who_has_nothing_to_wait_for_is_told_so_and_shown_their_sim() {
    let terminal = Terminal::signed_in("emma");
    let (status, text, _) = activation(&terminal, &[]);
    assert_eq!(status, Some(0));
    assert!(text.contains("Nothing is on its way for you.") && text.contains("SIM card ending in"), "{text}");
}

#[test]
fn a_puk_is_shown_to_who_is_there_and_to_no_file_by_accident() {
    let terminal = Terminal::signed_in("emma");
    let sim = |more: &[&str], typed: &str| {
        let mut command = terminal.command("sim", more);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Who refuses at once does not read.
        let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
        told(&child.wait_with_output().unwrap())
    };
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
