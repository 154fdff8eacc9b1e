//! `companion wifi-calling check`: whether this network lets Wi-Fi calling through.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use companion::host::HostError;
use companion::text::Text;
use companion::vowifi::view::NetworkVerdict;
use companion::vowifi::{CheckProgress, NetworkCheckStep, WifiCalling};

use super::{About, Outcome, draw, nothing, opened};
use crate::interrupt::{Ended, stoppable, stopped};
use crate::phone::explained;
use crate::terminal;

/// Check whether this network lets Wi-Fi calling through
///
/// Exit status: 0 it does; 1 it does not, or it cannot be told, or no check was made; 2 nobody is signed in, or nothing is known;
/// 130 stopped by Ctrl-C before there was a verdict.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    about: About,
    /// Print the view as JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(arguments: &Arguments) -> Outcome {
    opened(&arguments.about, false, false, async |open| {
        if let Some(nothing) = nothing(open.room.state().phase) {
            return Err(nothing.into());
        }
        match make(&open.room).await {
            Ended::Done(outcome) => explained(&open.core, outcome)?,
            Ended::Stopped => return Ok(stopped()),
        }
        let view = open.room.state();
        let check = view.check.as_ref().ok_or("nothing came of it")?;
        let text = if arguments.json {
            format!("{:#}\n", draw::json(&view))
        } else {
            draw::check(check, terminal::width(), terminal::colour())
        };
        terminal::print(&text)?;
        Ok(match check.verdict {
            NetworkVerdict::Open if check.not_made.is_none() => ExitCode::SUCCESS,
            _ => ExitCode::from(1),
        })
    })
    .await
}

/// Makes the check, which Ctrl-C stops unless there is a verdict.
pub(super) async fn make(room: &Arc<WifiCalling>) -> Ended<()> {
    stoppable(|cancel| room.clone().check(Some(Arc::new(Steps)), Some(cancel))).await
}

/// On the standard error, where a person looks at it.
struct Steps;

impl CheckProgress for Steps {
    fn at(&self, _: NetworkCheckStep, said: Text) -> Result<(), HostError> {
        let mut out = std::io::stderr().lock();
        if out.is_terminal() {
            let _ = writeln!(out, "{} …", said.text);
        }
        Ok(())
    }
}
