//! What no single room can prove: the core through its public API, against the sandbox operator over real TLS.
//! This library is the phone of the journeys: a secure store and a clock that a test can break and move.

pub mod contract;
mod facts;
mod kept;
mod moody;
mod phone;
pub mod scenario;
pub mod servers;

pub use facts::{facts, name_of};
pub use moody::{Gate, Mood, MoodyStore, Operation};
pub use phone::{Change, Phone, PhoneClock, PhonePresence, PhoneStore, START};
