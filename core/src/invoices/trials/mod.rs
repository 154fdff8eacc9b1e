//! Downloads against a server that does what it can to spoil them.

pub mod kills;
