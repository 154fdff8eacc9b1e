//! A terminal of a person: a folder, a sandbox with its profile in it, and what the commands keep.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

pub fn companion() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_companion"));
    // No test opens a browser of this machine's.
    command.env("LC_ALL", "C").env("COLUMNS", "80").env("BROWSER", "true");
    command
}

pub fn output(arguments: &[&str]) -> Output {
    companion().args(arguments).stdin(Stdio::null()).output().unwrap()
}

pub fn told(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// A child that ends with the test, however the test ends.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A terminal of a person: a folder, a sandbox with its profile in it, and what the commands keep.
pub struct Terminal {
    folder: tempfile::TempDir,
    pub sandbox: Option<Running>,
}

impl Terminal {
    pub fn open() -> Terminal {
        Terminal::open_at("sandbox")
    }

    /// A terminal at one of the operators that a sandbox can be.
    pub fn open_at(operator: &str) -> Terminal {
        // A port of its own: the usual one, given up by a sandbox that stops, would go to the next story's.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
        let folder = tempfile::tempdir().unwrap();
        let profile = folder.path().join("profile.json");
        let ready = folder.path().join("ready.json");
        let sandbox = companion()
            .args(["sandbox", "--operator", operator, "--port", &port])
            .args(["--profile", as_str(&profile), "--ready-file", as_str(&ready)])
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

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&std::fs::read(self.path(name)).unwrap()).unwrap()
    }

    /// Number and password of a person, as the ready file names them.
    pub fn person(&self, key: &str) -> (String, String) {
        let ready = self.json("ready.json");
        let mut people = ["people", "newcomers"].into_iter().flat_map(|group| ready[group].as_array().unwrap());
        let person = people.find(|person| person["key"] == key).unwrap();
        let text = |name: &str| person[name].as_str().unwrap().to_owned();
        (text("number"), text("password"))
    }

    /// A terminal at which a person is signed in.
    pub fn signed_in(key: &str) -> Terminal {
        Terminal::signed_in_at("sandbox", key)
    }

    pub fn signed_in_at(operator: &str, key: &str) -> Terminal {
        let terminal = Terminal::open_at(operator);
        let (number, password) = terminal.person(key);
        let (status, _, error) = told(&terminal.sign_in_without_a_browser(&number, &format!("{password}\n")));
        assert_eq!(status, Some(0), "{error}");
        terminal
    }

    /// A call of the sandbox's control API.
    pub fn control(&self, path: &str, body: &Value) {
        let control = self.json("ready.json")["control"].as_str().unwrap().trim_start_matches("http://").to_owned();
        let body = body.to_string();
        let mut connection = TcpStream::connect(&control).unwrap();
        let length = body.len();
        let head = format!("POST /control/{path} HTTP/1.1\r\nHost: {control}\r\nConnection: close\r\n");
        connection.write_all(format!("{head}Content-Length: {length}\r\n\r\n{body}").as_bytes()).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }

    pub fn emma(&self) -> (String, String) {
        self.person("emma")
    }

    pub fn command(&self, name: &str, more: &[&str]) -> Command {
        self.command_in("en", name, more)
    }

    pub fn command_in(&self, language: &str, name: &str, more: &[&str]) -> Command {
        let mut command = companion();
        // What more there is begins with the command's own subcommand, which the options belong to.
        command.arg(name).args(more).args(["--profile", as_str(&self.path("profile.json"))]);
        command.args(["--data", as_str(&self.path("kept")), "--language", language]);
        command
    }

    pub fn run(&self, name: &str, more: &[&str]) -> (Option<i32>, String, String) {
        told(&self.command(name, more).stdin(Stdio::null()).output().unwrap())
    }

    pub fn usage(&self, more: &[&str]) -> (Option<i32>, String, String) {
        self.run("usage", more)
    }

    pub fn session(&self, more: &[&str]) -> (Option<i32>, String, String) {
        self.run("session", more)
    }

    pub fn sign_out(&self) -> (Option<i32>, String, String) {
        self.run("sign-out", &[])
    }

    pub fn sign_in_without_a_browser(&self, number: &str, password: &str) -> Output {
        let mut command = self.command("sign-in", &["--sandbox-number", number]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }
}

pub fn as_str(path: &Path) -> &str {
    path.to_str().unwrap()
}
