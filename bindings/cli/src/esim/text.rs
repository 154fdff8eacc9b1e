//! Bytes as text: UTF-8, or UTF-16 as some systems save a text, told by its byte order mark.

/// None: it is neither.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16(&units).ok().filter(|_| rest.is_empty())
    };
    match bytes {
        [0xff, 0xfe, text @ ..] => units(text, u16::from_le_bytes),
        [0xfe, 0xff, text @ ..] => units(text, u16::from_be_bytes),
        text => str::from_utf8(text).ok().map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn a_byte_order_mark_tells_utf_16() {
        for (bytes, expected) in [
            (&b"1$a"[..], Some("1$a")),
            (b"\xef\xbb\xbf1", Some("\u{feff}1")),
            (b"\xff\xfe1\0$\0\x1d\x20", Some("1$\u{201d}")),
            (b"\xfe\xff\x001\0$\x20\x1d", Some("1$\u{201d}")),
            (b"\xff\xfe1", None),
            (b"\xff\xfe\0\xd8", None),
            (b"1\xff", None),
            (b"", Some("")),
        ] {
            assert_eq!(decoded(bytes).as_deref(), expected, "{bytes:?}");
        }
    }
}
