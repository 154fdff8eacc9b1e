//! Orders that give a person a line (TMF622 Product Ordering, v4 and v5). What changes a plan or ends one is none of them.
//!
//! | told by | names |
//! |---|---|
//! | the kind of SIM | characteristic `simType`: `eSIM`, `physical` |
//! | the line's number | characteristic `msisdn`, `TEL_MSISDN`, `phoneNumber` |
//! | a number that is kept | characteristics `portIn.number`, `portIn.requestedDate`, `portIn.donor`; TM Forum has had no API for it since TMF698 was given up |
//! | when it was launched, or is planned to be | v5 `milestone[]` whose name speaks of a launch or an execution |
//! | when it begins, or else is to be done | `requestedStartDate`, `expectedCompletionDate`, `requestedCompletionDate` |
//! | why it is refused | v5 `productOrderErrorMessage[].code`, by a table; the operator's own words are shown to nobody |

use jiff::tz::TimeZone;

use super::{MOST, Told, Unread, characteristic, id, kind_of, number};
use crate::activation::model::{KeptNumber, LineOrder, OrderStage, RefusalReason, SimKind};
use crate::operator::order::OrderStatus;
use crate::operator::tolerant::{self, Findings, Moment, Node, WarningKind, folded};

const ENVELOPES: &[&str] = &["data", "result", "results", "productOrder", "productOrders"];
const ITEMS: &[&str] = &["productOrderItem", "orderItem"];
const LONGEST_NAME: usize = 60;
const SIM: &[&str] = &["simtype", "simkind", "sim", "cardtype"];
const NUMBER: &[&str] = &["msisdn", "telmsisdn", "phonenumber", "mobilenumber"];
const MOVED_NUMBER: &[&str] = &["portinnumber", "portinmsisdn", "portednumber", "portedmsisdn"];
const MOVED_ON: &[&str] = &["portinrequesteddate", "portindate", "portingdate"];
const DONOR: &[&str] = &["portindonor", "portinoperator", "donoroperator", "currentoperator"];

/// Reads the orders of the person with this `sub`, the newest first. Another person's are dropped.
pub fn read_orders(body: &[u8], sub: &str, zone: &TimeZone) -> Result<Told<LineOrder>, Unread> {
    let document = tolerant::parse(body)?;
    let mut findings = Findings::default();
    let root = Node::root(&document);
    let is_order = root.value().is_array() || ITEMS.iter().any(|items| root.has(items));
    if !is_order && !ENVELOPES.iter().any(|name| root.has(name)) {
        // An error in place of an answer is not an answer that there are none.
        return Err(Unread::NoList);
    }
    let elements = if is_order { root.elements() } else { root.list(ENVELOPES) };
    let mut orders = Vec::new();
    for (place, order) in elements.enumerate() {
        if place >= MOST {
            findings.note(root.place(), WarningKind::TooMany);
            break;
        }
        if !order.value().is_object() {
            findings.note(order.place(), WarningKind::NotAnObject);
        } else if tolerant::is_of_another(order, sub) {
            findings.note(order.place(), WarningKind::AnotherPersons);
        } else {
            orders.extend(line_order(order, zone, &mut findings));
        }
    }
    orders.sort_by_key(|order: &LineOrder| std::cmp::Reverse(order.ordered_ms));
    Ok(Told { found: orders, warnings: findings.into_warnings(&document) })
}

/// What an order says of a line; none where it gives no line.
fn line_order(order: Node<'_>, zone: &TimeZone, findings: &mut Findings) -> Option<LineOrder> {
    let Some(id) = id(order) else {
        findings.note(order.place(), WarningKind::NoId);
        return None;
    };
    let gives = |item: &Node<'_>| item.text(&["action"]).is_none_or(|action| folded(action) == "add");
    let items: Vec<Node<'_>> = order.list(ITEMS).take(MOST).filter(gives).collect();
    if items.is_empty() {
        findings.note(order.place(), WarningKind::NothingAdded);
        return None;
    }
    let said = |names: &[&str]| items.iter().find_map(|item| of_item(*item, names));
    let named_sim = said(SIM);
    let sim = named_sim.map(kind_of).unwrap_or_default();
    let own = said(NUMBER);
    let moved = said(MOVED_NUMBER);
    let moved_on = said(MOVED_ON);
    let donor = said(DONOR);
    let is_kept = moved.is_some() || moved_on.is_some() || donor.is_some();
    // A number that is no Belgian one is a line's all the same; it is only not shown.
    if sim == SimKind::Unknown && own.is_none() && !is_kept {
        let is_odd = named_sim.is_some();
        findings.note(order.place(), if is_odd { WarningKind::UnknownSimType } else { WarningKind::NoLineOrdered });
        return None;
    }
    if named_sim.is_some() && sim == SimKind::Unknown {
        findings.note(order.place(), WarningKind::UnknownSimType);
    }
    note_states(order, &items, findings);
    // What the operator plans, then what was wished; by when it is to be done where nobody says when it begins.
    let starts = milestone(order, &["planned", "scheduled", "pending", "future"])
        .or(moved_on)
        .or_else(|| order.text(&["requestedStartDate", "expectedCompletionDate", "requestedCompletionDate"]));
    // What comes with a line, a phone or an option, has a pace of its own. The number says most surely which part is the line.
    let holds = |names: &'static [&'static [&'static str]]| {
        move |item: &Node<'_>| names.iter().any(|names| of_item(*item, names).is_some())
    };
    let of_line: Vec<Node<'_>> =
        items.iter().copied().filter(holds(&[SIM, NUMBER, MOVED_NUMBER, MOVED_ON, DONOR])).collect();
    let line = of_line.iter().copied().find(holds(&[NUMBER, MOVED_NUMBER])).or(of_line.first().copied());
    let stage = stage(order, &of_line);
    let cut = |text: &str| text.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let moved = moved.and_then(number);
    let ordered = order.text(&["orderDate", "creationDate"]);
    let launched = milestone(order, &["completed", "achieved", "reached", "done"]);
    let done = order.text(&["completionDate"]);
    if [ordered, starts, launched, done].iter().all(Option::is_none) {
        findings.note(order.place(), WarningKind::NoOrderDate);
    }
    let mut time = |text: Option<&str>| {
        let text = text?;
        let at = Moment::parse(text).and_then(|moment| moment.instant(zone));
        if at.is_none() {
            findings.note(order.place(), WarningKind::UnreadableDate);
        }
        at.map(|at| at.at.as_millisecond())
    };
    Some(LineOrder {
        id,
        product: line.and_then(|item| super::id(item.one(&["product"])?)),
        item: line.and_then(super::id),
        number: own.and_then(number).or_else(|| moved.clone()),
        sim,
        kept: is_kept.then(|| KeptNumber { donor: donor.map(cut), number: moved }),
        stage,
        line: None,
        reason: (stage == OrderStage::Refused).then(|| reason(order)),
        ordered_ms: time(ordered),
        starts_ms: time(starts),
        starts_on_a_day: starts.and_then(Moment::parse).is_some_and(|moment| moment.is_plain_date()),
        launched_ms: time(launched),
        seen_under_way_ms: None,
        undone_ms: None,
        resumed_ms: None,
        ended_ms: None,
        told_ms: None,
        missing_since_ms: None,
        done_ms: time(done).filter(|_| stage == OrderStage::Done),
    })
}

/// Says where it is not told how far the order is, or in no known words.
fn note_states(order: Node<'_>, items: &[Node<'_>], findings: &mut Findings) {
    let told = [order].into_iter().chain(items.iter().copied());
    let told: Vec<(Node<'_>, &str)> = told.filter_map(|node| Some((node, node.text(&["state", "status"])?))).collect();
    if told.is_empty() {
        findings.note(order.place(), WarningKind::NoOrderState);
    }
    for (node, _) in told.iter().filter(|(_, state)| OrderStatus::of_text(state).is_none()) {
        findings.note(node.place(), WarningKind::UnknownOrderState);
    }
}

/// An end that the whole order tells counts; else how far the parts are that give the line.
fn stage(order: Node<'_>, items: &[Node<'_>]) -> OrderStage {
    let told = order.text(&["state", "status"]);
    let whole = told.and_then(OrderStatus::of_text);
    // Of an order that is done in part, the part that gives the line counts.
    let is_partial = told.is_some_and(|told| folded(told).starts_with("partial"));
    let parts = OrderStatus::of_items(items.iter().filter_map(|item| OrderStatus::of_text(item.text(&["state"])?)));
    let is_end = |told: &OrderStatus| {
        matches!(told, OrderStatus::Done | OrderStatus::Refused | OrderStatus::Failed | OrderStatus::Cancelled)
    };
    match whole.filter(|whole| is_end(whole) && !is_partial).or(parts).or(whole) {
        None | Some(OrderStatus::Acknowledged) => OrderStage::Requested,
        Some(OrderStatus::InProgress) => OrderStage::UnderWay,
        Some(OrderStatus::Waiting) => OrderStage::Waiting,
        Some(OrderStatus::Done) => OrderStage::Done,
        Some(OrderStatus::Refused | OrderStatus::Failed) => OrderStage::Refused,
        Some(OrderStatus::Cancelled) => OrderStage::Cancelled,
    }
}

/// A characteristic of what an item gives: it stands on the product; some operators put it on the item.
fn of_item<'d>(item: Node<'d>, names: &[&str]) -> Option<&'d str> {
    let mut holders = item.one(&["product"]).into_iter().chain([item]);
    holders.find_map(|holder| characteristic::text(holder, names))
}

/// The date of a milestone that speaks of a launch or an execution and has one of these statuses.
fn milestone<'d>(order: Node<'d>, statuses: &[&str]) -> Option<&'d str> {
    let milestones = order.list(&["milestone"]).take(MOST);
    let wanted = milestones.filter(|one| {
        let name = folded(one.text(&["name", "id"]).unwrap_or_default());
        let status = folded(one.text(&["status"]).unwrap_or_default());
        ["launch", "execution", "executed"].iter().any(|word| name.contains(word))
            && statuses.contains(&status.as_str())
    });
    wanted.filter_map(|one| one.text(&["milestoneDate", "date"])).last()
}

fn reason(order: Node<'_>) -> RefusalReason {
    let lists = [&["productOrderErrorMessage"], &["errorMessage"], &["orderErrorMessage"]];
    let codes = lists.into_iter().flat_map(|list| order.list(list).take(MOST)).filter_map(|one| one.text(&["code"]));
    let known = codes.filter_map(|code| {
        let code = folded(code);
        let has = |words: &[&str]| words.iter().any(|word| code.contains(word));
        if has(&["donordata", "mismatch", "customernumber", "simnumber"]) {
            Some(RefusalReason::DonorData)
        } else if has(&["inactive", "donorline"]) {
            Some(RefusalReason::DonorLineInactive)
        } else if has(&["notpermitted", "notallowed", "contract"]) {
            Some(RefusalReason::NotPermitted)
        } else {
            None
        }
    });
    known.last().unwrap_or(RefusalReason::Other)
}
