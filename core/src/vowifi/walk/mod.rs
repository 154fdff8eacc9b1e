//! The walk from "may I?" to "it works", or to the exact reason why not. Where a person is follows from what they answered and
//! from what is known at this moment, so that a VPN that was switched off, or an app that was killed, needs no special care:
//! the answers are kept, and the step is found anew.
//!
//! | stage | steps |
//! |---|---|
//! | A | whose SIM, is the line allowed, does the phone know the operator |
//! | B | abroad, and what stands in the way |
//! | C | switch it on |
//! | D | it is not there; it is grey |
//! | E | the network |
//! | F | 112, and the proof in airplane mode |
//! | G | what to do when it does not work, or no longer |

pub mod model;
mod read;
mod stage;
#[cfg(test)]
mod tests;

pub use model::{Answer, Blocker, Greyed, Missing, Outlook, Progress, Step};
pub use read::{Ground, actions, answers, as_kept, step};
pub(super) use read::{part_of, platform_of, symptom_of};
pub use stage::Stage;
