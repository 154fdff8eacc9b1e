//! One report: whose it is, its buckets, and the summaries that no bucket holds.

use jiff::civil::Date;

use super::HowToRead;
use super::bucket;
use super::envelope::{BUCKETS, Entry};
use super::lines::{Lines, Summary, Targets};
use super::naming::{
    is_comparable, line_of, lines_of, names_a_number, names_lines_in_buckets, product_ids, technical_names,
};
use super::period;
use crate::operator::tolerant::{Findings, Node, Place, WarningKind, same_number};
use crate::usage::model::{Allowance, Bucket, CountedAt, LineUsage};

/// Until when it was counted, in all generations.
pub(super) const COUNTED: &[&str] = &["lastUpdate", "effectiveDate", "creationDate"];
/// Buckets within buckets deeper than this are not looked at.
pub(super) const MAX_DEPTH: usize = 4;
/// References to other buckets beyond this many are not looked at.
const MAX_REFERENCES: usize = 100;

/// Reads all reports into lines; beside them the ids of hollow buckets.
pub(super) fn read_all(
    entries: &[Entry<'_>],
    how: &HowToRead<'_>,
    findings: &mut Findings,
) -> (Vec<LineUsage>, Vec<String>) {
    let names: Vec<Names<'_>> = entries.iter().map(|entry| Names::of(entry.node, how)).collect();
    let names_numbers = entries.iter().any(|entry| {
        names_a_number(entry.node) || entry.criteria.is_some_and(|criteria| asks_for_another(criteria, how))
    });
    let mut ids = entries.iter().flat_map(|entry| technical_names(entry.node));
    let first_id = ids.next();
    let names_several_ids = ids.any(|id| Some(id) != first_id);
    let mut lines = Lines::new(how, names_numbers, names_several_ids);
    let any_named = names.iter().any(|names| names.any());
    for (entry, names) in entries.iter().zip(&names) {
        if names.is_account || (any_named && !names.any()) {
            findings.note(entry.node.place(), WarningKind::AccountTotal);
        } else {
            read_entry(entry, names, &mut lines, findings);
        }
    }
    lines.finish(findings)
}

/// What a report says of whose it is.
struct Names<'v> {
    own: Vec<&'v str>,
    in_buckets: bool,
    is_account: bool,
}

impl<'v> Names<'v> {
    fn of(report: Node<'v>, how: &HowToRead<'_>) -> Self {
        let mut own = lines_of(report);
        if own.is_empty() {
            own.extend(product_ids(report).find(|id| how.line_id == Some(*id)));
        }
        Names {
            own,
            in_buckets: names_lines_in_buckets(report),
            is_account: report
                .text(&["@type"])
                .is_some_and(|kind| kind.eq_ignore_ascii_case("AccountUsageConsumption")),
        }
    }

    fn any(&self) -> bool {
        !self.own.is_empty() || self.in_buckets
    }
}

/// Whether the query was for a line that was not asked for here. That it names the one asked for, perhaps twice, says
/// nothing against its results.
fn asks_for_another(criteria: Node<'_>, how: &HowToRead<'_>) -> bool {
    let is_asked = |line: &str| how.lines.is_some_and(|asked| asked.iter().any(|wanted| same_number(line, wanted)));
    lines_of(criteria).iter().any(|line| is_comparable(line) && !is_asked(line))
}

fn read_entry<'v>(entry: &Entry<'v>, names: &Names<'v>, lines: &mut Lines<'_, '_>, findings: &mut Findings) {
    let report = entry.node;
    if !report.value().is_object() {
        return findings.note(report.place(), WarningKind::NotAnObject);
    }
    // A report that names no line is about the one its task asked for.
    let asked = entry.criteria.filter(|_| !names.any()).map(lines_of).filter(|lines| lines.len() == 1);
    let own = asked.as_deref().unwrap_or(&names.own);
    let targets = if own.is_empty() && names.in_buckets {
        Targets::default()
    } else {
        lines.targets(own, report.place(), findings)
    };
    if targets.is_empty() && !names.in_buckets {
        return;
    }
    let how = lines.how;
    let counted = period::counted_at(report, COUNTED, how, findings);
    if counted.is_none() {
        findings.note(report.place(), WarningKind::NoCountedTime);
    }
    for target in &targets.drafts {
        lines.seen(*target, counted);
    }

    let counted_on = counted.map(|counted| how.time_zone.to_datetime(counted.at).date());
    let mut reading =
        Reading { report_targets: targets, counted, counted_on, summaries: Vec::new(), references: Vec::new() };
    let holders = report.list(&["product"]).chain(report.list(&["logicalResource"])).chain(report.list(&["service"]));
    for holder in holders.chain([report]) {
        if !has_summaries(holder) {
            continue;
        }
        let targets = match line_of(holder).filter(|line| is_comparable(line) || lines.tells_by_id()) {
            Some(line) => lines.targets(&[line], holder.place(), findings),
            None => reading.report_targets.clone(),
        };
        reading.summaries_of(holder, &targets, findings);
    }
    for node in report.list(BUCKETS) {
        reading.bucket(node, None, 0, lines, findings);
    }
    for target in lines.all() {
        let mine = reading.summaries.iter().filter(|(of, _)| *of == target).map(|(_, summary)| *summary).collect();
        lines.add_summaries(target, mine, counted, report.place(), findings);
    }
}

/// A report being read.
struct Reading<'v> {
    report_targets: Targets,
    counted: Option<CountedAt>,
    /// The operator's civil date then.
    counted_on: Option<Date>,
    /// For each line the summaries that no bucket holds.
    summaries: Vec<(usize, Summary<'v>)>,
    /// Which bucket refers to which.
    references: Vec<(&'v str, &'v str)>,
}

impl<'v> Reading<'v> {
    /// Summaries of one product, resource or service: `consumptionSummary`, in the second generation `outOfBucketCounter`.
    fn summaries_of(&mut self, holder: Node<'v>, targets: &Targets, findings: &mut Findings) {
        if targets.several {
            // A sum over several lines is nobody's own.
            return findings.note(holder.place(), WarningKind::LineUnclear);
        }
        let summaries = holder.list(&["consumptionSummary"]).map(|node| Summary { node, is_cost: false });
        let costs = holder.list(&["outOfBucketCounter"]).map(|node| Summary { node, is_cost: true });
        for summary in summaries.chain(costs) {
            self.summaries.extend(targets.drafts.iter().map(|target| (*target, summary)));
        }
    }

    fn bucket(
        &mut self,
        node: Node<'v>,
        outer: Option<&Targets>,
        depth: usize,
        lines: &mut Lines<'_, '_>,
        findings: &mut Findings,
    ) {
        if !node.value().is_object() {
            return findings.note(node.place(), WarningKind::NotAnObject);
        }
        let own = lines_of(node);
        let targets = match outer {
            _ if own.iter().any(|line| is_comparable(line) || lines.tells_by_id()) => {
                lines.targets(&own, node.place(), findings)
            }
            Some(outer) => outer.clone(),
            None if !self.report_targets.is_empty() => self.report_targets.clone(),
            // Other buckets of the report say whose they are, this one does not.
            None => lines.targets(&own, node.place(), findings),
        };
        if targets.is_empty() {
            return;
        }
        for target in &targets.drafts {
            lines.seen(*target, self.counted);
        }
        let Some(read) = bucket::read(node, self.counted_on, lines.how, findings) else { return };
        for product in node.list(&["product"]).filter(|product| has_summaries(*product)) {
            self.summaries_of(product, &targets, findings);
        }
        let is_hollow = is_hollow(&read.bucket);
        lines.add_bucket(&targets, read, node.place(), self.counted, findings);
        self.relationships(node, &targets, is_hollow, depth, lines, findings);
    }

    /// A bucket's parts or its whole. They are never added to it; embedded ones stand for it when it has no values.
    fn relationships(
        &mut self,
        node: Node<'v>,
        targets: &Targets,
        is_hollow: bool,
        depth: usize,
        lines: &mut Lines<'_, '_>,
        findings: &mut Findings,
    ) {
        for relationship in node.list(&["bucketRelationship"]).take(MAX_REFERENCES) {
            let Some(other) = relationship.one(&["bucket", "bucketRefOrValue"]) else { continue };
            self.reference(node, other, relationship.place(), findings);
            if ["bucketCounter", "remainingValue", "bucketBalance"].iter().any(|member| other.has(member)) {
                if is_hollow && depth < MAX_DEPTH {
                    let depth = depth.saturating_add(1);
                    self.bucket(other, Some(targets), depth, lines, findings);
                } else {
                    findings.note(other.place(), WarningKind::EmbeddedBucket);
                }
            }
        }
    }

    fn reference(&mut self, from: Node<'v>, to: Node<'v>, place: Place, findings: &mut Findings) {
        let (Some(from), Some(to)) = (from.text(&["id"]), to.text(&["id"])) else { return };
        if from == to || self.references.contains(&(to, from)) {
            findings.note(place, WarningKind::RelationshipCycle);
        }
        if self.references.len() < MAX_REFERENCES {
            self.references.push((from, to));
        }
    }
}

/// Whether there is anything to show in a report; an empty frame of one is nothing.
pub(super) fn holds_usage(report: Node<'_>) -> bool {
    let mut holders =
        report.list(&["product"]).chain(report.list(&["logicalResource"])).chain(report.list(&["service"]));
    report.list(BUCKETS).next().is_some() || has_summaries(report) || holders.any(has_summaries)
}

fn has_summaries(holder: Node<'_>) -> bool {
    holder.has("consumptionSummary") || holder.has("outOfBucketCounter")
}

fn is_hollow(bucket: &Bucket) -> bool {
    bucket.used.is_none()
        && bucket.remaining.is_none()
        && bucket.over.is_none()
        && bucket.allowance == Allowance::Unknown
}
