//! `companion invoices show`.

use std::process::ExitCode;

use companion::invoices::Invoices;
use companion::invoices::view::{InvoiceLineView, InvoiceSection};

use super::{Which, draw, find, said};
use crate::terminal;

#[derive(Debug, Clone, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Print the view as JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (core, id, asked) = find(&arguments.which).await?;
    let asked = said(asked);
    let room = core.invoices();
    let view = room.invoice(id.clone()).ok_or("there is no such invoice; see companion invoices")?;
    let detail = lines(&room, &id, InvoiceSection::Detail);
    let beside = lines(&room, &id, InvoiceSection::OutOfBundle);
    let text = if arguments.json {
        format!("{:#}\n", draw::invoice_json(&view, &detail, &beside))
    } else {
        draw::invoice(&view, &detail, &beside, terminal::width(), terminal::colour())
    };
    terminal::print(&text)?;
    let _ = core.suspend(5000);
    Ok(if asked { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// All lines of a part, page by page as a phone takes them.
pub(crate) fn lines(room: &Invoices, id: &str, section: InvoiceSection) -> Vec<InvoiceLineView> {
    let mut all: Vec<InvoiceLineView> = Vec::new();
    loop {
        let page = room.lines(id.to_owned(), section, u32::try_from(all.len()).unwrap_or(u32::MAX));
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}
