//! `companion esim`: the code an eSIM is installed with.

mod parse;
mod text;

use std::process::ExitCode;

/// Look at the code an eSIM is installed with. Nobody need be signed in, and no network is asked
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Parse(parse::Arguments),
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    match &arguments.command {
        Command::Parse(parse) => parse::run(parse),
    }
}
