//! How the lines of orders stand by the inventory (TMF637 Product Inventory, v4 and v5). Of a person's products only those are
//! looked at that an order gives; nothing of another is read on.

use jiff::tz::TimeZone;

use super::{MOST, Told, Unread, id};
use crate::activation::model::{LineOrder, LineState};
use crate::operator::product::{ProductStatus, is_answer, products, serves, status};
use crate::operator::tolerant::{self, Findings, Moment, Node, WarningKind, folded};

const A_DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// How the line of each order stands, by the order's id; nothing of orders whose line is not told. Another person's products are
/// dropped.
pub fn read_lines(
    body: &[u8],
    sub: &str,
    orders: &[LineOrder],
    zone: &TimeZone,
) -> Result<Told<(String, LineState)>, Unread> {
    let document = tolerant::parse(body)?;
    let mut findings = Findings::default();
    let root = Node::root(&document);
    if !is_answer(root) {
        return Err(Unread::NoList);
    }
    let mut own = Vec::new();
    for product in products(root, &mut findings) {
        if tolerant::is_of_another(product, sub) {
            findings.note(product.place(), WarningKind::AnotherPersons);
        } else if let Some(Some(status)) = status(product) {
            own.push((product, state(status)));
        }
    }
    let of_order = |order: &LineOrder| Some((order.id.clone(), line(order, &own, zone)?));
    let found = orders.iter().filter_map(of_order).collect();
    Ok(Told { found, warnings: findings.into_warnings(&document) })
}

/// How the line of an order stands: by the product that one of both says its line is; else by the one that the order gave, of
/// several the one with the number; else by one that serves its number, the furthest first.
fn line(order: &LineOrder, own: &[(Node<'_>, LineState)], zone: &TimeZone) -> Option<LineState> {
    let is_the_line = |product: Node<'_>| {
        (order.product.is_some() && id(product) == order.product) || added_by(product, order) == Some(AddedBy::Item)
    };
    let is_of_order = |product: Node<'_>| added_by(product, order) == Some(AddedBy::Order);
    let serves_number = |product: Node<'_>| {
        let number = order.awaited_number();
        number.is_some_and(|number| serves(product, |text| tolerant::same_number(text, number)))
    };
    // A number that moves is there once it is on the line: until then the line may work with another.
    let may_be_by_id = order.kept.is_none();
    let may_tell = |(product, state): &&(Node<'_>, LineState)| {
        may_be_by_id || *state != LineState::InUse || serves_number(*product)
    };
    let named = || own.iter().filter(may_tell).find(|(product, _)| is_the_line(*product));
    // An order gives options and phones as well.
    let ordered = || own.iter().filter(|(product, _)| is_of_order(*product));
    let ordered_with_number = || ordered().find(|(product, _)| serves_number(*product));
    let only_ordered = || ordered().next().filter(may_tell).filter(|_| ordered().nth(1).is_none());
    let may_be_it = |(product, state): &&(Node<'_>, LineState)| {
        serves_number(*product) && may_be_given(*product, *state, order, zone)
    };
    let with_number = own.iter().filter(may_be_it);
    let furthest = || with_number.min_by_key(|(_, state)| rank(*state));
    named().or_else(ordered_with_number).or_else(only_ordered).or_else(furthest).map(|(_, state)| *state)
}

/// What a product says itself of an order.
#[derive(PartialEq, Eq)]
enum AddedBy {
    /// The part of it that is the line gave it.
    Item,
    /// It gave it; with which part nobody says.
    Order,
}

/// Whether a product says itself that an order gave it. One of another part of that order is none of the line.
fn added_by(product: Node<'_>, order: &LineOrder) -> Option<AddedBy> {
    let mut items = product.list(&["productOrderItem"]).take(MOST);
    items.find_map(|item| {
        let adds = item.text(&["orderItemAction"]).is_none_or(|action| folded(action) == "add");
        let is_of_order = adds && item.text(&["productOrderId"]) == Some(&*order.id);
        match (item.text(&["orderItemId"]), order.item.as_deref()) {
            _ if !is_of_order => None,
            (Some(told), Some(line)) => (told == line).then_some(AddedBy::Item),
            _ => Some(AddedBy::Order),
        }
    })
}

/// Whether an order may have given a product that it does not name. One that is older it did not; and what never came to be, or
/// has ended, counts only where it is known to be younger.
fn may_be_given(product: Node<'_>, state: LineState, order: &LineOrder, zone: &TimeZone) -> bool {
    let start = product.text(&["startDate", "startDateTime"]).and_then(Moment::parse);
    let start_ms = start.and_then(|moment| moment.instant(zone)).map(|start| start.at.as_millisecond());
    let is_younger = start_ms.zip(order.ordered_ms).map(|(start_ms, ordered_ms)| {
        // A product is often dated by its day alone.
        start_ms.saturating_add(A_DAY_MS) > ordered_ms
    });
    match state {
        LineState::InUse | LineState::Coming => is_younger != Some(false),
        LineState::Suspended | LineState::Ended | LineState::Cancelled | LineState::Aborted => is_younger == Some(true),
    }
}

fn state(status: ProductStatus) -> LineState {
    match status {
        ProductStatus::Created | ProductStatus::PendingActive => LineState::Coming,
        // One that will end is in use until then.
        ProductStatus::Active | ProductStatus::PendingTerminate => LineState::InUse,
        ProductStatus::Suspended => LineState::Suspended,
        ProductStatus::Terminated => LineState::Ended,
        ProductStatus::Cancelled => LineState::Cancelled,
        ProductStatus::Aborted => LineState::Aborted,
    }
}

/// The furthest first: of two products on a number one may be an older one, or what goes with the line.
fn rank(state: LineState) -> u8 {
    match state {
        LineState::InUse => 0,
        LineState::Suspended => 1,
        LineState::Coming => 2,
        LineState::Ended => 3,
        LineState::Cancelled => 4,
        LineState::Aborted => 5,
    }
}
