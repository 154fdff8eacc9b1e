//! `companion sim`: PIN, PUK and the code of an eSIM, on a terminal that somebody looks at, for half a minute.

mod presence;

use std::error::Error;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use companion::activation::Activation;
use companion::activation::view::code::{EsimCodeView, EsimPhone, EsimReadiness};
use companion::activation::view::secrets::{SimSecretKind, SimSecretView};
use companion::problem::SignInFailure;
use companion::{CompanionCore, Problem};

use self::presence::AskedPresence;
use crate::phone::{PhoneArguments, explained};
use crate::terminal;

/// Show a secret of your SIM: its PIN, its PUK, or the code of an eSIM
///
/// Asks you to press Enter first, then the operator. What is shown goes from the terminal after half a minute. Exit status:
/// 0 shown; 1 not shown, because nobody pressed Enter or the operator wants a newer sign-in; 2 it did not work.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
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
    /// Get the code of an eSIM, and what to type in a phone's settings
    Code(Shown),
}

#[derive(Debug, clap::Args)]
struct Shown {
    #[command(flatten)]
    phone: PhoneArguments,
    /// Which SIM, by the id that companion activation shows; needed where there are several
    #[arg(long, value_name = "ID")]
    sim: Option<String>,
    /// Show it although nobody may be looking: the output is no terminal, and it stays there
    #[arg(long)]
    reveal: bool,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let shown = match &arguments.command {
        Command::Pin(shown) | Command::Code(shown) | Command::Puk { shown, .. } => shown,
    };
    let forgets = matches!(&arguments.command, Command::Puk { forget_offline: true, .. });
    if !forgets && !shown.reveal && !std::io::stdout().is_terminal() {
        return Err(
            "the output is no terminal, where a secret would stay. With --reveal it is printed all the same".into()
        );
    }
    let core = shown.phone.open_asking(None, Some(Arc::new(AskedPresence)))?;
    let outcome = tokio::select! {
        outcome = act(&core, &arguments.command, shown) => outcome,
        _ = tokio::signal::ctrl_c() => {
            if std::io::stdout().is_terminal() {
                terminal::print(LEAVE)?;
            }
            Ok(ExitCode::SUCCESS)
        }
    };
    core.suspend(5000)?;
    outcome
}

/// Back to the start of the line, and the line emptied.
const WIPED: &str = "\r\x1b[2K";
/// The screen beside the usual one (xterm's 1049): with it goes all that was written there, however it was wrapped.
const ENTER: &str = "\x1b[?1049h\x1b[H";
const LEAVE: &str = "\x1b[?1049l";

async fn act(core: &CompanionCore, command: &Command, shown: &Shown) -> Result<ExitCode, Box<dyn Error>> {
    let room = core.activation();
    let sim = match &shown.sim {
        Some(sim) => sim.clone(),
        None => only_sim(core).await?,
    };
    match command {
        Command::Puk { forget_offline: true, .. } => {
            explained(core, room.offline_copy(sim, Some(false)).await)?;
            terminal::print("There is no copy of the PUK here.\n")?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Puk { keep_offline, .. } => {
            let Some(view) = or_not(core, room.clone().reveal(sim.clone(), SimSecretKind::Puk, None).await)? else {
                return Ok(ExitCode::from(1));
            };
            let note = if *keep_offline {
                explained(core, room.clone().offline_copy(sim, Some(true)).await)?;
                "A copy is kept here. Delete it with: companion sim puk --forget-offline\n"
            } else {
                ""
            };
            show(&room, &view, note).await
        }
        Command::Pin(_) => {
            let Some(view) = or_not(core, room.clone().reveal(sim, SimSecretKind::Pin, None).await)? else {
                return Ok(ExitCode::from(1));
            };
            show(&room, &view, "").await
        }
        Command::Code(_) => {
            let Some(code) = or_not(core, room.clone().fetch_code(sim, None).await)? else {
                return Ok(ExitCode::from(1));
            };
            show_code(core, &room, &code).await
        }
    }
}

/// The person's SIM, where they have one: as it is known here, or as the operator has it.
async fn only_sim(core: &CompanionCore) -> Result<String, Box<dyn Error>> {
    let room = core.activation();
    if room.state().sims.is_empty() {
        explained(core, room.clone().refresh(None).await)?;
    }
    let sims: Vec<String> = room.state().sims.into_iter().map(|sim| sim.id).collect();
    match sims.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err("the operator tells of no SIM of yours".into()),
        several => Err(format!("there are several SIMs; say which with --sim: {}", several.join(", ")).into()),
    }
}

/// A refusal that the person mends is no failure of the command.
fn or_not<T>(core: &CompanionCore, outcome: Result<T, Problem>) -> Result<Option<T>, Box<dyn Error>> {
    match outcome {
        Err(problem @ Problem::SignIn { reason: SignInFailure::StepUpRequired }) => {
            let sentence = core.explain(problem).sentence;
            terminal::print(&format!("{sentence}\nDo so with: companion sign-in --step-up\n"))?;
            Ok(None)
        }
        Err(problem) if problem.is_cancelled() => {
            terminal::print("Nothing is shown.\n")?;
            Ok(None)
        }
        outcome => Ok(Some(explained(core, outcome)?)),
    }
}

/// What it means, then the digits alone on the last line, which is emptied when the time is over.
async fn show(room: &Arc<Activation>, view: &SimSecretView, note: &str) -> Result<ExitCode, Box<dyn Error>> {
    let lines =
        [Some(&view.title), view.source.as_ref(), Some(&view.attempts), view.warning.as_ref(), Some(&view.keypad)];
    let lines: String = lines.into_iter().flatten().map(|line| format!("{}\n", line.text)).collect();
    if std::io::stdout().is_terminal() {
        terminal::print(ENTER)?;
    }
    terminal::print(&terminal::plain(&format!("{lines}{note}")))?;
    if !std::io::stdout().is_terminal() {
        terminal::print(&format!("{}\n", view.plain))?;
        return Ok(ExitCode::SUCCESS);
    }
    while let Some(shown) = room.shown_secret() {
        terminal::print(&format!("{WIPED}  {}   {}", shown.digits.text, shown.hides.text))?;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    terminal::print(LEAVE)?;
    Ok(ExitCode::SUCCESS)
}

async fn show_code(
    core: &CompanionCore,
    room: &Arc<Activation>,
    code: &EsimCodeView,
) -> Result<ExitCode, Box<dyn Error>> {
    // This computer is no phone: what to type is what any phone asks for.
    let phone = EsimPhone::Android { api_level: None, link_opens: None };
    let handover = explained(core, room.clone().handover(phone, EsimReadiness::default()).await)?;
    let warnings: String = code.warnings.iter().map(|warning| format!("{}\n", warning.text)).collect();
    if std::io::stdout().is_terminal() {
        terminal::print(ENTER)?;
    }
    terminal::print(&terminal::plain(&format!("{warnings}{}\n", handover.afterwards.text)))?;
    for field in handover.routes.iter().flat_map(|route| &route.fields) {
        terminal::print(&terminal::plain(&format!("  {}: {}\n", field.label.text, field.value)))?;
    }
    if std::io::stdout().is_terminal() {
        tokio::time::sleep(Duration::from_secs(30)).await;
        terminal::print(LEAVE)?;
    }
    Ok(ExitCode::SUCCESS)
}
