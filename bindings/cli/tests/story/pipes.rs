//! A command whose reader goes away ends quietly, as `head` makes others end.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::{Terminal, as_str, companion};

/// Runs a command whose output, and perhaps what it says beside it, nobody reads.
fn unread(command: &mut Command, beside_too: bool) -> (Option<i32>, String) {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    command.stdin(Stdio::null()).stdout(writer.try_clone().unwrap()).stderr(Stdio::piped());
    if beside_too {
        command.stderr(writer);
    }
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_command_that_nobody_reads_ends_quietly_whether_it_has_much_to_say_or_a_fault() {
    let terminal = Terminal::signed_in("emma");
    let profile = terminal.path("profile.json");
    let (empty, own) = (terminal.path("empty.json"), terminal.path("own.json"));
    std::fs::write(&empty, "{}").unwrap();
    let at = terminal.json("ready.json")["control"].as_str().unwrap().to_owned();
    let words: [&[&str]; 17] = [
        &["--help"],
        &["--version"],
        &["nothing"],
        &["control"],
        &["control", "--at", &at, "requests"],
        &["control", "--at", &at, "dance"],
        &["control", "--at", &at, "advance", "seconds=soon"],
        &["demo"],
        &["sandbox", "--port", "0", "--profile", as_str(&own)],
        &["operator", "schema"],
        &["operator", "new", "https://localhost:1"],
        &["operator", "check", as_str(&empty)],
        &["guide"],
        &["esim", "parse", "LPA:1$smdp.example$CODE"],
        &["esim", "parse", "nothing"],
        &["wifi-calling", "guide", "--maker", "samsung", "--os", "14"],
        &["inspect", as_str(&profile)],
    ];
    for words in words {
        for beside_too in [false, true] {
            let (status, error) = unread(companion().args(words), beside_too);
            assert!(matches!(status, Some(0..=2)), "{words:?}: {status:?} {error}");
            assert!(!error.contains("panicked") && !error.contains("Broken pipe"), "{words:?}: {error}");
        }
    }
    for (name, more) in [
        ("usage", &[][..]),
        ("session", &[]),
        ("invoices", &[]),
        ("notifications", &["list"]),
        ("activation", &[]),
        ("alerts", &["--sample"]),
        ("sim", &[]),
        ("sign-in", &["--no-browser"]),
        ("sign-out", &[]),
        ("usage", &[]),
    ] {
        for beside_too in [false, true] {
            let (status, error) = unread(&mut terminal.command(name, more), beside_too);
            assert!(matches!(status, Some(0..=2)), "{name} {more:?}: {status:?} {error}");
            assert!(!error.contains("panicked") && !error.contains("Broken pipe"), "{name}: {error}");
        }
    }
}

#[test]
fn a_sandbox_whose_reader_leaves_after_all_was_said_goes_on_until_it_is_stopped() {
    let terminal = Terminal::open();
    let (profile, ready) = (terminal.path("own.json"), terminal.path("own-ready.json"));
    let mut command = companion();
    command.args(["sandbox", "--port", "0", "--profile", as_str(&profile), "--ready-file", as_str(&ready)]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(said.next().unwrap().starts_with("The profile for the other commands is"));
    assert!(said.any(|line| line == "Stop with Ctrl-C."));
    drop(said);
    let at = terminal.json("own-ready.json")["control"].as_str().unwrap().to_owned();
    let asked = companion().args(["control", "--at", &at, "requests"]).output().unwrap();
    assert!(asked.status.success(), "{asked:?}");
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}
