//! `companion usage`: this cycle's usage, fresh where there is a network, dated where there is none.

use std::process::ExitCode;

use companion::frame::Place;
use companion::usage::view::UsagePhase;

use crate::phone::{NO_USAGE, NOBODY, PhoneArguments, offers};
use crate::{draw, terminal};

/// Show this cycle's usage
///
/// Exit status: 0 as the operator says now, or as kept when nothing else was asked for (--offline); 1 as kept, because
/// the operator could not be asked; 2 nothing to show, such as when nobody is signed in or the profile is not usable.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub phone: PhoneArguments,
    /// Print the view as JSON, as the phones get it
    #[arg(long)]
    json: bool,
    /// Do not ask the operator, show what is kept
    #[arg(long)]
    offline: bool,
    /// Show months and days instead, as far as the operator tells them
    #[arg(long)]
    history: bool,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let core = arguments.phone.open(None)?;
    if !offers(&core, Place::Usage) {
        terminal::print(&format!("{NO_USAGE}\n"))?;
        return Ok(ExitCode::from(2));
    }
    let usage = core.usage();
    let outcome = match usage.state().phase {
        UsagePhase::SignedOut => Ok(()),
        _ if arguments.offline => Ok(()),
        _ => core.usage().refresh(None).await,
    };
    let view = usage.state();
    let histories = || view.lines.iter().filter_map(|line| usage.history(line.line_id.clone())).collect::<Vec<_>>();
    terminal::print(&if arguments.history && arguments.json {
        format!("{:#}\n", histories().iter().map(draw::history_json).collect::<serde_json::Value>())
    } else if arguments.history && view.phase == UsagePhase::Loaded {
        match histories().as_slice() {
            [] => "The operator tells no days of these lines.\n".to_owned(),
            histories => draw::histories(histories, terminal::width(), terminal::colour()),
        }
    } else if arguments.json {
        format!("{:#}\n", draw::usage_json(&view))
    } else if view.phase == UsagePhase::SignedOut {
        format!("{NOBODY}\n")
    } else if view.lines.is_empty() && view.notice.is_none() {
        "Nothing is loaded yet. Ask the operator with: companion usage\n".to_owned()
    } else {
        draw::usage(&view, terminal::width(), terminal::colour())
    })?;
    // What could not be written out has been shown all the same.
    let _ = core.suspend(5000);
    Ok(match (view.phase, outcome) {
        (UsagePhase::Loaded, Ok(())) => ExitCode::SUCCESS,
        (UsagePhase::Loaded, Err(_)) => ExitCode::from(1),
        _ => ExitCode::from(2),
    })
}
