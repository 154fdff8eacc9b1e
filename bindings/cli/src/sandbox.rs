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
    let program = &mut arguments.program;
    let profile = program.profile.get_or_insert_with(|| "companion-profile.json".into());
    let listen = program.listen;
    let is_free = |port: u16| std::net::TcpListener::bind((listen, port)).is_ok();
    if program.port.is_none() && is_free(USUAL_PORT) {
        program.port = Some(USUAL_PORT);
        // Whoever chose a port runs several, and then these are not for one of them to take.
        for (port, usual) in
            [(&mut program.document_port, USUAL_DOCUMENT_PORT), (&mut program.control_port, USUAL_CONTROL_PORT)]
        {
            if port.is_none() && is_free(usual) {
                *port = Some(usual);
            }
        }
    }
    let greeting = format!(
        "The profile for the other commands is {0}. Try, in another terminal:\n  companion sign-in --profile {0}\n  \
         companion usage --profile {0}\n\n",
        profile.display()
    );
    program::run(arguments.program, &greeting).await?;
    Ok(ExitCode::SUCCESS)
}
