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

use crate::terminal::{self, plain};
use crate::{captures, interrupt};
use recorder::Recorder;
use report::Report;
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
    /// Sign in as this person at a plain HTML form of a test system, without a browser; the password is read from standard
    /// input
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Read the password from this file in place of standard input
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
    let way_in = match &arguments.user {
        Some(name) => {
            WayIn::Form { name: name.clone(), password: password(arguments.password_file.as_deref())?.into() }
        }
        None => WayIn::Browser,
    };
    let wish = Wish { way_in, write: arguments.write };
    let progress = |what: &str| eprintln!("… {what}");
    // Before anybody signs in.
    if let Some(Err(why)) = arguments.save.as_deref().map(captures::is_free) {
        return Ok(not_saved(&why));
    }
    let recorder = Arc::new(Recorder::default());
    let stop = async { drop(tokio::signal::ctrl_c().await) };
    let ended = walk::check_before(&profile_json, &wish, progress, stop, recorder.clone()).await?;
    let report = match ended {
        Ended::Refused { field, reason } => {
            let why = format!("the profile {} is refused: {field} {reason}", arguments.profile.display());
            eprintln!("companion: {}", plain(&why));
            if arguments.json {
                terminal::print(&Report::refused(&field, &reason).to_json())?;
            }
            return Ok(ExitCode::from(2));
        }
        Ended::Stopped => {
            eprintln!("companion: stopped, and signed out");
            return Ok(interrupt::stopped());
        }
        Ended::Done(report) => report,
    };
    let text =
        if arguments.json { report.to_json() } else { layout::lay_out(&report, terminal::width(), terminal::colour()) };
    terminal::print(&text)?;
    if let Some(folder) = &arguments.save {
        let count = match captures::save(folder, &profile_json, &recorder.since(0)) {
            Ok(count) => count,
            Err(why) => return Ok(not_saved(&why)),
        };
        eprintln!("… {} saved in {}", terminal::counted(u64::try_from(count)?, "exchange"), folder.display());
    }
    Ok(ExitCode::from(u8::from(!report.works())))
}

/// The check stands: only its traffic is not kept.
fn not_saved(why: &captures::NotSaved) -> ExitCode {
    eprintln!("companion: {}", plain(&why.to_string()));
    ExitCode::from(3)
}

fn read(file: &Path, longest: u64) -> std::io::Result<String> {
    let mut text = String::new();
    std::fs::File::open(file)?.take(longest).read_to_string(&mut text)?;
    Ok(text)
}

/// The password: the first line of what is there.
fn password(file: Option<&Path>) -> Result<String, String> {
    let text = match file {
        Some(file) => {
            read(file, LONGEST_PASSWORD).map_err(|error| format!("cannot read {}: {error}", file.display()))?
        }
        None => {
            let mut text = String::new();
            let read = std::io::stdin().lock().take(LONGEST_PASSWORD).read_to_string(&mut text);
            read.map_err(|error| format!("cannot read the password: {error}"))?;
            text
        }
    };
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
