//! What was used on each of a row of days. Kept as a row of numbers, not as a map from dates to amounts: thirteen months
//! of it stand between a tap and the first figure whenever the app opens.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::usage::model::Amount;

/// Days from the first to the last that was told, by the calendar of the operator's zone. A day in between of which nothing
/// was told is a gap, not a day of nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    first: Date,
    /// Nothing, in what is counted.
    zero: Option<Amount>,
    used: Vec<Option<u64>>,
}

impl Days {
    /// Whether no day was told.
    pub fn is_empty(&self) -> bool {
        self.used.is_empty()
    }

    /// The first day that was told.
    pub fn first(&self) -> Option<Date> {
        (!self.is_empty()).then_some(self.first)
    }

    /// The last day that was told.
    pub fn last(&self) -> Option<Date> {
        self.iter().last().map(|(day, _)| day)
    }

    /// How many of the smallest units were used on a day; None for a gap.
    pub fn get(&self, day: Date) -> Option<u64> {
        *self.used.get(self.place(day)?)?
    }

    /// So many units as an amount.
    pub fn amount(&self, units: u64) -> Option<Amount> {
        self.zero.as_ref()?.with_units(units)
    }

    /// Whether `amount` counts the same.
    pub fn count_what(&self, amount: &Amount) -> bool {
        self.zero.as_ref().is_some_and(|zero| amount.with_units(0).as_ref() == Some(zero))
    }

    /// The days that were told, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (Date, u64)> {
        self.first.series(1.day()).zip(&self.used).filter_map(|(day, used)| Some((day, (*used)?)))
    }

    /// What was used on the days that were told from one day to before another, oldest first.
    pub fn range(&self, from: Date, until: Date) -> impl Iterator<Item = u64> {
        let from = self.place(from.max(self.first)).unwrap_or_default();
        let until = self.place(until.max(self.first)).unwrap_or_default().min(self.used.len());
        self.used.get(from..until).unwrap_or_default().iter().flatten().copied()
    }

    /// Takes days in, replacing what was told of them before, and forgets those that are not between `first` and `last`.
    /// An operator that begins to count something else begins anew; what is no number of units is a gap.
    pub fn take<'a>(&mut self, told: impl IntoIterator<Item = (Date, &'a Amount)>, first: Date, last: Date) {
        let within = |day: &Date| (first..=last).contains(day);
        let told: Vec<_> = told.into_iter().filter(|(day, used)| within(day) && used.units().is_some()).collect();
        if let Some((_, newest)) = told.iter().max_by_key(|(day, _)| *day)
            && !self.count_what(newest)
        {
            *self = Days { zero: newest.with_units(0), ..Days::default() };
        }
        let new = told.into_iter().filter(|(_, used)| self.count_what(used));
        let new: Vec<_> = new.filter_map(|(day, used)| Some((day, used.units()?))).collect();
        let mut all: Vec<_> = self.iter().filter(|(day, _)| within(day)).chain(new).collect();
        // Stable: of one day the one told last comes last.
        all.sort_by_key(|(day, _)| *day);
        self.first = all.first().map(|(day, _)| *day).unwrap_or_default();
        self.used.clear();
        for (day, used) in all {
            let Some(place) = self.place(day) else { continue };
            if place >= self.used.len() {
                self.used.resize(place.saturating_add(1), None);
            }
            if let Some(of_day) = self.used.get_mut(place) {
                *of_day = Some(used);
            }
        }
    }

    fn place(&self, day: Date) -> Option<usize> {
        usize::try_from(day.since(self.first).ok()?.get_days()).ok()
    }
}

#[cfg(test)]
impl FromIterator<(Date, Amount)> for Days {
    fn from_iter<I: IntoIterator<Item = (Date, Amount)>>(told: I) -> Days {
        let mut days = Days::default();
        let told: Vec<_> = told.into_iter().collect();
        days.take(told.iter().map(|(day, used)| (*day, used)), Date::MIN, Date::MAX);
        days
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::usage::model::Money;

    const FIRST: Date = date(2025, 10, 25);
    const LAST: Date = date(2026, 11, 25);

    fn day(at: i64) -> Date {
        LAST.saturating_add(at.days())
    }

    #[test]
    fn days_of_something_else_begin_anew_and_what_cannot_be_counted_is_a_gap() {
        let money = |cents: i64, currency: &str| Amount::Money(Money { cents, currency: currency.to_owned() });
        let raw = Amount::Raw { digits: "7".to_owned(), unit: "bananas".to_owned() };
        let mut days = Days::default();
        let mut take = |told: &[(i64, Amount)]| {
            days.take(told.iter().map(|(at, used)| (day(*at), used)), FIRST, LAST);
            days.iter().map(|(day, used)| (LAST.since(day).unwrap().get_days(), days.amount(used))).collect::<Vec<_>>()
        };
        assert_eq!(take(&[(-3, raw.clone())]), []);
        assert_eq!(take(&[(-3, Amount::Bytes(5)), (-2, raw)]), [(3, Some(Amount::Bytes(5)))]);
        assert_eq!(
            take(&[(-2, Amount::Count(5)), (-1, Amount::Bytes(6))]).len(),
            2,
            "the newest day says what is counted"
        );
        let euro =
            take(&[(-3, Amount::Bytes(5)), (-2, money(-5, "EUR")), (-1, money(7, "EUR")), (-4, money(7, "CHF"))]);
        assert_eq!(euro, [(1, Some(money(7, "EUR")))]);
    }

    proptest! {
        #[test]
        fn days_are_kept_as_a_map_from_dates_would_keep_them(
            first in prop::collection::vec((-500i64..50, 0u64..1000), 0..40),
            second in prop::collection::vec((-500i64..50, 0u64..1000), 0..40),
            (from, until) in (-500i64..50, -500i64..50),
        ) {
            let (mut days, mut map) = (Days::default(), BTreeMap::new());
            for told in [first, second] {
                let told: Vec<_> = told.iter().map(|(at, used)| (day(*at), Amount::Count(*used))).collect();
                days.take(told.iter().map(|(day, used)| (*day, used)), FIRST, LAST);
                map.extend(told.iter().map(|(day, used)| (*day, used.units().unwrap())));
                map.retain(|day, _| (FIRST..=LAST).contains(day));
            }
            prop_assert_eq!(days.is_empty(), map.is_empty());
            prop_assert_eq!(days.first(), map.keys().next().copied());
            prop_assert_eq!(days.last(), map.keys().last().copied());
            prop_assert!(days.iter().eq(map.iter().map(|(day, used)| (*day, *used))));
            for at in -500..50 {
                prop_assert_eq!(days.get(day(at)), map.get(&day(at)).copied());
            }
            let (from, until) = (day(from.min(until)), day(until.max(from)));
            prop_assert!(days.range(from, until).eq(map.range(from..until).map(|(_, used)| *used)));
            let kept = postcard::to_allocvec(&days).unwrap();
            prop_assert_eq!(postcard::from_bytes::<Days>(&kept).unwrap(), days);
        }
    }
}
