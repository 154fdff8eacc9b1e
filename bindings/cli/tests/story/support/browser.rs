//! The part of a browser: the page a sign-in would open, and the address it comes back with.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::process::{ChildStdout, Command, Stdio};

use companion_sandbox::agent;

use super::terminal::{Running, Terminal};

/// A sign-in that waits for its browser, and the page it would open.
pub struct Waiting {
    pub child: Running,
    lines: Lines<BufReader<ChildStdout>>,
    said: Vec<String>,
    pub page: String,
}

impl Waiting {
    pub fn start(command: &mut Command) -> Waiting {
        Self::start_typing(command, "")
    }

    /// Types what is asked for before there is a page.
    pub fn start_typing(command: &mut Command, typed: &str) -> Waiting {
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

    pub async fn callback(&self, terminal: &Terminal, number: &str, password: &str) -> String {
        let ca = terminal.json("profile.json")["trust"]["anchorsPem"].as_str().unwrap().to_owned();
        let callback = agent::sign_in(&ca, &self.page, number, password).await.unwrap();
        assert!(callback.starts_with("http://127.0.0.1:"), "{callback}");
        callback
    }

    pub fn type_line(&mut self, line: &str) {
        writeln!(self.child.0.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// Its exit status, and everything it said.
    pub fn end(mut self) -> (Option<i32>, String, String) {
        self.said.extend(self.lines.map(Result::unwrap));
        let mut error = String::new();
        self.child.0.stderr.take().unwrap().read_to_string(&mut error).unwrap();
        (self.child.0.wait().unwrap().code(), self.said.join("\n"), error)
    }
}

/// GETs an address of the listener on this machine, as a browser would, and gives the answer whole.
pub fn get(url: &str) -> String {
    ask("GET", url, "")
}

pub fn ask(method: &str, url: &str, json: &str) -> String {
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

pub fn status_line(answer: &str) -> &str {
    answer.lines().next().unwrap()
}
