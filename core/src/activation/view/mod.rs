//! What a screen draws of getting started: final texts. Records that hold a secret say nothing in `Debug`.

pub(crate) mod answer;
pub mod code;
pub mod secrets;
#[cfg(test)]
mod tests;
pub mod track;
