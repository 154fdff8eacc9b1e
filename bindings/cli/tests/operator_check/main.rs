//! `companion operator check` against the sandbox over TLS: nothing to say of a good operator, in whichever dialect, and of a
//! bad one exactly what is bad about it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod blame;
mod case;
mod command;
mod good;
#[cfg(unix)]
mod manners;
#[path = "../story/support/pty.rs"]
mod pty;
mod quiet;
mod sabotaged;
mod sight;
mod stopped;
mod watched;
