//! A terminal of a person, and what its commands are typed with.

mod browser;
pub mod pty;
mod terminal;

pub use browser::{Waiting, ask, get, status_line};
pub use terminal::{Terminal, as_str, companion, output, told};
