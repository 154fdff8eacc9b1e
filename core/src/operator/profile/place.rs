//! A place in a profile: by names and numbers, and as line and column of its text.

use std::fmt;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::operator::strict::{Step, is_comment};

/// The way to a place, from the whole on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place(Vec<Step>);

impl Place {
    /// Of a field such as `alerts.sent[0].at`.
    pub(super) fn of_field(field: &str) -> Place {
        let steps = field.split(['.', '[']).map(|step| match step.strip_suffix(']').and_then(|at| at.parse().ok()) {
            Some(at) => Step::At(at),
            None => Step::Name(step.to_owned()),
        });
        Place(steps.collect())
    }

    /// By the steps on the way there.
    pub(super) fn of(steps: Vec<Step>) -> Place {
        Place(steps)
    }

    /// A member of what is here.
    pub(super) fn member(&self, name: &str) -> Place {
        Place(self.0.iter().cloned().chain([Step::Name(name.to_owned())]).collect())
    }

    fn thing(&self, at: usize) -> Place {
        Place(self.0.iter().cloned().chain([Step::At(at)]).collect())
    }

    /// What it is a member of, and its name there.
    pub(super) fn holder(&self) -> Option<(Place, &str)> {
        match self.0.split_last()? {
            (Step::Name(name), before) => Some((Place(before.to_vec()), name)),
            (Step::At(_), _) => None,
        }
    }

    /// Whether this is the other one, or in it.
    pub(super) fn is_within(&self, other: &Place) -> bool {
        self.0.starts_with(&other.0)
    }

    /// The same place where what is `from` is called `to`.
    pub(super) fn moved(&self, from: &Place, to: &Place) -> Option<Place> {
        let rest = self.0.strip_prefix(from.0.as_slice())?;
        Some(Place(to.0.iter().chain(rest).cloned().collect()))
    }

    /// What is there in a document.
    pub(super) fn get<'d>(&self, document: &'d Value) -> Option<&'d Value> {
        self.0.iter().try_fold(document, |here, step| match step {
            Step::Name(name) => here.get(name),
            Step::At(at) => here.get(at),
        })
    }

    /// The same, to be changed.
    pub(super) fn find<'d>(&self, document: &'d mut Value) -> Option<&'d mut Value> {
        self.0.iter().try_fold(document, |here, step| match step {
            Step::Name(name) => here.get_mut(name),
            Step::At(at) => here.get_mut(at),
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return formatter.write_str("profile");
        }
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Name(name) if at == 0 => formatter.write_str(name)?,
                Step::Name(name) => write!(formatter, ".{name}")?,
                Step::At(at) => write!(formatter, "[{at}]")?,
            }
        }
        Ok(())
    }
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

/// Line and column, from 1 and in characters, of what stands at a place, or of the last step towards it that is there.
pub(super) fn lines_and_columns(json: &str, place: &Place) -> (usize, usize) {
    let mut here = json.trim_start();
    for step in &place.0 {
        let next = match step {
            Step::Name(name) => serde_json::from_str(here).ok().and_then(|Members(members)| {
                members.into_iter().rev().find(|(own, _)| own == name).map(|(_, value)| value.get())
            }),
            Step::At(at) => {
                serde_json::from_str(here).ok().and_then(|list: Vec<&RawValue>| list.get(*at).map(|value| value.get()))
            }
        };
        let Some(next) = next else { break };
        here = next;
    }
    // What is borrowed lies within the text it was borrowed from.
    let offset = here.as_ptr().addr().saturating_sub(json.as_ptr().addr());
    let before = json.get(..offset).unwrap_or_default();
    let line = before.matches('\n').count().saturating_add(1);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count().saturating_add(1);
    (line, column)
}

/// The members whose name was there before in the same object, but for comments.
pub(super) fn twice(json: &str) -> Vec<Place> {
    let mut found = Vec::new();
    let mut open = vec![(Place::default(), json)];
    while let Some((place, here)) = open.pop() {
        if let Ok(Members(members)) = serde_json::from_str(here) {
            let members: Vec<_> = members.into_iter().filter(|(name, _)| !is_comment(name)).collect();
            for (at, (name, value)) in members.iter().enumerate() {
                let place = place.member(name);
                if members.iter().take(at).any(|(before, _)| before == name) && !found.contains(&place) {
                    found.push(place.clone());
                }
                open.push((place, value.get()));
            }
        } else if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(here) {
            open.extend(list.into_iter().enumerate().map(|(at, value)| (place.thing(at), value.get())));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("missing", (2, 2)),
        ] {
            assert_eq!(lines_and_columns(text, &Place::of_field(path)), place, "{path}");
            assert_eq!(Place::of_field(path).to_string(), path);
        }
        assert_eq!(lines_and_columns("", &Place::of_field("a")), (1, 1));
    }

    #[test]
    fn a_name_that_stands_twice_is_found_at_any_depth() {
        let text = r#"{ "a": 1, "b": [{ "c": 1, "//": 1, "//": 2, "c": 2, "c": 3 }], "a": { "d": 1, "d": 2 } }"#;
        let mut found: Vec<String> = twice(text).iter().map(Place::to_string).collect();
        found.sort();
        assert_eq!(found, ["a", "a.d", "b[0].c"]);
    }
}
