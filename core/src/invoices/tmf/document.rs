//! Where a bill's printed document is: in the answer, at an address, or in the document store. What the answer calls it is not
//! believed; only that there is a way to get it.

use super::text::{id, short};
use super::{HowToRead, amount, content, dates};
use crate::invoices::download::verify::sha256_of_text;
use crate::invoices::model::{BillDocument, DocumentSource};
use crate::operator::tolerant::{Findings, Node, WarningKind};
use crate::operator::units::{DataBase, Unit};

/// No bill has more documents.
const MAX: usize = 20;
/// Signed addresses are long, but not longer.
const MAX_URL: usize = 8_192;

pub(super) const URL: &[&str] = &["url", "uri"];
pub(super) const DOCUMENTS: &[&str] = &["billDocument", "document", "attachment"];

/// An attachment that stands alone, as an answer that holds nothing but the printed document.
pub(super) fn is_attachment(node: Node<'_>) -> bool {
    node.value().is_object()
        && (node.get(&["content"]).is_some()
            || (node.get(URL).is_some() && node.get(&["mimeType", "attachmentType", "size"]).is_some())
            || (node.get(URL).is_some() && node.has("id")))
}

/// The documents of a bill, or of an answer that is one itself.
pub(super) fn read_all(bill: Node<'_>, how: &HowToRead<'_>, findings: &mut Findings) -> Vec<BillDocument> {
    let listed = bill.list(DOCUMENTS);
    let alone = if is_attachment(bill) { bill.elements() } else { bill.list(&[]) };
    read_each(listed.chain(alone), how, findings, true)
}

/// The attachments of documents in the store (TMF667), or attachments alone.
pub(super) fn read_store(nodes: &[Node<'_>], how: &HowToRead<'_>, findings: &mut Findings) -> Vec<BillDocument> {
    let mut all = Vec::new();
    for node in nodes {
        let alone = if is_attachment(*node) { node.elements() } else { node.list(&[]) };
        let listed = node.list(&["attachment"]);
        all.append(&mut read_each(listed.chain(alone), how, findings, false));
    }
    all.truncate(MAX);
    all
}

fn read_each<'v>(
    nodes: impl Iterator<Item = Node<'v>>,
    how: &HowToRead<'_>,
    findings: &mut Findings,
    may_refer: bool,
) -> Vec<BillDocument> {
    let mut documents: Vec<BillDocument> = Vec::new();
    for node in nodes {
        if documents.len() >= MAX {
            findings.note(node.place(), WarningKind::TooMany);
            break;
        }
        match read(node, how, findings, may_refer) {
            Some(document) if documents.contains(&document) => {}
            Some(document) => documents.push(document),
            None => findings.note(node.place(), WarningKind::DocumentUnusable),
        }
    }
    documents
}

fn read(node: Node<'_>, how: &HowToRead<'_>, findings: &mut Findings, may_refer: bool) -> Option<BillDocument> {
    let own_id = id(node, &["id"]);
    let url = node.text(URL).filter(|url| url.len() <= MAX_URL && !url.chars().any(|c| c.is_control() || c == ' '));
    let written = node.one(&["content"]);
    let has_content = written.and_then(|written| written.as_text()).is_some_and(content::looks_like_pdf);
    if let (false, Some(written)) = (has_content, written) {
        findings.note(written.place(), WarningKind::ContentNotPdf);
    }
    let source = match (has_content, url, &own_id) {
        (true, _, _) => DocumentSource::Content,
        (false, Some(url), _) => DocumentSource::Url(url.to_owned()),
        (false, None, Some(id)) if may_refer => DocumentSource::Reference(id.clone()),
        (false, None, _) => return None,
    };
    let kind = node.text(&["attachmentType"]);
    let mime = node.text(&["mimeType"]).or(kind).filter(|kind| kind.contains('/')).map(mime);
    Some(BillDocument {
        id: own_id,
        source,
        mime,
        purpose: kind.filter(|kind| !kind.contains('/')).map(short),
        size_hint: size(node, findings),
        valid_until: node
            .one(&["validFor", "validfor"])
            .and_then(|valid| dates::instant(valid, &["endDateTime", "endDate"], how, findings)),
        sha256: digest(node, findings),
        last_update: dates::instant(node, &["lastUpdate", "lastModified", "creationDate"], how, findings),
    })
}

/// `Application/PDF; charset=binary` is `application/pdf`.
fn mime(written: &str) -> String {
    short(written.split(';').next().unwrap_or("").trim()).to_ascii_lowercase()
}

/// Bytes, also as a quantity of kilobytes. A hint: what cannot be read is no loss.
fn size(node: Node<'_>, findings: &mut Findings) -> Option<u64> {
    let size = node.one(&["size"])?;
    let (number, factor) = if size.value().is_object() {
        let unit =
            size.text(&["units", "unit"]).map_or(Some(Unit::Bytes(1)), |unit| Unit::parse(unit, DataBase::Decimal));
        let Some(Unit::Bytes(factor)) = unit else {
            findings.note(size.place(), WarningKind::UnknownUnit);
            return None;
        };
        (size.one(&["amount", "value"])?, factor)
    } else {
        (size, 1)
    };
    let bytes = amount::decimal(number, findings)?.times(factor)?;
    u64::try_from(bytes).ok().filter(|bytes| *bytes > 0)
}

/// SHA-256 in hexadecimal or Base64, also as in RFC 9530 (`sha-256=:…:`).
fn digest(node: Node<'_>, findings: &mut Findings) -> Option<String> {
    let told = node.one(&["sha256", "digest", "checksum", "hash"])?;
    let read = told.as_text().and_then(sha256_of_text);
    if read.is_none() {
        findings.note(told.place(), WarningKind::UnreadableDigest);
    }
    Some(read?.iter().map(|byte| format!("{byte:02x}")).collect())
}
