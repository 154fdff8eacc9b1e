//! The rules that tie a bucket's numbers together: signs, unlimited, totals, what may be derived from what.
//! Numbers are only ever set against each other when they are of one bucket, one unit, one time and one answer.

use jiff::civil::Date;

use super::balance::Balance;
use super::counter::{self, Counter};
use super::period::Period;
use super::quantity::{Kind, Quantity, Written};
use super::vocabulary::{Level, Role};
use crate::operator::tolerant::{Findings, Place, WarningKind};
use crate::usage::model::{Allowance, Amount, Cycle, Origin, Reading};

/// What was found of one bucket.
#[derive(Debug)]
pub(super) struct Found<'a, 'v> {
    pub(super) place: Place,
    pub(super) counters: &'a [Counter<'v>],
    pub(super) balance: Balance<'v>,
    pub(super) says_unlimited: bool,
    /// The numbers are everybody's of a shared bucket.
    pub(super) is_for_all: bool,
    /// A warning already says why there may be no numbers.
    pub(super) explained: bool,
    /// The operator's civil date on which all this was counted.
    pub(super) counted_on: Option<Date>,
}

/// All numbers of one bucket, before the rules.
#[derive(Debug)]
pub(super) struct Numbers<'v> {
    used: Option<Sourced<'v>>,
    remaining: Option<Sourced<'v>>,
    total: Option<Sourced<'v>>,
    over: Option<Sourced<'v>>,
    unread: Unread,
    says_unlimited: bool,
    is_for_all: bool,
    /// Whether used and remaining may be set against each other: both of the whole bucket, in periods that touch.
    comparable: bool,
    /// A warning already says why there may be no numbers.
    explained: bool,
    counted: Option<Period>,
    valid: Option<Period>,
}

/// An amount, where it stands and what kind of member it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sourced<'v> {
    pub(super) quantity: Quantity<'v>,
    pub(super) place: Place,
    pub(super) origin: Origin,
}

/// Which numbers the document gives in a way that cannot be read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Unread {
    pub(super) used: bool,
    pub(super) remaining: bool,
    pub(super) total: bool,
}

impl Unread {
    pub(super) fn or(self, other: Unread) -> Unread {
        Unread {
            used: self.used || other.used,
            remaining: self.remaining || other.remaining,
            total: self.total || other.total,
        }
    }

    fn any(self) -> bool {
        self.used || self.remaining || self.total
    }
}

/// What a bucket says in the end.
#[derive(Debug)]
pub(super) struct Values {
    pub(super) used: Option<Reading>,
    pub(super) remaining: Option<Reading>,
    pub(super) over: Option<Reading>,
    pub(super) allowance: Allowance,
    /// One of these is missing, or only as written, because its number or unit could not be read.
    pub(super) is_hollow: bool,
}

impl<'v> Numbers<'v> {
    pub(super) fn collect(found: Found<'_, 'v>, findings: &mut Findings) -> Self {
        let Found { place, counters, mut balance, says_unlimited, is_for_all, explained, counted_on } = found;
        let mut used = counter::choose(counters, &Role::Used, findings)
            .or_else(|| counters.iter().find(|counter| matches!(counter.role, Role::Named(_))));
        let mut remaining = counter::choose(counters, &Role::Remaining, findings);
        let mut total = counter::choose(counters, &Role::Total, findings);
        let mut over = counter::choose(counters, &Role::Over, findings);
        let explained = explained
            || balance.unread.any()
            || [used, remaining, total, over].into_iter().flatten().any(|c| c.written == Written::Unreadable);
        let mut counted = used.or(remaining).or(total).and_then(|counter| counter.period);
        balance.valid = balance.valid.map(|valid| valid.on(counted_on));
        match counted.zip(balance.valid).map(|(counted, valid)| order(&counted, &valid, counted_on)) {
            None | Some(Order::Together) => {}
            Some(Order::CounterEarlier) => {
                findings.note(place, WarningKind::PeriodsDisagree);
                (used, remaining, total, over, counted) = (None, None, None, None, None);
            }
            Some(Order::CounterLater) => {
                findings.note(place, WarningKind::PeriodsDisagree);
                balance.forget_amounts();
                balance.valid = None;
            }
        }
        let together = same_time(used, remaining) && same_time(used, total);
        if !together {
            findings.note(place, WarningKind::CountersDisagree);
        }
        let is_unread = |counter: Option<&Counter<'v>>| counter.is_some_and(|c| c.written == Written::Unreadable);
        let unread = Unread { used: is_unread(used), remaining: is_unread(remaining), total: is_unread(total) };
        let of_counter = |counter: Option<&Counter<'v>>| {
            let counter = counter?;
            Some(Sourced { quantity: counter.amount()?, place: counter.node.place(), origin: Origin::Counter })
        };
        let is_whole = |counter: Option<&Counter<'v>>| {
            counter.is_none_or(|counter| matches!(counter.level, Level::Global | Level::Unsaid))
        };
        Numbers {
            used: of_counter(used).or(balance.used),
            remaining: balance.remaining.or(of_counter(remaining)),
            total: balance.total.or(of_counter(total)),
            over: of_counter(over),
            unread: unread.or(balance.unread),
            says_unlimited,
            is_for_all,
            comparable: together && is_whole(used) && is_whole(remaining),
            explained,
            counted,
            valid: balance.valid,
        }
    }

    pub(super) fn any_kind(&self) -> Option<Kind<'v>> {
        [self.used, self.remaining, self.total, self.over]
            .into_iter()
            .flatten()
            .find_map(|sourced| sourced.quantity.known())
            .map(|(kind, _)| kind)
    }

    /// The cycle: it begins with the counter's period and ends with the balance's validity. A counter's period ends when
    /// the report was made, and a balance's validity may begin then.
    pub(super) fn cycle(&self) -> Option<Cycle> {
        let start = self.counted.and_then(|period| period.first_day);
        let next_start = self.valid.and_then(|period| period.day_after);
        (start.is_some() || next_start.is_some()).then_some(Cycle { start, next_start })
    }

    /// Applies the rules: signs, unlimited, totals.
    pub(super) fn settle(mut self, place: Place, findings: &mut Findings) -> Values {
        self.drop_impossible(findings);
        self.note_units(place, findings);
        let unread = self.unread;
        let values = if self.says_unlimited {
            self.settle_unlimited(place, findings)
        } else {
            self.settle_limited(place, findings)
        };
        Values { is_hollow: values.lacks(unread), ..values }
    }

    /// Numbers below zero or beyond any use. What remains may be below zero: then something is over.
    fn drop_impossible(&mut self, findings: &mut Findings) {
        let mut unread_over = false;
        for (number, unread) in [
            (&mut self.used, &mut self.unread.used),
            (&mut self.total, &mut self.unread.total),
            (&mut self.over, &mut unread_over),
        ] {
            if let Some(sourced) = number.as_ref().filter(|sourced| sourced.quantity.is_negative()) {
                findings.note(sourced.place, WarningKind::NegativeAmount);
                (*number, *unread, self.explained) = (None, true, true);
            }
        }
        for (number, unread) in [(&mut self.used, &mut self.unread.used), (&mut self.over, &mut unread_over)] {
            if let Some(sourced) = number.as_ref().filter(|sourced| sourced.quantity.is_beyond_use(self.is_for_all)) {
                findings.note(sourced.place, WarningKind::OutOfRange);
                (*number, *unread, self.explained) = (None, true, true);
            }
        }
        for number in [&mut self.remaining, &mut self.total] {
            if let Some(sourced) = number.as_ref().filter(|sourced| sourced.quantity.is_beyond_use(self.is_for_all)) {
                findings.note(sourced.place, WarningKind::UnlimitedByAmount);
                *number = None;
                self.says_unlimited = true;
            }
        }
        self.unread.remaining |=
            self.remaining.is_some_and(|left| left.quantity.to_amount().is_none() && left.quantity.known().is_none());
    }

    fn settle_limited(mut self, place: Place, findings: &mut Findings) -> Values {
        let mut over = self.over.and_then(reading);
        let mut remaining = self.remaining.and_then(reading);
        if let Some(sourced) = self.remaining.filter(|sourced| sourced.quantity.is_negative()) {
            findings.note(sourced.place, WarningKind::NegativeRemaining);
            let known = sourced.quantity.known();
            remaining = known.and_then(|(kind, _)| Some(Reading { amount: kind.amount(0)?, origin: sourced.origin }));
            over = over.or_else(|| {
                let (kind, value) = known?;
                Some(Reading { amount: kind.amount(value.checked_neg()?)?, origin: sourced.origin })
            });
        }
        let mut used = self.used.and_then(reading);

        if let (Some((used, _)), Some((0, _))) = (self.used_value(), self.total_value())
            && used > 0
        {
            if let Some(sourced) = self.total {
                findings.note(sourced.place, WarningKind::ZeroTotal);
            }
            self.total = None;
        }
        let allowance = match self.total {
            Some(total) => {
                if let (Some(sum), Some((declared, _))) = (self.sum(), self.total_value())
                    && !about_equal(sum.0, declared)
                {
                    findings.note(place, WarningKind::NumbersDisagree);
                }
                if self.comparable {
                    // What the operator left out, by the two parts it gave.
                    let (total, kind) = self.total_value().unzip();
                    if let (Some(total), Some(kind)) = (total, kind) {
                        let rest = |part: Option<(i128, Kind<'_>)>| {
                            let (part, part_kind) = part?;
                            let amount = kind.amount(total.checked_sub(part)?.max(0)).filter(|_| part_kind == kind)?;
                            Some(Reading { amount, origin: Origin::Derived })
                        };
                        used = used.or_else(|| rest(self.remaining_value().filter(|(left, _)| *left >= 0)));
                        remaining = remaining.or_else(|| rest(self.used_value()));
                        over = over.or_else(|| {
                            let (used, used_kind) = self.used_value().filter(|(_, used_kind)| *used_kind == kind)?;
                            let beyond = used.checked_sub(total).filter(|beyond| *beyond > 0)?;
                            Some(Reading { amount: used_kind.amount(beyond)?, origin: Origin::Derived })
                        });
                    }
                }
                reading(total).map_or(Allowance::Unknown, Allowance::Finite)
            }
            None => self.derived_total().map_or(Allowance::Unknown, Allowance::Finite),
        };
        let is_hollow = used.is_none() && remaining.is_none() && over.is_none() && allowance == Allowance::Unknown;
        if is_hollow && !self.explained {
            findings.note(place, WarningKind::NoNumbers);
        }
        Values { used, remaining, over, allowance, is_hollow: false }
    }

    /// Unlimited by word, flag or amount. A whole amount beside it is the threshold of a fair-use rule.
    fn settle_unlimited(&self, place: Place, findings: &mut Findings) -> Values {
        let used = self.used.and_then(reading);
        let threshold = self.total.filter(|total| total.quantity.known().is_none_or(|(_, value)| value > 0));
        let left = self.remaining.filter(|left| left.quantity.known().is_none_or(|(_, value)| value > 0));
        if threshold.is_some() || left.is_some() {
            findings.note(place, WarningKind::UnlimitedWithAmount);
        }
        let threshold = threshold.and_then(reading).or_else(|| left.and_then(|_| self.derived_total()));
        match (threshold, left.and_then(reading)) {
            (Some(threshold), left) => {
                Values { used, remaining: left, over: None, allowance: Allowance::FairUse(threshold), is_hollow: false }
            }
            // So much is left of something without a known end: the amount wins over the word.
            (None, Some(left)) => {
                Values { used, remaining: Some(left), over: None, allowance: Allowance::Unknown, is_hollow: false }
            }
            (None, None) => {
                Values { used, remaining: None, over: None, allowance: Allowance::Unlimited, is_hollow: false }
            }
        }
    }

    fn used_value(&self) -> Option<(i128, Kind<'v>)> {
        self.used?.quantity.known().map(|(kind, value)| (value, kind))
    }

    fn remaining_value(&self) -> Option<(i128, Kind<'v>)> {
        self.remaining?.quantity.known().map(|(kind, value)| (value, kind))
    }

    fn total_value(&self) -> Option<(i128, Kind<'v>)> {
        self.total?.quantity.known().map(|(kind, value)| (value, kind))
    }

    fn sum(&self) -> Option<(i128, Kind<'v>)> {
        let (used, kind) = self.used_value()?;
        let (remaining, _) = self.remaining_value().filter(|(_, other)| *other == kind)?;
        Some((used.checked_add(remaining)?, kind))
    }

    /// Used and remaining together, where they are of one bucket, one unit, one time and everybody's.
    fn derived_total(&self) -> Option<Reading> {
        if !self.comparable {
            return None;
        }
        let (sum, kind) = self.sum().filter(|(sum, _)| *sum >= 0)?;
        Some(Reading { amount: kind.amount(sum)?, origin: Origin::Derived })
    }

    fn note_units(&self, place: Place, findings: &mut Findings) {
        let mut seen: Option<(Kind<'v>, u64)> = None;
        for sourced in [self.used, self.remaining, self.total, self.over].into_iter().flatten() {
            let Quantity::Known { kind, factor, .. } = sourced.quantity else { continue };
            match seen {
                None => seen = Some((kind, factor)),
                Some((first, _)) if first != kind => findings.note(place, WarningKind::UnitsDisagree),
                Some((_, first)) if first != factor => findings.note(place, WarningKind::MixedUnits),
                Some(_) => {}
            }
        }
    }
}

impl Values {
    /// Whether a number that could not be read is missing here, or is here only as written.
    fn lacks(&self, unread: Unread) -> bool {
        let total = match &self.allowance {
            Allowance::Finite(total) | Allowance::FairUse(total) => Some(total),
            Allowance::Unlimited | Allowance::Unknown => None,
        };
        (unread.used && self.used.is_none())
            || (unread.remaining && self.remaining.is_none())
            || (unread.total && self.allowance == Allowance::Unknown)
            || [self.used.as_ref(), self.remaining.as_ref(), total]
                .into_iter()
                .flatten()
                .any(|reading| matches!(reading.amount, Amount::Raw { .. }))
    }
}

fn reading(sourced: Sourced<'_>) -> Option<Reading> {
    let amount: Amount = sourced.quantity.to_amount()?;
    Some(Reading { amount, origin: sourced.origin })
}

/// Within one percent: operators round each number on its own.
fn about_equal(a: i128, b: i128) -> bool {
    let difference = a.abs_diff(b);
    difference.checked_mul(100).is_some_and(|hundredfold| hundredfold <= a.unsigned_abs().max(b.unsigned_abs()))
}

/// How a counter's period and a balance's validity lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// In one cycle: they overlap, or the validity begins where the counter has come to.
    Together,
    /// The counter is of a cycle before.
    CounterEarlier,
    /// The balance is of a cycle before.
    CounterLater,
}

fn order(counted: &Period, valid: &Period, counted_on: Option<Date>) -> Order {
    let more_than_a_day = |from: Date, to: Date| from.tomorrow().is_ok_and(|next| next < to);
    if let (Some(start), Some(end)) = (counted.first_day, valid.day_after)
        && start >= end
    {
        return Order::CounterLater;
    }
    if let (Some(end), Some(start)) = (counted.end_day, valid.first_day)
        && end <= start
        // A counter that ended well before the report was made, where the validity begins: last cycle's.
        && (more_than_a_day(end, start) || counted_on.is_some_and(|day| more_than_a_day(end, day)))
    {
        return Order::CounterEarlier;
    }
    Order::Together
}

/// Whether two counters began to count together, as far as they say.
fn same_time(a: Option<&Counter<'_>>, b: Option<&Counter<'_>>) -> bool {
    let start = |counter: Option<&Counter<'_>>| counter?.period?.first_day;
    match (start(a), start(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}
