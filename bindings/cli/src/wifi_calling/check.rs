//! `companion wifi-calling check`: whether this network lets Wi-Fi calling through.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use companion::CancelToken;
use companion::host::HostError;
use companion::text::Text;
use companion::vowifi::view::NetworkVerdict;
use companion::vowifi::{CheckProgress, NetworkCheckStep};

use super::{Screen, draw, nothing, open};
use crate::phone::explained;
use crate::terminal;

const INTERRUPTED: u8 = 130;

#[derive(Debug, Clone, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    screen: Screen,
}

pub(super) async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (core, room, _) = open(&arguments.screen).await?;
    if let Some(nothing) = nothing(room.state().phase) {
        return Err(nothing.into());
    }
    let cancel = CancelToken::new();
    let work = room.clone().check(Some(Arc::new(Steps)), Some(cancel.clone()));
    tokio::pin!(work);
    let outcome = tokio::select! {
        outcome = &mut work => outcome,
        _ = tokio::signal::ctrl_c() => {
            cancel.cancel();
            let _ = work.await;
            let _ = core.suspend(5000);
            return Ok(ExitCode::from(INTERRUPTED));
        }
    };
    explained(&core, outcome)?;
    let view = room.state();
    let check = view.check.as_ref().ok_or("nothing came of it")?;
    let text = if arguments.screen.json {
        format!("{:#}\n", draw::json(&view))
    } else {
        draw::check(check, terminal::width(), terminal::colour())
    };
    terminal::print(&text)?;
    let _ = core.suspend(5000);
    Ok(match check.verdict {
        NetworkVerdict::Open if check.not_made.is_none() => ExitCode::SUCCESS,
        _ => ExitCode::from(1),
    })
}

/// On the standard error, where a person looks at it.
pub(super) struct Steps;

impl CheckProgress for Steps {
    fn at(&self, _: NetworkCheckStep, said: Text) -> Result<(), HostError> {
        let mut out = std::io::stderr().lock();
        if out.is_terminal() {
            let _ = writeln!(out, "{} …", said.text);
        }
        Ok(())
    }
}
