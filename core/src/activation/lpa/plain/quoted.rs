//! Reply marks at the beginnings of lines, and quoted-printable (RFC 2045 §6.7), as where a mail's source is copied.

use zeroize::Zeroizing;

/// The text without either.
pub(super) fn without(text: &str) -> Zeroizing<String> {
    let text = &without_reply_marks(text);
    let is_encoded = is_quoted_printable(text);
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    for line in text.split_inclusive('\n') {
        // A line that holds a code and ends so goes on; after the name of a link's parameter the sign is the link's own.
        let held = line.trim_end().strip_suffix('=');
        let held = held.filter(|_| line.ends_with('\n') && (is_encoded || line.contains('$') || line.contains("%24")));
        push_decoded(&mut plain, held.unwrap_or(line), is_encoded);
    }
    plain
}

fn without_reply_marks(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    for line in text.split_inclusive('\n') {
        let is_of_a_mark = |c: char| matches!(c, '>' | ' ' | '\t');
        let marked = line.trim_start_matches([' ', '\t']).starts_with('>');
        plain.push_str(if marked { line.trim_start_matches(is_of_a_mark) } else { line });
    }
    plain
}

/// Whether each equals sign stands for another sign or for a broken line, and one of them for an equals sign, a delimiter or a
/// blank.
fn is_quoted_printable(text: &str) -> bool {
    let mut parts = text.split('=');
    let _before = parts.next();
    let mut is_sure = false;
    for part in parts {
        let is_break = part.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
        is_sure |= ["3D", "24", "20"].into_iter().any(|sure| part.starts_with(sure));
        if !is_break && byte(part).is_none() {
            return false;
        }
    }
    is_sure
}

/// Two digits, as they are written there.
fn byte(part: &str) -> Option<u8> {
    let digits = part.get(..2)?;
    let are_digits = digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'A'..=b'F'));
    u8::from_str_radix(digits, 16).ok().filter(|_| are_digits)
}

/// An equals sign that was encoded is one also beside others that were not.
fn push_decoded(plain: &mut String, line: &str, is_encoded: bool) {
    if !is_encoded {
        for (place, part) in line.split("=3D").enumerate() {
            plain.push_str(if place == 0 { "" } else { "=" });
            plain.push_str(part);
        }
        return;
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(line.len()));
    let mut parts = line.split('=');
    bytes.extend(parts.next().unwrap_or_default().bytes());
    for part in parts {
        match byte(part) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(part.bytes().skip(2));
            }
            None => {
                bytes.push(b'=');
                bytes.extend(part.bytes());
            }
        }
    }
    match std::str::from_utf8(&bytes) {
        Ok(decoded) => plain.push_str(decoded),
        // Of another character set than UTF-8.
        Err(_) => plain.push_str(line),
    }
}
