//! Which phones have which ways to the switch, step by step.

use jiff::civil::Date;
use serde::Deserialize;

use super::text::at_most;
use super::{Confidence, Id, InEach, Text, TextKey};

/// What a phone runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Platform {
    /// iOS.
    Ios,
    /// Android, whoever made the phone.
    Android,
}

/// What a maker of phones put over Android.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Skin {
    /// Samsung's.
    OneUi,
    /// Xiaomi's until 2023.
    Miui,
    /// Xiaomi's since.
    HyperOs,
    /// OPPO's.
    ColorOs,
    /// realme's.
    RealmeUi,
    /// OnePlus's.
    OxygenOs,
    /// Huawei's.
    Emui,
    /// Honor's.
    MagicOs,
}

/// The phones of one kind and their ways to the switch.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Guide {
    /// Its name.
    pub id: Id,
    /// Of which platform the phones are.
    pub platform: Platform,
    /// What they are: one of these holds.
    #[serde(deserialize_with = "at_most::<8, _, _>")]
    pub matches: Vec<Match>,
    /// Of guides that fit alike the one with the higher priority is taken.
    #[serde(default)]
    pub priority: u8,
    /// The ways, the best first.
    pub menus: Menus,
    /// What airplane mode is called.
    pub airplane: Id,
    /// What else is to be said.
    #[serde(default, deserialize_with = "at_most::<8, _, _>")]
    pub notes: Vec<TextKey>,
    /// The most that is claimed for what it shows, in each language.
    pub confidence: InEach<Confidence>,
    /// Where that is from.
    #[serde(deserialize_with = "at_most::<12, _, _>")]
    pub sources: Vec<Id>,
    /// When it was compared with them.
    pub checked_on: Date,
}

/// What a phone must be. A criterion that is absent holds for every phone; one that is there does not hold for a phone of
/// which nothing of the kind is known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Match {
    /// Its maker, in lower case: one of these.
    #[serde(deserialize_with = "at_most::<12, _, _>")]
    pub maker: Vec<Text>,
    /// Its brand, in lower case: one of these.
    #[serde(deserialize_with = "at_most::<12, _, _>")]
    pub brand: Vec<Text>,
    /// Its model: one of these, with `*` for any letters and `?` for any one letter.
    #[serde(deserialize_with = "at_most::<50, _, _>")]
    pub model_glob: Vec<Text>,
    /// The first version of the system, by its main number.
    pub os_min: Option<u16>,
    /// The last one.
    pub os_max: Option<u16>,
    /// The last one of which anything is known. A newer one is taken for the same, and what is shown becomes less sure.
    pub os_seen_to: Option<u16>,
    /// Its skin: one of these.
    #[serde(deserialize_with = "at_most::<8, _, _>")]
    pub skin: Vec<Skin>,
    /// The first version of the skin, by its main number.
    pub skin_min: Option<u16>,
    /// The last one.
    pub skin_max: Option<u16>,
    /// The last one of which anything is known.
    pub skin_seen_to: Option<u16>,
    /// The country and network codes of SIMs (E.212) of which one is in the phone.
    #[serde(deserialize_with = "at_most::<50, _, _>")]
    pub plmns: Vec<Text>,
    /// How many SIMs are in the phone.
    pub sims: Option<Together>,
}

/// How many SIMs are in a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Together {
    /// One.
    One,
    /// Two or more.
    Two,
}

/// The ways to the switch.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Menus {
    /// The guide's own; as many of the same family are told apart by their versions of the system.
    Own(OwnMenus),
    /// Those of the guide of this family that has the phone's version of the system.
    As(Id),
}

/// Ways of a guide's own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OwnMenus {
    /// The family it is of, for others to refer to.
    #[serde(default)]
    pub family: Option<Id>,
    /// The ways, the best first.
    #[serde(deserialize_with = "at_most::<12, _, _>")]
    pub ways: Vec<Way>,
}

/// A way, as one guide has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Way {
    /// The route.
    pub route: Id,
    /// How sure it is on these phones, in each language. Absent: as the guide.
    #[serde(default)]
    pub confidence: Option<InEach<Confidence>>,
}

/// A way to the switch.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Route {
    /// Its name.
    pub id: Id,
    /// Where it leads through.
    pub kind: RouteKind,
    /// What to do, in order.
    #[serde(deserialize_with = "at_most::<12, _, _>")]
    pub steps: Vec<Step>,
    /// What an Android app may try to open the page, in order.
    #[serde(default, deserialize_with = "at_most::<8, _, _>")]
    pub intents: Vec<Intent>,
}

/// Where a route leads through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RouteKind {
    /// The phone's settings.
    Settings,
    /// The settings of the app for calls.
    PhoneApp,
    /// A tile of the quick settings.
    Tile,
    /// The search of the phone's settings.
    Search,
    /// Not to this phone's switch, but to the one for other devices of the same account.
    OtherDevices,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step {
    /// Its name within the route.
    pub id: Id,
    /// What is done.
    pub kind: StepKind,
    /// What it is called on the screen. Absent: it bears no name of its own, such as a SIM.
    #[serde(default)]
    pub label: Option<Id>,
    /// What we say. Absent: what the kind says.
    #[serde(default)]
    pub text_key: Option<TextKey>,
    /// What it looks like, by name.
    #[serde(default)]
    pub icon: Option<Id>,
    /// When the screen may come without it.
    #[serde(default)]
    pub optional_if: Option<Condition>,
    /// When the screen never has it.
    #[serde(default)]
    pub absent_if: Option<Condition>,
    /// A picture of it, by name.
    #[serde(default)]
    pub picture_id: Option<Id>,
}

impl Step {
    /// What we say.
    pub fn text_key(&self) -> &str {
        self.text_key.as_ref().map_or(self.kind.text_key(), TextKey::as_str)
    }
}

/// What is done in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StepKind {
    /// Something is opened.
    Open,
    /// A heading is looked for, which does nothing itself.
    Heading,
    /// The SIM or line is chosen.
    Sim,
    /// The menu with further items is opened, mostly three dots.
    Menu,
    /// The quick settings are pulled down.
    QuickSettings,
    /// The search of the settings is opened.
    SearchBox,
    /// Words are typed into it.
    Type,
    /// The switch is turned on, on a page of its own where it has one.
    Switch,
}

impl StepKind {
    /// What we say where the step has no text of its own.
    pub const fn text_key(self) -> &'static str {
        match self {
            StepKind::Open => "wifi-step-open",
            StepKind::Heading => "wifi-step-heading",
            StepKind::Sim => "wifi-step-sim",
            StepKind::Menu => "wifi-step-menu",
            StepKind::QuickSettings => "wifi-step-quick-settings",
            StepKind::SearchBox => "wifi-step-search-box",
            StepKind::Type => "wifi-step-type",
            StepKind::Switch => "wifi-step-switch",
        }
    }
}

/// Something that is so or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Condition {
    /// One SIM is in the phone.
    OneSim,
}

/// What an Android app may ask the system to open. Each is resolved first; "not found" and a refusal lead to the next one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Intent {
    /// The intent's action.
    pub action: Text,
    /// The only package that may answer.
    #[serde(default)]
    pub package: Option<Text>,
    /// Whether the SIM's subscription id goes with it.
    #[serde(default)]
    pub with_subscription: bool,
}
