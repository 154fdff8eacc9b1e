//! Documents that come as text inside an answer (base64, RFC 4648), decoded as they come: neither the text nor the document
//! is held as a whole. Both alphabets, with or without padding, whatever white space stands between.

use super::verify::Flaw;

/// Decodes piece by piece.
#[derive(Debug, Default)]
pub struct Decoder {
    /// Bits that do not make a byte yet, and how many.
    bits: u32,
    count: u32,
    /// Characters of the alphabet so far.
    characters: u64,
    /// Characters of padding so far: nothing follows them.
    padding: u64,
}

impl Decoder {
    /// Decodes a piece, behind what `out` holds.
    pub fn push(&mut self, text: &[u8], out: &mut Vec<u8>) -> Result<(), Flaw> {
        for &c in text {
            let value = match c {
                b'A'..=b'Z' => c.wrapping_sub(b'A'),
                b'a'..=b'z' => c.wrapping_sub(b'a').wrapping_add(26),
                b'0'..=b'9' => c.wrapping_sub(b'0').wrapping_add(52),
                b'+' | b'-' => 62,
                b'/' | b'_' => 63,
                b'=' => {
                    self.padding = self.padding.saturating_add(1);
                    continue;
                }
                b' ' | b'\t' | b'\r' | b'\n' => continue,
                _ => return Err(Flaw::NotBase64),
            };
            if self.padding > 0 {
                return Err(Flaw::NotBase64);
            }
            self.characters = self.characters.saturating_add(1);
            self.bits = (self.bits << 6) | u32::from(value);
            self.count = self.count.saturating_add(6);
            if self.count >= 8 {
                self.count = self.count.saturating_sub(8);
                out.push(u8::try_from((self.bits >> self.count) & 0xff).unwrap_or_default());
            }
        }
        Ok(())
    }

    /// At the end: whether the text was whole.
    pub fn finish(&self) -> Result<(), Flaw> {
        let left_over = self.bits & !u32::MAX.checked_shl(self.count).unwrap_or(0);
        let groups = self.characters.saturating_add(self.padding) % 4;
        let whole = self.count < 6 && left_over == 0 && (self.padding == 0 || groups == 0) && self.padding < 3;
        if whole { Ok(()) } else { Err(Flaw::NotBase64) }
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    use super::*;

    fn decoded(text: &[u8], step: usize) -> Result<Vec<u8>, Flaw> {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        text.chunks(step).try_for_each(|piece| decoder.push(piece, &mut out))?;
        decoder.finish().map(|()| out)
    }

    #[test]
    fn text_that_is_cut_or_no_base64_is_refused() {
        for text in
            ["A", "AAAAA", "AB", "AA=", "AA===", "AA==AA", "====", "AAAA=", "AAAA A", "AA.A", "\"AAAA\"", "bill!"]
        {
            assert_eq!(decoded(text.as_bytes(), 3), Err(Flaw::NotBase64), "{text}");
        }
        assert_eq!(decoded(b"bill", 1), Ok(vec![110, 41, 101]), "the official sample is base64 of nothing sensible");
    }

    proptest! {
        #![proptest_config(crate::trials::config(500))]

        #[test]
        fn every_spelling_of_the_same_bytes_decodes_to_them(bytes in prop::collection::vec(any::<u8>(), 0..300), step in 1..90usize) {
            for engine in [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD] {
                let text = engine.encode(&bytes);
                prop_assert_eq!(decoded(text.as_bytes(), step), Ok(bytes.clone()));
                let lines: Vec<u8> = text.as_bytes().chunks(76).flat_map(|line| [line, b"\r\n".as_slice()].concat()).collect();
                prop_assert_eq!(decoded(&lines, step), Ok(bytes.clone()));
            }
        }
    }
}
