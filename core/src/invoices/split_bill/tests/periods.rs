//! The rule from period to period: every sequence of the file, by every reading, and what holds for all sequences.

use proptest::prelude::*;
use serde::Deserialize;

use crate::invoices::split_bill::policy::{Due, PERIODS_WITHOUT, Policy, Reason, State, THRESHOLD};
use crate::invoices::vectors::vectors;
use crate::money::{Cents, ExactAmount};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sequence {
    id: String,
    personal: Vec<Cents>,
    cumulative: Brought,
    per_period: Brought,
    per_period_waived: Brought,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Brought {
    periods: Vec<Step>,
    after: Option<After>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    due: String,
    amount: Option<Cents>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct After {
    pending: Cents,
    streak: u8,
}

impl Step {
    fn due(&self) -> Due {
        let reason = match self.due.as_str() {
            "none" => {
                assert_eq!(self.amount, None);
                return Due::NoInvoice;
            }
            "threshold" => Reason::Threshold,
            "third_period" => Reason::ThirdPeriod,
            other => panic!("{other} is nothing that is due"),
        };
        Due::Invoice { reason, amount: self.amount.unwrap() }
    }
}

fn run(policy: Policy, personal: &[Cents]) -> Vec<(Due, State)> {
    let mut state = State::default();
    let closed = personal.iter().map(|amount| {
        let closed = state.close(policy, *amount).unwrap();
        state = closed.1;
        closed
    });
    closed.collect()
}

#[test]
fn every_sequence_brings_what_the_table_says_by_each_reading() {
    let sequences = vectors::<Sequence>("split-bill-sequences.json");
    assert_eq!(sequences.len(), 22);
    for sequence in sequences {
        let readings = [&sequence.cumulative, &sequence.per_period, &sequence.per_period_waived];
        for (policy, brought) in Policy::ALL.into_iter().zip(readings) {
            let closed = run(policy, &sequence.personal);
            let due: Vec<Due> = closed.iter().map(|(due, _)| *due).collect();
            let expected: Vec<Due> = brought.periods.iter().map(Step::due).collect();
            assert_eq!(due, expected, "{} {policy:?}", sequence.id);
            if let Some(After { pending, streak }) = brought.after {
                assert_eq!(closed.last().unwrap().1, State { pending, streak }, "{} {policy:?}", sequence.id);
            }
        }
    }
}

#[test]
fn the_threshold_is_compared_with_vat_and_after_rounding_once() {
    let due = |total: Cents| State::default().close(Policy::Cumulative, total).unwrap().0 != Due::NoInvoice;
    // Net amounts on both sides of the threshold at 21 %.
    for (net, invoice) in [(413, false), (414, true)] {
        let total = Cents(net).plus(Cents(net).share(2_100).unwrap()).unwrap();
        assert_eq!(due(total), invoice, "{net}");
    }
    for (exact, invoice) in [(["2.0000", "3.0049"], false), (["2.0000", "3.0050"], true)] {
        let parts = exact.map(|part| ExactAmount::parse(part).unwrap());
        assert_eq!(due(ExactAmount::rounded_sum(parts).unwrap()), invoice, "{exact:?}");
    }
}

#[test]
fn what_does_not_fit_is_not_expected_wrongly() {
    let full = State { pending: Cents(i64::MAX), streak: 0 };
    assert_eq!(full.close(Policy::Cumulative, Cents(1)), None);
    assert_eq!(full.close(Policy::PerPeriod, Cents(1)), None);
}

/// A credit can turn the order round: by the period's total the second period is due, by the total since it is not.
#[test]
fn with_a_credit_the_cumulative_reading_may_be_the_later_one() {
    let personal = [Cents(-300), Cents(501)];
    assert_eq!(first_invoice(Policy::PerPeriod, &personal), Some(1));
    assert_eq!(first_invoice(Policy::Cumulative, &personal), None);
}

fn first_invoice(policy: Policy, personal: &[Cents]) -> Option<usize> {
    run(policy, personal).iter().position(|(due, _)| *due != Due::NoInvoice)
}

fn invoiced(closed: &[(Due, State)]) -> Cents {
    let amounts = closed.iter().filter_map(|(due, _)| match due {
        Due::Invoice { amount, .. } => Some(*amount),
        Due::NoInvoice => None,
    });
    Cents::sum(amounts).unwrap()
}

/// Around the threshold, around nothing, and anything.
fn amount(lowest: i64) -> impl Strategy<Value = Cents> {
    prop_oneof![
        4 => (lowest.max(-12)..=12i64).prop_map(|halves| Cents(halves * 50)),
        2 => (495..=505i64).prop_map(Cents),
        1 => (lowest.max(-3)..=3i64).prop_map(Cents),
        1 => (lowest..=10_000i64).prop_map(Cents),
    ]
}

fn personal(lowest: i64) -> impl Strategy<Value = Vec<Cents>> {
    prop::collection::vec(amount(lowest), 1..16)
}

fn policy() -> impl Strategy<Value = Policy> {
    prop::sample::select(Policy::ALL.to_vec())
}

proptest! {
    #[test]
    fn nothing_is_lost_or_billed_twice_while_small_amounts_wait(personal in personal(-5_000)) {
        for policy in [Policy::Cumulative, Policy::PerPeriod] {
            let closed = run(policy, &personal);
            let pending = closed.last().unwrap().1.pending;
            prop_assert_eq!(invoiced(&closed).plus(pending), Cents::sum(personal.iter().copied()), "{:?}", policy);
        }
    }

    #[test]
    fn three_periods_in_a_row_never_go_without(policy in policy(), personal in personal(-5_000)) {
        let closed = run(policy, &personal);
        for three in closed.windows(3) {
            prop_assert!(three.iter().any(|(due, _)| *due != Due::NoInvoice));
        }
        prop_assert!(closed.iter().all(|(_, state)| state.streak <= PERIODS_WITHOUT));
    }

    #[test]
    fn each_invoice_starts_anew_and_only_an_invoice_does(policy in policy(), personal in personal(-5_000)) {
        for (due, state) in run(policy, &personal) {
            match due {
                Due::Invoice { .. } => prop_assert_eq!(state, State::default()),
                Due::NoInvoice => prop_assert!(state.streak > 0),
            }
        }
    }

    #[test]
    fn the_reason_is_the_threshold_exactly_when_it_is_exceeded(policy in policy(), personal in personal(-5_000)) {
        for ((due, _), own) in run(policy, &personal).into_iter().zip(&personal) {
            if let Due::Invoice { reason, amount } = due {
                let compared = if policy == Policy::Cumulative { amount } else { *own };
                prop_assert_eq!(reason == Reason::Threshold, compared > THRESHOLD);
            }
        }
    }

    #[test]
    fn using_more_never_delays_the_first_invoice_of_the_cumulative_reading(
        personal in personal(-5_000), more in 1..2_000i64, which in any::<prop::sample::Index>(),
    ) {
        let mut raised = personal.clone();
        let raise = which.get_mut(&mut raised);
        *raise = raise.plus(Cents(more)).unwrap();
        let first = |personal: &[Cents]| first_invoice(Policy::Cumulative, personal).unwrap_or(usize::MAX);
        prop_assert!(first(&raised) <= first(&personal));
    }

    #[test]
    fn without_credits_the_cumulative_reading_is_the_first_to_expect_an_invoice(personal in personal(0)) {
        let first = |policy| first_invoice(policy, &personal).unwrap_or(usize::MAX);
        prop_assert!(first(Policy::Cumulative) <= first(Policy::PerPeriod));
    }

    #[test]
    fn without_credits_waiving_never_bills_more_in_all(personal in personal(0)) {
        let total = |policy| invoiced(&run(policy, &personal));
        prop_assert!(total(Policy::PerPeriodWaived) <= total(Policy::Cumulative));
    }
}

/// Every sequence of five of nine amounts: what chance may miss.
#[test]
fn the_order_of_the_readings_holds_on_a_whole_grid() {
    const AMOUNTS: [i64; 9] = [0, 1, 100, 250, 499, 500, 501, 700, 1_200];
    for number in 0..9usize.pow(5) {
        let personal: Vec<Cents> = (0..5).map(|place| Cents(AMOUNTS[number / 9usize.pow(place) % 9])).collect();
        let first = |policy| first_invoice(policy, &personal).unwrap_or(usize::MAX);
        assert!(first(Policy::Cumulative) <= first(Policy::PerPeriod), "{personal:?}");
        let total = |policy| invoiced(&run(policy, &personal));
        assert!(total(Policy::PerPeriodWaived) <= total(Policy::Cumulative), "{personal:?}");
    }
}
