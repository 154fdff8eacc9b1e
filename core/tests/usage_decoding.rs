//! Operators' documents, read into the model.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects
)]

use companion::operator::units::{CycleEnd, DataBase};
use companion::usage::tmf::{self, Decoded, HowToRead, Refusal};
use jiff::tz::TimeZone;

fn brussels() -> TimeZone {
    jiff::tz::get!("Europe/Brussels")
}

fn decode(file: &str, me: Option<&str>) -> Result<Decoded, Refusal> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/documents/");
    let body = std::fs::read(format!("{folder}{file}")).unwrap();
    let zone = brussels();
    tmf::decode(
        &body,
        &HowToRead { lines: None, me, time_zone: &zone, data_base: DataBase::Decimal, cycle_end: CycleEnd::Exclusive },
    )
}

#[test]
fn dump() {
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/documents/official")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        if name.ends_with("json") {
            println!("=== {name}\n{:#?}", decode(&format!("official/{name}"), Some("CUST1")));
        }
    }
}
