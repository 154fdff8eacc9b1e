//! When a person is told, and when not: pure rules from what was counted, the thresholds and what was recorded before.
//! No clock, no disk, no words. Each threshold of a cycle is decided once; only the highest newly crossed one is told.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::usage::model::{Allowance, Amount, Cycle};
use crate::usage::{BadgeKind, Counted};

/// Later than this, an alert is no longer news: it is shown in the app and nowhere else.
const TOO_LATE: SignedDuration = SignedDuration::from_hours(12);
/// The currency of thresholds in money.
const CURRENCY: &str = "EUR";
const MINUTES_OF_A_DAY: u16 = 24 * 60;

/// How much is worth a word. In each list of thresholds the higher one matters more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Threshold {
    /// A share of a finite allowance, in percent; more than 100 beyond it.
    Percent(u16),
    /// Costs beside the plan, in cents.
    Cents(u64),
}

/// A threshold, or a row of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Trigger {
    /// Once.
    At(Threshold),
    /// At each whole step of costs beside the plan, in cents.
    EveryCents(u64),
}

/// Who set a rule, and the revision of that list. A new revision makes its thresholds new ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RuleSet {
    /// The operator's profile.
    Operator(u32),
    /// The person.
    Own(u32),
}

/// What is worth a word, and to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// When.
    pub trigger: Trigger,
    /// Whose.
    pub set: RuleSet,
}

/// What a count stands for: one counter in one cycle with one allowance. Another cycle or another allowance begins anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The line.
    pub line: String,
    /// The bucket; none for what is paid beside the plan.
    pub bucket: Option<String>,
    /// Names the cycle: the first day after it.
    pub cycle: Date,
    /// The revision of the allowance, which is the allowance itself; none for what is paid beside the plan.
    pub allowance: Option<Amount>,
}

/// What is recorded once: a threshold of a place, under a revision of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Where.
    pub place: Place,
    /// Which threshold.
    pub threshold: Threshold,
    /// By which rules.
    pub set: RuleSet,
}

/// A count, as it was evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What it was a count of.
    pub place: Place,
    /// Until when the operator had counted.
    pub counted_at: Timestamp,
    /// How much.
    pub used: Amount,
    /// The operator said that something was left.
    pub has_left: bool,
}

/// What becomes of a threshold that is reached and was not recorded yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Newly crossed, and the highest: the person is told.
    Tell,
    /// A higher one is told, or was.
    Superseded,
    /// It was passed before anybody looked: on a new phone, or under a new rule.
    Baseline,
}

/// What an evaluation found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// What is to be recorded.
    pub verdicts: Vec<(Key, Verdict)>,
    /// For the next evaluation.
    pub mark: Mark,
}

/// A moment, by the operator's calendar.
#[derive(Debug, Clone)]
pub struct Moment {
    /// The instant.
    pub at: Timestamp,
    /// The operator's time zone.
    pub zone: TimeZone,
}

impl Moment {
    fn day_of(&self, at: Timestamp) -> Date {
        at.to_zoned_datetime(self.zone.clone()).date()
    }

    /// The civil date.
    pub fn today(&self) -> Date {
        self.day_of(self.at)
    }
}

/// What is newly crossed, if this count may be believed to be of now and is newer than the last one evaluated. `recorded`
/// are the keys in the ledger, `last` the count at the last evaluation of this counter.
pub fn evaluate(
    counted: &Counted,
    rules: &[Rule],
    recorded: &[Key],
    last: Option<&Mark>,
    now: &Moment,
) -> Option<Evaluation> {
    let mark = countable(counted, now)?;
    if last.is_some_and(|last| mark.counted_at <= last.counted_at) {
        return None;
    }
    let here = |key: &&Key| key.place == mark.place && rules.iter().any(|rule| rule.set == key.set);
    let recorded_up_to = recorded.iter().filter(here).map(|key| key.threshold).max();
    // Known by the last count, or on the first look at this counter: no news, whatever rule is new.
    let is_old = |threshold: Threshold| match last {
        Some(last) if last.place == mark.place => last.reaches(threshold),
        Some(_) => false,
        None => true,
    };
    let mut reached: Vec<(Threshold, RuleSet)> =
        rules.iter().filter_map(|rule| Some((mark.reached(rule.trigger)?, rule.set))).collect();
    reached.sort_unstable();
    reached.dedup_by_key(|(threshold, _)| *threshold);
    let highest = reached.last().map(|(threshold, _)| *threshold);
    let verdict = |threshold| {
        if is_old(threshold) {
            Verdict::Baseline
        } else if Some(threshold) <= recorded_up_to || Some(threshold) < highest {
            Verdict::Superseded
        } else {
            Verdict::Tell
        }
    };
    let verdicts = reached
        .into_iter()
        .map(|(threshold, set)| (Key { place: mark.place.clone(), threshold, set }, verdict(threshold)))
        .filter(|(key, _)| !recorded.contains(key))
        .collect();
    Some(Evaluation { verdicts, mark })
}

/// The count as one of now: recent, of a cycle that today and the count are both in and whose end is known, of a finite
/// allowance or of costs. Everything else is shown in the app with its date, and nobody is told of it.
fn countable(counted: &Counted, now: &Moment) -> Option<Mark> {
    let counted_at = counted.counted_at.map(|counted| counted.at)?;
    let cycle = counted.cycle.filter(|cycle| cycle.contains(now.today()))?;
    // Just after the turn of a cycle an operator may give the new dates with the old count.
    let is_now = cycle.contains(now.day_of(counted_at)) && matches!(counted.badge, BadgeKind::Fresh | BadgeKind::Aging);
    if !is_now || !counted.active {
        return None;
    }
    let allowance = match (&counted.bucket, &counted.allowance) {
        (Some(_), Allowance::Finite(total)) => Some(total.amount.clone()),
        (None, _) => None,
        (Some(_), Allowance::FairUse(_) | Allowance::Unlimited | Allowance::Unknown) => return None,
    };
    Some(Mark {
        place: Place {
            line: counted.line.clone(),
            bucket: counted.bucket.clone(),
            cycle: cycle.next_start?,
            allowance,
        },
        counted_at,
        used: counted.used.clone()?,
        has_left: counted.remaining.as_ref().and_then(Amount::units).is_some_and(|left| left > 0),
    })
}

impl Mark {
    /// The threshold that this count has reached, of a row of them the highest.
    fn reached(&self, trigger: Trigger) -> Option<Threshold> {
        let threshold = match trigger {
            Trigger::At(threshold) => threshold,
            Trigger::EveryCents(step) => {
                let steps = self.costs()?.checked_div(step).filter(|steps| *steps > 0)?;
                Threshold::Cents(steps.checked_mul(step)?)
            }
        };
        self.reaches(threshold).then_some(threshold)
    }

    /// Whether the count has reached a threshold, in whole numbers: 74.6 % does not reach 75. An operator that says
    /// something is left is believed: a bonus can make used exceed the plan's allowance.
    fn reaches(&self, threshold: Threshold) -> bool {
        match threshold {
            Threshold::Percent(percent) => {
                let units = self.place.allowance.as_ref().and_then(|total| self.used.same_unit(total));
                let Some((used, total)) = units.filter(|(_, total)| *total > 0) else { return false };
                let reached =
                    u128::from(used).saturating_mul(100) >= u128::from(total).saturating_mul(u128::from(percent));
                reached && !(percent >= 100 && self.has_left)
            }
            Threshold::Cents(cents) => self.costs().is_some_and(|costs| costs >= cents),
        }
    }

    /// Costs beside the plan, in cents.
    fn costs(&self) -> Option<u64> {
        match &self.used {
            Amount::Money(money) if self.place.bucket.is_none() && money.currency == CURRENCY => self.used.units(),
            _ => None,
        }
    }
}

/// When nobody is woken up: minutes after midnight by the operator's calendar, the end not included. Over midnight when
/// it ends before it begins; never when both are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    /// The first minute.
    pub from_minute: u16,
    /// The first minute after.
    pub to_minute: u16,
}

impl Default for Quiet {
    fn default() -> Self {
        Quiet { from_minute: 0, to_minute: 7 * 60 }
    }
}

impl Quiet {
    /// Whether both are minutes of a day.
    pub fn is_possible(self) -> bool {
        self.from_minute < MINUTES_OF_A_DAY && self.to_minute < MINUTES_OF_A_DAY
    }

    /// The end of the quiet hours that the moment is in. None outside them.
    pub fn until(self, now: &Moment) -> Option<Timestamp> {
        let local = now.at.to_zoned_datetime(now.zone.clone());
        let minute = minute_of(local.time());
        let (after_start, before_end) = (minute >= self.from_minute, minute < self.to_minute);
        let inside =
            if self.from_minute <= self.to_minute { after_start && before_end } else { after_start || before_end };
        if !inside {
            return None;
        }
        let day = if before_end { local.date() } else { local.date().tomorrow().ok()? };
        let end = now.zone.to_ambiguous_zoned_datetime(day.to_datetime(time_of(self.to_minute)));
        // On the day the clocks go back the hour comes twice; on the day they go forward it may not come at all.
        let first = end.clone().compatible().ok()?.timestamp();
        if first > now.at { Some(first) } else { Some(end.later().ok()?.timestamp()) }
    }
}

/// The minute of the day.
fn minute_of(time: Time) -> u16 {
    let part = |part: i8| u16::try_from(part).unwrap_or_default();
    part(time.hour()).saturating_mul(60).saturating_add(part(time.minute()))
}

/// The time of day of a minute; the last one when there is no such minute.
pub fn time_of(minute: u16) -> Time {
    let minute = minute.min(MINUTES_OF_A_DAY.saturating_sub(1));
    let part = |part: Option<u16>| part.and_then(|part| i8::try_from(part).ok()).unwrap_or_default();
    Time::new(part(minute.checked_div(60)), part(minute.checked_rem(60)), 0, 0).unwrap_or(Time::MIN)
}

/// How an alert that is owed reaches the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// As a notification, now.
    Now,
    /// As a notification, then.
    At(Timestamp),
    /// It is no longer news: in the app, nowhere else.
    InAppOnly,
}

/// How an alert that was owed from `due` on reaches the person now: only for as long as the figures of now still say the
/// same, of the same cycle and the same allowance.
pub fn delivery(key: &Key, due: Timestamp, counted: Option<&Counted>, quiet: Quiet, now: &Moment) -> Delivery {
    let mark = counted.and_then(|counted| countable(counted, now));
    let still_so = mark.is_some_and(|mark| mark.place == key.place && mark.reaches(key.threshold));
    if !still_so || now.at.duration_since(due) > TOO_LATE {
        return Delivery::InAppOnly;
    }
    match quiet.until(now) {
        Some(end) => Delivery::At(end),
        // Also before it was due: the person has made the quiet hours shorter since.
        None => Delivery::Now,
    }
}

impl Place {
    /// Whether it is of this counter, whatever the cycle and the allowance.
    pub fn is_of(&self, counted: &Counted) -> bool {
        self.line == counted.line && self.bucket == counted.bucket
    }

    /// Whether its cycle is over.
    pub fn is_over(&self, now: &Moment) -> bool {
        Cycle { start: None, next_start: Some(self.cycle) }.ended_by(now.today())
    }
}

#[cfg(test)]
pub(in crate::alerts) mod tests;
