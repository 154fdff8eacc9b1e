//! The person's SIMs, and what is kept here of their secrets: whether there is something, never what.

use std::error::Error;
use std::process::ExitCode;

use companion::CompanionCore;
use companion::activation::view::code::EsimCodeView;
use companion::activation::view::screen::{ActivationPhase, SimView};
use companion::frame::Place;
use companion::text::{Language, Text, messages};
use serde_json::{Value, json};

use super::which::option;
use crate::draw::canvas::{Canvas, Style};
use crate::draw::json::text;
use crate::phone::{NO_SIMS, NOBODY, PhoneArguments, explained, offers};
use crate::terminal;

#[derive(Debug, clap::Args)]
pub(super) struct List {
    #[command(flatten)]
    pub phone: PhoneArguments,
    /// Do not ask the operator, show what is kept
    #[arg(long)]
    offline: bool,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

/// A SIM, and whether a copy of its PUK is kept here.
type Listed = (SimView, bool);

pub(super) async fn run(core: &CompanionCore, arguments: &List) -> Result<ExitCode, Box<dyn Error>> {
    let room = core.activation();
    if room.state().phase == ActivationPhase::SignedOut {
        terminal::print(&format!("{NOBODY}\n"))?;
        return Ok(ExitCode::from(2));
    }
    if !offers(core, Place::Sim) {
        terminal::print(&format!("{NO_SIMS}\n"))?;
        return Ok(ExitCode::from(2));
    }
    let mut code = ExitCode::SUCCESS;
    if !arguments.offline
        && let Err(why) = explained(core, room.clone().refresh(None).await)
    {
        terminal::say(format_args!("companion: {why}"));
        code = ExitCode::from(1);
    }
    let view = room.state();
    let mut sims: Vec<Listed> = Vec::new();
    for sim in view.sims {
        let has_copy = explained(core, room.clone().offline_copy(sim.id.clone(), None).await)?;
        sims.push((sim, has_copy));
    }
    let esim = explained(core, room.esim_code().await)?;
    let language = arguments.phone.language();
    // What could not be had is not said to be nothing, and has no time at which it was checked.
    let never = || (sims.is_empty() && view.checked.is_none()).then(|| messages::start_sims_never(language));
    let notice = view.sims_notice.clone().or_else(never);
    let checked = view.checked.as_ref().filter(|_| notice.is_none());
    if arguments.json {
        terminal::print(&format!("{:#}\n", as_json(&sims, esim.as_ref(), notice.as_ref(), checked)))?;
        return Ok(code);
    }
    let operator = Text::foreign(&core.session().state().operator_name);
    let mut canvas = Canvas::for_reading(terminal::width(), terminal::colour());
    if let Some(notice) = &notice {
        canvas.hanging(Style::Warning, "! ", &notice.text);
    } else if sims.is_empty() {
        canvas.text(Style::Plain, &messages::terminal_sim_none(language, &operator).text);
    }
    draw(&mut canvas, &sims, esim.as_ref(), language);
    if let Some(checked) = checked {
        canvas.gap();
        canvas.text(Style::Quiet, &checked.text);
    }
    terminal::print(&terminal::plain(&canvas.finish()))?;
    Ok(code)
}

fn draw(canvas: &mut Canvas, sims: &[Listed], esim: Option<&EsimCodeView>, language: Language) {
    for (place, (sim, has_copy)) in (1..).zip(sims) {
        canvas.gap();
        let mark = if sims.len() > 1 { format!("{place}  ") } else { String::new() };
        canvas.hanging(Style::Strong, &mark, &sim.label.text);
        let copy =
            if *has_copy { messages::terminal_copy_kept(language) } else { messages::terminal_copy_none(language) };
        canvas.text(Style::Plain, &copy.text);
        let forget = if *has_copy { Some(" puk --forget-offline") } else { None };
        let shown = sim.tells_secrets.then_some([" pin", " puk"]).into_iter().flatten();
        let code = (sim.is_esim && (sim.tells_secrets || esim.is_some())).then_some(" code");
        for command in shown.chain(code).chain(forget) {
            canvas.hanging(Style::Quiet, "→ ", &format!("companion sim{command}{}", option(place, sims.len())));
        }
    }
    if let Some(esim) = esim {
        canvas.gap();
        canvas.text(Style::Plain, &esim.state.text);
        canvas.hanging(Style::Quiet, "→ ", "companion activation --works");
    }
}

fn as_json(sims: &[Listed], esim: Option<&EsimCodeView>, notice: Option<&Text>, checked: Option<&Text>) -> Value {
    let rows = sims.iter().map(|(sim, has_copy)| {
        json!({
            "id": sim.id, "label": text(&sim.label), "esim": sim.is_esim, "tells_secrets": sim.tells_secrets,
            "puk_copy_kept": has_copy,
        })
    });
    json!({
        "sims": rows.collect::<Vec<_>>(),
        "esim_code": esim.map(|esim| json!({
            "server": esim.server, "state": text(&esim.state), "handed_over_ms": esim.handed_over_ms,
            "has_confirmation": esim.has_confirmation,
        })),
        "notice": notice.map(text),
        "checked": checked.map(text),
    })
}
