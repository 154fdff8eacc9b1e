//! `companion esim parse`: what an activation code says, and what is odd in it.

use std::fmt::Write;
use std::io::{self, IsTerminal, Read};
use std::process::ExitCode;

use companion::activation::lpa::{ActivationCode, ActivationCodeFault, ActivationCodeWarning, LONGEST_TEXT, ReadCode};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::text;
use crate::inspect::snake_case;
use crate::terminal;

/// UTF-16 has twice the bytes of the longest text, and a byte order mark; one more shows that it is too long.
const LONGEST_INPUT: u64 = 2 * LONGEST_TEXT as u64 + 3;

/// Say what an activation code of an eSIM (SGP.22) says, and what is odd in it
///
/// Whoever has the code has the line, so only its server and what it asks for are printed. Prefer the standard input: what is
/// typed as an argument stays in the shell's history and can be seen by others on this computer.
///
/// Exit status: 0 a code, nothing odd; 1 a code that phones may take differently, with the reasons; 2 no code.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Arguments {
    /// The code, as LPA:1$… or 1$…, or a text, a mail or a link that holds it; `-` is the standard input, to its end
    #[arg(value_name = "CODE", default_value = "-")]
    code: String,
    /// Also print the secret parts: the matching id, and the code as a QR code holds it
    #[arg(long)]
    reveal: bool,
    /// Print one JSON object instead of text
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let read = match arguments.code.as_str() {
        "-" => from_standard_input()?,
        code => ActivationCode::read(code),
    };
    match read {
        Ok(read) => {
            let text = match arguments.json {
                true => format!("{:#}\n", as_json(&read, arguments.reveal)),
                false => as_text(&read, arguments.reveal)?,
            };
            terminal::print(&text)?;
            Ok(if read.warnings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
        }
        Err(fault) if arguments.json => {
            terminal::print(&format!("{:#}\n", json!({ "fault": snake_case(&format!("{fault:?}")) })))?;
            Ok(ExitCode::from(2))
        }
        Err(fault) => Err(format!("this is no code to install an eSIM with: {fault}").into()),
    }
}

fn from_standard_input() -> io::Result<Result<ReadCode, ActivationCodeFault>> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        terminal::say("Paste the code, then Enter and Ctrl-D.");
    }
    let mut bytes = Vec::new();
    stdin.lock().take(LONGEST_INPUT).read_to_end(&mut bytes)?;
    Ok(match text::decoded(&bytes) {
        Some(text) => ActivationCode::read(&text),
        None => Err(ActivationCodeFault::Charset),
    })
}

fn as_text(read: &ReadCode, reveal: bool) -> Result<String, std::fmt::Error> {
    let code = &read.code;
    let id = match (code.matching_id().expose_secret(), reveal) {
        ("", _) => "none: the server finds the profile by the phone".to_owned(),
        (id, true) => id.to_owned(),
        (id, false) => {
            let (length, them) =
                (u64::try_from(id.len()).unwrap_or(u64::MAX), if id.len() == 1 { "it" } else { "them" });
            format!("{}, hidden (--reveal shows {them})", terminal::counted(length, "character"))
        }
    };
    let confirmation = match code.needs_confirmation() {
        true => "asked for",
        false => "not asked for by the code; the server may ask all the same",
    };
    let mut text = String::new();
    writeln!(text, "SM-DP+ address     {}", code.address().as_str())?;
    writeln!(text, "Matching id        {id}")?;
    writeln!(text, "SM-DP+ OID         {}", code.oid().unwrap_or("none"))?;
    writeln!(text, "Confirmation code  {confirmation}")?;
    if reveal {
        writeln!(text, "Code               {}", code.in_qr().expose_secret())?;
    }
    for warning in &read.warnings {
        writeln!(text, "! {}", sentence(*warning))?;
    }
    Ok(text)
}

fn sentence(warning: ActivationCodeWarning) -> &'static str {
    match warning {
        ActivationCodeWarning::Invisible => {
            "It held characters that nobody sees, such as a change of direction; they are left out."
        }
        ActivationCodeWarning::Joined => {
            "What stood after a break was taken as its rest, and may be something else, such as a confirmation code."
        }
        ActivationCodeWarning::LeftOut => "Other text stood around it, and is left out.",
        ActivationCodeWarning::Dash => "A dash stood in it, and was read as a hyphen.",
        ActivationCodeWarning::Unfinished => "It seems to be cut short: it ends after the address, or in a hyphen.",
        ActivationCodeWarning::MatchingIdCharacters => {
            "The matching id has other characters than letters, digits and hyphens."
        }
        ActivationCodeWarning::OidMalformed => "What stands in place of the SM-DP+ OID is none.",
        ActivationCodeWarning::UnknownFlag => {
            "The flag of the confirmation code is other than 1, and is taken as not asked for."
        }
        ActivationCodeWarning::LaterFields => "It has fields of a later version of the standard.",
    }
}

/// Names in snake case; what is hidden or absent is `null`.
fn as_json(read: &ReadCode, reveal: bool) -> Value {
    let code = &read.code;
    let id = Some(code.matching_id().expose_secret()).filter(|id| !id.is_empty());
    let warnings = read.warnings.iter().map(|warning| snake_case(&format!("{warning:?}")));
    json!({
        "address": code.address().as_str(),
        "has_matching_id": id.is_some(),
        "matching_id": id.filter(|_| reveal),
        "oid": code.oid(),
        "needs_confirmation": code.needs_confirmation(),
        "code": reveal.then(|| code.in_qr().expose_secret().to_owned()),
        "warnings": warnings.collect::<Vec<_>>(),
    })
}
