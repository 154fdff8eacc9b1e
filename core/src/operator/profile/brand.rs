//! What an operator's apps look like: two colours.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The operator's colours. Every other colour of the apps is made of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Brand {
    /// The colour of main actions.
    pub primary: Colour,
    /// The colour beside it.
    pub secondary: Colour,
}

impl Default for Brand {
    /// A blue and a grey of nobody's.
    fn default() -> Self {
        Brand { primary: Colour([0x1f, 0x5f, 0xa8]), secondary: Colour([0x55, 0x5f, 0x71]) }
    }
}

/// An opaque sRGB colour: red, green, blue. Written `#RRGGBB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Reads `#RRGGBB`.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let [_, red, green, blue] = hex(digits)?.to_be_bytes();
        Some(Colour([red, green, blue]))
    }
}

/// A sign is no digit, though [`u32::from_str_radix`] takes one.
fn hex(digits: &str) -> Option<u32> {
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Colour::parse(&text).ok_or_else(|| serde::de::Error::custom("is no colour of the form #RRGGBB"))
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let [red, green, blue] = self.0;
        serializer.collect_str(&format_args!("#{red:02X}{green:02X}{blue:02X}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_hexadecimal_digits() {
        assert_eq!(Colour::parse("#1F5fa8"), Some(Colour([0x1f, 0x5f, 0xa8])));
        for wrong in ["", "#", "1f5fa8", "#1f5fa", "#1f5fa80", "#1f5fag", "#+f5fa8", "#é5fa", "rgb(0,0,0)"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_colour_is_written_as_it_is_read() {
        let colour: Colour = serde_json::from_str(r##""#1F5FA8""##).unwrap();
        assert_eq!(serde_json::to_string(&colour).unwrap(), r##""#1F5FA8""##);
    }
}
