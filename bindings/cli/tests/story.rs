//! The commands a person types one after the other, against a sandbox that runs as a program of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use companion_sandbox::agent;
use serde_json::Value;

fn companion() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_companion"));
    command.env("LC_ALL", "C").env("COLUMNS", "80");
    command
}

fn output(arguments: &[&str]) -> Output {
    companion().args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn told(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// A child that ends with the test, however the test ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A terminal of a person: a folder, a sandbox with its profile in it, and what the commands keep.
struct Terminal {
    folder: tempfile::TempDir,
    sandbox: Option<Running>,
}

impl Terminal {
    fn open() -> Terminal {
        let folder = tempfile::tempdir().unwrap();
        let profile = folder.path().join("profile.json");
        let ready = folder.path().join("ready.json");
        let sandbox = companion()
            .args(["sandbox", "--profile", as_str(&profile), "--ready-file", as_str(&ready)])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let terminal = Terminal { folder, sandbox: Some(Running(sandbox)) };
        let began = Instant::now();
        // The profile is written last.
        while !profile.exists() {
            assert!(began.elapsed() < Duration::from_secs(30), "the sandbox did not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        terminal
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&std::fs::read(self.path(name)).unwrap()).unwrap()
    }

    /// Number and password of a person, as the ready file names them.
    fn emma(&self) -> (String, String) {
        let ready = self.json("ready.json");
        let emma = ready["people"].as_array().unwrap().iter().find(|person| person["key"] == "emma").unwrap();
        let text = |name: &str| emma[name].as_str().unwrap().to_owned();
        (text("number"), text("password"))
    }

    fn command(&self, name: &str, more: &[&str]) -> Command {
        let mut command = companion();
        command.args([name, "--profile", as_str(&self.path("profile.json")), "--data", as_str(&self.path("kept"))]);
        command.args(["--language", "en"]).args(more);
        command
    }

    fn usage(&self, more: &[&str]) -> (Option<i32>, String, String) {
        told(&self.command("usage", more).stdin(Stdio::null()).output().unwrap())
    }

    fn sign_in_without_a_browser(&self, number: &str, password: &str) -> Output {
        let mut command = self.command("sign-in", &["--sandbox-number", number]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }
}

fn as_str(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn signing_in_seeing_usage_losing_the_operator_and_still_seeing_it() {
    let mut terminal = Terminal::open();
    let (number, password) = terminal.emma();

    let (status, text, _) = terminal.usage(&[]);
    assert_eq!(status, Some(2), "nobody is signed in: {text}");
    assert!(text.contains("Sign in with: companion sign-in"), "{text}");

    let (status, _, error) = told(&terminal.sign_in_without_a_browser(&number, "not it"));
    assert_eq!(status, Some(2), "{error}");
    assert_eq!(terminal.usage(&[]).0, Some(2), "a refused sign-in is none");

    let (status, text, error) = told(&terminal.sign_in_without_a_browser(&number, &format!("{password}\n")));
    assert_eq!(status, Some(0), "{error}");
    assert!(text.starts_with("Signed in at Sandbox Mobile."), "{text}");

    let (status, fresh, error) = terminal.usage(&[]);
    assert_eq!(status, Some(0), "{error}");
    assert!(fresh.contains("Business Mobile") && fresh.contains("Data") && fresh.contains('█'), "{fresh}");
    assert!(!fresh.contains("No connection"), "{fresh}");
    let (status, json, _) = terminal.usage(&["--json"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(status, Some(0));
    let headline = view["lines"][0]["hero"]["headline"]["text"].as_str().unwrap().to_owned();
    assert!(fresh.contains(&headline), "text and JSON tell the same: {headline}");

    terminal.sandbox = None;
    let (status, kept, error) = terminal.usage(&[]);
    assert_eq!(status, Some(1), "{error}");
    assert!(kept.contains("No connection") && kept.contains(&headline), "{kept}");
    let (status, json, _) = terminal.usage(&["--json"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, view["lines"][0]["hero"]["headline"]["text"].as_str()), (Some(1), Some(headline.as_str())));
    assert_eq!(terminal.usage(&["--offline"]).0, Some(0), "nothing else was asked for");
}

#[test]
fn a_profile_that_is_missing_or_broken_is_named_with_its_field() {
    let terminal = Terminal::open();
    for (pointer, value, field) in [
        ("/identity/issuer", Value::from(""), "identity.issuer"),
        ("/timeZone", "Europe/Nowhere".into(), "timeZone"),
        ("/apis/usage/query", "guess".into(), "apis.usage.query"),
        ("/schema", 2.into(), "schema"),
    ] {
        let mut profile = terminal.json("profile.json");
        *profile.pointer_mut(pointer).unwrap() = value;
        let path = terminal.path("broken.json");
        std::fs::write(&path, profile.to_string()).unwrap();
        let kept = terminal.path("kept");
        let (status, _, error) = told(&output(&["usage", "--profile", as_str(&path), "--data", as_str(&kept)]));
        assert_eq!(status, Some(2), "{field}: {error}");
        assert!(error.contains(field), "{field} is not named in: {error}");
    }
    let (status, _, error) = told(&output(&["usage", "--profile", as_str(&terminal.path("no-such.json"))]));
    assert_eq!(status, Some(2));
    assert!(error.contains("no-such.json") && error.contains("companion sandbox"), "{error}");
}

/// GETs an address of the listener on this machine, as a browser would, and gives the status line.
fn get(url: &str) -> String {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, target) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let request = format!("GET /{target} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.lines().next().unwrap().to_owned()
}

#[tokio::test]
async fn the_browser_comes_back_to_this_machine_and_nobody_else_can_end_the_wait() {
    let terminal = Terminal::open();
    let (number, password) = terminal.emma();
    let ca = terminal.json("profile.json")["trust"]["anchorsPem"].as_str().unwrap().to_owned();
    let mut child = terminal.command("sign-in", &[]).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut child = Running(child);
    let page =
        lines.find_map(|line| line.unwrap().trim().strip_prefix("https://").map(|rest| format!("https://{rest}")));

    let callback = agent::sign_in(&ca, &page.expect("a page to open"), &number, &password).await.unwrap();
    assert!(callback.starts_with("http://127.0.0.1:"), "{callback}");
    let home = callback.split_once("/signed-in").unwrap().0;
    for (stray, status) in [
        ("/favicon.ico", "404"),
        ("/signed-in", "400"),
        ("/signed-in?error=access_denied", "400"),
        ("/signed-in?code=c&state=foreign", "400"),
    ] {
        let answer = get(&format!("{home}{stray}"));
        assert!(answer.contains(status), "{stray}: {answer}");
        assert_eq!(child.0.try_wait().unwrap(), None, "{stray} ended the wait");
    }
    assert!(get(&callback).contains("200"));
    assert!(child.0.wait().unwrap().success());
    assert!(lines.any(|line| line.unwrap().starts_with("Signed in at Sandbox Mobile.")));
    assert_eq!(terminal.usage(&[]).0, Some(0));
}

#[test]
fn usage_explains_its_exit_status_to_whoever_asks() {
    let (status, help, _) = told(&output(&["usage", "--help"]));
    assert_eq!(status, Some(0));
    for part in ["Show this cycle's usage", "Exit status: 0", "--offline"] {
        assert!(help.contains(part), "{part:?} is not in\n{help}");
    }
}

#[test]
fn the_demo_shows_the_figures_with_and_without_an_operator_in_every_language() {
    for (language, offline) in
        [("en", "No connection"), ("fr", "Pas de connexion"), ("nl", "Geen verbinding"), ("de", "Keine Verbindung")]
    {
        let (status, text, error) = told(&output(&["demo", "--language", language]));
        assert_eq!(status, Some(0), "{language}: {error}");
        let pictures: Vec<&str> = text.split("\n[").filter(|step| step.contains('█')).collect();
        assert_eq!(pictures.len(), 3, "{language}: fresh, cut off, opened again without asking\n{text}");
        for (index, picture) in pictures.iter().enumerate() {
            assert_eq!(picture.contains(offline), index == 1, "{language}, picture {index}\n{picture}");
            assert!(picture.contains("Business Mobile"), "{language}, picture {index}\n{picture}");
        }
        assert!(text.contains("Signed in, saw the figures, lost the network, still saw them"), "{language}\n{text}");
    }
    let (status, _, error) = told(&output(&["demo", "--person", "nobody"]));
    assert_eq!((status, error.contains("emma")), (Some(2), true), "{error}");
}
