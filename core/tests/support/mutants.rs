//! The project's documents of one API, and what may be done to them: any member left out, or something else in its place.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// The JSON files of a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(!files.is_empty());
    files
}

/// Our own documents of an API, `tmf677`, and the official ones that may be kept here.
pub fn documents(api: &str) -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let official = files(&folder.join("official"));
    let is_of_api = |file: &&PathBuf| file.file_name().unwrap().to_str().unwrap().starts_with(api);
    let own = files(&folder.join(api));
    own.iter()
        .chain(official.iter().filter(is_of_api))
        .map(|file| (file.display().to_string(), serde_json::from_slice(&fs::read(file).unwrap()).unwrap()))
        .collect()
}

/// What may stand where something else is expected.
pub fn oddities() -> Vec<Value> {
    vec![
        Value::Null,
        json!(""),
        json!("x"),
        json!({}),
        json!([]),
        json!([{}]),
        json!([[[]]]),
        json!(true),
        json!(-1),
        json!("unlimited"),
        json!("1.234"),
        serde_json::from_str("1e400").unwrap(),
        serde_json::from_str("0.0000000000000000000000000000000000000000000000000001").unwrap(),
        json!("9999-12-31T23:59:59Z"),
        json!({ "amount": "x", "units": 5 }),
        json!({ "startDateTime": "9999-12-31T23:59:59-23:59", "endDateTime": "-9999-01-01" }),
    ]
}

/// Every place of a document, as JSON pointers.
pub fn places(value: &Value, here: &str, all: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let there = format!("{here}/{}", name.replace('~', "~0").replace('/', "~1"));
                all.push(there.clone());
                places(member, &there, all);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                let there = format!("{here}/{index}");
                all.push(there.clone());
                places(element, &there, all);
            }
        }
        _ => {}
    }
}

/// The document without what is at a place.
pub fn without(document: &Value, place: &str) -> Value {
    let mut document = document.clone();
    let (parent, last) = place.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(members) => {
            members.remove(&last.replace("~1", "/").replace("~0", "~"));
        }
        Value::Array(elements) => {
            elements.remove(last.parse().unwrap());
        }
        _ => unreachable!(),
    }
    document
}

/// Numbers in the document that are zero, below zero, or round to zero.
pub fn zeros_written(value: &Value) -> usize {
    let is_zero = |text: &str| {
        text.starts_with('-')
            || (text.starts_with('0') && !text.trim_start_matches(['0', '.', ',']).starts_with(|c: char| c != 'e'))
            || text.starts_with("0.00000")
    };
    match value {
        Value::Number(number) => usize::from(is_zero(number.as_str())),
        Value::String(text) => usize::from(is_zero(text)),
        Value::Array(elements) => elements.iter().map(zeros_written).sum(),
        Value::Object(members) => members.values().map(zeros_written).sum(),
        Value::Null | Value::Bool(_) => 0,
    }
}
