//! Signs that stand for those of ASCII: full-width forms (Unicode, block Halfwidth and Fullwidth Forms) and typesetters' hyphens.

use zeroize::Zeroizing;

/// The text with ASCII for what can be nothing else. A dash can be something else, so it stays.
pub(super) fn to_ascii(text: &str) -> Zeroizing<String> {
    let mut ascii = Zeroizing::new(String::with_capacity(text.len()));
    ascii.extend(text.chars().map(one));
    ascii
}

fn one(c: char) -> char {
    /// From `！` to `～`, in the order of ASCII from `!` on.
    const WIDER_BY: u32 = 0xfee0;
    match c {
        // Hyphen, non-breaking hyphen.
        '\u{2010}' | '\u{2011}' => '-',
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(WIDER_BY).and_then(char::from_u32).unwrap_or(c),
        other => other,
    }
}
