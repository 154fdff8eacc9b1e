//! The command itself: what it prints, and how it ends.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use companion_sandbox::{Bend, Faults, SandboxOptions};
use serde_json::{Value, json};

use crate::sight::Sight;

fn companion(sight: &Sight, more: &[&str]) -> Output {
    let card = sight.sandbox.person("emma").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile.json");
    std::fs::write(&profile, sight.profile.to_string()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_companion"));
    command.args(["operator", "check"]).arg(&profile).args(["--user", &card.number]).args(more).env("COLUMNS", "80");
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{}\n", card.password).as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_operator_ends_with_0_and_says_so_in_text_and_json() {
    let sight = Sight::of("emma", SandboxOptions::default()).await;
    let output = companion(&sight, &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("Every claimed capability works: 0 faults, 0 remarks."), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let output = companion(&sight, &["--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["schema"], 1);
    assert_eq!(report["findings"], json!([]));
    assert_eq!(report["capabilities"][0]["capability"], "signIn");
    assert_eq!(report["capabilities"][0]["verdict"], "works");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_one_ends_with_1_and_nothing_of_the_person_or_in_its_own_words_is_printed() {
    let sight = Sight::of("emma", SandboxOptions::default()).await;
    let members = [
        ("/0/bucket/0/remainingValue/units".to_owned(), json!("\u{1b}[31mparsec\u{7}")),
        ("/0/bucket/0/name".to_owned(), json!("\u{1b}]0;title\u{7}")),
    ];
    let bend = Bend { members: members.into(), without_headers: Vec::new() };
    let faults = Faults { bend: [("/tmf-api/usageConsumption".to_owned(), bend)].into(), ..Faults::default() };
    sight.sandbox.set_faults(faults);
    let output = companion(&sight, &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("usage          fails"), "{text}");
    assert!(text.contains("core/profiles/contract.json:"), "{text}");
    let card = sight.sandbox.person("emma").unwrap();
    for foreign in ["parsec", "title", "\u{1b}", "\u{7}", &card.number[4..], &card.name, &card.sub, &card.password] {
        assert!(!text.contains(foreign), "{foreign:?}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_is_refused_ends_with_2_and_names_the_field() {
    let mut sight = Sight::of("emma", SandboxOptions::default()).await;
    sight.profile["identity"]["scopes"] = json!([]);
    let output = companion(&sight, &["--json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains(": identity.scopes lacks openid"));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["refused"][0]["field"], "identity.scopes");
    assert_eq!(sight.sandbox.requests().len(), 0, "nothing was asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_said_to_be_one() {
    let mut sight = Sight::of("emma", SandboxOptions::default()).await;
    sight.profile["name"] = json!("Wrong\u{1b}[2J");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    std::fs::write(&file, "wrong\n").unwrap();
    let output = companion(&sight, &["--password-file", file.to_str().unwrap()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("a wrong name or password") && words.contains("not reached"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
}
