//! One bucket (TMF677 `Bucket`): what it is about, whose it is, and its numbers from wherever its generation puts them.

use jiff::civil::Date;

use super::HowToRead;
use super::balance::Balance;
use super::counter::{self, Counter, Counters};
use super::days;
use super::lines::Summary;
use super::numbers::{Found, Numbers};
use super::quantity::Kind;
use super::vocabulary::{self, Role, Where};
use crate::operator::tolerant::{Findings, Node, Place, WarningKind, Words};
use crate::usage::model::{Bucket, BucketKind, BucketStatus, Scope, Service, Zone};

/// A bucket read, and the counters in it that are costs beside the plan.
#[derive(Debug)]
pub(super) struct ReadBucket<'v> {
    pub(super) bucket: Bucket,
    /// A number of it is given and could not be read.
    pub(super) is_hollow: bool,
    pub(super) out_of_bundle: Vec<Counter<'v>>,
}

/// Reads a bucket of a report that was counted on that day. None when it is another person's.
pub(super) fn read<'v>(
    node: Node<'v>,
    counted_on: Option<Date>,
    how: &HowToRead<'_>,
    findings: &mut Findings,
) -> Option<ReadBucket<'v>> {
    let name = node.text(&["name"]).map(short);
    let about = About::read(node, findings);
    let marked_shared = node.flag(&["isShared"]);
    let counters = counter::read_all(
        node.list(&["bucketCounter"]).map(|node| Summary { node, is_cost: false }),
        marked_shared == Some(true),
        about.service.as_ref(),
        how,
        findings,
    );
    note_sharing(node.place(), &counters, marked_shared, findings);
    if counters.are_anothers {
        // Its balance, its name and its counters that name nobody are that person's too.
        return None;
    }
    let mut balance = Balance::read(node, about.service.as_ref(), how, findings);
    let scope = if counters.mine {
        if balance.has_amounts() {
            // It is what is left for all: it says nothing of one person's share.
            findings.note(node.place(), WarningKind::SharedTotalLeftOut);
            balance.forget_amounts();
        }
        Scope::SharedMyShare
    } else if marked_shared == Some(true) || counters.split_by_user {
        let has_total = balance.has_amounts() || counters.kept.iter().any(|counter| counter.amount().is_some());
        if has_total { Scope::SharedTotal } else { Scope::SharedMyShare }
    } else {
        Scope::Own
    };
    let (out_of_bundle, mut kept): (Vec<_>, Vec<_>) =
        counters.kept.into_iter().partition(|counter| counter.role == Role::OutOfBundle);
    let days = days::take_out(&mut kept);
    for counter in kept.iter().filter(|counter| counter.role == Role::Unknown) {
        findings.note(counter.node.place(), WarningKind::UnknownCounter);
    }

    let says_unlimited = balance.says_unlimited || kept.iter().any(|counter| counter.says_unlimited);
    let explained = counters.dropped_others > 0;
    let found = Found {
        place: node.place(),
        counters: &kept,
        balance,
        says_unlimited,
        is_for_all: scope == Scope::SharedTotal,
        explained,
        counted_on,
    };
    let numbers = Numbers::collect(found, findings);
    let service = about.service_or(&numbers);
    let status = node.one(&["status", "state"]).map(|status| {
        status.as_text().and_then(vocabulary::status).unwrap_or_else(|| {
            findings.note(status.place(), WarningKind::UnknownStatus);
            BucketStatus::Active
        })
    });
    let cycle = numbers.cycle();
    let values = numbers.settle(node.place(), findings);
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
        carried: None,
        days,
    };
    Some(ReadBucket { bucket, is_hollow: values.is_hollow, out_of_bundle })
}

/// Reads a bucket of its own from summaries that no bucket holds, such as a voice counter named "Unlimited"; and whether it
/// is hollow.
pub(super) fn of_summaries(
    id: String,
    service: Service,
    zone: Zone,
    counters: &[Counter<'_>],
    scope: Scope,
    findings: &mut Findings,
) -> Option<(Bucket, bool)> {
    let place = counters.first()?.node.place();
    let says_unlimited = counters.iter().any(|counter| counter.says_unlimited);
    let found = Found {
        place,
        counters,
        balance: Balance::default(),
        says_unlimited,
        is_for_all: false,
        explained: false,
        counted_on: None,
    };
    let numbers = Numbers::collect(found, findings);
    let cycle = numbers.cycle();
    let values = numbers.settle(place, findings);
    let bucket = Bucket {
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
        carried: None,
        days: Vec::new(),
    };
    Some((bucket, values.is_hollow))
}

/// Notes what was left out of counters that several people share.
pub(super) fn note_sharing(
    place: Place,
    counters: &Counters<'_>,
    marked_shared: Option<bool>,
    findings: &mut Findings,
) {
    if counters.split_by_user && marked_shared != Some(true) {
        findings.note(place, WarningKind::SharedNotMarked);
    }
    if counters.are_anothers {
        findings.note(place, WarningKind::AnotherPersons);
    }
    if counters.dropped_others > 0 {
        findings.note(place, WarningKind::OthersDropped { count: counters.dropped_others });
    }
    if counters.total_left_out {
        findings.note(place, WarningKind::SharedTotalLeftOut);
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
        let usage_type_at = node.one(&["usageType"]);
        let usage_type = usage_type_at.and_then(|kind| kind.as_text().or_else(|| kind.text(&["name", "id"])));
        let by_type = usage_type.map(Words::of);
        let by_name = node.text(&["name"]).map(Words::of);
        let service = match (usage_type, &by_type) {
            (Some(text), Some(words)) => {
                let known = vocabulary::service(words);
                if known.is_none() {
                    findings.note(usage_type_at.unwrap_or(node).place(), WarningKind::UnknownService);
                }
                // "roaming" says where and not what.
                let says_where = vocabulary::zone(words).is_some();
                known
                    .or_else(|| by_name.as_ref().filter(|_| says_where).and_then(vocabulary::service))
                    .or_else(|| (!says_where).then(|| Service::Other(short(text))))
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
                    findings.note(node.place(), WarningKind::RoamingZoneAssumed);
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
