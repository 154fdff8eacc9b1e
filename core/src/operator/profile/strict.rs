//! Reading a profile as its schema has it, where serde alone would take more: an object is not written as a list of its values,
//! nothing is `null`, no name stands twice, and a member whose name begins with `//` is a comment that nobody reads.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::value::StringDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor};

/// How the name of a comment begins.
const COMMENT: &str = "//";

/// Whether a member of this name is a comment.
pub(super) fn is_comment(name: &str) -> bool {
    name.starts_with(COMMENT)
}

/// Reads what it holds strictly: a deserializer, or what one calls on the way down.
pub(super) struct Strict<T>(pub T);

/// Values without members are read as they are.
macro_rules! plain {
    ($($method:ident($($argument:ident: $kind:ty),*);)*) => {
        $(fn $method<V: Visitor<'de>>(self, $($argument: $kind,)* visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method($($argument,)* visitor)
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<D> {
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
        self.0.deserialize_map(Strict(visitor))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_seq(Strict(visitor))
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
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
        deserialize_identifier();
        deserialize_ignored_any();
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Strict<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(formatter)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(StrictMap { map, seen: BTreeSet::new() })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Strict(list))
    }
}

/// The members of an object, and the names that were there already.
struct StrictMap<A> {
    map: A,
    seen: BTreeSet<String>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for StrictMap<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(name) = self.map.next_key::<String>()? {
            if is_comment(&name) {
                self.map.next_value::<IgnoredAny>()?;
                continue;
            }
            // Serde refuses it of an object's fields, and of an operator's own names takes the last.
            if !self.seen.insert(name.clone()) {
                return Err(A::Error::custom(format_args!("duplicate field `{name}`")));
            }
            let name: StringDeserializer<A::Error> = name.into_deserializer();
            return seed.deserialize(name).map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.map.next_value_seed(Strict(seed))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(Strict(seed))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Strict<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Strict(deserializer))
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
        Thing::deserialize(Strict(&mut serde_json::Deserializer::from_str(json))).map_err(|error| error.to_string())
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
}
