//! The guides: where this very phone keeps the switch and what it calls it. They are data with sources and dates, bundled with
//! the core and replaced by newer ones that the operator signed; which one a phone gets explains itself.
//!
//! | file | what it says |
//! |---|---|
//! | [`file`] | how one is read, and what is wrong with it |
//! | [`model`] | what a guide file holds |

pub mod file;
pub mod model;
