//! `companion inspect`: what the core understands of an operator's documents, for the people who write them.

mod layout;
mod replay;
mod report;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use companion::activation::tmf as activation;
use companion::operator::tolerant::{MAX_JSON_BYTES, Unreadable, is_number};
use companion::operator::units::{CycleEnd, DataBase};
use companion::preferences::tmf::{self as preferences, Decoded, communication, named};
use companion::session::{Line, Lines};
use companion::usage::tmf::{self, HowToRead};
use companion::vowifi::tmf as services;
use jiff::tz::TimeZone;

pub use replay::{Replayed, replay};
pub(crate) use report::snake_case;
use report::{Numbers, Outcome, Report};

use crate::phone::language;

/// Say what the core understands of an operator's documents (TMF677 usage, all generations, notification preferences,
/// services for Wi-Fi calling, orders of lines, or SIMs), and everything odd in them.
///
/// Exit status: 0 everything was understood (notes say by which assumption); 1 understood in part: something a document
/// says is not shown; 2 a document was refused or could not be read. Of several documents the worst counts.
#[derive(Debug, Args)]
pub struct Inspect {
    /// The documents; `-` is the standard input.
    #[arg(required_unless_present = "replay", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Play a folder of captures, as `companion operator check --save` writes it, through the whole core, and show what it makes
    /// of them: every screen, and every warning, and what of them is not played. Exit status 1 also where a screen could not be
    /// loaded, or the core asked for what was not captured.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["files", "preferences", "services", "orders", "sims", "lines", "user", "unit_base", "cycle_end"])]
    replay: Option<PathBuf>,
    /// The language of the screens of --replay: fr, nl, en or de [default: the environment's]
    #[arg(long, value_name = "LANG", value_parser = language, requires = "replay")]
    language: Option<String>,
    /// Read notification preferences instead of usage, as the profile's `apis.preferences.resource` names them.
    #[arg(long, value_enum, value_name = "RESOURCE")]
    preferences: Option<Preferences>,
    /// Read services (TMF638, TMF640) instead of usage: whether Wi-Fi calling is on for the lines named with --line. A
    /// service that names no line is that of the only one.
    #[arg(long, requires = "lines", conflicts_with_all = ["preferences", "user"])]
    services: bool,
    /// Read product orders (TMF622) instead of usage: which lines they give the person named with --user, and how far they are.
    #[arg(long, requires = "user", conflicts_with_all = ["preferences", "services", "lines"])]
    orders: bool,
    /// Read resources (TMF639) instead of usage: which SIMs the person named with --user has.
    #[arg(long, requires = "user", conflicts_with_all = ["preferences", "services", "lines", "orders"])]
    sims: bool,
    /// Print one JSON object a document instead of text.
    #[arg(long)]
    json: bool,
    /// Read as if this line had been asked for, in E.164 (+32470123456): others are dropped. May be repeated.
    /// Without it every line is kept, and its number is printed masked.
    #[arg(long = "line", value_name = "NUMBER", value_parser = number)]
    lines: Vec<String>,
    /// Read as this person (the party id, OpenID Connect's `sub`), to see their share of a shared bucket.
    #[arg(long, value_name = "ID")]
    user: Option<String>,
    /// What GB means where the document does not say GiB.
    #[arg(long, value_enum, default_value_t = UnitBase::Decimal)]
    unit_base: UnitBase,
    /// What an end date without time of day means.
    #[arg(long, value_enum, default_value_t = End::Exclusive)]
    cycle_end: End,
}

/// Where an operator keeps notification preferences.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "camelCase")]
enum Preferences {
    /// A list of `CommunicationPreference`, or one alone.
    CommunicationPreference,
    /// An `Individual` with `partyCharacteristic` (TMF632).
    PartyCharacteristic,
    /// A `Service` with `feature` (TMF638).
    ServiceFeature,
}

impl Preferences {
    fn read(self, body: &[u8], line: Option<&str>) -> Result<Decoded, Unreadable> {
        match self {
            Preferences::CommunicationPreference => {
                let how = line.map(|line| preferences::HowToRead { line_id: line, msisdn: Some(line) });
                communication::read(body, how.as_ref(), preferences::OwnNames::NONE)
            }
            Preferences::PartyCharacteristic => {
                named::read(body, named::Array::PartyCharacteristic, preferences::OwnNames::NONE)
            }
            Preferences::ServiceFeature => named::read(body, named::Array::Feature, preferences::OwnNames::NONE),
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum UnitBase {
    /// 1 GB is 10⁹ bytes.
    Decimal,
    /// 1 GB is 2³⁰ bytes.
    Binary,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum End {
    /// The first day of the next cycle.
    Exclusive,
    /// The last day of the cycle.
    Inclusive,
}

impl Inspect {
    /// Reads and prints each document, or replays a folder; the worst outcome is the exit status.
    pub async fn run(&self) -> Result<ExitCode, Box<dyn std::error::Error>> {
        match &self.replay {
            Some(folder) => replay::run(folder, self.json, self.language.as_deref()).await,
            None => Ok(self.read_all()),
        }
    }

    fn read_all(&self) -> ExitCode {
        let zone: TimeZone = jiff::tz::get!("Europe/Brussels");
        let how = HowToRead {
            lines: (!self.lines.is_empty()).then_some(self.lines.as_slice()),
            line_id: None,
            me: self.user.as_deref(),
            time_zone: &zone,
            data_base: match self.unit_base {
                UnitBase::Decimal => DataBase::Decimal,
                UnitBase::Binary => DataBase::Binary,
            },
            cycle_end: match self.cycle_end {
                End::Exclusive => CycleEnd::Exclusive,
                End::Inclusive => CycleEnd::Inclusive,
            },
        };
        let mut worst = Outcome::Understood;
        let mut out = io::stdout().lock();
        for (index, file) in self.files.iter().enumerate() {
            let report = self.inspect(file, &how);
            worst = worst.max(report.outcome);
            let text = if self.json { report.to_json() } else { layout::lay_out(&report) };
            let gap = if index > 0 && !self.json { "\n" } else { "" };
            // Whoever reads may stop reading, as `head` does.
            if write!(out, "{gap}{text}").is_err() {
                break;
            }
        }
        ExitCode::from(worst as u8)
    }
}

/// A line as it may be asked for: written like a telephone number, spaces and punctuation aside.
fn number(text: &str) -> Result<String, String> {
    match is_number(text) {
        true => Ok(text.to_owned()),
        false => Err("this is not a telephone number; write one such as +32470123456".to_owned()),
    }
}

impl Inspect {
    /// The lines as a session would know them. Their ids are the operator's and not known here.
    fn asked_for(&self) -> Lines {
        Lines(self.lines.iter().map(|number| Line { id: number.clone(), msisdn: Some(number.clone()) }).collect())
    }

    fn inspect(&self, file: &Path, how: &HowToRead<'_>) -> Report {
        let name = if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() };
        match read(file) {
            Err(error) => Report::unreadable(name, &error),
            Ok(body) if self.orders => {
                match activation::read_orders(&body, how.me.unwrap_or_default(), how.time_zone) {
                    Ok(told) => Report::of_orders(name, &told, how.time_zone),
                    Err(unread) => Report::unread(name, unread),
                }
            }
            Ok(body) if self.sims => match activation::read_sims(&body, how.me.unwrap_or_default()) {
                Ok(told) => Report::of_sims(name, &told),
                Err(unread) => Report::unread(name, unread),
            },
            Ok(body) if self.services => match services::read_services(&body, &self.asked_for()) {
                Ok(told) => Report::of_services(name, &told),
                Err(unreadable) => Report::refused(name, &unreadable.into()),
            },
            Ok(body) => match self.preferences {
                Some(resource) => match resource.read(&body, self.lines.first().map(String::as_str)) {
                    Ok(decoded) => Report::of_preferences(name, &decoded),
                    Err(unreadable) => Report::refused(name, &unreadable.into()),
                },
                None => match tmf::decode(&body, how) {
                    Ok(decoded) => {
                        let numbers = if how.lines.is_some() { Numbers::InFull } else { Numbers::Masked };
                        Report::understood(name, &decoded, how.time_zone, numbers)
                    }
                    Err(refusal) => Report::refused(name, &refusal),
                },
            },
        }
    }
}

/// One byte more than the decoder takes is enough to see it refused.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    let limit = u64::try_from(MAX_JSON_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut body = Vec::new();
    if file == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut body)?;
    } else {
        File::open(file)?.take(limit).read_to_end(&mut body)?;
    }
    Ok(body)
}
