//! A guide file: where phones keep the switch for Wi-Fi calling and what they call it, as data with sources. Pure: types of
//! a format of our own, whose limits are the types'.

mod guide;
mod operator;
mod support;
mod text;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

pub use guide::{
    Condition, Guide, Intent, Match, Menus, OwnMenus, Platform, Route, RouteKind, Skin, Step, StepKind, Together, Way,
};
pub use operator::{
    CallMode, Emergency, EmergencyAnswer, Epdg, Family, Operator, ProbePolicy, Proposal, PublishedPath, RoamingRule,
    Tunnel,
};
pub use support::{
    Answer, Check, Expected, Given, Next, Prerequisite, Severity, Symptom, SymptomAnswer, Verify, VerifyKind,
};
pub use text::{Id, Text, TextKey};

use crate::text::Language;
use text::at_most;

/// The format this core reads.
pub const SCHEMA: u32 = 1;

/// A whole file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GuideFile {
    /// The format: [`SCHEMA`].
    pub schema: u32,
    /// Grows with each issue; a smaller one never replaces a larger one.
    pub version: u64,
    /// When it was issued.
    pub issued: Timestamp,
    /// From when on it is not accepted as an update any more.
    pub expires: Timestamp,
    /// The first version of this core that does what the file asks for.
    pub min_core: CoreVersion,
    /// Where the facts are from.
    #[serde(deserialize_with = "at_most::<100, _, _>")]
    pub sources: Vec<Source>,
    /// What phones call things, by id.
    #[serde(deserialize_with = "at_most::<500, _, _>")]
    pub labels: Vec<LabelSet>,
    /// Ways to the switch, by id.
    #[serde(deserialize_with = "at_most::<300, _, _>")]
    pub routes: Vec<Route>,
    /// The way of last resort on each platform.
    pub search: Search,
    /// Which phones have which ways.
    #[serde(deserialize_with = "at_most::<300, _, _>")]
    pub guides: Vec<Guide>,
    /// What is known of operators, by the SIM's country and network code.
    #[serde(deserialize_with = "at_most::<50, _, _>")]
    pub operators: Vec<Operator>,
    /// What stands in the way, the most frequent first.
    #[serde(deserialize_with = "at_most::<50, _, _>")]
    pub prerequisites: Vec<Prerequisite>,
    /// How it is proved that calls go over Wi-Fi, in order.
    #[serde(deserialize_with = "at_most::<50, _, _>")]
    pub verify: Vec<Verify>,
    /// What to do when it does not work, or no longer.
    #[serde(deserialize_with = "at_most::<50, _, _>")]
    pub symptoms: Vec<Symptom>,
    /// How the network may be asked.
    pub probe_policy: ProbePolicy,
}

/// A version of this core: `0.1.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct CoreVersion([u16; 3]);

impl CoreVersion {
    /// Three numbers with points between. None: something else.
    pub fn parse(text: &str) -> Option<Self> {
        let is_bare = |number: &&str| number.bytes().all(|byte| byte.is_ascii_digit());
        let mut numbers = text.split('.').map(|number| Some(number).filter(is_bare)?.parse().ok());
        let version = [numbers.next()??, numbers.next()??, numbers.next()??];
        numbers.next().is_none().then_some(CoreVersion(version))
    }

    /// The version of this very core.
    pub fn own() -> Option<Self> {
        Self::parse(env!("CARGO_PKG_VERSION"))
    }
}

impl TryFrom<String> for CoreVersion {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("is no version such as 0.1.0")
    }
}

/// Where a fact is from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Source {
    /// By what guides and labels refer to it.
    pub id: Id,
    /// What it is.
    pub what: Text,
    /// How much it is worth.
    pub kind: SourceKind,
    /// Of when it is, as far as is known: `2026-09-27`, `2023`.
    #[serde(default)]
    pub dated: Option<Text>,
}

/// How much a source is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SourceKind {
    /// Strings, code or settings of a vendor.
    Strings,
    /// A page of a vendor, or one that cites it.
    VendorPage,
    /// A post of third parties.
    Post,
    /// The operator's own publication.
    Operator,
    /// A scientific paper.
    Paper,
    /// Common knowledge, not looked up.
    Knowledge,
}

impl SourceKind {
    /// Whether what it says may be called sure.
    pub fn is_first_hand(self) -> bool {
        matches!(self, SourceKind::Strings | SourceKind::VendorPage)
    }
}

/// How sure a label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Confidence {
    /// Extrapolated: a phone may call it something else.
    #[serde(rename = "L")]
    Low,
    /// Second-hand, or of a neighbouring version.
    #[serde(rename = "M")]
    Medium,
    /// Read in the vendor's own strings or pages.
    #[serde(rename = "H")]
    High,
}

/// Something for each language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InEach<T> {
    /// English.
    pub en: T,
    /// French.
    pub fr: T,
    /// Dutch.
    pub nl: T,
    /// German.
    pub de: T,
}

impl<T> InEach<T> {
    /// That of one language.
    pub fn of(&self, language: Language) -> &T {
        match language {
            Language::English => &self.en,
            Language::French => &self.fr,
            Language::Dutch => &self.nl,
            Language::German => &self.de,
        }
    }
}

/// What one thing on a screen is called.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LabelSet {
    /// By what steps refer to it.
    pub id: Id,
    /// In each language.
    pub labels: InEach<Wording>,
}

/// What something is called in one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Wording {
    /// Not known: the file says `"unknown"`, and nothing is made up.
    Unknown(Unknown),
    /// Known.
    Known(KnownWording),
}

/// The word `unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Unknown {
    /// `"unknown"`.
    Unknown,
}

/// What something is called, all variants that occur, the likeliest first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KnownWording {
    /// The texts as the phone shows them.
    #[serde(deserialize_with = "at_most::<6, _, _>")]
    pub variants: Vec<Text>,
    /// How sure that is.
    pub confidence: Confidence,
    /// Where it is from.
    #[serde(deserialize_with = "at_most::<8, _, _>")]
    pub sources: Vec<Id>,
}

impl Wording {
    /// What it is called, where that is known.
    pub fn known(&self) -> Option<&KnownWording> {
        match self {
            Wording::Known(known) => Some(known),
            Wording::Unknown(_) => None,
        }
    }
}

/// The routes through the search of a phone's settings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// On an iPhone.
    pub ios: Id,
    /// On Android.
    pub android: Id,
}

impl GuideFile {
    /// A label set by its id.
    pub fn label(&self, id: &Id) -> Option<&LabelSet> {
        self.labels.iter().find(|set| set.id == *id)
    }

    /// A route by its id.
    pub fn route(&self, id: &Id) -> Option<&Route> {
        self.routes.iter().find(|route| route.id == *id)
    }

    /// The search route of a platform.
    pub fn search_route(&self, platform: Platform) -> Option<&Route> {
        match platform {
            Platform::Ios => self.route(&self.search.ios),
            Platform::Android => self.route(&self.search.android),
        }
    }

    /// The guides of a family.
    pub fn family(&self, platform: Platform, family: &Id) -> impl Iterator<Item = &Guide> {
        let is_of = move |guide: &&Guide| {
            let own = match &guide.menus {
                Menus::Own(own) => own.family.as_ref(),
                Menus::As(_) => None,
            };
            guide.platform == platform && own == Some(family)
        };
        self.guides.iter().filter(is_of)
    }

    /// What is known of the operator of a SIM, by its country and network code as digits (E.212): `20605`. Never by the
    /// network's name: a roaming phone shows another's.
    pub fn operator(&self, plmn: &str) -> Option<&Operator> {
        self.operators.iter().find(|operator| operator.plmns.iter().any(|own| own.as_str() == plmn))
    }
}

impl Operator {
    /// What a phone shows while registered over Wi-Fi.
    pub fn name_over_wifi(&self) -> String {
        self.spn_pattern.as_str().replacen("%s", self.name.as_str(), 1)
    }

    /// The ePDGs to be used on a day.
    pub fn epdg_on(&self, day: Date) -> impl Iterator<Item = &Epdg> {
        self.epdg.iter().filter(move |epdg| epdg.from <= day && epdg.until.is_none_or(|until| day < until))
    }
}
