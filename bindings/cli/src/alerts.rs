//! `companion alerts`: what the person is told of their usage. The terminal is the notification: what is due is printed,
//! and marked as told.

mod choice;

use std::fmt::Write;
use std::process::ExitCode;

use companion::CompanionCore;
use companion::alerts::{Alert, AlertClass, AlertsPhase, AlertsView, OwnThreshold, ThresholdView, ToldState};
use companion::frame::Place;
use companion::text::Text;
use serde_json::{Value, json};

use crate::phone::{NO_USAGE, NOBODY, PhoneArguments, explained, offers};
use crate::terminal;

/// Show usage alerts: what is due now, what was told in this cycle, and when you are told
///
/// What is due is shown once, as a notification would be. Exit status: 0 shown; 1 by the figures as kept, because the
/// operator could not be asked; 2 nobody is signed in.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    choice: Option<choice::Choice>,
    #[command(flatten)]
    phone: PhoneArguments,
    /// Print it as JSON, as the phones get it
    #[arg(long)]
    json: bool,
    /// Do not ask the operator, decide by what is kept
    #[arg(long)]
    offline: bool,
    /// Show how an alert looks
    #[arg(long)]
    sample: bool,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    if let Some(choice) = arguments.choice {
        return choice.run().await;
    }
    let core = arguments.phone.open(None)?;
    if !offers(&core, Place::Usage) {
        terminal::print(&format!("{NO_USAGE}\n"))?;
        return Ok(ExitCode::from(2));
    }
    let alerts = core.alerts();
    if alerts.state().phase != AlertsPhase::Ready {
        terminal::print(&if arguments.json {
            format!("{:#}\n", to_json(&[], &alerts.state()))
        } else {
            format!("{NOBODY}\n")
        })?;
        return Ok(ExitCode::from(2));
    }
    let asked = if arguments.offline { Ok(()) } else { core.usage().refresh(None).await };
    let asked = explained(&core, asked);
    if let Err(why) = &asked {
        // What is due is due all the same, by the figures that are kept.
        terminal::say(format_args!("companion: {why}"));
    }
    let due = due(&core, arguments.sample).await?;
    let view = alerts.state();
    let shown = if arguments.json { format!("{:#}\n", to_json(&due, &view)) } else { in_words(&due, &view) };
    terminal::print(&shown)?;
    // Printed is told.
    for alert in due {
        explained(&core, alerts.clone().posted(alert.id).await)?;
    }
    let _ = core.suspend(5000);
    Ok(if asked.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn due(core: &CompanionCore, sample: bool) -> Result<Vec<Alert>, String> {
    let mut due = explained(core, core.alerts().due_alerts().await)?;
    due.extend(sample.then(|| core.alerts().try_one()));
    Ok(due)
}

pub(crate) fn in_words(due: &[Alert], view: &AlertsView) -> String {
    let mut text = String::new();
    for alert in due {
        let _ = writeln!(text, "! {}\n  {}\n", alert.title, alert.body);
    }
    for told in &view.told {
        let _ = writeln!(text, "{}\n  {}\n  {}", told.title.text, told.body.text, told.timing.text);
    }
    if !view.told.is_empty() {
        text.push('\n');
    }
    text.push_str(&when(view));
    if let Some(note) = &view.sent_note {
        text.push('\n');
        for sent in &view.sent {
            let _ = writeln!(text, "{} · {}", sent.text.text, sent.by.text);
        }
        let _ = writeln!(text, "{}", note.text);
    }
    text
}

/// When the person is told: the operator's thresholds, their own, and when they are left alone.
fn when(view: &AlertsView) -> String {
    let mut text = String::new();
    for ThresholdView { text: threshold, .. } in &view.fixed {
        let _ = writeln!(text, "{}", threshold.text);
    }
    for ThresholdView { text: threshold, .. } in &view.own {
        let _ = writeln!(text, "{} · yours", threshold.text);
    }
    let _ = writeln!(text, "{}", view.quiet.text.text);
    text
}

/// The view for machines: the records under their own names, in snake case; what is absent is `null`.
pub(crate) fn to_json(due: &[Alert], view: &AlertsView) -> Value {
    let phase = match view.phase {
        AlertsPhase::SignedOut => "signed_out",
        AlertsPhase::Locked => "locked",
        AlertsPhase::Ready => "ready",
    };
    let due = due.iter().map(|alert| {
        json!({
            "id": alert.id,
            "title": alert.title,
            "body": alert.body,
            "spoken": alert.spoken,
            "lock_screen": alert.lock_screen,
        })
    });
    let told = view.told.iter().map(|told| {
        json!({
            "id": told.id,
            "kind": told.kind.map(kind),
            "title": text(&told.title),
            "body": text(&told.body),
            "state": match told.state {
                ToldState::Told => "told",
                ToldState::Waiting => "waiting",
                ToldState::InAppOnly => "in_app_only",
            },
            "timing": text(&told.timing),
        })
    });
    let sent =
        view.sent.iter().map(|sent| json!({ "kind": kind(sent.kind), "text": text(&sent.text), "by": text(&sent.by) }));
    json!({
        "revision": view.revision,
        "phase": phase,
        "due": due.collect::<Vec<_>>(),
        "told": told.collect::<Vec<_>>(),
        "fixed": view.fixed.iter().map(threshold).collect::<Vec<_>>(),
        "own": view.own.iter().map(threshold).collect::<Vec<_>>(),
        "sent": sent.collect::<Vec<_>>(),
        "sent_note": view.sent_note.as_ref().map(text),
        "quiet": {
            "text": text(&view.quiet.text),
            "from_minute": view.quiet.from_minute,
            "to_minute": view.quiet.to_minute,
        },
        "next_due_ms": view.next_due_ms,
    })
}

fn threshold(view: &ThresholdView) -> Value {
    let (kind, value) = match view.threshold {
        OwnThreshold::Share { percent } => ("percent", u32::from(percent)),
        OwnThreshold::Costs { cents } => ("cents", cents),
        OwnThreshold::EveryCosts { cents } => ("every_cents", cents),
    };
    json!({ "text": text(&view.text), kind: value })
}

fn kind(kind: AlertClass) -> &'static str {
    match kind {
        AlertClass::Statutory => "statutory",
        AlertClass::Employer => "employer",
        AlertClass::Personal => "personal",
    }
}

fn text(text: &Text) -> Value {
    json!({ "text": text.text, "spoken": text.spoken })
}
