//! The network check of Wi-Fi calling: whether this network lets a phone reach its operator's ePDG. It sends what a phone
//! sends first (IKE_SA_INIT, RFC 7296 §1.2) and nothing that says who is there; what the answers mean is a pure table.

pub mod answer;
pub mod findings;
pub mod limits;
pub mod packet;
pub mod verdict;
