//! The terminal face of the mobile companion core: what it draws, apart from the commands so that it can be tested.

pub mod draw;
