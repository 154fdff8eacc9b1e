//! `companion wifi-calling lint`: what is wrong with a guide file, or a folder of its parts, for those who issue one.

use std::path::PathBuf;
use std::process::ExitCode;

use companion::vowifi::guide::file::{FileError, read};
use companion::vowifi::guide::lint::faults;

use super::Outcome;
use super::parts::Parts;
use crate::terminal;

/// Say what is wrong with a guide file, before it is signed
///
/// Each fault is a line with its file and its place there. Exit status: 0 nothing is wrong; 1 there are faults; 2 it cannot be
/// read.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Arguments {
    /// The guide file as it is signed, or a folder of its parts: every .json in it but schema.json, lists one after the other
    #[arg(value_name = "FILE")]
    path: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let parts = Parts::of(&arguments.path)?;
    let file = read(&parts.whole()?).map_err(|error| match error {
        FileError::Malformed { place, what } => {
            format!("{} is not as it should be: {what}", parts.place(place.as_str()))
        }
        other => format!("{}: {other}", arguments.path.display()),
    })?;
    let faults = faults(&file);
    let lines: String =
        faults.iter().map(|fault| format!("{}: {}\n", parts.place(fault.place.as_str()), fault.rule)).collect();
    let verdict = match faults.len() {
        0 => {
            let guides = terminal::counted(u64::try_from(file.guides.len())?, "guide");
            format!("version {}: {guides}, nothing wrong\n", file.version)
        }
        count => format!("version {}: {count} to mend\n", file.version),
    };
    terminal::print(&format!("{lines}{verdict}"))?;
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
