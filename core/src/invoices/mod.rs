//! The invoices room: what an employee has to pay personally, why, and how to pay it without paying the wrong one.
//! So far its pure rules: no clock, no disk, no network. What the operator says always replaces what they compute.

pub mod download;
pub mod model;
pub mod pay;
pub mod split_bill;
#[cfg(test)]
mod trials;
#[cfg(test)]
mod vectors;
