//! A line of a bill's detail, or of what is running and not billed yet (TMF678 `AppliedCustomerBillingRate`). Texts are the
//! operator's, shown as given and never read for meaning.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{BillingPeriod, TaxItem};
use crate::money::Cents;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillLine {
    /// The operator's id; a second line of the same id in one answer has `#2` after it.
    pub id: String,
    /// What it charges for.
    pub kind: LineKind,
    /// The operator's text, as given.
    pub name: Option<String>,
    /// The product it belongs to, by its id.
    pub product: Option<String>,
    /// The product's name, as given.
    pub product_name: Option<String>,
    /// The days it covers.
    pub period: Option<BillingPeriod>,
    /// The day it came about, such as that of a parking, or on which it was rated.
    pub date: Option<Date>,
    /// Without tax, in eurocents.
    pub tax_excluded: Option<Cents>,
    /// With tax, in eurocents. Negative: a discount, a credit, the employer's share.
    pub tax_included: Option<Cents>,
    /// Its tax; none: not told, as for services of third parties.
    pub taxes: Vec<TaxItem>,
    /// Beside the plan.
    pub out_of_bundle: Flag,
    /// A third party's service, such as parking by SMS: always the employee's.
    pub third_party: Flag,
    /// What the employer takes over, as a negative line.
    pub employer_share: Flag,
    /// The category the operator puts it in, by which an employer's contribution may be limited.
    pub category: Option<String>,
    /// It is on a bill; otherwise it is running cost that may still change.
    pub is_billed: bool,
    /// The bill it is on, by its id.
    pub bill: Option<String>,
    /// The billing account it is on.
    pub account: Option<String>,
}

/// What a line charges for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LineKind {
    /// A subscription.
    Recurring,
    /// Something that happens once.
    OneTime,
    /// Usage.
    Usage,
    /// Gives back.
    Credit,
    /// A penalty, such as the cost of a reminder.
    Penalty,
    /// Something else.
    Unknown,
}

/// Whether something is so, and who says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Flag {
    /// It is not, or nobody says so.
    No,
    /// The operator says so.
    Told,
    /// It follows from the kind of line.
    Assumed,
}

impl Flag {
    /// Whether it is so.
    pub fn is_set(self) -> bool {
        self != Flag::No
    }
}
