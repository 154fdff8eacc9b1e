//! What is true of a person's consumption, whatever format the operator told it in.
//! Typed facts and pure rules: no clock, no I/O, no foreign format. Missing is not zero: every counter is optional.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

pub use crate::money::Money;

/// What one answer of the operator said of one line (TMF677 `usageConsumptionReport`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineUsage {
    /// The line as the operator's document names it (its MSISDN, as written). Absent when the document names none.
    pub line: Option<String>,
    /// Until when the operator counted. Never the time of our call.
    pub counted_at: Option<CountedAt>,
    /// The allowances and their counters, in the operator's order, each id once.
    pub buckets: Vec<Bucket>,
    /// What is paid beside the plan, in the operator's order.
    pub out_of_bundle: Vec<OutOfBundle>,
}

/// The operator's as-of time, with how sure we are of its instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedAt {
    /// The instant.
    pub at: Timestamp,
    /// The document gave no offset; the operator's time zone was assumed.
    pub zone_assumed: bool,
}

/// One allowance with its counters (TMF677 `Bucket`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// The operator's id; what a document names twice is kept once.
    pub id: String,
    /// The operator's own name for it, in one language, unformatted.
    pub name: Option<String>,
    /// What is counted.
    pub service: Service,
    /// Where it counts.
    pub zone: Zone,
    /// Plan, option or gift.
    pub kind: BucketKind,
    /// Whose counters these are.
    pub scope: Scope,
    /// As the operator marks it.
    pub status: BucketStatus,
    /// Consumed so far.
    pub used: Option<Reading>,
    /// Left, never negative: what is beyond the allowance is in `over`.
    pub remaining: Option<Reading>,
    /// Consumed beyond the allowance.
    pub over: Option<Reading>,
    /// How much there is in all.
    pub allowance: Allowance,
    /// The cycle these counters belong to.
    pub cycle: Option<Cycle>,
    /// Set where the newest answer was unreadable here: these are the figures of an earlier one.
    pub carried: Option<Carried>,
    /// What was used on single days, where this answer tells: each day once, in order. Days it does not tell are unknown.
    /// Kept apart from the usage, as history.
    #[serde(skip)]
    pub days: Vec<DayUse>,
}

/// Figures of an earlier answer than the rest of their line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Until when they were counted, where the operator said so.
    pub counted_at: Option<CountedAt>,
}

/// What was used on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayUse {
    /// The day, by the calendar of the operator's zone.
    pub day: Date,
    /// How much.
    pub used: Amount,
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The value.
    pub amount: Amount,
    /// Where in the document it came from.
    pub origin: Origin,
}

/// Where a number came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// A counter (`bucketCounter`, `consumptionSummary`) says it.
    Counter,
    /// A balance (`remainingValue`, `bucketBalance`) says it.
    Balance,
    /// Computed from used and remaining of the same bucket in the same answer.
    Derived,
}

/// A non-negative quantity in the smallest unit of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amount {
    /// Data volume in bytes (octets).
    Bytes(u64),
    /// Talk time in seconds.
    Seconds(u64),
    /// Messages (SMS or MMS) or other things counted one by one.
    Count(u64),
    /// Money.
    Money(Money),
    /// A unit this core does not know: the digits and the unit exactly as the operator wrote them. No arithmetic.
    Raw {
        /// The digits as written.
        digits: String,
        /// The unit as written, possibly empty.
        unit: String,
    },
}

/// What a bucket counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Service {
    /// Mobile data.
    Data,
    /// Calls.
    Voice,
    /// SMS.
    Sms,
    /// MMS.
    Mms,
    /// Credit in money that several services draw on.
    Credit,
    /// Something else, as the operator names it: shown, never dropped.
    Other(String),
}

/// Where a bucket counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Zone {
    /// At home, or the operator did not say.
    National,
    /// Calls or messages from home to other countries.
    International,
    /// Roaming within the EU and EEA.
    RoamingEu,
    /// Roaming elsewhere.
    RoamingWorld,
}

/// How a bucket came to the person; the order of the variants is the order of importance on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BucketKind {
    /// Part of the plan, or the operator did not say.
    Plan,
    /// An option taken beside the plan.
    Option,
    /// A gift or promotion.
    Gift,
}

/// Whose counters a bucket shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// The line's own bucket.
    Own,
    /// A bucket shared with others; the counters are the person's own share.
    SharedMyShare,
    /// A bucket shared with others; the counters are the total of all (only where the operator says `global`).
    SharedTotal,
}

/// As the operator marks a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BucketStatus {
    /// In use, or the operator did not say.
    Active,
    /// Set aside for now.
    Suspended,
    /// Over.
    Expired,
}

/// How much a bucket holds in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Allowance {
    /// A fixed amount.
    Finite(Reading),
    /// Full service up to a threshold, then something slower; crossing it is not "exhausted".
    FairUse(Reading),
    /// The operator said so in words or by a flag.
    Unlimited,
    /// Nothing was said. Never drawn as zero left.
    Unknown,
}

/// A billing cycle: civil dates in the operator's time zone, half-open (`next_start` is the first day after it).
/// Taken from the operator, never computed from a calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// First day, when the operator gave it.
    pub start: Option<Date>,
    /// First day of the next cycle, when the operator gave the end.
    pub next_start: Option<Date>,
}

/// A cost beside the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutOfBundle {
    /// What it was for.
    pub kind: OutOfBundleKind,
    /// How much: as a rule money, signed, as a correction may be a refund. What was counted in other units, or in unknown
    /// ones, is kept in those.
    pub amount: Amount,
    /// The operator's own name for it.
    pub name: Option<String>,
    /// The cycle it belongs to.
    pub cycle: Option<Cycle>,
}

/// What a cost beside the plan was for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutOfBundleKind {
    /// The sum of all; the other rows are parts of it.
    Total,
    /// Mobile data.
    Data,
    /// Calls.
    Voice,
    /// SMS or MMS.
    Messages,
    /// Services of third parties: always the person's own cost.
    ThirdParty,
    /// Something else.
    Other,
}

impl Bucket {
    /// Used share of a finite allowance in permille, floored; more than 1000 beyond the allowance.
    /// None when the allowance is not finite or one answer did not give both parts in one unit.
    pub fn used_permille(&self) -> Option<u64> {
        let total = match &self.allowance {
            Allowance::Finite(total) => total,
            Allowance::FairUse(_) | Allowance::Unlimited | Allowance::Unknown => return None,
        };
        let (used, total) = self.used.as_ref()?.amount.same_unit(&total.amount)?;
        u64::try_from(u128::from(used).checked_mul(1000)?.checked_div(u128::from(total))?).ok()
    }
}

impl Amount {
    /// The value as a number of smallest units, for comparing within one kind. None for money below zero and raw text.
    pub fn units(&self) -> Option<u64> {
        match self {
            Amount::Bytes(n) | Amount::Seconds(n) | Amount::Count(n) => Some(*n),
            Amount::Money(money) => u64::try_from(money.cents).ok(),
            Amount::Raw { .. } => None,
        }
    }

    /// Both values as numbers, when they are of one kind (and of one currency).
    pub fn same_unit(&self, other: &Amount) -> Option<(u64, u64)> {
        let same = match (self, other) {
            (Amount::Bytes(_), Amount::Bytes(_))
            | (Amount::Seconds(_), Amount::Seconds(_))
            | (Amount::Count(_), Amount::Count(_)) => true,
            (Amount::Money(a), Amount::Money(b)) => a.currency == b.currency,
            _ => false,
        };
        if same { Some((self.units()?, other.units()?)) } else { None }
    }

    /// A value of the same kind with another number of units.
    pub fn with_units(&self, units: u64) -> Option<Amount> {
        match self {
            Amount::Bytes(_) => Some(Amount::Bytes(units)),
            Amount::Seconds(_) => Some(Amount::Seconds(units)),
            Amount::Count(_) => Some(Amount::Count(units)),
            Amount::Money(money) => {
                Some(Amount::Money(Money { cents: i64::try_from(units).ok()?, currency: money.currency.clone() }))
            }
            Amount::Raw { .. } => None,
        }
    }
}

impl Cycle {
    /// Whether the cycle has begun and not ended on `today`. An unknown start counts as begun; an unknown end as not ended.
    pub fn contains(&self, today: Date) -> bool {
        self.start.is_none_or(|start| start <= today) && !self.ended_by(today)
    }

    /// Whether the cycle is over on `today`.
    pub fn ended_by(&self, today: Date) -> bool {
        self.next_start.is_some_and(|next| next <= today)
    }

    /// The last day of the cycle.
    pub fn last_day(&self) -> Option<Date> {
        self.next_start?.yesterday().ok()
    }

    /// Whole local days left, today included: 1 on the last day. None when the end is unknown or past.
    pub fn days_left(&self, today: Date) -> Option<u32> {
        u32::try_from(self.next_start?.since(today).ok()?.get_days()).ok().filter(|days| *days > 0)
    }

    /// How much of the cycle has passed, in permille of its days, floored, today counted as begun.
    pub fn elapsed_permille(&self, today: Date) -> Option<u32> {
        let start = self.start?;
        let length = u32::try_from(self.next_start?.since(start).ok()?.get_days()).ok().filter(|days| *days > 0)?;
        let passed = u32::try_from(today.since(start).ok()?.get_days()).ok()?.min(length);
        passed.checked_mul(1000)?.checked_div(length)
    }
}

impl LineUsage {
    /// The cycle this answer speaks of: the one most of its buckets name, the earliest end first.
    pub fn cycle(&self) -> Option<Cycle> {
        self.buckets
            .iter()
            .filter(|bucket| bucket.kind == BucketKind::Plan)
            .chain(self.buckets.iter())
            .filter_map(|bucket| bucket.cycle)
            .find(|cycle| cycle.next_start.is_some())
            .or_else(|| self.buckets.iter().find_map(|bucket| bucket.cycle))
            .or_else(|| self.out_of_bundle.iter().find_map(|cost| cost.cycle))
    }

    /// The cycle of the plan that `today` is in; else the one this answer speaks of. An answer at the turn of a cycle may
    /// name both.
    pub fn cycle_on(&self, today: Date) -> Option<Cycle> {
        self.buckets
            .iter()
            .filter(|bucket| bucket.kind == BucketKind::Plan)
            .filter_map(|bucket| bucket.cycle)
            .filter(|cycle| cycle.next_start.is_some() && cycle.contains(today))
            // Of two the one that ends first: nothing may be shown as of now for longer than it is.
            .min_by_key(|cycle| cycle.next_start)
            .or_else(|| self.cycle())
    }

    /// Whether it was counted before a day of the calendar of `zone`; not where the operator gives no time.
    pub fn is_before(&self, day: Date, zone: &TimeZone) -> bool {
        self.counted_at.is_some_and(|counted| counted.at.to_zoned_datetime(zone.clone()).date() < day)
    }

    /// Whether the answer holds nothing to show.
    pub fn is_empty(&self) -> bool {
        self.buckets.is_empty() && self.out_of_bundle.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn of_two_cycles_of_the_plan_that_run_the_one_that_ends_first_is_the_line_s() {
        let until = |id: &str, day| {
            let cycle = Cycle { start: Some(date(2026, 11, 1)), next_start: Some(date(2026, 11, day)) };
            Bucket { cycle: Some(cycle), ..Bucket::unknown(id) }
        };
        let usage = |buckets| LineUsage { line: None, counted_at: None, buckets, out_of_bundle: Vec::new() };
        for buckets in [vec![until("month", 30), until("week", 8)], vec![until("week", 8), until("month", 30)]] {
            let ends = |day| usage(buckets.clone()).cycle_on(date(2026, 11, day)).unwrap().next_start;
            assert_eq!([ends(3), ends(12)], [Some(date(2026, 11, 8)), Some(date(2026, 11, 30))]);
        }
    }
}

#[cfg(test)]
impl Bucket {
    /// Data of the plan of which nothing is known, for tests to say the rest.
    pub fn unknown(id: &str) -> Bucket {
        Bucket {
            id: id.to_owned(),
            name: None,
            service: Service::Data,
            zone: Zone::National,
            kind: BucketKind::Plan,
            scope: Scope::Own,
            status: BucketStatus::Active,
            used: None,
            remaining: None,
            over: None,
            allowance: Allowance::Unknown,
            cycle: None,
            carried: None,
            days: Vec::new(),
        }
    }
}
