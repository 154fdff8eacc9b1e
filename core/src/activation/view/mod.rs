//! What a screen draws of getting started: final texts. Records that hold a secret say nothing in `Debug`.

pub mod answer;
pub mod code;
pub(crate) mod drawing;
mod late;
pub mod now;
pub mod screen;
pub mod secrets;
#[cfg(test)]
mod tests;
pub mod track;
