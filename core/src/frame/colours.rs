//! The colours of the apps, in light and dark: the tones of Material 3 from the operator's two. A text stands out from what
//! it stands on by at least 4.5 to 1 whatever these two are (WCAG 2.2, 1.4.3).

use material_colors::color::Argb;
use material_colors::hct::Hct;
use material_colors::palette::TonalPalette;

use crate::operator::profile::{Brand, Colour};

/// Colours by what they are for, as Material 3 names them; each is `0xAARRGGBB` in sRGB.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Palette {
    /// Main actions, and what is chosen.
    pub primary: u32,
    /// What stands on `primary`.
    pub on_primary: u32,
    /// A quiet ground in the operator's colour.
    pub primary_container: u32,
    /// What stands on `primary_container`.
    pub on_primary_container: u32,
    /// What goes with main actions.
    pub secondary: u32,
    /// What stands on `secondary`.
    pub on_secondary: u32,
    /// A quiet ground in the second colour.
    pub secondary_container: u32,
    /// What stands on `secondary_container`.
    pub on_secondary_container: u32,
    /// What wants attention, such as a bundle that is nearly used up. Never alone: a word or an icon says it too.
    pub warning: u32,
    /// What stands on `warning`.
    pub on_warning: u32,
    /// A quiet ground for a warning.
    pub warning_container: u32,
    /// What stands on `warning_container`.
    pub on_warning_container: u32,
    /// What went wrong, and what cannot be taken back.
    pub error: u32,
    /// What stands on `error`.
    pub on_error: u32,
    /// A quiet ground for an error.
    pub error_container: u32,
    /// What stands on `error_container`.
    pub on_error_container: u32,
    /// The ground of a screen.
    pub surface: u32,
    /// What stands on `surface` and on its containers.
    pub on_surface: u32,
    /// What stands there and matters less.
    pub on_surface_variant: u32,
    /// The ground of what is set apart the least, such as a card.
    pub surface_container_low: u32,
    /// The ground of a bar.
    pub surface_container: u32,
    /// The ground of what is set apart most.
    pub surface_container_high: u32,
    /// The track of a bar.
    pub surface_variant: u32,
    /// The edge of what can be touched.
    pub outline: u32,
    /// A line that only divides.
    pub outline_variant: u32,
}

/// The palettes of an operator.
struct Tones {
    primary: TonalPalette,
    secondary: TonalPalette,
    warning: TonalPalette,
    error: TonalPalette,
    neutral: TonalPalette,
    neutral_variant: TonalPalette,
}

/// The hue and the strength of a warning (amber) and of an error (red), whatever the operator's colours.
const WARNING: (f64, f64) = (70.0, 56.0);
const ERROR: (f64, f64) = (25.0, 84.0);

/// The colours in light and in dark.
pub(super) fn palettes(brand: &Brand) -> (Palette, Palette) {
    let (primary, secondary) = (hct(brand.primary), hct(brand.secondary));
    let tones = Tones {
        primary: TonalPalette::of(primary.get_hue(), primary.get_chroma()),
        secondary: TonalPalette::of(secondary.get_hue(), secondary.get_chroma()),
        warning: TonalPalette::of(WARNING.0, WARNING.1),
        error: TonalPalette::of(ERROR.0, ERROR.1),
        // A breath of the operator's colour on the grounds, as Material 3 has it.
        neutral: TonalPalette::of(primary.get_hue(), primary.get_chroma().min(6.0)),
        neutral_variant: TonalPalette::of(primary.get_hue(), primary.get_chroma().min(8.0)),
    };
    (light(&tones), dark(&tones))
}

fn hct(Colour([red, green, blue]): Colour) -> Hct {
    Hct::new(Argb::new(u8::MAX, red, green, blue))
}

fn light(tones: &Tones) -> Palette {
    Palette {
        primary: tone(&tones.primary, 40),
        on_primary: tone(&tones.primary, 100),
        primary_container: tone(&tones.primary, 90),
        on_primary_container: tone(&tones.primary, 10),
        secondary: tone(&tones.secondary, 40),
        on_secondary: tone(&tones.secondary, 100),
        secondary_container: tone(&tones.secondary, 90),
        on_secondary_container: tone(&tones.secondary, 10),
        warning: tone(&tones.warning, 40),
        on_warning: tone(&tones.warning, 100),
        warning_container: tone(&tones.warning, 90),
        on_warning_container: tone(&tones.warning, 10),
        error: tone(&tones.error, 40),
        on_error: tone(&tones.error, 100),
        error_container: tone(&tones.error, 90),
        on_error_container: tone(&tones.error, 10),
        surface: tone(&tones.neutral, 98),
        on_surface: tone(&tones.neutral, 10),
        on_surface_variant: tone(&tones.neutral_variant, 30),
        surface_container_low: tone(&tones.neutral, 96),
        surface_container: tone(&tones.neutral, 94),
        surface_container_high: tone(&tones.neutral, 92),
        surface_variant: tone(&tones.neutral_variant, 90),
        outline: tone(&tones.neutral_variant, 50),
        outline_variant: tone(&tones.neutral_variant, 80),
    }
}

fn dark(tones: &Tones) -> Palette {
    Palette {
        primary: tone(&tones.primary, 80),
        on_primary: tone(&tones.primary, 20),
        primary_container: tone(&tones.primary, 30),
        on_primary_container: tone(&tones.primary, 90),
        secondary: tone(&tones.secondary, 80),
        on_secondary: tone(&tones.secondary, 20),
        secondary_container: tone(&tones.secondary, 30),
        on_secondary_container: tone(&tones.secondary, 90),
        warning: tone(&tones.warning, 80),
        on_warning: tone(&tones.warning, 20),
        warning_container: tone(&tones.warning, 30),
        on_warning_container: tone(&tones.warning, 90),
        error: tone(&tones.error, 80),
        on_error: tone(&tones.error, 20),
        error_container: tone(&tones.error, 30),
        on_error_container: tone(&tones.error, 90),
        surface: tone(&tones.neutral, 6),
        on_surface: tone(&tones.neutral, 90),
        on_surface_variant: tone(&tones.neutral_variant, 80),
        surface_container_low: tone(&tones.neutral, 10),
        surface_container: tone(&tones.neutral, 12),
        surface_container_high: tone(&tones.neutral, 17),
        surface_variant: tone(&tones.neutral_variant, 30),
        outline: tone(&tones.neutral_variant, 60),
        outline_variant: tone(&tones.neutral_variant, 30),
    }
}

fn tone(palette: &TonalPalette, tone: i32) -> u32 {
    let Argb { alpha, red, green, blue } = palette.tone(tone);
    u32::from_be_bytes([alpha, red, green, blue])
}

#[cfg(test)]
#[allow(clippy::float_arithmetic)] // Contrast is defined over fractions.
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Relative luminance (WCAG 2.2).
    fn luminance(argb: u32) -> f64 {
        let [_, red, green, blue] = argb.to_be_bytes().map(|byte| {
            let part = f64::from(byte) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(one: u32, other: u32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn text_on_ground(palette: &Palette) -> Vec<(&'static str, u32, u32)> {
        let p = palette;
        vec![
            ("primary", p.on_primary, p.primary),
            ("primary container", p.on_primary_container, p.primary_container),
            ("secondary", p.on_secondary, p.secondary),
            ("secondary container", p.on_secondary_container, p.secondary_container),
            ("warning", p.on_warning, p.warning),
            ("warning container", p.on_warning_container, p.warning_container),
            ("error", p.on_error, p.error),
            ("error container", p.on_error_container, p.error_container),
            ("surface", p.on_surface, p.surface),
            ("low", p.on_surface, p.surface_container_low),
            ("container", p.on_surface, p.surface_container),
            ("high", p.on_surface, p.surface_container_high),
            ("lesser text", p.on_surface_variant, p.surface_container_high),
            ("a button without ground", p.primary, p.surface),
            ("a word that warns", p.warning, p.surface_container_low),
            ("a word of an error", p.error, p.surface_container_low),
        ]
    }

    proptest! {
        #[test]
        fn a_text_stands_out_from_its_ground_whatever_the_operators_colours(primary: [u8; 3], secondary: [u8; 3]) {
            let (light, dark) = palettes(&Brand { primary: Colour(primary), secondary: Colour(secondary) });
            for (shade, palette) in [("light", light), ("dark", dark)] {
                for (place, text, ground) in text_on_ground(&palette) {
                    let contrast = contrast(text, ground);
                    prop_assert!(contrast >= 4.5, "{shade}, {place}: {contrast:.2}");
                }
            }
        }
    }

    #[test]
    fn the_main_colour_is_the_operators() {
        let hue = |argb: u32| hct(Colour(argb.to_be_bytes()[1..].try_into().unwrap())).get_hue();
        for primary in ["#FFCC00", "#1F5FA8", "#00A050", "#7A1FA2"] {
            let primary = Colour::parse(primary).unwrap();
            let (light, dark) = palettes(&Brand { primary, ..Brand::default() });
            for argb in [light.primary, dark.primary] {
                let turned = (hue(argb) - hct(primary).get_hue()).abs();
                assert!(turned.min(360.0 - turned) < 6.0, "{primary:?} became {argb:08x}");
            }
        }
    }
}
