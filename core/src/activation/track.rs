//! The track from "your employer ordered it" to "it works": which steps there are for this line, and where the person is.

use super::model::{LineOrder, OrderStage, ProfileState, Said, SimCard, SimKind, Standing};

/// A step of the track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The employer ordered the line.
    Ordered,
    /// The card, or the e-mail with the code, is there.
    SimReceived,
    /// The eSIM is on the phone.
    EsimInstalled,
    /// The number is asked of the other operator.
    NumberRequested,
    /// The old SIM has lost its signal.
    OldSignalGone,
    /// The new SIM works.
    Works,
    /// The account is there.
    Account,
    /// Calls over Wi-Fi.
    WifiCalling,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepState {
    /// Done.
    Done,
    /// The person is here.
    Current,
    /// It comes later.
    Ahead,
    /// It does not go on here.
    Failed,
}

/// The steps in order, each with how it stands.
pub type Track = Vec<(Step, StepState)>;

/// The track of an order. A line whose SIM kind nobody knows is led as one with a card.
pub fn track(order: &LineOrder, said: &Said, sim: Option<&SimCard>, now_ms: i64) -> Track {
    let standing = order.standing(now_ms);
    let is_done = |step: Step| is_done(step, order, standing, said, sim);
    let steps = steps(order);
    let next = || steps.iter().copied().find(|step| !is_done(*step)).map(|step| (step, StepState::Current));
    let here = held_up(order, standing, said).or_else(next);
    let state = |step: Step| match here {
        Some((at, state)) if at == step => state,
        _ if is_done(step) => StepState::Done,
        _ => StepState::Ahead,
    };
    steps.iter().map(|step| (*step, state(*step))).collect()
}

/// Whether a step is behind the person. A line that works has all behind it that leads there, whatever was told of it.
fn is_done(step: Step, order: &LineOrder, standing: Standing, said: &Said, sim: Option<&SimCard>) -> bool {
    let works = works(order, said);
    match step {
        Step::Ordered => true,
        Step::SimReceived => works || said.has_sim || has_profile(said, sim),
        Step::EsimInstalled => works || has_profile(said, sim),
        // An old SIM may fall silent before the operator says a word.
        Step::NumberRequested => works || said.old_signal_gone || matches!(standing, Standing::Launched { .. }),
        Step::OldSignalGone => works || said.old_signal_gone,
        Step::Works => works,
        // Whoever sees this has signed in.
        Step::Account => true,
        Step::WifiCalling => false,
    }
}

/// What holds a line up comes before all else, wherever the person is. Whoever calls with it knows better than an order that
/// waits or was refused; that a line was paused or ended is told all the same, for it may be since.
fn held_up(order: &LineOrder, standing: Standing, said: &Said) -> Option<(Step, StepState)> {
    let of_order = if order.kept.is_some() { Step::NumberRequested } else { Step::Ordered };
    match standing {
        Standing::Suspended | Standing::Ended => Some((Step::Works, StepState::Failed)),
        _ if said.works => None,
        Standing::Waiting => Some((of_order, StepState::Current)),
        Standing::Refused(_) => Some((of_order, StepState::Failed)),
        Standing::Cancelled => Some((Step::Ordered, StepState::Failed)),
        Standing::Requested | Standing::Scheduled { .. } | Standing::Launched { .. } | Standing::Done => None,
    }
}

/// The line works: the person says so, or the operator.
fn works(order: &LineOrder, said: &Said) -> bool {
    said.works || order.stage == OrderStage::Done
}

/// Where the person is: the step that is current or has failed.
pub fn current(track: &Track) -> Option<(Step, StepState)> {
    track.iter().copied().find(|(_, state)| matches!(state, StepState::Current | StepState::Failed))
}

fn steps(order: &LineOrder) -> Vec<Step> {
    let mut steps = vec![Step::Ordered, Step::SimReceived];
    if order.sim == SimKind::Esim {
        steps.push(Step::EsimInstalled);
    }
    if order.kept.is_some() {
        steps.extend([Step::NumberRequested, Step::OldSignalGone]);
    }
    steps.extend([Step::Works, Step::Account, Step::WifiCalling]);
    steps
}

/// The profile is on the phone: the person says so, or the operator sees it.
pub(super) fn has_profile(said: &Said, sim: Option<&SimCard>) -> bool {
    said.has_profile || sim.and_then(|sim| sim.profile).is_some_and(|state| state >= ProfileState::Installed)
}

#[cfg(test)]
#[path = "track_tests.rs"]
mod tests;
