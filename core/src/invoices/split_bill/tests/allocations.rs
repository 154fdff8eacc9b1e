//! Who pays what: the file's vectors, the finer decisions, and what holds for any charges.

use proptest::prelude::*;
use serde::Deserialize;

use crate::invoices::split_bill::allocation::*;
use crate::invoices::split_bill::policy::{Due, Policy, Reason, State};
use crate::invoices::vectors::vectors;
use crate::money::Cents;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    id: String,
    periods: Vec<PeriodOf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodOf {
    contribution: Cents,
    charges: Vec<ChargeOf>,
    covered: Cents,
    uncovered: Cents,
    third_party: Cents,
    personal: Cents,
    lapses: Cents,
    /// What the period brings when nothing was before it.
    alone: String,
}

#[derive(Deserialize)]
struct ChargeOf {
    amount: Cents,
    kind: String,
}

fn general(amount: i64) -> Contribution {
    Contribution { parts: vec![ContributionPart { category: None, covers: Covers::UpTo(Cents(amount)) }] }
}

fn coverable(category: Option<&str>, amount: i64) -> Charge {
    Charge { amount: Cents(amount), kind: ChargeKind::Coverable { category: category.map(str::to_owned) } }
}

fn charge(kind: ChargeKind, amount: i64) -> Charge {
    Charge { amount: Cents(amount), kind }
}

#[test]
fn each_contribution_covers_what_the_table_says() {
    let vectors = vectors::<Vector>("split-bill-allocations.json");
    assert_eq!(vectors.len(), 8);
    for vector in vectors {
        for period in vector.periods {
            let kind = |kind: &str| match kind {
                "coverable" => ChargeKind::Coverable { category: None },
                "third_party" => ChargeKind::ThirdParty,
                other => panic!("{other} is no kind"),
            };
            let charges: Vec<Charge> =
                period.charges.iter().map(|one| Charge { amount: one.amount, kind: kind(&one.kind) }).collect();
            let PeriodOf { covered, uncovered, third_party, personal, lapses, .. } = period;
            let expected = Allocation { covered, uncovered, third_party, own: Cents::ZERO, personal, lapses };
            let allocation = allocate(Some(&general(period.contribution.0)), &charges);
            assert_eq!(allocation, Ok(expected), "{}", vector.id);
            let due = State::default().close(Policy::default(), personal).unwrap().0;
            let alone = match period.alone.as_str() {
                "none" => Due::NoInvoice,
                "threshold" => Due::Invoice { reason: Reason::Threshold, amount: personal },
                other => panic!("{other} is nothing that is due"),
            };
            assert_eq!(due, alone, "{}", vector.id);
        }
    }
}

fn part(category: Option<&str>, covers: Covers) -> ContributionPart {
    ContributionPart { category: category.map(str::to_owned), covers }
}

/// Covered, uncovered, lapses.
fn split(parts: Vec<ContributionPart>, charges: &[Charge]) -> (i64, i64, i64) {
    let allocation = allocate(Some(&Contribution { parts }), charges).unwrap();
    (allocation.covered.0, allocation.uncovered.0, allocation.lapses.0)
}

#[test]
fn a_category_is_covered_before_the_general_amount_is_used() {
    let charges = [coverable(Some("voice"), 800), coverable(Some("data"), 1_000)];
    let (voice, all) = (part(Some("voice"), Covers::UpTo(Cents(500))), part(None, Covers::UpTo(Cents(1_000))));
    // General first would use 8.00 of its 10.00 on calls, and the calls' 5.00 would lapse.
    for parts in [vec![voice.clone(), all.clone()], vec![all, voice]] {
        assert_eq!(split(parts, &charges), (1_500, 300, 0));
    }
    assert_eq!(split(vec![part(Some("sms"), Covers::UpTo(Cents(500)))], &charges), (0, 1_800, 500));
    assert_eq!(split(vec![part(Some("data"), Covers::All)], &charges), (1_000, 800, 0));
}

#[test]
fn a_share_is_rounded_per_charge_and_both_sides_add_up() {
    // Half of 0.05 is 0.03 for the employer, twice; half of the sum would be 0.05.
    let charges = [coverable(None, 5), coverable(None, 5)];
    assert_eq!(split(vec![part(None, Covers::Share(5_000))], &charges), (6, 4, 0));
    assert_eq!(split(vec![part(None, Covers::Share(3_333))], &[coverable(None, 1_000)]), (333, 667, 0));
}

#[test]
fn discounts_come_off_before_the_contribution_and_never_make_it_a_gift() {
    let charges = [coverable(None, 2_000), coverable(None, -500)];
    assert_eq!(split(vec![part(None, Covers::UpTo(Cents(1_800)))], &charges), (1_500, 0, 300));
    assert_eq!(split(vec![part(None, Covers::Share(5_000))], &charges), (750, 750, 0));
    // Its own category first: calls are paid by the discount, so the contribution to calls lapses.
    let charges = [coverable(Some("data"), 1_000), coverable(Some("voice"), 500), coverable(Some("voice"), -500)];
    assert_eq!(split(vec![part(Some("voice"), Covers::UpTo(Cents(500)))], &charges), (0, 1_000, 500));
    // What is left of it goes elsewhere; what is left then is the person's credit.
    let charges = [coverable(Some("data"), 300), coverable(Some("voice"), -500)];
    assert_eq!(split(vec![part(None, Covers::All)], &charges), (0, -200, 0));
}

#[test]
fn third_parties_instalments_and_corrections_are_the_persons_own() {
    let charges = [
        coverable(None, 1_000),
        charge(ChargeKind::ThirdParty, 250),
        charge(ChargeKind::Personal, 900),
        charge(ChargeKind::Adjustment, -400),
    ];
    let allocation = allocate(Some(&Contribution { parts: vec![part(None, Covers::All)] }), &charges).unwrap();
    assert_eq!((allocation.covered, allocation.uncovered), (Cents(1_000), Cents::ZERO));
    assert_eq!((allocation.third_party, allocation.own, allocation.personal), (Cents(250), Cents(500), Cents(750)));
}

#[test]
fn what_cannot_be_split_says_why() {
    let usage = [coverable(None, 1)];
    assert_eq!(allocate(None, &usage), Err(AllocationError::ContributionUnknown));
    assert_eq!(allocate(None, &[charge(ChargeKind::ThirdParty, 250)]).unwrap().personal, Cents(250));
    assert_eq!(allocate(Some(&general(-1)), &usage), Err(AllocationError::ContributionInvalid));
    let too_much = Contribution { parts: vec![part(None, Covers::Share(10_001))] };
    assert_eq!(allocate(Some(&too_much), &usage), Err(AllocationError::ContributionInvalid));
    for charges in [[coverable(None, i64::MAX), coverable(None, 1)], [coverable(None, i64::MIN), coverable(None, 1)]] {
        assert_eq!(allocate(Some(&general(0)), &charges), Err(AllocationError::OutOfRange));
    }
}

fn category() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop::sample::select(vec!["voice".to_owned(), "data".to_owned()]))
}

fn charges() -> impl Strategy<Value = Vec<Charge>> {
    let kind = prop_oneof![
        4 => category().prop_map(|category| ChargeKind::Coverable { category }),
        1 => Just(ChargeKind::ThirdParty),
        1 => Just(ChargeKind::Personal),
        1 => Just(ChargeKind::Adjustment),
    ];
    let charge = (kind, -1_500..4_000i64).prop_map(|(kind, cents)| Charge { amount: Cents(cents), kind });
    prop::collection::vec(charge, 0..9)
}

fn contribution() -> impl Strategy<Value = Contribution> {
    let covers = prop_oneof![
        (0..5_000i64).prop_map(|cents| Covers::UpTo(Cents(cents))),
        (0..=10_000u32).prop_map(Covers::Share),
        Just(Covers::All),
    ];
    let part = (category(), covers).prop_map(|(category, covers)| ContributionPart { category, covers });
    prop::collection::vec(part, 0..4).prop_map(|parts| Contribution { parts })
}

proptest! {
    #[test]
    fn both_sides_add_up_and_the_contribution_never_exceeds_what_it_may_cover(
        contribution in contribution(), charges in charges(),
    ) {
        let of = |wanted: fn(&ChargeKind) -> bool| {
            charges.iter().filter(|charge| wanted(&charge.kind)).map(|charge| charge.amount.0).sum::<i64>()
        };
        let coverable = of(|kind| matches!(kind, ChargeKind::Coverable { .. }));
        let allocation = allocate(Some(&contribution), &charges).unwrap();
        prop_assert_eq!(allocation.covered.0 + allocation.uncovered.0, coverable);
        prop_assert!(allocation.covered.0 >= 0 && allocation.covered.0 <= coverable.max(0));
        prop_assert_eq!(allocation.covered.0 + allocation.personal.0, of(|_| true));
        prop_assert_eq!(allocation.third_party.0, of(|kind| *kind == ChargeKind::ThirdParty));
        prop_assert!(allocation.lapses.0 >= 0);
    }

    #[test]
    fn third_parties_charges_change_nothing_of_the_contribution(
        contribution in contribution(), charges in charges(), parking in 1..10_000i64,
    ) {
        let without = allocate(Some(&contribution), &charges).unwrap();
        let mut more = charges;
        more.insert(0, charge(ChargeKind::ThirdParty, parking));
        let with = allocate(Some(&contribution), &more).unwrap();
        prop_assert_eq!((with.covered, with.lapses), (without.covered, without.lapses));
        prop_assert_eq!(with.personal.0, without.personal.0 + parking);
    }

    #[test]
    fn a_fixed_contribution_is_used_or_lapses(amount in 0..5_000i64, charges in charges()) {
        let allocation = allocate(Some(&general(amount)), &charges).unwrap();
        prop_assert_eq!(allocation.covered.0 + allocation.lapses.0, amount);
    }
}
