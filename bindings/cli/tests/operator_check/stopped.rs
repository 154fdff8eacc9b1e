//! A check that is stopped, or fails in the middle, leaves nothing behind at the operator.

use std::time::Duration;

use companion_cli::operator::check::walk::{Ended, check};
use companion_sandbox::{Faults, Sandbox, SandboxOptions};

use crate::sight::{Sight, told};

const PREFERENCES: &str = "/communicationManagement/v1/communicationPreference";

async fn until_asked(sandbox: &Sandbox, method: &str, path: &str) {
    while !sandbox.requests().iter().any(|it| it.method == method && it.path.starts_with(path)) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_that_is_stopped_signs_out_and_puts_back_what_it_turned() {
    let mut sight = Sight::of("emma", SandboxOptions::default()).await;
    sight.write = true;
    let before = sight.sandbox.preferences("emma");
    let stop = until_asked(&sight.sandbox, "PATCH", PREFERENCES);
    let ended = check(&sight.profile.to_string(), &sight.wish(), |_| (), stop).await.unwrap();
    assert!(matches!(ended, Ended::Stopped), "{ended:?}");
    assert_eq!(sight.sandbox.open_sessions("emma"), 0);
    assert_eq!(sight.sandbox.preferences("emma"), before);
    assert!(!sight.sandbox.requests().iter().any(|it| it.path.contains("customerBill")), "nothing more was asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn at_whatever_moment_a_check_is_stopped_nobody_stays_signed_in() {
    let sight = Sight::of("emma", SandboxOptions::default()).await;
    // Slow enough that a stop falls into every exchange of a sign-in.
    let slow =
        Faults { latency_ms: 100, only: Some(vec!["/token".to_owned(), "/revoke".to_owned()]), ..Faults::default() };
    sight.sandbox.set_faults(slow);
    for step in 0..12 {
        let stop = async {
            while sight.sandbox.requests().iter().filter(|it| it.path == "/par").count() <= step {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            tokio::time::sleep(Duration::from_millis(40) * u32::try_from(step).unwrap()).await;
        };
        let ended = check(&sight.profile.to_string(), &sight.wish(), |_| (), stop).await.unwrap();
        assert!(matches!(ended, Ended::Stopped), "{step}: {ended:?}");
        assert_eq!(sight.sandbox.open_sessions("emma"), 0, "{step}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_turned_is_put_back_also_when_something_fails_between() {
    // With bound tokens nothing but the end of the check puts it back.
    let mut sight = Sight::of("emma", SandboxOptions { dpop: true, ..SandboxOptions::default() }).await;
    sight.write = true;
    let before = sight.sandbox.preferences("emma");
    let breaking = async {
        until_asked(&sight.sandbox, "PATCH", PREFERENCES).await;
        let (only, method) = (Some(vec![PREFERENCES.to_owned()]), Some("GET".to_owned()));
        sight.sandbox.set_faults(Faults { only, method, status: Some(500), times: Some(10), ..Faults::default() });
    };
    let (report, ()) = tokio::join!(sight.report(), breaking);
    let found: Vec<String> = report.findings.iter().map(told).collect();
    assert!(found.iter().all(|it| it.contains(" notifications preference")), "{found:?}");
    assert!(!report.works());
    assert_eq!(sight.sandbox.preferences("emma"), before);
    assert_eq!(sight.sandbox.open_sessions("emma"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_write_nothing_is_changed_or_ordered() {
    let sight = Sight::of("emma", SandboxOptions::default()).await;
    sight.report().await;
    let reads = |it: &&companion_sandbox::LoggedRequest| {
        it.path.starts_with("/tmf-api") || it.path.starts_with("/communication")
    };
    let log = sight.sandbox.requests();
    let methods: Vec<&str> = log.iter().filter(reads).map(|it| it.method.as_str()).filter(|it| *it != "GET").collect();
    assert_eq!(methods, [""; 0]);
    assert_eq!(sight.sandbox.preference_changes(), 0);
}
