//! Where in the walk a step is: shown to the phones, so it stands apart from the model, which knows of no binding.

use super::model::Step;

/// Where in the walk a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, uniffi::Enum)]
pub enum Stage {
    /// May I?
    Eligible,
    /// What stands in the way.
    Blockers,
    /// Switch it on.
    SwitchOn,
    /// It is not there, or grey.
    Trouble,
    /// The network.
    Network,
    /// The proof.
    Proof,
    /// It works.
    Works,
    /// What to do when it does not.
    Symptoms,
}

impl Step {
    /// Its stage.
    pub fn stage(&self) -> Stage {
        match self {
            Step::WhichSim
            | Step::OtherOperator
            | Step::TooOld
            | Step::NotProvisioned
            | Step::BeingProvisioned
            | Step::NoCarrierProfile => Stage::Eligible,
            Step::Abroad | Step::Blocked(_) => Stage::Blockers,
            Step::SwitchOn => Stage::SwitchOn,
            Step::Missing(_) | Step::Greyed(_) => Stage::Trouble,
            Step::Network => Stage::Network,
            Step::Emergency | Step::Proof(_) => Stage::Proof,
            Step::Works => Stage::Works,
            Step::Symptoms | Step::Advice(..) | Step::Support => Stage::Symptoms,
        }
    }
}
