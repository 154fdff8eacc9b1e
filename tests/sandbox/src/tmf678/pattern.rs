//! What people spend beside their plan, month by month: thirteen months that come again, chosen so that every kind of bill
//! and of missing bill is among them. October 2025 is the first.

use crate::people::Person;

/// A charge: what it is called, cents with VAT, whether it is a third party's.
pub(super) type Spent = (&'static str, i64, bool);

/// How a person's document can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delivery {
    /// At a signed address on the document host.
    Url,
    /// In the bill itself.
    Content,
    /// In the document store.
    Store,
}

/// A person's private account.
#[derive(Debug, Clone, Copy)]
pub(super) struct Habits {
    /// Monthly price of the plan, cents with VAT.
    pub(super) subscription: i64,
    pub(super) months: [&'static [Spent]; 13],
    pub(super) direct_debit: bool,
    pub(super) delivery: Delivery,
    /// What becomes of the last, the last but one, and the one before: others are paid.
    pub(super) fate: [Fate; 3],
    /// The employer's credit in the seventh month takes back a part of the fifth month's invoice.
    pub(super) has_credit_note: bool,
    /// Third parties' services of the ninth month come on a statement of their own.
    pub(super) has_statement: bool,
}

/// How the payment of an invoice goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Open,
    Reminded,
    Half,
    Paid,
    Collected,
}

/// What an employer contributes at most in a month, cents with VAT.
pub(super) const CONTRIBUTION: i64 = 2_500;

const PARKING: &str = "Parking by SMS";
const ABROAD: &str = "Calls to abroad";
const ROAMING: &str = "SMS from abroad";
const DATA: &str = "Data outside the bundle";

/// Above five euros; nothing; a little; a little more, the third month; above; little; above together with the month before;
/// nothing three times, which brings an invoice of nothing; and three months of invoices.
const ALL_KINDS: [&[Spent]; 13] = [
    &[(ABROAD, 420, false), (PARKING, 200, true)],
    &[],
    &[(PARKING, 200, true)],
    &[(ABROAD, 150, false)],
    &[(ABROAD, 640, false), (PARKING, 200, true)],
    &[(PARKING, 300, true)],
    &[(ROAMING, 125, false), (ABROAD, 275, false)],
    &[],
    &[],
    &[],
    &[(ABROAD, 1_075, false), (PARKING, 200, true)],
    &[(ABROAD, 530, false), (PARKING, 200, true)],
    &[(ABROAD, 560, false), (ROAMING, 25, false), (PARKING, 400, true)],
];

const HEAVY: [&[Spent]; 13] = [&[(DATA, 1_720, false), (PARKING, 450, true)]; 13];
const QUIET: [&[Spent]; 13] = [&[]; 13];

/// None: the employer pays all, and there is no private account.
pub(super) fn habits(person: &Person) -> Option<Habits> {
    let ordinary = Habits {
        subscription: 2_500,
        months: ALL_KINDS,
        direct_debit: false,
        delivery: Delivery::Url,
        fate: [Fate::Open, Fate::Open, Fate::Paid],
        has_credit_note: true,
        has_statement: false,
    };
    Some(match person.key {
        "emma" | "pieter" | "ines" => ordinary,
        "nadia" => Habits {
            subscription: 1_500,
            months: HEAVY,
            delivery: Delivery::Content,
            fate: [Fate::Open, Fate::Reminded, Fate::Half],
            has_credit_note: false,
            has_statement: true,
            ..ordinary
        },
        "tom" => Habits {
            subscription: 3_500,
            months: QUIET,
            direct_debit: true,
            delivery: Delivery::Store,
            fate: [Fate::Open, Fate::Collected, Fate::Collected],
            has_credit_note: false,
            ..ordinary
        },
        _ => return None,
    })
}
