//! Which installation of the app this is: a random name in a file of its own, beside the database so that a broken
//! database does not take it along. A keychain outlives an app that is removed; what it holds for another installation
//! is nobody's session here.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

const FILE: &str = "installation";

/// The name; none when the app was never signed in here.
pub(super) fn read(dir: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(dir.join(FILE)) {
        Ok(name) => Ok(Some(name)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Gives the installation a name: all of it or nothing.
pub(super) fn write(dir: &Path, name: &str) -> io::Result<()> {
    // It is on the disk when it is told: a session that outlives it would be nobody's.
    super::file::replace(dir, FILE, name.as_bytes())
}
