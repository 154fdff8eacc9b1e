//! The network check of Wi-Fi calling: whether this network lets a phone reach its operator's ePDG. It sends what a phone
//! sends first (IKE_SA_INIT, RFC 7296 §1.2) and nothing that says who is there; what the answers mean is a pure table.

pub mod answer;
mod control;
mod dns;
mod dns_message;
pub mod findings;
pub mod limits;
pub mod packet;
mod probe;
#[cfg(test)]
#[path = "real_tests.rs"]
mod real;
mod run;
#[cfg(test)]
#[path = "scripted_tests.rs"]
mod scripted;
mod tuning;
pub mod verdict;
mod way;

pub use control::{Control, Neighbour, Reachable};
pub use run::{CheckStep, Checked, NetworkCheck, Progress};
