//! A route in the words of one phone.

use crate::text::Language;
use crate::vowifi::guide::model::{
    Condition, Confidence, GuideFile, Id, Intent, LabelSet, Route, RouteKind, Step, StepKind, Together,
};

/// A way to the switch on this phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenRoute {
    /// The route.
    pub id: Id,
    /// Where it leads through.
    pub kind: RouteKind,
    /// What to do, in order.
    pub steps: Vec<ChosenStep>,
    /// What an Android app may try to open the page, in order.
    pub intents: Vec<Intent>,
    /// How sure the order of the steps is.
    pub confidence: Confidence,
}

/// One thing to do on this phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenStep {
    /// Its name within the route.
    pub id: Id,
    /// What is done.
    pub kind: StepKind,
    /// What it is called.
    pub label: StepLabel,
    /// The key of what we say.
    pub text_key: String,
    /// Whether the screen may come without it.
    pub is_optional: bool,
    /// What it looks like, by name.
    pub icon: Option<Id>,
    /// A picture of it, by name.
    pub picture: Option<Id>,
}

/// What a step is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepLabel {
    /// It bears no name of its own.
    None,
    /// It bears one that is not known in the phone's language.
    Unknown,
    /// It is called so.
    Shown(ShownLabel),
}

/// A label in the phone's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownLabel {
    /// What it may be called, the likeliest first; at least one.
    pub variants: Vec<String>,
    /// How sure that is. Low: "may be called otherwise".
    pub confidence: Confidence,
}

impl ShownLabel {
    pub(super) fn of(set: &LabelSet, language: Language, cap: Confidence) -> Option<Self> {
        let known = set.labels.of(language).known()?;
        let variants = known.variants.iter().map(|variant| variant.as_str().to_owned()).collect();
        Some(ShownLabel { variants, confidence: known.confidence.min(cap) })
    }
}

impl ChosenStep {
    /// What it is called, where that is known.
    pub fn shown(&self) -> Option<&ShownLabel> {
        match &self.label {
            StepLabel::Shown(label) => Some(label),
            StepLabel::None | StepLabel::Unknown => None,
        }
    }
}

impl ChosenRoute {
    pub(super) fn of(
        file: &GuideFile,
        route: &Route,
        language: Language,
        sims: Option<Together>,
        confidence: Confidence,
        cap: Confidence,
    ) -> Self {
        let holds = |condition: Option<Condition>| match condition {
            Some(Condition::OneSim) => sims == Some(Together::One),
            None => false,
        };
        // Of a phone whose SIMs are not known a step may be absent.
        let may_hold = |condition: Option<Condition>| condition.is_some() && (sims.is_none() || holds(condition));
        let chosen = |step: &Step| ChosenStep {
            id: step.id.clone(),
            kind: step.kind,
            label: match &step.label {
                None => StepLabel::None,
                Some(id) => {
                    let shown = file.label(id).and_then(|set| ShownLabel::of(set, language, cap));
                    shown.map_or(StepLabel::Unknown, StepLabel::Shown)
                }
            },
            text_key: step.text_key().to_owned(),
            is_optional: may_hold(step.optional_if) || may_hold(step.absent_if),
            icon: step.icon.clone(),
            picture: step.picture_id.clone(),
        };
        let there = route.steps.iter().filter(|step| !holds(step.absent_if));
        ChosenRoute {
            id: route.id.clone(),
            kind: route.kind,
            steps: there.map(chosen).collect(),
            intents: route.intents.clone(),
            confidence,
        }
    }

    /// Whether every name on the way is known.
    pub fn is_complete(&self) -> bool {
        self.steps.iter().all(|step| step.label != StepLabel::Unknown)
    }

    /// The way on one line: variants parted by a slash, headings in round brackets, what the person chooses in square ones,
    /// with a question mark after what may be absent and for what is not known.
    pub fn path(&self) -> String {
        let crumbs: Vec<_> = self.steps.iter().map(crumb).collect();
        crumbs.join(" › ")
    }
}

fn crumb(step: &ChosenStep) -> String {
    let name = match &step.label {
        StepLabel::Shown(label) => label.variants.join(" / "),
        StepLabel::Unknown => "?".to_owned(),
        StepLabel::None => match step.kind {
            StepKind::Menu => "⋮".to_owned(),
            StepKind::QuickSettings => "▾".to_owned(),
            StepKind::SearchBox => "⌕".to_owned(),
            StepKind::Open | StepKind::Heading | StepKind::Sim | StepKind::Type | StepKind::Switch => {
                format!("[{}]", step.id.as_str())
            }
        },
    };
    let name = if step.kind == StepKind::Heading { format!("({name})") } else { name };
    if step.is_optional { format!("{name}?") } else { name }
}
