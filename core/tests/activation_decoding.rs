//! Orders, products and SIMs of both versions of their standards, read into the model. What each says was read by hand against
//! the document.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use companion::activation::model::{LineOrder, LineState};
use companion::activation::tmf::{Unread, read_lines, read_orders, read_sims};
use companion::operator::tolerant::Unreadable;
use jiff::tz::TimeZone;

static BRUSSELS: TimeZone = jiff::tz::get!("Europe/Brussels");

fn document(file: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(file)).unwrap()
}

fn orders_of(file: &str, sub: &str) -> Vec<LineOrder> {
    read_orders(&document(file), sub, &BRUSSELS).unwrap().found
}

/// What is read of a person's orders, a line each; of times only whether they are there.
fn orders(file: &str) -> String {
    let mut told = String::new();
    for order in orders_of(file, "person-1") {
        let LineOrder { id, product, number, sim, kept, stage, reason, starts_on_a_day, .. } = order;
        let times = [order.ordered_ms, order.starts_ms, order.launched_ms, order.done_ms].map(|time| time.is_some());
        let kept = kept.map(|kept| (kept.donor, kept.number));
        writeln!(told, "{id} {stage:?} {reason:?} {sim:?} {number:?} gives {product:?} keeps {kept:?}").unwrap();
        writeln!(told, "  ordered, starts, launched, done {times:?} on a day {starts_on_a_day}").unwrap();
    }
    told
}

fn sims(file: &str) -> String {
    let mut told = String::new();
    for sim in read_sims(&document(file), "person-1").unwrap().found {
        writeln!(told, "{} {:?} {:?} {:?}", sim.id, sim.kind, sim.profile, sim.number).unwrap();
    }
    told
}

fn lines(products: &str, of: &str) -> Vec<(String, LineState)> {
    read_lines(&document(products), "person-1", &orders_of(of, "person-1"), &BRUSSELS).unwrap().found
}

#[test]
fn orders_of_version_4() {
    insta::assert_snapshot!("orders_v4_orders", orders("tmf622/v4-orders.json"));
}

#[test]
fn orders_of_version_5_without_a_state_with_sub_states_and_milestones() {
    insta::assert_snapshot!("orders_v5_orders", orders("tmf622/v5-orders.json"));
}

#[test]
fn sims_of_version_4_at_two_resources() {
    insta::assert_snapshot!("sims_v4_physical", sims("tmf639/v4-physical.json"));
    insta::assert_snapshot!("sims_v4_logical", sims("tmf639/v4-logical.json"));
}

#[test]
fn sims_of_version_5_at_one_resource() {
    insta::assert_snapshot!("sims_v5_resources", sims("tmf639/v5-resources.json"));
}

#[test]
fn lines_of_both_versions_by_number_by_id_and_by_the_order_they_name() {
    let told = |expected: &[(&str, LineState)]| -> Vec<(String, LineState)> {
        expected.iter().map(|(order, state)| ((*order).to_owned(), *state)).collect()
    };
    assert_eq!(
        lines("tmf637/v4-products.json", "tmf622/v4-orders.json"),
        told(&[("PO-4-1", LineState::InUse), ("PO-4-2", LineState::Ended)])
    );
    assert_eq!(
        lines("tmf637/v5-products.json", "tmf622/v5-orders.json"),
        told(&[("PO-5-1", LineState::Aborted), ("PO-5-2", LineState::Coming)])
    );
}

#[test]
fn the_official_example_of_a_product_is_one_that_is_entered() {
    let example = document("official/tmf637-v5-product-retrieve.json");
    let mut order = orders_of("tmf622/v4-orders.json", "person-1").remove(0);
    let of = |sub: &str, order: &LineOrder| {
        read_lines(&example, sub, std::slice::from_ref(order), &BRUSSELS)
            .unwrap()
            .found
            .first()
            .map(|(_, state)| *state)
    };
    assert_eq!(of("45hj-8888", &order), None, "another order's");
    order.product = Some("g265-tf86".to_owned());
    assert_eq!(of("45hj-8888", &order), Some(LineState::Coming));
    assert_eq!(of("person-1", &order), None, "another person's");
}

/// Documents that may be read here but not kept: a folder named by COMPANION_TMF_SAMPLES, or `shared/tmf` beside the
/// checkout. Without it there is nothing to check.
#[test]
fn official_samples_beside_the_checkout_decode() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/tmf");
    let folder = std::env::var_os("COMPANION_TMF_SAMPLES").map_or(beside, PathBuf::from);
    let Ok(product) = fs::read(folder.join("tmf637-v4-product-sample.json")) else {
        eprintln!("no samples in {}: skipped", folder.display());
        return;
    };
    // Told by the order it names, though its number is an American one.
    let mut order = orders_of("tmf622/v4-orders.json", "person-1").remove(0);
    order.item = None;
    for (id, expected) in [("1023-98gh", Some(LineState::InUse)), ("df65-gh12", None), ("PO-4-1", None)] {
        order.id = id.to_owned();
        let told = read_lines(&product, "45hj-8888", std::slice::from_ref(&order), &BRUSSELS).unwrap();
        assert_eq!(told.found.first().map(|(_, state)| *state), expected, "{id}");
        assert_eq!(told.warnings, [], "everything in it is understood");
    }
    // Published as it is: what is no JSON says nothing, and not that there is no SIM.
    let malformed = fs::read(folder.join("tmf639-v4-physicalResource-sample-MALFORMED.json")).unwrap();
    let told = read_sims(&malformed, "person-1");
    assert!(matches!(told, Err(Unread::Document(Unreadable::NotJson { .. }))), "{told:?}");
}
