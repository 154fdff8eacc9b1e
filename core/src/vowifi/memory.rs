//! Everything known of one person's Wi-Fi calling, in memory: read from what is kept when it is first wanted. It belongs to
//! one person until their data is deleted. What the phone tells of itself is no part of it.

use serde::{Deserialize, Serialize};

use super::check::limits::Ledger;
use super::check::verdict::{Judgement, NotTested, Verdict};
use super::line::{LineService, Order, OrderState, Provisioned};
use super::walk::{Outlook, Progress};
use crate::host::ClockReading;
use crate::problem::Problem;
use crate::session::{BelongsToOne, Lines, Subject};
use crate::store::{Dated, Row, Snapshot};

/// How long a network check says something of the network the phone is on.
const OUTLOOK_MS: i64 = 15 * 60 * 1000;
const A_DAY_MS: i64 = 24 * 60 * 60 * 1000;

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

/// The walk: what the person answered, and what came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Walked {
    /// The answers.
    pub progress: Progress,
    /// Since when it works.
    pub proof: Option<Proof>,
}

/// What was asked of the operator: the last order of each line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Orders(pub Vec<Order>);

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

impl Snapshot for Services {
    const KIND: &'static str = "wifi-services";
    const REVISION: u8 = 1;
}

impl Snapshot for Walked {
    const KIND: &'static str = "wifi-walk";
    const REVISION: u8 = 1;
}

impl Snapshot for Orders {
    const KIND: &'static str = "wifi-orders";
    const REVISION: u8 = 1;
}

impl Snapshot for KeptCheck {
    const KIND: &'static str = "wifi-check";
    const REVISION: u8 = 1;
}

/// Kept for the installation: whoever is signed in, the operator's gateway is the same.
impl Snapshot for Ledger {
    const KIND: &'static str = "wifi-checks";
    const REVISION: u8 = 1;
}

/// Everything known of one person's Wi-Fi calling.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub services: Option<Dated<Services>>,
    pub walked: Walked,
    pub orders: Orders,
    /// The last network check that was made.
    pub check: Option<KeptCheck>,
    /// Why the last check that was asked for was not made, and when that was.
    pub not_made: Option<NotMade>,
    /// Why the last refresh failed.
    pub failure: Option<Problem>,
}

/// A check that was asked for and not made.
#[derive(Debug, Clone)]
pub(super) struct NotMade {
    /// Why.
    pub why: NotTested,
    /// When.
    pub at: ClockReading,
}

impl NotMade {
    /// It is the limits that kept it from being made, whatever the network.
    pub fn is_a_limit(&self) -> bool {
        matches!(self.why, NotTested::CoolingDown { .. } | NotTested::HourlyLimit { .. } | NotTested::SwitchedOff)
    }
}

impl BelongsToOne for Memory {
    fn unsealed(subject: &Subject, rows: &[Row]) -> Memory {
        let mut memory = Memory::default();
        for row in rows {
            if let Some(services) = row.open(&subject.key) {
                memory.services = Some(services);
            } else if let Some(walked) = row.open(&subject.key) {
                memory.walked = walked.model;
            } else if let Some(orders) = row.open(&subject.key) {
                memory.orders = orders.model;
            } else if let Some(check) = row.open(&subject.key) {
                memory.check = Some(check.model);
            }
        }
        memory
    }
}

impl Memory {
    /// Whether a row is one of this room's.
    pub fn keeps(row: &Row) -> bool {
        [Services::KIND, Walked::KIND, Orders::KIND, KeptCheck::KIND].contains(&row.kind.as_str())
    }

    /// Whether the operator allows it: of several lines, of which nobody knows which is in this phone, for any.
    pub fn provisioned(&self) -> Provisioned {
        let mut told = self.told().map(|service| service.provisioned);
        let first = told.next().unwrap_or_default();
        if told.any(|one| one == Provisioned::On) { Provisioned::On } else { first }
    }

    /// The services an order is made for: of several lines, of which nobody knows which is in this phone, for all.
    pub fn to_order(&self, now_ms: i64) -> impl Iterator<Item = &LineService> {
        let is_asked_for = move |service: &LineService| {
            let of_line = self.orders.0.iter().filter(|order| order.line == service.line);
            of_line.filter_map(|order| standing(order, now_ms)).any(|state| !state.may_be_ordered_anew())
        };
        let off = self.told().filter(|service| service.provisioned == Provisioned::Off && service.service.is_some());
        off.filter(move |service| !is_asked_for(service))
    }

    /// How asking for it stands, of the lines that do not have it: what is under way first, then the newest.
    pub fn order(&self, now_ms: i64) -> Option<OrderState> {
        let has_it =
            |order: &Order| self.told().any(|told| told.line == order.line && told.provisioned == Provisioned::On);
        let open = self.orders.0.iter().filter(|order| !has_it(order));
        let standing = open.filter_map(|order| Some((order, standing(order, now_ms)?)));
        standing.max_by_key(|(order, state)| (!state.is_over(), order.at_ms)).map(|(_, state)| state)
    }

    /// What is said of the line: asked for, it is on its way.
    pub fn line(&self, now_ms: i64) -> Provisioned {
        // What was not sent yet is not under way.
        let is_ordered = self.order(now_ms).is_some_and(|order| !order.is_over() && order != OrderState::Unsent);
        let told = self.provisioned();
        if told == Provisioned::Off && is_ordered { Provisioned::InProgress } else { told }
    }

    /// What a check says that was made just now. One of an hour ago may be of another network.
    pub fn outlook(&self, now_ms: i64) -> Option<Outlook> {
        let kept = self.check.as_ref()?;
        let age_ms = now_ms.saturating_sub(kept.at_ms);
        (0..OUTLOOK_MS).contains(&age_ms).then(|| outlook(&kept.judgement))
    }

    fn told(&self) -> impl Iterator<Item = &LineService> {
        self.services.iter().flat_map(|services| &services.model.services)
    }
}

/// How an order stands for a line that does not have it yet.
pub(super) fn standing(order: &Order, now_ms: i64) -> Option<OrderState> {
    let is_old = now_ms.saturating_sub(order.at_ms) > A_DAY_MS;
    match order.state {
        // The network follows the order, often hours later.
        OrderState::Done => Some(if is_old { OrderState::Failed } else { OrderState::InProgress }),
        // What was refused may be asked for again tomorrow: employers change what they allow.
        OrderState::Refused => (!is_old).then_some(OrderState::Refused),
        state => Some(state),
    }
}

/// What the walk goes by.
fn outlook(judgement: &Judgement) -> Outlook {
    match judgement.verdict {
        Verdict::Open => Outlook::Open,
        Verdict::Blocked | Verdict::ProbablyBlocked => Outlook::Blocked,
        Verdict::Inconclusive | Verdict::NotTested(_) => Outlook::Unclear,
    }
}
