//! TMF638 Service Inventory (and TMF640's service, which has the same shape) for whether a line may use Wi-Fi calling, and
//! TMF641 Service Order v4.1 for asking that it may.

use serde_json::{Value, json};

use super::line::{FeaturePlace, LineService, Order, OrderState, Provisioned, Spelling};
use crate::operator::order;
use crate::operator::tolerant::{self, Findings, Node, Unreadable, Warning, WarningKind, folded, recorder};
use crate::session::{Line, Lines};

/// Members under which operators put the standard's list.
const ENVELOPES: &[&str] = &["data", "result", "results", "service", "services"];
/// Names of the feature, folded.
const NAMES: &[&str] = &["vowifi", "wificalling", "voiceoverwifi", "wificalls"];
/// No person has more services; what follows is not looked at.
const MOST: usize = 200;
/// Opaque, but no operator's id is longer.
const LONGEST_ID: usize = 256;

/// What a document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// One entry for each of the person's lines that has a service here.
    pub services: Vec<LineService>,
    /// What was odd.
    pub warnings: Vec<Warning>,
}

/// Reads the services of a person's lines. A service that names no line is the person's only one, where they have one line.
pub fn read_services(body: &[u8], lines: &Lines) -> Result<Told, Unreadable> {
    let document = tolerant::parse(body)?;
    let mut findings = Findings::default();
    let root = Node::root(&document);
    let elements = if is_service(root) { root.elements() } else { root.list(ENVELOPES) };
    let elements: Vec<Node<'_>> = elements.take(MOST.saturating_add(1)).collect();
    // Noted first: warnings are limited as well.
    if elements.len() > MOST {
        findings.note(root.place(), WarningKind::TooMany);
    }
    let elements = || elements.iter().copied().take(MOST);
    // A service that names the person's line wins over one that names none.
    let is_named = elements().any(|service| lines.0.iter().any(|line| names(service, line)));
    let mut services: Vec<LineService> = Vec::new();
    for service in elements() {
        if !service.value().is_object() {
            findings.note(service.place(), WarningKind::NotAnObject);
        } else if !is_over(service)
            && let Some(line) = line_of(service, lines, is_named, &mut findings)
        {
            let (provisioned, place) = feature(service, &mut findings).unzip();
            let place = place.flatten();
            let id = service.text(&["id"]).filter(|id| id.len() <= LONGEST_ID).map(str::to_owned);
            let provisioned = provisioned.unwrap_or_default();
            let told = LineService { line: line.id.clone(), service: id, provisioned, place };
            match services.iter_mut().find(|known| known.line == told.line) {
                // Of several services of a line, such as voice and data, the one that says something.
                Some(known) if known.provisioned == Provisioned::Unknown => *known = told,
                Some(_) => {}
                None => services.push(told),
            }
        }
    }
    Ok(Told { services, warnings: findings.into_warnings(&document) })
}

/// A list of services or one alone, not an envelope around them.
fn is_service(node: Node<'_>) -> bool {
    node.value().is_array()
        || ["feature", "serviceCharacteristic", "state", "id"].into_iter().any(|name| node.has(name))
}

/// It serves nobody any more.
fn is_over(service: Node<'_>) -> bool {
    service.text(&["state", "status"]).is_some_and(|state| matches!(folded(state).as_str(), "terminated" | "inactive"))
}

fn line_of<'l>(service: Node<'_>, lines: &'l Lines, is_named: bool, findings: &mut Findings) -> Option<&'l Line> {
    if let Some(line) = lines.0.iter().find(|line| names(service, line)) {
        return Some(line);
    }
    match lines.0.as_slice() {
        // A number that is not the line's is another line's; without one the service can be no other's.
        [only] if !is_named && !numbers(service).any(tolerant::is_number) => Some(only),
        _ => {
            findings.note(service.place(), WarningKind::LineNotAskedFor);
            None
        }
    }
}

/// Whether a service says that it serves the line, by id or number, in any of the places TMF638 has for it.
fn names(service: Node<'_>, line: &Line) -> bool {
    numbers(service)
        .any(|text| text == line.id || line.msisdn.as_deref().is_some_and(|number| tolerant::same_number(text, number)))
}

fn numbers<'v>(service: Node<'v>) -> impl Iterator<Item = &'v str> {
    let is_number_of = |entry: &Node<'_>| {
        entry
            .text(&["name"])
            .is_none_or(|name| matches!(folded(name).as_str(), "msisdn" | "number" | "phonenumber" | "line"))
    };
    let listed = [&["serviceCharacteristic"], &["supportingResource"]];
    let listed = listed.into_iter().flat_map(move |member| service.list(member)).filter(is_number_of);
    let named = listed.flat_map(|entry| [&["id"], &["value"]].map(|name| entry.text(name))).flatten();
    named.chain(service.text(&["publicIdentifier"]))
}

/// Whether Wi-Fi calling is on, and where that stands. Nothing where the service does not speak of it.
fn feature(service: Node<'_>, findings: &mut Findings) -> Option<(Provisioned, Option<FeaturePlace>)> {
    recorder::characteristics_asked(service.value(), NAMES);
    for feature in service.list(&["feature"]) {
        let name = feature.text(&["name"]).unwrap_or_default();
        if is_named(name) {
            let place = Some(FeaturePlace::Feature { name: short(name) });
            return match feature.flag(&["isEnabled"]) {
                Some(true) => Some((Provisioned::On, place)),
                Some(false) => Some((Provisioned::Off, place)),
                None => {
                    findings.note(feature.place(), WarningKind::NeitherOnNorOff);
                    Some((Provisioned::Unknown, place))
                }
            };
        }
        if let Some((told, place)) = within(feature, name, findings) {
            // What is inside of a feature that is off is off.
            let is_off = feature.flag(&["isEnabled"]) == Some(false);
            return Some((if is_off { Provisioned::Off } else { told }, place));
        }
    }
    // Some operators keep it beside the number; that place is read and never written.
    let own = service.list(&["serviceCharacteristic"]).find(|entry| entry.text(&["name"]).is_some_and(is_named))?;
    let (told, _) = value(own.one(&["value"]), own, findings);
    Some((told, None))
}

/// Inside of a feature: a characteristic of that name, or a member of that name of a characteristic.
fn within(
    feature: Node<'_>,
    feature_name: &str,
    findings: &mut Findings,
) -> Option<(Provisioned, Option<FeaturePlace>)> {
    for characteristic in feature.list(&["featureCharacteristic", "featureCharacteritic"]) {
        let name = characteristic.text(&["name"]).unwrap_or_default();
        let Some(held) = characteristic.get(&["value"]) else { continue };
        if is_named(name) {
            let (told, on) = value(Some(held.sole()), characteristic, findings);
            let place = |on| FeaturePlace::Characteristic { feature: short(feature_name), name: short(name), on };
            return Some((told, on.map(place)));
        }
        let Some(members) = held.sole().value().as_object() else { continue };
        let Some((member, _)) = members.iter().find(|(member, _)| is_named(member)) else { continue };
        let (told, on) = value_of(members.get(member));
        if on.is_none() {
            findings.note(characteristic.place(), WarningKind::NeitherOnNorOff);
        }
        let place = |on| FeaturePlace::Member {
            feature: short(feature_name),
            characteristic: short(name),
            member: short(member),
            in_array: held.value().is_array(),
            on,
        };
        return Some((told, on.map(place)));
    }
    None
}

fn value(held: Option<Node<'_>>, around: Node<'_>, findings: &mut Findings) -> (Provisioned, Option<Spelling>) {
    let (told, on) = value_of(held.map(|held| held.value()));
    if on.is_none() {
        findings.note(around.place(), WarningKind::NeitherOnNorOff);
    }
    (told, on)
}

fn value_of(value: Option<&Value>) -> (Provisioned, Option<Spelling>) {
    match value {
        Some(Value::Bool(true)) => (Provisioned::On, Some(Spelling::Truth)),
        Some(Value::Bool(false)) => (Provisioned::Off, Some(Spelling::Truth)),
        Some(Value::String(text)) => match Spelling::of_text(text) {
            Some((told, on)) => (told, Some(on)),
            None => (Provisioned::Unknown, None),
        },
        _ => (Provisioned::Unknown, None),
    }
}

fn is_named(name: &str) -> bool {
    NAMES.contains(&folded(name).as_str())
}

fn short(text: &str) -> String {
    text.chars().take(64).collect()
}

/// The order that switches Wi-Fi calling on, written as the service was read.
pub fn order_body(order: &Order, sub: &str) -> Vec<u8> {
    let Order { operation, service, place, .. } = order;
    let feature = match place {
        None => json!({ "name": "voWifi", "isEnabled": true }),
        Some(FeaturePlace::Feature { name }) => json!({ "name": name, "isEnabled": true }),
        Some(FeaturePlace::Characteristic { feature, name, on }) => json!({
            "name": feature,
            "isEnabled": true,
            "featureCharacteristic": [{ "name": name, "value": written(*on) }],
        }),
        Some(FeaturePlace::Member { feature, characteristic, member, in_array, on }) => {
            let object = json!({ member: written(*on) });
            let value = if *in_array { json!([object]) } else { object };
            json!({
                "name": feature,
                "isEnabled": true,
                "featureCharacteristic": [{ "name": characteristic, "valueType": "object", "value": value }],
            })
        }
    };
    let order = json!({
        "externalId": operation,
        "relatedParty": [{ "id": sub, "role": "user", "@referredType": "Individual" }],
        "serviceOrderItem": [{
            "id": "1",
            "action": "modify",
            "service": { "id": service, "feature": [feature], "@type": "Service" },
            "@type": "ServiceOrderItem",
        }],
        "@type": "ServiceOrder",
    });
    order.to_string().into_bytes()
}

fn written(on: Spelling) -> Value {
    on.on().map_or(Value::Bool(true), |word| Value::String(word.to_owned()))
}

/// An order as the operator has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldOrder {
    /// Its id.
    pub id: String,
    /// How it stands; in progress where it says nothing that is known.
    pub state: OrderState,
}

/// Reads an order, or finds ours in a list by our own name for it.
pub fn read_order(body: &[u8], order: &Order) -> Result<Option<ToldOrder>, Unreadable> {
    let document = tolerant::parse(body)?;
    let mut elements = Node::root(&document).elements();
    let is_ours = |node: &Node<'_>| {
        let id = node.text(&["id"]);
        let named = node.text(&["externalId"]).or_else(|| {
            let references = node.list(&["externalReference", "externalIdentifier"]);
            references.filter_map(|reference| reference.text(&["id", "name"])).find(|name| *name == order.operation)
        });
        match (&order.id, named) {
            (Some(known), _) => id == Some(known),
            (None, Some(named)) => named == order.operation,
            (None, None) => false,
        }
    };
    let found = elements.by_ref().take(MOST).find(is_ours);
    Ok(found.and_then(told_order))
}

/// What the operator answers to an order that was just sent: it is ours, whatever it says of our name.
pub fn read_new_order(body: &[u8]) -> Result<Option<ToldOrder>, Unreadable> {
    let document = tolerant::parse(body)?;
    Ok(told_order(Node::root(&document).sole()))
}

fn told_order(node: Node<'_>) -> Option<ToldOrder> {
    let id = node.text(&["id"]).filter(|id| id.len() <= LONGEST_ID)?.to_owned();
    let state = order::status(node).map_or(OrderState::InProgress, OrderState::from);
    Some(ToldOrder { id, state })
}

#[cfg(test)]
mod tests;
