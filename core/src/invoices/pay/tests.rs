//! Paying: tables in files, and what holds for any input.

mod links_and_payees;
mod qr_codes;
mod references;
mod states;
