//! A good operator, in every dialect.

use companion_cli::operator::check::report::Verdict;
use companion_sandbox::{
    ActivationDialect, BillDelivery, BillDialect, Dialect, PreferenceHome, QueryMode, SandboxOptions,
};

use crate::sight::{Sight, in_full};

fn options() -> SandboxOptions {
    SandboxOptions::default()
}

/// Every capability works, and there is nothing to say of it.
async fn is_good(name: &str, person: &'static str, options: SandboxOptions) {
    let mut sight = Sight::of(person, options).await;
    sight.write = true;
    let before = sight.sandbox.preferences(person);
    let report = sight.report().await;
    assert!(report.findings.is_empty(), "{name}:\n{}", in_full(&report));
    for judged in &report.capabilities {
        assert_eq!(judged.verdict, Verdict::Works, "{name}: {judged:?}");
        assert!(judged.requests > 0, "{name}: {judged:?}");
    }
    assert_eq!(sight.sandbox.preferences(person), before, "{name}: what was turned is put back");
    assert_eq!(sight.sandbox.preference_changes(), 2, "{name}: one was turned, and put back");
    assert_eq!(sight.sandbox.open_sessions(person), 0, "{name}: the person is signed out");
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_nothing_to_say_of_usage_in_any_generation_however_it_is_asked_for() {
    for dialect in [Dialect::G1, Dialect::G2, Dialect::G3, Dialect::G4] {
        for query in [QueryMode::ReportGet, QueryMode::QueryGet, QueryMode::QueryPost] {
            let name = format!("{dialect:?} {query:?}");
            is_good(&name, "emma", SandboxOptions { dialect, query, task_polls: 1, ..options() }).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_nothing_to_say_of_sign_in_with_bound_tokens_or_pushed_requests() {
    for (dpop, dpop_nonce, require_par) in [(true, false, false), (true, true, true), (false, false, true)] {
        let name = format!("dpop {dpop}, nonce {dpop_nonce}, pushed {require_par}");
        is_good(&name, "luc", SandboxOptions { dpop, dpop_nonce, require_par, ..options() }).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_nothing_to_say_of_the_other_apis_in_either_version() {
    for (activation, person) in
        [(ActivationDialect::V4, "ines"), (ActivationDialect::V5, "ines"), (ActivationDialect::V5, "luc")]
    {
        is_good(&format!("{activation:?} {person}"), person, SandboxOptions { activation, ..options() }).await;
    }
    for (bill_dialect, bill_delivery) in [
        (BillDialect::V4, BillDelivery::Url),
        (BillDialect::V5, BillDelivery::Content),
        (BillDialect::V5, BillDelivery::Store),
    ] {
        let name = format!("{bill_dialect:?} {bill_delivery:?}");
        is_good(&name, "emma", SandboxOptions { bill_dialect, bill_delivery, ..options() }).await;
    }
    is_good("serviceFeature", "emma", SandboxOptions { preferences: PreferenceHome::ServiceFeature, ..options() })
        .await;
}
