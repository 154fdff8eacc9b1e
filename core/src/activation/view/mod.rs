//! What the screen of getting started draws.

pub mod track;
#[cfg(test)]
mod tests;
