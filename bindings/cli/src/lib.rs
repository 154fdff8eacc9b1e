//! The commands of the terminal face, one file each. The terminal draws what the core says, as a phone does.

pub mod demo;
pub mod draw;
pub mod host;
pub mod inspect;
pub mod sandbox;
pub mod sign_in;
pub mod terminal;
pub mod usage;
