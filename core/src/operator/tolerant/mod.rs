//! Reading an operator's JSON without trusting it: absent, null, empty and oddly shaped members are normal, and every
//! oddity becomes a typed warning instead of a failed screen. Only members asked for by name are ever looked at.

mod blank;
mod decimal;
mod error;
mod moment;
mod node;
mod number;
#[cfg_attr(not(test), path = "recorder_off.rs")]
pub(crate) mod recorder;
mod role;
mod warning;
mod words;

pub(crate) use blank::is_blank;
pub use decimal::{Decimal, DecimalError};
pub use error::ErrorBody;
pub(crate) use error::error_body;
pub use moment::{Instant, Moment};
use node::ways_to;
pub use node::{MAX_JSON_BYTES, Node, Place, Unreadable, parse, parse_within, typed};
pub(crate) use number::{Identifier, identify, is_separator};
pub use number::{is_number, same_number};
pub(crate) use role::{is_of_another, is_users_role};
pub use warning::{Findings, Warning, WarningKind, Weight};
pub(crate) use words::{Words, folded};
