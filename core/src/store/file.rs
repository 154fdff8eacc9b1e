//! Small files beside the database: replaced as a whole or not at all.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Replaces a file: all of it or nothing, and on the disk when this returns.
pub(super) fn replace(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let beside = dir.join(format!("{name}.part"));
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(beside, dir.join(name))?;
    File::open(dir)?.sync_all()
}

/// Removes a file and what a replacement that was cut short left of it; one that is not there is removed.
pub(super) fn remove(dir: &Path, name: &str) -> io::Result<()> {
    let removed = |name: &str| match fs::remove_file(dir.join(name)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    };
    removed(name).and(removed(&format!("{name}.part")))
}
