//! Documents as the core reads those of the first market.

use companion::operator::units::{CycleEnd, DataBase};
use companion::usage::tmf::{self, Decoded, HowToRead, Refusal};

/// Reads a document for these lines, the one with this stable id, and this person.
pub fn decode(
    body: &[u8],
    lines: Option<&[String]>,
    line_id: Option<&str>,
    me: Option<&str>,
) -> Result<Decoded, Refusal> {
    let zone = jiff::tz::get!("Europe/Brussels");
    let (data_base, cycle_end) = (DataBase::Decimal, CycleEnd::Exclusive);
    tmf::decode(body, &HowToRead { lines, line_id, me, time_zone: &zone, data_base, cycle_end })
}
