//! Errors in an operator's own words, told apart from documents: every family of APIs has another shape for them.

use super::{Node, Words};

/// An error, of which nothing is repeated but its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorBody {
    /// Its code, when it looks like one (letters, digits, `-`, `_`, `.`).
    pub code: Option<String>,
}

impl ErrorBody {
    /// A stable code for support and for machines: of the oddity, not the operator's.
    pub const CODE: &'static str = "error_body";
}

impl std::fmt::Display for ErrorBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.code {
            Some(code) => write!(f, "The document is an error with the code {code}."),
            None => f.write_str("The document is an error."),
        }
    }
}

/// The shapes of an error: TMF630 {code, reason}, CAMARA {status, code, message}, MTN {status, error, path}, Orange
/// {code, description}, OAuth {error, error_description}.
pub(crate) fn error_body(node: Node<'_>) -> Option<ErrorBody> {
    const CODES: &[&str] = &["code", "errorCode", "resultCode", "statusCode", "error"];
    const WORDS: &[&str] = &[
        "reason",
        "message",
        "description",
        "cause",
        "error",
        "error_description",
        "errorMessage",
        "detail",
        "statusMessage",
    ];
    let node = match node.one(&["error"]) {
        Some(inner) if inner.value().is_object() => inner,
        _ => node,
    };
    node.value().as_object()?;
    let is_typed = Words::of(node.text(&["@type"]).unwrap_or("")).is_any(&["error"]);
    // A status in words is the life cycle of a product, a bill, a payment; only an HTTP status is one of an error.
    let http_status = || node.text(&["status"]).filter(|status| status.bytes().all(|byte| byte.is_ascii_digit()));
    let code = node.text(CODES).or_else(http_status);
    if !is_typed && (code.is_none() || node.get(WORDS).is_none()) {
        return None;
    }
    Some(ErrorBody { code: code.filter(|code| looks_like_a_code(code)).map(str::to_owned) })
}

/// Codes are for machines: short, without spaces, and without anything that could be somebody's number.
fn looks_like_a_code(code: &str) -> bool {
    let longest_run = code.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    code.len() <= 40
        && longest_run <= 5
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}
