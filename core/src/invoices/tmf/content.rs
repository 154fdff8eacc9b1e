//! A printed document inside an answer (`content`, Base64): found, and handed over as text for whoever decodes it piece by
//! piece. Such an answer is asked for alone, never in a list.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

use super::{Refusal, document, envelope};
use crate::operator::tolerant::{self, Findings, Node};

/// A document of 25 MiB in Base64, with line breaks, and what stands around it.
pub(super) const MAX_BYTES: usize = 36 * 1024 * 1024;
/// `%PDF-` may stand anywhere in the first so many bytes (ISO 32000-1, Annex H).
const HEAD: usize = 1_024;

/// A printed document as it stood in an answer.
#[derive(Clone, PartialEq, Eq)]
pub struct Content {
    /// Base64 in either alphabet, perhaps with white space, which is the caller's to skip.
    pub base64: String,
    /// Its media type as written.
    pub mime: Option<String>,
}

/// Nobody's invoice is put into a log.
impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Content").field("length", &self.base64.len()).field("mime", &self.mime).finish()
    }
}

/// Takes the content of the document with this id out of an answer of `GET /customerBill/{id}` or of TMF667
/// `GET /document/{id}`; with no id, or where none has it, of the first that is a PDF. None: there is none, or the one with
/// this id has no content, for which no other stands in.
///
/// The answer is taken apart and given back in parts: nothing is held twice.
pub fn read_content(body: Vec<u8>, id: Option<&str>) -> Result<Option<Content>, Refusal> {
    let mut value = tolerant::parse_within(&body, MAX_BYTES)?;
    drop(body);
    let envelope::Opened { nodes, .. } = envelope::open(
        Node::root(&value),
        |node| envelope::is_bill_or_part(node) || envelope::is_document(node),
        &mut Findings::default(),
    )?;
    let (mut found, mut is_there) = (None, false);
    for node in nodes {
        let alone = if document::is_attachment(node) { node.elements() } else { node.list(&[]) };
        for one in node.list(document::DOCUMENTS).chain(alone) {
            let is_meant = id.is_some() && one.text(&["id"]) == id;
            is_there |= is_meant;
            let Some(written) = one.one(&["content"]).filter(|text| text.as_text().is_some_and(looks_like_pdf)) else {
                continue;
            };
            if found.is_none() || is_meant {
                found = Some((written.place(), one.text(&["mimeType"]).map(super::text::short), is_meant));
            }
            if is_meant {
                break;
            }
        }
    }
    let Some((place, mime, _)) = found.filter(|(_, _, is_meant)| *is_meant || !is_there) else { return Ok(None) };
    Ok(take(&mut value, place).map(|base64| Content { base64, mime }))
}

/// Takes the text at a place out of a document.
fn take(value: &mut Value, place: tolerant::Place) -> Option<String> {
    if Node::root(value).place() == place {
        return match value.take() {
            Value::String(text) => Some(text),
            _ => None,
        };
    }
    match value {
        Value::Object(members) => members.values_mut().find_map(|member| take(member, place)),
        Value::Array(elements) => elements.iter_mut().find_map(|element| take(element, place)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Whether Base64 text begins as a PDF does.
pub(super) fn looks_like_pdf(text: &str) -> bool {
    const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
    let head = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).take(HEAD.div_ceil(3).saturating_mul(4));
    let head: Vec<u8> = head
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            byte => byte,
        })
        .collect();
    STANDARD.decode(head).is_ok_and(|bytes| bytes.windows(5).any(|window| window == b"%PDF-"))
}
