//! How the command behaves among others: in a pipe that closes, stopped from outside, and with a person at the keyboard.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use companion_sandbox::SandboxOptions;
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, tcgetattr};

use crate::pty;
use crate::sight::Sight;

const PREFERENCES: &str = "/communicationManagement/v1/communicationPreference";

/// The command with a profile, and a folder that is there as long as it is looked at.
fn command(sight: &Sight, more: &[&str]) -> (Command, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let profile: PathBuf = folder.path().join("profile.json");
    std::fs::write(&profile, sight.profile.to_string()).unwrap();
    let number = sight.sandbox.person("emma").unwrap().number;
    let mut command = Command::new(env!("CARGO_BIN_EXE_companion"));
    command.args(["operator", "check"]).arg(&profile).args(["--user", &number]).args(more);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    (command, folder)
}

fn type_password(sight: &Sight, child: &mut Child) {
    let password = sight.sandbox.person("emma").unwrap().password;
    // Left open, as a keyboard is: a line is enough.
    child.stdin.as_mut().unwrap().write_all(format!("{password}\n").as_bytes()).unwrap();
}

/// Whether a program has come so far that it listens to a signal (proc(5)).
#[cfg(target_os = "linux")]
fn catches(child: &Child, signal: Signal) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
    // The lowest bit is signal 1.
    let behind = u32::try_from(signal.as_raw()).unwrap().saturating_sub(1);
    u64::from_str_radix(caught.trim(), 16).unwrap().checked_shr(behind).unwrap() & 1 == 1
}

async fn end(mut child: Child) -> (Option<i32>, String, String) {
    tokio::task::spawn_blocking(move || {
        let (mut text, mut error) = (String::new(), String::new());
        child.stdout.take().map(|mut out| out.read_to_string(&mut text));
        child.stderr.take().map(|mut out| out.read_to_string(&mut error));
        (child.wait().unwrap().code(), text, error)
    })
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_that_nobody_reads_goes_to_its_end_and_says_by_its_status_what_came_of_it() {
    let mut sight = Sight::of("emma", SandboxOptions::default()).await;
    // A capability that fails, so that the status has something to say.
    for (base, status) in [(None, 0), (Some("https://localhost:1/nowhere"), 1)] {
        if let Some(base) = base {
            sight.profile["apis"]["usage"]["baseUrl"] = base.into();
        }
        let (mut command, _folder) = command(&sight, &[]);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut child = command.stdout(writer.try_clone().unwrap()).stderr(writer).spawn().unwrap();
        type_password(&sight, &mut child);
        assert_eq!(end(child).await.0, Some(status));
        assert!(sight.sandbox.requests().iter().any(|it| it.path.contains("usageConsumption")));
        assert_eq!(sight.sandbox.open_sessions("emma"), 0, "signed out");
    }
}

/// The same started by a terminal, also where the tests themselves were started to outlive theirs.
#[cfg(target_os = "linux")]
fn heeding_a_terminal(command: &Command) -> Command {
    let mut heeding = Command::new("env");
    heeding.arg("--default-signal=HUP").arg(command.get_program()).args(command.get_args());
    heeding.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    heeding
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn whatever_stops_a_check_it_puts_back_what_it_turned_and_signs_out() {
    for (signal, status) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)] {
        let sight = Sight::of("emma", SandboxOptions::default()).await;
        let before = sight.sandbox.preferences("emma");
        let (command, _folder) = command(&sight, &["--write"]);
        let mut child = heeding_a_terminal(&command).spawn().unwrap();
        type_password(&sight, &mut child);
        while !sight.sandbox.requests().iter().any(|it| it.method == "PATCH" && it.path.starts_with(PREFERENCES)) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        kill_process(Pid::from_child(&child), signal).unwrap();
        let (ended, text, error) = end(child).await;
        assert_eq!((ended, text.as_str()), (Some(status), ""), "{signal:?}: {error}");
        assert!(error.ends_with("companion: stopped, and signed out\n"), "{signal:?}: {error}");
        assert_eq!(sight.sandbox.preferences("emma"), before, "{signal:?}");
        assert_eq!(sight.sandbox.open_sessions("emma"), 0, "{signal:?}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_check_that_was_started_to_outlive_its_terminal_does() {
    let sight = Sight::of("emma", SandboxOptions::default()).await;
    let (plain, _folder) = command(&sight, &[]);
    let mut command = Command::new("nohup");
    command.arg(plain.get_program()).args(plain.get_args());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !catches(&child, Signal::INT) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    kill_process(Pid::from_child(&child), Signal::HUP).unwrap();
    type_password(&sight, &mut child);
    let (status, text, error) = end(child).await;
    assert_eq!(status, Some(0), "{error}");
    assert!(text.contains("Every claimed capability works"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_asked_for_the_password_and_it_is_not_drawn() {
    for stops in [None, Some(Signal::INT), Some(Signal::TERM)] {
        let sight = Sight::of("emma", SandboxOptions::default()).await;
        let (mut command, _folder) = command(&sight, &[]);
        let (mut keyboard, open) = pty::pair();
        let line = open();
        let draws = || tcgetattr(&line).unwrap().local_modes.contains(LocalModes::ECHO);
        assert!(draws());
        let mut child = command.stdin(open()).spawn().unwrap();
        let mut beside = child.stderr.take().unwrap();
        let asked = tokio::task::spawn_blocking(move || {
            let mut text = Vec::new();
            while !text.ends_with(b": ") {
                let mut byte = [0];
                assert_eq!(beside.read(&mut byte).unwrap(), 1, "{}", String::from_utf8_lossy(&text));
                text.push(byte[0]);
            }
            (String::from_utf8(text).unwrap(), beside)
        });
        let (asked, beside) = tokio::time::timeout(Duration::from_secs(30), asked).await.unwrap().unwrap();
        let number = sight.sandbox.person("emma").unwrap().number;
        assert_eq!(asked, format!("Password of {number}: "));
        assert!(!draws(), "letters are drawn");
        child.stderr = Some(beside);
        match stops {
            None => {
                let password = sight.sandbox.person("emma").unwrap().password;
                keyboard.write_all(format!("{password}\n").as_bytes()).unwrap();
                let (status, text, error) = end(child).await;
                assert_eq!(status, Some(0), "{error}");
                assert!(text.contains("Every claimed capability works"), "{text}");
            }
            Some(signal) => {
                kill_process(Pid::from_child(&child), signal).unwrap();
                assert_eq!(end(child).await.0, Some(128 + signal.as_raw()));
                assert_eq!(sight.sandbox.requests().len(), 0, "nothing was asked");
            }
        }
        assert!(draws(), "the keyboard is as it was");
    }
}
