//! The commands of the terminal face, one file each. The terminal draws what the core says, as a phone does.
// These panic where nobody reads on; `terminal` has what does not.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod activation;
pub mod alerts;
pub mod captures;
pub mod control;
pub mod demo;
pub mod draw;
pub mod esim;
pub mod guide;
pub mod host;
pub mod inspect;
pub mod interrupt;
pub mod invoices;
pub mod notifications;
pub mod operator;
pub mod phone;
pub mod sandbox;
pub mod session;
pub mod sign_in;
pub mod sign_out;
pub mod sim;
pub mod terminal;
pub mod usage;
pub mod wifi_calling;
