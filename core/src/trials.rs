//! How random stories are played: the same ones in every ordinary run, so that a change is blamed for what it broke, and
//! others each time with `tests/run --long`, which sets how many.

use proptest::test_runner::{Config, RngSeed};

/// `cases` stories in an ordinary run.
pub(crate) fn config(cases: u32) -> Config {
    let long = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if long.is_some() { RngSeed::Random } else { RngSeed::Fixed(20_261_126) };
    Config { cases: long.unwrap_or(cases), rng_seed, failure_persistence: None, ..Config::default() }
}
