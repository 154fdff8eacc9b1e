//! Whether somebody is there: on a computer, whether somebody presses Enter. There is no key of a hardware behind it, and what
//! it seals lies in files readable to their owner, as everything here does.

use std::io::BufRead;

use companion::text::{Language, Text, messages};
use companion::{HostError, PresenceKey, UserPresence};

use crate::terminal;

/// Asks on the terminal, in the person's language.
#[derive(Debug, Clone, Copy)]
pub struct AskedPresence {
    pub language: Language,
}

impl AskedPresence {
    /// Asks for what no key seals. False: nobody is there.
    pub async fn is_there(self, reason: &Text) -> std::io::Result<bool> {
        self.prompt(reason);
        Ok(terminal::line_typed().await?.is_some())
    }

    /// Not on the standard output, which may be read by a program.
    fn prompt(self, reason: &Text) {
        terminal::say(terminal::plain(&messages::terminal_press_enter(self.language, reason).text));
    }
}

impl UserPresence for AskedPresence {
    fn seal(&self, _key: PresenceKey, plain: Vec<u8>) -> Result<Vec<u8>, HostError> {
        Ok(plain)
    }

    fn unseal(&self, _key: PresenceKey, sealed: Vec<u8>, reason: String) -> Result<Vec<u8>, HostError> {
        self.prompt(&Text::plain(reason));
        let mut line = String::new();
        match std::io::stdin().lock().read_line(&mut line) {
            Ok(0) => Err(HostError::PresenceCancelled),
            Ok(_) => Ok(sealed),
            Err(_) => Err(HostError::PresenceUnavailable),
        }
    }

    fn forget(&self, _key: PresenceKey) -> Result<(), HostError> {
        Ok(())
    }
}
