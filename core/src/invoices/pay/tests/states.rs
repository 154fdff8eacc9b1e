//! Where an invoice stands and whether it may be paid: a table, and every combination of facts.

use jiff::civil::{Date, date};

use crate::invoices::model::DocumentKind;
use crate::invoices::pay::state::*;
use crate::money::Cents;

pub(super) fn today() -> Date {
    date(2026, 11, 26)
}

pub(super) fn open_invoice() -> Facts {
    Facts {
        kind: DocumentKind::Invoice,
        issued: date(2026, 11, 16),
        total: Cents(1_234),
        open: None,
        credited: Cents::ZERO,
        told: None,
        due: Some(date(2026, 12, 1)),
        marked_paid: false,
        mandate: Mandate::None,
        collection: None,
    }
}

/// Whether paying is offered, in short: so many cents, by direct debit on a day or some day, or not.
#[derive(Debug, PartialEq, Eq)]
enum Way {
    Pay(i64),
    Debit(Option<Date>),
    No,
}

fn way(facts: &Facts) -> Way {
    match paying(facts, today()) {
        Paying::Offered { amount } => Way::Pay(amount.cents().0),
        Paying::ByDirectDebit { on } => Way::Debit(on),
        Paying::NotOffered => Way::No,
    }
}

#[test]
fn each_invoice_stands_where_its_facts_put_it() {
    use PaymentState as S;
    use ToldPayment as T;
    let open = open_invoice();
    let told = |told| Facts { told: Some(told), ..open };
    let late = Facts { due: Some(date(2026, 11, 25)), ..open };
    let mandate = |mandate| Facts { mandate, ..open };
    let active = mandate(Mandate::Active { from: Some(date(2026, 11, 16)) });
    let collection = |collection| Facts { collection: Some(collection), ..active };
    let day = date(2026, 12, 2);
    let table = [
        ("an invoice", open, S::Open, Way::Pay(1_234)),
        ("on its last day", Facts { due: Some(today()), ..open }, S::Open, Way::Pay(1_234)),
        ("a day late", late, S::Overdue, Way::Pay(1_234)),
        ("no day given", Facts { due: None, ..open }, S::Open, Way::Pay(1_234)),
        ("called open, and late", Facts { told: Some(T::Open), ..late }, S::Overdue, Way::Pay(1_234)),
        ("called late", told(T::Overdue), S::Overdue, Way::Pay(1_234)),
        ("reminded", told(T::Reminded), S::Reminded, Way::Pay(1_234)),
        ("employer contacted", told(T::EmployerContacted), S::EmployerContacted, Way::Pay(1_234)),
        ("on its way", told(T::Pending), S::Pending, Way::No),
        ("on its way, and late", Facts { told: Some(T::Pending), ..late }, S::Pending, Way::No),
        ("paid", told(T::Paid), S::Paid, Way::No),
        ("nothing open", Facts { open: Some(Cents::ZERO), ..late }, S::Paid, Way::No),
        ("overpaid", Facts { open: Some(Cents(-1)), ..late }, S::Paid, Way::No),
        ("in part, rest told", Facts { open: Some(Cents(234)), ..told(T::PartlyPaid) }, S::PartlyPaid, Way::Pay(234)),
        ("in part, rest not told", told(T::PartlyPaid), S::PartlyPaid, Way::No),
        (
            "in part, and late",
            Facts { told: Some(T::PartlyPaid), open: Some(Cents(1)), ..late },
            S::Overdue,
            Way::Pay(1),
        ),
        ("noted as paid", Facts { marked_paid: true, ..late }, S::MarkedPaidByUser, Way::No),
        ("noted, and reminded", Facts { marked_paid: true, ..told(T::Reminded) }, S::Reminded, Way::Pay(1_234)),
        ("noted, and paid", Facts { marked_paid: true, ..told(T::Paid) }, S::Paid, Way::No),
        ("credited in part", Facts { credited: Cents(1_000), ..open }, S::Open, Way::Pay(234)),
        ("credited", Facts { credited: Cents(1_234), ..late }, S::Credited, Way::No),
        (
            "credited, open amount told",
            Facts { credited: Cents(1_000), open: Some(Cents(200)), ..open },
            S::Open,
            Way::Pay(200),
        ),
        ("of nothing", Facts { total: Cents::ZERO, ..late }, S::NothingToPay, Way::No),
        ("a credit", Facts { total: Cents(-200), ..late }, S::NothingToPay, Way::No),
        ("a credit note", Facts { kind: DocumentKind::CreditNote, ..late }, S::NothingToPay, Way::No),
        ("a reminder", Facts { kind: DocumentKind::Reminder, ..late }, S::NothingToPay, Way::No),
        ("a statement", Facts { kind: DocumentKind::ThirdPartyStatement, ..open }, S::Open, Way::Pay(1_234)),
        ("who knows what", Facts { kind: DocumentKind::Unknown, ..open }, S::Open, Way::No),
        ("mandate asked for", mandate(Mandate::Requested), S::Open, Way::Pay(1_234)),
        ("mandate failed", mandate(Mandate::Failed), S::Open, Way::Pay(1_234)),
        ("mandate revoked", mandate(Mandate::Revoked), S::Open, Way::Pay(1_234)),
        ("mandate from now on", active, S::Open, Way::Debit(None)),
        (
            "mandate from the next on",
            mandate(Mandate::Active { from: Some(date(2026, 11, 17)) }),
            S::Open,
            Way::Pay(1_234),
        ),
        ("mandate from who knows when", mandate(Mandate::Active { from: None }), S::Open, Way::Pay(1_234)),
        ("announced", collection(Collection::Announced { on: day }), S::Open, Way::Debit(Some(day))),
        (
            "announced without a mandate told",
            Facts { mandate: Mandate::None, ..collection(Collection::Announced { on: day }) },
            S::Open,
            Way::Debit(Some(day)),
        ),
        (
            "announced, and noted",
            Facts { marked_paid: true, ..collection(Collection::Announced { on: day }) },
            S::MarkedPaidByUser,
            Way::Debit(Some(day)),
        ),
        ("collected", collection(Collection::Collected), S::Paid, Way::No),
        ("returned", collection(Collection::Returned), S::Open, Way::Pay(1_234)),
        ("refunded", Facts { due: late.due, ..collection(Collection::Refunded) }, S::Overdue, Way::Pay(1_234)),
    ];
    for (name, facts, state, expected) in table {
        assert_eq!(payment_state(&facts, today()), state, "{name}");
        assert_eq!(way(&facts), expected, "{name}");
    }
}

#[test]
fn the_longest_amounts_are_states_too() {
    for total in [i64::MIN, i64::MAX] {
        let facts = Facts { total: Cents(total), credited: Cents(i64::MIN), ..open_invoice() };
        let expected = if total > 0 { PaymentState::Open } else { PaymentState::NothingToPay };
        assert_eq!(payment_state(&facts, today()), expected);
        assert_eq!(way(&facts), Way::No);
    }
}

#[test]
fn in_no_combination_is_money_asked_for_that_is_not_owed() {
    let mut seen = std::collections::HashSet::new();
    let mut count = 0;
    for facts in combinations() {
        let state = payment_state(&facts, today());
        let way = way(&facts);
        count += 1;
        seen.insert(state);
        let is_debited = matches!(facts.mandate, Mandate::Active { from: Some(_) }) && facts.collection.is_none()
            || matches!(facts.collection, Some(Collection::Announced { .. }));
        if let Way::Pay(cents) = way {
            assert!(cents > 0 && cents <= facts.total.0, "{facts:?}");
            assert!(!is_debited, "{facts:?}");
            assert!(!matches!(facts.told, Some(ToldPayment::Paid | ToldPayment::Pending)), "{facts:?}");
            assert!(facts.collection != Some(Collection::Collected), "{facts:?}");
            assert!(matches!(facts.kind, DocumentKind::Invoice | DocumentKind::ThirdPartyStatement), "{facts:?}");
        }
        if state == PaymentState::Paid {
            // Never because the person says so.
            let without = Facts { marked_paid: false, ..facts };
            assert_eq!(payment_state(&without, today()), PaymentState::Paid, "{facts:?}");
        }
    }
    assert_eq!((seen.len(), count), (10, 5 * 3 * 3 * 2 * 8 * 2 * 2 * 4 * 5));
}

fn combinations() -> impl Iterator<Item = Facts> {
    use DocumentKind as K;
    use ToldPayment as T;
    let mut all = vec![open_invoice()];
    let mut vary = |change: &dyn Fn(Facts) -> Vec<Facts>| all = all.iter().flat_map(|facts| change(*facts)).collect();
    vary(&|facts| {
        [K::Invoice, K::CreditNote, K::ThirdPartyStatement, K::Reminder, K::Unknown]
            .map(|kind| Facts { kind, ..facts })
            .into()
    });
    vary(&|facts| [-200, 0, 1_234].map(|cents| Facts { total: Cents(cents), ..facts }).into());
    vary(&|facts| [None, Some(0), Some(100)].map(|open| Facts { open: open.map(Cents), ..facts }).into());
    vary(&|facts| [0, 1_234].map(|cents| Facts { credited: Cents(cents), ..facts }).into());
    let told = [T::Open, T::Pending, T::PartlyPaid, T::Paid, T::Overdue, T::Reminded, T::EmployerContacted];
    vary(&|facts| {
        let told = told.into_iter().map(Some).chain([None]);
        told.map(|told| Facts { told, ..facts }).collect()
    });
    vary(&|facts| [date(2026, 11, 25), today()].map(|due| Facts { due: Some(due), ..facts }).into());
    vary(&|facts| [false, true].map(|marked_paid| Facts { marked_paid, ..facts }).into());
    let mandates =
        [Mandate::None, Mandate::Requested, Mandate::Active { from: Some(date(2026, 1, 1)) }, Mandate::Failed];
    vary(&|facts| mandates.map(|mandate| Facts { mandate, ..facts }).into());
    let announced = Collection::Announced { on: date(2026, 12, 2) };
    let collections = [announced, Collection::Collected, Collection::Returned, Collection::Refunded];
    vary(&|facts| {
        let collections = collections.into_iter().map(Some).chain([None]);
        collections.map(|collection| Facts { collection, ..facts }).collect()
    });
    all.into_iter()
}
