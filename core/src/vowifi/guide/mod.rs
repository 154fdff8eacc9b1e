//! The guides: where this very phone keeps the switch and what it calls it. They are data with sources and dates, bundled with
//! the core and replaced by newer ones that the operator signed; which one a phone gets explains itself.
//!
//! | file | what it says |
//! |---|---|
//! | [`choose`] | which guide a phone gets, in its words, and why |
//! | [`file`] | how one is read, and what is wrong with it |
//! | [`keys`] | which texts it may refer to |
//! | [`lint`] | what it must keep to besides |
//! | [`model`] | what a guide file holds |
//! | [`phone`] | what a phone says of itself, understood |
//! | [`signature`] | when an update is used |

pub mod choose;
pub mod file;
pub mod keys;
pub mod lint;
pub mod model;
pub mod phone;
pub mod signature;

#[cfg(test)]
mod tests;
