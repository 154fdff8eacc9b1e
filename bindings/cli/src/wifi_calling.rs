//! `companion wifi-calling`: from "may I?" to "it works": the guide of a phone, the walk, the network check.

mod check;
pub(crate) mod draw;
mod facts;
mod guide;
mod keys;
mod lint;
mod parts;
mod walk;
mod why;

use std::process::ExitCode;
use std::sync::Arc;

use companion::CompanionCore;
use companion::vowifi::WifiCalling;
use companion::vowifi::view::{WifiCallingPhase, WifiCallingView};

use self::facts::FactsArguments;
use crate::interrupt::{Ended, stoppable, stopped};
use crate::phone::{NOBODY, PhoneArguments, explained, is_said};
use crate::terminal;

/// Show whether calls over Wi-Fi are allowed for your line and switched on, and be led through it
///
/// Exit status: 0 as the operator has it, or as it is kept where nothing else was asked for (--offline); 1 what is kept here,
/// as the operator could not be asked; 2 nobody is signed in, or nothing is known.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    overview: Overview,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum Command {
    Guide(guide::Arguments),
    Lint(lint::Arguments),
    Check(check::Arguments),
    Walk(walk::Arguments),
    SwitchOn(SwitchOn),
    Report(Report),
}

/// Whose it is, and on which phone.
#[derive(Debug, Clone, clap::Args)]
struct About {
    #[command(flatten)]
    phone: PhoneArguments,
    #[command(flatten)]
    facts: FactsArguments,
}

#[derive(Debug, Clone, clap::Args)]
struct Overview {
    #[command(flatten)]
    about: About,
    /// Print the view as JSON
    #[arg(long)]
    json: bool,
    /// Do not ask the operator, show what is kept
    #[arg(long)]
    offline: bool,
}

/// Ask the operator to allow it for your line, and wait about a minute for it
///
/// Exit status: 0 the operator was asked, and what is shown is how that stands, also where it refused; 1 it could not be asked;
/// 2 nobody is signed in, or nothing is known; 130 by Ctrl-C, and what the operator was asked goes on there.
#[derive(Debug, Clone, clap::Args)]
struct SwitchOn {
    #[command(flatten)]
    about: About,
    /// Print the view as JSON
    #[arg(long)]
    json: bool,
}

/// Write what was found, for support: codes only. The operator is not asked
///
/// Exit status: 0 written; 2 nobody is signed in, or there is nothing to tell.
#[derive(Debug, Clone, clap::Args)]
struct Report {
    #[command(flatten)]
    about: About,
}

type Outcome = Result<ExitCode, Box<dyn std::error::Error>>;

/// Runs the command.
pub async fn run(arguments: Arguments) -> Outcome {
    match arguments.command {
        None => overview(&arguments.overview).await,
        Some(Command::Guide(guide)) => guide::run(&guide),
        Some(Command::Lint(lint)) => lint::run(&lint),
        Some(Command::Check(check)) => check::run(&check).await,
        Some(Command::Walk(walk)) => walk::run(&walk).await,
        Some(Command::SwitchOn(wish)) => switch_on(&wish).await,
        Some(Command::Report(report)) => self::report(&report).await,
    }
}

async fn overview(arguments: &Overview) -> Outcome {
    opened(&arguments.about, arguments.offline, !arguments.json, async |open| {
        let view = open.room.state();
        print(&view, arguments.json)?;
        Ok(match view.phase {
            WifiCallingPhase::Ready if open.asked => ExitCode::SUCCESS,
            WifiCallingPhase::Ready => ExitCode::from(1),
            _ => ExitCode::from(2),
        })
    })
    .await
}

async fn switch_on(arguments: &SwitchOn) -> Outcome {
    opened(&arguments.about, false, !arguments.json, async |open| {
        if nothing(open.room.state().phase).is_some() {
            print(&open.room.state(), arguments.json)?;
            return Ok(ExitCode::from(2));
        }
        let ended = stoppable(|cancel| open.room.clone().switch_on(Some(cancel))).await;
        let view = open.room.state();
        print(&view, arguments.json)?;
        match ended {
            Ended::Done(outcome) => Ok(match explained(&open.core, outcome) {
                Ok(()) => ExitCode::SUCCESS,
                Err(why) => {
                    if arguments.json || !is_said(&why, view.notice.as_ref()) {
                        terminal::say(format_args!("companion: {why}"));
                    }
                    ExitCode::from(1)
                }
            }),
            Ended::Stopped => {
                terminal::say("companion: stopped waiting; companion wifi-calling says how it stands");
                Ok(stopped())
            }
        }
    })
    .await
}

async fn report(arguments: &Report) -> Outcome {
    opened(&arguments.about, true, false, async |open| {
        let letter = open.room.report();
        let letter = letter.ok_or_else(|| nothing(open.room.state().phase).unwrap_or("there is nothing to tell"))?;
        terminal::print(&draw::letter(&letter))?;
        Ok(ExitCode::SUCCESS)
    })
    .await
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

/// A phone that is open.
struct Open {
    core: Arc<CompanionCore>,
    room: Arc<WifiCalling>,
    /// The operator answered, or was not to be asked.
    asked: bool,
}

/// Opens the phone, tells what is known of it, asks the operator as far as that is wanted, and puts the phone away however its
/// use ends.
///
/// What draws the screen says what stands on it no second time.
async fn opened(about: &About, offline: bool, draws: bool, using: impl AsyncFnOnce(&Open) -> Outcome) -> Outcome {
    let core = about.phone.open(None)?;
    let room = core.wifi_calling();
    room.tell(about.facts.facts(about.phone.language().tag()));
    let mut open = Open { core, room, asked: true };
    if !offline
        && open.room.state().phase == WifiCallingPhase::Ready
        && let Err(why) = explained(&open.core, open.room.clone().refresh(None).await)
    {
        if !(draws && is_said(&why, open.room.state().notice.as_ref())) {
            terminal::say(format_args!("companion: {why}"));
        }
        open.asked = false;
    }
    let outcome = using(&open).await;
    // What could not be written out was shown all the same.
    let _ = open.core.suspend(5000);
    outcome
}

/// What is said where there is no screen.
fn nothing(phase: WifiCallingPhase) -> Option<&'static str> {
    match phase {
        WifiCallingPhase::SignedOut => Some(NOBODY),
        WifiCallingPhase::Locked => Some("The app is locked."),
        WifiCallingPhase::NotOffered => Some("Your operator does not offer Wi-Fi calling in the app."),
        WifiCallingPhase::Ready => None,
    }
}
