//! `companion wifi-calling lint`: what is wrong with a guide file, for those who issue one.

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

use companion::vowifi::guide::file::{MAX_BYTES, read};
use companion::vowifi::guide::lint::faults;

use crate::terminal;

#[derive(Debug, Clone, clap::Args)]
pub(super) struct Arguments {
    /// The guide file, as it is signed
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_BYTES)?.saturating_add(1);
    std::fs::File::open(&arguments.file)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .map_err(|error| format!("{}: {error}", arguments.file.display()))?;
    let file = read(&bytes).map_err(|error| format!("{}: {error}", arguments.file.display()))?;
    let faults = faults(&file);
    let lines: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
    let verdict = match faults.len() {
        0 => format!("version {}: {} guides, nothing wrong\n", file.version, file.guides.len()),
        count => format!("version {}: {count} to mend\n", file.version),
    };
    terminal::print(&format!("{lines}{verdict}"))?;
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
