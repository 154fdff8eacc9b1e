//! Getting started: from "your employer ordered it" to "it works". Here are the rules that need neither a clock nor a network:
//! what a code, a number or a card says, and by when an operator has to be done.
//!
//! | room | what it is for |
//! |---|---|
//! | [`lpa`] | the activation code of an eSIM (SGP.22) |
//! | [`handover`] | how a phone is handed the code |
//! | [`number`] | Belgian mobile numbers as people write them |
//! | [`iccid`], [`pin`] | the number of a SIM, and what unlocks it |
//! | [`model`], [`track`] | a line that was ordered, and the steps until it works |
//! | [`tmf`] | how an operator tells of it (TMF622, TMF639) |
//! | [`working_day`] | when moving a number is late, by the law and by what is usual |

pub mod handover;
pub mod iccid;
pub mod lpa;
pub mod model;
pub mod number;
pub mod pin;
pub mod tmf;
pub mod track;
pub mod view;
pub mod working_day;

pub use pin::{PIN_ATTEMPTS, PUK_ATTEMPTS};
pub use view::track::DAILY_CENTS;
pub use working_day::USUAL_HOURS;
