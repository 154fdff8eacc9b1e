//! Text as people paste and type it: groups parted by blanks, line breaks of an e-mail, and marks nobody sees. What a person
//! cannot see must not make a code wrong.

/// Blanks of every width, line breaks, and marks without a width: joiners, soft hyphens, and those that set the direction of
/// writing. A control character is none of them.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::is_blank;

    #[test]
    fn what_nobody_sees_is_blank_and_a_control_character_is_not() {
        assert!(
            " \t\r\n\u{a0}\u{202f}\u{2009}\u{200b}\u{200e}\u{202a}\u{202c}\u{2066}\u{2069}\u{feff}\u{ad}"
                .chars()
                .all(is_blank)
        );
        assert!(!"\0\u{1b}\u{7f}-0aé$".chars().any(is_blank));
    }
}
