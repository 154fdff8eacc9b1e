//! Words in an operator's free text (`usageType`, `counterType`, names), compared without case, accents and punctuation.

/// A name or a state as one word: letters and digits alone, in lower case. `onHold`, `on_hold` and `On hold ` are the same.
pub(crate) fn folded(text: &str) -> String {
    text.chars().take(64).filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Text folded for comparing: lower case, no accents, words set apart by one space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    text: String,
    /// A bit for each of its words: most phrases are told apart by that alone.
    marks: u64,
}

/// Free text beyond this many characters is not looked at.
const MAX_CHARS: usize = 200;

impl Words {
    /// Folds `text`. `outOfBucket`, `OUT_OF_BUCKET` and `out-of-bucket` are the same three words.
    pub(crate) fn of(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len().min(MAX_CHARS).saturating_add(2));
        folded.push(' ');
        let mut after_lower = false;
        for c in text.chars().take(MAX_CHARS) {
            if c.is_ascii_lowercase() {
                folded.push(c);
                after_lower = true;
                continue;
            }
            if !c.is_alphanumeric() {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
                after_lower = false;
                continue;
            }
            if c.is_uppercase() && after_lower {
                folded.push(' ');
            }
            after_lower = c.is_lowercase() || c.is_ascii_digit();
            match plain(c) {
                Some(letters) => folded.push_str(letters),
                None => folded.extend(c.to_lowercase()),
            }
        }
        if !folded.ends_with(' ') {
            folded.push(' ');
        }
        let marks = folded.split(' ').fold(0, |marks, word| marks | mark(word));
        Words { text: folded, marks }
    }

    /// Whether the words of `phrase` stand in it, one after the other. `phrase` is lower case and plain.
    pub(crate) fn has(&self, phrase: &str) -> bool {
        self.marks & mark(phrase) != 0
            && self.text.match_indices(' ').any(|(space, _)| {
                self.text
                    .get(space.saturating_add(1)..)
                    .and_then(|rest| rest.strip_prefix(phrase))
                    .is_some_and(|rest| rest.starts_with(' '))
            })
    }

    /// Whether one of the phrases stands in it.
    pub(crate) fn has_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.has(phrase))
    }

    /// Whether it begins with the words of one of the phrases.
    pub(crate) fn starts_with_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| {
            let rest = self.text.get(1..).and_then(|text| text.strip_prefix(phrase));
            rest.is_some_and(|rest| rest.starts_with(' '))
        })
    }

    /// Whether it begins with the letters of one of the stems, also within a longer word: `startunits`.
    pub(crate) fn begins_with_any(&self, stems: &[&str]) -> bool {
        self.text.get(1..).is_some_and(|text| stems.iter().any(|stem| text.starts_with(stem)))
    }

    /// Whether one of the stems stands in it, also within a longer word: `verjaardagscadeau`.
    pub(crate) fn contains_any(&self, stems: &[&str]) -> bool {
        stems.iter().any(|stem| self.text.contains(stem))
    }

    /// Whether it is one of the phrases and nothing else.
    pub(crate) fn is_any(&self, phrases: &[&str]) -> bool {
        let text = self.text.trim();
        phrases.contains(&text)
    }
}

/// The bit of a text's first two letters, which share it with some others. A word of one letter ends with a space.
fn mark(text: &str) -> u64 {
    let mut bytes = text.bytes();
    bytes.next().map_or(0, |first| {
        let second = bytes.next().unwrap_or(b' ');
        1u64.wrapping_shl(u32::from(first).wrapping_mul(7).wrapping_add(u32::from(second)))
    })
}

/// The plain letters of an accented one, in the four languages of the product.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'â' | 'ä' | 'á' | 'À' | 'Â' | 'Ä' | 'Á' => "a",
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => "e",
        'î' | 'ï' | 'í' | 'Î' | 'Ï' | 'Í' => "i",
        'ô' | 'ö' | 'ó' | 'Ô' | 'Ö' | 'Ó' => "o",
        'û' | 'ü' | 'ù' | 'ú' | 'Û' | 'Ü' | 'Ù' | 'Ú' => "u",
        'ç' | 'Ç' => "c",
        'ß' => "ss",
        'œ' | 'Œ' => "oe",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_are_compared_without_case_accents_and_punctuation() {
        for text in ["outOfBucket", "OUT_OF_BUCKET", "out-of-bucket", " Out  of Bucket!", "out.of.bucket"] {
            assert!(Words::of(text).is_any(&["out of bucket"]), "{text}");
        }
        let words = Words::of("Données à l'étranger (Größe), 5GB");
        for phrase in ["donnees", "a l etranger", "etranger grosse", "5 gb"] {
            assert!(words.has(phrase), "{phrase} in {words:?}");
        }
        for phrase in ["donnee", "nees", "l", "etranger gros", "gb 5", "5 gb 1"] {
            assert_eq!(words.has(phrase), phrase == "l", "{phrase} in {words:?}");
        }
    }

    #[test]
    fn beginnings_and_stems_look_into_words() {
        let words = Words::of("startUnits Verjaardagscadeau");
        assert!(words.starts_with_any(&["start"]) && words.starts_with_any(&["start units"]));
        assert!(!words.starts_with_any(&["star"]) && words.begins_with_any(&["star"]));
        assert!(words.contains_any(&["cadeau"]) && !words.has("cadeau"));
        assert!(!Words::of("").has_any(&["a", ""]));
    }
}
