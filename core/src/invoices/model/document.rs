//! Where the bytes of a printed document are. What is said of them here is a hint: the bytes themselves are judged when they
//! come.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One printed document of a bill (TMF678 `billDocument`: `Attachment` or `AttachmentRef`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillDocument {
    /// The operator's id.
    pub id: Option<String>,
    /// How to get it.
    pub source: DocumentSource,
    /// Its media type in lower case, without parameters.
    pub mime: Option<String>,
    /// What it is for: `summary`, `detail`, `cdr-csv`. As written.
    pub purpose: Option<String>,
    /// How many bytes it has, as the operator says: a hint.
    pub size_hint: Option<u64>,
    /// Until when the address is good; none: not told, or for ever.
    pub valid_until: Option<Timestamp>,
    /// SHA-256 of its bytes, in lower-case hexadecimal, where the operator tells it.
    pub sha256: Option<String>,
    /// When the operator last changed it.
    pub last_update: Option<Timestamp>,
}

/// How to get a document.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentSource {
    /// In the answer itself, as Base64: read the bill (or the document) again and take it from there.
    Content,
    /// At an address, which may be signed, on another host, and good for a short time.
    Url(String),
    /// In the document store: TMF667 `GET /document/{id}`.
    Reference(String),
}

/// A signed address is as good as the document.
impl std::fmt::Debug for DocumentSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DocumentSource::Content => f.write_str("Content"),
            DocumentSource::Url(_) => f.write_str("Url(_)"),
            DocumentSource::Reference(id) => f.debug_tuple("Reference").field(id).finish(),
        }
    }
}
