//! Whether a phone is of the kind a guide is for, and how well.

use std::cmp::Reverse;

use crate::vowifi::guide::model::{Match, Text};
use crate::vowifi::guide::phone::Seen;

/// What a phone has in common with a match that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Fit {
    pub(super) model: bool,
    pub(super) skin: bool,
    pub(super) maker: bool,
    pub(super) os: bool,
    /// The system is newer than anything known.
    pub(super) is_os_newer: bool,
    /// The skin is.
    pub(super) is_skin_newer: bool,
}

impl Fit {
    /// None: the match does not hold.
    pub(super) fn of(one: &Match, seen: &Seen) -> Option<Fit> {
        let os = Self::of_os(one, seen)?;
        let has_maker = !one.maker.is_empty() || !one.brand.is_empty();
        let is_maker = (one.maker.is_empty() || seen.is_made_by(&one.maker))
            && (one.brand.is_empty() || seen.is_branded(&one.brand));
        let is_model = one.model_glob.is_empty() || one.model_glob.iter().any(|glob| fits_glob(glob, &seen.model));
        let is_skin = one.skin.is_empty() || seen.skin.is_some_and(|skin| one.skin.contains(&skin));
        let has_skin_range = one.skin_min.or(one.skin_max).is_some();
        let in_skin_range =
            !has_skin_range || seen.skin_version.is_some_and(|own| is_within(own, one.skin_min, one.skin_max));
        let is_sim = one.plmns.is_empty()
            || seen.plmns.iter().flatten().any(|own| one.plmns.iter().any(|plmn| plmn.as_str() == own));
        let are_sims = one.sims.is_none() || one.sims == seen.sims;
        let holds = is_maker && is_model && is_skin && in_skin_range && is_sim && are_sims;
        holds.then_some(Fit {
            model: !one.model_glob.is_empty(),
            skin: !one.skin.is_empty(),
            maker: has_maker,
            is_skin_newer: is_newer(seen.skin_version, one.skin_seen_to) && !one.skin.is_empty(),
            ..os
        })
    }

    /// The one with most in common, and of these the surest.
    pub(super) fn best(fits: impl Iterator<Item = Fit>) -> Option<Fit> {
        fits.max_by_key(|fit| (fit.score(), Reverse((fit.is_os_newer, fit.is_skin_newer))))
    }

    /// Only by the version of the system.
    pub(super) fn of_os(one: &Match, seen: &Seen) -> Option<Fit> {
        let has_range = one.os_min.or(one.os_max).is_some();
        let holds = !has_range || seen.os.is_some_and(|own| is_within(own, one.os_min, one.os_max));
        holds.then_some(Fit { os: has_range, is_os_newer: is_newer(seen.os, one.os_seen_to), ..Fit::default() })
    }

    /// A model says more than a skin, a skin more than a maker, a maker more than a version.
    pub(super) fn score(self) -> u8 {
        let points = [(self.model, 8_u8), (self.skin, 4), (self.maker, 2), (self.os, 1)];
        points.into_iter().filter(|(has, _)| *has).fold(0, |sum, (_, points)| sum | points)
    }
}

fn is_within(own: u16, min: Option<u16>, max: Option<u16>) -> bool {
    min.is_none_or(|min| min <= own) && max.is_none_or(|max| own <= max)
}

fn is_newer(own: Option<u16>, seen_to: Option<u16>) -> bool {
    own.zip(seen_to).is_some_and(|(own, seen_to)| own > seen_to)
}

/// `*` is any letters, `?` any one, in either case. Both are short, and what was matched is never looked at twice.
fn fits_glob(glob: &Text, text: &str) -> bool {
    let glob: Vec<char> = glob.as_str().to_lowercase().chars().collect();
    // Which beginnings of the glob match what was read so far.
    let step = |before: &[bool], read: Option<char>| {
        let mut after = vec![false; before.len()];
        for (index, place) in after.iter_mut().enumerate() {
            let last = index.checked_sub(1).and_then(|last| Some((*glob.get(last)?, *before.get(last)?)));
            let here = before.get(index).copied().unwrap_or(false);
            *place = match (last, read) {
                (Some(('*', _)), Some(_)) => here,
                (Some((c, true)), Some(read)) => c == '?' || c == read,
                _ => false,
            };
        }
        with_stars(after, &glob)
    };
    let mut reached = vec![false; glob.len().saturating_add(1)];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    let start = with_stars(reached, &glob);
    let end = text.chars().fold(start, |reached, c| step(&reached, Some(c)));
    end.last().copied().unwrap_or(false)
}

/// A star also stands for nothing.
fn with_stars(mut reached: Vec<bool>, glob: &[char]) -> Vec<bool> {
    let mut before = false;
    for (index, place) in reached.iter_mut().enumerate() {
        let is_after_star = index.checked_sub(1).and_then(|last| glob.get(last)) == Some(&'*');
        *place |= is_after_star && before;
        before = *place;
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_fit_whole_models() {
        let vectors = [
            ("SM-S91?B", "sm-s918b", true),
            ("sm-s9*", "sm-s918b", true),
            ("*b", "sm-s918b", true),
            ("*", "", true),
            ("**", "abc", true),
            ("a*b*c", "aXbXbc", true),
            ("a*b*c", "aXbXb", false),
            ("sm-s91?b", "sm-s91b", false),
            ("sm-s9", "sm-s918b", false),
            ("?", "", false),
            ("a", "", false),
        ];
        for (glob, model, expected) in vectors {
            let glob = Text::try_from(glob.to_owned()).unwrap();
            assert_eq!(fits_glob(&glob, &model.to_lowercase()), expected, "{glob:?} {model}");
        }
        let many = Text::try_from("*a".repeat(80)).unwrap();
        assert!(!fits_glob(&many, &"a".repeat(79)) && fits_glob(&many, &"a".repeat(80)));
    }
}
