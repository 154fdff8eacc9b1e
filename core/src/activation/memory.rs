//! What is known of a person's lines that are on their way, in memory: read from what is kept when it is first wanted. It
//! belongs to one person until their data is deleted, and holds no secret.

use serde::{Deserialize, Serialize};

use super::lateness::{can_claim_still, may_be_claimed};
use super::model::{LineOrder, LineState, OrderStage, Said, SimCard, SimKind, merged};
use crate::problem::Problem;
use crate::session::{BelongsToOne, Subject};
use crate::store::{Row, Snapshot};

const A_DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// So long what is over is still shown.
pub(super) const SHOWN_MS: i64 = 30 * A_DAY_MS;
/// So long an order stays that the operator's list leaves out: lists have gaps for hours and are put right within days, and who
/// waits for a line is told rather than left with an empty screen.
const MISSED_MS: i64 = 14 * A_DAY_MS;
/// Nobody has more orders.
const MOST: usize = 100;

/// What the operator says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tracked {
    /// The orders, the newest first.
    pub orders: Vec<LineOrder>,
    /// The SIMs.
    pub sims: Vec<SimCard>,
    /// The copies of PUKs whose SIM the operator does not list.
    pub stray: Vec<StrayCopy>,
    /// The entity tag of the list of orders.
    pub etag: Option<String>,
    /// When the operator last told of orders, and of SIMs, in milliseconds since 1970 UTC. None: it never did.
    pub orders_ms: Option<i64>,
    /// The same of SIMs.
    pub sims_ms: Option<i64>,
}

/// A copy of the PUK of a SIM that the operator does not list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StrayCopy {
    /// Its name among the secrets.
    pub name: String,
    /// Since when that is so, in milliseconds since 1970 UTC.
    pub since_ms: i64,
}

/// What the person says, one entry for each order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Told(pub Vec<Said>);

impl Snapshot for Tracked {
    const KIND: &'static str = "activation-orders";
    const REVISION: u8 = 5;
}

impl Snapshot for Told {
    const KIND: &'static str = "activation-said";
    const REVISION: u8 = 3;
}

/// What came when the operator was asked; nothing of what could not be had.
#[derive(Debug, Clone, Default)]
pub(super) struct News {
    /// Its list of orders.
    pub orders: Option<OrderNews>,
    /// Its list of SIMs.
    pub sims: Option<SimNews>,
    /// How the lines of orders stand, by the order's id.
    pub lines: Vec<(String, LineState)>,
}

/// What came of SIMs.
#[derive(Debug, Clone, Default)]
pub(super) struct SimNews {
    /// They are these.
    pub sims: Vec<SimCard>,
    /// There are no others: no list failed or was cut.
    pub is_all: bool,
}

/// What came of orders.
#[derive(Debug, Clone)]
pub(super) enum OrderNews {
    /// They are as they were told last.
    Unchanged,
    /// They are these.
    Told {
        /// The orders.
        orders: Vec<LineOrder>,
        /// There are no others.
        is_all: bool,
        /// The entity tag of the list.
        etag: Option<String>,
    },
}

impl Told {
    /// Changes what the person says of an order.
    pub fn change(&mut self, order: &str, change: impl FnOnce(&mut Said)) {
        let mut said = match self.0.iter().position(|said| said.order == order) {
            Some(at) => self.0.swap_remove(at),
            None => Said { order: order.to_owned(), ..Said::default() },
        };
        change(&mut said);
        self.0.push(said);
    }
}

impl Tracked {
    /// Notes which of the `copies` of PUKs belong to no SIM that is told, by the names that `name` gives them. None: which copies
    /// there are, or which SIMs, is not known as a whole; a SIM that is told keeps its copy all the same.
    pub fn note_stray(&mut self, copies: Option<&[String]>, now_ms: i64, name: impl Fn(&str) -> String) {
        let here: Vec<String> = self.sims.iter().map(|sim| name(&sim.id)).collect();
        self.stray.retain(|copy| !here.contains(&copy.name));
        let Some(copies) = copies else { return };
        self.stray.retain(|copy| copies.contains(&copy.name));
        for copy in copies {
            if !here.contains(copy) && !self.stray.iter().any(|known| known.name == *copy) {
                self.stray.push(StrayCopy { name: copy.clone(), since_ms: now_ms });
            }
        }
    }

    /// The copies whose SIM the whole list left out for so long that it does not come back. Time in which nobody was asked says
    /// nothing.
    pub fn spent_copies(&self) -> impl Iterator<Item = &StrayCopy> {
        let told_ms = self.sims_ms.unwrap_or(i64::MIN);
        self.stray.iter().filter(move |copy| told_ms.saturating_sub(copy.since_ms) >= MISSED_MS)
    }

    /// Takes in what came, beside what is kept, which another process of the app may have written meanwhile.
    pub fn take(&mut self, news: News, now_ms: i64) {
        if let Some(orders) = news.orders {
            self.take_orders(orders, &news.lines, now_ms);
            self.orders_ms = Some(now_ms);
        }
        // How a line stands counts also where nothing came of its order.
        for (id, state) in &news.lines {
            if let Some(order) = self.orders.iter_mut().find(|order| order.id == *id) {
                *order = merged(Some(order), LineOrder { line: Some(*state), ..order.clone() }, now_ms);
            }
        }
        if let Some(SimNews { sims, is_all }) = news.sims {
            let mut known: Vec<SimCard> = sims.into_iter().map(|sim| still(sim, &self.sims)).collect();
            if is_all {
                self.sims_ms = Some(now_ms);
            } else {
                let others = self.sims.iter().filter(|kept| !known.iter().any(|sim| sim.id == kept.id)).cloned();
                known.extend(others.collect::<Vec<_>>());
                known.truncate(MOST);
            }
            self.sims = known;
        }
    }

    fn take_orders(&mut self, news: OrderNews, lines: &[(String, LineState)], now_ms: i64) {
        let (told, is_all) = match news {
            OrderNews::Unchanged => {
                let told = self.orders.iter_mut().filter(|order| order.missing_since_ms.is_none());
                told.for_each(|order| {
                    order.told_ms = Some(now_ms);
                    if order.stage == OrderStage::UnderWay {
                        order.undone_ms = Some(now_ms);
                    }
                });
                return;
            }
            OrderNews::Told { orders, is_all, etag } => {
                self.etag = etag;
                (orders, is_all)
            }
        };
        let mut others = std::mem::take(&mut self.orders);
        for told in told {
            if self.orders.iter().any(|order| order.id == told.id) {
                continue;
            }
            let before = others.iter().position(|order| order.id == told.id).map(|at| others.remove(at));
            let line = lines.iter().find(|(id, _)| *id == told.id).map(|(_, state)| *state);
            let merged = merged(before.as_ref(), LineOrder { line: line.or(told.line), ..told }, now_ms);
            self.orders.push(LineOrder { told_ms: Some(now_ms), ..merged });
        }
        for mut order in others {
            if is_all {
                order.missing_since_ms.get_or_insert(now_ms);
            }
            if is_kept(&order, now_ms) {
                self.orders.push(order);
            }
        }
        self.orders.sort_by_key(|order| std::cmp::Reverse(order.ordered_ms));
        self.orders.truncate(MOST);
    }
}

/// Whether an order stays. Of one that is not told any more: while it is shown as done, or compensation may be asked for, else
/// for [`MISSED_MS`].
fn is_kept(order: &LineOrder, now_ms: i64) -> bool {
    let Some(missing_since_ms) = order.missing_since_ms else { return true };
    let (since_ms, for_ms) = match (order.stage, order.ended_ms) {
        (OrderStage::Done, Some(ended_ms)) => (ended_ms, SHOWN_MS),
        _ => (missing_since_ms, MISSED_MS),
    };
    now_ms.saturating_sub(since_ms) < for_ms || may_be_claimed(order, now_ms)
}

/// A SIM whose profile is not told any more has the one that was told.
fn still(sim: SimCard, kept: &[SimCard]) -> SimCard {
    let before = kept.iter().find(|known| known.id == sim.id).and_then(|known| known.profile);
    SimCard { profile: sim.profile.or(before), ..sim }
}

/// Everything known of one person's lines.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub tracked: Tracked,
    pub told: Told,
    /// Why the last refresh failed, or a part of it.
    pub failure: Option<Problem>,
    /// The last refresh could not have the SIMs.
    pub sims_failed: bool,
}

impl BelongsToOne for Memory {
    fn unsealed(subject: &Subject, rows: &[Row]) -> Memory {
        let mut memory = Memory::default();
        for row in rows {
            if let Some(tracked) = row.open::<Tracked>(&subject.key) {
                memory.tracked = tracked.model;
            } else if let Some(told) = row.open::<Told>(&subject.key) {
                memory.told = told.model;
            }
        }
        memory
    }
}

impl Memory {
    /// Whether a row is one of this room's.
    pub fn keeps(row: &Row) -> bool {
        [Tracked::KIND, Told::KIND].contains(&row.kind.as_str())
    }

    /// The orders that are shown: what is under way, what ended lately, and what compensation can be asked for.
    pub fn shown(&self, now_ms: i64) -> impl Iterator<Item = &LineOrder> {
        // Of a number that was refused and ordered again the new order counts.
        let is_followed = |order: &LineOrder| {
            let newer = |other: &LineOrder| {
                order.number.is_some() && other.number == order.number && other.ordered_ms > order.ordered_ms
            };
            order.stage == OrderStage::Refused && self.tracked.orders.iter().any(newer)
        };
        let is_shown =
            move |order: &&LineOrder| is_recent(order, now_ms) || can_claim_still(order, &self.said(&order.id), now_ms);
        self.tracked.orders.iter().filter(is_shown).filter(move |order| !is_followed(order))
    }

    /// What the person says of an order.
    pub fn said(&self, order: &str) -> Said {
        let said = self.told.0.iter().find(|said| said.order == order);
        said.cloned().unwrap_or_else(|| Said { order: order.to_owned(), ..Said::default() })
    }

    /// The SIM of an order: by the line's number, or the only one of that kind.
    pub fn sim(&self, order: &LineOrder) -> Option<&SimCard> {
        let sims = || self.tracked.sims.iter();
        let fits = |sim: &&SimCard| order.sim == SimKind::Unknown || sim.kind == order.sim;
        let by_number = sims().filter(fits).find(|sim| sim.number.is_some() && sim.number == order.number);
        by_number.or_else(|| {
            let mut of_kind = sims().filter(|sim| sim.kind == order.sim && sim.number.is_none());
            of_kind.next().filter(|_| of_kind.next().is_none())
        })
    }

    /// Until when a code was taken in that is done with since the person said that its line works.
    pub fn code_spent_ms(&self) -> Option<i64> {
        self.told.0.iter().filter_map(|said| said.code_spent_ms).max()
    }

    /// Whether a line may still want the code of an eSIM: it is on its way, or came lately and the person has not said that it
    /// works. `but` is a line that does not count.
    pub fn awaits_esim(&self, but: Option<&str>, now_ms: i64) -> bool {
        self.tracked.orders.iter().any(|order| {
            let may_have_esim = order.sim != SimKind::Card && Some(&*order.id) != but;
            may_have_esim && is_recent(order, now_ms) && !self.said(&order.id).works
        })
    }
}

/// Whether an order is under way, or ended lately.
pub(super) fn is_recent(order: &LineOrder, now_ms: i64) -> bool {
    match order.ended_ms {
        Some(ended_ms) => now_ms.saturating_sub(ended_ms) < SHOWN_MS,
        None => order.missing_since_ms.is_none_or(|since_ms| now_ms.saturating_sub(since_ms) < MISSED_MS),
    }
}

#[cfg(test)]
#[path = "memory_tests.rs"]
mod tests;
