//! What a phone would tell of itself, told by hand: which phone, and what is the matter with its network.

use companion::vowifi::facts::{PhoneFacts, PhonePlatform, SimFacts};

/// The phone it is about. What is left out is not known, and is asked for.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct FactsArguments {
    /// Its maker: apple, samsung, google, xiaomi …
    #[arg(long)]
    maker: Option<String>,
    /// Its model: SM-S918B, iPhone15,2 …
    #[arg(long)]
    model: Option<String>,
    /// The version of its system: 18.1, 15 …
    #[arg(long)]
    os: Option<String>,
    /// What its maker put over Android, with its version: "One UI 6.1", "HyperOS 2"
    #[arg(long)]
    skin: Option<String>,
    /// The language of the phone's menus, which are quoted in it [default: that of what is explained]
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// Country and network code of a SIM in it, as 20605. May be repeated
    #[arg(long = "sim", value_name = "MCCMNC")]
    sims: Vec<String>,
    /// The SIMs are eSIMs
    #[arg(long)]
    esim: bool,
    /// What is so: vpn, private-dns, captive-portal, ethernet, airplane, roaming, restricted, in-call. May be repeated
    #[arg(long = "fact", value_name = "FACT", value_parser = FACTS)]
    facts: Vec<String>,
}

const FACTS: [&str; 8] =
    ["vpn", "private-dns", "captive-portal", "ethernet", "airplane", "roaming", "restricted", "in-call"];

impl FactsArguments {
    /// In the core's words.
    pub(super) fn facts(&self) -> PhoneFacts {
        let said = |told: &Option<String>| told.clone().unwrap_or_default();
        let is_apple =
            said(&self.maker).eq_ignore_ascii_case("apple") || said(&self.model).to_lowercase().starts_with("iphone");
        let so = |name: &str| self.facts.iter().any(|fact| fact == name).then_some(true);
        let sim = |operator: &String| SimFacts {
            operator: Some(operator.clone()),
            esim: self.esim.then_some(true),
            ..SimFacts::default()
        };
        PhoneFacts {
            maker: said(&self.maker),
            model: said(&self.model),
            os_version: said(&self.os),
            skin: self.skin.clone(),
            language: said(&self.lang),
            sims: self.sims.iter().map(sim).collect(),
            vpn: so("vpn"),
            private_dns: so("private-dns"),
            captive_portal: so("captive-portal"),
            ethernet: so("ethernet"),
            airplane_mode: so("airplane"),
            roaming: so("roaming"),
            restricted: so("restricted"),
            in_call: so("in-call"),
            ..PhoneFacts::of(if is_apple { PhonePlatform::Ios } else { PhonePlatform::Android })
        }
    }

    /// The same with this language of the menus, where none was said.
    pub(super) fn in_language(&self, language: &str) -> PhoneFacts {
        let facts = self.facts();
        if facts.language.is_empty() { PhoneFacts { language: language.to_owned(), ..facts } } else { facts }
    }
}
