//! From reports to lines: whose each report is, its buckets once by id, and what is paid beside the plan.

use std::collections::HashMap;
use std::collections::hash_map;

use super::HowToRead;
use super::bucket::{self, ReadBucket};
use super::counter::{self, Counter};
use super::envelope::Entry;
use super::period;
use super::vocabulary::{self, Role, Where};
use crate::operator::tolerant::{self, Findings, Identifier, Node, Path, WarningKind};
use crate::usage::model::{Bucket, CountedAt, Cycle, LineUsage, OutOfBundle, OutOfBundleKind, Scope, Service, Zone};

/// Until when it was counted, in all generations.
pub(super) const COUNTED: &[&str] = &["lastUpdate", "effectiveDate", "creationDate"];
/// A person has a handful of each.
const MAX_LINES: usize = 200;
const MAX_BUCKETS: usize = 200;

/// Reads all reports into lines.
pub(super) fn read_all(entries: &[Entry<'_>], how: &HowToRead<'_>, findings: &mut Findings) -> Vec<LineUsage> {
    let mut lines = Lines { drafts: Vec::new(), how };
    let named: Vec<Vec<&str>> = entries.iter().map(|entry| lines_of_report(entry.node)).collect();
    let any_named =
        entries.iter().zip(&named).any(|(entry, named)| !named.is_empty() || names_lines_in_buckets(entry.node));
    for (entry, own) in entries.iter().zip(&named) {
        read_entry(entry, own, any_named, &mut lines, findings);
    }
    lines.finish()
}

fn read_entry(entry: &Entry<'_>, own: &[&str], others_named: bool, lines: &mut Lines<'_, '_>, findings: &mut Findings) {
    let report = entry.node;
    if !report.value().is_object() {
        return findings.note(report.path(), WarningKind::NotAnObject);
    }
    let names_none = own.is_empty() && !names_lines_in_buckets(report);
    let is_account = report.text(&["@type"]).is_some_and(|kind| kind.eq_ignore_ascii_case("AccountUsageConsumption"));
    if is_account || (names_none && others_named) {
        return findings.note(report.path(), WarningKind::AccountTotal);
    }
    // A report that names no line is about the one its task asked for.
    let asked = if names_none { entry.criteria.map(lines_of_report).filter(|lines| lines.len() == 1) } else { None };
    let own = asked.as_deref().unwrap_or(own);

    let counted = period::counted_at(report, COUNTED, lines.how, findings);
    let report_lines = lines.targets(own, report.path(), findings);
    if report_lines.is_empty() && !names_lines_in_buckets(report) {
        return;
    }
    if counted.is_none() {
        findings.note(report.path(), WarningKind::NoCountedTime);
    }
    for draft in &report_lines {
        lines.seen(*draft, counted);
    }

    let mut summaries: Vec<(usize, Node<'_>)> = Vec::new();
    let holders = report.list(&["product"]).chain(report.list(&["logicalResource"])).chain(report.list(&["service"]));
    for holder in holders {
        let targets = match line_of(holder) {
            Some(line) => lines.targets(&[line], holder.path(), findings),
            None => report_lines.clone(),
        };
        for summary in summaries_of(holder) {
            summaries.extend(targets.iter().map(|draft| (*draft, summary)));
        }
    }
    for summary in report.list(&["consumptionSummary"]) {
        summaries.extend(report_lines.iter().map(|draft| (*draft, summary)));
    }

    let mut ids: Vec<(&str, Vec<&str>)> = Vec::new();
    for node in report.list(&["bucketRefOrValue", "bucket"]) {
        if !node.value().is_object() {
            findings.note(node.path(), WarningKind::NotAnObject);
            continue;
        }
        let own = lines_of_report(node);
        let targets = if own.is_empty() { report_lines.clone() } else { lines.targets(&own, node.path(), findings) };
        if targets.is_empty() {
            continue;
        }
        for product in node.list(&["product"]) {
            for summary in summaries_of(product) {
                summaries.extend(targets.iter().map(|draft| (*draft, summary)));
            }
        }
        let read = bucket::read(node, lines.how, findings);
        note_relationships(node, &mut ids, findings);
        lines.add_bucket(&targets, read, node, counted, findings);
    }
    let mut by_line: Vec<(usize, Vec<Node<'_>>)> = Vec::new();
    for (draft, summary) in summaries {
        match by_line.iter_mut().find(|(known, _)| *known == draft) {
            Some((_, nodes)) => nodes.push(summary),
            None => by_line.push((draft, vec![summary])),
        }
    }
    for (draft, nodes) in by_line {
        lines.add_summaries(draft, nodes, report.path(), findings);
    }
}

/// Summaries of one product, resource or service: `consumptionSummary`, in the second generation `outOfBucketCounter`.
fn summaries_of(holder: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    holder.list(&["consumptionSummary"]).chain(holder.list(&["outOfBucketCounter"]))
}

/// The line a product or resource is of: `publicIdentifier`, `value` (fifth version), `id` (fourth).
fn line_of(node: Node<'_>) -> Option<&str> {
    let kind = node.text(&["@referredType", "@type"]).unwrap_or("").to_ascii_lowercase();
    if ["iccid", "imsi", "imei", "sim"].iter().any(|device| kind.contains(device)) {
        return None;
    }
    let written = node.text(&["publicIdentifier", "value"])?;
    (tolerant::identify(written) != Identifier::Device && written.len() <= 64).then_some(written)
}

/// The lines a report, a bucket or a query's criteria name, each once.
fn lines_of_report(node: Node<'_>) -> Vec<&str> {
    let mut lines: Vec<&str> = Vec::new();
    for line in node
        .list(&["logicalResource"])
        .filter_map(|resource| line_of(resource).or_else(|| number_in_id(resource)))
        .chain(node.list(&["product"]).filter_map(line_of))
        .chain(node.text(&["publicIdentifier"]))
    {
        if lines.len() < MAX_LINES && !lines.iter().any(|known| tolerant::same_number(line, known)) {
            lines.push(line);
        }
    }
    lines
}

/// The fourth version puts the number into `id`; the fifth a technical id.
fn number_in_id(resource: Node<'_>) -> Option<&str> {
    let id = resource.text(&["id"])?;
    matches!(tolerant::identify(id), Identifier::Number { .. }).then_some(id)
}

fn names_lines_in_buckets(report: Node<'_>) -> bool {
    report.list(&["bucketRefOrValue", "bucket"]).any(|bucket| !lines_of_report(bucket).is_empty())
}

/// Notes buckets that refer to each other, and buckets put into a relationship whole.
fn note_relationships<'v>(node: Node<'v>, seen: &mut Vec<(&'v str, Vec<&'v str>)>, findings: &mut Findings) {
    let Some(id) = node.text(&["id"]) else { return };
    let mut targets = Vec::new();
    for relationship in node.list(&["bucketRelationship"]).take(MAX_BUCKETS) {
        let Some(other) = relationship.one(&["bucket", "bucketRefOrValue"]) else { continue };
        if other.has("bucketCounter") || other.has("remainingValue") || other.has("bucketBalance") {
            findings.note(other.path(), WarningKind::EmbeddedBucket);
        }
        if let Some(other_id) = other.text(&["id"]) {
            let back = seen.iter().any(|(known, refers)| *known == other_id && refers.contains(&id));
            if back || other_id == id {
                findings.note(relationship.path(), WarningKind::RelationshipCycle);
            }
            targets.push(other_id);
        }
    }
    if !targets.is_empty() && seen.len() < MAX_BUCKETS {
        seen.push((id, targets));
    }
}

/// A line being put together.
struct Draft {
    line: Option<String>,
    counted: Option<CountedAt>,
    buckets: Vec<(Bucket, Option<CountedAt>)>,
    places: HashMap<String, usize>,
    costs: Vec<OutOfBundle>,
}

struct Lines<'h, 'a> {
    drafts: Vec<Draft>,
    how: &'h HowToRead<'a>,
}

impl Lines<'_, '_> {
    /// The drafts a thing belongs to that names these lines; none when it is not for us.
    fn targets(&mut self, named: &[&str], path: Path, findings: &mut Findings) -> Vec<usize> {
        let technical = |line: &&&str| tolerant::identify(line) == Identifier::Technical;
        let Some(asked) = self.how.lines else {
            let mut targets = Vec::new();
            if named.is_empty() {
                targets.extend(self.draft(None));
            }
            for line in named {
                match self.draft(Some(line)) {
                    Some(draft) => targets.push(draft),
                    None => findings.note(path, WarningKind::TooMany),
                }
            }
            if targets.len() > 1 {
                findings.note(path, WarningKind::SeveralLines);
            }
            return targets;
        };
        let mine: Vec<&&str> =
            named.iter().filter(|line| asked.iter().any(|wanted| tolerant::same_number(line, wanted))).collect();
        if !mine.is_empty() {
            if named.len() > 1 {
                findings.note(path, WarningKind::SeveralLines);
            }
            return mine.into_iter().filter_map(|line| self.draft(Some(line))).collect();
        }
        if named.iter().filter(technical).count() < named.len() {
            findings.note(path, WarningKind::LineNotAskedFor);
            return Vec::new();
        }
        // Nothing that could be compared with a number.
        if asked.len() == 1 {
            findings.note(Path::default(), WarningKind::NoLineNamed);
            return self.draft(None).into_iter().collect();
        }
        findings.note(path, WarningKind::LineUnclear);
        Vec::new()
    }

    fn draft(&mut self, line: Option<&str>) -> Option<usize> {
        let known = self.drafts.iter().position(|draft| match (&draft.line, line) {
            (Some(known), Some(line)) => tolerant::same_number(line, known),
            (None, None) => true,
            _ => false,
        });
        if known.is_some() {
            return known;
        }
        if self.drafts.len() >= MAX_LINES {
            return None;
        }
        self.drafts.push(Draft {
            line: line.map(str::to_owned),
            counted: None,
            buckets: Vec::new(),
            places: HashMap::new(),
            costs: Vec::new(),
        });
        self.drafts.len().checked_sub(1)
    }

    /// A report of the line was seen. Of several the oldest count dates them all.
    fn seen(&mut self, draft: usize, counted: Option<CountedAt>) {
        let Some(draft) = self.drafts.get_mut(draft) else { return };
        draft.counted = match (draft.counted, counted) {
            (Some(a), Some(b)) => Some(if b.at < a.at { b } else { a }),
            (known, new) => known.or(new),
        };
    }

    fn add_bucket(
        &mut self,
        targets: &[usize],
        read: ReadBucket<'_>,
        node: Node<'_>,
        counted: Option<CountedAt>,
        findings: &mut Findings,
    ) {
        let ReadBucket { mut bucket, out_of_bundle } = read;
        if bucket.id.is_empty() {
            findings.note(node.path(), WarningKind::MissingId);
            bucket.id = made_id(&bucket);
        }
        if targets.len() > 1 && bucket.scope == Scope::Own {
            bucket.scope = Scope::SharedTotal;
        }
        for target in targets {
            let Some(draft) = self.drafts.get_mut(*target) else { continue };
            for counter in &out_of_bundle {
                draft.add_cost(counter, bucket.cycle, findings);
            }
            if draft.buckets.len() >= MAX_BUCKETS {
                findings.note(node.path(), WarningKind::TooMany);
                continue;
            }
            match draft.places.entry(bucket.id.clone()) {
                hash_map::Entry::Vacant(place) => {
                    place.insert(draft.buckets.len());
                    draft.buckets.push((bucket.clone(), counted));
                }
                hash_map::Entry::Occupied(place) => {
                    findings.note(node.path(), WarningKind::DuplicateBucket);
                    if let Some(known) = draft.buckets.get_mut(*place.get()) {
                        let is_newer = match (known.1, counted) {
                            (Some(known), Some(new)) => new.at > known.at,
                            (None, Some(_)) => true,
                            _ => false,
                        };
                        if is_newer {
                            *known = (bucket.clone(), counted);
                        }
                    }
                }
            }
        }
    }

    /// Summaries that no bucket holds: costs beside the plan, and counters that become buckets of their own.
    fn add_summaries(&mut self, draft: usize, nodes: Vec<Node<'_>>, path: Path, findings: &mut Findings) {
        let counters = counter::read_all(nodes.into_iter(), false, None, self.how, findings);
        bucket::note_sharing(path, &counters, Some(true), findings);
        let scope = if counters.mine { Scope::SharedMyShare } else { Scope::Own };
        let Some(draft) = self.drafts.get_mut(draft) else { return };
        let mut groups: Vec<(Service, Zone, Vec<Counter<'_>>)> = Vec::new();
        for counter in counters.kept {
            if is_cost(&counter) {
                draft.add_cost(&counter, None, findings);
                continue;
            }
            let words = counter.words();
            let service = vocabulary::service(&words).or_else(|| service_by_unit(&counter));
            let Some(service) = service.filter(|_| counter.role != Role::Unknown) else {
                findings.note(counter.node.path(), WarningKind::UnknownCounter);
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
            if draft.buckets.len() >= MAX_BUCKETS {
                return findings.note(path, WarningKind::TooMany);
            }
            let id = summary_id(&service, zone);
            let Some(bucket) = bucket::of_summaries(id, service, zone, &counters, scope, findings) else { continue };
            if let hash_map::Entry::Vacant(place) = draft.places.entry(bucket.id.clone()) {
                place.insert(draft.buckets.len());
                draft.buckets.push((bucket, None));
            } else {
                findings.note(path, WarningKind::DuplicateBucket);
            }
        }
    }

    fn finish(self) -> Vec<LineUsage> {
        self.drafts
            .into_iter()
            .map(|draft| LineUsage {
                line: draft.line,
                counted_at: draft.counted,
                buckets: draft.buckets.into_iter().map(|(bucket, _)| bucket).collect(),
                out_of_bundle: draft.costs,
            })
            .collect()
    }
}

/// The second generation's `outOfBucketCounter` need not say what it is.
fn is_cost(counter: &Counter<'_>) -> bool {
    counter.role == Role::OutOfBundle || counter.node.path().to_string().contains("outOfBucketCounter")
}

impl Draft {
    fn add_cost(&mut self, counter: &Counter<'_>, cycle: Option<Cycle>, findings: &mut Findings) {
        let Some(amount) = counter.amount().and_then(|quantity| quantity.to_amount()) else {
            // Nothing said is not zero.
            return findings.note(counter.node.path(), WarningKind::NoNumbers);
        };
        let start = counter.period.and_then(|period| period.first_day).or(cycle.and_then(|cycle| cycle.start));
        let next_start = cycle.and_then(|cycle| cycle.next_start);
        let words = counter.words();
        let kind = match vocabulary::out_of_bundle_kind(&words) {
            Some(kind) => kind,
            None if matches!(counter.level, vocabulary::Level::Global | vocabulary::Level::Unsaid) => {
                OutOfBundleKind::Total
            }
            None => OutOfBundleKind::Other,
        };
        let cost = OutOfBundle {
            kind,
            amount,
            name: counter.node.text(&["name"]).map(bucket::short),
            cycle: (start.is_some() || next_start.is_some()).then_some(Cycle { start, next_start }),
        };
        if self.costs.contains(&cost) {
            return findings.note(counter.node.path(), WarningKind::DuplicateCost);
        }
        if self.costs.len() >= MAX_BUCKETS {
            return findings.note(counter.node.path(), WarningKind::TooMany);
        }
        self.costs.push(cost);
    }
}

fn service_by_unit(counter: &Counter<'_>) -> Option<Service> {
    use super::quantity::Kind;
    Some(match counter.amount()?.known()?.0 {
        Kind::Data => Service::Data,
        Kind::Time => Service::Voice,
        Kind::Money(_) => Service::Credit,
        Kind::Count => Service::Sms,
    })
}

/// An id for a bucket made of summaries: by what it counts, so that it is the same in every answer.
fn summary_id(service: &Service, zone: Zone) -> String {
    format!("summary:{}:{}", service_word(service), zone_word(zone))
}

/// An id for a bucket that has none.
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
