//! What is known of a document beside its bytes: kept sealed in its row, so that another run can go on with a part and can
//! hand on a whole, and can tell either from another person's.

use serde::{Deserialize, Serialize};

use super::Downloads;
use super::verify::{Digest, sha256_of_field};
use crate::operator::documents::Head;
use crate::store::DocumentRow;

/// Every field is optional: a server may tell none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    /// Its strong ETag.
    pub etag: Option<String>,
    /// Its length.
    pub total: Option<u64>,
    /// Its digest as a server told it.
    pub told: Option<Digest>,
    /// Its digest as the bytes have it, once they are verified.
    pub sha256: Option<Digest>,
}

impl Facts {
    /// As the head of an answer with the whole tells.
    pub fn of(head: &Head, total: Option<u64>, etag: Option<String>) -> Facts {
        let field = |field: &Option<String>| field.as_deref().and_then(sha256_of_field);
        // Of a whole, the message is the representation (RFC 9530 §3.1); else the former says nothing of it.
        let told = field(&head.repr_digest).or_else(|| field(&head.content_digest));
        Facts { etag, total, told, sha256: None }
    }
}

impl Downloads {
    /// What a row's facts are; none of a row that is another person's.
    pub(super) fn facts(&self, wish_key: &crate::store::DataKey, row: &DocumentRow) -> Option<Facts> {
        postcard::from_bytes(&wish_key.open(&place(row), &row.sealed)?).ok()
    }
}

/// What the facts are sealed to: moved to another row, they do not open.
pub(super) fn place(row: &DocumentRow) -> Vec<u8> {
    ["document row", &row.subject, &row.key, &row.file].join("\0").into_bytes()
}
