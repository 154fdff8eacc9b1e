//! What is asked of a document, noted while a test reads one: the contract with operators lists these members, and neither
//! may have one that the other has not. Compiled for tests alone.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use serde::de::value::Error as Stopped;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde_json::Value;

use super::folded;

/// A question to a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Asked {
    /// A member by its name. The holder is the way to whoever has it, `bucket.bucketCounter`: without indices, since an operator
    /// may put one where many are meant, and empty for the document itself or an element of it.
    Member { holder: String, name: String },
    /// A characteristic by its name, in small letters and digits alone.
    Characteristic { holder: String, name: String },
}

#[derive(Default)]
struct Notes {
    /// The ways to the members of the document parsed last, by where they lie in memory. The root is none of them: it moves.
    ways: HashMap<usize, String>,
    asked: BTreeSet<Asked>,
}

thread_local! {
    static NOTES: RefCell<Option<Notes>> = const { RefCell::new(None) };
}

/// Everything asked of documents while `reads` runs.
pub(crate) fn asked_while(reads: impl FnOnce()) -> BTreeSet<Asked> {
    NOTES.set(Some(Notes::default()));
    reads();
    NOTES.take().map(|notes| notes.asked).unwrap_or_default()
}

/// A document was parsed.
pub(crate) fn parsed(document: &Value) {
    with(|notes| {
        notes.ways.clear();
        members(document, "", &mut notes.ways);
    });
}

/// Members of a value are asked for.
pub(crate) fn members_asked<'n>(holder: &Value, names: impl IntoIterator<Item = &'n str>) {
    with(|notes| {
        let holder = notes.way_to(holder);
        let asked = names.into_iter().map(|name| Asked::Member { holder: holder.clone(), name: name.to_owned() });
        notes.asked.extend(asked);
    });
}

/// Characteristics of a value are asked for, by folded names.
pub(crate) fn characteristics_asked(holder: &Value, names: &[&str]) {
    with(|notes| {
        let holder = notes.way_to(holder);
        let asked = names.iter().map(|name| Asked::Characteristic { holder: holder.clone(), name: folded(name) });
        notes.asked.extend(asked);
    });
}

/// A typed document is read: its type says by which names.
pub(crate) fn typed<T: DeserializeOwned>(holder: &str) {
    let mut names: &'static [&'static str] = &[];
    let _ = T::deserialize(Fields(&mut names));
    with(|notes| {
        let asked = names.iter().map(|name| Asked::Member { holder: holder.to_owned(), name: (*name).to_owned() });
        notes.asked.extend(asked);
    });
}

fn with(note: impl FnOnce(&mut Notes)) {
    NOTES.with_borrow_mut(|notes| {
        if let Some(notes) = notes {
            note(notes);
        }
    });
}

impl Notes {
    fn way_to(&self, value: &Value) -> String {
        self.ways.get(&std::ptr::from_ref(value).addr()).cloned().unwrap_or_default()
    }
}

fn members(value: &Value, way: &str, ways: &mut HashMap<usize, String>) {
    let mut note = |value: &Value, way: &str| {
        ways.insert(std::ptr::from_ref(value).addr(), way.to_owned());
        members(value, way, ways);
    };
    match value {
        Value::Object(all) => {
            for (name, member) in all {
                note(member, &if way.is_empty() { name.clone() } else { format!("{way}.{name}") });
            }
        }
        Value::Array(all) => all.iter().for_each(|element| note(element, way)),
        _ => {}
    }
}

/// A deserializer that hears which fields a struct has, and then stops.
struct Fields<'f>(&'f mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = Stopped;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stopped> {
        Err(Stopped::custom("no struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Stopped> {
        *self.0 = fields;
        Err(Stopped::custom("heard"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Node, parse};
    use super::*;

    #[test]
    fn a_question_is_noted_with_the_way_to_whoever_was_asked_and_without_indices() {
        let asked = asked_while(|| {
            let document = parse(br#"[{"a": [{"b": {"c": 1}}], "d": 7}]"#).unwrap();
            let first = Node::root(&document).elements().next().unwrap();
            let b = first.list(&["a"]).next().unwrap().one(&["b", "beta"]).unwrap();
            assert_eq!((b.text(&["c"]), first.has("e")), (Some("1"), false));
        });
        let member = |holder: &str, name: &str| Asked::Member { holder: holder.to_owned(), name: name.to_owned() };
        let expected = [member("", "a"), member("a", "b"), member("a", "beta"), member("a.b", "c"), member("", "e")];
        assert_eq!(asked, expected.into());
    }

    #[test]
    fn a_typed_document_is_read_by_the_names_of_its_type() {
        #[derive(serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[expect(dead_code, reason = "only its names are of interest")]
        struct Told {
            one_two: String,
            #[serde(rename = "use")]
            usage: Option<String>,
        }
        let asked = asked_while(|| typed::<Told>("keys"));
        let member = |name: &str| Asked::Member { holder: "keys".to_owned(), name: name.to_owned() };
        assert_eq!(asked, [member("oneTwo"), member("use")].into());
    }
}
