//! Wi-Fi calling: whether this network lets it through, and what the operator answers about the line.

pub mod check;
pub mod entitlement;
