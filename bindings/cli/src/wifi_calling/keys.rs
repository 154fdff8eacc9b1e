//! What a person types: lines from the standard input, which Ctrl-C ends, and what they mean at a step of the walk.

use std::io::{BufRead, Write};

use companion::vowifi::view::WifiStepView;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

/// What a person typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    Answer(usize),
    Back,
    Check,
    SwitchOn,
    Message,
    Report,
    Leave,
    Unclear,
}

impl Typed {
    /// What a line means at this step.
    fn of(line: &str, step: &WifiStepView) -> Typed {
        match line.trim().to_lowercase().as_str() {
            "q" => Typed::Leave,
            "b" => Typed::Back,
            "c" if step.check.is_some() => Typed::Check,
            "o" if step.switch_on.is_some() => Typed::SwitchOn,
            "m" if step.ask_employer => Typed::Message,
            "r" if step.report => Typed::Report,
            number => match number.parse::<usize>() {
                Ok(number @ 1..) if number <= step.answers.len() => Typed::Answer(number.saturating_sub(1)),
                _ => Typed::Unclear,
            },
        }
    }
}

/// The lines of the standard input. They are read on a thread of their own, which a program that ends does not wait for.
pub(super) struct Lines(mpsc::Receiver<String>);

/// What came of asking for a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Typed(Typed),
    /// By Ctrl-C.
    Stopped,
}

impl Lines {
    pub(super) fn of_standard_input() -> Lines {
        let (to, lines) = mpsc::channel(1);
        std::thread::spawn(move || {
            for line in std::io::stdin().lock().split(b'\n').map_while(Result::ok) {
                if to.blocking_send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                    return;
                }
            }
        });
        Lines(lines)
    }

    /// Asks for a line. The end of what is typed leaves the walk.
    pub(super) async fn ask(&mut self, step: &WifiStepView) -> std::io::Result<Asked> {
        // Before the prompt: from then on Ctrl-C is listened to.
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut out = std::io::stderr();
        write!(out, "> ")?;
        out.flush()?;
        tokio::select! {
            line = self.0.recv() => Ok(Asked::Typed(line.map_or(Typed::Leave, |line| Typed::of(&line, step)))),
            _ = interrupt.recv() => Ok(Asked::Stopped),
        }
    }
}
