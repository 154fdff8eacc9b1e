//! `companion notifications`: what the person wants to be told of. A switch counts once it is written down here; the
//! operator hears of it when it can be reached, at the latest with the next command.

mod find;

use std::fmt::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use companion::CompanionCore;
use companion::preferences::Preferences;
use companion::preferences::view::{
    PreferenceChannel, PreferenceSwitchView, PreferenceTopic, PreferencesPhase, PreferencesView, SwitchPhase,
};
use serde_json::{Value, json};

use crate::phone::{NOBODY, PhoneArguments, explained};
use crate::terminal;

/// How long a command waits for the operator's word.
const PATIENCE: Duration = Duration::from_secs(3);

/// Show or change what you are told of, and how
///
/// Turning a switch works without a network: it is kept here and sent as soon as the operator can be reached. Exit status: 0
/// as the operator has it; 1 kept here and still to be sent or chosen, or just refused; 2 nothing was done. That something
/// was refused is said by every list, and is the exit status of the command that meets it.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum Command {
    /// Show every switch
    List(List),
    /// Turn a switch on
    On(Which),
    /// Turn a switch off
    Off(Which),
    /// Keep your own choice where it was changed elsewhere
    KeepMine(Which),
    /// Keep the other choice where it was changed elsewhere
    KeepTheirs(Which),
}

#[derive(Debug, Clone, clap::Args)]
struct List {
    #[command(flatten)]
    phone: PhoneArguments,
    /// Print the view as JSON
    #[arg(long)]
    json: bool,
    /// Do not ask the operator, show what is kept
    #[arg(long)]
    offline: bool,
}

#[derive(Debug, Clone, clap::Args)]
struct Which {
    #[command(flatten)]
    phone: PhoneArguments,
    /// What about: usage, out-of-bundle, bill, payment, order, wifi-calling, roaming, news
    topic: String,
    /// How: push, sms, email
    channel: String,
    /// The line, by its place in the list
    #[arg(long, default_value_t = 1)]
    line: usize,
    /// From which share of the allowance, where the operator has a switch for each of several
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(1..=100))]
    threshold: Option<u8>,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    match arguments.command {
        Some(Command::List(list)) => show(list).await,
        Some(Command::On(which)) => turn(&which, |room, id| Box::pin(room.set(id, true))).await,
        Some(Command::Off(which)) => turn(&which, |room, id| Box::pin(room.set(id, false))).await,
        Some(Command::KeepMine(which)) => turn(&which, |room, id| Box::pin(room.keep_mine(id))).await,
        Some(Command::KeepTheirs(which)) => turn(&which, |room, id| Box::pin(room.keep_theirs(id))).await,
        None => Err("say list, on or off; see companion notifications --help".into()),
    }
}

async fn show(arguments: List) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let core = arguments.phone.open(None)?;
    let room = core.preferences();
    let before = room.state();
    let outcome = match before.phase {
        PreferencesPhase::Loaded | PreferencesPhase::NeverLoaded if !arguments.offline => {
            room.clone().refresh(None).await
        }
        _ => Ok(()),
    };
    let view = room.state();
    terminal::print(&if arguments.json { format!("{:#}\n", to_json(&view)) } else { in_words(&view) })?;
    let _ = core.suspend(5000);
    Ok(match view.phase {
        PreferencesPhase::Loaded if outcome.is_ok() && is_settled(&before, &view) => ExitCode::SUCCESS,
        PreferencesPhase::Loaded => ExitCode::from(1),
        _ => ExitCode::from(2),
    })
}

/// What is said where the operator keeps none.
const NOT_OFFERED: &str = "Your operator does not offer notification preferences in the app.";

type Done = std::pin::Pin<Box<dyn Future<Output = Result<(), companion::Problem>> + Send>>;

async fn turn(
    which: &Which,
    act: impl FnOnce(Arc<Preferences>, String) -> Done,
) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let core = which.phone.open(None)?;
    let room = core.preferences();
    if room.state().phase == PreferencesPhase::NotOffered {
        return Err(NOT_OFFERED.into());
    }
    if room.state().phase == PreferencesPhase::NeverLoaded {
        explained(&core, room.clone().refresh(None).await)?;
    }
    let found = find::find(&room.state(), which)?;
    if !found.can_change {
        let why = found.status.map(|status| status.text).unwrap_or_default();
        return Err(format!("{}: {why}", found.title.text).into());
    }
    let id = found.preference_id;
    explained(&core, act(room.clone(), id.clone()).await)?;
    // What was turned is on the disk; the rest is only waiting for the operator's word.
    let _ = tokio::time::timeout(PATIENCE, settled(&core, &id)).await;
    let switch = room.state().lines.into_iter().flat_map(|line| line.topics).flat_map(|topic| topic.switches);
    let switch = switch.into_iter().find(|switch| switch.preference_id == id);
    let mut text = String::new();
    if let Some(switch) = &switch {
        draw(&mut text, switch)?;
    }
    terminal::print(&text)?;
    core.suspend(5000)?;
    Ok(match switch.map(|switch| switch.phase) {
        Some(SwitchPhase::Confirmed) => ExitCode::SUCCESS,
        _ => ExitCode::from(1),
    })
}

/// Waits until the operator has answered, or cannot be reached.
async fn settled(core: &CompanionCore, id: &str) {
    loop {
        let view = core.preferences().state();
        let sending =
            |switch: &&PreferenceSwitchView| switch.preference_id == id && switch.phase == SwitchPhase::Sending;
        if switches(&view).find(sending).is_none() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Whether nothing is left to be sent or chosen, and nothing was refused that an earlier command had not met.
fn is_settled(before: &PreferencesView, view: &PreferencesView) -> bool {
    let was = |id: &str| switches(before).find(|switch| switch.preference_id == id).map(|switch| switch.phase);
    switches(view).all(|switch| match switch.phase {
        SwitchPhase::Confirmed => true,
        SwitchPhase::Refused | SwitchPhase::Expired => was(&switch.preference_id) == Some(switch.phase),
        SwitchPhase::Sending | SwitchPhase::Waiting | SwitchPhase::Requested | SwitchPhase::Conflict => false,
    })
}

fn switches(view: &PreferencesView) -> impl Iterator<Item = &PreferenceSwitchView> {
    view.lines.iter().flat_map(|line| &line.topics).flat_map(|topic| &topic.switches)
}

pub(crate) fn in_words(view: &PreferencesView) -> String {
    match view.phase {
        PreferencesPhase::SignedOut => return format!("{NOBODY}\n"),
        PreferencesPhase::NotOffered => return format!("{NOT_OFFERED}\n"),
        PreferencesPhase::Locked => return "The app is locked.\n".to_owned(),
        PreferencesPhase::NeverLoaded | PreferencesPhase::Loaded => {}
    }
    let mut text = String::new();
    if let Some(notice) = &view.notice {
        let _ = writeln!(text, "! {}\n", notice.text);
    }
    for line in &view.lines {
        if view.lines.len() > 1 {
            let _ = writeln!(text, "{}\n", line.label.text);
        }
        for topic in &line.topics {
            let _ = writeln!(text, "{}", topic.title.text);
            for switch in &topic.switches {
                let _ = draw(&mut text, switch);
            }
            if let Some(note) = &topic.note {
                let _ = writeln!(text, "  {}", note.text);
            }
            text.push('\n');
        }
    }
    text
}

/// `[x] SMS from 80%   Sending`
fn draw(text: &mut String, switch: &PreferenceSwitchView) -> std::fmt::Result {
    let mark = if switch.on { "[x]" } else { "[ ]" };
    let status = switch.status.as_ref().map(|status| format!("  · {}", status.text)).unwrap_or_default();
    writeln!(text, "  {mark} {}{status}", switch.title.text)?;
    if let Some(conflict) = &switch.conflict {
        writeln!(text, "      {}: {}", conflict.keep_mine_label.text, conflict.mine.text)?;
        writeln!(text, "      {}: {}", conflict.keep_theirs_label.text, conflict.theirs.text)?;
    }
    Ok(())
}

pub(crate) fn to_json(view: &PreferencesView) -> Value {
    let text = |text: &companion::text::Text| json!({ "text": text.text, "spoken": text.spoken });
    let switch = |switch: &PreferenceSwitchView| {
        json!({
            "id": switch.preference_id,
            "channel": channel_name(switch.channel),
            "title": text(&switch.title),
            "on": switch.on,
            "threshold_percent": switch.threshold_percent,
            "can_change": switch.can_change,
            "phase": phase_name(switch.phase),
            "status": switch.status.as_ref().map(text),
            "pending_since_ms": switch.pending_since_ms,
            "conflict": switch.conflict.as_ref().map(|conflict| json!({
                "mine": text(&conflict.mine), "theirs": text(&conflict.theirs),
            })),
        })
    };
    json!({
        "phase": match view.phase {
            PreferencesPhase::SignedOut => "signed_out",
            PreferencesPhase::Locked => "locked",
            PreferencesPhase::NotOffered => "not_offered",
            PreferencesPhase::NeverLoaded => "never_loaded",
            PreferencesPhase::Loaded => "loaded",
        },
        "notice": view.notice.as_ref().map(crate::draw::json::notice),
        "waiting": view.waiting,
        "lines": view.lines.iter().map(|line| json!({
            "id": line.line_id,
            "label": text(&line.label),
            "topics": line.topics.iter().map(|topic| json!({
                "topic": topic_name(topic.topic),
                "title": text(&topic.title),
                "note": topic.note.as_ref().map(text),
                "switches": topic.switches.iter().map(switch).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn topic_name(topic: PreferenceTopic) -> &'static str {
    match topic {
        PreferenceTopic::UsageThreshold => "usage",
        PreferenceTopic::OutOfBundle => "out-of-bundle",
        PreferenceTopic::BillReady => "bill",
        PreferenceTopic::Payment => "payment",
        PreferenceTopic::OrderStatus => "order",
        PreferenceTopic::WifiCalling => "wifi-calling",
        PreferenceTopic::Roaming => "roaming",
        PreferenceTopic::Marketing => "news",
        PreferenceTopic::Other => "other",
    }
}

fn channel_name(channel: PreferenceChannel) -> &'static str {
    match channel {
        PreferenceChannel::Push => "push",
        PreferenceChannel::Sms => "sms",
        PreferenceChannel::Email => "email",
        PreferenceChannel::Other => "other",
    }
}

fn phase_name(phase: SwitchPhase) -> &'static str {
    match phase {
        SwitchPhase::Confirmed => "confirmed",
        SwitchPhase::Sending => "sending",
        SwitchPhase::Waiting => "waiting",
        SwitchPhase::Requested => "requested",
        SwitchPhase::Conflict => "conflict",
        SwitchPhase::Refused => "refused",
        SwitchPhase::Expired => "expired",
    }
}
