//! Histories: what came against what was expected.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::invoices::model::{BillingPeriod, DocumentKind};
use crate::invoices::split_bill::documents::{Document, Observed, observe, unnamed_credit};
use crate::invoices::split_bill::policy::{Due, Policy, Reason, State};
use crate::invoices::split_bill::sequence::*;
use crate::money::Cents;

fn days(index: i64) -> BillingPeriod {
    let first = date(2026, 1, 15);
    BillingPeriod { start: first + index.months(), next_start: first + (index + 1).months() }
}

const NOT_YET: Observed = Observed::NotYet;
const NOTHING: Observed = Observed::Nothing;

fn came(cents: i64) -> Observed {
    Observed::Invoice { amount: Cents(cents) }
}

/// Consecutive periods of an account.
fn history(periods: &[(Option<i64>, Observed)]) -> Vec<Period> {
    let period = |(index, (personal, observed)): (usize, &(Option<i64>, Observed))| Period {
        period: days(index as i64),
        personal: personal.map(Cents),
        observed: *observed,
        account_ends: false,
    };
    periods.iter().enumerate().map(period).collect()
}

fn followed(policy: Policy, periods: &[(Option<i64>, Observed)]) -> Followed {
    follow(Start::AccountBegins, policy, &history(periods))
}

fn outcomes(policy: Policy, periods: &[(Option<i64>, Observed)]) -> Vec<Outcome> {
    followed(policy, periods).periods.iter().map(|told| told.outcome).collect()
}

const fn invoice(reason: Reason, cents: i64) -> Due {
    Due::Invoice { reason, amount: Cents(cents) }
}

#[test]
fn an_expected_invoice_says_when_why_how_much_and_by_which_reading() {
    let assumption = Policy::Cumulative;
    let not_expected =
        |pending, at_most_more| Outcome::NotExpected { pending: Cents(pending), at_most_more, assumption };
    let expected = |reason, amount, includes_earlier| Outcome::Expected {
        earliest: date(2026, 4, 15),
        reason,
        amount: Cents(amount),
        includes_earlier,
        assumption,
    };
    let table = [
        ([100, 100, 100], expected(Reason::ThirdPeriod, 300, true)),
        ([0, 0, 0], expected(Reason::ThirdPeriod, 0, false)),
        ([0, 0, 700], expected(Reason::Threshold, 700, false)),
    ];
    for (amounts, last) in table {
        let told = outcomes(assumption, &amounts.map(|cents| (Some(cents), NOT_YET)));
        let pending = amounts[0] + amounts[1];
        assert_eq!(told, [not_expected(amounts[0], 2), not_expected(pending, 1), last], "{amounts:?}");
    }
}

#[test]
fn a_statement_of_nothing_or_of_a_credit_is_not_to_be_paid() {
    let table = [(-1, Settlement::Credit), (0, Settlement::NothingToPay), (1, Settlement::ToPay)];
    for (cents, settlement) in table {
        assert_eq!(Settlement::of(Cents(cents)), settlement);
    }
}

#[test]
fn what_came_replaces_what_was_expected_and_the_difference_is_told() {
    let told = outcomes(
        Policy::Cumulative,
        &[
            (Some(600), came(600)),
            (Some(100), came(100)),
            (Some(100), NOTHING),
            (Some(700), came(777)),
            (Some(100), NOTHING),
            (Some(100), NOT_YET),
        ],
    );
    let assumption = Policy::Cumulative;
    let expected = [
        Outcome::AsExpected { due: invoice(Reason::Threshold, 600) },
        Outcome::Diverged { expected: Due::NoInvoice, came: Some(Cents(100)) },
        Outcome::AsExpected { due: Due::NoInvoice },
        Outcome::Diverged { expected: invoice(Reason::Threshold, 800), came: Some(Cents(777)) },
        Outcome::AsExpected { due: Due::NoInvoice },
        // Counted from the invoice that came, not from the one that was expected.
        Outcome::NotExpected { pending: Cents(200), at_most_more: 1, assumption },
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_history_that_contradicts_the_cumulative_reading_changes_it_and_says_so_once() {
    let told = followed(
        Policy::Cumulative,
        &[
            (Some(300), NOTHING),
            (Some(300), NOTHING),
            (Some(300), came(900)),
            (Some(300), NOTHING),
            (Some(300), NOT_YET),
        ],
    );
    let to = Switch { from: Policy::Cumulative, to: Policy::PerPeriod };
    let switches: Vec<_> = told.periods.iter().map(|told| told.switched).collect();
    assert_eq!(switches, [None, Some(to), None, None, None]);
    let expected = invoice(Reason::Threshold, 600);
    assert_eq!(told.periods[1].outcome, Outcome::Diverged { expected, came: None });
    assert_eq!(told.periods[2].outcome, Outcome::AsExpected { due: invoice(Reason::ThirdPeriod, 900) });
    let pending = Cents(600);
    assert_eq!(
        told.periods[4].outcome,
        Outcome::NotExpected { pending, at_most_more: 1, assumption: Policy::PerPeriod }
    );
    assert_eq!((told.policy, told.state), (Policy::PerPeriod, Some(State { pending, streak: 2 })));
}

#[test]
fn amounts_that_vanish_are_learnt_from_the_third_invoice() {
    let waived = &[(Some(300), NOTHING), (Some(300), NOTHING), (Some(300), came(300)), (Some(100), NOT_YET)];
    let told = followed(Policy::Cumulative, waived);
    let switches: Vec<_> = told.periods.iter().filter_map(|told| told.switched).collect();
    let (first, second) = (
        Switch { from: Policy::Cumulative, to: Policy::PerPeriod },
        Switch { from: Policy::PerPeriod, to: Policy::PerPeriodWaived },
    );
    assert_eq!(switches, [first, second]);
    assert_eq!(told.state, Some(State { pending: Cents::ZERO, streak: 1 }));
}

#[test]
fn a_reading_that_was_left_is_not_gone_back_to() {
    let twice = [(Some(300), NOTHING), (Some(300), NOTHING), (Some(300), came(900)), (Some(300), NOTHING)];
    // What comes then would be right by the cumulative reading alone.
    let told = followed(Policy::Cumulative, &[&twice[..], &[(Some(300), came(600))]].concat());
    let last = told.periods.last().unwrap();
    assert_eq!(last.outcome, Outcome::Diverged { expected: Due::NoInvoice, came: Some(Cents(600)) });
    assert_eq!((last.switched, told.policy), (None, Policy::PerPeriod));
}

#[test]
fn what_no_reading_explains_changes_none() {
    let table: [&[(Option<i64>, Observed)]; 3] = [
        // More than the threshold in one period, and nothing came.
        &[(Some(600), NOTHING)],
        // The third period, and nothing came.
        &[(Some(100), NOTHING), (Some(100), NOTHING), (Some(100), NOTHING)],
        // One cent off.
        &[(Some(600), came(601))],
    ];
    for periods in table {
        let told = followed(Policy::Cumulative, periods);
        let last = told.periods.last().unwrap();
        assert!(matches!(last.outcome, Outcome::Diverged { .. }), "{periods:?}");
        assert_eq!((last.switched, told.policy), (None, Policy::Cumulative), "{periods:?}");
    }
    let again = [(Some(100), NOTHING), (Some(100), NOTHING), (Some(100), NOTHING), (Some(100), NOT_YET)];
    let due = outcomes(Policy::Cumulative, &again)[3];
    assert!(matches!(due, Outcome::Expected { reason: Reason::ThirdPeriod, amount: Cents(400), .. }), "{due:?}");
}

#[test]
fn an_unknown_period_makes_all_unknown_until_the_next_invoice() {
    let told = outcomes(
        Policy::Cumulative,
        &[
            (Some(100), NOTHING),
            (None, NOTHING),
            (Some(900), NOT_YET),
            (Some(100), NOTHING),
            (Some(100), came(1_200)),
            (Some(100), NOT_YET),
        ],
    );
    let assumption = Policy::Cumulative;
    let expected = [
        Outcome::AsExpected { due: Due::NoInvoice },
        Outcome::Unknown,
        Outcome::Unknown,
        Outcome::Unknown,
        Outcome::Came { amount: Cents(1_200) },
        Outcome::NotExpected { pending: Cents(100), at_most_more: 2, assumption },
    ];
    assert_eq!(told, expected);
    // An invoice says where the account stands also when the period's total is not known.
    let told = followed(Policy::Cumulative, &[(Some(100), NOTHING), (None, came(250))]);
    assert_eq!(told.state, Some(State::default()));
}

#[test]
fn a_period_missing_in_the_middle_or_out_of_order_is_an_unknown_one() {
    let of = |indices: [i64; 2]| {
        let mut periods = history(&[(Some(100), NOTHING), (Some(900), NOT_YET)]);
        for (period, index) in periods.iter_mut().zip(indices) {
            period.period = days(index);
        }
        follow(Start::AccountBegins, Policy::Cumulative, &periods).periods[1].outcome
    };
    assert!(matches!(of([0, 1]), Outcome::Expected { .. }));
    for indices in [[0, 2], [1, 0], [0, 0]] {
        assert_eq!(of(indices), Outcome::Unknown, "{indices:?}");
    }
    let mut upside_down = history(&[(Some(900), NOT_YET)]);
    upside_down[0].period.next_start = upside_down[0].period.start;
    let told = follow(Start::AccountBegins, Policy::Cumulative, &upside_down);
    assert_eq!(told.periods[0].outcome, Outcome::Unknown);
}

#[test]
fn a_history_that_does_not_begin_with_the_account_expects_nothing_before_an_invoice() {
    let periods = history(&[(Some(900), NOT_YET), (Some(100), came(1_000)), (Some(600), NOT_YET)]);
    let told = follow(Start::Unknown, Policy::Cumulative, &periods);
    assert_eq!(told.periods[0].outcome, Outcome::Unknown);
    assert_eq!(told.periods[1].outcome, Outcome::Came { amount: Cents(1_000) });
    assert!(matches!(told.periods[2].outcome, Outcome::Expected { amount: Cents(600), .. }));
}

#[test]
fn an_account_that_ends_may_be_billed_at_once_and_nothing_is_computed() {
    let mut periods = history(&[(Some(100), NOTHING), (Some(100), NOT_YET), (Some(900), NOT_YET)]);
    periods[1].account_ends = true;
    let told = follow(Start::AccountBegins, Policy::Cumulative, &periods);
    assert_eq!(told.periods[1].outcome, Outcome::ClosingInvoicePossible);
    assert_eq!(told.periods[2].outcome, Outcome::Unknown);
}

fn document(kind: DocumentKind, issued: Date, total: i64, names_invoice: bool) -> Document {
    Document { period: days(0), kind, issued, total: Cents(total), names_invoice }
}

#[test]
fn only_an_invoice_is_an_invoice_and_a_corrected_one_replaces_the_first() {
    let (first, later) = (date(2026, 2, 16), date(2026, 3, 1));
    let of = |kind, issued, total| document(kind, issued, total, false);
    let invoices = [of(DocumentKind::Invoice, later, 650), of(DocumentKind::Invoice, first, 700)];
    assert_eq!(observe(days(0), &invoices, true), came(650));
    assert_eq!(observe(days(1), &invoices, true), NOTHING);
    for kind in
        [DocumentKind::CreditNote, DocumentKind::Reminder, DocumentKind::ThirdPartyStatement, DocumentKind::Unknown]
    {
        let documents = [of(kind, later, 900)];
        assert_eq!(observe(days(0), &documents, true), NOTHING, "{kind:?}");
        assert_eq!(observe(days(0), &documents, false), NOT_YET, "{kind:?}");
    }
}

#[test]
fn a_credit_note_that_names_no_invoice_lowers_its_period_whatever_its_sign() {
    let of = |kind, total, names| document(kind, date(2026, 2, 16), total, names);
    let documents = [
        of(DocumentKind::CreditNote, -300, false),
        of(DocumentKind::CreditNote, 200, false),
        of(DocumentKind::CreditNote, 1_000, true),
        of(DocumentKind::Invoice, 4_000, false),
    ];
    assert_eq!(unnamed_credit(days(0), &documents), Some(Cents(-500)));
    assert_eq!(unnamed_credit(days(1), &documents), Some(Cents::ZERO));
    let two = [of(DocumentKind::CreditNote, i64::MIN, false); 2];
    assert_eq!(unnamed_credit(days(0), &two[..1]), Some(Cents(i64::MIN)));
    assert_eq!(unnamed_credit(days(0), &two), None);
}

fn observed() -> impl Strategy<Value = Observed> {
    prop_oneof![Just(NOT_YET), Just(NOTHING), (-200..2_000i64).prop_map(came)]
}

proptest! {
    #[test]
    fn an_operator_that_keeps_to_a_reading_never_diverges_from_it(
        policy in prop::sample::select(Policy::ALL.to_vec()), amounts in prop::collection::vec(-300..1_200i64, 1..14),
    ) {
        let mut state = State::default();
        let periods: Vec<_> = amounts.iter().map(|cents| {
            let (due, after) = state.close(policy, Cents(*cents)).unwrap();
            state = after;
            (Some(*cents), match due { Due::Invoice { amount, .. } => came(amount.0), Due::NoInvoice => NOTHING })
        }).collect();
        let told = followed(policy, &periods);
        let as_expected = |told: &Told| matches!(told.outcome, Outcome::AsExpected { .. });
        prop_assert!(told.periods.iter().all(as_expected));
        prop_assert_eq!((told.policy, told.state), (policy, Some(state)));
    }

    #[test]
    fn each_reading_is_left_at_most_once_and_what_came_always_counts(
        periods in prop::collection::vec((prop::option::weighted(0.9, -300..1_200i64), observed()), 1..14),
    ) {
        let told = followed(Policy::Cumulative, &periods);
        let left: Vec<_> = told.periods.iter().filter_map(|told| told.switched).map(|switch| switch.from).collect();
        prop_assert!(left.iter().enumerate().all(|(index, policy)| !left[..index].contains(policy)));
        prop_assert!(left.len() < Policy::ALL.len());
        for (count, (_, observed)) in periods.iter().enumerate() {
            let state = followed(Policy::Cumulative, &periods[..=count]).state;
            match observed {
                Observed::Invoice { .. } => prop_assert_eq!(state, Some(State::default())),
                _ => prop_assert!(state.is_none_or(|state| state.streak <= 2)),
            }
        }
    }
}
