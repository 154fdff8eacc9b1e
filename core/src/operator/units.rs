//! How one operator counts: what its profile says of bases and borders that the standard leaves open.

use serde::{Deserialize, Serialize};

/// What "GB" means to the operator. TMF677 does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DataBase {
    /// 1 GB = 10⁹ bytes.
    #[default]
    Decimal,
    /// 1 GB = 2³⁰ bytes.
    Binary,
}

/// Whether an end date without a time of day is the cycle's last day or the first day after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CycleEnd {
    /// The first day of the next cycle.
    #[default]
    Exclusive,
    /// The last day of the cycle.
    Inclusive,
}
