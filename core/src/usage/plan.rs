//! The plan's name (TMF637 Product Inventory).

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use url::Url;

use super::tmf;
use crate::operator::profile::ProductApi;
use crate::problem::Problem;
use crate::session::{Call, Line, Session};
use crate::store::Snapshot;

/// The plan of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its name as the operator sells it.
    pub name: String,
}

impl Snapshot for Plan {
    const KIND: &'static str = "plan";
    const REVISION: u8 = 1;
}

/// Asks for the plan of a line; `sole` says that the person has no other. None when the operator lists no product for it.
pub(super) async fn ask(
    session: &Arc<Session>,
    api: &ProductApi,
    sub: &str,
    line: &Line,
    sole: bool,
) -> Result<Option<Plan>, Problem> {
    let mut url = Url::parse(&api.base_url).map_err(|_| Problem::unexpected("base_url"))?;
    url.path_segments_mut().map_err(|()| Problem::unexpected("base_url"))?.pop_if_empty().push("product");
    url.query_pairs_mut().append_pair(&api.party_filter, sub);
    let answer = session.call(&url, Call::default()).await?;
    Ok(tmf::product::read(&answer.body, line, sole).map(|name| Plan { name }))
}
