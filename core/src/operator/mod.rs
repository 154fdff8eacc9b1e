//! Which operator and how to reach it: profile, HTTP, tolerant reading.

pub mod tolerant;
pub mod units;
