//! The commands a person types one after the other, against a sandbox that runs as a program of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod accounts;
mod activation;
mod alerts;
mod control;
mod esim;
mod guide;
mod invoices;
mod notifications;
mod operator;
mod pipes;
mod screen;
mod session;
mod sign_in;
mod support;
mod usage;
mod wifi_calling;
