//! What a phone would tell of itself, told by hand: which phone, and what is the matter with its network.

use clap::builder::PossibleValuesParser;
use companion::vowifi::facts::{PhoneFacts, PhonePlatform, SimFacts};

/// The longest name that is taken: of a longer one nothing is understood.
const LONGEST: usize = 100;

/// The phone it is about. What is left out is not known, and is asked for.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct FactsArguments {
    /// Its maker: apple, samsung, google, xiaomi …
    #[arg(long, value_parser = name)]
    maker: Option<String>,
    /// Its model: SM-S918B, iPhone15,2 …
    #[arg(long, value_parser = name)]
    model: Option<String>,
    /// The version of its system: 18.1, 15 …
    #[arg(long, value_parser = version, allow_negative_numbers = true)]
    os: Option<String>,
    /// What its maker put over Android, with its version: "One UI 6.1", "HyperOS 2"
    #[arg(long, value_parser = name)]
    skin: Option<String>,
    /// The language of the phone's menus, which are quoted in it where it is fr, nl, en or de, and in English where it is
    /// another [default: that of what is explained]
    #[arg(long, value_name = "LANG", value_parser = name)]
    lang: Option<String>,
    /// Country and network code of a SIM in it, as 20605. May be repeated
    #[arg(long = "sim", value_name = "MCCMNC", value_parser = network)]
    sims: Vec<String>,
    /// The SIMs are eSIMs
    #[arg(long)]
    esim: bool,
    /// What is so. May be repeated
    #[arg(long = "fact", value_name = "FACT", value_parser = PossibleValuesParser::new(FACTS.map(|(name, _)| name)))]
    facts: Vec<String>,
}

/// Where a fact stands among a phone's.
type Place = fn(&mut PhoneFacts) -> &mut Option<bool>;

/// What may be said to be so.
const FACTS: [(&str, Place); 8] = [
    ("vpn", |facts| &mut facts.vpn),
    ("private-dns", |facts| &mut facts.private_dns),
    ("captive-portal", |facts| &mut facts.captive_portal),
    ("ethernet", |facts| &mut facts.ethernet),
    ("airplane", |facts| &mut facts.airplane_mode),
    ("roaming", |facts| &mut facts.roaming),
    ("restricted", |facts| &mut facts.restricted),
    ("in-call", |facts| &mut facts.in_call),
];

impl FactsArguments {
    /// In the core's words. Menus are in `language` where no other was said.
    pub(super) fn facts(&self, language: &str) -> PhoneFacts {
        let said = |told: &Option<String>| told.clone().unwrap_or_default();
        let is_apple =
            said(&self.maker).eq_ignore_ascii_case("apple") || said(&self.model).to_lowercase().starts_with("iphone");
        let sim = |operator: &String| SimFacts {
            operator: Some(operator.clone()),
            esim: self.esim.then_some(true),
            ..SimFacts::default()
        };
        let mut facts = PhoneFacts {
            maker: said(&self.maker),
            model: said(&self.model),
            os_version: said(&self.os),
            skin: self.skin.clone(),
            language: self.lang.clone().unwrap_or_else(|| language.to_owned()),
            sims: self.sims.iter().map(sim).collect(),
            ..PhoneFacts::of(if is_apple { PhonePlatform::Ios } else { PhonePlatform::Android })
        };
        for (name, place) in FACTS {
            if self.facts.iter().any(|fact| fact == name) {
                *place(&mut facts) = Some(true);
            }
        }
        facts
    }
}

/// A name as a phone would tell it.
fn name(told: &str) -> Result<String, String> {
    let told = told.trim();
    if told.is_empty() {
        Err("say what it is, or leave it out".to_owned())
    } else if told.chars().count() > LONGEST {
        Err(format!("no name is longer than {LONGEST} characters"))
    } else if told.chars().any(char::is_control) {
        Err("control characters are no part of a name".to_owned())
    } else {
        Ok(told.to_owned())
    }
}

fn version(told: &str) -> Result<String, String> {
    let told = name(told)?;
    if told.starts_with(|c: char| c.is_alphanumeric()) {
        Ok(told)
    } else {
        Err("a version begins with a digit or a letter: 18.1, 15".to_owned())
    }
}

fn network(told: &str) -> Result<String, String> {
    let digits = told.trim();
    if matches!(digits.len(), 5 | 6) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(digits.to_owned())
    } else {
        Err("country and network code are five or six digits: 20605".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        facts: FactsArguments,
    }

    fn facts(arguments: &[&str]) -> PhoneFacts {
        Line::try_parse_from([&["companion"], arguments].concat()).unwrap().facts.facts("fr")
    }

    #[test]
    fn each_fact_that_may_be_said_is_told_and_no_other() {
        for (name, place) in FACTS {
            let mut told = facts(&["--fact", name]);
            assert_eq!(place(&mut told).take(), Some(true), "{name}");
            assert_eq!(told, facts(&[]), "{name}");
        }
    }

    #[test]
    fn a_phone_of_apple_runs_ios_and_its_menus_are_in_the_language_that_was_said() {
        let cases = [
            (&["--maker", "Apple"][..], PhonePlatform::Ios, "fr"),
            (&["--model", "iPhone15,2", "--lang", "de"], PhonePlatform::Ios, "de"),
            (&["--maker", " samsung "], PhonePlatform::Android, "fr"),
            (&[], PhonePlatform::Android, "fr"),
        ];
        for (arguments, platform, language) in cases {
            let told = facts(arguments);
            assert_eq!((told.platform, told.language.as_str()), (platform, language), "{arguments:?}");
        }
    }
}
