//! Whether somebody is there: on a computer, whether somebody presses Enter. There is no key of a hardware behind it, and what
//! it seals lies in files readable to their owner, as everything here does.

use std::io::BufRead;

use companion::{HostError, PresenceKey, UserPresence};

/// Asks on the terminal.
#[derive(Debug, Clone, Copy)]
pub struct AskedPresence;

impl UserPresence for AskedPresence {
    fn seal(&self, _key: PresenceKey, plain: Vec<u8>) -> Result<Vec<u8>, HostError> {
        Ok(plain)
    }

    fn unseal(&self, _key: PresenceKey, sealed: Vec<u8>, reason: String) -> Result<Vec<u8>, HostError> {
        // Not on the standard output, which may be read by a program.
        eprintln!("{reason}: press Enter, or Ctrl-C to leave it.");
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
