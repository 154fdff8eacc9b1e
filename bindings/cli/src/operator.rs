//! `companion operator`: for an operator's API team, who want their own side to work with the app.

pub mod check;

use std::process::ExitCode;

/// Try an operator's APIs: what works with the app, what does not, and which line of the contract says so
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum Command {
    Check(check::Arguments),
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    match arguments.command {
        Command::Check(arguments) => check::run(arguments).await,
    }
}
