//! Wi-Fi calling: the right words for this very phone, and proof that it works.

pub mod check;
pub mod facts;
pub mod guide;
pub mod line;
pub mod tmf;
pub mod walk;
