//! `companion invoices claim` and `dispute`: what the person takes elsewhere.

use std::process::ExitCode;

use companion::invoices::Invoices;
use companion::invoices::claim::ClaimWish;
use companion::invoices::view::{InvoiceLineView, InvoiceSection};
use companion::{CompanionCore, Problem};

use super::show::lines;
use super::{Which, find, said};
use crate::phone::explained;
use crate::terminal;

#[derive(Debug, Clone, clap::Args)]
pub(super) struct Claim {
    #[command(flatten)]
    which: Which,
    /// A line, by its place in the detail of `companion invoices show`. May be repeated.
    #[arg(long = "line", required = true, value_name = "PLACE")]
    lines: Vec<usize>,
    /// A note of your own
    #[arg(long, default_value = "")]
    note: String,
    /// Also what tells of others and of whereabouts: texts of third parties' lines, and numbers that were called
    #[arg(long)]
    with_private_texts: bool,
    /// Write CSV instead of a sheet: lines alone, without a note
    #[arg(long, conflicts_with = "note")]
    csv: bool,
}

#[derive(Debug, Clone, clap::Args)]
pub(super) struct Dispute {
    #[command(flatten)]
    which: Which,
    /// The line, by its place in the detail of `companion invoices show`
    #[arg(long, value_name = "PLACE")]
    line: usize,
}

pub(super) async fn claim(wish: Claim) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (core, id, asked) = find(&wish.which).await?;
    let asked = said(asked);
    let room = core.invoices();
    let detail = detail(&core, &room, &id)?;
    let line_ids = wish.lines.iter().map(|place| of_place(&detail, *place)).collect::<Result<Vec<_>, _>>()?;
    let chosen = ClaimWish { line_ids, note: wish.note, with_private_texts: wish.with_private_texts };
    let sheet = explained(&core, room.claim(id, chosen))?;
    // The sheet says it itself; beside CSV there is no other place.
    if let Some(warning) = sheet.warning.filter(|_| wish.csv) {
        terminal::say(format_args!("companion: {}", warning.text));
    }
    let text = if wish.csv { sheet.csv } else { format!("{}\n\n{}\n", sheet.sheet.subject, sheet.sheet.body) };
    terminal::print(&text)?;
    let _ = core.suspend(5000);
    Ok(if asked { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

pub(super) async fn dispute(wish: Dispute) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (core, id, asked) = find(&wish.which).await?;
    let asked = said(asked);
    let room = core.invoices();
    let line = of_place(&detail(&core, &room, &id)?, wish.line)?;
    let letter = explained(&core, room.dispute(id, line))?;
    terminal::print(&format!("{}\n\n{}\n", letter.subject, letter.body))?;
    let _ = core.suspend(5000);
    Ok(if asked { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The lines of the detail. Fails where they were not read: what is not known is not said to be missing.
fn detail(core: &CompanionCore, room: &Invoices, id: &str) -> Result<Vec<InvoiceLineView>, String> {
    let is_here = room.invoice(id.to_owned()).is_some_and(|view| view.has_lines);
    let here = if is_here { Ok(()) } else { Err(Problem::Unexpected { code: "lines_not_here".to_owned() }) };
    explained(core, here)?;
    Ok(lines(room, id, InvoiceSection::Detail))
}

fn of_place(detail: &[InvoiceLineView], place: usize) -> Result<String, String> {
    let line = place.checked_sub(1).and_then(|at| detail.get(at));
    line.map(|line| line.line_id.clone())
        .ok_or_else(|| format!("there is no line {place}; see companion invoices show"))
}
