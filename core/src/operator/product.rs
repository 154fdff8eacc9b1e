//! What a product inventory says of a line (TMF637 Product Inventory, v4 and v5): which products there are, how each stands,
//! and which line it serves. The plan is read from it, and how far a line is that was ordered.

use super::tolerant::{Findings, Node, WarningKind, Words};

/// Members under which operators put the standard's list.
const ENVELOPES: &[&str] = &["data", "result", "results", "product", "products"];
/// No person has more products; what follows is not looked at.
pub(crate) const MAX_PRODUCTS: usize = 200;

/// How a product stands (TMF637 `ProductStatusType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ProductStatus {
    /// It was entered (`created`).
    Created,
    /// It is being set up (`pendingActive`).
    PendingActive,
    /// It is in use.
    Active,
    /// It is paused.
    Suspended,
    /// It is in use, and will end (`pendingTerminate`).
    PendingTerminate,
    /// It has ended.
    Terminated,
    /// It was taken back before it was in use.
    Cancelled,
    /// Setting it up went wrong (`aborted`; the enumeration of v5 has it with a blank behind it).
    Aborted,
}

/// Longer beginnings first, since `pending` alone says nothing.
const STATUSES: &[(&[&str], ProductStatus)] = &[
    (&["pending active", "pendingactive", "pending activation"], ProductStatus::PendingActive),
    (&["pending terminate", "pendingterminate", "pending termination"], ProductStatus::PendingTerminate),
    (&["created"], ProductStatus::Created),
    (&["active", "activated", "actif", "actief", "aktiv"], ProductStatus::Active),
    (&["suspended", "paused", "blocked"], ProductStatus::Suspended),
    (&["terminated", "ended", "expired"], ProductStatus::Terminated),
    (&["cancelled", "canceled"], ProductStatus::Cancelled),
    (&["aborted"], ProductStatus::Aborted),
];

impl ProductStatus {
    /// Reads a status, whatever its case, dashes and blanks; of one with a dotted sub-state the beginning counts.
    pub(crate) fn of_text(text: &str) -> Option<ProductStatus> {
        let words = Words::of(text);
        let known = STATUSES.iter().find(|(beginnings, _)| words.starts_with_any(beginnings));
        known.map(|(_, status)| *status)
    }
}

/// How a product stands. `None`: it does not say; `Some(None)`: in a word that nobody knows.
pub(crate) fn status(product: Node<'_>) -> Option<Option<ProductStatus>> {
    let status = product.one(&["status", "state"])?;
    Some(status.as_text().and_then(ProductStatus::of_text))
}

/// Whether a document is a product or a list of products, also an empty one, and not an error in place of an answer.
pub(crate) fn is_answer(root: Node<'_>) -> bool {
    is_product(root) || ENVELOPES.iter().any(|name| root.has(name))
}

/// The products of a document. What is odd about the list is noted.
pub(crate) fn products<'v>(root: Node<'v>, findings: &mut Findings) -> Vec<Node<'v>> {
    let mut elements = if is_product(root) { root.elements() } else { root.list(ENVELOPES) };
    let listed: Vec<Node<'_>> = elements.by_ref().take(MAX_PRODUCTS).collect();
    if elements.next().is_some() {
        findings.note(root.place(), WarningKind::TooMany);
    }
    let (products, others): (Vec<_>, Vec<_>) = listed.into_iter().partition(|product| product.value().is_object());
    for other in others {
        findings.note(other.place(), WarningKind::NotAnObject);
    }
    products
}

/// A list of products or one alone, not an envelope around them.
fn is_product(node: Node<'_>) -> bool {
    node.value().is_array() || node.has("productOffering") || node.has("name") || node.has("status")
}

/// Whether a product says that it serves a line, by id or number, in any of the places TMF637 has for it.
pub(crate) fn serves(product: Node<'_>, is_line: impl Fn(&str) -> bool) -> bool {
    let members = [&["realizingService"], &["realizingResource"], &["productCharacteristic"]];
    let listed = members.into_iter().flat_map(|member| product.list(member));
    let named = listed.flat_map(|entry| [&["id"], &["name"], &["value"]].map(|name| entry.text(name))).flatten();
    let own = [&["productSerialNumber"], &["publicIdentifier"]].into_iter().filter_map(|name| product.text(name));
    named.chain(own).any(is_line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_known_in_both_versions_spellings() {
        use ProductStatus::{
            Aborted, Active, Cancelled, Created, PendingActive, PendingTerminate, Suspended, Terminated,
        };
        let cases = [
            ("created", Some(Created)),
            ("pendingActive", Some(PendingActive)),
            ("PENDING_ACTIVE", Some(PendingActive)),
            ("pendingactive", Some(PendingActive)),
            ("active", Some(Active)),
            (" Active ", Some(Active)),
            ("active.reduced", Some(Active)),
            ("suspended", Some(Suspended)),
            ("Suspended.lost", Some(Suspended)),
            ("pendingTerminate", Some(PendingTerminate)),
            ("terminated", Some(Terminated)),
            ("cancelled", Some(Cancelled)),
            ("aborted", Some(Aborted)),
            ("aborted ", Some(Aborted)),
            ("pending", None),
            ("inactive", None),
            ("actively", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(ProductStatus::of_text(text), expected, "{text:?}");
        }
    }
}
