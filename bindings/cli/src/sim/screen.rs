//! A secret on a terminal, and what takes it away again: a key, a signal ([`crate::interrupt::Stops`]), or that nobody shows it
//! any more.

use std::io::{IsTerminal, stdin};
use std::time::Duration;

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use tokio::sync::oneshot;

use crate::terminal;

/// Back to the start of the line, and the line emptied.
pub const WIPED: &str = "\r\x1b[2K";
/// The screen beside the usual one (xterm's 1049): with it goes all that was written there, however it was wrapped.
const ENTER: &str = "\x1b[?1049h\x1b[H";
/// Emptied first: some terminals know no other screen.
const LEAVE: &str = "\r\x1b[2K\x1b[?1049l";

/// A screen beside the usual one, until it is dropped.
pub struct Screen {
    keys: Option<Keys>,
}

impl Screen {
    pub fn enter() -> std::io::Result<Screen> {
        let screen = Screen { keys: Keys::watch() };
        terminal::print(ENTER)?;
        Ok(screen)
    }

    /// Waits so long, or until Enter or q is pressed. Whether it was.
    pub async fn key_within(&mut self, time: Duration) -> bool {
        let pressed = async {
            match self.keys.as_mut().and_then(|keys| keys.pressed.as_mut()) {
                Some(key) => _ = key.await,
                // Where nobody types, time alone decides.
                None => std::future::pending().await,
            }
        };
        let is_pressed = tokio::time::timeout(time, pressed).await.is_ok();
        if let Some(keys) = self.keys.as_mut().filter(|_| is_pressed) {
            keys.pressed = None;
        }
        is_pressed
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A terminal that has gone away shows nothing.
        let _ = terminal::print(LEAVE);
    }
}

/// The keyboard: each key as it is pressed, and none of them drawn. It is as it was once this is dropped.
struct Keys {
    before: Termios,
    pressed: Option<oneshot::Receiver<()>>,
}

impl Keys {
    /// None: nobody types here.
    fn watch() -> Option<Keys> {
        if !stdin().is_terminal() {
            return None;
        }
        let before = tcgetattr(stdin()).ok()?;
        let mut by_key = before.clone();
        by_key.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
        // What was typed before was not meant for this.
        tcsetattr(stdin(), OptionalActions::Flush, &by_key).ok()?;
        let (press, pressed) = oneshot::channel();
        // Nobody waits for it: it ends with the program.
        std::thread::spawn(move || {
            let mut key = [0];
            while let Ok(1) = rustix::io::read(stdin(), &mut key) {
                if matches!(key, [b'\n' | b'\r' | b'q' | b'Q']) {
                    let _ = press.send(());
                    return;
                }
            }
            // Until the time is over.
            std::mem::forget(press);
        });
        Some(Keys { before, pressed: Some(pressed) })
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        let _ = tcsetattr(stdin(), OptionalActions::Flush, &self.before);
    }
}
