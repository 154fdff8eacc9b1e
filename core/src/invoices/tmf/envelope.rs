//! From a body to its elements: envelopes opened, a lone object taken for a list of one, errors and foreign documents told
//! apart.

use super::Refusal;
use crate::operator::tolerant::{self, Findings, Node, WarningKind};

/// Members under which operators put the standard's body.
const ENVELOPES: &[&str] = &[
    "data",
    "result",
    "results",
    "response",
    "payload",
    "customerBill",
    "customerBills",
    "bills",
    "appliedCustomerBillingRate",
    "appliedCustomerBillingRates",
    "billingAccount",
    "document",
];
/// Members that only a bill has.
const BILL_MEMBERS: &[&str] = &[
    "billNo",
    "billDate",
    "billingPeriod",
    "amountDue",
    "remainingAmount",
    "paymentDueDate",
    "billDocument",
    "runType",
    "nextBillDate",
    "appliedPayment",
];
/// Members that only a line of one has.
const LINE_MEMBERS: &[&str] = &["appliedBillingRateType", "appliedTax", "isBilled", "periodCoverage"];
/// Members that only a billing account has (TMF666).
const ACCOUNT_MEMBERS: &[&str] =
    &["billStructure", "accountBalance", "paymentPlan", "defaultPaymentMethod", "ratingType"];

/// An opened answer.
pub(super) struct Opened<'v> {
    /// The elements of the kind asked for.
    pub(super) nodes: Vec<Node<'v>>,
    /// How many elements there are of any kind, as a page is counted.
    pub(super) elements: usize,
}

/// The elements that are of the kind asked for. An empty list is an answer.
pub(super) fn open<'v>(
    root: Node<'v>,
    is_one: fn(Node<'_>) -> bool,
    findings: &mut Findings,
) -> Result<Opened<'v>, Refusal> {
    let mut node = root;
    // Nobody nests deeper than two envelopes.
    for _ in 0..3 {
        let outer = node.sole();
        if !outer.value().is_object() || is_one(outer) {
            break;
        }
        match outer.get(ENVELOPES).filter(|inner| inner.value().is_object() || inner.value().is_array()) {
            Some(inner) => node = inner,
            None => break,
        }
    }
    let elements = node.value().as_array().map_or(1, Vec::len);
    let mut found = Vec::new();
    let mut others = Vec::new();
    for element in node.elements() {
        if is_one(element) {
            found.push(element);
        } else {
            others.push(element);
        }
    }
    if found.is_empty() {
        let error = others.iter().copied().chain([root]).find_map(tolerant::error_body);
        return match error {
            Some(error) => Err(Refusal::ErrorBody(error)),
            None if is_empty_envelope(root) || (others.is_empty() && node.value().is_array()) => {
                Ok(Opened { nodes: found, elements: 0 })
            }
            None => Err(Refusal::NothingOfIt),
        };
    }
    for other in others {
        let kind = if other.value().is_object() { WarningKind::NotOfThisKind } else { WarningKind::NotAnObject };
        findings.note(other.place(), kind);
    }
    Ok(Opened { nodes: found, elements })
}

/// `{"resultCode": "0", "data": []}`.
fn is_empty_envelope(root: Node<'_>) -> bool {
    root.value().as_object().is_some_and(|members| {
        ENVELOPES.iter().any(|name| members.get(*name).and_then(|value| value.as_array()).is_some_and(Vec::is_empty))
    })
}

fn type_of(node: Node<'_>) -> String {
    node.text(&["@type", "@baseType"]).map(|text| text.to_ascii_lowercase()).unwrap_or_default()
}

fn has_any(node: Node<'_>, members: &[&str]) -> bool {
    members.iter().any(|name| node.has(name))
}

/// A bill, also one of which only some members were asked for.
pub(super) fn is_bill(node: Node<'_>) -> bool {
    if !node.value().is_object() || has_any(node, LINE_MEMBERS) {
        return false;
    }
    let kind = type_of(node);
    has_any(node, BILL_MEMBERS)
        || (kind.contains("customerbill") && !kind.contains("ondemand") && !kind.ends_with("ref"))
        || (node.has("id") && node.has("billingAccount") && !node.has("customerBill") && !node.has("type"))
        || (node.has("id") && node.text(&["href"]).is_some_and(|href| href.contains("/customerBill/")))
}

/// What answers a question for one bill, of which only the document was asked for.
pub(super) fn is_bill_or_part(node: Node<'_>) -> bool {
    is_bill(node) || super::document::is_attachment(node)
}

/// A line of a bill.
pub(super) fn is_line(node: Node<'_>) -> bool {
    if !node.value().is_object() || has_any(node, BILL_MEMBERS) {
        return false;
    }
    let has_amount = has_any(node, &["taxExcludedAmount", "taxIncludedAmount"]);
    has_any(node, LINE_MEMBERS)
        || type_of(node).contains("customerbillingrate")
        || (has_amount && has_any(node, &["bill", "billingAccount", "product", "type"]))
}

/// A document of the store (TMF667), or an attachment alone.
pub(super) fn is_document(node: Node<'_>) -> bool {
    node.value().is_object()
        && !has_any(node, BILL_MEMBERS)
        && (node.has("attachment") || type_of(node) == "document" || super::document::is_attachment(node))
}

/// A task to make a bill now.
pub(super) fn is_on_demand(node: Node<'_>) -> bool {
    node.value().is_object()
        && !has_any(node, BILL_MEMBERS)
        && !has_any(node, LINE_MEMBERS)
        && (type_of(node).contains("customerbillondemand")
            || (node.has("id")
                && node.get(&["state", "status"]).is_some()
                && has_any(node, &["customerBill", "billingAccount"])))
}

/// A billing account (TMF666).
pub(super) fn is_account(node: Node<'_>) -> bool {
    node.value().is_object()
        && !has_any(node, BILL_MEMBERS)
        && !has_any(node, LINE_MEMBERS)
        && (type_of(node).contains("account")
            || has_any(node, ACCOUNT_MEMBERS)
            || (node.has("id") && has_any(node, &["accountType", "relatedParty", "state", "name"])))
}
