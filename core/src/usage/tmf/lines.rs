//! The lines as they are put together from reports: each line once, each bucket once by its id, costs beside the plan.

use std::collections::HashMap;
use std::collections::hash_map;

use super::HowToRead;
use super::bucket::{self, ReadBucket};
use super::counter::{self, Counter};
use super::naming;
use super::quantity::Kind;
use super::vocabulary::{self, Level, Role, Where};
use crate::operator::tolerant::{self, Findings, Node, Place, WarningKind};
use crate::usage::model::{
    Amount, Bucket, CountedAt, Cycle, LineUsage, OutOfBundle, OutOfBundleKind, Scope, Service, Zone,
};

/// A person has a handful of lines, and a handful of buckets on each.
const MAX_LINES: usize = 200;
const MAX_BUCKETS: usize = 200;

/// A counter outside any bucket.
#[derive(Debug, Clone, Copy)]
pub(super) struct Summary<'v> {
    pub(super) node: Node<'v>,
    /// Its place says it is a cost beside the plan (`outOfBucketCounter`).
    pub(super) is_cost: bool,
}

/// The lines something belongs to.
#[derive(Debug, Clone, Default)]
pub(super) struct Targets {
    pub(super) drafts: Vec<usize>,
    /// It belongs to more lines than one, whether or not the others were asked for.
    pub(super) several: bool,
}

impl Targets {
    fn of(draft: Option<usize>) -> Self {
        Targets { drafts: draft.into_iter().collect(), several: false }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }
}

/// A bucket of a line being put together.
#[derive(Debug)]
struct Kept {
    bucket: Bucket,
    is_hollow: bool,
    counted: Option<CountedAt>,
}

/// A line being put together.
#[derive(Debug)]
struct Draft {
    line: Option<String>,
    /// The latest report seen.
    latest: Option<CountedAt>,
    buckets: Vec<Kept>,
    places: HashMap<String, usize>,
    costs: Vec<(OutOfBundle, Option<CountedAt>)>,
}

/// All lines being put together. A line is spoken of by its position.
#[derive(Debug)]
pub(super) struct Lines<'h, 'a> {
    drafts: Vec<Draft>,
    pub(super) how: &'h HowToRead<'a>,
    /// Somewhere the document names a line by its number.
    names_numbers: bool,
    /// It names several lines by technical ids.
    names_several_ids: bool,
}

impl<'h, 'a> Lines<'h, 'a> {
    pub(super) fn new(how: &'h HowToRead<'a>, names_numbers: bool, names_several_ids: bool) -> Self {
        Lines { drafts: Vec::new(), how, names_numbers, names_several_ids }
    }

    /// Whether lines are told apart by technical ids alone: a part may then be of another line than the whole.
    pub(super) fn tells_by_id(&self) -> bool {
        self.how.lines.is_some() && self.names_several_ids && !self.names_numbers
    }

    /// All positions.
    pub(super) fn all(&self) -> std::ops::Range<usize> {
        0..self.drafts.len()
    }

    /// The lines a thing belongs to that names these; none when it is not for us.
    pub(super) fn targets(&mut self, named: &[&str], place: Place, findings: &mut Findings) -> Targets {
        let Some(asked) = self.how.lines else {
            return match named {
                [] => Targets::of(self.draft(None)),
                named => self.drafts_of(named, false, place, findings),
            };
        };
        let is_mine = |line: &&&str| {
            asked.iter().any(|wanted| tolerant::same_number(line, wanted)) || self.how.line_id == Some(line.trim())
        };
        let mine: Vec<&str> = named.iter().filter(is_mine).copied().collect();
        if !mine.is_empty() {
            return self.drafts_of(&mine, mine.len() < named.len(), place, findings);
        }
        if named.iter().any(|line| naming::is_comparable(line)) {
            findings.note(place, WarningKind::LineNotAskedFor);
            return Targets::default();
        }
        // Beside something that does name a line, what names none may be anybody's. Several technical ids are several lines:
        // the operator did not keep to the one asked for. A single one that is not known is what this operator calls that
        // line in usage, whatever it calls it elsewhere; ids of resources, products and assets are not the same.
        if asked.len() == 1 && !self.names_numbers && !self.names_several_ids {
            findings.note(Place::DOCUMENT, WarningKind::NoLineNamed);
            return Targets::of(self.draft(None));
        }
        findings.note(place, WarningKind::LineUnclear);
        Targets::default()
    }

    /// The drafts of these lines, each once.
    fn drafts_of(&mut self, named: &[&str], and_others: bool, place: Place, findings: &mut Findings) -> Targets {
        let mut drafts: Vec<usize> = Vec::new();
        for line in named.iter().take(MAX_LINES) {
            match self.draft(Some(line)) {
                Some(target) if drafts.contains(&target) => {}
                Some(target) => drafts.push(target),
                None => findings.note(place, WarningKind::TooMany),
            }
        }
        if named.len() > MAX_LINES {
            findings.note(place, WarningKind::TooMany);
        }
        let several = and_others || drafts.len() > 1;
        if several {
            findings.note(place, WarningKind::SeveralLines);
        }
        Targets { drafts, several }
    }

    fn draft(&mut self, line: Option<&str>) -> Option<usize> {
        let known = self.drafts.iter().position(|draft| match (&draft.line, line) {
            (Some(known), Some(line)) => tolerant::same_number(line, known),
            (None, None) => true,
            _ => false,
        });
        if known.is_some() || self.drafts.len() >= MAX_LINES {
            return known;
        }
        self.drafts.push(Draft {
            line: line.map(str::to_owned),
            latest: None,
            buckets: Vec::new(),
            places: HashMap::new(),
            costs: Vec::new(),
        });
        self.drafts.len().checked_sub(1)
    }

    /// A report of the line was seen.
    pub(super) fn seen(&mut self, target: usize, counted: Option<CountedAt>) {
        if let Some(draft) = self.drafts.get_mut(target)
            && is_later(counted, draft.latest)
        {
            draft.latest = counted;
        }
    }

    pub(super) fn add_bucket(
        &mut self,
        targets: &Targets,
        read: ReadBucket<'_>,
        place: Place,
        counted: Option<CountedAt>,
        findings: &mut Findings,
    ) {
        let ReadBucket { mut bucket, is_hollow, out_of_bundle } = read;
        if bucket.id.is_empty() {
            findings.note(place, WarningKind::MissingId);
            bucket.id = made_id(&bucket);
        }
        if targets.several && bucket.scope == Scope::Own {
            bucket.scope = Scope::SharedTotal;
        }
        for target in &targets.drafts {
            let Some(draft) = self.drafts.get_mut(*target) else { continue };
            for counter in &out_of_bundle {
                draft.add_cost(counter, bucket.cycle, counted, findings);
            }
            if draft.has_room(&bucket.id) {
                draft.add_bucket(Kept { bucket: bucket.clone(), is_hollow, counted }, place, findings);
            } else {
                findings.note(place, WarningKind::TooMany);
            }
        }
    }

    /// Summaries that no bucket holds: costs beside the plan, and counters that become buckets of their own.
    pub(super) fn add_summaries(
        &mut self,
        target: usize,
        summaries: Vec<Summary<'_>>,
        counted: Option<CountedAt>,
        place: Place,
        findings: &mut Findings,
    ) {
        if summaries.is_empty() {
            return;
        }
        let counters = counter::read_all(summaries.into_iter(), false, None, self.how, findings);
        bucket::note_sharing(place, &counters, Some(true), findings);
        let scope = if counters.mine { Scope::SharedMyShare } else { Scope::Own };
        let Some(draft) = self.drafts.get_mut(target) else { return };
        let mut groups: Vec<(Service, Zone, Vec<Counter<'_>>)> = Vec::new();
        for counter in counters.kept {
            if counter.role == Role::OutOfBundle {
                draft.add_cost(&counter, None, counted, findings);
                continue;
            }
            let words = counter.words();
            let service = vocabulary::service(&words).or_else(|| service_by_unit(&counter));
            let Some(service) = service.filter(|_| counter.role != Role::Unknown) else {
                findings.note(counter.node.place(), WarningKind::UnknownCounter);
                continue;
            };
            let zone = match vocabulary::zone(&words) {
                None => Zone::National,
                Some(Where::In(zone)) => zone,
                Some(Where::RoamingSomewhere) => Zone::RoamingWorld,
            };
            match groups.iter_mut().find(|(s, z, _)| *s == service && *z == zone) {
                Some((_, _, counters)) => counters.push(counter),
                None => groups.push((service, zone, vec![counter])),
            }
        }
        for (service, zone, counters) in groups {
            let id = format!("summary:{}:{}", service_word(&service), zone_word(zone));
            if let Some((bucket, is_hollow)) = bucket::of_summaries(id, service, zone, &counters, scope, findings) {
                // There are no more kinds than services and zones.
                draft.add_bucket(Kept { bucket, is_hollow, counted }, place, findings);
            }
        }
    }

    /// The lines, put together, and the ids of their hollow buckets.
    pub(super) fn finish(self, findings: &mut Findings) -> (Vec<LineUsage>, Vec<String>) {
        let all = self.drafts.iter().flat_map(|draft| &draft.buckets);
        let hollow = all.filter(|kept| kept.is_hollow).map(|kept| kept.bucket.id.clone()).collect();
        let lines = self
            .drafts
            .into_iter()
            .map(|mut draft| {
                draft.keep_latest_costs(findings);
                draft.check_totals(findings);
                LineUsage {
                    counted_at: draft.counted_at(),
                    line: draft.line,
                    buckets: draft.buckets.into_iter().map(|kept| kept.bucket).collect(),
                    out_of_bundle: draft.costs.into_iter().map(|(cost, _)| cost).collect(),
                }
            })
            .collect();
        (lines, hollow)
    }
}

impl Draft {
    fn has_room(&self, id: &str) -> bool {
        self.buckets.len() < MAX_BUCKETS || self.places.contains_key(id)
    }

    /// Each id once; of two with one id the later count is kept, the first when nothing dates them.
    fn add_bucket(&mut self, new: Kept, place: Place, findings: &mut Findings) {
        match self.places.entry(new.bucket.id.clone()) {
            hash_map::Entry::Vacant(entry) => {
                entry.insert(self.buckets.len());
                self.buckets.push(new);
            }
            hash_map::Entry::Occupied(entry) => {
                let Some(known) = self.buckets.get_mut(*entry.get()) else { return };
                let is_repeated = new.bucket == known.bucket;
                findings.note(
                    place,
                    match is_repeated || is_dated_apart(new.counted, known.counted) {
                        true => WarningKind::DuplicateBucket,
                        false => WarningKind::DuplicateBucketDiffers,
                    },
                );
                if is_later(new.counted, known.counted) {
                    *known = new;
                }
            }
        }
    }

    fn add_cost(
        &mut self,
        counter: &Counter<'_>,
        cycle: Option<Cycle>,
        counted: Option<CountedAt>,
        findings: &mut Findings,
    ) {
        let place = counter.node.place();
        let Some(amount) = counter.amount().and_then(|quantity| quantity.to_amount()) else {
            // Nothing said is not zero.
            return findings.note(place, WarningKind::NoNumbers);
        };
        let start = counter.period.and_then(|period| period.first_day).or(cycle.and_then(|cycle| cycle.start));
        let next_start =
            cycle.and_then(|cycle| cycle.next_start).filter(|next| start.is_none_or(|start| start < *next));
        let kind = vocabulary::out_of_bundle_kind(&counter.words()).unwrap_or(match counter.level {
            Level::Global | Level::Unsaid => OutOfBundleKind::Total,
            Level::PerUser | Level::Other => OutOfBundleKind::Other,
        });
        let cost = OutOfBundle {
            kind,
            amount,
            name: counter.node.text(&["name"]).map(bucket::short),
            cycle: (start.is_some() || next_start.is_some()).then_some(Cycle { start, next_start }),
        };
        if self.costs.iter().any(|(known, _)| *known == cost) {
            findings.note(place, WarningKind::DuplicateCost);
        } else if self.costs.len() >= MAX_BUCKETS {
            findings.note(place, WarningKind::TooMany);
        } else {
            self.costs.push((cost, counted));
        }
    }

    /// The oldest of the counts that what is kept came from dates the line.
    fn counted_at(&self) -> Option<CountedAt> {
        let buckets = self.buckets.iter().filter_map(|kept| kept.counted);
        let costs = self.costs.iter().filter_map(|(_, counted)| *counted);
        buckets.chain(costs).min_by_key(|counted| counted.at).or(self.latest)
    }

    /// Costs of an older report of the same line are included in those of the newer, or of a cycle before.
    fn keep_latest_costs(&mut self, findings: &mut Findings) {
        let latest = self.costs.iter().filter_map(|(_, counted)| *counted).max_by_key(|counted| counted.at);
        let all = self.costs.len();
        self.costs.retain(|(_, counted)| !is_later(latest, *counted) || counted.is_none());
        if self.costs.len() < all {
            findings.note(Place::DOCUMENT, WarningKind::OlderCosts);
        }
    }

    /// Only one sum can be the sum of all, and it cannot be less than its parts.
    fn check_totals(&mut self, findings: &mut Findings) {
        let (totals, parts): (Vec<_>, Vec<_>) =
            self.costs.iter().map(|(cost, _)| cost).partition(|cost| cost.kind == OutOfBundleKind::Total);
        let cents = |costs: &[&OutOfBundle]| {
            costs
                .iter()
                .filter_map(|cost| match &cost.amount {
                    Amount::Money(money) => Some(i128::from(money.cents)),
                    _ => None,
                })
                .fold(0, i128::saturating_add)
        };
        if totals.len() > 1 || (totals.len() == 1 && cents(&totals) < cents(&parts)) {
            findings.note(Place::DOCUMENT, WarningKind::TotalUnclear);
            for (cost, _) in self.costs.iter_mut().filter(|(cost, _)| cost.kind == OutOfBundleKind::Total) {
                cost.kind = OutOfBundleKind::Other;
            }
        }
    }
}

fn is_later(a: Option<CountedAt>, b: Option<CountedAt>) -> bool {
    a.is_some_and(|a| b.is_none_or(|b| a.at > b.at))
}

/// Whether dates tell that one of the two is the older.
fn is_dated_apart(a: Option<CountedAt>, b: Option<CountedAt>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a.at != b.at)
}

fn service_by_unit(counter: &Counter<'_>) -> Option<Service> {
    Some(match counter.amount()?.known()?.0 {
        Kind::Data => Service::Data,
        Kind::Time => Service::Voice,
        Kind::Money(_) => Service::Credit,
        Kind::Count => Service::Sms,
    })
}

/// An id for a bucket that has none: by what it counts, so that it is the same in every answer.
fn made_id(bucket: &Bucket) -> String {
    let name = bucket.name.as_deref().unwrap_or("");
    format!("unnamed:{}:{}:{name}", service_word(&bucket.service), zone_word(bucket.zone))
}

fn service_word(service: &Service) -> &str {
    match service {
        Service::Data => "data",
        Service::Voice => "voice",
        Service::Sms => "sms",
        Service::Mms => "mms",
        Service::Credit => "credit",
        Service::Other(name) => name,
    }
}

fn zone_word(zone: Zone) -> &'static str {
    match zone {
        Zone::National => "national",
        Zone::International => "international",
        Zone::RoamingEu => "roaming-eu",
        Zone::RoamingWorld => "roaming-world",
    }
}
