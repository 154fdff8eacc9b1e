//! A pseudo-terminal: its keyboard, and the line that a command is put on.

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

/// The keyboard, and what opens the line.
pub fn pair() -> (File, impl Fn() -> File) {
    let keyboard = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&keyboard).unwrap();
    unlockpt(&keyboard).unwrap();
    let path = ptsname(&keyboard, Vec::new()).unwrap().into_string().unwrap();
    let no_controlling = i32::try_from(rustix::fs::OFlags::NOCTTY.bits()).unwrap();
    let open = move || File::options().read(true).write(true).custom_flags(no_controlling).open(&path).unwrap();
    (File::from(keyboard), open)
}
