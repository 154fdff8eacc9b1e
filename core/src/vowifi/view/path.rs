//! The way to the switch, crumb by crumb: the phone's labels as they are, in its own language, the rest in our words.

use super::Drawing;
use crate::text::{Language, Text, messages};
use crate::vowifi::facts::PhoneFacts;
use crate::vowifi::guide::choose::{ChosenRoute, ChosenStep, Reason, StepLabel, choose};
use crate::vowifi::guide::file::bundled;
use crate::vowifi::guide::model::{Confidence, Operator, RouteKind, StepKind};
use crate::vowifi::walk::platform_of;

/// A way to the switch.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PathView {
    /// Where it leads through, for the icon.
    pub kind: PathKind,
    /// The same in words: "In the settings".
    pub title: Text,
    /// What to open, one after the other; the last is the switch.
    pub crumbs: Vec<CrumbView>,
    /// The whole of it, to be read out.
    pub spoken: String,
    /// Something on the way may be named differently on this phone: that is to be said.
    pub unsure: Option<Text>,
    /// What an Android app may try to open the page, in order: resolve each first, and take a security exception for "not
    /// found".
    pub intents: Vec<IntentView>,
}

/// Where a way leads through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum PathKind {
    /// The phone's settings.
    Settings,
    /// The settings of the app for calls.
    PhoneApp,
    /// A tile of the quick settings.
    Tile,
    /// The search of the phone's settings.
    Search,
    /// To the switch for other devices of the same account.
    OtherDevices,
    /// The operator's own short guide.
    Published,
}

/// A crumb.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CrumbView {
    /// What we say: "Switch on", before the label; or alone, as "Choose the SIM with your number". Absent where the label
    /// alone says it: open it.
    pub said: Option<Text>,
    /// What the phone shows, word for word and in its own language, each in quotation marks; the likeliest first, as phones
    /// differ. Empty: it bears no name of its own.
    pub labels: Vec<String>,
    /// The screen may come without it.
    pub optional: bool,
}

/// An Android intent.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct IntentView {
    /// Its action.
    pub action: String,
    /// The only package that may answer.
    pub package: Option<String>,
    /// The SIM's subscription id goes with it.
    pub with_subscription: bool,
}

/// The guide of a phone, for a person who is not signed in, or for another phone than this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneGuide {
    /// Its name.
    pub guide: String,
    /// Ways to the switch, the one to begin with first.
    pub paths: Vec<PathView>,
    /// What else is worth knowing.
    pub notes: Vec<Text>,
    /// Why this guide, and what was not known.
    pub reasons: Vec<Reason>,
}

/// The app's own guide for a phone, explained in `language`. None: the guides of the app cannot be read, which a test keeps
/// from happening.
pub fn guide_of(facts: &PhoneFacts, language: Language) -> Option<PhoneGuide> {
    let choice = choose(&*bundled().ok()?, &facts.phone())?;
    Some(PhoneGuide {
        guide: choice.guide.as_str().to_owned(),
        paths: paths(&choice.routes, language),
        notes: (choice.notes.iter().filter_map(|key| messages::of_key(language, key)))
            .chain(unsure(&choice.reasons, language))
            .collect(),
        reasons: choice.reasons,
    })
}

/// That the way is not known on this phone, or not in its language.
pub(super) fn unsure(reasons: &[Reason], language: Language) -> Option<Text> {
    if reasons.contains(&Reason::AnyPhone) {
        Some(messages::wifi_note_unknown_phone(language))
    } else if reasons.contains(&Reason::LabelUnknown) {
        Some(messages::wifi_note_unknown_names(language))
    } else {
        None
    }
}

/// Ways of which every name is known; the search is always among them.
pub(super) fn paths(routes: &[ChosenRoute], language: Language) -> Vec<PathView> {
    routes.iter().filter(|route| route.is_complete()).map(|route| path(route, language)).collect()
}

fn path(route: &ChosenRoute, language: Language) -> PathView {
    let crumbs: Vec<CrumbView> = route.steps.iter().map(|step| crumb(step, language)).collect();
    let is_low = route.confidence == Confidence::Low
        || route.steps.iter().filter_map(ChosenStep::shown).any(|label| label.confidence == Confidence::Low);
    let (kind, title) = kind(route.kind, language);
    PathView {
        kind,
        title,
        spoken: spoken(&crumbs, language),
        crumbs,
        unsure: is_low.then(|| messages::wifi_may_be_named(language)),
        intents: route
            .intents
            .iter()
            .map(|intent| IntentView {
                action: intent.action.as_str().to_owned(),
                package: intent.package.as_ref().map(|package| package.as_str().to_owned()),
                with_subscription: intent.with_subscription,
            })
            .collect(),
    }
}

fn kind(kind: RouteKind, language: Language) -> (PathKind, Text) {
    match kind {
        RouteKind::Settings => (PathKind::Settings, messages::wifi_path_settings(language)),
        RouteKind::PhoneApp => (PathKind::PhoneApp, messages::wifi_path_phone(language)),
        RouteKind::Tile => (PathKind::Tile, messages::wifi_path_tile(language)),
        RouteKind::Search => (PathKind::Search, messages::wifi_path_search_title(language)),
        RouteKind::OtherDevices => (PathKind::OtherDevices, messages::wifi_path_other_devices(language)),
    }
}

fn crumb(step: &ChosenStep, language: Language) -> CrumbView {
    let said = messages::of_key(language, &step.text_key);
    let (said, labels) = match &step.label {
        StepLabel::Shown(label) => (said.filter(|_| step.kind != StepKind::Open), label.variants.clone()),
        StepLabel::None | StepLabel::Unknown => (said, Vec::new()),
    };
    CrumbView { said, labels, optional: step.is_optional }
}

/// The operator's own path, word for word.
pub(super) fn published(block: &Operator, drawing: &Drawing<'_>) -> Option<PathView> {
    let platform = platform_of(drawing.ground.facts.platform);
    let of_platform = || block.published.iter().filter(|path| path.platform == platform);
    let path = of_platform().find(|path| path.language == drawing.language).or_else(|| of_platform().next())?;
    let label = |text: &str| CrumbView { said: None, labels: vec![text.to_owned()], optional: false };
    let crumbs: Vec<CrumbView> = path.steps.iter().map(|step| label(step.as_str())).collect();
    Some(PathView {
        kind: PathKind::Published,
        title: messages::wifi_short_version(drawing.language, &Text::foreign(drawing.operator)),
        spoken: spoken(&crumbs, drawing.language),
        crumbs,
        unsure: None,
        intents: Vec::new(),
    })
}

fn spoken(crumbs: &[CrumbView], language: Language) -> String {
    let or = format!(" {} ", messages::wifi_label_or(language).text);
    let one = |crumb: &CrumbView| {
        let said = crumb.said.iter().map(|said| said.spoken.clone());
        let labels = (!crumb.labels.is_empty()).then(|| crumb.labels.join(&or));
        said.chain(labels).collect::<Vec<_>>().join(" ")
    };
    crumbs.iter().map(one).collect::<Vec<_>>().join(", ")
}
