//! Which operator and how to reach it. The operator is data: what differs from one to the next is in its profile.
//! Only `http` and `documents` open sockets, on `connections`; only `time` tells what time it is at the operator's.

pub mod address;
pub mod challenge;
#[cfg(test)]
mod challenge_tests;
pub mod connections;
pub mod contract;
pub mod documents;
pub mod failure;
pub mod gate;
pub mod http;
pub mod nearest;
pub mod order;
pub(crate) mod product;
pub mod profile;
pub mod proof;
pub mod retry;
pub mod schedule;
pub mod single_flight;
pub(crate) mod strict;
pub mod time;
pub mod tolerant;
#[cfg(test)]
mod trials;
pub mod trust;
pub mod units;
#[cfg(feature = "watch")]
pub mod watch;
#[cfg(not(feature = "watch"))]
#[path = "watch_off.rs"]
pub(crate) mod watch;
