//! `companion sandbox`: an operator on this machine, with the profile the other commands open.

use std::process::ExitCode;

use companion_sandbox::program;

/// What `companion sandbox` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    program: program::Arguments,
}

/// Runs the command.
pub async fn run(mut arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let profile = arguments.program.profile.get_or_insert_with(|| "companion-profile.json".into());
    println!("The profile for the other commands is {}. Try, in another terminal:", profile.display());
    println!("  companion sign-in --profile {0}\n  companion usage --profile {0}\n", profile.display());
    program::run(arguments.program).await?;
    Ok(ExitCode::SUCCESS)
}
