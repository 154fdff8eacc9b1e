//! What is known of a person's lines that are on their way, in memory: read from what is kept when it is first wanted. It
//! belongs to one person until their data is deleted, and holds no secret.

use serde::{Deserialize, Serialize};

use super::model::{LineOrder, OrderStage, Said, SimCard, SimKind};
use crate::problem::Problem;
use crate::session::{BelongsToOne, Subject};
use crate::store::{Dated, Row, Snapshot};

/// So long what is over is still shown.
const SHOWN_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// What the operator says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tracked {
    /// The orders, the newest first.
    pub orders: Vec<LineOrder>,
    /// The SIMs.
    pub sims: Vec<SimCard>,
}

/// What the person says, one entry for each order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Told(pub Vec<Said>);

impl Snapshot for Tracked {
    const KIND: &'static str = "activation-orders";
    const REVISION: u8 = 1;
}

impl Snapshot for Told {
    const KIND: &'static str = "activation-said";
    const REVISION: u8 = 1;
}

/// Everything known of one person's lines.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub tracked: Option<Dated<Tracked>>,
    pub told: Told,
    /// Why the last refresh failed.
    pub failure: Option<Problem>,
}

impl BelongsToOne for Memory {
    fn unsealed(subject: &Subject, rows: &[Row]) -> Memory {
        let mut memory = Memory::default();
        for row in rows {
            if let Some(tracked) = row.open(&subject.key) {
                memory.tracked = Some(tracked);
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

    /// The orders that are shown: what is under way, and what ended lately.
    pub fn shown(&self, now_ms: i64) -> impl Iterator<Item = &LineOrder> {
        let orders = self.tracked.iter().flat_map(|tracked| &tracked.model.orders);
        // Of a number that was refused and ordered again the new order counts.
        let is_followed = |order: &LineOrder| {
            let newer = |other: &LineOrder| other.number == order.number && other.ordered_ms > order.ordered_ms;
            order.stage == OrderStage::Refused && self.tracked.iter().any(|all| all.model.orders.iter().any(newer))
        };
        orders.filter(move |order| {
            order.ended_ms.is_none_or(|ended_ms| now_ms.saturating_sub(ended_ms) < SHOWN_MS) && !is_followed(order)
        })
    }

    /// What the person says of an order.
    pub fn said(&self, order: &str) -> Said {
        let said = self.told.0.iter().find(|said| said.order == order);
        said.cloned().unwrap_or_else(|| Said { order: order.to_owned(), ..Said::default() })
    }

    /// The SIM of an order: by the line's number, or the only one of that kind.
    pub fn sim(&self, order: &LineOrder) -> Option<&SimCard> {
        let sims = || self.tracked.iter().flat_map(|tracked| &tracked.model.sims);
        let fits = |sim: &&SimCard| order.sim == SimKind::Unknown || sim.kind == order.sim;
        let by_number = sims().filter(fits).find(|sim| sim.number.is_some() && sim.number == order.number);
        by_number.or_else(|| {
            let mut of_kind = sims().filter(|sim| sim.kind == order.sim && sim.number.is_none());
            of_kind.next().filter(|_| of_kind.next().is_none())
        })
    }
}
