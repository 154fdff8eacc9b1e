//! A good operator, in every dialect.

use companion_cli::operator::check::report::{Level, Verdict};
use companion_sandbox::{
    ActivationDialect, BillDelivery, BillDialect, Dialect, OperatorName, PreferenceHome, QueryMode, SandboxOptions,
};

use crate::sight::{Sight, in_full, told};

const EMMA: (&str, &[&str]) = ("emma", &[]);
/// His employer pays everything.
const LUC: (&str, &[&str]) = ("luc", &["invoices"]);
/// Her line is on its way.
const INES: (&str, &[&str]) = ("ines", &["usage", "plan", "invoices"]);

fn options() -> SandboxOptions {
    SandboxOptions::default()
}

/// Every capability works, and there is nothing to say of it, but where this person has nothing of it.
async fn is_good(name: &str, (person, lacks): (&'static str, &[&str]), options: SandboxOptions) {
    let mut sight = Sight::of(person, options).await;
    sight.write = true;
    let before = sight.sandbox.preferences(person);
    let report = sight.report().await;
    let lacking: Vec<_> = report.findings.iter().map(|it| (it.level, it.capability.as_str(), it.at.as_str())).collect();
    let expected: Vec<_> = lacks.iter().map(|capability| (Level::Remark, *capability, "body")).collect();
    assert_eq!(lacking, expected, "{name}:\n{}", in_full(&report));
    for judged in &report.capabilities {
        let is_lacking = lacks.contains(&judged.capability.as_str());
        let expected = if is_lacking { Verdict::WorksWithRemarks } else { Verdict::Works };
        assert_eq!(judged.verdict, expected, "{name}: {judged:?}");
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
            is_good(&name, EMMA, SandboxOptions { dialect, query, task_polls: 1, ..options() }).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_nothing_to_say_of_sign_in_with_bound_tokens_or_pushed_requests() {
    for (dpop, dpop_nonce, require_par) in [(true, false, false), (true, true, true), (false, false, true)] {
        let name = format!("dpop {dpop}, nonce {dpop_nonce}, pushed {require_par}");
        is_good(&name, LUC, SandboxOptions { dpop, dpop_nonce, require_par, ..options() }).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_nothing_to_say_of_the_other_apis_in_either_version() {
    for (activation, person) in
        [(ActivationDialect::V4, INES), (ActivationDialect::V5, INES), (ActivationDialect::V5, LUC)]
    {
        is_good(&format!("{activation:?} {}", person.0), person, SandboxOptions { activation, ..options() }).await;
    }
    for (bill_dialect, bill_delivery) in [
        (BillDialect::V4, BillDelivery::Url),
        (BillDialect::V5, BillDelivery::Content),
        (BillDialect::V5, BillDelivery::Store),
    ] {
        let name = format!("{bill_dialect:?} {bill_delivery:?}");
        is_good(&name, EMMA, SandboxOptions { bill_dialect, bill_delivery, ..options() }).await;
    }
    is_good("serviceFeature", EMMA, SandboxOptions { preferences: PreferenceHome::ServiceFeature, ..options() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_nothing_to_say_of_the_other_operators_of_the_demo() {
    for operator in [OperatorName::V4Meuse, OperatorName::PrepaidPolder] {
        let mut sight = Sight::of("emma", SandboxOptions::of(operator)).await;
        // One of them takes no JSON Patch, only a merge patch.
        sight.write = true;
        let report = sight.report().await;
        assert!(report.findings.is_empty() && report.works(), "{operator:?}:\n{}", in_full(&report));
        assert_eq!(sight.sandbox.preference_changes(), 2, "{operator:?}: one was turned, and put back");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_whose_usage_is_not_for_this_person_is_a_remark_where_another_is() {
    let report = Sight::of("tom", options()).await.report().await;
    let named: Vec<String> = report.findings.iter().map(told).collect();
    // The plan of the other line begins once its number has moved.
    let expected = ["remark usage usage-report status", "remark plan products body"];
    assert_eq!(named, expected, "{}", in_full(&report));
    assert!(report.works());
}
