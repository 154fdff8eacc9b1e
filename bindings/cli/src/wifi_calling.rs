//! `companion wifi-calling`: from "may I?" to "it works": the guide of a phone, the walk, the network check.

mod check;
mod draw;
mod facts;
mod guide;
mod lint;
mod walk;

use std::process::ExitCode;
use std::sync::Arc;

use companion::CompanionCore;
use companion::vowifi::WifiCalling;
use companion::vowifi::view::{WifiCallingPhase, WifiCallingView};

use self::facts::FactsArguments;
use crate::phone::{PhoneArguments, explained};
use crate::terminal;

/// Show whether calls over Wi-Fi are allowed for your line and switched on, and be led through it
///
/// Exit status: 0 as the operator has it; 1 what is kept here, as the operator could not be asked, or a network that does not
/// let it through; 2 nobody is signed in, or nothing is known.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    screen: Screen,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum Command {
    /// Show where a phone keeps the switch, in its own words. Nobody need be signed in
    Guide(guide::Arguments),
    /// Say what is wrong with a guide file, before it is signed. Exit status: 0 nothing, 1 faults, 2 it cannot be read
    Lint(lint::Arguments),
    /// Check whether this network lets Wi-Fi calling through
    Check(check::Arguments),
    /// Be led, step by step; it goes on where it was left
    Walk(walk::Arguments),
    /// Ask the operator to allow it for your line
    SwitchOn(Screen),
    /// Write what was found, for support: codes only
    Report(Screen),
}

#[derive(Debug, Clone, clap::Args)]
struct Screen {
    #[command(flatten)]
    phone: PhoneArguments,
    #[command(flatten)]
    facts: FactsArguments,
    /// Print the view as JSON
    #[arg(long)]
    json: bool,
    /// Do not ask the operator, show what is kept
    #[arg(long)]
    offline: bool,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    match arguments.command {
        None => screen(arguments.screen).await,
        Some(Command::Guide(guide)) => guide::run(&guide),
        Some(Command::Lint(lint)) => lint::run(&lint),
        Some(Command::Check(check)) => check::run(check).await,
        Some(Command::Walk(walk)) => walk::run(walk).await,
        Some(Command::SwitchOn(screen)) => switch_on(screen).await,
        Some(Command::Report(screen)) => report(screen).await,
    }
}

async fn screen(arguments: Screen) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (core, room, asked) = open(&arguments).await?;
    let view = room.state();
    print(&view, arguments.json)?;
    let _ = core.suspend(5000);
    Ok(verdict(&view, asked))
}

async fn switch_on(arguments: Screen) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (core, room, _) = open(&arguments).await?;
    let outcome = explained(&core, room.clone().switch_on(None).await);
    print(&room.state(), arguments.json)?;
    let _ = core.suspend(5000);
    outcome?;
    Ok(ExitCode::SUCCESS)
}

async fn report(arguments: Screen) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (core, room, _) = open(&Screen { offline: true, ..arguments }).await?;
    let letter = room.report().ok_or_else(|| nothing(room.state().phase).unwrap_or("there is nothing to tell"))?;
    terminal::print(&format!("{}\n\n{}\n", letter.subject, letter.body))?;
    let _ = core.suspend(5000);
    Ok(ExitCode::SUCCESS)
}

fn print(view: &WifiCallingView, json: bool) -> std::io::Result<()> {
    let text = if json {
        format!("{:#}\n", draw::json(view))
    } else if let Some(nothing) = nothing(view.phase) {
        format!("{nothing}\n")
    } else {
        draw::screen(view, terminal::width(), terminal::colour())
    };
    terminal::print(&text)
}

/// Opens the phone, tells what is known of it, and asks the operator as far as that is wanted. Whether it answered.
async fn open(arguments: &Screen) -> Result<(Arc<CompanionCore>, Arc<WifiCalling>, bool), Box<dyn std::error::Error>> {
    let core = arguments.phone.open(None)?;
    let room = core.wifi_calling();
    room.tell(arguments.facts.facts());
    let mut asked = true;
    if !arguments.offline
        && room.state().phase == WifiCallingPhase::Ready
        && let Err(why) = explained(&core, room.clone().refresh(None).await)
    {
        eprintln!("companion: {why}");
        asked = false;
    }
    Ok((core, room, asked))
}

/// What is said where there is no screen.
fn nothing(phase: WifiCallingPhase) -> Option<&'static str> {
    match phase {
        WifiCallingPhase::SignedOut => Some("Nobody is signed in. Sign in with: companion sign-in"),
        WifiCallingPhase::Locked => Some("The app is locked."),
        WifiCallingPhase::NotOffered => Some("The operator offers no Wi-Fi calling here."),
        WifiCallingPhase::Ready => None,
    }
}

fn verdict(view: &WifiCallingView, asked: bool) -> ExitCode {
    match view.phase {
        WifiCallingPhase::Ready if asked => ExitCode::SUCCESS,
        WifiCallingPhase::Ready => ExitCode::from(1),
        _ => ExitCode::from(2),
    }
}
