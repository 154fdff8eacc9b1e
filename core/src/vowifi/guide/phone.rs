//! What a phone, or its person, says of itself. All of it is foreign text in many spellings; what is not understood is not
//! known, and never guessed.

use super::model::{Platform, Skin, Text, Together};
use crate::text::Language;

const MAX_CHARS: usize = 100;
const MAX_SIMS: usize = 8;

/// A phone, as it says itself. Any text may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// What it runs.
    pub platform: Platform,
    /// Who made it: `samsung`, `HMD Global`, `Xiaomi`.
    pub maker: String,
    /// Under which brand it is sold: `Redmi`.
    pub brand: String,
    /// Its model: `SM-S918B`, `iPhone15,2`.
    pub model: String,
    /// The version of its system: `18.1.1`, `14`, `UP1A.231005.007`.
    pub os_version: String,
    /// What its maker put over Android, where that can be read: `One UI`, `HyperOS 2.0`.
    pub skin: String,
    /// The version of it: `6.1`, `60101`, `V14.0.3.0`, `V816.0.2.0`.
    pub skin_version: String,
    /// The language of the phone (BCP 47), which is that of its labels.
    pub language: String,
    /// Its SIMs.
    pub sims: Sims,
    /// Whether an administrator manages it.
    pub is_managed: bool,
}

/// The SIMs of a phone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sims {
    /// How many are active. None: not known.
    pub count: Option<u8>,
    /// Country and network code of each, where the phone says so: `20605`, `206-05`.
    pub plmns: Vec<String>,
}

/// A phone as far as it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) platform: Platform,
    pub(super) maker: String,
    pub(super) brand: String,
    pub(super) model: String,
    pub(super) os: Option<u16>,
    pub(super) skin: Option<Skin>,
    pub(super) skin_version: Option<u16>,
    pub(super) language: Option<Language>,
    pub(super) sims: Option<Together>,
    pub(super) plmns: Vec<Option<String>>,
}

impl Seen {
    pub(super) fn of(phone: &Phone) -> Self {
        let (skin, skin_version) = skin(&folded(&phone.skin), &folded(&phone.skin_version));
        let sims = phone.sims.count.or_else(|| u8::try_from(phone.sims.plmns.len()).ok());
        Seen {
            platform: phone.platform,
            maker: folded(&phone.maker),
            brand: folded(&phone.brand),
            model: folded(&phone.model),
            os: os(phone.platform, &folded(&phone.os_version)),
            skin,
            skin_version,
            language: Language::of_tag(&folded(&phone.language)),
            sims: match sims {
                None | Some(0) => None,
                Some(1) => Some(Together::One),
                Some(2..) => Some(Together::Two),
            },
            plmns: phone.sims.plmns.iter().take(MAX_SIMS).map(|plmn| self::plmn(plmn)).collect(),
        }
    }

    /// Whether a maker is one of these; `hmd global` is also `hmd`.
    pub(super) fn is_made_by(&self, makers: &[Text]) -> bool {
        makers.iter().any(|maker| is_named(&self.maker, maker.as_str()))
    }

    pub(super) fn is_branded(&self, brands: &[Text]) -> bool {
        brands.iter().any(|brand| is_named(&self.brand, brand.as_str()))
    }
}

fn is_named(seen: &str, name: &str) -> bool {
    seen.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Lower case, one blank between words, and not more of it than a name has.
fn folded(text: &str) -> String {
    let short: String = text.chars().take(MAX_CHARS).collect();
    let words: Vec<_> =
        short.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    words.join(" ").to_lowercase()
}

/// Country and network code, digits alone (E.212).
fn plmn(text: &str) -> Option<String> {
    let digits: String = text.chars().take(MAX_CHARS).filter(|c| !matches!(c, '-' | ' ' | '/')).collect();
    (matches!(digits.len(), 5 | 6) && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// The main number of a version of the system.
fn os(platform: Platform, text: &str) -> Option<u16> {
    let names: &[&str] = match platform {
        Platform::Ios => &["ios", "iphone os"],
        Platform::Android => &["android"],
    };
    let named = names.iter().find_map(|name| text.strip_prefix(name)).unwrap_or(text);
    let bare = named.trim_start();
    if let (Platform::Android, Some(version)) = (platform, build(bare)) {
        return Some(version);
    }
    let (number, rest) = leading_number(bare)?;
    // `12L` and `15 QPR1` are versions, `34abc` and `1A` are none.
    let ends = rest.is_empty() || rest.starts_with(['.', ' ', '(', ',']) || rest == "l";
    (ends && number > 0).then_some(number)
}

/// The version within the name of a build: until 2023 its first letter told it.
fn build(text: &str) -> Option<u16> {
    let mut letters = text.chars();
    let (first, second, third, fourth) = (letters.next()?, letters.next()?, letters.next()?, letters.next()?);
    let is_build = second.is_ascii_lowercase()
        && third.is_ascii_digit()
        && fourth.is_ascii_alphanumeric()
        && letters.next().is_none_or(|next| !next.is_alphanumeric());
    match first {
        'q' if is_build => Some(10),
        'r' if is_build => Some(11),
        's' if is_build => Some(12),
        't' if is_build => Some(13),
        'u' if is_build => Some(14),
        _ => None,
    }
}

/// Digits at the beginning, and what follows them.
fn leading_number(text: &str) -> Option<(u16, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((digits.parse().ok()?, rest))
}

/// Which skin, and its main version.
fn skin(name: &str, version: &str) -> (Option<Skin>, Option<u16>) {
    const NAMES: &[(&str, Skin)] = &[
        ("oneui", Skin::OneUi),
        ("hyperos", Skin::HyperOs),
        ("miui", Skin::Miui),
        ("coloros", Skin::ColorOs),
        ("realmeui", Skin::RealmeUi),
        ("oxygenos", Skin::OxygenOs),
        ("emui", Skin::Emui),
        ("magicos", Skin::MagicOs),
        ("magicui", Skin::MagicOs),
    ];
    let close: String = name.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).collect();
    let named = NAMES.iter().find_map(|(name, skin)| close.split_once(name).map(|(_, rest)| (*skin, rest)));
    let told = first_number(version).or_else(|| first_number(named.map_or("", |(_, rest)| rest)));
    // Xiaomi counts HyperOS 1 as version 816 of MIUI, and calls later ones OS2, OS3.
    let by_version = version.strip_prefix("os").and_then(first_number).map(|number| (Skin::HyperOs, number));
    match (named.map(|(skin, _)| skin), told) {
        (None | Some(Skin::Miui | Skin::HyperOs), _) if by_version.is_some() => {
            let (skin, number) = by_version.unzip();
            (skin, number.and_then(|number| u16::try_from(number).ok()))
        }
        (Some(Skin::Miui | Skin::HyperOs), Some(800..)) => (Some(Skin::HyperOs), Some(1)),
        // Samsung's own property is 60101 for 6.1.1.
        (Some(Skin::OneUi), Some(number @ 10_000..)) => {
            (Some(Skin::OneUi), number.checked_div(10_000).and_then(|number| u16::try_from(number).ok()))
        }
        (skin, told) => (skin, skin.and(told).and_then(|number| u16::try_from(number).ok())),
    }
}

/// The first number in a text, of up to six digits.
fn first_number(text: &str) -> Option<u32> {
    let (_, from) = text.split_at_checked(text.find(|c: char| c.is_ascii_digit())?)?;
    let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
    let digits = from.get(..end)?;
    (digits.len() <= 6).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_the_system_are_read_in_every_spelling() {
        let vectors = [
            (Platform::Ios, "18.1.1", Some(18)),
            (Platform::Ios, "iOS 26.0", Some(26)),
            (Platform::Ios, " 17 ", Some(17)),
            (Platform::Ios, "iPhone OS 15.8.3", Some(15)),
            (Platform::Ios, "18.0 (22A5282m)", Some(18)),
            (Platform::Ios, "eighteen", None),
            (Platform::Ios, "22A5282m", None),
            (Platform::Android, "14", Some(14)),
            (Platform::Android, "Android 13", Some(13)),
            (Platform::Android, "android14", Some(14)),
            (Platform::Android, "12L", Some(12)),
            (Platform::Android, "15 QPR1", Some(15)),
            (Platform::Android, "8.1.0", Some(8)),
            (Platform::Android, "UP1A.231005.007", Some(14)),
            (Platform::Android, "UP1A…", Some(14)),
            (Platform::Android, "TQ3A.230901.001", Some(13)),
            (Platform::Android, "AP4A.250205.002", None),
            (Platform::Android, "Tiramisu", None),
            (Platform::Android, "1A", None),
            (Platform::Android, "0", None),
            (Platform::Android, "-14", None),
            (Platform::Android, "99999", None),
            (Platform::Android, "", None),
            (Platform::Android, "١٤", None),
        ];
        for (platform, text, expected) in vectors {
            assert_eq!(os(platform, &folded(text)), expected, "{text}");
        }
    }

    #[test]
    fn skins_are_read_in_every_spelling() {
        let vectors = [
            ("One UI", "6.1", Some(Skin::OneUi), Some(6)),
            ("OneUI 6.1", "", Some(Skin::OneUi), Some(6)),
            ("One UI", "60101", Some(Skin::OneUi), Some(6)),
            ("ONE-UI 8", "", Some(Skin::OneUi), Some(8)),
            ("MIUI", "V14.0.3.0.TMOEUXM", Some(Skin::Miui), Some(14)),
            ("MIUI 12", "", Some(Skin::Miui), Some(12)),
            ("MIUI", "V816.0.2.0.UNCEUXM", Some(Skin::HyperOs), Some(1)),
            ("", "V816.0.2.0.UNCEUXM", None, None),
            ("MIUI", "OS2.0.3.0.VNCEUXM", Some(Skin::HyperOs), Some(2)),
            ("", "OS2.0.3.0.VNCEUXM", Some(Skin::HyperOs), Some(2)),
            ("HyperOS 2.0", "", Some(Skin::HyperOs), Some(2)),
            ("Xiaomi HyperOS", "1.0.5.0", Some(Skin::HyperOs), Some(1)),
            ("ColorOS", "V12.1", Some(Skin::ColorOs), Some(12)),
            ("realme UI", "3.0", Some(Skin::RealmeUi), Some(3)),
            ("Oxygen OS", "13.1", Some(Skin::OxygenOs), Some(13)),
            ("EMUI", "12.0.0", Some(Skin::Emui), Some(12)),
            ("MagicOS 8.0", "", Some(Skin::MagicOs), Some(8)),
            ("One UI", "", Some(Skin::OneUi), None),
            ("One UI", "123456789", Some(Skin::OneUi), None),
            ("LineageOS", "21", None, None),
            ("", "", None, None),
        ];
        for (name, version, is, number) in vectors {
            assert_eq!(skin(&folded(name), &folded(version)), (is, number), "{name} {version}");
        }
    }

    #[test]
    fn codes_of_sims_are_digits() {
        let vectors = [
            ("20605", Some("20605")),
            ("206-05", Some("20605")),
            (" 206 20 ", Some("20620")),
            ("310410", Some("310410")),
            ("2065", None),
            ("Telenet", None),
            ("", None),
            ("٢٠٦٠٥", None),
        ];
        for (text, expected) in vectors {
            assert_eq!(plmn(text).as_deref(), expected, "{text}");
        }
    }
}
