//! What is wrong in the body of a control call, in a sentence for the person who writes the test: which field, and what is allowed.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

/// Reads a JSON object. Fails with the sentence.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    let body = serde_json::from_slice::<Value>(bytes).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        format!("the body is no JSON: it breaks off or goes wrong at {place}")
    })?;
    if !body.is_object() {
        let fields = serde_json::from_str::<T>(PROBE).err().map(|error| plain(&error.to_string()));
        let fields = fields.and_then(|told| Some(format!(". {}", fields_of(&told)?)));
        return Err(format!("the body is a JSON object{}", fields.unwrap_or_default()));
    }
    // Of the text itself, where a field may stand twice.
    let read = serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(bytes));
    let again = |error: Malformed| match error.inner().classify() {
        Category::Data => Err(error),
        // JSON it is: of some things it is told only what character was not expected.
        _ => serde_path_to_error::deserialize(body),
    };
    read.or_else(again).map_err(|error| sentence(&error.path().to_string(), &plain(&error.inner().to_string())))
}

type Malformed = serde_path_to_error::Error<serde_json::Error>;

/// No body has such a field: the answer names those that it has.
const PROBE: &str = r#"{"?": null}"#;

/// The reader's words, without where in the text they are about.
fn plain(told: &str) -> String {
    told.rsplit_once(" at line ").map_or(told, |(what, _)| what).to_owned()
}

/// The reader tells what it expected in words of Rust.
fn sentence(path: &str, told: &str) -> String {
    let field = if path == "." { "the body".to_owned() } else { format!("`{path}`") };
    let after = |start: &str| told.strip_prefix(start);
    if let Some(rest) = after("unknown field ") {
        let name = rest.split(',').next().unwrap_or_default();
        let fields = fields_of(told).map(|fields| format!(". {fields}")).unwrap_or_default();
        return format!("there is no field {name}{fields}");
    }
    if let Some(name) = after("missing field ") {
        return format!("the field {name} is missing");
    }
    if let Some(name) = after("duplicate field ") {
        return format!("the field {name} stands there twice");
    }
    let Some((found, expected)) = told.split_once(", expected ") else {
        return format!("{field}: {told}");
    };
    let found = found.split_once(": ").map_or(found, |(_, found)| found);
    let found = found.strip_prefix("unknown variant ").unwrap_or(found);
    format!("{field} is {}, not {}", allowed(expected), in_json(found))
}

/// "The fields are …", of what was told about an unknown one.
fn fields_of(told: &str) -> Option<String> {
    let (_, expected) = told.strip_prefix("unknown field ")?.split_once(", ")?;
    Some(match expected.strip_prefix("expected ") {
        Some(names) => match names.strip_prefix("one of ") {
            Some(names) => format!("The fields are {names}"),
            None if names.contains(" or ") => format!("The fields are {}", names.replace(" or ", ", ")),
            None => format!("The field is {names}"),
        },
        None => "There are no fields".to_owned(),
    })
}

/// What is allowed, in words of JSON.
fn allowed(expected: &str) -> String {
    let whole = |least: &str, most: &str| format!("a whole number of {least} to {most}");
    match expected.trim_start_matches("one of ") {
        "i64" => "a whole number".to_owned(),
        "u64" | "usize" => "a whole number of 0 or more".to_owned(),
        "u8" => whole("0", "255"),
        "u16" => whole("0", "65535"),
        "u32" => whole("0", "4294967295"),
        "a boolean" => "true or false".to_owned(),
        "a string" | "a borrowed string" => "a text".to_owned(),
        "a sequence" => "a list".to_owned(),
        other if other.starts_with("struct ") || other == "a map" => "an object".to_owned(),
        other if other.starts_with("enum ") || other == "string or map" => "a text".to_owned(),
        other if expected.starts_with("one of ") => format!("one of {other}"),
        other => other.to_owned(),
    }
}

/// What was found, in words of JSON.
fn in_json(found: &str) -> String {
    let names = [
        ("sequence", "a list"),
        ("map", "an object"),
        ("unit value", "null"),
        ("number", "a number"),
        ("newtype variant", "an object"),
        ("string ", ""),
        ("boolean ", ""),
        ("integer ", ""),
        ("floating point ", ""),
    ];
    let name = names.into_iter().find_map(|(name, said)| Some(format!("{said}{}", found.strip_prefix(name)?)));
    let name = name.map(|name| name.trim_matches('`').to_owned());
    name.unwrap_or_else(|| found.to_owned())
}
