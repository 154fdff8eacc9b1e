//! The terminal face of the mobile companion core: each subcommand has a file of its own.

mod inspect;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The mobile companion at a terminal.
#[derive(Debug, Parser)]
#[command(name = "companion", version, about, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Inspect(inspect::Inspect),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Inspect(inspect) => inspect.run(),
    }
}
