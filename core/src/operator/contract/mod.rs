//! What the core asks of an operator and what it reads of the answers, as data: `core/profiles/contract.json`, from which the
//! tables of `core/profiles/README.md` are written. It is for people and programs that never read this code; that neither has
//! a line more or less than the core does is what the tests beside it, and a journey through every feature, prove.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

mod place;
#[cfg(test)]
mod trials;

pub use place::{Asked, Place};

/// The contract of this version of the core, as JSON text.
pub const JSON: &str = include_str!("../../../profiles/contract.json");

/// Everything the core asks of an operator.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Contract {
    /// Version of this format, not of what is asked.
    pub schema: u32,
    /// What holds for every request.
    pub common: Common,
    /// The requests, in the order in which an operator would build them.
    pub requests: Vec<Request>,
}

/// What holds for every request.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Common {
    /// Headers of requests.
    pub headers: Vec<Part>,
    /// Headers of those that are made as the person who is signed in.
    pub person_headers: Vec<Part>,
    /// Headers of answers that are heeded.
    pub answer_headers: Vec<Part>,
    /// What a status means where the request itself has nothing else to say of it.
    pub statuses: Vec<Status>,
    /// Members by which an error in place of a document is known, whatever its family of APIs.
    pub error_reads: Vec<Read>,
    /// What is read of things that stand in many answers, by the name that `as` has for them after a `#`.
    pub types: BTreeMap<String, Vec<Read>>,
}

/// One request.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Request {
    /// Its name here, which stays.
    pub id: String,
    /// What it is for, in a few words.
    pub title: String,
    /// The capability of the profile it belongs to, or `identity`.
    pub feature: String,
    /// Fields of the profile with the values under which it is made. Empty: always, where the feature is offered.
    #[serde(default)]
    pub dialect: BTreeMap<String, Value>,
    /// Who makes it.
    #[serde(default)]
    pub by: By,
    /// When it is made.
    pub when: String,
    /// The field of the profile, or of the provider's metadata, that its address begins with.
    pub base: String,
    /// The method.
    pub method: String,
    /// What follows the base, with what varies in braces.
    #[serde(default)]
    pub path: String,
    /// Parameters of the query; `{field}` is named by that field of the profile.
    #[serde(default)]
    pub query: Vec<Part>,
    /// It is made as the person who is signed in.
    #[serde(default)]
    pub as_person: bool,
    /// Headers beside those of every request.
    #[serde(default)]
    pub headers: Vec<Part>,
    /// The headers that every request has are not sent.
    #[serde(default)]
    pub bare: bool,
    /// What it carries.
    #[serde(default)]
    pub body: Option<Body>,
    /// What is done on a status, where that is special to it.
    pub statuses: Vec<Status>,
    /// Members of the answer under which the document may stand, in place of being the answer.
    #[serde(default)]
    pub envelopes: Vec<String>,
    /// Members by which the document is told from others; nothing is read of them.
    #[serde(default)]
    pub known_by: Vec<String>,
    /// The answer is read as that of the request of this name.
    #[serde(default)]
    pub reads_as: Option<String>,
    /// What is read of the answer.
    #[serde(default)]
    pub reads: Vec<Read>,
    /// What is read of lists of named values.
    #[serde(default)]
    pub characteristics: Vec<Characteristic>,
    /// Chapters of the standards.
    pub source: Vec<String>,
    /// A small answer that is good.
    #[serde(default)]
    pub example: Option<Value>,
}

/// Who makes a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum By {
    /// The core.
    #[default]
    Core,
    /// The person's browser, at an address of the core's making.
    Browser,
    /// Nobody: it is a document within another's answer.
    Within,
}

/// A parameter, a header or a member of a body.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub value: String,
    /// When it is there. Absent: always.
    #[serde(default)]
    pub when: Option<String>,
}

/// What a request carries.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Body {
    /// Media types, the first where both sides can.
    pub media_types: Vec<String>,
    /// Members; those of a list by `[]`.
    pub fields: Vec<Part>,
}

/// What is done on a status.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Status {
    /// `200`, or `5xx` for all that begin so.
    pub status: String,
    /// What the app does.
    pub then: String,
}

/// A member that is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Read {
    /// The way to it, `bucket[].name`. A list of one may be written without a list, and one thing as a list of one.
    pub path: String,
    /// Other names it is known by, in the same place. The first that is there counts.
    #[serde(default)]
    pub also: Vec<String>,
    /// What kind of value, with its unit.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its members are read as those of the member of this path; `.` is the document, `#` a common type.
    #[serde(default, rename = "as")]
    pub read_as: Option<String>,
    /// What it means.
    pub meaning: String,
    /// What happens without it.
    pub if_missing: String,
    /// The generation or version of the standard it is of. Absent: all.
    #[serde(default)]
    pub version: Option<String>,
}

/// A named value that is read of a list of such.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Characteristic {
    /// Whoever has the list; empty for the resource itself.
    #[serde(default)]
    pub of: String,
    /// Its name. Case, dots and dashes do not matter.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub also: Vec<String>,
    /// What kind of value, with its unit.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it means.
    pub meaning: String,
    /// What happens without it.
    pub if_missing: String,
}

impl Contract {
    /// The contract of this version of the core.
    pub fn shipped() -> serde_json::Result<Contract> {
        serde_json::from_str(JSON)
    }

    /// The request of this name.
    pub fn request(&self, id: &str) -> Option<&Request> {
        self.requests.iter().find(|request| request.id == id)
    }
}
