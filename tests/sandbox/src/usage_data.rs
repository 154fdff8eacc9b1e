//! What was counted on a line by a given moment. Pure: the same line, seed and moment give the same figures,
//! and a later moment gives at least as much, so moving the clock moves every screen.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::clock::{Cycle, brussels, counted_at};
use crate::people::{Line, Made, Person, colleague_sub};
use crate::plans::{Allowance, Charge, Included};
use crate::quantity::Quantity;

/// Everything the operator knows about one line in one cycle.
#[derive(Debug)]
pub(crate) struct LineUsage<'a> {
    pub(crate) person: &'a Person,
    pub(crate) line: &'a Line,
    pub(crate) cycle: Cycle,
    pub(crate) counted_at: Timestamp,
    pub(crate) buckets: Vec<Bucket>,
    pub(crate) unlimited: Vec<&'static str>,
    /// `None` when nothing was counted in this cycle yet.
    pub(crate) out_of_bundle: Option<OutOfBundle>,
}

#[derive(Debug)]
pub(crate) struct Bucket {
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) usage_type: &'static str,
    /// By everybody together, in a shared bucket.
    pub(crate) used: Quantity,
    pub(crate) remaining: Option<Quantity>,
    pub(crate) fair_use: Option<Quantity>,
    pub(crate) members: Vec<Member>,
    /// Whole days, where they were asked for.
    pub(crate) days: Vec<Day>,
}

/// What the person used on a whole day.
#[derive(Debug)]
pub(crate) struct Day {
    pub(crate) day: Date,
    pub(crate) used: Quantity,
}

impl Bucket {
    pub(crate) fn is_shared(&self) -> bool {
        !self.members.is_empty()
    }
}

/// One person's part of a shared bucket.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) sub: String,
    pub(crate) name: String,
    pub(crate) used: Quantity,
}

#[derive(Debug)]
pub(crate) struct OutOfBundle {
    pub(crate) total: Quantity,
    pub(crate) charges: Vec<&'static Charge>,
}

/// Where in time a report stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) seed: u64,
    pub(crate) now: Timestamp,
    /// The cycle the scene began in.
    pub(crate) first_cycle: Cycle,
    /// The operator forgot to roll over: it still serves the scene's first cycle.
    pub(crate) stale_cycle: bool,
    /// The plans changed on this day of the scene's first cycle, and nothing is told of them in it.
    pub(crate) new_plan: Option<Date>,
}

impl Moment {
    fn counted_at(&self) -> Timestamp {
        let counted = counted_at(self.now);
        if self.stale_cycle && counted >= self.first_cycle.end {
            return counted_at(self.first_cycle.end - jiff::SignedDuration::from_secs(1));
        }
        counted
    }

    /// The same of one line: what is used on request is counted at once.
    fn counted_of(&self, line: &Line) -> Timestamp {
        let regular = self.counted_at();
        let is_stale = self.stale_cycle && self.now >= self.first_cycle.end;
        let made = line.made.iter().map(|made| made.at).filter(|at| *at <= self.now && !is_stale).max();
        made.map_or(regular, |made| made.max(regular))
    }
}

pub(crate) fn of_line<'a>(person: &'a Person, line: &'a Line, moment: &Moment) -> LineUsage<'a> {
    let counted_at = moment.counted_of(line);
    let cycle = Cycle::containing(counted_at);
    let is_new = line.new_this_cycle && cycle == moment.first_cycle;
    let made: Vec<Made> =
        line.made.iter().filter(|made| (cycle.start..=counted_at).contains(&made.at)).copied().collect();
    // Of a new line only that counts which was used on request.
    let elapsed = if is_new { 0 } else { counted_at.as_second() - cycle.start.as_second() };
    let growth = Growth { seed: moment.seed, cycle, elapsed, made: &made };
    let nothing_yet = (is_new && made.is_empty()) || (moment.new_plan.is_some() && cycle == moment.first_cycle);
    if nothing_yet {
        return LineUsage {
            person,
            line,
            cycle,
            counted_at,
            buckets: Vec::new(),
            unlimited: Vec::new(),
            out_of_bundle: None,
        };
    }
    LineUsage {
        person,
        line,
        cycle,
        counted_at,
        buckets: line.plan.included.iter().map(|included| growth.bucket(person, included)).collect(),
        unlimited: line.plan.unlimited.to_vec(),
        out_of_bundle: Some(growth.out_of_bundle(line.plan.charges)),
    }
}

/// How far back the operator tells days.
const DAYS_TOLD_MONTHS: i64 = 13;

impl LineUsage<'_> {
    /// Adds the whole days since `from` to every bucket. The meter was out on the thirteenth of every other month: that
    /// day is missing, as it is with real operators.
    pub(crate) fn tell_days(&mut self, from: Date, moment: &Moment) {
        let today = self.counted_at.to_zoned_datetime(brussels()).date();
        let earliest = today.saturating_sub(DAYS_TOLD_MONTHS.months()).max(from);
        for (bucket, included) in self.buckets.iter_mut().zip(self.line.plan.included) {
            let told = earliest.series(1.day()).take_while(|day| *day < today);
            bucket.days = told
                .filter(|day| day.day() != 13 || day.month() % 2 == 1)
                .map(|day| {
                    let used = used_on(day, included, moment.seed) + made_on(day, included, &self.line.made);
                    Day { day, used: Quantity::new(used, included.units) }
                })
                .collect();
        }
    }
}

/// The days of a month add up to about what it used in all; quiet ones follow busy ones.
fn used_on(day: Date, included: &Included, seed: u64) -> i64 {
    let cycle = Cycle::of_day(day);
    let length = i64::from(day.days_in_month());
    let growth = Growth { seed, cycle, elapsed: cycle.seconds(), made: &[] };
    let share = growth.used(included.whole_month, 1) / length.max(1);
    let mood = (i64::from(day.day()) * 37 + i64::from(day.month()) * 11 + i64::try_from(seed % 101).unwrap_or(0)) % 21;
    let used = share * (90 + mood) / 100;
    used - used.rem_euclid(included.step)
}

/// What was used of it on request on a day.
fn made_on(day: Date, included: &Included, made: &[Made]) -> i64 {
    let that_day = made.iter().filter(|made| made.at.to_zoned_datetime(brussels()).date() == day);
    that_day.filter(|made| made.bucket == included.key).map(|made| made.thousandths).sum()
}

struct Growth<'m> {
    seed: u64,
    cycle: Cycle,
    elapsed: i64,
    /// Use on request by now, in this cycle.
    made: &'m [Made],
}

impl Growth<'_> {
    /// The part of a month's use that is gone by now. Months and seeds differ by up to a fifth; seed 1 in
    /// November 2026 is the documented scene and takes the plan's figures as they stand.
    fn used(&self, whole_month: i64, step: i64) -> i64 {
        let seed = i128::from(self.seed) - 1;
        let months = i128::from(self.cycle.months_since_scene());
        let less = (seed * 37 + months * 53).rem_euclid(201);
        let month = i128::from(whole_month) * (1_000 - less) / 1_000;
        let used = month * i128::from(self.elapsed) / i128::from(self.cycle.seconds().max(1));
        let used = i64::try_from(used).unwrap_or_default();
        used - used.rem_euclid(step)
    }

    fn bucket(&self, person: &Person, included: &Included) -> Bucket {
        let quantity = |thousandths| Quantity::new(thousandths, included.units);
        let made: i64 = self.made.iter().filter(|made| made.bucket == included.key).map(|made| made.thousandths).sum();
        let used = self.used(included.whole_month, included.step) + made;
        let mut bucket = Bucket {
            key: included.key,
            name: included.name,
            usage_type: included.usage_type,
            used: quantity(used),
            remaining: None,
            fair_use: None,
            members: Vec::new(),
            days: Vec::new(),
        };
        match &included.allowance {
            Allowance::Open(limit) => bucket.remaining = Some(quantity(limit - used)),
            Allowance::Capped(limit) => {
                bucket.used = quantity(used.min(*limit));
                bucket.remaining = Some(quantity((limit - used).max(0)));
            }
            Allowance::Unlimited { fair_use } => bucket.fair_use = Some(quantity(*fair_use)),
            Allowance::Shared { total, colleagues } => {
                bucket.members.push(Member {
                    sub: person.sub.clone(),
                    name: person.name.to_owned(),
                    used: quantity(used),
                });
                for (name, whole_month) in *colleagues {
                    bucket.members.push(Member {
                        sub: colleague_sub(self.seed, name),
                        name: (*name).to_owned(),
                        used: quantity(self.used(*whole_month, included.step)),
                    });
                }
                let together: i64 = bucket.members.iter().map(|m| m.used.thousandths).sum();
                bucket.used = quantity(together);
                bucket.remaining = Some(quantity(total - together));
            }
        }
        bucket
    }

    fn out_of_bundle(&self, charges: &'static [Charge]) -> OutOfBundle {
        // Half past eight in the morning of the day, near enough over a change of the clocks.
        let made = |charge: &&Charge| charge.day * 86_400 + 30_600 <= self.elapsed;
        let charges: Vec<&'static Charge> = charges.iter().filter(made).collect();
        let total = charges.iter().map(|charge| charge.euro_thousandths).sum();
        OutOfBundle { total: Quantity::new(total, "EUR"), charges }
    }
}
