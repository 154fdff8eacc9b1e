//! The commands a person types one after the other, against a sandbox that runs as a program of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::{Duration, Instant};

use companion_sandbox::agent;
use serde_json::Value;

fn companion() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_companion"));
    // No test opens a browser of this machine's.
    command.env("LC_ALL", "C").env("COLUMNS", "80").env("BROWSER", "true");
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
        // A port of its own: the usual one, given up by a sandbox that stops, would go to the next story's.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
        let folder = tempfile::tempdir().unwrap();
        let profile = folder.path().join("profile.json");
        let ready = folder.path().join("ready.json");
        let sandbox = companion()
            .args(["sandbox", "--port", &port, "--profile", as_str(&profile), "--ready-file", as_str(&ready)])
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
    fn person(&self, key: &str) -> (String, String) {
        let ready = self.json("ready.json");
        let mut people = ["people", "newcomers"].into_iter().flat_map(|group| ready[group].as_array().unwrap());
        let person = people.find(|person| person["key"] == key).unwrap();
        let text = |name: &str| person[name].as_str().unwrap().to_owned();
        (text("number"), text("password"))
    }

    fn emma(&self) -> (String, String) {
        self.person("emma")
    }

    fn command(&self, name: &str, more: &[&str]) -> Command {
        self.command_in("en", name, more)
    }

    fn command_in(&self, language: &str, name: &str, more: &[&str]) -> Command {
        let mut command = companion();
        command.args([name, "--profile", as_str(&self.path("profile.json")), "--data", as_str(&self.path("kept"))]);
        command.args(["--language", language]).args(more);
        command
    }

    fn usage(&self, more: &[&str]) -> (Option<i32>, String, String) {
        told(&self.command("usage", more).stdin(Stdio::null()).output().unwrap())
    }

    fn session(&self, more: &[&str]) -> (Option<i32>, String, String) {
        told(&self.command("session", more).stdin(Stdio::null()).output().unwrap())
    }

    fn sign_out(&self) -> (Option<i32>, String, String) {
        told(&self.command("sign-out", &[]).stdin(Stdio::null()).output().unwrap())
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
fn alerts_are_listed_with_what_the_operator_sends_itself_and_a_sample() {
    let terminal = Terminal::open();
    let alerts = |more: &[&str]| told(&terminal.command("alerts", more).stdin(Stdio::null()).output().unwrap());
    let (status, text, _) = alerts(&[]);
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("Sign in with: companion sign-in"), "{text}");

    let (number, password) = terminal.emma();
    assert_eq!(told(&terminal.sign_in_without_a_browser(&number, &password)).0, Some(0));
    let (status, text, error) = alerts(&[]);
    assert_eq!(status, Some(0), "{error}");
    for line in ["At 90% of an allowance", "Quiet from 00:00 to 07:00", "Sent by Sandbox Mobile by SMS"] {
        assert!(text.contains(line), "{line} is not in: {text}");
    }
    let (status, json, _) = alerts(&["--json", "--sample"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (status, view["phase"].as_str(), view["due"][0]["id"].as_str()),
        (Some(0), Some("ready"), Some("sample"))
    );
    assert_eq!((view["fixed"][1]["percent"].as_u64(), view["sent"][0]["kind"].as_str()), (Some(90), Some("statutory")));
    assert!(view["told"].as_array().unwrap().is_empty(), "a sample is recorded nowhere");
}

#[test]
fn a_switch_is_turned_with_the_operator_gone_and_sent_with_the_next_command() {
    let mut terminal = Terminal::open();
    let (number, password) = terminal.emma();
    let notifications = |terminal: &Terminal, more: &[&str]| {
        let mut command = companion();
        command.arg("notifications").args(more);
        command.args(["--profile", as_str(&terminal.path("profile.json")), "--data", as_str(&terminal.path("kept"))]);
        told(&command.args(["--language", "en"]).stdin(Stdio::null()).output().unwrap())
    };
    let (status, text, _) = notifications(&terminal, &["list"]);
    assert!(status == Some(2) && text.contains("Sign in with: companion sign-in"), "{text}");
    let signed_in = told(&terminal.sign_in_without_a_browser(&number, &password));
    assert_eq!(signed_in.0, Some(0), "{signed_in:?}");

    let (status, text, error) = notifications(&terminal, &["list"]);
    assert_eq!(status, Some(0), "{error}");
    assert!(text.contains("[x] SMS from 80%") && text.contains("Set by your employer"), "{text}");
    let (status, text, _) = notifications(&terminal, &["on", "bill", "push"]);
    assert!(status == Some(0) && text.contains("[x] Notification on this phone"), "{text}");
    let (status, _, error) = notifications(&terminal, &["off", "bill", "email"]);
    assert!(status == Some(2) && error.contains("Set by your employer"), "{error}");

    // The network is gone, then back.
    let control = terminal.json("ready.json")["control"].as_str().unwrap().to_owned();
    let cut_off = |gone: bool| ask("POST", &format!("{control}/control/faults"), &format!("{{\"cutOff\":{gone}}}"));
    cut_off(true);
    let (status, text, error) = notifications(&terminal, &["off", "usage", "sms"]);
    assert_eq!(status, Some(1), "{error}");
    assert_eq!(text, "  [ ] SMS from 80%  · Will be sent when you are online\n");
    cut_off(false);
    let (status, text, error) = notifications(&terminal, &["list"]);
    assert!(status == Some(0) && text.contains("  [ ] SMS from 80%\n"), "{text}{error}");
    let answer = get(&format!("{control}/control/preferences"));
    assert!(answer.contains("\"usageThreshold/sms\":false"), "{answer}");

    // The operator is stopped for good: turning still counts here.
    terminal.sandbox = None;
    assert_eq!(notifications(&terminal, &["on", "usage", "sms"]).0, Some(1));
    let (status, text, _) = notifications(&terminal, &["list", "--offline"]);
    assert_eq!(status, Some(1), "something is still to be sent");
    assert!(text.contains("[x] SMS from 80%  · "), "{text}");
    let (_, json, _) = notifications(&terminal, &["list", "--offline", "--json"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((view["phase"].as_str(), view["waiting"].as_u64()), (Some("loaded"), Some(1)));
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

/// GETs an address of the listener on this machine, as a browser would, and gives the answer whole.
fn get(url: &str) -> String {
    ask("GET", url, "")
}

fn ask(method: &str, url: &str, json: &str) -> String {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, target) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let length = json.len();
    let request = format!(
        "{method} /{target} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{json}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn status_line(answer: &str) -> &str {
    answer.lines().next().unwrap()
}

/// A sign-in that waits for its browser, and the page it would open.
struct Waiting {
    child: Running,
    lines: Lines<BufReader<ChildStdout>>,
    said: Vec<String>,
    page: String,
}

impl Waiting {
    fn start(command: &mut Command) -> Waiting {
        Self::start_typing(command, "")
    }

    /// Types what is asked for before there is a page.
    fn start_typing(command: &mut Command, typed: &str) -> Waiting {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.as_mut().unwrap().write_all(typed.as_bytes()).unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = Vec::new();
        let child = Running(child);
        loop {
            let line = lines.next().expect("a page to open").unwrap();
            said.push(line.clone());
            if let Some(page) = line.trim().strip_prefix("https://") {
                return Waiting { child, lines, said, page: format!("https://{page}") };
            }
        }
    }

    async fn callback(&self, terminal: &Terminal, number: &str, password: &str) -> String {
        let ca = terminal.json("profile.json")["trust"]["anchorsPem"].as_str().unwrap().to_owned();
        let callback = agent::sign_in(&ca, &self.page, number, password).await.unwrap();
        assert!(callback.starts_with("http://127.0.0.1:"), "{callback}");
        callback
    }

    fn type_line(&mut self, line: &str) {
        writeln!(self.child.0.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// Its exit status, and everything it said.
    fn end(mut self) -> (Option<i32>, String, String) {
        self.said.extend(self.lines.map(Result::unwrap));
        let mut error = String::new();
        self.child.0.stderr.take().unwrap().read_to_string(&mut error).unwrap();
        (self.child.0.wait().unwrap().code(), self.said.join("\n"), error)
    }
}

#[tokio::test]
async fn the_browser_comes_back_to_this_machine_and_nobody_else_can_end_the_wait() {
    let terminal = Terminal::open();
    let (number, password) = terminal.emma();
    let mut waiting = Waiting::start(&mut terminal.command("sign-in", &["--no-browser"]));
    let callback = waiting.callback(&terminal, &number, &password).await;
    let home = callback.split_once("/signed-in").unwrap().0;
    for (stray, status) in [
        ("/favicon.ico", "404"),
        ("/signed-in", "400"),
        ("/signed-in?error=access_denied", "400"),
        ("/signed-in?code=c&state=foreign", "400"),
    ] {
        let answer = get(&format!("{home}{stray}"));
        assert!(status_line(&answer).contains(status), "{stray}: {answer}");
        assert_eq!(waiting.child.0.try_wait().unwrap(), None, "{stray} ended the wait");
    }
    assert!(status_line(&get(&callback)).contains("200"));
    let (status, text, error) = waiting.end();
    assert_eq!(status, Some(0), "{error}");
    assert!(text.contains("Signed in at Sandbox Mobile."), "{text}");
    assert_eq!(terminal.usage(&[]).0, Some(0));
}

#[tokio::test]
async fn the_page_after_the_return_speaks_the_persons_language_and_keeps_nothing() {
    let terminal = Terminal::open();
    let (number, password) = terminal.emma();
    for (language, title) in [
        ("fr", "Vous êtes connecté"),
        ("nl", "Je bent aangemeld"),
        ("en", "You are signed in"),
        ("de", "Sie sind angemeldet"),
    ] {
        let waiting = Waiting::start(&mut terminal.command_in(language, "sign-in", &["--no-browser"]));
        let callback = waiting.callback(&terminal, &number, &password).await;
        let stray = get(&callback.replace("state=", "state=foreign"));
        assert!(stray.contains(&format!("<html lang=\"{language}\">")), "{stray}");
        assert!(status_line(&stray).contains("400") && !stray.contains(title), "{stray}");
        let answer = get(&callback);
        for part in [title, "Cache-Control: no-store", "Referrer-Policy: no-referrer", "default-src 'none'"] {
            assert!(answer.contains(part), "{part:?} is not in {answer}");
        }
        assert_eq!(waiting.end().0, Some(0));
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_browser_of_this_computer_is_opened_and_is_no_condition() {
    use std::os::unix::fs::PermissionsExt;
    let terminal = Terminal::open();
    let (number, password) = terminal.emma();
    let script = terminal.path("browser");
    let opened = terminal.path("opened");
    std::fs::write(&script, format!("#!/bin/sh\nprintf %s \"$*\" > {}.part\nmv {0}.part {0}\n", as_str(&opened)))
        .unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let chosen = format!("{} --new %s", as_str(&script));
    for (browser, more, intro, complaint) in [
        (&*chosen, &[][..], "Your browser opens the operator's page.", ""),
        ("/no/such/browser", &[], "No browser could be started.", ""),
        ("false", &[], "Your browser opens the operator's page.", "could not open the page"),
        (&*chosen, &["--no-browser"], "Open the operator's page in your browser:", ""),
    ] {
        let _ = std::fs::remove_file(&opened);
        let waiting = Waiting::start(terminal.command("sign-in", more).env("BROWSER", browser));
        let is_opened = intro.starts_with("Your") && complaint.is_empty();
        let began = Instant::now();
        while is_opened && !opened.exists() {
            assert!(began.elapsed() < Duration::from_secs(10), "{browser}: nothing was opened");
            std::thread::sleep(Duration::from_millis(10));
        }
        let shown = std::fs::read_to_string(&opened).ok();
        assert_eq!(shown, is_opened.then(|| format!("--new {}", waiting.page)), "{browser} {more:?}");
        let callback = waiting.callback(&terminal, &number, &password).await;
        assert!(status_line(&get(&callback)).contains("200"));
        let (status, text, error) = waiting.end();
        assert_eq!(status, Some(0), "{browser}: {error}");
        assert!(text.contains(intro), "{browser}: {text}");
        assert!(error.contains(complaint) && error.is_empty() == complaint.is_empty(), "{browser}: {error}");
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_a_sign_in_and_leaves_nothing_waiting() {
    let terminal = Terminal::open();
    let waiting = Waiting::start(&mut terminal.command("sign-in", &["--no-browser"]));
    let id = waiting.child.0.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let (status, text, error) = waiting.end();
    assert_eq!(status, Some(1), "{error}");
    assert!(text.contains("Stopped. Nothing has changed."), "{text}");
    let (status, text, _) = terminal.session(&[]);
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("Nobody is signed in at Sandbox Mobile."), "{text}");
}

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

#[tokio::test]
async fn another_person_replaces_the_one_signed_in_only_when_told_to() {
    let terminal = Terminal::open();
    let (emma, luc) = (terminal.person("emma"), terminal.person("luc"));
    assert_eq!(told(&terminal.sign_in_without_a_browser(&emma.0, &emma.1)).0, Some(0));
    assert_eq!(terminal.usage(&[]).0, Some(0));
    let emmas = terminal.usage(&["--offline"]).1;
    for (answer, status) in [("n", 1), ("y", 0)] {
        let mut waiting = Waiting::start(&mut terminal.command("sign-in", &["--no-browser"]));
        let callback = waiting.callback(&terminal, &luc.0, &luc.1).await;
        let page = get(&callback);
        assert!(page.contains("This is another account"), "{page}");
        waiting.type_line(answer);
        let (ended, text, error) = waiting.end();
        assert_eq!(ended, Some(status), "{error}");
        assert!(text.contains("Replace (y) / Keep (n)"), "{text}");
        let shown = terminal.usage(&["--offline"]).1;
        assert_eq!(shown == emmas, answer == "n", "{shown}");
    }
}

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
