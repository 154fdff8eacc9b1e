//! `companion sim`: which SIMs there are; and PIN, PUK and the code of an eSIM, on a terminal that somebody looks at, for half a
//! minute.

mod list;
mod presence;
mod screen;
mod which;

pub use which::option;

use std::error::Error;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use companion::activation::Activation;
use companion::activation::view::code::{EsimCodeView, EsimPhone, EsimReadiness};
use companion::activation::view::secrets::{SimSecretKind, SimSecretView};
use companion::frame::Place;
use companion::problem::SignInFailure;
use companion::text::{Language, Text, messages};
use companion::{CompanionCore, Problem};

use self::presence::AskedPresence;
use self::screen::{Screen, WIPED};
use crate::draw::canvas::{Canvas, Style};
use crate::interrupt::Stops;
use crate::phone::{NO_SIMS, PhoneArguments, explained, offers};
use crate::terminal;

/// List your SIMs, and what is kept here of them; or show a secret of one: its PIN, its PUK, or the code of an eSIM
///
/// A secret asks you to press Enter first, then the operator, unless it is kept here. It goes from the terminal after half a
/// minute, when you press Enter or q, and when the command is stopped, also by Ctrl-Z.
///
/// Exit status: 0 shown, or the copy is deleted (--forget-offline); 1 not shown, because nobody pressed Enter or the operator
/// wants a newer sign-in, or a list as it is kept here because the operator could not be asked; 2 it did not work, nobody is
/// signed in, or there is no such SIM or several; 128 and the number of the signal that stopped it, as 130 for Ctrl-C.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    list: list::List,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Show the PIN
    Pin(Shown),
    /// Show the PUK
    Puk {
        #[command(flatten)]
        shown: Shown,
        /// Keep a copy here, to be shown without a network
        #[arg(long)]
        keep_offline: bool,
        /// Delete the copy here, and show nothing
        #[arg(long, conflicts_with = "keep_offline")]
        forget_offline: bool,
    },
    /// Get the code of an eSIM, and what to type in a phone's settings: the one that is kept here, without a network too
    Code {
        #[command(flatten)]
        shown: Shown,
        /// Ask the operator although a code is kept here, which is replaced
        #[arg(long)]
        anew: bool,
    },
}

#[derive(Debug, clap::Args)]
struct Shown {
    #[command(flatten)]
    phone: PhoneArguments,
    /// Which SIM, by its place in the list of companion sim, or its id; needed where there are several
    #[arg(long, value_name = "SIM")]
    sim: Option<String>,
    /// Show it although nobody may be looking: the output is no terminal, and it stays there
    #[arg(long)]
    reveal: bool,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let Some(command) = arguments.command else {
        let core = arguments.list.phone.open(None)?;
        let outcome = list::run(&core, &arguments.list).await;
        core.suspend(5000)?;
        return outcome;
    };
    let shown = match &command {
        Command::Pin(shown) | Command::Code { shown, .. } | Command::Puk { shown, .. } => shown,
    };
    let forgets = matches!(&command, Command::Puk { forget_offline: true, .. });
    if !forgets && !shown.reveal && !std::io::stdout().is_terminal() {
        return Err(
            "the output is no terminal, where a secret would stay. With --reveal it is printed all the same".into()
        );
    }
    let presence = AskedPresence { language: shown.phone.language() };
    let core = shown.phone.open_asking(None, Some(Arc::new(presence)))?;
    let mut stops = Stops::suspending_too()?;
    tokio::select! {
        outcome = act(&core, &command, shown, presence) => {
            core.suspend(5000)?;
            outcome
        }
        // What is shown goes with what showed it, and whoever stops it hears of nothing else.
        status = stops.status() => {
            let _ = core.suspend(5000);
            Ok(ExitCode::from(status))
        }
    }
}

async fn act(
    core: &CompanionCore,
    command: &Command,
    shown: &Shown,
    presence: AskedPresence,
) -> Result<ExitCode, Box<dyn Error>> {
    let (room, language) = (core.activation(), presence.language);
    if !offers(core, Place::Sim) {
        return Err(NO_SIMS.into());
    }
    let sim = which::meant(core, shown.sim.as_deref(), language).await?;
    match command {
        Command::Puk { forget_offline: true, .. } => {
            explained(core, room.offline_copy(sim.id, Some(false)).await)?;
            terminal::print(&sentences(&[messages::terminal_copy_none(language)]))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Puk { keep_offline, .. } => {
            let revealed = room.clone().reveal(sim.id.clone(), SimSecretKind::Puk, None).await;
            let Some(view) = or_not(core, revealed, language)? else {
                return Ok(ExitCode::from(1));
            };
            let mut note = None;
            if *keep_offline {
                explained(core, room.clone().offline_copy(sim.id, Some(true)).await)?;
                note = Some(messages::terminal_copy_kept(language));
            }
            show(&room, &view, note, language).await
        }
        Command::Pin(_) => {
            let revealed = room.clone().reveal(sim.id, SimSecretKind::Pin, None).await;
            let Some(view) = or_not(core, revealed, language)? else {
                return Ok(ExitCode::from(1));
            };
            show(&room, &view, None, language).await
        }
        Command::Code { .. } if !sim.is_esim => Err(messages::terminal_code_card(language).text.into()),
        Command::Code { anew, .. } => {
            let kept = if *anew { None } else { kept_code(core, language).await? };
            if let Some((code, notes)) = kept {
                if !presence.is_there(&messages::esim_code_prompt(language)).await? {
                    terminal::print(&sentences(&[messages::terminal_nothing_shown(language)]))?;
                    return Ok(ExitCode::from(1));
                }
                return show_code(core, &room, &code, notes, language).await;
            }
            let fetched = room.clone().fetch_code(sim.id, None).await;
            let Some(code) = or_not(core, fetched, language)? else {
                return Ok(ExitCode::from(1));
            };
            show_code(core, &room, &code, Vec::new(), language).await
        }
    }
}

/// The code that is kept here, with what to say of that.
async fn kept_code(core: &CompanionCore, language: Language) -> Result<Option<(EsimCodeView, Vec<Text>)>, String> {
    let room = core.activation();
    let kept = explained(core, room.clone().esim_code().await)?;
    let esims = room.state().sims.iter().filter(|sim| sim.is_esim).count();
    let operator = Text::foreign(&core.session().state().operator_name);
    // It is kept without the name of its SIM.
    let whose = (esims > 1).then(|| messages::terminal_code_whose(language));
    let notes = std::iter::once(messages::sim_from_copy(language, &operator)).chain(whose).collect();
    Ok(kept.map(|code| (code, notes)))
}

/// A refusal that the person mends is no failure of the command.
fn or_not<T>(
    core: &CompanionCore,
    outcome: Result<T, Problem>,
    language: Language,
) -> Result<Option<T>, Box<dyn Error>> {
    match outcome {
        Err(problem @ Problem::SignIn { reason: SignInFailure::StepUpRequired }) => {
            let mut canvas = Canvas::for_reading(terminal::width(), terminal::colour());
            canvas.text(Style::Plain, &core.explain(problem).sentence);
            canvas.hanging(Style::Quiet, "→ ", "companion sign-in --step-up");
            terminal::print(&canvas.finish())?;
            Ok(None)
        }
        Err(problem) if problem.is_cancelled() => {
            terminal::print(&sentences(&[messages::terminal_nothing_shown(language)]))?;
            Ok(None)
        }
        outcome => Ok(Some(explained(core, outcome)?)),
    }
}

/// Sentences, each on lines of its own.
fn sentences(texts: &[Text]) -> String {
    let mut canvas = Canvas::for_reading(terminal::width(), terminal::colour());
    for text in texts {
        canvas.text(Style::Plain, &terminal::plain(&text.text));
    }
    canvas.finish()
}

/// What it means, then the digits alone on the last line, which is emptied when the time is over.
async fn show(
    room: &Arc<Activation>,
    view: &SimSecretView,
    note: Option<Text>,
    language: Language,
) -> Result<ExitCode, Box<dyn Error>> {
    let lines =
        [Some(&view.title), view.source.as_ref(), Some(&view.attempts), view.warning.as_ref(), Some(&view.keypad)];
    let lines: Vec<Text> = lines.into_iter().flatten().cloned().chain(note).collect();
    if !std::io::stdout().is_terminal() {
        terminal::print(&sentences(&lines))?;
        terminal::print(&format!("{}\n", view.plain))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut screen = Screen::enter()?;
    terminal::print(&sentences(&[lines, vec![messages::terminal_hide(language)]].concat()))?;
    while let Some(shown) = room.shown_secret() {
        terminal::print(&format!("{WIPED}{}", last_line(&shown, terminal::width())))?;
        if screen.key_within(Duration::from_millis(500)).await {
            room.hide();
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The digits, and when they go: on one line, as only one can be emptied. Without blanks, as they are typed and copied.
fn last_line(shown: &SimSecretView, width: usize) -> String {
    let whole = format!("  {}   {}", shown.plain, shown.hides.text);
    if whole.chars().count() < width { whole } else { format!("  {}   {} s", shown.plain, shown.seconds_left) }
}

async fn show_code(
    core: &CompanionCore,
    room: &Arc<Activation>,
    code: &EsimCodeView,
    notes: Vec<Text>,
    language: Language,
) -> Result<ExitCode, Box<dyn Error>> {
    // This computer is no phone: what to type is what any phone asks for.
    let phone = EsimPhone::Android { api_level: None, link_opens: None };
    let handover = explained(core, room.clone().handover(phone, EsimReadiness::default()).await)?;
    let mut screen = if std::io::stdout().is_terminal() { Some(Screen::enter()?) } else { None };
    let hide = screen.as_ref().map(|_| messages::terminal_hide(language));
    let said: Vec<Text> =
        notes.into_iter().chain(code.warnings.clone()).chain([handover.afterwards]).chain(hide).collect();
    terminal::print(&sentences(&said))?;
    for field in handover.routes.iter().flat_map(|route| &route.fields) {
        // Not wrapped: it is copied.
        terminal::print(&terminal::plain(&format!("{}\n  {}\n", field.label.text, field.value)))?;
    }
    if let Some(screen) = &mut screen {
        screen.key_within(Duration::from_secs(30)).await;
    }
    Ok(ExitCode::SUCCESS)
}
