//! The schema of profiles as a text to begin one from: its fields in their order, each explained by its description.

use std::fmt;

use companion::operator::profile::JSON_SCHEMA;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// A schema or a part of one, as it stands in the text: its members in their order.
#[derive(Debug, Clone, Copy)]
pub struct Schema(&'static str);

struct Members(Vec<(String, &'static RawValue)>);

impl<'de: 'static> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de: 'static> Visitor<'de> for InOrder {
            type Value = Members;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &'de RawValue>()? {
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

impl Schema {
    /// The whole.
    pub fn whole() -> Schema {
        Schema(JSON_SCHEMA)
    }

    fn members(self) -> impl Iterator<Item = (String, Schema)> {
        let members = serde_json::from_str(self.0).map_or_else(|_| Vec::new(), |Members(members)| members);
        members.into_iter().map(|(name, value)| (name, Schema(value.get())))
    }

    fn member(self, name: &str) -> Option<Schema> {
        self.members().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    fn value<T: for<'de> Deserialize<'de>>(self) -> Option<T> {
        serde_json::from_str(self.0).ok()
    }

    /// What a `$ref` of its refers to.
    fn referred(self) -> Option<Schema> {
        let reference: String = self.member("$ref")?.value()?;
        let name = reference.strip_prefix("#/$defs/")?;
        Schema::whole().member("$defs")?.member(name)
    }

    /// A keyword of its own, or of what it refers to.
    fn keyword(self, name: &str) -> Option<Schema> {
        self.member(name).or_else(|| self.referred()?.keyword(name))
    }

    /// What it says of itself.
    pub fn description(self) -> String {
        self.member("description").and_then(Schema::value).unwrap_or_default()
    }

    /// The fields of an object in their order; none where it has no names of its own.
    pub fn fields(self) -> Vec<(String, Schema)> {
        self.keyword("properties").map(|fields| fields.members().collect()).unwrap_or_default()
    }

    /// What the field at a path such as `support.contacts[0].by` is; none where the path leaves the schema.
    pub fn at(self, path: &str) -> Option<Schema> {
        path.split(['.', '[']).try_fold(self, |here, step| {
            if step.ends_with(']') {
                return here.items();
            }
            here.fields().into_iter().find(|(name, _)| name == step).map(|(_, field)| field)
        })
    }

    /// Whether a field must be there.
    pub fn needs(self, field: &str) -> bool {
        let required: Vec<String> = self.keyword("required").and_then(Schema::value).unwrap_or_default();
        required.iter().any(|name| name == field)
    }

    /// What each thing of a list is.
    pub fn items(self) -> Option<Schema> {
        self.keyword("items")
    }

    /// What may stand there: the first example, else what holds where nothing is said.
    pub fn example(self) -> Option<Value> {
        let examples: Option<Vec<Value>> = self.keyword("examples").and_then(Schema::value);
        examples.and_then(|examples| examples.into_iter().next()).or_else(|| self.keyword("default")?.value())
    }

    /// Something of its kind that says nothing yet.
    pub fn blank(self) -> Value {
        match self.keyword("type").and_then(Schema::value::<String>).as_deref() {
            Some("array") => Value::Array(Vec::new()),
            Some("boolean") => Value::Bool(false),
            Some("integer") => Value::from(0),
            _ => Value::String(String::new()),
        }
    }
}
