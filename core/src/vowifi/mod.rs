//! The Wi-Fi calling room.

pub mod line;
pub mod tmf;
