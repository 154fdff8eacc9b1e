//! `companion operator check`: the app's own core asks a live operator for everything its profile claims, somebody looks on,
//! and what was asked, answered and made of it is held against the contract. No second client has an idea of its own of what
//! an operator should say: what is a fault is what the core did not take, or took with a warning.
//!
//! | file | what it is for |
//! |---|---|
//! | [`walk`] | what is done, in which order |
//! | [`way_in`] | how the person signs in: a browser, or the form of a test system |
//! | [`recorder`] | who looks on |
//! | [`book`] | the contract: which line an exchange belongs to, and where that stands |
//! | [`judge`] | an exchange held against its line: status, type, tags |
//! | [`bodies`] | its body, read by the core's own readers |
//! | [`identity`] | what the core says of a provider in one word, told apart claim by claim |
//! | [`report`] | what came of it, as data: the shape of `--json` |
//! | [`layout`] | the same for reading |

pub mod blame;
pub mod bodies;
pub mod book;
pub mod identity;
pub mod judge;
pub mod layout;
pub mod recorder;
pub mod report;
pub mod shown;
pub mod stopped;
pub mod walk;
pub mod way_in;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use companion::operator::profile::Profile;

use super::faults;
use crate::interrupt::Stops;
use crate::terminal::{self, Unseen, plain};
use crate::{captures, interrupt};
use recorder::Recorder;
use report::{Refused, Report};
use walk::{Ended, Wish};
use way_in::WayIn;

/// Certificates included, a profile is a few kilobytes.
const LONGEST_PROFILE: u64 = 256 * 1024;
const LONGEST_PASSWORD: u64 = 4 * 1024;

/// Try a live operator against the contract
///
/// Signs in as one person of a test system, asks for everything the profile claims, and says what works, what was expected,
/// what came, and which line of core/profiles/contract.json says so. Only reads, unless `--write` is given. Keeps nothing,
/// and signs out at the end. Exit status: 0 every claimed capability works, perhaps with remarks; 1 one fails, or sign-in
/// does; 2 the profile is refused; 3 nothing was saved, whatever came of the check: the folder of --save is not free or cannot be
/// written, or something of a person could not be taken out.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The operator profile
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    /// Sign in as this person at a plain HTML form of a test system, without a browser; the password is asked for, or
    /// read from a pipe
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Read the password from this file
    #[arg(long, value_name = "FILE", requires = "user")]
    password_file: Option<PathBuf>,
    /// Also turn one notification the other way, and put it back
    #[arg(long)]
    write: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Write every exchange into this new folder, with nothing of anybody in it: to look at, and for `companion inspect --replay`
    #[arg(long, value_name = "DIR")]
    save: Option<PathBuf>,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let profile_json = read(&arguments.profile, LONGEST_PROFILE)
        .map_err(|error| format!("cannot read the profile {}: {error}", arguments.profile.display()))?;
    // Before anybody is asked for a password.
    if let Some(faults) = faults::told(&arguments.profile, &profile_json) {
        terminal::say(format_args!("companion: {faults}"));
        if arguments.json {
            let refused = Profile::faults(&profile_json).into_iter().map(Refused::from).collect();
            terminal::print_if_read(&Report::refused(refused).to_json())?;
        }
        return Ok(ExitCode::from(2));
    }
    let mut stops = Stops::listen()?;
    let way_in = tokio::select! {
        way_in = way_in(&arguments) => way_in?,
        status = stops.status() => return Ok(ExitCode::from(status)),
    };
    let wish = Wish { way_in, write: arguments.write };
    let progress = |what: &str| terminal::say(format_args!("… {what}"));
    // Before anybody signs in.
    if let Some(Err(why)) = arguments.save.as_deref().map(captures::is_free) {
        return Ok(not_saved(&why));
    }
    let recorder = Arc::new(Recorder::default());
    let mut status = interrupt::INTERRUPTED;
    let stop = async { status = stops.status().await };
    let ended = walk::check_before(&profile_json, &wish, progress, stop, recorder.clone()).await?;
    let report = match ended {
        Ended::Refused { field, reason } => {
            let why = format!("the profile {} is refused: {field} {reason}", arguments.profile.display());
            terminal::say(format_args!("companion: {}", plain(&why)));
            if arguments.json {
                let refused = Refused { field, reason, line: None, column: None };
                terminal::print_if_read(&Report::refused(vec![refused]).to_json())?;
            }
            return Ok(ExitCode::from(2));
        }
        Ended::Stopped => {
            terminal::say("companion: stopped, and signed out");
            return Ok(ExitCode::from(status));
        }
        Ended::Done(report) => report,
    };
    // Also where nobody reads on, what came of the check is how it ends.
    let text =
        if arguments.json { report.to_json() } else { layout::lay_out(&report, terminal::width(), terminal::colour()) };
    terminal::print_if_read(&text)?;
    if let Some(folder) = &arguments.save {
        let count = match captures::save(folder, &profile_json, &recorder.since(0)) {
            Ok(count) => count,
            Err(why) => return Ok(not_saved(&why)),
        };
        terminal::say(format_args!(
            "… {} saved in {}",
            terminal::counted(u64::try_from(count)?, "exchange"),
            folder.display()
        ));
    }
    Ok(ExitCode::from(u8::from(!report.works())))
}

/// The check stands: only its traffic is not kept.
fn not_saved(why: &captures::NotSaved) -> ExitCode {
    terminal::say(format_args!("companion: {}", plain(&why.to_string())));
    ExitCode::from(3)
}

fn read(file: &Path, longest: u64) -> std::io::Result<String> {
    let mut text = String::new();
    std::fs::File::open(file)?.take(longest).read_to_string(&mut text)?;
    Ok(text)
}

/// How the person signs in, asked for where it is not told.
async fn way_in(arguments: &Arguments) -> Result<WayIn, Box<dyn std::error::Error>> {
    let Some(name) = arguments.user.clone() else { return Ok(WayIn::Browser) };
    let text = match &arguments.password_file {
        Some(file) => {
            read(file, LONGEST_PASSWORD).map_err(|error| format!("cannot read {}: {error}", file.display()))?
        }
        None => {
            let unseen = Unseen::from_now();
            if unseen.is_some() {
                terminal::ask(format_args!("Password of {}:", plain(&name)));
            }
            let typed = terminal::line_typed().await.map_err(|error| format!("cannot read the password: {error}"))?;
            drop(unseen);
            typed.unwrap_or_default()
        }
    };
    let password = text.lines().next().unwrap_or_default();
    if password.is_empty() {
        // A page that is sent one with nothing in it counts a wrong try.
        return Err("there is no password: type it, or hand it over by a pipe or --password-file".into());
    }
    Ok(WayIn::Form { name, password: password.into() })
}
