//! The house keeps its rooms apart: what each may reach is read from the sources as text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects)]

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms that are features: each may use another's front door, and of `usage` the model, which is public.
const FEATURES: &[&str] =
    &["session", "usage", "invoices", "alerts", "preferences", "vowifi", "activation", "help", "frame"];

/// A rule: these words stand only in these files and folders.
struct Only {
    words: &'static [&'static str],
    at_home_in: &'static [&'static str],
}

const RULES: &[Only] = &[
    // A failure is told apart by the HTTP library's own error.
    Only {
        words: &["reqwest"],
        at_home_in: &[
            "operator/http.rs",
            "operator/documents.rs",
            "operator/connections.rs",
            "operator/failure.rs",
            "operator/watch.rs",
            "operator/watch_off.rs",
        ],
    },
    // The check of Wi-Fi calling knocks at doors that are not HTTP's.
    Only {
        words: &["TcpStream", "TcpListener", "TcpSocket", "UdpSocket", "UnixStream", "hyper::"],
        at_home_in: &["vowifi/check/way.rs"],
    },
    Only {
        words: &["rusqlite", "SELECT ", "INSERT ", "UPDATE ", "DELETE FROM", "PRAGMA ", "CREATE TABLE"],
        at_home_in: &["store/"],
    },
    // The front door takes the secure store and hands it on; the engine asks it on the blocking pool.
    Only { words: &["SecureStore"], at_home_in: &["host.rs", "session/", "companion.rs", "engine.rs", "lib.rs"] },
    Only { words: &["SystemTime", "Instant::now", "Timestamp::now", "Zoned::now", "thread::sleep"], at_home_in: &[] },
    Only { words: &["tokio::time", "time::sleep", "time::timeout"], at_home_in: &["host.rs"] },
    // ring signs with randomness of its own and takes no other.
    Only {
        words: &["getrandom", "thread_rng", "use rand", "rand::random", "rand::rng"],
        at_home_in: &["host.rs", "operator/proof.rs"],
    },
    // The words that people search with are read and never shown.
    Only { words: &["fluent", "locales/"], at_home_in: &["text/", "help/vocabulary.rs"] },
];

/// What a model never imports.
const NOT_IN_A_MODEL: &[&str] =
    &["tokio", "reqwest", "rusqlite", "uniffi", "serde_json", "Clock", "crate::store", "crate::operator", "super::tmf"];

/// Every source of the product with its place and its code: no comments, no tests.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let place = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if place.ends_with(".rs") && !place.ends_with("tests.rs") && !place.contains("/trials/") {
                sources.push((place, code(&fs::read_to_string(&path).unwrap())));
            }
        }
    }
    assert!(sources.len() > 40, "the sources are here");
    sources
}

/// A file without its tests, which stand last, and without comments.
fn code(text: &str) -> String {
    let text = text.split("mod tests {").next().unwrap();
    let kept = text.lines().map(|line| line.split("// ").next().unwrap());
    kept.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// What stands where it may not.
fn wrong(sources: &[(String, String)]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (place, code) in sources {
        for Only { words, at_home_in } in RULES {
            let at_home = at_home_in.iter().any(|home| place == home || home.ends_with('/') && place.starts_with(home));
            let found = words.iter().filter(|word| !at_home && code.contains(**word));
            wrong.extend(found.map(|word| format!("{place} has {word}")));
        }
        if place.ends_with("model.rs") {
            let found = NOT_IN_A_MODEL.iter().filter(|word| code.contains(**word));
            wrong.extend(found.map(|word| format!("{place} has {word}, as a model")));
        }
        let own = place.split('/').next().unwrap();
        for feature in FEATURES.iter().filter(|feature| **feature != own) {
            wrong.extend(insides(code, feature).map(|inside| format!("{place} reaches {feature}::{inside}")));
        }
    }
    wrong
}

/// The modules of a feature that code names. A type, or a list of types, is at its front door.
fn insides<'a>(code: &'a str, feature: &'a str) -> impl Iterator<Item = &'a str> {
    let named = code.split("crate::").filter_map(move |rest| rest.strip_prefix(feature)?.strip_prefix("::"));
    let word = |rest: &'a str| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next();
    let inside = named.filter_map(word).filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
    inside.filter(move |word| (feature, *word) != ("usage", "model"))
}

#[test]
fn each_room_reaches_only_what_it_may() {
    let sources = sources();
    let wrong = wrong(&sources);
    assert!(wrong.is_empty(), "{wrong:#?}");
    for home in RULES.iter().flat_map(|rule| rule.at_home_in) {
        assert!(sources.iter().any(|(place, _)| place.starts_with(home)), "{home} is gone: drop it from the rules");
    }
}

#[test]
fn a_wrong_turn_is_seen() {
    let vectors = [
        ("usage/model.rs", "use uniffi::Record;", "usage/model.rs has uniffi, as a model"),
        ("usage/mod.rs", "use std::net::TcpStream;", "usage/mod.rs has TcpStream"),
        ("session/mod.rs", "\"DELETE FROM snapshot\"", "session/mod.rs has DELETE FROM"),
        ("usage/plan.rs", "fn keep(store: &dyn SecureStore) {}", "usage/plan.rs has SecureStore"),
        ("store/mod.rs", "let now = SystemTime::now(); // why", "store/mod.rs has SystemTime"),
        ("text/mod.rs", "use crate::usage::tmf::Decoded;", "text/mod.rs reaches usage::tmf"),
        ("text/mod.rs", "use crate::usage::model::Money;\nuse crate::session::{Call, Line};", ""),
        ("usage/view.rs", "// reqwest\n/// rusqlite\n#[cfg(test)]\nmod tests {\n    use tokio::time;\n}", ""),
    ];
    for (place, text, expected) in vectors {
        assert_eq!(wrong(&[(place.to_owned(), code(text))]).join(", "), expected, "{text}");
    }
}
