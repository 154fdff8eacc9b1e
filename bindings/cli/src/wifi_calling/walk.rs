//! `companion wifi-calling walk`: one step at a time, one question each. What was answered is kept; the next walk goes on there.

use std::process::ExitCode;
use std::sync::Arc;

use companion::vowifi::WifiCalling;
use companion::vowifi::view::WifiStepView;
use companion::{Problem, RequestKind};

use super::keys::{Asked, Lines, Typed};
use super::{About, Open, Outcome, check, draw, nothing, opened};
use crate::interrupt::{Ended, stoppable, stopped};
use crate::phone::explained;
use crate::terminal;

/// Be led, step by step; it goes on where it was left
///
/// Ctrl-C stops a check or an order that is under way, and leaves the walk where a question is open. Exit status: 0 left with q,
/// or nothing more was typed; 2 nobody is signed in, or nothing is known; 130 left by Ctrl-C.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    about: About,
    /// Do not ask the operator, go by what is kept
    #[arg(long)]
    offline: bool,
}

pub(super) async fn run(arguments: &Arguments) -> Outcome {
    opened(&arguments.about, arguments.offline, true, lead).await
}

async fn lead(open: &Open) -> Outcome {
    let room = &open.room;
    if let Some(nothing) = nothing(room.state().phase) {
        return Err(nothing.into());
    }
    let mut lines = Lines::of_standard_input();
    loop {
        let view = room.state();
        let Some(step) = &view.step else { return Err("there is no step here".into()) };
        terminal::print(&draw::step(&view, terminal::width(), terminal::colour()))?;
        let typed = match lines.ask(step).await? {
            Asked::Typed(typed) => typed,
            Asked::Stopped => return Ok(stopped()),
        };
        let done = match typed {
            Typed::Leave => return Ok(ExitCode::SUCCESS),
            Typed::Unclear => {
                terminal::say("companion: type one of the numbers or letters above, or q to leave");
                Ended::Done(Ok(()))
            }
            Typed::Back => Ended::Done(room.clone().back().await),
            Typed::Check => check::make(room).await,
            Typed::SwitchOn => stoppable(|cancel| room.clone().switch_on(Some(cancel))).await,
            Typed::Answer(place) => Ended::Done(answer(room, step, place).await),
            Typed::Message => {
                terminal::print(&draw::letter(&open.core.prepare_request(RequestKind::WifiCalling, None)))?;
                Ended::Done(Ok(()))
            }
            Typed::Report => {
                terminal::print(&room.report().map(|letter| draw::letter(&letter)).unwrap_or_default())?;
                Ended::Done(Ok(()))
            }
        };
        match done {
            Ended::Done(outcome) => {
                if let Err(why) = explained(&open.core, outcome) {
                    terminal::say(format_args!("companion: {why}"));
                }
            }
            Ended::Stopped => terminal::say("companion: stopped"),
        }
    }
}

async fn answer(room: &Arc<WifiCalling>, step: &WifiStepView, place: usize) -> Result<(), Problem> {
    match step.answers.get(place) {
        Some(answer) => room.clone().answer(step.id.clone(), answer.id.clone()).await,
        None => Ok(()),
    }
}
