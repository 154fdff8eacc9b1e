//! Consumption: what the operator counted, kept and dated, so that a person in a lift without signal still reads it.

pub mod freshness;
pub mod model;
pub mod state;
pub mod view;
