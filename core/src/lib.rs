//! The mobile companion core: what an operator drops under its iPhone and Android apps so that an employee sees
//! this cycle's usage, dated and honest, with or without a network.
//!
//! The map of the house:
//!
//! | room | what it is for |
//! |---|---|
//! | [`companion`] | the front door: open, features, signals, suspend and resume |
//! | [`host`] | what a phone lends us: secure store, clock, randomness |
//! | [`problem`] | the few things that can go wrong, each something the app does differently |
//! | [`operator`] | which operator and how to reach it: profile, HTTP, tolerant reading |
//! | [`session`] | sign-in, tokens, sign-out |
//! | [`usage`] | consumption: wire, model, freshness, view |
//! | [`invoices`] | bills: who pays what, and how to pay it right |
//! | [`alerts`] | what a person is told of their usage, once |
//! | [`preferences`] | notification preferences and their outbox |
//! | [`activation`] | SIM, eSIM, keeping or getting a number, PIN and PUK |
//! | [`vowifi`] | Wi-Fi calling: the network check |
//! | [`frame`] | around the screens: places, labels, colours |
//! | [`help`] | articles on all of this, read and searched without a network |
//! | [`money`] | whole cents, checked and rounded once |
//! | [`store`] | SQLite: one writer, sealed snapshots, suspend |
//! | [`text`] | messages and formats in fr, nl, en, de |
//!
//! Data walks one way: wire → model → store → model → view → phone.

#![cfg_attr(test, allow(clippy::arithmetic_side_effects))]

pub mod activation;
pub mod alerts;
mod cancel;
mod changes;
pub mod companion;
mod engine;
pub mod frame;
pub mod help;
pub mod host;
pub mod invoices;
mod kept_view;
pub mod money;
pub mod operator;
pub mod preferences;
pub mod problem;
pub mod session;
pub mod store;
pub mod text;
#[cfg(test)]
mod trials;
pub mod usage;
pub mod vowifi;
mod workers;

pub use cancel::CancelToken;
pub use companion::{CompanionCore, CoreConfig, Observer, Subscription, Topic};
pub use host::{BackgroundGuard, Clock, ClockReading, Host, HostError, PresenceKey, SecureStore, UserPresence};
pub use problem::{Explanation, Problem};
pub use text::request::{PreparedRequest, RequestKind};

uniffi::setup_scaffolding!();
