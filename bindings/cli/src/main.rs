//! The terminal face of the companion core: each command has a file of its own.
// These panic where nobody reads on; `terminal` has what does not.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod order;

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, Parser, Subcommand};
use companion::text::Text;
use companion_cli::terminal::{self, plain};
use companion_cli::{
    activation, alerts, control, demo, esim, guide, inspect, invoices, notifications, operator, sandbox, session,
    sign_in, sign_out, sim, usage, wifi_calling,
};

/// Your mobile subscription from your employer, in the terminal.
#[derive(Debug, Parser)]
#[command(name = "companion", version, propagate_version = true, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Activation(activation::Arguments),
    Alerts(alerts::Arguments),
    Control(control::Arguments),
    /// Show the whole line end to end on this machine: sign in, see usage, lose the network, still see it
    Demo(demo::Arguments),
    Esim(esim::Arguments),
    Guide(guide::Arguments),
    Inspect(inspect::Inspect),
    Invoices(invoices::Arguments),
    Notifications(notifications::Arguments),
    Operator(operator::Arguments),
    /// Run a mobile operator on this machine, to try the apps and the other commands on
    Sandbox(sandbox::Arguments),
    Session(session::Arguments),
    Sim(sim::Arguments),
    SignIn(sign_in::Arguments),
    SignOut(sign_out::Arguments),
    Usage(usage::Arguments),
    WifiCalling(Box<wifi_calling::Arguments>),
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match parsed().command {
        Command::Activation(arguments) => activation::run(arguments).await,
        Command::Alerts(arguments) => alerts::run(arguments).await,
        Command::Control(arguments) => control::run(arguments).await,
        Command::Demo(arguments) => demo::run(arguments).await,
        Command::Esim(arguments) => esim::run(&arguments),
        Command::Guide(arguments) => guide::run(arguments),
        Command::Inspect(inspect) => inspect.run().await,
        Command::Invoices(arguments) => invoices::run(arguments).await,
        Command::Notifications(arguments) => notifications::run(arguments).await,
        Command::Operator(arguments) => operator::run(arguments).await,
        Command::Sandbox(arguments) => sandbox::run(arguments).await,
        Command::Session(arguments) => session::run(arguments).await,
        Command::Sim(arguments) => sim::run(arguments).await,
        Command::SignIn(arguments) => sign_in::run(arguments).await,
        Command::SignOut(arguments) => sign_out::run(arguments).await,
        Command::Usage(arguments) => usage::run(arguments).await,
        Command::WifiCalling(arguments) => wifi_calling::run(*arguments).await,
    };
    outcome.unwrap_or_else(|error| {
        if error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe) {
            // Whoever read along has seen enough.
            return ExitCode::SUCCESS;
        }
        terminal::say(format_args!("companion: {}", plain(&error.to_string())));
        ExitCode::from(2)
    })
}

/// What was typed. An error quotes it, so it is quoted short and without signs that a terminal would obey.
fn parsed() -> Arguments {
    let typed = order::subcommand_first(&Arguments::command(), std::env::args_os().collect());
    Arguments::try_parse_from(typed).unwrap_or_else(|mut error| {
        let foreign = [ContextKind::InvalidArg, ContextKind::InvalidValue, ContextKind::InvalidSubcommand];
        for kind in foreign {
            let Some(ContextValue::String(typed)) = error.get(kind) else { continue };
            let quoted = Text::foreign(typed).text;
            if quoted != *typed {
                error.insert(kind, ContextValue::String(quoted));
                // A suggestion quotes it too.
                let quotes = error.get(ContextKind::Suggested).is_some();
                quotes.then(|| error.insert(ContextKind::Suggested, ContextValue::StyledStrs(Vec::new())));
            }
        }
        error.exit()
    })
}
