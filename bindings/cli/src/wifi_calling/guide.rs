//! `companion wifi-calling guide`: where a phone keeps the switch.

use std::process::ExitCode;

use companion::text::Language;
use companion::vowifi::view::path::guide_of;

use super::facts::FactsArguments;
use super::{Outcome, draw};
use crate::terminal;

/// Show where a phone keeps the switch, in its own words. Nobody need be signed in
///
/// Exit status: 0 shown; 2 the phone cannot be understood as it was told.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    facts: FactsArguments,
    /// The language of what is explained: fr, nl, en or de [default: the environment's]
    #[arg(long, value_name = "LANG", value_parser = crate::phone::language)]
    language: Option<String>,
    /// Say why this guide, and how a computer at the other end of a cable opens the page on an Android phone
    #[arg(long)]
    why: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let language = Language::pick(&terminal::languages(arguments.language.as_deref()));
    let guide = guide_of(&arguments.facts.facts(language.tag()), language).ok_or("the guides cannot be read")?;
    let text = draw::guide(&guide, arguments.why, terminal::width(), terminal::colour());
    terminal::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
