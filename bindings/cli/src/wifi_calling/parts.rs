//! A guide file as it is kept: whole, or in parts in a folder. Remembers which part says what, so that a fault is looked for where
//! it is.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use companion::vowifi::guide::file::MAX_BYTES;
use serde_json::{Map, Value};

/// What lies among the parts and is none.
const SCHEMA: &str = "schema.json";

/// A guide file.
#[derive(Debug)]
pub(super) enum Parts {
    Whole(PathBuf, Vec<u8>),
    Folder(PathBuf, Vec<(PathBuf, Map<String, Value>)>),
}

impl Parts {
    /// Reads a file, or every part in a folder in the order of their names.
    pub(super) fn of(path: &Path) -> Result<Parts, String> {
        if !path.is_dir() {
            return Ok(Parts::Whole(path.to_owned(), bytes(path)?));
        }
        let entries = std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = entries.map_err(|error| format!("{}: {error}", path.display()))?;
        let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
        files.retain(|file| {
            let is_json = file.extension().is_some_and(|ending| ending == "json");
            is_json && file.file_name().is_some_and(|name| name != SCHEMA)
        });
        files.sort();
        if files.is_empty() {
            return Err(format!("{}: there is no guide file in this folder", path.display()));
        }
        let read = |file: PathBuf| {
            let part = serde_json::from_slice(&bytes(&file)?);
            let part = part.map_err(|error| format!("{}, line {}: no JSON object", file.display(), error.line()))?;
            Ok((file, part))
        };
        Ok(Parts::Folder(path.to_owned(), files.into_iter().map(read).collect::<Result<_, String>>()?))
    }

    /// The file as it is signed: lists of the same name follow one another, all else stands in one part alone.
    pub(super) fn whole(&self) -> Result<Vec<u8>, String> {
        let parts = match self {
            Parts::Whole(_, bytes) => return Ok(bytes.clone()),
            Parts::Folder(_, parts) => parts,
        };
        let mut whole = Map::new();
        for (file, part) in parts {
            for (name, value) in part {
                match (whole.get_mut(name), value) {
                    (None, value) => drop(whole.insert(name.clone(), value.clone())),
                    (Some(Value::Array(list)), Value::Array(more)) => list.extend(more.iter().cloned()),
                    (Some(_), _) => return Err(format!("{}: {name} is said in another part too", file.display())),
                }
            }
        }
        Ok(Value::Object(whole).to_string().into_bytes())
    }

    /// A place in the whole file, as file and place there: `guides[30].notes` is `makers.json: guides[2].notes`.
    pub(super) fn place(&self, place: &str) -> String {
        let (folder, parts) = match self {
            Parts::Whole(path, _) => return format!("{}: {place}", path.display()),
            Parts::Folder(folder, parts) => (folder, parts),
        };
        let end = place.find(['[', '.']).unwrap_or(place.len());
        let (name, rest) = place.split_at_checked(end).unwrap_or((place, ""));
        let mut index = index(rest);
        for (file, part) in parts {
            let found = match (part.get(name), &mut index) {
                (Some(Value::Array(list)), Some((index, after))) => match index.checked_sub(list.len()) {
                    Some(left) => {
                        *index = left;
                        None
                    }
                    None => Some(format!("{name}[{index}]{after}")),
                },
                (Some(Value::Array(list)), None) => list.iter().any(|one| is_at(one, rest)).then(|| place.to_owned()),
                (Some(_), _) => Some(place.to_owned()),
                (None, _) => None,
            };
            if let Some(place) = found {
                return format!("{}: {place}", file.display());
            }
        }
        format!("{}: {place}", folder.display())
    }
}

/// `[12].notes` is 12 and `.notes`.
fn index(rest: &str) -> Option<(usize, &str)> {
    let (number, after) = rest.strip_prefix('[')?.split_once(']')?;
    Some((number.parse().ok()?, after))
}

/// Whether a place is in an element of a list that is named by its id: `.aosp-sim.nl`.
fn is_at(element: &Value, rest: &str) -> bool {
    let id = element.get("id").and_then(Value::as_str);
    let after = id.and_then(|id| rest.strip_prefix('.')?.strip_prefix(id));
    after.is_some_and(|after| after.is_empty() || after.starts_with(['.', '[']))
}

/// The bytes of a file, as many as a guide file may have and one more.
fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let read = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    read.map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(bytes)
}
