//! Counters (`bucketCounter`, `consumptionSummary`): whose they are, what they count, and which one of several speaks.
//! Colleagues' counters end here.

use jiff::civil::Date;

use super::HowToRead;
use super::lines::Summary;
use super::period::{self, Period};
use super::quantity::{self, Quantity, Written};
use super::vocabulary::{Level, Role, says_unlimited};
use crate::operator::tolerant::{Findings, Node, WarningKind, Words, same_number};
use crate::usage::model::Service;

/// A counter, without whose it was.
#[derive(Debug, Clone)]
pub(super) struct Counter<'v> {
    pub(super) role: Role,
    pub(super) level: Level,
    pub(super) written: Written<'v>,
    pub(super) says_unlimited: bool,
    pub(super) period: Option<Period>,
    pub(super) node: Node<'v>,
}

/// The counters of one bucket that may be shown, and how they stand to the person.
#[derive(Debug)]
pub(super) struct Counters<'v> {
    pub(super) kept: Vec<Counter<'v>>,
    /// They are the person's own part of something shared.
    pub(super) mine: bool,
    /// They were split by user.
    pub(super) split_by_user: bool,
    /// How many counters of other people were dropped.
    pub(super) dropped_others: u32,
    /// A total of all was left out in favour of the person's own part.
    pub(super) total_left_out: bool,
    /// Those that say whose they are name one person, and not the one asked for.
    pub(super) are_anothers: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose<'v> {
    Nobody,
    Me,
    Other(Option<&'v str>),
}

/// Reads counters and keeps those that are the person's or everybody's.
///
/// Counters are split by user when the bucket is shared, when one says so, when they name more than one person, or when
/// one person's part stands beside a global total. Split counters are kept only when they name the person; those that
/// name nobody are the total of all. Counters that are not split and name one other person are that person's: while
/// nobody knows who asks (`me`), that one person may be the one.
pub(super) fn read_all<'v>(
    summaries: impl Iterator<Item = Summary<'v>>,
    shared: bool,
    service: Option<&Service>,
    how: &HowToRead<'_>,
    findings: &mut Findings,
) -> Counters<'v> {
    let mut found: Vec<(Summary<'v>, Level, Whose<'v>)> = summaries
        .filter_map(|summary| {
            let node = summary.node;
            if !node.value().is_object() {
                findings.note(node.place(), WarningKind::NotAnObject);
                return None;
            }
            Some((summary, Level::parse(node.text(&["level"])), whose(node, how)))
        })
        .collect();
    let mut users = found.iter().filter_map(|(_, _, whose)| match whose {
        Whose::Nobody => None,
        // However the person is named, it is one person.
        Whose::Me => Some(None),
        Whose::Other(id) => Some(Some(*id)),
    });
    let first_user = users.next();
    let several_users = first_user.is_some_and(|first| users.any(|other| other != first));
    let per_user = found.iter().any(|(_, level, whose)| *level == Level::PerUser && *whose != Whose::Nobody);
    let names_another = how.me.is_some() && matches!(first_user, Some(Some(Some(_))));
    let is_global = |named: bool| {
        found.iter().any(|(_, level, whose)| *level == Level::Global && (*whose != Whose::Nobody) == named)
    };
    let beside_a_total = names_another && is_global(false) && !is_global(true);
    let split_by_user = several_users || per_user || beside_a_total || (shared && first_user.is_some());
    let are_anothers = names_another && !split_by_user;

    let mut dropped_others: u32 = 0;
    let mut mine = false;
    let mut total_left_out = false;
    if split_by_user {
        found.retain(|(_, level, whose)| {
            let keep = match whose {
                Whose::Me => true,
                // A part that says not whose it is.
                Whose::Nobody => *level != Level::PerUser,
                Whose::Other(_) => false,
            };
            mine |= *whose == Whose::Me;
            dropped_others = dropped_others.saturating_add(u32::from(!keep));
            keep
        });
        if mine {
            let all = found.len();
            found.retain(|(_, _, whose)| *whose == Whose::Me);
            total_left_out = found.len() < all;
        }
    } else if are_anothers {
        found.retain(|(_, _, whose)| *whose == Whose::Nobody);
    }
    let kept = found.into_iter().map(|(summary, level, _)| read(summary, level, service, how, findings)).collect();
    Counters { kept, mine, split_by_user, dropped_others, total_left_out, are_anothers }
}

fn whose<'v>(counter: Node<'v>, how: &HowToRead<'_>) -> Whose<'v> {
    let Some(user) = counter.one(&["user"]) else { return Whose::Nobody };
    let id = user
        .one(&["partyOrPartyRole"])
        .and_then(|party| party.text(&["id"]))
        .or_else(|| user.text(&["id"]))
        .or_else(|| user.as_text());
    let is_me = |id: &str| {
        how.me.is_some_and(|me| id == me.trim())
            // Some name a user by the number of their line.
            || how.lines.is_some_and(|lines| lines.iter().any(|line| same_number(id, line)))
    };
    if id.is_some_and(is_me) { Whose::Me } else { Whose::Other(id) }
}

fn read<'v>(
    summary: Summary<'v>,
    level: Level,
    service: Option<&Service>,
    how: &HowToRead<'_>,
    findings: &mut Findings,
) -> Counter<'v> {
    let node = summary.node;
    let role = if summary.is_cost { Role::OutOfBundle } else { Role::parse(node.text(&["counterType"])) };
    let service = match &role {
        Role::Named(named) => Some(named),
        _ => service,
    };
    let written = quantity::read(node, &["value"], service, how, findings);
    let says_unlimited = written == Written::Unlimited
        || node.flag(&["unlimited", "isUnlimited"]) == Some(true)
        || node.text(&["valueName", "valueLabel"]).is_some_and(says_unlimited);
    let period = period::read(node, &["consumptionPeriod", "validFor"], how, findings);
    Counter { role, level, written, says_unlimited, period, node }
}

impl<'v> Counter<'v> {
    fn latest(&self) -> Option<Date> {
        self.period.and_then(|period| period.end_day.or(period.first_day))
    }

    /// All that tells what it counts: counterType, usageType, name.
    pub(super) fn words(&self) -> Words {
        let mut text = String::new();
        for name in [&["counterType"], &["usageType"], &["name"], &["description"]] {
            if let Some(part) = self.node.text(name) {
                text.push_str(part);
                text.push(' ');
            }
        }
        Words::of(&text)
    }

    /// The amount.
    pub(super) fn amount(&self) -> Option<Quantity<'v>> {
        self.written.amount()
    }
}

/// Of several counters of one role the one that speaks: global before partial, with an amount before without, the
/// latest before older ones. They are never summed: they may overlap.
pub(super) fn choose<'a, 'v>(
    counters: &'a [Counter<'v>],
    role: &Role,
    findings: &mut Findings,
) -> Option<&'a Counter<'v>> {
    let rank = |counter: &Counter<'v>| {
        let breadth = match counter.level {
            Level::Global => 3,
            Level::Unsaid => 2,
            Level::PerUser => 1,
            Level::Other => 0,
        };
        (counter.amount().is_some(), breadth, counter.latest())
    };
    let mut chosen: Option<&Counter<'v>> = None;
    let mut several = false;
    for counter in counters.iter().filter(|counter| counter.role == *role) {
        let Some(best) = chosen else {
            chosen = Some(counter);
            continue;
        };
        if let (Some(known), Some(other)) = (best.amount(), counter.amount()) {
            several |= known != other;
        }
        if rank(counter) > rank(best) {
            chosen = Some(counter);
        }
    }
    if let (true, Some(chosen)) = (several, chosen) {
        findings.note(chosen.node.place(), WarningKind::SeveralCounters);
    }
    chosen
}
