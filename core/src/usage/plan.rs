//! The plan: what it is called and what is in it (TMF637 Product Inventory).

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::model::{Amount, Service, Zone};
use super::tmf;
use super::tmf::product::Asked;
use crate::operator::address::address;
use crate::operator::profile::ProductApi;
use crate::problem::Problem;
use crate::session::{Call, Session};
use crate::store::Snapshot;

/// The plan of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its name as the operator sells it.
    pub name: String,
    /// What is in it, in the operator's order.
    pub contents: Vec<Content>,
    /// Its first day, where the operator says so (`Product.startDate`), by the calendar of its zone.
    pub since: Option<Date>,
}

/// One thing a plan holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What of.
    pub service: Service,
    /// Where it counts.
    pub zone: Zone,
    /// Whether it is a limit of fair use, or shared with colleagues.
    pub kind: ContentKind,
    /// How much.
    pub amount: ContentAmount,
}

/// What a plan's content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContentKind {
    /// The person's own.
    Own,
    /// Full service up to here.
    FairUse,
    /// Shared with colleagues.
    Shared,
}

/// How much of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContentAmount {
    /// Without a limit.
    Unlimited,
    /// That much.
    Known(Amount),
    /// As the operator writes it, where that is no amount in a known unit: "10 GB at night".
    Written(String),
}

impl Snapshot for Plan {
    const KIND: &'static str = "plan";
    const REVISION: u8 = 4;
}

/// Asks for the plan of a line. None when the operator lists no product for it.
pub(super) async fn ask(
    session: &Arc<Session>,
    api: &ProductApi,
    sub: &str,
    asked: &Asked<'_>,
) -> Result<Option<Plan>, Problem> {
    let mut url = address(&api.base_url, &["product"])?;
    url.query_pairs_mut().append_pair(&api.party_filter, sub);
    let answer = session.call(&url, Call::default()).await?;
    let told = tmf::product::read(&answer.body, asked);
    told.map(|told| told.plan).map_err(|refusal| Problem::NotUnderstood { code: refusal.code().to_owned() })
}
