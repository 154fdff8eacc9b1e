//! Texts of a document as they are kept: short, and ids only whole.

use crate::operator::tolerant::Node;

/// Ids are opaque, but no operator's is a novel.
pub(super) const MAX_ID: usize = 256;

/// No text of a line is longer; the rest is cut.
pub(super) fn short(text: &str) -> String {
    text.chars().take(200).collect()
}

/// A text under one of the names, cut to what is kept.
pub(super) fn text(node: Node<'_>, names: &[&'static str]) -> Option<String> {
    node.text(names).map(short)
}

/// An id: whole, or none.
pub(super) fn id(node: Node<'_>, names: &[&'static str]) -> Option<String> {
    let id = node.text(names)?;
    (id.len() <= MAX_ID && !id.chars().any(char::is_control)).then(|| id.to_owned())
}

/// The id of what a member refers to: `{"bill": {"id": …}}`, or the id itself.
pub(super) fn reference(node: Node<'_>, names: &[&'static str]) -> Option<String> {
    let target = node.one(names)?;
    if target.value().is_object() { id(target, &["id"]) } else { id(node, names) }
}
