//! The sandbox operator as a program: for the tests of other languages, and for trying the apps by hand.
#![deny(clippy::print_stdout, clippy::print_stderr)]

use std::io::{Error, ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;
use companion_sandbox::program;

/// A mobile operator on this machine: sign-in, usage and plans of five invented employees, over TLS.
#[derive(Debug, Parser)]
#[command(name = "companion-sandbox", version)]
struct Arguments {
    #[command(flatten)]
    program: program::Arguments,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match program::run(Arguments::parse().program, "").await {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read along has seen enough.
        Err(error) if error.downcast_ref().is_some_and(|error: &Error| error.kind() == ErrorKind::BrokenPipe) => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "companion-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}
