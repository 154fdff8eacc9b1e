//! Reading what an operator writes as its schema has it, where serde alone would take more: an object is not written as a list of
//! its values, nothing is `null`, no name stands twice, and where comments may stand, a member whose name begins with `//` is one
//! that nobody reads. What stops the reader is named by its place.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

/// How the name of a comment begins.
const COMMENT: &str = "//";

/// Whether a member of this name is a comment.
pub fn is_comment(name: &str) -> bool {
    name.starts_with(COMMENT)
}

/// Whether a document may hold comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comments {
    /// They are not read.
    LeftOut,
    /// They are members like all others.
    Unknown,
}

/// A step on the way to a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A member of an object.
    Name(String),
    /// A thing of a list, from 0.
    At(usize),
}

/// What stopped the reader.
#[derive(Debug)]
pub struct Stopped {
    /// Where: the member or thing that is wrong, or whose name is; of what is missing, what it is missing from.
    pub at: Vec<Step>,
    /// Whether it is the name of the member there, and not what it holds.
    pub is_name: bool,
    /// Why, in the reader's words.
    pub error: serde_json::Error,
}

/// Reads what comes next.
pub fn read<'de, T: Deserialize<'de>, R: serde_json::de::Read<'de>>(
    reader: &mut serde_json::Deserializer<R>,
    comments: Comments,
) -> Result<T, Stopped> {
    let trail = Trail { steps: RefCell::default(), at_name: Cell::default(), comments };
    let read = T::deserialize(Strict { inner: reader, trail: &trail, depth: 0 });
    read.map_err(|error| Stopped { at: trail.steps.take(), is_name: trail.at_name.get(), error })
}

/// Where the reader stands.
struct Trail {
    steps: RefCell<Vec<Step>>,
    /// Whether what is read is the name of the last step.
    at_name: Cell<bool>,
    comments: Comments,
}

impl Trail {
    /// So many steps from the whole on, and what is read there.
    fn stand(&self, depth: usize, step: Step) {
        self.back(depth);
        self.steps.borrow_mut().push(step);
    }

    /// Back to what is so many steps from the whole.
    fn back(&self, depth: usize) {
        self.steps.borrow_mut().truncate(depth);
    }
}

/// Reads what it holds strictly: a deserializer, or what one calls on the way down.
struct Strict<'t, T> {
    inner: T,
    trail: &'t Trail,
    /// How many steps it is from the whole to here.
    depth: usize,
}

impl<'t, T> Strict<'t, T> {
    /// What it holds, and how to read another thing at the same place.
    fn split<U>(self) -> (T, impl FnOnce(U) -> Strict<'t, U>) {
        let Strict { inner, trail, depth } = self;
        (inner, move |inner| Strict { inner, trail, depth })
    }
}

/// Values without members are read as they are.
macro_rules! plain {
    ($($method:ident($($argument:ident: $kind:ty),*);)*) => {
        $(fn $method<V: Visitor<'de>>(self, $($argument: $kind,)* visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method($($argument,)* visitor)
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<'_, D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let (inner, strict) = self.split();
        inner.deserialize_map(strict(visitor))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let (inner, strict) = self.split();
        inner.deserialize_seq(strict(visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let (inner, strict) = self.split();
        inner.deserialize_enum(name, variants, strict(visitor))
    }

    /// What is not there is left out, never `null`.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        visitor.visit_newtype_struct(self)
    }

    plain! {
        deserialize_any();
        deserialize_bool();
        deserialize_i8();
        deserialize_i16();
        deserialize_i32();
        deserialize_i64();
        deserialize_u8();
        deserialize_u16();
        deserialize_u32();
        deserialize_u64();
        deserialize_f32();
        deserialize_f64();
        deserialize_char();
        deserialize_str();
        deserialize_string();
        deserialize_bytes();
        deserialize_byte_buf();
        deserialize_unit();
        deserialize_unit_struct(name: &'static str);
        deserialize_tuple(length: usize);
        deserialize_tuple_struct(name: &'static str, length: usize);
        deserialize_identifier();
        deserialize_ignored_any();
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Strict<'_, V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(formatter)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let Strict { inner, trail, depth } = self;
        inner.visit_map(Members { map, trail, depth, seen: BTreeSet::new() })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<V::Value, A::Error> {
        let Strict { inner, trail, depth } = self;
        inner.visit_seq(Things { list, trail, depth, at: 0 })
    }

    fn visit_enum<A: EnumAccess<'de>>(self, choice: A) -> Result<V::Value, A::Error> {
        let (inner, strict) = self.split();
        inner.visit_enum(strict(choice))
    }
}

/// The members of an object, and the names that were there already.
struct Members<'t, A> {
    map: A,
    trail: &'t Trail,
    depth: usize,
    seen: BTreeSet<String>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Members<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(name) = self.map.next_key::<String>()? {
            self.trail.stand(self.depth, Step::Name(name.clone()));
            self.trail.at_name.set(true);
            if self.trail.comments == Comments::LeftOut && is_comment(&name) {
                self.trail.at_name.set(false);
                self.map.next_value::<IgnoredAny>()?;
                self.trail.back(self.depth);
                continue;
            }
            // Serde refuses it of an object's fields, and of an operator's own names takes the last.
            if !self.seen.insert(name.clone()) {
                return Err(A::Error::custom(format_args!("duplicate field `{name}`")));
            }
            let name: StringDeserializer<A::Error> = name.into_deserializer();
            let name = seed.deserialize(name)?;
            self.trail.at_name.set(false);
            return Ok(Some(name));
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        let depth = self.depth.saturating_add(1);
        let value = self.map.next_value_seed(Strict { inner: seed, trail: self.trail, depth })?;
        self.trail.back(self.depth);
        Ok(value)
    }
}

/// The things of a list.
struct Things<'t, A> {
    list: A,
    trail: &'t Trail,
    depth: usize,
    at: usize,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Things<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.trail.stand(self.depth, Step::At(self.at));
        let depth = self.depth.saturating_add(1);
        let thing = self.list.next_element_seed(Strict { inner: seed, trail: self.trail, depth })?;
        self.trail.back(self.depth);
        self.at = self.at.saturating_add(1);
        Ok(thing)
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Strict<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        let (inner, strict) = self.split();
        inner.deserialize(strict(deserializer))
    }
}

/// One choice of several: a word, or an object of one member.
impl<'de, 't, A: EnumAccess<'de>> EnumAccess<'de> for Strict<'t, A> {
    type Error = A::Error;
    type Variant = Strict<'t, A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), A::Error> {
        let Strict { inner, trail, depth } = self;
        let (name, content): (String, _) = inner.variant()?;
        let word: StringDeserializer<A::Error> = name.clone().into_deserializer();
        let choice = seed.deserialize(word)?;
        trail.stand(depth, Step::Name(name));
        Ok((choice, Strict { inner: content, trail, depth: depth.saturating_add(1) }))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Strict<'_, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        let (inner, strict) = self.split();
        inner.newtype_variant_seed(strict(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, A::Error> {
        let (inner, strict) = self.split();
        inner.tuple_variant(length, strict(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, A::Error> {
        self.newtype_variant_seed(Object(visitor))
    }
}

/// Reads an object, and nothing written as a list.
struct Object<V>(V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Object<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_map(self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Thing {
        name: String,
        #[serde(default)]
        size: Option<u32>,
        #[serde(default)]
        parts: Vec<Thing>,
        #[serde(default)]
        words: BTreeMap<String, bool>,
    }

    fn read(json: &str) -> Result<Thing, String> {
        let mut reader = serde_json::Deserializer::from_str(json);
        super::read(&mut reader, Comments::LeftOut).map_err(|stopped| stopped.error.to_string())
    }

    #[test]
    fn comments_are_not_read_wherever_they_stand() {
        let commented = r#"{ "//": "a thing", "//": ["said", "twice"], "name": "a", "//size": "in metres", "size": 2,
            "parts": [{ "name": "b", "//name": 7 }], "words": { "//": "none", "c": true } }"#;
        let plain = r#"{ "name": "a", "size": 2, "parts": [{ "name": "b" }], "words": { "c": true } }"#;
        assert_eq!(read(commented).unwrap(), read(plain).unwrap());
    }

    #[test]
    fn what_serde_alone_would_take_is_refused() {
        for (json, why) in [
            (r#"["a"]"#, "invalid type: sequence"),
            (r#"{ "name": "a", "parts": [["b"]] }"#, "invalid type: sequence"),
            (r#"{ "name": "a", "size": null }"#, "invalid type: null"),
            (r#"{ "name": "a", "name": "b" }"#, "duplicate field `name`"),
            (r#"{ "name": "a", "words": { "c": true, "c": false } }"#, "duplicate field `c`"),
            (r#"{ "name": "a", "/": "no comment" }"#, "unknown field `/`"),
            (r#"{ "name": "a", "words": { "c": null } }"#, "invalid type: null"),
        ] {
            assert!(read(json).unwrap_err().starts_with(why), "{json}: {:?}", read(json));
        }
    }

    #[test]
    fn where_there_are_no_comments_one_is_a_member_that_nobody_knows() {
        let mut reader = serde_json::Deserializer::from_str(r#"{ "//": "a thing", "name": "a" }"#);
        let stopped = super::read::<Thing, _>(&mut reader, Comments::Unknown).unwrap_err();
        assert!(stopped.error.to_string().starts_with("unknown field `//`"), "{stopped:?}");
    }

    /// A choice of several.
    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    enum Choice {
        Whole,
        Part(#[allow(dead_code)] Vec<u8>),
        Named {
            #[allow(dead_code)]
            size: u8,
        },
    }

    /// Lower case letters.
    #[derive(Debug, Deserialize)]
    #[serde(try_from = "String")]
    struct Word;

    impl TryFrom<String> for Word {
        type Error = &'static str;

        fn try_from(word: String) -> Result<Word, &'static str> {
            if word.bytes().all(|byte| byte.is_ascii_lowercase()) { Ok(Word) } else { Err("is no word") }
        }
    }

    /// No more than two words.
    #[derive(Debug)]
    struct Words;

    impl<'de> Deserialize<'de> for Words {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Words, D::Error> {
            let words = Vec::<Word>::deserialize(deserializer)?;
            if words.len() > 2 { Err(D::Error::custom("has more than 2 items")) } else { Ok(Words) }
        }
    }

    /// Where the reading stops.
    fn stops<T: Deserialize<'static> + fmt::Debug>(json: &'static str) -> String {
        let mut reader = serde_json::Deserializer::from_str(json);
        let stopped = super::read::<T, _>(&mut reader, Comments::LeftOut).unwrap_err();
        let steps = stopped.at.iter().map(|step| match step {
            Step::Name(name) => format!("/{name}"),
            Step::At(at) => format!("/{at}"),
        });
        steps.collect()
    }

    #[test]
    fn a_fault_is_found_where_it_stands() {
        for (json, expected) in [
            ("", ""),
            ("7", ""),
            ("[]", ""),
            ("{}", ""),
            (r#"{"name":7}"#, "/name"),
            (r#"{"name":"a","size":-1,"parts":[]}"#, "/size"),
            (r#"{"name":"a","size":"1"}"#, "/size"),
            (r#"{"name":"a","size":{"a":1}}"#, "/size"),
            (r#"{"//":7,"name":"a","//":[],"parts":[{"name":"b"},{"name":"c","//":"d","é":1}]}"#, "/parts/1/é"),
            (r#"{"name":"a","parts":[{"name":"b"},{"parts":[]}]}"#, "/parts/1"),
            (r#"{"name":"a","parts":[{"name":"b","parts":[{"name":["c"]}]}]}"#, "/parts/0/parts/0/name"),
            (r#"{"name":"a","parts":{}}"#, "/parts"),
            (r#"{"name":"a","name":"b"}"#, "/name"),
            (r#"{"name":"a","words":{"\"a\\":true,"b":"c"}}"#, "/words/b"),
            (r#"{"name":"a","words":{"\u0061":7}}"#, "/words/a"),
            (r#"{"name":"a","words":{"a":true}"#, ""),
            (r#"{"name":"a","words":{"a":tr"#, "/words/a"),
        ] {
            assert_eq!(stops::<Thing>(json), expected, "{json}");
        }
    }

    #[test]
    fn a_rule_is_broken_where_it_stands() {
        for (json, expected) in [
            (r#"{"a":["x","y","z"],"b":[]}"#, "/a"),
            (r#"{"a":["x"],"b":["x","y","z"]}"#, "/b"),
            (r#"{"a":["x","Y"],"b":[]}"#, "/a/1"),
            (r#"{"a":["X","y"]}"#, "/a/0"),
        ] {
            assert_eq!(stops::<BTreeMap<String, Words>>(json), expected, "{json}");
        }
    }

    #[test]
    fn a_choice_is_a_step_of_its_own_once_it_is_known() {
        for (json, expected) in [
            (r#"["whole","half"]"#, "/1"),
            (r#"["whole",7]"#, "/1"),
            (r#"[{"part":[1,"2"]}]"#, "/0/part/1"),
            (r#"[{"part":[1]},{"whole":null},{"named":{"size":1,"length":2}}]"#, "/2/named/length"),
            (r#"[{"named":[1]}]"#, "/0/named"),
            (r#"[{"named":{}}]"#, "/0/named"),
            (r#"[{"parts":[]}]"#, "/0"),
        ] {
            assert_eq!(stops::<Vec<Choice>>(json), expected, "{json}");
        }
    }
}
