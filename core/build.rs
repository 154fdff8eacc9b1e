//! Packs the texts of each language, by what is read together: a phone carries all of them, which is much of what the core
//! weighs, and reads those of one.

use std::io::Write;
use std::path::Path;
use std::{env, fs, io};

use flate2::Compression;
use flate2::write::DeflateEncoder;

const LANGUAGES: [&str; 4] = ["nl", "fr", "en", "de"];

/// What is read together, and the files that it is in.
const SHELVES: [(&str, &[&str]); 6] = [
    (
        "screens",
        &["units", "usage", "alerts", "problems", "session", "requests", "preferences", "invoices", "activation"],
    ),
    ("wifi_calling", &["wifi_calling", "wifi_guides"]),
    ("getting_started", &["getting_started"]),
    ("terminal", &["terminal"]),
    ("help", &["help"]),
    ("labels", &["labels"]),
];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let out = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    for language in LANGUAGES {
        for (shelf, files) in SHELVES {
            let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
            for file in files {
                packed.write_all(&fs::read(format!("locales/{language}/{file}.ftl"))?)?;
                packed.write_all(b"\n")?;
            }
            fs::write(Path::new(&out).join(format!("{language}-{shelf}")), packed.finish()?)?;
        }
    }
    Ok(())
}
