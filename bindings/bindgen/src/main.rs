//! Writes the Swift and Kotlin sources of the core's faces from the compiled core.
//! One command for both languages, so that an app developer needs no UniFFI tool and no options of its.
//! The result is never committed: it is written anew from the library it belongs to, so it cannot go stale.

mod docs;
mod kotlin_reader;
mod kotlin_start;
mod place;
mod redacted;
mod swift_reader;

use std::collections::BTreeSet;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::error::Error;
use std::path::{Path, PathBuf, absolute};
use std::process::ExitCode;

use clap::Parser;
use uniffi::{GenerateOptions, SwiftBindingsOptions, TargetLanguage};

/// Writes the Swift and Kotlin bindings of the companion core.
#[derive(Debug, Parser)]
struct Arguments {
    /// Folder to write to: DIR/swift (two SwiftPM targets) and DIR/kotlin (a source folder).
    /// Without it, the packages in this checkout are served: bindings/swift/Generated and bindings/kotlin/generated.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// The compiled core, not yet stripped; any platform's will do. Default: the one beside this program.
    #[arg(long, value_name = "FILE")]
    library: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("companion-bindgen: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let library = absolute(match arguments.library {
        Some(library) => library,
        None => library_beside_this_program()?,
    })?;
    if !library.is_file() {
        let asked = library.display();
        return Err(format!("no library at {asked}; build it first: cargo build -p companion").into());
    }
    let (swift, kotlin) = match arguments.out {
        Some(out) => (absolute(out.join("swift"))?, absolute(out.join("kotlin"))?),
        None => {
            let packages = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("");
            (packages.join("swift/Generated"), packages.join("kotlin/generated"))
        }
    };
    // UniFFI reads each crate's uniffi.toml through the workspace it runs in.
    std::env::set_current_dir(env!("CARGO_MANIFEST_DIR"))?;

    let fresh = tempfile::tempdir()?;
    let fresh = fresh.path();
    let names = generate_kotlin(&library, &fresh.join("kotlin"))?;
    generate_swift(&library, &fresh.join("swift"), &names)?;
    for (from, to) in [("swift", swift), ("kotlin", kotlin)] {
        let written = place::place(&fresh.join(from), &to)?;
        println!("{from}: {} ({written} files changed)", to.display());
    }
    Ok(())
}

fn library_beside_this_program() -> std::io::Result<PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.with_file_name(format!("{DLL_PREFIX}companion{DLL_SUFFIX}")))
}

/// Two SwiftPM targets: the C side with its module map in a folder of its own (two Rust libraries in one app
/// would otherwise collide on `module.modulemap`), and the Swift source.
fn generate_swift(library: &Path, out: &Path, names: &BTreeSet<String>) -> Result<(), Box<dyn Error>> {
    let options = |sources: bool, folder: &str| -> Result<SwiftBindingsOptions, Box<dyn Error>> {
        Ok(SwiftBindingsOptions {
            generate_swift_sources: sources,
            generate_headers: !sources,
            generate_modulemap: !sources,
            source: text(library)?.into(),
            out_dir: text(&out.join(folder))?.into(),
            xcframework: false,
            module_name: Some("CompanionBindingsFFI".into()),
            modulemap_filename: Some("module.modulemap".into()),
            metadata_no_deps: true,
            link_frameworks: Vec::new(),
            config: None,
        })
    };
    uniffi::generate_swift_bindings(options(true, "CompanionBindings")?)?;
    let file = out.join("CompanionBindings/CompanionBindings.swift");
    let source = swift_reader::reading_in_place(&std::fs::read_to_string(&file)?)?;
    std::fs::write(&file, docs::in_words_of(docs::Language::Swift, &source, names))?;
    uniffi::generate_swift_bindings(options(false, "CompanionBindingsFFI")?)?;
    Ok(())
}

/// Returns the names that it declares.
fn generate_kotlin(library: &Path, out: &Path) -> Result<BTreeSet<String>, Box<dyn Error>> {
    uniffi::generate(GenerateOptions {
        languages: vec![TargetLanguage::Kotlin],
        source: text(library)?.into(),
        out_dir: text(out)?.into(),
        config_override: None,
        format: false,
        crate_filter: None,
        metadata_no_deps: true,
    })?;
    let file = out.join("mobile/companion/companion.kt");
    let source = kotlin_start::starting_by_parts(&std::fs::read_to_string(&file)?)?;
    let source = kotlin_reader::reading_from_a_copy(&source)?;
    let source = redacted::redacted(source)?.replace("\n    object ", "\n    data object ");
    let names = docs::names_in(&source);
    std::fs::write(&file, docs::in_words_of(docs::Language::Kotlin, &source, &names))?;
    Ok(names)
}

fn text(path: &Path) -> Result<&str, Box<dyn Error>> {
    path.to_str().ok_or_else(|| format!("not a UTF-8 path: {}", path.display()).into())
}
