//! Whether the bytes that came are the document: its length, its digest where one is told, and the marks of a PDF. Bytes
//! decide, never a header that says what they are. Pages, and those that say "not ready yet", are recognised and told apart.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::digest::{Context, SHA256};

/// `%PDF-` stands within so many bytes of the beginning (ISO 32000-2, annex I).
pub const HEAD: usize = 1024;
/// `%%EOF` stands within so many bytes of the end.
pub const TAIL: usize = 2048;

/// A SHA-256.
pub type Digest = [u8; 32];

/// Why bytes are not the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Fewer or more than there should be.
    #[error("wrong length")]
    Length,
    /// Nothing tells whether it is all there.
    #[error("length unknown")]
    UnknownLength,
    /// Other bytes than the operator's.
    #[error("wrong digest")]
    Digest,
    /// It begins as a PDF and does not end as one.
    #[error("no end of a PDF")]
    NoEnd,
    /// Something else altogether.
    #[error("not a PDF: {0:?}")]
    NotAPdf(Instead),
    /// It is the operator's, but another document.
    #[error("another document")]
    Another,
    /// It is not even text of base64.
    #[error("not base64")]
    NotBase64,
    /// The server never comes to an end.
    #[error("endless")]
    Endless,
}

/// What came in a document's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// A page that says that the document is still being made.
    NotReady,
    /// Another page, such as one to sign in at: the operator's own, since nobody in between speaks for its address.
    Page,
    /// A JSON document, mostly an error.
    Json,
    /// Nothing.
    Nothing,
    /// Something else.
    Other,
}

/// Looks at the bytes as they come by.
#[derive(Clone)]
pub struct Checker {
    hash: Context,
    length: u64,
    head: Vec<u8>,
    tail: Vec<u8>,
}

impl std::fmt::Debug for Checker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Checker").field("length", &self.length).finish_non_exhaustive()
    }
}

impl Default for Checker {
    fn default() -> Self {
        Checker { hash: Context::new(&SHA256), length: 0, head: Vec::new(), tail: Vec::new() }
    }
}

/// What is known of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expected {
    /// How long it is.
    pub total: Option<u64>,
    /// Its digest.
    pub digest: Option<Digest>,
    /// The protocol told that the body is at its end.
    pub ended_by_itself: bool,
}

impl Checker {
    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.length = self.length.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        let room = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(bytes.get(..room).unwrap_or_default());
        let new = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or_default();
        let old = self.tail.len().saturating_add(new.len()).saturating_sub(TAIL).min(self.tail.len());
        self.tail.drain(..old);
        self.tail.extend_from_slice(new);
    }

    /// How many bytes came by.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Whether it begins as a PDF; an error as soon as it cannot any more. `is_all`: nothing more will come.
    pub fn beginning(&self, is_all: bool) -> Result<bool, Flaw> {
        match contains(&self.head, b"%PDF-") {
            true => Ok(true),
            false if self.head.len() < HEAD && !is_all => Ok(false),
            false => Err(self.not_a_pdf()),
        }
    }

    /// At the end: whether it is the document, and its digest.
    pub fn judge(&self, expected: &Expected) -> Result<Digest, Flaw> {
        if !contains(&self.head, b"%PDF-") {
            return Err(self.not_a_pdf());
        }
        if expected.total.is_some_and(|total| total != self.length) {
            return Err(Flaw::Length);
        }
        // A body that ends with its connection may have been cut anywhere.
        if expected.total.is_none() && expected.digest.is_none() && !expected.ended_by_itself {
            return Err(Flaw::UnknownLength);
        }
        let digest = self.hash.clone().finish().as_ref().try_into().map_err(|_| Flaw::Digest)?;
        if expected.digest.is_some_and(|expected| expected != digest) {
            return Err(Flaw::Digest);
        }
        if !contains(&self.tail, b"%%EOF") {
            return Err(Flaw::NoEnd);
        }
        Ok(digest)
    }

    fn not_a_pdf(&self) -> Flaw {
        Flaw::NotAPdf(instead(&self.head))
    }
}

/// What it is that begins like this and is no PDF.
pub fn instead(head: &[u8]) -> Instead {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii();
    let text = String::from_utf8_lossy(head).to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match head.first() {
        None => Instead::Nothing,
        Some(b'<' | b'{' | b'[') if says(NOT_READY) => Instead::NotReady,
        Some(b'<') => Instead::Page,
        Some(b'{' | b'[') => Instead::Json,
        Some(_) if says(NOT_READY) => Instead::NotReady,
        Some(_) => Instead::Other,
    }
}

/// How pages say that a document is still being made, in the operator's languages.
const NOT_READY: &[&str] = &[
    "not ready",
    "not yet available",
    "being generated",
    "being prepared",
    "inprogress",
    "in progress",
    "nog niet beschikbaar",
    "nog niet klaar",
    "wordt aangemaakt",
    "pas encore disponible",
    "en cours de préparation",
    "en cours de génération",
    "noch nicht verfügbar",
    "wird erstellt",
];

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}

/// The SHA-256 in a `Repr-Digest` or `Content-Digest` (RFC 9530 §2, a dictionary of byte sequences, RFC 9651 §3.3.5).
pub fn sha256_of_field(field: &str) -> Option<Digest> {
    let member = field.split(',').find_map(|member| {
        let (name, value) = member.split_once('=')?;
        name.trim().eq_ignore_ascii_case("sha-256").then_some(value)
    })?;
    let value = member.split(';').next()?.trim();
    decoded(value.strip_prefix(':')?.strip_suffix(':')?)
}

/// What a SHA-256 may stand behind.
const NAMES: &[&str] = &["sha-256=", "sha-256:", "sha256:", "sha256="];

/// A SHA-256 as APIs write it: 64 hexadecimal digits, or base64 in either alphabet, also behind its name as in RFC 9530
/// (`sha-256=:…:`).
pub fn sha256_of_text(text: &str) -> Option<Digest> {
    let text = text.trim();
    let named = NAMES.iter().find_map(|name| {
        let (head, rest) = text.split_at_checked(name.len())?;
        head.eq_ignore_ascii_case(name).then_some(rest)
    });
    let text = named.unwrap_or(text).trim().trim_matches(':');
    if text.len() != 64 {
        return decoded(text).or_else(|| URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok());
    }
    let mut digest = [0; 32];
    for (byte, pair) in digest.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok().filter(|pair| !pair.contains('+'))?, 16).ok()?;
    }
    Some(digest)
}

fn decoded(base64: &str) -> Option<Digest> {
    STANDARD.decode(base64).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checker(bytes: &[u8], step: usize) -> Checker {
        let mut checker = Checker::default();
        bytes.chunks(step).for_each(|piece| checker.update(piece));
        checker
    }

    fn digest_of(bytes: &[u8]) -> Digest {
        ring::digest::digest(&SHA256, bytes).as_ref().try_into().unwrap()
    }

    fn pdf(filling: usize) -> Vec<u8> {
        [b"%PDF-1.7\n".as_slice(), &vec![b'x'; filling], b"\n%%EOF\n"].concat()
    }

    #[test]
    fn a_document_is_judged_by_its_bytes_however_they_come() {
        let good = pdf(5000);
        let total = Some(u64::try_from(good.len()).unwrap());
        let digest = digest_of(&good);
        let known = Expected { total, ..Expected::default() };
        let junk_first = [vec![b' '; 1000], pdf(10)].concat();
        let junk_last = [pdf(10), vec![b' '; 2000]].concat();
        let too_much_first = [vec![b'x'; 1024], pdf(10)].concat();
        let too_much_last = [pdf(10), vec![b' '; 2048]].concat();
        let by_itself = Expected { ended_by_itself: true, ..Expected::default() };
        let vectors = [
            (good.clone(), known, Ok(())),
            (good.clone(), Expected { digest: Some(digest), ..known }, Ok(())),
            (good.clone(), Expected { digest: Some(digest), ..Expected::default() }, Ok(())),
            (good.clone(), by_itself, Ok(())),
            (good.clone(), Expected::default(), Err(Flaw::UnknownLength)),
            (good.clone(), Expected { total: Some(5), ..known }, Err(Flaw::Length)),
            (good.clone(), Expected { digest: Some([0; 32]), ..known }, Err(Flaw::Digest)),
            (good[..good.len() - 20].to_vec(), by_itself, Err(Flaw::NoEnd)),
            (good[..good.len() - 20].to_vec(), known, Err(Flaw::Length)),
            (junk_first, by_itself, Ok(())),
            (junk_last, by_itself, Ok(())),
            (too_much_first, by_itself, Err(Flaw::NotAPdf(Instead::Other))),
            (too_much_last, by_itself, Err(Flaw::NoEnd)),
        ];
        for (bytes, expected, outcome) in vectors {
            for step in [1, 7, 1023, 4096, 100_000] {
                let judged = checker(&bytes, step).judge(&expected);
                assert_eq!(judged.map(|found| assert_eq!(found, digest_of(&bytes))), outcome, "in steps of {step}");
            }
        }
    }

    #[test]
    fn what_comes_in_a_documents_place_is_recognised() {
        let vectors = [
            ("", Instead::Nothing),
            (" \r\n", Instead::Nothing),
            ("<!DOCTYPE html><html><form><input type=\"password\">", Instead::Page),
            ("\u{feff}<html><title>Free WiFi hotspot</title>", Instead::Page),
            ("<html><body>Uw factuur is nog niet beschikbaar", Instead::NotReady),
            ("<html><body>Votre facture n'est PAS ENCORE DISPONIBLE", Instead::NotReady),
            ("<p>Ihre Rechnung ist noch nicht verfügbar", Instead::NotReady),
            ("{\"state\":\"inProgress\"}", Instead::NotReady),
            ("Your document is not ready", Instead::NotReady),
            ("{\"error\":\"expired\"}", Instead::Json),
            ("<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code>", Instead::Page),
            ("PK\u{3}\u{4}", Instead::Other),
        ];
        for (body, expected) in vectors {
            let judged = checker(body.as_bytes(), 16).judge(&Expected { ended_by_itself: true, ..Expected::default() });
            assert_eq!(judged, Err(Flaw::NotAPdf(expected)), "{body:?}");
        }
    }

    #[test]
    fn a_page_is_known_before_it_ends() {
        let page = format!("<html>{}", "a".repeat(HEAD));
        assert_eq!(checker(page.as_bytes(), 100).beginning(false), Err(Flaw::NotAPdf(Instead::Page)));
        assert_eq!(checker(&page.as_bytes()[..500], 100).beginning(false), Ok(false));
        assert_eq!(checker(&page.as_bytes()[..500], 100).beginning(true), Err(Flaw::NotAPdf(Instead::Page)));
        assert_eq!(checker(&pdf(3000)[..5], 100).beginning(false), Ok(true));
    }

    #[test]
    fn digests_are_read_and_nonsense_is_not() {
        let digest = digest_of(b"document");
        let text = STANDARD.encode(digest);
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        for (field, known) in [
            (format!("sha-256=:{text}:"), true),
            (format!("sha-512=:AAAA:, sha-256=:{text}:"), true),
            (format!("SHA-256 = :{text}: ;q=1"), true),
            (format!("sha-256={text}"), false),
            (format!("sha-256=:{}:", &text[..40]), false),
            (format!("md5=:{text}:"), false),
            (String::new(), false),
        ] {
            assert_eq!(sha256_of_field(&field), known.then_some(digest), "{field}");
        }
        for (told, known) in [
            (text.clone(), true),
            (URL_SAFE_NO_PAD.encode(digest), true),
            (hex.to_uppercase(), true),
            (format!(" {hex} "), true),
            (format!("SHA-256:{hex}"), true),
            (format!("sha256={text}"), true),
            (format!("sha-256=:{text}:"), true),
            (hex[1..].to_owned(), false),
            ("sha-256=".to_owned(), false),
            ("md5:d41d8cd98f00b204e9800998ecf8427e".to_owned(), false),
            ("é".repeat(32), false),
            (String::new(), false),
        ] {
            assert_eq!(sha256_of_text(&told), known.then_some(digest), "{told}");
        }
        assert_eq!(sha256_of_text(&"+1".repeat(32)), None);
    }
}
