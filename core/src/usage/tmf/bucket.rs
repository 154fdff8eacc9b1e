//! One bucket (TMF677 `Bucket`), from wherever its generation puts its numbers, and the rules that tie them together.

use super::HowToRead;
use super::counter::{self, Counter, Counters};
use super::period::{self, Period};
use super::quantity::{self, Kind, Quantity, Written};
use super::vocabulary::{self, Level, Role, Where};
use crate::operator::tolerant::{Findings, Node, Path, WarningKind, Words};
use crate::usage::model::{
    Allowance, Amount, Bucket, BucketKind, BucketStatus, Cycle, Origin, Reading, Scope, Service, Zone,
};

/// A bucket read, and the counters in it that are costs beside the plan.
#[derive(Debug)]
pub(super) struct ReadBucket<'v> {
    pub(super) bucket: Bucket,
    pub(super) out_of_bundle: Vec<Counter<'v>>,
}

/// Reads a bucket. `id` is the operator's, or one made by the caller.
pub(super) fn read<'v>(node: Node<'v>, how: &HowToRead<'_>, findings: &mut Findings) -> ReadBucket<'v> {
    let name = node.text(&["name"]).map(short);
    let about = About::read(node, findings);
    let marked_shared = node.flag(&["isShared"]);
    let counters = counter::read_all(
        node.list(&["bucketCounter"]),
        marked_shared == Some(true),
        about.service.as_ref(),
        how,
        findings,
    );
    note_sharing(node.path(), &counters, marked_shared, findings);
    let mut balance = Balance::read(node, about.service.as_ref(), how, findings);
    let scope = if counters.mine {
        if balance.has_amounts() {
            // It is what is left for all: it says nothing of one person's share.
            findings.note(node.path(), WarningKind::SharedTotalLeftOut);
            balance.forget_amounts();
        }
        Scope::SharedMyShare
    } else if marked_shared == Some(true) || counters.split_by_user {
        let has_total = balance.has_amounts() || counters.kept.iter().any(|counter| counter.amount().is_some());
        if has_total { Scope::SharedTotal } else { Scope::SharedMyShare }
    } else {
        Scope::Own
    };
    let (out_of_bundle, kept): (Vec<_>, Vec<_>) =
        counters.kept.into_iter().partition(|counter| counter.role == Role::OutOfBundle);
    for counter in kept.iter().filter(|counter| counter.role == Role::Unknown) {
        findings.note(counter.node.path(), WarningKind::UnknownCounter);
    }

    let says_unlimited = node.flag(&["unlimited", "isUnlimited"]) == Some(true)
        || node.text(&["remainingValueName", "remainingValueLabel"]).is_some_and(vocabulary::says_unlimited)
        || balance.says_unlimited
        || kept.iter().any(|counter| counter.says_unlimited);
    let numbers = Numbers::collect(node.path(), &kept, balance, says_unlimited, findings);
    let service = about.service_or(&numbers);
    let status = node.text(&["status", "state"]).map(|text| {
        vocabulary::status(text).unwrap_or_else(|| {
            findings.note(node.path().member("status"), WarningKind::UnknownStatus);
            BucketStatus::Active
        })
    });
    let cycle = numbers.cycle(node.path(), findings);
    let values = numbers.settle(node.path(), findings);
    let bucket = Bucket {
        id: node.text(&["id"]).map(short).unwrap_or_default(),
        name,
        service,
        zone: about.zone,
        kind: about.kind,
        scope,
        status: status.unwrap_or(BucketStatus::Active),
        used: values.used,
        remaining: values.remaining,
        over: values.over,
        allowance: values.allowance,
        cycle,
    };
    ReadBucket { bucket, out_of_bundle }
}

/// Reads a bucket of its own from summaries that no bucket holds, such as a voice counter named "Unlimited".
pub(super) fn of_summaries(
    id: String,
    service: Service,
    zone: Zone,
    counters: &[Counter<'_>],
    scope: Scope,
    findings: &mut Findings,
) -> Option<Bucket> {
    let path = counters.first()?.node.path();
    let says_unlimited = counters.iter().any(|counter| counter.says_unlimited);
    let numbers = Numbers::collect(path, counters, Balance::default(), says_unlimited, findings);
    let cycle = numbers.cycle(path, findings);
    let values = numbers.settle(path, findings);
    Some(Bucket {
        id,
        name: None,
        service,
        zone,
        kind: BucketKind::Plan,
        scope,
        status: BucketStatus::Active,
        used: values.used,
        remaining: values.remaining,
        over: values.over,
        allowance: values.allowance,
        cycle,
    })
}

/// Notes what was left out of counters that several people share.
pub(super) fn note_sharing(path: Path, counters: &Counters<'_>, marked_shared: Option<bool>, findings: &mut Findings) {
    if counters.split_by_user && marked_shared != Some(true) {
        findings.note(path, WarningKind::SharedNotMarked);
    }
    if counters.dropped_others > 0 {
        findings.note(path, WarningKind::OthersDropped { count: counters.dropped_others });
    }
    if counters.total_left_out {
        findings.note(path, WarningKind::SharedTotalLeftOut);
    }
}

/// Names are for display; no operator's is longer.
pub(super) fn short(text: &str) -> String {
    text.chars().take(200).collect()
}

/// What a bucket is about, by its words.
struct About {
    service: Option<Service>,
    zone: Zone,
    kind: BucketKind,
}

impl About {
    fn read(node: Node<'_>, findings: &mut Findings) -> Self {
        let usage_type =
            node.one(&["usageType"]).and_then(|kind| kind.as_text().or_else(|| kind.text(&["name", "id"])));
        let by_type = usage_type.map(Words::of);
        let by_name = node.text(&["name"]).map(Words::of);
        let service = match (usage_type, &by_type) {
            (Some(text), Some(words)) => {
                let known = vocabulary::service(words);
                if known.is_none() {
                    findings.note(node.path().member("usageType"), WarningKind::UnknownService);
                }
                Some(known.unwrap_or_else(|| Service::Other(short(text))))
            }
            _ => by_name.as_ref().and_then(vocabulary::service),
        };
        let zone = by_type.as_ref().and_then(vocabulary::zone).or_else(|| by_name.as_ref().and_then(vocabulary::zone));
        let zone = match zone {
            None => Zone::National,
            Some(Where::In(zone)) => zone,
            Some(Where::RoamingSomewhere) => match by_name.as_ref().and_then(vocabulary::zone) {
                Some(Where::In(zone @ (Zone::RoamingEu | Zone::RoamingWorld))) => zone,
                _ => {
                    findings.note(node.path(), WarningKind::RoamingZoneAssumed);
                    Zone::RoamingWorld
                }
            },
        };
        let kind = by_name.as_ref().and_then(vocabulary::bucket_kind).or_else(|| {
            node.list(&["product"])
                .filter_map(|product| product.text(&["name"]))
                .map(Words::of)
                .find_map(|words| vocabulary::bucket_kind(&words))
        });
        About { service, zone, kind: kind.unwrap_or(BucketKind::Plan) }
    }

    /// The service by its words, else by the unit of its amounts.
    fn service_or(&self, numbers: &Numbers<'_>) -> Service {
        if let Some(service) = &self.service {
            return service.clone();
        }
        match numbers.any_kind() {
            Some(Kind::Data) => Service::Data,
            Some(Kind::Time) => Service::Voice,
            Some(Kind::Money(_)) => Service::Credit,
            Some(Kind::Count) => Service::Sms,
            None => Service::Other(String::new()),
        }
    }
}

/// What a bucket's balance says: in `bucketBalance` (first and second generation) or in the bucket itself.
#[derive(Default)]
struct Balance<'v> {
    remaining: Option<Sourced<'v>>,
    used: Option<Sourced<'v>>,
    total: Option<Sourced<'v>>,
    says_unlimited: bool,
    valid: Option<Period>,
}

impl<'v> Balance<'v> {
    fn read(bucket: Node<'v>, service: Option<&Service>, how: &HowToRead<'_>, findings: &mut Findings) -> Self {
        let mut best: Option<Balance<'v>> = None;
        let mut several = false;
        for node in bucket.list(&["bucketBalance"]) {
            let balance = Self::of(node, service, how, findings);
            match &best {
                None => best = Some(balance),
                // Of several balances the one that is valid longest is the current one; they are never summed.
                Some(known) => {
                    several |= known.has_amounts() && balance.has_amounts();
                    let rank =
                        |balance: &Balance<'_>| (balance.has_amounts(), balance.valid.and_then(|valid| valid.end_day));
                    if rank(&balance) > rank(known) {
                        best = Some(balance);
                    }
                }
            }
        }
        if several {
            findings.note(bucket.path().member("bucketBalance"), WarningKind::SeveralCounters);
        }
        let own = Self::of(bucket, service, how, findings);
        match best {
            None => own,
            Some(best) => Balance {
                remaining: best.remaining.or(own.remaining),
                used: best.used.or(own.used),
                total: best.total.or(own.total),
                says_unlimited: best.says_unlimited || own.says_unlimited,
                valid: best.valid.or(own.valid),
            },
        }
    }

    fn of(node: Node<'v>, service: Option<&Service>, how: &HowToRead<'_>, findings: &mut Findings) -> Self {
        let remaining = quantity::read(node, &["remainingValue"], service, how, findings);
        let used = quantity::read(node, &["usedValue"], service, how, findings);
        let total = quantity::read(node, &["initialValue", "totalValue"], service, how, findings);
        let label = node.text(&["remainingValueName", "remainingValueLabel"]);
        let sourced = |written: Written<'v>, member| {
            let quantity = written.amount()?;
            Some(Sourced { quantity, path: node.path().member(member), origin: Origin::Balance })
        };
        Balance {
            says_unlimited: [remaining, used, total].contains(&Written::Unlimited)
                || label.is_some_and(vocabulary::says_unlimited)
                || node.flag(&["unlimited", "isUnlimited"]) == Some(true),
            remaining: sourced(remaining, "remainingValue"),
            used: sourced(used, "usedValue"),
            total: sourced(total, "initialValue"),
            valid: period::read(node, &["validFor", "validfor"], how, findings),
        }
    }

    fn has_amounts(&self) -> bool {
        self.remaining.is_some() || self.used.is_some() || self.total.is_some()
    }

    fn forget_amounts(&mut self) {
        (self.remaining, self.used, self.total, self.says_unlimited) = (None, None, None, false);
    }
}

/// All numbers of one bucket, before the rules.
struct Numbers<'v> {
    used: Option<Sourced<'v>>,
    remaining: Option<Sourced<'v>>,
    total: Option<Sourced<'v>>,
    over: Option<Sourced<'v>>,
    says_unlimited: bool,
    /// Whether used and remaining may be set against each other: both of the whole bucket, in periods that touch.
    comparable: bool,
    counted: Option<Period>,
    valid: Option<Period>,
}

#[derive(Clone, Copy)]
struct Sourced<'v> {
    quantity: Quantity<'v>,
    path: Path,
    origin: Origin,
}

/// What a bucket says in the end.
struct Values {
    used: Option<Reading>,
    remaining: Option<Reading>,
    over: Option<Reading>,
    allowance: Allowance,
}

impl<'v> Numbers<'v> {
    fn collect(
        path: Path,
        counters: &[Counter<'v>],
        balance: Balance<'v>,
        says_unlimited: bool,
        findings: &mut Findings,
    ) -> Self {
        let used = counter::choose(counters, &Role::Used, findings)
            .or_else(|| counters.iter().find(|counter| matches!(counter.role, Role::Named(_))));
        let remaining = counter::choose(counters, &Role::Remaining, findings);
        let total = counter::choose(counters, &Role::Total, findings);
        let over = counter::choose(counters, &Role::Over, findings);
        let counted = used.or(remaining).or(total).and_then(|counter| counter.period);
        let of_counter = |counter: Option<&Counter<'v>>| {
            let counter = counter?;
            Some(Sourced { quantity: counter.amount()?, path: counter.node.path(), origin: Origin::Counter })
        };
        let is_whole = |counter: Option<&Counter<'v>>| {
            counter.is_none_or(|counter| matches!(counter.level, Level::Global | Level::Unsaid))
        };
        let touching = match (counted, balance.valid) {
            (Some(counted), Some(valid)) => touch(&counted, &valid),
            _ => true,
        } && same_time(used, remaining)
            && same_time(used, total);
        if !touching {
            findings.note(path, WarningKind::PeriodsDisagree);
        }
        Numbers {
            used: of_counter(used).or(balance.used),
            remaining: balance.remaining.or(of_counter(remaining)),
            total: balance.total.or(of_counter(total)),
            over: of_counter(over),
            says_unlimited,
            comparable: touching && is_whole(used) && is_whole(remaining),
            counted,
            valid: balance.valid,
        }
    }

    fn any_kind(&self) -> Option<Kind<'v>> {
        [self.used, self.remaining, self.total, self.over]
            .into_iter()
            .flatten()
            .find_map(|sourced| sourced.quantity.known())
            .map(|(kind, _)| kind)
    }

    /// The cycle: it begins with the counter's period and ends with the balance's validity. A counter's period ends when
    /// the report was made, and a balance's validity may begin then.
    fn cycle(&self, path: Path, findings: &mut Findings) -> Option<Cycle> {
        let mut start = self.counted.and_then(|period| period.first_day);
        let next_start = self.valid.and_then(|period| period.day_after);
        if let (Some(first), Some(next)) = (start, next_start)
            && first >= next
        {
            findings.note(path, WarningKind::PeriodsDisagree);
            start = None;
        }
        (start.is_some() || next_start.is_some()).then_some(Cycle { start, next_start })
    }

    /// Applies the rules: signs, unlimited, totals.
    fn settle(mut self, path: Path, findings: &mut Findings) -> Values {
        for number in [&mut self.used, &mut self.total, &mut self.over] {
            if let Some(sourced) = number.as_ref().filter(|sourced| sourced.quantity.is_negative()) {
                findings.note(sourced.path, WarningKind::NegativeAmount);
                *number = None;
            }
        }
        for number in [&mut self.remaining, &mut self.total] {
            if let Some(sourced) = number.as_ref().filter(|sourced| sourced.quantity.is_beyond_use()) {
                findings.note(sourced.path, WarningKind::UnlimitedByAmount);
                *number = None;
                self.says_unlimited = true;
            }
        }
        self.note_units(path, findings);
        if self.says_unlimited {
            return self.settle_unlimited(path, findings);
        }

        let mut over = self.over.and_then(reading);
        let mut remaining = self.remaining.and_then(reading);
        if let Some(sourced) = self.remaining.filter(|sourced| sourced.quantity.is_negative()) {
            findings.note(sourced.path, WarningKind::NegativeRemaining);
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
                findings.note(sourced.path, WarningKind::ZeroTotal);
            }
            self.total = None;
        }
        let allowance = match self.total {
            Some(total) => {
                if let (Some(sum), Some((declared, _))) = (self.sum(), self.total_value())
                    && !about_equal(sum.0, declared)
                {
                    findings.note(path, WarningKind::NumbersDisagree);
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
        if used.is_none() && remaining.is_none() && over.is_none() && allowance == Allowance::Unknown {
            findings.note(path, WarningKind::NoNumbers);
        }
        Values { used, remaining, over, allowance }
    }

    /// Unlimited by word, flag or amount. A whole amount beside it is the threshold of a fair-use rule.
    fn settle_unlimited(&self, path: Path, findings: &mut Findings) -> Values {
        let used = self.used.and_then(reading);
        let threshold = self.total.filter(|total| total.quantity.known().is_none_or(|(_, value)| value > 0));
        let left = self.remaining.filter(|left| left.quantity.known().is_none_or(|(_, value)| value > 0));
        if threshold.is_some() || left.is_some() {
            findings.note(path, WarningKind::UnlimitedWithAmount);
        }
        let threshold = threshold.and_then(reading).or_else(|| left.and_then(|_| self.derived_total()));
        match (threshold, left.and_then(reading)) {
            (Some(threshold), left) => {
                Values { used, remaining: left, over: None, allowance: Allowance::FairUse(threshold) }
            }
            // So much is left of something without a known end: the amount wins over the word.
            (None, Some(left)) => Values { used, remaining: Some(left), over: None, allowance: Allowance::Unknown },
            (None, None) => Values { used, remaining: None, over: None, allowance: Allowance::Unlimited },
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

    fn note_units(&self, path: Path, findings: &mut Findings) {
        let mut seen: Option<(Kind<'v>, u64)> = None;
        for sourced in [self.used, self.remaining, self.total, self.over].into_iter().flatten() {
            let Quantity::Known { kind, factor, .. } = sourced.quantity else { continue };
            match seen {
                None => seen = Some((kind, factor)),
                Some((first, _)) if first != kind => findings.note(path, WarningKind::UnitsDisagree),
                Some((_, first)) if first != factor => findings.note(path, WarningKind::MixedUnits),
                Some(_) => {}
            }
        }
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

/// Whether a counter's period and a balance's validity are of one cycle: they overlap or meet.
fn touch(counted: &Period, valid: &Period) -> bool {
    let before = match (counted.end_day, valid.first_day) {
        (Some(end), Some(start)) => end.tomorrow().is_ok_and(|day| day < start),
        _ => false,
    };
    let after = match (counted.first_day, valid.day_after) {
        (Some(start), Some(end)) => start > end,
        _ => false,
    };
    !before && !after
}

/// Whether two counters began to count together, as far as they say.
fn same_time(a: Option<&Counter<'_>>, b: Option<&Counter<'_>>) -> bool {
    let start = |counter: Option<&Counter<'_>>| counter?.period?.first_day;
    match (start(a), start(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}
