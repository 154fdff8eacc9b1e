//! `companion wifi-calling walk`: one step at a time, one question each. What was answered is kept; the next walk goes on there.

use std::io::{BufRead, Write};
use std::process::ExitCode;
use std::sync::Arc;

use companion::vowifi::WifiCalling;
use companion::vowifi::view::WifiStepView;

use super::check::Steps;
use super::{Screen, draw, nothing, open};
use crate::phone::explained;
use crate::terminal;

#[derive(Debug, Clone, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    screen: Screen,
}

/// What a person typed.
enum Typed {
    Answer(usize),
    Back,
    Check,
    SwitchOn,
    Leave,
    Unclear,
}

pub(super) async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (core, room, _) = open(&arguments.screen).await?;
    if let Some(nothing) = nothing(room.state().phase) {
        return Err(nothing.into());
    }
    loop {
        let view = room.state();
        let Some(step) = &view.step else { return Err("there is no step here".into()) };
        terminal::print(&draw::step(&view, terminal::width(), terminal::colour()))?;
        let done = match read(step)? {
            Typed::Leave => break,
            Typed::Unclear => {
                eprintln!("companion: one of the numbers above, b to go back, q to leave");
                Ok(())
            }
            Typed::Back => room.clone().back().await,
            Typed::Check => room.clone().check(Some(Arc::new(Steps)), None).await,
            Typed::SwitchOn => room.clone().switch_on(None).await,
            Typed::Answer(place) => answer(&room, step, place).await,
        };
        if let Err(why) = explained(&core, done) {
            eprintln!("companion: {why}");
        }
    }
    let _ = core.suspend(5000);
    Ok(ExitCode::SUCCESS)
}

async fn answer(room: &Arc<WifiCalling>, step: &WifiStepView, place: usize) -> Result<(), companion::Problem> {
    match step.answers.get(place) {
        Some(answer) => room.clone().answer(step.id.clone(), answer.id.clone()).await,
        None => Ok(()),
    }
}

/// Reads one line. The end of what is typed leaves the walk.
fn read(step: &WifiStepView) -> std::io::Result<Typed> {
    let mut out = std::io::stderr();
    write!(out, "> ")?;
    out.flush()?;
    let mut line = String::new();
    if std::io::stdin().lock().read_line(&mut line)? == 0 {
        return Ok(Typed::Leave);
    }
    let typed = line.trim().to_lowercase();
    Ok(match typed.as_str() {
        "q" => Typed::Leave,
        "b" => Typed::Back,
        "c" if step.check.is_some() => Typed::Check,
        "o" if step.switch_on.is_some() => Typed::SwitchOn,
        number => match number.parse::<usize>() {
            Ok(number @ 1..) if number <= step.answers.len() => Typed::Answer(number.saturating_sub(1)),
            _ => Typed::Unclear,
        },
    })
}
