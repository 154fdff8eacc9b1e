//! Getting started: from "your employer ordered it" to "it works". Most rooms are rules that need neither a clock nor a
//! network: what a code, a number or a card says, and by when an operator has to be done. Secrets of a SIM are shown for half a
//! minute and kept nowhere, but for the code of an eSIM, until its line works, and a PUK where the person wants that.
//!
//! | room | what it is for |
//! |---|---|
//! | [`lpa`] | the activation code of an eSIM (SGP.22) |
//! | [`handover`] | how a phone is handed the code |
//! | [`number`] | Belgian mobile numbers as people write them |
//! | [`iccid`], [`pin`] | the number of a SIM, and what unlocks it |
//! | [`model`], [`track`] | a line that was ordered, and the steps until it works |
//! | `tracker` | the track as an app uses it, and what the person tells |
//! | `refresh` | asking the operator |
//! | `memory` | what is known of it, and what becomes of that when the operator tells more |
//! | [`tmf`] | how an operator tells of it (TMF622, TMF637, TMF639) |
//! | [`working_day`] | when moving a number is late, by the law and by what is usual |
//! | [`lateness`] | a move that is late, or was, and until when compensation can be asked for |
//! | `secrets` | PIN and PUK on the screen: who sees them, and for how long |
//! | `code` | the code of an eSIM, from its arrival until its line works |
//! | [`view`] | what a screen draws of it |

mod code;
pub mod handover;
pub mod iccid;
pub mod lateness;
pub mod lpa;
mod memory;
pub mod model;
pub mod number;
pub mod pin;
mod refresh;
#[cfg(test)]
pub(crate) mod samples;
mod secrets;
pub mod tmf;
pub mod track;
mod tracker;
#[cfg(test)]
mod trials;
pub mod view;
pub mod working_day;

#[cfg(test)]
pub(crate) use secrets::read as read_secret;

pub use lateness::DAILY_CENTS;
pub use pin::{PIN_ATTEMPTS, PUK_ATTEMPTS};
pub use working_day::USUAL_HOURS;

use std::sync::{Arc, Mutex};

use crate::engine::Engine;
use crate::operator::profile::{ActivationApi, Capability};
use crate::operator::single_flight::PerSignIn;
use crate::problem::Problem;
use crate::session::{Remembered, Session};
use crate::store::Row;

use self::memory::Memory;

/// Getting started with the operator.
#[derive(uniffi::Object)]
pub struct Activation {
    engine: Arc<Engine>,
    session: Arc<Session>,
    memory: Remembered<Memory>,
    refreshing: PerSignIn<Result<(), Problem>>,
    /// What is on the screen.
    shown: Mutex<secrets::Screen>,
    /// What the person was there for when the operator wanted a step-up.
    asked_before: Mutex<Option<secrets::AskedBefore>>,
    /// One secret is asked for at a time: two taps are one.
    revealing: tokio::sync::Mutex<()>,
    /// What is done with the code of an eSIM follows each other: two of it never mix.
    coding: tokio::sync::Mutex<()>,
}

impl std::fmt::Debug for Activation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Activation")
    }
}

impl Activation {
    /// Starts from what is kept; it is read when somebody looks.
    pub(crate) fn new(engine: Arc<Engine>, session: Arc<Session>, kept: Vec<Row>) -> Arc<Activation> {
        let activation = Arc::new(Activation {
            engine,
            memory: Remembered::new(session.clone(), kept),
            session,
            refreshing: PerSignIn::default(),
            shown: Mutex::default(),
            asked_before: Mutex::default(),
            revealing: tokio::sync::Mutex::default(),
            coding: tokio::sync::Mutex::default(),
        });
        let weak = Arc::downgrade(&activation);
        activation.session.on_concealing(move || {
            if let Some(activation) = weak.upgrade() {
                activation.hide();
            }
        });
        activation
    }

    /// Whether a row is one of this room's.
    pub(crate) fn keeps(row: &Row) -> bool {
        Memory::keeps(row)
    }

    /// The operator's part of it. None: it offers nothing of it.
    fn api(&self) -> Option<&ActivationApi> {
        let profile = &self.engine.profile;
        profile.apis.activation.as_ref().filter(|_| profile.offers(Capability::Activation))
    }
}
