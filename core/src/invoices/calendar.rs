//! The periods of a private account in a row: those that bills name, those between them without a bill, and those since the
//! last. Bills name the days; what lies between is reckoned by months from the day of the month that the operator's periods
//! begin on, which a short month does not move.

use jiff::ToSpan;
use jiff::civil::Date;

use super::model::{Bill, BillLine, BillingPeriod};
use super::split_bill::allocation::{Contribution, allocate};
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
    let anchor = named.iter().map(|period| period.start.day()).max().unwrap_or(1);
    let mut all: Vec<BillingPeriod> = Vec::new();
    for period in named {
        let since = all.last().map_or(period.start, |last| last.next_start);
        all.extend(between(since, period.start, anchor));
        all.push(period);
    }
    if let Some(last) = all.last().copied() {
        all.extend(running(last.next_start, today, anchor));
    }
    let more = all.len().saturating_sub(MOST_PERIODS);
    all.split_off(more)
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

/// Follows the account through its periods: what came, and what may come. `running`: what is on no bill yet; none: not known.
pub fn follow_account(
    bills: &[Bill],
    running: Option<&[BillLine]>,
    policy: Policy,
    contribution: Option<&Contribution>,
    today: Date,
) -> Followed {
    let documents: Vec<Document> = bills.iter().filter_map(Bill::document).collect();
    let periods: Vec<Period> = periods(bills, today)
        .into_iter()
        .map(|period| {
            let is_final = period.next_start.checked_add(FINAL_AFTER_DAYS.days()).is_ok_and(|day| day <= today);
            let observed = observe(period, &documents, is_final);
            let personal = running.and_then(|lines| personal(period, lines, contribution, today));
            Period { period, personal, observed, account_ends: false }
        })
        .collect();
    follow(Start::Unknown, policy, &periods)
}

/// What of the costs that are on no bill is the employee's and of this period. None: it cannot be told.
fn personal(
    period: BillingPeriod,
    lines: &[BillLine],
    contribution: Option<&Contribution>,
    today: Date,
) -> Option<Cents> {
    let runs = (period.start..period.next_start).contains(&today);
    let is_of = |line: &&BillLine| {
        // What names no day is of now.
        let day = line.period.map(|of| of.start).or(line.date);
        day.map_or(runs, |day| (period.start..period.next_start).contains(&day))
    };
    let of_period = lines.iter().filter(is_of);
    let charges =
        of_period.filter(|line| !line.employer_share.is_set()).map(BillLine::charge).collect::<Option<Vec<_>>>()?;
    allocate(contribution, &charges).ok().map(|allocation| allocation.personal)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::invoices::fixtures::bill_of;

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
    fn what_does_not_come_out_in_months_is_one_stretch() {
        let bills = [bill_of("1", (2026, 7, 1), (2026, 8, 1), 900), bill_of("2", (2026, 9, 20), (2026, 10, 20), 900)];
        assert_eq!(
            starts(&periods(&bills, date(2026, 10, 19))),
            ["2026-07-01", "2026-08-01", "2026-09-20"],
            "nothing is made up inside of it"
        );
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
