//! Trials that take long: in every run with few rounds, and under `tests/run --long` with many.

use std::time::{Duration, Instant};

use companion_journeys::{Phone, facts, name_of};
use companion_sandbox::{Faults, Sandbox, SandboxOptions};

async fn loaded() -> (Sandbox, Phone) {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let phone = Phone::new(&sandbox);
    phone.sign_in(&sandbox, "emma").await.unwrap();
    phone.refresh().await.unwrap();
    (sandbox, phone)
}

#[tokio::test]
async fn a_server_that_takes_the_request_and_says_nothing_is_given_up_in_bounded_time() {
    let (sandbox, phone) = loaded().await;
    let good = facts(&phone.core.usage().state());
    let only = Some(vec!["/tmf-api".to_owned()]);
    sandbox.set_faults(Faults { latency_ms: 120_000, only, ..Faults::default() });
    let began = Instant::now();
    assert_eq!(name_of(&phone.refresh().await.unwrap_err()), "offline");
    let waited = began.elapsed();
    // Three tries of 15 s without a byte, and the pauses between them.
    assert!(waited > Duration::from_secs(14) && waited < Duration::from_secs(50), "{waited:?}");
    assert_eq!(facts(&phone.core.usage().state())["hero.headline"], good["hero.headline"]);
    sandbox.set_faults(Faults::default());
    phone.refresh().await.unwrap();
}

#[tokio::test]
async fn two_hundred_and_fifty_six_refreshes_at_once_make_one_renewal_and_one_request_in_every_round() {
    let (sandbox, phone) = loaded().await;
    let rounds = if std::env::var_os("COMPANION_LONG_TRIALS").is_some() { 30 } else { 3 };
    for round in 0..rounds {
        sandbox.advance(301);
        phone.clock.advance(301);
        let before = sandbox.requests().len();
        for outcome in futures_util::future::join_all((0..256).map(|_| phone.refresh())).await {
            outcome.unwrap();
        }
        let requests = sandbox.requests().split_off(before);
        // Lines and plan are asked for now and then, each once.
        let mut paths: Vec<_> = requests.iter().map(|request| request.path.as_str()).collect();
        paths.sort_unstable();
        assert!(paths.iter().any(|path| path.starts_with("/tmf-api/usageConsumption")), "round {round}: {paths:?}");
        assert!(paths.contains(&"/token"), "round {round}: {paths:?}");
        assert!(paths.windows(2).all(|pair| pair[0] != pair[1]), "round {round}: nothing twice: {paths:?}");
    }
}
