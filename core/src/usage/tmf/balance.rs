//! What a bucket's balance says, in whichever of its places: `bucketBalance` (first and second generation, MTN) or the
//! bucket itself (third and fourth).

use super::HowToRead;
use super::numbers::{Sourced, Unread};
use super::period::{self, Period};
use super::quantity::{self, Written};
use super::vocabulary;
use crate::operator::tolerant::{Findings, Node, WarningKind};
use crate::usage::model::{Origin, Service};

const REMAINING: &[&str] = &["remainingValue"];
const USED: &[&str] = &["usedValue"];
/// As MTN names it.
const TOTAL: &[&str] = &["initialValue", "totalValue"];

/// What a bucket's balance says: in `bucketBalance` (first and second generation) or in the bucket itself.
#[derive(Debug, Default)]
pub(super) struct Balance<'v> {
    pub(super) remaining: Option<Sourced<'v>>,
    pub(super) used: Option<Sourced<'v>>,
    pub(super) total: Option<Sourced<'v>>,
    pub(super) says_unlimited: bool,
    pub(super) unread: Unread,
    pub(super) valid: Option<Period>,
}

impl<'v> Balance<'v> {
    pub(super) fn read(
        bucket: Node<'v>,
        service: Option<&Service>,
        how: &HowToRead<'_>,
        findings: &mut Findings,
    ) -> Self {
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
            findings.note(bucket.place(), WarningKind::SeveralCounters);
        }
        let own = Self::of(bucket, service, how, findings);
        match best {
            None => own,
            Some(best) => Balance {
                remaining: best.remaining.or(own.remaining),
                used: best.used.or(own.used),
                total: best.total.or(own.total),
                says_unlimited: best.says_unlimited || own.says_unlimited,
                unread: best.unread.or(own.unread),
                valid: best.valid.or(own.valid),
            },
        }
    }

    fn of(node: Node<'v>, service: Option<&Service>, how: &HowToRead<'_>, findings: &mut Findings) -> Self {
        let remaining = quantity::read(node, REMAINING, service, how, findings);
        let used = quantity::read(node, USED, service, how, findings);
        let total = quantity::read(node, TOTAL, service, how, findings);
        let label = node.text(&["remainingValueName", "remainingValueLabel"]);
        let sourced = |written: Written<'v>, members: &[&'static str]| {
            let quantity = written.amount()?;
            Some(Sourced { quantity, place: node.get(members)?.place(), origin: Origin::Balance })
        };
        Balance {
            says_unlimited: [remaining, used, total].contains(&Written::Unlimited)
                || label.is_some_and(vocabulary::says_unlimited)
                || node.flag(&["unlimited", "isUnlimited"]) == Some(true),
            unread: Unread {
                used: used == Written::Unreadable,
                remaining: remaining == Written::Unreadable,
                total: total == Written::Unreadable,
            },
            remaining: sourced(remaining, REMAINING),
            used: sourced(used, USED),
            total: sourced(total, TOTAL),
            valid: period::read(node, &["validFor", "validfor"], how, findings),
        }
    }

    pub(super) fn has_amounts(&self) -> bool {
        self.remaining.is_some() || self.used.is_some() || self.total.is_some()
    }

    pub(super) fn forget_amounts(&mut self) {
        *self = Balance { valid: self.valid, ..Balance::default() };
    }
}
