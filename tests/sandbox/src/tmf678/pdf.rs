//! A printed invoice as a small PDF (ISO 32000-1): one page of text, the same bytes each time.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

use crate::ids::sha256;

/// Documents from this size on are kept once they are made: it takes longer than sending them.
const LARGE: usize = 1024 * 1024;

/// A document as it is handed out.
#[derive(Clone)]
pub(super) struct Printed {
    pub(super) bytes: Bytes,
    pub(super) sha256: [u8; 32],
}

impl Printed {
    pub(super) fn of(bytes: Vec<u8>) -> Printed {
        Printed { sha256: sha256(&bytes), bytes: bytes.into() }
    }
}

/// The document of these lines, with so many bytes of nothing.
pub(super) fn printed(lines: Vec<String>, padding: usize) -> Printed {
    static LAST: Mutex<Option<(Vec<String>, usize, Printed)>> = Mutex::new(None);
    if padding < LARGE {
        return Printed::of(page(&lines, padding));
    }
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, _, printed)) = last.as_ref().filter(|(of, size, _)| *of == lines && *size == padding) {
        return printed.clone();
    }
    let made = Printed::of(page(&lines, padding));
    *last = Some((lines, padding, made.clone()));
    made
}

/// Lines from the top of an A4 page, in Helvetica, and so many bytes of nothing behind them.
fn page(lines: &[String], padding: usize) -> Vec<u8> {
    let mut text = String::from("BT /F1 11 Tf 56 786 Td 16 TL\n");
    for line in lines {
        text.push_str(&format!("({}) Tj T*\n", escaped(line)));
    }
    text.push_str("ET");
    let mut file = File { bytes: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec(), places: Vec::new() };
    file.object("<< /Type /Catalog /Pages 2 0 R >>");
    file.object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    file.object(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    );
    file.object(&stream(&text));
    file.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    if padding > 0 {
        file.object(&stream(&nothing(padding)));
    }
    file.finish()
}

/// Text that does not compress to nothing, and never the same twice in a row.
fn nothing(bytes: usize) -> String {
    let mut state: u32 = 2_463_534_242;
    let mut letter = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        char::from(b'a' + (state % 26) as u8)
    };
    (0..bytes).map(|_| letter()).collect()
}

fn stream(content: &str) -> String {
    format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// ASCII alone: other letters would need an encoding table.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '(' | ')' | '\\' => escaped.extend(['\\', c]),
            ' '..='~' => escaped.push(c),
            _ => escaped.push('?'),
        }
    }
    escaped
}

struct File {
    bytes: Vec<u8>,
    places: Vec<usize>,
}

impl File {
    fn object(&mut self, body: &str) {
        self.places.push(self.bytes.len());
        self.bytes.extend_from_slice(format!("{} 0 obj\n{body}\nendobj\n", self.places.len()).as_bytes());
    }

    fn finish(mut self) -> Vec<u8> {
        let start = self.bytes.len();
        let count = self.places.len() + 1;
        let mut tail = format!("xref\n0 {count}\n0000000000 65535 f \n");
        for place in &self.places {
            tail.push_str(&format!("{place:010} 00000 n \n"));
        }
        tail.push_str(&format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
        self.bytes.extend_from_slice(tail.as_bytes());
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_a_whole_pdf_whose_table_finds_its_objects() {
        for padding in [0, 5_000] {
            let bytes = page(&["Total (with VAT): 9.85".to_owned()], padding);
            assert_eq!(bytes, page(&["Total (with VAT): 9.85".to_owned()], padding));
            assert!(bytes.starts_with(b"%PDF-1.4\n") && bytes.ends_with(b"%%EOF\n"));
            let text = String::from_utf8_lossy(&bytes);
            let place = |at: &str| at.trim().parse::<usize>().unwrap();
            let start = place(text.split("startxref\n").nth(1).unwrap().split('\n').next().unwrap());
            assert!(bytes[start..].starts_with(b"xref\n0 "));
            let table = String::from_utf8_lossy(&bytes[start..]).into_owned();
            for (number, row) in table.lines().skip(3).take_while(|row| row.ends_with("n ")).enumerate() {
                let at = place(&row[..10]);
                assert!(bytes[at..].starts_with(format!("{} 0 obj", number + 1).as_bytes()), "{row}");
            }
            assert!(bytes.len() > padding);
        }
    }
}
