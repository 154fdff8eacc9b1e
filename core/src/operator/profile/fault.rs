//! What is wrong with a profile, for whoever writes it: which field, where in the text, and which name was perhaps meant.

use std::fmt;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Profile;
use super::strict::Strict;
use crate::operator::placed;
use crate::problem::Problem;

/// A fault of a field; `field` is a path such as `identity.issuer`.
pub(super) fn fault(field: &str, reason: impl Into<String>) -> Problem {
    Problem::Configuration { field: field.to_owned(), reason: reason.into() }
}

/// Why a text is no profile: the first field that cannot be read.
pub(super) fn of_unreadable(json: &str) -> Problem {
    let mut reader = serde_json::Deserializer::from_str(json);
    let error = match Profile::deserialize(Strict(&mut reader)) {
        Err(error) => error,
        Ok(_) => {
            return fault(
                "profile",
                reader.end().map_or_else(|error| error.to_string(), |()| "cannot be read".to_owned()),
            );
        }
    };
    let (path, whole) = (placed::path(json.as_bytes(), &error), error.to_string());
    if error.is_syntax() || error.is_eof() {
        return fault("profile", format!("is no JSON: {error}"));
    }
    // The reader says where it stopped, which is behind what it stopped at.
    let told = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(told, _)| told);
    let (field, reason) =
        if let Some(name) = told.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
            (below(&path, name), "is missing".to_owned())
        } else if let Some(name) = told.strip_prefix("duplicate field `").and_then(|rest| rest.strip_suffix('`')) {
            (if path.ends_with(name) { path } else { below(&path, name) }, "stands there twice".to_owned())
        } else if let Some(names) = told.strip_prefix("unknown field `") {
            let wrong = path.rsplit(['.', ']']).next().unwrap_or_default().to_owned();
            (path, format!("is unknown; {}", perhaps(&wrong, names)))
        } else if let Some(names) = told.strip_prefix("unknown variant `") {
            let wrong = names.split('`').next().unwrap_or_default();
            let path = path.strip_suffix(wrong).and_then(|path| path.strip_suffix('.')).unwrap_or(&path).to_owned();
            (path, format!("cannot be `{wrong}`; {}", perhaps(wrong, names)))
        } else {
            (if path == "." { "profile".to_owned() } else { path }, format!("is refused: {told}"))
        };
    placed(json, &fault(&field, reason))
}

/// The fault with its place in the text: that of the field, or of what it is missing from.
pub(super) fn placed(json: &str, problem: &Problem) -> Problem {
    let Problem::Configuration { field, reason } = problem else { return problem.clone() };
    let (line, column) = position(json, field);
    fault(field, format!("{reason} (line {line}, column {column})"))
}

fn below(path: &str, name: &str) -> String {
    if path == "." { name.to_owned() } else { format!("{path}.{name}") }
}

/// The names that serde lists between backticks after the wrong one, and the one among them that is nearest to it.
fn perhaps(wrong: &str, told: &str) -> String {
    let listed = told.split_once("`, expected ").map_or("", |(_, listed)| listed);
    let names: Vec<&str> = listed.split('`').skip(1).step_by(2).collect();
    match nearest(wrong, &names) {
        Some(name) => format!("perhaps {name} is meant, of {}", names.join(", ")),
        None => format!("here may stand {}", names.join(", ")),
    }
}

/// The name that a wrong one was perhaps meant to be: the same but for case and signs, or at most two letters, and no more than
/// a third of them, away.
fn nearest<'n>(wrong: &str, names: &[&'n str]) -> Option<&'n str> {
    let folded =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<Vec<_>>();
    let wrong = folded(wrong);
    let longest = 2.min(wrong.len() / 3);
    let near = names.iter().map(|name| (distance(&wrong, &folded(name)), *name)).filter(|(far, _)| *far <= longest);
    near.min_by_key(|(far, _)| *far).map(|(_, name)| name)
}

/// How many letters are to be put in, taken out or changed to make one word of the other (Levenshtein).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (letter, row) in one.iter().zip(1_usize..) {
        let mut diagonal = row.saturating_sub(1);
        let mut left = row;
        if let Some(first) = above.first_mut() {
            *first = row;
        }
        for (theirs, cell) in other.iter().zip(above.iter_mut().skip(1)) {
            let changed = diagonal.saturating_add(usize::from(letter != theirs));
            diagonal = *cell;
            left = changed.min(diagonal.saturating_add(1)).min(left.saturating_add(1));
            *cell = left;
        }
    }
    above.last().copied().unwrap_or_default()
}

/// The members of an object in their order, each as it stands in the text.
struct Members<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// Line and column, from 1 and in characters, of what stands at a path such as `alerts.sent[0].at`, or of the last step towards
/// it that is there.
fn position(json: &str, path: &str) -> (usize, usize) {
    let mut here = json.trim_start();
    for step in path.split(['.', '[']).map(|step| step.trim_end_matches(']')) {
        let by_name = || {
            let Members(members) = serde_json::from_str(here).ok()?;
            members.into_iter().rev().find(|(name, _)| name == step).map(|(_, value)| value.get())
        };
        let by_place = || {
            let list: Vec<&RawValue> = serde_json::from_str(here).ok()?;
            list.get(step.parse::<usize>().ok()?).map(|value| value.get())
        };
        let Some(next) = by_name().or_else(by_place) else { break };
        here = next;
    }
    // What is borrowed lies within the text it was borrowed from.
    let offset = here.as_ptr().addr().saturating_sub(json.as_ptr().addr());
    let before = json.get(..offset).unwrap_or_default();
    let line = before.matches('\n').count().saturating_add(1);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count().saturating_add(1);
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_was_meant_is_near() {
        let names = ["baseUrl", "query", "lineFilter", "daysFilter", "id"];
        for (wrong, meant) in [
            ("baseurl", Some("baseUrl")),
            ("base_url", Some("baseUrl")),
            ("bassUrl", Some("baseUrl")),
            ("lineFiltr", Some("lineFilter")),
            ("dayFilter", Some("daysFilter")),
            ("querry", Some("query")),
            ("x", None),
            ("ix", None),
            ("timeZone", None),
            ("", None),
        ] {
            assert_eq!(nearest(wrong, &names), meant, "{wrong}");
        }
    }

    #[test]
    fn letters_are_counted_that_make_one_word_of_another() {
        for (one, other, far) in
            [("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("ab", "ba", 2), ("abc", "abc", 0)]
        {
            let letters = |word: &str| word.chars().collect::<Vec<_>>();
            assert_eq!(distance(&letters(one), &letters(other)), far, "{one} {other}");
            assert_eq!(distance(&letters(other), &letters(one)), far, "{other} {one}");
        }
    }

    #[test]
    fn a_place_is_counted_in_lines_and_characters() {
        let text = "\n {\n  \"é\": 1, \"a\": {\n    \"b\": [ 1, {\"c\": 2} ]\n  }\n}";
        for (path, place) in [
            ("a", (3, 16)),
            ("é", (3, 8)),
            ("a.b", (4, 10)),
            ("a.b[0]", (4, 12)),
            ("a.b[1].c", (4, 21)),
            ("a.b[7]", (4, 10)),
            ("a.missing", (3, 16)),
            ("profile", (2, 2)),
        ] {
            assert_eq!(position(text, path), place, "{path}");
        }
        assert_eq!(position("", "a"), (1, 1));
    }
}
