//! What an answer to a download means, from its head and from what is already here. Pure. A piece is put behind another
//! only where the server proves that both are of one document; in doubt everything is asked for anew.

use super::verify::{Digest, sha256_of_field};
use crate::operator::documents::Head;

/// What is already here, and what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held<'a> {
    /// How many bytes.
    pub length: u64,
    /// Their strong ETag.
    pub etag: Option<&'a str>,
    /// The length of the whole.
    pub total: Option<u64>,
    /// Whether a digest of the whole is known, which proves in the end what no ETag does.
    pub has_digest: bool,
    /// The digest of the whole as the server told it with the first bytes.
    pub told: Option<Digest>,
    /// The rest was asked for, from `length` on; not the whole.
    pub asked_for_rest: bool,
}

impl Held<'_> {
    /// Whether the rest may be asked for: only of something that can be recognised.
    pub fn can_go_on(&self) -> bool {
        self.length > 0 && (self.etag.is_some() || self.has_digest)
    }
}

/// What to do with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The body goes behind what is here.
    Append {
        /// The length of the whole.
        total: u64,
    },
    /// The body is the whole; what is here is dropped.
    StartOver {
        /// The length of the whole, where it is told.
        total: Option<u64>,
        /// Its strong ETag.
        etag: Option<String>,
    },
    /// Nothing is missing: what is here is verified.
    AlreadyWhole,
    /// The body is of no use, nor is what is here: the whole is asked for.
    AskAgain,
    /// The link is used up.
    NewTicket,
    /// The document is elsewhere.
    Redirect(String),
    /// Later.
    Retry {
        /// Seconds that the server asks for.
        after_seconds: Option<u32>,
    },
    /// The operator has not made the document yet.
    NotReady {
        /// Seconds that the server asks for.
        after_seconds: Option<u32>,
    },
    /// This leads nowhere.
    Refuse(Refusal),
}

/// Why an answer leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Larger than any bill.
    #[error("too large")]
    TooLarge,
    /// Compressed, although nothing of the kind was asked for.
    #[error("compressed unasked")]
    Encoded,
    /// A part, although the whole was asked for.
    #[error("part unasked")]
    UnaskedPart,
    /// A redirect that leads nowhere.
    #[error("redirect without an address")]
    NoLocation,
    /// A status that is no answer to a download.
    #[error("status {0}")]
    Status(u16),
}

/// Decides. `cap` is the largest document that is taken.
pub fn decide(held: &Held<'_>, head: &Head, cap: u64) -> Verdict {
    match head.status {
        200 => whole(held, head, cap),
        206 => part(held, head, cap),
        202 | 204 | 425 => Verdict::NotReady { after_seconds: head.retry_after_seconds },
        301 | 302 | 303 | 307 | 308 => match &head.location {
            Some(location) => Verdict::Redirect(location.clone()),
            None => Verdict::Refuse(Refusal::NoLocation),
        },
        401 | 403 | 410 => Verdict::NewTicket,
        412 if held.asked_for_rest => Verdict::AskAgain,
        416 if held.asked_for_rest => {
            let total = head.content_range.as_deref().and_then(unsatisfied_total);
            let whole = total == Some(held.length) && held.total.is_none_or(|known| Some(known) == total);
            if whole { Verdict::AlreadyWhole } else { Verdict::AskAgain }
        }
        408 | 429 | 500..=599 => Verdict::Retry { after_seconds: head.retry_after_seconds },
        status => Verdict::Refuse(Refusal::Status(status)),
    }
}

fn whole(held: &Held<'_>, head: &Head, cap: u64) -> Verdict {
    if is_encoded(head) {
        return Verdict::Refuse(Refusal::Encoded);
    }
    if head.content_range.is_some() {
        // The status says whole, the header says part.
        return if held.asked_for_rest { Verdict::AskAgain } else { Verdict::Refuse(Refusal::UnaskedPart) };
    }
    let total = content_length(head);
    if total.is_some_and(|total| total > cap) {
        return Verdict::Refuse(Refusal::TooLarge);
    }
    Verdict::StartOver { total, etag: strong(head.etag.as_deref()).map(str::to_owned) }
}

fn part(held: &Held<'_>, head: &Head, cap: u64) -> Verdict {
    if !held.asked_for_rest {
        return Verdict::Refuse(Refusal::UnaskedPart);
    }
    let Some(range) = head.content_range.as_deref().and_then(content_range) else { return Verdict::AskAgain };
    let same = match (held.etag, head.etag.as_deref()) {
        // A server that ignores If-Range tells so by another tag, or a weak one.
        (Some(ours), Some(theirs)) => ours == theirs,
        _ => held.has_digest,
    };
    let length = content_length(head);
    let fits = range.first == held.length
        && held.total.is_none_or(|known| known == range.total)
        && length.is_none_or(|length| Some(length) == range.last.saturating_sub(range.first).checked_add(1));
    // Of a part too it is the digest of the whole (RFC 9530 §3).
    let repr = head.repr_digest.as_deref().and_then(sha256_of_field);
    let is_another = held.told.zip(repr).is_some_and(|(ours, theirs)| ours != theirs);
    if is_encoded(head) || !same || !fits || is_another {
        return Verdict::AskAgain;
    }
    if range.total > cap {
        return Verdict::Refuse(Refusal::TooLarge);
    }
    Verdict::Append { total: range.total }
}

/// A `Content-Range` that tells everything (RFC 9110 §14.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Range {
    first: u64,
    last: u64,
    total: u64,
}

fn content_range(value: &str) -> Option<Range> {
    let (unit, rest) = value.trim().split_once(' ')?;
    let (range, total) = rest.trim().split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let range = Range { first: digits(first)?, last: digits(last)?, total: digits(total)? };
    (unit.eq_ignore_ascii_case("bytes") && range.first <= range.last && range.last < range.total).then_some(range)
}

/// `bytes */1234` of a 416.
fn unsatisfied_total(value: &str) -> Option<u64> {
    let (unit, rest) = value.trim().split_once(' ')?;
    let total = digits(rest.trim().strip_prefix("*/")?)?;
    unit.eq_ignore_ascii_case("bytes").then_some(total)
}

fn content_length(head: &Head) -> Option<u64> {
    digits(head.content_length.as_deref()?.trim())
}

fn digits(text: &str) -> Option<u64> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn is_encoded(head: &Head) -> bool {
    head.content_encoding.as_deref().is_some_and(|coding| !matches!(coding.trim(), "" | "identity"))
}

/// A strong entity tag (RFC 9110 §8.8.3); a weak one proves no byte.
pub fn strong(etag: Option<&str>) -> Option<&str> {
    let inner = etag?.strip_prefix('"')?.strip_suffix('"')?;
    let plain = inner.bytes().all(|byte| matches!(byte, b'!' | b'#'..=b'~'));
    (plain && inner.len() <= 512).then_some(etag?)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    const CAP: u64 = 1_000_000;
    const TAG: Option<&str> = Some("\"v1\"");

    fn head(status: u16, fields: &[(&str, &str)]) -> Head {
        let field = |name| fields.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Head {
            status,
            etag: field("etag"),
            content_length: field("length"),
            content_range: field("range"),
            content_encoding: field("encoding"),
            location: field("location"),
            repr_digest: field("digest"),
            retry_after_seconds: field("retry").map(|seconds| seconds.parse().unwrap()),
            ..Head::default()
        }
    }

    fn start_over(total: Option<u64>, etag: Option<&str>) -> Verdict {
        Verdict::StartOver { total, etag: etag.map(str::to_owned) }
    }

    #[test]
    fn an_answer_to_a_request_for_the_whole() {
        let asked = Held::default();
        let vectors = [
            (200, vec![("length", "500"), ("etag", "\"v1\"")], start_over(Some(500), TAG)),
            (200, vec![("length", "500"), ("etag", "W/\"v1\"")], start_over(Some(500), None)),
            (200, vec![("etag", "v1")], start_over(None, None)),
            (200, vec![("length", "five")], start_over(None, None)),
            (200, vec![("length", "500"), ("encoding", "identity")], start_over(Some(500), None)),
            (200, vec![("length", "500"), ("encoding", "gzip")], Verdict::Refuse(Refusal::Encoded)),
            (200, vec![("length", "1000001")], Verdict::Refuse(Refusal::TooLarge)),
            (200, vec![("range", "bytes 0-99/500")], Verdict::Refuse(Refusal::UnaskedPart)),
            (206, vec![("range", "bytes 0-499/500")], Verdict::Refuse(Refusal::UnaskedPart)),
            (202, vec![("retry", "60")], Verdict::NotReady { after_seconds: Some(60) }),
            (204, vec![], Verdict::NotReady { after_seconds: None }),
            (302, vec![("location", "/there")], Verdict::Redirect("/there".to_owned())),
            (308, vec![], Verdict::Refuse(Refusal::NoLocation)),
            (304, vec![], Verdict::Refuse(Refusal::Status(304))),
            (401, vec![], Verdict::NewTicket),
            (403, vec![], Verdict::NewTicket),
            (410, vec![], Verdict::NewTicket),
            (404, vec![], Verdict::Refuse(Refusal::Status(404))),
            (412, vec![], Verdict::Refuse(Refusal::Status(412))),
            (416, vec![("range", "bytes */0")], Verdict::Refuse(Refusal::Status(416))),
            (408, vec![], Verdict::Retry { after_seconds: None }),
            (429, vec![("retry", "7")], Verdict::Retry { after_seconds: Some(7) }),
            (503, vec![("retry", "7")], Verdict::Retry { after_seconds: Some(7) }),
            (500, vec![], Verdict::Retry { after_seconds: None }),
            (418, vec![], Verdict::Refuse(Refusal::Status(418))),
        ];
        for (status, fields, expected) in vectors {
            assert_eq!(decide(&asked, &head(status, &fields), CAP), expected, "{status} {fields:?}");
        }
    }

    #[test]
    fn an_answer_to_a_request_for_the_rest() {
        let held = Held { length: 100, etag: TAG, total: Some(500), asked_for_rest: true, ..Held::default() };
        let good = ("etag", "\"v1\"");
        let append = Verdict::Append { total: 500 };
        let vectors = [
            // The rest, whole or short: what still misses is asked for next.
            (206, vec![good, ("range", "bytes 100-499/500"), ("length", "400")], append.clone()),
            (206, vec![good, ("range", "bytes 100-199/500"), ("length", "100")], append.clone()),
            (206, vec![good, ("range", "bytes 100-499/500")], append.clone()),
            (206, vec![good, ("range", "Bytes 100-499/500"), ("encoding", "identity")], append),
            // Another part, another document, or none that could be told.
            (206, vec![good, ("range", "bytes 0-499/500")], Verdict::AskAgain),
            (206, vec![good, ("range", "bytes 99-499/500")], Verdict::AskAgain),
            (206, vec![good, ("range", "bytes 101-499/500")], Verdict::AskAgain),
            (206, vec![good, ("range", "bytes 100-599/600")], Verdict::AskAgain),
            (206, vec![good, ("range", "bytes 100-499/*")], Verdict::AskAgain),
            (206, vec![good, ("range", "bytes 100-500/500")], Verdict::AskAgain),
            (206, vec![good, ("range", "bytes 499-100/500")], Verdict::AskAgain),
            (206, vec![good, ("range", "bytes 100-499/500"), ("length", "500")], Verdict::AskAgain),
            (206, vec![good, ("range", "bytes 100-499/500"), ("encoding", "gzip")], Verdict::AskAgain),
            (206, vec![good, ("range", "lines 100-499/500")], Verdict::AskAgain),
            (206, vec![good, ("range", "bytes 100-18446744073709551616/500")], Verdict::AskAgain),
            (206, vec![good], Verdict::AskAgain),
            (206, vec![("etag", "\"v2\""), ("range", "bytes 100-499/500")], Verdict::AskAgain),
            (206, vec![("etag", "W/\"v1\""), ("range", "bytes 100-499/500")], Verdict::AskAgain),
            (206, vec![("range", "bytes 100-499/500")], Verdict::AskAgain),
            // The whole after all: the range was ignored, or the document is another one now.
            (200, vec![good, ("length", "500")], start_over(Some(500), TAG)),
            (200, vec![("etag", "\"v2\""), ("length", "700")], start_over(Some(700), Some("\"v2\""))),
            (200, vec![good, ("range", "bytes 100-499/500")], Verdict::AskAgain),
            (200, vec![good, ("encoding", "gzip")], Verdict::Refuse(Refusal::Encoded)),
            (412, vec![], Verdict::AskAgain),
            (416, vec![("range", "bytes */500")], Verdict::AskAgain),
            (416, vec![("range", "bytes */100")], Verdict::AskAgain),
            (416, vec![], Verdict::AskAgain),
            (403, vec![], Verdict::NewTicket),
        ];
        for (status, fields, expected) in vectors {
            assert_eq!(decide(&held, &head(status, &fields), CAP), expected, "{status} {fields:?}");
        }
    }

    #[test]
    fn a_part_of_a_document_with_another_digest_is_put_behind_nothing() {
        let ours = format!("sha-256=:{}:", STANDARD.encode([7; 32]));
        let theirs = format!("sha-256=:{}:", STANDARD.encode([8; 32]));
        let held = |told| Held { length: 100, etag: TAG, told, asked_for_rest: true, ..Held::default() };
        let cases = [
            (Some([7; 32]), Some(&ours), true),
            (Some([7; 32]), Some(&theirs), false),
            (Some([7; 32]), None, true),
            (None, Some(&theirs), true),
        ];
        for (told, digest, goes_on) in cases {
            let mut fields = vec![("etag", "\"v1\""), ("range", "bytes 100-499/500")];
            fields.extend(digest.map(|digest| ("digest", digest.as_str())));
            let expected = if goes_on { Verdict::Append { total: 500 } } else { Verdict::AskAgain };
            assert_eq!(decide(&held(told), &head(206, &fields), CAP), expected, "{told:?} {digest:?}");
        }
    }

    #[test]
    fn a_416_is_the_end_only_of_what_is_here_in_full() {
        let held = |length, total| Held { length, etag: TAG, total, asked_for_rest: true, ..Held::default() };
        let answer = head(416, &[("range", "bytes */500")]);
        assert_eq!(decide(&held(500, Some(500)), &answer, CAP), Verdict::AlreadyWhole);
        assert_eq!(decide(&held(500, None), &answer, CAP), Verdict::AlreadyWhole);
        assert_eq!(decide(&held(500, Some(600)), &answer, CAP), Verdict::AskAgain);
        assert_eq!(decide(&held(600, None), &answer, CAP), Verdict::AskAgain);
    }

    #[test]
    fn the_rest_is_asked_for_only_of_what_can_be_recognised() {
        let held = |length, etag, has_digest| Held { length, etag, has_digest, ..Held::default() };
        assert!(!held(0, TAG, true).can_go_on());
        assert!(!held(100, None, false).can_go_on());
        assert!(held(100, TAG, false).can_go_on());
        assert!(held(100, None, true).can_go_on());
        let without_tag = Held { asked_for_rest: true, ..held(100, None, true) };
        let answer = head(206, &[("range", "bytes 100-499/500")]);
        assert_eq!(decide(&without_tag, &answer, CAP), Verdict::Append { total: 500 }, "the digest will tell");
        let answer = head(206, &[("range", "bytes 100-1000000/1000001")]);
        assert_eq!(decide(&without_tag, &answer, CAP), Verdict::Refuse(Refusal::TooLarge));
    }

    #[test]
    fn only_strong_tags_count() {
        for (tag, expected) in [
            ("\"a\"", true),
            ("\"\"", true),
            ("W/\"a\"", false),
            ("a", false),
            ("\"a", false),
            ("\"a\"b\"", false),
            ("\"a b\"", false),
            ("\"\u{e9}\"", false),
            ("\"", false),
        ] {
            assert_eq!(strong(Some(tag)).is_some(), expected, "{tag:?}");
        }
    }
}
