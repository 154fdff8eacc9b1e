//! Wi-Fi calling in the terminal: guides for anybody, and for who is signed in the walk, an order, the check, a report.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Terminal, as_str, ask, companion, output, told};

/// A phone with a SIM of the sandbox.
const PIXEL: [&str; 8] = ["--maker", "google", "--os", "15", "--lang", "fr", "--sim", "00101"];

fn wifi(terminal: &Terminal, command: &[&str]) -> (Option<i32>, String, String) {
    terminal.run("wifi-calling", &[command, &PIXEL].concat())
}

/// The walk with what a person types, line by line.
fn walk(terminal: &Terminal, typed: &str) -> (Option<i32>, String, String) {
    let mut command = terminal.command("wifi-calling", &[&["walk"], &PIXEL[..]].concat());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    told(&child.wait_with_output().unwrap())
}

/// Ctrl-C, once a child has said that it is ready for it.
fn interrupted(mut child: Child, mut is_ready: impl FnMut() -> bool) -> (Option<i32>, String, String) {
    let began = Instant::now();
    while !is_ready() {
        assert!(began.elapsed() < Duration::from_secs(30), "it was never ready");
        std::thread::sleep(Duration::from_millis(50));
    }
    let typed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(typed.success());
    // The input stays open: it is the signal that ends it.
    let input = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(input);
    told(&output)
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_guide_is_for_anybody_and_speaks_the_language_of_the_phones_menus() {
    for (phone, parts) in [
        (&["--maker", "apple", "--os", "18.1", "--lang", "nl"][..], &["“Instellingen”", "“Bellen via wifi”"][..]),
        (&["--maker", "samsung", "--os", "14", "--skin", "One UI 6.1", "--lang", "fr"], &["“Appels Wi-Fi”"]),
        (&["--maker", "google", "--os", "15", "--lang", "de"], &["“WLAN-Telefonie”"]),
        (
            &["--maker", "xiaomi", "--skin", "HyperOS 2", "--lang", "en"],
            &[
                "“SIM cards & mobile networks”",
                "“Make calls using Wi-Fi” / “Wi-Fi calling”",
                "May be named differently",
            ],
        ),
        (&["--maker", "google", "--os", "15", "--lang", "xx"], &["“Wi-Fi calling”"]),
        (&["--maker", "somebody", "--lang", "en"], &["By searching"]),
    ] {
        let arguments = [&["wifi-calling", "guide", "--language", "en"], phone].concat();
        let (status, guide, error) = told(&output(&arguments));
        assert_eq!(status, Some(0), "{error}");
        for part in parts {
            assert!(on_one_line(&guide).contains(part), "{phone:?}: {part:?} is not in\n{guide}");
        }
        let (_, why, _) = told(&output(&[&arguments[..], &["--why"]].concat()));
        let because = why.strip_prefix(&guide).unwrap();
        let sentences: Vec<_> = because.lines().filter(|line| line.starts_with("- ")).collect();
        assert!(!sentences.is_empty() && sentences.iter().all(|line| line.ends_with(['.', ','])), "{because}");
        assert!(!because.contains(['{', '(']), "words, no names of the program's: {because}");
        assert_eq!(because.contains("→ adb shell am start -a "), !guide.contains("Instellingen"), "{because}");
    }
}

#[test]
fn whatever_is_typed_of_a_phone_is_answered_in_a_sentence_that_harms_no_terminal() {
    let long = "x".repeat(10_000);
    for (arguments, sentence) in [
        (&["--maker", ""][..], "say what it is, or leave it out"),
        (&["--model", &long], "no name is longer than 100 characters"),
        (&["--maker", "a\u{1b}[31mb\u{7}"], "control characters are no part of a name"),
        (&["--skin", "\u{202e}\u{9b}31m"], "control characters are no part of a name"),
        (&["--os", "-1"], "a version begins with a digit or a letter"),
        (&["--sim", "206"], "five or six digits"),
        (&["--fact", "\u{1b}]0;title\u{7}"], "[possible values: vpn,"),
        (&["--\u{1b}[31m"], "unexpected argument"),
        (&["--language", "xx"], "the languages here are fr, nl, en and de"),
    ] {
        let (status, shown, error) = told(&output(&[&["wifi-calling", "guide"], arguments].concat()));
        assert_eq!((status, shown.as_str()), (Some(2), ""), "{arguments:?}: {error}");
        assert!(error.contains(sentence) && error.len() < 600, "{arguments:?}: {error}");
        assert!(!error.chars().any(|c| c.is_control() && c != '\n'), "{error:?}");
    }
    let (status, _, error) = told(&output(&["wifi-calling", "lint", "no\u{1b}[31m"]));
    assert_eq!((status, error.contains('\u{1b}')), (Some(2), false), "{error:?}");
}

#[test]
fn a_narrow_terminal_holds_every_line() {
    for language in ["fr", "nl", "en", "de"] {
        let mut command = companion();
        command.args(["wifi-calling", "guide", "--maker", "samsung", "--os", "14", "--language", language]);
        let (status, guide, error) = told(&command.env("COLUMNS", "40").output().unwrap());
        assert_eq!(status, Some(0), "{error}");
        assert!(guide.lines().all(|line| line.chars().count() <= 40), "{guide}");
    }
}

#[test]
fn lint_names_file_and_place_of_each_fault_and_says_how_many() {
    let shipped = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/guides");
    let (status, verdict, error) = told(&output(&["wifi-calling", "lint", as_str(&shipped)]));
    assert_eq!(status, Some(0), "{verdict}{error}");
    assert!(verdict.contains("guides, nothing wrong"), "{verdict}");

    let folder = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(&shipped).unwrap().map(|file| file.unwrap().path()) {
        std::fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
    }
    let lint = || told(&output(&["wifi-calling", "lint", as_str(folder.path())]));
    let change = |name: &str, change: &dyn Fn(&mut Value)| {
        let path = folder.path().join(name);
        let whole = std::fs::read(&path).unwrap();
        let mut part: Value = serde_json::from_slice(&whole).unwrap();
        change(&mut part);
        std::fs::write(&path, part.to_string()).unwrap();
        whole
    };
    // Two faults in two parts, each found in its own.
    let makers = change("wifi-calling-makers.json", &|part| part["guides"][1]["sources"] = serde_json::json!([]));
    change("wifi-calling-support.json", &|part| part["prerequisites"][0]["textKey"] = "wifi-no-such-text".into());
    let (status, faults, error) = lint();
    assert_eq!(status, Some(1), "{faults}{error}");
    for part in ["wifi-calling-makers.json: guides", "it has no source", "wifi-calling-support.json: prerequisites"] {
        assert!(faults.contains(part), "{part:?} is not in\n{faults}");
    }
    assert!(faults.ends_with(" to mend\n"), "{faults}");

    // A field that is not of the format: nothing can be said of the rest.
    std::fs::write(folder.path().join("wifi-calling-makers.json"), makers).unwrap();
    change("wifi-calling-makers.json", &|part| part["guides"][1]["platform"] = "windows".into());
    let (status, shown, error) = lint();
    assert_eq!((status, shown.as_str()), (Some(2), ""), "{error}");
    assert!(error.contains("wifi-calling-makers.json: guides[1].platform is not as it should be"), "{error}");

    std::fs::write(folder.path().join("wifi-calling-makers.json"), "{\n").unwrap();
    assert_eq!(lint().0, Some(2));
    assert_eq!(told(&output(&["wifi-calling", "lint", "/nowhere"])).0, Some(2));
}

#[test]
fn every_command_takes_only_what_it_keeps_to_and_says_its_exit_statuses() {
    for (command, refused) in [
        ("check", &["--offline"][..]),
        ("walk", &["--json"]),
        ("switch-on", &["--offline"]),
        ("report", &["--offline", "--json"]),
        ("guide", &["--offline", "--json"]),
        ("lint", &["--offline", "--json"]),
    ] {
        let (_, help, _) = told(&output(&["wifi-calling", command, "--help"]));
        assert!(help.contains("Exit status: 0 "), "{command}: {help}");
        for flag in refused {
            let (status, _, error) = told(&output(&["wifi-calling", command, flag]));
            assert_eq!((status, error.contains("unexpected argument")), (Some(2), true), "{command} {flag}: {error}");
        }
    }
}

#[test]
fn nobody_signed_in_ends_with_status_two() {
    let terminal = Terminal::open();
    for command in [&[][..], &["check"], &["walk"], &["switch-on"], &["report"]] {
        let (status, text, error) = wifi(&terminal, command);
        assert_eq!(status, Some(2), "{command:?}: {text}{error}");
        assert!(format!("{text}{error}").contains("Nobody is signed in"), "{command:?}: {text}{error}");
    }
}

#[test]
fn the_walk_leads_to_it_works_and_goes_on_where_it_was_left() {
    let mut terminal = Terminal::signed_in("luc");
    let (status, first, error) = wifi(&terminal, &[]);
    assert_eq!(status, Some(0), "{error}");
    for part in ["google · Android 15", "“Appels Wi-Fi”", "The short version of Sandbox Mobile"] {
        assert!(first.contains(part), "{part:?} is not in\n{first}");
    }
    let (status, json, _) = wifi(&terminal, &["--json"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, view["step"]["id"].as_str(), view["line"].as_str()), (Some(0), Some("switch-on"), Some("on")));

    // It is on, the network and emergency calls are understood; then the terminal is closed.
    let (status, text, error) = walk(&terminal, "nonsense\n1\n1\n1\nq\n");
    assert_eq!(status, Some(0), "{error}");
    assert!(error.contains("one of the numbers or letters above"), "{error}");
    assert!(text.contains("112"), "{text}");
    let (_, json, _) = wifi(&terminal, &["--json", "--offline"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(view["step"]["id"], "proof-airplane-on", "{json}");

    // One step back and forth again; every proof works, each by its first answer.
    let (status, text, error) = walk(&terminal, &format!("b\n1\n{}q\n", "1\n".repeat(6)));
    assert_eq!(status, Some(0), "{error}");
    assert!(text.contains("Works since"), "{text}");
    let (_, json, _) = wifi(&terminal, &["--json"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((view["step"]["id"].as_str(), view["phone"].as_str()), (Some("works"), Some("works")), "{json}");

    terminal.sandbox = None;
    let (status, kept, error) = wifi(&terminal, &[]);
    assert_eq!(status, Some(1), "{error}");
    assert!(kept.contains("cannot reach the network") && kept.contains("Works since"), "{kept}");
    assert_eq!(wifi(&terminal, &["--offline"]).0, Some(0), "nobody was asked");
}

#[test]
fn ctrl_c_leaves_the_walk_and_stops_waiting_for_an_order_and_nothing_is_lost() {
    let terminal = Terminal::signed_in("emma");
    let control = terminal.json("ready.json")["control"].as_str().unwrap().to_owned();
    let begin = |command: &str| {
        let mut command = terminal.command("wifi-calling", &[&[command], &PIXEL[..]].concat());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let asked = || ask("GET", &format!("{control}/control/requests"), "");
    let (status, text, error) = interrupted(begin("switch-on"), || asked().contains("serviceOrder\""));
    assert_eq!(status, Some(130), "{error}");
    assert!(text.contains("is activating your line") && error.contains("stopped waiting"), "{text}{error}");
    let (_, json, _) = wifi(&terminal, &["--json"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(view["step"]["id"], "being-provisioned", "the order goes on at the operator: {json}");

    let mut walking = begin("walk");
    let mut prompt = walking.stderr.take().unwrap();
    let (status, text, _) = interrupted(walking, || std::io::Read::read(&mut prompt, &mut [0; 1]).unwrap() == 1);
    assert_eq!(status, Some(130), "{text}");
}

#[test]
fn the_check_is_switched_off_at_the_sandbox_and_says_so() {
    let terminal = Terminal::signed_in("luc");
    let (status, check, error) = wifi(&terminal, &["check"]);
    assert_eq!(status, Some(1), "{error}");
    assert!(check.contains("switched this check off"), "{check}");
    let (status, json, _) = wifi(&terminal, &["check", "--json"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, view["check"]["verdict"].as_str()), (Some(1), Some("not_tested")));
    assert_eq!(view["check"]["evidence"].as_array().map(Vec::len), Some(4));

    let (status, report, error) = wifi(&terminal, &["report"]);
    assert_eq!(status, Some(0), "{error}");
    for part in ["step switch-on", "line on"] {
        assert!(report.contains(part), "{part:?} is not in\n{report}");
    }
    let (number, _) = terminal.person("luc");
    assert!(!report.contains(&number) && !report.contains("Luc"), "{report}");
}

#[test]
fn an_order_is_followed_to_its_end_and_a_refused_one_is_told() {
    let terminal = Terminal::signed_in("emma");
    let (_, before, _) = wifi(&terminal, &[]);
    assert!(!before.contains("“Appels Wi-Fi”"), "not before the operator allows it:\n{before}");
    let control = terminal.json("ready.json")["control"].as_str().unwrap().to_owned();
    let ordering = terminal.command("wifi-calling", &[&["switch-on", "--json"], &PIXEL[..]].concat());
    let ordered = std::thread::spawn(move || told(&{ ordering }.stdin(Stdio::null()).output().unwrap()));
    // The order is under way for a minute of the operator's clock, from the moment it came.
    let began = Instant::now();
    while !ask("GET", &format!("{control}/control/requests"), "").contains("serviceOrder\"") {
        assert!(began.elapsed() < Duration::from_secs(30), "no order came");
        std::thread::sleep(Duration::from_millis(50));
    }
    ask("POST", &format!("{control}/control/advance"), r#"{"seconds": 61}"#);
    let (status, json, error) = ordered.join().unwrap();
    assert_eq!(status, Some(0), "{error}");
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((view["line"].as_str(), view["step"]["id"].as_str()), (Some("on"), Some("switch-on")), "{json}");

    let refused = Terminal::signed_in("nadia");
    let (status, text, error) = wifi(&refused, &["switch-on"]);
    assert_eq!(status, Some(0), "{error}");
    assert!(text.contains("did not accept"), "{text}");
    // Then the employer can help: the letter is there to be sent, and what is not offered here is not done.
    let (status, text, error) = walk(&refused, "m\no\nq\n");
    assert_eq!((status, error.matches("type one of").count()), (Some(0), 1), "{error}");
    assert!(text.contains("Write a message to your employer") && text.contains("Could you ask"), "{text}");
}
