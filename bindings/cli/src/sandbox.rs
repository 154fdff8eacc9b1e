//! `companion sandbox`: an operator on this machine, with the profile the other commands open.

use std::process::ExitCode;

use companion_sandbox::program;

/// Where the sandbox is when nothing else is there: an operator that moved would be another operator, and what a terminal
/// keeps of the one is nothing to the other. Printed bills are beside it.
const USUAL_PORT: u16 = 8443;
const USUAL_DOCUMENT_PORT: u16 = 8444;
/// Of the page and its controls.
pub(crate) const USUAL_CONTROL_PORT: u16 = 8445;

/// What `companion sandbox` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    program: program::Arguments,
}

/// Runs the command.
pub async fn run(mut arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let profile = arguments.program.profile.get_or_insert_with(|| "companion-profile.json".into());
    let listen = arguments.program.listen;
    let ports = [
        (&mut arguments.program.port, USUAL_PORT),
        (&mut arguments.program.document_port, USUAL_DOCUMENT_PORT),
        (&mut arguments.program.control_port, USUAL_CONTROL_PORT),
    ];
    for (port, usual) in ports {
        if port.is_none() && std::net::TcpListener::bind((listen, usual)).is_ok() {
            *port = Some(usual);
        }
    }
    println!("The profile for the other commands is {}. Try, in another terminal:", profile.display());
    println!("  companion sign-in --profile {0}\n  companion usage --profile {0}\n", profile.display());
    program::run(arguments.program).await?;
    Ok(ExitCode::SUCCESS)
}
