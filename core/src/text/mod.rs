//! The only room that knows languages: messages and formats in fr, nl, en, de.
//! A key exists in all four or in none; every text comes with the form a screen reader speaks.

pub mod dates;
pub mod explain;
pub mod line;
pub mod messages;
pub mod money;
pub mod notice;
pub mod number;
pub mod request;
pub mod typed;
pub mod volume;

/// A text and how a screen reader says it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Text {
    /// As drawn.
    pub text: String,
    /// As spoken: amounts, dates and numbers in words a screen reader does not garble.
    pub spoken: String,
}

/// The languages of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Dutch as in Belgium (nl-BE).
    Dutch,
    /// French as in Belgium (fr-BE).
    French,
    /// English with British formats (en-GB; en-BE mixes two separator styles).
    English,
    /// German as in Belgium (de-BE).
    German,
}

impl Language {
    /// Every language of the product, in the order in which one stands in for another.
    pub const ALL: [Language; 4] = [Language::Dutch, Language::French, Language::English, Language::German];

    /// The first of a person's preferences (BCP 47 tags, best first) that the product speaks, whatever its region or
    /// script: `fr-CH` is French. Dutch when none is, the first language of the operator's market.
    pub fn pick(preferences: &[String]) -> Language {
        preferences.iter().find_map(|tag| Self::of_tag(tag)).unwrap_or(Language::Dutch)
    }

    /// The locale whose formats are used.
    pub const fn locale(self) -> &'static str {
        match self {
            Language::Dutch => "nl-BE",
            Language::French => "fr-BE",
            Language::English => "en-GB",
            Language::German => "de-BE",
        }
    }

    /// The language alone (BCP 47 primary subtag), as asked of the operator.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::Dutch => "nl",
            Language::French => "fr",
            Language::English => "en",
            Language::German => "de",
        }
    }

    /// The language of a BCP 47 tag, whatever its region or script.
    pub fn of_tag(tag: &str) -> Option<Language> {
        // Android writes an underscore in some places where BCP 47 has a hyphen.
        let primary = tag.trim().split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}

impl Text {
    /// A text that is spoken as it is drawn.
    pub fn plain(text: impl Into<String>) -> Text {
        let text = text.into();
        Text { spoken: text.clone(), text }
    }

    /// A foreign name, made safe to draw: control and direction marks removed, white space folded, at most 100 characters.
    pub fn foreign(name: &str) -> Text {
        const LONGEST: usize = 100;
        let visible: String = name.chars().map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c }).collect();
        let visible: String = visible.chars().filter(|c| !is_direction_mark(*c)).collect();
        let folded = visible.split_whitespace().collect::<Vec<_>>().join(" ");
        if folded.chars().count() <= LONGEST {
            return Text::plain(folded);
        }
        let kept: String = folded.chars().take(LONGEST.saturating_sub(1)).collect();
        Text { text: format!("{}…", kept.trim_end()), spoken: kept }
    }

    /// Sentences after one another.
    pub fn sentences(parts: &[Text]) -> Text {
        Self::join(parts, " ", " ")
    }

    /// Facts after one another.
    pub fn list(parts: &[Text]) -> Text {
        Self::join(parts, " · ", ", ")
    }

    fn join(parts: &[Text], drawn: &str, spoken: &str) -> Text {
        let join = |form: fn(&Text) -> &str, separator: &str| {
            parts.iter().map(form).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(separator)
        };
        Text { text: join(|part| &part.text, drawn), spoken: join(|part| &part.spoken, spoken) }
    }
}

/// Marks that would let a foreign name reorder or hide the text around it.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_supported_preference_wins_and_dutch_stands_in() {
        let cases: &[(&[&str], Language)] = &[
            (&["nl-BE"], Language::Dutch),
            (&["nl"], Language::Dutch),
            (&["fr-CH", "de"], Language::French),
            (&["FR"], Language::French),
            (&["en-Latn-US"], Language::English),
            (&["de_AT"], Language::German),
            (&["pl-PL", "de-DE", "fr"], Language::German),
            (&["ar", "tr"], Language::Dutch),
            (&[], Language::Dutch),
            (&["", "-", "fry"], Language::Dutch),
            (&["frr", "en"], Language::English),
        ];
        for (preferences, expected) in cases {
            let preferences: Vec<String> = preferences.iter().map(|tag| (*tag).to_owned()).collect();
            assert_eq!(Language::pick(&preferences), *expected, "{preferences:?}");
        }
    }

    #[test]
    fn a_foreign_name_cannot_reorder_break_or_flood_the_screen() {
        let cases = [
            ("Weekend\ngift", "Weekend gift"),
            ("  Data \t 5 GB ", "Data 5 GB"),
            ("abc\u{202E}def\u{2066}", "abcdef"),
            ("", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(Text::foreign(name).text, expected);
        }
        let long = Text::foreign(&"x".repeat(500));
        assert_eq!(long.text.chars().count(), 100);
        assert!(long.text.ends_with('…') && !long.spoken.contains('…'));
    }
}
