//! A secret on the terminal of a person: it goes with a key, and with whatever stops the command.

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, tcgetattr};

use crate::support::{Terminal, pty};

/// What a person does once the secret is there.
enum Act {
    Press(&'static [u8]),
    Stop(Signal),
}

/// A pseudo-terminal with a command on it.
struct Screen {
    keyboard: File,
    line: File,
    drawn: Arc<Mutex<Vec<u8>>>,
    child: Child,
}

impl Screen {
    fn run(terminal: &Terminal, name: &str, more: &[&str]) -> Screen {
        let (keyboard, open) = pty::pair();
        let mut command = terminal.command(name, more);
        command.stdin(Stdio::from(open())).stdout(Stdio::from(open())).stderr(Stdio::from(open()));
        let (line, child) = (open(), command.spawn().unwrap());
        let drawn = Arc::new(Mutex::new(Vec::new()));
        let (mut screen, into) = (keyboard.try_clone().unwrap(), drawn.clone());
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = screen.read(&mut bytes) {
                into.lock().unwrap().extend_from_slice(&bytes[..length]);
            }
        });
        Screen { keyboard, line, drawn, child }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.drawn.lock().unwrap()).into_owned()
    }

    fn wait_for(&self, part: &str) {
        let began = Instant::now();
        while !self.text().contains(part) {
            assert!(began.elapsed() < Duration::from_secs(30), "{part:?} did not come:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn ended(&mut self) -> Option<i32> {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            if began.elapsed() > Duration::from_secs(15) {
                let _ = self.child.kill();
                panic!("it went on:\n{}", self.text());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn does(&mut self, act: Act) {
        match act {
            Act::Press(keys) => self.keyboard.write_all(keys).unwrap(),
            Act::Stop(signal) => kill_process(Pid::from_child(&self.child), signal).unwrap(),
        }
    }

    fn draws_keys(&self) -> bool {
        tcgetattr(&self.line).unwrap().local_modes.contains(LocalModes::ICANON | LocalModes::ECHO)
    }
}

/// What a person or a shell does, and the exit status after that.
const ENDS: [(Act, Option<i32>); 7] = [
    (Act::Press(b"q"), Some(0)),
    (Act::Press(b"\n"), Some(0)),
    (Act::Stop(Signal::TSTP), Some(128 + 20)),
    (Act::Stop(Signal::TERM), Some(128 + 15)),
    (Act::Stop(Signal::HUP), Some(128 + 1)),
    (Act::Stop(Signal::QUIT), Some(128 + 3)),
    (Act::Stop(Signal::INT), Some(130)),
];

/// What is printed where the output is no terminal.
fn revealed(terminal: &Terminal, more: &[&str]) -> String {
    let mut command = terminal.command("sim", &[more, &["--reveal"]].concat());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"\n").unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

/// The secret stands on a screen beside the usual one, and nowhere after that.
fn goes_with_whatever_ends_it(terminal: &Terminal, more: &[&str], secret: &str) {
    for (act, status) in ENDS {
        let mut screen = Screen::run(terminal, "sim", more);
        screen.wait_for("press Enter");
        assert!(screen.draws_keys());
        screen.keyboard.write_all(b"\n").unwrap();
        screen.wait_for(secret);
        assert!(screen.text().contains("Enter or q hides it.") && !screen.draws_keys(), "{}", screen.text());
        screen.does(act);
        assert_eq!(screen.ended(), status);
        assert!(screen.draws_keys(), "the keyboard is as it was");
        screen.wait_for("\u{1b}[?1049l");
        let text = screen.text();
        let (beside, after) = text.rsplit_once("\u{1b}[?1049l").unwrap();
        let (before, beside) = beside.split_once("\u{1b}[?1049h").unwrap();
        assert!(beside.contains(secret) && !before.contains(secret) && !after.contains(secret), "{text:?}");
        assert!(beside.ends_with("\u{1b}[2K"), "the line is emptied also where there is no other screen: {text:?}");
    }
}

/// From its copy here: the operator shows a secret five times in an hour.
#[test]
fn a_puk_goes_from_the_terminal_with_a_key_and_with_what_stops_the_command() {
    let terminal = Terminal::signed_in("emma");
    let shown = revealed(&terminal, &["puk", "--keep-offline"]);
    let puk = shown.lines().last().unwrap();
    assert_eq!(puk.len(), 8, "{shown}");
    goes_with_whatever_ends_it(&terminal, &["puk"], puk);
}

#[test]
fn the_code_of_an_esim_goes_from_the_terminal_with_a_key_and_with_what_stops_the_command() {
    let terminal = Terminal::signed_in("luc");
    let shown = revealed(&terminal, &["code"]);
    let code = shown.lines().find(|line| line.contains("1$smdp.sandbox.example$")).unwrap().trim();
    goes_with_whatever_ends_it(&terminal, &["code"], code);
}

/// Nothing is shown yet, and what waits for a key ends all the same.
#[test]
fn a_command_that_is_stopped_at_its_prompt_shows_nothing_and_leaves_the_keyboard_as_it_was() {
    let terminal = Terminal::signed_in("luc");
    let shown = [revealed(&terminal, &["puk", "--keep-offline"]), revealed(&terminal, &["code"])];
    let puk = shown[0].lines().last().unwrap();
    for (more, prompt) in [
        (["pin"], "Show the PIN: press Enter"),
        (["puk"], "Show the PUK: press Enter"),
        (["code"], "Get the code of your eSIM: press Enter"),
    ] {
        for (act, status) in ENDS.into_iter().filter(|(act, _)| matches!(act, Act::Stop(_))) {
            let mut screen = Screen::run(&terminal, "sim", &more);
            screen.wait_for(prompt);
            screen.does(act);
            assert_eq!(screen.ended(), status, "{more:?}");
            assert!(screen.draws_keys(), "{more:?}");
            let text = screen.text();
            let is_shown = text.contains(puk) || text.contains("1$smdp") || text.contains("\u{1b}[?1049h");
            assert!(!is_shown, "{more:?}: {text:?}");
        }
    }
}
