//! `companion wifi-calling guide`: where a phone keeps the switch.

use std::process::ExitCode;

use companion::text::Language;
use companion::vowifi::view::path::guide_of;

use super::draw;
use super::facts::FactsArguments;
use crate::terminal;

#[derive(Debug, Clone, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    facts: FactsArguments,
    /// The language of what is explained: fr, nl, en or de [default: the environment's]
    #[arg(long, value_name = "LANG", value_parser = crate::phone::language)]
    language: Option<String>,
    /// Say why this guide
    #[arg(long)]
    why: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let language = Language::pick(&terminal::languages(arguments.language.as_deref()));
    let guide = guide_of(&arguments.facts.in_language(language.tag()), language).ok_or("the guides cannot be read")?;
    let text = draw::guide(&guide, arguments.why, terminal::width(), terminal::colour());
    terminal::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
