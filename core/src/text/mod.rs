//! The only room that knows languages: messages and formats in fr, nl, en, de.
//! A key exists in all four or in none.

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
pub mod explain;
impl Language {
    pub fn pick(_: &[String]) -> Language {
        Language::English
    }
    pub fn tag(self) -> &'static str {
        "en"
    }
}
