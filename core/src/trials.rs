//! How random stories are played: the same ones in every ordinary run, so that a change is blamed for what it broke;
//! others each time, and ten times as many, with `tests/run --long`.

use proptest::test_runner::{Config, RngSeed};

fn is_long() -> bool {
    std::env::var_os("COMPANION_LONG_TRIALS").is_some()
}

/// How often a trial is made: ten times as often in a long run.
pub(crate) fn times(ordinary: usize) -> usize {
    if is_long() { ordinary * 10 } else { ordinary }
}

/// `cases` stories in an ordinary run.
pub(crate) fn config(cases: u32) -> Config {
    let rng_seed = if is_long() { RngSeed::Random } else { RngSeed::Fixed(20_261_126) };
    let cases = u32::try_from(times(cases as usize)).unwrap();
    Config { cases, rng_seed, failure_persistence: None, ..Config::default() }
}
