//! `companion activation`: a line that is on its way, from the order to the first call.

use std::process::ExitCode;

use companion::activation::view::track::{
    ActivationPhase, ActivationView, LineTrackView, TrackNowView, TrackStepState,
};
use serde_json::{Value, json};

use crate::draw::canvas::{Canvas, Style};
use crate::draw::json::text;
use crate::inspect::snake_case;
use crate::phone::{NOBODY, PhoneArguments, explained};
use crate::terminal;

/// Show how far a line is that your employer ordered, and what to do now
///
/// Exit status: 0 as the operator has it, or as it is kept where nothing else was asked for (--offline); 1 what is kept here,
/// as the operator could not be asked, or an answer that was not taken; 2 nobody is signed in, or the operator tells of
/// neither orders nor SIMs.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    phone: PhoneArguments,
    /// Tell an answer of the step that is shown: has-sim, has-profile, old-signal-gone, works; with undo- before it, take it
    /// back
    #[arg(long, value_name = "ANSWER")]
    tell: Option<String>,
    /// Which line it is about, where there are several
    #[arg(long, value_name = "ID")]
    line: Option<String>,
    /// Write the letter that asks for compensation where a number moves late
    #[arg(long, conflicts_with = "tell")]
    claim: bool,
    /// Do not ask the operator, show what is kept
    #[arg(long)]
    offline: bool,
    /// Print the view as JSON
    #[arg(long)]
    json: bool,
}

type Outcome = Result<ExitCode, Box<dyn std::error::Error>>;

/// Runs the command.
pub async fn run(arguments: Arguments) -> Outcome {
    let core = arguments.phone.open(None)?;
    let outcome = act(&core, &arguments).await;
    // What could not be written out was shown all the same.
    let _ = core.suspend(5000);
    outcome
}

async fn act(core: &companion::CompanionCore, arguments: &Arguments) -> Outcome {
    let room = core.activation();
    let nothing = match room.state().phase {
        ActivationPhase::SignedOut => Some(NOBODY),
        ActivationPhase::Locked => Some("The app is locked."),
        ActivationPhase::NotOffered => Some("The operator tells of no orders and no SIMs here."),
        ActivationPhase::Ready => None,
    };
    if let Some(nothing) = nothing {
        terminal::print(&format!("{nothing}\n"))?;
        return Ok(ExitCode::from(2));
    }
    let mut code = ExitCode::SUCCESS;
    if !arguments.offline
        && let Err(why) = explained(core, room.clone().refresh(None).await)
    {
        eprintln!("companion: {why}");
        code = ExitCode::from(1);
    }
    let view = room.state();
    if let Some(answer) = &arguments.tell {
        let line = line(&view, arguments)?;
        if !line.now.answers.iter().any(|offered| offered.id == *answer) {
            let offered: Vec<_> = line.now.answers.iter().map(|offered| offered.id.as_str()).collect();
            return Err(format!("that is not asked now; what is: {}", offered.join(", ")).into());
        }
        explained(core, room.clone().tell(line.id.clone(), answer.clone()).await)?;
    }
    if arguments.claim {
        let letter = line(&view, arguments)?.now.claim.as_ref().ok_or("nothing of that line is late")?;
        terminal::print(&format!("{}\n\n{}\n", letter.subject, letter.body.trim_end()))?;
        return Ok(code);
    }
    let view = room.state();
    let drawn = if arguments.json {
        format!("{:#}\n", json(&view))
    } else {
        screen(&view, terminal::width(), terminal::colour())
    };
    terminal::print(&drawn)?;
    Ok(code)
}

/// The line that is meant.
fn line<'v>(view: &'v ActivationView, arguments: &Arguments) -> Result<&'v LineTrackView, String> {
    match (&arguments.line, view.lines.as_slice()) {
        (_, []) => Err("no line is on its way".to_owned()),
        (None, [only]) => Ok(only),
        (None, many) => {
            let ids: Vec<_> = many.iter().map(|line| line.id.as_str()).collect();
            Err(format!("there are several lines; say which with --line: {}", ids.join(", ")))
        }
        (Some(id), many) => many.iter().find(|line| line.id == *id).ok_or_else(|| "there is no such line".to_owned()),
    }
}

fn screen(view: &ActivationView, width: usize, colour: bool) -> String {
    let mut canvas = Canvas::new(width, colour);
    for text in view.notice.iter() {
        canvas.hanging(Style::Warning, "! ", &text.text);
    }
    for text in view.empty.iter() {
        canvas.text(Style::Plain, &text.text);
    }
    let tells_of_sims = !view.sims.is_empty() || view.sims_notice.is_some();
    if view.empty.is_some() && tells_of_sims {
        canvas.gap();
    }
    for (at, line) in view.lines.iter().enumerate() {
        if at > 0 || view.notice.is_some() {
            canvas.gap();
        }
        line_on(&mut canvas, line, view.lines.len() > 1);
    }
    if !view.lines.is_empty() && tells_of_sims {
        canvas.gap();
    }
    for text in view.sims_notice.iter() {
        canvas.hanging(Style::Warning, "! ", &text.text);
    }
    for sim in &view.sims {
        canvas.text(Style::Plain, &sim.label.text);
        if sim.tells_secrets {
            for secret in if sim.is_esim { &["code", "pin", "puk"][..] } else { &["pin", "puk"] } {
                canvas.hanging(Style::Quiet, "→ ", &format!("companion sim {secret} --sim {}", sim.id));
            }
        }
    }
    canvas.finish()
}

fn line_on(canvas: &mut Canvas, line: &LineTrackView, is_one_of_many: bool) {
    canvas.text(Style::Strong, &format!("{} · {}", line.title.text, line.case.text));
    if is_one_of_many {
        canvas.text(Style::Quiet, &line.id);
    }
    for step in &line.steps {
        let (mark, style) = match step.state {
            TrackStepState::Done => ("✓ ", Style::Quiet),
            TrackStepState::Current => ("▸ ", Style::Strong),
            TrackStepState::Ahead => ("· ", Style::Quiet),
            TrackStepState::Failed => ("✗ ", Style::Warning),
        };
        canvas.hanging(style, mark, &step.title.text);
    }
    canvas.gap();
    now_on(canvas, &line.now);
}

fn now_on(canvas: &mut Canvas, now: &TrackNowView) {
    canvas.text(Style::Strong, &now.title.text);
    for text in &now.text {
        canvas.text(Style::Plain, &text.text);
    }
    for (mark, texts) in [("◷ ", &now.by_when), ("☞ ", &now.keep), ("? ", &now.if_not)] {
        for text in texts {
            canvas.hanging(Style::Plain, mark, &text.text);
        }
    }
    for answer in &now.answers {
        canvas.hanging(
            Style::Quiet,
            "→ ",
            &format!("companion activation --tell {} ({})", answer.id, answer.label.text),
        );
    }
    if now.claim.is_some() {
        canvas.hanging(Style::Quiet, "→ ", "companion activation --claim");
    }
    if now.esim {
        canvas.hanging(Style::Quiet, "→ ", "companion esim parse -");
    }
    if now.wifi_calling {
        canvas.hanging(Style::Quiet, "→ ", "companion wifi-calling");
    }
}

fn json(view: &ActivationView) -> Value {
    let texts = |texts: &[companion::text::Text]| texts.iter().map(text).collect::<Vec<_>>();
    let line = |line: &LineTrackView| {
        let now = &line.now;
        json!({
            "id": line.id,
            "title": text(&line.title),
            "case": text(&line.case),
            "finished": line.finished,
            "steps": line.steps.iter().map(|step| json!({
                "title": text(&step.title), "state": snake_case(&format!("{:?}", step.state)),
            })).collect::<Vec<_>>(),
            "now": {
                "title": text(&now.title), "text": texts(&now.text), "keep": texts(&now.keep),
                "by_when": texts(&now.by_when), "if_not": texts(&now.if_not),
                "answers": now.answers.iter().map(|answer| json!({ "id": answer.id, "label": text(&answer.label) }))
                    .collect::<Vec<_>>(),
                "request": now.request.map(|kind| snake_case(&format!("{kind:?}"))),
                "claim": now.claim.as_ref().map(|letter| &letter.body), "esim": now.esim, "wifi_calling": now.wifi_calling,
            },
        })
    };
    json!({
        "phase": snake_case(&format!("{:?}", view.phase)),
        "refreshing": view.refreshing,
        "notice": view.notice.as_ref().map(text),
        "empty": view.empty.as_ref().map(text),
        "first_place": view.is_first_place,
        "sims_notice": view.sims_notice.as_ref().map(text),
        "sims": view.sims.iter().map(|sim| json!({
            "id": sim.id, "label": text(&sim.label), "esim": sim.is_esim, "tells_secrets": sim.tells_secrets,
        })).collect::<Vec<_>>(),
        "lines": view.lines.iter().map(line).collect::<Vec<_>>(),
    })
}
