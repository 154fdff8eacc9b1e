//! `companion invoices`: the person's own invoices: which there are, why one came, how to pay it, and what to do with its lines.

mod claim;
mod download;
pub(crate) mod draw;
mod pay;
pub(crate) mod show;

use std::process::ExitCode;
use std::sync::Arc;

use companion::CompanionCore;
use companion::invoices::Invoices;
use companion::invoices::view::{InvoicesPhase, InvoicesView};

use crate::phone::{NOBODY, PhoneArguments, explained};
use crate::terminal;

/// Show your own invoices, why one came, and how to pay it
///
/// Exit status: 0 as the operator has it, or as it is kept where nothing else was asked for (`--offline`); 1 what is kept here,
/// as the operator could not be asked; 2 nobody is signed in, or nothing is known.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    phone: PhoneArguments,
    /// Print the view as JSON
    #[arg(long)]
    json: bool,
    /// Do not ask the operator, show what is kept
    #[arg(long)]
    offline: bool,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum Command {
    /// Show one invoice as it is printed: why it came, overview, detail, out of bundle
    Show(show::Arguments),
    /// Show how to pay one: the operator's link, what to copy, a QR for a bank's app
    Pay(pay::Arguments),
    /// Fetch the printed document into a folder of yours
    Download(download::Arguments),
    /// Write chosen lines on a sheet to reclaim from the employer
    Claim(claim::Claim),
    /// Write a question about a third party's line
    Dispute(claim::Dispute),
}

/// An invoice, and the phone it is on.
#[derive(Debug, Clone, clap::Args)]
struct Which {
    #[command(flatten)]
    phone: PhoneArguments,
    /// Its number, its id, or its place in the list
    #[arg(default_value = "1")]
    invoice: String,
    /// Do not ask the operator, use what is kept
    #[arg(long)]
    offline: bool,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    match arguments.command {
        None => list(&arguments.phone, arguments.json, arguments.offline).await,
        Some(Command::Show(show)) => show::run(show).await,
        Some(Command::Pay(pay)) => pay::run(pay).await,
        Some(Command::Download(download)) => download::run(download).await,
        Some(Command::Claim(wish)) => claim::claim(wish).await,
        Some(Command::Dispute(wish)) => claim::dispute(wish).await,
    }
}

async fn list(phone: &PhoneArguments, json: bool, offline: bool) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let core = phone.open(None)?;
    let room = core.invoices();
    let asked = asks(&core, &room, offline).await;
    let view = room.state();
    // The screen says it itself, at its top.
    let is_drawn = !json && nothing(view.phase).is_none() && view.notice.is_some();
    let asked = if is_drawn { asked.is_ok() } else { said(asked) };
    let text = if json {
        format!("{:#}\n", draw::json(&view))
    } else if let Some(nothing) = nothing(view.phase) {
        format!("{nothing}\n")
    } else {
        draw::list(&view, terminal::width(), terminal::colour())
    };
    terminal::print(&text)?;
    let _ = core.suspend(5000);
    Ok(verdict(&view, asked))
}

/// What is said where there is no list.
fn nothing(phase: InvoicesPhase) -> Option<&'static str> {
    match phase {
        InvoicesPhase::SignedOut => Some(NOBODY),
        InvoicesPhase::Locked => Some("The app is locked."),
        InvoicesPhase::NotOffered => Some("Your operator does not offer invoices in the app."),
        InvoicesPhase::NeverLoaded | InvoicesPhase::EmployerPays | InvoicesPhase::Loaded => None,
    }
}

fn verdict(view: &InvoicesView, asked: bool) -> ExitCode {
    match view.phase {
        InvoicesPhase::Loaded | InvoicesPhase::EmployerPays if asked => ExitCode::SUCCESS,
        InvoicesPhase::Loaded | InvoicesPhase::EmployerPays => ExitCode::from(1),
        _ => ExitCode::from(2),
    }
}

/// Asks the operator for the list, where that is wanted. Why it could not, in words.
async fn asks(core: &CompanionCore, room: &Arc<Invoices>, offline: bool) -> Result<(), String> {
    let signed_in =
        matches!(room.state().phase, InvoicesPhase::Loaded | InvoicesPhase::NeverLoaded | InvoicesPhase::EmployerPays);
    if offline || !signed_in {
        return Ok(());
    }
    explained(core, room.clone().refresh(None).await)
}

/// Says why the operator could not be asked. Whether it could.
fn said(asked: Result<(), String>) -> bool {
    if let Err(why) = &asked {
        terminal::say(format_args!("companion: {why}"));
    }
    asked.is_ok()
}

/// Opens the phone and finds the invoice, asking the operator as far as that is wanted. Tells why it did not answer.
async fn find(which: &Which) -> Result<(Arc<CompanionCore>, String, Result<(), String>), Box<dyn std::error::Error>> {
    let core = which.phone.open(None)?;
    let room = core.invoices();
    let mut asked = asks(&core, &room, which.offline).await;
    let view = room.state();
    if !matches!(view.phase, InvoicesPhase::Loaded) {
        asked?;
        let said = view.empty.map(|empty| format!("{}. {}", empty.title.text, empty.detail.text));
        return Err(said
            .unwrap_or_else(|| nothing(view.phase).unwrap_or("no invoice is known here").to_owned())
            .into());
    }
    let documents: Vec<_> = view.rows.iter().filter(|row| row.invoice_id.is_some()).collect();
    let wanted = which.invoice.trim();
    let by_name = documents.iter().find(|row| {
        let number = row.number.as_ref().and_then(|number| number.text.split(' ').next_back());
        row.invoice_id.as_deref() == Some(wanted) || number == Some(wanted)
    });
    let by_place = || wanted.parse::<usize>().ok().and_then(|place| documents.get(place.checked_sub(1)?));
    let row = by_name.or_else(by_place).ok_or("there is no such invoice; see companion invoices")?;
    let id = row.invoice_id.clone().unwrap_or_default();
    if !which.offline && asked.is_ok() {
        asked = explained(&core, room.refresh_invoice(id.clone(), None).await);
    }
    Ok((core, id, asked))
}
