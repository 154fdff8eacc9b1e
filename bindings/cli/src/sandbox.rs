//! `companion sandbox`: an operator on this machine, with the profile the other commands open.

use std::process::ExitCode;

use companion_sandbox::program;

/// Where the sandbox is when nothing else is there: an operator that moved would be another operator, and what a terminal
/// keeps of the one is nothing to the other.
const USUAL_PORT: u16 = 8443;

/// What `companion sandbox` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    program: program::Arguments,
}

/// Runs the command.
pub async fn run(mut arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let profile = arguments.program.profile.get_or_insert_with(|| "companion-profile.json".into());
    if arguments.program.port.is_none() && std::net::TcpListener::bind(("127.0.0.1", USUAL_PORT)).is_ok() {
        arguments.program.port = Some(USUAL_PORT);
    }
    println!("The profile for the other commands is {}. Try, in another terminal:", profile.display());
    println!("  companion sign-in --profile {0}\n  companion usage --profile {0}\n", profile.display());
    program::run(arguments.program).await?;
    Ok(ExitCode::SUCCESS)
}
