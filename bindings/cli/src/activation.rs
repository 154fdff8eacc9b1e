//! `companion activation`: a line that is on its way, from the order to the first call.

use std::process::ExitCode;

use companion::activation::view::now::TrackNowView;
use companion::activation::view::screen::{ActivationPhase, ActivationView, SimView};
use companion::activation::view::track::{LineTrackView, TrackStepState};
use companion::text::{Language, Text, messages};
use serde_json::{Value, json};

use crate::draw::canvas::{Canvas, Style};
use crate::draw::json::{notice, text};
use crate::inspect::snake_case;
use crate::phone::{NOBODY, PhoneArguments, explained, is_said};
use crate::{sim, terminal};

/// The answer that the line works.
const WORKS: &str = "works";

/// Show how far a line is that your employer ordered, and what to do now
///
/// Exit status: 0 as the operator has it, or as it is kept where nothing else was asked for (--offline); 1 what is kept here,
/// as the operator could not be asked; 2 nobody is signed in, the operator tells of neither orders nor SIMs, there is no such
/// line or several, an answer is not asked now or could not be kept, or there is no letter to write.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    phone: PhoneArguments,
    /// Tell an answer of the step that is shown: has-sim, has-profile, old-signal-gone, works; with undo- before it, take it
    /// back
    #[arg(long, value_name = "ANSWER")]
    tell: Option<String>,
    /// Only this line, by its id; what is told needs it where there are several
    #[arg(long, value_name = "ID")]
    line: Option<String>,
    /// Tell that your line works: the code of its eSIM that is kept here is deleted
    #[arg(long, conflicts_with_all = ["tell", "claim", "request"])]
    works: bool,
    /// Write the letter that asks for compensation where a number moves late
    #[arg(long, conflicts_with_all = ["tell", "request"])]
    claim: bool,
    /// Write the letter to your employer where only they can help, such as with an order that was refused
    #[arg(long, conflicts_with = "tell")]
    request: bool,
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
        ActivationPhase::NotOffered => {
            Some("Your operator does not offer getting started in the app: it tells of no orders and no SIMs.")
        }
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
        let draws = !(arguments.json || arguments.claim || arguments.request);
        if !(draws && is_said(&why, room.state().notice.as_ref())) {
            terminal::say(format_args!("companion: {why}"));
        }
        code = ExitCode::from(1);
    }
    let view = room.state();
    if arguments.line.is_some() {
        line(core, &view, arguments)?;
    }
    if arguments.works {
        works(core, &view, arguments).await?;
    }
    if let Some(answer) = &arguments.tell {
        let line = line(core, &view, arguments)?;
        if !line.now.answers.iter().any(|offered| offered.id == *answer) {
            return Err(not_asked(line).into());
        }
        explained(core, room.clone().tell(line.id.clone(), answer.clone()).await)?;
    }
    if arguments.claim {
        let letter = line(core, &view, arguments)?.now.claim.as_ref().ok_or("nothing of that line is late")?;
        terminal::print(&format!("{}\n\n{}\n", letter.subject, letter.body.trim_end()))?;
        return Ok(code);
    }
    if arguments.request {
        let request =
            line(core, &view, arguments)?.now.request.ok_or("your employer need not be asked anything now")?;
        let letter = core.prepare_request(request, None);
        terminal::print(&format!("{}\n\n{}\n", letter.subject, letter.body.trim_end()))?;
        return Ok(code);
    }
    let mut view = room.state();
    view.lines.retain(|line| arguments.line.as_ref().is_none_or(|named| *named == line.id));
    let drawn = if arguments.json {
        format!("{:#}\n", json(&view))
    } else {
        screen(&view, terminal::width(), terminal::colour())
    };
    terminal::print(&drawn)?;
    Ok(code)
}

/// The line works: told where that is what is asked now, and what is kept to install its eSIM goes.
async fn works(core: &companion::CompanionCore, view: &ActivationView, arguments: &Arguments) -> Result<(), String> {
    let room = core.activation();
    let asks = |line: &&LineTrackView| line.now.answers.iter().any(|offered| offered.id == WORKS);
    let told = match arguments.line {
        None if view.lines.iter().filter(asks).count() == 1 => view.lines.iter().find(asks),
        None if !view.lines.iter().any(|line| asks(&line)) => None,
        _ => Some(line(core, view, arguments)?).filter(asks),
    };
    // A line that is on its way still wants its code.
    let is_meant = |line: &&LineTrackView| arguments.line.as_ref().is_none_or(|id| *id == line.id);
    if told.is_none()
        && let Some(line) = view.lines.iter().filter(is_meant).find(|line| !line.finished)
    {
        return Err(not_asked(line));
    }
    let language = arguments.phone.language();
    let had_code = explained(core, room.clone().esim_code().await)?.is_some();
    if told.is_none() && !had_code && view.lines.is_empty() && is_never_loaded(view, language) {
        // Nothing was told, and nothing deleted.
        let operator = Text::foreign(&core.session().state().operator_name);
        return Err(messages::terminal_line_never(language, &operator).text);
    }
    if let Some(line) = told {
        explained(core, room.clone().tell(line.id.clone(), WORKS.to_owned()).await)?;
    }
    explained(core, room.line_works().await)?;
    let said =
        if had_code { messages::terminal_code_deleted(language) } else { messages::terminal_code_gone(language) };
    // Not on the standard output, which may be JSON.
    terminal::say(&said.text);
    Ok(())
}

fn not_asked(line: &LineTrackView) -> String {
    let offered: Vec<_> = line.now.answers.iter().map(|offered| offered.id.as_str()).collect();
    match offered.as_slice() {
        [] => "that is not asked now; nothing is".to_owned(),
        offered => format!("that is not asked now; what is: {}", offered.join(", ")),
    }
}

/// The line that is meant.
fn line<'v>(
    core: &companion::CompanionCore,
    view: &'v ActivationView,
    arguments: &Arguments,
) -> Result<&'v LineTrackView, String> {
    let language = arguments.phone.language();
    let operator = || Text::foreign(&core.session().state().operator_name);
    match (&arguments.line, view.lines.as_slice()) {
        (_, []) if is_never_loaded(view, language) => Err(messages::terminal_line_never(language, &operator()).text),
        (_, []) => Err(messages::terminal_line_none(language).text),
        (None, [only]) => Ok(only),
        (None, many) => Err(listed(&messages::terminal_line_several(language), many)),
        (Some(id), many) => {
            let found = many.iter().find(|line| line.id == *id);
            found.ok_or_else(|| listed(&messages::terminal_line_unknown(language), many))
        }
    }
}

/// Nothing was ever told, which is not that there is none.
fn is_never_loaded(view: &ActivationView, language: Language) -> bool {
    view.empty.as_ref() == Some(&messages::start_never_loaded(language))
}

fn listed(why: &Text, lines: &[LineTrackView]) -> String {
    let rows = lines.iter().map(|line| format!("\n  {}  {} · {}", line.id, line.title.text, line.case.text));
    format!("{}{}", why.text, rows.collect::<String>())
}

pub(crate) fn screen(view: &ActivationView, width: usize, colour: bool) -> String {
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
        line_on(&mut canvas, line, view);
    }
    if !view.lines.is_empty() && tells_of_sims {
        canvas.gap();
    }
    for text in view.sims_notice.iter() {
        canvas.hanging(Style::Warning, "! ", &text.text);
    }
    for (place, sim) in (1..).zip(&view.sims) {
        canvas.text(Style::Plain, &sim.label.text);
        if sim.tells_secrets {
            for secret in if sim.is_esim { &["code", "pin", "puk"][..] } else { &["pin", "puk"] } {
                let which = sim::option(place, view.sims.len());
                canvas.hanging(Style::Quiet, "→ ", &format!("companion sim {secret}{which}"));
            }
        }
    }
    if let Some(checked) = &view.checked {
        canvas.gap();
        canvas.text(Style::Quiet, &checked.text);
    }
    canvas.finish()
}

fn line_on(canvas: &mut Canvas, line: &LineTrackView, view: &ActivationView) {
    canvas.text(Style::Strong, &format!("{} · {}", line.title.text, line.case.text));
    if view.lines.len() > 1 {
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
    now_on(canvas, &line.now, &view.sims);
}

fn now_on(canvas: &mut Canvas, now: &TrackNowView, sims: &[SimView]) {
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
    if now.request.is_some() {
        canvas.hanging(Style::Quiet, "→ ", "companion activation --request");
    }
    if now.esim {
        // An operator that does not tell the code has sent it.
        let told = (1..).zip(sims).find(|(_, sim)| sim.tells_secrets && now.esim_sim_id.as_ref() == Some(&sim.id));
        let command = match told {
            Some((place, _)) => format!("companion sim code{}", sim::option(place, sims.len())),
            None => "companion esim parse -".to_owned(),
        };
        canvas.hanging(Style::Quiet, "→ ", &command);
    }
    if now.wifi_calling {
        canvas.hanging(Style::Quiet, "→ ", "companion wifi-calling");
    }
    if let Some(article) = &now.help {
        canvas.hanging(Style::Quiet, "→ ", &format!("companion guide show {article}"));
    }
}

pub(crate) fn json(view: &ActivationView) -> Value {
    let texts = |texts: &[Text]| texts.iter().map(text).collect::<Vec<_>>();
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
                "help": now.help,
            },
        })
    };
    json!({
        "phase": snake_case(&format!("{:?}", view.phase)),
        "refreshing": view.refreshing,
        "checked": view.checked.as_ref().map(text),
        "notice": view.notice.as_ref().map(notice),
        "empty": view.empty.as_ref().map(text),
        "first_place": view.is_first_place,
        "sims_notice": view.sims_notice.as_ref().map(text),
        "sims": view.sims.iter().map(|sim| json!({
            "id": sim.id, "label": text(&sim.label), "esim": sim.is_esim, "tells_secrets": sim.tells_secrets,
        })).collect::<Vec<_>>(),
        "lines": view.lines.iter().map(line).collect::<Vec<_>>(),
    })
}
