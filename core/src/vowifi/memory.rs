//! Everything known of one person's Wi-Fi calling, in memory: read from what is kept when it is first wanted. It belongs to
//! one person until their data is deleted. What the phone tells of itself is no part of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::check::limits::Ledger;
use super::check::verdict::{Judgement, Verdict};
use super::guide::model::GuideFile;
use super::line::{LineService, Order, Provisioned};
use super::walk::Progress;
use crate::problem::Problem;
use crate::session::{BelongsToOne, Lines, Owner, Subject};
use crate::store::{Dated, Row, Snapshot};

/// What the operator says of the person's lines.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Services {
    /// The lines, as they were when the services were read.
    pub lines: Lines,
    /// When they were told, in milliseconds since 1970 UTC.
    pub lines_ms: i64,
    /// Their services, as far as the operator tells them.
    pub services: Vec<LineService>,
}

impl std::fmt::Debug for Services {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Services").field("services", &self.services).finish_non_exhaustive()
    }
}

/// What happened on this phone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Own {
    /// The answers of the walk.
    pub progress: Progress,
    /// Since when it works.
    pub proof: Option<Proof>,
    /// What was asked of the operator: the last order of each line.
    pub orders: Vec<Order>,
    /// The last network check that was made.
    pub check: Option<KeptCheck>,
    /// When checks were begun.
    pub ledger: Ledger,
}

/// It was seen to work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Proof {
    /// When, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Where, in the person's own word: "home".
    pub network: Option<String>,
}

/// A network check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptCheck {
    /// When, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// What it says.
    pub judgement: Judgement,
}

/// Newer guides than the app's, as the operator signed them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Update {
    /// The bytes, to be verified again at every start.
    pub bytes: Vec<u8>,
    /// The newest version that was ever accepted.
    pub newest: u64,
}

impl Snapshot for Services {
    const KIND: &'static str = "wifi-services";
    const REVISION: u8 = 1;
}

impl Snapshot for Own {
    const KIND: &'static str = "wifi-own";
    const REVISION: u8 = 1;
}

impl Snapshot for Update {
    const KIND: &'static str = "wifi-guides";
    const REVISION: u8 = 1;
}

/// Everything known of one person's Wi-Fi calling.
#[derive(Debug, Default)]
pub(super) struct Memory {
    owner: Option<Owner>,
    pub services: Option<Dated<Services>>,
    pub own: Own,
    pub update: Option<Dated<Update>>,
    /// The guides in use, once somebody looked.
    pub guides: Option<Guides>,
    /// What came of the last check that was asked for, made or not.
    pub last_try: Option<Verdict>,
    /// Why the last refresh failed.
    pub failure: Option<Problem>,
    sealed: Vec<Row>,
}

/// The guides in use.
#[derive(Debug, Clone)]
pub(super) struct Guides {
    /// They.
    pub file: Arc<GuideFile>,
    /// Newer ones came, and were refused.
    pub refused: bool,
}

impl BelongsToOne for Memory {
    fn owner(&mut self) -> &mut Option<Owner> {
        &mut self.owner
    }

    fn sealed(&mut self) -> Vec<Row> {
        std::mem::take(&mut self.sealed)
    }

    fn unsealed(subject: &Subject, rows: &[Row]) -> Memory {
        let mut memory = Memory::default();
        for row in rows {
            if let Some(services) = row.open(&subject.key) {
                memory.services = Some(services);
            } else if let Some(own) = row.open::<Own>(&subject.key) {
                memory.own = own.model;
            } else if let Some(update) = row.open(&subject.key) {
                memory.update = Some(update);
            }
        }
        memory
    }
}

impl Memory {
    /// What is kept, for when somebody looks.
    pub fn of(rows: Vec<Row>) -> Memory {
        Memory { sealed: rows, ..Memory::default() }
    }

    /// Whether a row is one of this room's.
    pub fn keeps(row: &Row) -> bool {
        [Services::KIND, Own::KIND, Update::KIND].contains(&row.kind.as_str())
    }

    /// Whether the operator allows it: of several lines, of which nobody knows which is in this phone, for any.
    pub fn provisioned(&self) -> Provisioned {
        let mut told = self.told().map(|service| service.provisioned);
        let first = told.next().unwrap_or_default();
        if told.any(|one| one == Provisioned::On) { Provisioned::On } else { first }
    }

    /// The service an order is made for.
    pub fn to_order(&self) -> Option<&LineService> {
        self.told().find(|service| service.provisioned == Provisioned::Off && service.service.is_some())
    }

    /// The last order of that line, or of any.
    pub fn order(&self) -> Option<&Order> {
        let line = self.to_order().map(|service| service.line.as_str());
        let of_line = self.own.orders.iter().find(|order| Some(order.line.as_str()) == line);
        of_line.or(self.own.orders.last())
    }

    fn told(&self) -> impl Iterator<Item = &LineService> {
        self.services.iter().flat_map(|services| &services.model.services)
    }
}
