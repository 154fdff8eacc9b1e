//! Words in an operator's free text (`usageType`, `counterType`, names), compared without case, accents and punctuation.

/// Text folded for comparing: lower case, no accents, words set apart by one space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words(String);

/// Free text beyond this many characters is not looked at.
const MAX_CHARS: usize = 200;

impl Words {
    /// Folds `text`. `outOfBucket`, `OUT_OF_BUCKET` and `out-of-bucket` are the same three words.
    pub(crate) fn of(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len().min(MAX_CHARS).saturating_add(2));
        folded.push(' ');
        let mut after_lower = false;
        for c in text.chars().take(MAX_CHARS) {
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
        Words(folded)
    }

    /// Whether the words of `phrase` stand in it, one after the other. `phrase` is lower case and plain.
    pub(crate) fn has(&self, phrase: &str) -> bool {
        self.0.match_indices(phrase).any(|(at, _)| {
            let before = self.0.get(..at).is_some_and(|text| text.ends_with(' '));
            let after =
                self.0.get(at..).and_then(|text| text.get(phrase.len()..)).is_some_and(|text| text.starts_with(' '));
            before && after
        })
    }

    /// Whether one of the phrases stands in it.
    pub(crate) fn has_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.has(phrase))
    }

    /// Whether it begins with the words of one of the phrases.
    pub(crate) fn starts_with_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| {
            let rest = self.0.get(1..).and_then(|text| text.strip_prefix(phrase));
            rest.is_some_and(|rest| rest.starts_with(' '))
        })
    }

    /// Whether it begins with the letters of one of the stems, also within a longer word: `startunits`.
    pub(crate) fn begins_with_any(&self, stems: &[&str]) -> bool {
        self.0.get(1..).is_some_and(|text| stems.iter().any(|stem| text.starts_with(stem)))
    }

    /// Whether one of the stems stands in it, also within a longer word: `verjaardagscadeau`.
    pub(crate) fn contains_any(&self, stems: &[&str]) -> bool {
        stems.iter().any(|stem| self.0.contains(stem))
    }

    /// Whether it is one of the phrases and nothing else.
    pub(crate) fn is_any(&self, phrases: &[&str]) -> bool {
        let text = self.0.trim();
        phrases.contains(&text)
    }
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
