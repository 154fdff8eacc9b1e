//! `companion operator`: for an operator's API team, on its way to a profile of its own and a side that works with the app.

pub mod check;
pub mod faults;
mod new;
mod schema;

use std::process::ExitCode;

/// Write an operator's profile, and try its APIs against the contract
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Check(check::Arguments),
    New(new::Arguments),
    /// Print the JSON Schema of profiles, for an editor
    Schema,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    match arguments.command {
        Command::Check(arguments) => check::run(arguments).await,
        Command::New(new) => new::run(new).await,
        Command::Schema => {
            crate::terminal::print(companion::operator::profile::JSON_SCHEMA)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
