<<<<<<< HEAD
//! The commands of the terminal face, one file each. The terminal draws what the core says, as a phone does.

pub mod demo;
pub mod draw;
pub mod host;
pub mod sandbox;
pub mod sign_in;
pub mod terminal;
pub mod usage;
=======
//! The terminal face of the mobile companion core: what it draws, apart from the commands so that it can be tested.

pub mod draw;
>>>>>>> text
