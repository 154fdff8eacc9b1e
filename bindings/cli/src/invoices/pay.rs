//! `companion invoices pay`.

use std::process::ExitCode;

use super::{Which, draw, find, said};
use crate::phone::explained;
use crate::terminal;

#[derive(Debug, Clone, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// My bank does not recognise the reference: put it into the message instead
    #[arg(long)]
    as_message: bool,
    /// I compared this account with one I know, and accept it
    #[arg(long, value_name = "IBAN")]
    accept_account: Option<String>,
    /// Note that I paid
    #[arg(long, conflicts_with = "not_paid")]
    paid: bool,
    /// Take that note back
    #[arg(long)]
    not_paid: bool,
    /// Print nothing but what the QR says, for a program that draws it
    #[arg(long, conflicts_with = "paid")]
    payload: bool,
}

pub(super) async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (core, id, asked) = find(&arguments.which).await?;
    let asked = said(asked);
    let room = core.invoices();
    if let Some(iban) = arguments.accept_account {
        explained(&core, room.clone().confirm_payee(id.clone(), iban).await)?;
    }
    if arguments.paid || arguments.not_paid {
        explained(&core, room.clone().mark_paid(id.clone(), arguments.paid).await)?;
        let done = if arguments.paid { "noted that you paid" } else { "the note that you paid is taken back" };
        terminal::say(format_args!("companion: {done}"));
    }
    let view = room.payment(id, arguments.as_message).ok_or("there is no such invoice; see companion invoices")?;
    let text = if arguments.payload {
        format!("{}\n", view.qr.ok_or("nothing of this invoice can be put into a QR")?.payload)
    } else {
        draw::payment(&view, terminal::width(), terminal::colour())
    };
    terminal::print(&text)?;
    let _ = core.suspend(5000);
    Ok(if asked { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
