//! The periods of a private account in a row: those that bills name, those between them without a bill, and those since the
//! last. Bills name the days; what lies between is reckoned by months from the day of the month that the operator's periods
//! begin on, which a short month does not move.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::checks::{audit, sections};
use super::model::{Bill, BillLine, BillingPeriod, DocumentKind, LineKind};
use super::split_bill::allocation::{Charge, Contribution, allocate};
use super::split_bill::documents::{Document, observe};
use super::split_bill::policy::Policy;
use super::split_bill::sequence::{Followed, Period, Start, follow};
use crate::money::Cents;

/// After so many days a period without an invoice stays without one.
const FINAL_AFTER_DAYS: i64 = 15;
/// An operator that names a period long ago by mistake makes no endless list.
const MOST_PERIODS: usize = 60;

/// The periods, oldest first; the last is the one that runs. Nothing where no bill names its period.
pub fn periods(bills: &[Bill], today: Date) -> Vec<BillingPeriod> {
    let mut named: Vec<BillingPeriod> = bills.iter().filter_map(|bill| bill.period).collect();
    named.retain(|period| period.start < period.next_start);
    named.sort_unstable();
    named.dedup();
    let longest = named.iter().map(|period| period.start.day()).max().unwrap_or(1);
    let mut all: Vec<BillingPeriod> = Vec::new();
    for period in named {
        let since = all.last().map_or(period.start, |last| last.next_start);
        all.extend(between(since, period.start, anchor(since, longest)));
        all.push(period);
    }
    if let Some(last) = all.last().copied() {
        all.extend(running(last.next_start, today, anchor(last.next_start, longest)));
    }
    let more = all.len().saturating_sub(MOST_PERIODS);
    all.split_off(more)
}

/// The day of the month that periods begin on, from the first day of one of them. A first period that was not whole, or a day
/// that was moved, does not count; the last day of a short month may stand for a later one that others name.
fn anchor(start: Date, longest: i8) -> i8 {
    if start.day() == start.days_in_month() { longest.max(start.day()) } else { start.day() }
}

/// Months from one day to another; one long period where they do not come out even.
fn between(from: Date, to: Date, anchor: i8) -> Vec<BillingPeriod> {
    let mut all = Vec::new();
    let mut start = from;
    while start < to && all.len() < MOST_PERIODS {
        let Some(next_start) = next(start, anchor) else { break };
        all.push(BillingPeriod { start, next_start });
        start = next_start;
    }
    if start == to { all } else { Vec::from_iter((from < to).then_some(BillingPeriod { start: from, next_start: to })) }
}

/// Months from one day on, the last of them the one that today is in.
fn running(from: Date, today: Date, anchor: i8) -> Vec<BillingPeriod> {
    let mut all = Vec::new();
    let mut start = from;
    while start <= today && all.len() < MOST_PERIODS {
        let Some(next_start) = next(start, anchor) else { break };
        all.push(BillingPeriod { start, next_start });
        start = next_start;
    }
    all
}

/// The first day of the next period: the anchor's day of the next month, or its last day.
fn next(start: Date, anchor: i8) -> Option<Date> {
    let month = start.first_of_month().checked_add(1.month()).ok()?;
    month.with().day(anchor.min(month.days_in_month())).build().ok()
}

/// What is known of an account.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    /// Its documents.
    pub bills: &'a [Bill],
    /// What is on no bill yet; none: not known.
    pub running: Option<&'a [BillLine]>,
    /// Lines of bills, as far as they were read.
    pub details: BTreeMap<&'a str, &'a [BillLine]>,
    /// What the employer contributes, where that is known.
    pub contribution: Option<&'a Contribution>,
}

/// Follows the account through its periods: what came, and what may come.
pub fn follow_account(known: &Known<'_>, policy: Policy, today: Date) -> Followed {
    let documents: Vec<Document> = known.bills.iter().filter_map(Bill::document).collect();
    let periods: Vec<Period> = periods(known.bills, today)
        .into_iter()
        .map(|period| {
            let is_final = period.next_start.checked_add(FINAL_AFTER_DAYS.days()).is_ok_and(|day| day <= today);
            let observed = observe(period, &documents, is_final);
            Period { period, personal: personal(period, known, today), observed, account_ends: false }
        })
        .collect();
    follow(Start::Unknown, policy, &periods)
}

/// What the employee pays of this period: by the lines of the invoice that brought it, or by what runs. None: it cannot be
/// told.
fn personal(period: BillingPeriod, known: &Known<'_>, today: Date) -> Option<Cents> {
    let invoices = known.bills.iter().filter(|bill| bill.kind == DocumentKind::Invoice);
    let later = invoices.filter_map(|bill| Some((bill.period?, bill))).filter(|(of, _)| of.start >= period.start);
    match later.min_by_key(|(of, bill)| (*of, bill.issued)) {
        Some((of, bill)) => {
            let lines = known.details.get(bill.id.as_str())?;
            // Where the lines do not add up, nothing is made of them.
            audit(bill, Some(lines)).figures?;
            let own = sections(bill, lines).detail;
            let of_period = own.into_iter().filter(|line| is_of(line, period, of == period));
            Cents::sum(of_period.map(|line| line.tax_included).collect::<Option<Vec<_>>>()?)
        }
        None => {
            let runs = (period.start..period.next_start).contains(&today);
            let of_period = known.running?.iter().filter(|line| is_of(line, period, runs));
            let own: Vec<&BillLine> = of_period.filter(|line| !line.employer_share.is_set()).collect();
            let mut charges = own.iter().map(|line| line.charge()).collect::<Option<Vec<_>>>()?;
            if lacks_subscription(&own, known.contribution) {
                charges.extend(last_subscription(period, known)?);
            }
            allocate(known.contribution, &charges).ok().map(|allocation| allocation.personal)
        }
    }
}

/// What runs often leaves out the subscription, which is billed at the end. It uses up the contribution before anything else
/// does; without it all of what runs would look covered.
pub fn lacks_subscription(running: &[&BillLine], contribution: Option<&Contribution>) -> bool {
    let is_coverable = |line: &&BillLine| !line.third_party.is_set();
    contribution.is_some_and(|contribution| !contribution.parts.is_empty())
        && running.iter().any(is_coverable)
        && !running.iter().filter(|line| is_coverable(line)).any(|line| line.kind == LineKind::Recurring)
}

/// The last invoice that names its period, of those whose period began before a day where one is given.
pub fn last_invoice(bills: &[Bill], before: Option<Date>) -> Option<(BillingPeriod, &Bill)> {
    let invoices = bills.iter().filter(|bill| bill.kind == DocumentKind::Invoice);
    let named = invoices.filter_map(|bill| Some((bill.period?, bill)));
    let earlier = named.filter(|(of, _)| before.is_none_or(|before| of.start < before));
    earlier.max_by_key(|(of, bill)| (*of, bill.issued))
}

/// The subscription as the last invoice before the period bills it. None: its lines were not read, or do not add up.
fn last_subscription(period: BillingPeriod, known: &Known<'_>) -> Option<Vec<Charge>> {
    let (of, bill) = last_invoice(known.bills, Some(period.start))?;
    let lines = known.details.get(bill.id.as_str())?;
    audit(bill, Some(lines)).figures?;
    let is_subscription = |line: &&BillLine| {
        line.kind == LineKind::Recurring
            && !line.third_party.is_set()
            && !line.employer_share.is_set()
            && is_of(line, of, true)
    };
    let charges: Vec<Charge> = lines.iter().filter(is_subscription).map(BillLine::charge).collect::<Option<_>>()?;
    (!charges.is_empty()).then_some(charges)
}

/// The days that a document bills: its own period, and those right before it that brought no invoice, as far back as its
/// lines are of them. Its own period while its lines are not known.
pub fn covered(bill: &Bill, bills: &[Bill], lines: Option<&[BillLine]>) -> Option<BillingPeriod> {
    let own = bill.period?;
    let brought = |period: BillingPeriod| {
        bills.iter().any(|other| other.kind == DocumentKind::Invoice && other.period == Some(period))
    };
    let all = periods(bills, own.start);
    let before = all.iter().rev().filter(|period| period.start < own.start).take_while(|period| !brought(**period));
    let billed = before.filter(|period| lines.into_iter().flatten().any(|line| is_of(line, **period, false)));
    let start = billed.last().map_or(own.start, |first| first.start);
    Some(BillingPeriod { start, ..own })
}

/// Whether a line is of a period; one that names no day is of the period it came with.
fn is_of(line: &BillLine, period: BillingPeriod, came_with: bool) -> bool {
    let day = line.date.or(line.period.map(|of| of.start));
    day.map_or(came_with, |day| (period.start..period.next_start).contains(&day))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::invoices::fixtures::bill_of;
    use crate::invoices::model::Flag;

    fn starts(periods: &[BillingPeriod]) -> Vec<String> {
        periods.iter().map(|period| period.start.to_string()).collect()
    }

    #[test]
    fn months_without_a_bill_stand_between_those_with_one_and_the_present_one_is_last() {
        let bills =
            [bill_of("1", (2026, 7, 15), (2026, 8, 15), 1_200), bill_of("2", (2026, 10, 15), (2026, 11, 15), 0)];
        let found = periods(&bills, date(2026, 11, 25));
        assert_eq!(starts(&found), ["2026-07-15", "2026-08-15", "2026-09-15", "2026-10-15", "2026-11-15"]);
        assert_eq!(found.last().unwrap().next_start, date(2026, 12, 15));
        assert_eq!(periods(&[], date(2026, 11, 25)), []);
    }

    #[test]
    fn a_short_month_does_not_move_the_day_periods_begin_on() {
        let bills = [bill_of("1", (2025, 12, 31), (2026, 1, 31), 900)];
        let found = periods(&bills, date(2026, 5, 31));
        assert_eq!(
            starts(&found),
            ["2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]
        );
    }

    #[test]
    fn a_first_period_that_was_not_whole_moves_nothing() {
        let bills = [bill_of("1", (2026, 3, 20), (2026, 4, 1), 900), bill_of("2", (2026, 4, 1), (2026, 5, 1), 900)];
        let found = periods(&bills, date(2026, 7, 15));
        assert_eq!(starts(&found), ["2026-03-20", "2026-04-01", "2026-05-01", "2026-06-01", "2026-07-01"]);
        let moved = [bill_of("1", (2026, 3, 15), (2026, 4, 15), 900), bill_of("2", (2026, 4, 15), (2026, 5, 1), 900)];
        assert_eq!(
            starts(&periods(&moved, date(2026, 6, 2))),
            ["2026-03-15", "2026-04-15", "2026-05-01", "2026-06-01"]
        );
    }

    #[test]
    fn what_does_not_come_out_in_months_is_one_stretch() {
        let bills = [bill_of("1", (2026, 7, 1), (2026, 8, 1), 900), bill_of("2", (2026, 9, 20), (2026, 10, 20), 900)];
        assert_eq!(
            starts(&periods(&bills, date(2026, 10, 19))),
            ["2026-07-01", "2026-08-01", "2026-09-20"],
            "nothing is made up inside of it"
        );
    }

    #[test]
    fn an_invoice_of_three_periods_is_dated_as_such_and_a_late_line_makes_none_of_two() {
        use crate::invoices::fixtures::line_of;
        let bills = [bill_of("1", (2026, 6, 1), (2026, 7, 1), 900), bill_of("2", (2026, 9, 1), (2026, 10, 1), 300)];
        let of = |month: i8| BillLine {
            date: Some(date(2026, month, 9)),
            ..line_of(&format!("of {month}"), Some("2"), 100)
        };
        let from = |lines: Option<&[BillLine]>| covered(&bills[1], &bills, lines).unwrap().start;
        assert_eq!(from(Some(&[of(7), of(8), of(9)])), date(2026, 7, 1));
        assert_eq!(from(Some(&[of(8), of(9)])), date(2026, 8, 1));
        assert_eq!(from(Some(&[of(9)])), date(2026, 9, 1));
        assert_eq!(from(Some(&[of(6), of(9)])), date(2026, 9, 1), "June was billed, and came late");
        assert_eq!(from(None), date(2026, 9, 1));
    }

    #[test]
    fn why_an_invoice_came_is_told_once_its_lines_are_known_and_never_guessed_before() {
        use crate::invoices::fixtures::line_of;
        use crate::invoices::split_bill::policy::{Due, Reason};
        use crate::invoices::split_bill::sequence::Outcome;
        let bills = [
            bill_of("1", (2026, 6, 1), (2026, 7, 1), 900),
            // Three periods, of a euro each.
            bill_of("2", (2026, 9, 1), (2026, 10, 1), 300),
        ];
        let of = |month: i8| BillLine {
            date: Some(date(2026, month, 9)),
            ..line_of(&format!("of {month}"), Some("2"), 100)
        };
        let detail = [of(7), of(8), of(9)];
        let running = [BillLine { date: Some(date(2026, 10, 5)), ..line_of("r", None, 700) }];
        let told = |details: BTreeMap<&str, &[BillLine]>| {
            let contribution = Contribution { parts: Vec::new() };
            let known = Known { bills: &bills, running: Some(&running), details, contribution: Some(&contribution) };
            follow_account(&known, Policy::Cumulative, date(2026, 10, 20)).periods
        };
        let september = |told: &[crate::invoices::split_bill::sequence::Told]| told[3].outcome;
        assert_eq!(september(&told(BTreeMap::new())), Outcome::Came { amount: Cents(300) });
        let read = told(BTreeMap::from([("2", detail.as_slice())]));
        let due = Due::Invoice { reason: Reason::ThirdPeriod, amount: Cents(300) };
        assert_eq!(september(&read), Outcome::AsExpected { due });
        let Outcome::Expected { earliest, reason, amount, .. } = read[4].outcome else { panic!("{:?}", read[4]) };
        assert_eq!((earliest, reason, amount), (date(2026, 11, 1), Reason::Threshold, Cents(700)));
    }

    #[test]
    fn a_subscription_that_does_not_run_yet_uses_up_the_contribution_all_the_same() {
        use crate::invoices::fixtures::line_of;
        use crate::invoices::split_bill::allocation::{ContributionPart, Covers};
        use crate::invoices::split_bill::sequence::Outcome;
        let bills = [bill_of("1", (2026, 9, 1), (2026, 10, 1), 985)];
        let detail = [
            BillLine { kind: LineKind::Recurring, ..line_of("plan", Some("1"), 2_500) },
            line_of("calls", Some("1"), 985),
            BillLine { employer_share: Flag::Told, ..line_of("share", Some("1"), -2_500) },
        ];
        let contribution =
            Contribution { parts: vec![ContributionPart { category: None, covers: Covers::UpTo(Cents(2_500)) }] };
        let calls = line_of("r", None, 1_170);
        let parking = BillLine { third_party: Flag::Told, ..line_of("p", None, 200) };
        let plan = BillLine { kind: LineKind::Recurring, ..line_of("plan", None, 2_000) };
        let personal = |running: &[BillLine], is_read: bool| {
            let details = BTreeMap::from_iter(is_read.then_some(("1", detail.as_slice())));
            let known = Known { bills: &bills, running: Some(running), details, contribution: Some(&contribution) };
            let october = BillingPeriod { start: date(2026, 10, 1), next_start: date(2026, 11, 1) };
            super::personal(october, &known, date(2026, 10, 20))
        };
        let cases: [(&str, &[BillLine], bool, Option<i64>); 5] = [
            ("as the last invoice has it", std::slice::from_ref(&calls), true, Some(1_170)),
            ("without that nothing can be told", std::slice::from_ref(&calls), false, None),
            ("it runs already", &[calls.clone(), plan], false, Some(670)),
            ("what is never covered needs no subscription", &[parking], false, Some(200)),
            ("nothing runs", &[], false, Some(0)),
        ];
        for (why, running, is_read, expected) in cases {
            assert_eq!(personal(running, is_read), expected.map(Cents), "{why}");
        }
        // The expectation follows.
        let details = BTreeMap::from([("1", detail.as_slice())]);
        let running = [calls];
        let known = Known { bills: &bills, running: Some(&running), details, contribution: Some(&contribution) };
        let told = follow_account(&known, Policy::Cumulative, date(2026, 10, 20)).periods.pop().unwrap();
        assert!(matches!(told.outcome, Outcome::Expected { amount: Cents(1_170), .. }), "{told:?}");
    }

    proptest! {
        #[test]
        fn periods_follow_each_other_without_a_hole_and_the_last_holds_today(
            from in 0i64..600, months in 1i64..14, skipped in 0i64..6, days in 0i64..200,
        ) {
            let start = date(2024, 1, 1).checked_add(from.days()).unwrap();
            let next = |start: Date, months: i64| start.checked_add(months.months()).unwrap();
            let (first_end, second) = (next(start, 1), next(start, 1 + skipped));
            let second_end = next(second, months.min(3));
            let part = |date: Date| (date.year(), date.month(), date.day());
            let bills = [bill_of("1", part(start), part(first_end), 1), bill_of("2", part(second), part(second_end), 1)];
            let today = second_end.checked_add(days.days()).unwrap();
            let found = periods(&bills, today);
            for pair in found.windows(2) {
                prop_assert_eq!(pair[0].next_start, pair[1].start);
            }
            let last = found.last().unwrap();
            prop_assert!(last.start <= today && today < last.next_start, "{:?}", found);
        }
    }
}
