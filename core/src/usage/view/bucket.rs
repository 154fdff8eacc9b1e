//! One allowance in words: the answer first ("3.8 GB left"), the rest of the sentence, and a bar where one answer gave
//! both parts of a percentage. A bucket that is not of now says so and never says "left".

use super::super::freshness::{Standing, believable, bounded, standing};
use super::super::model::{Allowance, Amount, Bucket, BucketKind, BucketStatus, Cycle, Reading, Scope, Service, Zone};
use super::super::state::{Kept, Now};
use super::{BarView, BucketLevel, BucketState, BucketView, Presentation, UsageKind};
use crate::text::dates::Role;
use crate::text::volume::Unit;
use crate::text::{Language, Text, dates, messages, number};

/// The bucket that matters now, and the others by rank.
pub(super) fn hero_and_others(
    kept: &Kept,
    line_cycle: Option<Cycle>,
    now: &Now,
    presentation: &Presentation<'_>,
) -> (Option<BucketView>, Vec<BucketView>) {
    let titles = titles(&kept.usage.buckets, presentation.language);
    let mut ranked: Vec<Facts<'_>> = kept
        .usage
        .buckets
        .iter()
        .zip(titles)
        .map(|(bucket, title)| Facts::new(bucket, title, line_cycle, now, presentation))
        .collect();
    ranked.sort_by_key(Facts::rank);
    // `max_by_key` keeps the last of equals; the first in rank is wanted.
    let hero = ranked.iter().enumerate().rev().max_by_key(|(_, facts)| facts.urgency()).map(|(at, _)| at);
    let mut views: Vec<BucketView> = ranked.iter().map(Facts::view).collect();
    let hero = hero.filter(|at| *at < views.len()).map(|at| views.remove(at));
    (hero, views)
}

/// What each bucket is called. The operator's own name where it tells more: for options and gifts, for what we do not
/// know, and where two buckets of the plan would be called the same.
pub(in crate::usage) fn titles(buckets: &[Bucket], language: Language) -> Vec<Text> {
    let name = |bucket: &Bucket| bucket.name.as_deref().map(Text::foreign).filter(|name| !name.text.is_empty());
    let generic: Vec<Text> = buckets.iter().map(|bucket| generic_title(bucket, name(bucket), language)).collect();
    let ambiguous = |title: &Text| generic.iter().filter(|other| *other == title).count() > 1;
    buckets
        .iter()
        .zip(&generic)
        .map(|(bucket, title)| {
            let own_name_tells_more = bucket.kind != BucketKind::Plan || ambiguous(title);
            let title = name(bucket).filter(|_| own_name_tells_more).unwrap_or_else(|| title.clone());
            match bucket.scope {
                Scope::Own => title,
                Scope::SharedMyShare => messages::share_own(language, &title),
                Scope::SharedTotal => messages::share_all(language, &title),
            }
        })
        .collect()
}

fn generic_title(bucket: &Bucket, name: Option<Text>, language: Language) -> Text {
    title(&bucket.service, bucket.zone, name, language)
}

/// What is counted where.
pub(super) fn title(service: &Service, zone: Zone, name: Option<Text>, language: Language) -> Text {
    let zone = match zone {
        Zone::National => "national",
        Zone::International => "international",
        Zone::RoamingEu => "eu",
        Zone::RoamingWorld => "world",
    };
    match service {
        Service::Data => messages::title_data(language, zone),
        Service::Voice => messages::title_calls(language, zone),
        Service::Sms => messages::title_sms(language, zone),
        Service::Mms => messages::title_mms(language, zone),
        Service::Credit => messages::title_credit(language, zone),
        Service::Other(service) => {
            let name = name.unwrap_or_else(|| Text::foreign(service));
            if name.text.is_empty() {
                messages::title_unnamed(language)
            } else {
                messages::title_other(language, zone, &name)
            }
        }
    }
}

/// A bucket with what follows from it on this day.
struct Facts<'a> {
    bucket: &'a Bucket,
    title: Text,
    cycle: Option<Cycle>,
    line_cycle: Option<Cycle>,
    state: BucketState,
    unit: Unit,
    /// Permille of a finite allowance that is not money.
    share_used: Option<u64>,
    over: Option<Amount>,
    exhausted: bool,
    now: &'a Now,
    presentation: &'a Presentation<'a>,
}

impl<'a> Facts<'a> {
    fn new(
        bucket: &'a Bucket,
        title: Text,
        line_cycle: Option<Cycle>,
        now: &'a Now,
        presentation: &'a Presentation<'a>,
    ) -> Facts<'a> {
        let cycle = bounded(bucket.cycle, line_cycle);
        let state = match (standing(cycle, now.today), bucket.status) {
            (Standing::Ended, _) | (_, BucketStatus::Expired) => BucketState::Ended,
            (Standing::Upcoming, _) => BucketState::Upcoming,
            (Standing::Current, BucketStatus::Suspended) => BucketState::Suspended,
            (Standing::Current, BucketStatus::Active) => BucketState::Current,
        };
        let over = over(bucket);
        let exhausted = over.is_some() || is_used_up(bucket);
        Facts {
            bucket,
            title,
            cycle,
            line_cycle,
            state,
            unit: unit(bucket, presentation),
            share_used: share_used(bucket),
            over,
            exhausted,
            now,
            presentation,
        }
    }

    fn is_current(&self) -> bool {
        self.state == BucketState::Current
    }

    /// What matters now: what is of now, the highest use of a finite allowance, else data.
    pub(super) fn urgency(&self) -> (bool, Option<u64>, bool) {
        (self.is_current(), self.share_used.filter(|_| self.is_current()), self.bucket.service == Service::Data)
    }

    /// Plan, option, gift, roaming; what is over comes last. The operator's order decides among equals.
    fn rank(&self) -> (bool, bool, BucketKind, u8) {
        let abroad = matches!(self.bucket.zone, Zone::RoamingEu | Zone::RoamingWorld);
        let service = match self.bucket.service {
            Service::Data => 0,
            Service::Voice => 1,
            Service::Sms => 2,
            Service::Mms => 3,
            Service::Credit => 4,
            Service::Other(_) => 5,
        };
        (self.state == BucketState::Ended, abroad, self.bucket.kind, service)
    }

    fn view(&self) -> BucketView {
        let (headline, detail) = self.words();
        BucketView {
            bucket_id: self.bucket.id.clone(),
            kind: match self.bucket.service {
                Service::Data => UsageKind::Data,
                Service::Voice => UsageKind::Voice,
                Service::Sms | Service::Mms => UsageKind::Messages,
                Service::Credit => UsageKind::Credit,
                Service::Other(_) => UsageKind::Other,
            },
            title: self.title.clone(),
            headline,
            detail,
            carried: self.carried(),
            bar: self.bar(),
            state: self.state,
            level: self.level(),
            used: units(self.bucket.used.as_ref()),
            remaining: units(self.bucket.remaining.as_ref()),
            total: match &self.bucket.allowance {
                Allowance::Finite(total) => total.amount.units(),
                Allowance::FairUse(_) | Allowance::Unlimited | Allowance::Unknown => None,
            },
        }
    }

    fn words(&self) -> (Text, Option<Text>) {
        let language = self.language();
        match self.state {
            BucketState::Current | BucketState::Suspended => {
                let (headline, detail) = self.words_of_now();
                let suspended = (self.state == BucketState::Suspended).then(|| messages::suspended(language));
                let parts = suspended.into_iter().chain(detail).chain(self.own_end());
                let parts: Vec<Text> = parts.collect();
                (headline, Some(Text::list(&parts)).filter(|_| !parts.is_empty()))
            }
            BucketState::Upcoming => (self.size(), self.cycle.and_then(|cycle| self.starts(cycle))),
            BucketState::Ended => (self.past().unwrap_or_else(|| self.of_old()), self.ended()),
        }
    }

    /// The last day of a bucket that does not end with the line's cycle.
    fn own_end(&self) -> Option<Text> {
        let last = self
            .cycle
            .filter(|cycle| Some(cycle.next_start) != self.line_cycle.map(|line| line.next_start))?
            .last_day()?;
        Some(messages::until_date(self.language(), &dates::date(self.language(), last, self.now.today)))
    }

    /// Why these figures are older than the others of the line.
    fn carried(&self) -> Option<Text> {
        let language = self.language();
        let counted = believable(self.bucket.carried?.counted_at, self.now.at);
        Some(match counted {
            Some(counted) => {
                let until = dates::moment(language, Role::Until, counted.at, self.now.today, self.presentation.zone);
                messages::carried(language, &until)
            }
            None => messages::carried_undated(language),
        })
    }

    fn words_of_now(&self) -> (Text, Option<Text>) {
        let language = self.language();
        let used = self.bucket.used.as_ref().map(|used| &used.amount);
        let remaining = self.bucket.remaining.as_ref().map(|remaining| &remaining.amount);
        match (&self.bucket.allowance, &self.over) {
            (Allowance::FairUse(threshold), over) => self.fair_use(&threshold.amount, over.is_some()),
            (Allowance::Unlimited, _) => (messages::unlimited(language), used.map(|used| self.used(used))),
            (_, Some(over)) => (messages::over(language, &self.unit.with_unit(language, over)), self.used_of_total()),
            _ if self.exhausted => (messages::used_up(language), self.used_of_total()),
            _ => match (remaining, used) {
                (Some(left), _) => (messages::left(language, &self.unit.left(language, left)), self.used_of_total()),
                (None, Some(used)) => (self.used_of_total().unwrap_or_else(|| self.used(used)), None),
                (None, None) => (messages::no_figure(language), self.used_of_total()),
            },
        }
    }

    fn fair_use(&self, threshold: &Amount, crossed: bool) -> (Text, Option<Text>) {
        let language = self.language();
        let limit = self.unit.with_unit(language, threshold);
        let slows = matches!(threshold, Amount::Bytes(_));
        let headline = match (crossed, slows) {
            (false, _) => messages::unlimited(language),
            (true, true) => messages::slower_now(language),
            (true, false) => messages::beyond_fair_use(language),
        };
        let mut parts = Vec::new();
        parts.extend(self.bucket.used.as_ref().map(|used| self.used(&used.amount)));
        parts.push(if slows {
            messages::full_speed_until(language, &limit)
        } else {
            messages::fair_use_until(language, &limit)
        });
        (headline, Some(Text::list(&parts)))
    }

    fn used(&self, used: &Amount) -> Text {
        messages::used(self.language(), &self.unit.with_unit(self.language(), used))
    }

    /// "6.2 of 10 GB used", as far as both are known.
    fn used_of_total(&self) -> Option<Text> {
        let language = self.language();
        let used = self.bucket.used.as_ref().map(|used| &used.amount);
        let total = match &self.bucket.allowance {
            Allowance::Finite(total) => Some(&total.amount),
            Allowance::FairUse(_) | Allowance::Unlimited | Allowance::Unknown => None,
        };
        Some(match (used, total) {
            (Some(used), Some(total)) => {
                let one_unit = used.same_unit(total).is_some();
                let used = if one_unit { self.unit.bare(language, used) } else { self.unit.with_unit(language, used) };
                messages::used_of(language, &used, &self.unit.with_unit(language, total))
            }
            (Some(used), None) => self.used(used),
            (None, Some(total)) => messages::of_total(language, &self.unit.with_unit(language, total)),
            (None, None) => return None,
        })
    }

    /// What was used in a cycle that is over: never "left", since nothing of it can be used any more.
    fn past(&self) -> Option<Text> {
        self.bucket.used.as_ref().and_then(|_| self.used_of_total())
    }

    /// What a bucket was whose use is not told: its dates stand beside it.
    fn of_old(&self) -> Text {
        let language = self.language();
        match self.bucket.allowance {
            Allowance::Unlimited | Allowance::FairUse(_) if self.ended().is_some() => messages::unlimited(language),
            _ => messages::expired(language),
        }
    }

    /// What a bucket that has not begun will hold.
    fn size(&self) -> Text {
        let language = self.language();
        match &self.bucket.allowance {
            Allowance::Finite(total) => self.unit.with_unit(language, &total.amount),
            Allowance::FairUse(_) | Allowance::Unlimited => messages::unlimited(language),
            Allowance::Unknown => messages::no_figure(language),
        }
    }

    fn starts(&self, cycle: Cycle) -> Option<Text> {
        let on = dates::date(self.language(), cycle.start?, self.now.today);
        Some(messages::starts_on(self.language(), &on))
    }

    fn ended(&self) -> Option<Text> {
        let (language, today) = (self.language(), self.now.today);
        let last = self.cycle.filter(|cycle| cycle.ended_by(today)).and_then(|cycle| cycle.last_day());
        match (last, self.cycle.and_then(|cycle| cycle.start)) {
            (Some(last), Some(start)) if start <= last => Some(dates::range(language, start, last, today)),
            (Some(last), _) => Some(messages::ended_on(language, &dates::date(language, last, today))),
            (None, _) => self.past().map(|_| messages::expired(language)),
        }
    }

    fn bar(&self) -> Option<BarView> {
        let language = self.language();
        let share = self.share_used.filter(|_| self.state != BucketState::Upcoming)?;
        let percent = number::percent(language, share.checked_div(10)?);
        Some(BarView {
            used_permille: u32::try_from(share.min(1000)).ok()?,
            elapsed_permille: self
                .cycle
                .filter(|_| self.is_current())
                .and_then(|cycle| cycle.elapsed_permille(self.now.today)),
            over: self.over.is_some(),
            spoken: messages::percent_used_spoken(language, &percent).spoken,
            text: percent.text,
        })
    }

    fn level(&self) -> BucketLevel {
        let warn_from = self.presentation.thresholds_percent.iter().min().copied().unwrap_or(100);
        match self.bucket.allowance {
            Allowance::Finite(_) if !self.is_current() => BucketLevel::Calm,
            Allowance::Finite(_) if self.exhausted => BucketLevel::Exhausted,
            Allowance::Finite(_) if reaches(self.bucket, u64::from(warn_from)) => BucketLevel::Warning,
            _ => BucketLevel::Calm,
        }
    }

    fn language(&self) -> Language {
        self.presentation.language
    }
}

fn units(reading: Option<&Reading>) -> Option<u64> {
    reading?.amount.units()
}

/// The unit of the whole bucket: from its allowance, else from the largest amount known.
pub(in crate::usage) fn unit(bucket: &Bucket, presentation: &Presentation<'_>) -> Unit {
    let known = [&bucket.used, &bucket.remaining, &bucket.over];
    let largest = match &bucket.allowance {
        Allowance::Finite(limit) | Allowance::FairUse(limit) => Some(&limit.amount),
        Allowance::Unlimited | Allowance::Unknown => {
            known.into_iter().flatten().map(|reading| &reading.amount).max_by_key(|amount| amount.units())
        }
    };
    largest.map_or(Unit::AsIs, |largest| Unit::choose(largest, &bucket.service, presentation.data_base))
}

/// A percentage exists for finite allowances only, and not for money.
fn share_used(bucket: &Bucket) -> Option<u64> {
    match &bucket.allowance {
        Allowance::Finite(total) if !matches!(total.amount, Amount::Money(_)) => bucket.used_permille(),
        _ => None,
    }
}

/// What is beyond the allowance or the fair-use threshold: as the operator says, else what used exceeds it by. An
/// operator that says something is left is believed: a bonus can make used exceed the plan's allowance.
fn over(bucket: &Bucket) -> Option<Amount> {
    let said = bucket.over.as_ref().map(|over| &over.amount).filter(|over| over.units() != Some(0));
    said.cloned().or_else(|| {
        if units(bucket.remaining.as_ref()).is_some_and(|left| left > 0) {
            return None;
        }
        let (Allowance::Finite(limit) | Allowance::FairUse(limit)) = &bucket.allowance else { return None };
        let used = &bucket.used.as_ref()?.amount;
        let (used_units, limit_units) = used.same_unit(&limit.amount)?;
        used.with_units(used_units.checked_sub(limit_units).filter(|beyond| *beyond > 0)?)
    })
}

fn is_used_up(bucket: &Bucket) -> bool {
    let nothing_left = match units(bucket.remaining.as_ref()) {
        Some(left) => left == 0,
        None => reaches(bucket, 100),
    };
    matches!(bucket.allowance, Allowance::Finite(_)) && nothing_left
}

/// Whether used is at least `percent` of the allowance, in whole numbers: 74.6 % does not reach 75.
fn reaches(bucket: &Bucket, percent: u64) -> bool {
    let Allowance::Finite(total) = &bucket.allowance else { return false };
    let Some((used, total)) = bucket.used.as_ref().and_then(|used| used.amount.same_unit(&total.amount)) else {
        return false;
    };
    let (used, total) = (u128::from(used), u128::from(total));
    total > 0 && used.saturating_mul(100) >= total.saturating_mul(u128::from(percent))
}
