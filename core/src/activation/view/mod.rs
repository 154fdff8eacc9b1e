//! What the screen of getting started draws.

#[cfg(test)]
mod tests;
pub mod track;
