//! Which line a report, a bucket, a product or a resource is about. SIM and device numbers are no lines.

use super::entry::MAX_DEPTH;
use super::envelope::BUCKETS;
use crate::operator::tolerant::{self, Identifier, Node, Words};

/// The lines a report, a bucket or a query's criteria name, as often as they are named: an account's report may list
/// hundreds, and the one asked for may be the last. Technical ids count only where there is no number, a resource's own id
/// only where there is nothing else. A product's id names no line: a plan and its options are products of one.
pub(super) fn lines_of(node: Node<'_>) -> Vec<&str> {
    let resources =
        node.list(&["logicalResource"]).filter_map(|resource| line_of(resource).or_else(|| in_id(resource)));
    let products = node.list(&["product"]).filter_map(line_of);
    let mut lines: Vec<&str> = resources.chain(products).chain(node.text(&["publicIdentifier"])).collect();
    if lines.iter().any(|line| is_comparable(line)) {
        lines.retain(|line| is_comparable(line));
    }
    if lines.is_empty() {
        lines.extend(node.list(&["logicalResource"]).filter_map(technical_id));
    }
    lines
}

/// The technical ids a report tells lines apart by, in itself and in its buckets. Where it names no line at all, the first
/// of its products stands for it: several such reports may be of several lines.
pub(super) fn technical_names(report: Node<'_>) -> Vec<&str> {
    let mut names = lines_of(report);
    for bucket in report.list(BUCKETS) {
        names_in_bucket(bucket, 0, &mut names);
    }
    if names.is_empty() {
        names.extend(product_ids(report).next());
    }
    names.retain(|name| !is_comparable(name));
    names
}

/// The ids of a report's products.
pub(super) fn product_ids(report: Node<'_>) -> impl Iterator<Item = &str> {
    report.list(&["product"]).filter_map(|product| product.text(&["id"]))
}

fn names_in_bucket<'v>(bucket: Node<'v>, depth: usize, names: &mut Vec<&'v str>) {
    names.extend(lines_of(bucket));
    if depth < MAX_DEPTH {
        for inner in within(bucket) {
            names_in_bucket(inner, depth.saturating_add(1), names);
        }
    }
}

/// The buckets embedded in a bucket's relationships.
fn within<'v>(bucket: Node<'v>) -> impl Iterator<Item = Node<'v>> {
    bucket.list(&["bucketRelationship"]).filter_map(|relationship| relationship.one(BUCKETS))
}

/// Whether it is a number, which can be compared with the one asked for.
pub(super) fn is_comparable(line: &str) -> bool {
    tolerant::is_number(line)
}

/// The line a product or resource is of: `publicIdentifier`, or `value` in the fifth version.
pub(super) fn line_of(node: Node<'_>) -> Option<&str> {
    let written = node.text(&["publicIdentifier", "value"])?;
    let is_line = written.len() <= 64 && tolerant::identify(written) != Identifier::Device && !is_device(node);
    is_line.then_some(written)
}

/// The fourth version puts the number into `id`, where the fifth has a technical id.
fn in_id(resource: Node<'_>) -> Option<&str> {
    let id = resource.text(&["id"])?;
    (is_comparable(id) && !is_device(resource)).then_some(id)
}

/// A resource's own id, where it is neither a number nor a device's.
fn technical_id(resource: Node<'_>) -> Option<&str> {
    let id = resource.text(&["id"])?;
    let is_technical = id.len() <= 64 && tolerant::identify(id) == Identifier::Technical && !is_device(resource);
    // What has a value is a device, or it would have been named by that.
    (is_technical && resource.text(&["publicIdentifier", "value"]).is_none()).then_some(id)
}

fn is_device(node: Node<'_>) -> bool {
    ["@referredType", "@type", "publicIdentifierType", "resourceType"].iter().any(|name| {
        node.text(&[*name]).is_some_and(|kind| {
            let words = Words::of(kind);
            words.contains_any(&["iccid", "imsi", "imei"]) || words.has_any(&["sim", "sim card", "simcard"])
        })
    })
}

/// Whether the buckets of a report say themselves whose they are.
pub(super) fn names_lines_in_buckets(report: Node<'_>) -> bool {
    report.list(BUCKETS).any(|bucket| !lines_of(bucket).is_empty())
}

/// Whether anything of a report names a line by its number: the report itself, a service of it, a bucket, or a bucket
/// within a bucket.
pub(super) fn names_a_number(report: Node<'_>) -> bool {
    lines_of(report).iter().any(|line| is_comparable(line))
        || report.list(&["service"]).filter_map(line_of).any(is_comparable)
        || report.list(BUCKETS).any(|bucket| bucket_names_a_number(bucket, 0))
}

fn bucket_names_a_number(bucket: Node<'_>, depth: usize) -> bool {
    lines_of(bucket).iter().any(|line| is_comparable(line))
        || (depth < MAX_DEPTH && within(bucket).any(|inner| bucket_names_a_number(inner, depth.saturating_add(1))))
}
